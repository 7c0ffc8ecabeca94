package similarity

import (
	"cmp"
	"slices"
)

// Dice returns twice the number of elements in common over the sum of the
// numbers of elements (Dice, Ecology 26, 1945), from 0 to 1, and 0 when both
// are empty: nothing is no evidence of likeness. Both must be sorted. An element
// that occurs more than once counts as often as both have it.
func Dice[T cmp.Ordered](a, b []T) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(shared(a, b)) / float64(len(a)+len(b))
}

// Jaccard returns the number of elements in common over the number of
// elements of the union (Jaccard, New Phytologist 11, 1912), from 0 to 1, and 0 when
// both are empty. Both must be sorted; repetitions count as in [Dice].
func Jaccard[T cmp.Ordered](a, b []T) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	n := shared(a, b)
	return float64(n) / float64(len(a)+len(b)-n)
}

// shared counts the elements in common of two sorted lists.
func shared[T cmp.Ordered](a, b []T) int {
	n, i, k := 0, 0, 0
	for i < len(a) && k < len(b) {
		switch {
		case a[i] == b[k]:
			n++
			i++
			k++
		case a[i] < b[k]:
			i++
		default:
			k++
		}
	}
	return n
}

// Trigrams appends to dst the runs of three characters of s, with two blanks
// before it and one behind, as numbers, sorted: what [Dice] and [Jaccard] take.
// It is for comparing one string with many; an empty string has none.
func Trigrams(dst []uint64, s string) []uint64 {
	if s == "" {
		return dst
	}
	const (
		perRune = 21
		mask    = 1<<(3*perRune) - 1
	)
	from := len(dst)
	gram := uint64(' ')<<perRune | ' '
	for _, r := range s {
		gram = (gram<<perRune | uint64(r)) & mask
		dst = append(dst, gram)
	}
	dst = append(dst, (gram<<perRune|' ')&mask)
	slices.Sort(dst[from:])
	return dst
}

// TrigramDice returns the Dice coefficient of the trigrams of a and b.
func TrigramDice(a, b string) float64 {
	var bufA, bufB [2 * word]uint64
	return Dice(Trigrams(bufA[:0], a), Trigrams(bufB[:0], b))
}
