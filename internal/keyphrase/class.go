package keyphrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
)

// class is what a word can be in a noun phrase.
type class uint8

const (
	border    class = iota // function word, verb, adverb: no phrase goes across it
	noun                   // can stand anywhere
	adjective              // can stand before a noun
	vague                  // can stand before a noun and says little of it: no phrase begins with it
	number                 // digits, with or without a unit: no phrase begins or ends with it
	either                 // noun or verb, before its neighbours are looked at
	past                   // -ed, likewise: adjective or verb
	gerund                 // -ing, likewise: noun, adjective or verb
)

// adjectiveEndings are those of words that are seldom anything else; nouns with one of them are in the lexicon, but for
// those in -ment.
var adjectiveEndings = []string{"al", "ic", "ous", "ive", "able", "ible", "ful", "less", "ary", "ant", "ent", "oid", "ian", "ar"}

// classOf tells what a word can be by itself. Low is the word in small letters, without the 's of a possessive.
func classOf(low, written string) class {
	if strings.IndexFunc(low, unicode.IsLetter) < 0 {
		return number
	}
	known, ok := lexicon[low]
	switch {
	case ok && known == noun:
		return noun
	case token.Stop(low):
		return border
	case isAcronym(written):
		return noun
	case ok:
		return known
	}
	return classByEnding(low)
}

func classByEnding(low string) class {
	const shortest = 3 // letters before an ending
	switch {
	case isMeasure(low):
		return number
	case len(low) <= shortest+len("ed")-1 || strings.HasSuffix(low, "ment"):
		return noun
	case strings.HasSuffix(low, "ly"):
		return border
	case strings.HasSuffix(low, "ed"):
		return past
	case strings.HasSuffix(low, "ing"):
		return gerund
	}
	for _, e := range adjectiveEndings {
		if strings.HasSuffix(low, e) && len(low) >= len(e)+shortest {
			return adjective
		}
	}
	return noun
}

// isAcronym holds for words of two to six letters and digits, all letters capital: "DNA", "H2O". A longer one is a word that is
// shouted: "METHODS".
func isAcronym(word string) bool {
	const longest = 6
	capitals := 0
	for _, r := range word {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			capitals++
		}
	}
	n := utf8.RuneCountInString(word)
	return capitals > 0 && n > 1 && n <= longest
}

// isMeasure holds for digits with a unit: "20nm".
func isMeasure(low string) bool {
	rest := strings.TrimLeft(low, "0123456789.,·")
	return len(rest) < len(low) && units[rest]
}

// settle decides from its neighbours what the i-th word is; those before it are settled.
func settle(words []word, i int) {
	w := &words[i]
	if w.join != apart && words[i-1].class == number && units[w.low] {
		w.class = number // also the l of "5 mmol/l"
		return
	}
	if w.join == hyphen || i+1 < len(words) && words[i+1].join == hyphen {
		w.class = hyphened(words, i)
		return
	}
	before, after, next := border, border, ""
	if w.join == space {
		before = words[i-1].class
	}
	if i+1 < len(words) && words[i+1].join == space {
		after, next = words[i+1].class, words[i+1].low
	}
	switch {
	case w.low == "of" && next != "" && w.join == space && ofPairs[words[i-1].low+" "+next]:
		w.class = vague
	case w.class == either:
		w.class = nounOrVerb(words, i, before, next)
	case w.class == past:
		w.class = participle(w.low, before, after)
	case w.class == gerund:
		w.class = verbalNoun(words, i, before, after, next)
	case i+2 < len(words) && words[i+1].low == "et" && words[i+2].low == "al":
		w.class = border // a name, "Smith et al."
	}
}

// hyphened is the class of a part of a word with hyphens: a function word in its midst or at its start belongs to it,
// "degree-of-freedom", "on-line", and so does one at its end in "follow-up".
func hyphened(words []word, i int) class {
	goesOn := i+1 < len(words) && words[i+1].join == hyphen
	switch c := words[i].class; {
	case c == past:
		return adjective
	case c == border && goesOn:
		return vague
	case c == gerund, c == either, c == border && particles[words[i].low]:
		return noun
	default:
		return c
	}
}

// nounOrVerb takes a word for a verb after "we" and "to", and before "the" unless a preposition or an article precedes it.
func nounOrVerb(words []word, i int, before class, next string) class {
	if i == 0 {
		return noun
	}
	previous := words[i-1].low
	switch {
	case words[i].join == space && subjects[previous]:
		return border
	case before == noun && (determiners[next] || next == "to"):
		return border
	case before == border && determiners[next] && !prepositions[previous] && !determiners[previous]:
		return border
	}
	return noun
}

// participle takes a word in -ed for a verb unless something that it describes follows, and nothing that does it stands
// before.
func participle(low string, before, after class) class {
	switch {
	case before == noun || after == border:
		return border
	case before == border && vagueParticiples[low]:
		return vague
	}
	return adjective
}

// verbalNoun takes a word in -ing for a verb before "the" and after a plural, "students learning", and for no part of a
// phrase where it may be one: "[learning] control" is a control or what is done to it.
func verbalNoun(words []word, i int, before, after class, next string) class {
	switch {
	case determiners[next] && (before == border || before == noun), before == noun && isPlural(words[i-1].low):
		return border
	case before == border && after != border:
		return vague
	}
	return noun
}

func isPlural(low string) bool {
	return strings.HasSuffix(low, "s") && !hasSuffix(low, "ss", "us", "is") || irregularPlurals[low]
}
