package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

// settings are how a chain is trained.
type settings struct {
	rounds   int     // through all documents; weights are averaged over the second half
	rate     float64 // of a step, before it is divided by what came before (AdaGrad)
	dropped  float64 // share of features that are left out at each step, others at each
	seldom   int     // a feature of fewer sentences is left out
	runs     int     // from different orders of the documents, averaged
	features int     // kept, the weightiest; 0 for all
	once     bool    // a feature that a sentence has several times counts once
}

// usual are the settings of all that is trained here, but for features.
var usual = settings{rounds: 12, rate: 0.15, dropped: 0.5, seldom: 2, runs: 4}

// field is a trained chain: weights of features for each label.
type field struct {
	labels  int
	index   map[uint32]int32 // of a feature's row
	once    bool             // see settings
	weights []float32        // row after row
	steps   chain.Weights
}

// seen is a feature of a sentence, by its row.
type seen struct {
	row   int32
	value float32
}

// reading is a document with the features of each sentence.
type reading struct {
	sentences [][]seen
	labels    []int
}

// eachFeature calls f for each feature of each sentence of a document, those that
// its neighbours lend it included.
func eachFeature(x *roles.Extractor, d abstract, f func(sentence int, features []roles.Feature)) {
	n := len(d.sentences)
	for i, s := range d.sentences {
		own, next, previous := x.Features(s, i, n)
		f(i, own)
		if i > 0 {
			f(i-1, previous)
		}
		if i+1 < n {
			f(i+1, next)
		}
	}
}

// indexed numbers the features that enough sentences have, in the order in which
// they are met; keep, where there is one, says which may stay.
func indexed(docs []abstract, seldom int, keep map[uint32]bool) map[uint32]int32 {
	var x roles.Extractor
	counts := map[uint32]int{}
	index := map[uint32]int32{}
	for _, d := range docs {
		eachFeature(&x, d, func(_ int, features []roles.Feature) {
			for _, f := range features {
				if counts[f.ID]++; counts[f.ID] == seldom && (keep == nil || keep[f.ID]) {
					index[f.ID] = int32(len(index))
				}
			}
		})
	}
	return index
}

// read turns a document into rows of features.
func (f *field) read(x *roles.Extractor, d abstract) reading {
	r := reading{make([][]seen, len(d.sentences)), d.labels}
	eachFeature(x, d, func(i int, features []roles.Feature) {
		for _, feature := range features {
			if row, ok := f.index[feature.ID]; ok {
				r.sentences[i] = append(r.sentences[i], seen{row, feature.Value})
			}
		}
	})
	for i, features := range r.sentences {
		if f.once {
			slices.SortFunc(features, func(a, b seen) int { return cmp.Compare(a.row, b.row) })
			r.sentences[i] = slices.CompactFunc(features, func(a, b seen) bool { return a.row == b.row })
		}
	}
	return r
}

// scores gives the scores of each label for each sentence.
func (f *field) scores(r reading) []float64 {
	out := make([]float64, len(r.sentences)*f.labels)
	for t, features := range r.sentences {
		row := out[t*f.labels : (t+1)*f.labels]
		for _, s := range features {
			for y, w := range f.weights[int(s.row)*f.labels : (int(s.row)+1)*f.labels] {
				row[y] += float64(w * s.value)
			}
		}
	}
	return out
}

// fit trains a chain. With settings.features it is trained twice: once to see which
// features weigh most, once with these only.
func fit(docs []abstract, labels int, s settings) *field {
	index := indexed(docs, s.seldom, nil)
	if s.features > 0 && s.features < len(index) {
		first := s
		first.runs = 1
		index = indexed(docs, s.seldom, heaviest(fitRuns(docs, labels, first, index), s.features))
	}
	return fitRuns(docs, labels, s, index)
}

// fitRuns trains several times and averages.
func fitRuns(docs []abstract, labels int, s settings, index map[uint32]int32) *field {
	sum := newField(labels, index, s)
	var x roles.Extractor
	readings := make([]reading, len(docs))
	for i, d := range docs {
		readings[i] = sum.read(&x, d)
	}
	for run := range s.runs {
		newTrainer(labels, index, s, rand.New(rand.NewPCG(uint64(run+1), uint64(len(docs))))).run(readings, sum)
	}
	return sum
}

// trainer is one run of training.
type trainer struct {
	*field
	settings
	random               *rand.Rand
	squares, stepSquares []float32 // sums of squared gradients
	free, bound          chain.Belief
	present              [][]seen // of the document at hand, what was not dropped
}

func newField(labels int, index map[uint32]int32, s settings) *field {
	return &field{labels: labels, index: index, once: s.once, weights: make([]float32, len(index)*labels), steps: chain.New(labels)}
}

func newTrainer(labels int, index map[uint32]int32, s settings, random *rand.Rand) *trainer {
	f := newField(labels, index, s)
	return &trainer{field: f, settings: s, random: random, squares: make([]float32, len(f.weights)), stepSquares: make([]float32, len(f.steps.Values))}
}

// run goes through the documents, and adds its averaged weights to sum.
func (t *trainer) run(readings []reading, sum *field) {
	order := t.random.Perm(len(readings))
	averaged := t.rounds - t.rounds/2
	share := 1 / float32(averaged*t.runs)
	for round := range t.rounds {
		t.random.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		for _, i := range order {
			t.learn(readings[i])
		}
		if round >= t.rounds/2 {
			sum.add(t.field, share)
		}
	}
}

// add adds a share of another's weights.
func (f *field) add(other *field, share float32) {
	for i, w := range other.weights {
		f.weights[i] += w * share
	}
	for i, w := range other.steps.Values {
		f.steps.Values[i] += w * share
	}
}

// learn takes one step up the likelihood of a document's labels; of sentences
// without one, any label will do.
func (t *trainer) learn(r reading) {
	t.drop(r)
	t.believe(t.scores(reading{t.present, nil}), r.labels)
	for i, features := range t.present {
		if r.labels[i] != chain.Free {
			t.climb(features, t.gradient(i))
		}
	}
}

// believe compares what the scores say with what the labels do, and moves the
// weights of transitions.
func (t *trainer) believe(scores []float64, labels []int) {
	t.steps.Marginals(scores, nil, &t.free)
	t.steps.Marginals(scores, labels, &t.bound)
	for i := range t.steps.Values {
		d := [1]float32{float32(t.bound.Step[i] - t.free.Step[i])}
		climb(t.steps.Values[i:i+1], t.stepSquares[i:i+1], d[:], 1, t.rate)
	}
}

// gradient is how much likelier each label of a sentence should be.
func (t *trainer) gradient(sentence int) []float32 {
	out := make([]float32, t.labels)
	for y := range out {
		at := sentence*t.labels + y
		out[y] = float32(t.bound.Place[at] - t.free.Place[at])
	}
	return out
}

// climb moves the weights of features.
func (t *trainer) climb(features []seen, gradient []float32) {
	for _, f := range features {
		from, to := int(f.row)*t.labels, (int(f.row)+1)*t.labels
		climb(t.weights[from:to], t.squares[from:to], gradient, f.value, t.rate)
	}
}

// drop leaves features out by chance, and lets the others count for them
// (Srivastava et al. 2014).
func (t *trainer) drop(r reading) {
	limit := uint32(t.dropped * math.MaxUint32)
	scale := float32(1 / (1 - t.dropped))
	for len(t.present) < len(r.sentences) {
		t.present = append(t.present, nil)
	}
	t.present = t.present[:len(r.sentences)]
	for i, features := range r.sentences {
		t.present[i] = t.present[i][:0]
		for _, f := range features {
			if t.random.Uint32() >= limit {
				t.present[i] = append(t.present[i], seen{f.row, f.value * scale})
			}
		}
	}
}

// climb is a step of AdaGrad (Duchi, Hazan and Singer 2011).
func climb(weights, squares, gradient []float32, value float32, rate float64) {
	const damping = 0.1 // keeps the first steps from being long
	for y, g := range gradient {
		d := g * value
		if d == 0 {
			continue
		}
		squares[y] += d * d
		weights[y] += float32(rate) * d / (float32(math.Sqrt(float64(squares[y]))) + damping)
	}
}
