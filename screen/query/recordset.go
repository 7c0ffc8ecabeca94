package query

import "math/bits"

// recordSet is a set of records by their index, 64 of them in each number. All sets
// of one index are of one length, and no bit behind the last record is ever set.
type recordSet []uint64

// wordsFor is the length of a set of n records.
func wordsFor(n int) int { return (n + 63) / 64 }

func (s recordSet) add(i uint32)      { s[i/64] |= 1 << (i % 64) }
func (s recordSet) has(i uint32) bool { return s[i/64]>>(i%64)&1 != 0 }

// fill makes it the set of all n records.
func (s recordSet) fill(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n%64 != 0 {
		s[n/64] = 1<<(n%64) - 1
	}
}

// and, or and without keep what is in both, add what is in the other, and leave
// out what is in the other.
func (s recordSet) and(other recordSet) {
	other = other[:len(s)]
	for i := range s {
		s[i] &= other[i]
	}
}

func (s recordSet) or(other recordSet) {
	other = other[:len(s)]
	for i := range s {
		s[i] |= other[i]
	}
}

func (s recordSet) without(other recordSet) {
	other = other[:len(s)]
	for i := range s {
		s[i] &^= other[i]
	}
}

func (s recordSet) empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

// from gives the first record of the set that is not before another; ok is false
// where there is none.
func (s recordSet) from(record uint32) (first uint32, ok bool) {
	i := int(record / 64)
	if i >= len(s) {
		return 0, false
	}
	w := s[i] &^ (1<<(record%64) - 1)
	for w == 0 {
		if i++; i == len(s) {
			return 0, false
		}
		w = s[i]
	}
	return uint32(i*64 + bits.TrailingZeros64(w)), true
}

// indexes lists the records of the set that are not in another, nil where there
// are none.
func (s recordSet) indexes(not recordSet) []int {
	n := 0
	for i, w := range s {
		if not != nil {
			w &^= not[i]
		}
		n += bits.OnesCount64(w)
	}
	if n == 0 {
		return nil
	}
	out := make([]int, 0, n)
	for i, w := range s {
		if not != nil {
			w &^= not[i]
		}
		for ; w != 0; w &= w - 1 {
			out = append(out, i*64+bits.TrailingZeros64(w))
		}
	}
	return out
}
