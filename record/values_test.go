package record_test

import (
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDatesAsFilesWriteThem(t *testing.T) {
	for text, want := range map[string]record.Date{
		"2012":              {Year: 2012},
		"2012/03//":         {Year: 2012, Month: 3},
		"2019///":           {Year: 2019},
		"2012-03-04":        {Year: 2012, Month: 3, Day: 4},
		"2012 Mar 4":        {Year: 2012, Month: 3, Day: 4},
		"4 March 2012":      {Year: 2012, Month: 3, Day: 4},
		"March 4, 2012":     {Year: 2012, Month: 3, Day: 4},
		"2012 Sept":         {Year: 2012, Month: 9},
		"25/03/2012":        {Year: 2012, Month: 3, Day: 25},
		"09.11.2016":        {Year: 2016, Month: 11, Day: 9},
		"9. 11. 2016":       {Year: 2016, Month: 11, Day: 9},
		"16.11.2016":        {Year: 2016, Month: 11, Day: 16},
		"11.16.2016":        {Year: 2016, Month: 11, Day: 16},
		"09.11.2016 12:30":  {Year: 2016, Month: 11, Day: 9},
		"am 09.11.2016":     {Year: 2016, Month: 11, Day: 9, Text: "am 09.11.2016"},
		"2016.09.11":        {Year: 2016, Month: 9, Day: 11},
		"09/11/2016":        {Year: 2016, Month: 9, Day: 11},
		"20170812":          {Year: 2017, Month: 8, Day: 12},
		"2007 Spring":       {Year: 2007, Season: record.Spring},
		"2007///Fall":       {Year: 2007, Season: record.Autumn},
		"2019 WIN":          {Year: 2019, Season: record.Winter},
		"1998 Dec-1999 Jan": {Year: 1998, Month: 12, EndYear: 1999, EndMonth: 1},
		"2012 Jan-Feb":      {Year: 2012, Month: 1, EndMonth: 2},
		"2000 Oct 16-31":    {Year: 2000, Month: 10, Day: 16, EndDay: 31},
		"1998-1999":         {Year: 1998, EndYear: 1999},
		"in press":          {InPress: true},
		"2012 in press":     {Year: 2012, InPress: true},
		"2018-03-21 18:19":  {Year: 2018, Month: 3, Day: 21},
		"12 octobre 2020":   {Year: 2020, Month: 10, Day: 12},
		"JUN 13":            {Month: 6, Day: 13, Text: "JUN 13"},
		"[2012]":            {Year: 2012, Text: "[2012]"},
		"2012/13/45":        {Year: 2012, Text: "2012/13/45"},
	} {
		got, ok := record.ParseDate(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "soon", "n.d.", "0", "12"} {
		got, ok := record.ParseDate(text)
		assert.False(t, ok, text)
		assert.Equal(t, record.Date{Text: text}, got, text)
	}
}

func TestADateIsWrittenAsEDTFDoes(t *testing.T) {
	for want, d := range map[string]record.Date{
		"": {}, "2012-03-04": {Year: 2012, Month: 3, Day: 4}, "2012-03": {Year: 2012, Month: 3}, "2012 Spring": {Year: 2012, Season: record.Spring},
		"1998-12/1999-01": {Year: 1998, Month: 12, EndYear: 1999, EndMonth: 1}, "in press": {InPress: true}, "soon": {Text: "soon"},
	} {
		assert.Equal(t, want, d.String())
	}
}

// Whatever a date is, it is read without a panic, and a plain one comes back.
func TestPlainDatesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := record.Date{Year: rapid.IntRange(1000, 2999).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month")}
		if d.Month > 0 {
			d.Day = rapid.IntRange(0, 31).Draw(t, "day")
		}
		got, ok := record.ParseDate(d.String())
		require.True(t, ok)
		require.Equal(t, d, got)
		record.ParseDate(rapid.String().Draw(t, "text"))
	})
}

func TestNamesAsFilesWriteThem(t *testing.T) {
	for text, want := range map[string]record.Name{
		"Berg, Anna M.":              {Family: "Berg", Given: "Anna M."},
		"King, Martin L., Jr.":       {Family: "King", Given: "Martin L.", Suffix: "Jr."},
		"King, Jr., Martin L.":       {Family: "King", Given: "Martin L.", Suffix: "Jr."},
		"Jong, Marie de":             {Family: "Jong", Given: "Marie de"},
		"King, III":                  {Family: "King", Suffix: "III"},
		"Braun, I.":                  {Family: "Braun", Given: "I."},
		"Braun I":                    {Family: "Braun", Given: "I"},
		"van der Berg AM":            {Family: "van der Berg", Given: "AM"},
		"Liu R.":                     {Family: "Liu", Given: "R."},
		"Anna M. van der Berg":       {Family: "van der Berg", Given: "Anna M."},
		"Anna Berg":                  {Family: "Berg", Given: "Anna"},
		"Mononymus":                  {Literal: "Mononymus"},
		"Invented Test Organisation": {Literal: "Invented Test Organisation"},
		"COVID-19 Group":             {Literal: "COVID-19 Group"},
		"Department of Health, Social Services, and Public Safety": {Literal: "Department of Health, Social Services, and Public Safety"},
		"纸, 测试": {Family: "纸", Given: "测试"},
		"":      {},
		" , ; ": {},
	} {
		assert.Equal(t, want, record.ParseName(text), text)
	}
	assert.Equal(t, "AM", record.Name{Family: "Berg", Given: "Anna-Maria"}.Initials())
	assert.Equal(t, "Berg AM Jr", record.Name{Family: "Berg", Given: "Anna M.", Suffix: "Jr"}.Short())
}

func TestANameWrittenOutIsReadAsTheSameParts(t *testing.T) {
	word := rapid.StringMatching(`[A-Z][a-zéß]{2,8}(-[A-Z][a-z]{2,4})?`)
	rapid.Check(t, func(t *rapid.T) {
		n := record.Name{Family: word.Draw(t, "family"), Given: word.Draw(t, "given"), Suffix: rapid.SampledFrom([]string{"", "Jr.", "3rd"}).Draw(t, "suffix")}
		require.Equal(t, n, record.ParseName(n.String()))
		record.ParseName(rapid.String().Draw(t, "text"))
	})
}

func TestDOIsInTheirWrappings(t *testing.T) {
	for _, text := range []string{"10.5555/Abc.1", "doi:10.5555/abc.1", "DOI: 10.5555/abc.1", "https://doi.org/10.5555/abc.1", "http://dx.doi.org/10.5555/ABC.1",
		"https://www.doi.org/10.5555/abc.1", "  10.5555/abc.1. ", "10.5555/abc.1 [doi]", "doi:https://doi.org/10.5555%2Fabc.1", "10.5555/abc.1</a>"} {
		got, ok := record.ParseDOI(text)
		assert.True(t, ok, text)
		assert.Equal(t, record.DOI("10.5555/abc.1"), got, text)
	}
	for text, want := range map[string]record.DOI{
		"10.5555/(SICI)1099(1999)12:3<45::AID-6>3.0.CO;2-Z": "10.5555/(sici)1099(1999)12:3<45::aid-6>3.0.co;2-z",
		"10.5555/a/b/c//d": "10.5555/a/b/c//d", "10.5555.17/x(1)": "10.5555.17/x(1)", "https://doi.org/10.5555/a%28b%29c": "10.5555/a(b)c",
	} {
		got, ok := record.ParseDOI(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got)
	}
	for _, text := range []string{"", "n/a", "10.5555/", "10.55/x", "https://example.org/10/5555/x", "see 10.5555/abc", "10.5555/a b", "11.5555/x"} {
		got, ok := record.ParseDOI(text)
		assert.False(t, ok, text)
		assert.Empty(t, got, text)
	}
}

func TestADOIIsFoundInItsText(t *testing.T) {
	text := "Kites (doi: 10.5555/abc.1), 2012; version 1.10.5555/no."
	doi, start, end := record.FindDOI(text)
	assert.Equal(t, record.DOI("10.5555/abc.1"), doi)
	assert.Equal(t, "10.5555/abc.1", text[start:end])
	_, start, end = record.FindDOI("chapter 10.2 and 10.5 of 110.5555/x")
	assert.Equal(t, []int{-1, -1}, []int{start, end})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "before") + " " + rapid.StringMatching(`10\.5555/[a-zA-Z0-9().<>;:]{1,12}`).Draw(t, "doi") + rapid.String().Draw(t, "after")
		if doi, start, end := record.FindDOI(text); start >= 0 {
			again, ok := record.ParseDOI(text[start:end])
			require.True(t, ok)
			require.Equal(t, doi, again)
		}
	})
}

func TestNumbersOfPubMed(t *testing.T) {
	for _, text := range []string{"12345678", "PMID: 12345678", "pmid12345678", "012345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/", "http://www.ncbi.nlm.nih.gov/pubmed/12345678"} {
		got, ok := record.ParsePMID(text)
		assert.True(t, ok, text)
		assert.Equal(t, record.PMID("12345678"), got, text)
	}
	for _, text := range []string{"", "0", "123456789", "12a", "PMC123", "1234-5678"} {
		_, ok := record.ParsePMID(text)
		assert.False(t, ok, text)
	}
	for _, text := range []string{"PMC7312261", "7312261", "pmcid: PMC7312261", "PMC7312261.1", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7312261/"} {
		got, ok := record.ParsePMCID(text)
		assert.True(t, ok, text)
		assert.Equal(t, record.PMCID("PMC7312261"), got, text)
	}
	_, ok := record.ParsePMCID("PMC")
	assert.False(t, ok)
}

func TestNumbersWithACheckDigit(t *testing.T) {
	for text, want := range map[string]record.ISSN{"1438-8871": "1438-8871", "14388871": "1438-8871", "2151-464x": "2151-464X", "1438-8871 (Print)": "1438-8871", "ISSN: 1438-8871": "1438-8871"} {
		got, ok := record.ParseISSN(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for text, want := range map[string]record.ISBN{"978-3-16-148410-0": "9783161484100", "0-306-40615-2": "0306406152", "080442957X": "080442957X"} {
		got, ok := record.ParseISBN(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000000218250097"} {
		got, ok := record.ParseORCID(text)
		assert.True(t, ok, text)
		assert.Equal(t, record.ORCID("0000-0002-1825-0097"), got, text)
	}
	for _, text := range []string{"", "1438-8872", "1438-887", "X438-8871", "978-3-16-148410-1", "0000-0002-1825-0098"} {
		_, issn := record.ParseISSN(text)
		_, isbn := record.ParseISBN(text)
		_, orcid := record.ParseORCID(text)
		assert.False(t, issn || isbn || orcid, text)
	}
}

func TestNumbersOfRegisters(t *testing.T) {
	for text, want := range map[string]record.Registration{
		"NCT01234567":            {Registry: "ClinicalTrials.gov", ID: "NCT01234567"},
		"nct 01234567":           {Registry: "ClinicalTrials.gov", ID: "NCT01234567"},
		"ISRCTN12345678":         {Registry: "ISRCTN", ID: "ISRCTN12345678"},
		"2004-000446-20":         {Registry: "EU-CTR", ID: "2004-000446-20"},
		"EUCTR2004-000446-20-GB": {Registry: "EU-CTR", ID: "2004-000446-20"},
		"CRD42019123456":         {Registry: "PROSPERO", ID: "CRD42019123456"},
		"ACTRN12612000000123":    {Registry: "ANZCTR", ID: "ACTRN12612000000123"},
		"ChiCTR-TRC-10000001":    {Registry: "ChiCTR", ID: "CHICTR-TRC-10000001"},
		"RBR-2abc34":             {Registry: "ReBec", ID: "RBR-2ABC34"},
		"CTRI/2019/01/012345":    {Registry: "CTRI", ID: "CTRI/2019/01/012345"},
	} {
		got, ok := record.ParseRegistration(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "NCT", "NCT123", "NCT0123456789", "Berg, Anna", "2004-000446", "NL", strings.Repeat("1", 500)} {
		got, ok := record.ParseRegistration(text)
		assert.False(t, ok, text)
		assert.Equal(t, record.Registration{}, got, text)
	}
}

func TestLanguagesHaveOneCode(t *testing.T) {
	for text, want := range map[string]string{"eng": "en", "English": "en", "en-GB": "en", "EN": "en", "ger": "de", "deu": "de", "français": "fr", "und": "und", "Klingon": "klingon", "": "", "pt_BR": "pt"} {
		assert.Equal(t, want, record.Language(text), text)
	}
	for _, code := range []string{"en", "de", "fr", "cs", "zh"} {
		assert.Equal(t, code, record.Language(record.LanguageMARC(code)))
	}
	assert.Equal(t, "und", record.LanguageMARC("und"))
}

func TestSeveralNamesInOneText(t *testing.T) {
	for text, want := range map[string][]string{
		"Berg, A.; Osei, K.":                    {"Berg, A.", "Osei, K."},
		"Berg A, Osei K":                        {"Berg, A", "Osei, K"},
		"A Berg and K Osei":                     {"Berg, A", "Osei, K"},
		"Berg, A., Osei, K., et al.":            {"Berg, A.", "Osei, K."},
		"Anna Berg, Kofi Osei and Vera Nimbus":  {"Berg, Anna", "Osei, Kofi", "Nimbus, Vera"},
		"King, Martin L., Jr.":                  {"King, Martin L., Jr."},
		"Department of Kites, Ropes, and Winds": {"Department of Kites, Ropes, and Winds"},
		"Berg, Anna":                            {"Berg, Anna"},
		"":                                      nil,
		" ; ;":                                  nil,
		"et al.":                                nil,
	} {
		var got []string
		for _, n := range record.ParseNames(text) {
			got = append(got, n.String())
		}
		assert.Equal(t, want, got, text)
	}
}

func TestPagesAreCompleted(t *testing.T) {
	for pages, want := range map[string][2]string{
		"123-8": {"123", "128"}, "123-128": {"123", "128"}, "S12-S19": {"S12", "S19"}, "e1–e9": {"e1", "e9"}, "17": {"17", "17"}, "": {"", ""}, "995-1003": {"995", "1003"}, "1199-201": {"1199", "1201"},
		"12‐9": {"12", "19"}, "12--19": {"12", "19"}, "12—19": {"12", "19"}, "12−19": {"12", "19"}, "S12-1": {"S12", "1"}, "129-8": {"129", "8"}, "128-8": {"128", "128"},
	} {
		first, last := record.Container{Pages: pages}.PageRange()
		assert.Equal(t, want, [2]string{first, last}, pages)
	}
	rapid.Check(t, func(t *rapid.T) {
		record.Container{Pages: rapid.String().Draw(t, "pages")}.PageRange()
	})
}

func TestTheSectionsOfAnAbstract(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"in capitals":           {"BACKGROUND: Kites fall. METHODS: We flew twelve. RESULTS: Nine fell.", []string{"BACKGROUND=Kites fall.", "METHODS=We flew twelve.", "RESULTS=Nine fell."}},
		"with a capital":        {"Objective: to see. Methods: rope. Conclusions: none.", []string{"OBJECTIVE=to see.", "METHODS=rope.", "CONCLUSIONS=none."}},
		"on lines":              {"AIM:\nto see\nMETHODS:\nrope", []string{"OBJECTIVE=to see", "METHODS=rope"}},
		"as Ovid joins them":    {"PURPOSE: of review Kites., RECENT FINDINGS: Rope., SUMMARY: Both.", []string{"OBJECTIVE=of review Kites.", "RESULTS=Rope.", "CONCLUSIONS=Both."}},
		"a label of its own":    {"OBJECTIVE: a. KITE IDENTIFIER: b. RESULTS: c.", []string{"OBJECTIVE=a.", "=b.", "RESULTS=c."}},
		"one label is too few":  {"Kites fall. Conclusion: they do.", nil},
		"a colon in a sentence": {"We flew three kites: red, green and blue. Results were two: up and down.", nil},
		"nothing":               {"", nil},
	} {
		a := record.NewAbstract(c.text)
		assert.Equal(t, c.text, a.Text, name)
		var got []string
		for _, s := range a.Sections {
			got = append(got, string(s.Category)+"="+a.Text[s.Start:s.End])
		}
		assert.Equal(t, c.want, got, name)
	}
	var a record.Abstract
	a.AddSection("METHODS AND FINDINGS", "", "We flew.")
	a.AddSection("", "", "Plain.")
	assert.Equal(t, "METHODS AND FINDINGS: We flew.\nPlain.", a.Text)
	assert.Equal(t, []record.Section{{Label: "METHODS AND FINDINGS", Category: record.Methods, Start: 22, End: 30}}, a.Sections)
}

func TestSectionsLieInTheirTextInOrder(t *testing.T) {
	part := rapid.SampledFrom([]string{"METHODS:", "Results: ", "Background", ": ", ". ", ".,", "\n", "kites ", "é", "A", " ", "CONCLUSIONS:", "] "})
	rapid.Check(t, func(t *rapid.T) {
		a := record.NewAbstract(strings.Join(rapid.SliceOf(part).Draw(t, "parts"), ""))
		end := 0
		for _, s := range a.Sections {
			require.LessOrEqual(t, end, s.Start)
			require.LessOrEqual(t, s.Start, s.End)
			require.LessOrEqual(t, s.End, len(a.Text))
			end = s.End
		}
	})
}

func TestAHeadingIsWrittenAsMEDLINEDoes(t *testing.T) {
	h := record.Heading{Term: "Depression", Major: true, Qualifiers: []record.Qualifier{{Term: "therapy"}, {Term: "psychology", Major: true}}}
	assert.Equal(t, "*Depression/therapy/*psychology", h.String())
}

func TestFlagsComeOfTypesRelationsAndTitles(t *testing.T) {
	for name, c := range map[string]struct {
		r    record.Record
		want record.Flags
	}{
		"a retracted work":    {record.Record{Types: []string{"Retracted Publication"}}, record.Flags{Retracted: true}},
		"by its title":        {record.Record{Title: "RETRACTED: Kites"}, record.Flags{Retracted: true}},
		"an erratum":          {record.Record{Title: "Erratum to: Kites"}, record.Flags{Notice: true}},
		"a corrected work":    {record.Record{Relations: []record.Relation{{Kind: record.ErratumIn}}}, record.Flags{Corrected: true}},
		"a work in question":  {record.Record{Relations: []record.Relation{{Kind: record.ConcernIn}}}, record.Flags{Concern: true}},
		"a notice":            {record.Record{Types: []string{"Expression of Concern"}}, record.Flags{Notice: true}},
		"a work on the topic": {record.Record{Title: "Corrections officers and retraction of claims"}, record.Flags{}},
	} {
		record.SetFlags(&c.r)
		assert.Equal(t, c.want, c.r.Flags, name)
	}
}

func TestADateHasNoMonthOrDayThatNoCalendarHas(t *testing.T) {
	d, ok := record.ParseDate("20481061")
	assert.True(t, ok)
	assert.Equal(t, record.Date{Year: 2048, Text: "20481061"}, d)
	d, _ = record.ParseDate("20120000")
	assert.Equal(t, record.Date{Year: 2012}, d)
	rapid.Check(t, func(t *rapid.T) {
		d, _ := record.ParseDate(rapid.StringMatching(`[0-9]{1,8}([/ -][0-9]{1,4}){0,3}`).Draw(t, "date"))
		for _, month := range []int{d.Month, d.EndMonth} {
			assert.True(t, month >= 0 && month <= 12, "%+v", d)
		}
		for _, day := range []int{d.Day, d.EndDay} {
			assert.True(t, day >= 0 && day <= 31, "%+v", d)
		}
	})
}

func TestASeasonHasItsName(t *testing.T) {
	assert.Equal(t, "Autumn", record.Autumn.String())
	assert.Empty(t, record.NoSeason.String())
	assert.Empty(t, record.Season(9).String())
}
