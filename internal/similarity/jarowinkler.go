package similarity

import "unicode/utf8"

// JaroWinkler returns the similarity of two names or short strings, from 0 to
// 1 (Jaro, JASA 84, 1989; Winkler, "String comparator metrics and enhanced
// decision rules in the Fellegi-Sunter model of record linkage", ASA 1990):
// the mean of the shares of characters of a and of b that match within half
// the longer length, and of the matches in the same order, raised by 0.1 of
// what is missing for each of up to four characters that both begin with.
// Two empty strings give 1, an empty and a filled one 0.
func JaroWinkler(a, b string) float64 {
	if a == b {
		return 1
	}
	if isASCII(a) && isASCII(b) {
		var bufA, bufB [4 * word]byte
		return jaroWinkler(append(bufA[:0], a...), append(bufB[:0], b...))
	}
	var bufA, bufB [4 * word]rune
	return jaroWinkler(appendRunes(bufA[:0], a), appendRunes(bufB[:0], b))
}

func appendRunes(dst []rune, s string) []rune {
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		dst, s = append(dst, r), s[n:]
	}
	return dst
}

// letter is a character: a byte of ASCII text, a rune of any other.
type letter interface{ byte | rune }

func jaroWinkler[L letter](a, b []L) float64 {
	j := jaro(a, b)
	const most, weight = 4, 0.1
	prefix := 0
	for prefix < min(most, len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	return j + float64(prefix)*weight*(1-j)
}

// jaro returns the similarity of Jaro (1989).
func jaro[L letter](a, b []L) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	var bufA, bufB [4]uint64
	inA, inB := bits(bufA[:], len(a)), bits(bufB[:], len(b))
	window := max(max(len(a), len(b))/2-1, 0)
	matches := 0
	for i := range len(a) {
		for k := max(0, i-window); k < min(len(b), i+window+1); k++ {
			if a[i] == b[k] && inB[k/word]>>(k%word)&1 == 0 {
				inA[i/word] |= 1 << (i % word)
				inB[k/word] |= 1 << (k % word)
				matches++
				break
			}
		}
	}
	if matches == 0 {
		return 0
	}
	outOfOrder := 0
	k := 0
	for i := range len(a) {
		if inA[i/word]>>(i%word)&1 == 0 {
			continue
		}
		for inB[k/word]>>(k%word)&1 == 0 {
			k++
		}
		if a[i] != b[k] {
			outOfOrder++
		}
		k++
	}
	m := float64(matches)
	return (m/float64(len(a)) + m/float64(len(b)) + (m-float64(outOfOrder/2))/m) / 3
}

// bits returns room for n bits, in buf if it is large enough.
func bits(buf []uint64, n int) []uint64 {
	if n <= len(buf)*word {
		return buf
	}
	return make([]uint64, (n+word-1)/word)
}
