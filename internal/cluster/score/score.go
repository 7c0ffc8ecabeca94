// Package score says how well two groupings of the same things agree: what was
// found with what is known, or what was found twice. Tests measure clustering by it.
//
//	[]int{0, 0, 1} ─┬─▶ ARI, NMI: 1 for the same groups
//	[]int{5, 5, 2} ─┘
package score

import (
	"math"
	"slices"
)

// ARI is the adjusted Rand index of two groupings of the same things (Hubert and Arabie 1985, Journal of Classification
// 2, 193–218): 1 where they are the same, 0 on average where they have nothing to do with each other. A negative
// number in a grouping means left out, and counts as a group of its own. Where both groupings are trivial in the same
// way (one group, or all apart, or nothing grouped at all) it is 1. Groupings of different length have the index 0.
func ARI(a, b []int) float64 {
	if len(a) != len(b) {
		return 0
	}
	t := cross(a, b)
	var both, rows, columns float64
	for _, n := range t.cells {
		both += choose2(n)
	}
	for _, n := range t.rows {
		rows += choose2(n)
	}
	for _, n := range t.columns {
		columns += choose2(n)
	}
	all := choose2(len(a))
	if all == 0 {
		return 1
	}
	expected, most := rows*columns/all, (rows+columns)/2
	if most == expected {
		return 1
	}
	return (both - expected) / (most - expected)
}

func choose2(n int) float64 { return float64(n) * float64(n-1) / 2 }

// NMI is the mutual information of two groupings over the arithmetic mean of their entropies (Strehl and Ghosh 2002
// with that mean), from 0 to 1. Things left out count as in ARI. It is 1 where neither grouping has any entropy, and 0
// for groupings of different length.
func NMI(a, b []int) float64 {
	if len(a) != len(b) {
		return 0
	}
	t := cross(a, b)
	mean := (entropy(t.rows, len(a)) + entropy(t.columns, len(a))) / 2
	if mean == 0 {
		return 1
	}
	joint := entropy(t.cells, len(a))
	return max(0, min(1, (2*mean-joint)/mean))
}

// crossed are the sizes of the groups of two groupings and of what each two have in common; their order has no meaning.
type crossed struct{ rows, columns, cells []int }

func cross(a, b []int) crossed {
	a, b = apart(a), apart(b)
	pairs := map[[2]int]int{}
	rows, columns := map[int]int{}, map[int]int{}
	for i := range a {
		rows[a[i]]++
		columns[b[i]]++
		pairs[[2]int{a[i], b[i]}]++
	}
	return crossed{sizes(rows), sizes(columns), sizes(pairs)}
}

// sizes are sorted, so that sums over them have the same bits every time.
func sizes[K comparable](counts map[K]int) []int {
	list := make([]int, 0, len(counts))
	for _, n := range counts {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

func apart(groups []int) []int {
	out := slices.Clone(groups)
	own := -1
	for i, g := range out {
		if g < 0 {
			out[i] = own
			own--
		}
	}
	return out
}

func entropy(sizes []int, n int) float64 {
	var h float64
	for _, size := range sizes {
		p := float64(size) / float64(n)
		h -= p * math.Log(p)
	}
	return h
}
