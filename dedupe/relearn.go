package dedupe

import (
	"cmp"
	"context"
	"errors"
	"slices"
)

// Relearned is what other statistics would change in an index. Nothing is changed
// until [Index.Adopt].
type Relearned struct {
	Stats *Stats // the other statistics

	Added   []Link   // links between records that were not joined
	Lost    []Link   // links between records that would not be joined any more, as they were
	Changed []Change // doubtful pairs that would come or go without a link

	Before, After *Result // in full

	of *Index
	at int // changes of the index when it was made
}

// Change is a pair of records that is doubtful under the old or the new
// statistics and something else under the others: Different, or joined by way of
// other records.
type Change struct {
	Before, After Verdict
	Link          Link // as it was or is doubtful
}

// Relearn lists what would change if the index took other statistics: links that
// come, links that go, and doubtful pairs that come or go; each in the order of
// the index. The index stays as it is. Nil statistics are learnt
// from the records of the index, as [Learn] does. The error is that of the context
// when it ends.
func (ix *Index) Relearn(ctx context.Context, st *Stats) (*Relearned, error) {
	if st == nil {
		st = Learn(ix.records)
	}
	before, err := ix.Result(ctx)
	if err != nil {
		return nil, err
	}
	other, err := NewIndex(st, ix.policy)
	if err != nil {
		return nil, err
	}
	if err := other.Add(ix.records...); err != nil {
		return nil, err
	}
	other.orders = ix.orders
	after, err := other.Result(ctx)
	if err != nil {
		return nil, err
	}
	rl := &Relearned{Stats: st, Before: before, After: after, of: ix, at: ix.changes}
	rl.compare()
	return rl, nil
}

// standings is how pairs of records stand in a result, by their places.
type standings struct {
	links map[[2]int32]*Link // linked or doubtful
	group []int              // of each record, 0 for none
	pairs [][2]int32
}

func (res *Result) standings() *standings {
	at := res.places()
	s := &standings{links: make(map[[2]int32]*Link, len(res.Links)+len(res.Doubtful)), group: make([]int, len(res.Records))}
	for _, links := range [][]Link{res.Links, res.Doubtful} {
		for i := range links {
			a, b := at[links[i].A], at[links[i].B]
			p := [2]int32{min(a, b), max(a, b)}
			s.links[p] = &links[i]
			s.pairs = append(s.pairs, p)
		}
	}
	for i := range res.Groups {
		for _, r := range res.Groups[i].Records {
			s.group[at[r]] = i + 1
		}
	}
	return s
}

// verdict on a pair: Same also for those that are joined by way of others.
func (s *standings) verdict(p [2]int32) Verdict {
	switch g := s.group[p[0]]; {
	case g != 0 && g == s.group[p[1]]:
		return Same
	case s.links[p] != nil:
		return Unsure
	}
	return Different
}

// compare lists the differences of the two results.
func (rl *Relearned) compare() {
	before, after := rl.Before.standings(), rl.After.standings()
	pairs := slices.Concat(before.pairs, after.pairs)
	slices.SortFunc(pairs, func(x, y [2]int32) int { return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1])) })
	for _, p := range slices.Compact(pairs) {
		was, is := before.verdict(p), after.verdict(p)
		switch {
		case was == is:
		case is == Same && after.links[p] != nil:
			rl.Added = append(rl.Added, *after.links[p])
		case was == Same && before.links[p] != nil:
			rl.Lost = append(rl.Lost, *before.links[p])
		default:
			l := before.links[p]
			if was != Unsure {
				l = after.links[p]
			}
			rl.Changed = append(rl.Changed, Change{was, is, *l})
		}
	}
}

// Adopt takes the statistics of rl for the index, whose keys are made anew. It
// is an error if rl is of another index, or if the index was changed since.
func (ix *Index) Adopt(rl *Relearned) error {
	if rl == nil || rl.of != ix {
		return errors.New("dedupe: what is to be adopted was relearned from another index")
	}
	if rl.at != ix.changes {
		return errors.New("dedupe: the index was changed since it was relearned: relearn it again")
	}
	other, err := NewIndex(rl.Stats, ix.policy)
	if err != nil {
		return err
	}
	if err := other.Add(ix.records...); err != nil {
		return err
	}
	ix.st, ix.keys, ix.blocks = other.st, other.keys, sortedBlocks{}
	ix.changes++
	return nil
}
