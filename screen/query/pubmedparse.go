package query

import (
	"strings"
)

// pubmedRun parses a term of PubMed with its tag, a range of dates, a
// reference.
func (p *parser) pubmedRun() Expr {
	if p.frame() {
		if p.failed {
			return nil
		}
		return p.operand()
	}
	first := p.next()
	words := []symbol{first}
	if first.kind == tokWord {
		if first.text == "#" && allDigits(p.tok().text) && p.tok().kind == tokWord { // "# 24"
			n := p.next()
			first = symbol{Extent: Extent{first.Start, n.End}, kind: tokWord, text: "#" + n.text}
			words[0] = first
		}
		if ref, is := p.reference(first); is {
			if p.failed {
				return nil
			}
			return p.postfix(ref, true)
		}
		for p.tok().kind == tokWord && !strings.HasPrefix(p.tok().text, "#") && p.tok().text != ":" {
			words = append(words, p.next())
		}
	}
	e := Extent{first.Start, words[len(words)-1].End}
	if t := p.tok(); t.kind == tokFields {
		p.next()
		return p.tagged(words, t, Extent{first.Start, t.End})
	}
	if p.tok().kind == tokWord && p.tok().text == ":" {
		return p.pubmedDates(e, p.text[e.Start:e.End], "")
	}
	term, _ := p.term(e, words).(*Term)
	if term == nil {
		return nil
	}
	if first.kind != tokQuoted {
		p.foreign(term, words)
		term.Loose = len(term.Words) > 1
	}
	return term
}

// frame notices what an interface shows around a search and people copy with
// it, "PubMed with no limits: …" before and "Sort by: …" behind it, and fields of
// other platforms, TI="…". A lenient reading leaves them out; it is then true,
// and the parser stands where the search goes on.
func (p *parser) frame() bool {
	first := p.at
	for i := first; i < len(p.toks) && p.toks[i].kind == tokWord; i++ {
		t := p.toks[i]
		switch last := t.text[len(t.text)-1]; {
		case last == '=' && len(t.text) > 1 && i == first:
			p.slip(Note{Extent: t.Extent, Code: CodeField, Text: "PubMed writes a field in brackets behind the term", Try: "[" + strings.ToLower(t.text[:len(t.text)-1]) + "] behind it"}, "it was left out")
		case last == ':' && len(t.text) > 1 && i+1 < len(p.toks) && p.toks[i+1].kind != tokEnd:
			if first > 0 {
				p.slip(Note{Extent: Extent{p.toks[first].Start, p.toks[len(p.toks)-1].End}, Code: CodeSyntax, Text: "this is shown by the interface and is no part of the search", Try: "the search without it"}, "it was left out")
				p.at, p.cut = len(p.toks)-1, true
				return true
			}
			p.slip(Note{Extent: Extent{p.toks[first].Start, t.End}, Code: CodeSyntax, Text: "this names the search and is no part of it", Try: "the search without it"}, "it was left out")
		default:
			continue
		}
		p.at = i + 1
		return true
	}
	return false
}

// tagged makes what a tag says of the words before it.
func (p *parser) tagged(words []symbol, tag symbol, e Extent) Expr {
	text := words[0].text
	if len(words) > 1 {
		text = p.text[words[0].Start:words[len(words)-1].End]
	}
	if isMeSHTag(strings.TrimSuffix(tag.tag, ":noexp")) {
		return p.pubmedHeading(text, tag, e, words[0].kind == tokQuoted)
	}
	if len(tag.fields) == 0 {
		return nil
	}
	if isDate(tag.fields[0]) {
		return p.pubmedDates(e, text, tag.fields[0])
	}
	term, _ := p.term(e, words).(*Term)
	if term == nil {
		return nil
	}
	if words[0].kind != tokQuoted {
		p.foreign(term, words)
	}
	if tag.tag == "~" {
		return p.pubmedNear(term, tag, e)
	}
	return &In{Extent: e, Of: term, Fields: tag.fields}
}

// pubmedHeading makes a heading; "exp" before it belongs to Ovid.
func (p *parser) pubmedHeading(text string, tag symbol, e Extent, quoted bool) Expr {
	if rest, ok := cutFold(text, "exp "); ok && !quoted {
		p.slip(Note{Extent: e, Code: CodeSyntax, Text: "exp belongs to Ovid; PubMed explodes headings by itself", Try: strings.TrimSpace(rest) + p.text[tag.Start:tag.End]}, "exp was left out")
		text = rest
	}
	if strings.ContainsAny(text, "*") {
		p.slip(Note{Extent: e, Code: CodeWildcard, Text: "a heading takes no *", Try: "the whole name of the heading"}, "the headings of that beginning were taken")
	}
	h := mesh(text, tag.tag, e)
	if h.Name == "" {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a heading was expected before the tag", Try: `"Dementia"[mh]`})
		return nil
	}
	return h
}

// pubmedNear makes "a b"[tiab:~3].
func (p *parser) pubmedNear(term *Term, tag symbol, e Extent) Expr {
	if !term.Quoted || len(term.Words) < 2 {
		p.slip(Note{Extent: e, Code: CodeNear, Text: "PubMed looks for nearness among two or more words in quotes", Try: `"two words"` + tag.text}, "the words were taken as they stand")
		if len(term.Words) < 2 {
			return &In{Extent: e, Of: term, Fields: tag.fields}
		}
	}
	near := &Near{Extent: term.Extent, Gap: tag.near.Gap}
	for _, w := range term.Words {
		near.Args = append(near.Args, &Term{Extent: term.Extent, Words: []Word{w}})
	}
	return &In{Extent: e, Of: near, Fields: tag.fields}
}

func isDate(f Field) bool {
	switch f {
	case Year, PublicationDate, EntryDate, CreateDate, HeadingDate, CompletionDate, ElectronicDate, UpdateDate:
		return true
	}
	return false
}

// pubmedDates parses a date or a range of dates: 2010:2015[dp], and
// "2008/03/01"[crdt] : "3000"[crdt], whose second half stands ahead.
func (p *parser) pubmedDates(e Extent, text string, f Field) Expr {
	text = strings.ReplaceAll(text, `"`, "")
	if p.tok().kind == tokWord && p.tok().text == ":" {
		p.next()
		to := p.next()
		if to.kind != tokWord && to.kind != tokQuoted {
			p.fail(Note{Extent: to.Extent, Code: CodeDate, Text: "a date was expected after the :", Try: "3000 for no end"})
			return nil
		}
		text += ":" + to.text
		e.End = to.End
		if t := p.tok(); t.kind == tokFields && len(t.fields) == 1 {
			if f != "" && t.fields[0] != f {
				p.fail(Note{Extent: t.Extent, Code: CodeDate, Text: "the two ends of the range are dates of two kinds", Try: "the same tag twice"})
				return nil
			}
			f = t.fields[0]
			e.End = p.next().End
		}
	}
	from, to, ok := dateRange(text)
	switch {
	case !ok:
		p.fail(Note{Extent: e, Code: CodeDate, Text: "“" + text + "” is no date and no range of dates", Try: "2010:2020[dp] or 2010/02/28[dp]"})
		return nil
	case f == "" || !isDate(f):
		p.fail(Note{Extent: e, Code: CodeDate, Text: "a range needs a field that holds dates", Try: text + "[dp]"})
		return nil
	}
	if to.Year >= 3000 {
		to = Day{}
	}
	return &Dates{Extent: e, Field: f, From: from, To: to}
}

// foreign says that a mark is a wildcard elsewhere and nothing to PubMed.
func (p *parser) foreign(t *Term, words []symbol) {
	for _, w := range words {
		for i := 0; i < len(w.text); i++ {
			c := w.text[i]
			if (c == '$' || c == '?' || c == '#') && i > 0 && isWordByte(w.text[i-1]) {
				at := Extent{w.Start + i, w.Start + i + 1}
				p.slip(Note{Extent: at, Code: CodeWildcard, Text: "in PubMed " + string(c) + " is no wildcard; * is", Try: w.text[:i] + "*"}, "it was read as *")
				if p.opts.Lenient {
					lenientGap(t, w.text[:i])
				}
				return
			}
		}
	}
}

// lenientGap puts a gap behind the word that ends in a beginning.
func lenientGap(t *Term, beginning string) {
	for i, w := range t.Words {
		if last := w[len(w)-1]; !last.Gap() && strings.HasSuffix(beginning, last.Text) {
			t.Words[i] = append(w, Piece{Max: Unbounded})
			return
		}
	}
}

// mapTerms is automatic term mapping: a word or phrase without field and quotes
// is looked for as a heading too, where the tree has one of its name.
func (r *reader) mapTerms() {
	for i := range r.q.Lines {
		r.q.Lines[i].Expr = r.mapped(r.q.Lines[i].Expr)
	}
}

func (r *reader) mapped(e Expr) Expr {
	switch e := e.(type) {
	case *Bool:
		for i := range e.Args {
			e.Args[i] = r.mapped(e.Args[i])
		}
	case *Term:
		if e.Quoted || r.d != PubMed {
			return e
		}
		name := printWords(PubMed, e)
		if !r.opts.Headings.has(name) {
			r.note(Note{Extent: e.Extent, Code: CodeMapped, Text: "“" + name + "” is no heading and was looked for in all fields"})
			return e
		}
		r.note(Note{Extent: e.Extent, Code: CodeMapped, Text: "“" + name + "” was mapped to \"" + name + "\"[mh] OR the words in all fields"})
		return &Bool{Extent: e.Extent, Op: Or, Args: []Expr{&Heading{Extent: e.Extent, Name: name, Explode: true}, e}}
	}
	return e
}
