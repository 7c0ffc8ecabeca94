package nickng

import (
	"slices"
	"strings"

	nick "github.com/nickng/bibtex"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
)

// ToRecord makes a record of an entry, by the same table by which package
// record/bibtex reads files. The entry's fields have no order: they are taken by
// name. A variable without a value stands as its name. Nil gives an empty record.
func ToRecord(e *nick.BibEntry) *record.Record {
	if e == nil {
		return &record.Record{}
	}
	in := bibtex.Entry{Type: e.Type, Key: e.CiteName}
	for name, value := range e.Fields {
		var b strings.Builder
		parts := mostParts
		expand(&b, value, &parts)
		in.Fields = append(in.Fields, bibtex.Field{Name: name, Value: b.String()})
	}
	slices.SortFunc(in.Fields, func(a, b bibtex.Field) int { return strings.Compare(a.Name, b.Name) })
	return in.Record()
}

// FromRecord makes an entry of a record, as package record/bibtex writes it: a
// second value of a field has "-2" behind its name. Nil gives an entry without
// fields.
func FromRecord(r *record.Record) *nick.BibEntry {
	if r == nil {
		return nick.NewBibEntry("misc", "")
	}
	e := bibtex.EntryOf(r)
	out := nick.NewBibEntry(e.Type, e.Key)
	for _, f := range e.Fields {
		out.AddField(f.Name, nick.NewBibConst(f.Value))
	}
	return out
}

// mostParts bounds how many parts a value is made of, since variables may name
// each other.
const mostParts = 100_000

// expand writes the TeX of a value with its variables put in. left counts down
// the parts that may still be looked at.
func expand(b *strings.Builder, s nick.BibString, left *int) {
	if *left--; *left < 0 {
		return
	}
	switch v := s.(type) {
	case nick.BibConst:
		b.WriteString(string(v))
	case *nick.BibConst:
		if v != nil {
			b.WriteString(string(*v))
		}
	case *nick.BibVar:
		if v != nil && v.Value == nil {
			b.WriteString(v.Key)
		} else if v != nil {
			expand(b, v.Value, left)
		}
	case *nick.BibComposite:
		if v != nil {
			for _, part := range *v {
				expand(b, part, left)
			}
		}
	}
}
