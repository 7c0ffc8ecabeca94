package agreement_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/screen/agreement"
)

// crossed makes the pairs of a confusion table.
func crossed(labels []string, table [][]int) []agreement.Pair {
	var pairs []agreement.Pair
	for i, row := range table {
		for j, count := range row {
			for range count {
				pairs = append(pairs, agreement.Pair{Unit: fmt.Sprint(len(pairs)), A: labels[i], B: labels[j]})
			}
		}
	}
	return pairs
}

// lines makes a table from one line of labels for each rater; a dot is a missing label.
func lines(raters ...string) *agreement.Table {
	var t agreement.Table
	for i, line := range raters {
		for unit, label := range strings.Fields(line) {
			if label != "." {
				t.Add(fmt.Sprint("unit ", unit), fmt.Sprint("rater ", i), label)
			}
		}
	}
	return &t
}

func TestKappaAgreesWithPublishedFigures(t *testing.T) {
	for _, c := range []struct {
		name               string
		labels             []string
		table              [][]int
		kappa, se          float64
		observed, expected float64
	}{
		{"50 grant proposals, yes and no", []string{"yes", "no"}, [][]int{{20, 5}, {10, 15}}, 0.4, 0.1270, 0.7, 0.5},
		{"100 diagnoses, Fleiss, Levin and Paik 2003, table 18.1", []string{"psychosis", "neurosis", "organic"},
			[][]int{{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}, 0.676, 0.0877, 0.89, 0.66},
		{"88 skin conditions by two dermatologists, SAS/STAT user's guide, example of PROC FREQ", []string{"terrible", "poor", "marginal", "clear"},
			skin, 0.3449, 0.0724, 45.0 / 88, 1968.0 / 7744},
		{"chance and no more", []string{"in", "out"}, [][]int{{25, 25}, {25, 25}}, 0, 0.1, 0.5, 0.5},
		{"always the opposite", []string{"in", "out"}, [][]int{{0, 10}, {10, 0}}, -1, 0, 0, 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := agreement.CohenKappa(crossed(c.labels, c.table))
			assert.Empty(t, k.Undefined)
			assert.InDelta(t, c.kappa, k.Value, 5e-4)
			assert.InDelta(t, c.se, k.StandardError, 5e-4)
			assert.InDelta(t, c.observed, k.Observed, 1e-9)
			assert.InDelta(t, c.expected, k.Expected, 1e-9)
		})
	}
}

// skin is how two dermatologists rated 88 skin conditions, from terrible to clear.
var skin = [][]int{{10, 4, 1, 0}, {5, 10, 12, 2}, {2, 4, 12, 5}, {0, 2, 6, 13}}

func TestTheIntervalAgreesWithPublishedFigures(t *testing.T) {
	k := agreement.CohenKappa(crossed([]string{"terrible", "poor", "marginal", "clear"}, skin))
	assert.InDelta(t, 0.2030, k.Low, 5e-5)
	assert.InDelta(t, 0.4868, k.High, 5e-5)
}

func TestPercentAgreesWithPublishedFigures(t *testing.T) {
	// 85 xeromammograms by two radiologists: normal, benign, suspect, cancer (Boyd et
	// al. 1982, as computed in the Stata manual's entry "kappa"): 63.53 % agreement,
	// 30.82 % expected, kappa 0.4728.
	pairs := crossed([]string{"normal", "benign", "suspect", "cancer"}, [][]int{{21, 12, 0, 0}, {4, 17, 1, 0}, {3, 9, 15, 2}, {0, 0, 0, 1}})
	share, n := agreement.Percent(pairs)
	assert.InDelta(t, 0.6353, share, 5e-5)
	assert.Equal(t, 85, n)
	k := agreement.CohenKappa(pairs)
	assert.InDelta(t, 0.3082, k.Expected, 5e-5)
	assert.InDelta(t, 0.4728, k.Value, 5e-5)
}

func TestTheIntervalReachesTwoStandardErrorsEachWayAndNeverPastOne(t *testing.T) {
	k := agreement.CohenKappa(crossed([]string{"yes", "no"}, [][]int{{20, 5}, {10, 15}}))
	assert.InDelta(t, k.Value-1.96*k.StandardError, k.Low, 1e-4)
	assert.InDelta(t, k.Value+1.96*k.StandardError, k.High, 1e-4)
	assert.Equal(t, 1.0, agreement.CohenKappa(crossed([]string{"in", "out"}, [][]int{{1, 0}, {1, 9}})).High)
}

func TestTheConfusionTableHasRaterAInRows(t *testing.T) {
	k := agreement.CohenKappa([]agreement.Pair{
		{"1", "include", "exclude"}, {"2", "include", "exclude"}, {"3", "unsure", "unsure"}, {"4", "exclude", ""},
	})
	assert.Equal(t, []string{"exclude", "include", "unsure"}, k.Labels)
	assert.Equal(t, [][]int{{0, 0, 0}, {2, 0, 0}, {0, 0, 1}}, k.Confusion)
	assert.Equal(t, 3, k.N)
	assert.Equal(t, 1, k.LeftOut)
}

func TestKappaIsUndefinedRatherThanNaN(t *testing.T) {
	for name, pairs := range map[string][]agreement.Pair{
		"nothing":            nil,
		"nobody rated both":  {{"1", "include", ""}, {"2", "", "exclude"}},
		"one label, one use": {{"1", "exclude", "exclude"}, {"2", "exclude", "exclude"}},
	} {
		k := agreement.CohenKappa(pairs)
		assert.NotEmpty(t, k.Undefined, name)
		assert.Zero(t, k.Value, name)
		_, err := json.Marshal(k) // fails on a NaN
		assert.NoError(t, err, name)
	}
}

func TestAResultReadsAsAPersonWouldReportIt(t *testing.T) {
	labels := []string{"include", "exclude"}
	for want, pairs := range map[string][]agreement.Pair{
		"kappa 0.40 (95 % CI 0.15–0.65), 70 % agreement over 50 records":                           crossed(labels, [][]int{{20, 5}, {10, 15}}),
		"kappa 0.00 (95 % CI -0.20 to 0.20), 50 % agreement over 100 records":                      crossed(labels, [][]int{{25, 25}, {25, 25}}),
		"kappa 1.00, 100 % agreement over 5 records":                                               crossed(labels, [][]int{{2, 0}, {0, 3}}),
		"kappa undefined (both raters said \"include\" throughout), 100 % agreement over 1 record": crossed(labels, [][]int{{1, 0}, {0, 0}}),
		"kappa undefined (no record was rated by both); 1 record not rated by both left out":       {{"1", "", "include"}},
	} {
		assert.Equal(t, want, agreement.CohenKappa(pairs).String())
	}
	nearly := agreement.CohenKappa(crossed(labels, [][]int{{500, 1}, {0, 500}}))
	assert.Contains(t, nearly.String(), "above 99 % agreement")
}

func TestPercentIsTakenOverUnitsThatBothRated(t *testing.T) {
	share, n := agreement.Percent([]agreement.Pair{{"1", "in", "in"}, {"2", "in", "out"}, {"3", "in", ""}})
	assert.Equal(t, 0.5, share)
	assert.Equal(t, 2, n)
	share, n = agreement.Percent(nil)
	assert.Zero(t, share)
	assert.Zero(t, n)
}

func TestAlphaAgreesWithKrippendorff2011(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *agreement.Table
		alpha float64
		n     int
	}{
		{"A: two observers, two labels", lines("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095, 10},
		{"B: two observers, five labels", lines("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692, 12},
		{"C: four observers, labels missing", lines(
			"1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."), 0.743, 11},
	} {
		a := c.table.Alpha()
		assert.InDelta(t, c.alpha, a.Value, 5e-4, c.name)
		assert.Equal(t, c.n, a.N, c.name)
	}
}

func TestAlphaIsUndefinedWhereNothingCouldDiffer(t *testing.T) {
	empty := lines().Alpha()
	assert.Equal(t, "alpha undefined (no record was rated by two)", empty.String())
	same := lines("a a a", "a a .").Alpha()
	assert.Equal(t, "alpha undefined (all raters gave one and the same label throughout), over 2 records, "+
		"4 ratings by 2 raters; 1 record rated by one person left out", same.String())
	assert.Equal(t, "alpha 1.00 over 2 records, 4 ratings by 2 raters", lines("a b", "a b").Alpha().String())
}

func TestALaterLabelTakesThePlaceOfTheEarlierOne(t *testing.T) {
	var table agreement.Table
	table.Add("1", "kd", "")
	table.Add("1", "kd", "exclude")
	table.Add("1", "kd", "include")
	table.Add("1", "ab", "include")
	table.Add("2", "ab", "exclude")
	table.Add("3", "ab", "exclude")
	table.Add("3", "ab", "")
	assert.Equal(t, []agreement.Pair{{"1", "include", "include"}, {"2", "", "exclude"}}, table.Pairs("kd", "ab"))
	assert.Equal(t, []string{"ab", "kd"}, table.Raters())
}

func TestFiguresKeepTheirBoundsAndDoNotDependOnWhoIsCalledA(t *testing.T) {
	label := rapid.SampledFrom([]string{"", "in", "out", "unsure"})
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) agreement.Pair {
			return agreement.Pair{A: label.Draw(t, "a"), B: label.Draw(t, "b")}
		}), 0, 40).Draw(t, "pairs")
		k := agreement.CohenKappa(pairs)
		turned := make([]agreement.Pair, len(pairs))
		for i, p := range pairs {
			turned[len(pairs)-1-i] = agreement.Pair{A: p.B, B: p.A}
		}
		back := agreement.CohenKappa(turned)
		require.InDelta(t, k.Value, back.Value, 1e-12)
		require.InDelta(t, k.StandardError, back.StandardError, 1e-9)
		require.Equal(t, len(pairs), k.N+k.LeftOut)
		for _, x := range []float64{k.Value, k.StandardError, k.Low, k.High} {
			require.False(t, math.IsNaN(x) || math.IsInf(x, 0))
		}
		require.True(t, -1 <= k.Low && k.Low <= k.Value && k.Value <= k.High && k.High <= 1, k)
		share, n := agreement.Percent(pairs)
		require.InDelta(t, share, k.Observed, 1e-12)
		require.Equal(t, n, k.N)

		var table agreement.Table
		for i, p := range pairs {
			table.Add(fmt.Sprint(i), "a", p.A)
			table.Add(fmt.Sprint(i), "b", p.B)
		}
		alpha := table.Alpha()
		require.Equal(t, k.N, alpha.N)
		require.False(t, math.IsNaN(alpha.Value))
		require.LessOrEqual(t, alpha.Value, 1.0)
	})
}

func ExampleCohenKappa() {
	pairs := []agreement.Pair{
		{Unit: "10.5555/1", A: "include", B: "include"},
		{Unit: "10.5555/2", A: "include", B: "exclude"},
		{Unit: "10.5555/3", A: "exclude", B: "exclude"},
		{Unit: "10.5555/4", A: "exclude", B: "exclude"},
		{Unit: "10.5555/5", A: "exclude", B: ""},
	}
	fmt.Println(agreement.CohenKappa(pairs))
	// Output: kappa 0.50 (95 % CI -0.23 to 1.00), 75 % agreement over 4 records; 1 record not rated by both left out
}

func ExampleTable() {
	var t agreement.Table
	for _, r := range []struct{ unit, rater, label string }{
		{"10.5555/1", "kd", "trial"}, {"10.5555/1", "ab", "trial"}, {"10.5555/1", "mr", "trial"},
		{"10.5555/2", "kd", "cohort"}, {"10.5555/2", "ab", "cohort"},
		{"10.5555/3", "ab", "trial"}, {"10.5555/3", "mr", "cohort"},
	} {
		t.Add(r.unit, r.rater, r.label)
	}
	fmt.Println(t.Alpha())
	// Output: alpha 0.50 over 3 records, 7 ratings by 3 raters
}

// The large-sample variance of any function of multinomial shares can be had from its slopes alone (delta method), which
// checks the closed form without repeating it.
func TestTheStandardErrorIsThatOfTheDeltaMethod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labels := []string{"a", "b", "c"}
		table := make([][]int, 3)
		var shares [9]float64
		n := 0
		for i := range table {
			table[i] = make([]int, 3)
			for j := range table[i] {
				table[i][j] = rapid.IntRange(1, 30).Draw(t, "count")
				shares[3*i+j] = float64(table[i][j])
				n += table[i][j]
			}
		}
		for i := range shares {
			shares[i] /= float64(n)
		}
		const h = 1e-6
		var squares, mean float64
		for i, share := range shares {
			up, down := shares, shares
			up[i] += h
			down[i] -= h
			slope := (kappaOf(up) - kappaOf(down)) / (2 * h)
			squares += share * slope * slope
			mean += share * slope
		}
		want := math.Sqrt((squares - mean*mean) / float64(n))
		require.InDelta(t, want, agreement.CohenKappa(crossed(labels, table)).StandardError, 1e-6)
	})
}

func kappaOf(shares [9]float64) float64 {
	var sum, same, chance float64
	for _, share := range shares {
		sum += share
	}
	for i := range 3 {
		same += shares[4*i] / sum
		row := (shares[3*i] + shares[3*i+1] + shares[3*i+2]) / sum
		col := (shares[i] + shares[3+i] + shares[6+i]) / sum
		chance += row * col
	}
	return (same - chance) / (1 - chance)
}
