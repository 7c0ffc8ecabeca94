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
	cut   bool // the end of the line was left out
}

func (p *parser) tok() symbol  { return p.toks[p.at] }
func (p *parser) next() symbol { t := p.toks[p.at]; p.at = min(p.at+1, len(p.toks)-1); return t }

// line parses a whole line; nil where it failed or holds nothing.
func (p *parser) line() Expr {
	if p.tok().kind == tokEnd {
		p.fail(Note{Extent: p.tok().Extent, Code: CodeSyntax, Text: "a search was expected", Try: "a term, or no line at all"})
		return nil
	}
	if p.d == Ovid {
		if e, ok := p.command(); ok {
			return e
		}
	}
	e := p.expr(1)
	if p.failed {
		return nil
	}
	if t := p.tok(); t.kind == tokClose {
		p.slip(Note{Extent: t.Extent, Code: CodeBracket, Text: "this ) has no ( before it", Try: "the line without it"}, "it was left out")
		for p.tok().kind == tokClose && !p.failed {
			p.next()
		}
		if p.failed || p.tok().kind == tokEnd {
			return e
		}
		return p.rest(e)
	}
	if p.tok().kind != tokEnd {
		return p.rest(e)
	}
	return e
}

// rest parses what follows a stray closing bracket, which a lenient reading
// leaves out: e) AND f.
func (p *parser) rest(e Expr) Expr {
	for !p.failed && p.tok().kind != tokEnd {
		switch p.tok().kind {
		case tokClose:
			p.next()
		case tokFields:
			e = p.postfix(e, false)
		default:
			e = p.binary(e, 1)
		}
	}
	if p.failed {
		return nil
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
// tightly.
func (p *parser) expr(least int) Expr {
	left := p.operand()
	return p.binary(left, least)
}

// binary goes on after a first operand.
func (p *parser) binary(left Expr, least int) Expr {
	var own *Bool // made here, so that a further and joins it: a and b and c
	for !p.failed {
		t := p.tok()
		if implied(p.d, t) {
			t = symbol{Extent: Extent{t.Start, t.Start}, kind: tokOp, op: And}
			if p.d == PubMed {
				p.note(Note{Extent: p.tok().Extent, Code: CodeMeaning, Text: "no operator stands before this; PubMed takes AND", Try: "AND"})
			}
		} else if t.kind == tokOp || t.kind == tokNear {
			if tight := binding(p.d, t.kind, t.op); tight < least {
				return left
			}
			p.next()
			t.op = p.andNot(t)
		} else if t.kind == tokWord || t.kind == tokQuoted || t.kind == tokOpen || t.kind == tokPrefix || t.kind == tokCombine {
			p.missingOperator(t)
			return left
		} else {
			return left
		}
		tight := binding(p.d, t.kind, t.op)
		if tight < least {
			return left
		}
		right := p.expr(tight + 1)
		if p.failed {
			return nil
		}
		if right == nil { // nothing but what a lenient reading left out
			return left
		}
		e := Extent{left.Where().Start, right.Where().End}
		switch {
		case t.kind == tokNear:
			near := t.near
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
	return nil
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

func (p *parser) missingOperator(t symbol) {
	if before := p.toks[max(p.at-1, 0)]; p.d == Ovid && before.kind == tokFields && fieldNamed(Ovid, strings.ToLower(t.text)) != "" {
		p.fail(Note{Extent: Extent{before.Start, t.End}, Code: CodeField, Text: "several fields are joined by commas", Try: strings.TrimRight(before.text, ". ") + "," + t.text + "."})
		return
	}
	n := Note{Extent: t.Extent, Code: CodeOperator, Text: "an operator is missing before this", Try: "and, or, not, or adj between the two"}
	if t.kind == tokCombine {
		n.Text, n.Try = "this stands after another search", "it in a line of its own"
	}
	p.fail(n)
}

// operand parses a term, a heading, a reference, or what stands in brackets,
// with the fields behind it.
func (p *parser) operand() Expr {
	if p.failed {
		return nil
	}
	t := p.tok()
	switch t.kind {
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
	case tokEnd:
		if p.cut {
			return nil
		}
	case tokCombine:
		p.next()
		lines := p.numbers(t)
		if p.failed {
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

// bracket parses up to the bracket that closes t.
func (p *parser) bracket(t symbol) Expr {
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

// postfix wraps an expression in the fields behind it. Fields behind a bracket
// are an error in PubMed, whose tags belong to terms.
func (p *parser) postfix(e Expr, bracketed bool) Expr {
	for !p.failed && p.tok().kind == tokFields {
		t := p.next()
		if p.d == PubMed && bracketed {
			p.slip(Note{Extent: t.Extent, Code: CodeField, Text: "PubMed's tags stand behind terms, not behind brackets", Try: t.text + " behind each term"}, "it was taken for each term")
			if isMeSHTag(strings.TrimSuffix(t.tag, ":noexp")) {
				p.fail(Note{Extent: t.Extent, Code: CodeField, Text: "a heading tag behind a bracket", Try: t.text + " behind each heading"})
				return nil
			}
		}
		if len(t.fields) == 0 {
			return e
		}
		e = &In{Extent: Extent{e.Where().Start, t.End}, Of: e, Fields: t.fields}
	}
	return e
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
		return nil, true
	}
	return &Ref{Extent: t.Extent, Line: i}, true
}
