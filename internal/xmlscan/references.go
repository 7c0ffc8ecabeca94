package xmlscan

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// longestReference is how far the ; of a reference is looked for.
const longestReference = 40

// Reference reads the reference that a text begins with: the five of XML, characters by
// their numbers, and the names of HTML, which XML does not have but files do. Nothing
// else is expanded. It gives the characters that the reference stands for, or "&" where it is
// none; the length of what they replace; and what of the text XML does not have, nothing
// for a reference of XML 1.0.
func Reference(text []byte) (stands string, length int, bad []byte) {
	n := bytes.IndexByte(text[:min(len(text), longestReference)], ';')
	if n < 0 || bytes.ContainsAny(text[1:n], " &<\n") {
		return "&", 1, text[:1]
	}
	stands, ok := named(text[1:n])
	if !ok {
		bad = text[:n+1]
	}
	if stands == "" {
		return "&", 1, bad
	}
	return stands, n + 1, bad
}

// named gives the text behind the name of a reference, "" when there is none; ok is
// false for one that is not of XML 1.0.
func named(name []byte) (text string, ok bool) {
	switch string(name) {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	case "#xD", "#13", "#xd": // line ends in fields of EndNote
		return "\r", true
	case "#xA", "#10", "#xa":
		return "\n", true
	case "":
		return "", false
	}
	if name[0] == '#' {
		return numbered(string(name[1:]))
	}
	ref := "&" + string(name) + ";"
	if text = html.UnescapeString(ref); text == ref || strings.HasSuffix(text, ";") {
		return "", false
	}
	return text, false
}

// numbered gives the character of a number, decimal or behind "x" hexadecimal. One that
// XML 1.0 does not have is U+FFFD.
func numbered(digits string) (text string, ok bool) {
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !isChar(rune(n)) {
		return string(utf8.RuneError), false
	}
	return string(rune(n)), true
}

// isChar is the production Char of XML 1.0, section 2.2.
func isChar(r rune) bool {
	return r >= ' ' && utf8.ValidRune(r) && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}
