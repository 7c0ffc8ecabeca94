package endnote

import (
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// printer writes the fields of records in the order of the table; put is how one
// of its forms writes a value.
type printer struct {
	refer bool
	typ   *refType
	name  string              // of the type
	rest  [][]record.ExtraTag // what Extra has of each field
	r     *record.Record
	at    int // the place of the field at hand in the table
	put   func(at int, value string)
	end   func(at int) // behind the last value of a field; nil where nothing is to be done
}

// fields writes the fields of a record, each with what Extra has of it behind.
func (p *printer) fields(r *record.Record) {
	p.r = r
	p.sortExtra(r)
	p.setType(r)
	for i := range fields {
		p.at = i
		if write := fields[i].write; write != nil {
			write(p, r)
		}
		for _, x := range p.rest[i] {
			p.put(i, x.Value)
		}
		if p.end != nil {
			p.end(i)
		}
	}
}

// sortExtra puts what the record keeps of either form to the fields it is of.
func (p *printer) sortExtra(r *record.Record) {
	if p.rest == nil {
		p.rest = make([][]record.ExtraTag, len(fields))
	}
	for i := range p.rest {
		p.rest[i] = p.rest[i][:0]
	}
	for _, x := range r.ExtraFor(nameXML, nameRefer) {
		if f := fieldOf(x.Tag); f != nil {
			p.rest[row[f]] = append(p.rest[row[f]], x)
		}
	}
}

// fieldOf finds the field of a tag of Extra, nil for an attribute or an unknown one.
func fieldOf(tag string) *field {
	if f := byTag[tag]; f != nil {
		return f
	}
	return byPath[tag]
}

// setType chooses the type of reference: the one that was read, where it still fits
// the record's kind, else the first of the kind.
func (p *printer) setType(r *record.Record) {
	p.typ = typeOfKind(r.Kind)
	p.name = p.typ.name
	types := &p.rest[row[byPath["ref-type"]]]
	if len(*types) == 0 {
		return
	}
	read := fold.Text((*types)[0].Value)
	if *types = (*types)[1:]; !p.refer { // XML has place for one
		*types = nil
	}
	m := markerOf(r.Kind)
	t := typeCalled(read)
	switch {
	case t != nil && (t.kind == r.Kind || m != nil):
		p.typ, p.name = t, t.name
	case t == nil && read != "":
		byNumber := typesByNumber[r.Extra.Get("ref-type@number")]
		if byNumber == generic {
			byNumber = nil
		}
		if byNumber != nil && byNumber.kind == r.Kind || byNumber == nil && r.Kind == record.Other {
			p.name = read
			if byNumber != nil {
				p.typ = byNumber
			}
		}
	}
}

// write writes a value of the field at hand, nothing for an empty one.
func (p *printer) write(value string) { p.put(p.at, value) }

// writeLines writes values as the lines of one.
func (p *printer) writeLines(values []string) { p.put(p.at, strings.Join(values, "\n")) }

func (p *printer) refType(*record.Record) { p.write(p.name) }

// numberedKey tells whether a key can be a record's number in a library.
func numberedKey(r *record.Record) bool {
	const longest = 9 // digits
	key := r.OwnKey()
	return digits(key) && len(key) <= longest
}

func (p *printer) recordNumber(r *record.Record) {
	if numberedKey(r) {
		p.write(r.OwnKey())
	}
}

// label writes a key that is no number, and in Refer any.
func (p *printer) label(r *record.Record) {
	if key := r.OwnKey(); (p.refer || !numberedKey(r)) && strings.IndexByte(fold.Text(key), ' ') < 0 {
		p.write(key)
	}
}

func (p *printer) authors(r *record.Record) {
	for i := range r.People {
		switch role := r.People[i].Role; {
		case role == record.Author, role == "", role == record.Inventor && r.Kind == record.Patent,
			role == record.Editor && p.typ.kind == record.EditedBook:
			p.write(nameText(r.People[i].Name))
		}
	}
}

// seatedPeople writes those people whose role has this seat in the record's type.
func seatedPeople(seat int) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) {
		for i := range r.People {
			role := r.People[i].Role
			if role == record.Editor && p.typ.kind == record.EditedBook {
				continue
			}
			if p.typ.seatFor(role) == seat {
				p.write(nameText(r.People[i].Name))
			}
		}
	}
}

// nameText writes a name so that it is read as the same parts. A group of several
// words is marked by a comma, as EndNote has it, which would turn them round.
func nameText(n record.Name) string {
	text := fold.Text(n.String())
	if strings.IndexByte(text, ';') >= 0 {
		text = fold.Text(strings.ReplaceAll(text, ";", ","))
	}
	if n.Literal == "" || text == "" {
		return text
	}
	if head, tail, ok := strings.Cut(text, ","); ok {
		return head + ",, " + strings.TrimSpace(tail)
	}
	if strings.IndexByte(text, ' ') < 0 && parseName(text).Literal == text {
		return text
	}
	return text + ","
}

func (p *printer) addresses(r *record.Record) {
	var out []string
	for i := range r.People {
		for _, a := range r.People[i].Affiliations {
			if a = fold.Text(a); a != "" {
				out = append(out, fold.Text(r.People[i].Name.String())+": "+a)
			}
		}
	}
	p.writeLines(out)
}

// fromPubMed tells whether the record will be read as one of PubMed.
func fromPubMed(r *record.Record) bool {
	return isPubMed(fold.Text(r.Source.Database), fold.Text(r.Source.Platform), r.PMCID != "")
}

// title writes the title; where there is one in the language of the work that is
// it, and the other its translation, but for articles of PubMed.
func (p *printer) title(r *record.Record) {
	if r.OriginalTitle != "" && !(fromPubMed(r) && inJournal(r.Kind)) {
		p.write(r.OriginalTitle)
		return
	}
	p.write(r.Title)
}

func (p *printer) translatedTitle(r *record.Record) {
	if r.OriginalTitle != "" && !(fromPubMed(r) && inJournal(r.Kind)) {
		p.write(r.Title)
	}
}

// originalTitle writes the title in the language of the work where EndNote's
// connection to PubMed puts it.
func (p *printer) originalTitle(r *record.Record) {
	if fromPubMed(r) && inJournal(r.Kind) {
		p.write(r.OriginalTitle)
	}
}

func (p *printer) shortTitle(r *record.Record) { p.write(r.ShortTitle) }

func (p *printer) secondaryTitle(r *record.Record) {
	switch {
	case whole(r.Kind):
		p.write(r.In.Series)
	case p.typ.name == proceedings && r.In.Event != "":
		p.write(r.In.Event)
	case !p.refer || !inJournal(r.Kind):
		p.write(r.In.Title)
	}
}

func (p *printer) tertiaryTitle(r *record.Record) {
	if !whole(r.Kind) && r.Kind != record.Legal && r.Kind != record.Patent {
		p.write(r.In.Series)
	}
}

// alternateTitle writes the abbreviation of a journal, which is there that EndNote
// looks for it.
func (p *printer) alternateTitle(r *record.Record) {
	if inJournal(r.Kind) {
		p.write(r.In.Abbrev)
	}
}

// periodical writes the name of a journal, and what a whole work stands in.
func (p *printer) periodical(r *record.Record) {
	if inJournal(r.Kind) || whole(r.Kind) {
		p.write(r.In.Title)
	}
}

func (p *printer) abbreviation(r *record.Record) { p.write(r.In.Abbrev) }

func (p *printer) firstCustom(r *record.Record) {
	if p.typ.name == proceedings {
		p.write(r.In.Place)
	}
}

func (p *printer) thirdCustom(r *record.Record) {
	if p.typ.name == proceedings && r.In.Event != "" {
		p.write(r.In.Title)
	}
}

func (p *printer) pages(r *record.Record) {
	p.write(r.In.Pages)
	if r.In.Pages == "" {
		p.write(r.In.PageCount)
	}
}

func (p *printer) volume(r *record.Record) {
	if numberMeans[p.typ.name] != accessDate && (r.Kind != record.Thesis || strings.ContainsAny(r.In.Volume, "0123456789")) {
		p.write(r.In.Volume)
	}
}

func (p *printer) number(r *record.Record) {
	switch numberMeans[p.typ.name] {
	case seriesVolumes:
		p.write(r.In.SeriesVolume)
	case reportNumber:
		if r.In.Series != "" && strings.IndexByte(fold.Text(r.In.SeriesVolume), ' ') < 0 {
			p.write(r.In.SeriesVolume)
		}
	case ownNumber:
		for _, x := range r.Identifiers {
			if x.Scheme == "number" {
				p.write(x.Value)
			}
		}
	case issues:
		p.write(r.In.Issue)
	}
}

// edition writes an edition, and of an article the day when it appeared online.
func (p *printer) edition(r *record.Record) {
	p.write(r.In.Edition)
	if r.Kind != record.JournalArticle || r.In.Edition != "" {
		return
	}
	for _, e := range r.Events {
		if e.Kind == record.Electronic && e.Date.Month != 0 {
			p.write(dateText(e.Date))
			return
		}
	}
}

func (p *printer) keywords(r *record.Record) {
	for _, h := range r.Headings {
		p.write(h.String())
	}
	for _, k := range r.Keywords {
		p.write(k)
	}
}

func (p *printer) year(r *record.Record) {
	switch {
	case r.Date.Year != 0 && r.Date.InPress:
		p.write(strconv.Itoa(r.Date.Year) + " in press")
	case r.Date.Year != 0:
		p.write(strconv.Itoa(r.Date.Year))
	case r.Date.InPress:
		p.write("in press")
	default:
		p.write(r.Date.Text)
	}
}

func (p *printer) date(r *record.Record) {
	d := r.Date
	d.InPress = false
	if d.Year != 0 && d != (record.Date{Year: d.Year}) {
		p.write(dateText(d))
	}
	if p.typ.kind == record.ConferencePaper && !computed(fold.Text(r.In.EventDate)) {
		p.write(r.In.EventDate)
	}
}

func (p *printer) place(r *record.Record) {
	switch {
	case p.typ.kind == record.ConferencePaper:
		p.write(r.In.EventPlace)
	default:
		p.write(r.In.Place)
	}
}

func (p *printer) publisher(r *record.Record) { p.write(r.In.Publisher) }

func (p *printer) serialNumbers(r *record.Record) {
	var out []string
	for _, n := range r.In.ISSN {
		out = append(out, fold.Text(string(n)))
	}
	for _, n := range r.In.ISBN {
		out = append(out, fold.Text(string(n)))
	}
	p.writeLines(out)
	out = out[:0]
	for _, x := range r.Identifiers {
		if p.isOwnNumber(x) {
			out = append(out, fold.Text(x.Value))
		}
	}
	p.writeLines(out)
}

// isOwnNumber tells whether an identifier is the number of a report, patent or
// standard, which has the field of ISBNs for its own.
func (p *printer) isOwnNumber(x record.Identifier) bool {
	return x.Scheme != "" && x.Scheme == ownSchemes[p.r.Kind]
}

// accessions writes the PMID, with its name where nothing else says what it is.
func (p *printer) accessions(r *record.Record) {
	if r.PMID != "" {
		label := "PMID:"
		if fromPubMed(r) {
			label = ""
		}
		p.write(label + string(r.PMID))
	}
	for _, x := range r.Identifiers {
		if x.Scheme == "accession" {
			p.write(x.Value)
		}
	}
}

func (p *printer) dois(r *record.Record) {
	out := []string{fold.Text(string(r.DOI))}
	for _, x := range r.Identifiers {
		if x.Scheme == "doi" {
			out = append(out, fold.Text(x.Value))
		}
	}
	p.writeLines(out)
}

func (p *printer) abstract(r *record.Record) { p.write(r.Abstract.Text) }

// notes writes notes with an empty line between two, in Refer each by itself.
func (p *printer) notes(r *record.Record) {
	if p.refer {
		for _, n := range r.Notes {
			p.write(n)
		}
		return
	}
	var out []string
	for _, n := range r.Notes {
		if n = lines(n); n != "" {
			out = append(out, n)
		}
	}
	for _, x := range p.rest[p.at] { // of a second element EndNote takes nothing
		out = append(out, x.Value)
	}
	p.rest[p.at] = p.rest[p.at][:0]
	p.put(p.at, strings.Join(out, "\n\n"))
}

func (p *printer) workTypes(r *record.Record) {
	var out []string
	if m := markerOf(r.Kind); m != nil {
		out = append(out, m.word)
	}
	for _, t := range r.Types {
		if t = fold.Text(t); t != "" {
			out = append(out, t)
		}
	}
	p.writeLines(out)
}

func (p *printer) database(r *record.Record) { p.write(r.Source.Database) }

func (p *printer) provider(r *record.Record) { p.write(r.Source.Platform) }

func (p *printer) languages(r *record.Record) {
	var out []string
	for _, l := range r.Languages {
		out = append(out, fold.Text(l))
	}
	p.put(p.at, strings.Join(out, ", "))
}

func (p *printer) links(r *record.Record) {
	for _, u := range r.URLs {
		p.write(u)
	}
}

func (p *printer) accessed(r *record.Record) {
	for _, e := range r.Events {
		if e.Kind == record.Accessed {
			p.write(dateText(e.Date))
		}
	}
}

func (p *printer) pmcid(r *record.Record) { p.write(string(r.PMCID)) }

// identifiers writes the numbers that no field holds, each behind its scheme.
func (p *printer) identifiers(r *record.Record) {
	var out []string
	for _, x := range r.Identifiers {
		inNumber := x.Scheme == "number" && numberMeans[p.typ.name] == ownNumber
		if value := fold.Text(x.Value); value != "" && slices.Contains(schemes, x.Scheme) && !p.isOwnNumber(x) && !inNumber {
			out = append(out, x.Scheme+":"+value)
		}
	}
	p.writeLines(out)
}

func (p *printer) registrations(r *record.Record) {
	var out []string
	for _, reg := range r.Registrations {
		out = append(out, fold.Text(reg.ID))
	}
	p.writeLines(out)
}

func (p *printer) articleNumber(r *record.Record) {
	if r.Kind == record.JournalArticle || r.Kind == record.ConferencePaper {
		p.write(r.In.ArticleNumber)
	}
}
