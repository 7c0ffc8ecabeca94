package grounding

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/numeral"
	"github.com/evidence-go/evidence/internal/token"
)

// numbers checks each number of the sentence outside quotations and names.
func (c *check) numbers() {
	for _, n := range numeral.In(c.text) {
		if c.isSettled(n.Start, n.End) {
			continue
		}
		noun := c.nounAfter(n.End, false)
		if noun.text == "" && n.Kind == numeral.Percent {
			noun = c.nounBefore(n.Start)
		}
		if c.isYear(n) || c.isCounted(n, noun) {
			c.counts = true
			continue
		}
		if c.inText(n, noun) {
			continue
		}
		written := c.text[n.Start:n.End]
		switch {
		case noun.unit != none && !c.unitCounted(noun.unit):
			c.fault(Number, n.Start, n.End, fmt.Sprintf("%q: %s are counted here, not %s", written, c.counted(), noun.text))
		case noun.text != "" && n.Kind != numeral.Code:
			c.fault(Number, n.Start, n.End, fmt.Sprintf("%q with %q follows from no claim, no cited quote and no count of what is cited", written, noun.text))
		default:
			c.fault(Number, n.Start, n.End, fmt.Sprintf("%q follows from no claim, no cited quote and no count of what is cited", written))
		}
	}
}

func (c *check) counted() string {
	if c.ev.Studies {
		return "studies"
	}
	return "records"
}

// unit is what a noun counts.
type unit int

const (
	none unit = iota
	recordUnit
	studyUnit
)

// noun is the word that a number or a quantifier counts.
type noun struct {
	text string // as it stands; "" where no noun follows
	unit unit
}

var countingNouns = map[string]unit{
	"record": recordUnit, "records": recordUnit, "report": recordUnit, "reports": recordUnit, "article": recordUnit, "articles": recordUnit,
	"paper": recordUnit, "papers": recordUnit, "publication": recordUnit, "publications": recordUnit, "source": recordUnit, "sources": recordUnit,
	"study": studyUnit, "studies": studyUnit,
}

// between are words that may stand between a number and what it counts.
var between = map[string]bool{
	"of": true, "the": true, "these": true, "those": true, "all": true, "our": true, "such": true, "further": true, "other": true, "different": true,
	"included": true, "cited": true, "summarised": true, "summarized": true, "coded": true, "relevant": true, "available": true, "identified": true, "more": true,
}

// nounAfter is the word counted by what ends at a byte; nothing but blanks,
// hyphens and words such as "of the" may stand between; numbers only where the
// caller says so: "all 12 nurses", but not "four 1-week courses".
func (c *check) nounAfter(end int, pastNumbers bool) noun {
	const reach = 5 // words
	at := end
	for range reach {
		words := token.Words(c.text[at:min(len(c.text), at+60)])
		if len(words) == 0 || strings.Trim(c.text[at:at+words[0].Start], " -\u00a0\u2010\u2011“”\"«»'’‘") != "" {
			return noun{}
		}
		w := words[0].Of(c.text[at:])
		at += words[0].End
		low := strings.ToLower(w)
		if u, ok := countingNouns[low]; ok {
			return noun{w, u}
		}
		if between[low] || quantities[low] != nil && low != "no" {
			continue
		}
		if ns := numeral.In(w); len(ns) == 1 && ns[0].Kind == numeral.Plain {
			if !pastNumbers {
				return noun{}
			}
			continue
		}
		if token.Stop(low) {
			return noun{}
		}
		return noun{text: w}
	}
	return noun{}
}

// nounBefore is the records or studies behind which a number stands in brackets:
// "3 of 6 records (50 %)".
func (c *check) nounBefore(start int) noun {
	before, ok := strings.CutSuffix(strings.TrimRight(c.text[:start], " "), "(")
	words := token.Words(before)
	if !ok || len(words) == 0 {
		return noun{}
	}
	w := words[len(words)-1].Of(before)
	if u := countingNouns[strings.ToLower(w)]; u != none {
		return noun{w, u}
	}
	return noun{}
}

func (c *check) unitCounted(u unit) bool { return (u == studyUnit) == c.ev.Studies || u == recordUnit }

// inText holds for a number that stands in a cited quote or in what the theme is,
// of the same kind and with the same limit, in company of the same noun.
func (c *check) inText(n numeral.Number, counted noun) bool {
	if n.Kind == numeral.Code {
		return c.codeInText(n.Key)
	}
	for _, text := range c.said() {
		words := stems(text)
		for _, m := range numeral.In(text) {
			if same(n, m) && (counted.text == "" || words[stem(counted.text)] && sameMeasure(counted.text, text[m.End:])) {
				return true
			}
		}
	}
	return false
}

// codeInText holds for a name with digits that a cited source, a quote or the
// theme has as a word.
func (c *check) codeInText(key string) bool {
	texts := c.said()
	for _, s := range c.ev.Sources {
		texts = append(texts, s.Texts...)
	}
	for _, text := range texts {
		for _, m := range numeral.In(text) {
			if m.Kind == numeral.Code && m.Key == key {
				return true
			}
		}
	}
	return false
}

// same holds for two numbers that say the same. "About" may be added.
func same(n, m numeral.Number) bool {
	if n.Kind != m.Kind {
		return false
	}
	if n.Bound != m.Bound && !(n.Bound == numeral.About && m.Bound == numeral.Exact) {
		return false
	}
	if n.To == "" && n.Of == "" && m.To == "" && m.Of != "" {
		return n.Key == m.Key || n.Key == m.Of
	}
	if n.To == "" && m.To != "" && n.IsYear() && m.IsYear() {
		return n.Key == m.Key || n.Key == m.To
	}
	return n.Key == m.Key && n.To == m.To && n.Of == m.Of
}

// measures are nouns that say in what a number is measured: "six months" are not
// "six weeks", whatever else the text speaks of.
var measures = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields("year years month months week weeks day days hour hours minute minutes second seconds session sessions point points time times " +
		"kg g mg µg ml l mm cm m km dollar dollars euro euros pound pounds") {
		set[w] = true
	}
	return set
}()

// sameMeasure holds unless counted is a measure and the text goes on with another.
func sameMeasure(counted, rest string) bool {
	if !measures[strings.ToLower(counted)] {
		return true
	}
	words := token.Words(rest[:min(len(rest), 60)])
	return len(words) > 0 && stem(words[0].Of(rest)) == stem(counted)
}

// isYear holds for a year, or a span of years, of a claim or of cited sources.
func (c *check) isYear(n numeral.Number) bool {
	if !n.IsYear() || n.Of != "" {
		return false
	}
	first, last := 0, 0
	for _, s := range c.ev.Sources {
		if s.Year == 0 {
			continue
		}
		if first == 0 || s.Year < first {
			first = s.Year
		}
		last = max(last, s.Year)
		if n.To == "" && float64(s.Year) == n.Value {
			return true
		}
	}
	spans := [][2]int{{first, last}}
	for _, k := range c.claims() {
		spans = append(spans, [2]int{k.First, k.Last})
	}
	for _, s := range spans {
		if s[0] == 0 {
			continue
		}
		if n.To == "" && (float64(s[0]) == n.Value || float64(s[1]) == n.Value) || n.To != "" && float64(s[0]) == n.Value && float64(s[1]) == n.ToValue {
			return true
		}
	}
	return false
}

// claims are those that the sentence may speak of: the theme's own, and one for
// part of it where the sentence has a word of that part's name.
func (c *check) claims() []Claim {
	words := stems(c.text)
	var out []Claim
	for _, k := range c.ev.Claims {
		if k.Label == "" || slices.ContainsFunc(fold.Words(k.Label), func(w string) bool {
			return !token.Stop(w) && countingNouns[w] == none && words[token.Stem(w)]
		}) {
			out = append(out, k)
		}
	}
	return out
}

// parts are the counts, and what they are counts of, that a sentence may state in
// a unit.
func (c *check) parts(u unit) [][2]int {
	var out [][2]int
	total := 0
	for _, k := range c.claims() {
		switch {
		case (u == studyUnit) == c.ev.Studies:
			out = append(out, [2]int{k.Count, k.Of})
			if k.Label == "" {
				total = k.Of
			}
		case u == recordUnit:
			out = append(out, [2]int{k.Records, -1})
		}
	}
	cited, whole := c.ev.Cited.Records, c.ev.Whole.Records
	if u == studyUnit {
		if !c.ev.Studies {
			return nil
		}
		cited, whole = c.ev.Cited.Studies, c.ev.Whole.Studies
	}
	if cited > 0 {
		out = append(out, [2]int{cited, whole})
		if total > 0 {
			out = append(out, [2]int{cited, total})
		}
	}
	return out
}

// isCounted holds for a number of records or studies that a claim has or that
// counting the cited ones gives.
func (c *check) isCounted(n numeral.Number, counted noun) bool {
	u := counted.unit
	if u == none {
		if n.Of == "" || counted.text != "" || n.Kind != numeral.Plain {
			return false
		}
		if u = recordUnit; c.ev.Studies {
			u = studyUnit
		}
	}
	if n.To != "" {
		return false
	}
	for _, p := range c.parts(u) {
		switch n.Kind {
		case numeral.Plain:
			if n.Of != "" {
				if n.OfValue == float64(p[1]) && holds(n, float64(p[0]), 0) {
					return true
				}
			} else if holds(n, float64(p[0]), 0) || n.Bound == numeral.Exact && n.Value == float64(p[1]) && p[1] > 0 && c.isTotal(n.Start) {
				return true
			}
		case numeral.Percent:
			if p[1] > 0 && holds(n, 100*float64(p[0])/float64(p[1]), 0.5*math.Pow10(-n.Decimals)+1e-9) {
				return true
			}
		case numeral.Part:
			if p[1] > 0 && holds(n, float64(p[0])/float64(p[1]), 1e-9) {
				return true
			}
		}
	}
	return false
}

// isTotal holds for a number that is said to be what others are a part of: "of
// the 27 records, 3 …".
func (c *check) isTotal(start int) bool {
	words := strings.Fields(strings.ToLower(c.text[:start]))
	for len(words) > 0 && between[words[len(words)-1]] && words[len(words)-1] != "of" {
		words = words[:len(words)-1]
	}
	return len(words) > 0 && slices.Contains([]string{"of", "among", "across"}, words[len(words)-1])
}

// near is how far "about" reaches: a tenth of what was counted; of a share five
// parts in a hundred.
const near = 0.1

// holds compares a number with what was counted, give or take slack.
func holds(n numeral.Number, counted, slack float64) bool {
	switch n.Bound {
	case numeral.About:
		reach := near * counted
		switch n.Kind {
		case numeral.Percent:
			reach = 5
		case numeral.Part:
			reach = 0.05
		}
		return math.Abs(counted-n.Value) <= reach+slack
	case numeral.More:
		return counted > n.Value
	case numeral.AtLeast:
		return counted >= n.Value-slack
	case numeral.Less:
		return counted < n.Value
	case numeral.AtMost:
		return counted <= n.Value+slack
	}
	return math.Abs(counted-n.Value) <= slack
}
