package grounding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
)

// endings are those of the names of medicines: the stems by which the World Health Organization names substances of one
// kind (The use of stems in the selection of International Nonproprietary Names), as far as no ordinary English word
// has them.
var endings = strings.Fields(`adol afil alol apine asone astine azepam azolam azole azosin barbital buterol caine cillin codone
	conazole coxib curium cycline dipine dronate fenac fenadine fentanil fentanyl fibrate floxacin formin
	gabalin gatran gliflozin glinide gliptin glitazone glutide dogrel grelor sugrel idone ipramine listat lukast meterol
	moterol mustine mycin nidazole olol olone onide oxacin oxamine oxetine oxicam parib parin penem perazine
	phylline platin prazole pril prilat profen promazine quine racetam rizine rubicin sartan semide setron
	statin stigmine tadine taxel thiazide tidine tinib trexate triptan triptyline tropium umab vudine xaban
	ximab zodone zumab`)

// isMedicine holds for a folded word that ends like the name of a medicine.
func isMedicine(word string) bool {
	const shortest = 7
	word = strings.TrimSuffix(word, "s")
	return len(word) >= shortest && slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(word, e) })
}

// medicines asks that a medicine that a sentence names is one that a record it cites names too, or the theme: what was
// found of one is not said of another.
func (c *check) medicines() {
	if len(c.ev.Sources) == 0 {
		return
	}
	var known map[string]bool
	for _, t := range token.Words(c.text) {
		w := fold.Key(t.Of(c.text))
		if !isMedicine(w) || c.isSettled(t.Start, t.End) {
			continue
		}
		if known == nil {
			texts := append([]string{c.ev.Theme}, c.ev.Quotes...)
			for _, s := range c.ev.Sources {
				texts = append(texts, s.Texts...)
			}
			for _, k := range c.ev.Claims {
				texts = append(texts, k.Label)
			}
			known = stems(texts...)
		}
		if !known[token.Stem(w)] && !known[token.Stem(strings.TrimSuffix(w, "s"))] {
			c.fault(Support, t.Start, t.End, fmt.Sprintf("it names %q, which nothing that it cites does", t.Of(c.text)))
		}
	}
}
