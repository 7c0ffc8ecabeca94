package bibtex

import "strings"

// This file tells in one look at a value what has to be done to make it text. Of
// most values that is nothing.

// Marks of bytes. The first of them count where two of a kind stand together.
const (
	twoBlanks = 1 << iota
	twoDashes // with these three TeX's fonts make another character of the two
	twoQuotes
	twoCommas
	texMark     // TeX gives it a meaning by itself
	htmlMark    // may begin a tag or a reference of HTML
	lineMark    // ends a line, or is a tab
	controlMark // any other control character
	wideMark    // begins a character that may be white space of Unicode or a combining mark

	pairs    = twoBlanks | twoDashes | twoQuotes | twoCommas
	untidy   = twoBlanks | lineMark
	texMarks = texMark | twoDashes | twoQuotes
)

var marks = func() (t [256]uint16) {
	for c := range 256 {
		switch {
		case c < ' ' || c == 0x7f:
			t[c] = controlMark
		case c == 0xC2 || c >= 0xCC: // U+0080 to U+00BF with no-break space, and what follows U+02FF
			t[c] = wideMark
		}
	}
	for chars, mark := range map[string]uint16{
		" ": twoBlanks, "-": twoDashes, "'": twoQuotes, ",": twoCommas, "\\{}$~`": texMark, "<&": htmlMark, "\t\n\r": lineMark,
	} {
		for i := range len(chars) {
			t[chars[i]] = mark
		}
	}
	return t
}()

// marksOf gathers the marks of a value; a blank at either end counts as two. A
// value without marks is text as it stands.
func marksOf[T string | []byte](tex T) uint16 {
	if len(tex) == 0 {
		return 0
	}
	all, before := uint16(0), uint16(twoBlanks)
	for i := range len(tex) {
		m := marks[tex[i]]
		all |= m & (before | ^uint16(pairs))
		before = m
	}
	return all | before&twoBlanks
}

// isTeX tells whether a value of these marks has something that TeX makes another
// text of. Composed and combining accents are brought to one form only then.
func isTeX(tex string, m uint16) bool {
	return m&texMarks != 0 || m&(twoCommas|wideMark) != 0 && strings.ContainsAny(tex, "'-?!")
}

// collapse appends a text in which nothing is wide: without control characters,
// and with one blank for each run of white space but none at the ends. The text may
// stand where it is written to.
func collapse[T string | []byte](to []byte, text T) []byte {
	begun := len(to)
	blank := false
	for i := 0; i < len(text); {
		switch m := marks[text[i]]; {
		case m&(twoBlanks|lineMark) != 0:
			blank = true
			i++
			continue
		case m&controlMark != 0:
			i++
			continue
		}
		if blank && len(to) > begun {
			to = append(to, ' ')
		}
		blank = false
		from, before := i, uint16(0)
		for i < len(text) {
			m := marks[text[i]]
			if m&(lineMark|controlMark|before&twoBlanks) != 0 {
				break
			}
			before = m
			i++
		}
		if before == twoBlanks { // the first of two, or the last of all
			blank = true
			to = append(to, text[from:i-1]...)
		} else {
			to = append(to, text[from:i]...)
		}
	}
	return to
}
