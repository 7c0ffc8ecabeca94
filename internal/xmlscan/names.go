package xmlscan

// text is what names are looked for in.
type text interface{ ~string | ~[]byte }

// NameLength is the length of the name that a text begins with, 0 for none.
func NameLength[T text](s T) int {
	n := 0
	for n < len(s) && isName[s[n]] {
		n++
	}
	if n > 0 && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '.') {
		return 0
	}
	return n
}

// LocalName is the name that a tag begins with, without the prefix of its
// namespace; the text begins behind "<" or "</".
func LocalName[T text](s T) T {
	n := NameLength(s)
	for i := range n {
		if s[i] == ':' {
			return s[i+1 : n]
		}
	}
	return s[:n]
}

// IsName tells whether a byte may stand in a name; those beyond ASCII all may.
func IsName(c byte) bool { return isName[c] }

var isName = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.' || c >= 0x80
	}
	return t
}()

// IsBlank tells whether a byte is white space of XML.
func IsBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
