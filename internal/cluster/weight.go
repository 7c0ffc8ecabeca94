package cluster

import (
	"cmp"
	"math"
	"slices"
)

// Texts are documents as terms, which are known by number: a term is written once, however many documents hold it.
type Texts struct {
	Terms []string   // by number, no two the same
	Docs  [][]uint32 // of each document its terms, in any order, one that comes again so often
}

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
func weigh(t Texts) sparse {
	df, cf, n := frequencies(t)
	var kept []uint32
	for term, count := range df {
		if count > 1 && count < n {
			kept = append(kept, uint32(term))
		}
	}
	slices.SortFunc(kept, func(a, b uint32) int { return cmp.Compare(t.Terms[a], t.Terms[b]) })
	m := sparse{rows: make([][]entry, len(t.Docs)), terms: make([]string, len(kept)), counts: make([]int, len(kept))}
	column, weight := noColumns(len(t.Terms)), make([]float64, len(kept))
	for i, term := range kept {
		column[term] = int32(i)
		m.terms[i], m.counts[i] = t.Terms[term], df[term]
		held := float64(df[term])
		weight[i] = math.Log(float64(n)/held) * math.Sqrt(float64(cf[term])/held)
	}
	w := weigher{column: column, weight: weight, tf: make([]int32, len(kept))}
	for i, doc := range t.Docs {
		m.rows[i] = w.row(doc)
	}
	return m
}

func noColumns(terms int) []int32 {
	column := make([]int32, terms)
	for i := range column {
		column[i] = -1
	}
	return column
}

// weigher makes rows.
type weigher struct {
	column []int32   // of each term, -1 for none
	weight []float64 // of each column
	tf     []int32   // of each column in the row at hand
	held   []int32   // columns with a tf
}

func (w *weigher) row(doc []uint32) []entry {
	w.held = w.held[:0]
	for _, term := range doc {
		c := w.column[term]
		if c < 0 {
			continue
		}
		if w.tf[c] == 0 {
			w.held = append(w.held, c)
		}
		w.tf[c]++
	}
	slices.Sort(w.held)
	entries := make([]entry, len(w.held))
	for i, c := range w.held {
		entries[i] = entry{c, (1 + math.Log(float64(w.tf[c]))) * w.weight[c]}
		w.tf[c] = 0
	}
	scale(entries)
	return entries
}

// frequencies are, of each term, the documents that hold it and its occurrences, and the number of documents that hold any.
func frequencies(t Texts) (df, cf []int, n int) {
	df, cf = make([]int, len(t.Terms)), make([]int, len(t.Terms))
	last := make([]int, len(t.Terms)) // the document, from 1, that counted the term last
	for i, doc := range t.Docs {
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
