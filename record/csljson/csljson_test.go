package csljson_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/csljson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func ExampleFormat() {
	src := strings.NewReader(`[
  {"id": "berg2019", "type": "article-journal", "title": "Peer support after <i>discharge</i>",
   "author": [{"family": "Berg", "non-dropping-particle": "van der", "given": "Anna M."}],
   "issued": {"date-parts": [[2019, 4]]}, "note": "PMID: 90000001"},
  {"id": "chen2020", "type": "thesis", "title": "Rope and kite", "DOI": "none"},
]`)
	rd := record.NewReader(src, record.ReadOptions{Name: "export.json", Format: csljson.Format()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Key, r.Title, r.Date, r.PMID, r.Authors())
		for _, p := range r.Problems {
			fmt.Println(p)
		}
	}
	for _, p := range rd.Problems() {
		fmt.Println(p)
	}
	// Output:
	// berg2019 Peer support after discharge 2019-04 90000001 [van der Berg, Anna M.]
	// chen2020 Rope and kite   []
	// export.json:5 DOI: expected a DOI such as 10.5555/12345678; it is kept as it is "\"none\"" (doi)
	// export.json:6 a comma with no item behind it (syntax)
}

// TestCases reads each case, shows the records and problems, and writes them.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		input, ok := c.Get("input.json")
		require.True(t, ok)
		records, problems := readAll(t, bytes.NewReader(input), c.Name+".json")
		c.WantRecords(t, records, problems)
		c.Want(t, "written.json", write(t, records))
		require.Empty(t, roundTrip(t, c.Name+".json", records), "written and read again it says the same")
	})
}

func TestAnEmptySetIsAnEmptyList(t *testing.T) {
	assert.Equal(t, "[]\n", string(write(t, nil)))
}

func TestARecordWithoutAKeyIsNamedByItsID(t *testing.T) {
	r := &record.Record{Title: "Kite"}
	assert.Contains(t, string(write(t, []*record.Record{r})), `"id": "`+string(r.ID())+`"`)
}

func TestJSONOfOtherKindsIsNotTaken(t *testing.T) {
	var own bytes.Buffer
	line, err := json.Marshal(&record.Record{Key: "a", Title: "Kite", Kind: record.JournalArticle})
	require.NoError(t, err)
	own.Write(line)
	for name, text := range map[string]string{
		"records of this module": own.String(),
		"a work of Crossref":     `{"status":"ok","message-type":"work","message":{"DOI":"10.5555/1","type":"journal-article","title":["Kite"]}}`,
		"works of Crossref":      `[{"indexed":{"date-parts":[[2020,1,1]]},"DOI":"10.5555/1","type":"book","title":["Kite"],"author":[{"family":"Probe"}],"issued":{"date-parts":[[2020]]}}]`,
		"a work of OpenAlex": `{"id":"https://openalex.org/W1","doi":"https://doi.org/10.5555/1","title":"Kite","display_name":"Kite","publication_year":2020,
			"publication_date":"2020-01-01","ids":{},"language":"en","primary_location":{},"type":"article","authorships":[]}`,
		"a package":       `{"name":"kite","version":"1.0.0","description":"x","type":"module","author":"Ben Probe","license":"MIT"}`,
		"items of Zotero": `[{"key":"ABCD","itemType":"journalArticle","title":"Kite","creators":[],"DOI":"10.5555/1"}]`,
		"GeoJSON":         `{"type":"FeatureCollection","features":[]}`,
		"numbers":         `[1,2,3]`,
		"a text":          `"title"`,
		"nothing":         ``,
		"RIS":             "TY  - JOUR\nER  - \n",
	} {
		assert.Zero(t, csljson.Format().Sniff([]byte(text)), name)
	}
	for name, text := range map[string]string{
		"a list":                  `[{"id":"a","type":"book","title":"Kite"}]`,
		"an item":                 "\n {\"type\":\"article-journal\",\"id\":1,\"issued\":{\"date-parts\":[[2020]]}}",
		"a list under items":      `{"items": [{"id":"a","type":"thesis","author":[{"family":"Probe"}]}]}`,
		"of Crossref's converter": `{"indexed":{},"type":"journal-article","title":"Kite","container-title":"Rope","issued":{"date-parts":[[2020]]},"DOI":"10.5555/1"}`,
	} {
		assert.Positive(t, csljson.Format().Sniff([]byte(text)), name)
	}
}

func TestADamagedItemCostsItselfAlone(t *testing.T) {
	good := func(id string) string { return `{"id":"` + id + `","type":"book","title":"Good ` + id + `"}` }
	for name, broken := range map[string]string{
		"a quote that is not closed":        `{"id":"x","title":"Bro}`,
		"one at the end of a line":          "{\"id\":\"x\",\n\"title\":\"Bro,\n\"volume\":\"1\"}",
		"a brace that is not closed":        `{"id":"x","author":[{"family":"A"}]`,
		"a list that is not closed":         `{"id":"x","author":[{"family":"A"}}`,
		"a word that JSON does not have":    `{"id":"x","volume":NaN}`,
		"a brace too many":                  `{"id":"x","type":"book"}}`,
		"single quotes":                     `{'id':'x'}`,
		"a comment":                         `/* {here} */`,
		"a list among the items":            `[{"id":"x"}]`,
		"a text among the items":            `"},{"`,
		"a key in place of the closing one": `{"id":"x","title":"Bro","volume":"`,
	} {
		for _, between := range []string{",", ",\n"} {
			src := "[" + good("a") + between + broken + between + good("b") + between + good("c") + "]"
			records, problems := readAll(t, strings.NewReader(src), "x.json")
			var keys []string
			for _, r := range records {
				keys = append(keys, r.Key)
			}
			for _, key := range []string{"a", "c"} {
				assert.Contains(t, keys, key, "%s: %s", name, src)
			}
			if !strings.HasPrefix(name, "a key in") {
				assert.Contains(t, keys, "b", "%s: %s", name, src)
			}
			assert.NotEmpty(t, problems, name)
		}
	}
}

func TestAnItemOverALimitIsLeftOutAndTheNextIsRead(t *testing.T) {
	long := `{"id":"x","title":"` + strings.Repeat("long ", 60_000) + `"}`
	deep := `{"id":"x","custom":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + `}`
	src := "[" + long + "," + deep + `,{"id":"b","type":"book","title":"Kite"}` + "]"
	rd := record.NewReader(strings.NewReader(src), record.ReadOptions{Name: "x.json", Format: csljson.Format(), Limits: record.Limits{Record: 1000, Nesting: 20}})
	var keys []string
	for r, err := range rd.All() {
		require.NoError(t, err)
		keys = append(keys, r.Key)
	}
	assert.Equal(t, []string{"b"}, keys)
	require.Len(t, rd.Problems(), 2)
	assert.Equal(t, record.CodeRecordTooLong, rd.Problems()[0].Code)
	assert.Equal(t, record.CodeTooDeep, rd.Problems()[1].Code)
}

func TestAFieldOverItsLimitIsLeftOut(t *testing.T) {
	src := `[{"id":"a","type":"book","title":"Kite","abstract":"` + strings.Repeat("x", 200) + `"}]`
	rd := record.NewReader(strings.NewReader(src), record.ReadOptions{Name: "x.json", Format: csljson.Format(), Limits: record.Limits{Field: 100}})
	for r, err := range rd.All() {
		require.NoError(t, err)
		assert.Equal(t, "Kite", r.Title)
		assert.Empty(t, r.Abstract.Text)
		require.Len(t, r.Problems, 1)
		assert.Equal(t, record.CodeFieldTooLong, r.Problems[0].Code)
	}
}

func TestHowTheInputArrivesDoesNotMatter(t *testing.T) {
	src := "[{\"id\":\"a\",\"title\":\"Bro,\n\"type\":\"book\"},\n{\"id\":\"x\",\"title\":\"Br},{\"id\":\"b\",\"type\":\"book\"}, 7, {\"id\":\"c\",\"type\":\"book\",\"title\":\"a\\\\\"}]"
	whole, wholeProblems := readAll(t, strings.NewReader(src), "x.json")
	bytewise, problems := readAll(t, iotest.OneByteReader(strings.NewReader(src)), "x.json")
	assert.Equal(t, wholeProblems, problems)
	require.Len(t, bytewise, len(whole))
	for i := range whole {
		assert.Equal(t, meaning(t, whole[i]), meaning(t, bytewise[i]))
	}
}

// drawRecord makes a record of what CSL-JSON can say, with and without custom.
func drawRecord(t *rapid.T) *record.Record {
	word := rapid.StringMatching(`[A-Z][a-zé]{2,8}`)
	text := rapid.StringMatching(`[A-Z][a-z]{1,6}( [a-z0-9%ö纸:.=/\\"'{}\[\],-]{1,7}){0,6} [a-z]{2,5}`)
	some := func(label string, g *rapid.Generator[string]) string {
		if rapid.Bool().Draw(t, label+"?") {
			return g.Draw(t, label)
		}
		return ""
	}
	r := &record.Record{Key: word.Draw(t, "key"), Kind: rapid.SampledFrom(append(record.Kinds(), "")).Draw(t, "kind"),
		Title: text.Draw(t, "title"), ShortTitle: some("short", text), OriginalTitle: some("original", text), Status: some("status", word)}
	r.Abstract = record.NewAbstract(some("abstract", text))
	for range rapid.IntRange(0, 3).Draw(t, "people") {
		n := record.Name{Family: rapid.SampledFrom([]string{"", "van der ", "de "}).Draw(t, "particle") + word.Draw(t, "family"), Given: some("given", word),
			Suffix: some("suffix", rapid.Just("Jr."))}
		if rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: text.Draw(t, "literal")}
		}
		if a := some("affiliation", text); a != "" {
			n.Affiliations = []string{a}
		}
		role := rapid.SampledFrom([]record.Role{record.Author, record.Editor, record.SeriesEditor, record.Translator, record.Investigator,
			record.Advisor, record.Inventor, record.Contrib, record.Subject}).Draw(t, "role")
		r.People = append(r.People, record.Contributor{Role: role, Name: n})
	}
	r.In = record.Container{Title: some("journal", text), Abbrev: some("abbrev", text), Volume: some("volume", word), Issue: some("issue", word),
		Pages: some("pages", rapid.Just("12-19")), ArticleNumber: some("number", rapid.Just("e77")), PageCount: some("count", word), Edition: some("edition", word),
		Series: some("series", text), SeriesVolume: some("series volume", word), Publisher: some("publisher", text), Place: some("place", text),
		Country: some("country", word), NLMID: some("nlm", word), Event: some("event", text), EventPlace: some("event place", text),
		EventDate: some("event date", rapid.SampledFrom([]string{"2012", "2012-03-04", "2012-03/2012-04"}))}
	r.Date, _ = record.ParseDate(rapid.SampledFrom([]string{"", "2012", "2012-03", "2012 Mar 4", "2007 Spring", "1998 Dec-1999 Jan", "2012 Jan-Feb",
		"2000 Oct 16-31", "JUN 13", "in press", "in press 2020", "circa 2012", "[2012?]", "long ago"}).Draw(t, "date"))
	r.DOI = record.DOI(some("doi", rapid.Just("10.5555/kite.1")))
	r.PMID = record.PMID(some("pmid", rapid.Just("90000001")))
	r.PMCID = record.PMCID(some("pmcid", rapid.Just("PMC9000001")))
	for _, k := range []string{some("keyword", text), some("other keyword", word)} {
		if k != "" {
			r.Keywords = append(r.Keywords, k)
		}
	}
	if l := some("language", rapid.SampledFrom([]string{"en", "de", "zh"})); l != "" {
		r.Languages = []string{l}
	}
	for range rapid.IntRange(0, 2).Draw(t, "types") {
		r.Types = append(r.Types, word.Draw(t, "type")+fmt.Sprint(len(r.Types)))
	}
	for _, kind := range []record.EventKind{record.Accessed, record.Received, record.Entered} {
		if rapid.Bool().Draw(t, "event of a kind") {
			r.Events = append(r.Events, record.Event{Kind: kind, Date: record.Date{Year: 2020, Month: 5}})
		}
	}
	if rapid.Bool().Draw(t, "more") {
		r.Identifiers = []record.Identifier{{Scheme: "pii", Value: "S1"}, {Scheme: "report-number", Value: "7"}}
		r.Registrations = []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT90000001"}}
		r.Headings = []record.Heading{{Term: "Wind", Major: true}}
		r.Funding = []record.Grant{{ID: "1", Agency: "Kite Fund"}}
		r.Relations = []record.Relation{{Kind: record.ErratumIn, Text: "Rope 2"}}
		r.URLs = []string{"https://kite.example/1", "https://kite.example/2"}
		r.Source.Database, r.Source.Platform = "MEDLINE", "Ovid"
	}
	record.SetFlags(r)
	return r
}

func TestWhatIsWrittenComesBackAndFitsTheSchema(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawRecord(rt)
		first := write(t, []*record.Record{r})
		require.NoError(rt, fitsSchema(first), string(first))
		again, problems := readAll(t, bytes.NewReader(first), "x.json")
		require.Empty(rt, problems)
		require.Len(rt, again, 1)
		require.Empty(rt, again[0].Problems, string(first))
		require.Equal(rt, meaning(t, r), meaning(t, again[0]), string(first))
		require.Equal(rt, string(first), string(write(t, again)))
	})
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{`[]`, `[{"id":"a","type":"book","title":"Kite"}]`, `{"id":1}`, `[{"id":"x","title":"Bro},{"id":"b"}]`,
		`[{"issued":{"date-parts":[[2012,13,"x"],[1e9]]},"author":[{"family":7},"A, B",null,[]]}]`, `{"items":[{"id":"a"}`, "[{\"a\":\"\n\"b\":1}]",
		`[{"custom":{"evidence":{"kind":"book","people":[{"role":"advisor"}]},"x":[1]},"custom":3,"doi":"10.5555/1","note":"PMID: 1\nx"}]`,
		`{"a":1}}]],[{"b":"\`, `[{"type":7,"language":"en-US","ISSN":["1234-5679"],"keyword":"a, b; c","id":{}}]`, `[{"issued":"2012-03/2013","season":[]},{"issued":{"season":9,"circa":1,"literal":"x"}}]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		records := read(t, data)
		for _, r := range records {
			if len(r.Key) > 200 {
				return
			}
		}
		first := write(t, records)
		require.NoError(t, fitsSchema(first), string(first))
		again := read(t, first)
		require.Len(t, again, len(records), string(first))
	})
}

// read reads a text whatever its encoding, and ignores that it may be no text.
func read(t testing.TB, data []byte) []*record.Record {
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "x.json", Format: csljson.Format(), Charset: "utf-8"})
	var out []*record.Record
	for r, err := range rd.All() {
		if err != nil {
			return out
		}
		out = append(out, r)
	}
	return out
}

func BenchmarkRead(b *testing.B) {
	const item = `{"id":"berg%d","type":"article-journal","title":"Peer support after discharge","container-title":"Journal of Invented Things",
"author":[{"family":"Berg","given":"Anna M."},{"family":"Chen","given":"Li"}],"issued":{"date-parts":[[2019,4,1]]},"volume":"12","issue":"3",
"page":"123-131","DOI":"10.5555/%d","PMID":"90000001","abstract":"Much is not known. A little more is, after a year of kites and ropes in a small town by the sea.","language":"en"}`
	var src strings.Builder
	n := 0
	for src.WriteByte('['); src.Len() < 1<<20; n++ {
		if n > 0 {
			src.WriteString(",\n")
		}
		fmt.Fprintf(&src, item, n, n)
	}
	src.WriteByte(']')
	b.SetBytes(int64(src.Len()))
	b.ReportAllocs()
	for b.Loop() {
		in := record.NewInput(strings.NewReader(src.String()), "x.json", record.Limits{}, nil)
		if err := csljson.Format().Decode(in, func(*record.Record) bool { return true }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkWrite(b *testing.B) {
	r := &record.Record{Key: "a", Kind: record.JournalArticle, Title: "Peer support after discharge", Date: record.Date{Year: 2019, Month: 4},
		People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M."}}}, DOI: "10.5555/1"}
	w := record.NewWriter(io.Discard, csljson.Format())
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Write(r); err != nil {
			b.Fatal(err)
		}
	}
}
