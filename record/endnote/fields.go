package endnote

import (
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// The names of the two formats.
const (
	nameXML   = "endnote"
	nameRefer = "enw"
)

// field is one field of EndNote: where it stands in either form, what its values
// become, and what is written there. Values of a field without read are kept in
// Record.Extra.
type field struct {
	path  string // of its element below <record>; "" where XML has none
	tag   string // of Refer, with its percent sign; "" where Refer has none
	read  func(*builder, item)
	write func(*printer, *record.Record)
	attrs []string // attributes of the element that are kept and written again
	lines bool     // several values are lines of one element, not elements
}

// fields are the fields in the order in which they are written.
var fields = []*field{
	{path: "database", attrs: []string{"path"}},
	{path: "source-app", attrs: []string{"version"}},
	{path: "rec-number", read: (*builder).recordNumber, write: (*printer).recordNumber},
	{path: "foreign-keys/key", attrs: []string{"app", "db-id", "timestamp"}},
	{path: "ref-type", tag: "%0", read: (*builder).secondType, write: (*printer).refType},

	{path: "contributors/authors/author", tag: "%A", read: (*builder).author, write: (*printer).authors},
	{path: "contributors/secondary-authors/author", tag: "%E", read: seated(0), write: seatedPeople(0)},
	{path: "contributors/tertiary-authors/author", tag: "%Y", read: seated(1), write: seatedPeople(1)},
	{path: "contributors/subsidiary-authors/author", tag: "%?", read: seated(2), write: seatedPeople(2)},
	{path: "contributors/translated-authors/author", tag: "%H"},
	{path: "auth-address", tag: "%+", read: (*builder).address, write: (*printer).addresses, lines: true},
	{path: "auth-affiliation", read: (*builder).address},
	{path: "auth-affiliaton", read: (*builder).address}, // as the document type spells it

	{path: "titles/title", tag: "%T", read: (*builder).title, write: (*printer).title},
	{path: "titles/secondary-title", tag: "%B", read: (*builder).secondaryTitle, write: (*printer).secondaryTitle},
	{path: "titles/tertiary-title", tag: "%S", read: (*builder).tertiaryTitle, write: (*printer).tertiaryTitle},
	{path: "titles/alt-title", tag: "%O", read: (*builder).alternateTitle, write: (*printer).alternateTitle},
	{path: "titles/short-title", tag: "%!", read: (*builder).shortTitle, write: (*printer).shortTitle},
	{path: "titles/translated-title", tag: "%Q", read: (*builder).translatedTitle, write: (*printer).translatedTitle},
	{path: "periodical/full-title", tag: "%J", read: (*builder).periodical, write: (*printer).periodical},
	{path: "periodical/abbr-1", read: (*builder).abbreviation, write: (*printer).abbreviation},
	{path: "periodical/abbr-2", read: (*builder).abbreviation},
	{path: "periodical/abbr-3", read: (*builder).abbreviation},
	{path: "alt-periodical/full-title", read: (*builder).otherPeriodical},
	{path: "alt-periodical/abbr-1", read: (*builder).abbreviation},
	{path: "alt-periodical/abbr-2", read: (*builder).abbreviation},
	{path: "alt-periodical/abbr-3", read: (*builder).abbreviation},

	{path: "pages", tag: "%P", read: (*builder).pages, write: (*printer).pages},
	{path: "volume", tag: "%V", read: (*builder).volume, write: (*printer).volume},
	{path: "number", tag: "%N", read: (*builder).number, write: (*printer).number},
	{path: "issue", read: (*builder).number},
	{path: "num-vols", tag: "%6"},
	{path: "secondary-volume"}, {path: "secondary-issue"},
	{path: "edition", tag: "%7", read: (*builder).edition, write: (*printer).edition},
	{path: "section", tag: "%&", read: (*builder).section},
	{path: "reprint-edition", tag: "%)"}, {path: "reprint-status"},
	{path: "keywords/keyword", tag: "%K", read: (*builder).keyword, write: (*printer).keywords},
	{path: "dates/year", tag: "%D", read: (*builder).year, write: (*printer).year},
	{path: "dates/pub-dates/date", tag: "%8", read: (*builder).date, write: (*printer).date},
	{path: "dates/copyright-dates/date"},
	{path: "pub-location", tag: "%C", read: (*builder).place, write: (*printer).place},
	{path: "publisher", tag: "%I", read: single(func(r *record.Record) *string { return &r.In.Publisher }), write: (*printer).publisher},
	{path: "orig-pub", tag: "%(", read: (*builder).originalPublication, write: (*printer).originalTitle},
	{path: "isbn", tag: "%@", read: (*builder).serialNumber, write: (*printer).serialNumbers, lines: true},
	{path: "accession-num", tag: "%M", read: (*builder).accession, write: (*printer).accessions, lines: true},
	{path: "call-num", tag: "%L"},
	{path: "report-id"}, {path: "coden"},
	{path: "electronic-resource-num", tag: "%R", read: (*builder).doi, write: (*printer).dois, lines: true},
	{path: "abstract", tag: "%X", read: (*builder).abstract, write: (*printer).abstract},
	{path: "label", tag: "%F", read: (*builder).label, write: (*printer).label},
	{path: "image"},
	{path: "caption", tag: "%^"},
	{path: "notes", tag: "%Z", read: (*builder).note, write: (*printer).notes},
	{path: "research-notes", tag: "%<", read: (*builder).note},
	{path: "work-type", tag: "%9", read: (*builder).workType, write: (*printer).workTypes, lines: true},
	{path: "reviewed-item", tag: "%*"},
	{path: "availability"}, {path: "remote-source"}, {path: "meeting-place"}, {path: "work-location"},
	{path: "work-extent"}, {path: "pack-method"}, {path: "size"}, {path: "repro-ratio"},
	{path: "remote-database-name", tag: "%~", read: (*builder).database, write: (*printer).database},
	{path: "remote-database-provider", tag: "%W", read: (*builder).provider, write: (*printer).provider},
	{path: "language", tag: "%G", read: (*builder).language, write: (*printer).languages},
	{path: "urls/web-urls/url", read: (*builder).link},
	{path: "urls/pdf-urls/url", tag: "%>", read: (*builder).link},
	{path: "urls/text-urls/url", read: (*builder).link},
	{path: "urls/related-urls/url", tag: "%U", read: (*builder).link, write: (*printer).links},
	{path: "urls/image-urls/url", read: (*builder).link},
	{path: "access-date", tag: "%[", read: (*builder).accessed, write: (*printer).accessed},
	{path: "modified-date", tag: "%=", read: (*builder).custom, lines: true}, // where EndNote puts Custom 8
	{path: "custom1", tag: "%1", read: (*builder).firstCustom, write: (*printer).firstCustom, lines: true},
	{path: "custom2", tag: "%2", read: (*builder).custom, write: (*printer).pmcid, lines: true},
	{path: "custom3", tag: "%3", read: (*builder).thirdCustom, write: (*printer).thirdCustom, lines: true},
	{path: "custom4", tag: "%4", read: (*builder).custom, write: (*printer).identifiers, lines: true},
	{path: "custom5", tag: "%#", read: (*builder).custom, write: (*printer).registrations, lines: true},
	{path: "custom6", tag: "%$", read: (*builder).custom, lines: true},
	{path: "custom7", tag: "%]", read: (*builder).articleNumber, write: (*printer).articleNumber, lines: true},
	{path: "custom8", read: (*builder).custom, lines: true},
	{path: "misc1"}, {path: "misc2"}, {path: "misc3"},
}

// byTag and byPath find a field, by its tag as Refer writes it or by the path of
// its element.
var byTag, byPath = func() (tags, paths map[string]*field) {
	tags, paths = make(map[string]*field, len(fields)), make(map[string]*field, len(fields))
	for _, f := range fields {
		if f.tag != "" {
			tags[f.tag] = f
		}
		if f.path != "" {
			paths[f.path] = f
		}
	}
	return tags, paths
}()

// row is the place of a field in the table.
var row = func() map[*field]int {
	m := make(map[*field]int, len(fields))
	for i, f := range fields {
		m[f] = i
	}
	return m
}()

// refType is a type of reference.
type refType struct {
	name   string
	number int // in EndNote's XML; 0 where it is not published
	kind   record.Kind
	seats  seats
}

// seats are the roles of secondary, tertiary and subsidiary authors; "" where they
// edit what the work stands in, edit its series, and translate it.
type seats [3]record.Role

// aside is the role of what stands among the authors and is none of a person.
const aside record.Role = "-"

// Roles in short, for the table.
const (
	contrib = record.Contrib
	series  = record.SeriesEditor
)

// refTypes are EndNote's types of references, with whom its reference types table
// names in the fields of authors. Of several for one kind the first is written.
var refTypes = []*refType{
	{"Journal Article", 17, record.JournalArticle, seats{}},
	{"Electronic Article", 43, record.JournalArticle, seats{}},
	{"Magazine Article", 19, record.MagazineArticle, seats{}},
	{"Newspaper Article", 23, record.NewspaperArticle, seats{}},
	{"Press Release", 0, record.NewspaperArticle, seats{}},
	{"Book", 6, record.Book, seats{series, record.Editor, ""}},
	{"Electronic Book", 44, record.Book, seats{}},
	{"Classical Work", 49, record.Book, seats{series, record.Editor, ""}},
	{"Edited Book", 28, record.EditedBook, seats{series, record.Editor, ""}},
	{"Book Section", 5, record.Chapter, seats{}},
	{"Electronic Book Section", 60, record.Chapter, seats{}},
	{"Encyclopedia", 53, record.ReferenceEntry, seats{}},
	{"Dictionary", 52, record.ReferenceEntry, seats{}},
	{"Conference Proceedings", 10, record.ConferencePaper, seats{"", "", contrib}}, // its sponsor
	{"Conference Paper", 47, record.ConferencePaper, seats{}},
	{"Thesis", 32, record.Thesis, seats{"", record.Advisor, ""}},
	{"Report", 27, record.Report, seats{series, contrib, contrib}}, // its publisher, its department
	{"Government Document", 46, record.Report, seats{contrib, contrib, contrib}},
	{"Dataset", 59, record.Dataset, seats{contrib, contrib, contrib}}, // its producer, who paid for it
	{"Aggregated Database", 55, record.Dataset, seats{}},
	{"Online Database", 45, record.Dataset, seats{}},
	{"Computer Program", 9, record.Software, seats{series, "", ""}},
	{"Patent", 25, record.Patent, seats{aside, contrib, contrib}}, // who issued it; the international author
	{"Web Page", 12, record.Webpage, seats{series, "", ""}},
	{"Blog", 56, record.Webpage, seats{"", contrib, ""}},
	{"Discussion Forum", 0, record.Webpage, seats{}},
	{"Social Media", 0, record.Webpage, seats{}},
	{"Standard", 58, record.Standard, seats{}},
	{"Legal Rule or Regulation", 50, record.Legal, seats{aside, aside, contrib}}, // who issued it
	{"Statute", 31, record.Legal, seats{}},
	{"Case", 7, record.Legal, seats{aside, aside, contrib}}, // its reporter, the higher court, counsel
	{"Bill", 4, record.Legal, seats{contrib, contrib, contrib}},
	{"Hearing", 14, record.Legal, seats{}},
	{"Manuscript", 36, record.Manuscript, seats{}},
	{"Unpublished Work", 34, record.Manuscript, seats{}},
	{"Audiovisual Material", 3, record.Audiovisual, seats{contrib, series, contrib}}, // performers, those who took part
	{"Film or Broadcast", 21, record.Audiovisual, seats{contrib, contrib, contrib}},
	{"Television Episode", 0, record.Audiovisual, seats{contrib, contrib, contrib}},
	{"Podcast", 0, record.Audiovisual, seats{contrib, contrib, contrib}},
	{"Music", 61, record.Audiovisual, seats{"", "", contrib}},
	{"Online Multimedia", 48, record.Audiovisual, seats{series, "", ""}},
	{"Multimedia Application", 0, record.Audiovisual, seats{series, "", ""}},
	{"Artwork", 2, record.Audiovisual, seats{}},
	{"Figure", 37, record.Audiovisual, seats{aside, "", ""}}, // the name of its file
	{"Chart or Table", 38, record.Audiovisual, seats{aside, "", ""}},
	{"Generic", 13, record.KindUnknown, seats{}},
	{"Serial", 57, record.Other, seats{"", "", record.Editor}},
	{"Map", 20, record.Other, seats{series, "", ""}},
	{"Grant", 54, record.Other, seats{}},
	{"Equation", 39, record.Other, seats{aside, "", ""}},
	{"Personal Communication", 26, record.Other, seats{contrib, "", ""}}, // whom it was sent to
	{"Interview", 0, record.Other, seats{contrib, "", ""}},
	{"Catalog", 8, record.Other, seats{contrib, "", ""}}, // the institution
	{"Pamphlet", 24, record.Other, seats{contrib, "", ""}},
	{"Ancient Text", 51, record.Other, seats{}},
}

// generic is the type of a record of which none is known.
var generic = typeNamed("Generic")

// typeNamed finds a type by its name in the table, nil when there is none.
func typeNamed(name string) *refType {
	for _, t := range refTypes {
		if t.name == name {
			return t
		}
	}
	return nil
}

// typeCalled finds a type by any of its names, in small letters or capitals; nil
// when there is none.
func typeCalled(name string) *refType {
	if t := typesByName[name]; t != nil {
		return t
	}
	return typesByName[strings.ToLower(name)]
}

// typesByName find a type by its name as it is and in small letters, and by the
// names that other programs and older versions have for it.
var typesByName = func() map[string]*refType {
	m := make(map[string]*refType, 2*len(refTypes)+len(otherNames))
	for _, t := range refTypes {
		m[t.name], m[strings.ToLower(t.name)] = t, t
	}
	for other, name := range otherNames {
		m[other] = typeNamed(name)
	}
	return m
}()

var otherNames = map[string]string{
	"article": "Journal Article", "journal": "Journal Article", "book chapter": "Book Section", "chapter": "Book Section", "electronic chapter": "Electronic Book Section",
	"electronic source": "Web Page", "website": "Web Page", "web site": "Web Page", "internet": "Web Page", "dissertation": "Thesis", "conference": "Conference Proceedings",
	"proceedings": "Conference Proceedings", "conference proceeding": "Conference Proceedings", "newspaper": "Newspaper Article", "magazine": "Magazine Article",
	"encyclopedia article": "Encyclopedia", "dictionary entry": "Dictionary", "data set": "Dataset", "software": "Computer Program", "audio": "Music",
	"unpublished": "Unpublished Work", "preprint": "Unpublished Work", "miscellaneous": "Generic", "misc": "Generic",
}

// typesByNumber find a type by its number in EndNote's XML, as it stands there.
var typesByNumber = func() map[string]*refType {
	m := make(map[string]*refType, len(refTypes))
	for _, t := range refTypes {
		if t.number != 0 {
			m[strconv.Itoa(t.number)] = t
		}
	}
	return m
}()

// marker is a word in Type of Work that says what no type of reference does; the
// type is then the nearest.
type marker struct {
	word string
	kind record.Kind
	near string
}

// markers make the kinds without a type; the first of a kind is written.
var markers = []*marker{
	{"Preprint", record.Preprint, "Unpublished Work"},
	{"Trial registration", record.TrialRegister, "Web Page"}, {"Trial registry record", record.TrialRegister, "Web Page"},
	{"Proceedings", record.Proceedings, "Conference Proceedings"},
}

// markerOf finds the marker of a kind, nil where its type says it.
func markerOf(kind record.Kind) *marker {
	for _, m := range markers {
		if m.kind == kind {
			return m
		}
	}
	return nil
}

// typeOfKind gives the type that is written for a kind.
func typeOfKind(kind record.Kind) *refType {
	for _, t := range refTypes {
		if t.kind == kind && kind != record.Other {
			return t
		}
	}
	if m := markerOf(kind); m != nil {
		return typeNamed(m.near)
	}
	return generic
}

// What the field Number counts, by the name of the type; of any other type, and of
// those not named here, the issue.
const (
	issues = iota
	seriesVolumes
	ownNumber
	reportNumber
	accessDate // the day of it, with the year in Volume
	firstPage
)

var numberMeans = map[string]int{
	"Book": seriesVolumes, "Edited Book": seriesVolumes, "Electronic Book": seriesVolumes, "Classical Work": seriesVolumes,
	"Book Section": seriesVolumes, "Electronic Book Section": seriesVolumes,
	"Bill": ownNumber, "Hearing": ownNumber, "Statute": ownNumber, "Thesis": ownNumber, "Patent": ownNumber, "Grant": ownNumber,
	"Report": reportNumber, "Web Page": accessDate, "Newspaper Article": firstPage,
}

// ownSchemes name the number in the field ISBN of what has one of its own.
var ownSchemes = map[record.Kind]string{
	record.Report: "report-number", record.Patent: "patent-number", record.Standard: "standard-number",
}

// schemes are the identifiers that are written and read as "scheme:value".
var schemes = []string{"pii", "arxiv", "mid", "eid", "lens", "mag", "openalex", "wos", "pmid", "oclc", "handle", "urn", "number",
	"report-number", "patent-number", "standard-number"}

// inJournal tells whether a kind of work stands in a periodical.
func inJournal(kind record.Kind) bool {
	return kind == record.JournalArticle || kind == record.MagazineArticle || kind == record.NewspaperArticle
}

// whole tells whether the work is not part of another, so that its secondary title
// is that of its series.
func whole(kind record.Kind) bool {
	return kind == record.Book || kind == record.EditedBook || kind == record.Report
}
