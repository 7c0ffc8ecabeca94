package query

import (
	"github.com/evidence-go/evidence/record"
)

// part is a part of a record that words are looked for in: an item of a record's
// field, or what a searcher would call a field of its own.
type part uint8

const (
	partTitle part = iota
	partAbstract
	partOtherAbstracts
	partOriginalTitle
	partKeywords
	partHeadings     // with their qualifiers, as record.Heading.String writes them
	partHeadingNames // without
	partSupplementary
	partSubstances     // numbers with names
	partSubstanceNames // names alone
	partTypes
	partAuthors
	partAuthorsShort // "Smith J", "Smith JA"
	partFirstAuthor
	partFirstAuthorShort
	partLastAuthor
	partLastAuthorShort
	partOtherPeople
	partAffiliations
	partJournal
	partJournalAbbrev
	partCountry
	partPublisher
	partPlace
	partYear
	partDOI
	partPMID
	partPMCID
	partIdentifiers
	partRegistrations
	partDatabanks
	partISSN
	partISBN
	partVolume
	partIssue
	partPages
	partArticleNumber
	partFunding
	partNotes
	partStatus
	partSubsets
	partCount
)

// partSet is a set of parts, by bit.
type partSet uint64

func (s partSet) has(p part) bool { return s>>p&1 != 0 }

func setOf(parts ...part) partSet {
	var s partSet
	for _, p := range parts {
		s |= 1 << p
	}
	return s
}

// item is a text of a part of a record.
type item struct {
	text   string
	at     int          // index among the Values of the record's field
	within int          // where the text begins in that value
	name   *record.Name // whose value it is, where the text is another form of it
}

// partTable says which field of a record a part belongs to, and how its items are
// listed.
var partTable = [partCount]struct {
	field record.Field
	items func(dst []item, r *record.Record) []item
}{
	partTitle:            {record.FieldTitle, single(func(r *record.Record) string { return r.Title })},
	partAbstract:         {record.FieldAbstract, single(func(r *record.Record) string { return r.Abstract.Text })},
	partOtherAbstracts:   {record.FieldOtherAbstracts, values(record.FieldOtherAbstracts)},
	partOriginalTitle:    {record.FieldOriginalTitle, single(func(r *record.Record) string { return r.OriginalTitle })},
	partKeywords:         {record.FieldKeywords, several(func(r *record.Record) []string { return r.Keywords })},
	partHeadings:         {record.FieldHeadings, headingItems},
	partHeadingNames:     {record.FieldHeadings, headingNameItems},
	partSupplementary:    {record.FieldHeadings, supplementaryItems},
	partSubstances:       {"extra:RN", values("extra:RN")},
	partSubstanceNames:   {"extra:NM", values("extra:NM")},
	partTypes:            {record.FieldTypes, several(func(r *record.Record) []string { return r.Types })},
	partAuthors:          {record.FieldAuthors, fullNames(everyone)},
	partAuthorsShort:     {record.FieldAuthors, shortNames(everyone)},
	partFirstAuthor:      {record.FieldAuthors, fullNames(isFirst)},
	partFirstAuthorShort: {record.FieldAuthors, shortNames(isFirst)},
	partLastAuthor:       {record.FieldAuthors, fullNames(isLast)},
	partLastAuthorShort:  {record.FieldAuthors, shortNames(isLast)},
	partOtherPeople:      {record.FieldPeople, otherPeople},
	partAffiliations:     {record.FieldAffiliations, values(record.FieldAffiliations)},
	partJournal:          {record.FieldJournal, single(func(r *record.Record) string { return r.In.Title })},
	partJournalAbbrev:    {record.FieldJournalAbbrev, single(func(r *record.Record) string { return r.In.Abbrev })},
	partCountry:          {record.FieldCountry, single(func(r *record.Record) string { return r.In.Country })},
	partPublisher:        {record.FieldPublisher, single(func(r *record.Record) string { return r.In.Publisher })},
	partPlace:            {record.FieldPlace, single(func(r *record.Record) string { return r.In.Place })},
	partYear:             {record.FieldYear, values(record.FieldYear)},
	partDOI:              {record.FieldDOI, single(func(r *record.Record) string { return string(r.DOI) })},
	partPMID:             {record.FieldPMID, single(func(r *record.Record) string { return string(r.PMID) })},
	partPMCID:            {record.FieldPMCID, single(func(r *record.Record) string { return string(r.PMCID) })},
	partIdentifiers:      {record.FieldIdentifiers, values(record.FieldIdentifiers)},
	partRegistrations:    {record.FieldRegistrations, values(record.FieldRegistrations)},
	partDatabanks:        {"extra:SI", values("extra:SI")},
	partISSN:             {record.FieldISSN, values(record.FieldISSN)},
	partISBN:             {record.FieldISBN, values(record.FieldISBN)},
	partVolume:           {record.FieldVolume, single(func(r *record.Record) string { return r.In.Volume })},
	partIssue:            {record.FieldIssue, single(func(r *record.Record) string { return r.In.Issue })},
	partPages:            {record.FieldPages, single(func(r *record.Record) string { return r.In.Pages })},
	partArticleNumber:    {record.FieldArticleNumber, single(func(r *record.Record) string { return r.In.ArticleNumber })},
	partFunding:          {record.FieldFunding, values(record.FieldFunding)},
	partNotes:            {record.FieldNotes, several(func(r *record.Record) []string { return r.Notes })},
	partStatus:           {record.FieldStatus, single(func(r *record.Record) string { return r.Status })},
	partSubsets:          {"extra:SB", values("extra:SB")},
}

// items appends the items of a part to dst. Empty ones are left out.
func (p part) items(dst []item, r *record.Record) []item { return partTable[p].items(dst, r) }

// field is the field of a record that the part's items stand in.
func (p part) field() record.Field { return partTable[p].field }

// missing tells whether a record has nothing in a part that answers hang on.
func (p part) missing(r *record.Record) bool {
	switch p {
	case partTitle:
		return r.Title == ""
	case partAbstract:
		return r.Abstract.Text == ""
	case partHeadings, partHeadingNames:
		return !hasHeadings(r)
	}
	return len(p.items(nil, r)) == 0
}

func single(get func(*record.Record) string) func([]item, *record.Record) []item {
	return func(dst []item, r *record.Record) []item {
		if s := get(r); s != "" {
			return append(dst, item{text: s})
		}
		return dst
	}
}

func several(get func(*record.Record) []string) func([]item, *record.Record) []item {
	return func(dst []item, r *record.Record) []item {
		for i, s := range get(r) {
			if s != "" {
				dst = append(dst, item{text: s, at: i})
			}
		}
		return dst
	}
}

func values(f record.Field) func([]item, *record.Record) []item {
	return several(func(r *record.Record) []string { return r.Values(f) })
}

// supplementary is the scheme of MEDLINE's supplementary concepts, which are
// substances and diseases beside the tree of headings.
const supplementary = "mesh-supplementary"

// hasHeadings tells whether a record has subject headings, supplementary
// concepts aside.
func hasHeadings(r *record.Record) bool {
	for i := range r.Headings {
		if r.Headings[i].Scheme != supplementary {
			return true
		}
	}
	return false
}

func headingItems(dst []item, r *record.Record) []item {
	for i := range r.Headings {
		if h := &r.Headings[i]; h.Scheme != supplementary {
			dst = append(dst, item{text: headingText(h), at: i})
		}
	}
	return dst
}

// headingText is what String gives, without making it where it is there.
func headingText(h *record.Heading) string {
	if !h.Major && len(h.Qualifiers) == 0 {
		return h.Term
	}
	return h.String()
}

func headingNameItems(dst []item, r *record.Record) []item {
	for i := range r.Headings {
		if h := &r.Headings[i]; h.Scheme != supplementary {
			within := 0
			if h.Major {
				within = len("*")
			}
			dst = append(dst, item{text: h.Term, at: i, within: within})
		}
	}
	return dst
}

func supplementaryItems(dst []item, r *record.Record) []item {
	for i := range r.Headings {
		if h := &r.Headings[i]; h.Scheme == supplementary {
			dst = append(dst, item{text: headingText(h), at: i})
		}
	}
	return dst
}

// everyone, isFirst and isLast choose among n authors.
func everyone(_, _ int) bool { return true }
func isFirst(i, _ int) bool  { return i == 0 }
func isLast(i, n int) bool   { return i == n-1 }

// authors gives the authors that were chosen, with their number among all authors.
func authors(r *record.Record, chosen func(i, n int) bool, give func(i int, name *record.Name)) {
	n, i := countAuthors(r), 0
	for k := range r.People {
		if !isAuthor(&r.People[k]) {
			continue
		}
		if chosen(i, n) {
			give(i, &r.People[k].Name)
		}
		i++
	}
}

func isAuthor(c *record.Contributor) bool { return c.Role == record.Author || c.Role == "" }

func countAuthors(r *record.Record) int {
	n := 0
	for k := range r.People {
		if isAuthor(&r.People[k]) {
			n++
		}
	}
	return n
}

func fullNames(chosen func(i, n int) bool) func([]item, *record.Record) []item {
	return func(dst []item, r *record.Record) []item {
		authors(r, chosen, func(i int, name *record.Name) {
			if text := name.String(); text != "" {
				dst = append(dst, item{text: text, at: i})
			}
		})
		return dst
	}
}

// shortNames lists names as databases index them, family name and initials, once
// for each number of initials: "Smith J" finds Smith JA.
func shortNames(chosen func(i, n int) bool) func([]item, *record.Record) []item {
	return func(dst []item, r *record.Record) []item {
		authors(r, chosen, func(i int, name *record.Name) {
			if name.Literal != "" || name.Family == "" {
				return
			}
			initials := name.Initials()
			for end, c := range initials {
				text := name.Family + " " + initials[:end] + string(c)
				dst = append(dst, item{text: text, at: i, name: name})
			}
		})
		return dst
	}
}

// otherPeople lists the contributors who are not authors.
func otherPeople(dst []item, r *record.Record) []item {
	for i := range r.People {
		if role := r.People[i].Role; role != record.Author && role != "" {
			dst = append(dst, item{text: r.People[i].Name.String(), at: i})
		}
	}
	return dst
}

// span is the place of bytes start to end of an item's text in the record.
func (p part) span(it item, start, end int) record.Span {
	if it.name != nil {
		return wholeItem(p.field(), it.at, it.name.String())
	}
	return record.Span{Field: p.field(), Item: it.at, Start: it.within + start, End: it.within + end, Text: it.text[start:end]}
}

// slot is a part that a field looks at.
type slot struct {
	part  part
	whole bool // a term must be all the words of an item
	needs bool // a record without it cannot answer no
}

func look(parts ...part) []slot {
	out := make([]slot, len(parts))
	for i, p := range parts {
		out[i].part = p
	}
	return out
}

// need is look for parts that a record is expected to have.
func need(parts ...part) []slot {
	out := look(parts...)
	for i := range out {
		out[i].needs = true
	}
	return out
}

func whole(parts ...part) []slot {
	out := look(parts...)
	for i := range out {
		out[i].whole = true
	}
	return out
}

func both(a, b []slot) []slot { return append(a[:len(a):len(a)], b...) }

// fieldParts says what each field looks at, as docs/search.md has it. Fields that
// are no text (dates, languages, qualifiers, subsets) have tests of their own.
var fieldParts = map[Field][]slot{
	AnyField: both(need(partTitle, partAbstract, partHeadings), look(partOtherAbstracts, partOriginalTitle, partKeywords,
		partSupplementary, partSubstances, partSubstanceNames, partTypes, partAuthors, partAuthorsShort, partOtherPeople, partAffiliations,
		partJournal, partJournalAbbrev, partCountry, partPublisher, partPlace, partYear, partDOI, partPMID, partPMCID,
		partIdentifiers, partRegistrations, partDatabanks, partISSN, partISBN, partVolume, partIssue, partPages,
		partArticleNumber, partFunding, partNotes, partStatus, partSubsets)),
	Multi:            both(need(partTitle, partAbstract, partHeadings), look(partOriginalTitle, partSupplementary, partSubstances, partSubstanceNames, partKeywords)),
	TextWords:        need(partTitle, partAbstract),
	PubMedWords:      both(need(partTitle, partAbstract, partHeadings), look(partOtherAbstracts, partTypes, partSupplementary, partSubstances, partSubstanceNames, partKeywords, partDatabanks, partRegistrations)),
	TitleAbstract:    both(need(partTitle, partAbstract), look(partOtherAbstracts, partKeywords)),
	TitleAbsKeywords: both(need(partTitle, partAbstract), look(partKeywords, partHeadings, partSupplementary)),
	Title:            need(partTitle),
	Abstract:         need(partAbstract),
	OriginalTitle:    look(partOriginalTitle),
	Keywords:         look(partKeywords),
	KeywordHeading:   whole(partKeywords),
	HeadingWord:      need(partHeadings),
	HeadingExact:     []slot{{part: partHeadingNames, whole: true, needs: true}},
	Substance:        look(partSupplementary, partSubstances, partSubstanceNames),
	RegistryNumber:   look(partSubstances),
	PublicationType:  []slot{{part: partTypes, whole: true, needs: true}},
	Author:           look(partAuthors, partAuthorsShort),
	FirstAuthor:      look(partFirstAuthor, partFirstAuthorShort),
	LastAuthor:       look(partLastAuthor, partLastAuthorShort),
	Affiliation:      look(partAffiliations),
	Journal:          whole(partJournal, partJournalAbbrev, partISSN),
	JournalWord:      look(partJournal, partJournalAbbrev),
	Country:          look(partCountry),
	Identifier:       both(whole(partDOI, partPMID, partPMCID), look(partIdentifiers)),
	RegisterNumber:   look(partRegistrations, partDatabanks),
	ISSN:             whole(partISSN),
	ISBN:             whole(partISBN),
	Volume:           whole(partVolume),
	Issue:            whole(partIssue),
	Pages:            look(partPages, partArticleNumber),
	Publisher:        look(partPublisher),
	Grant:            look(partFunding),
	Status:           whole(partStatus),
	Notes:            look(partNotes),
}

// add puts a slot into a scope. Where a part is looked at both ways, a word of an
// item is enough.
func (s *scope) add(x slot) {
	bit := setOf(x.part)
	switch {
	case !s.parts.has(x.part) && x.whole:
		s.whole |= bit
	case !x.whole:
		s.whole &^= bit
	}
	s.parts |= bit
	if x.needs {
		s.needs |= bit
	}
}

// DefaultField is the field that a dialect looks in where a term names none:
// .mp. in Ovid, all fields in PubMed, EBSCOhost and the Cochrane Library, the
// topic in Web of Science and Scopus.
func (d Dialect) DefaultField() Field {
	switch d {
	case Ovid:
		return Multi
	case WebOfScience, Scopus:
		return TitleAbsKeywords
	}
	return AnyField
}
