package bibtex

import (
	"github.com/evidence-go/evidence/record"
)

// row is one field of the format: how it is read into a record and how it is
// written from one. A row without a reader only waits in its slot until the
// whole entry is known, see read.go.
type row struct {
	tag   string   // as BibTeX writes it
	latex string   // as BibLaTeX writes it, where that differs
	also  []string // other names that are read as the same
	slot  slot
	read  func(b *builder, f *field)
	write func(w *entryWriter) string // the TeX value, "" for none
	bare  bool                        // written without braces: a macro
}

// slot is a place where a field waits for others that decide what it means.
type slot int

const (
	noSlot slot = iota
	slotTitle
	slotSubtitle
	slotJournal
	slotFullJournal
	slotJournalSub
	slotBook
	slotBookSub
	slotMain
	slotPublisher
	slotSchool
	slotInstitution
	slotOrganization
	slotNumber
	slotIssue
	slotYear
	slotMonth
	slotDay
	slotDate
	slotEprint
	slotEprintType
	slotSubtype
	slots
)

// rows are the fields in the order in which they are written.
var rows = []*row{
	{tag: "entrysubtype", slot: slotSubtype, write: (*entryWriter).subtype},
	{tag: "author", also: []string{"authors"}, read: people(record.Author), write: writePeople(record.Author)},
	{tag: "editor", also: []string{"editors"}, read: people(record.Editor), write: writePeople(record.Editor)},
	{tag: "translator", read: people(record.Translator), write: writePeople(record.Translator)},
	{tag: "serieseditor", read: people(record.SeriesEditor), write: writePeople(record.SeriesEditor)},
	{tag: "advisor", also: []string{"supervisor"}, read: people(record.Advisor), write: writePeople(record.Advisor)},
	{tag: "inventor", read: people(record.Inventor), write: writePeople(record.Inventor)},
	{tag: "collaborator", read: people(record.Investigator), write: writePeople(record.Investigator)},
	{tag: "contributor", read: people(record.Contrib), write: writePeople(record.Contrib)},
	{tag: "personsubject", read: people(record.Subject), write: writePeople(record.Subject)},
	{tag: "title", slot: slotTitle, write: text(func(r *record.Record) *string { return &r.Title })},
	{tag: "subtitle", slot: slotSubtitle},
	{tag: "shorttitle", read: one(func(r *record.Record) *string { return &r.ShortTitle }), write: text(func(r *record.Record) *string { return &r.ShortTitle })},
	{tag: "origtitle", read: one(func(r *record.Record) *string { return &r.OriginalTitle }), write: text(func(r *record.Record) *string { return &r.OriginalTitle })},
	{tag: "journal", latex: "journaltitle", also: []string{"journaltitle", "journal_title"}, slot: slotJournal, write: (*entryWriter).journal},
	{tag: "fjournal", slot: slotFullJournal},
	{tag: "journalsubtitle", slot: slotJournalSub},
	{tag: "shortjournal", also: []string{"abbrev_source_title", "journal-iso", "journalabbreviation", "journal_abbrv", "journal-abbreviation"},
		read: one(func(r *record.Record) *string { return &r.In.Abbrev }), write: text(func(r *record.Record) *string { return &r.In.Abbrev })},
	{tag: "booktitle", slot: slotBook, write: (*entryWriter).book},
	{tag: "booksubtitle", slot: slotBookSub},
	{tag: "maintitle", slot: slotMain},
	{tag: "series", read: one(func(r *record.Record) *string { return &r.In.Series }), write: text(func(r *record.Record) *string { return &r.In.Series })},
	{tag: "year", slot: slotYear, write: (*entryWriter).year},
	{tag: "month", slot: slotMonth, write: (*entryWriter).month, bare: true},
	{tag: "day", slot: slotDay, write: (*entryWriter).day},
	{tag: "date", slot: slotDate, write: (*entryWriter).date},
	{tag: "origdate", read: event(record.Original), write: writeEvent(record.Original)},
	{tag: "volume", read: one(func(r *record.Record) *string { return &r.In.Volume }), write: text(func(r *record.Record) *string { return &r.In.Volume })},
	{tag: "number", slot: slotNumber, write: (*entryWriter).number},
	{tag: "issue", slot: slotIssue, write: (*entryWriter).issue},
	{tag: "seriesnumber", read: one(func(r *record.Record) *string { return &r.In.SeriesVolume }), write: (*entryWriter).seriesNumber},
	{tag: "pages", also: []string{"page"}, read: one(func(r *record.Record) *string { return &r.In.Pages }), write: (*entryWriter).pages},
	{tag: "eid", also: []string{"article-number", "articleno", "article_number", "art_number"}, read: one(func(r *record.Record) *string { return &r.In.ArticleNumber }), write: text(func(r *record.Record) *string { return &r.In.ArticleNumber })},
	{tag: "pagetotal", also: []string{"numpages", "page_count", "num_pages"}, read: one(func(r *record.Record) *string { return &r.In.PageCount }), write: text(func(r *record.Record) *string { return &r.In.PageCount })},
	{tag: "edition", read: one(func(r *record.Record) *string { return &r.In.Edition }), write: text(func(r *record.Record) *string { return &r.In.Edition })},
	{tag: "publisher", slot: slotPublisher, write: publisherIn("publisher")},
	{tag: "school", latex: "institution", slot: slotSchool, write: publisherIn("school")},
	{tag: "institution", slot: slotInstitution, write: publisherIn("institution")},
	{tag: "organization", also: []string{"organisation"}, slot: slotOrganization},
	{tag: "address", latex: "location", also: []string{"location"}, read: one(func(r *record.Record) *string { return &r.In.Place }), write: text(func(r *record.Record) *string { return &r.In.Place })},
	{tag: "country", read: one(func(r *record.Record) *string { return &r.In.Country }), write: text(func(r *record.Record) *string { return &r.In.Country })},
	{tag: "eventtitle", also: []string{"conference"}, read: one(func(r *record.Record) *string { return &r.In.Event }), write: text(func(r *record.Record) *string { return &r.In.Event })},
	{tag: "venue", also: []string{"eventlocation"}, read: one(func(r *record.Record) *string { return &r.In.EventPlace }), write: text(func(r *record.Record) *string { return &r.In.EventPlace })},
	{tag: "eventdate", read: func(b *builder, f *field) { b.set(f, &b.r.In.EventDate, dateText(f.value)) }, write: func(w *entryWriter) string { return texDate(w.r.In.EventDate) }},
	{tag: "doi", read: readDOI, write: func(w *entryWriter) string { return texVerbatim(string(w.r.DOI), "%20") }},
	{tag: "pmid", also: []string{"pubmed_id", "pubmed", "pubmedid"}, read: readPMID, write: func(w *entryWriter) string { return texText(string(w.r.PMID)) }},
	{tag: "pmcid", also: []string{"pmc"}, read: readPMCID, write: func(w *entryWriter) string { return texText(string(w.r.PMCID)) }},
	{tag: "eprint", slot: slotEprint, write: (*entryWriter).eprint},
	{tag: "archiveprefix", latex: "eprinttype", also: []string{"eprinttype"}, slot: slotEprintType, write: (*entryWriter).eprintType},
	{tag: "issn", also: []string{"eissn", "e-issn", "issn-l"}, read: readISSN, write: func(w *entryWriter) string { return joined(w.r.In.ISSN) }},
	{tag: "isbn", also: []string{"isbn13", "isbn-13", "isbn10", "isbn-10"}, read: readISBN, write: func(w *entryWriter) string { return joined(w.r.In.ISBN) }},
	{tag: "identifiers", read: readIdentifiers, write: (*entryWriter).identifiers},
	{tag: "unique-id", read: readUniqueID},
	{tag: "registration", read: readRegistrations, write: (*entryWriter).registrations},
	{tag: "nlmid", read: one(func(r *record.Record) *string { return &r.In.NLMID }), write: text(func(r *record.Record) *string { return &r.In.NLMID })},
	{tag: "url", also: []string{"ee", "link"}, read: readURL, write: func(w *entryWriter) string { return w.url(0) }},
	{tag: "urldate", also: []string{"lastchecked", "accessed"}, read: event(record.Accessed), write: writeEvent(record.Accessed)},
	{tag: "language", also: []string{"langid", "hyphenation", "languages"}, read: readLanguage, write: func(w *entryWriter) string { return texList(w.r.Languages, ", ") }},
	{tag: "type", also: []string{"document_type"}, read: readTypes, write: func(w *entryWriter) string { return texList(w.r.Types, "; ") }},
	{tag: "pubstate", read: readState, write: (*entryWriter).state},
	{tag: "publicationstatus", read: one(func(r *record.Record) *string { return &r.Status }), write: (*entryWriter).status},
	{tag: "database", read: one(func(r *record.Record) *string { return &r.Source.Database }), write: text(func(r *record.Record) *string { return &r.Source.Database })},
	{tag: "source", read: readSource},
	{tag: "mesh", also: []string{"mesh-terms", "mesh_terms"}, read: readHeadings, write: (*entryWriter).headings},
	{tag: "keywords", also: []string{"keyword", "author_keywords"}, read: readKeywords, write: func(w *entryWriter) string { return texList(w.r.Keywords, ", ") }},
	{tag: "note", read: readNote, write: func(w *entryWriter) string { return w.note(0) }},
	{tag: "annote", also: []string{"annotation"}, read: readAnnote, write: (*entryWriter).annote},
	{tag: "related", read: related(record.RelatedTo), write: writeRelated(record.RelatedTo)},
	{tag: "xref", read: related(record.PartOf), write: writeRelated(record.PartOf)},
	{tag: "crossref", read: related(record.PartOf)},
	{tag: "funding", write: (*entryWriter).funding},
	{tag: "abstract", read: readAbstract, write: (*entryWriter).abstract},
}

// one reads a value that there is one of.
func one(at func(r *record.Record) *string) func(b *builder, f *field) {
	return func(b *builder, f *field) {
		b.set(f, at(b.r), b.tex.plain(f.value))
	}
}

// text writes such a value.
func text(at func(r *record.Record) *string) func(w *entryWriter) string {
	return func(w *entryWriter) string { return texText(*at(w.r)) }
}
