package query

import (
	"slices"
	"strings"
)

// What follows reads the forms of other platforms, which people carry over with
// a strategy: TI=x, TITLE(x), x.ti,ab., x:ti,ab. Each is a slip; a lenient
// reading takes the field that is meant.

// foreign scans a word that is, or ends in, a field of another platform; false
// where it does not.
func (s *scanner) foreign(e Extent) bool {
	w := s.text[e.Start:e.End]
	switch {
	case s.at < s.end && s.text[s.at] == '(' && strings.ToUpper(w) == w && s.scopusField(e, w):
		return true
	case s.foreignEquals(e, w):
		return true
	case s.foreignHeading(e, w):
		return true
	case s.d != Ovid && s.foreignSuffix(e, w, ".", Ovid):
		return true
	}
	return s.d != Cochrane && s.foreignSuffix(e, w, ":", Cochrane)
}

// scopusField scans TITLE-ABS-KEY right before a bracket.
func (s *scanner) scopusField(e Extent, w string) bool {
	f := fieldNamed(Scopus, w)
	switch {
	case s.d == Scopus && len(w) > 2 && isLetter(w[0]) && strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == "":
		n := Note{Extent: e, Code: CodeField, Text: "no field of Scopus is known as " + w, Try: "TITLE-ABS-KEY(…)"}
		if w == "LIMIT-TO" || w == "EXCLUDE" {
			n.Text, n.Try = w+" is a filter of the results and no part of the search", "its field, as in DOCTYPE(re)"
		}
		s.fail(n)
		return true
	case f == "" || s.d == Scopus || w == "DOI" || w == "ALL" || w == "KEY" || w == "ABS":
		return false
	}
	s.slip(Note{Extent: e, Code: CodeField, Text: s.d.name() + " writes no field so", Try: s.fieldExample(f)}, "the field was taken for what is in the brackets")
	s.add(symbol{Extent: e, kind: tokPrefix, fields: s.native([]Field{f}), text: w})
	return true
}

// foreignEquals scans TI= and TI="…" of Web of Science.
func (s *scanner) foreignEquals(e Extent, w string) bool {
	name, rest, ok := strings.Cut(w, "=")
	f := fieldNamed(WebOfScience, name)
	if !ok || f == "" || s.d == WebOfScience || s.d == Scopus && rest != "" {
		return false
	}
	s.slip(Note{Extent: Extent{e.Start, e.Start + len(name) + 1}, Code: CodeField, Text: s.d.name() + " writes no field so", Try: s.fieldExample(f)}, "the field was taken for what follows")
	s.add(symbol{Extent: Extent{e.Start, e.Start + len(name) + 1}, kind: tokPrefix, fields: s.native([]Field{f}), text: name})
	s.at = e.Start + len(name) + 1
	return true
}

// foreignHeading scans the MH before a heading in quotes, as EBSCOhost writes it.
func (s *scanner) foreignHeading(e Extent, w string) bool {
	rest := s.ahead(s.at)
	if s.d == EBSCO || w != "MH" && w != "MM" || !strings.HasPrefix(rest, `"`) {
		return false
	}
	try := ""
	switch s.d {
	case WebOfScience, Scopus:
		s.fail(Note{Extent: e, Code: CodeSyntax, Text: s.d.name() + " has no headings", Try: "the words of the heading"})
		return true
	case Ovid:
		try = "exp Dementia/"
	case PubMed:
		try = `"Dementia"[mh]`
	case Cochrane:
		try = `[mh "Dementia"]`
	}
	s.slip(Note{Extent: e, Code: CodeSyntax, Text: s.d.name() + " writes no heading so", Try: try}, "it was read as a heading")
	s.add(symbol{Extent: e, kind: tokPrefix, tag: w, text: w})
	return true
}

// foreignSuffix scans a word that ends in the fields of another platform,
// heart.ti,ab. of Ovid or heart:ti,ab of the Cochrane Library.
func (s *scanner) foreignSuffix(e Extent, w, mark string, of Dialect) bool {
	body := w
	if of == Ovid {
		var ok bool
		if body, ok = strings.CutSuffix(w, "."); !ok {
			return false
		}
	}
	i := strings.LastIndex(body, mark)
	if i < 0 || i+1 == len(body) {
		return false
	}
	var fields []Field
	for _, name := range strings.Split(strings.ToLower(body[i+1:]), ",") {
		f := fieldNamed(of, name)
		if f == "" {
			return false
		}
		fields = append(fields, f)
	}
	if bare := bareWord(w[:i]); isOwnOperator(s.d, strings.ToLower(bare)) {
		s.operatorSlip(e, bare)
		return true
	}
	at := Extent{e.Start + i, e.End}
	s.slip(Note{Extent: at, Code: CodeField, Text: s.d.name() + " writes no field so", Try: s.fieldExample(fields...)}, "the field was taken")
	if i > 0 {
		s.add(symbol{Extent: Extent{e.Start, at.Start}, kind: tokWord, text: w[:i]})
	}
	s.add(symbol{Extent: at, kind: tokFields, fields: s.native(fields), text: w[i:]})
	return true
}

// native are the dialect's own fields nearest to some.
func (s *scanner) native(fields []Field) []Field {
	var out []Field
	for _, f := range united(s.d, fields) {
		own := []Field{f}
		if codeFor(s.d, f) == "" {
			own, _ = instead(s.d, f)
		}
		for _, o := range own {
			if !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

// fieldExample shows how the dialect writes a field.
func (s *scanner) fieldExample(fields ...Field) string {
	code := codeFor(s.d, s.native(fields)[0])
	switch s.d {
	case Ovid:
		return "." + code + ". behind the term"
	case PubMed:
		return "[" + code + "] behind the term"
	case WebOfScience:
		return code + "=…"
	case Scopus:
		return code + "(…)"
	case EBSCO:
		return code + " before the term"
	}
	return ":" + code + " behind the term"
}

// braced scans what Scopus puts in braces, an exact phrase, and the list of
// lines that the Cochrane Library does, {OR #1-#3}; false in other dialects.
func (s *scanner) braced() bool {
	start := s.at
	i := strings.IndexByte(s.text[start:s.end], '}')
	if s.d != Scopus && s.d != Cochrane {
		return false
	}
	if i < 0 {
		s.fail(Note{Extent: Extent{start, start + 1}, Code: CodeBracket, Text: "this { is not closed", Try: "}"})
		s.at = s.end
		return true
	}
	e := Extent{start, start + i + 1}
	inner := s.text[start+1 : e.End-1]
	s.at = e.End
	if s.d == Scopus {
		s.note(Note{Extent: e, Code: CodeMeaning, Text: "braces ask for every mark of a phrase as it is written; the words of it are looked for in their order"})
		s.add(symbol{Extent: e, kind: tokQuoted, text: inner})
		return true
	}
	op, list, _ := strings.Cut(strings.TrimSpace(inner), " ")
	op = strings.ToLower(op)
	if op != "or" && op != "and" || strings.Trim(list, "0123456789#-, ") != "" || strings.TrimSpace(list) == "" {
		s.fail(Note{Extent: e, Code: CodeSyntax, Text: "braces hold an operator and the numbers of lines", Try: "{OR #1-#3}"})
		return true
	}
	end := e.End - 1 - (len(inner) - len(strings.TrimRight(inner, " ")))
	list = strings.TrimLeft(list, " ")
	list = strings.TrimRight(list, " ")
	s.add(symbol{Extent: Extent{start, end}, kind: tokCombine, op: Op(op), text: list})
	return true
}

// comment reads what Ovid takes for a comment, in square brackets. Where a
// search should stand they were meant as round ones, and a tag of PubMed was
// meant as a field.
func (s *scanner) comment(e Extent) {
	inner := s.text[e.Start+1 : e.End-1]
	if s.wantsOperand() && s.endsOperand(e.End) {
		s.slip(Note{Extent: Extent{e.Start, e.Start + 1}, Code: CodeBracket, Text: "Ovid takes what stands in square brackets for a comment, and a search was expected here", Try: "round brackets"}, "they were read as round ones")
		if s.opts.Lenient {
			s.square++
			s.add(symbol{Extent: Extent{e.Start, e.Start + 1}, kind: tokOpen})
			s.at = e.Start + 1
		}
		return
	}
	name, _, _ := strings.Cut(plainName(inner), ":")
	f := fieldNamed(PubMed, name)
	switch {
	case s.wantsOperand() || f == "" && !isMeSHTag(name):
	case f == "" || !s.opts.Lenient:
		try := ".ti,ab. or another field between points"
		if f == "" {
			try = "exp before the heading and / behind it"
		}
		s.note(Note{Extent: e, Code: CodeMeaning, Text: "a tag of PubMed, which Ovid takes for a comment", Try: try})
	default:
		s.slip(Note{Extent: e, Code: CodeField, Text: "a tag of PubMed, which Ovid takes for a comment", Try: s.fieldExample(f)}, "the field was taken")
		s.add(symbol{Extent: e, kind: tokFields, fields: s.native([]Field{f}), text: s.text[e.Start:e.End]})
	}
}

// wantsOperand tells whether a term or bracket should come next.
func (s *scanner) wantsOperand() bool {
	if len(s.toks) == 0 {
		return true
	}
	switch s.toks[len(s.toks)-1].kind {
	case tokOpen, tokOp, tokNear:
		return true
	}
	return false
}

// endsOperand tells whether the line, its bracket or an operator follows at i.
func (s *scanner) endsOperand(i int) bool {
	rest := s.ahead(i)
	if rest == "" || rest[0] == ')' || rest[0] == '.' || rest[0] == ':' && s.d == Cochrane {
		return true
	}
	if end := strings.IndexFunc(rest, func(r rune) bool { return isBlank(r) || r == '(' || r == ')' || r == '"' }); end >= 0 {
		rest = rest[:end]
	}
	return operatorOf(s.d, rest)
}

// ahead is the text from i on, without the white space that it begins with.
func (s *scanner) ahead(i int) string { return strings.TrimLeftFunc(s.text[i:s.end], isBlank) }
