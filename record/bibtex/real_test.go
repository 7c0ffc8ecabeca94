package bibtex

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// readAll reads a text and gives its records and what was odd in all.
func readAll(t testing.TB, name string, data []byte) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	records, problems = suite.ReadRecords(t, Format(), name, bytes.NewReader(data))
	var all []record.Problem
	for _, r := range records {
		all = append(all, r.Problems...)
	}
	return records, append(all, problems...)
}

// writeAll writes records in a format.
func writeAll(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	return suite.WriteRecords(t, format, records)
}

// alike takes from a record what a way through a file changes: its place, its
// problems and the forms that a key may take.
func alike(c *record.Record) {
	r := *c
	c.Source, c.Problems, c.Key = record.Source{Database: r.Source.Database}, nil, ""
	c.Extra = nil
	for _, x := range r.Extra {
		c.Extra = append(c.Extra, record.ExtraTag{Tag: fieldName(x.Tag), Value: x.Value})
	}
	// Names are written by role and events by kind, whatever their order was.
	c.People, c.Events = slices.Clone(r.People), slices.Clone(r.Events)
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return cmp.Compare(a.Role, b.Role) })
	slices.SortStableFunc(c.Events, func(a, b record.Event) int { return cmp.Compare(a.Kind, b.Kind) })
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return cmp.Compare(a.Tag, b.Tag) })
	c.Relations = nil
	for _, x := range r.Relations {
		x.Key = strings.ToLower(safeKey(x.Key))
		c.Relations = append(c.Relations, x)
	}
}

func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	return suite.Meaning(t, r, alike)
}

func TestRealFiles(t *testing.T) {
	var passed []string
	files := suite.RealFiles(t, "bib")
	for _, f := range files {
		records, _ := readAll(t, f.Path, f.Read(t))
		if f.Records >= 0 && len(records) != f.Records {
			t.Logf("%s: %d records, want %d", f.Path, len(records), f.Records)
			continue
		}
		if why := roundTrip(t, records); why != "" {
			t.Logf("%s: %s", f.Path, why)
			continue
		}
		passed = append(passed, f.Path)
	}
	t.Logf("%d of %d files", len(passed), len(files))
	suite.PassList(t, "testdata/pass.txt", passed)
}

// roundTrip tells what differs when records are written and read again.
func roundTrip(t testing.TB, records []*record.Record) string {
	t.Helper()
	return suite.RoundTrip(t, Format(), "again.bib", records, alike)
}
