package endnote

import (
	"bytes"
	"fmt"

	"github.com/evidence-go/evidence/record"
)

// splitter walks over a file and cuts it into records, each of which is then
// read as a whole. What stands between records is passed over in pieces, so
// that nothing there can take memory.
type splitter struct {
	in     *record.Input
	emit   func(*record.Record) bool
	doc    document
	open   int  // sets that are open
	cut    bool // the file was found to end too early
	stray  bool // text outside of records was reported
	others bool // elements of other names were reported
}

func decodeXML(in *record.Input, emit func(*record.Record) bool) error {
	s := &splitter{in: in, emit: emit}
	s.doc.limits = in.Limits()
	more := true
	for more {
		more = s.next()
	}
	if s.open > 0 && !s.cut && len(in.Bytes()) == 0 {
		s.in.Report(record.Problem{Line: in.LineNumber(), Tag: "records", Code: record.CodeTruncated,
			Text: "the file ends before </records>; the records before are whole, others may have stood behind"})
	}
	return nil
}

// ensure reads on until n bytes are there, and returns them or what there is.
func (s *splitter) ensure(n int) []byte {
	for len(s.in.Bytes()) < n && s.in.More() {
	}
	return s.in.Bytes()
}

// next deals with one piece of the file: text up to the next tag, or a tag. It
// is false at the end, and when no more records are wanted.
func (s *splitter) next() bool {
	text := s.ensure(16)
	if len(text) == 0 {
		return false
	}
	if text[0] != '<' {
		s.passText(text)
		return true
	}
	for _, x := range [...]struct{ open, shut, what string }{
		{"<!--", "-->", "comment"}, {"<![CDATA[", "]]>", "CDATA section"}, {"<?", "?>", "processing instruction"},
	} {
		if bytes.HasPrefix(text, []byte(x.open)) {
			s.skipPast(x.shut, x.what)
			return true
		}
	}
	if bytes.HasPrefix(text, []byte("<!")) {
		s.skipDoctype()
		return true
	}
	return s.element()
}

// passText passes over text between records; the first that is not white space
// is reported.
func (s *splitter) passText(text []byte) {
	n := bytes.IndexByte(text, '<')
	if n < 0 {
		n = len(text)
	}
	if stray := bytes.TrimSpace(bytes.TrimPrefix(text[:n], []byte("\ufeff"))); len(stray) > 0 && !s.stray {
		s.stray = true
		s.in.Report(record.Problem{Line: s.in.LineNumber(), Code: record.CodeJunk, Text: "text outside of any record, passed over", Value: string(stray)})
	}
	s.in.Advance(n)
}

// skipPast passes over everything up to and with a mark, in constant memory.
func (s *splitter) skipPast(mark, what string) {
	line := s.in.LineNumber()
	for {
		text := s.in.Bytes()
		if i := bytes.Index(text, []byte(mark)); i >= 0 {
			s.in.Advance(i + len(mark))
			return
		}
		s.in.Advance(max(0, len(text)-len(mark)+1))
		if !s.in.More() {
			s.endless(line, what)
			s.in.Advance(len(s.in.Bytes()))
			return
		}
	}
}

// endless says that something does not end before the file does.
func (s *splitter) endless(line int, what string) {
	s.cut = true
	s.in.Report(record.Problem{Line: line, Code: record.CodeTruncated, Text: "a " + what + " begins here and does not end before the file does"})
}

// skipDoctype passes over a document type with its internal subset, where quotes
// and comments may hide its end. Its entities are not looked at.
func (s *splitter) skipDoctype() {
	line := s.in.LineNumber()
	depth, quote := 0, byte(0)
	s.in.Advance(2)
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
			s.in.Advance(len(text))
			continue
		}
		c := text[i]
		s.in.Advance(i)
		if quote == 0 && bytes.HasPrefix(s.ensure(4), []byte("<!--")) {
			s.skipPast("-->", "comment")
			continue
		}
		s.in.Advance(1)
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

// element deals with a tag between records.
func (s *splitter) element() bool {
	name, end := bytes.CutPrefix(s.ensure(256)[1:], []byte("/"))
	full := name[:nameLength(name)]
	local := string(localName(name))
	switch {
	case len(full) == 0:
		s.in.Report(record.Problem{Line: s.in.LineNumber(), Code: record.CodeSyntax, Text: "a < that begins no tag, passed over"})
		s.in.Advance(1)
		return true
	case setElements[local] && end:
		s.open = max(0, s.open-1)
	case setElements[local]:
		s.open++
	case local == recordElement && !end:
		return s.record(string(full))
	case local != recordElement && !s.others:
		s.others = true
		s.in.Report(record.Problem{Line: s.in.LineNumber(), Tag: local, Code: record.CodeUnknownTag,
			Text: "not an element of EndNote between records; looked into for records"})
	}
	if empty := s.skipTag(); empty && setElements[local] && !end {
		s.open--
	}
	return true
}

// skipTag passes over the rest of a tag, and tells whether it is that of an empty
// element. A quote that does not end on the way to the limit of a field is none.
func (s *splitter) skipTag() (empty bool) {
	line := s.in.LineNumber()
	quote, last := byte(0), byte(0)
	for passed := 0; ; {
		text := s.in.Bytes()
		i := bytes.IndexAny(text, `"'>`)
		if quote != 0 {
			i = bytes.IndexByte(text, quote)
		}
		if i < 0 {
			if len(text) > 0 {
				last = text[len(text)-1]
			}
			passed += len(text)
			s.in.Advance(len(text))
			if passed > s.doc.limits.Field {
				quote = 0
			}
			if !s.in.More() {
				s.endless(line, "tag")
				return false
			}
			continue
		}
		c := text[i]
		if i > 0 {
			last = text[i-1]
		}
		s.in.Advance(i + 1)
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

// record reads one record, from its start tag to its end tag or, where that is
// missing, to the next record or the end of the file.
func (s *splitter) record(full string) bool {
	line := s.in.LineNumber()
	length, state := s.extent()
	if state == tooLong {
		s.in.Report(record.Problem{Line: line, Tag: recordElement, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("a record of over %d bytes (Limits.Record); it was left out", s.doc.limits.Record)})
		s.skipRecord(full)
		return true
	}
	r := s.doc.read(s.in.Bytes()[:length], line, state)
	s.in.Advance(length)
	s.cut = s.cut || state == cutOff
	return s.emit(r)
}

// ending says how a record ends.
type ending int

const (
	ended   ending = iota // with its end tag
	noEnd                 // another record, or the end of the set, stands before its end tag
	cutOff                // the file ends in it
	tooLong               // it is over Limits.Record
)

var (
	recordName = []byte(recordElement)
	comment    = []byte("<!")
)

// extent finds the length of the record that the window begins with. It looks for
// tags of records and sets only; what a comment or a CDATA section holds is text.
func (s *splitter) extent() (length int, state ending) {
	from, clear := len("<record"), 0
	for {
		text := s.in.Bytes()
		if len(text) > s.doc.limits.Record {
			text = text[:s.doc.limits.Record]
		}
		i := bytes.Index(text[min(from, len(text)):], recordName)
		if i < 0 || from+i+64 > len(text) && s.in.More() {
			switch {
			case i >= 0:
			case len(text) >= s.doc.limits.Record:
				return 0, tooLong
			case !s.in.More():
				return len(s.in.Bytes()), cutOff
			default:
				from = max(from, len(text)-len(recordName)+1)
			}
			continue
		}
		at := from + i
		from = at + len(recordName)
		start, isEnd, name := tagAround(text, at)
		if start < 0 || start == 0 || string(name) != recordElement && string(name) != "records" {
			continue
		}
		if clear = openText(text, clear, start); clear > start {
			from = max(from, clear)
			continue
		}
		if !isEnd || string(name) != recordElement {
			return start, noEnd
		}
		if i := bytes.IndexByte(text[from:], '>'); i >= 0 {
			return from + i + 1, ended
		}
		return len(text), ended
	}
}

// tagAround gives the start of the tag whose name stands at a place, its local
// name, and whether it is an end tag; start is -1 where no tag is.
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
	return start, isEnd, text[at : at+nameLength(text[at:])]
}

// openText follows comments and CDATA sections from a place where none is open
// to another one. It returns the end of the one that is open there, or the last
// place looked at. One that never ends is none.
func openText(text []byte, from, to int) int {
	var e enclosures
	for from < to {
		i := bytes.Index(text[from:to], comment)
		if i < 0 {
			return to
		}
		from += i
		n := e.length(text[from:])
		if n == 0 {
			n = len(comment)
		}
		from += n
	}
	return from
}

// enclosures find the ends of comments, CDATA sections and processing instructions
// in one text. What has no end in it is not looked for again.
type enclosures struct{ endless [3]bool }

var enclosureMarks = [3]struct{ open, shut string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}

// length is the length of the comment, CDATA section or processing instruction that
// a rest of the text begins with; 0 where there is none or it has no end.
func (e *enclosures) length(rest []byte) int {
	if len(rest) < 2 || rest[1] != '!' && rest[1] != '?' {
		return 0
	}
	for i, x := range enclosureMarks {
		if e.endless[i] || !bytes.HasPrefix(rest, []byte(x.open)) {
			continue
		}
		if n := bytes.Index(rest[len(x.open):], []byte(x.shut)); n >= 0 {
			return len(x.open) + n + len(x.shut)
		}
		e.endless[i] = true
	}
	return 0
}

// skipRecord passes over a record that is too long: to its end tag, or to the
// next record.
func (s *splitter) skipRecord(full string) {
	shut, open := []byte("</"+full), []byte("<"+full)
	s.in.Advance(len(open))
	for {
		text := s.in.Bytes()
		i, j := bytes.Index(text, shut), bytes.Index(text, open)
		if j >= 0 && (i < 0 || j < i) && j+len(open) < len(text) && !isName[text[j+len(open)]] {
			s.in.Advance(j)
			return
		}
		if i >= 0 {
			s.in.Advance(i)
			return
		}
		s.in.Advance(max(0, len(text)-len(shut)))
		if !s.in.More() {
			s.cut = true
			s.in.Advance(len(s.in.Bytes()))
			return
		}
	}
}
