package cluster

import (
	"context"
	"maps"
	"math"
	"slices"
)

const (
	samples = 20  // divisions that the firmness of groups is told from
	share   = 0.8 // of the documents in each of them
)

// resample fills in how stable the groups are.
func (r *Result) resample(ctx context.Context, g graph) error {
	if len(r.Groups) == 0 {
		return nil
	}
	sums := make([]float64, len(r.Groups))
	order := generator{r.Options.Seed + 1}
	var room []edge
	for range samples {
		if err := ctx.Err(); err != nil {
			return err
		}
		chosen := order.permutation(len(g.edges))[:int(share*float64(len(g.edges)))]
		slices.Sort(chosen)
		small := g.within(chosen, &room)
		assign, _ := communities(small, order.permutation(len(chosen)))
		for i, x := range r.nearest(chosen, assign) {
			sums[i] += x
		}
	}
	for i := range r.Groups {
		r.Groups[i].Stability = math.Round(sums[i]/samples*1e4) / 1e4
	}
	return nil
}

// within is the part of a graph between some of its nodes, which are numbered by their place in the list. Its edges stand in
// room, which a later call writes over.
func (g graph) within(nodes []int, room *[]edge) graph {
	number := make([]int32, len(g.edges))
	for i := range number {
		number[i] = -1
	}
	for k, i := range nodes {
		number[i] = int32(k)
	}
	small := graph{edges: make([][]edge, len(nodes)), loops: make([]float64, len(nodes))}
	sum := 0
	for _, i := range nodes {
		sum += len(g.edges[i])
	}
	all := slices.Grow((*room)[:0], sum)
	for k, i := range nodes {
		small.loops[k] = g.loops[i]
		from := len(all)
		for _, e := range g.edges[i] {
			if to := number[e.to]; to >= 0 {
				all = append(all, edge{to, e.weight})
			}
		}
		small.edges[k] = all[from:len(all):len(all)]
	}
	*room = all
	return small
}

// nearest gives, for each group, the Jaccard index of its chosen documents and the most similar community of them.
func (r *Result) nearest(chosen, assign []int) []float64 {
	size := make([]int, len(chosen)) // of communities
	own := make([]int, len(r.Groups))
	both := make([]map[int]int, len(r.Groups))
	for k, i := range chosen {
		size[assign[k]]++
		if a := r.Assign[i]; a >= 0 {
			own[a]++
			if both[a] == nil {
				both[a] = map[int]int{}
			}
			both[a][assign[k]]++
		}
	}
	out := make([]float64, len(r.Groups))
	for a, with := range both {
		for c, n := range with {
			out[a] = max(out[a], float64(n)/float64(own[a]+size[c]-n))
		}
	}
	return out
}

// toNumber makes the number of groups the one wanted, as far as it can: too many are joined, the nearest first; for more,
// the widest are halved.
func (r *Result) toNumber(ctx context.Context, m sparse) error {
	if err := r.halve(ctx, m); err != nil {
		return err
	}
	if surplus := len(r.Groups) - r.Options.Groups; surplus > 0 {
		assign := r.parts()
		at := make([]int, 0, 2*len(r.Groups)) // of each group and each join, the group it is in now
		for i := range r.Groups {
			at = append(at, i)
		}
		for _, j := range join(m, r.Groups)[:surplus] {
			into, from := at[j.A], at[j.B]
			for i, a := range assign {
				if a == from {
					assign[i] = into
				}
			}
			at = append(at, into)
		}
		renumber(assign)
		r.group(m, assign)
	}
	return nil
}

// parts numbers the groups by their place, and each document that is left out as a part by itself.
func (r *Result) parts() []int {
	assign, next := slices.Clone(r.Assign), len(r.Groups)
	for i, a := range assign {
		if a < 0 {
			assign[i] = next
			next++
		}
	}
	return assign
}

// halve divides the group that is furthest from being one until there are as many as wanted, or none can be divided
// (bisecting k-means: Steinbach, Karypis and Kumar 2000, KDD Workshop on Text Mining).
func (r *Result) halve(ctx context.Context, m sparse) error {
	whole := map[int]bool{} // groups, by their first document, that have no halves
	assign := r.parts()
	for len(r.Groups) < r.Options.Groups {
		if err := ctx.Err(); err != nil {
			return err
		}
		widest, most := -1, 0.0
		for k, g := range r.Groups {
			if spread := float64(len(g.Docs)) * (1 - g.Cohesion); spread > most && len(g.Docs) >= 2*r.Options.MinSize && !whole[slices.Min(g.Docs)] {
				widest, most = k, spread
			}
		}
		if widest < 0 {
			return nil
		}
		docs := slices.Sorted(slices.Values(r.Groups[widest].Docs))
		half := m.halves(docs, r.Options)
		if half == nil {
			whole[docs[0]] = true
			continue
		}
		before, undivided := len(r.Groups), slices.Clone(assign)
		for _, i := range half {
			assign[i] = len(assign)
		}
		renumber(assign)
		r.group(m, together(assign, r.Options.Together)) // parts of one subject are what was asked for
		if len(r.Groups) <= before {
			whole[docs[0]] = true
			assign = undivided
			r.group(m, together(assign, r.Options.Together))
		}
	}
	return nil
}

// halves divides documents in two, each with those that it is nearer to on average, and gives one half: of several
// searches, each from two documents, that whose halves are most alike in themselves. It gives none where all leave fewer
// than a group in one.
func (m sparse) halves(docs []int, options Options) (best []int) {
	const searches = 20
	order, most := generator{options.Seed}, 0.0
	for range searches {
		seeds := order.permutation(len(docs))
		half, alike := m.half(docs, docs[seeds[0]], docs[seeds[1]])
		if n := len(half); n >= options.MinSize && len(docs)-n >= options.MinSize && alike > most {
			best, most = half, alike
		}
	}
	return best
}

// half divides documents in two from two of them, and gives the half of the second with the sum of the lengths of both
// sums, which is the greater the more the documents of each point in one direction (Dhillon and Modha 2001, Machine
// Learning 42, 143–175).
func (m sparse) half(docs []int, first, second int) (half []int, alike float64) {
	a, b := m.sum([]int{first}), m.sum([]int{second})
	const rounds = 20
	for range rounds {
		lengthA, lengthB := math.Sqrt(inner(a, a)), math.Sqrt(inner(b, b))
		var in, out []int
		for _, i := range docs {
			if m.along(i, b)*lengthA > m.along(i, a)*lengthB {
				in = append(in, i)
			} else {
				out = append(out, i)
			}
		}
		if len(in) == 0 || len(out) == 0 {
			return nil, 0
		}
		settled := slices.Equal(in, half)
		half, a, b = in, m.sum(out), m.sum(in)
		if settled {
			break
		}
	}
	return half, math.Sqrt(inner(a, a)) + math.Sqrt(inner(b, b))
}

// along is the inner product of a document and a sum.
func (m sparse) along(doc int, sum []float64) float64 {
	with := 0.0
	for _, e := range m.rows[doc] {
		with += e.value * sum[e.column]
	}
	return with
}

// together joins the parts in which documents stand that belong together.
func together(assign []int, lists [][]int) []int {
	if len(lists) == 0 {
		return assign
	}
	out := slices.Clone(assign)
	for _, list := range lists {
		held := map[int]int{}
		for _, i := range list {
			if i >= 0 && i < len(out) {
				held[out[i]]++
			}
		}
		first := -1
		for _, a := range slices.Sorted(maps.Keys(held)) {
			if n := held[a]; n < 2 || 5*n < len(list) {
				continue
			}
			if first < 0 {
				first = a
				continue
			}
			for i, x := range out {
				if x == a {
					out[i] = first
				}
			}
		}
	}
	renumber(out)
	return out
}

// Join is two groups, or what was joined before, becoming one.
type Join struct {
	A  int     `json:"a"`  // a group by its place, or what an earlier join made: the number of groups and the join's place
	B  int     `json:"b"`  // likewise, greater than A
	At float64 `json:"at"` // mean cosine of a document of the one and one of the other, in all weighted terms
}

// join joins the two nearest again and again until one is left (average linkage: Sokal and Michener 1958).
func join(m sparse, groups []Group) []Join {
	var parts []part
	for i, g := range groups {
		parts = append(parts, part{i, len(g.Docs), m.sum(g.Docs)})
	}
	near := make([][]float64, len(parts)) // of each part the cosines to those after it
	for a := range parts {
		for b := a + 1; b < len(parts); b++ {
			near[a] = append(near[a], parts[a].to(parts[b]))
		}
	}
	var out []Join
	for len(parts) > 1 {
		x, y, most := 0, 1, math.Inf(-1)
		for a, row := range near {
			for k, n := range row {
				if n > most {
					x, y, most = a, a+1+k, n
				}
			}
		}
		a, b := parts[x], parts[y]
		out = append(out, Join{min(a.number, b.number), max(a.number, b.number), math.Round(most*1e4) / 1e4})
		for i, v := range b.sum {
			a.sum[i] += v
		}
		parts[x] = part{len(groups) + len(out) - 1, a.size + b.size, a.sum}
		parts, near = slices.Delete(parts, y, y+1), slices.Delete(near, y, y+1)
		for c := range y {
			near[c] = slices.Delete(near[c], y-c-1, y-c)
		}
		for c := range x {
			near[c][x-c-1] = parts[c].to(parts[x])
		}
		for c := x + 1; c < len(parts); c++ {
			near[x][c-x-1] = parts[x].to(parts[c])
		}
	}
	return out
}

// part is documents that have been joined.
type part struct {
	number, size int
	sum          []float64 // of their rows
}

// to is the mean cosine of a document of each.
func (p part) to(q part) float64 {
	return inner(p.sum, q.sum) / float64(p.size) / float64(q.size)
}
