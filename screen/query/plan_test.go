package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// word reads a word of a test: * is any ending, ? at most one character, # exactly
// one.
func word(s string) Word {
	var w Word
	for s != "" {
		i := strings.IndexAny(s, "*?#")
		switch {
		case i < 0:
			w, s = append(w, Piece{Text: s}), ""
			continue
		case i > 0:
			w = append(w, Piece{Text: s[:i]})
		}
		w = append(w, map[byte]Piece{'*': {Max: Unbounded}, '?': {Max: 1}, '#': {Min: 1, Max: 1}}[s[i]])
		s = s[i+1:]
	}
	return w
}

// term is a term of words with blanks between them.
func term(s string) *Term {
	t := &Term{}
	for _, w := range strings.Fields(s) {
		t.Words = append(t.Words, word(w))
	}
	return t
}

func in(e Expr, fields ...Field) *In     { return &In{Of: e, Fields: fields} }
func or(args ...Expr) *Bool              { return &Bool{Op: Or, Args: args} }
func and(args ...Expr) *Bool             { return &Bool{Op: And, Args: args} }
func not(a, b Expr) *Bool                { return &Bool{Op: Not, Args: []Expr{a, b}} }
func within(gap int, args ...Expr) *Near { return &Near{Gap: gap, Args: args} }
func strategy(d Dialect, lines ...Expr) *Query {
	q := &Query{Dialect: d}
	for _, e := range lines {
		q.Lines = append(q.Lines, Line{Expr: e})
	}
	return q
}

func TestAWordFitsAFormAsAWhole(t *testing.T) {
	for _, c := range []struct{ form, fits, fails string }{
		{"peer", "peer", "peers pee"},
		{"peer*", "peer peers peering", "pee apeer"},
		{"behavio?r", "behavior behaviour", "behavioxxr behavio"},
		{"wom#n", "woman women womän", "womn womaan"},
		{"*itis", "itis arthritis", "arthritic"},
		{"a*b*c", "abc axxbxxc aabbcc", "ab acb bac"},
		{"*", "a anything", ""},
		{"?#*", "a ab abc", ""},
		{"ß", "ss", "s"},
		{"μ#", "mug", "mu"},
	} {
		forms := wordsOf([]Word{word(c.form)})
		require.Len(t, forms, 1, c.form)
		for _, w := range strings.Fields(c.fits) {
			assert.True(t, forms[0].fits(w), "%s fits %s", w, c.form)
		}
		for _, w := range strings.Fields(c.fails) {
			assert.False(t, forms[0].fits(w), "%s does not fit %s", w, c.form)
		}
	}
}

func TestAWordOfATermMayBeSeveralOfAText(t *testing.T) {
	for text, want := range map[string]string{
		"self-harm": "[{[{self 0 0}]} {[{harm 0 0}]}]",
		"anti-*":    "[{[{anti 0 0}]} {[{ 0 -1}]}]",
		"-based*":   "[{[{based 0 0} { 0 -1}]}]",
		"tgf-β#":    "[{[{tgf 0 0}]} {[{beta 0 0} { 1 1}]}]",
		"a??b":      "[{[{a 0 0} { 0 2} {b 0 0}]}]",
		"&":         "[]",
	} {
		assert.Equal(t, want, fmt.Sprint(wordsOf([]Word{word(text)})), text)
	}
}

func TestALineIsMadeOnceAndWordsAreShared(t *testing.T) {
	q := strategy(Ovid,
		or(term("peer support"), term("peer*")),
		in(term("peer support"), Title, Abstract),
		&Combine{Op: And, Lines: []LineRange{{0, 1}}},
		&Ref{Line: 2})
	p := q.plan()
	assert.Len(t, p.forms, 3, "peer, support and peer*")
	assert.Len(t, p.phrases, 3, "two in .mp., one in title and abstract")
	assert.Equal(t, p.lines[2].root, p.lines[3].root)
	assert.Equal(t, 3, p.result)
	assert.Empty(t, p.notes)
	for i, n := range p.nodes {
		for _, a := range p.argsOf(n) {
			assert.Less(t, int(a), i, "arguments come first")
		}
	}
}

func TestAPlanOfATreeMadeByHandEnds(t *testing.T) {
	circle := &Bool{Op: And}
	circle.Args = []Expr{term("a"), circle}
	nearCircle := &Near{}
	nearCircle.Args = []Expr{term("a"), nearCircle}
	deep := Expr(term("a"))
	for range 2 * maxDepth {
		deep = and(deep, term("b"))
	}
	twice := Expr(term("a"))
	for range 200 {
		twice = or(twice, twice)
	}
	for name, e := range map[string]Expr{
		"a search within itself": circle, "nearness within itself": nearCircle, "deep": deep, "a line that refers to itself": &Ref{Line: 0},
		"a later line": &Ref{Line: 7}, "lines that are not there": &Combine{Op: Or, Lines: []LineRange{{-1, 1 << 40}}},
		"nothing": nil, "no arguments": &Bool{Op: Or}, "no operator": &Bool{Op: "xor", Args: []Expr{term("a")}},
		"a field nobody knows": in(term("a"), "shoe-size"), "a heading near a word": within(1, &Heading{Name: "Kites"}, term("a")),
	} {
		p := strategy(Ovid, or(e, term("x"))).plan()
		assert.NotEmpty(t, p.notes, name)
	}
	assert.Empty(t, strategy(Ovid, twice).plan().notes, "a part that is met often is made once")
}

func TestEachFieldLooksAtPartsOfARecord(t *testing.T) {
	special := map[Field]bool{Language: true, Subheading: true, SubheadingTree: true, Subset: true, Year: true, PublicationDate: true, EntryDate: true, UpdateDate: true}
	for f := range fieldParts {
		assert.NotEmpty(t, fieldParts[f], f)
		assert.False(t, special[f], f)
	}
	for p := part(0); p < partCount; p++ {
		assert.True(t, p.field().Known(), "part %d stands in a field of records", p)
	}
}

func TestItemsStandInTheFieldThatTheyNameTheirPlaceIn(t *testing.T) {
	r := &record.Record{
		Title: "Kites", Abstract: record.Abstract{Text: "Of kites."}, OriginalTitle: "Drachen", Keywords: []string{"", "kite"},
		Headings: []record.Heading{{Term: "Kites", Major: true}, {Term: "String", Qualifiers: []record.Qualifier{{Term: "history"}}}, {Term: "silk", Scheme: supplementary}},
		People:   []record.Contributor{{Name: record.Name{Family: "Smith", Given: "John A"}}, {Name: record.Name{Literal: "Kite Club"}}, {Role: record.Editor, Name: record.Name{Family: "Roe"}}},
		Types:    []string{"Review"}, In: record.Container{Title: "Journal of Kites", Volume: "2"}, DOI: "10.5555/kites",
		Extra: record.Extra{{Tag: "RN", Value: "0 (Silk)"}},
	}
	for p := part(0); p < partCount; p++ {
		for _, it := range p.items(nil, r) {
			s := p.span(it, 0, len(it.text))
			assert.True(t, s.In(r), "%+v", s)
			if it.name != nil {
				assert.Contains(t, []string{"Smith J", "Smith JA"}, it.text)
			}
		}
	}
}
