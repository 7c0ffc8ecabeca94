package jsonpull

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// Shape is how the records of a format stand in JSON.
type Shape[B any] struct {
	Noun  string   // what an object is, for problems: "work"
	Like  string   // how a list of them looks, for problems
	Lists []string // see Items
	Table *Table[B]

	// New begins a record. Finish does what needs the whole object; where it finds
	// that the object is no record after all, it says why.
	New    func(*Builder) B
	Finish func(B) (refusal string)
}

// Decode reads the records of a text: it is Format.Decode of a format in JSON.
func Decode[B any](in *record.Input, emit func(*record.Record) bool, s *Shape[B]) error {
	it := &Items{In: in, Noun: s.Noun, Like: s.Like, Lists: s.Lists, Marks: s.Table.marks}
	for {
		p, ok := it.Next()
		if !ok {
			return nil
		}
		r, problem := s.build(p, in.Limits())
		if r == nil {
			in.Report(problem)
			continue
		}
		if !emit(r) {
			return nil
		}
	}
}

// build makes a record of an object; nil and the reason where it is none.
func (s *Shape[B]) build(p Piece, limits record.Limits) (*record.Record, record.Problem) {
	refuse := func(code record.Code, text string) (*record.Record, record.Problem) {
		return nil, record.Problem{Line: p.Line, Code: code, Text: text, Value: string(p.Text[:min(len(p.Text), 200)])}
	}
	switch {
	case p.TooLong:
		return refuse(record.CodeRecordTooLong, fmt.Sprintf("the %s is over %d bytes and was left out (Limits.Record)", s.Noun, limits.Record))
	case p.TooDeep:
		return refuse(record.CodeTooDeep, fmt.Sprintf("the %s is nested over %d deep and was left out (Limits.Nesting)", s.Noun, limits.Nesting))
	case p.Cut:
		return refuse(record.CodeTruncated, "the text ends in the middle of this "+s.Noun+", which was left out")
	case p.Broken:
		return refuse(record.CodeSkipped, "the "+s.Noun+" is not JSON and was left out: a quote or a bracket is missing")
	}
	b := &Builder{R: &record.Record{}, v: NewScanner(string(p.Text)), limit: limits.Field, line: p.Line}
	b.R.Source.Line = p.Line
	into := s.New(b)
	s.Table.read(b, into, s.Table.root)
	if what, at := b.v.Fault(); what != "" {
		_, problem := refuse(record.CodeSkipped, "the "+s.Noun+" is not JSON and was left out: "+what)
		before := p.Text[:at]
		if n := bytes.Count(before, []byte("\n")); n > 0 { // the object may not begin its line
			problem.Line += n
			problem.Column = utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
		}
		problem.Value = string(p.Text[at:min(len(p.Text), at+40)])
		return nil, problem
	}
	if !b.marked {
		return refuse(record.CodeSkipped, "an object that is no "+s.Noun+": it has none of "+strings.Join(s.Table.marks, ", ")+
			"; where a service answered with an error, the value has its words")
	}
	if b.v.controls > 0 {
		b.Problem("", record.CodeSyntax, "control characters stand in texts as they are; they were read as white space", "")
	}
	if refusal := s.Finish(into); refusal != "" {
		return refuse(record.CodeSkipped, refusal)
	}
	return b.R, record.Problem{}
}
