package synth_test

import (
	"context"
	"encoding/csv"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/synth"
)

// charted reads what the authors of a published review charted for each of its
// studies, by folded title: conditions, and their categories.
func charted(t *testing.T) (conditions, categories map[string][]string) {
	t.Helper()
	f, err := os.Open(suite.Data(t, "review", "syndemic_conditions.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	conditions, categories = map[string][]string{}, map[string][]string{}
	add := func(m map[string][]string, key, value string) {
		if value = fold.Key(value); value != "" && !slices.Contains(m[key], value) {
			m[key] = append(m[key], value)
		}
	}
	for _, row := range rows[1:] {
		key := fold.Key(row[1])
		add(conditions, key, row[6])
		add(categories, key, row[7])
	}
	return conditions, categories
}

// alike is the mean Jaccard index of what was charted for two records of one
// group, over all such pairs.
func alike(group []int, sets [][]string) float64 {
	sum, pairs := 0.0, 0
	for i := range group {
		for j := i + 1; j < len(group); j++ {
			if group[i] != group[j] {
				continue
			}
			both := 0
			for _, x := range sets[i] {
				if slices.Contains(sets[j], x) {
					both++
				}
			}
			sum += float64(both) / float64(len(sets[i])+len(sets[j])-both)
			pairs++
		}
	}
	if pairs == 0 {
		return 0
	}
	return sum / float64(pairs)
}

// Themes that the texts show are no chart of what its authors looked for. Do
// studies of one theme have more in common in the chart than studies dealt out at
// random to themes of the same sizes?
func TestFoundThemesOfAReviewAgainstWhatItsAuthorsCharted(t *testing.T) {
	conditions, categories := charted(t)
	lib, err := formats.Open(suite.Data(t, "review", "included_full_text.ris"))
	require.NoError(t, err)
	for _, themes := range []int{0, 8} {
		sum, err := synth.Summarize(context.Background(), lib.Records, synth.Options{FoundThemes: themes})
		require.NoError(t, err)
		require.NoError(t, sum.Verify(lib.Records))
		of := map[record.ID]int{}
		for i, f := range sum.Found {
			t.Logf("%3d records, stability %.2f: %s", len(f.Records), f.Stability, f.Label)
			for _, id := range f.Records {
				of[id] = i
			}
		}
		for name, chart := range map[string]map[string][]string{"conditions": conditions, "categories": categories} {
			var group []int
			var sets [][]string
			for _, r := range lib.Records {
				if g, ok := of[r.ID()]; ok && len(chart[fold.Key(r.Title)]) > 0 {
					group, sets = append(group, g), append(sets, chart[fold.Key(r.Title)])
				}
			}
			require.Greater(t, len(group), 10)
			const deals = 2000
			observed, mean, above := alike(group, sets), 0.0, 0
			random := rand.New(rand.NewPCG(1, 2))
			for range deals {
				random.Shuffle(len(group), func(i, j int) { group[i], group[j] = group[j], group[i] })
				x := alike(group, sets)
				mean += x / deals
				if x >= observed {
					above++
				}
			}
			p := float64(above+1) / (deals + 1)
			t.Logf("%d themes asked for, %d studies: mean Jaccard of %s within a theme %.3f, at random %.3f, p = %.4f", themes, len(group), name, observed, mean, p)
			assert.Greater(t, observed, 0.8*mean, "themes do not part what the authors put together")
		}
	}
}
