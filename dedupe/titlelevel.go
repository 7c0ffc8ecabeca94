package dedupe

import (
	"strings"

	"github.com/evidence-go/evidence/internal/similarity"
)

// titleGrade orders the levels of title agreement.
type titleGrade uint8

const (
	titleAbsent titleGrade = iota
	titleDifferent
	titleAlike    // a good part of what the words tell is in common
	titleClose    // most of it is
	titleWithin   // all words of one are in the other, which has a few more
	titleSubtitle // one is the other without its subtitle, or cut off
	titleNear     // the same but for spelling
	titleSame
)

// titleBits bounds what a title can tell, and what one of few words can.
const (
	maxTitleBits    = 24
	bitsPerWord     = 4.5
	distinctiveBits = 12 // a title that tells this much seldom belongs to two works by chance
)

// Of how much the words of two titles tell, so large a share is in common when
// they are close or alike; one letter in so many may differ in titles that are the
// same but for spelling.
const (
	likenessClose = 0.8
	likenessAlike = 0.55
	spellingShare = 12
)

// titleDifferentBits is what different titles tell.
const titleDifferentBits = -15

// titleLevel says how far two titles agree, and the evidence in that.
func titleLevel(a, b *form) (titleGrade, Level) {
	const field = "title"
	if a.compact == "" || b.compact == "" {
		return titleAbsent, Level{Field: field, Name: absence(a.compact == "", b.compact == "")}
	}
	whole := min(maxTitleBits, a.bits, b.bits, bitsPerWord*float64(min(len(a.words), len(b.words))))
	if a.compact == b.compact && a.genre != b.genre {
		return titleSame, Level{field, "the same, one with the kind of contribution", max(0, whole-2)}
	}
	if a.compact == b.compact {
		return titleSame, Level{field, "the same", whole}
	}
	if a.original != "" && (a.original == b.compact || a.original == b.original) || b.original != "" && b.original == a.compact {
		return titleSame, Level{field, "one gives the original title of the other", whole}
	}
	long, short := a, b
	if len(long.compact) < len(short.compact) {
		long, short = short, long
	}
	if sameNumbers(a.numbers, b.numbers) && nearlySame(a.compact, b.compact) {
		return titleNear, Level{field, "the same but for spelling", whole * 0.9}
	}
	if grade, level := shortened(long, short, whole); grade != titleAbsent {
		return grade, level
	}
	both, leftA, leftB := sharedBits(a, b)
	left := leftA + leftB
	likeness := 2 * both / (2*both + left)
	evidence := min(maxTitleBits, both, bitsPerWord*float64(min(len(a.words), len(b.words)))) - left/2
	switch {
	case likeness >= likenessClose && min(leftA, leftB) == 0 && inOrder(short.title, long.title):
		return titleWithin, Level{field, "the same but for a few words that one has more", evidence}
	case likeness >= likenessClose:
		return titleClose, Level{field, "the same but for a few words", evidence}
	case likeness >= likenessAlike:
		return titleAlike, Level{field, "many words in common", evidence - 4}
	}
	return titleDifferent, Level{field, "different", titleDifferentBits}
}

// shortened finds the ways in which one title is a part of another: cut off at
// the end, without its subtitle, with the original title behind the name of the
// language, without the words before it.
func shortened(long, short *form, whole float64) (titleGrade, Level) {
	const field = "title"
	if len(short.words) < 3 && short.bits < distinctiveBits || len(short.compact) < 12 {
		return titleAbsent, Level{}
	}
	if strings.HasPrefix(long.compact, short.compact) {
		if strings.HasPrefix(long.title, short.title+" ") {
			next, _, _ := strings.Cut(long.title[len(short.title)+1:], " ")
			if isLanguage(next) {
				return titleSame, Level{field, "the same, with the original title in one", whole}
			}
		}
		if long.main == len(short.compact) {
			return titleSubtitle, Level{field, "the same but for the subtitle", whole * 0.85}
		}
		return titleSubtitle, Level{field, "the same but for the end, missing in one", whole * 0.8}
	}
	if n := len(short.compact); strings.HasSuffix(long.compact, short.compact) && 2*n > len(long.compact) {
		return titleWithin, Level{field, "the same but for the beginning, missing in one", whole * 0.75}
	}
	if a, b := long.main, short.main; a > 20 && a == b && long.compact[:a] == short.compact[:b] {
		return titleAlike, Level{field, "the same with another subtitle", whole * 0.4}
	}
	return titleAbsent, Level{}
}

// sameNumbers tells whether the numbers of one title are all among those of the
// other, in any order.
func sameNumbers(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for len(a) > 0 {
		var n string
		n, a, _ = strings.Cut(a, " ")
		if !hasWord(b, n) {
			return false
		}
	}
	return true
}

// nearlySame tells whether two compact titles differ in no more than one letter
// in twelve.
func nearlySame(a, b string) bool {
	n := max(len(a), len(b))
	bound := n / spellingShare
	if bound == 0 || n-min(len(a), len(b)) > bound {
		return false
	}
	return similarity.Levenshtein(a, b, bound) <= bound
}

// inOrder tells whether the content words of one title stand in the other in the
// same order. A variant of a title has words put in; a title made of the same
// words in another order is more likely another report by the same people.
func inOrder(short, long string) bool {
	for len(short) > 0 {
		var w string
		w, short, _ = strings.Cut(short, " ")
		for contentWord(w) {
			if long == "" {
				return false
			}
			var v string
			v, long, _ = strings.Cut(long, " ")
			if v == w || sameButSpelling(v, w) {
				break
			}
		}
	}
	return true
}

// sharedBits sums what the words tell that two titles have in common, and what
// those tell that only one has. Words that differ by a misprint or an ending
// are in common.
func sharedBits(a, b *form) (both, leftA, leftB float64) {
	var restA, restB [64]*word
	nA, nB := 0, 0
	keep := func(rest *[64]*word, n *int, w *word, left *float64) {
		if *n < len(rest) {
			rest[*n] = w
			*n++
			return
		}
		*left += float64(w.bits)
	}
	i, j := 0, 0
	for i < len(a.words) || j < len(b.words) {
		switch {
		case j == len(b.words) || i < len(a.words) && a.words[i].compare(&b.words[j]) < 0:
			keep(&restA, &nA, &a.words[i], &leftA)
			i++
		case i == len(a.words) || b.words[j].compare(&a.words[i]) < 0:
			keep(&restB, &nB, &b.words[j], &leftB)
			j++
		default:
			both += float64(a.words[i].bits)
			i, j = i+1, j+1
		}
	}
	for i := range nA {
		found := false
		for j := range nB {
			if restB[j] != nil && sameButSpelling(restA[i].text, restB[j].text) {
				both += float64(min(restA[i].bits, restB[j].bits))
				restB[j], found = nil, true
				break
			}
		}
		if !found {
			leftA += float64(restA[i].bits)
		}
	}
	for j := range nB {
		if restB[j] != nil {
			leftB += float64(restB[j].bits)
		}
	}
	return both, leftA, leftB
}

// sameButSpelling tells whether two words are one with a misprint or another
// ending. Numbers are not: "type 1" and "type 2" differ.
func sameButSpelling(a, b string) bool {
	n := min(len(a), len(b))
	if n < 4 || a[0] != b[0] || isNumber(a) || isNumber(b) {
		return false
	}
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return max(len(a), len(b))-n <= 3
	}
	bound := 1
	if n > 7 {
		bound = 2
	}
	return similarity.Levenshtein(a, b, bound) <= bound || withoutEnding(a) == withoutEnding(b)
}

// withoutEnding takes off the ending of a verb, so that "hide" and "hiding" are
// one word.
func withoutEnding(w string) string {
	for _, e := range [...]string{"ing", "ed", "es", "e", "s"} {
		if stem, ok := strings.CutSuffix(w, e); ok && len(stem) > 2 {
			return stem
		}
	}
	return w
}
