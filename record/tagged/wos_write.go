package tagged

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// wosWriter is the Encoder of the format.
type wosWriter struct {
	printer
	begun bool
}

func encodeWoS(w record.Sink) record.Encoder { return &wosWriter{printer: printer{w}} }

// Encode writes one record: PT, the fields in the order of the table, what the
// record keeps of the file it was read from, ER.
func (w *wosWriter) Encode(r *record.Record) error {
	if err := w.begin(); err != nil {
		return err
	}
	w.line("PT", publicationOf(r).pt)
	for _, f := range wosFields {
		if f.write != nil {
			f.write(&w.printer, r)
		}
	}
	w.extra(r, nameWoS, mayWriteWoS)
	_, err := w.w.WriteString("ER\n\n")
	return err
}

// begin writes the head of the file once.
func (w *wosWriter) begin() error {
	if w.begun {
		return nil
	}
	w.begun = true
	_, err := w.w.WriteString("FN evidence\nVR 1.0\n")
	return err
}

// Close writes the end of the file.
func (w *wosWriter) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	_, err := w.w.WriteString("EF\n")
	return err
}

// mayWriteWoS tells whether a tag of Extra is one that cannot end or begin a
// record; AU and PT are written in their places.
func mayWriteWoS(tag string) bool {
	return len(tag) == 2 && isWoSTag([]byte(tag)) && !slices.Contains([]string{"PT", "AU", "ER", "EF", "FN", "VR"}, tag)
}

// publicationOf gives the type of publication of a record, and the document type
// that its kind needs beside those it has: none where the kind is read again
// without. Kinds that Web of Science does not have are written as J.
func publicationOf(r *record.Record) publication {
	if read := r.ExtraFor(nameWoS).Get("PT"); read != "" && r.Kind == record.KindUnknown {
		return publication{pt: read}
	}
	inBook := r.In.Title != "" && r.In.Title != r.Title
	first := publication{pt: "J"}
	for _, p := range publications {
		if p.kind != r.Kind {
			continue
		}
		if kindBy(p.pt, r, inBook) == r.Kind {
			return publication{pt: p.pt}
		}
		if first.kind == record.KindUnknown && p.dt != "" {
			first = p
		}
	}
	return first
}

func (p *printer) wosTypes(r *record.Record) {
	types := r.Types
	if word := publicationOf(r).dt; word != "" {
		types = append([]string{word}, types...)
	}
	p.joined("DT", types)
}

// wosDate writes month and day in capitals, a date in words as it is.
func wosDate(d record.Date) string {
	if d.Text != "" {
		return monthAndDay(d)
	}
	return strings.ToUpper(monthAndDay(d))
}

// wosAuthors lists the names under AU and AF, and the groups under CA. A group that
// stands before a person is among the names, so that the order stays.
func wosAuthors(r *record.Record) (names, groups []record.Name) {
	for i := range r.People {
		switch role := r.People[i].Role; {
		case role == record.Author, role == "", role == record.Inventor && r.Kind == record.Patent:
			names = append(names, r.People[i].Name)
		}
	}
	n := len(names)
	for n > 0 && names[n-1].Literal != "" {
		n--
	}
	return names[:n], names[n:]
}

// wosShortNames writes AU: as it was read where that says more than AF.
func (p *printer) wosShortNames(r *record.Record) {
	names, _ := wosAuthors(r)
	if read := r.ExtraFor(nameWoS).Get("AU"); read != "" && len(names) > 0 {
		p.list("AU", strings.Split(read, "; "))
		return
	}
	short := make([]string, len(names))
	for i, n := range names {
		short[i] = shortName(n)
	}
	p.list("AU", short)
}

func (p *printer) wosFullNames(r *record.Record) {
	names, _ := wosAuthors(r)
	p.list("AF", nameTexts(names))
}

func (p *printer) wosGroups(r *record.Record) {
	_, groups := wosAuthors(r)
	p.joined("CA", nameTexts(groups))
}

func (p *printer) wosEditors(r *record.Record) { p.list("BE", nameTexts(r.PeopleIn(record.Editor))) }

func nameTexts(names []record.Name) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = nameText(n, ", ")
	}
	return out
}

func (p *printer) wosKeywords(r *record.Record) {
	words := slices.Clone(r.Keywords)
	for _, h := range r.Headings {
		if h.Scheme != "mesh" {
			words = append(words, h.Term)
		}
	}
	p.joined("DE", words)
}

func (p *printer) wosHeadings(r *record.Record) {
	var out []string
	for _, h := range r.Headings {
		if h.Scheme != "mesh" {
			continue
		}
		text := h.Term
		if h.Major {
			text = "*" + text
		}
		for i, q := range h.Qualifiers {
			text += separator(i)
			if q.Major {
				text += "*"
			}
			text += q.Term
		}
		out = append(out, text)
	}
	p.joined("MH", out)
}

// otherAbstracts writes the abstracts in a language; "" stands for all that have
// no tag of their own.
func otherAbstracts(tag, language string) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for _, a := range r.OtherAbstracts {
			if a.Language == language || language == "" && a.Language != "es" && a.Language != "pt" {
				p.line(tag, a.Text)
			}
		}
	}
}

// wosAddresses writes each address once, behind the names of those who have it.
func (p *printer) wosAddresses(r *record.Record) {
	var addresses []string
	names := map[string][]string{}
	for i := range r.People {
		n := &r.People[i].Name
		for _, a := range n.Affiliations {
			if a = fold.Text(a); a == "" {
				continue
			}
			if names[a] == nil {
				addresses = append(addresses, a)
			}
			names[a] = append(names[a], addressName(*n))
		}
	}
	for i, a := range addresses {
		addresses[i] = "[" + strings.Join(names[a], "; ") + "] " + a
	}
	p.list("C1", addresses)
}

func (p *printer) wosORCIDs(r *record.Record) {
	var out []string
	for i := range r.People {
		if n := &r.People[i].Name; n.ORCID != "" {
			out = append(out, nameText(*n, ", ")+"/"+string(n.ORCID))
		}
	}
	p.joined("OI", out)
}

func (p *printer) funding(r *record.Record) {
	var out []string
	for _, g := range r.Funding {
		text := g.Agency
		if g.ID != "" {
			text += " [" + g.ID + "]"
		}
		out = append(out, text)
	}
	p.joined("FU", out)
}

// wosCited writes the cited references, with their DOI where the words lack it.
func (p *printer) wosCited(r *record.Record) {
	var out []string
	for _, x := range r.Relations {
		if x.Kind != record.Cites {
			continue
		}
		text := fold.Text(x.Text)
		switch {
		case x.DOI == "" || strings.Contains(strings.ToLower(text), string(x.DOI)):
		case text == "":
			text = "DOI " + string(x.DOI)
		default:
			text += ", DOI " + string(x.DOI)
		}
		out = append(out, text)
	}
	p.list("CR", out)
}

// wosISSNs writes the first ISSN under SN, the others under EI.
func (p *printer) wosISSNs(r *record.Record) {
	if len(r.In.ISSN) > 0 {
		p.line("SN", string(r.In.ISSN[0]))
	}
}

func (p *printer) wosEISSN(r *record.Record) {
	for _, n := range r.In.ISSN[min(1, len(r.In.ISSN)):] {
		p.line("EI", string(n))
	}
}

func (p *printer) wosISBNs(r *record.Record) {
	var out []string
	for _, n := range r.In.ISBN {
		out = append(out, string(n))
	}
	p.joined("BN", out)
}

// wosPart writes the number of a patent.
func (p *printer) wosPart(r *record.Record) {
	for _, x := range r.Identifiers {
		if x.Scheme == "patent-number" && r.Kind == record.Patent {
			p.line("PN", x.Value)
			return
		}
	}
}

func (p *printer) wosIssue(r *record.Record) {
	if rest, ok := strings.CutPrefix(r.In.Issue, supplement); ok {
		p.line("SU", rest)
		return
	}
	p.line("IS", r.In.Issue)
}

func (p *printer) wosPages(r *record.Record) {
	first, last := pageRange(r.In)
	if strings.Contains(first, "-") {
		p.line("PS", first)
		return
	}
	p.line("BP", first)
	p.line("EP", last)
}

func (p *printer) wosDOIs(r *record.Record) {
	p.line("DI", string(r.DOI))
	for _, x := range r.Identifiers {
		if x.Scheme == "doi" {
			p.line("DI", x.Value)
		}
	}
}

func (p *printer) wosBookDOI(r *record.Record) {
	for _, x := range r.Relations {
		if x.Kind == record.PartOf {
			p.line("D2", string(x.DOI))
		}
	}
}

// wosEarlyAccess writes the date of electronic publication.
func (p *printer) wosEarlyAccess(r *record.Record) {
	for _, e := range r.Events {
		if e.Kind == record.Electronic {
			p.line("EA", strings.TrimSpace(wosDate(e.Date)+" "+yearText(e.Date)))
			return
		}
	}
}

// wosAccession writes the accession numbers; of several only the first is the UT.
func (p *printer) wosAccession(r *record.Record) {
	for _, x := range r.Identifiers {
		if x.Scheme == "accession" {
			p.line("UT", x.Value)
			return
		}
	}
}

// separator stands before the qualifier of a heading, by its place.
func separator(i int) string {
	if i == 0 {
		return " -- "
	}
	return ", "
}
