package keyphrase

import "slices"

// Features is the number of what is looked at in a candidate.
const Features = features

// Looked is what is looked at in each candidate of a text, and the candidate's text.
func Looked(t Text) (texts []string, vectors [][Features]float64) {
	for _, c := range newReader().spans(t) {
		if c.isCandidate() {
			texts = append(texts, c.text)
			vectors = append(vectors, c.vector())
		}
	}
	return texts, vectors
}

// Weights are those in use.
func Weights() [Features]float64 { return weights }

// Ranked are the texts of candidates, the best by other weights first.
func Ranked(texts []string, vectors [][Features]float64, by [Features]float64) []string {
	at := make([]int, len(texts))
	scores := make([]float64, len(texts))
	for i, v := range vectors {
		at[i] = i
		for k, x := range v {
			scores[i] += by[k] * x
		}
	}
	slices.SortStableFunc(at, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	out := make([]string, len(at))
	for i, k := range at {
		out[i] = texts[k]
	}
	return out
}
