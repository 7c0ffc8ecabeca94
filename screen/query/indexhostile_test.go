package query

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

func TestAnIndexOfNothingFindsNothing(t *testing.T) {
	q := strategy(Ovid, term("a*"), within(2, term("a"), term("b")), not(&Ref{Line: 0}, &Heading{Name: "Kites"}), nil)
	for _, records := range [][]*record.Record{nil, {nil}, {{}, {}, {Title: "–"}, {Title: "\xff\u0301", Keywords: []string{"", "…"}}}} {
		r := NewIndex(records).Run(q)
		require.Equal(t, q.Run(records), r)
		assert.Zero(t, r.Last().Count())
		assert.Equal(t, len(records), r.Lines[0].CannotSay.Count(), "nobody can say what a record without abstract lacks")
	}
	assert.Equal(t, -1, NewIndex(repeated(3)).Run(strategy(Ovid)).Last().Line)
}

func TestAnAbstractOfAMegabyteIsFoundByItsLastWords(t *testing.T) {
	long := &record.Record{Abstract: record.Abstract{Text: strings.Repeat("peer or support, ", 60_000) + "unicorn peer"}}
	records := []*record.Record{sample, long, sample}
	for _, c := range []struct {
		e    Expr
		want []int
	}{
		{in(term("unicorn peer"), Abstract), []int{1}},
		{in(term("peer unicorn"), Abstract), nil},
		{in(within(1, term("peer"), term("unicorn")), Abstract), []int{1}},
		{in(term("* * * *"), Abstract), []int{0, 1, 2}},
	} {
		q := strategy(Ovid, c.e)
		r := NewIndex(records).Run(q)
		assert.Equal(t, c.want, slices.Collect(r.Last().Yes.All()))
		assert.Equal(t, q.Run(records), r)
	}
}

func TestNearnessWithTooManyWaysCannotBeSaid(t *testing.T) {
	records := []*record.Record{{Abstract: record.Abstract{Text: strings.Repeat("peer ", 3000)}}, {Abstract: record.Abstract{Text: "peer peer"}}}
	q := strategy(Ovid, in(within(1000, term("peer"), term("peer"), term("peer")), Abstract))
	r := NewIndex(records).Run(q)
	assert.Equal(t, []int{0}, slices.Collect(r.Last().CannotSay.All()))
	assert.Equal(t, q.Run(records), r)
}

// TestALargeStrategyIsAnsweredByAnIndex has strategies of the largest kinds: of a
// megabyte, of very many clauses, with wildcards in front of every word.
func TestALargeStrategyIsAnsweredByAnIndex(t *testing.T) {
	records := repeated(200)
	ix := NewIndex(records)
	clauses := func(n int, form string) Expr {
		args := []Expr{term("wards")}
		for i := range n {
			args = append(args, in(term(fmt.Sprintf(form, i)), Title))
		}
		return or(args...)
	}
	deep := Expr(term("peer"))
	for i := range 10_000 {
		deep = or(and(deep, term("support")), term(fmt.Sprint("x", i)))
	}
	lines := make([]Expr, 2000)
	for i := range lines {
		lines[i] = in(term(fmt.Sprint("peer", i)), Title)
	}
	lines = append(lines, term("peer"), &Combine{Op: Or, Lines: []LineRange{{0, 2000}}})
	for name, q := range map[string]*Query{
		"10,000 clauses":         strategy(Ovid, clauses(10_000, "w%d")),
		"a wildcard before each": strategy(Ovid, clauses(300, "*ee*%d* *r")),
		"10,000 within another":  strategy(Ovid, deep),
		"2,000 lines":            strategy(Ovid, lines...),
		"every word by another":  strategy(Ovid, term("* * *"), within(5, term("*"), term("*p*"))),
	} {
		require.Empty(t, q.plan().notes, name)
		assert.Equal(t, q.Run(records), ix.Run(q), name)
	}
	text := strings.Repeat("peer adj3 support* or (acute adj wards).ti. or ", 1<<20/47) + "kites"
	q, err := Parse(Ovid, text)
	require.NoError(t, err)
	assert.Equal(t, q.Run(records), ix.Run(q), "a strategy of a megabyte")
}
