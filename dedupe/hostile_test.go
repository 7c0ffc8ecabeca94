package dedupe_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// Input of the kinds that make a search compare all with all, in sizes at which
// that would take hours.

// manyOf is n, and a tenth of it where tests are to be short.
func manyOf(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

func TestARecordManyTimesIsOneGroup(t *testing.T) {
	n := manyOf(200_000)
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = article(t, full)
	}
	res := find(t, records...)
	require.Len(t, res.Groups, 1)
	assert.Len(t, res.Groups[0].Records, n)
	assert.Less(t, res.Run.Candidates, 20*n)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, n, res.Run.Capped[0].Records)
}

func TestManyRecordsOfOneBlockAreFewComparisons(t *testing.T) {
	n := manyOf(100_000)
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = &record.Record{Key: fmt.Sprint(i), Title: fmt.Sprintf("Abstract %d of the meeting on sleep and dementia in %d", i, 1900+i%100), PMID: "30000001"}
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 100*n)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, n, res.Run.Capped[0].Records)
	assert.Positive(t, res.Run.Capped[0].Skipped)
}

func TestManyEditorialsAreFewComparisons(t *testing.T) {
	const n = 10_000
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = &record.Record{Key: fmt.Sprint(i), Title: "Editorial", Date: record.Date{Year: 1950 + i%70}}
		records[i].In.Title, records[i].In.Volume = fmt.Sprint("Journal ", i%300), fmt.Sprint(i%90)
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 20*n)
	assert.Empty(t, res.Groups)
}
