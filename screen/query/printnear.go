package query

import (
	"slices"
	"strconv"
	"strings"
)

// in prints an expression with its fields: behind brackets in Ovid, behind each
// term in PubMed.
func (p *printer) in(e *In) string {
	if p.d == PubMed {
		return p.expr(e.Of, e.Fields, true)
	}
	if !p.same && (isDate(e.Fields[0]) || p.d != Ovid && (slices.Contains(e.Fields, HeadingExact) || holdsFields(e.Of))) {
		return p.expr(e.Of, e.Fields, true)
	}
	switch of := e.Of.(type) {
	case *Term:
		return p.term(of, e.Fields)
	case *Bool, *Near:
		inner := p.inside(of)
		if inner == "" {
			return ""
		}
		if p.d == Ovid {
			return "(" + inner + ")." + strings.Join(p.codes(e, e.Fields), ",") + "."
		}
		return p.plainFielded("("+inner+")", p.codes(e, e.Fields))
	}
	s := p.expr(e.Of, nil, true)
	if s == "" {
		return ""
	}
	if p.d == Ovid {
		return s + "." + strings.Join(p.codes(e, e.Fields), ",") + "."
	}
	switch e.Of.(type) {
	case *In, *Dates:
		s = bracketed(s, p.same && p.d != Scopus) // which has brackets for each field
	}
	return p.plainFielded(s, p.codes(e, e.Fields))
}

// inside prints what stands in brackets before a field, whose terms take the
// field of the brackets and need no default of their own.
func (p *printer) inside(e Expr) string {
	inner := printer{d: p.d, q: p.q, same: p.same, marks: p.marks, number: p.number, bare: true, places: p.places}
	s := inner.expr(e, nil, false)
	p.lost = append(p.lost, inner.lost...)
	return s
}

// holdsFields tells whether an expression holds what has fields of its own, so
// that others cannot stand around it.
func holdsFields(e Expr) bool {
	switch e := e.(type) {
	case *Bool:
		return slices.ContainsFunc(e.Args, holdsFields)
	case *Near:
		return slices.ContainsFunc(e.Args, holdsFields)
	case *Term:
		return false
	}
	return true
}

// plainTerms tells whether expressions are terms that may share the fields
// behind their bracket.
func plainTerms(args []Expr) bool {
	return !slices.ContainsFunc(args, func(e Expr) bool { _, ok := e.(*Term); return !ok })
}

// near prints words near one another.
func (p *printer) near(e *Near, fields []Field, within bool) string {
	if len(fields) == 0 && p.d != PubMed && !p.same && !p.bare && len(p.defaults()) > 0 {
		return p.in(&In{Extent: e.Extent, Of: e, Fields: p.defaults()})
	}
	if p.d == PubMed || p.d == WebOfScience && !p.same {
		if s, ok := p.phrases(e, fields, within); ok {
			return s
		}
	}
	switch p.d {
	case PubMed:
		return p.pubmedNear(e, fields, within)
	case Ovid:
		return p.chain(e, fields, within, p.ovidNear(e))
	}
	op, exact := plainNear(p.d, e)
	if !exact {
		p.lose(e, p.d.name()+" has no like of this nearness; "+op+" was taken")
	}
	return p.chain(e, fields, within, op)
}

func (p *printer) ovidNear(e *Near) string {
	if e.Bare || e.Ordered && e.Gap == 0 {
		return "adj"
	}
	if e.Ordered {
		p.lose(e, "Ovid keeps no order within a distance; both orders are found")
	}
	if len(e.Args) > 2 {
		p.lose(e, "Ovid counts the words between each two; of three and more, others are found than by one distance for all")
	}
	return "adj" + strconv.Itoa(min(e.Gap+1, 99))
}

// chain prints the arguments with the operator between.
func (p *printer) chain(e *Near, fields []Field, within bool, op string) string {
	var parts []string
	for _, a := range e.Args {
		parts = append(parts, p.expr(a, fields, true))
	}
	return bracketed(strings.Join(parts, " "+op+" "), within)
}

// phrases prints words right behind one another, in their order, as phrases: one
// for each choice of an argument; false where an argument is no choice of terms.
func (p *printer) phrases(e *Near, fields []Field, within bool) (string, bool) {
	if p.same || !e.Ordered || e.Gap > 0 {
		return "", false
	}
	all := []*Term{{Extent: e.Extent, Quoted: true}}
	for _, a := range e.Args {
		terms, ok := termChoices(a)
		if !ok || len(all)*len(terms) > mostNear {
			return "", false
		}
		var next []*Term
		for _, head := range all {
			if p.d == PubMed && hasGap(head) { // only the last word of a phrase may be truncated
				return "", false
			}
			for _, t := range terms {
				next = append(next, &Term{Extent: e.Extent, Quoted: true, Words: slices.Concat(head.Words, t.Words)})
			}
		}
		all = next
	}
	var parts []string
	for _, t := range all {
		parts = append(parts, p.term(t, fields))
	}
	return bracketed(strings.Join(parts, " OR "), within && len(parts) > 1), true
}

// termChoices are the terms that an expression is one of.
func termChoices(e Expr) ([]*Term, bool) {
	switch e := e.(type) {
	case *Term:
		return []*Term{e}, !e.Loose
	case *Bool:
		if e.Op != Or {
			return nil, false
		}
		var out []*Term
		for _, a := range e.Args {
			terms, ok := termChoices(a)
			if !ok {
				return nil, false
			}
			out = append(out, terms...)
		}
		return out, true
	}
	return nil, false
}

// mostNear is how many pairs of words a nearness is written out as.
const mostNear = 30

// pubmedNear prints words near one another for PubMed, which knows it of plain
// words in titles and abstracts only; elsewhere and is what is left of it.
func (p *printer) pubmedNear(e *Near, fields []Field, within bool) string {
	if groups, ok := p.plainWords(e); ok {
		codes := []string{"tiab"}
		if len(fields) > 0 {
			codes = p.codes(e, fields)
		}
		if len(codes) == 1 && (codes[0] == "tiab" || codes[0] == "ti" || codes[0] == "ad") {
			if len(fields) == 0 && !p.same {
				p.lose(e, "PubMed knows nearness in titles and abstracts only")
			}
			if e.Ordered {
				p.lose(e, "PubMed keeps no order within a distance; both orders are found")
			}
			var parts []string
			for _, g := range groups {
				parts = append(parts, `"`+g+`"[`+codes[0]+":~"+strconv.Itoa(e.Gap)+"]")
			}
			return bracketed(strings.Join(parts, " OR "), within && len(parts) > 1)
		}
	}
	p.lose(e, "PubMed knows nearness of plain words in titles and abstracts only; AND was taken")
	return p.bool(&Bool{Extent: e.Extent, Op: And, Args: e.Args}, fields, within)
}

// plainWords writes each choice of one plain word for each argument; false where
// an argument is no choice of plain words, or the choices are too many.
func (p *printer) plainWords(e *Near) ([]string, bool) {
	groups := []string{""}
	for _, a := range e.Args {
		words, ok := p.choices(a)
		if !ok || len(groups)*len(words) > mostNear {
			return nil, false
		}
		var next []string
		for _, g := range groups {
			for _, w := range words {
				next = append(next, strings.TrimSpace(g+" "+w))
			}
		}
		groups = next
	}
	return groups, true
}

// choices are the plain words that an expression is one of; of PubMed itself any
// that it has.
func (p *printer) choices(e Expr) ([]string, bool) {
	switch e := e.(type) {
	case *Term:
		if len(e.Words) == 1 && (p.same || !hasGap(e)) {
			word, _ := printWord(p.d, e.Words[0])
			return []string{word}, true
		}
	case *Bool:
		if e.Op != Or {
			return nil, false
		}
		var out []string
		for _, a := range e.Args {
			words, ok := p.choices(a)
			if !ok {
				return nil, false
			}
			out = append(out, words...)
		}
		return out, true
	}
	return nil, false
}

// limit prints a limit: a command of Ovid, elsewhere one more condition.
func (p *printer) limit(e *Limit, within bool) string {
	if p.d == Ovid {
		if len(e.Conds) == 1 && strings.HasPrefix(e.Conds[0].Value, "keep ") {
			return "from " + p.expr(e.Of, nil, true) + " " + e.Conds[0].Value
		}
		var parts []string
		for _, c := range e.Conds {
			parts = append(parts, ovidCond(c))
		}
		s := strings.Join(parts, " and ")
		if len(parts) > 1 {
			s = "(" + s + ")"
		}
		return "limit " + p.expr(e.Of, nil, true) + " to " + s
	}
	of := p.expr(e.Of, nil, true)
	if of == "" {
		return ""
	}
	parts := []string{of}
	for _, c := range e.Conds {
		if s := p.cond(e, c); s != "" {
			parts = append(parts, s)
		}
	}
	return bracketed(strings.Join(parts, " AND "), within && len(parts) > 1)
}

func ovidCond(c Cond) string {
	switch {
	case len(c.Any) > 0:
		var parts []string
		for _, a := range c.Any {
			parts = append(parts, ovidCond(a))
		}
		return "(" + strings.Join(parts, " or ") + ")"
	case c.From != (Day{}) || c.To != (Day{}):
		return codeFor(Ovid, c.Field) + `="` + limitRange(c) + `"`
	case c.Field == Language:
		return c.Value + " language"
	case c.Field != "" && c.Field != PublicationType:
		return codeFor(Ovid, c.Field) + `="` + c.Value + `"`
	case strings.ContainsAny(c.Value, "()") || strings.Contains(" "+c.Value+" ", " and ") || strings.Contains(" "+c.Value+" ", " or "):
		return `"` + c.Value + `"`
	}
	return c.Value
}

// limitRange writes a range as it was: years as years, days as days.
func limitRange(c Cond) string {
	write := func(d Day) string {
		if d.Month == 0 {
			return strconv.Itoa(d.Year)
		}
		s := strconv.Itoa(d.Year) + two(d.Month)
		if d.Day > 0 {
			s += two(d.Day)
		}
		return s
	}
	switch {
	case c.From == c.To:
		return write(c.From)
	case c.To == (Day{}):
		return write(c.From) + " -Current"
	case c.From == (Day{}):
		return "-" + write(c.To)
	}
	return write(c.From) + "-" + write(c.To)
}

// cond prints a condition of a limit as a search of its own.
func (p *printer) cond(e *Limit, c Cond) string {
	switch {
	case len(c.Any) > 0:
		var parts []string
		for _, a := range c.Any {
			if s := p.cond(e, a); s != "" {
				parts = append(parts, s)
			}
		}
		return bracketed(strings.Join(parts, " OR "), len(parts) > 1)
	case c.From != (Day{}) || c.To != (Day{}):
		return p.dates(&Dates{Extent: c.Extent, Field: c.Field, From: c.From, To: c.To})
	case c.Field != "":
		value := c.Value
		if strings.Contains(value, " ") {
			value = `"` + value + `"`
		}
		return p.fielded(e, value, []Field{c.Field})
	case c.Value == "humans" || c.Value == "animals":
		return p.heading(&Heading{Extent: c.Extent, Name: strings.ToUpper(c.Value[:1]) + c.Value[1:], Explode: true})
	}
	var parts []string
	for _, name := range ageHeadings(c.Value) {
		parts = append(parts, p.heading(&Heading{Extent: c.Extent, Name: name}))
	}
	if len(parts) == 0 {
		p.lost = append(p.lost, p.places.placed(Note{Extent: c.Extent, Code: CodeLost, Text: "the limit “" + c.Value + "” has no like in " + p.d.name() + " and was left out"}))
		return ""
	}
	return bracketed(strings.Join(parts, " OR "), len(parts) > 1)
}
