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
	if headings, ok := limitHeadings[key]; ok {
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

// limitHeadings are the headings, one of which a record meets a limit by: the
// check tags of MEDLINE for the age groups and species of Ovid and PubMed, by
// folded name (National Library of Medicine, MEDLINE check tags).
var limitHeadings = func() map[string][]string {
	m := map[string][]string{
		"humans": {"Humans"}, "human": {"Humans"}, "animals": {"Animals"}, "animal": {"Animals"}, "male": {"Male"}, "female": {"Female"},
	}
	for names, headings := range map[string][]string{
		"all infant|all infant birth to 23 months":                    {"Infant, Newborn", "Infant"},
		"all child|all child 0 to 18 years":                           {"Infant, Newborn", "Infant", "Child, Preschool", "Child", "Adolescent"},
		"all adult|all adult 19 plus years":                           {"Young Adult", "Adult", "Middle Aged", "Aged", "Aged, 80 and over"},
		"all aged|all aged 65 and over":                               {"Aged", "Aged, 80 and over"},
		"newborn infant|newborn infant birth to 1 month":              {"Infant, Newborn"},
		"infant|infant 1 to 23 months":                                {"Infant"},
		"preschool child|preschool child 2 to 5 years":                {"Child, Preschool"},
		"child|child 6 to 12 years":                                   {"Child"},
		"adolescent|adolescent 13 to 18 years":                        {"Adolescent"},
		"young adult|young adult 19 to 24 years":                      {"Young Adult"},
		"adult|adult 19 to 44 years":                                  {"Adult"},
		"young adult and adult|young adult and adult 19 24 and 19 44": {"Young Adult", "Adult"},
		"middle age|middle aged|middle age 45 to 64 years":            {"Middle Aged"},
		"middle aged 45 plus years":                                   {"Middle Aged", "Aged", "Aged, 80 and over"},
		"aged":                                                        {"Aged"},
		"aged 80 and over|aged 80 and over years":                     {"Aged, 80 and over"},
	} {
		for _, name := range strings.Split(names, "|") {
			m[name] = headings
		}
	}
	return m
}()
