package table

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Embase also exports "CSV, fields by row": a row for each field, which begins with
// its name, and a blank line behind each record.
//
//	"TITLE","Kites of paper"
//	"AUTHOR NAMES","Berg A.M.","Chen L."
//	"DOI","10.5555/12345678"

// isFieldRows tells whether a text is of that form: it begins with the title, and all
// but a few of the first rows begin with the name of a field and have a value.
func isFieldRows(head []byte, whole bool) bool {
	rows := headOf(head, ',', whole)
	if len(rows) < 3 || rows[0][0] != "TITLE" {
		return false
	}
	fields := 0
	for _, row := range rows {
		if _, ok := embaseRows.at[spelling(row[0])]; ok && len(row) > 1 {
			fields++
		}
	}
	_, header := embaseRows.at[spelling(rows[0][min(1, len(rows[0])-1)])] // "TITLE,AUTHOR NAMES,…"
	return !header && 4*fields >= 3*len(rows)
}

// fieldRows reads records of that form.
func (d *decoder) fieldRows(emit func(*record.Record) bool) {
	s := d.s
	var b *builder
	done := func() bool {
		if b == nil {
			return true
		}
		b.finish()
		r := b.r
		b = nil
		return emit(r)
	}
	for s.next() {
		if empty(s.values) {
			continue
		}
		name := clean(s.values[0])
		if spelling(name) == "title" {
			if !done() {
				return
			}
			b = &builder{r: &record.Record{}, d: embaseRows}
			b.r.Source.Line = s.line
		}
		if b == nil {
			s.in.Report(record.Problem{Line: s.line, Code: record.CodeJunk, Value: clean(strings.Join(s.values, ",")),
				Text: "a row before the first title belongs to no record and was left out"})
			continue
		}
		b.line = s.line
		if s.odd != "" {
			b.problem(item{tag: name}, record.CodeSyntax, s.odd)
		}
		b.field(name, s.values[1:], s.in.Limits().Field)
	}
	done()
}

// field reads the values of one field. Those of a list stand in cells of their own; of
// a field with one value the further ones, such as links, are kept.
func (b *builder) field(name string, values []string, limit int) {
	at, ok := embaseRows.at[spelling(name)]
	if !ok {
		b.problem(item{tag: name}, record.CodeUnknownTag, "a row that begins with no name of a field; it is kept")
	}
	var list []string
	for _, v := range values {
		switch {
		case len(v) > limit:
			b.problem(item{tag: name}, record.CodeFieldTooLong, "a cell longer than Limits.Field; it was left out")
		case strings.TrimSpace(v) != "":
			list = append(list, v)
		}
	}
	switch {
	case len(list) == 0:
	case !ok || at < 0:
		for _, v := range list {
			b.keep(item{name, v})
		}
	case columns[at].single:
		columns[at].read(b, item{name, list[0]})
		for _, v := range list[1:] {
			b.keep(item{name, v})
		}
	default:
		columns[at].read(b, item{name, strings.Join(list, "; ")})
	}
}
