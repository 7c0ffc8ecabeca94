package token

import (
	"unicode"
	"unicode/utf8"
)

// Token is a range of bytes of a text: Start is the first byte, End the one
// after the last.
type Token struct{ Start, End int }

// Of returns the part of text that t names.
func (t Token) Of(text string) string { return text[t.Start:t.End] }

// Words returns the words of text, in order: runs of letters, digits and the
// marks that belong to them.
//
//   - A hyphen parts words: COVID-19 is two.
//   - An apostrophe between letters belongs to the word: people's, o’clock.
//   - A point, comma or middle dot inside a number belongs to it, and so does
//     a point that begins one: 0.05, .05, 0·05, 1.2.3, 12,345. A comma does so
//     only before three digits.
//
// A text without words gives nil.
func Words(text string) []Token {
	var words []Token
	for i := 0; i < len(text); {
		n := wordPart(text[i:])
		if n == 0 && !pointStartsNumber(text, i) {
			_, n = utf8.DecodeRuneInString(text[i:])
			i += n
			continue
		}
		end := wordEnd(text, i)
		if words == nil {
			const meanLength = 7 // of a word with what follows it
			words = make([]Token, 0, len(text)/meanLength+1)
		}
		words = append(words, Token{i, end})
		i = end
	}
	return words
}

// wordEnd returns where the word that begins at i ends.
func wordEnd(text string, i int) int {
	if text[i] == '.' {
		i++
	}
	for i < len(text) {
		if n := wordPart(text[i:]); n > 0 {
			i += n
			continue
		}
		n := inner(text, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// wordPart returns the length of the letter, digit or mark that s begins
// with, and 0 if it begins with something else.
func wordPart(s string) int {
	if c := s[0]; c < utf8.RuneSelf {
		if isLetter(c) || isDigit(c) {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) {
		return n
	}
	return 0
}

// inner returns the length of the character at i if it belongs to the word
// around it though it is neither letter nor digit.
func inner(text string, i int) int {
	r, n := utf8.DecodeRuneInString(text[i:])
	rest := text[i+n:]
	if rest == "" {
		return 0
	}
	switch r {
	case '\'', '’':
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(rest)
		if unicode.IsLetter(before) && unicode.IsLetter(after) {
			return n
		}
	case '.', '·':
		if isDigit(text[i-1]) && isDigit(rest[0]) {
			return n
		}
	case ',':
		if isDigit(text[i-1]) && digits(rest) == 3 {
			return n
		}
	}
	return 0
}

// pointStartsNumber holds for the point of ".05" where no word ends before it.
func pointStartsNumber(text string, i int) bool {
	if text[i] != '.' || i+1 >= len(text) || !isDigit(text[i+1]) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || before != '.' && !unicode.IsLetter(before) && !unicode.IsNumber(before)
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isLower(c byte) bool  { return c >= 'a' && c <= 'z' }
func isLetter(c byte) bool { return isUpper(c) || isLower(c) }

// digits returns how many ASCII digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}
