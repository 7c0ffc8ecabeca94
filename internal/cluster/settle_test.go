package cluster

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawGraph draws graphs of weights that are often equal, as of documents that say the same.
func drawGraph(t *rapid.T) graph {
	n := rapid.IntRange(1, 60).Draw(t, "nodes")
	weight := map[[2]int]float64{}
	for range rapid.IntRange(0, 4*n).Draw(t, "edges") {
		a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
		if a != b {
			weight[[2]int{min(a, b), max(a, b)}] = float64(rapid.IntRange(1, 9).Draw(t, "weight")) / 7
		}
	}
	g := graph{edges: make([][]edge, n), loops: make([]float64, n)}
	for a := range n {
		for b := range n {
			if w := weight[[2]int{min(a, b), max(a, b)}]; w > 0 {
				g.edges[a] = append(g.edges[a], edge{int32(b), w})
			}
		}
	}
	return g
}

// What moves keep count of is what a division has when it is looked at anew.
func TestMovesKeepCountOfTheDescription(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFlow(drawGraph(t))
		if f.all == 0 {
			return
		}
		assign := make([]int, len(f.edges))
		for i := range assign {
			assign[i] = rapid.IntRange(0, len(assign)-1).Draw(t, "community")
		}
		s := f.divided(assign)
		for range 30 {
			before := f.saving(assign)
			moved := s.visit(rapid.IntRange(0, len(assign)-1).Draw(t, "node"))
			after := f.saving(assign)
			if moved {
				require.Greater(t, after, before)
			} else {
				require.Equal(t, before, after)
			}
			anew := f.divided(assign)
			require.InDelta(t, anew.leaving, s.leaving, 1e-12)
			require.InDeltaSlice(t, anew.exits, s.exits, 1e-12)
			require.InDeltaSlice(t, anew.own, s.own, 1e-12)
		}
	})
}

func TestADescriptionKeepsItsLengthWhenCommunitiesBecomeNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		assign, saving := communities(g, (&generator{rapid.Uint64().Draw(t, "order")}).permutation(len(g.edges)))
		groups := renumber(assign)
		own := make([]int, groups)
		for i := range own {
			own[i] = i
		}
		if f := newFlow(aggregate(g, assign, groups)); f.all > 0 {
			require.InDelta(t, saving, f.saving(own), 1e-9)
		}
		require.GreaterOrEqual(t, saving, 0.0)
	})
}

// A graph in which each node is joined to each in the same way has no communities.
func TestWhatHangsTogetherEverywhereIsNotDivided(t *testing.T) {
	for _, n := range []int{2, 5, 40} {
		g := graph{edges: make([][]edge, n), loops: make([]float64, n)}
		for a := range n {
			for b := range n {
				if a != b {
					g.edges[a] = append(g.edges[a], edge{int32(b), 1})
				}
			}
		}
		assign, saving := communities(g, (&generator{1}).permutation(n))
		require.Equal(t, 1, renumber(assign))
		require.Zero(t, saving)
	}
}

func TestEachListHoldsTheNearestOfAllOthers(t *testing.T) {
	docs := subjects(5, 20)
	docs = append(docs, docs[3], docs[3], nil) // the same again, and one without place
	s, err := reduce(context.Background(), weigh(Number(docs)), []int{3, 10, 30}, 0)
	require.NoError(t, err)
	const k = 7
	lists, err := neighbours(context.Background(), s, k, len(docs))
	require.NoError(t, err)
	for view, to := range s.views {
		for i := range docs {
			var want []near
			for j := range docs {
				var sum float32
				for from, end := range append([]int{0}, s.views[:view+1]...)[:view+1] {
					sum += inner32(s.points[i][end:s.views[from]], s.points[j][end:s.views[from]])
				}
				if cosine := sum * s.scales[min(i, j)][view] * s.scales[max(i, j)][view]; i != j && cosine > 0 {
					want = append(want, near{int32(j), cosine})
				}
			}
			slices.SortFunc(want, func(a, b near) int {
				if nearer(a, b) {
					return -1
				}
				return 1
			})
			require.Equal(t, want[:min(k, len(want))], lists[view][i], "view of %d, document %d", to, i)
		}
	}
}
