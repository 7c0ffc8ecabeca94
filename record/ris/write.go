package ris

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// printer writes records. It is the Encoder of the format.
type printer struct {
	w    record.Sink
	code string
}

func encode(w record.Sink) record.Encoder { return &printer{w: w} }

// Close writes nothing: RIS has no end.
func (p *printer) Close() error { return nil }

// Encode writes one record: TY, the fields in the order of the table, what the
// record keeps of the RIS file it was read from, ER.
func (p *printer) Encode(r *record.Record) error {
	p.code = typeOf(r)
	p.line("TY", p.code)
	for _, f := range fields {
		if f.write != nil {
			f.write(p, r)
		}
	}
	p.extra(r)
	_, err := p.w.WriteString("ER  - \n\n")
	return err
}

// line writes one tag, nothing for an empty value. It is the only way by which a
// value reaches the file: whatever it holds, it stays on its line behind its tag.
func (p *printer) line(tag, value string) {
	if value = fold.Text(value); value == "" {
		return
	}
	// The Sink keeps the first error for Writer.Write and Close.
	_, _ = p.w.WriteString(tag)
	_, _ = p.w.WriteString("  - ")
	_, _ = p.w.WriteString(value)
	_ = p.w.WriteByte('\n')
}

// typeOf gives the code of TY: the one that was read, where it still fits the
// record's kind, else the first of the kind.
func typeOf(r *record.Record) string {
	code := codeOf(r.Kind)
	read := r.ExtraFor("ris").Get("TY")
	if read == "" || strings.ContainsAny(read, "\r\n") {
		return code
	}
	c, ok := typeCode(read)
	marked := slices.ContainsFunc(markers, func(m marker) bool { return m.kind == r.Kind })
	if ok && kindOf[c] == r.Kind || !ok && r.Kind == record.Other || marked {
		return read
	}
	return code
}

// extra writes the tags that no field holds back to where they came from. Tags
// of other formats mean other things and stay out.
func (p *printer) extra(r *record.Record) {
	first := true
	for _, x := range r.ExtraFor("ris") {
		switch {
		case x.Tag == "TY" && first:
			first = false // written as the type
		case x.Tag == "TY", x.Tag == "ER", !isTag(x.Tag):
		default:
			p.line(x.Tag, x.Value)
		}
	}
}

func isTag(tag string) bool {
	l := split([]byte(tag + "  - x"))
	return tag != "" && string(l.tag) == tag && l.form == form{}
}

func (p *printer) authors(r *record.Record) {
	for i := range r.People {
		switch role := r.People[i].Role; {
		case role == record.Author, role == "", role == record.Inventor && r.Kind == record.Patent:
			p.line("AU", nameText(r.People[i].Name))
		}
	}
}

// seatedPeople writes those people whose role has this tag in the record's type.
func seatedPeople(tag string) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for i := range r.People {
			if seatFor(p.code, r.Kind, r.People[i].Role) == tag {
				p.line(tag, nameText(r.People[i].Name))
			}
		}
	}
}

// nameText writes a name so that it is read as the same parts. A group whose
// name would be read as a person's is marked by a comma, as EndNote has it.
func nameText(n record.Name) string {
	text := fold.Text(strings.ReplaceAll(n.String(), ";", ","))
	if n.Literal == "" {
		return text
	}
	back, _ := name(text)
	if back.Literal == text && len(namelist.SplitTag(text)) == 1 {
		return text
	}
	if head, tail, ok := strings.Cut(text, ","); ok {
		return head + ",," + tail
	}
	return text + ","
}

func (p *printer) orcids(r *record.Record) {
	for i := range r.People {
		if n := &r.People[i].Name; n.ORCID != "" {
			p.line("AI", n.String()+"; ORCID: https://orcid.org/"+string(n.ORCID))
		}
	}
}

func (p *printer) affiliations(r *record.Record) {
	for i := range r.People {
		for _, a := range r.People[i].Affiliations {
			p.line("AD", r.People[i].Name.String()+": "+a)
		}
	}
}

func (p *printer) secondTitle(r *record.Record) {
	switch {
	case whole(r.Kind):
		p.line("T2", r.In.Series)
	case p.code == "CASE":
		p.line("A2", r.In.Title)
	default:
		p.line("T2", r.In.Title)
	}
}

func (p *printer) journal(r *record.Record) {
	if whole(r.Kind) {
		p.line("JF", r.In.Title)
	}
}

func (p *printer) series(r *record.Record) {
	if !whole(r.Kind) && r.Kind != record.Legal && r.Kind != record.Patent {
		p.line("T3", r.In.Series)
	}
}

func (p *printer) year(r *record.Record) {
	switch {
	case r.Date.Year != 0:
		p.line("PY", fmt.Sprintf("%04d", r.Date.Year))
	case r.Date.InPress:
		p.line("PY", "in press")
	default:
		p.line("PY", r.Date.Text)
	}
}

func (p *printer) date(r *record.Record) {
	if d := r.Date; d.Year != 0 && d != (record.Date{Year: d.Year}) {
		p.line("DA", dateText(d))
	}
}

func (p *printer) accessed(r *record.Record) {
	for _, e := range r.Events {
		if e.Kind == record.Accessed {
			p.line("Y2", dateText(e.Date))
		}
	}
}

// pages writes both pages in full: readers of RIS do not complete "123-8".
func (p *printer) pages(r *record.Record) {
	if whole(r.Kind) && r.In.Pages == "" {
		p.line("SP", r.In.PageCount)
		return
	}
	first, last := r.In.PageRange()
	if first == "" || strings.ContainsAny(r.In.Pages, ",; ") || severalDashes(r.In.Pages) || len(last) == len(first) && last < first {
		p.line("SP", r.In.Pages) // several ranges, or pages that have a dash in them: "S12-1"
		return
	}
	p.line("SP", first)
	if last != first {
		p.line("EP", last)
	}
}

// edition writes under ET also when an article appeared online, as EndNote does.
func (p *printer) edition(r *record.Record) {
	p.line("ET", r.In.Edition)
	if r.Kind == record.JournalArticle && r.In.Edition == "" {
		p.line("ET", electronic(r))
	}
}

// earlyAccess writes under C6 when any other work appeared online.
func (p *printer) earlyAccess(r *record.Record) {
	if r.Kind != record.JournalArticle || r.In.Edition != "" {
		p.line("C6", electronic(r))
	}
}

// electronic gives the date of electronic publication where its month is known,
// else "": a bare year could be anything under the tags that hold it.
func electronic(r *record.Record) string {
	for _, e := range r.Events {
		if e.Kind == record.Electronic && e.Date.Month != 0 {
			return dateText(e.Date)
		}
	}
	return ""
}

// firstMisc writes the number of a bill, and that in the NLM catalogue where it
// would be read again.
func (p *printer) firstMisc(r *record.Record) {
	if miscNumbers[p.code] == ownNumber {
		for _, x := range r.Identifiers {
			if x.Scheme == "number" {
				p.line("M1", x.Value)
			}
		}
	}
	if from := (source{r.Source.Database, r.Source.Platform}); from.platform == "Ovid" && from.is("MEDLINE") {
		p.line("M1", r.In.NLMID)
	}
}

func (p *printer) place(r *record.Record) {
	p.line("CY", r.In.Place)
	if r.In.Place == "" {
		p.line("CY", r.In.Country)
	}
}

func (p *printer) serialNumbers(r *record.Record) {
	for _, n := range r.In.ISSN {
		p.line("SN", string(n))
	}
	for _, n := range r.In.ISBN {
		p.line("SN", string(n))
	}
	for _, x := range r.Identifiers {
		if isOwnNumber(r, x) {
			p.line("SN", x.Value)
		}
	}
}

// isOwnNumber tells whether an identifier is the number of a report, patent or
// standard, which SN holds.
func isOwnNumber(r *record.Record, x record.Identifier) bool {
	return x.Scheme != "" && x.Scheme == ownSchemes[r.Kind]
}

func (p *printer) dois(r *record.Record) {
	p.line("DO", string(r.DOI))
	for _, x := range r.Identifiers {
		if x.Scheme == "doi" {
			p.line("DO", x.Value)
		}
	}
}

func (p *printer) accessions(r *record.Record) {
	if r.PMID != "" {
		p.line("AN", "PMID:"+string(r.PMID))
	}
	for _, x := range r.Identifiers {
		if x.Scheme == "accession" {
			p.line("AN", x.Value)
		}
	}
}

func (p *printer) registrations(r *record.Record) {
	for _, reg := range r.Registrations {
		p.line("C8", reg.ID)
	}
}

func (p *printer) identifiers(r *record.Record) {
	for _, x := range r.Identifiers {
		if slices.Contains(schemes, x.Scheme) && !isOwnNumber(r, x) {
			p.line("U1", x.Scheme+":"+x.Value)
		}
	}
}

func (p *printer) types(r *record.Record) {
	for _, m := range markers {
		if m.kind == r.Kind {
			p.line("M3", m.word)
			break
		}
	}
	for _, t := range r.Types {
		p.line("M3", t)
	}
}

func (p *printer) keywords(r *record.Record) {
	for _, h := range r.Headings {
		p.line("KW", h.String())
	}
	for _, k := range r.Keywords {
		p.line("KW", k)
	}
}

func (p *printer) languages(r *record.Record) {
	for _, l := range r.Languages {
		p.line("LA", l)
	}
}

func (p *printer) notes(r *record.Record) {
	for _, n := range r.Notes {
		p.line("N1", n)
	}
}

func (p *printer) funding(r *record.Record) {
	for _, g := range r.Funding {
		text := g.Agency
		if g.ID != "" {
			text += " [" + g.ID + "]"
		}
		p.line("FU", strings.ReplaceAll(text, "; ", ", "))
	}
}

func (p *printer) links(r *record.Record) {
	for _, u := range r.URLs {
		p.line("UR", u)
	}
}

// severalDashes tells whether pages are more than one run from first to last.
func severalDashes(pages string) bool {
	return strings.Count(strings.NewReplacer("--", "-", "–", "-", "—", "-", "‐", "-", "−", "-").Replace(pages), "-") > 1
}
