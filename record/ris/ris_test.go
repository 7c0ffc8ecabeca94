package ris_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func ExampleFormat() {
	src := strings.NewReader(`Search results of today
TY  - JOUR
T1  - Peer support after discharge
A1  - Berg AM; Chen L
JF  - Journal of Invented Things
Y1  - 2019/04//
UR  - https://doi.org/10.5555/12345678
ER  -
`)
	rd := record.NewReader(src, record.ReadOptions{Name: "export.ris", Format: ris.Format()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Title, r.Date, r.DOI)
		for _, n := range r.Authors() {
			fmt.Println(n)
		}
		for _, p := range r.Problems {
			fmt.Println(p)
		}
	}
	for _, p := range rd.Problems() {
		fmt.Println(p)
	}
	// Output:
	// Peer support after discharge 2019-04 10.5555/12345678
	// Berg, AM
	// Chen, L
	// export.ris:4 A1: several names in one tag, split "Berg AM; Chen L" (author-list)
	// export.ris:1 the line belongs to no record and was left out "Search results of today" (junk)
}

// drawRecord makes a record of what RIS can say.
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
		Kind:  rapid.SampledFrom([]record.Kind{record.JournalArticle, record.Chapter, record.ConferencePaper, record.Thesis, record.Preprint, record.TrialRegister, record.Webpage, record.KindUnknown, record.Other}).Draw(t, "kind"),
		Title: text.Draw(t, "title"),
		DOI:   record.DOI(some("doi", rapid.StringMatching(`10\.5555/[a-z0-9()-]{1,10}[a-z0-9]`))),
		PMID:  record.PMID(some("pmid", rapid.StringMatching(`[1-9][0-9]{6}`))),
		PMCID: record.PMCID(some("pmcid", rapid.StringMatching(`PMC[1-9][0-9]{5}`))),
	}
	if strings.Contains(r.Title, "&") || strings.Contains(r.Title, "<") {
		r.Title = strings.NewReplacer("&", "and", "<", "under").Replace(r.Title) // what could be markup is markup
	}
	if a := some("abstract", text); !strings.ContainsAny(a, "&<") {
		r.Abstract = record.NewAbstract(a)
	}
	for range rapid.IntRange(0, 4).Draw(t, "people") {
		n := record.Name{Family: word.Draw(t, "family"), Given: word.Draw(t, "given")}
		if rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: rapid.StringMatching(`[A-Z][a-z]{2,6}( [A-Z][a-z]{2,6}){0,3}(, [A-Z][a-z]{2,5})?`).Draw(t, "literal")}
		}
		r.People = append(r.People, record.Contributor{Role: record.Author, Name: n})
	}
	in := &r.In
	in.Title, in.Abbrev = some("journal", text), some("abbrev", word)
	if strings.ContainsAny(in.Title, "&<") {
		in.Title = ""
	}
	in.Volume, in.Issue = some("volume", number), some("issue", number)
	in.Publisher, in.Place = some("publisher", word), some("place", word)
	if rapid.Bool().Draw(t, "pages") {
		first := rapid.IntRange(1, 900).Draw(t, "first")
		in.Pages = fmt.Sprintf("%d-%d", first, first+rapid.IntRange(1, 90).Draw(t, "more"))
	}
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
	if k := some("note", word); k != "" {
		r.Notes = []string{k}
	}
	if l := some("language", rapid.SampledFrom([]string{"en", "de", "fr"})); l != "" {
		r.Languages = []string{l}
	}
	return r
}

func TestWhatRISCanSaySurvivesWritingAndReading(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := drawRecord(rt)
		first := write(t, []*record.Record{r})
		back, problems := readAll(t, bytes.NewReader(first), "x")
		require.Empty(rt, problems)
		require.Len(rt, back, 1)
		require.Empty(rt, back[0].Problems, string(first))
		back[0].Key, back[0].Extra = "", nil
		require.Equal(rt, meaning(t, r), meaning(t, back[0]), string(first))
	})
}

// Whatever a record's fields hold, it stays one record of one line a tag.
func TestNoValueBreaksOutOfItsLine(t *testing.T) {
	nasty := rapid.SampledFrom([]string{"\n", "\r", "\r\n", "\nER  - \nTY  - JOUR\nTI  - ", "\x00", "\u2028", "\u0085", "   TY  - JOUR", "TY  - ", "a", "é", ";", ", ", "\x0b", "\x1a", "\f"})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(nasty, 0, 6).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(rt *rapid.T) {
		s := func(label string) string { return text.Draw(rt, label) }
		r := &record.Record{Kind: record.Kind(s("kind")), Key: s("key"), Title: "T" + s("title"), ShortTitle: s("short"), OriginalTitle: s("original"),
			Abstract: record.Abstract{Text: s("abstract")}, DOI: record.DOI(s("doi")), PMID: record.PMID(s("pmid")),
			People:   []record.Contributor{{Name: record.Name{Family: s("family"), Given: s("given"), Affiliations: []string{s("address")}}}, {Name: record.Name{Literal: s("literal")}}},
			In:       record.Container{Title: s("journal"), Pages: s("pages"), Volume: s("volume"), Event: s("event")},
			Keywords: []string{s("keyword")}, Notes: []string{s("note")}, URLs: []string{s("url")}, Types: []string{s("type")},
			Date: record.Date{Year: 2012, Text: s("date")}, Languages: []string{s("language")},
			Source: record.Source{Database: s("database"), Format: "ris"}, Extra: record.Extra{{Tag: s("tag"), Value: s("value")}, {Tag: "TY", Value: s("ty")}, {Tag: "ER", Value: s("er")}, {Tag: "C1", Value: s("c1")}}}
		out := string(write(t, []*record.Record{r, r}))
		starts := 0
		for _, line := range strings.FieldsFunc(out, func(c rune) bool { return c == '\n' || c == '\r' }) {
			require.Regexp(rt, `^[A-Z][A-Z0-9]  - `, line)
			if strings.HasPrefix(line, "TY  -") {
				starts++
			}
		}
		require.Equal(rt, 2, starts, out)
		back, _ := readAll(t, strings.NewReader(out), "x")
		require.Len(rt, back, 2, out)
	})
}

func TestLinesMayArriveByteByByte(t *testing.T) {
	text := "TY  - JOUR\r\nTI  - Kites\rAB  - one\r\n\r\ntwo\nER  - \r\n"
	whole, _ := readAll(t, strings.NewReader(text), "x")
	bytewise, _ := readAll(t, iotest.OneByteReader(strings.NewReader(text)), "x")
	require.Equal(t, whole, bytewise)
	assert.Equal(t, "one\ntwo", whole[0].Abstract.Text)
}

func read(t *testing.T, text string, limits record.Limits) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x.ris", Format: ris.Format(), Limits: limits})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func TestAFieldOverTheLimitIsLeftOutAndTheRestStands(t *testing.T) {
	long := strings.Repeat("word ", 1000)
	for name, text := range map[string]string{
		"one line": "TY  - JOUR\nAB  - " + long + "\nTI  - A\nER  - \n",
		"wrapped":  "TY  - JOUR\nAB  - " + strings.ReplaceAll(long, " ", "\n") + "TI  - A\nER  - \n",
	} {
		records, problems := read(t, text+"TY  - JOUR\nTI  - B\nER  - \n", record.Limits{Field: 1000})
		require.Len(t, records, 2, name)
		assert.Empty(t, problems, name)
		assert.Equal(t, "A", records[0].Title, name)
		assert.Empty(t, records[0].Abstract.Text, name)
		require.Len(t, records[0].Problems, 1, name)
		assert.Equal(t, record.CodeFieldTooLong, records[0].Problems[0].Code, name)
		assert.Equal(t, "AB", records[0].Problems[0].Tag, name)
		assert.Equal(t, 2, records[0].Problems[0].Line, name)
	}
}

func TestARecordOverTheLimitIsLeftOutAndTheStreamGoesOn(t *testing.T) {
	text := "TY  - JOUR\nTI  - A\n" + strings.Repeat("KW  - word\n", 1000) + "wrapped\nER  - \nTY  - JOUR\nTI  - B\nER  - \n"
	records, problems := read(t, text, record.Limits{Record: 5000})
	require.Len(t, records, 1)
	assert.Equal(t, "B", records[0].Title)
	require.Len(t, problems, 1)
	assert.Equal(t, record.CodeRecordTooLong, problems[0].Code)
	assert.Equal(t, 1, problems[0].Line)
}

func TestReadingCanBeStoppedAtAnyRecord(t *testing.T) {
	rd := record.NewReader(strings.NewReader(strings.Repeat("TY  - JOUR\nTI  - A\nER  - \n", 10)), record.ReadOptions{Format: ris.Format()})
	n := 0
	for range rd.All() {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n)
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"TY  - JOUR\nTI  - A\nER  - \n", "TY - JOUR\nAU - Berg, A; Chen, L\nER -", "1. \nTY  - ELEC\nA1  - NCT01234567\nER  - \nNL  - x\n",
		"AU  - x\n\nTY  - JOUR\nDO  - 10.5555/a   LK  - http://x\nER  - a b\nPY  - 2012", "KW  - a\nb\n c\nSN  - 1438-8871 (ISSN) 1234-5679\n",
		"TY  - BOOK\nBT  - x\nSP  - xii, 3 p.\nPY  - 1998 Dec-1999 Jan\nM3  - Preprint\nUR  - http://a;http://b\n", "ER  - \x00\r\r\n\ufeffTY  \u2013 JOUR\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "x", Format: ris.Format(), Charset: "utf-8"})
		var records []*record.Record
		for r, err := range rd.All() {
			require.NoError(t, err)
			require.True(t, utf8.ValidString(r.Title))
			require.Positive(t, r.Source.Line)
			records = append(records, r)
		}
		back, _ := readAll(t, bytes.NewReader(write(t, records)), "x")
		require.Len(t, back, len(records))
	})
}

func TestEveryNumberOfSNIsTaken(t *testing.T) {
	for text, want := range map[string]struct {
		issn  []record.ISSN
		isbn  []record.ISBN
		extra string
	}{
		`["1438-8871", "1234-5679"]`:             {issn: []record.ISSN{"1438-8871", "1234-5679"}},
		"1438-8871 (Print) 1234-5679 (Linking)":  {issn: []record.ISSN{"1438-8871", "1234-5679"}},
		"1438-8871(Electronic),1234-5679(Print)": {issn: []record.ISSN{"1438-8871", "1234-5679"}},
		"1438-8871 (Print)\n1234-5679 (Linking)": {issn: []record.ISSN{"1438-8871", "1234-5679"}},
		"14388871 (ISSN)":                        {issn: []record.ISSN{"1438-8871"}},
		"978 3 16 148410 0":                      {isbn: []record.ISBN{"9783161484100"}},
		"1438-8871; 1234-5670":                   {issn: []record.ISSN{"1438-8871"}, extra: "1234-5670"},
		"shelf 12":                               {extra: "shelf 12"},
	} {
		records, _ := read(t, "TY  - JOUR\nSN  - "+text+"\nER  - \n", record.Limits{})
		require.Len(t, records, 1, text)
		r := records[0]
		assert.Equal(t, want.issn, r.In.ISSN, text)
		assert.Equal(t, want.isbn, r.In.ISBN, text)
		assert.Equal(t, want.extra, r.Extra.Get("SN"), text)
		assert.Equal(t, want.extra != "", len(r.Problems) == 1, text)
	}
}

func TestTheSemicolonOfACharacterIsPartOfAKeyword(t *testing.T) {
	for line, want := range map[string][]string{
		"white&#8208;sided; kites":         {"white&#8208;sided", "kites"},
		"Milvus &amp; kites;R&D; Q&A;wind": {"Milvus &amp; kites", "R&D", "Q&A", "wind"},
		"&eacute;toile;":                   {"&eacute;toile"},
		";;kites;;":                        {"kites"},
	} {
		records, _ := read(t, "TY  - JOUR\nTI  - A\nKW  - "+line+"\nER  - \n", record.Limits{})
		require.Len(t, records, 1)
		assert.Equal(t, want, records[0].Keywords, line)
	}
}

func TestTheTranslatorOfAPaperComesBack(t *testing.T) {
	records, _ := read(t, "TY  - CONF\nTI  - Kites\nA4  - Osei, Kofi\nA4  - Society of Kites\nER  - \n", record.Limits{})
	require.Len(t, records, 1)
	assert.Equal(t, []record.Contributor{{Role: record.Translator, Name: record.Name{Family: "Osei", Given: "Kofi"}},
		{Role: record.Contrib, Name: record.Name{Literal: "Society of Kites"}}}, records[0].People)
	again, _ := read(t, string(write(t, records)), record.Limits{})
	require.Len(t, again, 1)
	assert.Equal(t, records[0].People, again[0].People)
}

func TestAnArticleWithEarlyAccessOnlyHasItsYear(t *testing.T) {
	records, _ := read(t, "TY  - JOUR\nAN  - WOS:000471694800003\nTI  - Kites\nC6  - AUG 2021\nER  - \nTY  - JOUR\nAN  - WOS:000471694800004\nTI  - Kites\nPY  - 2022\nC6  - AUG 2021\nER  - \n", record.Limits{})
	require.Len(t, records, 2)
	for i, year := range []int{2021, 2022} {
		assert.Equal(t, record.Date{Year: year}, records[i].Date)
		assert.Equal(t, []record.Event{{Kind: record.Electronic, Date: record.Date{Year: 2021, Month: 8}}}, records[i].Events)
	}
}
