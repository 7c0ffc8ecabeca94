package agreement

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Kappa is the agreement of two raters beyond chance, with all that a report or a reader needs to judge it.
type Kappa struct {
	Value         float64 `json:"value"`          // from -1 to 1; 0 is what chance gives, 1 is full agreement
	StandardError float64 `json:"standard_error"` // of Value, large-sample
	Low           float64 `json:"low"`            // 95 % confidence interval, cut at -1 and 1
	High          float64 `json:"high"`
	Observed      float64 `json:"observed"` // share of pairs with the same label
	Expected      float64 `json:"expected"` // the share that the raters' label frequencies would give by chance
	N             int     `json:"n"`        // pairs with both labels
	LeftOut       int     `json:"left_out"` // pairs in which one label or both are missing

	// Labels are all labels used in the N pairs, sorted; Confusion[i][j] counts the pairs that rater A labelled
	// Labels[i] and rater B Labels[j].
	Labels    []string `json:"labels"`
	Confusion [][]int  `json:"confusion"`

	// Undefined says why there is no kappa; it is empty where there is one. Value, StandardError, Low and High are then
	// 0 and mean nothing.
	Undefined string `json:"undefined,omitempty"`
}

// normal975 is the 97.5 % point of the standard normal distribution.
const normal975 = 1.959963984540054

// CohenKappa is Cohen's kappa for two raters, unweighted (Cohen 1960, Educational and Psychological Measurement 20,
// 37–46), with its large-sample standard error (Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72, 323–327; the
// form printed as equation 18.13 of Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions).
//
// Every pair counts once, also where a unit comes twice. Kappa is undefined, and said to be, where no pair has both
// labels and where both raters gave one and the same label throughout (expected agreement is 1). With full agreement
// the standard error is 0: the large-sample method has nothing to say about the precision then.
func CohenKappa(pairs []Pair) Kappa {
	k := tabulate(pairs)
	if k.N == 0 {
		k.Undefined = "no record was rated by both"
		return k
	}
	if len(k.Labels) == 1 {
		k.Observed, k.Expected = 1, 1
		k.Undefined = fmt.Sprintf("both raters said %q throughout", k.Labels[0])
		return k
	}
	rows, cols := k.marginals()
	n := float64(k.N)
	for i := range k.Labels {
		k.Observed += float64(k.Confusion[i][i]) / n
		k.Expected += rows[i] * cols[i]
	}
	k.Observed = min(k.Observed, 1) // the shares may add up to a hair above 1
	k.Value = (k.Observed - k.Expected) / (1 - k.Expected)
	k.StandardError = k.standardError(rows, cols)
	k.Low = max(-1, k.Value-normal975*k.StandardError)
	k.High = min(1, k.Value+normal975*k.StandardError)
	return k
}

// tabulate fills in what is counted: N, LeftOut, Labels and Confusion.
func tabulate(pairs []Pair) Kappa {
	k := Kappa{Labels: []string{}, Confusion: [][]int{}}
	seen := map[string]bool{}
	for _, p := range pairs {
		if p.A == "" || p.B == "" {
			k.LeftOut++
			continue
		}
		k.N++
		seen[p.A], seen[p.B] = true, true
	}
	for label := range seen {
		k.Labels = append(k.Labels, label)
	}
	slices.Sort(k.Labels)
	at := make(map[string]int, len(k.Labels))
	for i, label := range k.Labels {
		at[label] = i
		k.Confusion = append(k.Confusion, make([]int, len(k.Labels)))
	}
	for _, p := range pairs {
		if p.A != "" && p.B != "" {
			k.Confusion[at[p.A]][at[p.B]]++
		}
	}
	return k
}

// marginals are the shares of each label with rater A and with rater B.
func (k *Kappa) marginals() (rows, cols []float64) {
	rows, cols = make([]float64, len(k.Labels)), make([]float64, len(k.Labels))
	for i, row := range k.Confusion {
		for j, count := range row {
			rows[i] += float64(count)
			cols[j] += float64(count)
		}
	}
	for i := range rows {
		rows[i] /= float64(k.N)
		cols[i] /= float64(k.N)
	}
	return rows, cols
}

func (k *Kappa) standardError(rows, cols []float64) float64 {
	n, miss := float64(k.N), 1-k.Value
	var same, differ float64 // A and B of the source
	for i, row := range k.Confusion {
		for j, count := range row {
			p := float64(count) / n
			if i == j {
				same += p * square(1-(rows[i]+cols[i])*miss)
			} else {
				differ += p * square(cols[i]+rows[j])
			}
		}
	}
	variance := same + square(miss)*differ - square(k.Value-k.Expected*miss)
	if variance < 1e-15 { // rounding leaves a trace, of either sign, where the true variance is 0
		return 0
	}
	return math.Sqrt(variance) / ((1 - k.Expected) * math.Sqrt(n))
}

func square(x float64) float64 { return x * x }

// String is the result as a person would report it:
//
//	kappa 0.86 (95 % CI 0.79–0.93), 92 % agreement over 134 records
//
// The interval is left out where the standard error is 0, and pairs left out are named where there are any.
func (k Kappa) String() string {
	var b strings.Builder
	switch {
	case k.Undefined != "":
		fmt.Fprintf(&b, "kappa undefined (%s)", k.Undefined)
	case k.StandardError == 0:
		fmt.Fprintf(&b, "kappa %s", decimals(k.Value))
	default:
		between := "–"
		if k.Low < 0 { // a dash after a minus sign reads as another one
			between = " to "
		}
		fmt.Fprintf(&b, "kappa %s (95 %% CI %s%s%s)", decimals(k.Value), decimals(k.Low), between, decimals(k.High))
	}
	if k.N > 0 {
		fmt.Fprintf(&b, ", %s agreement over %s", percent(k.Observed), records(k.N))
	}
	if k.LeftOut > 0 {
		fmt.Fprintf(&b, "; %s not rated by both left out", records(k.LeftOut))
	}
	return b.String()
}

// decimals prints two decimals, without the sign of a zero that was rounded from below.
func decimals(x float64) string {
	s := fmt.Sprintf("%.2f", x)
	if s == "-0.00" {
		return "0.00"
	}
	return s
}

// percent never rounds to 100 what is not all, nor to 0 what is not none.
func percent(share float64) string {
	p := 100 * share
	switch {
	case p < 100 && p >= 99.5:
		return "above 99 %"
	case p > 0 && p < 0.5:
		return "below 1 %"
	}
	return fmt.Sprintf("%.0f %%", p)
}

func records(n int) string {
	if n == 1 {
		return "1 record"
	}
	return fmt.Sprintf("%d records", n)
}
