package csljson

import (
	"encoding/json"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// form is what the schema allows as the value of a variable.
type form int

const (
	text   form = iota // a string
	number             // a string or a number
	names              // a list of names
	date               // a date
	list               // a list of strings
)

// field is one variable: what it becomes, and what is written as it. A variable
// without read is kept in Record.Extra as its JSON, and written from there.
type field struct {
	key   string
	form  form
	read  func(*builder)
	write func(*printer, *record.Record)
}

// fields are the variables of CSL 1.0.2 in the order in which they are written,
// those first that records have fields for.
var fields = append([]field{
	{"citation-key", text, (*builder).citationKey, nil},
	{"title", text, single(func(r *record.Record) *string { return &r.Title }), func(p *printer, r *record.Record) { p.text("title", r.Title) }},
	{"title-short", text, single(func(r *record.Record) *string { return &r.ShortTitle }), func(p *printer, r *record.Record) { p.text("title-short", r.ShortTitle) }},
	{"original-title", text, single(func(r *record.Record) *string { return &r.OriginalTitle }), func(p *printer, r *record.Record) { p.text("original-title", r.OriginalTitle) }},
	{"author", names, people(record.Author), (*printer).authors},
	{"editor", names, people(record.Editor), roleOf("editor", record.Editor)},
	{"collection-editor", names, people(record.SeriesEditor), roleOf("collection-editor", record.SeriesEditor)},
	{"translator", names, people(record.Translator), roleOf("translator", record.Translator)},
	{"contributor", names, people(record.Contrib), roleOf("contributor", record.Contrib)},
	{"container-title", text, single(func(r *record.Record) *string { return &r.In.Title }), func(p *printer, r *record.Record) { p.text("container-title", r.In.Title) }},
	{"container-title-short", text, single(func(r *record.Record) *string { return &r.In.Abbrev }), func(p *printer, r *record.Record) { p.text("container-title-short", r.In.Abbrev) }},
	{"collection-title", text, single(func(r *record.Record) *string { return &r.In.Series }), func(p *printer, r *record.Record) { p.text("collection-title", r.In.Series) }},
	{"collection-number", number, single(func(r *record.Record) *string { return &r.In.SeriesVolume }), func(p *printer, r *record.Record) { p.text("collection-number", r.In.SeriesVolume) }},
	{"issued", date, (*builder).issued, func(p *printer, r *record.Record) { p.date("issued", r.Date) }},
	{"volume", number, single(func(r *record.Record) *string { return &r.In.Volume }), func(p *printer, r *record.Record) { p.text("volume", r.In.Volume) }},
	{"issue", number, single(func(r *record.Record) *string { return &r.In.Issue }), func(p *printer, r *record.Record) { p.text("issue", r.In.Issue) }},
	{"page", number, single(func(r *record.Record) *string { return &r.In.Pages }), (*printer).pages},
	{"page-first", number, (*builder).firstPage, nil},
	{"number", number, (*builder).ownNumber, (*printer).ownNumber},
	{"number-of-pages", number, single(func(r *record.Record) *string { return &r.In.PageCount }), func(p *printer, r *record.Record) { p.text("number-of-pages", r.In.PageCount) }},
	{"edition", number, single(func(r *record.Record) *string { return &r.In.Edition }), func(p *printer, r *record.Record) { p.text("edition", r.In.Edition) }},
	{"publisher", text, single(func(r *record.Record) *string { return &r.In.Publisher }), func(p *printer, r *record.Record) { p.text("publisher", r.In.Publisher) }},
	{"publisher-place", text, single(func(r *record.Record) *string { return &r.In.Place }), func(p *printer, r *record.Record) { p.text("publisher-place", r.In.Place) }},
	{"event-title", text, single(func(r *record.Record) *string { return &r.In.Event }), func(p *printer, r *record.Record) { p.text("event-title", r.In.Event) }},
	{"event-place", text, single(func(r *record.Record) *string { return &r.In.EventPlace }), func(p *printer, r *record.Record) { p.text("event-place", r.In.EventPlace) }},
	{"event-date", date, (*builder).eventDate, (*printer).eventDate},
	{"genre", text, (*builder).genre, (*printer).genre},
	{"status", text, single(func(r *record.Record) *string { return &r.Status }), func(p *printer, r *record.Record) { p.text("status", r.Status) }},
	{"language", text, (*builder).language, (*printer).language},
	{"abstract", text, (*builder).abstract, func(p *printer, r *record.Record) { p.lines("abstract", r.Abstract.Text) }},
	{"keyword", text, (*builder).keywords, (*printer).keywords},
	{"DOI", text, identifier("doi", "expected a DOI such as 10.5555/12345678; it is kept as it is", record.CodeDOI, func(r *record.Record) *record.DOI { return &r.DOI }, parseDOI), func(p *printer, r *record.Record) { p.text("DOI", string(r.DOI)) }},
	{"PMID", text, identifier("pmid", "expected a PubMed number of one to eight digits; it is kept as it is", record.CodeIdentifier, func(r *record.Record) *record.PMID { return &r.PMID }, record.ParsePMID), func(p *printer, r *record.Record) { p.text("PMID", string(r.PMID)) }},
	{"PMCID", text, identifier("pmcid", "expected a PubMed Central number such as PMC1234567; it is kept as it is", record.CodeIdentifier, func(r *record.Record) *record.PMCID { return &r.PMCID }, record.ParsePMCID), func(p *printer, r *record.Record) { p.text("PMCID", string(r.PMCID)) }},
	{"ISSN", text, serials("expected ISSNs with a right check digit; it is kept as it is", func(r *record.Record) *[]record.ISSN { return &r.In.ISSN }, record.ParseISSN), func(p *printer, r *record.Record) { p.text("ISSN", joined(r.In.ISSN)) }},
	{"ISBN", text, serials("expected ISBNs with a right check digit; it is kept as it is", func(r *record.Record) *[]record.ISBN { return &r.In.ISBN }, record.ParseISBN), func(p *printer, r *record.Record) { p.text("ISBN", joined(r.In.ISBN)) }},
	{"URL", text, (*builder).link, (*printer).link},
	{"note", text, (*builder).note, (*printer).notes},
	{"source", text, single(func(r *record.Record) *string { return &r.Source.Database }), func(p *printer, r *record.Record) { p.text("source", r.Source.Database) }},
	{"accessed", date, event(record.Accessed), eventOf("accessed", record.Accessed)},
	{"original-date", date, event(record.Original), eventOf("original-date", record.Original)},
	{"submitted", date, event(record.Received), eventOf("submitted", record.Received)},
	{"available-date", date, event(record.Electronic), eventOf("available-date", record.Electronic)},
	{"categories", list, nil, nil},
}, unread...)

// unread are the variables that no field of a record holds.
var unread = slices.Concat(
	variables(names, "chair", "compiler", "composer", "container-author", "curator", "director", "editorial-director",
		"executive-producer", "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author", "performer",
		"producer", "recipient", "reviewed-author", "script-writer", "series-creator"),
	variables(text, "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority", "call-number",
		"citation-label", "dimensions", "division", "event", "journalAbbreviation", "jurisdiction", "medium", "original-publisher",
		"original-publisher-place", "part-title", "references", "reviewed-genre", "reviewed-title", "scale", "section", "shortTitle",
		"version", "volume-title", "volume-title-short", "year-suffix"),
	variables(number, "chapter-number", "citation-number", "first-reference-note-number", "locator", "number-of-volumes", "part",
		"printing", "supplement"))

func variables(f form, keys ...string) []field {
	var out []field
	for _, k := range keys {
		out = append(out, field{key: k, form: f})
	}
	return out
}

// known finds a variable by its key; id, type and custom are written apart.
var known = func() map[string]*field {
	m := map[string]*field{
		"id": {key: "id", form: number, read: (*builder).id}, "type": {key: "type", read: (*builder).workType}, "custom": {key: "custom", read: (*builder).custom},
	}
	for _, f := range fields {
		m[f.key] = &f
	}
	return m
}()

// otherKeys are keys that mean a variable: those of older versions of the
// schema, and identifiers in small letters.
var otherKeys = map[string]string{
	"journalAbbreviation": "container-title-short", "shortTitle": "title-short", "short-title": "title-short", "event": "event-title",
	"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "issn": "ISSN", "isbn": "ISBN", "url": "URL", "keywords": "keyword",
}

// canonicalKey gives the variable that a key means.
func canonicalKey(key string) string {
	if name, ok := otherKeys[key]; ok {
		return name
	}
	return key
}

// workKind is a type of CSL and the kind of work it is.
type workKind struct {
	name string
	kind record.Kind
}

// types are all types of CSL 1.0.2; of several for one kind the first is written.
var types = []workKind{
	{"article-journal", record.JournalArticle}, {"review", record.JournalArticle}, {"review-book", record.JournalArticle},
	{"article-magazine", record.MagazineArticle}, {"article-newspaper", record.NewspaperArticle}, {"article", record.Preprint},
	{"paper-conference", record.ConferencePaper}, {"speech", record.ConferencePaper},
	{"book", record.Book}, {"classic", record.Book}, {"chapter", record.Chapter},
	{"entry-encyclopedia", record.ReferenceEntry}, {"entry-dictionary", record.ReferenceEntry}, {"entry", record.ReferenceEntry},
	{"thesis", record.Thesis}, {"report", record.Report}, {"dataset", record.Dataset}, {"software", record.Software},
	{"patent", record.Patent}, {"standard", record.Standard}, {"manuscript", record.Manuscript},
	{"webpage", record.Webpage}, {"post", record.Webpage}, {"post-weblog", record.Webpage},
	{"legislation", record.Legal}, {"legal_case", record.Legal}, {"bill", record.Legal}, {"hearing", record.Legal}, {"regulation", record.Legal}, {"treaty", record.Legal},
	{"motion_picture", record.Audiovisual}, {"broadcast", record.Audiovisual}, {"song", record.Audiovisual}, {"musical_score", record.Audiovisual},
	{"graphic", record.Audiovisual}, {"figure", record.Audiovisual}, {"performance", record.Audiovisual},
	{"document", record.KindUnknown},
	{"collection", record.Other}, {"event", record.Other}, {"interview", record.Other}, {"map", record.Other}, {"pamphlet", record.Other},
	{"periodical", record.Other}, {"personal_communication", record.Other},
}

// kindOf finds a kind by its type.
var kindOf = func() map[string]record.Kind {
	m := map[string]record.Kind{}
	for _, t := range types {
		m[t.name] = t.kind
	}
	return m
}()

// nearest are the types of kinds that CSL does not tell apart; the kind itself
// then stands under custom.
var nearest = map[record.Kind]string{
	record.EditedBook: "book", record.Proceedings: "book", record.TrialRegister: "webpage", record.Other: "document",
}

// typeOf gives the type to write for a kind.
var typeOf = func() map[record.Kind]string {
	m := map[record.Kind]string{}
	for i := len(types) - 1; i >= 0; i-- {
		m[types[i].kind] = types[i].name
	}
	for kind, name := range nearest {
		m[kind] = name
	}
	return m
}()

// otherTypes are the types of Crossref, which its CSL-JSON has in their stead.
var otherTypes = map[string]string{
	"journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter", "book-section": "chapter",
	"posted-content": "article", "dissertation": "thesis", "monograph": "book", "edited-book": "book", "reference-entry": "entry",
	"reference-book": "book", "proceedings": "book", "peer-review": "review", "article journal": "article-journal",
}

// nameParts and dateMembers are what the schema allows in a name and a date.
var (
	nameParts = map[string]bool{"family": true, "given": true, "dropping-particle": true, "non-dropping-particle": true, "suffix": true,
		"comma-suffix": true, "static-ordering": true, "literal": true, "parse-names": true}
	dateMembers = map[string]bool{"date-parts": true, "season": true, "circa": true, "literal": true, "raw": true, "edtf": true}
)

// fits tells whether a JSON text is what the schema allows for a form.
func fits(f form, raw []byte) bool {
	if len(raw) == 0 || !json.Valid(raw) {
		return false
	}
	switch f {
	case text:
		return raw[0] == '"'
	case number:
		return isScalar(raw)
	case list:
		return raw[0] == '[' && !slices.ContainsFunc(elements(raw), func(e []byte) bool { return e[0] != '"' })
	case names:
		return raw[0] == '[' && !slices.ContainsFunc(elements(raw), func(e []byte) bool { return !fitsName(e) })
	}
	return fitsDate(raw)
}

// isScalar tells whether a value is a string or a number.
func isScalar(raw []byte) bool {
	return raw[0] == '"' || raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9'
}

func fitsName(raw []byte) bool {
	if raw[0] != '{' {
		return false
	}
	for _, m := range members(raw, 0) {
		if !nameParts[m.key] || m.raw[0] != '"' {
			return false
		}
	}
	return true
}

func fitsDate(raw []byte) bool {
	if raw[0] != '{' {
		return false
	}
	for _, m := range members(raw, 0) {
		if !dateMembers[m.key] || m.key != "date-parts" && m.raw[0] != '"' {
			return false
		}
		if m.key == "date-parts" && !fitsParts(m.raw) {
			return false
		}
	}
	return true
}

func fitsParts(raw []byte) bool {
	if raw[0] != '[' {
		return false
	}
	all := elements(raw)
	for _, e := range all {
		if e[0] != '[' {
			return false
		}
		parts := elements(e)
		if len(parts) < 1 || len(parts) > 3 || slices.ContainsFunc(parts, func(p []byte) bool { return !isScalar(p) }) {
			return false
		}
	}
	return len(all) == 1 || len(all) == 2
}
