package pubmed

import "github.com/evidence-go/evidence/internal/fold"

// tidy gives a value as text: runs of white space as one blank, none at the
// ends, no control character. A value that is so already comes back itself.
func tidy(s string) string {
	if fold.Tidy(s) {
		return s
	}
	if hasControl(s) {
		return string(fold.AppendText(nil, s))
	}
	return fold.Space(s)
}

// tidied is a value of the record at hand as text.
func (d *document) tidied(value []byte) string {
	if fold.Tidy(value) {
		return d.page.add(value)
	}
	d.clean = fold.AppendText(d.clean[:0], value)
	return d.page.add(d.clean)
}

// isControl tells a character that XML 1.0 does not have, or that has no place
// in text, from white space and letters.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff
}

// mayBeControl marks the bytes that are a control character, or the first of the
// three of U+FFFE and U+FFFF and of some letters.
var mayBeControl = func() (t [256]bool) {
	for c := range 0x80 {
		t[c] = isControl(rune(c))
	}
	t[0xEF] = true
	return t
}()

// hasControl tells whether a text holds a control character.
func hasControl(s string) bool {
	for i := 0; i < len(s); i++ {
		if !mayBeControl[s[i]] {
			continue
		}
		if s[i] != 0xEF || i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE {
			return true
		}
	}
	return false
}
