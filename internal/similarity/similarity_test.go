package similarity_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/similarity"
)

func ExampleLevenshtein() {
	fmt.Println(similarity.Levenshtein("kitten", "sitting", -1))
	fmt.Println(similarity.Levenshtein("kitten", "sitting", 1))
	fmt.Printf("%.3f\n", similarity.Ratio("kitten", "sitting"))
	// Output:
	// 3
	// 2
	// 0.571
}

// naive is the textbook recurrence (Wagner and Fischer 1974).
func naive(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for k := range y {
			cost := 1
			if x[i] == y[k] {
				cost = 0
			}
			diagonal, row[k+1] = row[k+1], min(diagonal+cost, row[k]+1, row[k+1]+1)
		}
	}
	return row[len(y)]
}

func checkLevenshtein(t require.TestingT, a, b string, bound int) {
	d := naive(a, b)
	require.Equal(t, d, similarity.Levenshtein(a, b, -1), "%q %q", a, b)
	want := d
	if bound >= 0 && d > bound {
		want = bound + 1
	}
	require.Equal(t, want, similarity.Levenshtein(a, b, bound), "%q %q bound %d", a, b, bound)
	require.Equal(t, want, similarity.Levenshtein(b, a, bound), "%q %q bound %d", b, a, bound)
}

func TestLevenshteinIsTheTextbookDistance(t *testing.T) {
	for _, letters := range []string{"ab", "abcdefgh ", "aé", "abcdeéαβłひ"} {
		gen := rapid.SliceOfN(rapid.SampledFrom([]rune(letters)), 0, 200)
		rapid.Check(t, func(t *rapid.T) {
			a, b := string(gen.Draw(t, "a")), string(gen.Draw(t, "b"))
			checkLevenshtein(t, a, b, rapid.IntRange(-1, 210).Draw(t, "bound"))
		})
	}
}

func TestLevenshteinAtTheEdgeOfAWord(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 127, 128, 129, 300} {
		for _, unit := range []string{"ab", "aé"} {
			x := strings.Repeat(unit, n)
			x = string([]rune(x)[:n])
			checkLevenshtein(t, "x"+x, x+"y", 3)
			checkLevenshtein(t, "x"+x+"z", "y"+x+"q", 1)
			checkLevenshtein(t, x, strings.Repeat("q", n), n)
		}
	}
}

func TestLevenshteinOfShortPatternsTakesNoMemory(t *testing.T) {
	a, b := strings.Repeat("abcd", 15), strings.Repeat("bcda ", 30)
	assert.Zero(t, testing.AllocsPerRun(100, func() { similarity.Levenshtein(a, b, -1) }))
	a, b = "Ménière’s disease", "Meniere's disease, a trial"
	assert.Zero(t, testing.AllocsPerRun(100, func() { similarity.Levenshtein(a, b, -1) }))
}

func TestRatio(t *testing.T) {
	assert.Equal(t, 1.0, similarity.Ratio("", ""))
	assert.Equal(t, 0.0, similarity.Ratio("", "a"))
	assert.Equal(t, 0.0, similarity.Ratio("abc", "xyz"))
	assert.InDelta(t, 0.75, similarity.Ratio("sømn", "somn"), 1e-12)
}

// The values are those of Winkler's papers, to the three places given there.
func TestJaroWinkler(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"martha", "marhta", 0.961}, {"dwayne", "duane", 0.840}, {"dixon", "dicksonx", 0.813},
		{"jones", "johnson", 0.832}, {"abroms", "abrams", 0.922}, {"dunningham", "cunnigham", 0.896},
		{"", "", 1}, {"", "a", 0}, {"a", "b", 0}, {"müller", "müller", 1},
	} {
		assert.InDelta(t, c.want, similarity.JaroWinkler(c.a, c.b), 0.0006, "%s %s", c.a, c.b)
	}
}

func TestJaroWinklerIsSymmetricAndWithinBounds(t *testing.T) {
	gen := rapid.SliceOfN(rapid.SampledFrom([]rune("abcé")), 0, 300)
	rapid.Check(t, func(t *rapid.T) {
		a, b := string(gen.Draw(t, "a")), string(gen.Draw(t, "b"))
		s := similarity.JaroWinkler(a, b)
		require.True(t, s >= 0 && s <= 1)
		require.Equal(t, s, similarity.JaroWinkler(strings.Clone(a), b))
		if a != b {
			require.Less(t, s, 1.0)
		}
	})
}

func FuzzLevenshtein(f *testing.F) {
	f.Add("kitten", "sitting", 2)
	f.Add("\xc3A\xff", "éA", -1)
	f.Add(strings.Repeat("abc", 30), strings.Repeat("cab", 31)+"é", 5)
	f.Fuzz(func(t *testing.T, a, b string, bound int) {
		if len(a)+len(b) > 2000 {
			t.Skip("the textbook distance takes too long")
		}
		checkLevenshtein(t, a, b, min(bound, 1<<20))
	})
}

var (
	titleA = "effects of aerobic exercise on sleep quality in adults with chronic insomnia a randomised controlled trial"
	titleB = "the effect of aerobic exercise on sleep in older adults with insomnia randomized controlled trial"
)

func BenchmarkLevenshtein(b *testing.B) {
	for _, c := range []struct {
		name, a, b string
		bound      int
	}{
		{"name", "gonzalez martinez", "gonsales martines", -1},
		{"64", titleA[:60], titleB[:64], -1},
		{"title", titleA, titleB, -1},
		{"title bound 10", titleA, titleB, 10},
		{"title beyond ASCII", titleA + "é", titleB + "ø", -1},
		{"abstract", strings.Repeat(titleA, 15), strings.Repeat(titleB, 15), -1},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.a) + len(c.b)))
			b.ReportAllocs()
			for b.Loop() {
				similarity.Levenshtein(c.a, c.b, c.bound)
			}
		})
	}
}

func BenchmarkJaroWinkler(b *testing.B) {
	b.SetBytes(int64(len(titleA) + len(titleB)))
	b.ReportAllocs()
	for b.Loop() {
		similarity.JaroWinkler(titleA, titleB)
	}
}
