package synth

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/cluster"
	"github.com/evidence-go/evidence/internal/keyphrase"
)

// groupLabel names a group by what its texts say.
type groupLabel struct {
	label   string
	phrases []string
	terms   []string
}

const (
	maxPhrases = 8
	maxTerms   = 10
	inLabel    = 2 // phrases
)

// labels names each group by the phrases that tell its texts from the others, as
// they are written most often. A group that shares no phrase of two words has no
// label: texts share a word by chance.
func (v *vocabulary) labels(docs []document, col collected, groups []cluster.Group) []groupLabel {
	texts := make([]int, len(docs))
	for i := range docs {
		texts[i] = col.at[docs[i].longest]
	}
	members := make([][]int, len(groups))
	for i, g := range groups {
		members[i] = g.Docs
	}
	out := make([]groupLabel, len(groups))
	for i, shared := range col.texts.Only(texts).Telling(members, maxPhrases) {
		if !slices.ContainsFunc(shared, ofWords) {
			continue
		}
		for _, s := range shared {
			out[i].phrases = append(out[i].phrases, s.Text)
		}
		out[i].label = strings.Join(out[i].phrases[:min(inLabel, len(shared))], "; ")
		out[i].terms = v.commonForms(docs, groups[i])
	}
	return out
}

func ofWords(s keyphrase.Shared) bool { return strings.Contains(s.Key, " ") }

// commonForms are the group's telling single words as they are written most often.
func (v *vocabulary) commonForms(docs []document, g cluster.Group) []string {
	counts := map[uint32]map[string]int{}
	var order []uint32
	for _, t := range g.Terms[:min(maxTerms, len(g.Terms))] {
		n := v.number[t.Term]
		order = append(order, n)
		counts[n] = map[string]int{}
	}
	for _, d := range g.Docs {
		for _, n := range docs[d].words {
			w := v.word[n]
			if m, ok := counts[w.stem]; ok {
				m[lowerFirst(w.word)]++
			}
		}
	}
	var out []string
	for _, n := range order {
		if form := commonest(counts[n]); form != "" {
			out = append(out, form)
		}
	}
	return out
}

// commonest is the key with the highest count, of several the first in order.
func commonest(counts map[string]int) string {
	best, most := "", 0
	for s, n := range counts {
		if n > most || n == most && s < best {
			best, most = s, n
		}
	}
	return best
}
