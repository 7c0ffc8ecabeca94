package record

import (
	"slices"
	"strings"
)

// Record is one citation as one source gave it, or several merged into one.
// The zero value is an empty record.
type Record struct {
	// Key is the file's own key (a BibTeX key, a RIS ID, a PMID), or the
	// file's name and the record's number in it: "medline.ris#17". A key that
	// came before in the same file gets "#2" and a problem.
	Key  string `json:"key,omitzero"`
	Kind Kind   `json:"kind,omitzero"`

	Title          string        `json:"title,omitzero"`          // plain text, markup removed; the translation where the source gives one
	OriginalTitle  string        `json:"original_title,omitzero"` // the title in the language of the work, where Title is a translation
	ShortTitle     string        `json:"short_title,omitzero"`
	Abstract       Abstract      `json:"abstract,omitzero"`
	OtherAbstracts []Abstract    `json:"other_abstracts,omitempty"` // in other languages, or in plain language
	People         []Contributor `json:"people,omitempty"`
	In             Container     `json:"in,omitzero"`
	Date           Date          `json:"date,omitzero"`    // the date the work is cited by
	Events         []Event       `json:"events,omitempty"` // other dates: electronic publication, received, accepted, …

	DOI           DOI            `json:"doi,omitzero"`
	PMID          PMID           `json:"pmid,omitzero"`
	PMCID         PMCID          `json:"pmcid,omitzero"`
	Identifiers   []Identifier   `json:"identifiers,omitempty"`   // every other number: accession numbers, further DOIs, publisher items
	Registrations []Registration `json:"registrations,omitempty"` // trial and review registers
	URLs          []string       `json:"urls,omitempty"`

	Types     []string   `json:"types,omitempty"`     // publication types as the source names them: "Randomized Controlled Trial"
	Status    string     `json:"status,omitzero"`     // publication status as the source names it: "ppublish", "In-Process"
	Languages []string   `json:"languages,omitempty"` // ISO 639-1 where there is such a code ("en", "de"), else ISO 639-2, else the words of the source
	Headings  []Heading  `json:"headings,omitempty"`  // subject headings from a controlled list, with qualifiers
	Keywords  []string   `json:"keywords,omitempty"`  // free keywords, by authors or others
	Notes     []string   `json:"notes,omitempty"`
	Funding   []Grant    `json:"funding,omitempty"`
	Relations []Relation `json:"relations,omitempty"` // errata, retractions, comments, other versions, books it is part of
	Flags     Flags      `json:"flags,omitzero"`

	Source   Source    `json:"source,omitzero"`
	Extra    Extra     `json:"extra,omitempty"`    // what no field above holds, in the order of the file
	Problems []Problem `json:"problems,omitempty"` // what was odd about this record

	Members []Member `json:"members,omitempty"` // of a merged record: what it was made from, the record that gave its ID first
	Origins []Origin `json:"origins,omitempty"` // of a merged or filled record: where each field came from

	id ID // fixed at reading, see ID
}

// Kind says what a work is. The zero value means that nothing is known.
type Kind string

// The kinds of works that formats tell apart. Publication types in the sense
// of MEDLINE (letter, trial, review) are not kinds; they stand in Record.Types.
const (
	KindUnknown      Kind = ""
	JournalArticle   Kind = "journal-article"
	MagazineArticle  Kind = "magazine-article"
	NewspaperArticle Kind = "newspaper-article"
	Preprint         Kind = "preprint"
	ConferencePaper  Kind = "conference-paper"
	Proceedings      Kind = "proceedings"
	Book             Kind = "book"
	EditedBook       Kind = "edited-book"
	Chapter          Kind = "chapter"
	ReferenceEntry   Kind = "reference-entry"
	Thesis           Kind = "thesis"
	Report           Kind = "report"
	TrialRegister    Kind = "trial-registration"
	Dataset          Kind = "dataset"
	Software         Kind = "software"
	Patent           Kind = "patent"
	Webpage          Kind = "webpage"
	Standard         Kind = "standard"
	Legal            Kind = "legal"
	Manuscript       Kind = "manuscript"
	Audiovisual      Kind = "audiovisual"
	Other            Kind = "other"
)

// Kinds lists the kinds of works, in alphabetical order.
func Kinds() []Kind {
	return []Kind{Audiovisual, Book, Chapter, ConferencePaper, Dataset, EditedBook, JournalArticle, Legal, MagazineArticle,
		Manuscript, NewspaperArticle, Other, Patent, Preprint, Proceedings, ReferenceEntry, Report, Software, Standard, Thesis,
		TrialRegister, Webpage}
}

// Container is the journal, book or proceedings that a work appeared in; for a
// whole book it is the book's own publication facts.
type Container struct {
	Title         string `json:"title,omitzero"`
	Abbrev        string `json:"abbrev,omitzero"` // abbreviated title, as the source has it
	ISSN          []ISSN `json:"issn,omitempty"`
	ISBN          []ISBN `json:"isbn,omitempty"`
	NLMID         string `json:"nlm_id,omitzero"` // number in the NLM catalogue
	Volume        string `json:"volume,omitzero"`
	Issue         string `json:"issue,omitzero"`
	Pages         string `json:"pages,omitzero"`          // as the source writes them: "123-8", "e1–e9"; see PageRange
	ArticleNumber string `json:"article_number,omitzero"` // in place of pages
	PageCount     string `json:"page_count,omitzero"`
	Edition       string `json:"edition,omitzero"`
	Series        string `json:"series,omitzero"`
	SeriesVolume  string `json:"series_volume,omitzero"`
	Publisher     string `json:"publisher,omitzero"` // for a thesis the school, for a report the institution
	Place         string `json:"place,omitzero"`
	Country       string `json:"country,omitzero"`
	Event         string `json:"event,omitzero"` // name of the conference
	EventPlace    string `json:"event_place,omitzero"`
	EventDate     string `json:"event_date,omitzero"`
}

// Heading is a subject heading of a controlled list, such as MeSH.
type Heading struct {
	Term       string      `json:"term"`
	ID         string      `json:"id,omitzero"`     // number in the list: "D001523"
	Scheme     string      `json:"scheme,omitzero"` // "mesh", "emtree", …; empty when the source does not say
	Major      bool        `json:"major,omitzero"`  // the heading itself is a main topic
	Qualifiers []Qualifier `json:"qualifiers,omitempty"`
}

// Qualifier is a subheading: "therapy" in "Depression/therapy".
type Qualifier struct {
	Term  string `json:"term"`
	ID    string `json:"id,omitzero"`
	Major bool   `json:"major,omitzero"`
}

// String writes a heading as MEDLINE does: "*Depression/therapy/*psychology".
func (h Heading) String() string {
	var b strings.Builder
	if h.Major {
		b.WriteByte('*')
	}
	b.WriteString(h.Term)
	for _, q := range h.Qualifiers {
		b.WriteByte('/')
		if q.Major {
			b.WriteByte('*')
		}
		b.WriteString(q.Term)
	}
	return b.String()
}

// Grant is money that paid for the work.
type Grant struct {
	ID      string `json:"id,omitzero"`
	Agency  string `json:"agency,omitzero"`
	Acronym string `json:"acronym,omitzero"`
	Country string `json:"country,omitzero"`
}

// RelationKind says how another work stands to this one.
type RelationKind string

// The relations that MEDLINE, Crossref and BibLaTeX express. Each reads as
// "this record … the other": a record with ErratumIn has its erratum there.
const (
	ErratumIn     RelationKind = "erratum-in"
	ErratumFor    RelationKind = "erratum-for"
	RetractionIn  RelationKind = "retraction-in"
	RetractionOf  RelationKind = "retraction-of"
	ConcernIn     RelationKind = "expression-of-concern-in"
	ConcernFor    RelationKind = "expression-of-concern-for"
	CommentIn     RelationKind = "comment-in"
	CommentOn     RelationKind = "comment-on"
	UpdateIn      RelationKind = "update-in"
	UpdateOf      RelationKind = "update-of"
	RepublishedIn RelationKind = "republished-in"
	RepublishedOf RelationKind = "republished-from"
	ReportedIn    RelationKind = "reported-in" // a registration or protocol whose results are there
	PreprintOf    RelationKind = "preprint-of"
	PreprintIs    RelationKind = "has-preprint"
	PartOf        RelationKind = "part-of" // a chapter in its book
	CrossRef      RelationKind = "crossref"
	DataIn        RelationKind = "data-in"
	Cites         RelationKind = "cites"
	CitedBy       RelationKind = "cited-by"
	RelatedTo     RelationKind = "related"
)

// Relation points from a record to another work, by whatever the source gives:
// an identifier, a key in the same file, or a citation in words.
type Relation struct {
	Kind RelationKind `json:"kind"`
	Text string       `json:"text,omitzero"` // the citation as the source writes it
	Key  string       `json:"key,omitzero"`  // the other record's key in the same file
	DOI  DOI          `json:"doi,omitzero"`
	PMID PMID         `json:"pmid,omitzero"`
}

// Flags are the states of a work that a reviewer must not overlook. They are
// set from publication types, relations and title forms as the source has them.
type Flags struct {
	Retracted bool `json:"retracted,omitzero"` // the work has been retracted
	Concern   bool `json:"concern,omitzero"`   // an expression of concern has been published about it
	Corrected bool `json:"corrected,omitzero"` // an erratum has been published for it
	Notice    bool `json:"notice,omitzero"`    // the record itself is an erratum or retraction notice
}

// Source says where a record was read.
type Source struct {
	Database string `json:"database,omitzero"` // "MEDLINE", "Scopus": from the record or from the caller
	Platform string `json:"platform,omitzero"` // "Ovid", "EBSCOhost"
	File     string `json:"file,omitzero"`     // name of the file, as the caller gave it
	Format   string `json:"format,omitzero"`   // name of the format: "ris"
	Line     int    `json:"line,omitzero"`     // line of the record's first tag, from 1
	Number   int    `json:"number,omitzero"`   // number of the record in its file, from 1
}

// String gives the database where it is known and the file otherwise.
func (s Source) String() string {
	if s.Database != "" {
		return s.Database
	}
	return s.File
}

// Member is one of the records that a merged record was made from.
type Member struct {
	ID     ID     `json:"id"`
	Key    string `json:"key,omitzero"`
	Source Source `json:"source,omitzero"`
}

// Origin says where the value of one field of a merged or filled record came
// from, and why that value was preferred.
type Origin struct {
	Field  Field  `json:"field"`
	From   ID     `json:"from"`
	Source Source `json:"source,omitzero"`
	Why    string `json:"why,omitzero"`
}

// Sources lists where the record was found: of a merged record the source of
// each member, of any other its own, none when it has none.
func (r *Record) Sources() []Source {
	if len(r.Members) == 0 {
		if r.Source == (Source{}) {
			return nil
		}
		return []Source{r.Source}
	}
	out := make([]Source, len(r.Members))
	for i, m := range r.Members {
		out[i] = m.Source
	}
	return out
}

// Databases lists the names of the databases (or, where unknown, files) that
// the record was found in, each once, in alphabetical order.
func (r *Record) Databases() []string {
	var out []string
	for _, s := range r.Sources() {
		out = append(out, s.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Origin says where a merged or filled record took a field from. For a field
// without an entry it is the record itself.
func (r *Record) Origin(f Field) Origin {
	for _, o := range r.Origins {
		if o.Field == f {
			return o
		}
	}
	return Origin{Field: f, From: r.ID(), Source: r.Source}
}

// HasType tells whether the record has a publication type of that name. Case
// and the ends' white space do not matter.
func (r *Record) HasType(name string) bool {
	name = strings.TrimSpace(name)
	for _, t := range r.Types {
		if strings.EqualFold(strings.TrimSpace(t), name) {
			return true
		}
	}
	return false
}

// Authors lists the contributors whose role is author, in order; where there is
// none, the editors of a book.
func (r *Record) Authors() []Name {
	if out := r.PeopleIn(Author); len(out) > 0 {
		return out
	}
	if r.Kind == Book || r.Kind == EditedBook || r.Kind == Proceedings {
		return r.PeopleIn(Editor)
	}
	return nil
}

// PeopleIn lists the names of the contributors in a role, in order.
func (r *Record) PeopleIn(role Role) []Name {
	var out []Name
	for i := range r.People {
		if r.People[i].Role == role || role == Author && r.People[i].Role == "" {
			out = append(out, r.People[i].Name)
		}
	}
	return out
}

// Study is one piece of research and the reports that tell of it, in the sense
// of the Cochrane Handbook: what a review counts is studies, not reports.
type Study struct {
	ID      string `json:"id"`
	Reports []ID   `json:"reports"`
}

// ExtraTag is one tag and its value as the file has them. In a record merged of
// files in several formats, the tags of another format than the one of
// Record.Source begin with its name: "medline:IS", because a tag means one thing
// in one format and another in the next. See [Record.ExtraFormat].
type ExtraTag struct {
	Tag   string `json:"tag"`
	Value string `json:"value"`
	Line  int    `json:"line,omitzero"`
}

// Extra holds, in the order of the file, what no field of a record holds.
type Extra []ExtraTag

// Get returns the first value of a tag, or "".
func (e Extra) Get(tag string) string {
	for i := range e {
		if e[i].Tag == tag {
			return e[i].Value
		}
	}
	return ""
}

// All returns every value of a tag, in order.
func (e Extra) All(tag string) []string {
	var out []string
	for i := range e {
		if e[i].Tag == tag {
			out = append(out, e[i].Value)
		}
	}
	return out
}

// ExtraFormat says which format a tag of the record's Extra is of, and how that
// format writes it: ("medline", "IS") for "medline:IS" in a record merged of RIS
// and MEDLINE, and the record's own format and the tag as it is for all others.
func (r *Record) ExtraFormat(tag string) (format, own string) {
	head, rest, ok := strings.Cut(tag, ":")
	if !ok || head == "" || head == r.Source.Format {
		return r.Source.Format, tag
	}
	for i := range r.Members {
		if r.Members[i].Source.Format == head {
			return head, rest
		}
	}
	return r.Source.Format, tag
}

// ExtraFor lists what a writer of these formats may write of Extra: the tags that
// are of one of them, nothing of a record that was read in another format. What
// a program has put into a record made by hand counts as meant.
func (r *Record) ExtraFor(formats ...string) Extra {
	if r.Source.Format != "" && !slices.Contains(formats, r.Source.Format) {
		return nil
	}
	foreign := func(x ExtraTag) bool {
		format, _ := r.ExtraFormat(x.Tag)
		return format != r.Source.Format
	}
	if !slices.ContainsFunc(r.Extra, foreign) {
		return r.Extra
	}
	return slices.DeleteFunc(slices.Clone(r.Extra), foreign)
}
