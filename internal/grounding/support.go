package grounding

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
)

// leastSupport is the share of a sentence's words of content, one in so many, that
// must stand in what it cites. It is low, so that a paraphrase passes: it finds a
// citation that has nothing to do with the sentence.
const leastSupport = 4

// support asks that a sentence says something that its citations are about. One
// that cites claims alone must state a count: claims support nothing else.
func (c *check) support() {
	if len(c.ev.Sources) == 0 {
		if !c.counts {
			c.fault(Support, 0, len(c.text), "it cites claims, which are counts, and states none of them")
		}
		return
	}
	texts := c.said()
	if len(c.ev.Quotes) == 0 {
		for _, s := range c.ev.Sources {
			texts = append(texts, s.Texts...)
		}
	}
	for _, k := range c.ev.Claims {
		texts = append(texts, k.Label)
	}
	known := stems(texts...)
	words, shared := 0, 0
	for _, t := range token.Words(c.text) {
		w := fold.Key(t.Of(c.text))
		if slices.ContainsFunc(c.called, func(n token.Token) bool { return t.Start < n.End && n.Start < t.End }) || strings.Trim(w, "0123456789.") == "" {
			continue
		}
		if token.Stop(w) || countingNouns[w] != none || reporting[w] || len(w) < 3 {
			continue
		}
		words++
		if known[token.Stem(w)] || known[stem(t.Of(c.text))] {
			shared++
		}
	}
	if words > 0 && leastSupport*shared < words {
		c.fault(Support, 0, len(c.text), "hardly any of its words stand in what it cites")
	}
}

// reporting are words by which a sentence says that something is said.
var reporting = wordSet(`say says said speak speaks spoke report reports reported describe describes described find finds found show shows showed shown
	suggest suggests suggested indicate indicates indicated state states stated note notes noted mention mentions mentioned address addresses addressed
	theme themes according cited concern concerns concerned author authors`)
