package query

import (
	"slices"
	"strings"
)

// postfix wraps an expression in the fields behind it. Fields behind a bracket
// are an error in PubMed, whose tags belong to terms.
func (p *parser) postfix(e Expr, bracketed bool) Expr {
	for !p.failed && p.tok().kind == tokFields {
		t := p.next()
		if e == nil {
			continue
		}
		if h, ok := e.(*Heading); ok && !(p.d == Ovid && bracketed) {
			p.slip(Note{Extent: t.Extent, Code: CodeField, Text: "a heading takes no field", Try: "the heading without " + t.text}, "it was left out")
			e = h
			continue
		}
		if p.d == PubMed && bracketed {
			p.slip(Note{Extent: t.Extent, Code: CodeField, Text: "PubMed's tags stand behind terms, not behind brackets", Try: t.text + " behind each term"}, "it was taken for each term")
			if isMeSHTag(strings.TrimSuffix(t.tag, ":noexp")) {
				e = p.headings(e, func(text string, x Extent) Expr { return mesh(text, t.tag, x) })
			} else {
				e = p.distributed(e, t.fields)
			}
			continue
		}
		if p.d == Ovid {
			if more, ok := p.ovidFields(&t); ok {
				t.fields = slices.Clone(t.fields)
				for _, f := range more {
					if !slices.Contains(t.fields, f) {
						t.fields = append(t.fields, f)
					}
				}
				t.End = p.toks[p.at-1].End
			}
		}
		if len(t.fields) == 0 || p.failed {
			return e
		}
		e = p.in(Extent{e.Where().Start, t.End}, e, t.fields)
	}
	if p.d == Ovid && e != nil && !p.failed {
		if _, fielded := e.(*In); !fielded {
			if fields, ok := p.ovidFields(nil); ok {
				e = &In{Extent: Extent{e.Where().Start, p.toks[p.at-1].End}, Of: e, Fields: fields}
			}
		}
	}
	return e
}

// in looks for an expression in fields: in each by itself where the dialect
// writes one field at a time, for each term where it writes fields behind terms.
func (p *parser) in(x Extent, e Expr, fields []Field) Expr {
	if _, ok := e.(*Heading); ok {
		return e
	}
	if p.d == Ovid || p.d == Cochrane {
		return &In{Extent: x, Of: e, Fields: fields}
	}
	if isDate(fields[0]) {
		if d, ok := p.dated(x, e, fields[0]); ok || p.failed {
			return d
		}
	}
	if p.d == PubMed {
		return p.distributed(e, fields)
	}
	if len(fields) == 1 {
		return &In{Extent: x, Of: e, Fields: fields}
	}
	if p.spread(e, fields) {
		return e
	}
	b := &Bool{Extent: x, Op: Or}
	for _, f := range fields {
		b.Args = append(b.Args, &In{Extent: x, Of: e, Fields: []Field{f}})
	}
	return b
}

// spread gives fields to the parts of an expression that have none, where others of
// its parts have their own, which are nearer to them and stay. It tells whether any
// part has; of an expression without fields it changes nothing. Each part is met
// once on the way, so that fields within fields do not multiply.
func (p *parser) spread(e Expr, fields []Field) bool {
	var args []Expr
	switch e := e.(type) {
	case *In, *Dates, *Heading, *Limit:
		return true
	case *Bool:
		args = e.Args
	case *Near:
		args = e.Args
	}
	var without []int
	for i, a := range args {
		if !p.spread(a, fields) {
			without = append(without, i)
		}
	}
	if len(without) == len(args) {
		return false
	}
	for _, i := range without {
		args[i] = p.in(args[i].Where(), args[i], fields)
	}
	return true
}

// dated makes dates of a term that is looked for in a field of dates; PubMed and
// Scopus know no other there.
func (p *parser) dated(x Extent, e Expr, f Field) (Expr, bool) {
	term, ok := e.(*Term)
	if !ok {
		return nil, false
	}
	from, to, ok := ovidDates(printWords(p.d, term))
	if ok && !from.after(to) {
		return p.years(&Dates{Extent: x, Field: f, From: from, To: to}), true
	}
	if p.d == PubMed || p.d == Scopus {
		p.fail(Note{Extent: x, Code: CodeDate, Text: "a year was expected", Try: "2010"})
	}
	return nil, false
}

// years makes dates of what the dialect can say: years alone where it has no field of
// days, and in Scopus, which bounds years one way at a time, an and of both bounds.
// 1800 and 3000 are no bounds, but how those are written that there are none.
func (p *parser) years(d *Dates) Expr {
	if p.d == PubMed || d.Field != Year {
		return d
	}
	if d.To.Year >= 3000 {
		d.To = Day{}
	}
	if d.From.Year <= 1800 && d.To != d.From {
		d.From = Day{}
	}
	if d.From.Month > 0 || d.To.Month > 0 {
		p.slip(Note{Extent: d.Extent, Code: CodeDate, Text: p.d.name() + " knows years of publication only", Try: "the year alone"}, "the year was taken")
		d.From, d.To = Day{Year: d.From.Year}, Day{Year: d.To.Year}
	}
	if p.d == Scopus && d.From != d.To && d.From.Year > 0 && d.To.Year > 0 {
		from, to := *d, *d
		from.To, to.From = Day{}, Day{}
		return &Bool{Extent: d.Extent, Op: And, Args: []Expr{&from, &to}}
	}
	return d
}

// distributed puts fields to each term of an expression, as PubMed writes them.
func (p *parser) distributed(e Expr, fields []Field) Expr {
	switch e := e.(type) {
	case *Term:
		if isDate(fields[0]) {
			d, _ := p.dated(e.Extent, e, fields[0])
			return d
		}
		each := make([]Expr, len(fields))
		for i, f := range fields {
			each[i] = &In{Extent: e.Extent, Of: e, Fields: []Field{f}}
		}
		if e.Loose = false; len(each) == 1 {
			return each[0]
		}
		return &Bool{Extent: e.Extent, Op: Or, Args: each}
	case *Bool:
		for i := range e.Args {
			e.Args[i] = p.distributed(e.Args[i], fields)
		}
	}
	return e
}

// headings makes a heading of each term of an expression.
func (p *parser) headings(e Expr, of func(text string, x Extent) Expr) Expr {
	switch e := e.(type) {
	case *Term:
		return of(unquoted(p.text[e.Start:e.End]), e.Extent)
	case *Bool:
		for i := range e.Args {
			e.Args[i] = p.headings(e.Args[i], of)
		}
	}
	return e
}
