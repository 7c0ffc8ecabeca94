package grounding

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/token"
)

// clause is a part of a sentence in which a "not" reaches every word.
type clause struct {
	words   []clauseWord
	negated bool
}

type clauseWord struct {
	text, stem string
	token.Token
	negator bool
}

// negators turn what follows them around.
var negators = wordSet(`no not never without neither nor none cannot nobody nothing hardly scarcely barely
	isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shouldn't can't couldn't
	lack lacked lacks lacking absence absent fail fails failed failing unable non nowhere untrue false`)

// parting words begin a clause of their own.
var parting = wordSet(`but although though however whereas while yet except despite because`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// clauses parts a text at stops, commas and conjunctions.
func clauses(text string) []clause {
	var out []clause
	var now clause
	flush := func() {
		if len(now.words) > 0 {
			out = append(out, now)
		}
		now = clause{}
	}
	last := 0
	for _, t := range token.Words(text) {
		low := strings.ReplaceAll(strings.ToLower(t.Of(text)), "’", "'")
		if strings.ContainsAny(text[last:t.Start], ",;:.!?()") || parting[low] {
			flush()
		}
		last = t.End
		w := clauseWord{text: low, stem: token.Stem(low), Token: t, negator: negators[low] || low == "other" && strings.HasPrefix(text[t.End:], " than ")}
		if w.negator && !notOnly(text[t.Start:]) {
			now.negated = true
		}
		now.words = append(now.words, w)
	}
	flush()
	return out
}

func notOnly(rest string) bool {
	low := strings.ToLower(rest[:min(len(rest), 10)])
	return strings.HasPrefix(low, "not only") || strings.HasPrefix(low, "no doubt")
}

// targets are the first words of content behind each "not": what is denied.
func (cl clause) targets() [][]clauseWord {
	const most = 2
	var out [][]clauseWord
	for i, w := range cl.words {
		if !w.negator {
			continue
		}
		var list []clauseWord
		for _, next := range cl.words[i+1:] {
			if len(list) == most {
				break
			}
			if !next.negator && content(next) {
				list = append(list, next)
			}
		}
		if len(list) > 0 {
			out = append(out, list)
		}
	}
	return out
}

// content holds for a word that says something by itself.
func content(w clauseWord) bool {
	return !token.Stop(w.text) && countingNouns[w.text] == none && w.text != "evidence" && len(w.text) > 2
}

// stances tell in which way each stem stands in some texts.
type stances struct{ affirmed, denied map[string]bool }

func stancesOf(list []clause) stances {
	s := stances{map[string]bool{}, map[string]bool{}}
	for _, cl := range list {
		for _, w := range cl.words {
			if cl.negated {
				s.denied[w.stem] = true
				continue
			}
			s.affirmed[w.stem] = true
		}
	}
	return s
}

// findings compares what the sentence denies with what its quotes deny. Where no
// quote is cited, the texts of the cited records speak.
func (c *check) findings() {
	texts := append(append([]string{}, c.ev.Quotes...), c.around...)
	if len(texts) == 0 {
		for _, s := range c.ev.Sources {
			texts = append(texts, s.Texts...)
		}
	}
	if len(texts) == 0 {
		return
	}
	var theirs []clause
	for _, t := range texts {
		theirs = append(theirs, clauses(t)...)
	}
	ours := clauses(c.text)
	us, them := stancesOf(ours), stancesOf(theirs)
	c.added(ours, them)
	c.oftener(ours, theirs)
	c.dropped(ours, us, theirs, them)
	c.twice(ours, theirs)
	c.significance(ours, them)
	c.prefixes(ours, us, them)
	c.directions(ours, theirs)
}

// added finds a "not" before what every cited quote affirms.
func (c *check) added(ours []clause, them stances) {
	for _, cl := range ours {
		for _, target := range cl.targets() {
			var affirmed *clauseWord
			for i, w := range target {
				if them.denied[w.stem] {
					affirmed = nil
					break
				}
				if them.affirmed[w.stem] && affirmed == nil {
					affirmed = &target[i]
				}
			}
			if affirmed != nil {
				c.fault(Finding, affirmed.Start, affirmed.End, fmt.Sprintf("the sentence denies %q, which the cited text affirms", affirmed.text))
			}
		}
	}
}

// oftener finds a sentence that denies more often than all that it cites: a "not" has come in somewhere, be it beside
// another one.
func (c *check) oftener(ours, theirs []clause) {
	if len(c.faults) > 0 {
		return
	}
	left := 0
	for _, cl := range theirs {
		for _, w := range cl.words {
			if w.negator || excluding[w.text] || privative(w.text) {
				left++
			}
		}
	}
	for _, cl := range ours {
		for _, w := range cl.words {
			if !w.negator || notOnly(c.text[w.Start:]) {
				continue
			}
			if left--; left < 0 {
				c.fault(Finding, w.Start, w.End, fmt.Sprintf("the sentence has %q, and denies more often than the cited text", w.text))
				return
			}
		}
	}
}

// excluding words say of what remains that it is not so.
var excluding = wordSet(`only except instead rather free few fewer little less least prevent prevents prevented avoid avoids avoided exclude excludes excluded
	rare rarely seldom unlike similar same comparable equal equivalent equally`)

// privative holds for a word that begins as one with a "not" in it may.
func privative(word string) bool {
	for _, p := range []string{"non", "un", "in", "im", "dis", "ir", "ab"} {
		if rest, ok := strings.CutPrefix(word, p); ok && len(rest) >= 5 {
			return true
		}
	}
	return false
}

// dropped finds what every cited quote denies said without the "not".
func (c *check) dropped(ours []clause, us stances, theirs []clause, them stances) {
	seen := map[string]bool{}
	for _, cl := range theirs {
		for _, target := range cl.targets() {
			kept := false
			for _, w := range target {
				kept = kept || us.denied[w.stem]
			}
			for _, w := range target {
				if kept || seen[w.stem] || !us.affirmed[w.stem] || them.affirmed[w.stem] {
					continue
				}
				seen[w.stem] = true
				at := placeOf(ours, w.stem)
				c.fault(Finding, at.Start, at.End, fmt.Sprintf("the sentence affirms %q, which the cited text denies", at.text))
			}
		}
	}
}

// twice finds a "not" added to what is denied already: "no change was not found".
func (c *check) twice(ours, theirs []clause) {
	if slices.ContainsFunc(theirs, func(cl clause) bool { return cl.deniedTwice().text != "" }) {
		return
	}
	for _, cl := range ours {
		if w := cl.deniedTwice(); w.text != "" {
			c.fault(Finding, w.Start, w.End, fmt.Sprintf("%q denies what the clause denies before, and no cited text does so", w.text))
		}
	}
}

// deniedTwice is the "not" that stands behind a "no" in one clause.
func (cl clause) deniedTwice() clauseWord {
	denied := false
	for i, w := range cl.words {
		switch w.text {
		case "no", "none", "neither", "nobody", "nothing":
			denied = denied || i+1 == len(cl.words) || cl.words[i+1].text != "doubt"
		default:
			if denied && (w.text == "not" || strings.HasSuffix(w.text, "n't")) {
				return w
			}
		}
	}
	return clauseWord{}
}

func placeOf(list []clause, stem string) clauseWord {
	for _, cl := range list {
		for _, w := range cl.words {
			if w.stem == stem && !cl.negated {
				return w
			}
		}
	}
	return clauseWord{}
}

// significance asks that "significant" stands in a cited text, on the same side
// of a "not".
func (c *check) significance(ours []clause, them stances) {
	for _, cl := range ours {
		for _, w := range cl.words {
			if !strings.HasPrefix(w.text, "significan") {
				continue
			}
			if !them.affirmed[w.stem] && !them.denied[w.stem] && !c.anyStem("significan", them) {
				c.fault(Finding, w.Start, w.End, fmt.Sprintf("%q stands in no cited text", w.text))
			} else if !c.stemOn("significan", them, cl.negated) {
				c.fault(Finding, w.Start, w.End, fmt.Sprintf("%q stands in the cited text with the opposite sense", w.text))
			}
		}
	}
}

func (c *check) anyStem(prefix string, s stances) bool {
	return c.stemOn(prefix, s, true) || c.stemOn(prefix, s, false)
}

// stemOn holds where a word that begins so stands on one side.
func (c *check) stemOn(prefix string, s stances, denied bool) bool {
	side := s.affirmed
	if denied {
		side = s.denied
	}
	for stem := range side {
		if strings.HasPrefix(prefix, stem) && len(stem) > 5 || strings.HasPrefix(stem, prefix) {
			return true
		}
	}
	return false
}

// prefixes finds "ineffective" where the text has "effective", and the reverse.
func (c *check) prefixes(ours []clause, us, them stances) {
	for _, cl := range ours {
		if cl.negated {
			continue
		}
		for _, w := range cl.words {
			if strings.HasSuffix(w.stem, "patient") { // an inpatient is one
				continue
			}
			for _, p := range []string{"non", "un", "in", "im", "dis", "ir"} {
				if bare, ok := strings.CutPrefix(w.text, p); ok && len(bare) >= 5 {
					if s := token.Stem(bare); them.affirmed[s] && !them.denied[s] && !them.affirmed[w.stem] && !us.affirmed[s] {
						c.fault(Finding, w.Start, w.End, fmt.Sprintf("the cited text has %q, the opposite", bare))
					}
				}
				if s := token.Stem(p + w.text); len(w.text) >= 5 && them.affirmed[s] && !them.affirmed[w.stem] && !us.affirmed[s] {
					c.fault(Finding, w.Start, w.End, fmt.Sprintf("the cited text has %q, the opposite", p+w.text))
				}
			}
		}
	}
}

// directions are pairs of opposite directions.
var directions = func() [][2]map[string]bool {
	var out [][2]map[string]bool
	for _, pair := range [][2]string{
		{"increase increases increased increasing higher larger greater more rose rise rises risen grew grow grown gain gained wider longer up highest largest",
			"decrease decreases decreased decreasing reduce reduces reduced reducing reduction reductions decline declines declined declining lower smaller fewer less fell fall falls fallen drop dropped narrower shorter down lowest smallest"},
		{"improve improves improved improving improvement improvements better", "worsen worsens worsened worsening worse deteriorate deteriorated deteriorating deterioration"},
		{"agreed agree agrees satisfied", "disagreed disagree disagrees dissatisfied"},
		{"superior", "inferior"}, {"positive positively", "negative negatively"}, {"easy easier", "difficult hard harder"},
		{"strong stronger", "weak weaker"}, {"high", "low"}, {"large", "small"}, {"safe", "unsafe harmful"}, {"present", "absent"},
		{"slow slows slowed slower", "accelerate accelerates accelerated fast faster quick quicker"}, {"help helps helped helping", "hinder hinders hindered hindering"},
		{"facilitate facilitates facilitated facilitator facilitators", "barrier barriers impede impedes impeded"}, {"common often frequent frequently", "rare rarely infrequent infrequently seldom"},
		{"support supports supported", "undermine undermines undermined"}, {"accept accepts accepted", "reject rejects rejected refuse refuses refused"},
	} {
		out = append(out, [2]map[string]bool{wordSet(pair[0]), wordSet(pair[1])})
	}
	return out
}()

// denied holds for a word close behind a negator.
func (cl clause) denied(i int) bool {
	const reach = 3
	for k := max(0, i-reach); k < i; k++ {
		if cl.words[k].negator && !(cl.words[k].text == "without" && i-k > 2) {
			return true
		}
	}
	return false
}

// directions finds a direction the opposite of which is all that the cited texts
// have, of anything or of the same thing: "fewer errors" where they have "more
// errors". A word close behind a "not" is passed over: it says neither.
func (c *check) directions(ours, theirs []clause) {
	for _, pair := range directions {
		for side := range pair {
			has, w := anyOf(ours, pair[side])
			same, _ := anyOf(theirs, pair[side])
			opposite, other := anyOf(theirs, pair[1-side])
			also, _ := anyOf(ours, pair[1-side])
			if has && !same && opposite && !also {
				c.fault(Finding, w.Start, w.End, fmt.Sprintf("%q, where the cited text has %q", w.text, other.text))
				continue
			}
			us, them, reverse := thingsOf(ours, pair[side]), thingsOf(theirs, pair[side]), thingsOf(theirs, pair[1-side])
			for _, thing := range slices.Sorted(maps.Keys(us)) {
				at, other := us[thing], reverse[thing]
				if _, ok := them[thing]; !ok && other.text != "" {
					c.fault(Finding, at.Start, at.End, fmt.Sprintf("%q, where the cited text has %q of the same thing", at.text, other.text))
				}
			}
		}
	}
}

// thingsOf gives what words of a set are said of: the next word of content in the
// clause, by its stem, with the word itself.
func thingsOf(list []clause, set map[string]bool) map[string]clauseWord {
	out := map[string]clauseWord{}
	for _, cl := range list {
		for i, w := range cl.words {
			if !set[w.text] || cl.denied(i) {
				continue
			}
			for _, next := range cl.words[i+1 : min(len(cl.words), i+4)] {
				if content(next) {
					if out[next.stem].text == "" {
						out[next.stem] = w
					}
					break
				}
			}
		}
	}
	return out
}

// anyOf finds the first word of a set that no "not" stands close before.
func anyOf(list []clause, set map[string]bool) (bool, clauseWord) {
	for _, cl := range list {
		for i, w := range cl.words {
			if set[w.text] && !cl.denied(i) && !(w.text == "more" && i+1 < len(cl.words) && cl.words[i+1].text == "than") &&
				!(w.text == "less" && i+1 < len(cl.words) && cl.words[i+1].text == "than") {
				return true, w
			}
		}
	}
	return false, clauseWord{}
}
