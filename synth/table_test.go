package synth_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// at gives the cell under two headings.
func at(t *testing.T, tab synth.Table, row, col string) synth.Cell {
	t.Helper()
	for r, rh := range tab.Rows {
		for c, ch := range tab.Cols {
			if rh.Name == row && ch.Name == col {
				return tab.Cells[r][c]
			}
		}
	}
	require.Fail(t, "no cell", "%s × %s", row, col)
	return synth.Cell{}
}

func TestACellCountsTheStudiesUnderBothHeadings(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}})
	tab := sum.Table(synth.ByAxis("perspective"), synth.ByTheme)
	assert.Equal(t, synth.Cell{Count: 1, Records: []record.ID{peers()[1].ID()}}, at(t, tab, "colleagues", "training"))
	assert.Equal(t, 0, at(t, tab, "colleagues", "pay").Count)
	assert.Equal(t, 1, at(t, tab, "not-stated", "pay").Count, "the record on wages gives nobody's perspective")
}

func TestATotalCountsAStudyOnceThoughItStandsInSeveralCells(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	tab := sum.Table(synth.ByTheme, synth.ByDesign)
	for c, head := range tab.Cols {
		if head.Name == "qualitative" {
			sum := 0
			for r := range tab.Rows {
				sum += tab.Cells[r][c].Count
			}
			assert.Equal(t, 2, tab.ColTotals[c].Count)
			assert.Greater(t, sum, 2)
		}
	}
	assert.Equal(t, 6, tab.Total.Count)
	assert.Len(t, tab.Total.Records, 6)
}

func TestEmptyCellsAreGapsButWhatIsNotStatedIsNone(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}})
	gaps := sum.Table(synth.ByAxis("perspective"), synth.ByTheme).Gaps()
	require.NotEmpty(t, gaps)
	for _, g := range gaps {
		assert.False(t, g.Row.NotStated || g.Col.NotStated)
	}
	assert.Contains(t, gaps, synth.Gap{Row: synth.Heading{Name: "colleagues", Title: "Colleagues"}, Col: synth.Heading{Name: "pay", Title: "Pay", Depth: 1}})
}

func TestAnAxisThatDoesNotExistIsNamed(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Axes: []*synth.Codebook{perspectives()}})
	tab := sum.Table(synth.ByAxis("perspectives"), synth.ByYear)
	assert.Equal(t, `no axis "perspectives"; did you mean "perspective"?`, tab.Note)
	assert.Empty(t, tab.Rows)
	assert.Equal(t, tab.Note+"\n", tab.String())
	assert.Equal(t, []synth.Axis{synth.ByDesign, "perspective", synth.ByYear}, sum.KnownAxes(), "without a codebook there are no themes")
	assert.Contains(t, sum.Table(synth.ByTheme, synth.ByYear).Note, `no axis "theme"`)
}

func TestATableIsAlignedForATerminal(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	lines := strings.Split(strings.TrimSuffix(sum.Table(synth.ByTheme, synth.ByYear).String(), "\n"), "\n")
	assert.Equal(t, "                    2009  2010  2011  2012  2013  2014  2015  2016  not stated  total", lines[0])
	assert.Equal(t, "  Pay                  1     ·     ·     ·     ·     ·     ·     2           ·      3", lines[2])
	for _, l := range lines[1:] {
		assert.Equal(t, len([]rune(lines[0])), len([]rune(l)))
	}
}

// A codebook and records at random, made of few words so that they meet.
func TestTotalsHoldForAnyRecordsAndCodebook(t *testing.T) {
	words := []string{"pay", "training", "peer", "trial", "survey", "nurse", "ward", "cohort"}
	rapid.Check(t, func(t *rapid.T) {
		var all []*record.Record
		for i := range rapid.IntRange(0, 12).Draw(t, "records") {
			title := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "title"), " ")
			abstract := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 9).Draw(t, "abstract"), rapid.SampledFrom([]string{" ", ". ", ". RESULTS: "}).Draw(t, "mark"))
			all = append(all, invented(i, rapid.SampledFrom([]int{0, 1999, 2003}).Draw(t, "year"), title, abstract))
		}
		var studies []record.Study
		for i, r := range all {
			if i%3 == 0 {
				studies = append(studies, record.Study{ID: "s" + string(rune('a'+i))})
			}
			if rapid.Bool().Draw(t, "grouped") {
				studies[len(studies)-1].Reports = append(studies[len(studies)-1].Reports, r.ID())
			}
		}
		cb := &synth.Codebook{Schema: 1, Name: "x", Exclusive: rapid.Bool().Draw(t, "exclusive"), Themes: []synth.Theme{
			{Name: "a", Terms: []string{"pay", "train*"}, Not: []string{"nurse"}},
			{Name: "b", Terms: []string{"peer"}, Themes: []synth.Theme{{Name: "c", Terms: []string{"ward"}, Yields: true}, {Name: "d", TitleTerms: []string{"nurse"}}}},
		}}
		sum, err := synth.Summarize(t.Context(), all, synth.Options{Codebook: cb, Studies: studies})
		if err != nil {
			t.Fatal(err)
		}
		if err := sum.Verify(all); err != nil {
			t.Fatal(err)
		}
		tab := sum.Table(synth.ByTheme, synth.ByDesign)
		byDesign := 0
		for c := range tab.Cols {
			byDesign += tab.ColTotals[c].Count
			most := 0
			for r := range tab.Rows {
				most = max(most, tab.Cells[r][c].Count)
			}
			if tab.ColTotals[c].Count < most {
				t.Fatalf("a total below one of its cells: %s", tab)
			}
		}
		if byDesign != sum.Counts.Studies || tab.Total.Count != sum.Counts.Studies {
			t.Fatalf("a study has one design, so the columns add up to %d, not %d", sum.Counts.Studies, byDesign)
		}
	})
}
