package tagged

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// refWorksWriter is the Encoder of the format.
type refWorksWriter struct{ printer }

func encodeRefWorks(w record.Sink) record.Encoder { return &refWorksWriter{printer{w}} }

// Encode writes one record: RT, the fields in the order of the table, what the
// record keeps of the file it was read from, an empty line.
func (w *refWorksWriter) Encode(r *record.Record) error {
	w.line("RT", refWorksType(r))
	for _, f := range refWorksFields {
		if f.write != nil {
			f.write(&w.printer, r)
		}
	}
	w.extra(r, nameRefWorks, func(tag string) bool { return refWorksTags[tag] != nil })
	return w.w.WriteByte('\n')
}

// Close writes nothing: the format has no end.
func (w *refWorksWriter) Close() error { return nil }

// refWorksType gives the type that was read, where it still fits the record's
// kind, else the first of the kind.
func refWorksType(r *record.Record) string {
	read := fold.Text(r.ExtraFor(nameRefWorks).Get("RT"))
	for _, t := range references {
		if read != "" && t.kind == r.Kind && sameReference(t.name, read) {
			return read
		}
	}
	if read != "" && r.Kind == record.Other && !isReference(read) {
		return read
	}
	return referenceOf(r.Kind)
}

// each writes a line for each value.
func (p *printer) each(tag string, values []string) {
	for _, v := range values {
		p.line(tag, v)
	}
}

// refWorksPeople writes those people who stand under a tag in references of the
// record's kind.
func refWorksPeople(tag string) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for i := range r.People {
			if tagOfRole(r.People[i].Role, r.Kind) == tag {
				p.line(tag, nameText(r.People[i].Name, ","))
			}
		}
	}
}

// tagOfRole gives the tag of a role, "" for one that RefWorks does not have.
func tagOfRole(role record.Role, kind record.Kind) string {
	if role == record.Author || role == "" || role == record.Inventor && kind == record.Patent {
		return "A1"
	}
	for _, s := range seats {
		if s.role == role && roleUnder(s.tag, kind) == role {
			return s.tag
		}
	}
	return ""
}

// refWorksJournal writes the title of what the work stands in, unless another
// tag has it.
func (p *printer) refWorksJournal(r *record.Record) {
	if !inBook(r.Kind) && r.Kind != record.Webpage {
		p.line("JF", r.In.Title)
	}
}

func inBook(kind record.Kind) bool {
	return kind == record.Chapter || kind == record.ReferenceEntry || kind == record.ConferencePaper
}

func (p *printer) refWorksBook(r *record.Record) {
	switch {
	case isWhole(r.Kind):
		p.line("T2", r.In.Series)
	case inBook(r.Kind):
		p.line("T2", r.In.Title)
	}
}

func (p *printer) refWorksSeries(r *record.Record) {
	if !isWhole(r.Kind) {
		p.line("T3", r.In.Series)
	}
}

func (p *printer) refWorksSite(r *record.Record) {
	if r.Kind == record.Webpage {
		p.line("WT", r.In.Title)
	}
}

// refWorksPages writes the pages; an article number stands for them, as RefWorks
// has no tag for it.
func (p *printer) refWorksPages(r *record.Record) {
	first, last := pageRange(r.In)
	switch {
	case first != "":
		p.line("SP", first)
		p.line("OP", last)
	case isWhole(r.Kind) && r.In.PageCount != "":
		p.line("SP", r.In.PageCount)
	default:
		p.line("SP", r.In.ArticleNumber)
	}
}

func (p *printer) refWorksKeywords(r *record.Record) {
	for _, h := range r.Headings {
		p.line("K1", h.String())
	}
	p.each("K1", r.Keywords)
}

func (p *printer) refWorksAbstracts(r *record.Record) {
	p.line("AB", r.Abstract.Text)
	for _, a := range r.OtherAbstracts {
		p.line("AB", a.Text)
	}
}

func (p *printer) refWorksAddresses(r *record.Record) {
	for i := range r.People {
		for _, a := range r.People[i].Affiliations {
			if a = fold.Text(a); a != "" {
				p.line("AD", ownerText(r.People[i].Name)+a)
			}
		}
	}
}

func (p *printer) refWorksAccessions(r *record.Record) {
	for _, x := range r.Identifiers {
		if x.Scheme == "accession" {
			p.line("AN", x.Value)
		}
	}
}

func (p *printer) refWorksSerials(r *record.Record) {
	for _, n := range r.In.ISSN {
		p.line("SN", string(n))
	}
	for _, n := range r.In.ISBN {
		p.line("SN", string(n))
	}
}

func (p *printer) refWorksRegistrations(r *record.Record) {
	for _, reg := range r.Registrations {
		p.line("U1", reg.ID)
	}
}

func (p *printer) refWorksDOIs(r *record.Record) {
	p.line("DO", string(r.DOI))
	for _, x := range r.Identifiers {
		if x.Scheme == "doi" {
			p.line("DO", x.Value)
		}
	}
}

func (p *printer) refWorksCited(r *record.Record) {
	for _, x := range r.Relations {
		if x.Kind == record.Cites {
			text := fold.Text(x.Text)
			if x.DOI != "" && !strings.Contains(strings.ToLower(text), string(x.DOI)) {
				text = strings.TrimSpace(text + " doi:" + string(x.DOI))
			}
			p.line("CR", text)
		}
	}
}

// datedAs writes the dates of a kind.
func datedAs(tag string, kind record.EventKind) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for _, e := range r.Events {
			if e.Kind == kind {
				p.line(tag, strings.TrimSpace(monthAndDay(e.Date)+" "+yearText(e.Date)))
			}
		}
	}
}
