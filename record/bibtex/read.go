package bibtex

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file makes a record of an entry: the meaning of its fields.

// builder gathers a record from the fields of one entry. One builder makes the
// records of a whole file, one after the other, in the same room.
type builder struct {
	r      *record.Record
	e      *entry
	waits  [slots]*field
	people []record.Contributor
	extras []placed
	late   bool // extras were added out of the order of the file
	at     int  // index of the field being read
	seen   names
	tex    texReader
	list   nameList
}

// placed is an extra tag and the index of its field, so that those that were
// decided late still stand in the order of the file.
type placed struct {
	tag record.ExtraTag
	at  int
}

// newRecord makes the record of an entry by itself.
func newRecord(e *entry) *record.Record { return new(builder).record(e) }

// record makes the record of an entry whose parents have been inherited from.
func (b *builder) record(e *entry) *record.Record {
	b.begin(e)
	for i := range e.fields {
		b.at = i
		f := &e.fields[i]
		f.at = i
		counted := false
		if base := numbered(f); base != "" && len(e.fields) < 1000 && e.has(base) {
			named := *f
			named.name, named.term, counted = base, termOf(base), true
			f = &named
		}
		repeated := b.seen.add(f) && !counted
		b.read(f)
		if tooDeep(f.value) {
			b.problem(f, record.CodeTooDeep, "commands stand too deep in each other: the inner ones are left out, their text is kept")
		}
		if repeated {
			b.problem(f, record.CodeRepeatedTag, "the field came before in this entry: the first value counts, this one is kept as it allows")
		}
	}
	b.finish()
	record.SetFlags(b.r)
	return b.r
}

func (b *builder) begin(e *entry) {
	b.e, b.r = e, &record.Record{Key: e.key, Problems: e.problems}
	b.r.Source.Line = e.line
	b.waits = [slots]*field{}
	b.people, b.extras, b.late = b.people[:0], b.extras[:0], false
	b.seen.reset()
}

// read gives a field its place: its slot, its reader, or the extras.
func (b *builder) read(f *field) {
	var known *row
	if f.term != nil {
		known = f.term.row
	}
	switch {
	case known == nil:
		b.extra(f, b.extraText(f))
	case known.slot != noSlot && b.waits[known.slot] == nil:
		b.waits[known.slot] = f
	case known.slot != noSlot || known.read == nil:
		b.extra(f, b.tex.plain(f.value))
	default:
		known.read(b, f)
	}
}

// numbered gives the name that the writer put a number behind, "title" for
// "title-2", because most programs forget all but one of two fields of a name.
func numbered(f *field) string {
	name := f.name
	i := strings.LastIndexByte(name, '-')
	if i <= 0 || f.term != nil && f.term.row != nil {
		return ""
	}
	if n, err := strconv.Atoi(name[i+1:]); err != nil || n < 2 || n > 999 || name[i+1] == '0' || name[i+1] == '+' {
		return ""
	}
	return name[:i]
}

// names are the names of fields that came in an entry.
type names struct {
	terms [4]uint64 // by number
	few   []string  // others
	many  map[string]bool
}

func (n *names) reset() { n.terms, n.few, n.many = [4]uint64{}, n.few[:0], nil }

// add takes in the name of a field and tells whether it came before.
func (n *names) add(f *field) (came bool) {
	if t := f.term; t != nil && t.number < 64*len(n.terms) {
		bit := uint64(1) << (t.number % 64)
		came = n.terms[t.number/64]&bit != 0
		n.terms[t.number/64] |= bit
		return came
	}
	const few = 32
	switch {
	case n.many != nil:
		came = n.many[f.name]
		n.many[f.name] = true
	case len(n.few) < few:
		came = slices.Contains(n.few, f.name)
		n.few = append(n.few, f.name)
	default:
		n.many = map[string]bool{}
		for _, name := range n.few {
			n.many[name] = true
		}
		return n.add(f)
	}
	return came
}

// extraText gives the text of a field that this package gives no meaning to. What
// programs write about files is no TeX.
func (b *builder) extraText(f *field) string {
	switch f.name {
	case "file", "localfile", "fulltext", "pdf":
		return strings.TrimSpace(f.value)
	}
	return b.tex.plain(f.value)
}

func (b *builder) problem(f *field, code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: f.line, Tag: f.name, Code: code, Text: text, Value: f.value})
}

// extra keeps what no field of the record holds.
func (b *builder) extra(f *field, value string) {
	if value == "" {
		return
	}
	b.extras = append(b.extras, placed{record.ExtraTag{Tag: f.name, Value: value, Line: f.line}, b.at})
}

// set fills in a value that there is one of; a further one is kept as extra.
func (b *builder) set(f *field, at *string, value string) {
	switch {
	case value == "" || *at == value:
	case *at == "":
		*at = value
	default:
		b.extra(f, value)
	}
}

// finish decides what waited for the rest of the entry.
func (b *builder) finish() {
	b.kind()
	b.r.Title = b.withSubtitle(slotTitle, slotSubtitle)
	b.container()
	b.publisher()
	b.numbers()
	b.date()
	b.eprint()
	b.gather()
}

// gather gives the record its people and extra tags, at their final size.
func (b *builder) gather() {
	b.r.People = slices.Clone(b.people)
	if len(b.people) == 0 {
		b.r.People = nil
	}
	if len(b.extras) == 0 {
		return
	}
	if b.late {
		slices.SortStableFunc(b.extras, func(x, y placed) int { return cmp.Compare(x.at, y.at) })
	}
	b.r.Extra = make(record.Extra, len(b.extras))
	for i := range b.extras {
		b.r.Extra[i] = b.extras[i].tag
	}
}

// take gives the text that waits in a slot and empties it.
func (b *builder) take(s slot) string {
	f := b.waits[s]
	if f == nil {
		return ""
	}
	b.waits[s] = nil
	return b.tex.plain(f.value)
}

// keep moves what waits in a slot to the extras.
func (b *builder) keep(s slot) {
	f := b.waits[s]
	if f == nil {
		return
	}
	b.waits[s] = nil
	b.at, b.late = f.at, true
	b.extra(f, b.tex.plain(f.value))
}

// kind sets the kind of the work, and keeps the type where the kind alone would
// not bring it back.
func (b *builder) kind() {
	subtype := ""
	if f := b.waits[slotSubtype]; f != nil {
		subtype = strings.ToLower(b.tex.plain(f.value))
	}
	kind, used := b.e.kindOf(subtype)
	b.r.Kind = kind
	if used {
		b.waits[slotSubtype] = nil
	} else {
		b.keep(slotSubtype)
	}
	if !used && (b.e.term == nil || !b.e.term.sure) {
		b.late = true
		b.extras = append(b.extras, placed{record.ExtraTag{Tag: entryType, Value: b.e.kind, Line: b.e.line}, -1})
	}
	if kind == record.KindUnknown && !used {
		b.r.Problems = append(b.r.Problems, record.Problem{Line: b.e.line, Tag: "@" + b.e.kind, Code: record.CodeUnknownType,
			Text: "the type is none of BibTeX or BibLaTeX: the kind of the work is not known"})
	}
}

// entryType is the extra tag that holds the type of an entry.
const entryType = "entrytype"

// withSubtitle joins a title and its subtitle as a title page does.
func (b *builder) withSubtitle(title, subtitle slot) string {
	t, s := b.take(title), b.take(subtitle)
	switch {
	case s == "":
		return t
	case t == "":
		return s
	case strings.HasSuffix(t, "?") || strings.HasSuffix(t, "!") || strings.HasSuffix(t, ":") || strings.HasSuffix(t, "."):
		return t + " " + s
	}
	return t + ": " + s
}

// container names the journal or book. A full title beside an abbreviated one,
// as in the AMS's files, makes the latter the abbreviation.
func (b *builder) container() {
	in := &b.r.In
	first, firstSub, second := slotBook, slotBookSub, slotJournal
	if inJournal(b.r.Kind) || b.waits[slotBook] == nil {
		first, firstSub, second = slotJournal, slotJournalSub, slotBook
	}
	if b.waits[slotFullJournal] != nil && b.waits[first] != nil && first == slotJournal && in.Abbrev == "" {
		in.Abbrev = b.take(slotJournal)
		in.Title = b.take(slotFullJournal)
	} else {
		in.Title = b.withSubtitle(first, firstSub)
	}
	if in.Title == "" {
		in.Title = b.withSubtitle(second, noSlot)
	}
	if in.Title == "" && b.r.Kind == record.Audiovisual { // the series that an episode, the album that a song is of
		in.Title = b.take(slotMain)
	}
	for _, s := range []slot{slotMain, second, slotFullJournal, slotJournalSub, slotBookSub} {
		b.keep(s)
	}
}

// publisher fills in the one name that the container has room for.
func (b *builder) publisher() {
	order := []slot{slotPublisher, slotInstitution, slotSchool, slotOrganization}
	switch b.r.Kind {
	case record.Thesis:
		order = []slot{slotSchool, slotInstitution, slotPublisher, slotOrganization}
	case record.Report:
		order = []slot{slotInstitution, slotPublisher, slotSchool, slotOrganization}
	}
	for _, s := range order {
		if b.r.In.Publisher == "" {
			b.r.In.Publisher = b.take(s)
		} else {
			b.keep(s)
		}
	}
}

// numbers reads number and issue, which mean one thing in a journal, another in
// a series, and a third for a report.
func (b *builder) numbers() {
	in := &b.r.In
	number := b.take(slotNumber)
	if number == "" {
		in.Issue = b.take(slotIssue)
		return
	}
	if scheme, ok := numberSchemes[b.r.Kind]; ok {
		b.r.Identifiers = append(b.r.Identifiers, record.Identifier{Scheme: scheme, Value: number})
		number = ""
	}
	if inBook(b.r.Kind) && in.Series != "" && number != "" {
		if in.SeriesVolume == "" {
			in.SeriesVolume, number = number, ""
		}
	}
	in.Issue = number
	if in.Issue == "" {
		in.Issue = b.take(slotIssue)
	}
	b.keep(slotIssue)
}

// numberSchemes are the kinds whose "number" is the document's own.
var numberSchemes = map[record.Kind]string{
	record.Report: "report-number", record.Patent: "patent-number", record.Standard: "standard-number",
}

// date reads date, or else year, month and day.
func (b *builder) date() {
	r := b.r
	inPress := r.Date.InPress
	f := b.waits[slotDate]
	if f == nil {
		b.yearMonthDay()
	} else {
		text := dateText(f.value)
		b.waits[slotDate] = nil
		d, ok := readDate(text)
		if !ok && text != "" && !extended(text) {
			b.problem(f, record.CodeDate, "not a date that can be read: kept as text")
		}
		r.Date = d
		b.beside()
	}
	r.Date.InPress = r.Date.InPress || inPress
}

func (b *builder) yearMonthDay() {
	f := b.waits[slotYear]
	if f == nil {
		f = b.waits[slotMonth]
	}
	if f == nil {
		b.keep(slotDay)
		return
	}
	year := ""
	if y := b.waits[slotYear]; y != nil {
		year, b.waits[slotYear] = dateText(y.value), nil
	}
	month := b.take(slotMonth)
	if f := b.waits[slotDay]; f != nil && namesOtherMonth(b.tex.plain(f.value), month) {
		b.keep(slotDay)
	}
	d, ok := joinDate(year, month, b.take(slotDay))
	if !ok && d.Text != "" && !extended(d.Text) {
		b.problem(f, record.CodeDate, "not a date that can be read: kept as text")
	}
	b.r.Date = d
}

// beside looks at year, month and day beside a date: they are kept where they
// say something else.
func (b *builder) beside() {
	d := &b.r.Date
	for _, part := range []struct {
		slot slot
		same int
	}{{slotYear, d.Year}, {slotMonth, d.Month}, {slotDay, d.Day}} {
		f := b.waits[part.slot]
		if f == nil {
			continue
		}
		text := b.tex.plain(f.value)
		n, ok := monthNumber(text)
		if part.slot == slotYear {
			alone, _ := joinDate(text, "", "")
			n, ok = alone.Year, alone == record.Date{Year: alone.Year}
		}
		if part.slot == slotMonth && d.Month == 0 && d.Year != 0 && d.Season == record.NoSeason && ok && d.EndYear == 0 && d.Text == "" {
			d.Month = n
			b.waits[part.slot] = nil
			continue
		}
		if ok && n == part.same {
			b.waits[part.slot] = nil
			continue
		}
		b.keep(part.slot)
	}
}

// eprint reads the number in an archive by the archive's name.
func (b *builder) eprint() {
	f := b.waits[slotEprint]
	if f == nil {
		b.keep(slotEprintType)
		return
	}
	number := verbatim(f.value)
	scheme := ""
	if t := b.waits[slotEprintType]; t != nil {
		scheme = strings.ToLower(b.tex.plain(t.value))
	}
	if scheme == "" && looksLikeArXiv(number) {
		scheme = "arxiv"
	}
	switch id, pmid := record.ParsePMID(number); {
	case number == "":
		b.keep(slotEprintType)
		return
	case scheme == "":
		b.keep(slotEprint)
		return
	case (scheme == "pubmed" || scheme == "pmid" || scheme == "medline") && pmid && (b.r.PMID == "" || b.r.PMID == id):
		b.r.PMID = id
	case scheme == "arxiv":
		for len(number) > 6 && strings.EqualFold(number[:6], "arxiv:") {
			number = strings.TrimSpace(number[6:])
		}
		b.identifier(scheme, number)
	default:
		b.identifier(scheme, number)
	}
	b.waits[slotEprint], b.waits[slotEprintType] = nil, nil
}

// identifier adds a number that names the work, once.
func (b *builder) identifier(scheme, value string) {
	id := record.Identifier{Scheme: scheme, Value: value}
	if !slices.Contains(b.r.Identifiers, id) {
		b.r.Identifiers = append(b.r.Identifiers, id)
	}
}

// looksLikeArXiv tells whether a number has one of arXiv's two forms:
// 1501.00001 and hep-th/9901001.
func looksLikeArXiv(s string) bool {
	if len(s) > 6 && strings.EqualFold(s[:6], "arxiv:") {
		return true
	}
	s, _, _ = strings.Cut(s, "v")
	if a, n, ok := strings.Cut(s, "/"); ok {
		return len(n) == 7 && digits(n) && a != ""
	}
	a, n, ok := strings.Cut(s, ".")
	return ok && len(a) == 4 && digits(a) && (len(n) == 4 || len(n) == 5) && digits(n)
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
