package query

import "strings"

// ovidRun parses a phrase, a heading or a reference of Ovid.
func (p *parser) ovidRun() Expr {
	first := p.tok()
	words := []symbol{p.next()}
	for {
		t := p.tok()
		if t.kind == tokSlash && t.text == "" && p.textSlash() {
			words[len(words)-1].text += "/"
			words[len(words)-1].End = t.End
			p.next()
			t = p.tok()
		}
		if t.kind != tokWord && t.kind != tokQuoted {
			break
		}
		words = append(words, p.next())
	}
	e := Extent{first.Start, words[len(words)-1].End}
	if t := p.tok(); t.kind == tokSlash {
		p.next()
		return p.ovidHeading(words, t, Extent{first.Start, t.End})
	}
	if len(words) == 1 && first.kind == tokWord {
		if ref, is := p.reference(first); is {
			if p.failed {
				return nil
			}
			return p.postfix(ref, true)
		}
	}
	if first.kind == tokWord && strings.EqualFold(first.text, "exp") && len(words) > 1 {
		p.slip(Note{Extent: e, Code: CodeSyntax, Text: "exp stands before a heading, and a heading ends in /", Try: strings.TrimSpace(p.text[e.Start:e.End]) + "/"}, "it was read as a heading")
		if p.tok().kind != tokFields {
			return p.ovidHeading(words, symbol{Extent: Extent{e.End, e.End}}, e)
		}
		words, e.Start = words[1:], words[1].Start
	}
	term := p.term(e, words)
	if p.failed {
		return nil
	}
	return p.postfix(term, false)
}

// textSlash tells whether the / at the parser stands within a text, as in
// hypoxia/ischemia, and does not end a heading.
func (p *parser) textSlash() bool {
	next := p.toks[min(p.at+1, len(p.toks)-1)]
	return (next.kind == tokWord || next.kind == tokQuoted) && !next.spaced
}

// ovidHeading makes a heading from the words before a slash.
func (p *parser) ovidHeading(words []symbol, slash symbol, e Extent) Expr {
	h := &Heading{Extent: e}
	if words[0].kind == tokWord && strings.EqualFold(words[0].text, "exp") && len(words) > 1 {
		h.Explode = true
		words = words[1:]
	} else if words[0].kind == tokWord && len(words) == 1 && len(words[0].text) > 4 && strings.EqualFold(words[0].text[:4], "exp*") {
		h.Explode, words[0].text = true, words[0].text[3:]
	}
	if rest, ok := strings.CutPrefix(words[0].text, "*"); ok && words[0].kind == tokWord {
		h.Major = true
		if words[0].text = rest; rest == "" {
			words = words[1:]
		}
	}
	var name []string
	for _, w := range words {
		name = append(name, strings.TrimSpace(w.text))
	}
	h.Name = strings.Join(name, " ")
	if h.Name == "" {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a / with no heading before it", Try: "the heading first, as in Dementia/"})
		return nil
	}
	if slash.text != "" {
		h.Qualifiers = strings.Split(slash.text, ",")
	}
	if t := p.tok(); t.kind == tokFields {
		p.fail(Note{Extent: t.Extent, Code: CodeField, Text: "a heading takes no field", Try: "the heading without " + t.text})
		return nil
	}
	return h
}

// term makes a term from words and quotes.
func (p *parser) term(e Extent, parts []symbol) Expr {
	t := &Term{Extent: e, Quoted: len(parts) == 1 && parts[0].kind == tokQuoted}
	for i, part := range parts {
		if i > 0 && len(t.Words) > 0 {
			t.joins = append(t.joins, " ")
		}
		offset := part.Start
		if part.kind == tokQuoted {
			offset = part.Start + strings.Index(p.text[part.Start:part.End], part.text)
		}
		p.words(t, part.text, offset)
	}
	t.joins = t.joins[:max(len(t.Words)-1, 0)]
	if len(t.Words) == 0 {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a letter or digit was expected", Try: "a term"})
		return nil
	}
	return t
}

// command parses a line that is a command of Ovid: limit, remove duplicates.
func (p *parser) command() (Expr, bool) {
	first := p.tok()
	if first.kind != tokWord {
		return nil, false
	}
	switch strings.ToLower(first.text) {
	case "limit":
		if p.toks[min(p.at+1, len(p.toks)-1)].kind != tokWord {
			return nil, false
		}
		p.next()
		return p.limit(first), true
	case "remove":
		if t := p.toks[min(p.at+1, len(p.toks)-1)]; t.kind != tokWord || !strings.EqualFold(t.text, "duplicates") {
			return nil, false
		}
		p.next()
		p.next()
		return p.unique(first), true
	case "from":
		if len(p.toks) < 4 || p.toks[1].kind != tokWord || !strings.EqualFold(p.toks[2].text, "keep") {
			return nil, false
		}
		p.next()
		return p.keep(first), true
	}
	return nil, false
}

// keep parses "from 12 keep 5,8": records picked by hand from what a line
// found, which the strategy does not name.
func (p *parser) keep(first symbol) Expr {
	t := p.next()
	ref, ok := p.reference(t)
	if !ok {
		p.fail(Note{Extent: t.Extent, Code: CodeReference, Text: "the number of a line was expected", Try: "from 12 keep 5,8"})
	}
	if p.failed {
		return nil
	}
	from, end := p.next(), p.toks[len(p.toks)-1].Start
	picked := strings.Join(strings.Fields(p.text[from.End:end]), " ")
	if picked == "" || strings.Trim(picked, "0123456789,- ") != "" {
		p.fail(Note{Extent: Extent{from.End, end}, Code: CodeLimit, Text: "numbers of records were expected", Try: "from 12 keep 5,8"})
		return nil
	}
	e := Extent{first.Start, end}
	p.note(Note{Extent: e, Code: CodeMeaning, Text: "which records were picked by hand is not known here: of each that its line finds it cannot be said whether it was kept"})
	return &Limit{Extent: e, Of: ref, Conds: []Cond{{Extent: Extent{from.Start, end}, Value: "keep " + picked}}}
}

// unique parses "remove duplicates from 9".
func (p *parser) unique(first symbol) Expr {
	if t := p.next(); t.kind != tokWord || !strings.EqualFold(t.text, "from") {
		p.fail(Note{Extent: t.Extent, Code: CodeSyntax, Text: "from was expected", Try: "remove duplicates from 9"})
		return nil
	}
	t := p.next()
	ref, ok := p.reference(t)
	if !ok {
		p.fail(Note{Extent: t.Extent, Code: CodeReference, Text: "the number of a line was expected", Try: "remove duplicates from 9"})
	}
	if p.tok().kind != tokEnd {
		p.fail(unexpected(p.tok()))
	}
	if p.failed {
		return nil
	}
	e := Extent{first.Start, t.End}
	p.note(Note{Extent: e, Code: CodeMeaning, Text: "remove duplicates means the line it names: each record at hand is found once, and duplicates among them are found by other means"})
	return &Unique{Extent: e, Of: ref}
}
