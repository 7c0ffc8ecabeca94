package main

import (
	"cmp"
	"slices"

	"github.com/evidence-go/evidence/internal/roles"
)

// heaviest names the n features whose weights differ most between labels.
func heaviest(f *field, n int) map[uint32]bool {
	type heavy struct {
		id     uint32
		weight float32
	}
	all := make([]heavy, 0, len(f.index))
	for id, row := range f.index {
		w := f.weights[int(row)*f.labels : (int(row)+1)*f.labels]
		all = append(all, heavy{id, slices.Max(w) - slices.Min(w)})
	}
	slices.SortFunc(all, func(a, b heavy) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id)) })
	keep := map[uint32]bool{}
	for _, h := range all[:n] {
		keep[h.id] = true
	}
	return keep
}

// rows gives the features with their weights, by ID.
func (f *field) rows() []roles.Row {
	out := make([]roles.Row, 0, len(f.index))
	for id, row := range f.index {
		r := roles.Row{ID: id}
		copy(r.Weights[:], f.weights[int(row)*f.labels:])
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b roles.Row) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
