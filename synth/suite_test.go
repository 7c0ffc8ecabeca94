package synth_test

import (
	"context"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/cluster/score"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// designRecords reads the set of records whose publication types are known.
func designRecords(t *testing.T) (all []*record.Record, rct map[record.ID]bool) {
	t.Helper()
	data, err := os.ReadFile(suite.Data(t, "synth", "design", "pubmed_design.tsv"))
	require.NoError(t, err)
	rct = map[record.ID]bool{}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 {
			continue
		}
		require.Len(t, f, 6)
		r := &record.Record{PMID: record.PMID(f[0]), Title: f[4], Abstract: record.NewAbstract(f[5])}
		r.Types = strings.Split(f[2], "|")
		rct[r.ID()] = f[1] == "1"
		all = append(all, r)
	}
	return all, rct
}

type prf struct{ tp, fp, fn int }

func (s prf) precision() float64 { return float64(s.tp) / float64(s.tp+s.fp) }
func (s prf) recall() float64    { return float64(s.tp) / float64(s.tp+s.fn) }
func (s prf) f1() float64        { return 2 * float64(s.tp) / float64(2*s.tp+s.fp+s.fn) }

func trials(t *testing.T, all []*record.Record, rct map[record.ID]bool) prf {
	t.Helper()
	sum, err := synth.Summarize(context.Background(), all, synth.Options{CodebookOnly: true})
	require.NoError(t, err)
	require.NoError(t, sum.Verify(all))
	var s prf
	for _, r := range sum.Records {
		is := r.Design == "randomised-trial"
		switch {
		case is && rct[r.ID]:
			s.tp++
		case is:
			s.fp++
		case rct[r.ID]:
			s.fn++
		}
	}
	return s
}

func TestRandomisedTrialsAreRecognised(t *testing.T) {
	all, rct := designRecords(t)
	withTypes := trials(t, all, rct)
	for _, r := range all {
		r.FixID()
		r.Types = nil
	}
	byText := trials(t, all, rct)
	t.Logf("by text: precision %.3f, recall %.3f, F1 %.3f; with publication types: %.3f, %.3f, %.3f",
		byText.precision(), byText.recall(), byText.f1(), withTypes.precision(), withTypes.recall(), withTypes.f1())
	assert.GreaterOrEqual(t, byText.f1(), 0.94)
	assert.GreaterOrEqual(t, withTypes.f1(), 0.97)
}

func clusteringRecords(t *testing.T) []*record.Record {
	t.Helper()
	f, err := os.Open(suite.Data(t, "synth", "clustering", "reviews.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var all []*record.Record
	for _, row := range rows[1:] {
		r := &record.Record{Key: row[0], Title: row[1], Abstract: record.NewAbstract(row[2]), Identifiers: []record.Identifier{{Scheme: "accession", Value: row[0]}}}
		all = append(all, r)
	}
	return all
}

func TestThemesNobodyCodedForAreFoundAmongMixedReviews(t *testing.T) {
	all := clusteringRecords(t)
	sum, err := synth.Summarize(context.Background(), all, synth.Options{})
	require.NoError(t, err)
	require.NoError(t, sum.Verify(all))
	number := map[string]int{}
	theme := map[record.ID]int{}
	for _, r := range all {
		name := r.Key[:strings.LastIndex(r.Key, "-")]
		if _, ok := number[name]; !ok {
			number[name] = len(number)
		}
		theme[r.ID()] = number[name]
	}
	group := map[record.ID]int{}
	for i, f := range sum.Found {
		for _, id := range f.Records {
			group[id] = i + 1
		}
		t.Logf("%3d %s: %s", len(f.Records), f.Label, strings.Join(f.Phrases, ", "))
	}
	var want, got []int
	for i, r := range sum.Records {
		want = append(want, theme[r.ID])
		if g := group[r.ID]; g > 0 {
			got = append(got, g)
			continue
		}
		got = append(got, -1-i) // in no group: a group of its own
	}
	t.Logf("ARI %.3f, NMI %.3f", score.ARI(want, got), score.NMI(want, got))
	assert.GreaterOrEqual(t, score.ARI(want, got), 0.80)
}

// Leaving a tenth of the records out must not bring the others together in quite
// another way.
func TestFoundThemesHoldWhenRecordsAreLeftOut(t *testing.T) {
	all := clusteringRecords(t)
	whole := summarize(t, all, synth.Options{})
	group := map[record.ID]int{}
	for i, f := range whole.Found {
		for _, id := range f.Records {
			group[id] = i + 1
		}
	}
	var part []*record.Record
	for i, r := range all {
		if i%10 != 3 {
			part = append(part, r)
		}
	}
	again := summarize(t, part, synth.Options{})
	var a, b []int
	for i, f := range again.Found {
		for _, id := range f.Records {
			if g := group[id]; g > 0 {
				a, b = append(a, g), append(b, i)
			}
		}
	}
	t.Logf("agreement of the themes of all and of nine tenths: ARI %.3f over %d records", score.ARI(a, b), len(a))
	assert.GreaterOrEqual(t, score.ARI(a, b), 0.70)
}
