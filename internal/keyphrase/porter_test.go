package keyphrase_test

import "strings"

// porter is the stem of a word by the algorithm of 1980 (Porter, "An algorithm for suffix stripping", Program 14): the
// measure of the test sets asks for it, the library itself stems by its successor.
func porter(word string) string {
	w := strings.ToLower(word)
	if len(w) <= 2 {
		return w
	}
	w = porterPlural(w)
	w = porterPast(w)
	if strings.HasSuffix(w, "y") && porterVowel(w[:len(w)-1]) {
		w = w[:len(w)-1] + "i"
	}
	w = porterStep(w, 0, porter2)
	w = porterStep(w, 0, porter3)
	w = porterStep(w, 1, porter4)
	return porterEnd(w)
}

var (
	porter2 = []string{"ational", "ate", "tional", "tion", "enci", "ence", "anci", "ance", "izer", "ize", "abli", "able",
		"alli", "al", "entli", "ent", "eli", "e", "ousli", "ous", "ization", "ize", "ation", "ate", "ator", "ate", "alism", "al",
		"iveness", "ive", "fulness", "ful", "ousness", "ous", "aliti", "al", "iviti", "ive", "biliti", "ble"}
	porter3 = []string{"icate", "ic", "ative", "", "alize", "al", "iciti", "ic", "ical", "ic", "ful", "", "ness", ""}
	porter4 = []string{"al", "", "ance", "", "ence", "", "er", "", "ic", "", "able", "", "ible", "", "ant", "", "ement", "",
		"ment", "", "ent", "", "ion", "", "ou", "", "ism", "", "ate", "", "iti", "", "ous", "", "ive", "", "ize", ""}
)

// porterStep replaces the longest of the suffixes that the word has, if the measure before it is more than least.
func porterStep(w string, least int, pairs []string) string {
	best := -1
	for i := 0; i < len(pairs); i += 2 {
		if strings.HasSuffix(w, pairs[i]) && (best < 0 || len(pairs[i]) > len(pairs[best])) {
			best = i
		}
	}
	if best < 0 {
		return w
	}
	rest := strings.TrimSuffix(w, pairs[best])
	if porterMeasure(rest) <= least || pairs[best] == "ion" && !strings.HasSuffix(rest, "s") && !strings.HasSuffix(rest, "t") {
		return w
	}
	return rest + pairs[best+1]
}

func porterPlural(w string) string {
	switch {
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ies"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

func porterPast(w string) string {
	if rest, ok := strings.CutSuffix(w, "eed"); ok {
		if porterMeasure(rest) > 0 {
			return w[:len(w)-1]
		}
		return w
	}
	rest, ok := strings.CutSuffix(w, "ed")
	if !ok {
		rest, ok = strings.CutSuffix(w, "ing")
	}
	if !ok || !porterVowel(rest) {
		return w
	}
	n := len(rest)
	switch {
	case strings.HasSuffix(rest, "at"), strings.HasSuffix(rest, "bl"), strings.HasSuffix(rest, "iz"):
		return rest + "e"
	case n > 1 && rest[n-1] == rest[n-2] && porterConsonant(rest, n-1) && !strings.ContainsRune("lsz", rune(rest[n-1])):
		return rest[:n-1]
	case porterMeasure(rest) == 1 && porterShort(rest):
		return rest + "e"
	}
	return rest
}

func porterEnd(w string) string {
	if rest, ok := strings.CutSuffix(w, "e"); ok {
		if m := porterMeasure(rest); m > 1 || m == 1 && !porterShort(rest) {
			w = rest
		}
	}
	if strings.HasSuffix(w, "ll") && porterMeasure(w) > 1 {
		w = w[:len(w)-1]
	}
	return w
}

func porterConsonant(w string, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return false
	case 'y':
		return i == 0 || !porterConsonant(w, i-1)
	}
	return true
}

func porterVowel(w string) bool {
	for i := range len(w) {
		if !porterConsonant(w, i) {
			return true
		}
	}
	return false
}

// porterMeasure counts how often consonants follow vowels.
func porterMeasure(w string) int {
	m := 0
	for i := 1; i < len(w); i++ {
		if porterConsonant(w, i) && !porterConsonant(w, i-1) {
			m++
		}
	}
	return m
}

func porterShort(w string) bool {
	n := len(w)
	return n > 2 && porterConsonant(w, n-3) && !porterConsonant(w, n-2) && porterConsonant(w, n-1) &&
		!strings.ContainsRune("wxy", rune(w[n-1]))
}
