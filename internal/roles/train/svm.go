package main

import (
	"math"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file is what the model is measured against: linear support vector machines,
// one label against the rest, on TF-IDF of the sentence's words and pairs of words,
// of its neighbours' words, and its place.

// entry is a column of a sentence's row.
type entry struct {
	column int32
	value  float32
}

// vocabulary gives words their columns and weights.
type vocabulary struct {
	columns map[string]int32
	idf     []float64
	most    int // words of a phrase
}

// phrases gives the words of two or more letters, and the pairs of them.
func phrases(text string, most int) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' })
	var out []string
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			out = append(out, w)
		}
	}
	if n := len(out); most > 1 {
		for i := 1; i < n; i++ {
			out = append(out, out[i-1]+" "+out[i])
		}
	}
	return out
}

// learnWords takes up what two sentences have.
func learnWords(docs []abstract, most int) *vocabulary {
	v := &vocabulary{columns: map[string]int32{}, most: most}
	held := map[string]int{}
	var order []string
	sentences := 0
	for _, d := range docs {
		for _, s := range d.sentences {
			sentences++
			here := map[string]bool{}
			for _, p := range phrases(s, most) {
				if here[p] {
					continue
				}
				here[p] = true
				if held[p]++; held[p] == 2 {
					order = append(order, p)
				}
			}
		}
	}
	for i, p := range order {
		v.columns[p] = int32(i)
		v.idf = append(v.idf, 1+math.Log(float64(1+sentences)/float64(1+held[p])))
	}
	return v
}

// appendRow adds the phrases of a text, in a vector of length 1.
func (v *vocabulary) appendRow(row []entry, text string, offset int) []entry {
	from := len(row)
	at := map[string]int{}
	for _, p := range phrases(text, v.most) {
		c, ok := v.columns[p]
		if !ok {
			continue
		}
		if i, ok := at[p]; ok {
			row[i].value++
			continue
		}
		at[p] = len(row)
		row = append(row, entry{c + int32(offset), 1})
	}
	square := 0.0
	for i, e := range row[from:] {
		w := (1 + math.Log(float64(e.value))) * v.idf[int(e.column)-offset]
		row[from+i].value = float32(w)
		square += w * w
	}
	for i := range row[from:] {
		row[from+i].value /= float32(math.Sqrt(square))
	}
	return row
}

// machines are trained support vector machines.
type machines struct {
	own, near *vocabulary
	weights   [][]float32 // of each label
}

// row is a sentence with its neighbours and its place.
func (m *machines) row(d abstract, i int) []entry {
	n, own, near := len(d.sentences), len(m.own.idf), len(m.near.idf)
	row := m.own.appendRow(nil, d.sentences[i], 0)
	if i > 0 {
		row = m.near.appendRow(row, d.sentences[i-1], own)
	}
	if i+1 < n {
		row = m.near.appendRow(row, d.sentences[i+1], own+near)
	}
	place := int32(own + 2*near)
	return append(row, entry{place, 1}, entry{place + 1, float32(i) / float32(n)}, entry{place + 2 + int32(min(i, 5)), 1},
		entry{place + 8 + int32(min(n-1-i, 5)), 1}, entry{place + 14 + int32(i*10/n), 1})
}

const (
	placeColumns = 24
	cost         = 0.3
	passes       = 30
	tolerance    = 0.01 // where the greatest violation is below, training ends
)

// trainMachines leaves out sentences without a label.
func trainMachines(docs []abstract, labels int) *machines {
	m := &machines{own: learnWords(docs, 2), near: learnWords(docs, 1)}
	var rows [][]entry
	var gold []int
	for _, d := range docs {
		for i, label := range d.labels {
			if label >= 0 {
				rows, gold = append(rows, m.row(d, i)), append(gold, label)
			}
		}
	}
	columns := len(m.own.idf) + 2*len(m.near.idf) + placeColumns
	for label := range labels {
		m.weights = append(m.weights, descend(rows, gold, label, columns))
	}
	return m
}

// descend trains one machine with squared hinge loss by dual coordinate descent
// (Hsieh et al. 2008, algorithm 1).
func descend(rows [][]entry, gold []int, label, columns int) []float32 {
	const diagonal = 0.5 / cost
	w := make([]float32, columns)
	alpha, norm := make([]float64, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		norm[i] = diagonal
		for _, e := range r {
			norm[i] += float64(e.value) * float64(e.value)
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	order := random.Perm(len(rows))
	for range passes {
		random.Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		worst := 0.0
		for _, i := range order {
			sign := -1.0
			if gold[i] == label {
				sign = 1
			}
			g := sign*dot(w, rows[i]) - 1 + diagonal*alpha[i]
			if alpha[i] == 0 && g > 0 {
				continue
			}
			worst = max(worst, math.Abs(g))
			next := max(0, alpha[i]-g/norm[i])
			step := float32((next - alpha[i]) * sign)
			alpha[i] = next
			for _, e := range rows[i] {
				w[e.column] += step * e.value
			}
		}
		if worst < tolerance {
			break
		}
	}
	return w
}

func dot(w []float32, row []entry) float64 {
	sum := 0.0
	for _, e := range row {
		sum += float64(w[e.column] * e.value)
	}
	return sum
}

// assign gives the label of each sentence whose machine says most.
func (m *machines) assign(d abstract) []int {
	out := make([]int, len(d.sentences))
	for i := range d.sentences {
		row := m.row(d, i)
		best := math.Inf(-1)
		for label, w := range m.weights {
			if v := dot(w, row); v > best {
				best, out[i] = v, label
			}
		}
	}
	return out
}
