package grounding

import (
	"math"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/numeral"
	"github.com/evidence-go/evidence/internal/token"
)

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

// part is a count and what it is a count of; of is below 1 where nobody knows.
type part struct {
	count, of int
	cited     bool // counted from what the sentence cites: there may be more
}

// parts are the counts that a sentence may state in a unit.
func (c *check) parts(u unit) []part {
	var out []part
	total := 0
	for _, k := range c.claims() {
		switch {
		case (u == studyUnit) == c.ev.Studies:
			out = append(out, part{k.Count, k.Of, false})
			if k.Label == "" {
				total = k.Of
			}
		case u == recordUnit:
			out = append(out, part{k.Records, -1, false})
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
		out = append(out, part{cited, whole, true})
		if total > 0 {
			out = append(out, part{cited, total, true})
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
		if p.cited && (n.Bound == numeral.Less || n.Bound == numeral.AtMost) {
			continue
		}
		share := -1.0
		if p.of > 0 {
			share = float64(p.count) / float64(p.of)
		}
		switch {
		case n.Kind == numeral.Plain && !n.Share:
			if c.plainHolds(n, p) {
				return true
			}
		case share < 0:
		case n.Kind == numeral.Plain: // "one in six"
			as := n
			as.Kind, as.Value = numeral.Part, 1/n.OfValue
			if holds(as, share, 1e-9) {
				return true
			}
		case n.Kind == numeral.Percent && holds(n, 100*share, 0.5*math.Pow10(-n.Decimals)+1e-9),
			n.Kind == numeral.Part && holds(n, share, 1e-9):
			return true
		}
	}
	return false
}

// plainHolds compares a number with a count and its total: "3", "3 of 6", "of the
// 6 records".
func (c *check) plainHolds(n numeral.Number, p part) bool {
	switch {
	case n.Of != "":
		return n.OfValue == float64(p.of) && holds(n, float64(p.count), 0)
	case holds(n, float64(p.count), 0):
		return true
	}
	return n.Bound == numeral.Exact && p.of > 0 && n.Value == float64(p.of) && c.isTotal(n.Start)
}

// designNouns end the name of a design.
var designNouns = wordSet(`trial trials review reviews protocol protocols survey surveys series evaluation evaluations guideline guidelines meta-analysis
	meta-analyses analysis analyses cohort cohorts editorial editorials letter letters comment comments overview overviews`)

// isOfDesign holds for the number of a claim about a design where the design's name
// follows it: "five systematic reviews", "7 qualitative studies".
func (c *check) isOfDesign(n numeral.Number) bool {
	if n.Kind != numeral.Plain || n.To != "" || n.Of != "" {
		return false
	}
	for _, k := range c.ev.Claims {
		if k.Label != "" && holds(n, float64(k.Count), 0) && c.named(n.End, k.Label) {
			return true
		}
	}
	return false
}

// named holds where the words from a byte on are those of a design and end with
// what it is: a study, a trial.
func (c *check) named(from int, design string) bool {
	known := stems(design)
	own, last := false, ""
	at := from
	for _, w := range token.Words(c.text[from:min(len(c.text), from+80)]) {
		w = token.Token{Start: from + w.Start, End: from + w.End}
		low := strings.ToLower(w.Of(c.text))
		if strings.Trim(c.text[at:w.Start], " -") != "" || !known[stem(low)] && countingNouns[low] == none {
			break
		}
		own = own || countingNouns[low] == none
		at, last = w.End, low
	}
	return own && (countingNouns[last] != none || designNouns[last])
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
