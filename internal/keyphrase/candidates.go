package keyphrase

import (
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
)

// mostWords is the length of the longest phrase, in words; a longer run of nouns is a list without its commas.
const mostWords = 8

// candidate is a noun phrase of a text, or a part of one: every run of words with the same stems.
type candidate struct {
	hash   uint64 // of the stems
	words  []word // of the first place
	text   string // likewise
	title  bool   // stands in the title
	first  int    // words of title and body before it
	alone  int    // times it is a whole noun phrase
	inside int    // times it is part of a longer one
	within uint64 // hash of the last longer one
	many   bool   // there are others
	places []Place
}

// gathering is the phrases of one text, while it is read.
type gathering struct {
	byHash map[uint64]*candidate
	order  []*candidate // as they are met first
	room   []candidate  // for those to come
}

// isCandidate holds for whole noun phrases, and for those parts of at least two words that two different ones have in common:
// what is named by itself stands in several surroundings (Frantzi, Ananiadou and Mima 2000, C-value).
func (c *candidate) isCandidate() bool { return c.alone > 0 || c.many && len(c.words) > 1 }

func (c *gathering) read(text string, words []word, offset int, title bool) {
	for i := 0; i < len(words); {
		end := i
		for end < len(words) && words[end].class != border && (end == i || joined(words, end)) {
			end++
		}
		if from, to := trim(words, i, end); to > from && to-from <= mostWords {
			c.phrase(text, words, from, to, offset, title)
		}
		i = max(end, i+1)
	}
}

// joined tells whether a word can go on a phrase: no phrase says the same word twice in a row.
func joined(words []word, i int) bool {
	return words[i].join == hyphen || words[i].join == space && words[i].stem != words[i-1].stem
}

// trim takes from a run what no phrase begins or ends with. Parts of a word with hyphens stay together.
func trim(words []word, from, to int) (int, int) {
	for from < to && !begins(words, from, to) {
		from++
	}
	for to > from && !ends(words, from, to) {
		to--
	}
	if to-from == 1 && utf8.RuneCountInString(words[from].low) < 2 {
		return from, from
	}
	return from, to
}

func begins(words []word, i, to int) bool {
	if i+1 == to || words[i+1].join != hyphen {
		return words[i].class != vague && words[i].class != number && len(words[i].low) > 1
	}
	for ; i < to; i++ { // "well-known" is no better than "known", "two-stage" is
		if words[i].class != vague && words[i].class != number {
			return true
		}
		if i+1 == to || words[i+1].join != hyphen {
			break
		}
	}
	return false
}

func ends(words []word, from, to int) bool {
	last := words[to-1]
	if last.class == adjective || last.class == vague {
		return false
	}
	return to-from > 1 && last.join == hyphen || last.class != number && len(last.low) > 1
}

// phrase notes a noun phrase and its parts.
func (c *gathering) phrase(text string, words []word, from, to, offset int, title bool) {
	whole := c.note(text, words, from, to, offset, title)
	whole.alone++
	for i := from; i < to; i++ {
		for j := i + 1; j <= to; j++ {
			if j-i == to-from || !severs(words, i, j, from, to) {
				continue
			}
			part := c.note(text, words, i, j, offset, title)
			part.inside++
			part.many = part.many || part.inside > 1 && part.within != whole.hash
			part.within = whole.hash
		}
	}
}

// severs tells whether words i to j of a phrase could be one: no word with hyphens is cut, and what trim would take away is
// not at the ends.
func severs(words []word, i, j, from, to int) bool {
	if i > from && words[i].join == hyphen || j < to && words[j].join == hyphen {
		return false
	}
	a, b := trim(words, i, j)
	return a == i && b == j
}

func (c *gathering) note(text string, words []word, from, to, offset int, title bool) *candidate {
	var h uint64
	for _, w := range words[from:to] {
		h = h*0x9e3779b97f4a7c15 ^ w.hash // an odd factor, so that the order of words counts
	}
	place := token.Token{Start: words[from].Start, End: words[to-1].End}
	one := c.byHash[h]
	if one == nil {
		if len(c.room) == 0 {
			c.room = make([]candidate, 32)
		}
		one, c.room = &c.room[0], c.room[1:]
		*one = candidate{hash: h, words: words[from:to], text: place.Of(text), title: title, first: offset + from}
		c.byHash[h] = one
		c.order = append(c.order, one)
	}
	one.places = append(one.places, Place{Title: title, Start: place.Start, End: place.End})
	return one
}

// key is the stems of its words.
func (c *candidate) key() string {
	stems := make([]string, len(c.words))
	for i, w := range c.words {
		stems[i] = w.stem
	}
	return strings.Join(stems, " ")
}

// units is how many words a phrase has where those with hyphens are one.
func (c *candidate) units() int { return strings.Count(c.text, " ") + 1 }
