package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestTheTableIsWhatTheAbstractsGive(t *testing.T) {
	folder := suite.Data(t)
	var got bytes.Buffer
	require.NoError(t, run(folder, &got))
	want, err := os.ReadFile(filepath.Join("..", "common.txt"))
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, got.Bytes()), "run go generate in the folder of package keyphrase")
}

func TestAWordIsAsCommonAsInTheFieldThatUsesItMost(t *testing.T) {
	var out strings.Builder
	require.NoError(t, write(&out, map[string]float64{"studi": 1, "cell": 0.3, "network": 0.25, "rare": 0.0001, "x": 1}))
	lines := strings.Split(out.String(), "\n")
	assert.Equal(t, "studi", lines[0], "in every abstract")
	assert.Equal(t, "cell", lines[1], "in one of two to four")
	assert.Equal(t, "network", lines[2], "in one of four")
	assert.NotContains(t, out.String(), "rare")
}

func TestAWordThatOneTextSaysTwiceIsCountedOnce(t *testing.T) {
	assert.Equal(t, map[string]int{"cell": 2, "wall": 1}, frequencies([]string{"Cells, and the walls of cells.", "a cell; 12"}))
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	err := run(t.TempDir(), &bytes.Buffer{})
	assert.ErrorContains(t, err, "csabstruct.train.tsv")
	path := filepath.Join(t.TempDir(), "x.csv")
	require.NoError(t, os.WriteFile(path, []byte("id,title\n1,A\n"), 0o600))
	_, err = abstracts(path)
	assert.ErrorContains(t, err, "no column named abstract")
}
