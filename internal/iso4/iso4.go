// Package iso4 tells whether two names are those of one journal, one of them
// abbreviated as ISO 4 and NLM do it: articles and prepositions fall out, words
// are cut at their end ("psychol" for psychological) or contracted ("natl" for
// national, "jpn" for Japanese), their order stays, a subtitle is left away.
//
//	"BMC Med Inform Decis Mak" ─────────────────────────▶ bmc med inform decis mak ─┐
//	                                                                                 ├─ one journal
//	"BMC medical informatics and decision making" ──▶ bmc medical … making ─┘
package iso4

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
)

// Same tells whether two names of journals are equal but for what ISO 4 leaves
// out, or one is an abbreviation of the other. A name without a letter or digit is
// the same as none.
func Same(a, b string) bool {
	x, y := readings(a), readings(b)
	for _, v := range x {
		for _, w := range y {
			if equal(v, w) || Abbreviates(v, w) || Abbreviates(w, v) {
				return true
			}
		}
	}
	return false
}

// readings gives the words of a name in the ways in which it may be meant: with
// hyphens that part words or that join them ("Oto-Rhino-Laryngol", "Otorhinolaryngol"),
// each with its subtitle and without.
func readings(name string) [][]string {
	name = apostrophes.Replace(fold.Unmark(name))
	if i := strings.IndexAny(name, "(["); i > 3 {
		name = name[:i]
	}
	joined := joining.Replace(name)
	var out [][]string
	for _, s := range [...]string{name, joined, mainTitle(name), mainTitle(joined)} {
		words := fold.Words(s)
		if len(words) > 0 && !slices.ContainsFunc(out, func(w []string) bool { return slices.Equal(w, words) }) {
			out = append(out, words)
		}
	}
	return out
}

// apostrophes go without leaving a gap: "Lippincott's" is abbreviated as
// "Lippincotts"; but an article that is cut by one is a word of its own.
var apostrophes = strings.NewReplacer(" d'", " ", " l'", " ", " d’", " ", " l’", " ", "'", "", "’", "")

// joining takes out hyphens, and the points inside of a shortened compound
// ("Nat.schutz" for Naturschutz).
var joining = strings.NewReplacer("-", "", "‐", "", "–", "", ". ", ". ", ".", "")

// mainTitle leaves out a subtitle, a parallel title or a motto.
func mainTitle(s string) string {
	end := len(s)
	for _, mark := range [...]string{": ", " : ", "; ", ". ", " = ", "--", " — ", " – ", " - ", " / "} {
		if i := strings.Index(s[:end], mark); i > 0 && (mark != ". " || lastWord(s[:i]) > longestShort) {
			end = i
		}
	}
	return s[:end]
}

// longestShort is how long a word before a point may be to be one that is cut,
// and not the end of a title.
const longestShort = 9

func lastWord(s string) int {
	return utf8.RuneCountInString(s[strings.LastIndexByte(s, ' ')+1:])
}

// omitted are the words that ISO 4 leaves out, as fold.Words writes them.
var omitted = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`the of and on for to with an a in at by from its
		der die das des dem den und fur zur zum im am aus von vom mit
		la le les de du et en au aux l d sur pour dans par
		el los las y e o del al para
		il lo gli i di della dei delle degli per
		da do dos das em na nos nas
		van het een voor te och av til det`) {
		m[w] = true
	}
	return m
}()

// equal tells whether two names have the same words, those apart that ISO 4 leaves
// out.
func equal(a, b []string) bool {
	if strings.Join(a, "") == strings.Join(b, "") {
		return true
	}
	a, b = telling(a), telling(b)
	return len(a) > 0 && slices.Equal(a, b)
}

func telling(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return omitted[w] })
}

// Abbreviates tells whether short can be an abbreviation of long, both as
// fold.Words gives them: words keep their order, each is cut at its end or
// contracted, the first one is there, and of the others few are missing.
func Abbreviates(short, long []string) bool {
	if len(short) == 0 {
		return false
	}
	j, skipped, matched := 0, 0, 0
	for i, s := range short {
		from := j
		for j < len(long) && !Shortens(s, long[j]) {
			j++
		}
		if j == len(long) {
			if !omitted[s] {
				return false
			}
			j = from
			continue
		}
		missing := countTelling(long[from:j])
		if i == 0 && missing > 0 {
			return false
		}
		skipped += missing
		matched++
		j++
	}
	skipped += countTelling(long[j:])
	// A single word would else abbreviate every name that begins with it.
	return matched > 1 && skipped <= 2 || matched == 1 && skipped == 0
}

func countTelling(words []string) int {
	n := 0
	for _, w := range words {
		if !omitted[w] {
			n++
		}
	}
	return n
}

// Shortens tells whether s is w cut at its end or contracted: "psychol" and
// "natl" for "psychological" and "national". A contraction keeps the first letter
// and the order of the others.
func Shortens(s, w string) bool {
	if strings.HasPrefix(w, s) {
		return true
	}
	if len(s) < 2 || len(s) >= len(w) || s[0] != w[0] {
		return false
	}
	if len(s) == 2 {
		return s[1] == w[len(w)-1]
	}
	i := 0
	for j := 0; j < len(w) && i < len(s); j++ {
		if w[j] == s[i] {
			i++
		}
	}
	return i == len(s)
}
