package cluster

import (
	"context"
	"math"
	"slices"
)

// The baselines that the suite compares with, as other tools have them.

// Plain is latent semantic analysis with plain weights, one view of a hundred dimensions, the given number of cosine
// neighbours, and one search of Louvain: each document's group.
func Plain(docs [][]string, k int) ([]int, error) {
	m := weigh(docs)
	df, _, n := frequencies(docs)
	column := map[string]int32{}
	weight := make([]float64, len(m.terms))
	for i, t := range m.terms {
		column[t] = int32(i)
		weight[i] = math.Log(float64(n) / float64(df[t]))
	}
	for i, doc := range docs {
		m.rows[i] = row(doc, column, weight)
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
	return communities(connect(lists, len(docs)), 1, order.permutation(len(docs))), nil
}

// CoWords divides the most frequent terms by how often they stand together (association strength: van Eck and Waltman
// 2009), as bibliometric mapping does, and gives each document the group of most of its terms; -1 where it has none.
func CoWords(docs [][]string, most int) []int {
	df, _, _ := frequencies(docs)
	var terms []string
	for t := range df {
		terms = append(terms, t)
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
	held := make([][]int, len(docs))
	for i, doc := range docs {
		for _, t := range doc {
			if n, ok := number[t]; ok && !slices.Contains(held[i], n) {
				held[i] = append(held[i], n)
			}
		}
		slices.Sort(held[i])
		for a, x := range held[i] {
			for _, y := range held[i][a+1:] {
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
	of := communities(g, 1, order.permutation(len(terms)))
	out := make([]int, len(docs))
	for i := range docs {
		votes := map[int]int{}
		out[i] = -1
		for _, n := range held[i] {
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
