package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/synth"
)

func written(t testing.TB, tb table.Table) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, tb.WriteCSV(&b))
	return b.String()
}

func rows(t testing.TB, text string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	out, err := r.ReadAll()
	require.NoError(t, err)
	return out
}

func TestACellThatCouldBeAFormulaGetsOneApostrophe(t *testing.T) {
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "+1 kite": "'+1 kite", "-1": "'-1", "@SUM(1,2)": "'@SUM(1,2)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"'=1": "''=1", "''-": "'''-", "'t Hart": "'t Hart", "a=b": "a=b", "": "", "'": "'", "1-2": "1-2",
	} {
		tb := table.Table{Name: "x", Columns: []string{"a", "b"}, Rows: [][]string{{cell, "y"}}}
		assert.Equal(t, want, rows(t, written(t, tb))[1][0])
		var raw bytes.Buffer
		require.NoError(t, tb.WriteRawCSV(&raw))
		assert.Equal(t, cell, rows(t, raw.String())[1][0])
	}
}

func TestCSVIsThatOfRFC4180(t *testing.T) {
	tb := table.Table{Name: "x", Columns: []string{"a", "b"}, Rows: [][]string{{"one, two", `say "no"`}, {"line\nbreak", " blank "}, {"plain", ""}}}
	assert.Equal(t, "a,b\r\n\"one, two\",\"say \"\"no\"\"\"\r\n\"line\nbreak\",\" blank \"\r\nplain,\r\n", written(t, tb))
}

func TestEveryTableComesBackFromCSVWithNoCellThatIsAFormula(t *testing.T) {
	cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\",;\t\n ab精")))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "columns")
		line := rapid.SliceOfN(cell, n, n)
		tb := table.Table{Name: "x", Columns: line.Draw(t, "heads"), Rows: rapid.SliceOfN(line, 0, 5).Draw(t, "rows")}
		var b bytes.Buffer
		require.NoError(t, tb.WriteCSV(&b))
		got, err := csv.NewReader(bytes.NewReader(b.Bytes())).ReadAll()
		require.NoError(t, err)
		require.Len(t, got, len(tb.Rows)+1)
		for i, want := range append([][]string{tb.Columns}, tb.Rows...) {
			for j, c := range got[i] {
				require.False(t, c != "" && strings.ContainsRune("=+-@\t\r\n", rune(c[0])), "%q", c)
				if bare := strings.TrimLeft(c, "'"); bare != "" && bare != c && strings.ContainsRune("=+-@\t\r\n", rune(bare[0])) {
					c = c[1:] // as a reader takes the guard away
				}
				require.Equal(t, want[j], c)
			}
		}
		require.NoError(t, tb.WriteText(&b))
	})
}

func TestTitlesMadeToForgeOrRunStayCells(t *testing.T) {
	dir := suite.Data(t, "hostile")
	files, err := filepath.Glob(filepath.Join(dir, "cases", "write-*-csv-*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var in struct {
			Records []struct{ Title, Journal, Abstract string }
		}
		require.NoError(t, json.Unmarshal(text, &in), file)
		var records []*record.Record
		for _, r := range in.Records {
			records = append(records, &record.Record{Key: r.Abstract, Title: r.Title, In: record.Container{Title: r.Journal}})
		}
		got := rows(t, written(t, table.Studies(records, nil)))
		assert.Len(t, got, len(records)+1, file)
		for _, row := range got {
			for _, c := range row {
				assert.False(t, c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])), "%s: %q", file, c)
			}
		}
	}
}

func TestARowOfAnotherWidthIsAnError(t *testing.T) {
	tb := table.Table{Name: "x", Columns: []string{"a"}, Rows: [][]string{{"1"}, {"1", "2"}}}
	for _, write := range []func() error{
		func() error { return tb.WriteCSV(&bytes.Buffer{}) },
		func() error { return tb.WriteText(&bytes.Buffer{}) },
	} {
		assert.EqualError(t, write(), "table x: row 2 has 2 cells, expected 1")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAFullDiskIsAnError(t *testing.T) {
	tb := table.Table{Name: "x", Columns: []string{"a"}}
	assert.EqualError(t, tb.WriteCSV(full{}), "table x: the disk is full")
	assert.EqualError(t, tb.WriteText(full{}), "table x: the disk is full")
}

func TestATerminalSeesColumnsAndNoControls(t *testing.T) {
	tb := table.Table{Name: "x", Columns: []string{"title", "n"}, Rows: [][]string{
		{"精神保健", "7"}, {"plain\x1b[31m", "1234"}, {strings.Repeat("long ", 20), ""},
	}}
	var b bytes.Buffer
	require.NoError(t, tb.WriteText(&b))
	lines := strings.Split(b.String(), "\n")
	assert.Equal(t, "精神保健"+strings.Repeat(" ", 52)+"     7", lines[2])
	assert.Equal(t, "plain\ufffd[31m"+strings.Repeat(" ", 50)+"  1234", lines[3])
	assert.True(t, strings.HasSuffix(lines[4], "…"), lines[4])
}

var (
	trial   = &record.Record{Key: "a", Title: "Peer support after discharge", Date: record.Date{Year: 2017}, DOI: "10.5555/a", Source: record.Source{Database: "MEDLINE", File: "medline.nbib", Line: 12}}
	same    = &record.Record{Key: "b", Title: "PEER SUPPORT AFTER DISCHARGE", Date: record.Date{Year: 2017}, Source: record.Source{File: "scopus.ris", Line: 40}}
	erratum = &record.Record{Key: "c", Title: "Erratum: Peer support after discharge", Source: record.Source{Database: "Scopus"}}
)

func TestDuplicatesShowTheLinkThatJoinedThem(t *testing.T) {
	link := dedupe.Link{A: trial, B: same, Rule: "sum", Score: 0.98765, Why: "same title, same year"}
	res := &dedupe.Result{
		Groups:   []dedupe.Group{{Records: []*record.Record{trial, same}, Links: []dedupe.Link{link}}},
		Doubtful: []dedupe.Link{{A: same, B: erratum, Score: 0.5, Why: "a person should look"}},
		Related:  []dedupe.Related{{A: trial, B: erratum, Kind: dedupe.Erratum, Why: "its title says so"}},
	}
	tb := table.Duplicates(res)
	require.NoError(t, tb.Check())
	assert.Equal(t, []string{"1", string(trial.ID()), "a", trial.Title, "2017", "MEDLINE (medline.nbib:12)", "", "", "", ""}, tb.Rows[0])
	assert.Equal(t, []string{"1", string(same.ID()), "b", same.Title, "2017", "scopus.ris:40", "sum", "0.988", string(trial.ID()), "same title, same year"}, tb.Rows[1])
	assert.Equal(t, "0.500", table.Doubtful(res).Rows[0][0])
	assert.Equal(t, []string{"erratum", "its title says so"}, table.Related(res).Rows[0][:2])
	for _, tb := range []table.Table{table.Duplicates(nil), table.Doubtful(nil), table.Related(nil)} {
		assert.Empty(t, tb.Rows)
	}
}

func TestADecisionShowsTheWordsItRestsOn(t *testing.T) {
	plan, err := screen.Compile(screen.Protocol{Title: "x", Reasons: []screen.Reason{{Code: "old", Text: "Published before 2000"}}, Stages: []screen.Stage{{Name: "s"}}})
	require.NoError(t, err)
	tb := table.Decisions(plan, []screen.Decision{{Stage: "s", RecordID: "r1-x", Verdict: screen.Exclude, Reason: "old", Rule: "year", By: screen.ByRule,
		Evidence: []record.Span{{Field: record.FieldYear, End: 4, Text: "1987"}, {Field: record.FieldKeywords, Item: 2, Start: 1, End: 3, Text: "ab"}}}, {Stage: "s"}})
	require.NoError(t, tb.Check())
	assert.Equal(t, []string{"s", "r1-x", "", "exclude", "old", "Published before 2000", "year", "rule", "", "", "year 0-4: 1987 | keywords[3] 1-3: ab", "", "", ""}, tb.Rows[0])
	assert.Equal(t, "undecided", tb.Rows[1][3])
}

func TestTablesOfASummary(t *testing.T) {
	sum := &synth.Summary{
		Records: []synth.CodedRecord{{ID: trial.ID(), Study: "S1", Title: trial.Title, Year: 2017, Themes: []string{"training"}, Design: "trial"}, {ID: "r1-z"}},
		Counts:  synth.Counts{Years: []synth.YearCount{{Year: 2017, Count: 1}, {Year: 2018}}},
		Themes: []synth.ThemeSummary{{Name: "training", Title: "Training", Years: []synth.YearCount{{Year: 2017, Count: 1}},
			Codings:  []synth.Coding{{Record: trial.ID(), Terms: []synth.TermPlace{{Term: "train*"}}, Types: []string{"Review"}, Kind: record.Book, From: []string{"supervision"}}},
			Evidence: []synth.Quote{{Record: trial.ID(), Span: record.Span{Field: record.FieldTitle, End: 4, Text: "Peer"}, Terms: []string{"peer"}}}}},
	}
	studies := table.Studies([]*record.Record{trial, same}, sum)
	require.NoError(t, studies.Check())
	assert.Equal(t, "S1", studies.Rows[0][2])
	assert.Equal(t, "trial", studies.Rows[0][16])
	assert.Equal(t, "training", studies.Rows[0][17])
	assert.Equal(t, "MEDLINE (medline.nbib:12)", studies.Rows[0][15])
	assert.Empty(t, studies.Rows[1][17])

	themes := table.Themes(sum)
	require.NoError(t, themes.Check())
	assert.Equal(t, []string{"record", "study", "year", "title", "Training"}, themes.Columns)
	assert.Equal(t, "train*; type: Review; kind: book; from: supervision", themes.Rows[0][4])
	assert.Empty(t, themes.Rows[1][4])

	assert.Equal(t, [][]string{{"2017", "1", "1"}, {"2018", "0", "0"}}, table.Years(sum).Rows)
	assert.Equal(t, [][]string{{"training", string(trial.ID()), "title", "0", "0", "4", "", "Peer", "peer"}}, table.Evidence(sum).Rows)
	cross := table.Cross(synth.Table{RowAxis: "theme", ColAxis: "design", Rows: []synth.Heading{{Name: "training", Title: "Training"}}, Cols: []synth.Heading{{Name: "trial"}},
		Cells: [][]synth.Cell{{{Count: 3}}}, RowTotals: []synth.Cell{{Count: 3}}, ColTotals: []synth.Cell{{Count: 3}}, Total: synth.Cell{Count: 4}})
	require.NoError(t, cross.Check())
	assert.Equal(t, [][]string{{"Training", "3", "3"}, {"total", "3", "4"}}, cross.Rows)
	assert.Equal(t, "theme-by-design", cross.Name)
	for _, tb := range []table.Table{table.Themes(nil), table.Years(nil), table.Evidence(nil), table.Cross(synth.Table{}), table.Left(nil)} {
		assert.Empty(t, tb.Rows)
	}
}

func TestStudiesPassOverWhatIsNoRecord(t *testing.T) {
	assert.Len(t, table.Studies([]*record.Record{nil, trial, nil}, nil).Rows, 1)
}

func TestWhatWasLeftAndWhereItWasSearched(t *testing.T) {
	sel := &screen.Selection{Left: []screen.Left{{RecordID: "r1-x", Key: "k", Rank: "all others", Place: 27, Why: "place 27 of 51"}}}
	assert.Equal(t, [][]string{{"27", "r1-x", "k", "all others", "place 27 of 51"}}, table.Left(sel).Rows)
	hits := 42
	tb := table.Searches(record.Manifest{{File: "m.nbib", Database: "MEDLINE", Records: 40, Reported: &hits}, {File: "c.csv", Register: true}, {OtherMethod: "websites"}})
	require.NoError(t, tb.Check())
	assert.Equal(t, []string{"42", "40", "2"}, tb.Rows[0][5:8])
	assert.Equal(t, []string{"database", "register", "websites"}, []string{tb.Rows[0][2], tb.Rows[1][2], tb.Rows[2][2]})
	stages := table.Stages([]screen.Tally{{Stage: "s", Entered: 3, Excluded: 3, Unreasoned: 1, Reasons: []screen.ReasonCount{{Reason: screen.Reason{Code: "old", Text: "Old"}, Count: 2}}}})
	assert.Equal(t, [][]string{{"s", "Old", "old", "2"}, {"s", "no reason given", "", "1"}}, stages.Rows[8:])
}

func Example() {
	tb := table.Problems([]record.Problem{
		{File: "scopus.ris", Line: 41, Column: 7, Tag: "AU", Code: record.CodeAuthorList, Text: "two authors in one tag, split at ';'"},
		{File: "library.bib", Line: 210, Code: record.CodeBraces, Text: "a brace is not closed"},
	})
	tb.Columns = tb.Columns[:5]
	for i := range tb.Rows {
		tb.Rows[i] = tb.Rows[i][:5]
	}
	var b strings.Builder
	if err := tb.WriteText(&b); err != nil {
		fmt.Println(err)
	}
	fmt.Print(b.String())
	// Output:
	// file         line  column  tag  code
	// -----------  ----  ------  ---  -----------------
	// scopus.ris     41       7  AU   author-list
	// library.bib   210               unbalanced-braces
}
