package ris

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/distinct"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// builder makes records, one after another; its lists keep their room.
type builder struct {
	r    *record.Record
	from source
	code string // of TY, in capitals

	journals [shortest + 1][]item
	book     item // BT
	dates    []dated
	sp, ep   item
	n2       []item
	words    []item // KW
	maybe    []item // values that may hold a DOI, best first when sorted by rank
	names    map[string]int
	halfName string // the last name, where it had neither comma nor initials

	addresses []item
	orcids    []item

	proCite  bool
	labelled []item // its notes that name a field

	rest    []item   // room of settleJournal
	unknown []string // tags that have been reported
}

// begin empties the builder for a new record.
func (b *builder) begin() {
	for i := range b.journals {
		b.journals[i] = emptied(b.journals[i])
	}
	b.r, b.from, b.code, b.proCite = &record.Record{}, source{}, "", false
	b.book, b.sp, b.ep, b.names, b.halfName = item{}, item{}, item{}, nil, ""
	b.dates, b.n2, b.words, b.maybe = emptied(b.dates), emptied(b.n2), emptied(b.words), emptied(b.maybe)
	b.addresses, b.orcids, b.labelled = emptied(b.addresses), emptied(b.orcids), emptied(b.labelled)
	b.rest, b.unknown = emptied(b.rest), emptied(b.unknown)
}

// emptied gives a list its room back without what it held.
func emptied[T any](list []T) []T {
	clear(list)
	return list[:0]
}

// build makes a record. hint is what header lines of the file say about its source.
func (b *builder) build(items []item, hint source) *record.Record {
	b.begin()
	b.survey(items, hint)
	typed := false
	for i := range items {
		it := &items[i]
		switch {
		case it.slot == typeSlot && !typed: // survey has read it
			typed = true
		case it.value == "" || !it.tidy && strings.TrimSpace(it.value) == "":
		case it.read != nil:
			it.read(b, *it)
		case it.slot == typeSlot:
			b.second(*it)
		default:
			b.unread(*it)
		}
	}
	b.finish()
	return b.r
}

// unread keeps a value that no field holds.
func (b *builder) unread(it item) {
	if it.unknown && !distinct.Has(b.unknown, it.tag) {
		b.unknown = append(b.unknown, it.tag)
		b.problem(it, record.CodeUnknownTag, "RIS has no such tag; its values are kept as they are")
	}
	b.keep(it)
}

// survey learns what must be known before the first field is read: the kind of
// the work, where the record is from, and how many people it has.
func (b *builder) survey(items []item, hint source) {
	var said source
	people, kept := 0, 0
	for i := range items {
		switch it := &items[i]; {
		case it.slot == typeSlot:
			if b.code == "" {
				b.kind(*it)
			}
		case it.person:
			people++
		case it.origin:
			b.from.look(it, &said)
		case it.read == nil:
			kept++
		case it.tag == "N1":
			b.proCite = b.proCite || isProCite(it.value)
		}
	}
	b.from.settle(said, hint)
	if people > 0 {
		b.r.People = make([]record.Contributor, 0, people)
	}
	if kept > 0 {
		b.r.Extra = append(make(record.Extra, 0, len(b.r.Extra)+kept), b.r.Extra...)
	}
}

// finish settles what several tags decide together.
func (b *builder) finish() {
	b.settleProCite()
	b.settlePeople()
	b.settleJournal()
	b.settleDate()
	b.settlePages()
	b.settleAbstract()
	b.settleKeywords()
	b.settleDOI()
	b.settleSource()
	if len(b.r.People) == 0 {
		b.r.People = nil
	}
	if len(b.r.Extra) == 0 {
		b.r.Extra = nil
	}
	if byLine := func(x, y record.ExtraTag) int { return x.Line - y.Line }; !slices.IsSortedFunc(b.r.Extra, byLine) {
		slices.SortStableFunc(b.r.Extra, byLine)
	}
	record.SetFlags(b.r)
}

func (b *builder) settleSource() {
	b.r.Source.Database, b.r.Source.Platform = b.from.database, b.from.platform
	if b.code == "INPR" {
		b.r.Date.InPress = true
	}
}

// kind reads TY.
func (b *builder) kind(it item) {
	value := it.clean()
	if value == "" {
		b.problem(it, record.CodeMissingStart, "TY has no value: the record's kind is not known")
		return
	}
	code, ok := typeCode(strings.TrimLeft(value, "- "))
	b.code = code
	if !ok {
		b.r.Kind = record.Other
		b.keep(it)
		b.problem(it, record.CodeUnknownType, "RIS has no such type; the record's kind is read as other")
		return
	}
	b.r.Kind = kindOf[code]
	if codeOf(b.r.Kind) != code {
		b.keep(it.with(code))
	}
}

// codeOf gives the code that is written for a kind.
func codeOf(kind record.Kind) string {
	for _, k := range kinds {
		if k.kind == kind {
			return k.code
		}
	}
	for _, m := range markers {
		if m.kind == kind {
			return m.code
		}
	}
	return "GEN"
}

func (b *builder) problem(it item, code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: it.line, Tag: it.tag, Code: code, Text: text, Value: record.Cut(it.clean())})
}

// keep puts an item into Extra.
func (b *builder) keep(it item) {
	b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: it.tag, Value: it.clean(), Line: it.line})
}

// second keeps a further value of what has one value only, and says so.
func (b *builder) second(it item) {
	b.keep(it)
	b.problem(it, record.CodeRepeatedTag, "a further value where one is allowed; the first stands, this one is kept as it is")
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
	return func(b *builder, it item) { b.set(field(b.r), it.clean(), it) }
}

func (b *builder) title(it item) { b.set(&b.r.Title, it.plain(), it) }

// shortTitle reads ST, which EndNote fills with the title itself.
func (b *builder) shortTitle(it item) {
	b.set(&b.r.ShortTitle, it.plain(), it)
}

func (b *builder) bookTitle(it item) {
	if b.book.slot != nil {
		b.second(it)
		return
	}
	b.book = it
}

// whole tells whether the work is not part of a journal or book, so that T2 is
// the series.
func whole(kind record.Kind) bool {
	return kind == record.Book || kind == record.EditedBook || kind == record.Report
}

func (b *builder) secondTitle(it item) {
	switch {
	case whole(b.r.Kind):
		b.set(&b.r.In.Series, it.plain(), it)
	case b.code == "CASE": // its name abbreviated; what it stands in is the reporter
		b.shortTitle(it)
	default:
		b.journal(fullTitle, it)
	}
}

// series reads T3. Of bills it is the legislative body, of cases the decision or
// its history, of statutes and patents the international title.
func (b *builder) series(it item) {
	if b.r.Kind == record.Legal || b.r.Kind == record.Patent {
		b.keep(it)
		return
	}
	b.set(&b.r.In.Series, it.plain(), it)
}

// volume reads VL, which of a thesis is the degree.
func (b *builder) volume(it item) {
	value := it.clean()
	if b.r.Kind == record.Thesis && !strings.ContainsAny(value, "0123456789") {
		b.publicationType(it)
		return
	}
	b.set(&b.r.In.Volume, value, it)
}

// issue reads IS, which of a patent is its number.
func (b *builder) issue(it item) {
	value := it.clean()
	if b.r.Kind == record.Patent {
		b.identifier("patent-number", value)
		return
	}
	b.set(&b.r.In.Issue, value, it)
}

// The ways in which a tag may name a journal.
const (
	fullTitle    = iota
	eitherTitle  // JO: the full title in some exports, its abbreviation in others
	abbreviation // as ISO 4 has it
	shortest     // another abbreviation, taken where there is no better one
)

func journal(way int) func(*builder, item) {
	return func(b *builder, it item) { b.journal(way, it) }
}

func (b *builder) journal(way int, it item) {
	if strings.HasPrefix(it.value, "http") {
		b.link(it)
		return
	}
	it = it.with(it.plain())
	if !distinct.HasFunc(b.journals[way], func(have item) bool { return have.value == it.value }) {
		b.journals[way] = append(b.journals[way], it)
	}
}

// settleJournal gives the container its title and abbreviation.
func (b *builder) settleJournal() {
	r := b.r
	if b.book.slot != nil {
		if title := b.book.plain(); r.Title == "" {
			r.Title = title
		} else if r.Title != title {
			b.journals[fullTitle] = slices.Insert(b.journals[fullTitle], 0, b.book.with(title))
		}
	}
	full, either := b.journals[fullTitle], b.journals[eitherTitle]
	if r.Kind == record.TrialRegister && len(full) > 0 && b.from.is("Cochrane Central") {
		b.keep(full[0]) // the scientific title of a registered trial, beside its public one
		full = full[1:]
	}
	if len(full) == 0 && len(either) > 0 {
		full, either = either[:1], either[1:]
	}
	rest := b.rest
	if len(full) > 0 {
		r.In.Title = full[0].value
		rest = append(rest, full[1:]...)
	}
	b.rest = append(append(append(rest, b.journals[abbreviation]...), either...), b.journals[shortest]...)
	for _, it := range b.rest {
		switch {
		case it.value == r.In.Title && it.tag != "J2" && it.tag != "JA", it.value == r.In.Abbrev:
		case r.In.Abbrev == "" && (it.tag != "JO" && it.tag != "T2" && it.tag != "JF" || len(it.value) <= len(r.In.Title)):
			r.In.Abbrev = it.value
		case it.tag == "NL" || it.tag == "J9":
			b.keep(it)
		default:
			b.second(it)
		}
	}
}

func (b *builder) edition(it item) {
	value := it.clean()
	if b.r.Kind == record.JournalArticle && len(value) > 5 {
		if d, ok := record.ParseDate(value); ok && d.Month != 0 && d.Text == "" {
			b.event(record.Electronic, d)
			return
		}
	}
	b.set(&b.r.In.Edition, value, it)
}

func (b *builder) event(kind record.EventKind, d record.Date) {
	b.r.Events = append(b.r.Events, record.Event{Kind: kind, Date: d})
}

// earlyAccess reads C6, which Web of Science fills with the date of early access.
func (b *builder) earlyAccess(it item) {
	if d, ok := record.ParseDate(it.value); ok && d.Year != 0 && d.Month != 0 && d.Text == "" {
		b.event(record.Electronic, d)
		return
	}
	b.custom(it)
}

// accessed reads Y2: the day a page was looked at. On Ovid it repeats Y1.
func (b *builder) accessed(it item) {
	d, ok := record.ParseDate(it.value)
	if b.from.platform == "Ovid" || !ok || d.Year == 0 || d.Text != "" {
		b.keep(it)
		return
	}
	b.event(record.Accessed, d)
}

func (b *builder) issueOrEvent(it item) {
	value := it.clean()
	if len(value) <= 8 && b.r.In.Issue == "" && !strings.Contains(value, " ") && strings.ContainsAny(value, "0123456789") {
		b.r.In.Issue = value
		return
	}
	b.set(&b.r.In.Event, value, it)
}

// publisher reads PB. Ovid writes the country under it once more.
func (b *builder) publisher(it item) {
	value := it.clean()
	if b.r.In.Publisher != "" && (value == b.r.In.Place || value == b.r.In.Country) {
		return
	}
	b.set(&b.r.In.Publisher, value, it)
}

// place reads CY, which on Ovid is the country.
func (b *builder) place(it item) {
	if b.from.platform == "Ovid" {
		b.set(&b.r.In.Country, it.clean(), it)
		return
	}
	b.set(&b.r.In.Place, it.clean(), it)
}

func (b *builder) articleNumber(it item) {
	value := it.clean()
	if strings.ContainsAny(value, " /:") || !strings.ContainsAny(value, "0123456789") {
		b.custom(it)
		return
	}
	b.set(&b.r.In.ArticleNumber, value, it)
}

func startPage(b *builder, it item) { b.page(&b.sp, it, "no") }

func endPage(b *builder, it item) { b.page(&b.ep, it, "specified") }

// page reads SP or EP. none is what stands there of "No Pagination Specified",
// cut in two: beside a page it is kept and no contradiction.
func (b *builder) page(at *item, it item, none string) {
	switch {
	case at.slot == nil:
		*at = it
	case strings.EqualFold(it.clean(), none):
		b.keep(it)
	default:
		b.second(it)
	}
}

// settlePages puts SP and EP together.
func (b *builder) settlePages() {
	sp, ep := b.sp.clean(), b.ep.clean()
	in := &b.r.In
	switch {
	case sp == "" && ep == "":
	case strings.EqualFold(sp, "no") && strings.EqualFold(ep, "specified"), sp == "":
		for _, it := range []item{b.sp, b.ep} { // "No Pagination Specified", cut in two; or an end without a start
			if it.slot != nil {
				b.keep(it)
			}
		}
	case whole(b.r.Kind) && ep == "" && in.PageCount == "" && isPageCount(sp):
		in.PageCount = sp
	case ep == "", ep == sp:
		in.Pages = sp
	case sameChapter(sp, ep):
		in.Pages = sp + "–" + ep
	case strings.ContainsAny(sp, "-–,"):
		in.Pages = sp
		if !strings.HasSuffix(sp, ep) {
			b.second(b.ep)
		}
	default:
		in.Pages = sp + "-" + ep
	}
}

// sameChapter tells whether two pages are of the form "S12-1" and "S12-9".
func sameChapter(first, last string) bool {
	chapter, _, ok := strings.Cut(first, "-")
	return ok && strings.HasPrefix(last, chapter+"-")
}

// isPageCount tells whether the SP of a whole book is how many pages it has.
func isPageCount(s string) bool {
	return digits(s) || strings.Contains(s, " p") || strings.Contains(s, "pages")
}

func (b *builder) abstract(it item) {
	text := it.paragraphs()
	switch {
	case strings.HasPrefix(text, "Copyright of ") && !b.r.Abstract.IsZero() && b.r.Abstract.Copyright == "":
		b.r.Abstract.Copyright = text
	case b.r.Abstract.Text == "":
		copyright := b.r.Abstract.Copyright
		b.r.Abstract = record.NewAbstract(text)
		b.r.Abstract.Copyright = copyright
	case b.r.Abstract.Text != text:
		b.r.OtherAbstracts = append(b.r.OtherAbstracts, record.NewAbstract(text))
		b.problem(it, record.CodeRepeatedTag, "a further abstract; it is kept among the other abstracts")
	}
}

func (b *builder) secondAbstract(it item) { b.n2 = append(b.n2, it) }

func (b *builder) settleAbstract() {
	for _, it := range b.n2 {
		text := it.paragraphs()
		switch {
		case b.r.Abstract.Text == "":
			b.r.Abstract = record.NewAbstract(text)
		case b.r.Abstract.Text != text:
			b.r.Notes = append(b.r.Notes, text)
		}
	}
}

// readNote reads N1 and RN.
func (b *builder) readNote(it item) {
	if b.proCite && isLabelled(it.clean()) {
		b.labelled = append(b.labelled, it)
		return
	}
	b.note(it)
}

func (b *builder) note(it item) {
	b.look(it)
	b.r.Notes = append(b.r.Notes, it.clean())
}

// workType reads M3: the type of work in words, in some exports the DOI, in
// PsycINFO's a class of its subject scheme ("Cognitive Therapy [3311]").
func (b *builder) workType(it item) {
	value := it.clean()
	if b.look(it) {
		return
	}
	for _, m := range markers {
		if strings.EqualFold(m.word, value) {
			b.r.Kind = m.kind
			if codeOf(m.kind) != b.code && b.r.Extra.Get("TY") == "" {
				kept := it.with(b.code)
				kept.slot = typeSlot
				b.keep(kept)
			}
			return
		}
	}
	if i := strings.LastIndex(value, " ["); i > 0 && strings.HasSuffix(value, "]") && digits(value[i+2:len(value)-1]) {
		b.keep(it)
		return
	}
	b.publicationType(it)
}

func (b *builder) publicationType(it item) {
	b.r.Types = distinct.Append(b.r.Types, it.clean())
}

func (b *builder) language(it item) {
	for rest := it.value; rest != ""; {
		part := rest
		if i := strings.IndexAny(rest, ";,\n"); i >= 0 {
			part, rest = rest[:i], rest[i+1:]
		} else {
			rest = ""
		}
		if l := record.Language(fold.Text(part)); l != "" {
			b.r.Languages = distinct.Append(b.r.Languages, l)
		}
	}
}

// funding reads FU of Web of Science: "Agency [number, number]; Agency [number]".
func (b *builder) funding(it item) {
	for _, part := range strings.Split(it.clean(), "; ") {
		agency, ids, _ := strings.Cut(part, " [")
		ids = strings.TrimSuffix(ids, "]")
		if agency = fold.Text(agency); agency != "" || ids != "" {
			b.r.Funding = append(b.r.Funding, record.Grant{Agency: agency, ID: fold.Text(ids)})
		}
	}
}

// database keeps what DB says beyond the one name that Source has.
func (b *builder) database(it item) {
	for i, name := range strings.Split(it.value, "\n") {
		name = fold.Text(name)
		if name != "" && name != b.from.database && ebscoCodes[strings.ToLower(name)] != b.from.database {
			kept := it.with(name)
			kept.line += i
			b.keep(kept)
		}
	}
}

func (b *builder) platform(it item) {
	if it.clean() != b.from.platform {
		b.keep(it)
	}
}
