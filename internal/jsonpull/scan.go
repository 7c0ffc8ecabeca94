package jsonpull

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Scanner walks the values of one JSON text in one pass, from the first to the
// last, and checks the syntax on the way. After a fault it stands at the end, and
// every method gives nothing; Fault tells where it was.
type Scanner struct {
	s        string
	at       int
	fault    string
	faultAt  int
	blanks   int // white space outside of strings so far
	controls int // control characters in strings so far, which JSON does not allow
}

// NewScanner makes a scanner of a text.
func NewScanner(text string) *Scanner { return &Scanner{s: text} }

// Fault tells what is no JSON, in words, and at which byte; "" where all read so
// far is sound.
func (v *Scanner) Fault() (what string, at int) { return v.fault, v.faultAt }

// At is the byte at which the next value begins.
func (v *Scanner) At() int { return v.at }

func (v *Scanner) fail(what string) {
	if v.fault == "" {
		v.fault, v.faultAt = what, min(v.at, len(v.s))
	}
	v.at = len(v.s)
}

func (v *Scanner) space() {
	for v.at < len(v.s) {
		switch v.s[v.at] {
		case ' ', '\t', '\n', '\r':
			v.at++
			v.blanks++
		default:
			return
		}
	}
}

// Kind is the first byte of the next value: '{', '[', '"', 't', 'f', 'n', and '0'
// for every number; 0 at the end.
func (v *Scanner) Kind() byte {
	if v.at >= len(v.s) {
		return 0
	}
	if c := v.s[v.at]; c != '-' && (c < '0' || c > '9') {
		return c
	}
	return '0'
}

// Empty tells whether the next value says nothing: null, "", [] or {}.
func (v *Scanner) Empty() bool {
	rest := v.s[v.at:]
	switch v.Kind() {
	case 'n':
		return true
	case '"':
		return len(rest) > 1 && rest[1] == '"'
	case '[', '{':
		rest = strings.TrimLeft(rest[1:], " \t\r\n")
		return rest != "" && (rest[0] == ']' || rest[0] == '}')
	}
	return false
}

// Members yields the keys of the next value, which must be an object; at each the
// scanner stands at the member's value, and what the caller does not read of it is
// passed over. The loop must not be left early. Of any other value it yields
// nothing and passes over it.
func (v *Scanner) Members() iter.Seq[string] {
	return func(yield func(string) bool) {
		if v.Kind() != '{' {
			v.Skip()
			return
		}
		v.at++
		for first := true; v.another('}', first); first = false {
			key := v.key()
			if v.fault != "" {
				return
			}
			at := v.at
			yield(key)
			if v.at == at {
				v.Skip()
			}
		}
	}
}

// Elements yields the places, from 0, of the elements of the next value, which
// must be a list, as Members does with members. Any other value but null is taken
// as a list of one.
func (v *Scanner) Elements() iter.Seq[int] {
	return func(yield func(int) bool) {
		if c := v.Kind(); c != '[' {
			at := v.at
			if c != 'n' && c != 0 {
				yield(0)
			}
			if v.at == at {
				v.Skip()
			}
			return
		}
		v.at++
		for i := 0; v.another(']', i == 0); i++ {
			at := v.at
			yield(i)
			if v.at == at {
				v.Skip()
			}
		}
	}
}

// another goes to the next part of an object or list; false at its end.
func (v *Scanner) another(end byte, first bool) bool {
	v.space()
	c := v.Kind()
	switch {
	case c == end:
		v.at++
		return false
	case v.fault != "":
		return false
	case first && c != 0 && c != ',':
		return true
	case !first && c == ',':
		v.at++
		v.space()
		if c = v.Kind(); c != ',' && c != ']' && c != '}' && c != 0 {
			return true
		}
		v.fail("a comma with nothing behind it")
		return false
	}
	v.fail("expected a comma or " + string(end))
	return false
}

// key reads a key and its colon.
func (v *Scanner) key() string {
	if v.Kind() != '"' {
		v.fail("expected a key in double quotes")
		return ""
	}
	key := v.text()
	v.space()
	if v.Kind() != ':' {
		v.fail("expected a colon behind the key " + strconv.Quote(key))
		return ""
	}
	v.at++
	v.space()
	return key
}

// Text reads a string. Of any other value it is false and passes over it.
func (v *Scanner) Text() (text string, ok bool) {
	if v.Kind() != '"' {
		v.Skip()
		return "", false
	}
	text = v.text()
	return text, v.fault == ""
}

// Scalar reads a string, a number or a truth value as text. Of null, an object or
// a list it is false and passes over it.
func (v *Scanner) Scalar() (text string, ok bool) {
	switch v.Kind() {
	case '"':
		return v.Text()
	case '0', 't', 'f':
		from := v.at
		v.Skip()
		return v.s[from:v.at], v.fault == ""
	}
	v.Skip()
	return "", false
}

// True reads a truth value; of any other value it is false.
func (v *Scanner) True() bool {
	yes := v.Kind() == 't'
	v.Skip()
	return yes && v.fault == ""
}

// text reads the string that begins here.
func (v *Scanner) text() string {
	v.at++
	from := v.at
	escaped, plain := false, true
	for v.at < len(v.s) {
		switch c := v.s[v.at]; {
		case c == '"':
			text := v.s[from:v.at]
			v.at++
			if escaped {
				text = v.unescape(text)
			}
			if !plain && !utf8.ValidString(text) {
				return strings.ToValidUTF8(text, "\ufffd")
			}
			return text
		case c == '\\':
			escaped = true
			v.at++
		case c < ' ':
			v.controls++
		case c >= utf8.RuneSelf:
			plain = false
		}
		v.at++
	}
	v.fail("a string without its closing quote")
	return ""
}

// escapes are the letters that may stand behind a backslash, but for u.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape resolves the escapes of a string.
func (v *Scanner) unescape(s string) string {
	out := make([]byte, 0, len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 >= len(s) {
			return string(append(out, s...))
		}
		out = append(out, s[:i]...)
		c := s[i+1]
		s = s[i+2:]
		switch {
		case c == 'u':
			r, n := unit(s)
			if n == 0 {
				v.fail(`expected four hexadecimal digits behind \u`)
				return ""
			}
			if s = s[n:]; utf16.IsSurrogate(r) && strings.HasPrefix(s, `\u`) {
				if low, n := unit(s[2:]); n > 0 && utf16.DecodeRune(r, low) != utf8.RuneError {
					r, s = utf16.DecodeRune(r, low), s[2+n:]
				}
			}
			out = utf8.AppendRune(out, r) // half of a pair becomes U+FFFD
		case escapes[c] != 0:
			out = append(out, escapes[c])
		default:
			v.fail(`a backslash before what cannot be escaped: \` + string(rune(c)))
			return ""
		}
	}
}

// unit reads four hexadecimal digits; n is 0 where there are none.
func unit(s string) (r rune, n int) {
	if len(s) < 4 {
		return 0, 0
	}
	x, err := strconv.ParseUint(s[:4], 16, 16)
	if err != nil {
		return 0, 0
	}
	return rune(x), 4
}

// Skip passes over the next value.
func (v *Scanner) Skip() {
	switch v.Kind() {
	case '"':
		v.skipText()
	case '{':
		v.at++
		for first := true; v.another('}', first); first = false {
			if v.key(); v.fault == "" {
				v.Skip()
			}
		}
	case '[':
		v.at++
		for first := true; v.another(']', first); first = false {
			v.Skip()
		}
	case 't':
		v.word("true")
	case 'f':
		v.word("false")
	case 'n':
		v.word("null")
	case '0':
		v.number()
	case 0:
		v.fail("the text ends where a value must stand")
	default:
		v.fail("expected a value")
	}
}

// skipText passes over a string; its escapes are looked at all the same.
func (v *Scanner) skipText() {
	from := v.at + 1
	for i := from; i < len(v.s); i++ { // most have no escape
		switch c := v.s[i]; {
		case c == '"':
			v.at = i + 1
			return
		case c == '\\' || c < ' ':
			v.text()
			return
		}
	}
	v.fail("a string without its closing quote")
}

func (v *Scanner) word(w string) {
	if !strings.HasPrefix(v.s[v.at:], w) {
		v.fail("expected " + w)
		return
	}
	v.at += len(w)
}

// number passes over a number as JSON writes them: -1, 0.5, 1e9.
func (v *Scanner) number() {
	from := v.at
	if v.s[v.at] == '-' {
		v.at++
	}
	zero := v.at < len(v.s) && v.s[v.at] == '0'
	whole := v.digits()
	good := whole > 0 && (!zero || whole == 1)
	if v.at < len(v.s) && v.s[v.at] == '.' {
		v.at++
		good = v.digits() > 0 && good
	}
	if v.at < len(v.s) && (v.s[v.at] == 'e' || v.s[v.at] == 'E') {
		v.at++
		if v.at < len(v.s) && (v.s[v.at] == '+' || v.s[v.at] == '-') {
			v.at++
		}
		good = v.digits() > 0 && good
	}
	if !good {
		v.at = from
		v.fail("a number that JSON does not have")
	}
}

func (v *Scanner) digits() (n int) {
	for v.at < len(v.s) && v.s[v.at] >= '0' && v.s[v.at] <= '9' {
		v.at++
		n++
	}
	return n
}

// Raw reads the next value as JSON without white space between its parts.
func (v *Scanner) Raw() string {
	from, blanks := v.at, v.blanks
	v.Skip()
	return v.between(from, blanks)
}

// between gives the JSON that was passed over since a place, with the count of
// white space that was seen up to there.
func (v *Scanner) between(from, blanks int) string {
	raw := v.s[from:v.at]
	if v.blanks == blanks {
		return raw
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case ' ', '\t', '\n', '\r':
			continue
		case '"':
			end := i + 1
			for end < len(raw) && raw[end] != '"' {
				if raw[end] == '\\' {
					end++
				}
				end++
			}
			out = append(out, raw[i:min(end+1, len(raw))]...)
			i = end
			continue
		}
		out = append(out, raw[i])
	}
	return string(out)
}
