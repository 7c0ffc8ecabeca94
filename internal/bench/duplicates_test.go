package main

import (
	"context"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestInventedRecordsAreTheSameInEveryRunAndOrder(t *testing.T) {
	a, b, other := newWorks(1), newWorks(1), newWorks(2)
	for i := range 300 {
		x, work := a.record(i)
		_, _ = b.record(299 - i)
		y, again := b.record(i)
		require.Equal(t, x, y)
		require.Equal(t, work, again)
		require.LessOrEqual(t, work, i)
		z, _ := other.record(i)
		require.NotEqual(t, x, z)
	}
}

func TestOneRecordInSevenIsADuplicate(t *testing.T) {
	s := search{n: 5000, seed: 3}
	records, truth, err := s.records()
	require.NoError(t, err)
	works := map[int]bool{}
	for _, work := range truth {
		works[work] = true
	}
	assert.InDelta(t, 0.15, float64(len(records)-len(works))/float64(len(records)), 0.02)
}

func TestInventedDuplicatesAreFound(t *testing.T) {
	s := search{n: 5000, seed: 3}
	records, truth, err := s.records()
	require.NoError(t, err)
	res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
	require.NoError(t, err)
	var f finding
	f.score(res, truth)
	assert.Greater(t, share(f.Right, f.Wrong), 0.99, "precision")
	assert.Greater(t, share(f.Right, f.Missed), 0.98, "recall")
}
