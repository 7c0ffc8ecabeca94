package namelist

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SplitTag parts the names of a value that should hold one name and surely holds several:
// with semicolons between them, with "and" between two of the form "Family, Given", or
// with commas between names that each have their initials.
func SplitTag(s string) []string {
	if strings.Contains(s, ";") {
		return Pieces(s, ";")
	}
	if family, given, _ := strings.Cut(s, ","); strings.IndexByte(s, '&') < 0 && strings.IndexByte(strings.TrimSpace(given), ' ') < 0 && strings.IndexByte(family, ' ') < 0 {
		return []string{s} // "Family, Given", as nearly all are
	}
	for _, and := range [...]string{" and ", " & "} {
		if !strings.Contains(s, and) {
			continue
		}
		parts := strings.Split(s, and)
		if every(parts, func(p string) bool { return strings.Count(p, ",") == 1 && !strings.HasSuffix(p, ",") }) {
			return parts
		}
	}
	if first, _, _ := strings.Cut(s, ","); strings.Contains(s, ",,") || !EndsInInitials(first) && !beginsWithShort(first) {
		return []string{s}
	}
	parts := Pieces(s, ",")
	if len(parts) > 1 && (every(parts, EndsInInitials) || every(parts, beginsWithShort) && (len(parts) > 2 || noVowel(parts))) {
		return parts
	}
	return []string{s}
}

// EndsInInitials: "van der Helm JJ".
func EndsInInitials(s string) bool {
	first, last, ok := endWords(s)
	return ok && len(last) <= 3 && Initials(last) && !Initials(first)
}

// beginsWithShort: "Ge Newman", "J.K. Brown".
func beginsWithShort(s string) bool {
	first, last, ok := endWords(s)
	if !ok {
		return false
	}
	capital, _ := utf8.DecodeRuneInString(first)
	short := utf8.RuneCountInString(first) <= 2 || strings.HasSuffix(first, ".") && Initials(first)
	return unicode.IsUpper(capital) && short && utf8.RuneCountInString(last) > 2
}

// endWords gives the first and the last of several words with single blanks
// between them.
func endWords(s string) (first, last string, ok bool) {
	s = strings.TrimSpace(s)
	i, j := strings.IndexByte(s, ' '), strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[j+1:], true
}

// noVowel tells whether the first words of two names are initials for sure, not
// a short name or particle: "Rj", "Pc".
func noVowel(parts []string) bool {
	return every(parts, func(p string) bool {
		return !strings.ContainsAny(strings.ToLower(strings.Fields(p)[0]), "aeiouy")
	})
}

// Initials tells whether given names are initials, so that the family name
// stood first.
func Initials(given string) bool {
	letters := 0
	for _, r := range given {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != ' ' && r != '-':
			return false
		}
	}
	return letters > 0
}

// WithoutEtAl takes the mark of a list that was cut off its end.
func WithoutEtAl(s string) (rest string, cut bool) {
	if s == "" || s[len(s)-1] != '.' && s[len(s)-1] != 'l' && s[len(s)-1] != 's' && s[len(s)-1] < utf8.RuneSelf {
		return s, false
	}
	for _, end := range [...]string{"...", "…", "et al.", "et al", "et. al.", "and others"} {
		if rest, ok := strings.CutSuffix(s, end); ok && (rest == "" || !isWordEnd(rest) || end[0] != 'e' && end[0] != 'a') {
			return strings.TrimRight(rest, " ,;"), true
		}
	}
	return s, false
}

func isWordEnd(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}

// IsSuffix tells whether a part of a name is a generational suffix, with or without its
// point. "I" is none: it is an initial.
func IsSuffix(s string) bool {
	s = strings.TrimSuffix(s, ".")
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	var low [3]byte
	for i := range len(s) {
		low[i] = s[i]
		if c := s[i]; c >= 'A' && c <= 'Z' {
			low[i] += 'a' - 'A'
		}
	}
	switch string(low[:len(s)]) {
	case "jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th", "5th":
		return true
	}
	return false
}
