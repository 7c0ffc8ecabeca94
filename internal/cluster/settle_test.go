package cluster

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// everyVisit is settle with no visit left out.
func everyVisit(g graph, assign []int, resolution float64, order []int) bool {
	s := newSettling(g, assign, resolution)
	any := false
	for range 100 {
		moved := false
		for _, i := range order {
			s.stirred[i] = true
			moved = s.visit(i) || moved
		}
		if any = any || moved; !moved {
			break
		}
	}
	return any
}

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

func TestVisitsThatAreLeftOutWouldHaveMovedNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t)
		order := (&generator{rapid.Uint64().Draw(t, "order")}).permutation(len(g.edges))
		resolution := rapid.SampledFrom([]float64{0.3, 1, 2.5}).Draw(t, "resolution")
		var got, want []int
		for i := range g.edges {
			got, want = append(got, i), append(want, i)
		}
		require.Equal(t, everyVisit(g, want, resolution, order), settle(g, got, resolution, order))
		require.Equal(t, want, got)
	})
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
