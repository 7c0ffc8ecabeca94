package numeral

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters and digits.
type word struct {
	start, end int
	digits     bool // an amount in ASCII digits
	code       bool // digits mixed with other things
}

// scan parts a text into words. A hyphen before a digit belongs to the word
// where a letter stands before it.
func scan(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		pointFirst := r == '.' && digitAt(text, i+1) && !wordBefore(text, i)
		if !isWord(r) && !pointFirst {
			i += n
			continue
		}
		end := i + n
		for end < len(text) {
			step := inside(text, i, end)
			if step == 0 {
				break
			}
			end += step
		}
		out = append(out, kindOf(text[i:end], i, end))
		i = end
	}
	return out
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

func wordBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return i > 0 && (isWord(r) || r == '.')
}

func digitAt(text string, i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }

// inside is the length of what stands at i if it belongs to the word from start
// on, else 0.
func inside(text string, start, i int) int {
	r, n := utf8.DecodeRuneInString(text[i:])
	if isWord(r) {
		return n
	}
	before, _ := utf8.DecodeLastRuneInString(text[start:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	switch r {
	case '\'', '’':
		if unicode.IsLetter(before) && unicode.IsLetter(after) {
			return n
		}
	case '.', '·', ',':
		if isDigit(before) && isDigit(after) {
			return n
		}
	case '\u00a0', '\u2009', '\u202f': // between thousands
		if isDigit(before) && threeDigits(text[i+n:]) {
			return n
		}
	case '-', '\u2010', '\u2011':
		if unicode.IsLetter(before) && isDigit(after) && !spelled(text[start:i]) {
			return n
		}
	case '/', ':':
		if isDigit(before) && isDigit(after) && strings.ContainsAny(text[start:i], "/:") {
			return n
		}
	}
	return 0
}

// spelled holds for a word that is a number itself, behind which a hyphen means
// "to".
func spelled(w string) bool {
	low := strings.ToLower(w)
	_, unit := units[low]
	_, ten := tens[low]
	return unit || ten
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func threeDigits(s string) bool {
	return digitAt(s, 0) && digitAt(s, 1) && digitAt(s, 2) && !digitAt(s, 3)
}

func kindOf(s string, start, end int) word {
	w := word{start: start, end: end}
	hasDigit, plain := false, true
	for _, r := range s {
		switch {
		case isDigit(r):
			hasDigit = true
		case unicode.IsNumber(r):
			hasDigit, plain = true, false
		case !strings.ContainsRune(".·,\u00a0\u2009\u202f", r):
			plain = false
		}
	}
	w.digits = hasDigit && plain && strings.Count(s, ".")+strings.Count(s, "·") <= 1
	w.code = hasDigit && !w.digits
	if vague[strings.ToLower(s)] {
		w.code = true
	}
	return w
}

// digits reads an amount. A comma before three digits parts thousands, one before
// any other number of them is a decimal one.
func digits(s string) amount {
	s = strings.NewReplacer("\u00a0", "", "\u2009", "", "\u202f", "", "·", ".").Replace(s)
	if i := strings.LastIndexByte(s, ','); i >= 0 && !strings.Contains(s, ".") && (len(s)-i-1 != 3 || s[0] == '0') {
		s = strings.ReplaceAll(s[:i], ",", "") + "." + s[i+1:]
	}
	s = strings.ReplaceAll(s, ",", "")
	a := amount{}
	if i := strings.IndexByte(s, '.'); i >= 0 {
		a.decimals = len(s) - i - 1
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	a.key = s
	a.value, _ = strconv.ParseFloat(s, 64) // only digits and a point; past the range of a float it is infinite
	return a
}

func foldWord(low string) (amount, bool) {
	stem, ok := strings.CutSuffix(low, "fold")
	if !ok {
		return amount{}, false
	}
	n, ok := units[strings.TrimSuffix(stem, "-")]
	if !ok {
		n, ok = tens[stem]
	}
	return whole(n), ok
}

var units = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]int64{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]int64{"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9}

// bunches are numbers with an article before them.
var bunches = map[string]int64{"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "couple": 2, "pair": 2}

var partWords = map[string]int64{
	"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5,
	"sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9, "tenth": 10, "tenths": 10,
}

var timesWords = map[string]int64{
	"twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "triple": 3, "tripled": 3, "trebled": 3, "thrice": 3,
	"quadruple": 4, "quadrupled": 4,
}

// vague are words for a number that nobody counted, or for what was done to one.
var vague = map[string]bool{"dozens": true, "hundreds": true, "thousands": true, "millions": true, "billions": true, "tens": true, "scores": true,
	"halve": true, "halved": true, "halves": true, "halving": true}

// pronounFollows are words behind a "one" that is a pronoun.
var pronounFollows = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields("of that who which is was has had may might can could should must will would and but to with for at on by from as if when where than") {
		set[w] = true
	}
	return set
}()
