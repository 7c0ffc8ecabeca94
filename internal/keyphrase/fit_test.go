package keyphrase_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/keyphrase"
)

// chosen is a text's candidates, and which of them people chose.
type chosen struct {
	texts   []string
	vectors [][keyphrase.Features]float64
	gold    map[string]bool
}

func readChosen(t testing.TB, set string) (list []chosen) {
	t.Helper()
	for _, d := range readIndexed(t, set) {
		texts, vectors := keyphrase.Looked(d.text())
		list = append(list, chosen{texts, vectors, d.gold()})
	}
	return list
}

// The weights are within a twentieth of the means of two logistic regressions, each on one set. What they are worth on
// texts of another kind is what each regression is worth on the set it has not seen.
func TestWeightsFittedOnOneSetServeTheOther(t *testing.T) {
	first, second := readChosen(t, "semeval2017"), readChosen(t, "inspec")
	byFirst, bySecond := fit(first), fit(second)
	const step = 0.05
	for i, w := range keyphrase.Weights() {
		assert.InDelta(t, (byFirst[i]+bySecond[i])/2, w, step, "weight %d: %.2f and %.2f", i, byFirst[i], bySecond[i])
	}
	onSecond, onFirst := score(second, byFirst), score(first, bySecond)
	t.Logf("fitted on the other set, F1@10: semeval2017 %.2f, inspec %.2f", onFirst, onSecond)
	assert.GreaterOrEqual(t, onFirst, 35.5)
	assert.GreaterOrEqual(t, onSecond, 33.6)
}

func score(list []chosen, weights [keyphrase.Features]float64) float64 {
	sum := 0.0
	for _, d := range list {
		sum += f1(keyphrase.Ranked(d.texts, d.vectors, weights), d.gold)
	}
	return 100 * sum / float64(len(list))
}

const dims = keyphrase.Features + 1 // with the constant

// fit is a logistic regression by Newton's method, with a small penalty for large weights.
func fit(list []chosen) (weights [keyphrase.Features]float64) {
	const rounds, penalty = 10, 1.0
	var w [dims]float64
	for range rounds {
		var slope [dims]float64
		var curve [dims][dims]float64
		for i := range w {
			slope[i], curve[i][i] = penalty*w[i], penalty
		}
		for _, d := range list {
			for k, text := range d.texts {
				y := 0.0
				if d.gold[stems(text)] {
					y = 1
				}
				learn(&slope, &curve, &w, d.vectors[k], y)
			}
		}
		for i, s := range solve(curve, slope) {
			w[i] -= s
		}
	}
	copy(weights[:], w[1:])
	return weights
}

func learn(slope *[dims]float64, curve *[dims][dims]float64, w *[dims]float64, v [keyphrase.Features]float64, y float64) {
	x := [dims]float64{1}
	copy(x[1:], v[:])
	z := 0.0
	for i := range x {
		z += w[i] * x[i]
	}
	p := 1 / (1 + math.Exp(-z))
	for i := range x {
		slope[i] += (p - y) * x[i]
		for j := range x {
			curve[i][j] += p * (1 - p) * x[i] * x[j]
		}
	}
}

// solve gives x of a·x = b for a positive definite a, by elimination.
func solve(a [dims][dims]float64, b [dims]float64) [dims]float64 {
	for i := range b {
		for k := i + 1; k < dims; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < dims; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	for i := dims - 1; i >= 0; i-- {
		for j := i + 1; j < dims; j++ {
			b[i] -= a[i][j] * b[j]
		}
		b[i] /= a[i][i]
	}
	return b
}
