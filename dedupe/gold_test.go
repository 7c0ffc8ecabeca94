package dedupe

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var goldSets = []string{"digital_work", "cytology_screening", "haematology", "bibdedupe_special", "depression_hard_fn", "cardiac_hard_fn", "bibdedupe_cases", "tafenoquine", "cora", "dblp_acm"}

func readCSV(t testing.TB, path string) []map[string]string {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var out []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

type goldCount struct{ tp, fp, fn int }

func loadGold(t testing.TB, set string) ([]*record.Record, map[string]string) {
	dir := suite.Data(t, "dedupe", set)
	lib, err := formats.Open(filepath.Join(dir, "records.csv"))
	require.NoError(t, err)
	var records []*record.Record
	byID := map[string]*record.Record{}
	for _, r := range lib.Records {
		byID[r.Key] = r
	}
	truth := map[string]string{}
	for _, row := range readCSV(t, filepath.Join(dir, "clusters.csv")) {
		truth[row["id"]] = row["cluster"]
		records = append(records, byID[row["id"]])
	}
	return records, truth
}

// countGold scores a result by removal: see the README of the gold sets.
func countGold(res *Result, truth map[string]string) goldCount {
	removed := map[string]bool{}
	for _, g := range res.Groups {
		for _, r := range g.Records[1:] {
			removed[r.Key] = true
		}
	}
	size, kept := map[string]int{}, map[string]int{}
	for id, c := range truth {
		size[c]++
		if !removed[id] {
			kept[c]++
		}
	}
	var n goldCount
	for c := range size {
		k := kept[c]
		n.tp += size[c] - max(k, 1)
		n.fn += max(k, 1) - 1
		if k == 0 {
			n.fp++
		}
	}
	return n
}

// goldFile is the ratchet: what each gold set gave when it was last written.
const goldFile = "testdata/gold.txt"

func readGold(t testing.TB) map[string]goldCount {
	text, err := os.ReadFile(goldFile)
	require.NoError(t, err)
	out := map[string]goldCount{}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var set string
		var n goldCount
		_, err := fmt.Sscan(line, &set, &n.tp, &n.fp, &n.fn)
		require.NoError(t, err, line)
		out[set] = n
	}
	return out
}

// The recommended policy makes no more wrong merges and misses no more
// duplicates on the gold sets than the file says. UPDATE_GOLDEN=1 writes the
// file anew where neither has grown; DEDUPE_ERRORS=1 lists the errors of each
// set with their evidence.
func TestGoldSets(t *testing.T) {
	bound := readGold(t)
	got := map[string]goldCount{}
	for _, set := range goldSets {
		t.Run(set, func(t *testing.T) {
			records, truth := loadGold(t, set)
			res, err := Find(context.Background(), records, Policy{})
			require.NoError(t, err)
			n := countGold(res, truth)
			t.Logf("%s: TP %d FP %d FN %d; %d doubtful, %d related, %d candidates %q", set, n.tp, n.fp, n.fn, len(res.Doubtful), len(res.Related), res.Run.Candidates, res.Run.Warnings)
			if os.Getenv("DEDUPE_ERRORS") == "1" {
				showErrors(t, res, truth)
			}
			assert.LessOrEqual(t, n.fp, bound[set].fp, "publications lost by wrong merges")
			assert.LessOrEqual(t, n.fn, bound[set].fn, "duplicates missed")
			got[set] = n
		})
	}
	if t.Failed() || len(got) < len(goldSets) {
		return
	}
	var b strings.Builder
	b.WriteString("# set, true duplicates removed, publications lost, duplicates missed, under the zero policy\n")
	for _, set := range goldSets {
		fmt.Fprintf(&b, "%s %d %d %d\n", set, got[set].tp, got[set].fp, got[set].fn)
	}
	suite.Golden(t, goldFile, []byte(b.String()))
}

func show(r *record.Record) string {
	var names []string
	for _, n := range r.Authors() {
		names = append(names, n.String())
	}
	a := strings.Join(names, "; ")
	if len(a) > 60 {
		a = a[:60]
	}
	return fmt.Sprintf("%s | %s | %s | %d | %s | %s | %s | %s | %s %s %s", r.Key, a, r.Title, r.Date.Year, r.In.Title, r.In.Volume, r.In.Issue, r.In.Pages, r.DOI, r.PMID, r.Kind)
}

// showErrors logs the links between different works, and of each work that was
// not put together what stood against it.
func showErrors(t *testing.T, res *Result, truth map[string]string) {
	of := map[*record.Record]int{}
	for i, g := range res.Groups {
		for _, r := range g.Records {
			of[r] = i + 1
		}
		for _, l := range g.Links {
			if truth[l.A.Key] != truth[l.B.Key] {
				t.Logf("WRONG %.4f %s: %s\n   %s\n   %s", l.Score, l.Rule, inWords(l.Levels), show(l.A), show(l.B))
			}
		}
	}
	first := map[string]*record.Record{}
	for _, r := range res.Records {
		y := first[truth[r.Key]]
		if y == nil {
			first[truth[r.Key]] = r
			continue
		}
		if of[r] == 0 || of[r] != of[y] {
			c := Compare(res.Stats, Policy{}, r, y)
			t.Logf("MISSED %s %.4f (%.1f bits) %s %s\n   %s\n   %s\n   %s", c.Verdict, c.Score, c.bits()+priorBits, c.Rule, string(c.Related), inWords(c.Levels), show(y), show(r))
		}
	}
}
