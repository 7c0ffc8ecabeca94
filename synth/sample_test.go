package synth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/synth"
)

const sample = "../examples/review/sample/"

// sampleRecords reads the exports of the sample review, one record of each title.
func sampleRecords(t *testing.T) []*record.Record {
	t.Helper()
	var all []*record.Record
	seen := map[string]bool{}
	for _, name := range []string{"medline.nbib", "europepmc.xml", "scopus.ris", "library.bib"} {
		lib, err := formats.Open(sample + name)
		require.NoError(t, err)
		for _, r := range lib.Records {
			if key := fold.Key(r.Title); !seen[key] {
				seen[key] = true
				all = append(all, r)
			}
		}
	}
	return all
}

func TestTheSampleReviewIsSummarisedUnderItsEightHeadings(t *testing.T) {
	load := func(name string) *synth.Codebook {
		cb, err := synth.LoadCodebook(sample + name + ".json")
		require.NoError(t, err)
		return cb
	}
	all := sampleRecords(t)
	sum := summarize(t, all, synth.Options{Codebook: load("codebook"), Axes: []*synth.Codebook{load("settings"), load("perspectives")}})
	require.Len(t, sum.Themes, 8)
	for _, th := range sum.Themes {
		assert.GreaterOrEqual(t, len(th.Records), 5, th.Name)
		assert.GreaterOrEqual(t, len(th.Evidence), 5, th.Name)
		t.Log(th.Claims[0].Text)
		for _, q := range th.Evidence {
			t.Log("   ", q.Section, q.Terms, q.Text)
		}
	}
	assert.Less(t, len(sum.Uncoded), len(all)/5)
	roundTrip(t, sum)
	for _, f := range sum.Found {
		t.Log("found:", f.Label, len(f.Records))
	}
	t.Logf("\n%s", sum.Table(synth.ByAxis("setting"), synth.ByTheme))
	for _, n := range sum.Notes {
		t.Log(n)
	}
}
