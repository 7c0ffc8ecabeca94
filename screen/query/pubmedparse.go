package query

import (
	"strconv"
	"strings"
	"unicode/utf8"
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
	if h, ok := p.ovidForm(e, words); ok {
		return h
	}
	if first.kind != tokQuoted {
		p.foreign(words)
	}
	term, _ := p.term(e, words).(*Term)
	if term == nil {
		return nil
	}
	p.short(term, words)
	p.bareNumber(term, first)
	term.Loose = first.kind != tokQuoted && len(term.Words) > 1
	return term
}

// frame notices what an interface shows around a search and people copy with
// it: "PubMed with no limits: …" before, "Sort by: …" and "Total references =
// 1551" behind. A lenient reading leaves it out; it is then true, and the
// parser stands where the search goes on.
func (p *parser) frame() bool {
	first := p.at
	for i := first; p.toks[i].kind == tokWord; i++ {
		t := p.toks[i]
		next := p.toks[i+1]
		switch last := t.text[len(t.text)-1]; {
		case last == ':' && len(t.text) > 1 && next.kind != tokEnd && first == 0 && strings.Contains(p.text[t.End:p.toks[len(p.toks)-1].End], "\n"):
			p.fail(Note{Extent: Extent{p.toks[first].Start, t.End}, Code: CodeHeading, Text: "this reads as a heading and not as a search", Try: "the searches alone, numbered #1, #2 and so on"})
			return true
		case last == ':' && len(t.text) > 1 && next.kind != tokEnd && first == 0:
			p.slip(Note{Extent: Extent{p.toks[first].Start, t.End}, Code: CodeSyntax, Text: "this names the search and is no part of it", Try: "the search without it"}, "it was left out")
			p.at = i + 1
			return true
		case last == ':' && len(t.text) > 1 && next.kind != tokEnd, t.text == "=" && allDigits(next.text) && p.toks[i+2].kind == tokEnd:
			p.slip(Note{Extent: Extent{p.toks[first].Start, p.toks[len(p.toks)-1].End}, Code: CodeSyntax, Text: "this is shown by the interface and is no part of the search", Try: "the search without it"}, "it was left out")
			p.at, p.cut = len(p.toks)-1, true
			return true
		}
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
	if words[0].kind != tokQuoted {
		p.foreign(words)
	}
	term, _ := p.term(Extent{e.Start, words[len(words)-1].End}, words).(*Term)
	if term == nil {
		return nil
	}
	p.short(term, words)
	if tag.tag == "~" {
		return p.pubmedNear(term, tag, e)
	}
	return p.in(e, term, tag.fields)
}

// pubmedHeading makes a heading; "exp" before it belongs to Ovid, and so does
// a * before its name.
func (p *parser) pubmedHeading(text string, tag symbol, e Extent, quoted bool) Expr {
	if rest, ok := cutFold(text, "exp "); ok && !quoted {
		p.slip(Note{Extent: e, Code: CodeSyntax, Text: "exp belongs to Ovid; PubMed explodes headings by itself", Try: strings.TrimSpace(rest) + p.text[tag.Start:tag.End]}, "exp was left out")
		text = rest
	}
	if at := strings.IndexByte(text, '*'); at >= 0 {
		name := strings.ReplaceAll(text, "*", "")
		p.slip(Note{Extent: e, Code: CodeWildcard, Text: "a heading takes no *", Try: "the whole name of the heading"}, "the heading "+strings.TrimSpace(name)+" was taken")
		text = name
	}
	h := mesh(text, tag.tag, e)
	if h.Name == "" {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a heading was expected before the tag", Try: `"Dementia"[mh]`})
		return nil
	}
	return h
}

// ovidForm reads a heading as Ovid writes it, exp Dementia/, among words of
// another platform; false where the words are none.
func (p *parser) ovidForm(e Extent, words []symbol) (Expr, bool) {
	last := words[len(words)-1]
	name, ok := strings.CutSuffix(p.text[e.Start:e.End], "/")
	if !ok || last.kind != tokWord || len(last.text) < 2 {
		return nil, false
	}
	name, _ = cutFold(name, "exp ")
	name = strings.TrimSpace(strings.NewReplacer("*", "", "+", "", "[", "", "]", "").Replace(name))
	if !hasLetter(name) {
		return nil, false
	}
	n := Note{Extent: e, Code: CodeSyntax, Text: "a heading as Ovid writes it"}
	switch p.d {
	case PubMed:
		n.Try = `"` + name + `"[mh]`
	case EBSCO:
		n.Try = `MH "` + name + `+"`
	case Cochrane:
		n.Try = `[mh "` + name + `"]`
	default:
		n.Try = "the words of the heading"
		p.fail(n)
		return nil, true
	}
	p.slip(n, "it was read as a heading")
	return mesh(name, "mh", e), true
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
	if from.after(to) {
		p.slip(Note{Extent: e, Code: CodeDate, Text: "the range ends before it begins", Try: to.String() + ":" + from.String()}, "it was turned round")
		from, to = to, from
	}
	if to.Year >= 3000 {
		to = Day{}
	}
	return &Dates{Extent: e, Field: f, From: from, To: to}
}

// foreign says that a mark is a wildcard elsewhere and nothing to PubMed.
func (p *parser) foreign(words []symbol) {
	for _, w := range words {
		for i := 1; i < len(w.text); i++ {
			c := w.text[i]
			if (c == '$' || c == '?' || c == '#') && isWordByte(w.text[i-1]) {
				at := Extent{w.Start + i, w.Start + i + 1}
				p.slip(Note{Extent: at, Code: CodeWildcard, Text: "in PubMed " + string(c) + " is no wildcard; * is", Try: w.text[:i] + "*"}, "it was read as *")
				p.gaps = true
			}
		}
	}
}

// bareNumber says of a number among lines that it is looked for as a word, and
// that a line is named by # and its number.
func (p *parser) bareNumber(t *Term, first symbol) {
	if n, err := strconv.Atoi(first.text); err == nil && len(t.Words) == 1 && first.kind == tokWord && len(p.toks) > 2 {
		if _, isLine := p.byLabel[n]; isLine && len(p.raw) > 1 {
			p.note(Note{Extent: t.Extent, Code: CodeMeaning, Text: "the number is looked for as a word; a line is named with a #", Try: "#" + first.text})
		}
	}
}

// short says of a truncation after fewer than four letters that PubMed asks for
// more.
func (p *parser) short(t *Term, words []symbol) {
	for _, w := range t.Words {
		if len(w) > 1 && !w[0].Gap() && utf8.RuneCountInString(w[0].Text) < 4 {
			p.note(Note{Extent: Extent{words[0].Start, words[len(words)-1].End}, Code: CodeWildcard, Text: "PubMed asks for four letters before a *; here the shorter beginning was taken", Try: "the words that are meant"})
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
