package tagged_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"pgregory.net/rapid"
)

// alike takes from a record what a second file says otherwise: where it was read,
// what was odd about it, how its lines were wrapped and its pages shortened.
func alike(c *record.Record) {
	c.Source, c.Problems = record.Source{Database: c.Source.Database}, nil
	if first, last := c.In.PageRange(); first != "" && !strings.ContainsAny(c.In.Pages, ",; ") {
		c.In.Pages = first + "-" + last
	}
	c.Abstract.Text = strings.ReplaceAll(c.Abstract.Text, "\n", " ")
	c.Abstract.Sections = nil
	c.OtherAbstracts = slices.Clone(c.OtherAbstracts)
	slices.SortStableFunc(c.OtherAbstracts, func(a, b record.Abstract) int { return strings.Compare(a.Language, b.Language) })
	c.People = slices.Clone(c.People)
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	c.Identifiers = slices.Clone(c.Identifiers)
	slices.SortStableFunc(c.Identifiers, func(a, b record.Identifier) int { return strings.Compare(a.Scheme, b.Scheme) })
	c.Relations = slices.Clone(c.Relations)
	slices.SortStableFunc(c.Relations, func(a, b record.Relation) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	c.Extra = slices.Clone(c.Extra)
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	c.Extra = slices.DeleteFunc(c.Extra, func(x record.ExtraTag) bool { return x.Tag == "ER" || x.Tag == "RT" || x.Tag == "PT" })
}

// roundTrip tells what differs when records are written and read again.
func roundTrip(t testing.TB, format record.Format, name string, records []*record.Record) string {
	t.Helper()
	return suite.RoundTrip(t, format, name, records, alike)
}

// words are parts of values that try to break out of their line.
var words = []string{"kite", "Rope", "A", "ER", "\nER\n", "\nPT J\n", "\nRT Journal Article\n", "EF", "\n   ", "\x00", "\u2028", "; ", ";", ",", " - ", "<i>", "&amp;", "é", "漢字", "[", "]", "(", "10.5555/x", "  ", "\t", "TI ", "1", "."}

func drawText(t *rapid.T, name string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(t, name), "")
}

// drawRecord draws a record of what any format may hand over.
func drawRecord(t *rapid.T) *record.Record {
	text := func(name string) string { return drawText(t, name) }
	texts := func(name string) []string {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawText(t, "part") }), 0, 3).Draw(t, name)
	}
	r := &record.Record{
		Kind: rapid.SampledFrom(append(record.Kinds(), record.KindUnknown)).Draw(t, "kind"), Title: text("title"), OriginalTitle: text("original"),
		Abstract: record.NewAbstract(text("abstract")), Keywords: texts("keywords"), Notes: texts("notes"), URLs: texts("urls"), Types: texts("types"),
		Languages: texts("languages"), Date: record.Date{Year: rapid.SampledFrom([]int{0, 1999, 2012}).Draw(t, "year")},
		In: record.Container{Title: text("journal"), Abbrev: text("abbrev"), Volume: text("volume"), Issue: text("issue"), Pages: text("pages"), ArticleNumber: text("article"),
			Publisher: text("publisher"), Place: text("place"), Edition: text("edition"), Series: text("series"), PageCount: text("count"), Event: text("event")},
	}
	if r.Date.Year != 0 {
		r.Date.Month = rapid.IntRange(0, 12).Draw(t, "month")
		if r.Date.Month > 0 {
			r.Date.Day = rapid.IntRange(0, 28).Draw(t, "day")
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "people") {
		n := record.Name{Family: text("family"), Given: text("given"), Affiliations: texts("addresses")}
		if n.Family == "" || rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: text("group") + "x"}
		}
		r.People = append(r.People, record.Contributor{Role: rapid.SampledFrom([]record.Role{record.Author, record.Editor, record.Translator, record.Inventor}).Draw(t, "role"), Name: n})
	}
	for range rapid.IntRange(0, 2).Draw(t, "cited") {
		r.Relations = append(r.Relations, record.Relation{Kind: record.Cites, Text: text("cited"), DOI: rapid.SampledFrom([]record.DOI{"", "10.5555/cited.1"}).Draw(t, "cited doi")})
	}
	for range rapid.IntRange(0, 2).Draw(t, "grants") {
		r.Funding = append(r.Funding, record.Grant{Agency: text("agency"), ID: text("grant")})
	}
	return r
}

// TestNoValueBreaksOutOfItsPlace writes records of any values, between two plain
// ones: as many come back, and from the second writing on nothing changes.
func TestNoValueBreaksOutOfItsPlace(t *testing.T) {
	plain := &record.Record{Kind: record.JournalArticle, Title: "A plain one"}
	for _, format := range all {
		if format.Encode == nil {
			continue
		}
		t.Run(format.Name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				first := write(t, format, []*record.Record{plain, drawRecord(rt), plain})
				records, problems := readAll(t, format, bytes.NewReader(first), "first")
				if len(records) != 3 || records[0].Title != plain.Title || records[2].Title != plain.Title || len(problems) > 0 {
					rt.Fatalf("%d records, %v:\n%s", len(records), problems, first)
				}
				second := write(t, format, records)
				again, _ := readAll(t, format, bytes.NewReader(second), "second")
				third := write(t, format, again)
				if !bytes.Equal(second, third) {
					rt.Fatalf("written a third time it differs:%s\n%s", suite.Difference(string(second), string(third)), first)
				}
			})
		})
	}
}

// TestWhatIsPlainComesBackEqual writes records of plain values that a format can
// hold and reads them again.
func TestWhatIsPlainComesBackEqual(t *testing.T) {
	word := rapid.StringMatching(`[A-Z][a-z]{3,8}( [a-z]{2,8}){0,3}`)
	some := rapid.SliceOfNDistinct(word, 0, 3, rapid.ID[string])
	kinds := map[string][]record.Kind{
		"wos": {record.JournalArticle, record.ConferencePaper, record.Chapter, record.Book, record.Patent, record.Preprint, record.Thesis},
		"refworks": {record.JournalArticle, record.MagazineArticle, record.NewspaperArticle, record.ConferencePaper, record.Chapter, record.Book, record.EditedBook,
			record.Thesis, record.Report, record.Software, record.Patent, record.Webpage, record.Manuscript, record.Other, record.KindUnknown},
	}
	for _, format := range all {
		if format.Encode == nil {
			continue
		}
		t.Run(format.Name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				kind := rapid.SampledFrom(kinds[format.Name]).Draw(rt, "kind")
				author := record.Author
				if kind == record.Patent {
					author = record.Inventor
				}
				r := &record.Record{Kind: kind, Title: word.Draw(rt, "title"), Abstract: record.NewAbstract(word.Draw(rt, "abstract")), Keywords: some.Draw(rt, "keywords"),
					Notes: some.Draw(rt, "notes"), Languages: []string{"de"}, DOI: "10.5555/plain.1", PMID: "90000007", Date: record.Date{Year: 2012, Month: 3, Day: rapid.IntRange(0, 28).Draw(rt, "day")},
					In:          record.Container{Title: word.Draw(rt, "journal") + " journal", ISSN: []record.ISSN{"0000-0019"}, ISBN: []record.ISBN{"9780000000002"}, Publisher: word.Draw(rt, "publisher"), Pages: "12-19"},
					Identifiers: []record.Identifier{{Scheme: "accession", Value: "WOS:000000000000009"}}, URLs: []string{"https://example.org/plain"},
					Relations: []record.Relation{{Kind: record.Cites, Text: "Adler B, 2001, DOI 10.5555/adler.1", DOI: "10.5555/adler.1"}},
				}
				if kind == record.Book || kind == record.EditedBook || kind == record.Thesis || kind == record.Report {
					r.In.Title = ""
				}
				for range rapid.IntRange(1, 3).Draw(rt, "people") {
					r.People = append(r.People, record.Contributor{Role: author, Name: record.Name{Family: rapid.StringMatching(`[A-Z][a-z]{3,8}`).Draw(rt, "family"), Given: rapid.StringMatching(`[A-Z][a-z]{3,8}`).Draw(rt, "given")}})
				}
				r.People = append(r.People, record.Contributor{Role: record.Editor, Name: record.Name{Family: "Berg", Given: "Anna", Affiliations: []string{"Univ Kites"}}})
				r.Key = "WOS:000000000000009"
				again, _ := readAll(t, format, bytes.NewReader(write(t, format, []*record.Record{r})), "again")
				if len(again) != 1 {
					rt.Fatalf("%d records", len(again))
				}
				got := again[0]
				if format.Name == "wos" { // the word of DT that says the kind
					got.Types = nil
				}
				want := *r
				want.Source.Database = got.Source.Database // told by the accession number
				if was, is := suite.Meaning(t, &want, alike), suite.Meaning(t, got, alike); was != is {
					rt.Fatalf("differs:%s", suite.Difference(was, is))
				}
			})
		})
	}
}
