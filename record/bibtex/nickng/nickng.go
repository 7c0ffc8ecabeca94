package nickng

import (
	"slices"
	"strconv"
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
		in.Fields = append(in.Fields, bibtex.Field{Name: name, Value: text(value, 0)})
	}
	slices.SortFunc(in.Fields, func(a, b bibtex.Field) int { return strings.Compare(a.Name, b.Name) })
	return in.Record()
}

// FromRecord makes an entry of a record, as package record/bibtex writes it. A
// name that comes twice gets "-2" the second time, because an entry has one field
// of a name. Nil gives an entry without fields.
func FromRecord(r *record.Record) *nick.BibEntry {
	if r == nil {
		return nick.NewBibEntry("misc", "")
	}
	e := bibtex.EntryOf(r)
	out := nick.NewBibEntry(e.Type, e.Key)
	for _, f := range e.Fields {
		name := f.Name
		for n := 2; out.Fields[name] != nil; n++ {
			name = f.Name + "-" + strconv.Itoa(n)
		}
		out.AddField(name, nick.NewBibConst(f.Value))
	}
	return out
}

// deepest bounds how far variables are followed, which may name each other.
const deepest = 100

// text gives the TeX of a value with its variables put in.
func text(s nick.BibString, depth int) string {
	if depth > deepest {
		return ""
	}
	switch v := s.(type) {
	case nick.BibConst:
		return string(v)
	case *nick.BibConst:
		if v != nil {
			return string(*v)
		}
	case *nick.BibVar:
		if v == nil {
			return ""
		}
		if v.Value == nil {
			return v.Key
		}
		return text(v.Value, depth+1)
	case *nick.BibComposite:
		if v == nil {
			return ""
		}
		var b strings.Builder
		for _, part := range *v {
			b.WriteString(text(part, depth+1))
		}
		return b.String()
	}
	return ""
}
