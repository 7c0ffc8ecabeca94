package pubmed

import (
	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// setElements hold records, recordElements are records, passedElements name
// citations that were withdrawn.
var (
	setElements    = map[string]bool{"PubmedArticleSet": true, "PubmedBookArticleSet": true, "MedlineCitationSet": true, "BookDocumentSet": true}
	recordElements = map[string]string{"PubmedArticle": "Pubmed", "PubmedBookArticle": "Pubmed", "MedlineCitation": "MedlineCitation", "BookDocument": "BookDocument"}
	passedElements = map[string]bool{"DeleteCitation": true, "DeleteDocument": true}
)

// splitter reads the records of a file.
type splitter struct {
	xmlscan.Splitter
	emit   func(*record.Record) bool
	doc    document
	root   string // name of the set that is open
	closed bool
	names  bool // elements of no known name were reported
}

func decodeXML(in *record.Input, emit func(*record.Record) bool) error {
	s := &splitter{emit: emit}
	s.In, s.Outer = in, xmlscan.Outer{Noun: "record", Records: recordElements, Sets: setElements}
	s.doc.limits, s.doc.where = in.Limits(), s.doc.line
	for {
		t, ok := s.Next()
		if !ok {
			break
		}
		if !s.element(t) {
			return nil
		}
	}
	if s.root != "" && !s.closed && !s.Cut {
		in.Report(record.Problem{Line: in.LineNumber(), Tag: s.root, Code: record.CodeTruncated,
			Text: "the file ends before </" + s.root + ">; the records before are whole"})
	}
	return nil
}

// element deals with a tag between records. It is false when no more records are wanted.
func (s *splitter) element(t xmlscan.Tag) bool {
	switch {
	case t.End:
		s.closed = s.closed || t.Local == s.root
	case recordElements[t.Local] != "":
		return s.record(t)
	case passedElements[t.Local]:
		s.SkipPast("</"+t.Name, "list of deleted citations")
	case setElements[t.Local]:
		s.root, s.closed = t.Local, false
	case !s.names:
		s.names = true
		s.In.Report(record.Problem{Line: s.In.LineNumber(), Tag: t.Local, Code: record.CodeUnknownTag,
			Text: "not an element of PubMed; looked into for records"})
	}
	s.SkipTag()
	return true
}

func (s *splitter) record(t xmlscan.Tag) bool {
	text, line, e := s.Record(t)
	if e == xmlscan.TooLong {
		return true
	}
	r := s.doc.read(text, line, e)
	s.In.Advance(len(text))
	return r == nil || s.emit(r)
}
