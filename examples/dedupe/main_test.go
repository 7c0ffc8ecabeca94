package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// call runs the command and gives what it returned and wrote.
func call(args ...string) (code int, stdout, stderr string) {
	var out, diagnostics bytes.Buffer
	code = run(context.Background(), args, &out, &diagnostics)
	return code, out.String(), diagnostics.String()
}

const medline, scopus = "testdata/medline.ris", "testdata/scopus.csv"

func TestMergedRecordsClustersAndDoubtfulPairsAreWritten(t *testing.T) {
	dir := t.TempDir()
	unique, clusters, doubtful := filepath.Join(dir, "unique.ris"), filepath.Join(dir, "clusters.csv"), filepath.Join(dir, "doubtful.csv")
	code, stdout, stderr := call("-o", unique, "-clusters", clusters, "-doubtful", doubtful, medline, scopus)
	assert.Equal(t, clean, code, stderr)
	assert.Empty(t, stderr)
	suite.Golden(t, "testdata/want/methods.txt", []byte(stdout))
	for _, path := range []string{unique, clusters, doubtful} {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		suite.Golden(t, filepath.Join("testdata/want", filepath.Base(path)), text)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 3, "nothing is left beside the files")
}

func TestTwoRecordsAreComparedInWords(t *testing.T) {
	for name, args := range map[string][]string{
		"joined.txt":   {"-explain", "m1,s1"},
		"related.txt":  {"-explain", "m1, s2"},
		"doubtful.txt": {"-explain", "s6,scopus.csv/7"},
		"apart.txt":    {"-explain", "m1,m2"},
		"policy.txt":   {"-policy", "testdata/policy.json", "-explain", "s1,s5"},
	} {
		code, stdout, stderr := call(append(args, medline, scopus)...)
		assert.Equal(t, clean, code, stderr)
		suite.Golden(t, filepath.Join("testdata/want", name), []byte(stdout))
	}
}

func TestWhatIsOddIsSaidAndTheRestIsDone(t *testing.T) {
	out := filepath.Join(t.TempDir(), "c.csv")
	code, _, stderr := call("-clusters", out, medline, "testdata/odd.ris")
	assert.Equal(t, odd, code)
	assert.Contains(t, stderr, "odd.ris:9")
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Contains(t, string(text), "o1,m2\r\n")
}

func TestNothingIsWrittenWhereAFileCannotBeRead(t *testing.T) {
	out := filepath.Join(t.TempDir(), "c.csv")
	code, stdout, stderr := call("-clusters", out, medline, "testdata/page.html")
	assert.Equal(t, failed, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, "page.html: not a bibliographic file")
	assert.NoFileExists(t, out)
}

func TestACancelledRunWritesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, failed, run(ctx, []string{medline, scopus}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "context canceled")
}

func TestWrongCallsAreSaidSo(t *testing.T) {
	for want, args := range map[string][]string{
		"name the files to read":              {"-clusters", "c.csv"},
		"-explain needs two keys":             {"-explain", "m1", medline},
		`no record has the key "m9"`:          {"-explain", "m1,m9", medline},
		"m1 is named twice":                   {"-explain", "m1,m1", medline},
		"-o: x.docx: the ending names the":    {"-o", "x.docx", medline},
		`-policy: none.json`:                  {"-policy", "testdata/none.json", medline},
		"names \"preprnt\", which is no kind": {"-policy", "testdata/wrong.json", medline},
		"not defined: -wat":                   {"-wat"},
	} {
		code, stdout, stderr := call(args...)
		assert.Equal(t, misused, code, args)
		assert.Contains(t, stderr, want)
		assert.Empty(t, stdout)
	}
}
