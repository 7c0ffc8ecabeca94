package query

import (
	"strconv"
	"strings"
)

// parser parses the tokens of one line.
type parser struct {
	*reader
	toks  []symbol
	at    int
	depth int
	outer Op   // the operator whose argument is being read, "" at the start of a line or bracket
	cut   bool // the end of the line was left out
	gaps  bool // wildcards of other platforms were said to be none

	lastFields int // index of the last fields among the tokens
}

func (p *parser) tok() symbol  { return p.toks[p.at] }
func (p *parser) next() symbol { t := p.toks[p.at]; p.at = min(p.at+1, len(p.toks)-1); return t }

// markFields notes where the last fields of the line stand.
func (p *parser) markFields() {
	for i, t := range p.toks {
		if t.kind == tokFields {
			p.lastFields = i
		}
	}
}

// line parses a whole line; nil where it failed or holds nothing.
func (p *parser) line() Expr {
	if p.tok().kind == tokEnd {
		p.fail(Note{Extent: p.tok().Extent, Code: CodeSyntax, Text: "a search was expected", Try: "a term, or no line at all"})
		return nil
	}
	if p.d == Ovid {
		if e, ok := p.command(); ok {
			return p.something(e)
		}
	}
	return p.something(p.rest(p.expr(1)))
}

// something is an error where a lenient reading left out all of a line.
func (p *parser) something(e Expr) Expr {
	switch {
	case p.failed:
		return nil
	case e == nil:
		p.fail(Note{Extent: p.toks[0].Extent, Code: CodeSyntax, Text: "nothing of this line can be searched for", Try: "the line without it"})
		return nil
	}
	return e
}

// rest parses what follows a search where the line should end: a stray closing
// bracket, which a lenient reading leaves out, and what stands behind it, as in
// e) and f.
func (p *parser) rest(e Expr) Expr {
	for !p.failed && p.tok().kind != tokEnd {
		switch t := p.tok(); {
		case t.kind == tokClose:
			p.slip(Note{Extent: t.Extent, Code: CodeBracket, Text: "this ) has no ( before it", Try: "the line without it"}, "it was left out")
			p.next()
		case t.kind == tokFields && e != nil:
			e = p.postfix(e, false)
		case e == nil && t.kind != tokSlash && t.kind != tokFields:
			e = p.expr(1)
		default:
			before := p.at
			if e != nil {
				e = p.binary(e, 1)
			}
			if p.at == before {
				p.fail(unexpected(t))
			}
		}
	}
	return e
}

// binding is how tightly an operator binds, 0 where the token is none.
// Ovid: adj, then and and not, then or. PubMed: all alike, from left to right.
// Web of Science, EBSCOhost and the Cochrane Library: nearness, not, and, or.
// Scopus: nearness, or, and, and not.
func binding(d Dialect, kind tokenKind, op Op) int {
	if kind == tokNear {
		return 4
	}
	if kind != tokOp {
		return 0
	}
	switch {
	case d == PubMed:
		return 1
	case d == Scopus:
		return map[Op]int{Or: 3, And: 2, Not: 1}[op]
	case d == Ovid:
		return map[Op]int{Not: 2, And: 2, Or: 1}[op]
	}
	return map[Op]int{Not: 3, And: 2, Or: 1}[op]
}

// expr parses operands and the operators between them that bind at least so
// tightly; nil where it failed, or where a lenient reading left all of it out.
func (p *parser) expr(least int) Expr {
	left := p.operand()
	for left == nil && !p.failed && p.tok().kind == tokOp {
		if t := p.next(); t.op == Not {
			p.fail(unexpected(t))
			return nil
		}
		left = p.operand()
	}
	if left == nil {
		return nil
	}
	return p.binary(left, least)
}

// argument parses what stands behind an operator.
func (p *parser) argument(op Op, least int) Expr {
	outer := p.outer
	p.outer = op
	e := p.expr(least)
	p.outer = outer
	return e
}

// binary goes on after a first operand.
func (p *parser) binary(left Expr, least int) Expr {
	var own *Bool // made here, so that a further and joins it: a and b and c
	for levels := 0; !p.failed; {
		t, ok := p.operator(own, least)
		if !ok {
			break
		}
		right := p.argument(t.op, binding(p.d, t.kind, t.op)+1)
		if right == nil { // it failed, or is nothing but what a lenient reading left out
			continue
		}
		e := Extent{left.Where().Start, right.Where().End}
		if own == nil || own.Op != t.op || t.op == Not || t.kind == tokNear {
			levels++
		}
		if levels > maxBrackets {
			p.fail(Note{Extent: t.Extent, Code: CodeSize, Text: "more than " + strconv.Itoa(maxBrackets) + " operators in a row that are not one and the same", Try: "lines of their own"})
			return nil
		}
		switch {
		case t.kind == tokNear:
			near := *t.near
			near.Extent, near.Args = e, []Expr{left, right}
			left, own = &near, nil
		case own != nil && own.Op == t.op && t.op != Not:
			own.Args = append(own.Args, right)
			own.Extent = e
		default:
			own = &Bool{Extent: e, Op: t.op, Args: []Expr{left, right}}
			left = own
		}
	}
	if p.failed {
		return nil
	}
	return left
}

// operator reads the operator that comes next, written or left out; false where
// none comes that binds so tightly. own is what was read before it.
func (p *parser) operator(own *Bool, least int) (t symbol, ok bool) {
	t = p.tok()
	switch {
	case t.kind == tokOpen && p.toks[p.at+1].kind == tokEnd:
		p.slip(Note{Extent: t.Extent, Code: CodeBracket, Text: "nothing follows this (", Try: "the line without it"}, "it was left out")
		p.next()
		return t, false
	case implied(p.d, t):
		t = symbol{Extent: Extent{t.Start, t.Start}, kind: tokOp, op: And}
		if p.d == PubMed {
			p.note(Note{Extent: p.tok().Extent, Code: CodeMeaning, Text: "no operator stands before this; PubMed takes AND", Try: "AND"})
		}
	case t.kind == tokOp || t.kind == tokNear:
		if binding(p.d, t.kind, t.op) < least {
			return t, false
		}
		p.next()
		t.op = p.andNot(t)
		if t = p.lastOperator(t); p.failed {
			return t, false
		}
		return t, binding(p.d, t.kind, t.op) >= least
	case t.kind == tokWord || t.kind == tokQuoted || t.kind == tokOpen || t.kind == tokPrefix || t.kind == tokCombine:
		t, ok = p.missingOperator(t, own)
		if !ok {
			return t, false
		}
	default:
		return t, false
	}
	return t, binding(p.d, t.kind, t.op) >= least
}

// lastOperator looks at what follows an operator: a second one, or the end. A
// lenient reading takes the last of several and leaves off one at the end.
func (p *parser) lastOperator(t symbol) symbol {
	for next := p.tok(); next.kind == tokOp && next.op != Not && !p.failed; next = p.tok() {
		p.slip(Note{Extent: next.Extent, Code: CodeOperator, Text: next.text + " follows another operator", Try: "a term between them, or one of the two"}, "the last one was taken")
		p.next()
		t = next
	}
	if next := p.tok(); next.kind == tokEnd && !p.cut || next.kind == tokClose {
		p.slip(unexpected(next), "the operator before it was left out")
	}
	return t
}

// implied tells whether an operator is left out before a token in a dialect
// that takes and for it.
func implied(d Dialect, t symbol) bool {
	if d == Ovid {
		return false
	}
	return t.kind == tokWord || t.kind == tokQuoted || t.kind == tokOpen || t.kind == tokPrefix
}

// andNot joins AND NOT, which is how Scopus writes not.
func (p *parser) andNot(t symbol) Op {
	if t.kind != tokOp || t.op != And {
		return t.op
	}
	if next := p.tok(); next.kind == tokOp && next.op == Not {
		if p.d != Scopus {
			p.slip(Note{Extent: Extent{t.Start, next.End}, Code: CodeOperator, Text: p.d.name() + " writes NOT alone", Try: "NOT"}, "NOT was taken")
		}
		p.next()
		return Not
	}
	return And
}

// missingOperator is what to do where two expressions stand side by side and
// the dialect has no meaning for that. A lenient reading takes the operator that
// is around them.
func (p *parser) missingOperator(t symbol, own *Bool) (symbol, bool) {
	n := Note{Extent: t.Extent, Code: CodeOperator, Text: "an operator is missing before this", Try: "and, or, not, or adj between the two"}
	if t.kind == tokCombine {
		n.Text, n.Try = "this stands after another search", "it in a line of its own"
		p.fail(n)
		return t, false
	}
	op := And
	if own != nil && own.Op == Or || own == nil && p.outer == Or {
		op = Or
	}
	if p.opts.Lenient && binding(p.d, tokOp, op) == 1 && p.outer == op && own == nil {
		return symbol{kind: tokOp, op: op}, true // left to the expression around it
	}
	p.slip(n, string(op)+" was taken")
	return symbol{Extent: Extent{t.Start, t.Start}, kind: tokOp, op: op}, p.opts.Lenient
}

// operand parses a term, a heading, a reference, or what stands in brackets,
// with the fields behind it.
func (p *parser) operand() Expr {
	if p.failed {
		return nil
	}
	t := p.tok()
	switch t.kind {
	case tokOp:
		if t.op == Not {
			break
		}
		if p.slip(unexpected(t), "it was left out"); p.failed {
			return nil
		}
		p.next()
		return p.operand()
	case tokOpen:
		p.next()
		if p.depth++; p.depth > maxBrackets {
			p.fail(Note{Extent: t.Extent, Code: CodeSize, Text: "more than " + strconv.Itoa(maxBrackets) + " brackets within one another"})
			return nil
		}
		e := p.bracket(t)
		p.depth--
		if p.failed {
			return nil
		}
		return p.postfix(e, true)
	case tokWord, tokQuoted:
		return p.run()
	case tokEnd, tokClose:
		if p.cut || p.dangling() {
			return nil
		}
	case tokCombine:
		p.next()
		lines := p.numbers(t)
		if p.failed || len(lines) == 0 {
			return nil
		}
		return p.postfix(&Combine{Extent: t.Extent, Op: t.op, Lines: lines}, true)
	case tokPrefix:
		p.next()
		return p.prefixed(t)
	}
	p.fail(unexpected(t))
	return nil
}

// dangling tells whether a lenient reading has just left off an operator.
func (p *parser) dangling() bool {
	return p.opts.Lenient && p.at > 0 && (p.toks[p.at-1].kind == tokOp || p.toks[p.at-1].kind == tokNear)
}

// bracket parses up to the bracket that closes t.
func (p *parser) bracket(t symbol) Expr {
	outer := p.outer
	p.outer = ""
	defer func() { p.outer = outer }()
	if p.tok().kind == tokClose {
		p.fail(Note{Extent: Extent{t.Start, p.tok().End}, Code: CodeBracket, Text: "nothing stands between these brackets", Try: "a term"})
		return nil
	}
	e := p.expr(1)
	if p.failed {
		return nil
	}
	if p.tok().kind != tokClose {
		if p.tok().kind != tokEnd {
			p.fail(unexpected(p.tok()))
			return nil
		}
		p.slip(Note{Extent: t.Extent, Code: CodeBracket, Text: "this ( is not closed", Try: ") where its expression ends"}, "it was closed at the end of the line")
		return e
	}
	end := p.next()
	return widened(e, Extent{t.Start, end.End})
}

// widened gives an expression the extent of the brackets around it.
func widened(e Expr, x Extent) Expr {
	switch e := e.(type) {
	case *Bool:
		e.Extent = x
	case *Near:
		e.Extent = x
	}
	return e
}

// unexpected says what is wrong with a token where an operand should begin.
func unexpected(t symbol) Note {
	n := Note{Extent: t.Extent, Code: CodeOperator, Try: "a term"}
	switch t.kind {
	case tokEnd:
		n.Text = "a term was expected, and the line ends"
	case tokClose:
		n.Code, n.Text = CodeBracket, "a term was expected before this )"
	case tokOp, tokNear:
		n.Text = "a term was expected, and not " + t.text
	case tokFields:
		n.Code, n.Text, n.Try = CodeField, "a field with no term before it", "the term first, then the field"
	case tokSlash:
		n.Code, n.Text, n.Try = CodeSyntax, "a / with no heading before it", "the heading first, as in Dementia/"
	default:
		n.Code, n.Text, n.Try = CodeSyntax, "this was not expected here", ""
	}
	return n
}

// run parses words and quotes that stand side by side, and what they are.
func (p *parser) run() Expr {
	switch p.d {
	case Ovid:
		return p.ovidRun()
	case PubMed:
		return p.pubmedRun()
	}
	return p.plainRun()
}

// reference makes the reference that a word may be, "12" or "#12".
func (p *parser) reference(t symbol) (Expr, bool) {
	digits, marked := strings.CutPrefix(t.text, "#")
	if p.d == EBSCO && !marked && len(t.text) > 1 && (t.text[0] == 'S' || t.text[0] == 's') {
		digits, marked = t.text[1:], true
	}
	if !allDigits(digits) || !marked && p.d != Ovid {
		return nil, false
	}
	i, ok := p.lineNumber(t.Extent, digits)
	if !ok {
		return nil, true // an error, or left out
	}
	return &Ref{Extent: t.Extent, Line: i}, true
}
