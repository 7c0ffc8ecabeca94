package registry

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// The export is flat: a set of entries, each of which has elements with texts. It is
// read without a general reader of XML, so that one element that is not well formed,
// as when a text was not escaped, costs no more than itself.
const (
	setName  = "Trials_downloaded_from_ICTRP"
	openTag  = "<Trial>"
	closeTag = "</Trial>"
)

func sniffXML(head []byte) int {
	text := bytes.TrimLeft(head, " \t\r\n\ufeff")
	if len(text) == 0 || text[0] != '<' {
		return 0
	}
	if bytes.Contains(head, []byte("<"+setName)) || bytes.Contains(head, []byte(openTag)) && bytes.Contains(head, []byte("<TrialID>")) {
		return 98
	}
	return 0
}

// decodeXML is Format.Decode of the portal's XML.
func decodeXML(in *record.Input, emit func(*record.Record) bool) error {
	x := &entries{in: in}
	for x.find() {
		line := in.LineNumber()
		text, end := x.cut()
		if end == tooLong {
			in.Report(record.Problem{Line: line, Tag: "Trial", Code: record.CodeRecordTooLong,
				Text: fmt.Sprintf("an entry of over %d bytes (Limits.Record); it was left out", in.Limits().Record)})
			continue
		}
		r := readEntry(string(text), line, end, in.Limits().Field)
		in.Advance(len(text))
		x.closed = x.closed || end == cutOff // the entry says that the file is cut
		if !emit(r) {
			return nil
		}
	}
	if x.set && !x.closed {
		in.Report(record.Problem{Line: in.LineNumber(), Tag: setName, Code: record.CodeMissingEnd,
			Text: "the file ends before </" + setName + ">: entries may be missing"})
	}
	return nil
}

// entries walks over a file and finds the entries in it.
type entries struct {
	in     *record.Input
	set    bool // the set was opened
	closed bool
	told   bool // text outside of entries was reported
	over   bool // what stands here is the rest of an entry that was left out
}

// find goes to the next entry; false at the end. What stands before it is passed over
// in pieces.
func (x *entries) find() bool {
	for {
		b := x.in.Bytes()
		i := bytes.Index(b, []byte(openTag))
		if i >= 0 {
			x.between(b[:i])
			x.in.Advance(i)
			x.over = false
			return true
		}
		keep := max(len(openTag), len(setName)+2)
		if !x.in.More() {
			x.between(b)
			x.in.Advance(len(b))
			return false
		}
		if n := len(b) - keep; n > 0 {
			x.between(b[:n])
			x.in.Advance(n)
		}
	}
}

// between looks at what stands outside of entries: the tags of the set, a declaration,
// and what does not belong there.
func (x *entries) between(b []byte) {
	x.set = x.set || bytes.Contains(b, []byte("<"+setName))
	x.closed = x.closed || bytes.Contains(b, []byte("</"+setName))
	text := bytes.TrimSpace(b)
	if len(text) == 0 || x.told || x.over {
		return
	}
	junk := text[0] != '<' && !bytes.Contains(text, []byte(setName)) || bytes.Contains(bytes.ToLower(text), []byte("<html"))
	if junk {
		x.told = true
		x.in.Report(record.Problem{Line: x.in.LineNumber() + bytes.Count(b[:bytes.Index(b, text)], []byte("\n")), Code: record.CodeJunk, Value: string(text[:min(len(text), 80)]),
			Text: "text outside of any entry: expected <Trial> in <" + setName + ">; it was left out"})
	}
}

// ending says how an entry ends.
type ending int

const (
	ended   ending = iota
	noEnd          // the next entry begins before its end tag
	cutOff         // the file ends in it
	tooLong        // it is over Limits.Record; it is passed over
)

// cut gives the text of the entry at which the input stands.
func (x *entries) cut() ([]byte, ending) {
	for from := len(openTag); ; {
		b := x.in.Bytes()
		at := min(from, len(b))
		end, next := bytes.Index(b[at:], []byte(closeTag)), bytes.Index(b[at:], []byte(openTag))
		switch {
		case next >= 0 && (end < 0 || next < end):
			return b[:at+next], noEnd
		case end >= 0 && at+end <= x.in.Limits().Record:
			return b[:at+end+len(closeTag)], ended
		case len(b) > x.in.Limits().Record:
			x.in.Advance(len(openTag)) // find looks for the next one
			x.over = true
			return nil, tooLong
		}
		from = max(from, len(b)-len(closeTag))
		if !x.in.More() {
			return x.in.Bytes(), cutOff
		}
	}
}

// readEntry makes a record of the text of an entry.
func readEntry(s string, line int, end ending, limit int) *record.Record {
	t := newTrial(&jsonpull.Builder{R: &record.Record{}})
	t.r.Source.Line, t.r.Source.Database = line, nameICTRP
	switch end {
	case noEnd:
		t.problem("Trial", record.CodeMissingEnd, "the entry has no </Trial>; it ends where the next one begins", "")
	case cutOff:
		t.problem("Trial", record.CodeTruncated, "the file ends in the middle of this entry", "")
	}
	counted, unclosed := 0, 0
	for at := len(openTag); ; {
		e, ok := nextElement(s, at, unclosed < mostUnclosed)
		if !ok {
			break
		}
		line += strings.Count(s[counted:e.at], "\n")
		counted = e.at
		if e.before != "" {
			t.value("Trial", e.before, nil, limit, line)
		}
		if !e.closed {
			unclosed++
		}
		if !e.closed && end != cutOff && unclosed <= mostUnclosed {
			t.r.Problems = append(t.r.Problems, record.Problem{Line: line, Tag: e.name, Code: record.CodeMarkup, Text: "the element has no end tag; its text was read up to the next element of ICTRP"})
		}
		t.value(e.name, e.text, ictrpNames.find(e.name), limit, line)
		at = e.next
	}
	if t.number == "" {
		t.problem("TrialID", record.CodeNoKey, "an entry without the number of a trial", "")
	}
	t.finish()
	return t.r
}

// mostUnclosed is for how many elements of an entry an end tag is looked for in vain.
const mostUnclosed = 100

// xmlElement is an element with a text: where it begins and where what follows does.
type xmlElement struct {
	before     string // text that stands before it, in no element
	name, text string
	at, next   int
	closed     bool
}

// nextElement finds the next element that has a text. Tags in the text are part of it,
// where the end tag is looked for.
func nextElement(s string, at int, far bool) (e xmlElement, ok bool) {
	for {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return e, false
		}
		e.before += strings.TrimSpace(s[at : at+i])
		at += i
		n := nameLength(s[at+1:])
		close := strings.IndexByte(s[at:], '>')
		if close < 0 {
			return e, false
		}
		close += at
		if n == 0 || s[close-1] == '/' { // an end tag, a comment, an element without a text
			at = close + 1
			continue
		}
		e.name, e.at = s[at+1:at+1+n], at
		from := close + 1
		e.text, e.next, e.closed = textOf(s, from, e.name, far)
		return e, true
	}
}

// textOf gives the text of an element up to its end tag, or where there is none to
// the next tag of a name that ICTRP has, or to the end.
func textOf(s string, from int, name string, far bool) (text string, next int, closed bool) {
	for at := from; far; at += len("</") {
		i := strings.Index(s[at:], "</")
		if i < 0 {
			break
		}
		at += i
		rest, ok := strings.CutPrefix(s[at+len("</"):], name)
		if ok && (rest == "" || !inName(rest[0])) {
			end := strings.IndexByte(s[at:], '>')
			if end < 0 {
				return s[from:at], len(s), true
			}
			return s[from:at], at + end + 1, true
		}
	}
	for at := from; ; at++ {
		i := strings.IndexByte(s[at:], '<')
		if i < 0 {
			return s[from:], len(s), false
		}
		at += i
		tag := strings.TrimPrefix(s[at+1:], "/")
		if name := tag[:nameLength(tag)]; name == "Trial" || ictrpNames.known(name) {
			return s[from:at], at, false
		}
	}
}

// nameLength is the length of the name that a text begins with, 0 for none.
func nameLength(s string) (n int) {
	for n < len(s) && inName(s[n]) {
		n++
	}
	if n > 0 && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '.') {
		return 0
	}
	return n
}

// inName tells whether a byte may stand in a name.
func inName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}
