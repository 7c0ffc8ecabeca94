package chain_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/roles/chain"
)

// row draws weights, scores and what is known of a short row of labels.
func row(t *rapid.T) (w chain.Weights, scores []float64, known []int) {
	w = chain.New(rapid.IntRange(1, 3).Draw(t, "labels"))
	number := rapid.Float64Range(-5, 5)
	for i := range w.Values {
		w.Values[i] = float32(number.Draw(t, "weight"))
	}
	places := rapid.IntRange(1, 4).Draw(t, "places")
	for range places {
		known = append(known, rapid.IntRange(chain.Free, w.Labels-1).Draw(t, "known"))
		for range w.Labels {
			scores = append(scores, number.Draw(t, "score"))
		}
	}
	return w, scores, known
}

// eachRow calls f with each row of labels that is possible, and its weight.
func eachRow(w chain.Weights, scores []float64, known []int, f func(labels []int, weight float64)) {
	n := w.Labels
	places := len(scores) / n
	labels := make([]int, places)
	var fill func(t int)
	fill = func(t int) {
		if t == places {
			sum := w.At(n, labels[0]) + w.At(labels[places-1], n)
			for i, y := range labels {
				sum += scores[i*n+y]
				if i > 0 {
					sum += w.At(labels[i-1], y)
				}
			}
			f(labels, sum)
			return
		}
		for y := range n {
			if known[t] == chain.Free || known[t] == y {
				labels[t] = y
				fill(t + 1)
			}
		}
	}
	fill(0)
}

func TestMarginalsAreThoseOfAllRowsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, scores, known := row(t)
		n := w.Labels
		place, step, total := make([]float64, len(scores)), make([]float64, len(w.Values)), 0.0
		eachRow(w, scores, known, func(labels []int, weight float64) {
			p := math.Exp(weight)
			total += p
			step[n*(n+1)+labels[0]] += p
			step[labels[len(labels)-1]*(n+1)+n] += p
			for i, y := range labels {
				place[i*n+y] += p
				if i > 0 {
					step[labels[i-1]*(n+1)+y] += p
				}
			}
		})
		var b chain.Belief
		w.Marginals(scores, known, &b)
		require.Len(t, b.Place, len(place))
		for i := range place {
			assert.InDelta(t, place[i]/total, b.Place[i], 1e-9)
		}
		for i := range step {
			assert.InDelta(t, step[i]/total, b.Step[i], 1e-9)
		}
	})
}

func TestTheBestRowIsNotBeatenByAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, scores, known := row(t)
		best := w.Best(scores, known)
		got, most := math.Inf(-1), math.Inf(-1)
		eachRow(w, scores, known, func(labels []int, weight float64) {
			most = max(most, weight)
			if assert.ObjectsAreEqual(labels, best) {
				got = weight
			}
		})
		assert.InDelta(t, most, got, 1e-9)
	})
}

func TestARowOfNoPlaceHasNoLabels(t *testing.T) {
	w := chain.New(3)
	assert.Nil(t, w.Best(nil, nil))
	var b chain.Belief
	w.Marginals(nil, nil, &b)
	assert.Empty(t, b.Place)
}

func TestALongRowKeepsItsNumbers(t *testing.T) {
	w := chain.New(2)
	scores := make([]float64, 2*20_000)
	for i := range scores {
		scores[i] = float64(i%7) * 100
	}
	var b chain.Belief
	w.Marginals(scores, nil, &b)
	for i := 0; i < len(b.Place); i += 2 {
		assert.InDelta(t, 1, b.Place[i]+b.Place[i+1], 1e-9)
	}
}
