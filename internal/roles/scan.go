package roles

// This file cuts a sentence into marks: words, numbers and signs, each with what
// is left of it when its letters do not matter.

import (
	"unicode"
	"unicode/utf8"
)

// mark is a word, number or sign of a sentence, as three hashes: of the whole, in
// small letters; of its first letters, which stand for its family of words; and of
// its class. Numbers are known by their class only: what tells results is that
// there is a percentage, not which.
type mark struct {
	whole, stem, class uint64
	isWord             bool
}

// stemLetters is how many letters name a family of words: "randomi" of randomised
// and randomization would be apart in one more or less in few words.
const stemLetters = 5

// Multipliers of the hash of letters (Fowler, Noll and Vo, 64 bits) and of mix
// (Stafford 2011, the mixer of splitmix64).
const (
	letterBasis = 14695981039346656037
	letterPrime = 1099511628211
	golden      = 0x9E3779B97F4A7C15
	mixer       = 0xBF58476D1CE4E5B9
)

func hashOf(s string) uint64 {
	h := uint64(letterBasis)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * letterPrime
	}
	return h
}

func withRune(h uint64, r rune) uint64 {
	if r < utf8.RuneSelf {
		return (h ^ uint64(r)) * letterPrime
	}
	h = (h ^ uint64(r&0xff)) * letterPrime
	return (h ^ uint64(r>>8)) * letterPrime
}

// mix joins two hashes to one, in which their order matters.
func mix(a, b uint64) uint64 {
	x := a*golden ^ (b + 0x7F4A7C15 + a<<6 + a>>2)
	x ^= x >> 29
	x *= mixer
	return x ^ x>>32
}

// Classes of marks.
var (
	percentage = hashOf("#%")
	belowOne   = hashOf("#0.")
	decimal    = hashOf("#.")
	year       = hashOf("#year")
	digits     = [...]uint64{hashOf("#0"), hashOf("#1"), hashOf("#2"), hashOf("#3"), hashOf("#4")}
	mixed      = hashOf("#mixed") // 5th, 2x
	spelled    = hashOf("#word")  // twelve
	capitals   = hashOf("CAPITALS")
	past       = hashOf("-ed")
	running    = hashOf("-ing")
	manner     = hashOf("-ly")
	plural     = hashOf("-s")
	little     = hashOf("abc")
	plain      = hashOf("a")
)

var spelledNumbers = hashes("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
	"sixty", "seventy", "eighty", "ninety", "hundred", "thousand")

func hashes(words ...string) map[uint64]bool {
	set := map[uint64]bool{}
	for _, w := range words {
		set[hashOf(w)] = true
	}
	return set
}

// scan appends the marks of a sentence. White space and hyphens part marks and are
// none.
func scan(dst []mark, s string) []mark {
	for i := 0; i < len(s); {
		c := s[i]
		var m mark
		n := 1
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-':
			i++
			continue
		case isDigit(c) || c == '.' && i+1 < len(s) && isDigit(s[i+1]):
			m, n = number(s, i)
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsLetter(r) {
				m, n = word(s[i:])
				break
			}
			h := withRune(letterBasis, r)
			m, n = mark{h, h, h, false}, size
		}
		dst = append(dst, m)
		i += n
	}
	return dst
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number reads the number that begins at byte i: 12, 0.05, .05, 0·05, 12,345. What
// has letters right behind it is a word of its own (5th).
func number(s string, i int) (m mark, n int) {
	j, count, point := i, 0, false
	for j < len(s) {
		if isDigit(s[j]) {
			count++
			j++
			continue
		}
		gap := separator(s[j:])
		if gap == 0 {
			break
		}
		point = point || s[j] != ','
		j += gap
	}
	if j < len(s) && isLetter(s[j]) {
		for j < len(s) && (isLetter(s[j]) || isDigit(s[j])) {
			j++
		}
		h := hashOf(s[i:j])
		return mark{h, h, mixed, true}, j - i
	}
	class := numberClass(s[i:j], count, point)
	for k := j; k < len(s) && k <= j+1; k++ {
		if s[k] == '%' {
			class = percentage
		} else if s[k] != ' ' {
			break
		}
	}
	return mark{class, class, class, false}, j - i
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// separator is the length of a point, comma or middle dot before a digit.
func separator(s string) int {
	switch {
	case len(s) > 1 && (s[0] == '.' || s[0] == ',') && isDigit(s[1]):
		return 1
	case len(s) > 2 && s[:2] == "·" && isDigit(s[2]):
		return 2
	}
	return 0
}

func numberClass(s string, count int, point bool) uint64 {
	switch {
	case point && (s[0] == '0' || s[0] == '.'):
		return belowOne
	case point:
		return decimal
	case count == 4 && len(s) == 4 && (s[:2] == "19" || s[:2] == "20"):
		return year
	}
	return digits[min(count, len(digits)-1)]
}

// word reads the word that s begins with: letters, the digits and marks among
// them, apostrophes before a letter.
func word(s string) (m mark, n int) {
	m = mark{whole: letterBasis, isWord: true}
	letters, upper := 0, 0
	var last [3]rune
	for n < len(s) {
		r, size := rune(s[n]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[n:])
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !apostrophe(s[n:]) {
			break
		}
		if unicode.IsUpper(r) {
			upper++
			r = unicode.ToLower(r)
		}
		m.whole = withRune(m.whole, r)
		if letters < stemLetters {
			m.stem = m.whole
		}
		letters++
		last = [3]rune{last[1], last[2], r}
		n += size
	}
	m.class = wordClass(m.whole, last, letters, upper)
	if m.class == spelled {
		m.whole, m.stem = spelled, spelled
	}
	return m, n
}

func apostrophe(s string) bool { return len(s) > 1 && s[0] == '\'' && isLetter(s[1]) }

// wordClass guesses at tense and form by the end of a word.
func wordClass(h uint64, last [3]rune, letters, upper int) uint64 {
	switch {
	case spelledNumbers[h]:
		return spelled
	case upper > 1:
		return capitals
	case last[1] == 'e' && last[2] == 'd' && letters > 4:
		return past
	case last == [3]rune{'i', 'n', 'g'} && letters > 5:
		return running
	case last[1] == 'l' && last[2] == 'y' && letters > 4:
		return manner
	case last[2] == 's' && letters > 3:
		return plural
	case letters <= 3:
		return little
	}
	return plain
}
