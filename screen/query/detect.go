package query

import (
	"strings"
)

// Detect says which dialect a text is most likely written in, by the marks that
// only one of them uses: a field between points or a heading before a slash is
// Ovid's, a tag in square brackets PubMed's, and so on. "" is for a text with no
// such mark, which means the same in all.
func Detect(text string) Dialect {
	score := map[Dialect]int{}
	lower := strings.ToLower(text)
	for _, d := range Dialects() {
		s := scanner{reader: &reader{d: d, text: text, q: &Query{}}, end: len(text)}
		score[d] = signs(d, &s, text, lower)
	}
	best := Dialect("")
	for _, d := range Dialects() {
		if score[d] > score[best] {
			best = d
		}
	}
	return best
}

// signs counts the marks of one dialect in a text.
func signs(d Dialect, s *scanner, text, lower string) int {
	n := 0
	switch d {
	case Ovid:
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '.':
				if s.isSuffix(i) {
					n++
				}
			case '$', '#':
				if isLetter(text[i-1]) {
					n++
				}
			case '/':
				if isWordByte(text[i-1]) && (i+1 == len(text) || strings.IndexByte(" \n)\r", text[i+1]) >= 0) || isLetter(text[i-1]) && i+1 < len(text) && isDigit(text[i+1]) && isOperatorWord(text[max(i-3, 0):i]) {
					n++
				}
			}
		}
		n += countWords(lower, func(w string) bool { return w != "and" && w != "or" && w != "not" && isOperatorWord(w) || w == "exp" })
	case PubMed:
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, "[")
			if !ok {
				break
			}
			tag, _, _ := strings.Cut(after, "]")
			name, _, _ := strings.Cut(plainName(tag), ":")
			if name = strings.TrimSpace(name); isMeSHTag(name) || fieldNamed(PubMed, name) != "" {
				n++
			}
			rest = after
		}
	case WebOfScience:
		for _, c := range wosCodes {
			for _, name := range c.names {
				n += countBefore(text, name, "=")
			}
		}
		n += strings.Count(lower, " near/")
	case Scopus:
		for _, c := range scopusCodes {
			for _, name := range c.names {
				n += countBefore(text, name, "(")
			}
		}
		n += strings.Count(lower, " w/") + strings.Count(lower, " pre/") + 2*strings.Count(text, "PUBYEAR")
	case EBSCO:
		n += countWords(text, func(w string) bool {
			return w == "MH" || w == "MM" || fieldNamed(EBSCO, w) != "" || len(w) > 1 && (w[0] == 'N' || w[0] == 'W' || w[0] == 'S') && allDigits(w[1:])
		})
	case Cochrane:
		n += strings.Count(lower, ":ti") + strings.Count(lower, ":me") + strings.Count(lower, ":kw") + strings.Count(lower, ":pt") + 3*strings.Count(lower, "[mh ") + strings.Count(lower, " near/") + strings.Count(lower, " next ")
	}
	return n
}

// countWords counts the words of a text that are wanted.
func countWords(text string, wanted func(string) bool) int {
	n := 0
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '(' || r == ')' || r == '\n' || r == '\t' }) {
		if wanted(w) {
			n++
		}
	}
	return n
}

// countBefore counts where a name stands as a word of its own before a mark.
func countBefore(text, name, mark string) int {
	n := 0
	for at := 0; ; {
		i := strings.Index(text[at:], name+mark)
		if i < 0 {
			return n
		}
		i += at
		if i == 0 || !isWordByte(text[i-1]) && text[i-1] != '-' {
			n++
		}
		at = i + len(name)
	}
}
