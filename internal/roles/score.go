package roles

import (
	"strings"

	"github.com/evidence-go/evidence/internal/roles/chain"
	"github.com/evidence-go/evidence/internal/token"
)

const (
	longestRead = 4096 // bytes of a sentence; what a longer one is, its beginning tells
	// wordsRead is how many words of an abstract tell its language, and functionWords
	// the least share of them that are articles, prepositions and the like: English
	// abstracts have 23 % and more, those of other languages at most 15 % that look
	// like English ones.
	wordsRead     = 300
	functionWords = 0.19
)

// scores gives the scores of each sentence, Labels in a row.
func (m *Model) scores(sentences []string) []float64 {
	scores := make([]float64, len(sentences)*Labels)
	var x Extractor
	for i, s := range sentences {
		own, next, previous := x.Features(s[:min(len(s), longestRead)], i, len(sentences))
		at := i * Labels
		m.add(scores[at:at+Labels], own)
		if i > 0 {
			m.add(scores[at-Labels:at], previous)
		}
		if i+1 < len(sentences) {
			m.add(scores[at+Labels:at+2*Labels], next)
		}
	}
	return scores
}

// marginals gives how likely each role is for each sentence.
func (m *Model) marginals(scores []float64, labels []int) []float64 {
	var b chain.Belief
	m.heat.Marginals(scores, labels, &b)
	return b.Place
}

// inEnglish tells whether the words of an abstract are English ones. A text
// without words is not.
func inEnglish(sentences []string) bool {
	words, small := 0, 0
	for _, s := range sentences {
		s = s[:min(len(s), longestRead)]
		for _, t := range token.Words(s) {
			w := t.Of(s)
			if isDigit(w[0]) || w[0] == '.' {
				continue
			}
			words++
			if token.Stop(strings.ToLower(w)) {
				small++
			}
		}
		if words >= wordsRead {
			break
		}
	}
	return words > 0 && float64(small) >= functionWords*float64(words)
}
