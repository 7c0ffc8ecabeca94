package registry_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/registry"
)

func keys(records []*record.Record) (out []string) {
	for _, r := range records {
		out = append(out, r.Key)
	}
	return out
}

// all gives the problems of records and file together.
func all(records []*record.Record, problems []record.Problem) []record.Problem {
	for _, r := range records {
		problems = append(problems, r.Problems...)
	}
	return problems
}

const (
	entryA  = "<Trial><TrialID>NCT09999991</TrialID><Public_title>A</Public_title></Trial>\n"
	entryB  = "<Trial><TrialID>NCT09999992</TrialID><Public_title>B</Public_title></Trial>\n"
	openSet = "<Trials_downloaded_from_ICTRP>\n"
	endSet  = "</Trials_downloaded_from_ICTRP>\n"
	studyA  = `{"protocolSection":{"identificationModule":{"nctId":"NCT09999991","briefTitle":"A"}}}`
	studyB  = `{"protocolSection":{"identificationModule":{"nctId":"NCT09999992","briefTitle":"B"}}}`
	both    = "NCT Number,Study Title,Study Status,Conditions,Phases,Sponsor\n"
	portal  = "TrialID,Public title,Scientific title,Condition,Phase,Primary sponsor\n"
)

func TestBadInputIsSaidAndTheGoodEntriesAreKept(t *testing.T) {
	first, second := []string{"NCT09999991"}, []string{"NCT09999991", "NCT09999992"}
	for name, c := range map[string]struct {
		format record.Format
		text   string
		keep   []string
		want   string
	}{
		"XML that is cut":              {registry.ICTRP(), openSet + entryA + "<Trial><TrialID>NCT09999992</TrialID><Public_title>B", second, "x:3 Trial: the file ends in the middle of this entry (truncated)"},
		"XML without its end":          {registry.ICTRP(), openSet + entryA, first, "x:3 Trials_downloaded_from_ICTRP: the file ends before </Trials_downloaded_from_ICTRP>: entries may be missing (missing-end)"},
		"an entry without its end":     {registry.ICTRP(), openSet + "<Trial><TrialID>NCT09999991</TrialID>\n" + entryB + endSet, second, "x:2 Trial: the entry has no </Trial>; it ends where the next one begins (missing-end)"},
		"a page of HTML":               {registry.ICTRP(), "<!DOCTYPE html>\n<html><body>Server Error</body></html>", nil, "x:2 html: not an element of ICTRP between entries"},
		"an entry without a number":    {registry.ICTRP(), openSet + entryA + "<Trial><Public_title>B</Public_title></Trial>" + endSet, []string{"NCT09999991", "x#2"}, "x:3 TrialID: an entry without the number of a trial (missing-key)"},
		"words between entries":        {registry.ICTRP(), openSet + entryA + "kites\n" + entryB + endSet, second, "x:3 text outside of any entry"},
		"an entry in a comment":        {registry.ICTRP(), openSet + "<!-- " + entryB + "-->" + entryA + "&", first, "x:4 text outside of any entry"},
		"JSON that is cut":             {registry.ClinicalTrials(), `{"studies":[` + studyA + `,{"protocolSection":{"identi`, first, "x:1 the text ends in the middle of this study, which was left out"},
		"a page among the answers":     {registry.ClinicalTrials(), `{"studies":[` + studyA + "]}\n<html>\n<p>504</p></html>\n" + `{"studies":[` + studyB + "]}", second, "x:2 a page of HTML or XML stands where JSON must"},
		"an error for an answer":       {registry.ClinicalTrials(), studyA + `{"error":"Too many requests"}`, first, "x:1 an object that is no study: it has none of protocolSection"},
		"words for an answer":          {registry.ClinicalTrials(), studyA + "\nThe query.term parameter is wrong\n", first, "x:2 what is no study"},
		"a row that is cut":            {registry.ClinicalTrialsCSV(), both + "NCT09999991,A,,,,\nNCT09999992,B", second, "x:3 the row has 2 cells where the header has 6"},
		"a row that is too long":       {registry.ICTRPCSV(), portal + "NCT09999991,A,,,,,,x\nNCT09999992,B,,,,", second, "x:2 the row has 8 cells where the header has 6"},
		"a header in another language": {registry.ClinicalTrialsCSV(), "NCT-Nummer,Titel der Studie,Zustand\nNCT09999991,A,laufend\n", nil, "x:1 no column of ClinicalTrials.gov is known by its name; 2 rows were left out"},
		"a quote that is not closed":   {registry.ClinicalTrialsCSV(), both + "NCT09999991,\"A,,,,\nNCT09999992,B,,,,\n", second, "x:2 a quotation mark that is never closed"},
		"rows before the header":       {registry.ICTRPCSV(), "Exported by a program\n\n" + portal + "NCT09999991,A,,,,\n", first, "x:1 a row before the header belongs to no record"},
		"no number":                    {registry.ICTRPCSV(), portal + ",A,,,,\n", []string{"x#1"}, "x:2 a row without the number of a trial"},
		"a header alone":               {registry.ICTRPCSV(), portal, nil, "x the file reads as ICTRP CSV, and no record stands in it"},
	} {
		records, problems := readAll(t, []byte(c.text), "x", c.format)
		assert.Equal(t, c.keep, keys(records), name)
		got := all(records, problems)
		require.NotEmpty(t, got, name)
		assert.True(t, strings.HasPrefix(got[0].String(), c.want), "%s: %s", name, got[0])
	}
}

func TestATableOfFiveHundredColumnsIsKeptWhole(t *testing.T) {
	header, row := []string{"NCT Number", "Study Title"}, []string{"NCT09999991", "A"}
	for i := range 498 {
		header, row = append(header, fmt.Sprintf("Column %d", i)), append(row, fmt.Sprintf("value %d", i))
	}
	records, problems := readAll(t, []byte(strings.Join(header, ",")+"\n"+strings.Join(row, ",")+"\n"), "x", registry.ClinicalTrialsCSV())
	require.Len(t, records, 1)
	assert.Empty(t, all(records, problems))
	assert.Equal(t, "A", records[0].Title)
	require.Len(t, records[0].Extra, 498)
	assert.Equal(t, "value 497", records[0].Extra.Get("Column 497"))
}

func TestTheFullExportOfICTRPHasNoHeader(t *testing.T) {
	row := make([]string, 63)
	for i := range row {
		row[i] = "NULL"
	}
	row[0], row[3], row[4], row[21], row[29], row[28] = "ACTRN12600000000001", `"""Kites, for all"""`, `"""Kites, ropes and wind"""`, `"""31/01/2025"""`, `"""Boredom;<br>Wind"""`, `"""Utopia"""`
	data := []byte(strings.Join(row, ",") + "\n")
	assert.Positive(t, registry.ICTRPCSV().Sniff(data))
	records, problems := readAll(t, data, "x", registry.ICTRPCSV())
	require.Len(t, records, 1)
	assert.Empty(t, all(records, problems))
	r := records[0]
	assert.Equal(t, "ACTRN12600000000001", r.Key)
	assert.Equal(t, []string{"Kites, ropes and wind", "Kites, for all"}, []string{r.Title, r.ShortTitle})
	assert.Equal(t, record.Date{Year: 2025, Month: 1, Day: 31}, r.Date)
	assert.Equal(t, []string{"Boredom", "Wind"}, r.Keywords)
	assert.Equal(t, record.Extra{{Tag: "Countries", Value: "Utopia", Line: 1}}, r.Extra)
}

func TestAnEncodingAndASeparatorAreSeenThrough(t *testing.T) {
	text := strings.ReplaceAll(both, ",", "\t") + "NCT09999991\tDrachen über Dörfern\t\tLange Weile|Wind\t\t\r\n"
	data := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		data = append(data, byte(u), byte(u>>8))
	}
	records, problems := readAll(t, data, "x", registry.ClinicalTrialsCSV())
	require.Len(t, records, 1)
	assert.Empty(t, all(records, problems))
	assert.Equal(t, "Drachen über Dörfern", records[0].Title)
	assert.Equal(t, []string{"Lange Weile", "Wind"}, records[0].Keywords)
}

func TestEachSampleIsKnownByItsFormatAlone(t *testing.T) {
	formats := []record.Format{registry.ICTRP(), registry.ICTRPCSV(), registry.ClinicalTrials(), registry.ClinicalTrialsCSV()}
	for _, name := range samples(t) {
		for _, f := range formats {
			assert.Equal(t, f.Name == formatOf(name).Name, f.Sniff(sample(t, name)) > 0, "%s as %s", name, f.Name)
		}
	}
	for _, text := range []string{"", "Title,Authors,Year\nA,B,2019\n", "TY  - JOUR\nER  - \n", "PMID- 1\nTI  - A\n", `{"protocol":1}`, `[{"id":"a","type":"book"}]`,
		"<?xml version=\"1.0\"?><xml><records><record/></records></xml>", "<html><Trial></html>", "@article{a,}"} {
		for _, f := range formats {
			assert.Zero(t, f.Sniff([]byte(text)), "%s as %s", text, f.Name)
		}
	}
}

func TestHowTheInputArrivesDoesNotMatter(t *testing.T) {
	for _, name := range samples(t) {
		whole, wholeProblems := readAll(t, sample(t, name), name, formatOf(name))
		rd := record.NewReader(iotest.OneByteReader(bytes.NewReader(sample(t, name))), record.ReadOptions{Name: name, Format: formatOf(name)})
		n := 0
		for r, err := range rd.All() {
			require.NoError(t, err)
			assert.Equal(t, whole[n], r)
			n++
		}
		assert.Len(t, whole, n)
		assert.Equal(t, wholeProblems, rd.Problems())
	}
}

func TestAnEntryOverALimitIsLeftOutAndTheNextIsRead(t *testing.T) {
	long := "<Trial><TrialID>NCT09999993</TrialID><Condition>" + strings.Repeat("long ", 60_000) + "</Condition></Trial>\n"
	text := openSet + long + entryA + "<Trial><TrialID>NCT09999994</TrialID><Condition>" + strings.Repeat("x", 200) + "</Condition></Trial>" + endSet
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x", Format: registry.ICTRP(), Limits: record.Limits{Record: 1000, Field: 100}})
	var got []string
	var problems []record.Problem
	for r, err := range rd.All() {
		require.NoError(t, err)
		got = append(got, r.Key)
		problems = append(problems, r.Problems...)
	}
	assert.Equal(t, []string{"NCT09999991", "NCT09999994"}, got)
	require.Len(t, problems, 1)
	assert.Equal(t, record.CodeFieldTooLong, problems[0].Code)
	require.Len(t, rd.Problems(), 1)
	assert.Equal(t, record.CodeRecordTooLong, rd.Problems()[0].Code)
}

func TestElementsWithoutAnEndCostTimeInProportion(t *testing.T) {
	var b strings.Builder
	b.WriteString(openSet + "<Trial><TrialID>NCT09999991</TrialID>")
	for i := range 100_000 {
		fmt.Fprintf(&b, "<a%d>x</b>", i)
	}
	records, _ := readAll(t, []byte(b.String()), "x", registry.ICTRP())
	require.Len(t, records, 1)
	assert.Less(t, len(records[0].Problems), 200)
}

func TestDaysStandBeforeMonths(t *testing.T) {
	for text, want := range map[string]string{"03/04/2020": "2020-04-03", "31/12/2020": "2020-12-31", "12/31/2020": "2020-12-31", "20200403": "2020-04-03", "2020-04-03": "2020-04-03",
		"2020/04/03": "2020-04-03", "24 August 2026": "2026-08-24", "2020-04": "2020-04", "April 2020": "2020-04"} {
		records, _ := readAll(t, []byte(openSet+"<Trial><TrialID>NCT09999991</TrialID><Date_registration>"+text+"</Date_registration></Trial>"+endSet), "x", registry.ICTRP())
		require.Len(t, records, 1)
		assert.Equal(t, want, records[0].Date.String(), text)
	}
	records, _ := readAll(t, []byte(openSet+"<Trial><TrialID>NCT09999991</TrialID><Date_registration>soon</Date_registration></Trial>"+endSet), "x", registry.ICTRP())
	assert.Equal(t, "soon", records[0].Extra.Get("Date_registration"))
}
