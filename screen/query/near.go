package query

import (
	"strconv"
	"strings"
)

// nearWord reads an operator of nearness. Gap is the number of words that may
// stand between: Ovid counts the steps, so that adj3 leaves room for two words;
// Web of Science, Scopus and EBSCOhost count the words between.
func (s *scanner) nearWord(e Extent, lower string) (Near, bool) {
	name := strings.TrimRight(lower, "0123456789")
	digits := lower[len(name):]
	slashed := strings.HasSuffix(name, "/")
	name = strings.TrimSuffix(name, "/")
	n, _ := strconv.Atoi(digits)
	if n > 1000 {
		n = 1000
	}
	switch {
	case s.d == Ovid && name == "adj" && !slashed:
		return s.adjacency(e, digits, n), true
	case s.d == Ovid:
		return s.foreignNear(e, name, digits, n)
	case s.d == WebOfScience && name == "near":
		if digits == "" {
			n = 15 // Web of Science's own default
		}
		return Near{Gap: n}, true
	case s.d == Cochrane && (name == "near" || name == "next"):
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
	return Near{}, false
}

// adjacency reads Ovid's adj: alone the next word in this order, with a number
// within so many steps in either order.
func (s *scanner) adjacency(e Extent, digits string, n int) Near {
	if digits == "" {
		return Near{Ordered: true, Bare: true}
	}
	if n == 0 || n > 99 {
		s.slip(Note{Extent: e, Code: CodeNear, Text: "adj takes a number from 1 to 99", Try: "adj" + strconv.Itoa(min(max(n, 1), 99))}, "the nearest such number was taken")
		n = min(max(n, 1), 99)
	}
	return Near{Gap: n - 1}
}

// foreignNear reads the operators of nearness that belong to other platforms,
// where they stand between two operands of Ovid.
func (s *scanner) foreignNear(e Extent, name, digits string, n int) (Near, bool) {
	switch name {
	case "near", "next", "n", "w", "same", "pre":
	default:
		return Near{}, false
	}
	before := len(s.toks) > 0 && (s.toks[len(s.toks)-1].kind == tokClose || s.toks[len(s.toks)-1].kind == tokQuoted || s.toks[len(s.toks)-1].kind == tokWord)
	rest := strings.TrimLeft(s.text[e.End:s.end], " ")
	after := strings.HasPrefix(rest, "(") || len(s.toks) > 0 && s.toks[len(s.toks)-1].kind == tokClose
	switch {
	case !before || rest == "":
		return Near{}, false
	case digits == "" && (!after || len(name) == 1):
		return Near{}, false
	}
	try := "adj" + digits
	if digits == "" {
		try = "adj3, or another number"
		n = 3
	}
	s.slip(Note{Extent: e, Code: CodeNear, Text: "Ovid has no " + name + "; its operator is adj", Try: try}, "adj"+strconv.Itoa(max(n, 1))+" was taken")
	return Near{Gap: max(n-1, 0), Ordered: name == "next" || name == "pre"}, true
}
