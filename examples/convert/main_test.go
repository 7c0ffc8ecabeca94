package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// call runs the command and gives what it returned and wrote.
func call(args ...string) (code int, stdout, stderr string) {
	var out, diagnostics bytes.Buffer
	code = run(args, &out, &diagnostics)
	return code, out.String(), diagnostics.String()
}

func TestAFileIsWrittenInEveryFormat(t *testing.T) {
	for name, want := range map[string]string{"csljson": "plain.json", "biblatex": "plain.biblatex", "bibtex": "plain.bib", "ris": "plain.again.ris",
		"medline": "plain.nbib", "pubmedxml": "plain.xml"} {
		code, stdout, stderr := call("-to", name, "testdata/plain.ris")
		assert.Equal(t, clean, code, "%s: %s", name, stderr)
		suite.Golden(t, filepath.Join("testdata", "want", want), []byte(stdout))
	}
}

func TestCSLJSONComesBack(t *testing.T) {
	code, stdout, stderr := call("-to", "ris", "testdata/want/plain.json")
	assert.Equal(t, clean, code, stderr)
	suite.Golden(t, "testdata/want/back.ris", []byte(stdout))
}

func TestFilesOfSeveralFormatsBecomeOneAndWhatWasOddIsListed(t *testing.T) {
	dir := t.TempDir()
	out, problems := filepath.Join(dir, "all.json"), filepath.Join(dir, "problems.jsonl")
	code, stdout, stderr := call("-to", "csljson", "-o", out, "-problems", problems, "-count", "testdata/plain.ris", "testdata/odd.nbib")
	assert.Equal(t, odd, code)
	assert.Empty(t, stderr)
	suite.Golden(t, "testdata/want/counts.txt", []byte(stdout))
	for _, name := range []string{"all.json", "problems.jsonl"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		suite.Golden(t, filepath.Join("testdata", "want", name), text)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, left, 2, "nothing is left beside the two files")
}

func TestTheFilesOfAnArchiveAreCountedEach(t *testing.T) {
	dir := t.TempDir()
	archive, problems := filepath.Join(dir, "export.zip"), filepath.Join(dir, "problems.jsonl")
	var b bytes.Buffer
	zw := zip.NewWriter(&b)
	for name, file := range map[string]string{"ris/plain.ris": "plain.ris", "odd.nbib": "odd.nbib", "page.html": "page.html"} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		require.NoError(t, err)
		w, err := zw.Create(name)
		require.NoError(t, err)
		_, err = w.Write(text)
		require.NoError(t, err)
	}
	require.NoError(t, zw.Close())
	require.NoError(t, os.WriteFile(archive, b.Bytes(), 0o600))

	code, stdout, stderr := call("-to", "csljson", "-o", filepath.Join(dir, "all.json"), "-problems", problems, "-count", archive)
	assert.Equal(t, odd, code)
	assert.Empty(t, stderr)
	assert.Equal(t, []string{archive + "/odd.nbib: medline, 1 records, 1 problems (junk 1)",
		archive + "/page.html: not read: not a bibliographic file: it begins like HTML", archive + "/ris/plain.ris: ris, 2 records, 0 problems", ""}, strings.Split(stdout, "\n"))
	text, err := os.ReadFile(filepath.Join(dir, "all.json"))
	require.NoError(t, err)
	assert.Equal(t, 3, strings.Count(string(text), `"title":`))
	text, err = os.ReadFile(problems)
	require.NoError(t, err)
	assert.Equal(t, 2, strings.Count(string(text), "\n"))
	assert.Contains(t, string(text), `page.html","code":"passed-over"`)
}

func TestWhatTheFormatDoesNotHoldIsListed(t *testing.T) {
	list := filepath.Join(t.TempDir(), "losses.jsonl")
	code, stdout, stderr := call("-to", "bibtex", "-losses", list, "testdata/plain.ris", "testdata/odd.nbib")
	assert.Equal(t, odd, code, "what is lost is no problem of the reading")
	assert.Contains(t, stdout, "@article")
	suite.Golden(t, "testdata/want/losses.txt", []byte(stderr))
	text, err := os.ReadFile(list)
	require.NoError(t, err)
	suite.Golden(t, "testdata/want/losses.jsonl", text)

	code, _, stderr = call("-to", "ris", "-losses", list, "testdata/plain.ris")
	assert.Equal(t, clean, code)
	assert.Equal(t, "losses: none in ris\n", stderr)
}

func TestAnEmptyFileIsAnEmptyListAndOneProblem(t *testing.T) {
	code, stdout, stderr := call("-to", "csljson", "-count", "testdata/empty.ris")
	assert.Equal(t, odd, code)
	assert.Equal(t, "[]\n", stdout)
	assert.Contains(t, stderr, "0 records, 1 problems (empty-file 1)")
}

func TestWhatIsNoBibliographicFileIsRefused(t *testing.T) {
	out := filepath.Join(t.TempDir(), "all.json")
	code, _, stderr := call("-to", "csljson", "-o", out, "testdata/plain.ris", "testdata/page.html")
	assert.Equal(t, failed, code)
	assert.Contains(t, stderr, "page.html: not a bibliographic file: it begins like HTML")
	assert.NoFileExists(t, out, "half of what was asked for is not written")
	code, stdout, _ := call("-to", "csljson", "testdata/none.ris", "testdata/page.html")
	assert.Equal(t, failed, code)
	assert.Equal(t, "[]\n", stdout)
}

func TestWrongCallsAreSaidSo(t *testing.T) {
	for want, args := range map[string][]string{
		"name the files to read":                                   {"-to", "ris"},
		"-to says which format to write":                           {"testdata/plain.ris"},
		"-to: format \"word\" is not known; expected one of ris, ": {"-to", "word", "testdata/plain.ris"},
		"-from: format \"pdf\" is not known; expected one of ris":  {"-from", "pdf", "-to", "ris", "testdata/plain.ris"},
		"-to: format crossref is only read; name one of ris, ":     {"-to", "crossref", "testdata/plain.ris"},
		"-o needs -to":      {"-count", "-o", "x", "testdata/plain.ris"},
		"-losses needs -to": {"-count", "-losses", "x", "testdata/plain.ris"},
		"not defined: -wat": {"-wat"},
	} {
		code, stdout, stderr := call(args...)
		assert.Equal(t, misused, code, args)
		assert.Contains(t, stderr, want)
		assert.Empty(t, stdout)
	}
}

func TestCountingAloneWritesNothingElse(t *testing.T) {
	code, stdout, stderr := call("-count", "-from", "ris", "testdata/plain.ris")
	assert.Equal(t, clean, code)
	assert.Equal(t, "testdata/plain.ris: ris, 2 records, 0 problems\n", stdout)
	assert.Empty(t, stderr)
}
