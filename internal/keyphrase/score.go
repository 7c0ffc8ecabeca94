package keyphrase

import (
	"math"
	"strings"
)

// What is looked at in a candidate, and why it tells. Those named for a word alone are 0 for a phrase of several, and the
// other way round.
const (
	place       = iota // logarithm of the words before it: what a text is about is said at once
	count              // logarithm of the times it is a whole noun phrase: and said again
	inTitle            // stands in the title
	aloneWord          // is one word, which seldom names a subject by itself
	overThree          // words over three: the longer, the more of a description than a name
	rarityMean         // of its words: what any text says is not what this one is about
	rarityLast         // of the noun that the others describe: a name is often one more kind of a common thing
	rarityAlone        // of a word alone
	emptyLast          // ends with a noun that says nothing
	hollowAlone        // is a noun that says little
	acronym            // is one word in capitals: what is shortened will be spoken of
	digits             // holds a digit: measures and labels
	hyphens            // holds a hyphen: a made term
	participial        // begins with -ed: a description
	verbal             // ends with -ing: a name of a technique
	never              // is never a whole noun phrase
	features           // how many there are
)

type vector [features]float64

// weights of what is looked at: see docs/models/key-phrases.md.
var weights = vector{
	place:       -0.15,
	count:       0.75,
	inTitle:     0.1,
	aloneWord:   -2.5,
	overThree:   -0.15,
	rarityMean:  1.85,
	rarityLast:  -0.85,
	rarityAlone: 2.25,
	emptyLast:   -1.35,
	hollowAlone: -2.2,
	acronym:     0.89,
	digits:      -0.75,
	hyphens:     0.35,
	participial: -0.25,
	verbal:      0.45,
	never:       -2.2,
}

// costOfReporting is what a phrase like "confidence interval" is put back by. It is not fitted: texts of sciences that have no
// trials do not tell.
const costOfReporting = 4

// score is the sum of what is looked at, weighed: the higher the likelier people would choose the candidate.
func (c *candidate) score() float64 {
	sum := 0.0
	for i, x := range c.vector() {
		sum += weights[i] * x
	}
	if c.reports() {
		sum -= costOfReporting
	}
	return sum
}

func (c *candidate) vector() (v vector) {
	first, last := c.words[0], c.words[len(c.words)-1]
	n := c.units()
	v[place] = math.Log1p(float64(c.first))
	v[count] = math.Log(float64(max(c.alone, 1)))
	v[inTitle] = one(c.title)
	v[overThree] = float64(max(n-3, 0))
	v[digits] = one(strings.ContainsAny(c.text, "0123456789"))
	v[hyphens] = one(strings.ContainsAny(c.text, "-‐‑–/"))
	v[participial] = one(strings.HasSuffix(first.low, "ed"))
	v[verbal] = one(strings.HasSuffix(last.low, "ing"))
	v[never] = one(c.alone == 0)
	sum := 0.0
	for _, w := range c.words {
		sum += w.rarity
	}
	mean := sum / float64(len(c.words))
	if n == 1 {
		v[aloneWord] = 1
		v[acronym] = one(c.isAcronym())
		v[rarityAlone] = mean
		v[hollowAlone] = one(emptyHeads[last.low] || hollowNouns[last.low])
		return v
	}
	v[rarityMean], v[rarityLast] = mean, last.rarity
	v[emptyLast] = one(emptyHeads[last.low])
	return v
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// isAcronym holds where all parts that have letters are acronyms.
func (c *candidate) isAcronym() bool {
	letters := false
	for _, w := range c.words {
		written := c.text[w.Start-c.words[0].Start : w.End-c.words[0].Start]
		switch {
		case isAcronym(written):
			letters = true
		case w.class != number:
			return false
		}
	}
	return letters
}

// reports tells whether a phrase is made only of words that say how a study was done and written down.
func (c *candidate) reports() bool {
	for _, w := range c.words {
		if !reporting[w.low] && w.class != vague && w.class != number {
			return false
		}
	}
	return true
}
