package query

import (
	"slices"
	"strconv"
	"strings"
)

// gapText is how a dialect writes a gap; exact is false where what it writes
// finds more than is meant.
func gapText(d Dialect, g Piece) (text string, exact bool) {
	switch {
	case g.Max == Unbounded && g.Min == 0:
		if d == Ovid {
			return "*", true
		}
		return "*", true
	case g.Min == 0 && g.Max == 1:
		switch d {
		case Ovid:
			return "?", true
		case WebOfScience:
			return "$", true
		case EBSCO:
			return "#", true
		}
	case g.Min == 1 && g.Max == 1:
		switch d {
		case Ovid:
			return "#", true
		case WebOfScience, Scopus, Cochrane, EBSCO:
			return "?", true
		}
	case d == Ovid && g.Min == 0:
		return "$" + strconv.Itoa(g.Max), true
	}
	return "*", false
}

// printWord writes a word in a dialect; exact is false where it finds more.
func printWord(d Dialect, w Word) (text string, exact bool) {
	exact = true
	var b strings.Builder
	for i, piece := range w {
		if !piece.Gap() {
			b.WriteString(piece.Text)
			continue
		}
		g, same := gapText(d, piece)
		if d == EBSCO && g == "?" && i == len(w)-1 { // which EBSCOhost takes for the mark of a question there
			g, same = "*", false
		}
		exact = exact && same
		b.WriteString(g)
	}
	return b.String(), exact
}

// printWords writes the words of a term as they stand in a text.
func printWords(d Dialect, t *Term) string {
	s, _ := wordsIn(d, t)
	return s
}

func wordsIn(d Dialect, t *Term) (string, bool) {
	var b strings.Builder
	exact := true
	for i, w := range t.Words {
		if i > 0 {
			join := " "
			if i-1 < len(t.joins) {
				join = t.joins[i-1]
			}
			b.WriteString(join)
		}
		s, same := printWord(d, w)
		exact = exact && same
		b.WriteString(s)
	}
	return b.String(), exact
}

// term prints a term with its fields.
func (p *printer) term(t *Term, fields []Field) string {
	if s, ok := p.otherwise(t, fields); ok {
		return s
	}
	text, exact := wordsIn(p.d, t)
	if !exact {
		p.lose(t, "the wildcard of “"+printWords(p.q.Dialect, t)+"” has no like in "+p.d.name()+"; "+text+" finds more")
	}
	switch {
	case t.Loose && !p.same:
		return p.loose(t, fields)
	case p.quotes(t, text):
		text = quotedText(text)
	}
	if p.same {
		return p.readable(t, text, fields)
	}
	return p.fielded(t, text, fields)
}

// otherwise prints a term that in another dialect is no term: a date, a heading
// by its name, a filter.
func (p *printer) otherwise(t *Term, fields []Field) (string, bool) {
	switch {
	case p.same || len(fields) == 0:
		return "", false
	case isDate(fields[0]):
		return p.dayTerm(t, fields), true
	case fields[0] == Subset && len(fields) == 1:
		return p.filter(t)
	case slices.Contains(fields, HeadingExact) && p.d != Ovid && !hasGap(t):
		s := p.heading(&Heading{Extent: t.Extent, Name: printWords(p.d, t)})
		rest := slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return f == HeadingExact })
		if len(rest) == 0 {
			return s, true
		}
		return "(" + s + " OR " + p.term(t, rest) + ")", true
	}
	return "", false
}

func hasGap(t *Term) bool {
	return slices.ContainsFunc(t.Words, func(w Word) bool { return slices.ContainsFunc(w, Piece.Gap) })
}

// filter prints a filter of PubMed that is a heading or a language elsewhere.
func (p *printer) filter(t *Term) (string, bool) {
	switch name := strings.ToLower(printWords(p.d, t)); name {
	case "humans", "animals":
		return p.heading(&Heading{Extent: t.Extent, Name: strings.ToUpper(name[:1]) + name[1:], Explode: true}), true
	case "english", "french", "german", "spanish", "italian", "portuguese", "dutch", "chinese", "japanese", "russian", "polish":
		return p.fielded(t, name, []Field{Language}), true
	}
	return "", false
}

// dayTerm prints a term that is looked for in fields of dates, 2012* or 201203*,
// as the year or month that it begins with.
func (p *printer) dayTerm(t *Term, fields []Field) string {
	day, ok := Day{}, false
	if len(t.Words) == 1 && len(t.Words[0]) <= 2 && !t.Words[0][0].Gap() {
		day, ok = parseDay(t.Words[0][0].Text)
	}
	if !ok {
		p.lose(t, "“"+printWords(p.q.Dialect, t)+"” is no date to "+p.d.name()+" and was left out")
		return ""
	}
	var parts []string
	for _, f := range fields {
		s := p.dates(&Dates{Extent: t.Extent, Field: f, From: day, To: day})
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	op := " OR "
	if p.d == Ovid {
		op = " or "
	}
	return bracketed(strings.Join(parts, op), len(parts) > 1)
}

// quotes tells whether a term needs quotes: it had them, or would be read as
// something else without.
func (p *printer) quotes(t *Term, text string) bool {
	if t.Quoted && (p.same || len(t.Words) > 1 || p.reads(text)) {
		return true
	}
	if len(t.Words) > 1 && !p.same && p.d != Ovid {
		return true
	}
	return p.reads(text)
}

// reads tells whether a text without quotes would be read as other than a term,
// by reading it.
func (p *printer) reads(text string) bool {
	r := reader{d: p.d, text: text, q: &Query{}, opts: Options{Lenient: p.q.opts.Lenient}}
	toks := r.scan(Extent{0, len(text)})
	if len(r.errs) > 0 || len(r.q.Notes) > 0 || len(toks) < 2 {
		return true
	}
	for _, t := range toks[:len(toks)-1] {
		if t.kind != tokWord || p.d == EBSCO && (fieldNamed(EBSCO, t.text) != "" || isHeadingTag(t.text)) {
			return true
		}
	}
	switch first := strings.ToLower(toks[0].text); p.d {
	case Ovid:
		if i := strings.LastIndexByte(text, '.'); i > 0 && fieldNamed(PubMed, strings.ToLower(text[i+1:])) != "" {
			return true
		}
		return allDigits(strings.TrimPrefix(first, "#")) || first == "exp" || first == "limit" || first == "remove" || first == "from" || strings.HasSuffix(text, ".")
	case EBSCO:
		return len(first) > 1 && first[0] == 's' && allDigits(first[1:]) || first[0] == '#'
	case PubMed:
		return first[0] == '#' || strings.HasSuffix(text, "/") || strings.HasSuffix(text, ":")
	default:
		return first[0] == '#' || strings.HasSuffix(text, "/")
	}
}

// loose prints words that may stand anywhere: in other dialects joined by and.
func (p *printer) loose(t *Term, fields []Field) string {
	var parts []string
	for _, w := range t.Words {
		parts = append(parts, p.term(&Term{Extent: t.Extent, Words: []Word{w}}, fields))
	}
	op := " AND "
	if p.d == Ovid {
		op = " and "
	}
	return bracketed(strings.Join(parts, op), len(parts) > 1)
}

// fielded puts the fields to a text.
func (p *printer) fielded(e Expr, text string, fields []Field) string {
	if len(fields) == 0 {
		if p.same || p.bare {
			return text
		}
		if fields = p.defaults(); len(fields) == 0 {
			return text
		}
	}
	codes := p.codes(e, fields)
	for i, c := range codes {
		if c == codeFor(p.d, Identifier) {
			codes[i] = identifierCode(p.d, text)
		}
	}
	switch p.d {
	case Ovid:
		return text + "." + strings.Join(codes, ",") + "."
	case PubMed:
		var parts []string
		for _, c := range codes {
			parts = append(parts, text+"["+c+"]")
		}
		return bracketed(strings.Join(parts, " OR "), len(parts) > 1)
	}
	return p.plainFielded(text, codes)
}

// heading prints a subject heading.
func (p *printer) heading(h *Heading) string {
	switch p.d {
	case Ovid:
		return p.ovidHeading(h)
	case PubMed:
		return p.pubmedHeading(h)
	}
	return p.plainHeading(h)
}

func (p *printer) ovidHeading(h *Heading) string {
	var b strings.Builder
	if h.Explode {
		b.WriteString("exp ")
	}
	if h.Major {
		b.WriteByte('*')
	}
	name := h.Name
	if p.reads(name) || strings.ContainsAny(name, "./") {
		name = `"` + name + `"`
	}
	b.WriteString(name + "/")
	for i, q := range h.Qualifiers {
		if i > 0 {
			b.WriteString(", ")
		}
		code := q
		if len(q) != 2 {
			if code = qualifierCode(plainName(strings.ReplaceAll(q, " and ", " & "))); code == "" {
				p.lose(h, "the subheading “"+q+"” has no two letters")
				continue
			}
		}
		b.WriteString(code)
	}
	return b.String()
}

func (p *printer) pubmedHeading(h *Heading) string {
	tag := "mh"
	if h.Major {
		tag = "majr"
	}
	if !h.Explode {
		tag += ":noexp"
	}
	name := strings.ReplaceAll(h.Name, `"`, "")
	if len(h.Qualifiers) == 0 {
		return `"` + name + `"[` + tag + "]"
	}
	if p.same {
		return `"` + name + "/" + strings.Join(h.Qualifiers, "/") + `"[` + tag + "]"
	}
	var parts []string
	for _, q := range h.Qualifiers {
		if n := qualifierName(q); n != "" {
			q = n
		}
		parts = append(parts, `"`+name+"/"+q+`"[`+tag+"]")
	}
	return bracketed(strings.Join(parts, " OR "), len(parts) > 1)
}

// dates prints a range of dates within an expression.
func (p *printer) dates(e *Dates) string {
	from, to := e.From.String(), e.To.String()
	switch p.d {
	case PubMed:
		code := codeFor(PubMed, e.Field)
		if code == "" {
			near, _ := instead(PubMed, e.Field)
			code = codeFor(PubMed, near[0])
		}
		if e.From == e.To {
			return from + "[" + code + "]"
		}
		if from == "" {
			from = "1800"
		}
		if to == "" {
			to = "3000"
		}
		return from + ":" + to + "[" + code + "]"
	case Ovid:
		if e.From == e.To && e.Field != Year && e.Field != PublicationDate {
			return strings.ReplaceAll(from, "/", "") + "*." + p.ovidCode(e.Field) + "."
		}
		if e.From.Year > 0 && e.To.Year >= e.From.Year && e.To.Year-e.From.Year < 100 {
			var years []string
			for y := e.From.Year; y <= e.To.Year; y++ {
				years = append(years, `"`+strconv.Itoa(y)+`"`)
			}
			if e.From.Month > 0 || e.To.Month > 0 {
				p.lose(e, "Ovid limits a whole line by days; within a search the years alone were taken")
			}
			return bracketed(strings.Join(years, " or "), len(years) > 1) + ".yr."
		}
		p.lose(e, "Ovid limits a whole line by dates; the range "+from+":"+to+" within a search was left out")
		return ""
	}
	return p.plainDates(e)
}
