package pubmed

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

func TestHostileMEDLINE(t *testing.T) {
	suite.PassList(t, "testdata/hostile-nbib.txt", suite.Hostile(t, "nbib", MEDLINE()))
}

func TestHostileXML(t *testing.T) {
	suite.PassList(t, "testdata/hostile-pubmed-xml.txt", suite.Hostile(t, "pubmed-xml", XML()))
}

func TestRealFiles(t *testing.T) {
	var passed []string
	for name, format := range map[string]record.Format{"nbib": MEDLINE(), "pubmed_xml": XML()} {
		for _, f := range suite.RealFiles(t, name) {
			got, problems := read(t, format, f.Read(t))
			if f.Records >= 0 && len(got) != f.Records {
				t.Logf("%s: %d records, want %d", f.Path, len(got), f.Records)
				continue
			}
			for _, p := range problems {
				t.Logf("%s: %s", f.Path, p)
			}
			for _, r := range got {
				for _, p := range r.Problems {
					t.Logf("%s: %s", f.Path, p)
				}
			}
			if diff := rewritten(t, format, got); diff != "" {
				t.Logf("%s: written and read again: %s", f.Path, diff)
				continue
			}
			passed = append(passed, f.Path)
		}
	}
	slices.Sort(passed)
	suite.PassList(t, "testdata/pass.txt", passed)
}

// read reads all records of a text.
func read(t testing.TB, format record.Format, data []byte) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, format, "file", bytes.NewReader(data))
}

func write(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	return suite.WriteRecords(t, format, records)
}

// rewritten tells what differs when records are written and read again; a problem
// of what was written is a difference too.
func rewritten(t testing.TB, format record.Format, records []*record.Record) string {
	t.Helper()
	if _, problems := read(t, format, write(t, format, records)); len(problems) > 0 {
		return problems[0].String()
	}
	return suite.RoundTrip(t, format, "file", records, alike)
}

// alike takes from a record its place and its problems; what stands in Extra is
// ordered by tags, as writing groups it.
func alike(c *record.Record) {
	c.Source, c.Problems = record.Source{Database: c.Source.Database}, nil
	c.Extra = slices.Clone(c.Extra)
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	c.Relations = slices.Clone(c.Relations)
	slices.SortStableFunc(c.Relations, func(a, b record.Relation) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
}

func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	return suite.Meaning(t, r, alike)
}
