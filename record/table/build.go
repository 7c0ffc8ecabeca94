package table

import (
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// item is one cell that is not empty, with the name of its column.
type item struct {
	tag   string
	value string
}

// builder makes one record of the cells of a row.
type builder struct {
	r      *record.Record
	line   int
	commas bool
	own    bool     // the table was written by this package
	d      *dialect // the tool whose table it is

	yearCell, dateCell, monthCell, dayCell item
	first, last                            item   // pages
	full                                   item   // authors with their names in full
	fullAt                                 int    // its place in Extra
	cited, from                            string // citations of PubMed and Embase
}

// finish settles what several columns decide together.
func (b *builder) finish() {
	b.settleNames()
	b.settleCitation()
	b.settleEmbaseSource()
	b.settleDate()
	b.settlePages()
	b.settleSource()
	if b.r.DOI == "" {
		b.doiOfLinks()
	}
	record.SetFlags(b.r)
}

// settleSource names the database and platform that the tool is or stands for, where
// the table does not say.
func (b *builder) settleSource() {
	src := &b.r.Source
	if src.Database == "" {
		src.Database = b.d.database
	}
	if src.Platform == "" {
		src.Platform = b.d.platform
	}
}

func (b *builder) problem(it item, code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: b.line, Tag: it.tag, Code: code, Text: text, Value: record.Cut(clean(it.value))})
}

// keep puts a cell into Extra, with its lines. So does what a second column for one
// field says differently: that there are two was reported with the header.
func (b *builder) keep(it item) {
	if value := cleanLines(it.value); value != "" {
		b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: it.tag, Value: value, Line: b.line})
	}
}

// clean folds white space and leaves control characters out.
func clean(s string) string { return fold.Text(s) }

// cleanLines does the same for each line; empty lines go.
func cleanLines(s string) string {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
		return clean(s)
	}
	var lines []string
	for _, l := range strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if l = clean(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// unmark takes inline markup out. A text in which "<" stands for something else too
// is no markup: it stays as it is; so does one that this package wrote, which is
// plain already.
func (b *builder) unmark(s string) string {
	if b.own || strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	if text := fold.Unmark(s); strings.IndexByte(text, '<') < 0 {
		return text
	}
	return s
}

func (b *builder) set(field *string, value string, it item) {
	switch {
	case *field == "":
		*field = value
	case *field != value:
		b.keep(it)
	}
}

// single reads a column whose value goes into a field as it is.
func single(field func(*record.Record) *string) func(*builder, item) {
	return func(b *builder, it item) { b.set(field(b.r), clean(it.value), it) }
}

// plain reads a column whose value may hold inline markup.
func plain(field func(*record.Record) *string) func(*builder, item) {
	return func(b *builder, it item) { b.set(field(b.r), clean(b.unmark(it.value)), it) }
}

func (b *builder) key(it item) { b.set(&b.r.Key, clean(it.value), it) }

func (b *builder) title(it item) { b.set(&b.r.Title, clean(b.unmark(it.value)), it) }

func (b *builder) journal(it item) { b.set(&b.r.In.Title, clean(b.unmark(it.value)), it) }

func (b *builder) abstract(it item) {
	text := cleanLines(b.unmark(it.value))
	if b.r.Abstract.Text == "" {
		b.r.Abstract = record.NewAbstract(text)
	} else if b.r.Abstract.Text != text {
		b.keep(it)
	}
}

func (b *builder) year(it item)      { b.cell(&b.yearCell, it) }
func (b *builder) date(it item)      { b.cell(&b.dateCell, it) }
func (b *builder) month(it item)     { b.cell(&b.monthCell, it) }
func (b *builder) day(it item)       { b.cell(&b.dayCell, it) }
func (b *builder) startPage(it item) { b.cell(&b.first, it) }
func (b *builder) endPage(it item)   { b.cell(&b.last, it) }

func (b *builder) cell(at *item, it item) {
	it.value = clean(it.value)
	switch {
	case at.value == "":
		*at = it
	case at.value != it.value:
		b.keep(it)
	}
}

// whole takes the ".0" off a number that a spreadsheet or a data frame made a
// decimal one.
func whole(s string) string {
	head, ok := strings.CutSuffix(s, ".0")
	if ok && head != "" && strings.Trim(head, "0123456789") == "" {
		return head
	}
	return s
}

// settleDate puts the columns of year, date, month and day together. The year is
// that of its column; a date of another year is kept as it stands.
func (b *builder) settleDate() {
	r := b.r
	if it := b.yearCell; it.value != "" {
		d, ok := yearOf(whole(it.value))
		r.Date = d
		if !ok {
			b.problem(it, record.CodeDate, "expected a year; it is kept as text")
		}
	}
	if it := b.dateCell; it.value != "" {
		d, ok := record.ParseDate(fromSpreadsheet(it.value, r.Date.Year))
		if d == (record.Date{Year: d.Year}) && len(it.value) > 4 || strings.Count(it.value, "/") == 1 && strings.HasSuffix(it.value, "/") {
			d.Text = it.value // "1723~", "2015-01/"
		}
		switch {
		case r.Date.IsZero(), r.Date == (record.Date{Year: d.Year}):
			r.Date = d
			if !ok {
				b.problem(it, record.CodeDate, "expected a date; it is kept as text")
			}
		case d.Year == 0 && d.Month != 0 && r.Date == (record.Date{Year: r.Date.Year}):
			d.Year, d.Text = r.Date.Year, ""
			r.Date = d
		case d != r.Date:
			b.keep(it)
			if ok && d.Year != r.Date.Year {
				b.problem(it, record.CodeDate, "a date of another year than that of the year's column, which stands")
			}
		}
	}
	b.monthAndDay()
}

// fromSpreadsheet gives a date that a spreadsheet wrote with two digits of its year,
// "1-Feb-20", in words, where the whole year is known.
func fromSpreadsheet(s string, year int) string {
	parts := strings.Split(s, "-")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) != 3 || len(parts[2]) != 2 || parts[2] != strconv.Itoa(year%100 + 100)[1:] {
		return s
	}
	return strconv.Itoa(year) + " " + parts[1] + " " + parts[0]
}

// yearOf reads a year; of one before 1000, which ParseDate takes for another number,
// all four digits must be there.
func yearOf(s string) (record.Date, bool) {
	if n, err := strconv.Atoi(s); err == nil && len(s) == 4 && s[0] == '0' && n > 0 {
		return record.Date{Year: n}, true
	}
	return record.ParseDate(s)
}

// monthAndDay reads columns of their own for these.
func (b *builder) monthAndDay() {
	d := &b.r.Date
	if it := b.monthCell; it.value != "" {
		m, ok := record.ParseDate("2000 " + whole(it.value))
		switch {
		case !ok || m.Month == 0 || d.Year == 0 || d.Month != 0 && d.Month != m.Month:
			b.keep(it)
		default:
			d.Month = m.Month
			if d.Day == 0 {
				d.Day = m.Day
			}
		}
	}
	if it := b.dayCell; it.value != "" {
		m, ok := record.ParseDate("2000 Jan " + whole(it.value))
		switch {
		case !ok || m.Day == 0 || d.Month == 0 || d.Day != 0 && d.Day != m.Day:
			b.keep(it)
		default:
			d.Day = m.Day
		}
	}
}

// settlePages makes a range of first and last page where no column has one.
func (b *builder) settlePages() {
	first, last := b.first.value, b.last.value
	pages := first
	if first == "" {
		pages = last
	} else if last != "" && last != first {
		pages = first + "-" + last
	}
	switch {
	case pages == "":
	case b.r.In.Pages == "":
		b.r.In.Pages = pages
	default:
		if from, to := b.r.In.PageRange(); from == first && (last == "" || to == last) {
			return
		}
		b.keep(b.first)
		b.keep(b.last)
	}
}

func (b *builder) doi(it item) {
	value := clean(it.value)
	doi, ok := record.ParseDOI(value)
	if !ok {
		var at int
		if doi, at, _ = record.FindDOI(value); at < 0 {
			b.keep(it)
			b.problem(it, record.CodeDOI, "expected a DOI; it is kept as it is")
			return
		}
		b.keep(it)
		b.problem(it, record.CodeDOI, "expected a DOI and nothing else; the first in the cell was taken")
	}
	switch b.r.DOI {
	case "":
		b.r.DOI = doi
	case doi:
	default:
		b.identifier("doi", string(doi))
	}
}

func (b *builder) pmid(it item) {
	id, ok := record.ParsePMID(whole(clean(it.value)))
	if !ok {
		b.keep(it)
		b.problem(it, record.CodeIdentifier, "expected a PubMed number; it is kept as it is")
		return
	}
	b.set((*string)(&b.r.PMID), string(id), it)
}

func (b *builder) pmcid(it item) {
	id, ok := record.ParsePMCID(whole(clean(it.value)))
	if !ok {
		b.keep(it)
		b.problem(it, record.CodeIdentifier, "expected a number of PubMed Central; it is kept as it is")
		return
	}
	b.set((*string)(&b.r.PMCID), string(id), it)
}

func (b *builder) identifier(scheme, value string) {
	if value != "" {
		b.r.Identifiers = distinct.Append(b.r.Identifiers, record.Identifier{Scheme: scheme, Value: value})
	}
}

func (b *builder) accession(it item) {
	for _, v := range values(it.value) {
		b.identifier("accession", v)
	}
}

// identifiers reads "pii:S0140; arxiv:2012.00001".
func (b *builder) identifiers(it item) {
	for _, v := range values(it.value) {
		scheme, value, ok := strings.Cut(v, ":")
		if !ok || strings.TrimSpace(scheme) == "" {
			b.keep(item{it.tag, v})
			continue
		}
		b.identifier(strings.ToLower(strings.TrimSpace(scheme)), strings.TrimSpace(value))
	}
}

// serials reads ISSNs and ISBNs, one also in the column of the other.
func (b *builder) serials(it item) {
	found, left := b.r.In.AddSerialNumbers(clean(it.value))
	if found && len(left) == 0 {
		return
	}
	if found {
		it.value = strings.Join(left, "; ")
	}
	b.keep(it)
	b.problem(it, record.CodeIdentifier, "expected an ISSN or ISBN with its right check digit; it is kept as it is")
}

// values parts a list at semicolons that a blank or the end follows: numbers and
// links may have others in them.
func values(s string) []string {
	return namelist.Pieces(clean(s)+" ", "; ")
}

// kind reads a column of types: kinds of works, and publication types.
func (b *builder) kind(it item) {
	for _, part := range namelist.Pieces(clean(it.value), ";") {
		w, ok := works[spelling(part)]
		if ok && (b.r.Kind == record.KindUnknown || b.r.Kind == w.kind) {
			b.r.Kind = w.kind
		}
		if !ok || w.more || b.r.Kind != w.kind {
			b.publicationType(part)
		}
	}
}

func (b *builder) types(it item) {
	for _, part := range namelist.Pieces(clean(it.value), ";") {
		b.publicationType(part)
	}
}

func (b *builder) publicationType(t string) {
	b.r.Types = distinct.Append(b.r.Types, t)
}

func (b *builder) languages(it item) {
	for _, part := range strings.FieldsFunc(clean(it.value), func(r rune) bool { return r == ';' || r == ',' || r == '|' }) {
		if l := record.Language(part); l != "" {
			b.r.Languages = distinct.Append(b.r.Languages, l)
		}
	}
}

func (b *builder) keywords(it item) {
	b.r.Keywords = append(b.r.Keywords, b.listed(b.unmark(clean(it.value)))...)
}

// headings reads subject headings as MEDLINE writes them: "*Depression/therapy".
func headings(scheme string) func(*builder, item) {
	return func(b *builder, it item) {
		for _, part := range namelist.Pieces(clean(it.value), ";") {
			b.r.Headings = append(b.r.Headings, heading(part, scheme))
		}
	}
}

func heading(s, scheme string) record.Heading {
	h := record.Heading{Scheme: scheme}
	parts := strings.Split(s, "/")
	h.Term, h.Major = strings.CutPrefix(strings.TrimSpace(parts[0]), "*")
	for _, p := range parts[1:] {
		q := record.Qualifier{}
		q.Term, q.Major = strings.CutPrefix(strings.TrimSpace(p), "*")
		h.Qualifiers = append(h.Qualifiers, q)
	}
	return h
}

func (b *builder) urls(it item) {
	var rest []string
	for _, u := range values(it.value) {
		for _, u := range strings.Fields(u) {
			switch {
			case !b.own && b.behindLink() && !strings.ContainsAny(u, ".:/%"): // a tag and a number that were glued to a link: "… U2 - L632000001"
				rest = append(rest, u)
			default:
				b.r.URLs = distinct.Append(b.r.URLs, u)
			}
		}
	}
	b.keep(item{it.tag, strings.Join(rest, " ")})
}

// behindLink tells whether the last link is one for sure.
func (b *builder) behindLink() bool {
	n := len(b.r.URLs)
	return n > 0 && strings.Contains(b.r.URLs[n-1], "://")
}

// doiOfLinks takes the DOI of a record without one from a link that resolves it.
func (b *builder) doiOfLinks() {
	for _, u := range b.r.URLs {
		if !strings.Contains(u, "doi.org/10.") {
			continue
		}
		if doi, ok := record.ParseDOI(u); ok {
			b.r.DOI = doi
			return
		}
	}
}

func (b *builder) registrations(it item) {
	for _, v := range values(it.value) {
		reg, ok := record.ParseRegistration(v)
		if at := strings.LastIndexByte(v, ' '); !ok && at > 0 && !strings.ContainsAny(v[:at], " :;") { // "CTGOV NCT00000001"
			reg, ok = record.ParseRegistration(v[at+1:])
		}
		if register, id, named := strings.Cut(v, ": "); !ok && named {
			reg, ok = record.Registration{Registry: register, ID: id}, true
		}
		switch {
		case !ok:
			b.keep(item{it.tag, v})
		default:
			b.r.Registrations = distinct.Append(b.r.Registrations, reg)
		}
	}
}

func (b *builder) notes(it item) {
	if text := cleanLines(it.value); text != "" {
		b.r.Notes = append(b.r.Notes, strings.Split(text, "\n")...)
	}
}

func (b *builder) flags(it item) {
	f := &b.r.Flags
	for _, word := range namelist.Pieces(clean(it.value), ";") {
		switch word {
		case "retracted":
			f.Retracted = true
		case "expression-of-concern":
			f.Concern = true
		case "corrected":
			f.Corrected = true
		case "notice":
			f.Notice = true
		default:
			b.keep(item{it.tag, word})
		}
	}
}

// others reads what the writer put into the last column: "name: value", a line each.
func (b *builder) others(it item) {
	for _, line := range strings.FieldsFunc(it.value, func(r rune) bool { return r == '\n' || r == '\r' }) {
		name, value, ok := cutName(line)
		if !ok {
			b.keep(item{it.tag, line})
			continue
		}
		b.keep(item{clean(name), value})
	}
}
