package namelist

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split parts a list of names: at semicolons; else at "and" or at commas, where what
// stands between them are names for sure. byCommas tells that lists of its source part
// names by commas, so that two names are enough.
func Split(s string, byCommas bool) []string {
	if strings.Contains(s, ";") {
		return Pieces(s, ";")
	}
	if parts := splitAnd(s); len(parts) > 1 {
		return parts
	}
	if parts := splitCommas(s, byCommas); len(parts) > 1 {
		return parts
	}
	return []string{s}
}

// Pieces parts a text and leaves empty parts out.
func Pieces(s, sep string) []string {
	var out []string
	for _, p := range strings.Split(s, sep) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// InBraces tells whether a name is one pair of braces and what is in it.
func InBraces(s string) bool {
	return len(s) > 2 && s[0] == '{' && strings.IndexByte(s, '}') == len(s)-1
}

// splitAnd parts "Berg, Anna and Chen, Li", "Anna Berg and Li Chen" and
// "Anna Berg, Li Chen, and Vera Nimbus"; nil where it is not sure.
func splitAnd(s string) []string {
	if InBraces(s) {
		return nil
	}
	parts := Pieces(strings.ReplaceAll(s, " & ", " and "), " and ")
	if len(parts) < 2 {
		return nil
	}
	inverted, plain, single, whole := 0, 0, 0, true
	for i := range parts {
		parts[i] = strings.TrimRight(parts[i], ", ")
		switch n := strings.Count(parts[i], ","); {
		case (n == 1 || n == 2 && hasSuffix(parts[i])) && !GroupLike(strings.Fields(parts[i])):
			inverted++
		case n == 0:
			plain++
			if !strings.Contains(parts[i], " ") {
				single++
			}
			whole = whole && personal(parts[i])
		default:
			plain++
			whole = false
		}
	}
	if list := pairs(strings.Join(parts, ", ")); len(list) > inverted {
		return list
	}
	if inverted > plain || len(parts) > 2 && inverted > 0 && single == plain { // names of one word beside inverted ones
		return parts
	}
	if inverted == 0 && plain == len(parts) && whole {
		return parts
	}
	if list := splitCommas(strings.Join(parts, ", "), false); len(list) > len(parts) {
		return list
	}
	return nil
}

// hasSuffix tells whether one of the given parts of an inverted name is "Jr" or the like.
func hasSuffix(s string) bool {
	_, rest, _ := strings.Cut(s, ",")
	first, second, _ := strings.Cut(rest, ",")
	return IsSuffix(strings.TrimSpace(first)) || IsSuffix(strings.TrimSpace(second))
}

// splitCommas parts names that have their initials in or behind them, and lists of
// three and more names of several words each; nil where it is not sure.
func splitCommas(s string, commas bool) []string {
	parts := withSuffixes(Pieces(s, ","))
	if len(parts) > 2 && !strings.Contains(parts[0], " ") && onlyInitials(parts[1]) && every(parts[2:], beginsWithInitials) {
		return append([]string{parts[0] + ", " + parts[1]}, parts[2:]...) // only the first name is inverted, as in MLA style
	}
	switch {
	case len(parts) < 2:
		return nil
	case every(parts, endsInInitials), every(parts, beginsWithInitials):
		return parts
	case len(parts) > 3 && pairs(s) != nil:
		return pairs(s)
	case len(parts) > 2 && every(parts, personal), commas && every(parts, personal):
		return parts
	case len(parts) > 4 && personal(parts[0]) && mostly(parts, personal):
		return parts
	}
	return nil
}

// withSuffixes puts "Jr" and the like behind the names that they stand behind.
func withSuffixes(parts []string) []string {
	out := parts[:0]
	for i, p := range parts {
		if i > 0 && len(parts) > 2 && hasSuffix("A, B, "+p) {
			out[len(out)-1] += " " + p
			continue
		}
		out = append(out, p)
	}
	return out
}

// mostly tells whether all parts but one in five are what holds says, and the others
// are of one word: some people have but one name.
func mostly(parts []string, holds func(string) bool) bool {
	others := 0
	for _, p := range parts {
		if !holds(p) {
			if strings.Contains(p, " ") {
				return false
			}
			others++
		}
	}
	return others*5 <= len(parts)
}

// pairs parts "Blum, A., Furst, M., Kearns, M. J.": family names and initials by
// turns, two names at least; nil for anything else.
func pairs(s string) []string {
	parts := Pieces(s, ",")
	if len(parts) < 4 || len(parts)%2 != 0 {
		return nil
	}
	var out []string
	for i := 0; i < len(parts); i += 2 {
		if initials(parts[i], 3) || !onlyInitials(parts[i+1]) {
			return nil
		}
		out = append(out, parts[i]+", "+parts[i+1])
	}
	return out
}

// onlyInitials tells whether given names are initials, in capitals or with points.
func onlyInitials(s string) bool {
	for _, word := range strings.Fields(s) {
		for _, letters := range strings.FieldsFunc(word, func(r rune) bool { return r == '.' || r == '-' }) {
			if n := utf8.RuneCountInString(letters); n > 1 && (n > 3 || !initials(letters, 3)) || n == 1 && !strings.Contains(word, ".") && !initials(letters, 1) {
				return false
			}
		}
	}
	return true
}

// IsCommaList tells whether a cell of authors parts full names by commas for sure.
func IsCommaList(s string) bool {
	return !strings.ContainsAny(s, ";") && strings.Count(s, ",") > 1 && len(splitCommas(s, false)) > 2
}

func every(parts []string, holds func(string) bool) bool {
	for _, p := range parts {
		if !holds(p) {
			return false
		}
	}
	return true
}

// endsInInitials: "van der Helm JJ", "Bland JM.".
func endsInInitials(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && initials(words[len(words)-1], 3) && !initials(words[0], 3)
}

// beginsWithInitials: "J.K. Brown", "p. auer", "A Berg".
func beginsWithInitials(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 {
		return false
	}
	last := words[len(words)-1]
	first := words[0]
	return utf8.RuneCountInString(strings.Trim(last, ".")) > 2 && !GroupLike(words) &&
		(initials(first, 2) || strings.HasSuffix(first, ".") && utf8.RuneCountInString(first) == 2)
}

// initials tells whether a word is made of at most so many capitals, with points
// and dashes between them or without.
func initials(word string, most int) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != '-':
			return false
		}
	}
	return letters > 0 && letters <= most
}

// personal tells whether a text can be a person's name of several words.
func personal(s string) bool {
	words := strings.Fields(s)
	if n := len(words); n > 2 && len(words[n-1]) == 4 && strings.Trim(words[n-1], "0123456789") == "" {
		words = words[:n-1] // the number by which DBLP tells namesakes apart
	}
	return len(words) > 1 && len(words) < 8 && !GroupLike(words) && !strings.ContainsAny(strings.Join(words, ""), "0123456789")
}

// groupWords stand in the names of organisations and not in those of persons.
var groupWords = map[string]bool{
	"of": true, "for": true, "the": true, "on": true, "in": true, "group": true, "university": true, "department": true, "ministry": true,
	"health": true, "human": true, "services": true, "institute": true, "centre": true, "center": true, "national": true, "committee": true,
	"society": true, "association": true, "study": true, "trial": true, "collaboration": true, "council": true, "agency": true, "inc": true, "ltd": true, "co": true,
}

// GroupLike tells whether a word of a name is one that only organisations have.
func GroupLike(words []string) bool {
	for _, w := range words {
		if groupWords[strings.ToLower(strings.Trim(w, ".,()"))] {
			return true
		}
	}
	return false
}
