package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

func TestCopiesOfRecordsHaveOtherWords(t *testing.T) {
	first := &record.Record{Title: "Kites of the coast", Abstract: record.Abstract{Text: strings.Repeat("Wind and string. ", 20)}}
	all := changed([]*record.Record{first}, 3)
	require.Len(t, all, 3)
	assert.Same(t, first, all[0])
	assert.NotEqual(t, all[1].Abstract.Text, all[2].Abstract.Text)
	assert.Len(t, strings.Fields(all[1].Abstract.Text), 60)
	assert.Equal(t, "Kites of the coast", first.Title)
}

func TestAnIndexIsMeasuredByThePublishedStrategies(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"a.ovid": "1. kites.ti.\n2. wind.ab.\n3. 1 and 2\n", "b.pubmed": "kites[ti]", "c.txt": "kites", "d.ovid": "(((("} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	strategies, err := publishedStrategies(folder)
	require.NoError(t, err)
	var names []string
	for _, s := range strategies {
		names = append(names, s.name)
	}
	assert.Equal(t, []string{"a.ovid", "b.pubmed"}, names)
	var out strings.Builder
	ix := measureIndex(&out, []*record.Record{{Title: "Kites"}}, 1)
	require.NoError(t, measureStrategies(&out, ix, strategies, 1, 1))
	assert.Contains(t, out.String(), "1 records")
	assert.Contains(t, out.String(), "2 strategies")
}
