package xmlscan

import (
	"bytes"
	"fmt"

	"github.com/evidence-go/evidence/record"
)

// Splitter walks over a file and cuts it into records, each of which is then read as a
// whole. What stands between records is passed over in pieces, so that nothing there
// can take memory.
type Splitter struct {
	In *record.Input
	Outer
	Cut bool // the file was found to end too early, and that was reported

	stray bool // text outside of records was reported
}

// Outer are the elements that a file is cut by, with local names.
type Outer struct {
	Noun    string            // what a record is called in problems: "record", "entry"
	Records map[string]string // elements that are a record, each with the beginning that its name has in common with whatever may follow it
	Sets    map[string]bool   // elements that hold records
}

// isOuter tells the names of records and sets.
func (o *Outer) isOuter(name []byte) bool {
	_, ok := o.Records[string(name)]
	return ok || o.Sets[string(name)]
}

// Tag is a tag between records.
type Tag struct {
	Name, Local string // with the prefix of its namespace, and without
	End         bool   // it is an end tag
}

// longestName is how many bytes are read ahead for a name.
const longestName = 64

// ensure reads on until n bytes are there, and returns them or what there is.
func (s *Splitter) ensure(n int) []byte {
	for len(s.In.Bytes()) < n && s.In.More() {
	}
	return s.In.Bytes()
}

// Next goes to the next tag, at which the input then stands, and passes over what comes
// before it. It is false at the end of the file.
func (s *Splitter) Next() (Tag, bool) {
	for {
		text := s.ensure(16)
		switch {
		case len(text) == 0:
			return Tag{}, false
		case text[0] != '<':
			s.passText(text)
		case s.passEnclosure(text):
		case bytes.HasPrefix(text, []byte("<!")):
			s.skipDoctype()
		default:
			if t := s.tag(); t.Name != "" {
				return t, true
			}
			s.In.Report(record.Problem{Line: s.In.LineNumber(), Code: record.CodeSyntax, Text: "a < that begins no tag, passed over"})
			s.In.Advance(1)
		}
	}
}

func (s *Splitter) tag() Tag {
	rest, end := bytes.CutPrefix(s.ensure(256)[1:], []byte("/"))
	name := string(rest[:NameLength(rest)])
	return Tag{Name: name, Local: LocalName(name), End: end}
}

// passText passes over text between records; the first that is not white space is
// reported.
func (s *Splitter) passText(text []byte) {
	n := bytes.IndexByte(text, '<')
	if n < 0 {
		n = len(text)
	}
	blank := n - len(bytes.TrimLeft(text[:n], "\ufeff \t\r\n"))
	s.In.Advance(blank)
	if stray := bytes.TrimSpace(text[blank:n]); len(stray) > 0 && !s.stray {
		s.stray = true
		s.In.Report(record.Problem{Line: s.In.LineNumber(), Code: record.CodeJunk, Text: "text outside of any " + s.Noun + ", passed over", Value: string(stray)})
	}
	s.In.Advance(n - blank)
}

// passEnclosure passes over a comment, a CDATA section or a processing instruction.
func (s *Splitter) passEnclosure(text []byte) bool {
	for _, x := range enclosureMarks {
		if bytes.HasPrefix(text, []byte(x.open)) {
			s.SkipPast(x.shut, x.what)
			return true
		}
	}
	return false
}

// SkipPast passes over everything up to and with a mark, in constant memory.
func (s *Splitter) SkipPast(mark, what string) {
	line := s.In.LineNumber()
	for {
		text := s.In.Bytes()
		if i := bytes.Index(text, []byte(mark)); i >= 0 {
			s.In.Advance(i + len(mark))
			return
		}
		s.In.Advance(max(0, len(text)-len(mark)+1))
		if !s.In.More() {
			s.endless(line, what)
			s.In.Advance(len(s.In.Bytes()))
			return
		}
	}
}

// endless says that something does not end before the file does.
func (s *Splitter) endless(line int, what string) {
	s.Cut = true
	s.In.Report(record.Problem{Line: line, Code: record.CodeTruncated, Text: "a " + what + " begins here and does not end before the file does"})
}

// skipDoctype passes over a document type with its internal subset, where quotes and
// comments may hide its end. Its entities are not looked at.
func (s *Splitter) skipDoctype() {
	line := s.In.LineNumber()
	depth, quote := 0, byte(0)
	s.In.Advance(2)
	for {
		text := s.ensure(4)
		if len(text) == 0 {
			s.endless(line, "document type")
			return
		}
		i := bytes.IndexAny(text, `"'<>[]`)
		if quote != 0 {
			i = bytes.IndexByte(text, quote)
		}
		if i < 0 {
			s.In.Advance(len(text))
			continue
		}
		c := text[i]
		s.In.Advance(i)
		if quote == 0 && bytes.HasPrefix(s.ensure(4), []byte("<!--")) {
			s.SkipPast("-->", "comment")
			continue
		}
		s.In.Advance(1)
		switch {
		case quote != 0:
			quote = 0
		case c == '"' || c == '\'':
			quote = c
		case c == '<' || c == '[':
			depth++
		case c == ']' || c == '>' && depth > 0:
			depth--
		case c == '>':
			return
		}
	}
}

// SkipTag passes over the rest of a tag, and tells whether it is that of an empty
// element. A quote that does not end on the way to the limit of a field is none.
func (s *Splitter) SkipTag() (empty bool) {
	line := s.In.LineNumber()
	quote, last := byte(0), byte(0)
	for passed := 0; ; {
		text := s.In.Bytes()
		i := bytes.IndexAny(text, `"'>`)
		if quote != 0 {
			i = bytes.IndexByte(text, quote)
		}
		if i < 0 {
			if len(text) > 0 {
				last = text[len(text)-1]
			}
			passed += len(text)
			s.In.Advance(len(text))
			if passed > s.In.Limits().Field {
				quote = 0
			}
			if !s.In.More() {
				s.endless(line, "tag")
				return false
			}
			continue
		}
		c := text[i]
		if i > 0 {
			last = text[i-1]
		}
		s.In.Advance(i + 1)
		switch {
		case quote != 0:
			quote = 0
		case c == '>':
			return last == '/'
		default:
			quote = c
		}
		last = c
	}
}

// Ending says how a record ends.
type Ending int

const (
	Ended   Ending = iota // with its end tag
	NoEnd                 // another record, or the end of the set, stands before its end tag
	CutOff                // the file ends in it
	TooLong               // it is over Limits.Record
)

// Record gives the text of the record whose start tag the input stands at, to its end tag
// or, where that is missing, to the next record or the end of the file. The caller
// advances over it. One that is too long is reported and passed over, and has no text.
func (s *Splitter) Record(t Tag) (text []byte, line int, e Ending) {
	line = s.In.LineNumber()
	length, e := s.extent(t)
	if e == TooLong {
		s.In.Report(record.Problem{Line: line, Tag: t.Local, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("%s %s of over %d bytes (Limits.Record); it was left out", article(s.Noun), s.Noun, s.In.Limits().Record)})
		s.skipRecord(t)
		return nil, line, e
	}
	s.Cut = s.Cut || e == CutOff
	return s.In.Bytes()[:length], line, e
}

// article is the indefinite one of a noun.
func article(noun string) string {
	if noun != "" && bytes.IndexByte([]byte("aeiou"), noun[0]) >= 0 {
		return "an"
	}
	return "a"
}

// extent finds the length of the record that the window begins with, which is never
// over its limit. It looks for the tags of records and sets only; what a comment or a
// CDATA section holds is text.
func (s *Splitter) extent(t Tag) (length int, e Ending) {
	needle, limit := []byte(s.Records[t.Local]), s.In.Limits().Record
	from, clear := len("<")+len(t.Name), 0
	for {
		text := s.In.Bytes()
		text = text[:min(len(text), limit+longestName)]
		full := len(text) == limit+longestName
		i := bytes.Index(text[min(from, len(text)):], needle)
		if i < 0 || from+i+longestName > len(text) && !full && s.In.More() {
			switch {
			case i >= 0:
			case full:
				return 0, TooLong
			case !s.In.More():
				return s.within(len(s.In.Bytes()), CutOff)
			default:
				from = max(from, len(text)-len(needle)+1)
			}
			continue
		}
		at := from + i
		from = at + len(needle)
		start, isEnd, name := tagAround(text, at)
		if start < 0 || !s.isOuter(name) {
			continue
		}
		if clear = openText(text, clear, start); clear > start {
			from = max(from, clear)
			continue
		}
		if !isEnd || string(name) != t.Local {
			return s.within(start, NoEnd)
		}
		if i := bytes.IndexByte(text[from:], '>'); i >= 0 {
			return s.within(from+i+1, Ended)
		}
		return s.within(len(text), Ended)
	}
}

// within is how a record of a length ends that may be over its limit.
func (s *Splitter) within(length int, e Ending) (int, Ending) {
	if length > s.In.Limits().Record {
		return 0, TooLong
	}
	return length, e
}

// tagAround gives the start of the tag whose local name stands at a place, that name,
// and whether it is an end tag; start is -1 where no tag is.
func tagAround(text []byte, at int) (start int, isEnd bool, name []byte) {
	start = at - 1
	if text[start] == ':' {
		for start--; start > 0 && isName[text[start]]; start-- {
		}
	}
	if isEnd = text[start] == '/'; isEnd && start > 0 {
		start--
	}
	if text[start] != '<' {
		return -1, false, nil
	}
	return start, isEnd, text[at : at+NameLength(text[at:])]
}

// skipRecord passes over a record that is too long, in constant memory: to its end tag, or
// to another record or the end of the set.
func (s *Splitter) skipRecord(t Tag) {
	needle := []byte(s.Records[t.Local])
	for from := len("<") + len(t.Name); ; {
		text := s.In.Bytes()
		i := bytes.Index(text[min(from, len(text)):], needle)
		at := from + i
		if i < 0 {
			at = max(from, len(text)-len(needle)+1)
		}
		if i < 0 || at+longestName > len(text) {
			passed := max(0, at-longestName)
			s.In.Advance(passed)
			from = at - passed
			if s.In.More() {
				continue
			}
			if i < 0 {
				s.Cut = true
				s.In.Advance(len(s.In.Bytes()))
				return
			}
			text, at = s.In.Bytes(), from
		}
		if start, _, name := tagAround(text, at); start >= 0 && s.isOuter(name) {
			s.In.Advance(start)
			return
		}
		from = at + len(needle)
	}
}
