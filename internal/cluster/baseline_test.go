package cluster

import (
	"context"
	"math"
	"slices"
)

// The baselines that the suite compares with, as other tools have them.

// Number gives the terms of documents their numbers, in the order in which they are met.
func Number(docs [][]string) Texts {
	t := Texts{Docs: make([][]uint32, len(docs))}
	number := map[string]uint32{}
	for i, doc := range docs {
		for _, term := range doc {
			n, ok := number[term]
			if !ok {
				n = uint32(len(t.Terms))
				number[term] = n
				t.Terms = append(t.Terms, term)
			}
			t.Docs[i] = append(t.Docs[i], n)
		}
	}
	return t
}

// Plain is latent semantic analysis with plain weights, one view of a hundred dimensions, the given number of cosine
// neighbours, and one search of Louvain: each document's group.
func Plain(docs [][]string, k int) ([]int, error) {
	t := Number(docs)
	m := weigh(t)
	df, _, n := frequencies(t)
	w := weigher{column: noColumns(len(t.Terms)), weight: make([]float64, len(m.terms)), tf: make([]int32, len(m.terms))}
	for term, name := range t.Terms {
		if i, ok := slices.BinarySearch(m.terms, name); ok {
			w.column[term] = int32(i)
			w.weight[i] = math.Log(float64(n) / float64(df[term]))
		}
	}
	for i, doc := range t.Docs {
		m.rows[i] = w.row(doc)
	}
	s, err := reduce(context.Background(), m, []int{100}, 0)
	if err != nil {
		return nil, err
	}
	lists, err := neighbours(context.Background(), s, k, len(docs))
	if err != nil {
		return nil, err
	}
	order := generator{0}
	return louvain(connect(lists, len(docs)), order.permutation(len(docs))), nil
}

// CoWords divides the most frequent terms by how often they stand together (association strength: van Eck and Waltman
// 2009), as bibliometric mapping does, and gives each document the group of most of its terms; -1 where it has none.
func CoWords(docs [][]string, most int) []int {
	numbered := Number(docs)
	held, _, _ := frequencies(numbered)
	terms, df := slices.Clone(numbered.Terms), map[string]int{}
	for n, t := range terms {
		df[t] = held[n]
	}
	slices.SortFunc(terms, func(a, b string) int {
		if df[a] != df[b] {
			return df[b] - df[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	terms = terms[:min(most, len(terms))]
	number := map[string]int{}
	for i, t := range terms {
		number[t] = i
	}
	together := map[[2]int]int{}
	holds := make([][]int, len(docs))
	for i, doc := range docs {
		for _, t := range doc {
			if n, ok := number[t]; ok && !slices.Contains(holds[i], n) {
				holds[i] = append(holds[i], n)
			}
		}
		slices.Sort(holds[i])
		for a, x := range holds[i] {
			for _, y := range holds[i][a+1:] {
				together[[2]int{x, y}]++
			}
		}
	}
	g := graph{edges: make([][]edge, len(terms)), loops: make([]float64, len(terms))}
	for pair, n := range together {
		w := float64(n) / (float64(df[terms[pair[0]]]) * float64(df[terms[pair[1]]]))
		g.edges[pair[0]] = append(g.edges[pair[0]], edge{int32(pair[1]), w})
		g.edges[pair[1]] = append(g.edges[pair[1]], edge{int32(pair[0]), w})
	}
	for i := range g.edges {
		slices.SortFunc(g.edges[i], func(a, b edge) int { return int(a.to - b.to) })
	}
	order := generator{0}
	of := louvain(g, order.permutation(len(terms)))
	out := make([]int, len(docs))
	for i := range docs {
		votes := map[int]int{}
		out[i] = -1
		for _, n := range holds[i] {
			votes[of[n]]++
		}
		for c, v := range votes {
			if out[i] < 0 || v > votes[out[i]] || v == votes[out[i]] && c < out[i] {
				out[i] = c
			}
		}
	}
	return out
}

// louvain divides a graph by modularity (Newman and Girvan 2004; Blondel, Guillaume, Lambiotte and Lefebvre 2008).
func louvain(g graph, order []int) []int {
	assign := make([]int, len(g.edges))
	for i := range assign {
		assign[i] = i
	}
	for {
		moved := gainModularity(g, assign, order)
		joined := renumber(assign)
		for {
			small := aggregate(g, assign, joined)
			groups := make([]int, joined)
			for i := range groups {
				groups[i] = i
			}
			if !gainModularity(small, groups, nil) {
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

// gainModularity moves nodes one by one to the community that gains most, until none gains; it says whether any moved.
func gainModularity(g graph, assign, order []int) bool {
	strength, all := strengths(g)
	if all == 0 {
		return false
	}
	held, links := make([]float64, len(g.edges)), make([]float64, len(g.edges))
	for i, a := range assign {
		held[a] += strength[i]
	}
	any := false
	for pass, moved := 0, true; pass < 100 && moved; pass++ {
		moved = false
		for at := range assign {
			i := at
			if order != nil {
				i = order[at]
			}
			own := assign[i]
			touched := []int{own}
			for _, e := range g.edges[i] {
				c := assign[e.to]
				if links[c] == 0 && c != own {
					touched = append(touched, c)
				}
				links[c] += e.weight
			}
			held[own] -= strength[i]
			best, gain := own, links[own]-strength[i]*held[own]/all
			for _, c := range touched {
				if x := links[c] - strength[i]*held[c]/all; x > gain+1e-12*all {
					best, gain = c, x
				}
				links[c] = 0
			}
			held[best] += strength[i]
			if best != own {
				assign[i] = best
				moved, any = true, true
			}
		}
	}
	return any
}
