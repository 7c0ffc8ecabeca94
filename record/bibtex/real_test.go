package bibtex

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// readAll reads a text and gives its records and what was odd in all.
func readAll(t testing.TB, name string, data []byte) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: name, Format: Format()})
	for r, err := range rd.All() {
		require.NoError(t, err, name)
		records = append(records, r)
		problems = append(problems, r.Problems...)
	}
	return records, append(problems, rd.Problems()...)
}

// writeAll writes records in a format.
func writeAll(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

// meaning is a record without what a way through a file changes: its place, its
// problems and the forms that a key may take.
func meaning(t testing.TB, r *record.Record) string {
	t.Helper()
	c := *r
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
	text, err := json.Marshal(&c)
	require.NoError(t, err)
	var m map[string]any
	require.NoError(t, json.Unmarshal(text, &m))
	delete(m, "id")
	text, err = json.MarshalIndent(m, "", " ")
	require.NoError(t, err)
	return string(text)
}

// realFiles lists the files of the format corpus with the number of records each
// is known to hold, -1 where nobody knows.
func realFiles(t *testing.T) (names []string, counts map[string]int) {
	t.Helper()
	index, err := os.ReadFile(suite.Data(t, "formats", "index.tsv"))
	require.NoError(t, err)
	counts = map[string]int{}
	for line := range strings.Lines(string(index)) {
		if cols := strings.Split(strings.TrimRight(line, "\n"), "\t"); cols[1] == "bib" {
			names = append(names, cols[0])
			counts[cols[0]] = -1
		}
	}
	known, err := os.ReadFile(suite.Data(t, "formats", "counts.tsv"))
	require.NoError(t, err)
	for line := range strings.Lines(string(known)) {
		name, n, _ := strings.Cut(strings.TrimRight(line, "\n"), "\t")
		if _, ok := counts[name]; ok {
			counts[name], err = strconv.Atoi(n)
			require.NoError(t, err)
		}
	}
	return names, counts
}

func realFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(suite.Data(t, "formats"), name))
	require.NoError(t, err)
	if strings.HasSuffix(name, ".gz") {
		zr, err := gzip.NewReader(bytes.NewReader(data))
		require.NoError(t, err)
		data, err = io.ReadAll(zr)
		require.NoError(t, err)
	}
	return data
}

func TestRealFiles(t *testing.T) {
	names, counts := realFiles(t)
	var passed []string
	for _, name := range names {
		records, _ := readAll(t, name, realFile(t, name))
		if want := counts[name]; want >= 0 && len(records) != want {
			t.Logf("%s: %d records, want %d", name, len(records), want)
			continue
		}
		if why := roundTrip(t, records); why != "" {
			t.Logf("%s: %s", name, why)
			continue
		}
		passed = append(passed, name)
	}
	t.Logf("%d of %d files", len(passed), len(names))
	suite.PassList(t, "testdata/pass.txt", passed)
}

// roundTrip writes records, reads them again, and tells the first difference.
func roundTrip(t *testing.T, records []*record.Record) string {
	t.Helper()
	first := writeAll(t, Format(), records)
	again, _ := readAll(t, "again.bib", first)
	if len(again) != len(records) {
		return strconv.Itoa(len(again)) + " records come back of " + strconv.Itoa(len(records))
	}
	for i := range records {
		if a, b := meaning(t, records[i]), meaning(t, again[i]); a != b {
			return records[i].Key + ":\n" + differ(a, b)
		}
	}
	if second := writeAll(t, Format(), again); !bytes.Equal(first, second) {
		return "written a second time the bytes differ:\n" + differ(string(first), string(second))
	}
	return ""
}

// differ shows the first lines in which two texts differ.
func differ(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			was, is := x[i], ""
			if i < len(y) {
				is = y[i]
			}
			return "  was " + record.Cut(was) + "\n  is  " + record.Cut(is)
		}
	}
	return "  more: " + record.Cut(strings.Join(y[len(x):], "\n"))
}
