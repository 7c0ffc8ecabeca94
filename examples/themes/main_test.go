package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/synth"
)

// call runs the command and gives what it returned and wrote.
func call(args ...string) (code int, stdout, stderr string) {
	var out, diagnostics bytes.Buffer
	code = run(context.Background(), args, &out, &diagnostics)
	return code, out.String(), diagnostics.String()
}

const records, codebook = "testdata/included.ris", "testdata/codebook.json"

func TestThemesAreShownWithTheSentencesTheyRestOn(t *testing.T) {
	for name, args := range map[string][]string{
		"found.txt":    {records},
		"codebook.txt": {"-codebook", codebook, records},
		"three.txt":    {"-k", "3", records},
		"edited.txt":   {"-edits", "testdata/edits.json", records},
	} {
		code, stdout, stderr := call(args...)
		assert.Equal(t, clean, code, "%s: %s", name, stderr)
		assert.Empty(t, stderr, name)
		suite.Golden(t, filepath.Join("testdata/want", name), []byte(stdout))
	}
}

func TestTheSummaryAndItsPageAreWritten(t *testing.T) {
	dir := t.TempDir()
	asJSON, asHTML := filepath.Join(dir, "themes.json"), filepath.Join(dir, "themes.html")
	code, _, stderr := call("-codebook", codebook, "-json", asJSON, "-html", asHTML, records)
	require.Equal(t, clean, code, stderr)
	text, err := os.ReadFile(asJSON)
	require.NoError(t, err)
	var sum synth.Summary
	require.NoError(t, json.Unmarshal(text, &sum))
	assert.NotEmpty(t, sum.Themes)
	assert.NotEmpty(t, sum.Found)
	page, err := os.ReadFile(asHTML)
	require.NoError(t, err)
	assert.Contains(t, string(page), sum.Found[0].Label)
	assert.Contains(t, string(page), sum.Themes[0].Label())
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "nothing is left beside the files")
	again := filepath.Join(dir, "again.json")
	code, _, stderr = call("-codebook", codebook, "-json", again, records)
	require.Equal(t, clean, code, stderr)
	same, err := os.ReadFile(again)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(same), "the same records give the same bytes")
}

func TestWrongCallsAndFilesAreNamed(t *testing.T) {
	for want, args := range map[string][]string{
		"name the files":    {},
		"-k: a number":      {"-k", "-1", records},
		"-codebook":         {"-codebook", records, records},
		"-edits":            {"-edits", records, records},
		"flag provided but": {"-what"},
	} {
		code, _, stderr := call(args...)
		assert.Equal(t, misused, code, want)
		assert.Contains(t, stderr, want)
	}
	code, _, stderr := call("testdata/none.ris")
	assert.Equal(t, failed, code)
	assert.Contains(t, stderr, "none.ris")
	code, _, stderr = call("-h")
	assert.Equal(t, clean, code)
	assert.True(t, strings.HasPrefix(stderr, usage))
}
