package endnote

import (
	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

const recordElement = "record"

// setElements hold records.
var setElements = map[string]bool{"xml": true, "records": true}

var recordElements = map[string]string{recordElement: recordElement}

// splitter reads the records of a file.
type splitter struct {
	xmlscan.Splitter
	emit   func(*record.Record) bool
	doc    document
	open   int  // sets that are open
	others bool // elements of other names were reported
}

func decodeXML(in *record.Input, emit func(*record.Record) bool) error {
	s := &splitter{emit: emit}
	s.In, s.Outer = in, xmlscan.Outer{Noun: "record", Records: recordElements, Sets: setElements}
	s.doc.limits = in.Limits()
	for {
		t, ok := s.Next()
		if !ok {
			break
		}
		if !s.element(t) {
			return nil
		}
	}
	if s.open > 0 && !s.Cut {
		in.Report(record.Problem{Line: in.LineNumber(), Tag: "records", Code: record.CodeTruncated,
			Text: "the file ends before </records>; the records before are whole, others may have stood behind"})
	}
	return nil
}

// element deals with a tag between records. It is false when no more records are wanted.
func (s *splitter) element(t xmlscan.Tag) bool {
	set := setElements[t.Local]
	switch {
	case set && t.End:
		s.open = max(0, s.open-1)
	case set:
		s.open++
	case t.Local == recordElement && !t.End:
		return s.record(t)
	case t.Local != recordElement && !s.others:
		s.others = true
		s.In.Report(record.Problem{Line: s.In.LineNumber(), Tag: t.Local, Code: record.CodeUnknownTag,
			Text: "not an element of EndNote between records; looked into for records"})
	}
	if empty := s.SkipTag(); empty && set && !t.End {
		s.open--
	}
	return true
}

func (s *splitter) record(t xmlscan.Tag) bool {
	text, line, e := s.Record(t)
	if e == xmlscan.TooLong {
		return true
	}
	r := s.doc.read(text, line, e)
	s.In.Advance(len(text))
	return s.emit(r)
}
