package pubmed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

func TestHostileMEDLINE(t *testing.T) {
	suite.PassList(t, "testdata/hostile-nbib.txt", suite.Hostile(t, "nbib", MEDLINE()))
}

func TestHostileXML(t *testing.T) {
	suite.PassList(t, "testdata/hostile-pubmed-xml.txt", suite.Hostile(t, "pubmed-xml", XML()))
}

// real lists the real files of a format with the number of records each holds,
// -1 where that is open.
func real(t *testing.T, format string) map[string]int {
	t.Helper()
	index, err := os.ReadFile(suite.Data(t, "formats", "index.tsv"))
	require.NoError(t, err)
	files := map[string]int{}
	for _, line := range strings.Split(string(index), "\n") {
		if path, rest, _ := strings.Cut(line, "\t"); strings.HasPrefix(rest, format+"\t") {
			files[path] = -1
		}
	}
	counts, err := os.ReadFile(suite.Data(t, "formats", "counts.tsv"))
	require.NoError(t, err)
	for _, line := range strings.Split(string(counts), "\n") {
		path, n, _ := strings.Cut(line, "\t")
		if _, ok := files[path]; ok {
			files[path], err = strconv.Atoi(strings.TrimSpace(n))
			require.NoError(t, err)
		}
	}
	require.NotEmpty(t, files)
	return files
}

func TestRealFiles(t *testing.T) {
	var passed []string
	for name, format := range map[string]record.Format{"nbib": MEDLINE(), "pubmed_xml": XML()} {
		for path, want := range real(t, name) {
			data, err := os.ReadFile(suite.Data(t, "formats", path))
			require.NoError(t, err)
			got, problems := read(t, format, data)
			if want >= 0 && len(got) != want {
				t.Logf("%s: %d records, want %d", path, len(got), want)
				continue
			}
			for _, p := range problems {
				t.Logf("%s: %s", path, p)
			}
			for _, r := range got {
				for _, p := range r.Problems {
					t.Logf("%s: %s", path, p)
				}
			}
			if diff := rewritten(t, format, got); diff != "" {
				t.Logf("%s: written and read again: %s", path, diff)
				continue
			}
			passed = append(passed, path)
		}
	}
	slices.Sort(passed)
	suite.PassList(t, "testdata/pass.txt", passed)
}

// read reads all records of a text.
func read(t testing.TB, format record.Format, data []byte) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "file", Format: format})
	for r, err := range rd.All() {
		require.NoError(t, err)
		records = append(records, r)
	}
	return records, rd.Problems()
}

func write(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	w := record.NewWriter(&out, format)
	for _, r := range records {
		require.NoError(t, w.Write(r))
	}
	require.NoError(t, w.Close())
	return out.Bytes()
}

// rewritten writes records, reads them again and tells what is different; ""
// for nothing. Writing again must give the same bytes.
func rewritten(t testing.TB, format record.Format, records []*record.Record) string {
	t.Helper()
	text := write(t, format, records)
	again, problems := read(t, format, text)
	if len(problems) > 0 {
		return problems[0].String()
	}
	if len(again) != len(records) {
		return fmt.Sprintf("%d records, want %d", len(again), len(records))
	}
	for i := range records {
		if a, b := meaning(records[i]), meaning(again[i]); a != b {
			return difference(a, b)
		}
	}
	if twice := write(t, format, again); !bytes.Equal(text, twice) {
		return "other bytes: " + difference(string(text), string(twice))
	}
	return ""
}

// meaning is a record as text without its place, its problems and its ID; what
// stands in Extra is ordered by tags, as writing groups it.
func meaning(r *record.Record) string {
	c := *r
	c.Source, c.Problems = record.Source{Database: c.Source.Database}, nil
	c.Extra = slices.Clone(c.Extra)
	for i := range c.Extra {
		c.Extra[i].Line = 0
	}
	slices.SortStableFunc(c.Extra, func(a, b record.ExtraTag) int { return strings.Compare(a.Tag, b.Tag) })
	c.Relations = slices.Clone(c.Relations)
	slices.SortStableFunc(c.Relations, func(a, b record.Relation) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	text, err := json.MarshalIndent(&c, "", " ")
	if err != nil {
		return err.Error()
	}
	_, rest, _ := strings.Cut(string(text), `"id"`) // made of the fields
	_, rest, _ = strings.Cut(rest, "\n")
	return "{\n" + rest
}

// difference shows the first lines that differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return fmt.Sprintf("line %d:\n  %q\n  %q", i+1, x[i:min(i+3, len(x))], y[min(i, len(y)):min(i+3, len(y))])
		}
	}
	return "more lines"
}
