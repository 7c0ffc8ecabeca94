package csljson

import (
	"bytes"

	"github.com/evidence-go/evidence/record"
)

// scanner cuts one object or list out of the window of an input, without
// reading its values. It goes on where it stopped when the window grows.
type scanner struct {
	at     int    // next byte of the window
	stack  []byte // open '{' and '['
	over   int    // open ones past the limit of nesting
	last   byte   // last byte outside of strings that is not white space
	text   bool   // inside a string
	begun  int    // where the string began
	broken bool   // a quote or a bracket is missing
	deep   bool
	limit  int
}

// What run came to.
type outcome int

const (
	wantsMore outcome = iota
	complete
)

// ahead is how far the scanner looks behind a doubtful place.
const ahead = 256

// run scans b, which begins with the first bracket. final says that nothing
// follows b. On complete, at is the end of the value.
func (s *scanner) run(b []byte, final bool) outcome {
	for s.at < len(b) {
		if s.text {
			if !s.inText(b, final) {
				return wantsMore
			}
			if len(s.stack) == 0 {
				return complete
			}
			continue
		}
		switch c := b[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
			continue
		case '"':
			s.text, s.begun = true, s.at
		case '{', '[':
			if c == '{' && s.top() == '{' && s.over == 0 && (s.last == ',' || s.last == '{') {
				s.broken = true // an object where a key must stand: the next item
				return complete
			}
			s.open(c)
		case '}', ']':
			if s.close(c) {
				return complete
			}
		}
		s.last = b[s.at]
		s.at++
		if len(s.stack) == 0 {
			return complete
		}
	}
	return wantsMore
}

func (s *scanner) top() byte {
	if len(s.stack) == 0 {
		return 0
	}
	return s.stack[len(s.stack)-1]
}

func (s *scanner) open(c byte) {
	if len(s.stack) >= s.limit {
		s.deep = true
		s.over++
		return
	}
	s.stack = append(s.stack, c)
}

// close takes a closing bracket. stop tells that the value ends before it,
// because it closes a list that stands around the value.
func (s *scanner) close(c byte) (stop bool) {
	if s.over > 0 {
		s.over--
		return false
	}
	partner := c - 2 // '[' ']' and '{' '}' are two apart
	i := bytes.LastIndexByte(s.stack, partner)
	if i < 0 {
		s.broken = true
		return true
	}
	s.broken = s.broken || i != len(s.stack)-1
	s.stack = s.stack[:i]
	return false
}

// inText goes to the end of a string. It is false when more must be seen. A
// string that was never closed ends where what follows can only be JSON again.
func (s *scanner) inText(b []byte, final bool) bool {
	for s.at < len(b) {
		switch b[s.at] {
		case '\\':
			if s.at+1 >= len(b) {
				return false
			}
			s.at += 2
			continue
		case '\n', '\r':
			if len(b)-s.at < ahead && !final {
				return false
			}
			if resumes(b[s.at:min(len(b), s.at+ahead)]) {
				s.text, s.broken, s.last = false, true, '"'
				return true
			}
		case '"':
			end, doubtful := itemBefore(b[s.begun:s.at])
			if doubtful && len(b)-s.at < ahead && !final {
				return false
			}
			if doubtful && isKey(b[s.at:min(len(b), s.at+ahead)]) {
				s.at, s.broken, s.stack = s.begun+end, true, s.stack[:0]
				s.text = false
				return true
			}
			s.text, s.last = false, '"'
			s.at++
			return true
		}
		s.at++
	}
	return false
}

// resumes tells whether a line break that stands in a string is followed by a
// key or the end of the object: then the string's closing quote is missing.
func resumes(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	return len(b) > 0 && (b[0] == '}' || b[0] == '"' && isKey(b))
}

// isKey tells whether a text begins with a quoted word and a colon.
func isKey(b []byte) bool {
	i := 1
	for i < len(b) && (b[i] >= 'a' && b[i] <= 'z' || b[i] >= 'A' && b[i] <= 'Z' || b[i] == '-' || b[i] == '_') {
		i++
	}
	if i == 1 || i >= len(b) || b[i] != '"' {
		return false
	}
	rest := bytes.TrimLeft(b[i+1:], " \t\r\n")
	return len(rest) > 0 && rest[0] == ':'
}

// itemBefore tells whether a string ends with "},{", and where its "}" ends: if
// a key follows, the string was never closed and the next item begins there.
func itemBefore(text []byte) (end int, ok bool) {
	rest := bytes.TrimRight(text, " \t\r\n")
	for _, c := range []byte("{,") {
		if len(rest) == 0 || rest[len(rest)-1] != c {
			return 0, false
		}
		rest = bytes.TrimRight(rest[:len(rest)-1], " \t\r\n")
	}
	return len(rest), len(rest) > 0 && rest[len(rest)-1] == '}'
}

// piece is one value cut out of the input.
type piece struct {
	text    []byte // valid until the input is read on
	line    int
	broken  bool
	cut     bool // the input ended in it
	tooLong bool
	tooDeep bool
}

// cutOut cuts out the object or list at which the input stands.
func cutOut(in *record.Input) piece {
	limits := in.Limits()
	p := piece{line: in.LineNumber()}
	s := scanner{limit: limits.Nesting}
	for final := false; ; {
		b := in.Bytes()
		done := s.run(b, final) == complete
		p.tooLong = p.tooLong || s.at > limits.Record
		switch {
		case p.tooLong: // passed over, nothing is held
			n := min(s.at, len(b))
			in.Advance(n)
			s.at, s.begun = s.at-n, 0
		case done:
			p.text = b[:s.at]
			in.Advance(s.at)
		}
		if done {
			break
		}
		if !in.More() {
			if final {
				p.cut, p.text = true, in.Bytes()
				in.Advance(len(p.text))
				break
			}
			final = true
		}
	}
	p.broken, p.tooDeep = s.broken, s.deep
	return p
}

// member is one key of an object and its value as JSON text.
type member struct {
	key  string
	raw  []byte
	line int
}

// members lists the members of an object that is valid JSON. line is that of
// its first byte.
func members(b []byte, line int) []member {
	var out []member
	counted := 0
	i := skipSpace(b, 1)
	for i < len(b) && b[i] == '"' {
		line += bytes.Count(b[counted:i], []byte("\n"))
		counted = i
		m := member{line: line}
		end := skipValue(b, i)
		m.key = unquote(b[i:end])
		i = skipSpace(b, skipSpace(b, end)+1)
		end = skipValue(b, i)
		m.raw = b[i:end]
		out = append(out, m)
		i = skipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = skipSpace(b, i+1)
		}
	}
	return out
}

// elements lists the values of a list that is valid JSON.
func elements(b []byte) [][]byte {
	var out [][]byte
	for i := skipSpace(b, 1); i < len(b) && b[i] != ']'; {
		end := skipValue(b, i)
		out = append(out, b[i:end])
		i = skipSpace(b, end)
		if i < len(b) && b[i] == ',' {
			i = skipSpace(b, i+1)
		}
	}
	return out
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// skipValue gives the end of the value of valid JSON that begins at i.
func skipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			i = skipText(b, i)
			if depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(b)
}

// skipText gives the end of the string that begins at i.
func skipText(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}
