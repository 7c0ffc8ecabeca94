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
		if i := s.equals(); i > 0 {
			s.at = i
			return s.prefixToken(Extent{e.Start, s.at}, strings.ToUpper(w), true)
		}
	case Scopus:
		if rest := s.ahead(s.at); strings.HasPrefix(rest, "(") || strings.EqualFold(w, "PUBYEAR") {
			if name := strings.ToUpper(w); fieldNamed(Scopus, name) != "" {
				return s.prefixToken(e, name, true)
			}
		}
	case EBSCO:
		if isHeadingTag(w) {
			s.add(symbol{Extent: e, kind: tokPrefix, tag: w})
			return true
		}
		if fieldNamed(EBSCO, w) != "" && !s.endsOperand(s.at) {
			return s.prefixToken(e, w, false)
		}
	case Cochrane:
		if s.descriptor(e) || s.dateFrame(e, w) {
			return true
		}
		if strings.HasPrefix(w, ":") && len(w) > 1 {
			return s.labels(e, strings.ToLower(w[1:]))
		}
	}
	return false
}

// isHeadingTag tells whether EBSCOhost writes a heading behind a word.
func isHeadingTag(w string) bool { return w == "MH" || w == "MM" || w == "MJ" }

// equals is where the text goes on behind a = that comes next, 0 where none does.
func (s *scanner) equals() int {
	if rest := s.ahead(s.at); strings.HasPrefix(rest, "=") {
		return s.end - len(rest) + 1
	}
	return 0
}

// prefixToken adds the token of a field by name; must says that a name that the
// dialect lacks is an error.
func (s *scanner) prefixToken(e Extent, name string, must bool) bool {
	f := fieldNamed(s.d, name)
	if f == "" {
		if must {
			s.fail(Note{Extent: e, Code: CodeField, Text: "no field of " + s.d.name() + " is known as " + name, Try: codesOf(s.d)[0].names[0]})
		}
		return must
	}
	s.add(symbol{Extent: e, kind: tokPrefix, fields: []Field{f}, text: name})
	return true
}

// dateFrame says of "with Cochrane Library publication date from …" that it is a
// limit of the search manager and no part of the search.
func (s *scanner) dateFrame(e Extent, w string) bool {
	if _, ok := cutFold(s.ahead(s.at), "cochrane library publication date"); !ok || !strings.EqualFold(w, "with") {
		return false
	}
	s.slip(Note{Extent: Extent{e.Start, s.end}, Code: CodeLimit, Text: "a limit of the search manager is no part of the search", Try: "the search without it"}, "it was left out")
	s.at = s.end
	return true
}

// labels scans Cochrane's :ti,ab,kw.
func (s *scanner) labels(e Extent, list string) bool {
	t := symbol{Extent: e, kind: tokFields, text: s.text[e.Start:e.End]}
	for _, name := range strings.Split(list, ",") {
		f := fieldNamed(Cochrane, strings.TrimSpace(name))
		if f == "" {
			s.fail(Note{Extent: e, Code: CodeField, Text: "no label of the Cochrane Library is known as :" + name, Try: ":ti,ab,kw"})
			return true
		}
		if !slices.Contains(t.fields, f) {
			t.fields = append(t.fields, f)
		}
	}
	s.add(t)
	return true
}

// heading scans Cochrane's [mh "Dementia"], [mh ^"Dementia"/DI], [mh
// "Dementia"[mj]]: ^ is one heading without those below it, [mj] a main topic.
func (s *scanner) heading(e Extent) {
	inner := strings.TrimSpace(s.text[e.Start+1 : e.End-1])
	rest, ok := cutFold(inner, "mh ")
	if !ok {
		s.fail(Note{Extent: e, Code: CodeSyntax, Text: "only a heading stands in square brackets", Try: `[mh "Dementia"]`})
		return
	}
	t := symbol{Extent: e, kind: tokPrefix, tag: "mh", text: strings.TrimSpace(rest)}
	if name, ok := strings.CutSuffix(strings.ToLower(t.text), "[mj"); ok && s.at < s.end && s.text[s.at] == ']' {
		s.at++
		t.End = s.at
		t.major, t.text = true, strings.TrimSpace(t.text[:len(name)])
	}
	s.add(t)
}

// maxDescriptor is how far a heading of the search manager may reach, in bytes.
const maxDescriptor = 400

// descriptor scans a heading as the search manager of the Cochrane Library
// shows it: MeSH descriptor: [Dementia] explode all trees.
func (s *scanner) descriptor(e Extent) bool {
	window := s.text[e.End:min(s.end, e.End+maxDescriptor)]
	rest, ok := cutFold(strings.TrimLeft(window, " "), "descriptor")
	if !ok || !strings.EqualFold(s.text[e.Start:e.End], "mesh") {
		return false
	}
	rest = strings.TrimLeft(rest, ": ")
	inBrackets := strings.HasPrefix(rest, "[")
	name, after, ok := strings.Cut(strings.TrimPrefix(rest, "["), "]")
	explode := true
	for _, how := range [...]string{"explode all trees", "this term only", "explode"} {
		lower := strings.ToLower(name)
		if inBrackets {
			lower = strings.ToLower(strings.TrimLeft(after, " "))
		}
		i := strings.Index(lower, how)
		if i < 0 || inBrackets && i > 0 {
			continue
		}
		if explode = how != "this term only"; inBrackets {
			after = strings.TrimLeft(after, " ")[len(how):]
		} else {
			name, after, ok = rest[:i], rest[i+len(how):], true
		}
		break
	}
	if !ok {
		return false
	}
	t := symbol{kind: tokPrefix, tag: "mh", text: `"` + strings.TrimSpace(name) + `"`}
	if !explode {
		t.text = "^" + t.text
	}
	if quals, more, ok := strings.Cut(after, "]"); ok {
		if list, ok := cutFold(strings.TrimLeft(quals, " "), "and with qualifier(s): ["); ok {
			t.text += "/" + descriptorCodes(list)
			after = more
		}
	}
	s.at = e.End + len(window) - len(after)
	t.Extent = Extent{e.Start, s.at}
	s.add(t)
	return true
}

// descriptorCodes are the two letters of "diagnosis - DI, therapy - TH".
func descriptorCodes(list string) string {
	var out []string
	for _, q := range strings.Split(list, ",") {
		name, code, ok := strings.Cut(q, " - ")
		if !ok {
			code = name
		}
		out = append(out, strings.TrimSpace(code))
	}
	return strings.Join(out, ",")
}

// plainRun parses a term or a reference of the other platforms.
func (p *parser) plainRun() Expr {
	first := p.next()
	words := []symbol{first}
	if first.kind == tokWord {
		if ref, is := p.reference(first); is {
			return p.postfix(ref, true)
		}
		if first.text == "#" && p.tok().kind == tokWord && allDigits(p.tok().text) {
			n := p.next()
			ref, _ := p.reference(symbol{Extent: Extent{first.Start, n.End}, text: "#" + n.text})
			return p.postfix(ref, true)
		}
		for p.tok().kind == tokWord && !strings.HasPrefix(p.tok().text, "#") {
			words = append(words, p.next())
		}
	}
	e := Extent{first.Start, words[len(words)-1].End}
	if h, ok := p.ovidForm(e, words); ok {
		return h
	}
	term, _ := p.term(e, words).(*Term)
	if term == nil {
		return nil
	}
	term.Loose = first.kind != tokQuoted && len(term.Words) > 1 && wordsApart(words) && p.d != EBSCO
	return p.postfix(term, false)
}

// wordsApart tells whether more than one of some tokens holds a letter or digit, so
// that they are words apart and no word with a mark in it.
func wordsApart(words []symbol) bool {
	n := 0
	for _, w := range words {
		if hasLetter(w.text) {
			n++
		}
	}
	return n > 1
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
			return p.years(&Dates{Extent: e, Field: Year, From: from, To: to})
		}
	}
	return p.in(e, of, t.fields)
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
	if t.tag != "mh" {
		arg := p.next()
		if arg.kind == tokOpen {
			return p.bracketedHeadings(t, arg)
		}
		if arg.kind != tokQuoted && arg.kind != tokWord {
			p.fail(Note{Extent: arg.Extent, Code: CodeSyntax, Text: "a heading was expected after " + t.tag, Try: t.tag + ` "Dementia+"`})
			return nil
		}
		h.End = arg.End
		return p.ebscoHeading(h, arg.text, t.tag)
	} else if rest, ok := strings.CutPrefix(text, "^"); ok {
		text, h.Explode = rest, false
	}
	h.Major = t.major
	return p.namedHeading(h, text)
}

// bracketedHeadings parses MH ("Dementia+" OR "Delirium").
func (p *parser) bracketedHeadings(t, open symbol) Expr {
	e := p.bracket(open)
	if p.failed || e == nil {
		return nil
	}
	return p.headings(e, func(text string, x Extent) Expr {
		return p.ebscoHeading(&Heading{Extent: x}, text, t.tag)
	})
}

// ebscoHeading reads the name of a heading of EBSCOhost, where + explodes it.
func (p *parser) ebscoHeading(h *Heading, text, tag string) Expr {
	h.Major = tag != "MH"
	plain := strings.ReplaceAll(text, "+", "")
	h.Explode = plain != text
	return p.namedHeading(h, plain)
}

// namedHeading fills in the name and the subheadings of a heading.
func (p *parser) namedHeading(h *Heading, text string) Expr {
	text = unquoted(text)
	if p.d == Cochrane { // whose headings stand in square brackets
		text = strings.NewReplacer("[", "", "]", "").Replace(text)
	}
	name, quals, _ := strings.Cut(text, "/")
	h.Name = strings.Join(strings.Fields(name), " ")
	for _, q := range strings.FieldsFunc(quals, func(r rune) bool { return r == '/' || r == ',' }) {
		q = strings.ToLower(strings.TrimSpace(q))
		switch {
		case q == "":
		case p.d == Ovid && qualifierName(q) == "":
			p.slip(Note{Extent: h.Extent, Code: CodeSyntax, Text: "“" + q + "” is no subheading of two letters", Try: "the heading alone"}, "it was left out")
		default:
			h.Qualifiers = append(h.Qualifiers, q)
		}
	}
	if h.Name == "" {
		p.fail(Note{Extent: h.Extent, Code: CodeSyntax, Text: "a heading was expected", Try: `"Dementia"`})
		return nil
	}
	return h
}
