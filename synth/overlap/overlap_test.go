package overlap_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/synth/overlap"
)

func parse(t testing.TB, text string) *overlap.Matrix {
	t.Helper()
	m, err := overlap.Parse(strings.NewReader(text), "matrix.csv")
	require.NoError(t, err)
	return m
}

// golden is one expected.json: values computed by the package of Diakonidis and others for R.
type golden struct {
	Overall  figures   `json:"overall"`
	Pairwise []figures `json:"pairwise"`
}

type figures struct {
	A, B       string
	N, R, C, X int
	CCA        float64  `json:"cca"`
	Unadjusted *float64 `json:"cca_unadjusted_percent"`
	Overlap    int
}

func (want figures) check(t *testing.T, got overlap.Overlap) {
	t.Helper()
	assert.Equal(t, []int{want.N, want.R, want.C, want.X}, []int{got.N, got.R, got.C, got.X})
	assert.InDelta(t, want.CCA, got.CCA, 1e-6)
	if want.Unadjusted != nil {
		assert.InDelta(t, *want.Unadjusted, 100*got.Unadjusted, 0.005+1e-9)
	}
}

func TestPublishedMatricesGiveTheirPublishedOverlap(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(suite.Data(t, "synth", "overlap"), "*.expected.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			var want golden
			require.NoError(t, json.Unmarshal(text, &want))
			m, err := overlap.Read(strings.TrimSuffix(file, ".expected.json") + ".csv")
			require.NoError(t, err)
			want.Overall.check(t, m.Overall())
			pairs := m.Pairwise()
			require.Len(t, pairs, len(want.Pairwise))
			for i, pair := range pairs {
				require.Equal(t, []string{want.Pairwise[i].A, want.Pairwise[i].B}, []string{pair.A, pair.B})
				want.Pairwise[i].check(t, pair.Overlap)
				assert.Equal(t, want.Pairwise[i].Overlap, pair.Shared)
			}
		})
	}
}

func TestStructurallyMissingCellsAreTakenFromTheArea(t *testing.T) {
	m := parse(t, "study,A,B,C\nS1,1,1,0\nS2,1,0,0\nS3,NA,NA,1\n")
	o := m.Overall()
	assert.Equal(t, overlap.Overlap{N: 4, R: 3, C: 3, X: 2, CCA: 0.25, Unadjusted: 1.0 / 6}, o)
	assert.Equal(t, 0.25, m.CCA())
	assert.Equal(t, "CCA 25.0 % (very high): N = 4 inclusions, r = 3 studies, c = 3 reviews, X = 2 structurally missing (unadjusted 16.7 %)", o.String())
}

func TestPairsCountOnlyStudiesOfTheTwoReviews(t *testing.T) {
	pairs := parse(t, "study,A,B,C\nS1,1,1,0\nS2,1,0,0\nS3,NA,NA,1\n").Pairwise()
	require.Len(t, pairs, 3)
	assert.Equal(t, overlap.Pair{A: "A", B: "B", Shared: 1,
		Overlap: overlap.Overlap{N: 3, R: 2, C: 2, CCA: 0.5, Unadjusted: 0.5}}, pairs[0])
	assert.Equal(t, 1, pairs[1].X, "S3 is in C and could not have been in A")
	assert.Equal(t, "A and C: 0 shared, CCA 0.0 % (slight): N = 3 inclusions, r = 3 studies, c = 2 reviews, "+
		"X = 1 structurally missing (unadjusted 0.0 %)", pairs[1].String())
}

func TestAStudyThatNoReviewIncludesIsNotCounted(t *testing.T) {
	m := parse(t, "study,A,B\nS1,1,1\nS2,0,NA\nS3,1,0\n")
	assert.Equal(t, []string{"S2"}, m.Unused())
	assert.Equal(t, overlap.Overlap{N: 3, R: 2, C: 2, CCA: 0.5, Unadjusted: 0.5}, m.Overall())
	assert.Equal(t, []string{"S1", "S2", "S3"}, m.Studies())
}

func TestOverlapOfNothingIsUndefinedAndSaysWhy(t *testing.T) {
	for text, why := range map[string]string{
		"study,A\nS1,1\n":             "overlap needs two reviews",
		"study,A,B\n":                 "no study is included",
		"study,A,B\nS1,0,NA\n":        "no study is included",
		"study,A,B\nS1,1,NA\nS2,NA,1": "no study could have been in two reviews",
	} {
		m := parse(t, text)
		assert.Equal(t, why, m.Overall().Undefined, text)
		assert.Zero(t, m.CCA(), text)
		assert.Contains(t, m.Overall().String(), "CCA undefined ("+why+")")
	}
	var zero overlap.Matrix
	assert.Zero(t, zero.CCA())
	assert.Empty(t, zero.Pairwise())
	assert.Equal(t, overlap.Excluded, zero.At("S1", "A"))
	assert.Error(t, zero.Set("S1", "A", overlap.Included))
}

func TestAReviewWithoutAStudyStaysAReview(t *testing.T) {
	o := parse(t, "study,A,B,C\nS1,1,1,0\nS2,1,0,0\n").Overall()
	assert.Equal(t, 3, o.C)
	assert.Equal(t, 0.25, o.CCA)
}

func TestBandsAreThoseOfPieper2014(t *testing.T) {
	for cca, want := range map[float64]string{
		0: "slight", 0.05: "slight", 0.06: "moderate", 0.10: "moderate", 0.11: "high", 0.15: "high", 0.16: "very high", 1: "very high",
	} {
		assert.Equal(t, want, overlap.Band(cca), cca)
	}
}

func TestTablesAsSpreadsheetsWriteThem(t *testing.T) {
	want := parse(t, "study,A 2015,B 2018\nS1,1,0\nS2,NA,1\n")
	for name, text := range map[string]string{
		"semicolons, byte order mark, CRLF": "\ufeffstudy;A 2015;B 2018\r\nS1;1;0\r\nS2;NA;1\r\n",
		"tabs and words":                    "study\tA 2015\tB 2018\nS1\tYes\tno\nS2\tn/a\tTRUE\n",
		"blanks and ticks, empty lines":     "study,A 2015,B 2018\n,,\nS1,✓,\n\nS2, na , ✔\n,,\n",
		"a line break in a heading":         "\"primary\nstudy\",\"A\n2015\",\"B  2018\"\nS1,1,-\nS2,#N/A,1.0\n",
	} {
		got := parse(t, text)
		assert.Equal(t, want.Reviews(), got.Reviews(), name)
		assert.Equal(t, want.Studies(), got.Studies(), name)
		assert.Equal(t, want.Pairwise(), got.Pairwise(), name)
	}
}

func TestErrorsSayWhereAndWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "m.csv:1:1: empty: a citation matrix begins with a line that names the reviews"},
		{"no review", "study\nS1\n", "m.csv:1:1: the first line names no review"},
		{"a nameless column", "study,A,,B\nS1,1,,0\n", "m.csv:1:9: a column without a heading"},
		{"two reviews of one name", "study,A,B,A\n", "m.csv:1:11: review \"A\" is already in column 2 of the table"},
		{"a year", "study,year,A\nS1,2010,1\n", "m.csv:2:4: study \"S1\", review \"year\": \"2010\" is not a cell of a citation matrix: write 1 (included)"},
		{"an x", "study,A,B\nS1,1,x\n", "m.csv:2:6: study \"S1\", review \"B\": \"x\" can mean included or structurally missing: write 1 or NA"},
		{"a short line", "study,A,B\nS1,1\n", "m.csv:2:4: study \"S1\" has 1 cells, expected 2"},
		{"a nameless study", "study,A,B\n,1,0\n", "m.csv:2:1: a study without a name"},
		{"an open quotation mark", "study,A,B\n\"S1,1,0\n", "m.csv:2:9: a quotation mark is out of place"},
		{"Windows-1252", "study,A,B\nO\x92Brien,1,0\n", "m.csv:2:2: not UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := overlap.Parse(strings.NewReader(c.text), "m.csv")
			require.Error(t, err)
			assert.Nil(t, m)
			assert.Contains(t, err.Error(), c.want)
			var place *overlap.Error
			assert.ErrorAs(t, err, &place)
		})
	}
}

func TestAStudyNamedTwiceIsTwoStudiesAndAProblem(t *testing.T) {
	m := parse(t, "study,A,B\nS1#2,1,0\nS1,1,0\nS1,0,1\nS1,1,1\n")
	assert.Equal(t, []string{"S1#2", "S1", "S1#3", "S1#4"}, m.Studies())
	assert.Equal(t, 4, m.Overall().R)
	assert.Equal(t, overlap.Included, m.At("S1#3", "B"))
	require.Len(t, m.Problems(), 2)
	assert.EqualError(t, m.Problems()[0], `matrix.csv:4:1: study "S1" is already in line 3: counted as another study, "S1#3"; `+
		"if it is the same one, remove a line")
}

func TestAllErrorsOfAFileAreListedUpToTwenty(t *testing.T) {
	_, err := overlap.Parse(strings.NewReader("study,A,B\nS1,7,0\nS2,1,8\n"), "m.csv")
	assert.Len(t, strings.Split(err.Error(), "\n"), 2)
	var text strings.Builder
	text.WriteString("study,A,B\n")
	for i := range 30 {
		fmt.Fprintf(&text, "S%d,9,0\n", i)
	}
	_, err = overlap.Parse(strings.NewReader(text.String()), "m.csv")
	assert.Len(t, strings.Split(err.Error(), "\n"), 21)
	assert.Contains(t, err.Error(), "m.csv: 10 more errors")
}

func TestASourceThatBreaksIsAnError(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := overlap.Parse(failing{broken}, "m.csv")
	assert.ErrorIs(t, err, broken)
	_, err = overlap.Read(filepath.Join(t.TempDir(), "absent.csv"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.ErrorIs(t, parse(t, "study,A\n").Write(failing{broken}), broken)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestAMatrixMadeInAProgram(t *testing.T) {
	m, err := overlap.New("A", " B ")
	require.NoError(t, err)
	require.NoError(t, m.Set("S1", "A", overlap.Included))
	require.NoError(t, m.Set(" S1", "B", overlap.Missing))
	assert.Equal(t, overlap.Missing, m.At("S1", "B"))
	assert.ErrorContains(t, m.Set("S1", "C", overlap.Included), `review "C" is not in this citation matrix`)
	assert.ErrorContains(t, m.Set(" ", "A", overlap.Included), "has no name")
	assert.Error(t, m.Set("S1", "A", 3))
	_, err = overlap.New("A", "B", "A ")
	assert.ErrorContains(t, err, "reviews 1 and 3 are both called")
	_, err = overlap.New("")
	assert.ErrorContains(t, err, "review 1 has no name")
	_, err = overlap.New(make([]string, 1001)...)
	assert.ErrorContains(t, err, "at most 1000")
}

func TestFormulasAreGuardedAndComeBack(t *testing.T) {
	m, err := overlap.New("=cmd()", "'t Hart 2010", "'=A1")
	require.NoError(t, err)
	require.NoError(t, m.Set("@SUM(1)", "=cmd()", overlap.Included))
	var out strings.Builder
	require.NoError(t, m.Write(&out))
	assert.Equal(t, "primary_study,'=cmd(),'t Hart 2010,''=A1\n'@SUM(1),1,0,0\n", out.String())
	assert.Equal(t, m, parse(t, out.String()))
}

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	name := rapid.StringMatching(`[ -~éø–\n]{0,6}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		key := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		m, err := overlap.New(rapid.SliceOfNDistinct(name, 1, 6, key).Draw(t, "reviews")...)
		require.NoError(t, err)
		for _, study := range rapid.SliceOfNDistinct(name, 0, 12, key).Draw(t, "studies") {
			for _, review := range m.Reviews() {
				require.NoError(t, m.Set(study, review, overlap.Cell(rapid.IntRange(0, 2).Draw(t, "cell"))))
			}
		}
		var out strings.Builder
		require.NoError(t, m.Write(&out))
		back, err := overlap.Parse(strings.NewReader(out.String()), "back.csv")
		require.NoError(t, err)
		require.Equal(t, m, back)
		for _, p := range m.Pairwise() {
			require.Equal(t, p.N-p.R, p.Shared)
			require.True(t, 0 <= p.Unadjusted && p.Unadjusted <= p.CCA && p.CCA <= 1, p)
		}
		o := m.Overall()
		require.True(t, 0 <= o.Unadjusted && o.Unadjusted <= o.CCA && o.CCA <= 1, o)
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"study,A,B\nS1,1,0\nS2,NA,1\n", "\ufeffs;A;B\r\nS1;✓;\r\n", "s\tA\nS1\tx\n", "", ",", "s,A\n\"S1\n", "s,'=A\n'@S,1\n", "s,A\n\x92,1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := overlap.Parse(strings.NewReader(text), "fuzz.csv")
		if err != nil {
			return
		}
		if o := m.Overall(); math.IsNaN(o.CCA) || o.CCA < 0 || o.CCA > 1 {
			t.Fatalf("CCA %v of %q", o.CCA, text)
		}
		var out strings.Builder
		require.NoError(t, m.Write(&out))
		back, err := overlap.Parse(strings.NewReader(out.String()), "back.csv")
		require.NoError(t, err)
		require.Equal(t, m.Pairwise(), back.Pairwise())
		require.Equal(t, m.Studies(), back.Studies())
	})
}

func Example() {
	m, err := overlap.Parse(strings.NewReader(`primary_study,Adams 2015,Baker 2018,Chen 2021
Smith 2010,1,1,1
Jones 2012,1,0,0
Novak 2016,NA,1,1
Silva 2019,NA,NA,1
`), "matrix.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Overall())
	for _, p := range m.Pairwise() {
		fmt.Printf("%s, %s: %d shared, CCA %.1f %%\n", p.A, p.B, p.Shared, 100*p.CCA)
	}
	// Output:
	// CCA 60.0 % (very high): N = 7 inclusions, r = 4 studies, c = 3 reviews, X = 3 structurally missing (unadjusted 37.5 %)
	// Adams 2015, Baker 2018: 1 shared, CCA 50.0 %
	// Adams 2015, Chen 2021: 1 shared, CCA 50.0 %
	// Baker 2018, Chen 2021: 2 shared, CCA 100.0 %
}
