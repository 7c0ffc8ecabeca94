package dedupe

import (
	"context"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// The last stage of FindLarge: what hangs together is loaded, compared once more
// and grouped, by the functions that group a whole result.

// rankedOrder is a person's word on two records by their ranks.
type rankedOrder struct {
	verdict Verdict
	a, b    int32
}

// placeOrders checks what persons have decided and finds the records.
func (l *large) placeOrders() error {
	stubs := map[int]*record.Record{}
	var records []*record.Record
	numbers := map[*record.Record]int{}
	var orders []Order
	nameless := func(n int) *record.Record {
		if n >= 0 && n < l.run.Records && stubs[n] == nil {
			r := &record.Record{Key: fmt.Sprintf("record %d", n)}
			stubs[n], numbers[r] = r, n
			records = append(records, r)
		}
		return stubs[n]
	}
	for i, o := range l.options.Decisions {
		a, b := nameless(o.A), nameless(o.B)
		if a == nil || b == nil {
			return fmt.Errorf("dedupe: LargeOptions.Decisions[%d] is on records %d and %d of %d", i, o.A, o.B, l.run.Records)
		}
		var err error
		if orders, err = withOrder(records, orders, Order{o.Verdict, a, b}); err != nil {
			return fmt.Errorf("LargeOptions.Decisions[%d]: %w", i, err)
		}
	}
	for _, o := range orders {
		l.orders = append(l.orders, rankedOrder{o.Verdict, l.ranks[numbers[o.A]], l.ranks[numbers[o.B]]})
	}
	return nil
}

// tied is records that hang together.
type tied struct {
	top    int32
	pairs  [][2]int32 // of ranks, that comparison ties
	ranks  []int32    // of all; tidy puts them in order
	tidyAt int        // how many ranks there are when it is time
	orders []rankedOrder

	part  *LargePart
	cut   int
	links map[string]int // by rule
}

// Bytes that a record and a pair take while they are grouped.
const (
	tiedRecord = formSize + 1<<10
	tiedPair   = 2 << 10
)

func (t *tied) size() int { return len(t.ranks)*tiedRecord + len(t.pairs)*tiedPair }

// group groups all that hangs together, set by set.
func (l *large) group(ctx context.Context) error {
	byTop := l.sorter(false)
	for item, err := range l.edges.Sorted(ctx) {
		if err != nil {
			return err
		}
		top := l.tops.top(int32(readUint32(item)))
		if err := byTop.Add(append(appendUint32(make([]byte, 0, 13), uint32(top)), item...)); err != nil {
			return err
		}
	}
	l.tops = nil
	links := map[string]int{}
	var waiting []*tied
	size := 0
	done, total := int64(0), byTop.Len()
	emit := func() error {
		err := l.groupAll(ctx, waiting, links)
		waiting, size = waiting[:0], 0
		return err
	}
	var t *tied
	for item, err := range byTop.Sorted(ctx) {
		if err != nil {
			return err
		}
		if top := int32(readUint32(item)); t == nil || t.top != top {
			if size > l.live()/4 || len(waiting) == 32*portion {
				if err := emit(); err != nil {
					return err
				}
			}
			t = &tied{top: top}
			waiting = append(waiting, t)
		}
		size -= t.size()
		t.add(int32(readUint32(item[4:])), int32(readUint32(item[8:])), item[12])
		if size += t.size(); t.size() > l.live()/2 {
			return l.tooMany(t)
		}
		done++
		l.tell("grouping", done, total)
	}
	err := emit()
	l.run.ByRule = byRule(links)
	return err
}

// add puts in an edge.
func (t *tied) add(a, b int32, by byte) {
	if t.ranks = append(t.ranks, a, b); len(t.ranks) > t.tidyAt {
		t.tidy()
	}
	if by == comparedEdge {
		t.pairs = append(t.pairs, [2]int32{a, b})
	}
}

// tidy puts the ranks in order, each once.
func (t *tied) tidy() {
	slices.Sort(t.ranks)
	t.ranks = slices.Compact(t.ranks)
	t.tidyAt = 2*len(t.ranks) + 16
}

// tooMany is the error that a set does not fit.
func (l *large) tooMany(t *tied) error {
	ld := l.loader()
	_, at, err := ld.at(t.top)
	if err != nil {
		return err
	}
	return fmt.Errorf("dedupe: more than %d records that are linked, doubtful or related hang together, among them record %d (%s): they do not fit into LargeOptions.Memory of %d bytes",
		len(t.ranks), at.Number, nameOf(&record.Record{Key: at.Key, Members: []record.Member{{ID: at.ID}}}), l.options.Memory)
}

// groupAll groups sets at once, and hands them on in their order.
func (l *large) groupAll(ctx context.Context, sets []*tied, links map[string]int) error {
	of := map[int32]*tied{}
	for _, t := range sets {
		t.tidy()
		for _, rank := range t.ranks {
			if len(l.orders) > 0 {
				of[rank] = t
			}
		}
	}
	for _, o := range l.orders {
		if t := of[o.a]; t != nil {
			t.orders = append(t.orders, o)
		}
	}
	err := spread(ctx, func(give func(*tied) bool) error {
		for _, t := range sets {
			if !give(t) {
				break
			}
		}
		return nil
	}, func() func(*tied) error {
		ld := l.loader()
		return func(t *tied) error { return l.groupSet(&ld, t) }
	})
	if err != nil {
		return err
	}
	for _, t := range sets {
		l.run.Cut += t.cut
		for rule, n := range t.links {
			links[rule] += n
		}
		if p := t.part; len(p.Groups)+len(p.Doubtful)+len(p.Related) == 0 {
			continue
		}
		if err := l.part(t.part); err != nil {
			return err
		}
	}
	return nil
}

// placed is a record of a set.
type placed struct {
	form *form
	at   Place
}

// groupSet groups one set as a result of its own.
func (l *large) groupSet(ld *loader, t *tied) error {
	list := make([]placed, len(t.ranks))
	for i, rank := range t.ranks {
		f, at, err := ld.at(rank)
		if err != nil {
			return err
		}
		list[i] = placed{f, at}
	}
	slices.SortFunc(list, func(a, b placed) int { return a.at.Number - b.at.Number })
	s := l.search(len(list))
	place := make(map[int32]int32, len(list)) // by rank
	names := make(map[*record.Record]Place, len(list))
	for i, x := range list {
		s.forms[i] = x.form
		// A merged record is known by the ID of its first member.
		s.records[i] = &record.Record{Key: x.at.Key, Members: []record.Member{{ID: x.at.ID, Key: x.at.Key}}}
		place[x.form.rank] = int32(i)
		names[s.records[i]] = x.at
	}
	res := &Result{Records: s.records, Stats: l.st, Policy: l.policy, search: s}
	for _, p := range t.pairs {
		a, b := place[p[0]], place[p[1]]
		c := s.evidence(a, b).judge()
		res.judged = append(res.judged, pair{min(a, b), max(a, b), &c})
	}
	for _, o := range t.orders {
		res.Orders = append(res.Orders, Order{o.verdict, s.records[place[o.a]], s.records[place[o.b]]})
	}
	res.group()
	t.take(res, names)
	return nil
}

// take writes out a result by the places of its records.
func (t *tied) take(res *Result, names map[*record.Record]Place) {
	t.cut, t.links, t.part = res.Run.Cut, map[string]int{}, &LargePart{}
	link := func(l Link) PlacedLink {
		return PlacedLink{names[l.A], names[l.B], l.Rule, l.Score, l.Why, l.Levels}
	}
	for _, g := range res.Groups {
		t.part.Groups = append(t.part.Groups, PlacedGroup{
			Records: each(g.Records, func(r *record.Record) Place { return names[r] }),
			Links:   each(g.Links, link),
		})
	}
	for _, l := range res.Doubtful {
		t.part.Doubtful = append(t.part.Doubtful, link(l))
	}
	for _, x := range res.Related {
		t.part.Related = append(t.part.Related, PlacedRelated{names[x.A], names[x.B], x.Kind, x.Why})
	}
	for _, c := range res.Run.ByRule {
		t.links[c.Rule] = c.Links
	}
}
