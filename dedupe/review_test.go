package dedupe_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The exports of one review from six sources: a PubMed number names one group,
// and a group has one PubMed number, though none of the sources gives it to all
// of its records.
func TestPubMedNumbersAgreeWithTheGroupsOfAReview(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(suite.Data(t, "review", "search"), "*.ris"))
	require.NoError(t, err)
	var records []*record.Record
	for _, path := range files {
		f, err := os.Open(path)
		require.NoError(t, err)
		for r, err := range record.NewReader(f, record.ReadOptions{Name: filepath.Base(path), Format: ris.Format()}).All() {
			require.NoError(t, err)
			records = append(records, r)
		}
		require.NoError(t, f.Close())
	}
	res := find(t, records...)
	t.Log(res.Methods())
	of := map[record.PMID]int{}
	for i, g := range res.Groups {
		var pmid record.PMID
		for _, r := range g.Records {
			if r.PMID == "" {
				continue
			}
			assert.True(t, pmid == "" || pmid == r.PMID, "%s and %s in one group", pmid, r.PMID)
			pmid = r.PMID
			before, seen := of[pmid]
			assert.True(t, !seen || before == i, "%s in two groups", pmid)
			of[pmid] = i
		}
	}
	assert.Less(t, res.Unique(), len(records)/2)
	assert.Less(t, len(res.Doubtful), 10, "a person can look at them all")
}
