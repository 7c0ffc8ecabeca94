package query

import (
	"slices"
	"strconv"
	"strings"
)

// prefix scans a field that stands before what it is about: TI= on Web of
// Science, TITLE( in Scopus, TI before a term on EBSCOhost; and Cochrane's
// labels behind a term, :ti,ab.
func (s *scanner) prefix(e Extent) bool {
	w := s.text[e.Start:e.End]
	switch s.d {
	case WebOfScience:
		if s.at < s.end && s.text[s.at] == '=' {
			s.at++
			return s.prefixToken(Extent{e.Start, s.at}, strings.ToUpper(w), true)
		}
	case Scopus:
		if rest := strings.TrimLeft(s.text[s.at:s.end], " "); strings.HasPrefix(rest, "(") || strings.EqualFold(w, "PUBYEAR") {
			if name := strings.ToUpper(w); fieldNamed(Scopus, name) != "" {
				return s.prefixToken(e, name, true)
			}
		}
	case EBSCO:
		if w == "MH" || w == "MM" || w == "MJ" {
			s.add(symbol{Extent: e, kind: tokPrefix, tag: w})
			return true
		}
		if fieldNamed(EBSCO, w) != "" && strings.TrimSpace(s.text[s.at:s.end]) != "" {
			return s.prefixToken(e, w, false)
		}
	case Cochrane:
		if strings.HasPrefix(w, ":") && len(w) > 1 {
			return s.labels(e, strings.ToLower(w[1:]))
		}
	}
	return false
}

// prefixToken adds the token of a field by name; must says that a name that the
// dialect lacks is an error.
func (s *scanner) prefixToken(e Extent, name string, must bool) bool {
	f := fieldNamed(s.d, name)
	if f == "" {
		if must {
			s.fail(Note{Extent: e, Code: CodeField, Text: s.d.name() + " has no field " + name, Try: codesOf(s.d)[0].names[0]})
		}
		return must
	}
	s.add(symbol{Extent: e, kind: tokPrefix, fields: []Field{f}, text: name})
	return true
}

// labels scans Cochrane's :ti,ab,kw.
func (s *scanner) labels(e Extent, list string) bool {
	t := symbol{Extent: e, kind: tokFields, text: s.text[e.Start:e.End]}
	for _, name := range strings.Split(list, ",") {
		f := fieldNamed(Cochrane, strings.TrimSpace(name))
		if f == "" {
			s.fail(Note{Extent: e, Code: CodeField, Text: "the Cochrane Library has no label :" + name, Try: ":ti,ab,kw"})
			return true
		}
		if !slices.Contains(t.fields, f) {
			t.fields = append(t.fields, f)
		}
	}
	s.add(t)
	return true
}

// heading scans Cochrane's [mh "Dementia"], [mh ^"Dementia"/DI]: ^ is one
// heading without those below it.
func (s *scanner) heading(e Extent) {
	inner := strings.TrimSpace(s.text[e.Start+1 : e.End-1])
	rest, ok := cutFold(inner, "mh ")
	if !ok {
		s.fail(Note{Extent: e, Code: CodeSyntax, Text: "only a heading stands in square brackets", Try: `[mh "Dementia"]`})
		return
	}
	s.add(symbol{Extent: e, kind: tokPrefix, tag: "mh", text: strings.TrimSpace(rest)})
}

// plainRun parses a term or a reference of the other platforms.
func (p *parser) plainRun() Expr {
	first := p.next()
	words := []symbol{first}
	if first.kind == tokWord {
		if ref, is := p.reference(first); is {
			return ref
		}
		if first.text == "#" && p.tok().kind == tokWord && allDigits(p.tok().text) {
			n := p.next()
			ref, _ := p.reference(symbol{Extent: Extent{first.Start, n.End}, text: "#" + n.text})
			return ref
		}
		for p.tok().kind == tokWord && !strings.HasPrefix(p.tok().text, "#") {
			words = append(words, p.next())
		}
	}
	e := Extent{first.Start, words[len(words)-1].End}
	term, _ := p.term(e, words).(*Term)
	if term == nil {
		return nil
	}
	term.Loose = first.kind != tokQuoted && len(term.Words) > 1 && len(words) > 1 && p.d != EBSCO
	return p.postfix(term, false)
}

// prefixed parses what stands behind a field.
func (p *parser) prefixed(t symbol) Expr {
	if t.tag != "" {
		return p.plainHeading(t)
	}
	if p.d == Scopus && t.fields[0] == Year {
		return p.pubYear(t)
	}
	start := p.tok()
	var of Expr
	if start.kind == tokOpen || start.kind == tokQuoted {
		of = p.operand()
	} else {
		of = p.run()
	}
	if p.failed || of == nil {
		return nil
	}
	e := Extent{t.Start, of.Where().End}
	if p.d == WebOfScience && t.fields[0] == Year || p.d == EBSCO && t.fields[0] == Year {
		text := strings.Trim(p.text[start.Start:of.Where().End], `()" `)
		if from, to, ok := ovidDates(text); ok {
			return &Dates{Extent: e, Field: Year, From: from, To: to}
		}
	}
	return &In{Extent: e, Of: of, Fields: t.fields}
}

// pubYear parses Scopus's PUBYEAR > 2009 and PUBYEAR IS 2010.
func (p *parser) pubYear(t symbol) Expr {
	op, year := p.next(), p.tok()
	text := op.text
	if len(text) > 4 && (text[0] == '>' || text[0] == '<' || text[0] == '=') { // >2009
		year = symbol{Extent: op.Extent, text: text[1:]}
		text = text[:1]
	} else {
		p.next()
	}
	n, err := strconv.Atoi(year.text)
	if err != nil || n < 1000 || n > 9999 {
		p.fail(Note{Extent: year.Extent, Code: CodeDate, Text: "a year was expected", Try: "PUBYEAR > 2009"})
		return nil
	}
	d := &Dates{Extent: Extent{t.Start, year.End}, Field: Year}
	switch strings.ToLower(text) {
	case ">", "aft":
		d.From = Day{Year: n + 1}
	case "<", "bef":
		d.To = Day{Year: n - 1}
	case "=", "is":
		d.From, d.To = Day{Year: n}, Day{Year: n}
	default:
		p.fail(Note{Extent: op.Extent, Code: CodeDate, Text: "PUBYEAR is followed by >, < or IS", Try: "PUBYEAR > 2009"})
		return nil
	}
	return d
}

// plainHeading parses a heading of EBSCOhost, MH "Dementia+/DI", or of the
// Cochrane Library.
func (p *parser) plainHeading(t symbol) Expr {
	h := &Heading{Extent: t.Extent, Explode: true}
	text := t.text
	if p.d == EBSCO {
		arg := p.next()
		if arg.kind != tokQuoted && arg.kind != tokWord {
			p.fail(Note{Extent: arg.Extent, Code: CodeSyntax, Text: "a heading was expected after " + t.tag, Try: t.tag + ` "Dementia+"`})
			return nil
		}
		h.End = arg.End
		text, h.Major, h.Explode = arg.text, t.tag != "MH", false
	} else if rest, ok := strings.CutPrefix(text, "^"); ok {
		text, h.Explode = rest, false
	}
	text = strings.ReplaceAll(text, `"`, "")
	name, quals, _ := strings.Cut(text, "/")
	if plain, ok := strings.CutSuffix(strings.TrimSpace(name), "+"); ok && p.d == EBSCO {
		name, h.Explode = plain, true
	}
	if plain, ok := strings.CutSuffix(quals, "+"); ok && p.d == EBSCO {
		quals, h.Explode = plain, true
	}
	h.Name = strings.TrimSpace(name)
	for _, q := range strings.FieldsFunc(quals, func(r rune) bool { return r == '/' || r == ',' }) {
		if q = strings.ToLower(strings.TrimSpace(q)); q != "" {
			h.Qualifiers = append(h.Qualifiers, q)
		}
	}
	if h.Name == "" {
		p.fail(Note{Extent: t.Extent, Code: CodeSyntax, Text: "a heading was expected", Try: `"Dementia"`})
		return nil
	}
	return h
}
