package registry

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// The export is flat: a set of entries, each of which has elements with texts. An entry
// is read so that one element that is not well formed, as when a text was not escaped,
// costs no more than itself.
const (
	setName   = "Trials_downloaded_from_ICTRP"
	entryName = "Trial"
	openTag   = "<" + entryName + ">"
)

var outer = xmlscan.Outer{Noun: "entry", Records: map[string]string{entryName: entryName}, Sets: map[string]bool{setName: true}}

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
	x := xmlscan.Splitter{In: in, Outer: outer}
	set, strange := false, false
	for {
		t, ok := x.Next()
		switch {
		case !ok:
			if set && !x.Cut {
				in.Report(record.Problem{Line: in.LineNumber(), Tag: setName, Code: record.CodeMissingEnd,
					Text: "the file ends before </" + setName + ">: entries may be missing"})
			}
			return nil
		case t.Local == entryName && !t.End:
			if text, line, end := x.Record(t); end != xmlscan.TooLong {
				r := readEntry(string(text), line, end, in.Limits().Field)
				in.Advance(len(text))
				if !emit(r) {
					return nil
				}
			}
			continue
		case t.Local == setName:
			set = !t.End
		case t.Local != entryName && !strange:
			strange = true
			in.Report(record.Problem{Line: in.LineNumber(), Tag: t.Local, Code: record.CodeUnknownTag,
				Text: "not an element of ICTRP between entries; looked into for entries"})
		}
		x.SkipTag()
	}
}

// readEntry makes a record of the text of an entry.
func readEntry(s string, line int, end xmlscan.Ending, limit int) *record.Record {
	t := newTrial(&jsonpull.Builder{R: &record.Record{}})
	t.r.Source.Line, t.r.Source.Database = line, nameICTRP
	switch end {
	case xmlscan.NoEnd:
		t.problem("Trial", record.CodeMissingEnd, "the entry has no </Trial>; it ends where the next one begins", "")
	case xmlscan.CutOff:
		t.problem("Trial", record.CodeTruncated, "the file ends in the middle of this entry", "")
	}
	counted, unclosed := 0, 0
	for at := strings.IndexByte(s, '>') + 1; at > 0; {
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
		if !e.closed && end != xmlscan.CutOff && unclosed <= mostUnclosed {
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
		n := xmlscan.NameLength(s[at+1:])
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
		if ok && (rest == "" || !xmlscan.IsName(rest[0])) {
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
		if name := tag[:xmlscan.NameLength(tag)]; name == "Trial" || ictrpNames.known(name) {
			return s[from:at], at, false
		}
	}
}
