package ris_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
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
	return suite.ReadRecords(t, ris.Format(), name, src)
}

func write(t testing.TB, records []*record.Record) []byte {
	t.Helper()
	return suite.WriteRecords(t, ris.Format(), records)
}

func TestRealFiles(t *testing.T) {
	var passed []string
	for _, f := range suite.RealFiles(t, "ris") {
		records, problems := readAll(t, bytes.NewReader(f.Read(t)), f.Path)
		if f.Records >= 0 && f.Records != len(records) {
			t.Logf("%s: %d records, counted %d", f.Path, len(records), f.Records)
			continue
		}
		for _, p := range problems {
			assert.NotZero(t, p.Code, f.Path)
		}
		if why := roundTrip(t, f.Path, records); why != "" {
			t.Logf("%s: %s", f.Path, why)
			continue
		}
		passed = append(passed, f.Path)
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
		assert.Empty(t, roundTrip(t, name, records), name)
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
