package cluster

import (
	"math"
	"slices"
)

// communities divides a graph so that its modularity (Newman and Girvan 2004, with the resolution of Reichardt and
// Bornholdt 2006) is as high as local moves can make it: the method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre
// 2008), after whose every round single nodes may move again. Nodes are visited in the given order.
func communities(g graph, resolution float64, order []int) []int {
	assign := make([]int, len(g.edges))
	for i := range assign {
		assign[i] = i
	}
	for {
		moved := settle(g, assign, resolution, order)
		joined := renumber(assign)
		for {
			small := aggregate(g, assign, joined)
			groups := make([]int, joined)
			for i := range groups {
				groups[i] = i
			}
			if !settle(small, groups, resolution, nil) {
				break
			}
			moved = true
			for i, a := range assign {
				assign[i] = groups[a]
			}
			joined = renumber(assign)
		}
		if !moved {
			return assign
		}
	}
}

// settle moves nodes one by one to the community that gains most, until none gains; it says whether any moved.
func settle(g graph, assign []int, resolution float64, order []int) bool {
	s := newSettling(g, assign, resolution)
	if s.all == 0 {
		return false
	}
	any := false
	for pass := 0; pass < 100; pass++ {
		moved := false
		for at := range assign {
			i := at
			if order != nil {
				i = order[at]
			}
			if s.visit(i) {
				moved, any = true, true
			}
		}
		if !moved {
			break
		}
	}
	return any
}

// settling is a search for communities under way. Most of its visits find a node where it was left, the more so the longer
// it goes on; those that can be foreseen are not made.
type settling struct {
	graph
	assign     []int
	resolution float64
	strength   []float64
	all        float64
	held       []float64 // strength of each community
	links      []float64 // from the node at hand to each community
	touched    []int     // communities that it has links to, its own first
	moved      float64   // strength of all that moved so far
	lead       []float64 // of each node by how much its community was better than the next best when it was visited last
	then       []float64 // moved at that time
	stirred    []bool    // a neighbour has moved since, or it was not visited yet
}

func newSettling(g graph, assign []int, resolution float64) *settling {
	n := len(g.edges)
	s := &settling{graph: g, assign: assign, resolution: resolution, held: make([]float64, n), links: make([]float64, n),
		lead: make([]float64, n), then: make([]float64, n), stirred: make([]bool, n)}
	s.strength, s.all = strengths(g)
	for i, a := range assign {
		s.held[a] += s.strength[i]
		s.stirred[i] = true
	}
	return s
}

// visit moves a node if it gains by it, and says so.
func (s *settling) visit(i int) bool {
	own, strength := s.assign[i], s.strength[i]
	s.held[own] -= strength
	if s.stays(i) {
		s.held[own] += strength // as the visit would: sums of floats are to be the same in the last bit
		return false
	}
	s.touched = append(s.touched[:0], own)
	for _, e := range s.edges[i] {
		c := s.assign[e.to]
		if s.links[c] == 0 && c != own {
			s.touched = append(s.touched, c)
		}
		s.links[c] += e.weight
	}
	best, gain := own, s.gain(i, own)
	for _, c := range s.touched {
		if x := s.gain(i, c); x > gain+1e-12*s.all {
			best, gain = c, x
		}
	}
	next := math.Inf(-1)
	for _, c := range s.touched {
		if c != best {
			next = max(next, s.gain(i, c))
		}
	}
	for _, c := range s.touched {
		s.links[c] = 0
	}
	s.held[best] += strength
	if best != own {
		s.assign[i] = best
		s.moved += strength
		for _, e := range s.edges[i] {
			s.stirred[e.to] = true
		}
	}
	s.lead[i], s.then[i], s.stirred[i] = gain-next, s.moved, false
	return best != own
}

// gain is what it brings to have node i, which is taken out, in community c.
func (s *settling) gain(i, c int) float64 {
	return s.links[c] - s.resolution*s.strength[i]*s.held[c]/s.all
}

// stays tells whether a visit would leave a node where it is: its neighbours are where they were, so that only the strengths
// of communities have changed since, and one that moved changed that of two.
func (s *settling) stays(i int) bool {
	return !s.stirred[i] && s.lead[i] > 2*(s.moved-s.then[i])*s.resolution*s.strength[i]/s.all+1e-12*s.all
}

// strengths are the weights at each node, a loop counted twice, and their sum.
func strengths(g graph) (strength []float64, all float64) {
	strength = make([]float64, len(g.edges))
	for i, list := range g.edges {
		strength[i] = 2 * g.loops[i]
		for _, e := range list {
			strength[i] += e.weight
		}
		all += strength[i]
	}
	return strength, all
}

// renumber gives the groups the numbers 0, 1, 2 … in the order of their first member and says how many there are.
func renumber(assign []int) int {
	number := map[int]int{}
	for i, a := range assign {
		if _, ok := number[a]; !ok {
			number[a] = len(number)
		}
		assign[i] = number[a]
	}
	return len(number)
}

// aggregate makes each group a node.
func aggregate(g graph, assign []int, groups int) graph {
	small := graph{edges: make([][]edge, groups), loops: make([]float64, groups)}
	members := make([][]int, groups)
	for i, a := range assign {
		members[a] = append(members[a], i)
	}
	weight := make([]float64, groups)
	for a, nodes := range members {
		for _, i := range nodes {
			small.loops[a] += g.loops[i]
			for _, e := range g.edges[i] {
				b := assign[e.to]
				if b == a {
					small.loops[a] += e.weight / 2
					continue
				}
				if weight[b] == 0 {
					small.edges[a] = append(small.edges[a], edge{to: int32(b)})
				}
				weight[b] += e.weight
			}
		}
		slices.SortFunc(small.edges[a], func(x, y edge) int { return int(x.to - y.to) })
		for k, e := range small.edges[a] {
			small.edges[a][k].weight = weight[e.to]
			weight[e.to] = 0
		}
	}
	return small
}

// modularity is that of a division of the graph.
func modularity(g graph, assign []int, resolution float64) float64 {
	strength, all := strengths(g)
	if all == 0 {
		return 0
	}
	inside, held := make([]float64, len(assign)), make([]float64, len(assign))
	for i, list := range g.edges {
		held[assign[i]] += strength[i]
		inside[assign[i]] += 2 * g.loops[i]
		for _, e := range list {
			if assign[e.to] == assign[i] {
				inside[assign[i]] += e.weight
			}
		}
	}
	var q float64
	for c := range inside {
		q += inside[c]/all - resolution*(held[c]/all)*(held[c]/all)
	}
	return q
}

// descending is the order of values from the largest, among equals the first.
func descending(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case values[a] > values[b]:
			return -1
		case values[a] < values[b]:
			return 1
		}
		return 0
	})
	return order
}
