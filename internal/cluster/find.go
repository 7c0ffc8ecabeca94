package cluster

import (
	"context"
	"math"
	"slices"
)

// Options choose how finely the documents are divided. The zero value is the recommended setting.
type Options struct {
	// MinSize is the number of documents from which a group is one; smaller ones are left out. 0 means 3.
	MinSize int `json:"min_size"`
	// Groups is how many groups there should be; 0 leaves it to the map equation. Too many are joined, the nearest first; where
	// there are too few the widest are halved.
	Groups int `json:"groups,omitzero"`
	// Together lists documents that belong together: the groups in which at least two and a fifth of a list are found become
	// one.
	Together [][]int `json:"together,omitempty"`
	// Seed is where the random numbers begin that break ties; another seed shows how firm a result is.
	Seed uint64 `json:"seed"`
}

// Resolved is o with every number filled in.
func (o Options) Resolved() Options {
	if o.MinSize < 1 {
		o.MinSize = 3
	}
	o.Groups = max(o.Groups, 0)
	return o
}

// Result is a division of documents into groups.
type Result struct {
	Assign  []int     `json:"assign"`   // of each document its place in Groups, or -1: left out
	Groups  []Group   `json:"groups"`   // the largest first; of two of the same size that with the first document
	LeftOut int       `json:"left_out"` // documents in no group
	Saving  float64   `json:"saving"`   // bits a step by which the graph's division, before groups were left out, shortens the description of a walk; with no graph 0
	Fit     []float64 `json:"fit"`      // of each document the cosine to the sum of its group's others, 0 if left out
	Tree    []Join    `json:"tree"`     // how the groups join into wider ones, the nearest first: one fewer than groups
	Options Options   `json:"options"`  // resolved
}

// Group is a set of documents that are nearer to each other than to the rest.
type Group struct {
	Docs     []int   `json:"docs"`     // the best fitting first
	Terms    []Term  `json:"terms"`    // what is said here more than elsewhere, the most telling first: up to 25, perhaps none
	Cohesion float64 `json:"cohesion"` // mean cosine of two documents of the group, in all weighted terms
	Apart    float64 `json:"apart"`    // mean cosine of one of them and a document outside, likewise
	// Stability is the mean, over divisions of twenty samples of four fifths of the documents, of the Jaccard index of the
	// group with the most similar group there (Hennig 2007, Computational Statistics & Data Analysis 52, 258–271): 1 where it
	// comes out the same each time. He takes groups below 0.6 for no groups and those from 0.75 on for real ones.
	Stability float64 `json:"stability"`
}

// Term is a term that more of a group's documents hold than of the others.
type Term struct {
	Term   string  `json:"term"`
	Weight float64 `json:"weight"` // log-likelihood ratio G² (Dunning 1993, Computational Linguistics 19), at least 3.84
	Docs   int     `json:"docs"`   // documents of the group that hold it
	All    int     `json:"all"`    // documents that hold it
}

const (
	maxNeighbours = 40 // of a document in each view
	runs          = 10 // of the search for communities, each visiting the documents in another order
	distinct      = 2  // a group coheres at least so many times as much as it does with the rest
	maxTerms      = 25
	compareAll    = 20_000 // documents up to which each is compared with each
	chance        = 3.84   // G² that chance passes once in twenty (chi-square, one degree of freedom)
)

// Find divides documents into groups of a like subject. Terms that a reader would not
// take for the subject (stop words) should be left out before, inflections be brought together, and a title's terms given
// twice, because titles name the subject.
//
// Unless Options.Groups gives it, the number of groups is that of the division that shortens the description of a walk over the
// graph of nearest documents most, among ten searches (see communities). A group
// must have MinSize documents, and its documents must be on average at least twice as near to each other as to the rest;
// otherwise they are left out, as are documents that share no term with another. So fewer than twice MinSize documents,
// documents that are all alike, and documents with nothing in common give no group.
//
// The result is the same every time for the same documents in the same order. Up to 20,000
// documents each is compared with each; of more, each with those of the subjects next to its own, which misses few of
// the nearest. The error is that of the context.
func Find(ctx context.Context, t Texts, options Options) (Result, error) {
	options = options.Resolved()
	n := len(t.Docs)
	r := Result{Assign: make([]int, n), Groups: []Group{}, LeftOut: n, Fit: make([]float64, n), Options: options}
	for i := range r.Assign {
		r.Assign[i] = -1
	}
	m := weigh(t)
	occupied := 0
	for _, row := range m.rows {
		if len(row) > 0 {
			occupied++
		}
	}
	if occupied < 2*options.MinSize {
		return r, ctx.Err()
	}
	s, err := reduce(ctx, m, []int{30, 60, 100}, options.Seed)
	if err != nil {
		return r, err
	}
	// A small set must not be joined all to all.
	k := min(maxNeighbours, max(options.MinSize, int(2*math.Sqrt(float64(occupied)))))
	lists, err := neighbours(ctx, s, k, compareAll)
	if err != nil {
		return r, err
	}
	g, err := r.divide(ctx, m, lists, k)
	if err != nil {
		return r, err
	}
	if options.Groups > 0 {
		if err := r.toNumber(ctx, m); err != nil {
			return r, err
		}
	}
	if err := r.resample(ctx, g); err != nil {
		return r, err
	}
	r.Tree = join(m, r.Groups)
	return r, nil
}

// divide fills in the groups of the division of the graph of nearest documents, which it gives. In a set of one subject
// documents have so many near ones that the walk is nowhere at home: while fewer than half of the documents come into a
// group, or there are fewer groups than wanted, a quarter of the neighbours are left out, five times at most. What groups
// most is kept, or what makes most groups.
func (r *Result) divide(ctx context.Context, m sparse, lists [][][]near, k int) (graph, error) {
	var g graph
	const fewest = 3 // neighbours
	best, first := -1, k
	for {
		sparser := connect(nearest(lists, k), len(r.Assign))
		assign, saving, err := divide(ctx, sparser, r.Options.Seed)
		if err != nil {
			return g, err
		}
		found := *r
		found.Assign, found.Fit = slices.Clone(r.Assign), slices.Clone(r.Fit)
		found.group(m, together(assign, r.Options.Together))
		reached, enough := len(r.Assign)-found.LeftOut, (len(r.Assign)+1)/2
		if r.Options.Groups > 0 {
			reached, enough = len(found.Groups), r.Options.Groups
		}
		if reached > best {
			best, g = reached, sparser
			*r = found
			r.Saving = saving
		}
		k = k * 3 / 4
		if best >= enough || 5*k < first || k < fewest {
			return g, nil
		}
	}
}

// divide searches several times and keeps the best; there are many near-best divisions, and which one a single search ends
// in hangs on the order of its visits.
func divide(ctx context.Context, g graph, seed uint64) (best []int, saving float64, err error) {
	order := generator{seed}
	for range runs {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		assign, s := communities(g, order.permutation(len(g.edges)))
		if best == nil || s > saving+least {
			best, saving = assign, s
		}
	}
	return best, saving, nil
}

// group fills in the groups that hold, in place of any before.
func (r *Result) group(m sparse, assign []int) {
	r.Groups, r.LeftOut = []Group{}, len(assign)
	for i := range r.Assign {
		r.Assign[i], r.Fit[i] = -1, 0
	}
	members := make([][]int, len(assign))
	for i, a := range assign {
		if len(m.rows[i]) > 0 {
			members[a] = append(members[a], i)
		}
	}
	slices.SortStableFunc(members, func(a, b []int) int { return len(b) - len(a) }) // the first member decides already
	all := m.sum(nil)
	for _, docs := range members {
		if len(docs) < r.Options.MinSize || len(docs) == 0 {
			continue
		}
		g := Group{Docs: docs}
		sum := m.sum(docs)
		g.Cohesion, g.Apart = cohesion(sum, all, len(docs), len(m.rows))
		if g.Cohesion <= 0 || r.Options.Groups == 0 && g.Cohesion < distinct*g.Apart || len(docs) == len(m.rows) {
			continue
		}
		for _, i := range docs {
			r.Assign[i] = len(r.Groups)
			r.Fit[i] = m.fit(i, sum)
		}
		slices.SortStableFunc(g.Docs, func(a, b int) int { return compare(r.Fit[b], r.Fit[a]) })
		g.Terms = m.telling(docs)
		r.LeftOut -= len(docs)
		r.Groups = append(r.Groups, g)
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// sum adds up the rows of some documents, of all for nil.
func (m sparse) sum(docs []int) []float64 {
	sum := make([]float64, len(m.terms))
	if docs == nil {
		for _, row := range m.rows {
			addRow(sum, row)
		}
		return sum
	}
	for _, i := range docs {
		addRow(sum, m.rows[i])
	}
	return sum
}

func addRow(sum []float64, row []entry) {
	for _, e := range row {
		sum[e.column] += e.value
	}
}

// cohesion is the mean cosine within a group of n documents and between it and the rest, by way of the sums: the square of
// a sum of vectors of length 1 holds every pair twice and every vector once.
func cohesion(sum, all []float64, n, total int) (within, outside float64) {
	square := inner(sum, sum)
	if n > 1 {
		within = (square - float64(n)) / (float64(n) * float64(n-1))
	}
	if total > n {
		outside = (inner(sum, all) - square) / (float64(n) * float64(total-n))
	}
	return within, outside
}

// fit is the cosine of a document and the sum of its group's other documents.
func (m sparse) fit(doc int, sum []float64) float64 {
	with := 0.0
	for _, e := range m.rows[doc] {
		with += e.value * sum[e.column]
	}
	others := inner(sum, sum) - 2*with + 1 // the square of the sum without the document, whose own square is 1
	if others < 1e-12 {
		return 0
	}
	return max(0, min(1, (with-1)/math.Sqrt(others)))
}

// telling are the terms that more documents of the group hold than chance would give.
func (m sparse) telling(docs []int) []Term {
	held := make([]int, len(m.terms))
	for _, i := range docs {
		for _, e := range m.rows[i] {
			held[e.column]++
		}
	}
	n, total := float64(len(docs)), float64(len(m.rows))
	var terms []Term
	for c, count := range held {
		k, all := float64(count), float64(m.counts[c])
		if k*total <= all*n {
			continue
		}
		g := likelihood(k, all*n/total) + likelihood(n-k, n-all*n/total) +
			likelihood(all-k, all-all*n/total) + likelihood(total-n-all+k, (total-n)*(total-all)/total)
		if 2*g >= chance {
			terms = append(terms, Term{m.terms[c], 2 * g, count, m.counts[c]})
		}
	}
	slices.SortStableFunc(terms, func(a, b Term) int { return compare(b.Weight, a.Weight) }) // columns are in the order of terms
	return slices.Clip(terms[:min(maxTerms, len(terms))])
}

// likelihood is one cell's part of G².
func likelihood(observed, expected float64) float64 {
	if observed <= 0 || expected <= 0 {
		return 0
	}
	return observed * math.Log(observed/expected)
}
