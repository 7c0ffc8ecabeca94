package openjson

import (
	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// work is a record that is being made, with what its other members decide about.
type work struct {
	*jsonpull.Builder
	r *record.Record

	posted      bool   // content that was posted, at Crossref: its subtype says what it is
	subtype     string // of it; at OpenAlex the type by Crossref
	subtitle    string
	containers  []string    // at Crossref: the series and the book, or the journal
	institution string      // that published it
	published   record.Date // in any way, for a work without a date of issue
	source      string      // at OpenAlex: what kind of place it appeared in
	year        record.Date // at OpenAlex, beside the date
	first, last string      // page
	rawSource   string      // at OpenAlex: the name of the journal as the publisher gave it
}

type (
	scanner = jsonpull.Scanner
	field   = jsonpull.Field[*work]
)

// single reads a text or a number into a field of the record.
func single(of func(*record.Record) *string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool { return w.Single(v, of(w.r)) }
}

// into reads a text that is decided about when all is read.
func into(of func(*work) *string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool { return w.Single(v, of(w)) }
}

// aside is into for a text that the record may have no use for: it is kept too.
func aside(of func(*work) *string) func(*work, *scanner) bool {
	return func(w *work, v *scanner) bool {
		w.Single(v, of(w))
		return false
	}
}

// crossrefFields are the members of a work of Crossref. Those that are missing here are
// kept as they are: when and by whom the record was changed, counts, licences.
var crossrefFields = []field{
	{Path: "DOI", Read: (*work).doi},
	{Path: "type", Read: (*work).crossrefType},
	{Path: "subtype", Read: (*work).postedType},
	{Path: "title", Read: first(func(w *work) *string { return &w.r.Title })},
	{Path: "subtitle", Read: first(func(w *work) *string { return &w.subtitle })},
	{Path: "original-title", Read: first(func(w *work) *string { return &w.r.OriginalTitle })},
	{Path: "short-title", Read: first(func(w *work) *string { return &w.r.ShortTitle })},
	{Path: "author", Read: people(record.Author)},
	{Path: "editor", Read: people(record.Editor)},
	{Path: "translator", Read: people(record.Translator)},
	{Path: "container-title", Read: (*work).containerTitles},
	{Path: "short-container-title", Read: first(func(w *work) *string { return &w.r.In.Abbrev })},
	{Path: "group-title", Read: first(func(w *work) *string { return &w.r.In.Series })},
	{Path: "institution", Read: (*work).institutions},
	{Path: "publisher", Read: single(func(r *record.Record) *string { return &r.In.Publisher })},
	{Path: "publisher-location", Read: single(func(r *record.Record) *string { return &r.In.Place })},
	{Path: "issued", Read: (*work).issued},
	{Path: "published", Read: (*work).anyDate},
	{Path: "published-print", Read: event(record.Print, "")},
	{Path: "published-online", Read: event(record.Electronic, "")},
	{Path: "published-other", Read: event("", "published-other")},
	{Path: "posted", Read: event("", "posted")},
	{Path: "accepted", Read: event(record.Accepted, "")},
	{Path: "approved", Read: event("", "approved")},
	{Path: "created", Read: event(record.Entered, "")},
	{Path: "deposited", Read: event(record.Modified, "")},
	{Path: "volume", Read: single(func(r *record.Record) *string { return &r.In.Volume })},
	{Path: "issue", Read: single(func(r *record.Record) *string { return &r.In.Issue })},
	{Path: "journal-issue.issue", Read: single(func(r *record.Record) *string { return &r.In.Issue })},
	{Path: "page", Read: single(func(r *record.Record) *string { return &r.In.Pages })},
	{Path: "article-number", Read: single(func(r *record.Record) *string { return &r.In.ArticleNumber })},
	{Path: "edition-number", Read: single(func(r *record.Record) *string { return &r.In.Edition })},
	{Path: "ISSN", Read: (*work).issn},
	{Path: "issn-type", Read: typedNumbers((*work).addISSN)},
	{Path: "ISBN", Read: (*work).isbn},
	{Path: "isbn-type", Read: typedNumbers((*work).addISBN)},
	{Path: "alternative-id", Read: named("publisher-id")},
	{Path: "aliases", Read: named("doi")},
	{Path: "clinical-trial-number", Read: (*work).trials},
	{Path: "abstract", Read: (*work).jats},
	{Path: "subject", Read: (*work).subjects},
	{Path: "language", Read: (*work).language},
	{Path: "event.name", Read: single(func(r *record.Record) *string { return &r.In.Event })},
	{Path: "event.location", Read: single(func(r *record.Record) *string { return &r.In.EventPlace })},
	{Path: "event.start", Read: (*work).eventStart},
	{Path: "event.end", Read: (*work).eventEnd},
	{Path: "funder", Read: (*work).funders},
	{Path: "URL", Read: (*work).link},
	{Path: "resource.primary.URL", Read: (*work).link},
	{Path: "link", Read: (*work).links},
	{Path: "relation", Read: (*work).relations},
	{Path: "update-to", Read: updates(noticeOf)},
	{Path: "updated-by", Read: updates(noticeIn)},
	{Path: "reference", Read: (*work).references},
	{Path: "source", Read: (*work).registrar},
}

// openalexFields are the members of a work of OpenAlex. Those that are missing here are
// kept as they are: counts, topics and concepts that a program assigned, open access.
var openalexFields = []field{
	{Path: "id", Read: (*work).number},
	{Path: "ids.openalex", Read: (*work).number},
	{Path: "doi", Read: (*work).doi},
	{Path: "ids.doi", Read: (*work).doi},
	{Path: "ids.pmid", Read: (*work).pmid},
	{Path: "ids.pmcid", Read: (*work).pmcid},
	{Path: "ids.mag", Read: named("mag")},
	{Path: "title", Read: single(func(r *record.Record) *string { return &r.Title })},
	{Path: "display_name", Read: single(func(r *record.Record) *string { return &r.Title })},
	{Path: "publication_date", Read: (*work).day},
	{Path: "publication_year", Read: (*work).onlyYear},
	{Path: "created_date", Read: day(record.Entered)},
	{Path: "updated_date", Read: day(record.Modified)},
	{Path: "language", Read: (*work).language},
	{Path: "type", Read: (*work).openalexType},
	{Path: "type_crossref", Read: aside(func(w *work) *string { return &w.subtype })},
	{Path: "authorships", Read: (*work).authorships},
	{Path: "primary_location.source.display_name", Read: single(func(r *record.Record) *string { return &r.In.Title })},
	{Path: "primary_location.source.issn", Read: (*work).issn},
	{Path: "primary_location.source.issn_l", Read: (*work).issn},
	{Path: "primary_location.source.host_organization_name", Read: single(func(r *record.Record) *string { return &r.In.Publisher })},
	{Path: "primary_location.source.type", Read: aside(func(w *work) *string { return &w.source })},
	{Path: "primary_location.raw_source_name", Read: aside(func(w *work) *string { return &w.rawSource })},
	{Path: "primary_location.landing_page_url", Read: (*work).link},
	{Path: "primary_location.pdf_url", Read: (*work).link},
	{Path: "biblio.volume", Read: single(func(r *record.Record) *string { return &r.In.Volume })},
	{Path: "biblio.issue", Read: single(func(r *record.Record) *string { return &r.In.Issue })},
	{Path: "biblio.first_page", Read: into(func(w *work) *string { return &w.first })},
	{Path: "biblio.last_page", Read: into(func(w *work) *string { return &w.last })},
	{Path: "is_retracted", Read: (*work).retracted},
	{Path: "keywords", Read: (*work).keywords},
	{Path: "mesh", Read: (*work).mesh},
	{Path: "grants", Read: (*work).grants},
	{Path: "awards", Read: (*work).grants},
	{Path: "referenced_works", Read: works(record.Cites)},
	{Path: "related_works", Read: works(record.RelatedTo)},
	{Path: "abstract_inverted_index", Read: (*work).inverted},
}

// crossref and openalex find a member, and know a work by those that no other object
// has.
var (
	crossref = jsonpull.NewTable([]string{"DOI", "title", "author", "container-title", "publisher", "issued", "abstract", "reference"}, crossrefFields)
	openalex = jsonpull.NewTable([]string{"id", "doi", "title", "display_name", "authorships", "publication_year", "abstract_inverted_index", "ids"}, openalexFields)
)

// workType is what a service's name of a type says: a kind of work, and whether the
// name says more than that and is kept.
type workType struct {
	kind record.Kind
	more bool
}

// crossrefTypes are the types that the service lists under /types.
var crossrefTypes = map[string]workType{
	"journal-article": {record.JournalArticle, false}, "proceedings-article": {record.ConferencePaper, false},
	"book-chapter": {record.Chapter, false}, "book-section": {record.Chapter, true}, "book-part": {record.Chapter, true}, "book-track": {record.Chapter, true},
	"reference-entry": {record.ReferenceEntry, false}, "posted-content": {record.Preprint, true}, "dissertation": {record.Thesis, false},
	"book": {record.Book, false}, "monograph": {record.Book, true}, "reference-book": {record.Book, true}, "book-set": {record.Book, true}, "book-series": {record.Book, true},
	"edited-book": {record.EditedBook, false}, "proceedings": {record.Proceedings, false}, "proceedings-series": {record.Proceedings, true},
	"report": {record.Report, false}, "report-component": {record.Report, true}, "report-series": {record.Report, true},
	"dataset": {record.Dataset, false}, "database": {record.Dataset, true}, "standard": {record.Standard, false}, "standard-series": {record.Standard, true},
	"peer-review": {record.Other, true}, "journal": {record.Other, true}, "journal-volume": {record.Other, true}, "journal-issue": {record.Other, true},
	"component": {record.Other, true}, "grant": {record.Other, true}, "other": {record.Other, false},
}

// postedTypes are the subtypes of posted content that are no preprints.
var postedTypes = map[string]record.Kind{"dissertation": record.Thesis, "report": record.Report, "working_paper": record.Report, "news_item": record.Webpage, "letter": record.Other, "other": record.Other}

// openalexTypes are the types of OpenAlex; the names of several say what kind of
// article it is.
var openalexTypes = map[string]workType{
	"article": {record.JournalArticle, false}, "review": {record.JournalArticle, true}, "letter": {record.JournalArticle, true}, "editorial": {record.JournalArticle, true},
	"erratum": {record.JournalArticle, true}, "retraction": {record.JournalArticle, true}, "book-chapter": {record.Chapter, false}, "book-section": {record.Chapter, true},
	"book": {record.Book, false}, "dissertation": {record.Thesis, false}, "preprint": {record.Preprint, false}, "report": {record.Report, false}, "report-component": {record.Report, true},
	"dataset": {record.Dataset, false}, "software": {record.Software, false}, "standard": {record.Standard, false}, "reference-entry": {record.ReferenceEntry, false},
	"other": {record.Other, false}, "peer-review": {record.Other, true}, "paratext": {record.Other, true}, "grant": {record.Other, true},
	"libguides": {record.Other, true}, "supplementary-materials": {record.Other, true}, "database": {record.Dataset, true}, "conference-abstract": {record.ConferencePaper, true}, "conference-paper": {record.ConferencePaper, false},
}

// relationKinds are the relations of Crossref that a record tells apart. All others are of the kind "related".
var relationKinds = map[string]record.RelationKind{
	"is-preprint-of": record.PreprintOf, "has-preprint": record.PreprintIs,
	"is-review-of": record.CommentOn, "has-review": record.CommentIn, "is-comment-on": record.CommentOn, "has-comment": record.CommentIn,
	"is-reply-to": record.CommentOn, "has-reply": record.CommentIn, "is-replaced-by": record.UpdateIn, "replaces": record.UpdateOf,
	"is-part-of": record.PartOf, "references": record.Cites, "is-referenced-by": record.CitedBy,
}

// notice is what an update of a kind is to the work and to the one it is about.
type notice struct{ in, of record.RelationKind }

// notices are the kinds of updates that Crossref's Crossmark names. A partial
// retraction leaves the work standing: it is a correction.
var notices = map[string]notice{
	"retraction": {record.RetractionIn, record.RetractionOf}, "withdrawal": {record.RetractionIn, record.RetractionOf}, "removal": {record.RetractionIn, record.RetractionOf},
	"partial_retraction": {record.ErratumIn, record.ErratumFor}, "correction": {record.ErratumIn, record.ErratumFor}, "corrigendum": {record.ErratumIn, record.ErratumFor},
	"erratum": {record.ErratumIn, record.ErratumFor}, "addendum": {record.ErratumIn, record.ErratumFor}, "clarification": {record.ErratumIn, record.ErratumFor},
	"expression_of_concern": {record.ConcernIn, record.ConcernFor},
	"new_version":           {record.UpdateIn, record.UpdateOf}, "new_edition": {record.UpdateIn, record.UpdateOf},
}
