package grounding

import (
	"fmt"
	"strings"

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
		if n.Kind == numeral.Percent && noun.unit == none && !strings.HasPrefix(strings.TrimSpace(c.text[n.End:]), "of ") {
			noun = c.nounBefore(n.Start) // "71 % found it harder"
		}
		if c.isYear(n) || c.isCounted(n, noun) || c.isOfDesign(n) {
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
		if token.Stop(low) || reporting[low] {
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
		if n.Key == "1" && n.Bound == numeral.Exact && n.Kind == numeral.Plain && counted.text != "" && hasOne(text, counted.text) {
			return true
		}
		for _, m := range numeral.In(text) {
			if same(n, m) && (counted.text == "" || words[stem(counted.text)] && sameMeasure(counted.text, text[m.End:])) {
				return true
			}
		}
	}
	return false
}

// hasOne holds for a text with "a nurse" or "a single nurse", which are one nurse.
func hasOne(text, counted string) bool {
	words := token.Words(text)
	for i, w := range words {
		if i == 0 || stem(w.Of(text)) != stem(counted) {
			continue
		}
		switch strings.ToLower(words[i-1].Of(text)) {
		case "a", "an", "single", "sole":
			return true
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
	return n.Key == m.Key && n.To == m.To && n.Of == m.Of && n.Share == m.Share
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
