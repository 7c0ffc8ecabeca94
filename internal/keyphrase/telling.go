package keyphrase

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Collection is texts that are read one after another, to be asked which phrases tell some of them from the others. It is not
// safe for concurrent use.
type Collection struct {
	reader *reader
	texts  []Text
	held   [][]holding
}

// holding is a phrase that a text holds, also as a part of longer ones. There are a hundred in a text: the key stands in
// two halves because a whole one would take a word more for its alignment.
type holding struct {
	high, low uint32 // of the key, see candidate.hash
	likely    uint32 // how likely people would choose it for this text, in parts of certain; 0 for what is always a part
}

func (h holding) key() uint64 { return uint64(h.high)<<32 | uint64(h.low) }

// certain is a likelihood of 1. Likelihoods are whole numbers, so that their sum is the same in any order.
const certain = 1 << 16

// NewCollection returns a collection without texts.
func NewCollection() *Collection { return &Collection{reader: newReader()} }

// Add puts a text in, the first at index 0, and returns its n best phrases as [Of] does. One in another language than English
// holds no phrases.
func (c *Collection) Add(t Text, n int) []Phrase {
	spans := c.reader.spans(t)
	scores := scores(spans)
	held := make([]holding, len(spans))
	for i, s := range spans {
		held[i] = holding{high: uint32(s.hash >> 32), low: uint32(s.hash)}
		if s.alone > 0 {
			held[i].likely = uint32(certain / (1 + math.Exp(-scores[i])))
		}
	}
	c.texts = append(c.texts, t)
	c.held = append(c.held, held)
	return best(spans, scores, n)
}

// Only is the collection of some of the texts, which are named by their indexes and get new ones in this order.
func (c *Collection) Only(which []int) *Collection {
	out := Collection{reader: c.reader}
	for _, i := range which {
		out.texts = append(out.texts, c.texts[i])
		out.held = append(out.held, c.held[i])
	}
	return &out
}

// Shared is a phrase that texts of a group share.
type Shared struct {
	Text string // as they write it most often
	Key  string // see [Phrase]
	// Texts of the group hold it, and All of the collection do.
	Texts, All int
	// Score is the higher, the better the phrase tells the group from the other texts: how surprising its texts are, weighed
	// by how likely people would choose it for one of them. It has no unit.
	Score float64
}

const (
	// leastSurprise is the value of G² that chance alone passes once in twenty (chi-squared with one degree of freedom).
	leastSurprise = 3.84
	leastLikely   = 0.1 // in the mean of the texts that hold it: less are words that any text has
	fewTexts      = 3   // that must hold a phrase: two may be two reports of one study
	enoughTexts   = 8   // that do in the largest group; in between a sixth of the texts
	spare         = 6   // times as many phrases are looked at as are given
	mostRead      = 200 // texts of a group in which it is looked up how a phrase is written
)

// Telling returns for each group, as indexes of texts, at most n phrases by which it can be told from the other texts, the
// best first, none where n is not positive. None of them is a part of another. A group of fewer than three texts, or one whose texts share no phrase more
// than chance would have it, gets none.
func (c *Collection) Telling(groups [][]int, n int) [][]Shared {
	n = max(n, 0)
	counts := make([]map[uint64]tally, len(groups))
	everywhere := map[uint64]int{}
	for g, members := range groups {
		counts[g] = c.count(members)
		for key := range counts[g] {
			everywhere[key] = 0
		}
	}
	for _, held := range c.held {
		for _, h := range held {
			if k, ok := everywhere[h.key()]; ok {
				everywhere[h.key()] = k + 1
			}
		}
	}
	out := make([][]Shared, len(groups))
	for g, members := range groups {
		out[g] = c.telling(members, counts[g], everywhere, n)
	}
	return out
}

// tally is how a group holds a phrase.
type tally struct {
	texts  int
	likely int // sum over them, in parts of certain
}

// mean is the likelihood in the mean of the texts, from 0 to 1.
func (t tally) mean() float64 { return float64(t.likely) / certain / float64(t.texts) }

// count gives the phrases that enough of the texts hold.
func (c *Collection) count(members []int) map[uint64]tally {
	counts := map[uint64]tally{}
	for _, i := range members {
		for _, h := range c.held[i] {
			t := counts[h.key()]
			t.texts++
			t.likely += int(h.likely)
			counts[h.key()] = t
		}
	}
	least := max(fewTexts, min(len(members)/6, enoughTexts))
	enough := map[uint64]tally{} // hardly any are: a map does not give back what is deleted from it
	for key, t := range counts {
		if t.texts >= least && t.mean() >= leastLikely {
			enough[key] = t
		}
	}
	return enough
}

func (c *Collection) telling(members []int, counts map[uint64]tally, everywhere map[uint64]int, n int) []Shared {
	type entry struct {
		key uint64
		Shared
	}
	var list []entry
	for key, t := range counts {
		all := everywhere[key]
		g2 := surprise(float64(t.texts), float64(all), float64(len(members)), float64(len(c.texts)))
		if 2*all <= len(c.texts) && g2 >= leastSurprise { // what most texts say tells none of them apart
			list = append(list, entry{key, Shared{Texts: t.texts, All: all, Score: g2 * math.Sqrt(t.mean())}})
		}
	}
	slices.SortFunc(list, func(a, b entry) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.key, b.key)) })
	list = list[:min(len(list), spare*n)]
	written := map[uint64]*spellings{}
	for _, e := range list {
		written[e.key] = &spellings{forms: map[string]int{}}
	}
	c.lookUp(members, written)
	var kept []Shared
	for _, e := range list {
		w := written[e.key]
		e.Key, e.Text = w.key, w.commonest()
		if e.Text != "" {
			kept = keep(kept, e.Shared)
		}
	}
	return kept[:min(n, len(kept))]
}

// surprise is the log-likelihood ratio G² (Dunning 1993) of k of n texts holding what all of total hold; 0 where they hold
// it no more often than the rest.
func surprise(k, all, n, total float64) float64 {
	if k*total <= all*n {
		return 0
	}
	part := func(observed, expected float64) float64 {
		if observed <= 0 || expected <= 0 {
			return 0
		}
		return observed * math.Log(observed/expected)
	}
	return 2 * (part(k, all*n/total) + part(n-k, n-all*n/total) +
		part(all-k, all-all*n/total) + part(total-n-all+k, (total-n)*(total-all)/total))
}

// keep adds a phrase unless a better one says it already; a longer one that is nearly as frequent takes the place of the
// shorter, and a phrase that of its acronym.
func keep(kept []Shared, s Shared) []Shared {
	const nearly = 0.7
	if slices.ContainsFunc(kept, func(k Shared) bool { return within(s.Key, k.Key) || shortens(s.Text, k.Text) }) {
		return kept
	}
	inIt := func(k Shared) bool { return within(k.Key, s.Key) || shortens(k.Text, s.Text) }
	first := slices.IndexFunc(kept, inIt)
	switch {
	case first < 0:
		return append(kept, s)
	case float64(s.Texts) < nearly*float64(kept[first].Texts) && !shortens(kept[first].Text, s.Text):
		return kept
	}
	kept[first] = s
	rest := slices.DeleteFunc(kept[first+1:], inIt)
	return kept[:first+1+len(rest)]
}

// shortens tells whether an acronym is made of the first letters of a phrase's words.
func shortens(acronym, phrase string) bool {
	if acronym = strings.TrimSuffix(acronym, "s"); !isAcronym(acronym) {
		return false
	}
	var initials []byte
	for _, w := range strings.FieldsFunc(phrase, func(r rune) bool { return jointOf(string(r)) != apart }) {
		initials = append(initials, w[0])
	}
	return len(initials) > 1 && strings.EqualFold(acronym, string(initials))
}

// within tells whether one key is a part of another.
func within(part, whole string) bool { return strings.Contains(" "+whole+" ", " "+part+" ") }

// spellings are the ways in which texts write a phrase.
type spellings struct {
	key   string
	forms map[string]int
}

// lookUp finds the wanted phrases again in the first texts of a group.
func (c *Collection) lookUp(members []int, written map[uint64]*spellings) {
	for _, i := range members[:min(len(members), mostRead)] {
		t := c.texts[i]
		for _, s := range c.reader.spans(t) {
			w := written[s.hash]
			if w == nil {
				continue
			}
			if w.key == "" {
				w.key = s.key()
			}
			for _, p := range s.places {
				w.forms[strings.Join(strings.Fields(p.Of(t)), " ")]++
			}
		}
	}
}

// commonest is the way most texts write it, but for capitals: of those written alike the one with the fewest capitals that is
// not a rare slip.
func (w *spellings) commonest() string {
	total := map[string]int{}
	for form, n := range w.forms {
		total[strings.ToLower(form)] += n
	}
	best := ""
	for low, n := range total {
		if best == "" || n > total[best] || n == total[best] && low < best {
			best = low
		}
	}
	const slip = 0.1
	chosen := ""
	for form, n := range w.forms {
		if strings.ToLower(form) != best || float64(n) < slip*float64(total[best]) {
			continue
		}
		if chosen == "" || cmp.Or(cmp.Compare(capitals(form), capitals(chosen)), cmp.Compare(form, chosen)) < 0 {
			chosen = form
		}
	}
	return chosen
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			n++
		}
	}
	return n
}
