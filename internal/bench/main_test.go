package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPeersAgreeOnEveryPair(t *testing.T) {
	first := map[string]task{}
	for _, task := range tasks() {
		require.NotEmpty(t, task.pairs)
		ours, known := first[task.name]
		if !known {
			first[task.name] = task
			continue
		}
		for _, p := range task.pairs {
			assert.InDelta(t, ours.do(p[0], p[1]), task.do(p[0], p[1]), 1e-9, "%s of %q by %s", task.name, p, task.by)
		}
	}
}

func TestTheInventedPairsAreTheSameInEveryRun(t *testing.T) {
	assert.Equal(t, titlePairs(5), titlePairs(5))
	assert.Equal(t, namePairs(5), namePairs(5))
}
