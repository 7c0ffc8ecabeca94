package query

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

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
	if len(words) == 1 && first.kind == tokWord && !p.fieldedNumber(first) {
		if ref, is := p.reference(first); is {
			if p.failed {
				return nil
			}
			return p.postfix(ref, true)
		}
	}
	if first.kind == tokWord && strings.EqualFold(first.text, "exp") && len(words) > 1 {
		slip := Note{Extent: e, Code: CodeSyntax, Text: "exp stands before a heading, and a heading ends in /", Try: strings.TrimSpace(p.text[e.Start:e.End]) + "/"}
		if p.tok().kind != tokFields {
			p.slip(slip, "it was read as a heading")
			return p.ovidHeading(words, symbol{Extent: Extent{e.End, e.End}}, e)
		}
		p.slip(slip, "exp was left out")
		words, e.Start = words[1:], words[1].Start
	}
	return p.ovidTerm(e, words)
}

// fieldedNumber tells whether a number is looked for itself, as in 2019.yr.,
// and is no reference to a line: there is no such line, and a field follows.
func (p *parser) fieldedNumber(t symbol) bool {
	n, err := strconv.Atoi(t.text)
	_, isLine := p.byLabel[n]
	return err == nil && !isLine && p.tok().kind == tokFields
}

// ovidTerm makes a term with the fields behind it.
func (p *parser) ovidTerm(e Extent, words []symbol) Expr {
	var in *symbol
	if n := len(words); n > 2 && p.tok().kind != tokFields && strings.EqualFold(words[n-2].text, "in") && isFieldList(words[n-1].text) {
		in = &words[n-2]
		p.at -= 2
		words = words[:n-2]
		e.End = words[n-3].End
	}
	if fields, ok := p.longTag(words); ok {
		return p.tagTerm(e, words, fields)
	} else if p.failed {
		return nil
	}
	if last := words[len(words)-1]; in == nil && p.tok().kind != tokFields && last.kind == tokWord && strings.HasSuffix(last.text, ".") && len(last.text) > 1 {
		p.note(Note{Extent: Extent{last.End - 1, last.End}, Code: CodeField, Text: "no field stands behind this point; .mp. was taken", Try: last.text + "mp."})
	}
	p.runTogether(words)
	term := p.term(e, words)
	if p.failed {
		return nil
	}
	return p.postfix(term, false)
}

// longTag notices a tag of PubMed that is written as a field, asthma.tiab.,
// and gives the fields that a lenient reading takes for it.
func (p *parser) longTag(words []symbol) ([]Field, bool) {
	last := words[len(words)-1]
	body := strings.TrimRight(last.text, ".")
	i := strings.LastIndexByte(body, '.')
	if last.kind != tokWord || i < 1 || p.tok().kind == tokFields {
		return nil, false
	}
	name := strings.ToLower(body[i+1:])
	f := fieldNamed(PubMed, name)
	if f == "" || len(name) < 3 || body == last.text && f != TitleAbstract {
		return nil, false
	}
	s := scanner{reader: p.reader}
	fields := s.native([]Field{f})
	p.slip(Note{Extent: Extent{last.Start + i, last.End}, Code: CodeField, Text: "no field of Ovid is known as ." + name + ".", Try: "." + speltCodes(fields) + "."}, "that was taken")
	return fields, !p.failed
}

// speltCodes writes fields as Ovid does.
func speltCodes(fields []Field) string {
	var out []string
	for _, f := range fields {
		out = append(out, codeFor(Ovid, f))
	}
	return strings.Join(out, ",")
}

// tagTerm makes the term before such a tag.
func (p *parser) tagTerm(e Extent, words []symbol, fields []Field) Expr {
	last := &words[len(words)-1]
	last.text = last.text[:strings.LastIndexByte(strings.TrimRight(last.text, "."), '.')]
	term := p.term(e, words)
	if term == nil {
		return nil
	}
	return &In{Extent: e, Of: term, Fields: fields}
}

// runTogether says of a word such as cilazapril*or or adj3use that an operator
// seems to lack its blank: as it stands it is a part of the phrase.
func (p *parser) runTogether(words []symbol) {
	for _, w := range words {
		if w.kind != tokWord {
			continue
		}
		lower := strings.ToLower(w.text)
		rest := strings.TrimLeft(strings.TrimPrefix(lower, "adj"), "0123456789")
		i := strings.LastIndexAny(lower, "*$")
		switch {
		case i > 0 && isOperatorWord(lower[i+1:]):
			p.note(Note{Extent: w.Extent, Code: CodeOperator, Text: "no blank stands before " + w.text[i+1:] + ", which was read as the end of the word", Try: w.text[:i+1] + " " + w.text[i+1:]})
		case strings.HasPrefix(lower, "adj") && len(lower) > 3 && isDigit(lower[3]) && rest != "":
			n := len(lower) - len(rest)
			p.note(Note{Extent: w.Extent, Code: CodeOperator, Text: "no blank stands behind " + w.text[:n] + ", which was read as a word", Try: w.text[:n] + " " + w.text[n:]})
		}
	}
}

// isFieldList tells whether a word lists fields as other platforms do behind
// in: ti,ab.
func isFieldList(s string) bool {
	for _, name := range strings.Split(strings.ToLower(strings.Trim(s, ". ,")), ",") {
		switch name {
		case "ti", "ab", "tw", "mp", "kw", "kf", "ot", "hw", "sh", "af", "pt", "nm":
		default:
			return false
		}
	}
	return true
}

// ovidFields reads the fields behind an expression that are written in another
// way than between two points: ".ti.ab.", which joins them by a point, and
// "in ti,ab". A lenient reading takes them; they are then given.
func (p *parser) ovidFields(before *symbol) (fields []Field, ok bool) {
	first := p.tok()
	if first.kind != tokWord {
		return nil, false
	}
	at := p.at
	if before == nil {
		if !strings.EqualFold(first.text, "in") {
			return nil, false
		}
		at++
	}
	var names []string
	end := first.End
	for ; p.toks[at].kind == tokWord; at++ {
		t := p.toks[at]
		if strings.Trim(t.text, ". ,") != "" && !isFieldList(t.text) || before != nil && len(names) > 0 && t.spaced && strings.Trim(t.text, ".") != "" {
			break
		}
		if list := strings.ToLower(strings.Trim(t.text, ". ,")); list != "" {
			names = append(names, strings.Split(list, ",")...)
		}
		end = t.End
	}
	if len(names) == 0 {
		return nil, false
	}
	n := Note{Extent: Extent{first.Start, end}, Code: CodeField, Text: "Ovid writes fields between points behind the term", Try: "." + strings.Join(names, ",") + "."}
	if before != nil {
		n.Start = before.Start
		n.Text, n.Try = "several fields are joined by commas", "."+strings.Trim(before.text, ". ")+","+strings.Join(names, ",")+"."
	}
	if p.slip(n, "they were read so"); p.failed {
		return nil, false
	}
	p.at = at
	for _, name := range names {
		if f := fieldNamed(Ovid, name); !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	return fields, true
}

// textSlash tells whether the / at the parser stands within a text, as in
// hypoxia/ischemia.tw., and does not end a heading: a word follows at once, and
// a field later.
func (p *parser) textSlash() bool {
	next := p.toks[min(p.at+1, len(p.toks)-1)]
	if next.kind != tokWord && next.kind != tokQuoted || next.spaced {
		return false
	}
	return p.lastFields > p.at
}

// ovidHeading makes a heading from the words before a slash.
func (p *parser) ovidHeading(words []symbol, slash symbol, e Extent) Expr {
	h := &Heading{Extent: e}
	if words[0].kind == tokWord && strings.EqualFold(words[0].text, "exp") {
		h.Explode = true
		words = words[1:]
	} else if words[0].kind == tokWord && len(words) == 1 && len(words[0].text) > 4 && strings.EqualFold(words[0].text[:4], "exp*") {
		h.Explode, words[0].text = true, words[0].text[3:]
	}
	if len(words) > 0 && words[0].kind == tokWord && strings.HasPrefix(words[0].text, "*") {
		h.Major = true
		words[0].text = words[0].text[1:]
	}
	var name []string
	for _, w := range words {
		name = append(name, strings.TrimSpace(w.text))
	}
	h.Name = strings.TrimSpace(strings.Join(name, " "))
	if h.Name == "" {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a / with no heading before it", Try: "the heading first, as in Dementia/"})
		return nil
	}
	if slash.text != "" {
		h.Qualifiers = strings.Split(slash.text, ",")
	}
	p.longSubheading(h, slash)
	if t := p.tok(); t.kind == tokFields {
		p.slip(Note{Extent: t.Extent, Code: CodeField, Text: "a heading takes no field", Try: "the heading without " + t.text}, "it was left out")
		p.next()
	}
	if p.failed {
		return nil
	}
	return h
}

// longSubheading reads what follows the slash of a heading and is no subheading
// of two letters: its name in full, or something else, which a lenient reading
// leaves out.
func (p *parser) longSubheading(h *Heading, slash symbol) {
	first := p.tok()
	if first.kind != tokWord || first.spaced || slash.Start == slash.End {
		return
	}
	end, at := first.End, p.at
	for ; p.toks[at].kind == tokWord; at++ {
		end = p.toks[at].End
	}
	name := strings.Trim(p.text[first.Start:end], ". ")
	n := Note{Extent: Extent{first.Start, end}, Code: CodeSyntax, Text: "“" + name + "” is no subheading of two letters", Try: "the heading alone"}
	code := qualifierCode(plainName(strings.ReplaceAll(name, " and ", " & ")))
	assumed := "it was left out"
	if code != "" {
		n.Try, assumed = "/"+code, "/"+code+" was taken"
		h.Qualifiers = append(h.Qualifiers, code)
	}
	p.slip(n, assumed)
	p.at = at
}

// term makes a term from words and quotes.
func (p *parser) term(e Extent, parts []symbol) Expr {
	t := &Term{Extent: e, Quoted: len(parts) == 1 && parts[0].kind == tokQuoted, written: p.text[parts[0].Start:parts[len(parts)-1].End]}
	var between []byte // what stands between two words
	for _, part := range parts {
		offset, before := part.Start, len(t.Words)
		if part.kind == tokQuoted {
			offset += strings.Index(p.text[part.Start:part.End], part.text)
		}
		if part.spaced || part.kind == tokQuoted || len(between) == 0 || between[len(between)-1] != '/' {
			between = append(between, ' ')
		}
		marks := p.words(t, part.text, offset)
		if len(t.Words) == before {
			between = append(between, marks...)
			continue
		}
		if before > 0 {
			t.joins = slices.Insert(t.joins, before-1, oneBlank(cmp.Or(string(between), " ")))
		}
		between = append(between[:0], marks...)
	}
	t.joins = t.joins[:max(len(t.Words)-1, 0)]
	if len(t.Words) == 0 {
		p.fail(Note{Extent: e, Code: CodeSyntax, Text: "a letter or digit was expected", Try: "a term"})
		return nil
	}
	return t
}

// oneBlank is a text with one blank for several.
func oneBlank(s string) string {
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}

// command parses a line that is a command of Ovid: limit, remove duplicates.
func (p *parser) command() (Expr, bool) {
	first := p.tok()
	if first.kind != tokWord {
		return nil, false
	}
	switch strings.ToLower(first.text) {
	case "limit":
		if !p.isLimit() {
			return nil, false
		}
		p.next()
		return p.limit(first), true
	case "remove":
		if len(p.toks) < 3 || !strings.EqualFold(p.toks[1].text, "duplicates") || p.toks[2].kind == tokFields {
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

// isLimit tells the command, limit 9 to …, from a search for the word.
func (p *parser) isLimit() bool {
	if len(p.toks) < 3 || p.toks[1].kind != tokWord {
		return false
	}
	if allDigits(strings.TrimPrefix(p.toks[1].text, "#")) {
		return true
	}
	to := func(t symbol) bool { return t.kind == tokWord && strings.EqualFold(t.text, "to") }
	fielded := slices.ContainsFunc(p.toks, func(t symbol) bool { return t.kind == tokFields })
	return !fielded && (to(p.toks[1]) || to(p.toks[2]))
}

// keep parses "from 12 keep 5,8": records picked by hand from what a line
// found, which the strategy does not name.
func (p *parser) keep(first symbol) Expr {
	t := p.next()
	ref, ok := p.reference(t)
	if !ok {
		p.fail(Note{Extent: t.Extent, Code: CodeReference, Text: "the number of a line was expected", Try: "from 12 keep 5,8"})
	}
	if p.failed || ref == nil {
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
	if p.failed || ref == nil {
		return nil
	}
	e := Extent{first.Start, t.End}
	p.note(Note{Extent: e, Code: CodeMeaning, Text: "remove duplicates means the line it names: each record at hand is found once, and duplicates among them are found by other means"})
	return &Unique{Extent: e, Of: ref}
}
