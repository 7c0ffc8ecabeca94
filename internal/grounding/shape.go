package grounding

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/token"
)

// shape finds what cannot be a sentence, or could hide one: other checks would
// read something else than a person sees.
func shape(text string) []Fault {
	one := func(start, end int, format string, args ...any) []Fault {
		return []Fault{{Shape, start, end, fmt.Sprintf(format, args...)}}
	}
	if len(text) > LongestSentence {
		return one(0, len(text), "%d bytes; a sentence has at most %d", len(text), LongestSentence)
	}
	if !utf8.ValidString(text) {
		return one(0, len(text), "not UTF-8")
	}
	letters := false
	for i, r := range text {
		letters = letters || unicode.IsLetter(r)
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar {
			return one(i, i+utf8.RuneLen(r), "the character %U, which nobody sees", r)
		}
	}
	if !letters {
		return one(0, len(text), "no word in it")
	}
	for _, w := range token.Words(text) {
		if a, b := scripts(w.Of(text)); b != "" {
			return one(w.Start, w.End, "%q mixes %s and %s letters", w.Of(text), a, b)
		}
	}
	return nil
}

// scripts names the first two alphabets of a word, but for Greek beside Latin,
// which units and receptors have: "" for none.
func scripts(word string) (first, second string) {
	for _, r := range word {
		if !unicode.IsLetter(r) {
			continue
		}
		s := "other"
		for _, known := range alphabets {
			if unicode.Is(known.table, r) {
				s = known.name
				break
			}
		}
		switch {
		case first == "" || first == s:
			first = s
		case first == "Latin" && s == "Greek" || first == "Greek" && s == "Latin" || s == "other" && r == 'µ' || first == "other":
		default:
			return first, s
		}
	}
	return first, ""
}

var alphabets = []struct {
	name  string
	table *unicode.RangeTable
}{{"Latin", unicode.Latin}, {"Greek", unicode.Greek}, {"Cyrillic", unicode.Cyrillic}, {"Armenian", unicode.Armenian}, {"Cherokee", unicode.Cherokee}}
