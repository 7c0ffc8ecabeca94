package query

import (
	"fmt"
	"slices"
	"strings"
)

// dump writes a query as an expression in brackets, without places: two queries
// with the same dump are the same.
func dump(q *Query) string {
	var out []string
	search := make([]int, len(q.Lines)) // which search a line is: headings are none
	for i, l := range q.Lines {
		search[i] = len(out)
		if l.Expr != nil {
			out = append(out, dumper(search).expr(l.Expr))
		}
	}
	return strings.Join(out, "\n")
}

// dumper gives the number of the search that a line is.
type dumper []int

func (d dumper) expr(e Expr) string {
	list := func(name string, args ...Expr) string {
		parts := []string{name}
		for _, a := range args {
			parts = append(parts, d.expr(a))
		}
		return "(" + strings.Join(parts, " ") + ")"
	}
	switch e := e.(type) {
	case *Term:
		var words []string
		for _, w := range e.Words {
			s := ""
			for _, p := range w {
				switch {
				case !p.Gap():
					s += strings.ToLower(p.Text)
				default:
					s += fmt.Sprintf("{%d,%d}", p.Min, p.Max)
				}
			}
			words = append(words, s)
		}
		mark := `"`
		if e.Loose {
			mark = "~"
		}
		return mark + strings.Join(words, " ") + mark
	case *Heading:
		return fmt.Sprintf("<%s %v exp=%v major=%v>", strings.ToLower(e.Name), e.Qualifiers, e.Explode, e.Major)
	case *Dates:
		return fmt.Sprintf("[%s %s:%s]", e.Field, e.From, e.To)
	case *Bool:
		return list(string(e.Op), e.Args...)
	case *Near:
		return list(fmt.Sprintf("near%d,%v,%v", e.Gap, e.Ordered, e.Bare), e.Args...)
	case *In:
		return list(fmt.Sprint("in ", e.Fields), e.Of)
	case *Ref:
		return fmt.Sprint("#", d[e.Line])
	case *Combine:
		runs := slices.Clone(e.Lines)
		for i, r := range runs {
			runs[i] = LineRange{d[r.From], d[r.To]}
		}
		return fmt.Sprint("(", e.Op, "/", runs, ")")
	case *Limit:
		return list(fmt.Sprint("limit ", dumpConds(e.Conds)), e.Of)
	case *Unique:
		return list("unique", e.Of)
	}
	return fmt.Sprintf("%T", e)
}

func dumpConds(conds []Cond) string {
	var out []string
	for _, c := range conds {
		out = append(out, fmt.Sprintf("%s=%s %s:%s %s", c.Field, c.Value, c.From, c.To, dumpConds(c.Any)))
	}
	return "{" + strings.Join(out, "; ") + "}"
}
