package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// Answer is what a strategy says of one record.
type Answer struct {
	// Verdict is that of the strategy's result: its last line that is a search.
	// Without such a line it is CannotSay.
	Verdict Verdict `json:"verdict"`

	// Lines has the verdict of each line; of one that is no search it is CannotSay.
	Lines []Verdict `json:"lines"`

	// Spans are the places that a yes rests on, in the order of the record: what
	// matched, and not what failed to. A yes by an absence, as of not, has none.
	Spans []Place `json:"spans,omitempty"`

	// Missing are the fields for want of which it cannot be said.
	Missing []record.Field `json:"missing,omitempty"`

	// Notes say where a line that the result rests on means less than it says: a
	// heading that was matched by its name alone.
	Notes []Note `json:"notes,omitempty"`
}

// Place is a place in a record that a line of a strategy found.
type Place struct {
	Line int `json:"line"` // index in Query.Lines of the line that asks for it
	record.Span
}

// String writes a place as title 14–26 "peer support".
func (p Place) String() string {
	return fmt.Sprintf("%s %d–%d %q", p.Field, p.Start, p.End, p.Text)
}

// Match asks a strategy of one record. Nothing of the record is changed; no record
// at all is an empty one. It is safe for concurrent use.
func (q *Query) Match(r *record.Record) Answer {
	if r == nil {
		r = &record.Record{}
	}
	e := q.engine()
	m := e.readings.Get().(*reading)
	defer e.readings.Put(m)
	m.read(r)
	a := Answer{Verdict: m.result(), Lines: make([]Verdict, len(e.lines)), Notes: slices.Clone(e.reachable)}
	for i := range e.lines {
		a.Lines[i] = m.line(i)
	}
	switch {
	case e.resultAt < 0:
	case a.Verdict == Yes:
		a.Spans = m.evidence(r)
	case a.Verdict == CannotSay:
		a.Missing = m.missing(r)
	}
	return a
}

// line is the verdict of a line.
func (m *reading) line(i int) Verdict {
	if n := m.lines[i].root; n >= 0 {
		return m.verdicts[n]
	}
	return CannotSay
}

// result is the verdict of the strategy.
func (m *reading) result() Verdict {
	if m.resultAt < 0 {
		return CannotSay
	}
	return m.verdicts[m.resultAt]
}

// leavesOf gives the leaves that the verdict of the result, v, rests on.
func (m *reading) leavesOf(v Verdict) []int32 {
	var leaves []int32
	seen := make([]bool, len(m.nodes))
	for todo := []int32{m.resultAt}; len(todo) > 0; {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		n := m.nodes[at]
		switch {
		case seen[at] || m.verdicts[at] != v:
		case n.leaf():
			leaves = append(leaves, at)
		case n.op == nodeNot && v == Yes:
			todo = append(todo, m.argsOf(n)[0])
		default:
			todo = append(todo, m.argsOf(n)...)
		}
		seen[at] = true
	}
	slices.Sort(leaves)
	return leaves
}

// evidence gives the places that a yes rests on. It reads the record once more, now
// with every place of it.
func (m *reading) evidence(r *record.Record) []Place {
	m.keep = true
	m.read(r)
	m.keep = false
	var out []Place
	c := cutter{texts: map[itemKey][]foldedWord{}}
	for _, at := range m.leavesOf(Yes) {
		line := m.lineOf(at)
		for _, s := range m.spansOf(m.nodes[at], r, &c) {
			out = append(out, Place{line, s})
		}
	}
	slices.SortFunc(out, func(a, b Place) int {
		return cmp.Or(cmp.Compare(fieldOrder(a.Field), fieldOrder(b.Field)), cmp.Compare(a.Field, b.Field), cmp.Compare(a.Item, b.Item),
			cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Line, b.Line))
	})
	return slices.Compact(out)
}

// fieldOrder puts the fields that people read first before the others.
func fieldOrder(f record.Field) int {
	i := slices.Index([]record.Field{record.FieldTitle, record.FieldAbstract, record.FieldKeywords, record.FieldHeadings, record.FieldTypes}, f)
	if i < 0 {
		return 100
	}
	return i
}

// spansOf gives the places of a leaf that says yes.
func (m *reading) spansOf(n node, r *record.Record, c *cutter) []record.Span {
	var out []record.Span
	switch n.op {
	case nodePhrase:
		for _, f := range m.found {
			if f.phrase == n.at {
				out = append(out, c.span(f.part, f.item, f.stretch))
			}
		}
	case nodeNear:
		for _, w := range m.windows {
			if w.near == n.at {
				out = append(out, c.span(w.part, w.item, w.stretch))
			}
		}
	case nodeHeading:
		return m.headingSpans(m.plan.headings[n.at], r)
	case nodeDates:
		return m.dates[n.at].spans(r)
	case nodeLanguage:
		for i, l := range r.Languages {
			if slices.Contains(m.languages[n.at], record.Language(l)) {
				out = append(out, wholeItem(record.FieldLanguages, i, l))
			}
		}
	}
	return out
}

// wholeItem is the span of an item from end to end.
func wholeItem(f record.Field, at int, text string) record.Span {
	return record.Span{Field: f, Item: at, End: len(text), Text: text}
}

// headingSpans gives the names of the headings that meet a test.
func (m *reading) headingSpans(t headingTest, r *record.Record) []record.Span {
	var out []record.Span
	for i := range r.Headings {
		h := &r.Headings[i]
		if t.names < 0 && h.Scheme == supplementary || !m.hasName(t, fold.Key(h.Term)) || !t.fits(h) {
			continue
		}
		text := headingText(h)
		start := strings.Index(text, h.Term)
		out = append(out, record.Span{Field: record.FieldHeadings, Item: i, Start: start, End: start + len(h.Term), Text: h.Term})
	}
	if len(out) == 0 {
		for i, k := range r.Keywords {
			if m.hasName(t, fold.Key(k)) {
				out = append(out, wholeItem(record.FieldKeywords, i, k))
			}
		}
	}
	return out
}

// cutter finds the bytes of words of an item, and remembers the words of those it
// was asked of.
type cutter struct {
	texts map[itemKey][]foldedWord
}

// itemKey names an item of a part. It is not its text, which may be long and is asked
// for once for every place in it.
type itemKey struct {
	part part
	at   int
}

// span gives the place of a stretch of an item's words in the record.
func (c *cutter) span(p part, it item, s stretch) record.Span {
	if it.name != nil {
		return p.span(it, 0, 0)
	}
	key := itemKey{p, it.at}
	words, ok := c.texts[key]
	if !ok {
		words = foldedWords(it.text)
		c.texts[key] = words
	}
	if s.from < 0 || s.from >= s.to || int(s.to) > len(words) {
		return p.span(it, 0, len(it.text)) // it cannot be: both cut words alike
	}
	return p.span(it, words[s.from].start, words[s.to-1].end)
}

// missing gives the fields of a record for want of which it cannot be said.
func (m *reading) missing(r *record.Record) []record.Field {
	var out []record.Field
	add := func(f record.Field) {
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	for _, at := range m.leavesOf(CannotSay) {
		switch n := m.nodes[at]; n.op {
		case nodePhrase:
			m.scopes[m.phrases[n.at].scope].missing(r, add)
		case nodeNear:
			m.scopes[m.nears[n.at].scope].missing(r, add)
		case nodeHeading:
			add(record.FieldHeadings)
		case nodeDates:
			add(m.dates[n.at].missing())
		case nodeLanguage:
			add(record.FieldLanguages)
		}
	}
	slices.SortFunc(out, func(a, b record.Field) int {
		return cmp.Or(cmp.Compare(fieldOrder(a), fieldOrder(b)), cmp.Compare(a, b))
	})
	return out
}
