package formats_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

// facts are what two exports of one record must agree on where both have it, each
// folded as far as tools are known to differ in writing it down.
var facts = []struct {
	name string
	of   func(*record.Record) string
}{
	{"title", func(r *record.Record) string { return fold.Key(r.Title) }},
	{"year", func(r *record.Record) string { return r.Text(record.FieldYear) }},
	{"first author", func(r *record.Record) string {
		if a := r.Authors(); len(a) > 0 {
			return lastWord(fold.Key(a[0].Family + a[0].Literal)) // some tools drop particles
		}
		return ""
	}},
	{"authors", func(r *record.Record) string {
		if len(r.Authors()) == 0 {
			return ""
		}
		return fmt.Sprint(len(r.Authors()))
	}},
	{"DOI", func(r *record.Record) string { return string(r.DOI) }},
	{"PMID", func(r *record.Record) string { return string(r.PMID) }},
	{"volume", func(r *record.Record) string { return r.In.Volume }},
	{"issue", func(r *record.Record) string { return strings.TrimSuffix(r.In.Issue, " "+monthIn(r.In.Issue)) }},
	{"pages", func(r *record.Record) string { first, _ := r.In.PageRange(); return first }},
	{"abstract", func(r *record.Record) string {
		s := strings.ReplaceAll(fold.Key(fold.Unmark(r.Abstract.Text)), " ", "")
		return s[:min(len(s), 200)]
	}},
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// monthIn is the month that Embase writes behind the number of an issue, "1 January".
func monthIn(issue string) string {
	_, last, _ := strings.Cut(issue, " ")
	if d, ok := record.ParseDate(last); ok && d.Month != 0 && d.Year == 0 {
		return last
	}
	return ""
}

// sameISSN tells whether two records have an ISSN in common, or one has none: a
// tool keeps one of those in print and online, another the other.
func sameISSN(a, b *record.Record) bool {
	return len(a.In.ISSN) == 0 || len(b.In.ISSN) == 0 || slices.ContainsFunc(a.In.ISSN, func(x record.ISSN) bool { return slices.Contains(b.In.ISSN, x) })
}

// TestOneSetOfRecordsIsTheSameThroughEveryTool reads exports of the same records
// by several tools and compares them, field for field where both have the field.
func TestOneSetOfRecordsIsTheSameThroughEveryTool(t *testing.T) {
	dir := suite.Data(t, "formats", "same_dataset")
	f, err := os.Open(dir + "/groups.tsv")
	require.NoError(t, err)
	defer f.Close()
	rd := csv.NewReader(f)
	rd.Comma = '\t'
	rows, err := rd.ReadAll()
	require.NoError(t, err)
	groups := map[string][]*record.Library{}
	for _, row := range rows[1:] {
		lib, err := formats.Open(dir + "/" + row[0])
		require.NoError(t, err)
		assert.Equal(t, row[2], fmt.Sprint(len(lib.Records)), row[0])
		if row[1] != "alone" {
			groups[row[1]] = append(groups[row[1]], lib)
		}
	}
	for name, libs := range groups {
		if name == "A" {
			lib, err := formats.Open(dir + "/_baseline.csv")
			require.NoError(t, err)
			libs = append(libs, lib)
		}
		for _, lib := range libs[1:] {
			compareFiles(t, name, libs[0], lib)
		}
	}
}

// compareFiles pairs the records of two files by title and says where they differ.
func compareFiles(t *testing.T, group string, a, b *record.Library) {
	assert.Len(t, b.Records, len(a.Records), "group %s: %s", group, b.Load.File)
	used := map[*record.Record]bool{}
	agree, differ := 0, 0
	for _, r := range a.Records {
		i := slices.IndexFunc(b.Records, func(s *record.Record) bool {
			return !used[s] && sameISSN(r, s) && facts[0].of(s) == facts[0].of(r) && (r.DOI == "" || s.DOI == "" || r.DOI == s.DOI)
		})
		if i < 0 {
			t.Errorf("group %s: %s has no %q", group, b.Load.File, r.Title)
			continue
		}
		s := b.Records[i]
		used[s] = true
		for _, f := range facts {
			x, y := f.of(r), f.of(s)
			switch {
			case x == "" || y == "":
			case x == y:
				agree++
			default:
				differ++
				t.Errorf("group %s: %s of %q: %q (%s:%d) and %q (%s:%d)", group, f.name, r.Title, x, r.Source.File, r.Source.Line, y, s.Source.File, s.Source.Line)
			}
		}
	}
	t.Logf("group %s: %s against %s: %d facts agree, %d differ", group, b.Load.File, a.Load.File, agree, differ)
}
