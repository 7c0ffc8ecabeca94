package query

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// Bounds of a plan. What is beyond them cannot be said of any record, and a note
// says so.
const (
	maxDepth = 20_000  // of expressions within one another
	maxSize  = 4 << 20 // nodes, places and arguments
)

// planner makes a plan of a strategy.
type planner struct {
	q *Query
	p *plan

	forms, phrases, headings, names map[string]int32
	scopes                          map[scope]int32

	line  int
	depth int
	nodes map[lowered]int32 // of this line; -1 while it is being made
}

// lowered names an expression and the fields it was reached through.
type lowered struct {
	e  Expr
	in *In
}

// newPlan makes the plan of a strategy. It never fails: what has no meaning here
// is a node that cannot say, and a note.
func newPlan(q *Query) *plan {
	b := &planner{q: q, p: &plan{result: -1, absent: CannotSay}, forms: map[string]int32{}, phrases: map[string]int32{},
		headings: map[string]int32{}, names: map[string]int32{}, scopes: map[scope]int32{}}
	if q.opts.AsIs {
		b.p.absent = No
	}
	for i := range q.Lines {
		b.line, b.nodes = i, map[lowered]int32{}
		at := lineProgram{root: -1, first: int32(len(b.p.nodes))}
		if e := q.Lines[i].Expr; e != nil {
			at.root, b.p.result = b.lower(e, nil), i
		}
		b.p.lines = append(b.p.lines, at)
	}
	if q.opts.AsIs {
		for i := range b.p.scopes {
			b.p.scopes[i].needs = 0
		}
	}
	return b.p
}

// fieldsOf are the fields that an expression reached through in is looked for in.
func (b *planner) fieldsOf(in *In) []Field {
	if in == nil || len(in.Fields) == 0 {
		return []Field{b.q.Dialect.DefaultField()}
	}
	return in.Fields
}

// lower gives the node of an expression; in is the innermost In around it.
func (b *planner) lower(e Expr, in *In) int32 {
	key := lowered{e, in}
	if n, ok := b.nodes[key]; ok && n >= 0 {
		return n
	} else if ok {
		return b.cannotSay(e, CodeReference, "this part of the search is within itself")
	}
	if why := b.beyond(); why != "" {
		return b.cannotSay(e, CodeSize, why)
	}
	b.nodes[key] = -1
	b.depth++
	n := b.expr(e, in)
	b.depth--
	b.nodes[key] = n
	return n
}

// beyond says which bound was passed, "" where none was.
func (b *planner) beyond() string {
	switch {
	case b.depth > maxDepth:
		return fmt.Sprintf("the search is more than %d deep here", maxDepth)
	case len(b.p.nodes)+len(b.p.args)+len(b.p.places) > maxSize:
		return "the search is too large from here on"
	}
	return ""
}

func (b *planner) expr(e Expr, in *In) int32 {
	switch x := e.(type) {
	case *Term:
		return b.term(x, b.fieldsOf(in))
	case *Heading:
		return b.heading(x)
	case *Dates:
		return b.leaf(nodeDates, b.datesIn(x.Field, x.From, x.To))
	case *Bool:
		return b.boolean(x, in)
	case *Near:
		return b.near(x, in)
	case *In:
		return b.lower(x.Of, x)
	case *Ref:
		return b.ref(x, x.Line)
	case *Combine:
		return b.lineRanges(x)
	case *Limit:
		return b.limit(x, in)
	case *Unique:
		return b.lower(x.Of, in)
	}
	return b.cannotSay(e, CodeSyntax, "there is nothing to look for here")
}

// leaf adds a node without arguments.
func (b *planner) leaf(op nodeOp, at int32) int32 {
	b.p.nodes = append(b.p.nodes, node{op: op, at: at})
	return int32(len(b.p.nodes) - 1)
}

// join adds a node over others; over one it is that one, over none it cannot say.
func (b *planner) join(op nodeOp, args []int32) int32 {
	switch {
	case len(args) == 0:
		return b.leaf(nodeConst, int32(CannotSay))
	case len(args) == 1:
		return args[0]
	}
	from := int32(len(b.p.args))
	b.p.args = append(b.p.args, args...)
	b.p.nodes = append(b.p.nodes, node{op: op, from: from, to: int32(len(b.p.args))})
	return int32(len(b.p.nodes) - 1)
}

// cannotSay adds a node that says so of every record, and why to the notes.
func (b *planner) cannotSay(e Expr, code Code, why string) int32 {
	b.note(e, code, why+": of no record can it be said whether it meets this")
	return b.leaf(nodeConst, int32(CannotSay))
}

func (b *planner) note(e Expr, code Code, text string) {
	n := Note{Code: code, Text: text}
	if e != nil {
		n.Extent = e.Where()
	} else {
		n.Extent = b.q.Lines[b.line].Extent
	}
	b.p.notes = append(b.p.notes, planNote{b.line, placed(b.q.text, n)})
}

func (b *planner) boolean(x *Bool, in *In) int32 {
	args := make([]int32, len(x.Args))
	for i, a := range x.Args {
		args[i] = b.lower(a, in)
	}
	switch {
	case len(args) == 0:
		return b.cannotSay(x, CodeOperator, "this operator has nothing to join")
	case x.Op == And:
		return b.join(nodeAnd, args)
	case x.Op == Or:
		return b.join(nodeOr, args)
	case x.Op != Not:
		return b.cannotSay(x, CodeOperator, "there is no operator "+string(x.Op))
	}
	n := args[0]
	for _, a := range args[1:] {
		n = b.join(nodeNot, []int32{n, a})
	}
	return n
}

// ref gives the node of another line, which must stand before this one.
func (b *planner) ref(e Expr, line int) int32 {
	switch {
	case line < 0 || line >= len(b.q.Lines):
		return b.cannotSay(e, CodeReference, "there is no such line")
	case line >= b.line:
		return b.cannotSay(e, CodeReference, "line "+b.q.number(line)+" does not come before this one")
	case b.p.lines[line].root < 0:
		return b.cannotSay(e, CodeReference, "line "+b.q.number(line)+" is no search")
	}
	return b.p.lines[line].root
}

func (b *planner) lineRanges(x *Combine) int32 {
	op := nodeOr
	if x.Op == And {
		op = nodeAnd
	}
	var args []int32
	for _, r := range x.Lines {
		from, to := max(r.From, 0), min(r.To, len(b.q.Lines)-1)
		if r.From < 0 || r.To >= len(b.q.Lines) || r.From > r.To {
			args = append(args, b.cannotSay(x, CodeReference, "there are no such lines"))
		}
		if len(b.p.args)+len(args)+to-from > maxSize {
			return b.cannotSay(x, CodeSize, "the search is too large from here on")
		}
		for l := from; l <= to; l++ {
			if l < b.line && b.p.lines[l].root < 0 {
				continue // a heading among the lines
			}
			args = append(args, b.ref(x, l))
		}
	}
	return b.join(op, args)
}

func (b *planner) heading(x *Heading) int32 {
	t := headingTest{names: b.namesOf(x, x.Name, x.Explode), major: x.Major}
	for _, name := range x.Qualifiers {
		t.qualifiers = append(t.qualifiers, qualifiersNamed(name, b.q.Dialect == PubMed && x.Explode)...)
	}
	return b.headingTest(t)
}

func (b *planner) headingTest(t headingTest) int32 {
	slices.Sort(t.qualifiers)
	t.qualifiers = slices.Compact(t.qualifiers)
	key := fmt.Sprintf("%d %t %q", t.names, t.major, t.qualifiers)
	at, ok := b.headings[key]
	if !ok {
		at = int32(len(b.p.headings))
		b.headings[key] = at
		b.p.headings = append(b.p.headings, t)
	}
	return b.leaf(nodeHeading, at)
}

// namesOf gives the set of folded names that a heading stands for.
func (b *planner) namesOf(e Expr, name string, explode bool) int32 {
	key := fold.Key(name)
	set, known := b.q.opts.Headings.named(key, explode)
	switch {
	case known || !explode:
	case b.q.opts.Headings.Len() == 0:
		b.note(e, CodeMeaning, "“"+name+"” was matched by its name alone, without narrower headings: there is no tree of headings")
	default:
		b.note(e, CodeMeaning, "“"+name+"” was matched by its name alone: the tree has no heading of that name")
	}
	return b.nameSet(set)
}

func (b *planner) nameSet(set []string) int32 {
	set = slices.Compact(slices.Sorted(slices.Values(set)))
	key := strings.Join(set, "\x00")
	at, ok := b.names[key]
	if !ok {
		at = int32(len(b.p.names))
		b.names[key] = at
		b.p.names = append(b.p.names, set)
	}
	return at
}

// form gives the number of a word in the vocabulary.
func (b *planner) form(f form) int32 {
	key := f.key()
	at, ok := b.forms[key]
	if !ok {
		at = int32(len(b.p.forms))
		b.forms[key] = at
		b.p.forms = append(b.p.forms, f)
	}
	return at
}

// phrase gives the number of a row of words in a scope.
func (b *planner) phrase(words []form, s scope) int32 {
	f := phrase{scope: b.scope(s)}
	key := binary.AppendVarint(nil, int64(f.scope))
	for _, w := range words {
		f.forms = append(f.forms, b.form(w))
		key = binary.AppendVarint(key, int64(f.forms[len(f.forms)-1]))
	}
	at, ok := b.phrases[string(key)]
	if !ok {
		at = int32(len(b.p.phrases))
		b.phrases[string(key)] = at
		b.p.phrases = append(b.p.phrases, f)
	}
	return at
}

func (b *planner) scope(s scope) int32 {
	at, ok := b.scopes[s]
	if !ok {
		at = int32(len(b.p.scopes))
		b.scopes[s] = at
		b.p.scopes = append(b.p.scopes, s)
	}
	return at
}
