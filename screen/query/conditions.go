package query

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// limit gives the node of a limit: its expression and every condition.
func (b *planner) limit(x *Limit, in *In) int32 {
	args := []int32{b.lower(x.Of, in)}
	for i := range x.Conds {
		args = append(args, b.cond(&x.Conds[i], 0))
	}
	return b.join(nodeAnd, args)
}

func (b *planner) cond(c *Cond, depth int) int32 {
	const deepest = 100 // alternatives within alternatives
	switch {
	case depth > deepest:
		return b.cannotSay(condPlace(c), CodeSize, "the limit is too deep")
	case len(c.Any) > 0:
		nodes := make([]int32, len(c.Any))
		for i := range c.Any {
			nodes[i] = b.cond(&c.Any[i], depth+1)
		}
		return b.join(nodeOr, nodes)
	case c.Field == "" || c.Field == Subset:
		return b.named(condPlace(c), c.Value)
	case c.From != (Day{}) || c.To != (Day{}):
		return b.leaf(nodeDates, b.datesIn(c.Field, c.From, c.To))
	}
	words := strings.Fields(c.Value)
	t := &Term{Extent: c.Extent}
	for _, w := range words {
		t.Words = append(t.Words, Word{{Text: w}})
	}
	return b.term(t, []Field{c.Field})
}

// condPlace stands for a condition where a note is about it.
func condPlace(c *Cond) Expr { return &Term{Extent: c.Extent} }

// named gives the node of a limit, filter or subset that is known by its name.
func (b *planner) named(e Expr, name string) int32 {
	key := fold.Key(name)
	if headings := limitHeadings(name); len(headings) > 0 {
		var folded []string
		for _, h := range headings {
			folded = append(folded, fold.Key(h))
		}
		return b.headingTest(headingTest{names: b.nameSet(folded)})
	}
	switch key {
	case "abstracts", "abstract", "hasabstract", "has abstract":
		b.p.presence = append(b.p.presence, partAbstract)
		return b.leaf(nodePresence, int32(len(b.p.presence)-1))
	}
	if lang, ok := strings.CutSuffix(key, " language"); ok || record.KnownLanguage(key) {
		return b.languages([]string{record.Language(lang)})
	}
	return b.cannotSay(e, CodeLimit, "nothing is known of the limit “"+name+"”")
}

// limitHeadings are the headings, one of which a record meets a limit by: the check
// tags of MEDLINE for species, sex and age; none for any other limit.
func limitHeadings(name string) []string {
	switch fold.Key(name) {
	case "humans", "human":
		return []string{"Humans"}
	case "animals", "animal":
		return []string{"Animals"}
	case "male":
		return []string{"Male"}
	case "female":
		return []string{"Female"}
	}
	return ageHeadings(name)
}
