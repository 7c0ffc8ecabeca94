package dedupe

import (
	"cmp"
	"context"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file puts records in an order that depends on their content only, so that
// nothing depends on the order in which they came.

// ranked is a record in the making of the order.
type ranked struct {
	head   uint64 // the first eight bytes of the title
	record int32
}

// rank orders the records by their forms, and those whose forms are equal in what
// form.compare looks at by what is dearer to compare: see compareRank.
func (s *search) rank() {
	list := make([]ranked, len(s.forms))
	for i, f := range s.forms {
		list[i] = ranked{headOf(f.compact), int32(i)}
	}
	sortInParallel(list, func(x, y ranked) int {
		if x.head != y.head {
			return cmp.Compare(x.head, y.head)
		}
		return cmp.Or(s.forms[x.record].compare(s.forms[y.record]), cmp.Compare(x.record, y.record))
	})
	s.rankEqual(list)
	s.order, s.ranks = make([]int32, len(list)), make([]int32, len(list))
	for n, x := range list {
		s.order[n], s.ranks[x.record] = x.record, int32(n)
	}
	s.markTwins()
}

// rankEqual orders those that stand side by side and are equal in form.compare. Each
// of them is asked for its ID once, since that may have to be computed.
func (s *search) rankEqual(list []ranked) {
	equal := make([]bool, len(list)+1) // to the one before
	ids := make([]record.ID, len(list))
	// A context that never ends is no error.
	_ = inParallel(context.Background(), len(list), func(from, to int) {
		for n := max(from, 1); n < to; n++ {
			x, y := list[n-1], list[n]
			equal[n] = x.head == y.head && s.forms[x.record].compare(s.forms[y.record]) == 0
		}
	})
	_ = inParallel(context.Background(), len(list), func(from, to int) {
		for n := from; n < to; n++ {
			if equal[n] || equal[n+1] {
				ids[list[n].record] = s.records[list[n].record].ID()
			}
		}
	})
	_ = inParallel(context.Background(), len(list), func(from, to int) {
		for n := from; n < to; n++ {
			if equal[n] || !equal[n+1] {
				continue
			}
			end := n + 2
			for equal[end] {
				end++
			}
			sortInParallel(list[n:end], func(x, y ranked) int {
				i, k := x.record, y.record
				return cmp.Or(cmp.Compare(ids[i], ids[k]), s.forms[i].compareStated(s.forms[k]), cmp.Compare(i, k))
			})
		}
	})
}

// headOf gives the first eight bytes of a text, which order as the texts do.
func headOf(s string) uint64 {
	head := uint64(0)
	for i := range 8 {
		head <<= 8
		if i < len(s) {
			head |= uint64(s[i])
		}
	}
	return head
}

// compareRank orders two records with their forms by rank.
func compareRank(f *form, a *record.Record, g *form, b *record.Record) int {
	if c := f.compare(g); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(string(a.ID()), string(b.ID())), f.compareStated(g))
}

// compare orders forms by content.
func (f *form) compare(g *form) int {
	if c := cmp.Or(strings.Compare(f.compact, g.compact), cmp.Compare(f.year, g.year), cmp.Compare(len(f.authors), len(g.authors))); c != 0 {
		return c
	}
	for i := range f.authors {
		if c := cmp.Or(strings.Compare(f.authors[i].family, g.authors[i].family), strings.Compare(f.authors[i].given, g.authors[i].given)); c != 0 {
			return c
		}
	}
	return cmp.Or(strings.Compare(f.volume, g.volume), strings.Compare(f.issue, g.issue), strings.Compare(f.first, g.first), strings.Compare(f.last, g.last),
		strings.Compare(f.doi, g.doi), strings.Compare(f.pmid, g.pmid), strings.Compare(f.journal.compact, g.journal.compact), compareAbstracts(f.abstract, g.abstract))
}
