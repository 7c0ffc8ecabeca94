package ris_test

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, src io.Reader, name string) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(src, record.ReadOptions{Name: name, Format: ris.Format()})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

func write(t testing.TB, records []*record.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, ris.Format())
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// table reads a file of tab-separated lines.
func table(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var rows [][]string
	s := bufio.NewScanner(f)
	for s.Scan() {
		rows = append(rows, strings.Split(s.Text(), "\t"))
	}
	require.NoError(t, s.Err())
	return rows
}

func TestRealFiles(t *testing.T) {
	folder := suite.Data(t, "formats")
	counts := map[string]int{}
	for _, row := range table(t, filepath.Join(folder, "counts.tsv")) {
		if n, err := strconv.Atoi(row[1]); err == nil {
			counts[row[0]] = n
		}
	}
	var passed []string
	for _, row := range table(t, filepath.Join(folder, "index.tsv")) {
		if row[1] != "ris" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, row[0]))
		require.NoError(t, err)
		records, problems := readAll(t, bytes.NewReader(data), row[0])
		want, counted := counts[row[0]]
		if counted && want != len(records) {
			t.Logf("%s: %d records, counted %d", row[0], len(records), want)
			continue
		}
		for _, p := range problems {
			assert.NotZero(t, p.Code, row[0])
		}
		if ok := roundTrip(t, row[0], records); ok {
			passed = append(passed, row[0])
		}
	}
	suite.PassList(t, "testdata/pass.txt", passed)
}

func TestHostile(t *testing.T) {
	suite.PassList(t, "testdata/hostile.txt", suite.Hostile(t, "ris", ris.Format()))
}

// TestReviewFiles reads the exports of a real review's searches and what it included.
func TestReviewFiles(t *testing.T) {
	folder := suite.Data(t, "review")
	for name, want := range map[string]int{"search/cochrane.ris": 15, "search/handsearch.ris": 1, "search/medline.ris": 190,
		"search/proquest.ris": 66, "search/psycinfo.ris": 157, "search/scopus.ris": 213, "included_abstracts.ris": 167, "included_full_text.ris": 108} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		records, problems := readAll(t, bytes.NewReader(data), name)
		assert.Len(t, records, want, name)
		assert.Empty(t, problems, name)
		assert.True(t, roundTrip(t, name, records), name)
		pmids := 0
		for _, r := range records {
			assert.NotEmpty(t, r.Title, name)
			if r.PMID != "" {
				pmids++
			}
		}
		if name == "search/medline.ris" {
			assert.Equal(t, want, pmids, "every record of MEDLINE on Ovid has its PMID")
		}
	}
}
