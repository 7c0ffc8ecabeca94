package endnote_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/endnote"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func ExampleXML() {
	src := strings.NewReader(`<xml><records><record>
<rec-number>12</rec-number><ref-type name="Book Section">5</ref-type>
<contributors><authors><author>Berg, Anna M.</author></authors>
<secondary-authors><author>Chen, Li</author></secondary-authors></contributors>
<titles><title><style face="normal">Kites of H</style><style face="subscript">2</style><style face="normal">O</style></title>
<secondary-title>A book of kites</secondary-title></titles>
<dates><year>2019</year><pub-dates><date>Apr 5</date></pub-dates></dates>
<electronic-resource-num>https://doi.org/10.5555/KITE.1</electronic-resource-num>
</record></records></xml>`)
	rd := record.NewReader(src, record.ReadOptions{Name: "library.xml", Format: endnote.XML()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Key, r.Kind, r.Date, r.DOI)
		fmt.Printf("%s. In: %s\n", r.Title, r.In.Title)
		for _, p := range r.People {
			fmt.Println(p.Role, p.Name.String())
		}
	}
	// Output:
	// 12 chapter 2019-04-05 10.5555/kite.1
	// Kites of H2O. In: A book of kites
	// author Berg, Anna M.
	// editor Chen, Li
}

func ExampleRefer() {
	src := strings.NewReader("%0 Journal Article\n%T Peer support after discharge\n%A Berg, Anna M.\n%A Chen, Li\n" +
		"%J Journal of Invented Things\n%D 2019\n%8 Apr 5\n%R 10.5555/kite.1\n\n%0 Thesis\n%T Kites\n%D soon\n")
	rd := record.NewReader(src, record.ReadOptions{Name: "export.enw", Format: endnote.Refer()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s (%s)\n", r.Kind, r.Title, r.Date)
		for _, p := range r.Problems {
			fmt.Println(p)
		}
	}
	// Output:
	// journal-article: Peer support after discharge (2019-04-05)
	// thesis: Kites ()
	// export.enw:12 %D: expected a year; the value is kept as it is "soon" (date)
}

// bothForms runs a test for XML and for Refer.
func bothForms(t *testing.T, f func(t *testing.T, format record.Format)) {
	for _, format := range []record.Format{xmlFormat, referFormat} {
		t.Run(format.Name, func(t *testing.T) { f(t, format) })
	}
}

// drawRecord makes a record of what EndNote can say.
func drawRecord(t *rapid.T) *record.Record {
	word := rapid.StringMatching(`[A-Z][a-zé]{2,8}`)
	text := rapid.StringMatching(`[A-Z][a-z]{1,6}( [a-z0-9%ö纸<>&;:.=/\\"'-]{1,7}){0,6} [a-z]{2,5}`)
	some := func(label string, g *rapid.Generator[string]) string {
		if rapid.Bool().Draw(t, label+"?") {
			return g.Draw(t, label)
		}
		return ""
	}
	number := rapid.StringMatching(`[1-9][0-9]{0,3}`)
	r := &record.Record{
		Kind: rapid.SampledFrom([]record.Kind{record.JournalArticle, record.MagazineArticle, record.Chapter, record.ConferencePaper, record.Thesis,
			record.Preprint, record.TrialRegister, record.Proceedings, record.Book, record.EditedBook, record.Report, record.Patent, record.Dataset,
			record.Webpage, record.Software, record.KindUnknown}).Draw(t, "kind"),
		Title: text.Draw(t, "title"), ShortTitle: some("short", word), OriginalTitle: some("original", text),
		DOI:   record.DOI(some("doi", rapid.StringMatching(`10\.5555/[a-z0-9()-]{1,10}[a-z0-9]`))),
		PMID:  record.PMID(some("pmid", rapid.StringMatching(`[1-9][0-9]{6}`))),
		PMCID: record.PMCID(some("pmcid", rapid.StringMatching(`PMC[1-9][0-9]{5}`))),
	}
	r.Abstract = record.NewAbstract(some("abstract", text))
	roles := []record.Role{record.Author, record.Editor, record.SeriesEditor, record.Translator}
	switch r.Kind {
	case record.Patent:
		roles = []record.Role{record.Inventor}
	case record.EditedBook:
		roles = []record.Role{record.Editor, record.SeriesEditor}
	case record.Report, record.Dataset, record.ConferencePaper, record.Proceedings, record.Webpage, record.TrialRegister, record.Software:
		roles = roles[:1]
	case record.Thesis:
		roles = []record.Role{record.Author, record.Advisor}
	}
	for range rapid.IntRange(0, 4).Draw(t, "people") {
		n := record.Name{Family: word.Draw(t, "family"), Given: word.Draw(t, "given")}
		if rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: rapid.StringMatching(`[A-Z][a-z]{2,6}( [A-Z][a-z]{2,6}){0,3}(, [A-Z][a-z]{2,5})?`).Draw(t, "literal")}
		}
		r.People = append(r.People, record.Contributor{Role: rapid.SampledFrom(roles).Draw(t, "role"), Name: n})
	}
	drawContainer(t, r, word, text, number, some)
	if rapid.Bool().Draw(t, "date") {
		r.Date.Year = rapid.IntRange(1800, 2030).Draw(t, "year")
		r.Date.Month = rapid.IntRange(0, 12).Draw(t, "month")
		if r.Date.Month > 0 {
			r.Date.Day = rapid.IntRange(0, 28).Draw(t, "day")
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "keywords") {
		r.Keywords = append(r.Keywords, word.Draw(t, "keyword"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "notes") {
		r.Notes = append(r.Notes, word.Draw(t, "note")+some("line", rapid.StringMatching("\n[A-Z%][a-zA-Z0] [a-z]{1,5}")))
	}
	for range rapid.IntRange(0, 2).Draw(t, "accessions") {
		r.Identifiers = append(r.Identifiers, record.Identifier{Scheme: "accession", Value: rapid.StringMatching(`[A-Z]{2}:[0-9]{3}`).Draw(t, "accession")})
	}
	if l := some("language", rapid.SampledFrom([]string{"en", "de", "fr"})); l != "" {
		r.Languages = []string{l}
	}
	if u := some("url", rapid.StringMatching(`https://example\.org/[a-z&?=;]{1,8}[a-z]`)); u != "" {
		r.URLs = []string{u}
	}
	return r
}

func drawContainer(t *rapid.T, r *record.Record, word, text, number *rapid.Generator[string], some func(string, *rapid.Generator[string]) string) {
	in := &r.In
	journal := r.Kind == record.JournalArticle || r.Kind == record.MagazineArticle
	whole := r.Kind == record.Book || r.Kind == record.EditedBook || r.Kind == record.Report
	if !whole {
		in.Title = some("container", text)
	}
	if journal && in.Title != "" {
		in.Abbrev = some("abbrev", rapid.StringMatching(`J [A-Z][a-z]{1,2}`))
	}
	if r.Kind != record.Patent && r.Kind != record.Proceedings {
		in.Series = some("series", word)
	}
	if r.Kind != record.Webpage && r.Kind != record.TrialRegister {
		in.Volume = some("volume", number)
	}
	if journal {
		in.Issue = some("issue", number)
	}
	in.Publisher, in.Edition = some("publisher", word), ""
	if r.Kind == record.ConferencePaper {
		in.EventPlace, in.EventDate = some("meeting", word), some("days", rapid.StringMatching(`[1-9]-[12][0-9] May 20[0-9][0-9]`))
	}
	in.Place = some("place", word)
	if rapid.Bool().Draw(t, "pages") {
		first := rapid.IntRange(1, 900).Draw(t, "first")
		in.Pages = fmt.Sprintf("%d-%d", first, first+rapid.IntRange(1, 90).Draw(t, "more"))
	}
}

func TestWhatEndNoteCanSaySurvivesWritingAndReading(t *testing.T) {
	bothForms(t, func(t *testing.T, format record.Format) {
		rapid.Check(t, func(rt *rapid.T) {
			r := drawRecord(rt)
			first := write(t, format, []*record.Record{r})
			back, problems := readAll(t, format, bytes.NewReader(first), "x")
			require.Empty(rt, problems)
			require.Len(rt, back, 1, string(first))
			require.Empty(rt, back[0].Problems, string(first))
			back[0].Key = ""
			if r.Kind == record.Preprint {
				back[0].Extra = nil // the type it is written as
			}
			require.Equal(rt, meaning(t, r), meaning(t, back[0]), string(first))
			require.Equal(rt, string(first), string(write(t, format, back)))
		})
	})
}

// What the one form keeps in Extra the other writes in its place.
func TestWhatIsKeptPassesFromOneFormToTheOther(t *testing.T) {
	text := "%0 Dataset\n%T A\n%3 Derived\n%6 12\n%^ A kite\n%F K1\n\n"
	records, _ := readAll(t, referFormat, strings.NewReader(text), "x.enw")
	out := string(write(t, xmlFormat, records))
	for _, want := range []string{"<custom3><style", ">Derived<", "<num-vols><style", "<caption><style", "<label><style", ">K1<"} {
		assert.Contains(t, out, want)
	}
	back, _ := readAll(t, xmlFormat, strings.NewReader(out), "x.xml")
	require.Len(t, back, 1)
	assert.Equal(t, []string{"12", "A kite", "Derived"}, []string{back[0].Extra.Get("num-vols"), back[0].Extra.Get("caption"), back[0].Extra.Get("custom3")})
	again, _ := readAll(t, referFormat, bytes.NewReader(write(t, referFormat, back)), "x.enw")
	assert.Equal(t, meaning(t, records[0]), meaning(t, again[0]))
}

func nastyRecord(rt *rapid.T) *record.Record {
	nasty := rapid.SampledFrom([]string{"\n", "\r", "\r\n", "\n%0 Book\n%T x", "\n\n%A ", "\x00", "\u2028", "\u0085", "%T ", "</style></title></titles></record><record>", "<![CDATA[",
		"]]>", "&amp;", "&", "<", "\"", "'", "a", "é", ";", ", ", "\x0b", "\x1a", "\f", "\ufffe", "\xff"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(nasty, 0, 6).Draw(t, "parts"), "") })
	s := func(label string) string { return text.Draw(rt, label) }
	return &record.Record{Kind: record.Kind(s("kind")), Key: s("key"), Title: "T" + s("title"), ShortTitle: s("short"), OriginalTitle: s("original"),
		Abstract: record.Abstract{Text: s("abstract")}, DOI: record.DOI(s("doi")), PMID: record.PMID(s("pmid")),
		People:   []record.Contributor{{Name: record.Name{Family: s("family"), Given: s("given"), Affiliations: []string{s("address")}}}, {Name: record.Name{Literal: s("literal")}}},
		In:       record.Container{Title: s("journal"), Pages: s("pages"), Volume: s("volume"), Event: s("event"), ISSN: []record.ISSN{record.ISSN(s("issn"))}},
		Keywords: []string{s("keyword")}, Notes: []string{s("note"), s("note2")}, URLs: []string{s("url")}, Types: []string{s("type")},
		Date: record.Date{Year: 2012, Text: s("date")}, Languages: []string{s("language")},
		Source: record.Source{Database: s("database")}, Extra: record.Extra{{Tag: s("tag"), Value: s("value")}, {Tag: "ref-type", Value: s("ty")},
			{Tag: "ref-type@number", Value: s("number")}, {Tag: "%" + s("percent"), Value: s("p")}, {Tag: "database", Value: s("db")}, {Tag: "database@path", Value: s("path")},
			{Tag: "a/b", Value: s("ab")}, {Tag: "custom1", Value: s("c1")}, {Tag: "%1", Value: s("c1")}}}
}

// Whatever a record's fields hold, it stays one record.
func TestNoValueBreaksOutOfItsPlace(t *testing.T) {
	bothForms(t, func(t *testing.T, format record.Format) {
		rapid.Check(t, func(rt *rapid.T) {
			r := nastyRecord(rt)
			out := write(t, format, []*record.Record{r, r})
			require.True(rt, utf8.Valid(out))
			if format.Name == xmlFormat.Name {
				require.NoError(rt, wellFormed(out), "%s", out)
			}
			back, problems := readAll(t, format, bytes.NewReader(out), "x")
			require.Len(rt, back, 2, "%s", out)
			require.Empty(rt, problems, "%s", out)
		})
	})
}

func wellFormed(text []byte) error {
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := d.Token(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

func TestTheTextMayArriveByteByByte(t *testing.T) {
	for text, format := range map[string]record.Format{
		"<xml>\r\n<records><!-- a --><record>\r<titles><title>Kites</title></titles><abstract>one&#xD;two</abstract></record></records></xml>": xmlFormat,
		"%T Kites\r\n%X one.\r\ntwo\r\n\r%T B\n": referFormat,
	} {
		whole, _ := readAll(t, format, strings.NewReader(text), "x")
		bytewise, _ := readAll(t, format, iotest.OneByteReader(strings.NewReader(text)), "x")
		require.Equal(t, whole, bytewise)
		assert.Equal(t, "Kites", whole[0].Title)
		assert.Equal(t, []string{"one", "two"}, strings.FieldsFunc(whole[0].Abstract.Text, func(r rune) bool { return r == '\n' || r == '.' }))
	}
}

func readLimited(t *testing.T, format record.Format, text string, limits record.Limits) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x", Format: format, Limits: limits})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func TestAFieldOverTheLimitIsLeftOutAndTheRestStands(t *testing.T) {
	long := strings.Repeat("word ", 1000)
	for text, format := range map[string]record.Format{
		"<xml><records><record><titles><title>A</title></titles>\n<abstract>" + long + "</abstract></record><record><titles><title>B</title></titles></record></records></xml>": xmlFormat,
		"%T A\n%X " + long + "\n\n%T B\n":                                    referFormat,
		"%T A\n%X w" + strings.ReplaceAll(long, " ", "\n") + "end\n\n%T B\n": referFormat,
	} {
		records, problems := readLimited(t, format, text, record.Limits{Field: 1000})
		require.Len(t, records, 2)
		assert.Empty(t, problems)
		assert.Equal(t, "A", records[0].Title)
		assert.Equal(t, "B", records[1].Title)
		assert.Empty(t, records[0].Abstract.Text)
		require.Len(t, records[0].Problems, 1)
		assert.Equal(t, record.CodeFieldTooLong, records[0].Problems[0].Code)
		assert.Equal(t, 2, records[0].Problems[0].Line)
	}
}

func TestARecordOverTheLimitIsLeftOutAndTheStreamGoesOn(t *testing.T) {
	for text, format := range map[string]record.Format{
		"<xml><records><record>" + strings.Repeat("<label>a word</label>", 1000) + "</record><record><titles><title>B</title></titles></record></records></xml>": xmlFormat,
		"%T A\n" + strings.Repeat("%K word\n", 1000) + "wrapped\n\n%T B\n":                                                                                       referFormat,
	} {
		records, problems := readLimited(t, format, text, record.Limits{Record: 5000})
		require.Len(t, records, 1)
		assert.Equal(t, "B", records[0].Title)
		require.Len(t, problems, 1)
		assert.Equal(t, record.CodeRecordTooLong, problems[0].Code)
		assert.Equal(t, 1, problems[0].Line)
	}
}

func TestReadingCanBeStoppedAtAnyRecord(t *testing.T) {
	for text, format := range map[string]record.Format{
		"<xml><records>" + strings.Repeat("<record><label>a</label></record>", 10) + "</records></xml>": xmlFormat,
		strings.Repeat("%T A\n\n", 10): referFormat,
	} {
		rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Format: format})
		n := 0
		for range rd.All() {
			if n++; n == 3 {
				break
			}
		}
		assert.Equal(t, 3, n)
	}
}

// What is not of the format makes no record and is said.
func TestOtherTextUnderTheNameOfTheFormatIsSaid(t *testing.T) {
	for _, text := range []string{"TY  - JOUR\nTI  - A\nER  - \n", "{\"a\":1}", "<html><body><p>Not found</p></body></html>", "@article{a, title={B}}", "Title,Year\nA,2012\n"} {
		bothForms(t, func(t *testing.T, format record.Format) {
			records, problems := readAll(t, format, strings.NewReader(text), "x")
			assert.Empty(t, records, text)
			assert.NotEmpty(t, problems, text)
		})
	}
}

func TestAFileThatIsCutKeepsItsWholeRecordsAndSaysSo(t *testing.T) {
	records := []*record.Record{{Key: "1", Kind: record.Book, Title: "First"}, {Key: "2", Kind: record.Book, Title: "Second", Notes: []string{strings.Repeat("note ", 20)}}}
	text := string(write(t, xmlFormat, records))
	for cut := strings.Index(text, "Second"); cut < len(text)-1; cut++ {
		got, problems := readAll(t, xmlFormat, strings.NewReader(text[:cut]), "x")
		require.NotEmpty(t, got)
		assert.Equal(t, "First", got[0].Title)
		for _, r := range got {
			problems = append(problems, r.Problems...)
		}
		codes := map[record.Code]bool{}
		for _, p := range problems {
			codes[p.Code] = true
		}
		if strings.HasSuffix(text[:cut], "</records></xml>") {
			continue
		}
		require.True(t, codes[record.CodeTruncated] || codes[record.CodeSyntax] || codes[record.CodeJunk], "cut at %d: %q", cut, text[max(0, cut-20):cut])
	}
}

func FuzzXML(f *testing.F) {
	for _, seed := range []string{
		"<xml><records><record><ref-type name=\"Book\">6</ref-type><titles><title><style face='a>b'>A</style> b</title></titles></record></records></xml>",
		"<!DOCTYPE a [<!ENTITY b \"c\">]><records><record><titles><title>&b;<![CDATA[</record>]]></titles><year>x<record/>",
		"<p:record><urls><related-urls><url>http://a;http://b</url></urls><foo a=1 b=\"2>\"><foo/></foo></p:record>", "<record", "</record></xml", "<record><custom2>PMC1&#xD;&#xA;x",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readable(t, xmlFormat, data) })
}

func FuzzRefer(f *testing.F) {
	for _, seed := range []string{
		"%0 Journal Article\n%T A\n%A Berg, A; Chen, L\n\n%0 Book\n", "  %T A\n  %A B\n\nwrapped\n%8 1998 Dec-1999 Jan\n", "%0\n%0 x\n%[2012\n%(a\n%é b\n", "junk\n%R 12\n%Q X\n\x00\n%\n% \n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readable(t, referFormat, data) })
}

// readable checks that a text of any kind is read to its end, and that what was
// read can be written and read again.
func readable(t *testing.T, format record.Format, data []byte) {
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "x", Format: format, Charset: "utf-8"})
	var records []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		require.True(t, utf8.ValidString(r.Title))
		require.Positive(t, r.Source.Line)
		records = append(records, r)
	}
	out := write(t, format, records)
	back, _ := readAll(t, format, bytes.NewReader(out), "x")
	want := len(records)
	if format.Name == referFormat.Name { // a record of nothing has no line
		want = 0
		for _, r := range records {
			if text := string(write(t, format, []*record.Record{r})); strings.TrimSpace(text) != "" {
				want++
			}
		}
	} else {
		require.NoError(t, wellFormed(out), "%s", out)
	}
	require.Len(t, back, want, "%s", out)
}

func TestTypesOfOtherProgramsAreKnownByTheirNames(t *testing.T) {
	for name, want := range map[string]record.Kind{"Preprint": record.Preprint, "journal article": record.JournalArticle, "Book Chapter": record.Chapter,
		"Electronic Source": record.Webpage, "Audio": record.Audiovisual, "Generic": record.KindUnknown, "Kite": record.Other} {
		records, _ := readAll(t, referFormat, strings.NewReader("%0 "+name+"\n%T A\n"), "x")
		require.Len(t, records, 1)
		assert.Equal(t, want, records[0].Kind, name)
		assert.True(t, roundTrip(t, referFormat, "x", records), name)
	}
}
