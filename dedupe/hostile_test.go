package dedupe_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
)

// Input of the kinds that make a search compare all with all.

// manyOf is n, and a tenth of it where tests are to be short.
func manyOf(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// A rule of the caller's compares whole records, so that each pair is judged by
// itself.
func TestTwinsAreToldWhatEachPairWouldBeToldByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		shared := rapid.SampledFrom(smallBlocks).Draw(t, "policy")
		apart := shared
		apart.Rules = []dedupe.Rule{{Name: "says nothing", Weigh: func(*record.Record, *record.Record) (float64, string) { return 0, "" }}}
		want, err := dedupe.Find(context.Background(), records, apart)
		require.NoError(t, err)
		got, err := dedupe.Find(context.Background(), records, shared)
		require.NoError(t, err)
		assert.Equal(t, want.Groups, got.Groups)
		assert.Equal(t, want.Doubtful, got.Doubtful)
		assert.Equal(t, want.Related, got.Related)
		assert.Equal(t, want.Run.Candidates, got.Run.Candidates)
		assert.Equal(t, want.Run.Cut, got.Run.Cut)
	})
}

func TestARecordManyTimesIsOneGroup(t *testing.T) {
	n := manyOf(20_000)
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = article(t, full)
		records[i].Key = fmt.Sprint(i)
	}
	res := find(t, records...)
	require.Len(t, res.Groups, 1)
	assert.Len(t, res.Groups[0].Records, n)
	assert.Less(t, res.Run.Candidates, 20*n)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, n, res.Run.Capped[0].Records)
}

func TestManyRecordsOfOneIdentifierAreFewComparisons(t *testing.T) {
	n := manyOf(20_000)
	records := make([]*record.Record, n)
	for i := range records {
		// No two titles are alike, so that the number is in doubt.
		x := uint64(i+1) * 0x9E3779B97F4A7C15
		records[i] = &record.Record{Key: fmt.Sprint(i), PMID: "30000001", Source: record.Source{File: "a.ris", Number: i + 1},
			Title: fmt.Sprintf("w%x w%x w%x w%x", x>>48, x>>32&0xffff, x>>16&0xffff, x&0xffff)}
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 100*n)
	assert.Equal(t, n-1, res.Stats.Fields["pmid"].Shared)
	assert.Empty(t, res.Stats.Slipped)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, n, res.Run.Capped[0].Records)
	assert.Positive(t, res.Run.Capped[0].Skipped)
}

func TestManyRecordsOfOneTitleAreFewComparisons(t *testing.T) {
	n := manyOf(10_000)
	records := make([]*record.Record, n)
	for i := range records {
		records[i] = &record.Record{Key: fmt.Sprint(i), Title: "Editorial", Date: record.Date{Year: 1950 + i%70}}
		records[i].In.Title, records[i].In.Volume = fmt.Sprint("Journal ", i%300), fmt.Sprint(i%90)
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 20*n)
	assert.Empty(t, res.Groups)
}
