package query

import (
	"slices"
	"strings"
)

// What is printed in the dialect that a query was read in has to read back as the
// same query. The printer does not guess at that: it reads what it is about to
// write, each term by itself and the whole at the end, and takes a stronger form
// where something else would be read.

// readable writes a term with its fields in the first form that reads back as it by
// itself: as it is commonly written, with the marks it was read with, in quotes.
func (p *printer) readable(t *Term, text string, fields []Field) string {
	written := strings.Join(strings.Fields(t.written), " ")
	forms := [...]string{text, written, quotedText(text), quotedText(written)}
	if p.marks {
		forms = [...]string{written, quotedText(written), quotedText(text), text}
	}
	for _, form := range forms {
		if s := p.fielded(t, form, fields); p.readsAs(s, t, fields) {
			return s
		}
	}
	return p.fielded(t, text, fields)
}

func quotedText(s string) string { return `"` + strings.ReplaceAll(s, `"`, "") + `"` }

// readsAs tells whether a text by itself is read as a term in some fields.
func (p *printer) readsAs(text string, t *Term, fields []Field) bool {
	r := &reader{d: p.d, text: text, q: &Query{Dialect: p.d}, opts: Options{Dialect: p.d, Lenient: p.q.opts.Lenient}}
	at := parser{reader: r}
	at.toks = r.scan(Extent{0, len(text)})
	at.markFields()
	if r.failed {
		return false
	}
	e := at.line()
	if len(r.errs) > 0 || e == nil {
		return false
	}
	if len(fields) > 0 {
		in, ok := e.(*In)
		if !ok || !slices.Equal(in.Fields, fields) {
			return false
		}
		e = in.Of
	}
	return sameExpr(t, e)
}

// readsBack tells whether a text is read as the query.
func (q *Query) readsBack(text string) bool {
	again, err := ParseWith(Options{Dialect: q.Dialect, Lenient: q.opts.Lenient}, text)
	return err == nil && sameLines(q.searches(), again.searches())
}

// searches are the lines that are searches, and the number that each line has
// among them.
func (q *Query) searches() (s searches) {
	for _, l := range q.Lines {
		s.at = append(s.at, len(s.exprs))
		if l.Expr != nil {
			s.exprs = append(s.exprs, l.Expr)
		}
	}
	return s
}

type searches struct {
	exprs []Expr
	at    []int
}

func sameLines(a, b searches) bool {
	c := comparison{a.at, b.at}
	return slices.EqualFunc(a.exprs, b.exprs, c.expr)
}

// sameExpr tells whether two expressions without references are the same,
// wherever they stand.
func sameExpr(a, b Expr) bool { return comparison{}.expr(a, b) }

// comparison compares expressions of two queries, with the number that each line
// of the one and of the other has among the searches.
type comparison struct{ a, b []int }

func (c comparison) expr(a, b Expr) bool {
	switch a := a.(type) {
	case *Term:
		b, ok := b.(*Term)
		return ok && a.Loose == b.Loose && slices.EqualFunc(a.Words, b.Words, func(v, w Word) bool { return slices.Equal(v, w) })
	case *Heading:
		b, ok := b.(*Heading)
		return ok && a.Name == b.Name && a.Explode == b.Explode && a.Major == b.Major && slices.Equal(a.Qualifiers, b.Qualifiers)
	case *Dates:
		b, ok := b.(*Dates)
		return ok && a.Field == b.Field && a.From == b.From && a.To == b.To
	case *Bool:
		b, ok := b.(*Bool)
		return ok && a.Op == b.Op && slices.EqualFunc(a.Args, b.Args, c.expr)
	case *Near:
		b, ok := b.(*Near)
		return ok && a.Gap == b.Gap && a.Ordered == b.Ordered && a.Bare == b.Bare && slices.EqualFunc(a.Args, b.Args, c.expr)
	case *In:
		b, ok := b.(*In)
		return ok && slices.Equal(a.Fields, b.Fields) && c.expr(a.Of, b.Of)
	case *Limit:
		b, ok := b.(*Limit)
		return ok && slices.EqualFunc(a.Conds, b.Conds, sameCond) && c.expr(a.Of, b.Of)
	case *Unique:
		b, ok := b.(*Unique)
		return ok && c.expr(a.Of, b.Of)
	}
	return c.lines(a, b)
}

// lines compares what refers to lines.
func (c comparison) lines(a, b Expr) bool {
	switch a := a.(type) {
	case *Ref:
		b, ok := b.(*Ref)
		return ok && c.line(a.Line, b.Line)
	case *Combine:
		b, ok := b.(*Combine)
		return ok && a.Op == b.Op && slices.EqualFunc(a.Lines, b.Lines, func(x, y LineRange) bool { return c.line(x.From, y.From) && c.line(x.To, y.To) })
	}
	return false
}

func (c comparison) line(a, b int) bool {
	return a >= 0 && b >= 0 && a < len(c.a) && b < len(c.b) && c.a[a] == c.b[b]
}

func sameCond(a, b Cond) bool {
	return a.Field == b.Field && a.Value == b.Value && a.From == b.From && a.To == b.To && slices.EqualFunc(a.Any, b.Any, sameCond)
}
