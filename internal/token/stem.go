package token

import (
	"bytes"
	"strings"
)

// Stem returns the stem of an English word by the Porter2 algorithm (Porter
// 2001, "Snowball: a language for stemming algorithms", the English stemmer):
// connection, connected and connective all give "connect". A stem is a name
// for its family of words, not a word itself ("happi"). Capitals count as
// small letters and ’ as '; letters beyond a-z count as consonants. A word of
// one or two bytes is its own stem.
func Stem(word string) string {
	w := lower(word)
	if len(w) <= 2 {
		return w
	}
	if s, ok := stemExceptions[w]; ok {
		return s
	}
	s := stemmer{w: []byte(strings.TrimPrefix(w, "'"))}
	s.markY()
	s.regions()
	s.possessive()
	s.plural()
	if stemKept[string(s.w)] {
		return string(s.w)
	}
	s.participle()
	s.finalY()
	s.replace(s.r1, step2)
	s.replace(s.r1, step3)
	s.remove()
	s.finalE()
	return string(bytes.ToLower(s.w))
}

func lower(word string) string {
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	for i := 0; i < len(word); i++ {
		if isUpper(word[i]) {
			return strings.ToLower(word)
		}
	}
	return word
}

// stemExceptions are words that the rules would get wrong.
var stemExceptions = map[string]string{
	"skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
	"idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl",
	"sky": "sky", "news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}

// stemKept are words that are done once their plural is taken off.
var stemKept = wordSet("inning outing canning herring earring proceed exceed succeed")

// stemmer holds a word while it is cut. A y that acts as a consonant is
// written Y. r1 is where the region after the first non-vowel following a
// vowel begins, r2 where the same region within r1 does.
type stemmer struct {
	w      []byte
	r1, r2 int
}

func isVowel(c byte) bool {
	return c == 'e' || c == 'a' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

func (s *stemmer) markY() {
	for i, c := range s.w {
		if c == 'y' && (i == 0 || isVowel(s.w[i-1])) {
			s.w[i] = 'Y'
		}
	}
}

func (s *stemmer) regions() {
	s.r1 = s.region(0)
	for _, prefix := range []string{"gener", "commun", "arsen"} {
		if bytes.HasPrefix(s.w, []byte(prefix)) {
			s.r1 = len(prefix)
		}
	}
	s.r2 = s.region(s.r1)
}

func (s *stemmer) region(from int) int {
	for i := from + 1; i < len(s.w); i++ {
		if !isVowel(s.w[i]) && isVowel(s.w[i-1]) {
			return i + 1
		}
	}
	return len(s.w)
}

func (s *stemmer) ends(suffix string) bool { return bytes.HasSuffix(s.w, []byte(suffix)) }

// longest returns the longest of the suffixes, which must stand longest
// first, that the word has, and "" if it has none.
func (s *stemmer) longest(suffixes ...string) string {
	for _, x := range suffixes {
		if s.ends(x) {
			return x
		}
	}
	return ""
}

func (s *stemmer) cut(n int) { s.w = s.w[:len(s.w)-n] }

// hasVowel says whether there is a vowel among the first n letters.
func (s *stemmer) hasVowel(n int) bool {
	for _, c := range s.w[:max(n, 0)] {
		if isVowel(c) {
			return true
		}
	}
	return false
}

// shortSyllable says whether the first n letters end in a short syllable: a
// vowel and a non-vowel other than w, x and Y after a non-vowel, or a vowel
// at the beginning and a non-vowel.
func (s *stemmer) shortSyllable(n int) bool {
	switch {
	case n < 2 || isVowel(s.w[n-1]) || !isVowel(s.w[n-2]):
		return false
	case n == 2:
		return true
	}
	c := s.w[n-1]
	return !isVowel(s.w[n-3]) && c != 'w' && c != 'x' && c != 'Y'
}

// possessive is step 0.
func (s *stemmer) possessive() { s.cut(len(s.longest("'s'", "'s", "'"))) }

// plural is step 1a.
func (s *stemmer) plural() {
	n := len(s.w)
	switch s.longest("sses", "ied", "ies", "us", "ss", "s") {
	case "sses":
		s.cut(2)
	case "ied", "ies":
		if n > 4 {
			s.cut(2)
		} else {
			s.cut(1)
		}
	case "s":
		if s.hasVowel(n - 2) {
			s.cut(1)
		}
	}
}

// participle is step 1b.
func (s *stemmer) participle() {
	x := s.longest("ingly", "eedly", "edly", "eed", "ing", "ed")
	n := len(s.w) - len(x)
	switch {
	case x == "":
		return
	case x == "eed" || x == "eedly":
		if n >= s.r1 {
			s.cut(len(x) - len("ee"))
		}
		return
	case !s.hasVowel(n):
		return
	}
	s.cut(len(x))
	switch {
	case s.longest("at", "bl", "iz") != "":
		s.w = append(s.w, 'e')
	case s.longest("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt") != "":
		s.cut(1)
	case s.r1 >= len(s.w) && s.shortSyllable(len(s.w)):
		s.w = append(s.w, 'e')
	}
}

// finalY is step 1c.
func (s *stemmer) finalY() {
	n := len(s.w)
	if n > 2 && (s.w[n-1] == 'y' || s.w[n-1] == 'Y') && !isVowel(s.w[n-2]) {
		s.w[n-1] = 'i'
	}
}

// ending is what becomes of a suffix, under what conditions besides standing
// in the region of its step.
type ending struct {
	suffix, becomes string
	after           string // the letter before is one of these, if any is given
	inR2            bool
}

// The endings of each step, the longer before the shorter.
var (
	step2 = []ending{
		{suffix: "ational", becomes: "ate"}, {suffix: "fulness", becomes: "ful"}, {suffix: "iveness", becomes: "ive"},
		{suffix: "ization", becomes: "ize"}, {suffix: "ousness", becomes: "ous"},
		{suffix: "biliti", becomes: "ble"}, {suffix: "lessli", becomes: "less"}, {suffix: "tional", becomes: "tion"},
		{suffix: "alism", becomes: "al"}, {suffix: "aliti", becomes: "al"}, {suffix: "ation", becomes: "ate"},
		{suffix: "entli", becomes: "ent"}, {suffix: "fulli", becomes: "ful"}, {suffix: "iviti", becomes: "ive"},
		{suffix: "ousli", becomes: "ous"},
		{suffix: "abli", becomes: "able"}, {suffix: "alli", becomes: "al"}, {suffix: "anci", becomes: "ance"},
		{suffix: "ator", becomes: "ate"}, {suffix: "enci", becomes: "ence"}, {suffix: "izer", becomes: "ize"},
		{suffix: "bli", becomes: "ble"}, {suffix: "ogi", becomes: "og", after: "l"},
		{suffix: "li", after: "cdeghkmnrt"},
	}
	step3 = []ending{
		{suffix: "ational", becomes: "ate"}, {suffix: "tional", becomes: "tion"},
		{suffix: "alize", becomes: "al"}, {suffix: "ative", inR2: true}, {suffix: "icate", becomes: "ic"}, {suffix: "iciti", becomes: "ic"},
		{suffix: "ical", becomes: "ic"}, {suffix: "ness"}, {suffix: "ful"},
	}
	step4 = []ending{
		{suffix: "ement"},
		{suffix: "able"}, {suffix: "ance"}, {suffix: "ence"}, {suffix: "ible"}, {suffix: "ment"},
		{suffix: "ant"}, {suffix: "ate"}, {suffix: "ent"}, {suffix: "ism"}, {suffix: "iti"},
		{suffix: "ive"}, {suffix: "ize"}, {suffix: "ous"}, {suffix: "ion", after: "st"},
		{suffix: "al"}, {suffix: "er"}, {suffix: "ic"},
	}
)

// replace is a step of suffixes: the longest that the word has decides, and
// is replaced if it stands in the region and its conditions hold.
func (s *stemmer) replace(region int, endings []ending) {
	for _, e := range endings {
		if !s.ends(e.suffix) {
			continue
		}
		n := len(s.w) - len(e.suffix)
		if n < region || e.inR2 && n < s.r2 {
			return
		}
		if e.after != "" && (n == 0 || strings.IndexByte(e.after, s.w[n-1]) < 0) {
			return
		}
		s.w = append(s.w[:n], e.becomes...)
		return
	}
}

// remove is step 4.
func (s *stemmer) remove() { s.replace(s.r2, step4) }

// finalE is step 5.
func (s *stemmer) finalE() {
	n := len(s.w) - 1
	switch {
	case n < 0:
	case s.w[n] == 'e' && (n >= s.r2 || n >= s.r1 && !s.shortSyllable(n)):
		s.cut(1)
	case s.w[n] == 'l' && n >= s.r2 && n > 0 && s.w[n-1] == 'l':
		s.cut(1)
	}
}
