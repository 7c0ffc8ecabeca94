package cluster

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// karate is the friendship graph of Zachary 1977, the members from 1, each line one member and those after.
const karate = `1 2 3 4 5 6 7 8 9 11 12 13 14 18 20 22 32
2 3 4 8 14 18 20 22 31
3 4 8 9 10 14 28 29 33
4 8 13 14
5 7 11
6 7 11 17
7 17
9 31 33 34
10 34
14 34
15 33 34
16 33 34
19 33 34
20 34
21 33 34
23 33 34
24 26 28 30 33 34
25 26 28 32
26 32
27 30 34
28 34
29 32 34
30 33 34
31 33 34
32 33 34
33 34`

func zachary() graph {
	g := graph{edges: make([][]edge, 34), loops: make([]float64, 34)}
	for line := range strings.Lines(karate) {
		numbers := []int32{}
		for _, field := range strings.Fields(line) {
			n := int32(0)
			for _, digit := range field {
				n = 10*n + digit - '0'
			}
			numbers = append(numbers, n-1)
		}
		a := numbers[0]
		for _, b := range numbers[1:] {
			g.edges[a] = append(g.edges[a], edge{b, 1})
			g.edges[b] = append(g.edges[b], edge{a, 1})
		}
	}
	return g
}

// The shortest description of a walk over the karate club has three communities and 4.3118 bits a step.
func TestTheKarateClubReachesItsKnownShortestDescription(t *testing.T) {
	g := zachary()
	assign, saving, err := divide(context.Background(), g, 0)
	require.NoError(t, err)
	undivided := 0.0
	for _, p := range newFlow(g).visits {
		undivided -= bits(p)
	}
	assert.InDelta(t, 4.3118, undivided-saving, 5e-5)
	assert.Equal(t, 3, renumber(assign))
}

func TestAFewDimensionsMoreThanTheRankKeepEveryCosine(t *testing.T) {
	docs := [][]string{{"a", "b"}, {"b", "c", "c"}, {"c", "a"}, {"d", "b", "e"}, {"e", "d"}, {"f"}, {"a", "e"}, nil}
	m := weigh(Number(docs))
	s, err := reduce(context.Background(), m, []int{2, 30, 100}, 1)
	require.NoError(t, err)
	last := len(s.views) - 1
	for i := range docs {
		for j := range docs {
			var want float64
			for _, a := range m.rows[i] {
				for _, b := range m.rows[j] {
					if a.column == b.column {
						want += a.value * b.value
					}
				}
			}
			got := inner32(s.points[i], s.points[j]) * s.scales[i][last] * s.scales[j][last]
			assert.InDelta(t, want, float64(got), 1e-5)
		}
	}
	assert.Zero(t, s.scales[7][last], "an empty document has no place")
}

func TestEigenvectorsAreThoseOfTheMatrix(t *testing.T) {
	a := [][]float64{{4, 1, 0}, {1, 3, 1}, {0, 1, 2}}
	vectors, values := eigen([][]float64{{4, 1, 0}, {1, 3, 1}, {0, 1, 2}})
	assert.InDeltaSlice(t, []float64{3 + math.Sqrt(3), 3, 3 - math.Sqrt(3)}, values, 1e-12)
	for k, v := range vectors {
		for i := range a {
			assert.InDelta(t, values[k]*v[i], inner(a[i], v), 1e-12)
		}
	}
}

func TestNeighboursAreTheNearestAndAmongEqualsTheFirst(t *testing.T) {
	var list []near
	for _, n := range []near{{5, 0.5}, {1, 0.9}, {3, 0.5}, {2, 0.1}, {0, 0.5}} {
		list = keep(list, n, 3)
	}
	assert.Equal(t, []near{{1, 0.9}, {0, 0.5}, {3, 0.5}}, list)
}
