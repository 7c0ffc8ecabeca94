package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Space returns s with every run of white space, of whatever kind Unicode
// knows (no-break and thin spaces, line and paragraph separators, …), turned
// into one blank, and none at either end. Zero-width spaces, word joiners and
// byte order marks are dropped; the zero-width joiner and non-joiner, which
// are spelling in Persian and in Indic scripts, stay. When there is nothing to
// change s itself is returned.
func Space(s string) string {
	if Tidy(s) {
		return s
	}
	if untidy(s) == len(s) {
		return s
	}
	return string(AppendSpace(make([]byte, 0, len(s)), s))
}

// AppendSpace appends to dst what Space gives for s.
func AppendSpace[T string | []byte](dst []byte, s T) []byte { return appendSpace(dst, s, false) }

// AppendText appends to dst what Space gives for s without its control
// characters: those that XML 1.0 does not have, which are all below the blank but
// tab, LF and CR, and U+007F, U+FFFE and U+FFFF.
func AppendText[T string | []byte](dst []byte, s T) []byte { return appendSpace(dst, s, true) }

// charKind is what becomes of a character among white space.
type charKind int

const (
	letter  charKind = iota // it stays
	white                   // a run of them becomes one blank
	nothing                 // it is left out
)

func appendSpace[T string | []byte](dst []byte, s T, text bool) []byte {
	start := len(dst)
	blank := false // white space came and was not written yet
	for len(s) > 0 {
		if n := TidyLen(s); n > 0 {
			if blank && len(dst) > start {
				dst = append(dst, ' ')
			}
			dst, s = append(dst, s[:n]...), s[n:]
			if blank = dst[len(dst)-1] == ' '; blank {
				dst = dst[:len(dst)-1]
			}
		}
		// What TidyLen stopped at is among the next eight.
		for met := false; len(s) > 0; {
			c, size, kind := s[0], 1, letter
			plain := c > ' ' && c <= '~'
			if plain && met {
				break
			}
			if !plain {
				met = met || c != ' ' || blank
				size, kind = character(s, text)
			}
			if kind == letter {
				if blank && len(dst) > start {
					dst = append(dst, ' ')
				}
				dst = append(dst, s[:size]...)
			}
			blank = kind == white || kind == nothing && blank
			s = s[size:]
		}
	}
	return dst
}

// character gives the length and kind of the character that s begins with.
func character[T string | []byte](s T, text bool) (size int, kind charKind) {
	c := s[0]
	switch {
	case text && (c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f):
		return 1, nothing
	case c == ' ' || c >= '\t' && c <= '\r':
		return 1, white
	case c < utf8.RuneSelf || !mayLeadSpace(c):
		return 1, letter
	}
	r, size := utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
	switch {
	case unicode.IsSpace(r):
		return size, white
	case zeroWidth(r) || text && (r == 0xFFFE || r == 0xFFFF):
		return size, nothing
	}
	return size, letter
}

// untidy returns the length of the longest prefix of s that Space keeps as it
// is and that ends before white space, or len(s) when that is all of it.
func untidy(s string) int {
	end, last := 0, byte(' ')
	again := 0 // where eight bytes at once are tried again
	for i := 0; i < len(s); {
		if i >= again && i+8 <= len(s) {
			before := uint64(0)
			if last == ' ' {
				before = 0x80
			}
			w := word(s[i:])
			if b := blanks(w); odd(w)|b&(b<<8|before) == 0 {
				i += 8
				end, last = i, s[i-1]
				if last == ' ' {
					end--
				}
				continue
			}
			again = i + 8
		}
		c := s[i]
		size := 1
		if c < utf8.RuneSelf {
			if c < ' ' && c >= '\t' && c <= '\r' || c == ' ' && last == ' ' { // \t to \r are ASCII's white space
				return end
			}
		} else if mayLeadSpace(c) {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) || zeroWidth(r) {
				return end
			}
		}
		i += size
		if c != ' ' {
			end = i
		}
		last = c
	}
	return max(end, 0)
}

// mayLeadSpace tells whether the UTF-8 of a white or zero-width space of Unicode
// begins with the byte: U+0085 and U+00A0, U+1680 and U+180E, U+2000 to U+206F,
// U+3000, U+FEFF.
func mayLeadSpace(c byte) bool {
	return c == 0xC2 || c >= 0xE1 && c <= 0xE3 || c == 0xEF
}

func zeroWidth(r rune) bool {
	return r == 0x200B || r == 0x2060 || r == 0xFEFF || r == 0x180E
}

// NFC returns s with letters and marks composed where Unicode has a composed
// form (é rather than e and ◌́). It changes nothing else; s itself is returned
// when it is composed already.
func NFC(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r >= 0x300 }) < 0 {
		return s
	}
	return norm.NFC.String(s)
}
