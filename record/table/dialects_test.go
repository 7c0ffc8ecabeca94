package table_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// ExampleDialects writes a record in the columns that a screening tool takes.
func ExampleDialects() {
	fmt.Println(table.Dialects()[:4])
	var out strings.Builder
	w := record.NewWriter(&out, table.Options{Dialect: "covidence"}.CSV())
	r := &record.Record{Title: "Kites", Date: record.Date{Year: 2019, Month: 4}, DOI: "10.5555/1", PMID: "90000001"}
	if err := w.Write(r); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	fmt.Print(strings.ReplaceAll(out.String(), "\r\n", "\n"))
	// Output:
	// [scopus pubmed covidence rayyan]
	// Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,Covidence #,Study,Notes,Tags
	// Kites,,,2019,4,,,,,,10.5555/1,,,,,
}

func TestADialectThatIsNotKnownIsAnErrorThatListsThem(t *testing.T) {
	w := record.NewWriter(&bytes.Buffer{}, table.Options{Dialect: "rayan"}.CSV())
	err := w.Write(&record.Record{Title: "A"})
	require.Error(t, err)
	assert.Contains(t, err.Error(), `dialect "rayan" is not known; expected one of scopus, pubmed`)
}

func TestColumnsAddedToADialectStandBehindItsOwn(t *testing.T) {
	r := &record.Record{Title: "A", Extra: record.Extra{{Tag: "stage", Value: "full text"}, {Tag: "Tags", Value: "x"}}}
	r.Source.Format = "csv"
	text := string(write(t, []*record.Record{r}, table.Options{Dialect: "covidence", Columns: []string{"stage", "Tags"}}.CSV()))
	assert.True(t, strings.HasPrefix(text, "Title,Authors,"), text)
	assert.Contains(t, text, ",Notes,Tags,stage\r\n")
	assert.Contains(t, text, ",x,full text\r\n")
}

const scopusHead = "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,Cited by,DOI,Link,EID"

func TestBadTablesOfToolsKeepTheirGoodRows(t *testing.T) {
	row := func(n int) string {
		return fmt.Sprintf("Berg A.M.; Chen L.,Kite %d,2019,J Kites,1,2,,7,9,0,10.5555/%d,https://example.org/%d,2-s2.0-%d", n, n, n, n)
	}
	utf16le := func(s string) string {
		out := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			out = append(out, byte(u), byte(u>>8))
		}
		return string(out)
	}
	semicolons := func(s string) string { return strings.NewReplacer("; ", "/ ", ",", ";").Replace(s) }
	whole := scopusHead + "\n" + row(1) + "\n" + row(2) + "\n" + row(3) + "\n"
	for _, c := range []struct {
		why, text string
		titles    []string
		said      []string
	}{
		{"whole", whole, []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"UTF-16 with its mark", utf16le(whole), []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"a mark of UTF-8", "\ufeff" + whole, []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"semicolons", semicolons(whole), []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"the line of a spreadsheet", "sep=;\r\n" + semicolons(whole), []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"tabs", strings.ReplaceAll(whole, ",", "\t"), []string{"Kite 1", "Kite 2", "Kite 3"}, nil},
		{"a row too long and one too short", scopusHead + "\n" + row(1) + ",more\n10,Kite 2\n" + row(3) + "\n", []string{"Kite 1", "Kite 2", "Kite 3"},
			[]string{"2 syntax", "3 syntax"}},
		{"cut in the middle of a row", whole[:len(whole)-40], []string{"Kite 1", "Kite 2", "Kite 3"}, []string{"4 syntax", "4 doi"}},
		{"cut inside quotes", scopusHead + "\n" + row(1) + "\nNimbus V.,\"Kite 2, or", []string{"Kite 1", `"Kite 2`}, []string{"3 syntax", "3 syntax", "3 date"}},
		{"a quote left open", scopusHead + "\n" + row(1) + "\n" + strings.Replace(row(2), "Kite", `"Kite`, 1) + "\n" + row(3) + "\n",
			[]string{"Kite 1", `"Kite 2`, "Kite 3"}, []string{"3 syntax"}},
		{"a column twice", scopusHead + ",DOI\n" + row(1) + ",10.5555/1\n", []string{"Kite 1"}, []string{"1 repeated-tag"}},
		{"a header alone", scopusHead + "\n", nil, []string{"0 no-records"}},
		{"no header", row(1) + "\n" + row(2) + "\n", []string{"", ""}, []string{"1 missing-start"}},
		{"a header in an unknown language", "Höfundur,Heiti,Útgáfuár\nBerg A,Drekar,2019\n", []string{""}, []string{"1 missing-start"}},
		{"an error page", "<html><body>503</body></html>\n", nil, []string{"1 missing-start"}},
		{"500 columns", scopusHead + strings.Repeat(",Extra column", 487) + "\n" + row(1) + strings.Repeat(",x", 487) + "\n", []string{"Kite 1"}, nil},
	} {
		rd := record.NewReader(strings.NewReader(c.text), record.ReadOptions{Name: "scopus.csv", Format: table.CSV()})
		var titles, said []string
		problems := 0
		for r, err := range rd.All() {
			require.NoError(t, err, c.why)
			titles = append(titles, r.Title)
			for _, p := range r.Problems {
				said = append(said, fmt.Sprint(p.Line, " ", p.Code))
			}
			problems += len(r.Problems)
		}
		for _, p := range rd.Problems() {
			said = append(said, fmt.Sprint(p.Line, " ", p.Code))
		}
		assert.Equal(t, c.titles, titles, c.why)
		assert.Equal(t, c.said, said, c.why)
	}
}

func TestHeadersInOtherLanguagesAreKnown(t *testing.T) {
	for language, head := range map[string]string{
		"German":     "Titel,Autoren,Zeitschrift,Erscheinungsjahr,Band,Heft,Seiten,Zusammenfassung,Schlagwörter,Sprache",
		"French":     "Titre,Auteurs,Revue,Année,Volume,Numéro,Pages,Résumé,Mots-clés,Langue",
		"Spanish":    "Título,Autores,Revista,Año,Volumen,Número,Páginas,Resumen,Palabras clave,Idioma",
		"Portuguese": "Título,Autores,Revista,Ano,Volume,Número,Páginas,Resumo,Palavras-chave,Idioma",
		"Chinese":    "标题,作者,期刊,年份,卷,期,页码,摘要,关键词,语种",
	} {
		text := head + "\nKites,\"Berg, Anna; Chen, Li\",J Kites,2019,12,3,7-9,They fly.,wind; rope,en\n"
		records, problems := readAll(t, strings.NewReader(text), "a.csv", table.CSV())
		require.Len(t, records, 1, language)
		assert.Empty(t, problems, language)
		r := records[0]
		assert.Equal(t, "Kites", r.Title, language)
		assert.Len(t, r.Authors(), 2, language)
		assert.Equal(t, record.Container{Title: "J Kites", Volume: "12", Issue: "3", Pages: "7-9"}, r.In, language)
		assert.Equal(t, 2019, r.Date.Year, language)
		assert.Equal(t, "They fly.", r.Abstract.Text, language)
		assert.Equal(t, []string{"wind", "rope"}, r.Keywords, language)
		assert.Equal(t, []string{"en"}, r.Languages, language)
		assert.Empty(t, r.Extra, language)
		assert.Equal(t, 90, table.CSV().Sniff([]byte(text)), language)
	}
}

func TestTheMakeOfATableIsSeenByItsHeaderAlone(t *testing.T) {
	for head, want := range map[string]string{
		scopusHead: "Scopus",
		"Title,Authors,Published Year,Covidence #":                 "Covidence",
		"record_id,title,abstract,included":                        "ASReview",
		"title,abstract,label_included":                            "ASReview",
		"key,title,authors,issn,year,pmc_id,pubmed_id,url":         "Rayyan",
		"Item ID,Title,Author(s),Short title,Year":                 "EPPI-Reviewer",
		"Cochrane ID,Author(s),Title,Source,Year":                  "Cochrane Library",
		"id,title,abstract,authors,year,doi,keywords,label":        "",
		"id,author,title,year,journal,volume,number,source":        "",
		"Title,Authors,Year,Journal,DOI,PMID,Abstract,Keywords,ID": "",
	} {
		n := strings.Count(head, ",") + 1
		text := head + "\n" + strings.TrimSuffix(strings.Repeat("1,", n), ",") + "\n"
		records, _ := readAll(t, strings.NewReader(text), "a.csv", table.CSV())
		require.Len(t, records, 1, head)
		assert.Equal(t, want, records[0].Source.Platform, head)
	}
}

func TestATagGluedToALinkIsNoLink(t *testing.T) {
	records, _ := readAll(t, strings.NewReader("title,url\nA,https://example.org/view?id=L1     U2  - L632000001\n"), "a.csv", table.CSV())
	require.Len(t, records, 1)
	assert.Equal(t, []string{"https://example.org/view?id=L1"}, records[0].URLs)
	assert.Equal(t, "U2 - L632000001", records[0].Extra.Get("url"))
}

func TestFieldsByRow(t *testing.T) {
	for _, c := range []struct {
		why, text string
		titles    []string
		said      []string
	}{
		{"cut in the middle", "\"TITLE\",\"A\"\n\"AUTHOR NAMES\",\"Berg A.\"\n\"DOI\",\"10.5555/1\"\n\n\"TITLE\",\"B\"\n\"AUTHOR NA", []string{"A", "B"}, []string{"6 syntax", "6 unknown-tag"}},
		{"a title twice in a record", "\"TITLE\",\"A\"\n\"TITLE\",\"B\"\n\"VOLUME\",\"1\"\n\"ISSUE\",\"2\"\n", []string{"A", "B"}, nil},
		{"an empty field", "\"TITLE\",\"A\"\n\"VOLUME\"\n\"ISSUE\",\"2\"\n\"DOI\",\"\"\n\"ABSTRACT\",\"x\"\n", []string{"A"}, nil},
		{"a table under upper case", "TITLE,AUTHOR NAMES,VOLUME\nA,Berg A.,1\nB,Berg A.,2\n", []string{"A", "B"}, nil},
	} {
		records, problems := readAll(t, strings.NewReader(c.text), "embase.csv", table.CSV())
		var titles, said []string
		for _, p := range problems {
			said = append(said, fmt.Sprint(p.Line, " ", p.Code))
		}
		for _, r := range records {
			titles = append(titles, r.Title)
			for _, p := range r.Problems {
				said = append(said, fmt.Sprint(p.Line, " ", p.Code))
			}
		}
		assert.Equal(t, c.titles, titles, c.why)
		assert.Equal(t, c.said, said, c.why)
	}
}
