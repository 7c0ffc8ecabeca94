package cluster

import "slices"

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
	strength, all := strengths(g)
	if all == 0 {
		return false
	}
	held := make([]float64, len(g.edges)) // strength of each community
	for i, a := range assign {
		held[a] += strength[i]
	}
	links := make([]float64, len(g.edges)) // from the node at hand to each community
	touched := make([]int, 0, 64)
	any := false
	for pass := 0; pass < 100; pass++ {
		moved := false
		for at := range assign {
			i := at
			if order != nil {
				i = order[at]
			}
			own := assign[i]
			touched = append(touched[:0], own)
			for _, e := range g.edges[i] {
				c := assign[e.to]
				if links[c] == 0 && c != own {
					touched = append(touched, c)
				}
				links[c] += e.weight
			}
			held[own] -= strength[i]
			best, gain := own, links[own]-resolution*strength[i]*held[own]/all
			for _, c := range touched {
				x := links[c] - resolution*strength[i]*held[c]/all
				if x > gain+1e-12*all {
					best, gain = c, x
				}
			}
			for _, c := range touched {
				links[c] = 0
			}
			held[best] += strength[i]
			if best != own {
				assign[i] = best
				moved, any = true, true
			}
		}
		if !moved {
			break
		}
	}
	return any
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
