package main

import "github.com/evidence-go/evidence/internal/roles/chain"

// mark is how well labels were told: the share of sentences, and the mean over the
// labels that occur of the harmonic mean of precision and recall.
type mark struct{ accuracy, macroF1 float64 }

// marked compares the labels of documents with those that assign gives, Free for none.
// Sentences without label are left out.
func marked(docs []abstract, labels int, assign func(abstract) []int) mark {
	hit, said, there := make([]int, labels), make([]int, labels), make([]int, labels)
	var m mark
	all := 0
	for _, d := range docs {
		for i, got := range assign(d) {
			want := d.labels[i]
			if want == chain.Free {
				continue
			}
			all++
			there[want]++
			if got == chain.Free {
				continue
			}
			said[got]++
			if got == want {
				hit[got]++
				m.accuracy++
			}
		}
	}
	present := 0
	for y, n := range there {
		if n > 0 {
			present++
			m.macroF1 += 2 * float64(hit[y]) / float64(said[y]+n)
		}
	}
	return mark{m.accuracy / float64(max(all, 1)), m.macroF1 / float64(max(present, 1))}
}
