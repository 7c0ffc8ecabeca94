package similarity

import (
	"unicode/utf8"
)

// word is the number of pattern characters that one machine word holds.
const word = 64

// Levenshtein returns how many characters must be inserted, deleted or
// replaced to turn a into b (Levenshtein 1966). When that is more than bound
// it returns bound+1 as soon as this is certain; a negative bound means none.
//
// Patterns, the shorter of the two without what both have in common at either
// end, of up to 64 characters take the bit-parallel algorithm of Myers
// ("A fast bit-vector algorithm for approximate string matching based on
// dynamic programming", J. ACM 46, 1999) in the form for distances by Hyyrö
// ("A bit-vector algorithm for computing Levenshtein and Damerau edit
// distances", Nordic J. Computing 10, 2003), and no memory; longer ones its
// form for blocks.
func Levenshtein(a, b string, bound int) int {
	a, b = trimCommon(a, b)
	plain := isASCII(a) && isASCII(b)
	m, n := len(a), len(b)
	if !plain {
		m, n = utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	}
	if m > n {
		a, b, m, n = b, a, n, m
	}
	if bound < 0 || bound > n {
		bound = n
	}
	switch {
	case n-m > bound:
		return bound + 1
	case m == 0:
		return n
	case m <= word && plain:
		return shortASCII(a, b, bound)
	case m <= word:
		return shortRunes(a, b, n, bound)
	case plain:
		return blocksASCII(a, b, bound)
	}
	return blocksRunes([]rune(a), []rune(b), bound)
}

// Ratio returns 1 - d/n, where d is the Levenshtein distance and n the number
// of characters of the longer string: 1 for equal strings, two empty ones
// included, and 0 for strings that share nothing.
func Ratio(a, b string) float64 {
	if a == b {
		return 1
	}
	n := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	return 1 - float64(Levenshtein(a, b, -1))/float64(n)
}

// trimCommon takes off what a and b begin and end with in common, in whole
// characters.
func trimCommon(a, b string) (string, string) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && !(startsRune(a, n) && startsRune(b, n)) {
		n--
	}
	a, b = a[n:], b[n:]
	n = 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(a[len(a)-n]) {
		n--
	}
	return a[:len(a)-n], b[:len(b)-n]
}

func startsRune(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

func isASCII(s string) bool {
	var all byte
	for i := 0; i < len(s); i++ {
		all |= s[i]
	}
	return all < utf8.RuneSelf
}

// column is the state of the algorithm for up to 64 rows: the vertical
// differences along one column of the matrix, as bits.
type column struct{ up, down uint64 }

// step moves the column over one text character, eq being where the pattern
// has it. In and out are the horizontal differences above the first row and
// in the row of the bit last.
func (c *column) step(eq uint64, upIn, downIn, last uint64) (upOut, downOut uint64) {
	vertical := eq | c.down
	eq |= downIn
	same := (((eq & c.up) + c.up) ^ c.up) | eq
	right := c.down | ^(same | c.up)
	left := c.up & same
	if right&last != 0 {
		upOut = 1
	}
	if left&last != 0 {
		downOut = 1
	}
	right = right<<1 | upIn
	left = left<<1 | downIn
	c.up = left | ^(vertical | right)
	c.down = right & vertical
	return upOut, downOut
}

// row follows the distance along the last row of the matrix.
type row struct {
	score, bound int
	left         int // text characters still to come
}

// next counts one text character in and says whether the bound can still be
// kept: each character to come can lower the distance by one.
func (r *row) next(up, down uint64) bool {
	r.score += int(up) - int(down)
	r.left--
	return r.score-r.left <= r.bound
}

// result is the distance at the end of the row.
func (r *row) result() int { return min(r.score, r.bound+1) }

func shortASCII(pattern, text string, bound int) int {
	var eq [utf8.RuneSelf]uint64
	for i := 0; i < len(pattern); i++ {
		eq[pattern[i]&0x7f] |= 1 << i
	}
	last := uint64(1) << (len(pattern) - 1)
	col := column{up: ^uint64(0)}
	r := row{len(pattern), bound, len(text)}
	for i := 0; i < len(text); i++ {
		if !r.next(col.step(eq[text[i]&0x7f], 1, 0, last)) {
			return bound + 1
		}
	}
	return r.result()
}

func shortRunes(pattern, text string, n, bound int) int {
	var eq places
	m := 0
	for _, c := range pattern {
		*eq.of(c) |= 1 << m
		m++
	}
	last := uint64(1) << (m - 1)
	col := column{up: ^uint64(0)}
	r := row{m, bound, n}
	for _, c := range text {
		if !r.next(col.step(*eq.of(c), 1, 0, last)) {
			return bound + 1
		}
	}
	return r.result()
}

// places maps the characters of a pattern to where they stand in it: an open
// hash table twice as large as a pattern can fill.
type places struct {
	keys [2 * word]rune
	bits [2 * word]uint64
}

// of returns the entry of c, which is an empty one when c is not there. An
// entry without bits is free: it may be written to once and is then c's.
func (p *places) of(c rune) *uint64 {
	const mask = 2*word - 1
	i := (uint32(c) * 0x9E3779B1) >> 25 & mask
	for p.bits[i] != 0 && p.keys[i] != c {
		i = (i + 1) & mask
	}
	if p.bits[i] == 0 {
		p.keys[i] = c
	}
	return &p.bits[i]
}

func blocksASCII(pattern, text string, bound int) int {
	cols, last := columns(len(pattern))
	eq := make([]uint64, utf8.RuneSelf*len(cols))
	for i := 0; i < len(pattern); i++ {
		eq[int(pattern[i])*len(cols)+i/word] |= 1 << (i % word)
	}
	r := row{len(pattern), bound, len(text)}
	for i := 0; i < len(text); i++ {
		at := int(text[i]) * len(cols)
		if !r.next(stepAll(cols, eq[at:at+len(cols)], last)) {
			return bound + 1
		}
	}
	return r.result()
}

func blocksRunes(pattern, text []rune, bound int) int {
	cols, last := columns(len(pattern))
	index := make(map[rune]int) // of the characters of the pattern, from 1
	eq := make([]uint64, len(cols), 32*len(cols))
	none := make([]uint64, len(cols))
	for i, c := range pattern {
		k, ok := index[c]
		if !ok {
			k = len(index) + 1
			index[c] = k
			eq = append(eq, none...)
		}
		eq[k*len(cols)+i/word] |= 1 << (i % word)
	}
	r := row{len(pattern), bound, len(text)}
	for _, c := range text {
		at := index[c] * len(cols)
		if !r.next(stepAll(cols, eq[at:at+len(cols)], last)) {
			return bound + 1
		}
	}
	return r.result()
}

// columns returns the blocks for m rows, and the bit of the last row in the
// last of them.
func columns(m int) (cols []column, last uint64) {
	cols = make([]column, (m+word-1)/word)
	for i := range cols {
		cols[i].up = ^uint64(0)
	}
	return cols, 1 << ((m - 1) % word)
}

func stepAll(cols []column, eq []uint64, last uint64) (up, down uint64) {
	up = 1
	for k := range len(cols) - 1 {
		up, down = cols[k].step(eq[k], up, down, 1<<(word-1))
	}
	k := len(cols) - 1
	return cols[k].step(eq[k], up, down, last)
}
