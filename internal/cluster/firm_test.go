package cluster

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// subjects makes texts of some subjects, each with words of its own and words of all.
func subjects(count, each int) [][]string {
	next := generator{7}
	var docs [][]string
	for s := range count {
		for range each {
			var doc []string
			for range 12 {
				doc = append(doc, fmt.Sprintf("s%dw%d", s, next.next()%25))
			}
			for range 4 {
				doc = append(doc, fmt.Sprintf("all%d", next.next()%60))
			}
			docs = append(docs, doc)
		}
	}
	return docs
}

func TestGroupsThatAreThereAreStableAndAWantedNumberIsMet(t *testing.T) {
	docs := subjects(6, 40)
	r, err := Find(context.Background(), Number(docs), Options{})
	require.NoError(t, err)
	require.Len(t, r.Groups, 6)
	for _, g := range r.Groups {
		assert.Greater(t, g.Stability, 0.75)
		assert.LessOrEqual(t, g.Stability, 1.0)
	}
	for _, want := range []int{1, 3, 6, 12} {
		r, err := Find(context.Background(), Number(docs), Options{Groups: want})
		require.NoError(t, err)
		if want == 1 { // all documents are no group among others
			assert.Empty(t, r.Groups)
			continue
		}
		assert.Len(t, r.Groups, want)
		held, least := r.LeftOut, 1.0
		for _, g := range r.Groups {
			held += len(g.Docs)
			least = min(least, g.Stability)
		}
		assert.Equal(t, len(docs), held)
		if want == 12 {
			assert.Less(t, least, 0.9, "halves of a subject fall otherwise each time")
		}
		again, err := Find(context.Background(), Number(docs), r.Options)
		require.NoError(t, err)
		assert.Equal(t, r, again, "the resolved options give the same again")
	}
}

// A half that is no group is put back: who asks for too many groups loses none.
func TestAskingForTooManyGroupsLosesNone(t *testing.T) {
	docs := subjects(3, 8)
	for _, size := range []int{1, 2, 3} {
		for _, want := range []int{4, 8, 12, 24} {
			r, err := Find(context.Background(), Number(docs), Options{MinSize: size, Groups: want})
			require.NoError(t, err)
			assert.GreaterOrEqual(t, len(r.Groups), 3, "%d of at least %d", want, size)
			assert.LessOrEqual(t, len(r.Groups), want)
			assert.Zero(t, r.LeftOut, "%d of at least %d", want, size)
		}
	}
}

func TestWhatBelongsTogetherIsOneGroup(t *testing.T) {
	docs := subjects(5, 30)
	r, err := Find(context.Background(), Number(docs), Options{Together: [][]int{{0, 1, 2, 30, 31, 32}, {60, 90}, {120, 121, 999}}})
	require.NoError(t, err)
	assert.Len(t, r.Groups, 4)
	assert.Equal(t, r.Assign[0], r.Assign[30])
	assert.NotEqual(t, r.Assign[60], r.Assign[90], "one document of each is not enough")
}

func TestTheTreeJoinsAllGroupsTheNearestFirst(t *testing.T) {
	docs := subjects(4, 30)
	for i := range docs { // the first two subjects share some words
		if i < 60 {
			docs[i] = append(docs[i], "shared", "shared", fmt.Sprint("shared", i%5))
		}
	}
	r, err := Find(context.Background(), Number(docs), Options{})
	require.NoError(t, err)
	require.Len(t, r.Groups, 4)
	require.Len(t, r.Tree, 3)
	first := r.Tree[0]
	assert.ElementsMatch(t, []int{0, 1}, []int{r.Groups[first.A].Docs[0] / 60, 1 - r.Groups[first.B].Docs[0]/60}, "both of the first two subjects")
	for i, j := range r.Tree {
		assert.Less(t, j.A, j.B)
		assert.Less(t, j.B, len(r.Groups)+i)
		if i > 0 {
			assert.LessOrEqual(t, j.At, r.Tree[i-1].At+1e-9)
		}
	}
}

// Cells may miss a neighbour here and there, but not many, and not one another's points.
func TestCellsFindNearlyAllNeighbours(t *testing.T) {
	m := weigh(Number(subjects(30, 60)))
	s, err := reduce(context.Background(), m, []int{30, 60, 100}, 0)
	require.NoError(t, err)
	all, err := neighbours(context.Background(), s, 20, len(s.points))
	require.NoError(t, err)
	near, err := neighbours(context.Background(), s, 20, 0)
	require.NoError(t, err)
	found, wanted := 0, 0
	last := len(all) - 1
	for i := range all[last] {
		for _, n := range all[last][i] {
			wanted++
			if has(near[last][i], int(n.doc)) {
				found++
			}
		}
	}
	t.Logf("%d of %d neighbours", found, wanted)
	assert.Greater(t, float64(found), 0.9*float64(wanted))
}

func TestOneGroupHasNoTree(t *testing.T) {
	assert.Empty(t, join(sparse{}, nil))
	assert.Empty(t, join(weigh(Number(subjects(2, 5))), []Group{{Docs: []int{0, 1}}}))
}
