package cluster

import (
	"math"
	"slices"
)

// flow is a walk over a graph that goes from node to node by the weights of its edges, and is written down in words of as
// few bits as can be. Its nodes are divided: inside a community they have short words of their own, and one more says that
// the walk goes elsewhere. The division whose description is shortest is that in which the walk stays where it is the
// longest (the map equation: Rosvall and Bergstrom 2008, PNAS 105, 1118–1123). Unlike modularity it does not join small
// communities because the graph is large (Fortunato and Barthélemy 2007, PNAS 104, 36–41).
type flow struct {
	graph
	visits []float64 // share of its steps in which the walk is at a node
	leaves []float64 // in which it leaves it for another
	all    float64   // strength of all nodes
}

func newFlow(g graph) flow {
	f := flow{graph: g, leaves: make([]float64, len(g.edges))}
	f.visits, f.all = strengths(g)
	if f.all == 0 {
		return f
	}
	for i, list := range g.edges {
		f.visits[i] /= f.all
		for _, e := range list {
			f.leaves[i] += e.weight / f.all
		}
	}
	return f
}

// bits is what a share of the steps adds to an entropy, x·log2 x.
func bits(x float64) float64 {
	if x <= 0 {
		return 0
	}
	return x * math.Log(x) * math.Log2E
}

// communities divides a graph so that the description is as short as local moves can make it: single nodes move, then what
// they make moves as one node, and so on (Blondel, Guillaume, Lambiotte and Lefebvre 2008), after whose every round single
// nodes may move again. Nodes are visited in the given order. A division that describes the walk in no fewer bits than none is not made.
// The saving is by how many bits a step the description is shorter than that without communities, 0 or more.
func communities(g graph, order []int) (assign []int, saving float64) {
	assign = make([]int, len(g.edges))
	for i := range assign {
		assign[i] = i
	}
	f := newFlow(g)
	if f.all == 0 {
		return assign, 0
	}
	for {
		moved := f.settle(assign, order)
		joined := renumber(assign)
		for {
			small := newFlow(aggregate(g, assign, joined))
			groups := make([]int, joined)
			for i := range groups {
				groups[i] = i
			}
			if !small.settle(groups, nil) {
				break
			}
			moved = true
			for i, a := range assign {
				assign[i] = groups[a]
			}
			joined = renumber(assign)
		}
		if !moved {
			break
		}
	}
	if saving = f.saving(assign); saving < least {
		f.undivided(assign)
		return assign, 0
	}
	return assign, saving
}

// least is the fewest bits that count.
const least = 1e-10

// undivided joins all that hangs together with anything; nodes without an edge stay alone.
func (f flow) undivided(assign []int) {
	first := -1
	for i := range assign {
		assign[i] = i
		if f.visits[i] == 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		assign[i] = first
	}
	renumber(assign)
}

// saving is by how many bits a step a division shortens the description.
func (f flow) saving(assign []int) float64 {
	s := f.divided(assign)
	length := bits(s.leaving)
	for c := range s.exits {
		length += s.own[c]
	}
	return -length
}

// settling is a search for communities under way.
type settling struct {
	flow
	assign  []int
	exits   []float64 // share of the steps in which the walk leaves a community
	held    []float64 // in which it is at one of its nodes
	own     []float64 // bits that a community adds to the description
	leaving float64   // sum of exits
	links   []float64 // from the node at hand to each community
	touched []int     // communities that it has links to, its own first
}

func (f flow) divided(assign []int) *settling {
	n := len(f.edges)
	s := &settling{flow: f, assign: assign, exits: make([]float64, n), held: make([]float64, n), own: make([]float64, n), links: make([]float64, n)}
	for i, a := range assign {
		s.held[a] += f.visits[i]
		for _, e := range f.edges[i] {
			if assign[e.to] != a {
				s.exits[a] += e.weight / f.all
			}
		}
	}
	for c, exit := range s.exits {
		s.own[c] = describe(exit, s.held[c])
		s.leaving += exit
	}
	return s
}

// describe is what a community adds to the description: its words for leaving, and those for its nodes.
func describe(exit, held float64) float64 { return bits(exit+held) - 2*bits(exit) }

// settle moves nodes one by one to the community that saves most, until none does or each was visited a hundred times on
// average; it says whether any moved. A node is visited again when one that it has an edge to has moved to another
// community than its own.
func (f flow) settle(assign, order []int) bool {
	s := f.divided(assign)
	waiting := slices.Clone(order)
	if order == nil {
		waiting = make([]int, len(assign))
		for i := range waiting {
			waiting[i] = i
		}
	}
	in, any := make([]bool, len(assign)), false
	for i := range in {
		in[i] = true
	}
	for most := 100 * len(waiting); len(waiting) > 0 && most > 0; most-- {
		i := waiting[0]
		waiting, in[i] = waiting[1:], false
		if !s.visit(i) {
			continue
		}
		any = true
		for _, e := range s.edges[i] {
			if !in[e.to] && s.assign[e.to] != s.assign[i] {
				waiting, in[e.to] = append(waiting, int(e.to)), true
			}
		}
	}
	return any
}

// visit moves a node if that saves bits, and says so.
func (s *settling) visit(i int) bool {
	own := s.assign[i]
	s.touched = append(s.touched[:0], own)
	for _, e := range s.edges[i] {
		c := s.assign[e.to]
		if s.links[c] == 0 && c != own {
			s.touched = append(s.touched, c)
		}
		s.links[c] += e.weight / s.all
	}
	without := s.exits[own] - s.change(i, own)
	heldWithout := max(0, s.held[own]-s.visits[i])
	if heldWithout < 1e-15 {
		without, heldWithout = 0, 0
	}
	describedWithout := describe(without, heldWithout)
	best, most, now := own, least, bits(s.leaving)
	for _, c := range s.touched[1:] {
		with := max(0, s.exits[c]+s.change(i, c))
		leaving := s.leaving - s.exits[own] - s.exits[c] + without + with
		saved := now - bits(leaving) + s.own[own] + s.own[c] - describedWithout - describe(with, s.held[c]+s.visits[i])
		if saved > most {
			best, most = c, saved
		}
	}
	if best != own {
		with := max(0, s.exits[best]+s.change(i, best))
		s.leaving += without + with - s.exits[own] - s.exits[best]
		s.exits[own], s.held[own], s.own[own] = without, heldWithout, describedWithout
		s.exits[best], s.held[best] = with, s.held[best]+s.visits[i]
		s.own[best] = describe(with, s.held[best])
		s.assign[i] = best
	}
	for _, c := range s.touched {
		s.links[c] = 0
	}
	return best != own
}

// change is by how much the exits of a community grow when the node at hand enters it: by its edges to others, and without
// those that led to it.
func (s *settling) change(i, c int) float64 {
	return s.leaves[i] - 2*s.links[c]
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
	if len(assign) == 0 {
		return 0
	}
	number := make([]int, slices.Max(assign)+1) // from 1
	groups := 0
	for i, a := range assign {
		if number[a] == 0 {
			groups++
			number[a] = groups
		}
		assign[i] = number[a] - 1
	}
	return groups
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
