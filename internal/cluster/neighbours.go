package cluster

import (
	"context"
	"math"
	"slices"
)

// near is another document and its cosine similarity.
type near struct {
	doc        int32
	similarity float32
}

// neighbours finds in each view, for each point, the k others with the highest cosine similarity above zero: the nearest
// first, among equals the one with the smaller number. It compares all pairs, block by block so that the points of a
// block stay in the cache; of more than most points, those in neighbouring cells.
func neighbours(ctx context.Context, s space, k, most int) ([][][]near, error) {
	c := newComparison(s, k)
	if len(s.points) > most {
		return c.lists, c.compareCells(ctx)
	}
	const block = 128
	n := len(s.points)
	for a := 0; a < n; a += block {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for b := a; b < n; b += block {
			c.compareBlocks(a, min(a+block, n), b, min(b+block, n))
		}
	}
	return c.lists, nil
}

// comparison is a search for neighbours under way.
type comparison struct {
	space
	k     int
	lists [][][]near
	least []float32 // of each point in each view, the similarity under which nothing enters its list
}

func newComparison(s space, k int) *comparison {
	c := &comparison{space: s, k: k, lists: make([][][]near, len(s.views)), least: make([]float32, len(s.points)*len(s.views))}
	for view := range c.lists {
		c.lists[view] = make([][]near, len(s.points))
	}
	for i := range c.least {
		c.least[i] = math.SmallestNonzeroFloat32
	}
	return c
}

func (c *comparison) compareBlocks(a, aEnd, b, bEnd int) {
	for i := a; i < aEnd; i++ {
		for j := max(b, i+1); j < bEnd; j++ {
			c.compare(i, j)
		}
	}
}

func (c *comparison) compare(i, j int) {
	var sum float32
	from, views := 0, len(c.views)
	p, q, scaleP, scaleQ := c.points[i], c.points[j], c.scales[i], c.scales[j]
	leastP, leastQ := c.least[i*views:(i+1)*views], c.least[j*views:(j+1)*views]
	for view, to := range c.views {
		sum += inner32(p[from:to], q[from:to])
		from = to
		cosine := sum * scaleP[view] * scaleQ[view]
		if cosine >= leastP[view] {
			c.keep(view, i, near{int32(j), cosine})
		}
		if cosine >= leastQ[view] {
			c.keep(view, j, near{int32(i), cosine})
		}
	}
}

func (c *comparison) keep(view, i int, n near) {
	list := keep(c.lists[view][i], n, c.k)
	c.lists[view][i] = list
	if len(list) == c.k {
		c.least[i*len(c.views)+view] = list[c.k-1].similarity
	}
}

// keep puts n into the list of the k nearest if it is one of them.
func keep(list []near, n near, k int) []near {
	if len(list) == k && !nearer(n, list[k-1]) {
		return list
	}
	if len(list) < k {
		list = append(list, n)
	}
	at := len(list) - 1
	for ; at > 0 && nearer(n, list[at-1]); at-- {
		list[at] = list[at-1]
	}
	list[at] = n
	return list
}

func nearer(a, b near) bool {
	return a.similarity > b.similarity || a.similarity == b.similarity && a.doc < b.doc
}

func inner32(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// nearest keeps the first k of each list.
func nearest(views [][][]near, k int) [][][]near {
	out := make([][][]near, len(views))
	for view, lists := range views {
		out[view] = make([][]near, len(lists))
		for i, list := range lists {
			out[view][i] = list[:min(len(list), k)]
		}
	}
	return out
}

// graph is an undirected weighted graph: for each node its edges, by the number of the other node. A node's edge to
// itself, which stands for what was joined into it, is in loops with its full weight.
type graph struct {
	edges [][]edge
	loops []float64
}

type edge struct {
	to     int32
	weight float64
}

// connect joins every document to its neighbours, with the sum of their cosine similarities in the views in which one of
// the two is a neighbour of the other: what holds in coarse and fine view binds more.
func connect(views [][][]near, n int) graph {
	each := func(do func(a, b int32, similarity float64)) {
		for _, lists := range views {
			for i, list := range lists {
				for _, other := range list {
					if int(other.doc) < i && has(lists[other.doc], i) {
						continue // joined from the other side
					}
					do(int32(i), other.doc, float64(other.similarity))
				}
			}
		}
	}
	degrees, sum := make([]int, n), 0
	each(func(a, b int32, _ float64) {
		degrees[a]++
		degrees[b]++
		sum += 2
	})
	g := graph{edges: make([][]edge, n), loops: make([]float64, n)}
	room := make([]edge, sum) // all edges stand in one piece: many small ones that grow take twice as much
	for i, d := range degrees {
		g.edges[i], room = room[:0:d], room[d:]
	}
	each(func(a, b int32, similarity float64) {
		g.edges[a] = append(g.edges[a], edge{b, similarity})
		g.edges[b] = append(g.edges[b], edge{a, similarity})
	})
	sum = 0
	for i, list := range g.edges {
		g.edges[i] = joined(list)
		sum += len(g.edges[i])
	}
	return g.packed(sum)
}

// packed has the edges, so many in all, without the room that was left between them.
func (g graph) packed(sum int) graph {
	all := make([]edge, 0, sum)
	for i, list := range g.edges {
		from := len(all)
		all = append(all, list...)
		g.edges[i] = all[from:len(all):len(all)]
	}
	return g
}

func has(list []near, doc int) bool {
	return slices.ContainsFunc(list, func(n near) bool { return int(n.doc) == doc })
}

// joined adds up the edges to the same node. The order of views is kept, so that both ends have the same sum.
func joined(list []edge) []edge {
	slices.SortStableFunc(list, func(a, b edge) int { return int(a.to - b.to) })
	kept := 0
	for _, e := range list {
		if kept > 0 && list[kept-1].to == e.to {
			list[kept-1].weight += e.weight
			continue
		}
		list[kept] = e
		kept++
	}
	return list[:kept]
}
