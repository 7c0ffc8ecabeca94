package cluster

import (
	"math"
	"slices"
)

// sparse is a matrix by rows, one for each document, with only the cells that are not zero.
type sparse struct {
	rows   [][]entry
	terms  []string // of the columns, sorted
	counts []int    // documents that hold the term
}

type entry struct {
	column int32
	value  float64
}

// weigh makes the TF-IDF matrix, rows of length 1. A term weighs
//
//	(1 + ln tf) · ln(n/df) · √(cf/df)
//
// with tf its occurrences in the document, df the documents that hold it, n all documents that hold any term, and cf its
// occurrences in all. The last factor is its burstiness: words about a subject come again in the text that uses them, words
// of method and manner do not (Kwok 1996, SIGIR; Church and Gale 1995, Natural Language Engineering 1). A term of a single
// document cannot join two and is left out, one of every document weighs nothing and is left out too.
func weigh(docs [][]string) sparse {
	df, cf, n := frequencies(docs)
	var m sparse
	for term, count := range df {
		if count > 1 && count < n {
			m.terms = append(m.terms, term)
		}
	}
	slices.Sort(m.terms)
	column := make(map[string]int32, len(m.terms))
	weight := make([]float64, len(m.terms))
	m.counts = make([]int, len(m.terms))
	for i, term := range m.terms {
		column[term] = int32(i)
		m.counts[i] = df[term]
		held := float64(df[term])
		weight[i] = math.Log(float64(n)/held) * math.Sqrt(float64(cf[term])/held)
	}
	m.rows = make([][]entry, len(docs))
	for i, doc := range docs {
		m.rows[i] = row(doc, column, weight)
	}
	return m
}

func row(doc []string, column map[string]int32, weight []float64) []entry {
	tf := map[int32]int{}
	for _, term := range doc {
		if c, ok := column[term]; ok {
			tf[c]++
		}
	}
	entries := make([]entry, 0, len(tf))
	for c, count := range tf {
		entries = append(entries, entry{c, (1 + math.Log(float64(count))) * weight[c]})
	}
	slices.SortFunc(entries, func(a, b entry) int { return int(a.column - b.column) })
	scale(entries)
	return entries
}

func frequencies(docs [][]string) (df, cf map[string]int, n int) {
	df, cf = map[string]int{}, map[string]int{}
	last := map[string]int{} // the document, from 1, that counted the term last
	for i, doc := range docs {
		if len(doc) > 0 {
			n++
		}
		for _, term := range doc {
			cf[term]++
			if last[term] != i+1 {
				last[term] = i + 1
				df[term]++
			}
		}
	}
	return df, cf, n
}

// scale makes the row's length 1.
func scale(row []entry) {
	var sum float64
	for _, e := range row {
		sum += e.value * e.value
	}
	if sum == 0 {
		return
	}
	length := math.Sqrt(sum)
	for i := range row {
		row[i].value /= length
	}
}
