package jsonpull

import (
	"bytes"

	"github.com/evidence-go/evidence/record"
)

// cutter cuts one object or list out of the window of an input, without
// reading its values. It goes on where it stopped when the window grows.
type cutter struct {
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

// ahead is how far the cutter looks behind a doubtful place.
const ahead = 256

// run scans b, which begins with the first bracket. final says that nothing
// follows b. On complete, at is the end of the value.
func (s *cutter) run(b []byte, final bool) outcome {
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

func (s *cutter) top() byte {
	if len(s.stack) == 0 {
		return 0
	}
	return s.stack[len(s.stack)-1]
}

func (s *cutter) open(c byte) {
	if len(s.stack) >= s.limit {
		s.deep = true
		s.over++
		return
	}
	s.stack = append(s.stack, c)
}

// close takes a closing bracket. stop tells that the value ends before it,
// because it closes a list that stands around the value.
func (s *cutter) close(c byte) (stop bool) {
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
func (s *cutter) inText(b []byte, final bool) bool {
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

// Piece is one value cut out of the input.
type Piece struct {
	Text    []byte // valid until the input is read on
	Line    int    // of its first byte
	Broken  bool   // a quote or a bracket is missing
	Cut     bool   // the input ended in it
	TooLong bool   // over Limits.Record: Text is empty
	TooDeep bool   // over Limits.Nesting
}

// CutOut cuts out the object or list at which the input stands.
func CutOut(in *record.Input) Piece {
	limits := in.Limits()
	p := Piece{Line: in.LineNumber()}
	s := cutter{limit: limits.Nesting}
	for final := false; ; {
		b := in.Bytes()
		done := s.run(b, final) == complete
		p.TooLong = p.TooLong || s.at > limits.Record
		switch {
		case p.TooLong: // passed over, nothing is held
			n := min(s.at, len(b))
			in.Advance(n)
			s.at, s.begun = s.at-n, 0
		case done:
			p.Text = b[:s.at]
			in.Advance(s.at)
		}
		if done {
			break
		}
		if !in.More() {
			if final {
				p.Cut, p.Text = true, in.Bytes()
				in.Advance(len(p.Text))
				break
			}
			final = true
		}
	}
	p.Broken, p.TooDeep = s.broken, s.deep
	return p
}
