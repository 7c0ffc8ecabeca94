package query

import (
	"math/bits"
	"slices"
	"sync"
)

// prepared is what a strategy becomes when it is first asked of records.
type prepared struct {
	planOnce, engineOnce sync.Once
	plan                 *plan
	engine               *engine
}

// plan is the strategy ready to be asked of records. What is changed in a
// strategy after it was first asked has no effect.
func (q *Query) plan() *plan {
	q.ready.planOnce.Do(func() { q.ready.plan = newPlan(q) })
	return q.ready.plan
}

// engine is the strategy ready to be asked of one record after the other.
func (q *Query) engine() *engine {
	q.ready.engineOnce.Do(func() { q.ready.engine = newEngine(q.plan()) })
	return q.ready.engine
}

// engine asks all lines of a strategy of a record in one pass over its text:
//
//	text ─automaton─▶ events: word 17 is of these forms ─▶ phrases ─▶ nodes ─▶ verdicts
//	                                                  └─▶ nearness ──┘
//
// It is not changed once it is made; what changes while a record is read is in a
// reading.
type engine struct {
	*plan
	words     *automaton
	lettered  *automaton // without the forms that begin with a gap, nil where there are none
	inner     []inner    // what a text must have to have a word of those
	kind      [256]uint8 // of a byte of a text: its class in the automaton, or one of the next
	known     [][]int32  // the lists of the automaton as forms
	unsure    []bool     // the lists that have a form to be compared in whole
	anchors   [][]anchor // of each form, the phrases that are looked for when it is met
	nearsOf   [][]int32  // of each phrase, the nears that it is a part of
	parts     []part     // that some scope looks at
	named     map[string][]int32
	unnamed   []int32 // heading tests of any name
	resultAt  int32   // the node of the strategy's result, -1 where none is
	readings  sync.Pool
	reachable []Note // notes on the lines that the result rests on
}

// What a byte of a text is, beside a letter or digit with a class.
const (
	foreign   = 0xfe // not ASCII
	separator = 0xff
)

// anchor is a phrase, met by one of its words.
type anchor struct {
	phrase int32
	at     int32 // which of its words
	words  int32 // how many it has
	parts  partSet
	whole  partSet
	near   bool // it is part of a nearness, so that every place of it counts
}

func newEngine(p *plan) *engine {
	e := &engine{plan: p, words: newAutomaton(p.forms, nil), anchors: make([][]anchor, len(p.forms)),
		nearsOf: make([][]int32, len(p.phrases)), named: map[string][]int32{}, resultAt: -1}
	e.readings.New = func() any { return newReading(e) }
	if p.result >= 0 {
		e.resultAt = p.lines[p.result].root
	}
	e.setKinds()
	e.setInner()
	e.setLists()
	for i := range p.nears {
		for _, f := range p.nears[i].phrases {
			e.nearsOf[f] = append(e.nearsOf[f], int32(i))
		}
	}
	e.setAnchors()
	e.setHeadings()
	e.reachable = e.notesOn(e.resultAt)
	return e
}

func (e *engine) setKinds() {
	for c := range e.kind {
		switch {
		case c >= 0x80:
			e.kind[c] = foreign
		case isLetterByte(byte(c)):
			e.kind[c] = e.words.class[c|0x20]
		case c >= '0' && c <= '9':
			e.kind[c] = e.words.class[c]
		default:
			e.kind[c] = separator
		}
	}
}

func isLetterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// lists are those of the automata.
func (e *engine) lists() [][]answer {
	if e.lettered != nil {
		return e.lettered.lists
	}
	return e.words.lists
}

func (e *engine) setLists() {
	for _, list := range e.lists() {
		var forms []int32
		unsure := false
		for _, a := range list {
			forms = append(forms, a.form)
			unsure = unsure || a.check
		}
		e.known = append(e.known, forms)
		e.unsure = append(e.unsure, unsure)
	}
}

// setAnchors gives each phrase to that word of it which is likely the rarest: the
// one with most letters.
func (e *engine) setAnchors() {
	var all partSet
	for i, f := range e.phrases {
		s := e.scopes[f.scope]
		all |= s.parts
		if len(f.forms) == 0 {
			continue
		}
		best := 0
		for j := range f.forms {
			if e.forms[f.forms[j]].letters() > e.forms[f.forms[best]].letters() {
				best = j
			}
		}
		e.anchors[f.forms[best]] = append(e.anchors[f.forms[best]], anchor{phrase: int32(i), at: int32(best), words: int32(len(f.forms)),
			parts: s.parts, whole: s.whole, near: len(e.nearsOf[i]) > 0})
	}
	for ; all != 0; all &= all - 1 {
		e.parts = append(e.parts, part(bits.TrailingZeros64(uint64(all))))
	}
}

// letters counts the bytes of a form's literal text.
func (f form) letters() int {
	n := 0
	for _, p := range f.pieces {
		n += len(p.Text)
	}
	return n
}

func (e *engine) setHeadings() {
	for i, t := range e.headings {
		if t.names < 0 {
			e.unnamed = append(e.unnamed, int32(i))
			continue
		}
		for _, name := range e.names[t.names] {
			e.named[name] = append(e.named[name], int32(i))
		}
	}
}

// notesOn gives the notes on the lines that a node rests on, in the order of the
// strategy.
func (e *engine) notesOn(root int32) []Note {
	if root < 0 || len(e.notes) == 0 {
		return nil
	}
	lines := map[int]bool{e.result: true}
	seen := make([]bool, len(e.nodes))
	for todo := []int32{root}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		lines[e.lineOf(n)] = true
		todo = append(todo, e.argsOf(e.nodes[n])...)
	}
	var out []Note
	for _, n := range e.notes {
		if lines[n.line] {
			out = append(out, n.note)
		}
	}
	return slices.Clip(out)
}
