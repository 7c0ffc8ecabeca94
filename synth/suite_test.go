package synth_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
	for i, r := range sum.Records {
		is := r.Design == "randomised-trial"
		switch {
		case is && rct[r.ID]:
			s.tp++
		case is:
			s.fp++
		case rct[r.ID]:
			s.fn++
		}
		if is != rct[r.ID] && os.Getenv("SHOW") != "" {
			fmt.Println(is, r.Design, r.ID, i, r.Title)
			for _, th := range sum.Designs {
				for _, k := range th.Codings {
					if k.Record == r.ID {
						fmt.Println("      ", th.Name, k.Terms, k.Types)
					}
				}
			}
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
	theme := map[record.ID]string{}
	for _, r := range all {
		theme[r.ID()] = r.Key[:strings.LastIndex(r.Key, "-")]
	}
	for _, f := range sum.Found {
		counts := map[string]int{}
		for _, id := range f.Records {
			counts[theme[id]]++
		}
		t.Log(len(f.Records), f.Label, "|", strings.Join(f.Phrases, "; "), "|", strings.Join(f.Terms, ", "), f.Cohesion, f.Apart, counts)
		for _, q := range f.Evidence[:min(2, len(f.Evidence))] {
			t.Log("      ", q.Text)
		}
	}
	t.Log(sum.Notes)
	t.Log("\n" + sum.Table(synth.ByDesign, synth.ByDesign).String())
}
