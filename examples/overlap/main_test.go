package main

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestTheOverlapOfThreeReviews(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Zero(t, run([]string{"testdata/matrix.csv"}, &stdout, &stderr), stderr.String())
	suite.Golden(t, "testdata/want.txt", stdout.Bytes())
}

func TestACellThatSaysNothingKnownIsNamedByItsPlace(t *testing.T) {
	var stdout, stderr bytes.Buffer
	assert.Equal(t, 1, run([]string{"testdata/wrong.csv"}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "wrong.csv:3:")
	assert.Empty(t, stdout.String())
	assert.Equal(t, 1, run([]string{filepath.Join(t.TempDir(), "none.csv")}, &stdout, &stderr))
	assert.Equal(t, 2, run(nil, &stdout, &stderr))
}
