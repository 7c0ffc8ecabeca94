package query

import (
	"strconv"
	"strings"
)

// nearWord reads an operator of nearness. Gap is the number of words that may
// stand between: Ovid and the Cochrane Library count the steps, so that adj3
// leaves room for two words; Web of Science, Scopus and EBSCOhost count the
// words between.
func (s *scanner) nearWord(e Extent, lower string) (Near, bool) {
	name := strings.TrimRight(lower, "0123456789")
	digits := lower[len(name):]
	slashed := strings.HasSuffix(name, "/")
	name = strings.TrimSuffix(name, "/")
	n, _ := strconv.Atoi(digits)
	n = min(n, 1000)
	switch {
	case s.d == Ovid && name == "adj" && !slashed:
		return s.adjacency(e, digits, n), true
	case s.d == WebOfScience && name == "near" && (digits == "" && !slashed || slashed && digits != ""):
		if digits == "" {
			n = 15 // Web of Science's own default
		}
		return Near{Gap: n}, true
	case s.d == Cochrane && (name == "near" || name == "next") && slashed == (digits != ""):
		if digits == "" {
			n = 6 // the Cochrane Library's own default
			if name == "next" {
				n = 1
			}
		}
		return Near{Gap: max(n-1, 0), Ordered: name == "next"}, true
	case s.d == Scopus && (name == "w" || name == "pre") && slashed && digits != "":
		return Near{Gap: n, Ordered: name == "pre"}, true
	case s.d == EBSCO && (name == "n" || name == "w") && digits != "" && !slashed:
		return Near{Gap: n, Ordered: name == "w"}, true
	}
	return s.foreignNear(e, name, digits, slashed, n)
}

// isOwnOperator tells whether a word in small letters is an operator of a dialect.
func isOwnOperator(d Dialect, w string) bool {
	name := strings.TrimRight(w, "0123456789")
	numbered := len(name) < len(w)
	switch name {
	case "and", "or", "not":
		return !numbered
	case "adj":
		return d == Ovid
	case "near", "next":
		return !numbered && (d == Cochrane || d == WebOfScience && name == "near")
	case "near/", "next/":
		return numbered && (d == Cochrane || d == WebOfScience && name == "near/")
	case "w/", "pre/":
		return numbered && d == Scopus
	case "w", "n":
		return numbered && d == EBSCO
	}
	return false
}

// adjacency reads Ovid's adj: alone the next word in this order, with a number
// within so many steps in either order.
func (s *scanner) adjacency(e Extent, digits string, n int) Near {
	if digits == "" {
		if rest := strings.TrimLeft(s.text[e.End:s.end], " "); rest != "" && isDigit(rest[0]) {
			number := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
			if after := rest[len(number):]; strings.HasPrefix(after, " ") && len(number) < 3 {
				s.note(Note{Extent: e, Code: CodeNear, Text: "a number after a blank is a word to be found, and not the distance of adj", Try: "adj" + number})
			}
		}
		return Near{Ordered: true, Bare: true}
	}
	if n == 0 || n > 99 {
		s.slip(Note{Extent: e, Code: CodeNear, Text: "adj takes a number from 1 to 99", Try: "adj" + strconv.Itoa(min(max(n, 1), 99))}, "the nearest such number was taken")
		n = min(max(n, 1), 99)
	}
	return Near{Gap: n - 1}
}

// foreignNear reads the operators of nearness of other platforms, where they
// stand between two operands. A lenient reading takes the dialect's own with
// the same number; PubMed, which has none between two terms, takes and.
func (s *scanner) foreignNear(e Extent, name, digits string, slashed bool, n int) (Near, bool) {
	if !s.isForeignNear(e, name, digits, slashed) {
		return Near{}, false
	}
	if digits == "" {
		n = 3
	}
	word := name + digits
	if slashed {
		word = name + "/" + digits
	}
	own, near := s.ownNear(name == "next" && digits == "", n)
	note := Note{Extent: e, Code: CodeNear, Text: s.d.name() + " has no " + word, Try: own}
	if s.d == PubMed {
		note.Text += "; it looks for nearness among the words of one quote"
		s.slip(note, "AND was taken")
		return near, true
	}
	s.slip(note, own+" was taken")
	return near, true
}

// isForeignNear tells whether a word is an operator of another platform. One
// that is a word of English too, or a name such as N3, counts beside a bracket
// or a quote only.
func (s *scanner) isForeignNear(e Extent, name, digits string, slashed bool) bool {
	rest := s.ahead(e.End)
	if len(s.toks) == 0 || s.endsOperand(e.End) {
		return false
	}
	last := s.toks[len(s.toks)-1].kind
	if last != tokClose && last != tokQuoted && last != tokWord && last != tokFields {
		return false
	}
	beside := last != tokWord && (rest[0] == '(' || rest[0] == '"') || (last == tokClose || rest[0] == '(') && len(name) > 1
	switch name {
	case "adj", "onear":
		return digits != ""
	case "near", "next", "pre":
		return digits != "" || beside && !slashed && name != "pre"
	case "n", "w":
		return digits != "" && (slashed || beside)
	}
	return false
}

// ownNear is the dialect's own operator for a number, as it is written and as
// it is meant.
func (s *scanner) ownNear(phrase bool, n int) (string, Near) {
	number := strconv.Itoa(n)
	switch s.d {
	case Ovid:
		if phrase {
			return "adj", Near{Ordered: true, Bare: true}
		}
		n = min(max(n, 1), 99)
		return "adj" + strconv.Itoa(n), Near{Gap: n - 1}
	case WebOfScience:
		return "NEAR/" + number, Near{Gap: n}
	case Scopus:
		return "W/" + number, Near{Gap: n}
	case EBSCO:
		return "N" + number, Near{Gap: n}
	case Cochrane:
		return "NEAR/" + strconv.Itoa(max(n, 1)), Near{Gap: max(n-1, 0)}
	}
	return `"two words"[tiab:~` + number + "]", Near{Gap: n}
}
