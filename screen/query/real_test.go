package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

// realRecords gives n records of the screening sets, taken evenly from all of them.
func realRecords(t testing.TB, n int) []*record.Record {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(suite.Data(t, "screen", "sets"), "*.csv*"))
	require.NoError(t, err)
	var all []*record.Record
	for _, p := range paths {
		lib, err := formats.Open(p)
		require.NoError(t, err)
		all = append(all, lib.Records...)
	}
	return evenly(all, n)
}

// withHeadings gives n records with headings and types, as PubMed gives them.
func withHeadings(t testing.TB, n int) []*record.Record {
	t.Helper()
	var all []*record.Record
	for _, f := range suite.RealFiles(t, "medline", "nbib", "pubmed_xml") {
		lib, err := formats.Read(strings.NewReader(string(f.Read(t))), record.ReadOptions{Name: f.Path})
		if err != nil {
			continue
		}
		for _, r := range lib.Records {
			if len(r.Headings) > 0 {
				all = append(all, r)
			}
		}
	}
	return evenly(all, n)
}

func evenly(all []*record.Record, n int) []*record.Record {
	if len(all) <= n {
		return all
	}
	var out []*record.Record
	for i := range n {
		out = append(out, all[i*len(all)/n])
	}
	return out
}

func realTree(t testing.TB) *Tree {
	t.Helper()
	f, err := os.Open(suite.Data(t, "screen", "mesh", "2017MeshTree.txt"))
	require.NoError(t, err)
	defer f.Close()
	tree, err := ReadTree(f, "tree")
	require.NoError(t, err)
	return tree
}

// realStrategy is one of the published strategies.
type realStrategy struct {
	name string
	q    *Query
}

// realStrategies reads the published strategies, and each line of the lists of
// cases by itself, leniently; those that cannot be read are left out.
func realStrategies(t testing.TB, tree *Tree) (out []realStrategy) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(suite.Data(t, "screen", "queries"), "*"))
	require.NoError(t, err)
	for _, path := range paths {
		name := filepath.Base(path)
		if strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".tsv") {
			continue
		}
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		texts := []string{string(data)}
		if strings.Contains(name, "_cases-") || strings.HasPrefix(name, "search-query_") {
			texts = strings.Split(strings.ReplaceAll(string(data), `\n`, "\n"), "\n")
		}
		for _, text := range texts {
			d := Dialect(strings.TrimPrefix(filepath.Ext(name), "."))
			if d == "txt" {
				d = Detect(text)
			}
			if d == "" {
				d = PubMed
			}
			if q, err := ParseWith(Options{Dialect: d, Lenient: true, Headings: tree}, text); err == nil {
				out = append(out, realStrategy{name, q})
			}
		}
	}
	return out
}

// Each strategy is asked of a tenth of the records, the next one of the next tenth;
// with EVIDENCE_FULL=1 every strategy of every record.
func TestPublishedStrategiesMeanWhatTheDefinitionSays(t *testing.T) {
	every := 10
	if os.Getenv("EVIDENCE_FULL") == "1" {
		every = 1
	}
	strategies := realStrategies(t, realTree(t))
	records := append(realRecords(t, 2000), withHeadings(t, 200)...)
	words := map[string][]foldedWord{}
	cut := func(text string) []foldedWord {
		w, ok := words[text]
		if !ok {
			w = foldedWords(text)
			words[text] = w
		}
		return w
	}
	lines, ix := 0, NewIndex(records)
	for turn, s := range strategies {
		lines += len(s.q.Lines)
		e := s.q.engine()
		m := newReading(e)
		indexed := ix.Run(s.q)
		require.Equal(t, s.q.Run(records), indexed, s.name)
		byIndex := verdictsOf(indexed, len(records))
		for i, r := range records {
			if i%every != turn%every {
				continue
			}
			m.read(r)
			for l, want := range bruteCut(s.q, r, cut) {
				if s.q.Lines[l].Expr != nil {
					require.Equal(t, want, byIndex[l][i], "index: %s, line %s, record %d", s.name, s.q.Label(l), i)
				}
				if got := m.line(l); got != want {
					t.Fatalf("%s, line %s, record %d (%s): %v, by definition %v\n%s", s.name, s.q.Label(l), i, r.Key, got, want, s.q.Lines[l].Text)
				}
			}
		}
	}
	t.Logf("%d strategies, %d lines, %d records", len(strategies), lines, len(records))
	require.Greater(t, len(strategies), 140)
}
