package registry

import (
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// trial is a record that is being made, with what is put together at the end.
type trial struct {
	*jsonpull.Builder
	r *record.Record

	public, scientific, acronym string
	register                    string      // that has the entry, in words
	number                      string      // the entry's own, as it is written
	registered                  record.Date // the better of two forms of it
	parts                       [partCount]string
}

func newTrial(b *jsonpull.Builder) *trial {
	b.R.Kind = record.TrialRegister
	return &trial{Builder: b, r: b.R}
}

// part is a section of what stands for an abstract, in the order in which it is put
// together.
type part int

const (
	summary part = iota
	description
	intervention
	primaryOutcome
	secondaryOutcome
	inclusion
	exclusion
	partCount
)

var partLabels = [partCount]string{"Brief summary", "Detailed description", "Intervention", "Primary outcome", "Secondary outcome", "Inclusion criteria", "Exclusion criteria"}

// finish does what needs the whole entry.
func (t *trial) finish() {
	r := t.r
	if t.number != "" {
		r.Key = t.number
		own := registration(t.number, t.register)
		t.r.Registrations = append([]record.Registration{own}, t.r.Registrations...)
		for i := len(t.r.Registrations) - 1; i > 0; i-- {
			if t.r.Registrations[i] == own {
				t.r.Registrations = append(t.r.Registrations[:i], t.r.Registrations[i+1:]...)
			}
		}
	}
	r.Title, r.ShortTitle = t.scientific, t.public
	if r.Title == "" || r.Title == r.ShortTitle {
		r.Title, r.ShortTitle = t.public, t.acronym
	}
	if r.Date.IsZero() {
		r.Date = t.registered
	}
	if !t.registered.IsZero() {
		r.Events = append(r.Events, record.Event{Kind: record.Registered, Date: t.registered})
	}
	t.abstract()
	record.SetFlags(r)
}

// abstract puts the sections together. A summary alone is a plain text.
func (t *trial) abstract() {
	only := true
	for p := description; p < partCount; p++ {
		only = only && t.parts[p] == ""
	}
	if only {
		if t.parts[summary] != "" {
			t.r.Abstract = record.NewAbstract(t.parts[summary])
		}
		return
	}
	for p, text := range t.parts {
		if text != "" {
			t.r.Abstract.AddSection(partLabels[p], "", text)
		}
	}
}

// section reads a text that becomes a section of the abstract.
func section(p part) func(t *trial, text string) bool {
	return func(t *trial, text string) bool {
		if p == summary || p == description {
			text = unescape(text)
		}
		text = jsonpull.PlainLines(text)
		if t.parts[p] == "" {
			t.parts[p] = text
		}
		return t.parts[p] == text
	}
}

// acronymOf reads the acronym, which is the short title where no other is. It is kept.
func (t *trial) acronymOf(text string) bool {
	set(&t.acronym, text)
	return false
}

// unescape takes the backslashes away that ClinicalTrials.gov puts before signs which
// would be markup in its texts: "\>= 18".
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_{}[]()<>#+-.!|~^", s[i+1]) >= 0 {
			i++
		}
		out = append(out, s[i])
	}
	return string(out)
}

// set puts a text into a field with one value.
func set(into *string, text string) bool {
	text = jsonpull.Plain(text)
	if *into == "" {
		*into = text
	}
	return *into == text
}

// registration reads the number of an entry: in its register's form, with what ICTRP
// and the European registers put before it taken off, else as it is.
func registration(id, register string) record.Registration {
	id = jsonpull.Plain(id)
	for _, prefix := range []string{"", "JPRN-", "CTIS", "EUCTR"} {
		if rest, ok := strings.CutPrefix(id, prefix); ok {
			if reg, ok := record.ParseRegistration(rest); ok {
				return reg
			}
		}
	}
	return record.Registration{Registry: register, ID: id}
}

// otherID reads a further number of the trial: one of a register, or one that its
// sponsor or funder gave it.
func (t *trial) otherID(id, scheme string) {
	if id = jsonpull.Plain(id); id == "" {
		return
	}
	if reg := registration(id, ""); reg.Registry != "" {
		t.Register(reg)
		return
	}
	t.Name(scheme, id)
}

// otherIDs reads a list of them.
func (t *trial) otherIDs(text, separators string) bool {
	for _, id := range split(text, separators) {
		t.otherID(id, "secondary-id")
	}
	return true
}

// event adds a date. It is false where the text is no date.
func (t *trial) event(kind record.EventKind, name string, text string) bool {
	d, ok := parseDate(text)
	if ok {
		t.r.Events = append(t.r.Events, record.Event{Kind: kind, Name: name, Date: d})
	}
	return ok
}

// parseDate reads a date of a registry: 31/01/2020 with the day first, as ICTRP has
// it, and the usual forms.
func parseDate(text string) (record.Date, bool) {
	text = jsonpull.Plain(text)
	var part [3]int
	n := 0
	for i := 0; i < len(text) && n < len(part); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9' && part[n] < 1000:
			part[n] = part[n]*10 + int(c-'0')
		case c == '/':
			n++
		default:
			n = len(part)
		}
	}
	if n == 2 && part[0] >= 1 && part[0] <= 31 && part[1] >= 1 && part[1] <= 12 && part[2] > 1000 {
		return record.Date{Year: part[2], Month: part[1], Day: part[0]}, true
	}
	d, ok := record.ParseDate(text)
	return d, ok && d.Text == ""
}

// words adds a list of words to another.
func (t *trial) words(into *[]string, text, separators string) bool {
	for _, word := range split(text, separators) {
		t.Add(into, word)
	}
	return true
}

// sponsors adds sponsors beside the first, and collaborators.
func (t *trial) sponsors(text, separators string) bool {
	for _, name := range split(text, separators) {
		t.contributor(name)
	}
	return true
}

func (t *trial) contributor(name string) {
	if name = jsonpull.Plain(name); name != "" {
		t.r.People = append(t.r.People, record.Contributor{Role: record.Contrib, Name: record.Name{Literal: name}})
	}
}

// link adds a link, and where it leads to a publication with a DOI or a PubMed number
// also a relation when report is set.
func (t *trial) link(text string, report bool) bool {
	for _, url := range strings.Fields(jsonpull.Plain(text)) {
		url = strings.TrimRight(url, ";,")
		t.Add(&t.r.URLs, url)
		if !report {
			continue
		}
		x := record.Relation{Kind: record.ReportedIn}
		if doi, ok := record.ParseDOI(url); ok {
			x.DOI = doi
		} else if pmid, ok := record.ParsePMID(url); ok {
			x.PMID = pmid
		} else {
			continue
		}
		jsonpull.AppendNew(t.Builder, &t.r.Relations, x)
	}
	return true
}

// split parts a text at separators and at line breaks, of markup too.
func split(text, separators string) []string {
	if strings.ContainsAny(text, "<&") {
		text = jsonpull.PlainLines(text)
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' || strings.ContainsRune(separators, r) })
}
