package table_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// A table of any make is read by the names of its columns; what is odd is said with
// its line.
func Example() {
	src := strings.NewReader("sep=;\n" +
		"Author(s);Article Title;Publication Year;DOI;Label\n" +
		"\"Berg, Anna M.; Chen, Li\";\"Kites; a review\";2019;https://doi.org/10.5555/12345678;included\n" +
		"Nimbus V;Ropes;soon;;excluded\n")
	rd := record.NewReader(src, record.ReadOptions{Name: "export.csv", Format: table.CSV()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Title, r.Date.Year, r.DOI, r.Authors(), r.Extra.Get("Label"))
		for _, p := range r.Problems {
			fmt.Println(p)
		}
	}
	// Output:
	// Kites; a review 2019 10.5555/12345678 [Berg, Anna M. Chen, Li] included
	// Ropes 0  [Nimbus, V] excluded
	// export.csv:4 Publication Year: expected a year; it is kept as text "soon" (date)
}

// A tag of Extra gets a column of its own when it is named.
func ExampleOptions() {
	var out strings.Builder
	w := record.NewWriter(&out, table.Options{Columns: []string{"label"}}.CSV())
	r := &record.Record{Title: "=1+1", Extra: record.Extra{{Tag: "label", Value: "included"}, {Tag: "size", Value: "big"}}}
	if err := w.Write(r); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
	if err != nil {
		fmt.Println(err)
	}
	for i, name := range rows[0] {
		if rows[1][i] != "" {
			fmt.Printf("%s = %s\n", name, rows[1][i])
		}
	}
	// Output:
	// title = '=1+1
	// label = included
	// other_columns = size: big
}

func TestAuthorsAreSplitOnlyWhereThatIsSure(t *testing.T) {
	for cell, want := range map[string]string{
		"Berg, Anna; Chen, Li":                            "Berg, Anna | Chen, Li",
		"Berg, Anna and Chen, Li":                         "Berg, Anna | Chen, Li",
		"Anna M. Berg and Li Chen":                        "Berg, Anna M. | Chen, Li",
		"Anna Berg, Li Chen, and Vera Nimbus":             "Berg, Anna | Chen, Li | Nimbus, Vera",
		"Berg AM, van der Proef J, Chen L.":               "Berg, AM | van der Proef, J | Chen, L.",
		"A. Berg, L. Chen":                                "Berg, A. | Chen, L.",
		"Berg, A., Chen, L., & Nimbus, V. M.":             "Berg, A. | Chen, L. | Nimbus, V. M.",
		"a. berg, l. chen, and vera nimbus,":              "berg, a. | chen, l. | nimbus, vera",
		"Sand and Stone, Vera":                            "Sand and Stone, Vera",
		"van der Berg, Anna Maria":                        "van der Berg, Anna Maria",
		"King, Martin L., Jr.":                            "King, Martin L., Jr.",
		"Department of Health and Human Services":         "Department of Health and Human Services",
		"Kites, Ropes and Co., Inc.":                      "Kites, Ropes and Co., Inc.",
		"{Barns and Nobels}":                              "Barns and Nobels",
		"Berg, Anna and {World Kite Group}":               "Berg, Anna and {World Kite Group}",
		"Berg, Anna and Chen, Li and Kite Committee":      "Berg, Anna | Chen, Li | Kite Committee",
		"Berg, Anna; J&#246;rg Probe":                     "Berg, Anna | Probe, Jörg",
		"Berg, Anna; Chen, Li; et al.":                    "Berg, Anna | Chen, Li",
		"Lee, Garcia":                                     "Lee, Garcia",
		"Anna Berg, Li Chen, Jr., Vera Nimbus":            "Berg, Anna | Chen, Li, Jr. | Nimbus, Vera",
		"Anna Berg, Li Chen, Probe, Jo Sand, Vera Nimbus": "Berg, Anna | Chen, Li | Probe | Sand, Jo | Nimbus, Vera",
		"Berg, Anna Maria, Jo Sand, Li Chen, Vera Nimbus": "Berg, Anna Maria, Jo Sand, Li Chen, Vera Nimbus",
		"berg, a., l. chen, and v. nimbus.":               "berg, a. | chen, l. | nimbus, v.",
		"Probe and Chen, Li and Berg":                     "Probe | Chen, Li | Berg",
	} {
		records, _ := readAll(t, strings.NewReader("title\tauthors\nA\t"+cell+"\n"), "a.tsv", table.TSV())
		require.Len(t, records, 1)
		var got []string
		for _, n := range records[0].Authors() {
			got = append(got, n.String())
		}
		assert.Equal(t, want, strings.Join(got, " | "), cell)
	}
}

func TestNamesArePartedByCommasWhereOtherCellsOfTheTableAre(t *testing.T) {
	text := "title|authors\nA|Anna Berg, Li Chen, Vera Nimbus\nB|Una Teste, Ben Probe\n"
	records, _ := readAll(t, strings.NewReader(text), "a.csv", table.CSV())
	require.Len(t, records, 2)
	assert.Len(t, records[1].People, 2)
	records, _ = readAll(t, strings.NewReader("title|authors\nB|Una Teste, Ben Probe\n"), "a.csv", table.CSV())
	assert.Len(t, records[0].People, 1)
}

func TestColumnsAreKnownInTheWordsOfManyExports(t *testing.T) {
	for name, text := range map[string]string{
		"pubmed":    "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n31000001,A kite.,\"Berg AM, Chen L.\",c,Berg AM,J Kites,2019,2019/04/02,PMC700001,,10.5555/1\n",
		"scopus":    "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Page count,Cited by,DOI,Link,ISSN,PubMed ID,Source,EID\nBerg A.M.; Chen L.,\"Berg, Anna (1); Chen, Li (2)\",1; 2,A kite.,2019,J Kites,1,2,,7,9,3,0,10.5555/1,https://example.org/a,14388871,31000001,Scopus,2-s2.0-1\n",
		"lens":      "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,Author/s,Start Page,End Page,PMID,DOI\n0-1,A kite.,2019-04-02,2019,journal article,J Kites,14388871; 2151464X,Anna Berg; Li Chen,7,9,31000001,10.5555/1\n",
		"zotero":    "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"ISSN\",\"DOI\",\"Url\",\"Abstract Note\",\"Date\",\"Extra\"\n\"K1\",\"journalArticle\",\"2019\",\"Berg, Anna; Chen, Li\",\"A kite.\",\"J Kites\",\"1438-8871\",\"10.5555/1\",\"u\",\"\",\"2019-04\",\"PMID: 31000001\"\n",
		"wos":       "PT\tAU\tAF\tTI\tSO\tLA\tDT\tDE\tID\tSN\tBP\tEP\tDI\tPM\tPY\tUT\nJ\tBerg, AM; Chen, L\tBerg, Anna M.; Chen, Li\tA kite.\tJ Kites\tEnglish\tArticle\tkites\tROPE\t1438-8871\t7\t9\t10.5555/1\t31000001\t2019\tWOS:1\n",
		"rayyan":    "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords,pubmed_id,pmc_id\nr1,A kite.,2019,4,2,J Kites,1438-8871,1,2,7-9,Berg A and Chen L,,eng,,,,,10.5555/1,,31000001,PMC700001\n",
		"covidence": "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags\nA kite.,\"Berg, A; Chen, L\",,2019,April,J Kites,1,2,7-9,,10.5555/1,,#7,Berg 2019,,\n",
	} {
		records, problems := readAll(t, strings.NewReader(text), name, table.CSV())
		require.Len(t, records, 1, name)
		assert.Empty(t, problems, name)
		r := records[0]
		assert.Empty(t, r.Problems, name)
		assert.Equal(t, "A kite.", r.Title, name)
		assert.Equal(t, "J Kites", r.In.Title, name)
		assert.Equal(t, 2019, r.Date.Year, name)
		assert.Equal(t, record.DOI("10.5555/1"), r.DOI, name)
		assert.Len(t, r.Authors(), 2, name)
		assert.Equal(t, "Berg", r.Authors()[0].Family, name)
		assert.GreaterOrEqual(t, table.CSV().Sniff([]byte(text))+table.TSV().Sniff([]byte(text)), 70, name)
		switch name {
		case "scopus":
			assert.Equal(t, "Scopus", r.Source.Database)
			assert.Equal(t, "7-9", r.In.Pages)
			assert.Equal(t, "Berg, Anna (1); Chen, Li (2)", r.Extra.Get("Author full names"), "the numbers stand nowhere else")
		case "wos":
			assert.Equal(t, []string{"kites", "ROPE"}, r.Keywords)
			assert.Empty(t, r.Extra.Get("AF"), "the authors have these names")
			assert.Equal(t, "Anna M.", r.Authors()[0].Given)
			assert.Equal(t, "Web of Science", r.Source.Database)
			assert.Equal(t, "J", r.Extra.Get("PT"))
		case "rayyan", "lens":
			assert.Equal(t, "2019-04-02", r.Date.String())
		case "covidence":
			assert.Equal(t, 4, r.Date.Month)
			assert.Equal(t, "#7", r.Extra.Get("Covidence #"))
		}
	}
}

func TestWhatIsOddIsSaidWithItsLine(t *testing.T) {
	for _, c := range []struct {
		why, text string
		records   int
		want      []string
	}{
		{"a row before the header", "About the data: all\ntitle,year\nA,2019\n", 1, []string{`a.csv:1 a row before the header belongs to no record and was left out "About the data: all" (junk)`}},
		{"no known column", "kite,rope\n1,2\n", 1, []string{`a.csv:1 no column of a known name: expected a header with title, authors, year, doi or the like; the first row was read as the header, and all cells are kept as they are "kite | rope" (missing-start)`}},
		{"too many cells", "title,year\nA,2019,x\nB,2020\n", 2, []string{`a.csv:2 the row has 3 cells where the header has 2 (syntax)`}},
		{"too few", "title,year,doi\nA,2019\n", 1, []string{`a.csv:2 the row has 2 cells where the header has 3 (syntax)`}},
		{"a quote that is never closed", "title,year\nA,2019\n\"B,2020\nC,2021\n", 3, []string{`a.csv:3 a quotation mark that is never closed; it was read as text, and the row as one line (syntax)`}},
		{"a quote closed in a later row", "title,year\n\"B,2020\nC,2021\nD \"x\",2022\n", 3, []string{`a.csv:2 a quotation mark that is closed in another row only; it was read as text (syntax)`}},
		{"quotes not doubled", "title,year\n\"A \"good, nice\" kite\",2019\n", 1, []string{`a.csv:2 quotes inside a quoted cell that are not doubled; they were read as text (syntax)`}},
		{"text behind quotes", "title,year\n\"A\" kite,2019\n", 1, []string{`a.csv:2 text behind a closing quotation mark; the cell was read as it stands (syntax)`}},
		{"two columns for one field", "title,doi,DOI\nA,10.5555/1,10.5555/2\n", 1, []string{`a.csv:1 DOI: a further column for what doi holds; its values count where that is empty, and are kept otherwise (repeated-tag)`}},
		{"line ends in cells do not move the lines", "title,year\r\n\"A\r\nB\",2019\r\nC,soon\r\n", 2, []string{`a.csv:4 year: expected a year; it is kept as text "soon" (date)`}},
	} {
		records, problems := readAll(t, strings.NewReader(c.text), "a.csv", table.CSV())
		assert.Len(t, records, c.records, c.why)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		for _, r := range records {
			for _, p := range r.Problems {
				got = append(got, p.String())
			}
		}
		assert.Equal(t, c.want, got, c.why)
	}
}

func TestWhatIsNoISBNStaysWhole(t *testing.T) {
	for cell, want := range map[string]string{"shelf 17": "shelf 17", "Kiwi": "Kiwi", "9780000000002 (cloth)": "", "0000-0019 (Print) 0000-0010": "0000-0010"} {
		records, _ := readAll(t, strings.NewReader("id,isbn\nk1,"+cell+"\n"), "a.csv", table.CSV())
		require.Len(t, records, 1)
		assert.Equal(t, want, records[0].Extra.Get("isbn"), cell)
		assert.Equal(t, want != "", len(records[0].Problems) == 1, cell)
	}
}

func TestOtherTextIsNoTable(t *testing.T) {
	for why, text := range map[string]string{
		"RIS":        "TY  - JOUR\nTI  - Title, authors, year\nER  - \n",
		"BibTeX":     "@article{a,\n  title = {A},\n  year = 2019\n}\n",
		"MEDLINE":    "PMID- 1\nTI  - Title\n",
		"JSON":       "[\"title\",\"year\"]\n[1,2]\n",
		"JSON lines": "{\"title\":\"A\",\"year\":2019}\n",
		"XML":        "<xml><title>a</title></xml>",
		"prose":      "Title, abstract and keywords were screened by two persons, and then a third.\nThe year, too.\n",
		"a line":     "Title\nA kite\n",
		"numbers":    "a,b\n1,2\n3,4\n",
		"empty":      "",
	} {
		assert.Zero(t, table.CSV().Sniff([]byte(text)), why)
		assert.Zero(t, table.TSV().Sniff([]byte(text)), why)
	}
	assert.Equal(t, 70, table.CSV().Sniff([]byte("title,year\nA,2019\n")))
	assert.Equal(t, 90, table.CSV().Sniff([]byte("sep=;\r\ntitle;year;doi;abstract\r\nA;2019;;\r\n")))
	assert.Equal(t, 90, table.TSV().Sniff([]byte("title\tyear\tdoi\tabstract\nA\t2019\t\t\n")))
	assert.Zero(t, table.CSV().Sniff([]byte("title\tyear\tdoi\tabstract\nA\t2019\t\t\n")))
}

func TestRawLeavesCellsAsTheyAre(t *testing.T) {
	r := &record.Record{Title: "=1+1"}
	raw := table.Options{Raw: true}.CSV()
	assert.Contains(t, string(write(t, []*record.Record{r}, table.CSV())), ",'=1+1,")
	assert.Contains(t, string(write(t, []*record.Record{r}, raw)), ",=1+1,")
	records, _ := readAll(t, strings.NewReader("title,year\n'=1+1,2019\n"), "a.csv", raw)
	assert.Equal(t, "'=1+1", records[0].Title)
}

func TestATableWithoutRecordsHasItsHeader(t *testing.T) {
	text := string(write(t, nil, table.CSV()))
	assert.True(t, strings.HasPrefix(text, "id,title,authors,year,journal,volume,issue,pages,"), text)
	assert.Equal(t, 1, strings.Count(text, "\n"))
	assert.Equal(t, 90, table.CSV().Sniff([]byte(text)))
}

func TestLimitsLeaveOutAndSayWhere(t *testing.T) {
	read := func(text string, limits record.Limits) (titles []string, said []string) {
		rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "a.csv", Format: table.CSV(), Limits: limits})
		for r, err := range rd.All() {
			require.NoError(t, err)
			titles = append(titles, r.Title)
			for _, p := range r.Problems {
				said = append(said, fmt.Sprint(p.Line, " ", p.Code))
			}
		}
		for _, p := range rd.Problems() {
			said = append(said, fmt.Sprint(p.Line, " ", p.Code))
		}
		return titles, said
	}
	long := strings.Repeat("x", 300_000)
	titles, said := read("title,abstract\nA,"+long+"\nB,b\n", record.Limits{Field: 1000})
	assert.Equal(t, []string{"A", "B"}, titles)
	assert.Equal(t, []string{"2 field-too-long"}, said)
	titles, said = read("title,abstract\nA,"+long+"\nB,b\n", record.Limits{Record: 200_000})
	assert.Equal(t, []string{"B"}, titles)
	assert.Equal(t, []string{"2 record-too-long"}, said)
	titles, said = read("title,abstract\nA,\""+strings.Repeat("x\n", 150_000)+"\"\nB,b\n", record.Limits{Record: 200_000, Field: 1000})
	assert.Equal(t, "A", titles[0], "a cell over the limit in quotes is read as text, line by line")
	assert.Equal(t, "B", titles[len(titles)-1])
	assert.Equal(t, "2 syntax", said[0])
}

func TestReadingDoesNotDependOnHowTheTextComesIn(t *testing.T) {
	text := "title,authors,abstract\r\n\"A \"\"b\"\"\",Berg A,\"x\r\ny\"\r\n\"C\" d,Chen L,\r\n\"E \"f\" g\",,z\r\n"
	want, _ := readAll(t, strings.NewReader(text), "a.csv", table.CSV())
	got, _ := readAll(t, iotest.OneByteReader(strings.NewReader(text)), "a.csv", table.CSV())
	assert.Equal(t, want, got)
	require.Len(t, got, 3)
	assert.Equal(t, `A "b"`, got[0].Title)
	assert.Equal(t, "x\ny", got[0].Abstract.Text)
	assert.Equal(t, `"C" d`, got[1].Title)
	assert.Equal(t, `E "f" g`, got[2].Title)
}

// TestScannerAgreesWithEncodingCSV on what both take for a table.
func TestScannerAgreesWithEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[a-z",' \n;=]{0,6}[a-z"]`), 3, 3), 1, 6).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.Write([]string{"x1", "x2", "title"}); err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		rd := record.NewReader(&b, record.ReadOptions{Name: "a.csv", Format: table.Options{Raw: true}.CSV()})
		i := 0
		for r, err := range rd.All() {
			if err != nil || i >= len(rows) {
				t.Fatalf("record %d: %v", i+1, err)
			}
			if want := fold(rows[i][2]); r.Title != want {
				t.Fatalf("row %d: %q, want %q", i+1, r.Title, want)
			}
			if want := lines(rows[i][0]); r.Extra.Get("x1") != want {
				t.Fatalf("row %d: %q, want %q", i+1, r.Extra.Get("x1"), want)
			}
			if len(r.Problems) > 0 {
				t.Fatal(r.Problems)
			}
			i++
		}
		if i != len(rows) {
			t.Fatalf("%d rows, want %d", i, len(rows))
		}
	})
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func lines(s string) string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if l = fold(l); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

const sample = "id,title,authors,year,journal,volume,issue,pages,doi,abstract,label\r\n" +
	"k1,\"Kites, ropes and \"\"paper\"\"\",\"Berg, Anna M.; van der Proef, Jan\",2019,Journal of Invented Things,12,3,101-110,10.5555/12345678,\"BACKGROUND: Paper kites fall, as is known.\nMETHODS: We flew twelve of them over a field in wind and rain, and counted how many fell.\nRESULTS: Nine fell.\",1\r\n" +
	"k2,Ropes of glass,Nimbus V; Teste U,2020,Annals of Folding,4,,7-9,10.5555/2,A plain abstract without any comma that goes on for a while and says little of what was done in the study,0\r\n"

func big(n int) string {
	head, rows, _ := strings.Cut(sample, "\r\n")
	return head + "\r\n" + strings.Repeat(rows, n/len(rows)+1)
}

func BenchmarkRead(b *testing.B) {
	text := big(1 << 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		in := record.NewInput(strings.NewReader(text), "a.csv", record.Limits{}, nil)
		n = 0
		if err := table.CSV().Decode(in, func(*record.Record) bool { n++; return true }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkEncodingCSV reads the same cells with the standard library, which makes
// no records of them.
func BenchmarkEncodingCSV(b *testing.B) {
	text := big(1 << 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		rd := csv.NewReader(strings.NewReader(text))
		rd.ReuseRecord = true
		for {
			if _, err := rd.Read(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	records, _ := readAll(b, strings.NewReader(big(1<<20)), "a.csv", table.CSV())
	b.SetBytes(int64(len(write(b, records, table.CSV()))))
	b.ReportAllocs()
	for b.Loop() {
		w := record.NewWriter(io.Discard, table.CSV())
		for _, r := range records {
			if err := w.Write(r); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
