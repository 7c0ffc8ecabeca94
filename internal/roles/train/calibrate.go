package main

import (
	"math"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

const heldOut = 10 // each tenth document of train is kept from training, to calibrate on

// split parts documents into those to train on and those to calibrate on.
func split(docs []abstract) (train, held []abstract) {
	for i, d := range docs {
		if i%heldOut == heldOut-1 {
			held = append(held, d)
		} else {
			train = append(train, d)
		}
	}
	return train, held
}

// sharpness finds the factor of scores and transitions by which the labels of the
// documents become likeliest.
func sharpness(f *field, docs []abstract) float32 {
	best, least := float32(1), math.Inf(1)
	for hundredths := 30; hundredths <= 200; hundredths += 2 {
		factor := float32(hundredths) / 100
		if loss := surprise(f, docs, factor); loss < least {
			best, least = factor, loss
		}
	}
	return best
}

// surprise is the mean of -ln of the probability of each sentence's label.
func surprise(f *field, docs []abstract, factor float32) float64 {
	sum, n := 0.0, 0
	eachBelief(f, docs, factor, func(label int, p []float64) {
		sum -= math.Log(max(p[label], 1e-9))
		n++
	})
	return sum / float64(max(n, 1))
}

// eachBelief calls see for each labelled sentence with the probabilities of all labels.
func eachBelief(f *field, docs []abstract, factor float32, see func(label int, p []float64)) {
	hot := chain.New(f.labels)
	for i, v := range f.steps.Values {
		hot.Values[i] = v * factor
	}
	var x roles.Extractor
	var b chain.Belief
	for _, d := range docs {
		scores := f.scores(f.read(&x, d))
		for i := range scores {
			scores[i] *= float64(factor)
		}
		hot.Marginals(scores, nil, &b)
		for i, label := range d.labels {
			if label != chain.Free {
				see(label, b.Place[i*f.labels:(i+1)*f.labels])
			}
		}
	}
}
