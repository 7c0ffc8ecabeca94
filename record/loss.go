package record

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Loss is one value of a record that a format does not hold, or holds in another
// form or under another name.
type Loss struct {
	Record    ID      `json:"record"`
	Key       string  `json:"key,omitzero"`
	File      string  `json:"file,omitzero"`
	Line      int     `json:"line,omitzero"`
	Format    string  `json:"format"`             // the one that does not hold it
	Field     Field   `json:"field"`              // which part of the record; "extra:" and a tag for what only the source's format has
	Value     string  `json:"value"`              // what is lost, cut after 200 bytes
	Became    string  `json:"became,omitzero"`    // what a reader finds in the field instead, "" for nothing
	Elsewhere []Field `json:"elsewhere,omitzero"` // the fields that a reader finds the value in
}

// String writes the loss on one line:
// "embase.ris:41: ris does not hold status: In-Process".
func (l Loss) String() string {
	var b strings.Builder
	if l.File != "" {
		fmt.Fprintf(&b, "%s:%d: ", l.File, l.Line)
	}
	fmt.Fprintf(&b, "%s does not hold %s: %s", l.Format, l.Field, l.Value)
	if l.Became != "" {
		fmt.Fprintf(&b, "; it becomes %q", l.Became)
	}
	if len(l.Elsewhere) > 0 {
		fmt.Fprintf(&b, "; it stands in %s", joinFields(l.Elsewhere))
	}
	return b.String()
}

func joinFields(fields []Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, string(f))
	}
	return strings.Join(out, ", ")
}

// Losses tells what of a record is lost when it is written in a format. It does
// not rest on a list of what each format can do: it writes the record, reads what
// was written, and compares field by field, runs of white space folded. A record
// that comes back whole has no losses.
//
// The error says that the format cannot be written or cannot be read back; it is
// ErrCannotWrite or ErrCannotRead, see [Error].
func Losses(r *Record, f Format) ([]Loss, error) {
	if r == nil {
		return nil, errNoRecord
	}
	back, err := throughFormat(r, f)
	if err != nil {
		return nil, err
	}
	var out []Loss
	had, has := partsOf(r), partsOf(back)
	for _, p := range had {
		left := slices.Clone(has.get(p.field))
		var lost []string
		for _, v := range p.values {
			if i := slices.Index(left, v); i >= 0 {
				left = slices.Delete(left, i, i+1)
				continue
			}
			lost = append(lost, v)
		}
		for i, v := range lost {
			l := Loss{Record: r.ID(), Key: r.Key, File: r.Source.File, Line: r.Source.Line, Format: f.Name, Field: p.field, Value: Cut(v)}
			if i < len(left) {
				l.Became = Cut(left[i])
			}
			l.Elsewhere = has.holding(v, p.field)
			out = append(out, l)
		}
	}
	return out, nil
}

// throughFormat writes a record and reads it back.
func throughFormat(r *Record, f Format) (*Record, error) {
	if f.Decode == nil {
		return nil, &Error{Kind: ErrCannotRead, Problem: Problem{Text: f.Name}}
	}
	var text bytes.Buffer
	w := NewWriter(&text, f)
	if err := errors.Join(w.Write(r), w.Close()); err != nil {
		return nil, err
	}
	var back *Record
	in := &Input{src: bytes.NewReader(nil), buf: text.Bytes(), eof: true, line: 1, limits: Limits{}.Resolved(), report: func(Problem) {}}
	err := f.Decode(in, func(r *Record) bool {
		if back == nil {
			back = r
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	if back == nil { // what was written says nothing
		back = &Record{}
	}
	return back, nil
}

// part is one field's values for comparison.
type part struct {
	field  Field
	values []string
}

type parts []part

// compared are the fields whose values are compared as they are. The year is in the
// date, people are compared by role, and the key is not a part of the work.
var compared = slices.DeleteFunc(Fields(), func(f Field) bool {
	return f == FieldKey || f == FieldYear || f == FieldPeople || f == FieldAuthors || f == FieldEditors || f == FieldDatabase || f == FieldPages
})

// partsOf takes a record apart, its fields in alphabetical order, the tags of
// Extra behind them in theirs.
func partsOf(r *Record) parts {
	var out parts
	for _, f := range compared {
		out.add(f, r.Values(f)...)
	}
	out.add(FieldPages, Container{Pages: r.In.Pages}.FullPages()) // "123-8" and "123–128" say the same
	out.add(FieldDatabase, r.Source.Database)
	for i := range r.People {
		field := FieldPeople
		name := r.People[i].Name.String()
		switch role := r.People[i].Role; role {
		case Author, "":
			field = FieldAuthors
		case Editor:
			field = FieldEditors
		default:
			name = string(role) + ": " + name
		}
		out.add(field, name)
	}
	for _, x := range r.Extra {
		out.add(extraPrefix+Field(x.Tag), x.Value)
	}
	return out
}

// add puts values behind those that the field has, without empty ones.
func (p *parts) add(f Field, values ...string) {
	i := slices.IndexFunc(*p, func(x part) bool { return x.field == f })
	for _, v := range values {
		if v = collapse(v); v == "" {
			continue
		}
		if i < 0 {
			i = len(*p)
			*p = append(*p, part{field: f})
		}
		(*p)[i].values = append((*p)[i].values, v)
	}
}

func (p parts) get(f Field) []string {
	for _, x := range p {
		if x.field == f {
			return x.values
		}
	}
	return nil
}

// holding lists the other fields in which a value stands. A value of one or two
// characters stands in many by chance.
func (p parts) holding(v string, but Field) []Field {
	if len(v) < 3 {
		return nil
	}
	var out []Field
	for _, x := range p {
		if x.field != but && slices.Contains(x.values, v) {
			out = append(out, x.field)
		}
	}
	return out
}
