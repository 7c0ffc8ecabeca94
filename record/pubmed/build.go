package pubmed

import (
	"cmp"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// builder gathers what either form says about one record.
type builder struct {
	r     *record.Record
	tag   string     // of the value that is being read
	line  int        // of that value, where lineOf is nil
	where func() int // its line, counted only when it is asked for

	title    string      // as NLM writes it: with its point and brackets
	book     string      // title of the book
	location string      // a place in the journal that does not say what it is
	loose    record.Name // what came for an author before there was one
	pair     pairing
	doiText  string // the record's DOI as it was written last

	// Where lists are gathered; see room.go.
	lists      lists
	found      []part // of an abstract that is one running text
	scratch    []byte
	texts      room[string]
	qualifiers room[record.Qualifier]
}

// begin starts a record whose first byte stands on a line.
func (b *builder) begin(line int) {
	b.r = &record.Record{Source: record.Source{Line: line}}
	b.tag, b.line = "", 0
	b.title, b.book, b.location, b.doiText = "", "", "", ""
	b.loose, b.pair = record.Name{}, fromBoth
	b.texts, b.qualifiers = room[string]{}, room[record.Qualifier]{}
	b.lend()
}

// pairing says how the last person of MEDLINE came about: from the full form
// (FAU), from the short one (AU), or from both.
type pairing int

const (
	fromBoth pairing = iota
	fromFull
	fromShort
)

func (b *builder) at() int {
	if b.where != nil {
		return b.where()
	}
	return b.line
}

func (b *builder) problem(code record.Code, text, value string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: b.at(), Tag: b.tag, Code: code, Text: text, Value: value})
}

// keep puts a value into Extra.
func (b *builder) keep(tag, value string) {
	b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: tag, Value: value, Line: b.at()})
}

// looked bounds how far a list is searched for what it has already: a record
// with more is no real one, and must not cost the square of its length.
const looked = 500

// addOnce appends a value that the list does not have yet.
func addOnce[T comparable](list []T, v T) []T {
	if slices.Contains(list[:min(len(list), looked)], v) {
		return list
	}
	return append(list, v)
}

// keepOnce puts a value into Extra that is not there yet.
func (b *builder) keepOnce(tag, value string) {
	for _, x := range b.r.Extra[:min(len(b.r.Extra), looked)] {
		if x.Tag == tag && x.Value == value {
			return
		}
	}
	b.keep(tag, value)
}

// single sets a field that has one value; a second, different one is kept in
// Extra.
func (b *builder) single(dst *string, v string) {
	switch *dst {
	case "", v:
		*dst = v
	default:
		b.keep(b.tag, v)
		b.problem(record.CodeRepeatedTag, "a second value where a record has one; the first was used", v)
	}
}

func (b *builder) pmid(v string) {
	id, ok := parsePMID(v)
	switch {
	case !ok:
		b.keep(b.tag, v)
		b.problem(record.CodeIdentifier, "not a PubMed number, which has one to eight digits; kept as it is", v)
	case b.r.PMID == "" || b.r.PMID == id:
		b.r.PMID = id
	default:
		b.keep(b.tag, v)
		b.problem(record.CodeRepeatedTag, "a second PMID; the first was used", v)
	}
}

// identifier places a number that names the work, by NLM's word for its kind.
func (b *builder) identifier(scheme, v string) {
	switch scheme {
	case "doi":
		b.doi(v)
		return
	case "pubmed":
		b.pmid(v)
		return
	case "pmc":
		b.pmcid(v)
		return
	case "eric":
		b.r.Key = or(b.r.Key, v)
	}
	id := record.Identifier{Scheme: scheme, Value: v}
	b.r.Identifiers = addOnce(b.r.Identifiers, id)
}

func (b *builder) doi(v string) {
	if v == b.doiText && v != "" {
		return // both forms give it twice
	}
	doi, ok := parseDOI(v)
	switch {
	case !ok:
		b.keepOnce("LID", v+" [doi]")
		b.problem(record.CodeDOI, "marked as a DOI and not of its form; kept as it is", v)
	case b.r.DOI == "" || b.r.DOI == doi:
		b.r.DOI, b.doiText = doi, v
	default:
		id := record.Identifier{Scheme: "doi", Value: string(doi)}
		if n := len(b.r.Identifiers); n < len(addOnce(b.r.Identifiers, id)) {
			b.r.Identifiers = append(b.r.Identifiers, id)
			b.problem(record.CodeRepeatedTag, "a second DOI; it stands among the identifiers", v)
		}
	}
}

func (b *builder) pmcid(v string) {
	id, ok := parsePMCID(v)
	if ok && (b.r.PMCID == "" || b.r.PMCID == id) {
		b.r.PMCID = id
		return
	}
	b.keep(b.tag, v)
	if ok {
		b.problem(record.CodeRepeatedTag, "a second PMC number; the first was used", v)
		return
	}
	b.problem(record.CodeIdentifier, "not a PubMed Central number; kept as it is", v)
}

// issn adds an ISSN; "IS" in Extra keeps which kind it is: "1234-5679 (Print)".
func (b *builder) issn(v string) {
	id, ok := parseISSN(v)
	b.keepOnce("IS", v)
	if !ok {
		b.problem(record.CodeIdentifier, "not an ISSN: form or check digit; kept as it is", v)
		return
	}
	if b.r.In.ISSN == nil { // journals have one in print and one online
		b.r.In.ISSN = make([]record.ISSN, 0, 2)
	}
	b.r.In.ISSN = addOnce(b.r.In.ISSN, id)
}

func (b *builder) isbn(v string) {
	id, ok := record.ParseISBN(v)
	if !ok {
		b.keep(b.tag, v)
		b.problem(record.CodeIdentifier, "not an ISBN: form or check digit; kept as it is", v)
		return
	}
	b.r.In.ISBN = addOnce(b.r.In.ISBN, id)
}

func (b *builder) language(v string) {
	if l := record.Language(v); !slices.Contains(b.r.Languages[:min(len(b.r.Languages), looked)], l) {
		b.r.Languages = b.texts.add(b.r.Languages, l)
	}
}

// published sets the date that the work is cited by; v is the date as the file
// has it.
func (b *builder) published(d record.Date, ok bool, v string) {
	if !b.r.Date.IsZero() && b.r.Date != d {
		b.keep(b.tag, v)
		b.problem(record.CodeRepeatedTag, "a second date of publication; the first was used", v)
		return
	}
	b.r.Date = d
	if !ok {
		b.problem(record.CodeDate, "no year in the date of publication; kept as text", v)
	}
}

// event adds a date in the life of the record. The same event is not added
// twice: MEDLINE gives some of them under two tags.
func (b *builder) event(o occasion, d record.Date, ok bool, v string) {
	if !ok || !oneDay(d) || d.Text != "" {
		b.keep(b.tag, v)
		b.problem(record.CodeDate, "not the date of an event; kept as it is", v)
		return
	}
	for i := range b.r.Events[:min(len(b.r.Events), looked)] {
		e := &b.r.Events[i]
		if e.Date.Day == d.Day && e.Kind == o.kind && e.Name == o.name && e.Date == d {
			return
		}
	}
	b.r.Events = append(b.r.Events, record.Event{Kind: o.kind, Name: o.name, Date: d})
	b.lists.ranks = append(b.lists.ranks, o.rank)
}

// databank places an accession number: in a register of trials it is a
// registration, else it stays as it is.
func (b *builder) databank(bank, number string) {
	if reg, ok := record.ParseRegistration(number); ok {
		b.r.Registrations = addOnce(b.r.Registrations, reg)
		return
	}
	if isRegister(bank) && number != "" {
		b.r.Registrations = addOnce(b.r.Registrations, record.Registration{Registry: bank, ID: number})
		return
	}
	b.keep("SI", strings.TrimSuffix(bank+"/"+number, "/"))
}

// relation adds a link to another work; a DOI in the words of the citation is
// the other work's.
func (b *builder) relation(kind record.RelationKind, citation string, id record.PMID) {
	rel := record.Relation{Kind: kind, Text: citation, PMID: id}
	rel.DOI, _, _ = record.FindDOI(citation)
	b.r.Relations = append(b.r.Relations, rel)
}

// person adds somebody in a role. What came for an author before there was one
// goes to the first author.
func (b *builder) person(role record.Role, n record.Name) {
	if role == record.Author && (b.loose.ORCID != "" || len(b.loose.Affiliations) > 0) {
		n.ORCID, n.Affiliations = b.loose.ORCID, b.loose.Affiliations
		b.loose = record.Name{}
	}
	b.r.People = append(b.r.People, record.Contributor{Role: role, Name: n})
}

// orcid reads the identifier of a person; what is not an ORCID iD is kept.
func (b *builder) orcid(n *record.Name, source, v string) {
	id, ok := parseORCID(v)
	if ok && (source == "" || strings.EqualFold(source, "ORCID")) && (n.ORCID == "" || n.ORCID == id) {
		n.ORCID = id
		return
	}
	b.keep("AUID", strings.TrimPrefix(source+": "+v, ": "))
	if strings.EqualFold(source, "ORCID") && !ok {
		b.problem(record.CodeIdentifier, "not an ORCID iD: form or check digit; kept as it is", v)
	}
}

// noOwner is written as the owner of a record without a PMID.
const noOwner = "NOTNLM"

// finish settles what only the whole record shows.
func (b *builder) finish() *record.Record {
	r := b.r
	b.settleTitles()
	b.settleKind()
	if r.In.Title == "" {
		r.In.Title = r.In.Abbrev
	}
	if isBook(r) && r.In.Place == "" {
		r.In.Place, r.In.Country = r.In.Country, ""
	}
	switch {
	case b.location == "" || b.location == r.In.Pages: // NLM repeats it
	case r.In.Pages == "": // XML has it as the pages
		r.In.Pages = b.location
	default:
		b.keep("LID", b.location)
	}
	for _, a := range b.loose.Affiliations {
		b.keep("AD", a)
	}
	if b.loose.ORCID != "" {
		b.keep("AUID", "ORCID: "+string(b.loose.ORCID))
	}
	slices.SortStableFunc(r.Identifiers, func(x, y record.Identifier) int { return cmp.Compare(identifierRank(x), identifierRank(y)) })
	if r.Key == "" {
		r.Key = string(r.PMID)
	}
	switch owner := r.Extra.Get("OWN"); {
	case owner == "ERIC":
		r.Source.Database = owner
	case owner != "" && r.PMID != "":
		r.Source.Database = "PubMed"
	case owner == noOwner:
		dropExtra(r, "OWN")
	}
	b.settleLists()
	record.SetFlags(r)
	b.r = nil
	return r
}

// identifierRank puts the numbers that MEDLINE has tags of their own for behind
// the others, so that both forms give one order.
func identifierRank(x record.Identifier) int {
	switch x.Scheme {
	case "mid":
		return 1
	case "eric":
		return 2
	}
	return 0
}

// notAvailable is what NLM writes in place of a title that has no translation.
const notAvailable = "Not Available"

// settleTitles takes NLM's point and brackets off, and gives a book or a work
// without translated title its own.
func (b *builder) settleTitles() {
	r := b.r
	r.OriginalTitle = plainTitle(r.OriginalTitle)
	r.Title = plainTitle(b.title)
	if inner, ok := bracketed(r.Title); ok && (translated(r) || inner == notAvailable) {
		r.Title = plainTitle(inner)
	}
	if (r.Title == "" || r.Title == notAvailable) && r.OriginalTitle != "" {
		r.Title = r.OriginalTitle
	}
	book := plainTitle(b.book)
	switch {
	case r.Title == "":
		r.Title = book
	case book != "":
		if r.In.Title != "" && r.In.Title != book {
			b.keep("JT", r.In.Title)
		}
		r.In.Title = book
	}
}

// plainTitle takes the final point off, but not the last of several. It goes on
// where a blank parted two ("Why?. ."), so that its result has none to take off.
func plainTitle(s string) string {
	for n := len(s); n > 1 && s[n-1] == '.' && s[n-2] != '.'; n = len(s) {
		s = strings.TrimRight(s[:n-1], " ")
	}
	return s
}

// bracketed takes the brackets off a title that stands in them as a whole.
func bracketed(s string) (inner string, ok bool) {
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return s, false
	}
	inner = s[1 : len(s)-1]
	depth := 0
	for i := 0; i < len(inner); i++ {
		switch inner[i] {
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth < 0 {
			return s, false
		}
	}
	return strings.TrimSpace(inner), depth == 0
}

// translated tells whether by NLM's rule the title is a translation: the work
// is in another language than English.
func translated(r *record.Record) bool {
	if r.OriginalTitle != "" {
		return true
	}
	return len(r.Languages) > 0 && !slices.Contains(r.Languages, "en")
}

// typeKinds says which publication types tell what a work is; the first that a
// record has decides.
var typeKinds = []struct {
	name string
	kind record.Kind
}{
	{"Preprint", record.Preprint}, {"Book Chapter", record.Chapter}, {"Dataset", record.Dataset},
	{"Journal Article", record.JournalArticle}, {"Journal Articles", record.JournalArticle},
	{"Academic Dissertation", record.Thesis}, {"Dissertations/Theses", record.Thesis},
	{"Newspaper Article", record.NewspaperArticle}, {"Technical Report", record.Report},
	{"Congress", record.ConferencePaper}, {"Speeches/Meeting Papers", record.ConferencePaper},
	{"Book", record.Book}, {"Books", record.Book}, {"Webpage", record.Webpage}, {"Video-Audio Media", record.Audiovisual},
	{"Reports", record.Report},
}

// kindOfTypes is the kind that the publication types of a record tell, each
// alone or with ERIC's subdivision: "Reports - Research".
func kindOfTypes(types []string) record.Kind {
	best := len(typeKinds)
	for _, t := range types {
		name, _, _ := strings.Cut(t, " - ")
		for i := range typeKinds[:best] {
			if typeKinds[i].name == name {
				best = i
				break
			}
		}
	}
	if best == len(typeKinds) {
		return record.KindUnknown
	}
	return typeKinds[best].kind
}

func (b *builder) settleKind() {
	r := b.r
	if r.Kind == record.KindUnknown && b.book != "" {
		r.Kind = record.Chapter
		if b.title == "" {
			r.Kind = record.Book
		}
	}
	eric := r.Extra.Get("OWN") == "ERIC"
	if eric && strings.HasPrefix(r.Key, "EJ") {
		r.Kind = record.JournalArticle
	}
	if r.Kind == record.KindUnknown {
		r.Kind = kindOfTypes(r.Types)
	}
	if r.Kind == record.KindUnknown && (r.In.Abbrev != "" || r.In.Title != "" && r.PMID != "") {
		r.Kind = record.JournalArticle
	}
	if eric && r.In.Publisher == "" && (r.Kind == record.Book || r.Kind == record.Thesis || r.Kind == record.Report) {
		// What ERIC has in place of a journal is who published the work.
		r.In.Publisher, r.In.Title = r.In.Title, ""
	}
}

// isBook tells whether a record is written as a book or as a part of one.
func isBook(r *record.Record) bool {
	return r.Kind == record.Book || r.Kind == record.EditedBook || r.Kind == record.Chapter || r.Kind == record.ReferenceEntry
}

// dropExtra takes the values of a tag out of Extra.
func dropExtra(r *record.Record, tag string) {
	r.Extra = slices.DeleteFunc(r.Extra, func(x record.ExtraTag) bool { return x.Tag == tag })
	if len(r.Extra) == 0 {
		r.Extra = nil
	}
}
