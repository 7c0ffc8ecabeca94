package fold

import "strings"

// Text returns s as a value of one line: white space as Space has it, and no control
// characters. Text that is so already comes back itself.
func Text(s string) string {
	if Tidy(s) {
		return s
	}
	return Space(WithoutControls(s))
}

// Plain is Text of what inline markup was taken out of. In a text with anything else between
// angle brackets, as in "a < b", there is no markup: it stays as it is.
func Plain(s string) string {
	s = Text(s)
	if !MayHaveMarkup(s) {
		return s
	}
	plain := Unmark(s)
	if strings.IndexByte(plain, '<') >= 0 {
		return s
	}
	return Text(plain)
}

// Paragraphs takes markup out of a text of several lines and joins those; an empty line
// between two stays as one line end.
func Paragraphs(s string) string {
	if Tidy(s) && !MayHaveMarkup(s) {
		return s
	}
	s = WithoutControls(s)
	if MayHaveMarkup(s) {
		s = Unmark(s)
	}
	if !strings.Contains(s, "\n\n") {
		return Space(s)
	}
	var parts []string
	for p := range strings.SplitSeq(s, "\n\n") {
		if p = Space(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "\n")
}

// MayHaveMarkup tells of most texts at little cost that there is none for Unmark.
func MayHaveMarkup(s string) bool {
	return strings.IndexByte(s, '<') >= 0 || strings.IndexByte(s, '&') >= 0
}

// WithoutControls leaves out the control characters of C0 and C1 that are no white
// space. When there is none s itself is returned.
func WithoutControls(s string) string {
	if Printable(s) {
		return s
	}
	i := 0
	for i < len(s) && !controlAt(s, i) {
		i++
	}
	if i == len(s) {
		return s
	}
	out := append(make([]byte, 0, len(s)), s[:i]...)
	for ; i < len(s); i++ {
		switch {
		case !controlAt(s, i):
			out = append(out, s[i])
		case s[i] == 0xC2:
			i++
		}
	}
	return string(out)
}

// controlAt tells whether a control character that is no white space begins at a
// byte: one of C0 or C1 but for tabs and line ends.
func controlAt(s string, i int) bool {
	c := s[i]
	if c == 0xC2 {
		return i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] < 0xA0 && s[i+1] != 0x85
	}
	return c < ' ' && (c < '\t' || c > '\r') || c == 0x7F
}
