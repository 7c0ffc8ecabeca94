package ris

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// proCiteMarks are labels of notes that ProCite alone writes; they stand in
// nearly every record of it.
var proCiteMarks = [...]string{"Record ID: ", "Record Number: ", "Connective Phrase: ", "Medium Designator: ", "Author Role: "}

// isProCite tells whether a note is of ProCite, which writes what RIS has no tag
// for as notes that begin with its name for the field: "N1  - Volume ID: 3".
func isProCite(note string) bool {
	for _, mark := range proCiteMarks {
		if strings.HasPrefix(note, mark) {
			return true
		}
	}
	return false
}

// proCiteFields are the labels of notes that a field holds. What returns false
// leaves the note as it is.
var proCiteFields = map[string]func(*builder, item) bool{
	"Volume ID":            (*builder).proCiteVolume,
	"Issue ID":             unset(func(r *record.Record) *string { return &r.In.Issue }),
	"Issue Identification": unset(func(r *record.Record) *string { return &r.In.Issue }),
	"Series Title":         unset(func(r *record.Record) *string { return &r.In.Series }),
	"Series Volume ID":     unset(func(r *record.Record) *string { return &r.In.SeriesVolume }),
	"Edition":              unset(func(r *record.Record) *string { return &r.In.Edition }),
	"Publisher Name":       unset(func(r *record.Record) *string { return &r.In.Publisher }),
	"Place of Publication": unset(func(r *record.Record) *string { return &r.In.Place }),
	"Proceedings Title":    (*builder).proCiteContainer,
	"Title, Monographic":   (*builder).proCiteContainer,
	"Title Monographic":    (*builder).proCiteContainer,
	"Recording Title":      (*builder).proCiteContainer,
	"Page(s)":              (*builder).proCitePages,
	"Editor":               proCitePerson(record.Editor),
	"Editor/Compiler":      proCitePerson(record.Editor),
	"Series Editor":        proCitePerson(record.SeriesEditor),
}

// unset fills a field that no tag has filled.
func unset(field func(*record.Record) *string) func(*builder, item) bool {
	return func(b *builder, it item) bool {
		at := field(b.r)
		if *at != "" {
			return *at == it.value
		}
		*at = it.value
		return true
	}
}

// proCiteVolume reads the volume of a book or chapter, whose VL is the edition.
func (b *builder) proCiteVolume(it item) bool {
	in := &b.r.In
	if in.Volume != "" && in.Edition == "" && (whole(b.r.Kind) || b.r.Kind == record.Chapter) {
		in.Edition, in.Volume = in.Volume, it.value
		return true
	}
	return unset(func(r *record.Record) *string { return &r.In.Volume })(b, it)
}

func (b *builder) proCiteContainer(it item) bool {
	if whole(b.r.Kind) || len(b.journals[fullTitle])+len(b.journals[eitherTitle]) > 0 {
		return false
	}
	b.journal(fullTitle, it)
	return true
}

func (b *builder) proCitePages(it item) bool {
	if b.sp.slot != nil {
		return false
	}
	b.sp = it
	return true
}

func proCitePerson(role record.Role) func(*builder, item) bool {
	return func(b *builder, it item) bool {
		b.person(role, it)
		return true
	}
}

// settleProCite puts the labelled notes where they belong, once the tags have
// been read.
func (b *builder) settleProCite() {
	if !b.proCite {
		return
	}
	in := &b.r.In
	if whole(b.r.Kind) && in.Volume != "" && in.Issue != "" && in.Edition == "" { // a book has no issue: VL is its edition, IS its volume
		in.Edition, in.Volume, in.Issue = in.Volume, in.Issue, ""
	}
	for _, it := range b.labelled {
		label, value, _ := strings.Cut(it.clean(), ": ")
		if !proCiteFields[label](b, it.with(fold.Text(value))) {
			b.note(it)
		}
	}
}

// isLabelled tells whether a note of ProCite names a field.
func isLabelled(value string) bool {
	label, rest, _ := strings.Cut(value, ": ")
	return proCiteFields[label] != nil && strings.TrimSpace(rest) != ""
}
