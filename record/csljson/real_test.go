package csljson_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/csljson"
	"github.com/stretchr/testify/assert"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, src io.Reader, name string) ([]*record.Record, []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, csljson.Format(), name, src)
}

func write(t testing.TB, records []*record.Record) []byte {
	t.Helper()
	return suite.WriteRecords(t, csljson.Format(), records)
}

// alike takes from a record what a second file says otherwise: where it was read,
// what was odd about it, and the order of what stands in its Extra.
func alike(c *record.Record) {
	c.Source = record.Source{Database: c.Source.Database, Platform: c.Source.Platform}
	c.Problems = nil
	c.People = slices.Clone(c.People)
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	c.Identifiers = slices.Clone(c.Identifiers)
	slices.SortStableFunc(c.Identifiers, func(a, b record.Identifier) int { return strings.Compare(a.Scheme, b.Scheme) })
	c.Events = slices.Clone(c.Events)
	slices.SortStableFunc(c.Events, func(a, b record.Event) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	c.Extra = slices.Clone(c.Extra)
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
}

func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	return suite.Meaning(t, r, alike)
}

// roundTrip tells what differs when records are written and read again. What is
// written fits the schema of CSL.
func roundTrip(t testing.TB, name string, records []*record.Record) string {
	t.Helper()
	assert.NoError(t, fitsSchema(write(t, records)), name)
	return suite.RoundTrip(t, csljson.Format(), name, records, alike)
}

func TestRealFiles(t *testing.T) {
	var passed []string
	sniffed := 0
	for _, f := range suite.RealFiles(t) {
		data := f.Read(t)
		sure := csljson.Format().Sniff(data[:min(len(data), 64<<10)])
		if f.Format != "csl_json" {
			assert.Zero(t, sure, f.Path)
			continue
		}
		if sure > 0 {
			sniffed++
		} else {
			t.Logf("%s: not recognised", f.Path)
		}
		records, _ := readAll(t, bytes.NewReader(data), f.Path)
		if f.Records >= 0 && f.Records != len(records) {
			t.Logf("%s: %d records, counted %d", f.Path, len(records), f.Records)
			continue
		}
		if why := roundTrip(t, f.Path, records); why != "" {
			t.Logf("%s: %s", f.Path, why)
			continue
		}
		passed = append(passed, f.Path)
	}
	t.Logf("%d recognised", sniffed)
	suite.PassList(t, "testdata/pass.txt", passed)
}

func TestHostile(t *testing.T) {
	suite.PassList(t, "testdata/hostile.txt", suite.Hostile(t, "csl-json", csljson.Format()))
}
