package csljson_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/csljson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, src io.Reader, name string) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(src, record.ReadOptions{Name: name, Format: csljson.Format()})
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
	w := record.NewWriter(&b, csljson.Format())
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// meaning is a record without what a second file says otherwise: where it was
// read, what was odd about it, and the order of what stands in its Extra.
func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	c := *r
	c.Source = record.Source{Database: r.Source.Database, Platform: r.Source.Platform}
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
	text, err := json.MarshalIndent(&c, "", " ")
	require.NoError(t, err)
	lines := strings.Split(string(text), "\n")
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, ` "id":`) }), "\n")
}

// roundTrip tells whether records written and read again say the same, and
// whether writing those again gives the same bytes.
func roundTrip(t testing.TB, name string, records []*record.Record) bool {
	t.Helper()
	first := write(t, records)
	assert.NoError(t, fitsSchema(first), name)
	again, problems := readAll(t, bytes.NewReader(first), name)
	if len(again) != len(records) {
		t.Logf("%s: %d records written, %d read again: %v", name, len(records), len(again), problems)
		return false
	}
	for i := range records {
		if was, is := meaning(t, records[i]), meaning(t, again[i]); was != is {
			t.Logf("%s: record %d, line %d, differs:%s", name, i+1, records[i].Source.Line, firstDifference(was, is))
			return false
		}
	}
	if second := write(t, again); !bytes.Equal(first, second) {
		t.Logf("%s: written again it differs:%s", name, firstDifference(string(first), string(second)))
		return false
	}
	return true
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return "\n  was " + strings.Join(as[i:min(len(as), i+3)], " | ") + "\n  is  " + strings.Join(bs[min(i, len(bs)):min(len(bs), i+3)], " | ")
		}
	}
	return "\n  more lines: " + strings.Join(bs[len(as):], " | ")
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
	sniffed := 0
	for _, row := range table(t, filepath.Join(folder, "index.tsv"))[1:] {
		data, err := os.ReadFile(filepath.Join(folder, row[0]))
		require.NoError(t, err)
		sure := csljson.Format().Sniff(data[:min(len(data), 64<<10)])
		if row[1] != "csl_json" {
			assert.Zero(t, sure, row[0])
			continue
		}
		if sure > 0 {
			sniffed++
		} else {
			t.Logf("%s: not recognised", row[0])
		}
		records, _ := readAll(t, bytes.NewReader(data), row[0])
		if want, counted := counts[row[0]]; counted && want != len(records) {
			t.Logf("%s: %d records, counted %d", row[0], len(records), want)
			continue
		}
		if roundTrip(t, row[0], records) {
			passed = append(passed, row[0])
		}
	}
	t.Logf("%d recognised", sniffed)
	suite.PassList(t, "testdata/pass.txt", passed)
}

func TestHostile(t *testing.T) {
	suite.PassList(t, "testdata/hostile.txt", suite.Hostile(t, "csl-json", csljson.Format()))
}
