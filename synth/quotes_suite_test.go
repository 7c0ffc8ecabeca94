package synth_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// withoutHeadings are the records that have sections, each abstract without its
// headings, and the category of each byte of it.
func withoutHeadings(all []*record.Record) (bare []*record.Record, category map[record.ID][]record.Category) {
	category = map[record.ID][]record.Category{}
	for _, r := range all {
		if len(r.Abstract.Sections) < 3 {
			continue
		}
		var text strings.Builder
		var of []record.Category
		for _, s := range r.Abstract.Sections {
			part := strings.TrimSpace(r.Abstract.Text[s.Start:s.End]) + " "
			text.WriteString(part)
			for range len(part) {
				of = append(of, s.Category)
			}
		}
		b := *r
		b.Abstract = record.Abstract{Text: text.String()}
		bare = append(bare, &b)
		category[b.ID()] = of
	}
	return bare, category
}

// What is quoted should be what was found, also where an abstract has no headings.
// Abstracts that have some know which part each quote is of; it is hidden from the
// summary.
func TestMostQuotesAreResultsOrConclusionsWithoutHeadingsToo(t *testing.T) {
	for set, least := range map[string]float64{"sim_nudging.csv": 0.86, "Jeyaraman_2020.csv": 0.78, "Oud_2018.csv": 0.75} {
		bare, category := withoutHeadings(screenSet(t, set))
		sum, err := synth.Summarize(context.Background(), bare, synth.Options{})
		require.NoError(t, err)
		require.NoError(t, sum.Verify(bare))
		said, quotes := map[record.Category]int{}, 0
		for _, f := range sum.Found {
			for _, q := range f.Evidence {
				if q.Field == record.FieldAbstract {
					said[category[q.Record][q.Start]]++
					quotes++
				}
			}
		}
		share := float64(said[record.Results]+said[record.Conclusions]) / float64(quotes)
		t.Logf("%s: %d records, %d quotes, %.3f of them results or conclusions: %v", set, len(bare), quotes, share, said)
		assert.GreaterOrEqual(t, share, least, set)
	}
}
