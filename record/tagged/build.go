package tagged

import (
	"slices"
	"strings"
	"unicode"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// field is one tag: what its values become, and what is written under it.
// Values of a tag without read are kept in Record.Extra.
type field struct {
	tag   string
	read  func(*builder, item)
	write func(*printer, *record.Record)
}

// byTag finds a field of a table by its tag.
func byTag(fields []field) map[string]*field {
	m := make(map[string]*field, len(fields))
	for i := range fields {
		m[fields[i].tag] = &fields[i]
	}
	return m
}

// builder makes one record after the other of items. The parts behind r wait until
// all of the record's tags are known.
type builder struct {
	r *record.Record

	kind      string // the type of the work as the file names it
	people    []item // AU, where another tag may have the full names
	full      []item // AF
	addresses []item
	orcids    []item
	titles    []item // of what the work stands in, in order of preference
	shorts    []item // their abbreviations
	year      item
	date      item // month and day, or all of it
	online    item // date of early access
	first     item // page
	last      item
	span      item // pages in one
	supps     []item
	maybe     []item     // values that may hold a DOI
	source    item       // Ovid: the line of journal, volume, pages and date
	links     []item     // Ovid
	marks     [][]string // Ovid: of the addresses of each of the people
	inTitle   []string   // Ovid: types in brackets behind the title
}

// begin empties the builder for the next record; the room of its lists is kept.
func (b *builder) begin() {
	*b = builder{r: &record.Record{}, people: b.people[:0], full: b.full[:0], addresses: b.addresses[:0], orcids: b.orcids[:0], titles: b.titles[:0], shorts: b.shorts[:0],
		supps: b.supps[:0], maybe: b.maybe[:0], links: b.links[:0], marks: b.marks[:0], inTitle: b.inTitle[:0]}
}

// problem notes what is odd about an item.
func (b *builder) problem(it item, code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: it.line, Tag: it.tag, Code: code, Text: text, Value: record.Cut(fold.Text(it.value))})
}

// keep puts an item into Extra.
func (b *builder) keep(it item) {
	b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: it.tag, Value: fold.Text(it.value), Line: it.line})
}

// second keeps a further value of what has one value only, and says so.
func (b *builder) second(it item) {
	b.keep(it)
	b.problem(it, record.CodeRepeatedTag, "a further value where one is allowed; the first stands, this one is kept as it is")
}

// unknown keeps a tag that the format does not have, and says so once for each.
func (b *builder) unknown(it item, format string) {
	if b.r.Extra.Get(it.tag) == "" {
		b.problem(it, record.CodeUnknownTag, format+" has no such tag; its values are kept as they are")
	}
	b.keep(it)
}

// set fills a field that has one value. An equal second value is passed over.
func (b *builder) set(field *string, value string, it item) {
	switch {
	case *field == "":
		*field = value
	case *field != value:
		b.second(it)
	}
}

// single reads a tag whose value goes into a field as it is.
func single(field func(*record.Record) *string) func(*builder, item) {
	return func(b *builder, it item) { b.set(field(b.r), fold.Text(it.value), it) }
}

// series reads the title of a series.
func (b *builder) series(it item) { b.set(&b.r.In.Series, fold.Plain(it.value), it) }

// line writes a field with one value under a tag.
func line(tag string, value func(*record.Record) string) func(*printer, *record.Record) {
	return func(p *printer, r *record.Record) { p.line(tag, value(r)) }
}

// wait holds an item back for settling; a second one is kept as it is.
func wait(at func(*builder) *item) func(*builder, item) {
	return func(b *builder, it item) {
		switch p := at(b); {
		case p.tag == "":
			*p = it
		case fold.Text(p.value) != fold.Text(it.value):
			b.second(it)
		}
	}
}

// collect holds all items of a tag back for settling.
func collect(at func(*builder) *[]item) func(*builder, item) {
	return func(b *builder, it item) { p := at(b); *p = append(*p, it) }
}

// person reads a tag of one name.
func person(role record.Role) func(*builder, item) {
	return func(b *builder, it item) { b.person(role, name(fold.Text(it.value))) }
}

// person adds a contributor; those who are authors of a patent invented it.
func (b *builder) person(role record.Role, n record.Name) {
	if n.Family == "" && n.Given == "" && n.Literal == "" {
		return
	}
	if role == record.Author && b.r.Kind == record.Patent {
		role = record.Inventor
	}
	b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
}

// name reads a name of the form "Family, Given". One without a comma is that of a
// group, unless initials stand behind it ("YANG Y"); a comma at the end marks a
// group whose name looks like a person's, a double one inside a group with a comma
// in its name.
func name(s string) record.Name {
	if head, tail, ok := strings.Cut(s, ",,"); ok {
		return record.Name{Literal: fold.Text(head + "," + tail)}
	}
	if head, ok := strings.CutSuffix(s, ","); ok && !strings.Contains(head, ",") {
		return record.Name{Literal: strings.TrimSpace(head)}
	}
	n := record.ParseName(s)
	if n.Literal == "" && !strings.Contains(s, ",") && !initials(n.Given) {
		return record.Name{Literal: s}
	}
	return n
}

// companies end the names of firms, and look like initials.
var companies = map[string]bool{"CO": true, "LTD": true, "INC": true, "AG": true, "SA": true, "AB": true, "AS": true, "BV": true, "NV": true, "LLC": true, "PLC": true, "KK": true, "SPA": true, "SRL": true}

// initials tells whether given names are initials only, and not the end of the name
// of a firm.
func initials(given string) bool {
	for _, word := range strings.Fields(given) {
		letters := 0
		for _, r := range word {
			switch {
			case unicode.IsUpper(r):
				letters++
			case r != '.' && r != '-':
				return false
			}
		}
		if letters > 3 && !strings.Contains(word, ".") || companies[word] {
			return false
		}
	}
	return given != ""
}

// withoutSeparators takes out of a part of a name what would end it.
var withoutSeparators = strings.NewReplacer(";", " ", ",", " ")

// nameText writes a name so that it is read as the same parts.
func nameText(n record.Name, joined string) string {
	if n.Literal != "" {
		return groupText(n.Literal)
	}
	parts := make([]string, 0, 3)
	for _, p := range [...]string{n.Family, n.Given, n.Suffix} {
		if strings.ContainsAny(p, ";,") {
			p = withoutSeparators.Replace(p)
		}
		if p = fold.Text(p); p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, joined)
}

// groupText marks the name of a group that would be read as a person's.
func groupText(literal string) string {
	text := fold.Text(strings.ReplaceAll(literal, ";", ","))
	if name(text).Literal == text {
		return text
	}
	if head, tail, ok := strings.Cut(text, ","); ok {
		return head + ",," + tail
	}
	return text + ","
}

// eachLine calls f with the lines of a value that are not empty, each as an item.
func eachLine(it item, f func(item)) {
	for n, rest, more := it.line, it.value, true; more; n++ {
		var text string
		text, rest, more = strings.Cut(rest, "\n")
		if text = fold.Text(text); text != "" {
			f(item{it.tag, text, n})
		}
	}
}

// eachPart calls f with the parts of a value between semicolons that are not empty.
func eachPart(value string, f func(string)) {
	value = fold.Text(value)
	for more := true; more; {
		var part string
		part, value, more = strings.Cut(value, ";")
		if part = strings.TrimSpace(part); part != "" {
			f(part)
		}
	}
}

// keywords reads keywords with semicolons between them.
func (b *builder) keywords(it item) { eachPart(fold.Plain(it.value), b.keyword) }

func (b *builder) keyword(word string) { b.r.Keywords = append(b.r.Keywords, word) }

// workTypes reads publication types with semicolons between them.
func (b *builder) workTypes(it item) { eachPart(it.value, b.workType) }

func (b *builder) workType(t string) {
	b.r.Types = distinct.Append(b.r.Types, t)
}

func (b *builder) languages(it item) {
	eachPart(strings.ReplaceAll(fold.Text(it.value), ",", ";"), func(part string) {
		if l := strings.TrimSpace(record.Language(strings.Trim(part, ". "))); l != "" {
			b.r.Languages = distinct.Append(b.r.Languages, l)
		}
	})
}

// abstract reads AB; a second one that differs is kept among the others.
func (b *builder) abstract(it item) {
	text := fold.Paragraphs(it.value)
	switch {
	case b.r.Abstract.Text == "":
		b.r.Abstract = record.NewAbstract(text)
	case b.r.Abstract.Text != text:
		b.r.OtherAbstracts = append(b.r.OtherAbstracts, record.NewAbstract(text))
		b.problem(it, record.CodeRepeatedTag, "a further abstract; it is kept among the other abstracts")
	}
}

// note reads a note; a DOI that it says it has counts where no tag has one.
func (b *builder) note(it item) {
	value := fold.Text(it.value)
	b.r.Notes = append(b.r.Notes, value)
	if len(value) > 4 && strings.EqualFold(value[:4], "doi:") {
		b.maybe = append(b.maybe, item{it.tag, value, it.line})
	}
}

// link reads an address; one of doi.org counts as a DOI where no tag has one.
func (b *builder) link(it item) {
	value := fold.Text(it.value)
	b.r.URLs = distinct.Append(b.r.URLs, value)
	if strings.Contains(value, "doi.org/10.") {
		b.maybe = append(b.maybe, item{it.tag, value, it.line})
	}
}

// doi reads a tag that holds a DOI. A further one stands among the identifiers.
func (b *builder) doi(it item) {
	value := fold.Text(it.value)
	doi, ok := record.ParseDOI(value)
	if !ok {
		var start int
		if doi, start, _ = record.FindDOI(value); start < 0 {
			b.keep(it)
			b.problem(it, record.CodeDOI, "expected a DOI such as 10.5555/12345678; it is kept as it is")
			return
		}
		b.problem(it, record.CodeDOI, "expected nothing but a DOI; the first in the value is taken")
	}
	switch b.r.DOI {
	case "", doi:
		b.r.DOI = doi
	default:
		b.identifier("doi", string(doi))
		b.problem(it, record.CodeRepeatedTag, "another DOI; the first stands, this one is among the identifiers")
	}
}

// settleDOI takes a DOI from a note or a link where no tag of DOIs has one.
func (b *builder) settleDOI() {
	for _, it := range b.maybe {
		if b.r.DOI != "" {
			return
		}
		doi, ok := record.ParseDOI(it.value)
		if !ok {
			continue
		}
		b.r.DOI = doi
		if !strings.HasPrefix(it.value, "http") {
			b.problem(it, record.CodeMisplacedID, "the DOI is taken from here, as no tag of DOIs has one")
		}
	}
}

func (b *builder) pmid(it item) {
	id, ok := record.ParsePMID(fold.Text(it.value))
	switch {
	case !ok:
		b.keep(it)
		b.problem(it, record.CodeIdentifier, "expected a PubMed number of one to eight digits; it is kept as it is")
	case b.r.PMID == "" || b.r.PMID == id:
		b.r.PMID = id
	default:
		b.identifier("pmid", string(id))
		b.problem(it, record.CodeRepeatedTag, "another PMID; the first stands, this one is among the identifiers")
	}
}

func (b *builder) pmcid(it item) {
	id, ok := record.ParsePMCID(fold.Text(it.value))
	switch {
	case !ok:
		b.keep(it)
		b.problem(it, record.CodeIdentifier, "expected a PubMed Central number; it is kept as it is")
	case b.r.PMCID == "" || b.r.PMCID == id:
		b.r.PMCID = id
	default:
		b.second(it)
	}
}

func (b *builder) identifier(scheme, value string) {
	b.r.Identifiers = distinct.Append(b.r.Identifiers, record.Identifier{Scheme: scheme, Value: value})
}

// accession reads the number of a record in its database.
func (b *builder) accession(it item) {
	value := fold.Text(it.value)
	if reg, ok := record.ParseRegistration(value); ok {
		b.register(reg)
		return
	}
	b.identifier("accession", value)
}

func (b *builder) register(reg record.Registration) {
	b.r.Registrations = distinct.Append(b.r.Registrations, reg)
}

// serialNumbers reads ISSNs and ISBNs.
func (b *builder) serialNumbers(it item) {
	found, left := b.r.In.AddSerialNumbers(fold.Text(it.value))
	if found && len(left) == 0 {
		return
	}
	if found {
		it.value = strings.Join(left, "; ")
	}
	b.keep(it)
	b.problem(it, record.CodeIdentifier, "expected an ISSN or ISBN with its right check digit; it is kept as it is")
}

// event adds a date beside the one that the work is cited by.
func (b *builder) event(kind record.EventKind, d record.Date) {
	b.r.Events = append(b.r.Events, record.Event{Kind: kind, Date: d})
}

// settleDate puts the year and the month and day together.
func (b *builder) settleDate() {
	year, rest := fold.Text(b.year.value), fold.Text(b.date.value)
	if year == "" && rest == "" {
		return
	}
	text := rest
	switch {
	case rest == "":
		text = year
	case year != "" && !strings.Contains(rest, year):
		text = rest + " " + year
	}
	d, ok := record.ParseDate(text)
	if !ok || d.Year == 0 && !d.InPress && year != "" {
		if whole, fine := record.ParseDate(year); fine {
			b.r.Date = whole
			b.keep(b.date)
			b.problem(b.date, record.CodeDate, "expected a month, day or season; the year alone is taken, and this is kept as it is")
			return
		}
	}
	b.r.Date = d
	if !ok {
		it := b.year
		if it.tag == "" {
			it = b.date
		}
		b.problem(it, record.CodeDate, "expected a date with a year; it is kept in words")
	}
}

// settlePages puts the first and the last page together; pages in one value count
// where those are missing or are no pages.
func (b *builder) settlePages() {
	first, last, span := fold.Text(b.first.value), fold.Text(b.last.value), fold.Text(b.span.value)
	if span != "" && (first == "" || strings.Contains(first, "-")) {
		for _, it := range [...]item{b.first, b.last} {
			if it.tag != "" {
				b.keep(it)
			}
		}
		b.r.In.Pages = span
		return
	}
	switch {
	case first == "" && last == "":
		return
	case first == "":
		b.keep(b.last)
	case last == "" || last == first:
		b.r.In.Pages = first
	default:
		b.r.In.Pages = first + "-" + last
	}
	if span != "" && !samePages(span, b.r.In.Pages) {
		b.keep(b.span)
	}
}

// samePages tells whether two ways of writing pages mean the same.
func samePages(a, b string) bool {
	first, last := record.Container{Pages: a}.PageRange()
	again, end := record.Container{Pages: b}.PageRange()
	return a == b || first != "" && first == again && last == end
}

// settleContainer gives the container its title and abbreviation, each the first
// that there is; what says something else is kept.
func (b *builder) settleContainer() {
	in := &b.r.In
	for _, it := range b.titles {
		if value := fold.Plain(it.value); in.Title == "" {
			in.Title = value
		} else if value != in.Title {
			b.keep(it)
		}
	}
	for _, it := range b.shorts {
		if value := fold.Plain(it.value); in.Abbrev == "" {
			in.Abbrev = value
		} else if value != in.Abbrev {
			b.keep(it)
		}
	}
}

// give adds an affiliation to a contributor, once.
func give(c *record.Contributor, address string) {
	c.Affiliations = distinct.Append(c.Affiliations, address)
}

// finish puts what was kept into the order of the file and sets the flags.
func (b *builder) finish() *record.Record {
	slices.SortStableFunc(b.r.Extra, func(x, y record.ExtraTag) int { return x.Line - y.Line })
	record.SetFlags(b.r)
	return b.r
}
