package synth

import (
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/internal/cluster"
	"github.com/evidence-go/evidence/record"
)

// edits are the documents that each edit by hand names.
type edits [][]int

func (s *Summary) edits(docs []document, all []source) edits {
	if len(s.Options.FoundEdits) == 0 {
		return nil
	}
	of := map[record.ID]int{}
	for d := range docs {
		for _, i := range docs[d].sources {
			of[all[i].id] = d
		}
	}
	out := make(edits, len(s.Options.FoundEdits))
	for k, e := range s.Options.FoundEdits {
		for _, id := range e.Records {
			if d, ok := of[id]; ok && !slices.Contains(out[k], d) {
				out[k] = append(out[k], d)
			}
		}
	}
	return out
}

// about gives the group that an edit is about, -1 for none.
func (e edits) about(k int, res cluster.Result) int {
	held := map[int]int{}
	for _, d := range e[k] {
		if g := res.Assign[d]; g >= 0 {
			held[g]++
		}
	}
	best := -1
	for g, n := range held {
		if n >= 2 && 5*n >= len(e[k]) && (best < 0 || n > held[best] || n == held[best] && g < best) {
			best = g
		}
	}
	return best
}

// title is what the first edit about a group calls it.
func (e edits) title(given []FoundEdit, group int, res cluster.Result) string {
	for k := range e {
		if given[k].Title != "" && e.about(k, res) == group {
			return given[k].Title
		}
	}
	return ""
}

// noteEdits says which edits are about no theme.
func (s *Summary) noteEdits(e edits, res cluster.Result) {
	for k := range e {
		if e.about(k, res) < 0 {
			s.Notes = append(s.Notes, fmt.Sprintf("the edit by hand %q is about no theme that was found: %d of the %d records it names are among the texts",
				s.Options.FoundEdits[k].Title, len(e[k]), len(s.Options.FoundEdits[k].Records)))
		}
	}
}

// foundTree tells the tree of groups as one of found themes: a group that is none
// of them is passed over, and what it joins stays as it is.
func foundTree(tree []cluster.Join, at []int, found int) []FoundJoin {
	place := slices.Clone(at) // of each group and join its place, -1 for none
	var out []FoundJoin
	for _, j := range tree {
		a, b := place[j.A], place[j.B]
		if a < 0 || b < 0 {
			place = append(place, max(a, b))
			continue
		}
		place = append(place, found+len(out))
		out = append(out, FoundJoin{min(a, b), max(a, b), round4(j.At)})
	}
	return out
}

// leftOver lists the records of documents in no found theme, by ID.
func leftOver(res cluster.Result, at []int, docs []document, all []source) []record.ID {
	var out []record.ID
	for d, g := range res.Assign {
		if g >= 0 && at[g] >= 0 {
			continue
		}
		for _, i := range docs[d].sources {
			out = append(out, all[i].id)
		}
	}
	slices.Sort(out)
	return out
}

// unlike lists the records that fit a group less than half as well as its middle
// one, the worst first.
func unlike(g cluster.Group, fit []float64, docs []document, all []source) []record.ID {
	if len(g.Docs) == 0 {
		return nil
	}
	middle := fit[g.Docs[len(g.Docs)/2]]
	var out []record.ID
	for k := len(g.Docs) - 1; k >= 0 && 2*fit[g.Docs[k]] < middle; k-- {
		for _, i := range docs[g.Docs[k]].sources {
			out = append(out, all[i].id)
		}
	}
	return out
}
