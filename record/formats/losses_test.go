package formats_test

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

// specimen is a record that has one field more than the plain one, and the text
// by which that field is found again in a file.
type specimen struct {
	field record.Field
	note  string // what is special about it
	fill  func(*record.Record)
	mark  string
}

// plain is what every specimen has.
func plain() *record.Record {
	return &record.Record{Kind: record.JournalArticle, Title: "A plain title"}
}

func person(role record.Role) record.Contributor {
	return record.Contributor{Role: role, Name: record.Name{Family: "Marklund", Given: "Inga"}}
}

func specimens() []specimen {
	s := func(f record.Field, mark string, fill func(*record.Record)) specimen {
		return specimen{f, "", fill, mark}
	}
	return []specimen{
		s(record.FieldTitle, "A marked title", func(r *record.Record) { r.Title = "A marked title" }),
		s(record.FieldOriginalTitle, "Ein Titel", func(r *record.Record) { r.OriginalTitle = "Ein Titel"; r.Languages = []string{"de"} }),
		s(record.FieldShortTitle, "Marked", func(r *record.Record) { r.ShortTitle = "Marked" }),
		s(record.FieldAbstract, "A marked abstract", func(r *record.Record) { r.Abstract = record.NewAbstract("A marked abstract.") }),
		s(record.FieldSections, "AIM", func(r *record.Record) {
			r.Abstract.AddSection("AIM", "", "To mark.")
			r.Abstract.AddSection("METHODS", "", "By marks.")
		}),
		s(record.FieldOtherAbstracts, "Ein Abstract", func(r *record.Record) {
			r.Abstract = record.NewAbstract("An abstract.")
			r.OtherAbstracts = []record.Abstract{{Text: "Ein Abstract.", Language: "de", Kind: "translation"}}
		}),
		s(record.FieldAuthors, "Marklund", func(r *record.Record) { r.People = []record.Contributor{person(record.Author)} }),
		{record.FieldAuthors, "a group", func(r *record.Record) {
			r.People = []record.Contributor{{Role: record.Author, Name: record.Name{Literal: "Marked Study Group"}}}
		}, "Marked Study Group"},
		s(record.FieldEditors, "Marklund", func(r *record.Record) { r.People = []record.Contributor{person(record.Editor)} }),
		{record.FieldPeople, "a translator", func(r *record.Record) { r.People = []record.Contributor{person(record.Translator)} }, "Marklund"},
		{record.FieldPeople, "an investigator", func(r *record.Record) { r.People = []record.Contributor{person(record.Investigator)} }, "Marklund"},
		s(record.FieldORCIDs, "0000-0002-1825-0097", func(r *record.Record) {
			r.People = []record.Contributor{person(record.Author)}
			r.People[0].ORCID = "0000-0002-1825-0097"
		}),
		s(record.FieldAffiliations, "Marked University", func(r *record.Record) {
			r.People = []record.Contributor{person(record.Author)}
			r.People[0].Affiliations = []string{"Marked University, Nowhere"}
		}),
		s(record.FieldJournal, "Journal of Marks", func(r *record.Record) { r.In.Title = "Journal of Marks" }),
		s(record.FieldJournalAbbrev, "J Marks", func(r *record.Record) { r.In.Title, r.In.Abbrev = "Journal of Things", "J Marks" }),
		s(record.FieldNLMID, "9876543", func(r *record.Record) { r.In.NLMID = "9876543" }),
		s(record.FieldISSN, "1234-5679", func(r *record.Record) { r.In.ISSN = []record.ISSN{"1234-5679"} }),
		{record.FieldISBN, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.ISBN = []record.ISBN{"9780306406157"} }, "9780306406157"},
		s(record.FieldVolume, "417", func(r *record.Record) { r.In.Volume = "417" }),
		s(record.FieldIssue, "319", func(r *record.Record) { r.In.Issue = "319" }),
		s(record.FieldPages, "5123", func(r *record.Record) { r.In.Pages = "5123-5128" }),
		s(record.FieldArticleNumber, "e51234", func(r *record.Record) { r.In.ArticleNumber = "e51234" }),
		{record.FieldPageCount, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.PageCount = "613" }, "613"},
		{record.FieldEdition, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.Edition = "17" }, "17"},
		{record.FieldSeries, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.Series = "Marks in Series" }, "Marks in Series"},
		{record.FieldSeriesVolume, "of a book", func(r *record.Record) {
			r.Kind = record.Book
			r.In.Series, r.In.SeriesVolume = "Some Series", "7731"
		}, "7731"},
		{record.FieldPublisher, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.Publisher = "Marks Press" }, "Marks Press"},
		{record.FieldPlace, "of a book", func(r *record.Record) { r.Kind = record.Book; r.In.Place = "Marktown" }, "Marktown"},
		s(record.FieldCountry, "Iceland", func(r *record.Record) { r.In.Country = "Iceland" }),
		{record.FieldConference, "", func(r *record.Record) {
			r.Kind = record.ConferencePaper
			r.In.Event = "Meeting of Marks"
		}, "Meeting of Marks"},
		s(record.FieldDate, "1997", func(r *record.Record) { r.Date = record.Date{Year: 1997} }),
		{record.FieldDate, "with month and day", func(r *record.Record) { r.Date = record.Date{Year: 1997, Month: 11, Day: 23} }, "1997"},
		{record.FieldEvents, "accepted", func(r *record.Record) {
			r.Events = []record.Event{{Kind: record.Accepted, Date: record.Date{Year: 1998, Month: 2, Day: 3}}}
		}, "1998"},
		{record.FieldEvents, "published online", func(r *record.Record) {
			r.Events = []record.Event{{Kind: record.Electronic, Date: record.Date{Year: 1998, Month: 2, Day: 3}}}
		}, "1998"},
		s(record.FieldDOI, "10.5555/marked", func(r *record.Record) { r.DOI = "10.5555/marked" }),
		s(record.FieldPMID, "31415926", func(r *record.Record) { r.PMID = "31415926" }),
		s(record.FieldPMCID, "PMC2718281", func(r *record.Record) { r.PMCID = "PMC2718281" }),
		{record.FieldIdentifiers, "an accession number", func(r *record.Record) {
			r.Identifiers = []record.Identifier{{Scheme: "accession", Value: "MARK-17"}}
		}, "MARK-17"},
		s(record.FieldRegistrations, "NCT01234567", func(r *record.Record) {
			r.Registrations = []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT01234567"}}
		}),
		s(record.FieldURLs, "https://marks.example/1", func(r *record.Record) { r.URLs = []string{"https://marks.example/1"} }),
		{record.FieldKind, "a thesis", func(r *record.Record) { r.Kind = record.Thesis }, ""},
		{record.FieldKind, "a preprint", func(r *record.Record) { r.Kind = record.Preprint }, ""},
		s(record.FieldTypes, "Randomized Controlled Trial", func(r *record.Record) { r.Types = []string{"Randomized Controlled Trial"} }),
		s(record.FieldStatus, "ppublish", func(r *record.Record) { r.Status = "ppublish" }),
		s(record.FieldLanguages, "", func(r *record.Record) { r.Languages = []string{"is"} }),
		{record.FieldHeadings, "with a qualifier", func(r *record.Record) {
			r.Headings = []record.Heading{{Term: "Peer Markers", Scheme: "mesh", Qualifiers: []record.Qualifier{{Term: "psychology"}}}}
		}, "Peer Markers"},
		s(record.FieldKeywords, "marked keyword", func(r *record.Record) { r.Keywords = []string{"marked keyword"} }),
		s(record.FieldNotes, "A marked note", func(r *record.Record) { r.Notes = []string{"A marked note"} }),
		s(record.FieldFunding, "MARK-2024", func(r *record.Record) { r.Funding = []record.Grant{{ID: "MARK-2024", Agency: "Fund of Marks"}} }),
		{record.FieldRelations, "an erratum", func(r *record.Record) {
			r.Relations = []record.Relation{{Kind: record.ErratumIn, PMID: "27182818", Text: "J Marks. 1998;2:3"}}
		}, "27182818"},
		{record.FieldFlags, "retracted", func(r *record.Record) { r.Flags.Retracted = true; r.Types = []string{"Retracted Publication"} }, "Retracted Publication"},
		s(record.FieldDatabase, "Markbase", func(r *record.Record) { r.Source.Database = "Markbase" }),
		s(record.FieldPlatform, "Markhost", func(r *record.Record) { r.Source.Platform = "Markhost" }),
	}
}

// notApart are the fields that others say: the year is in the date, the key is the
// file's.
var notApart = []record.Field{record.FieldYear, record.FieldKey}

func TestEveryFieldHasASpecimen(t *testing.T) {
	var have []record.Field
	for _, s := range specimens() {
		have = append(have, s.field)
	}
	for _, f := range record.Fields() {
		assert.True(t, slices.Contains(have, f) || slices.Contains(notApart, f), "%s: add a specimen", f)
	}
}

const lossesHead = `# What each format holds

Each row is a record that has one field more than a plain article; it was written in each format that can be written and
read back. A tag in a cell stands for the value having come back in its field, and is where the file has it; "as" and a
name say in which other field a reader finds it; a dash that the format does not hold it. What a file's own format says
beyond these fields stands in Extra and is written in that format only. For the records at hand ` + "`record.Losses`" + ` and
` + "`convert -losses`" + ` say the same value by value.

<!-- This text is made by record/formats/losses_test.go: UPDATE_GOLDEN=1 go test ./record/formats -->
`

func TestTheTableOfWhatEachFormatHoldsIsTrue(t *testing.T) {
	var written []record.Format
	for _, f := range formats.All() {
		if f.Encode != nil && f.Decode != nil {
			written = append(written, f)
		}
	}
	var b strings.Builder
	b.WriteString(lossesHead)
	for group := range slices.Chunk(written, 7) {
		b.WriteString("\n| field |")
		for _, f := range group {
			fmt.Fprintf(&b, " %s |", f.Name)
		}
		b.WriteString("\n|---|" + strings.Repeat("---|", len(group)) + "\n")
		for _, s := range specimens() {
			fmt.Fprintf(&b, "| %s |", strings.TrimSuffix(fmt.Sprintf("%s, %s", s.field, s.note), ", "))
			for _, f := range group {
				fmt.Fprintf(&b, " %s |", cellOf(t, f, s))
			}
			b.WriteByte('\n')
		}
	}
	suite.Golden(t, filepath.Join("..", "..", "docs", "formats", "losses.md"), []byte(b.String()))
}

// cellOf says how a format holds a specimen.
func cellOf(t *testing.T, f record.Format, s specimen) string {
	r := plain()
	s.fill(r)
	losses, err := record.Losses(r, f)
	require.NoError(t, err)
	i := slices.IndexFunc(losses, func(l record.Loss) bool { return l.Field == s.field })
	if i < 0 {
		return cmp.Or(tagsOf(t, f, r, s), "held")
	}
	l := losses[i]
	switch {
	case len(l.Elsewhere) > 0:
		return "as " + string(l.Elsewhere[0])
	case l.Became != "":
		return fmt.Sprintf("as “%s”", l.Became)
	}
	return "–"
}

// tagsOf finds the tags under which a file has the mark of a specimen, or, without
// a mark, what the specimen adds to a plain record's file.
func tagsOf(t *testing.T, f record.Format, r *record.Record, s specimen) string {
	text := written(t, f, r)
	base := written(t, f, plain())
	var tags []string
	for _, x := range tagged(text) {
		found := s.mark != "" && strings.Contains(x.value, s.mark)
		if s.mark == "" {
			found = !slices.Contains(tagged(base), x)
		}
		if found && !slices.Contains(tags, "`"+x.tag+"`") {
			tags = append(tags, "`"+x.tag+"`")
		}
	}
	if len(tags) > 2 {
		tags = tags[:2]
	}
	return strings.Join(tags, ", ")
}

func written(t *testing.T, f record.Format, r *record.Record) string {
	var b bytes.Buffer
	w := record.NewWriter(&b, f)
	require.NoError(t, errors.Join(w.Write(r), w.Close()))
	return b.String()
}

// cell is a value of a file and the tag, element, variable or column it stands in.
type cell struct{ tag, value string }

var (
	tagLine    = regexp.MustCompile(`(?m)^(%[!-~]|[A-Z0-9]{1,4})\s*(?:  ?- ?| )(.*)$`)
	bibField   = regexp.MustCompile(`(?m)^\s*([a-z]+)\s*= \{?(.*)$`)
	entryType  = regexp.MustCompile(`(?m)^(@)([a-z]+)\{`)
	jsonMember = regexp.MustCompile(`"([A-Za-z_-]+)":\s*("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{[^}]*\}|[^,}]+)`)
	element    = regexp.MustCompile(`<([A-Za-z][A-Za-z0-9-]*)((?: [^<>]*)?)>([^<]*(?:<style[^>]*>[^<]*</style>)?[^<]*)`)
)

// tagged takes a file apart, roughly: enough to find where a mark stands.
func tagged(text string) []cell {
	var out []cell
	add := func(re *regexp.Regexp) {
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			out = append(out, cell{m[1], strings.Join(m[2:], " ")})
		}
	}
	switch {
	case strings.HasPrefix(text, "@"):
		add(entryType)
		add(bibField)
	case strings.HasPrefix(text, "<"):
		add(element)
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		add(jsonMember)
	case strings.Contains(text[:strings.IndexByte(text+"\n", '\n')], "title"):
		rd := csv.NewReader(strings.NewReader(text))
		if strings.Contains(text[:strings.IndexByte(text+"\n", '\n')], "\t") {
			rd.Comma = '\t'
		}
		rows, err := rd.ReadAll()
		if err != nil || len(rows) < 2 {
			return nil
		}
		for i, name := range rows[0] {
			out = append(out, cell{name, rows[1][i]})
		}
	default:
		add(tagLine)
	}
	return out
}
