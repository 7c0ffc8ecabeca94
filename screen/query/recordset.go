package query

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/bits"
	"slices"
)

// RecordSet is a set of records, by their index in the list that a strategy was
// asked of. The zero value is empty. It takes a bit for each record up to the last
// of the set.
type RecordSet struct {
	bits recordSet // the last number is not 0
}

// Count is how many records are in the set.
func (s RecordSet) Count() int {
	n := 0
	for _, w := range s.bits {
		n += bits.OnesCount64(w)
	}
	return n
}

// Has tells whether record i is in the set.
func (s RecordSet) Has(i int) bool {
	return i >= 0 && i/64 < len(s.bits) && s.bits.has(uint32(i))
}

// All gives the indexes of the records in the set, rising.
func (s RecordSet) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s.bits {
			for ; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// String writes the set as a list of indexes: [0 7 12].
func (s RecordSet) String() string { return fmt.Sprint(slices.Collect(s.All())) }

// MarshalJSON writes the set as a list of indexes, rising.
func (s RecordSet) MarshalJSON() ([]byte, error) {
	return json.Marshal(slices.AppendSeq([]int{}, s.All()))
}

// mostRecords bounds the indexes that are read from JSON, so that a short text does
// not become a set of gigabytes.
const mostRecords = 1 << 30

// UnmarshalJSON reads a list of indexes, in any order. One that is negative or over
// a thousand million is an error.
func (s *RecordSet) UnmarshalJSON(text []byte) error {
	var indexes []int
	if err := json.Unmarshal(text, &indexes); err != nil {
		return fmt.Errorf("a set of records is a list of their indexes: %w", err)
	}
	*s = RecordSet{}
	for _, i := range indexes {
		if i < 0 || i >= mostRecords {
			return fmt.Errorf("%d is no index of a record: one from 0 to %d was expected", i, mostRecords-1)
		}
		s.add(i)
	}
	return nil
}

// add puts record i into the set.
func (s *RecordSet) add(i int) {
	if n := i/64 + 1; n > len(s.bits) {
		s.bits = append(s.bits, make(recordSet, n-len(s.bits))...)
	}
	s.bits.add(uint32(i))
}

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

// set gives the set for others to use. It is the set itself, which must not be
// changed any more.
func (s recordSet) set() RecordSet {
	n := len(s)
	for n > 0 && s[n-1] == 0 {
		n--
	}
	if n == 0 {
		return RecordSet{}
	}
	return RecordSet{s[:n:n]}
}
