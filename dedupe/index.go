package dedupe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/evidence-go/evidence/record"
)

// Index holds records over one frozen Stats and Policy, so that a later search
// can be put beside an earlier one: what is new, what is known already. Records
// come and go, and Result gives at any time what [FindWith] gives for the same
// Stats and the records that are in it, in the order in which they were added.
//
// Beside each record, which it holds by its pointer and never changes, an index
// keeps the hashes of its keys, some two hundred bytes: what else comparison needs
// is folded from the record when it is asked for. Adding and asking therefore take
// a time that hardly depends on how many records there are; Result takes that of
// FindWith. Records must not be changed while they are in an index.
//
// Any number of Query, Result and WriteTo may run at once, as long as nothing is
// added, removed, decided or adopted.
type Index struct {
	st      *Stats
	policy  Policy
	records []*record.Record
	keys    postings
	orders  []Order
	changes int // how often the index was changed

	blocks sortedBlocks
}

// NewIndex makes an empty index. The statistics are those of the first search,
// or of any collection like it; they stay as they are, see [Index.Relearn]. Nil
// statistics know nothing. The error says what is wrong with the policy.
func NewIndex(st *Stats, p Policy) (*Index, error) {
	if st == nil {
		st = emptyStats()
	}
	p = p.Resolved()
	if err := p.check(); err != nil {
		return nil, err
	}
	return &Index{st: st, policy: p}, nil
}

// Stats returns the statistics of the index, which are not to be changed.
func (ix *Index) Stats() *Stats { return ix.st }

// Policy returns the policy of the index, resolved.
func (ix *Index) Policy() Policy { return ix.policy }

// Len is the number of records in the index.
func (ix *Index) Len() int { return len(ix.records) }

// Records returns the records in the index, in the order in which they were added.
func (ix *Index) Records() []*record.Record { return slices.Clone(ix.records) }

// Add puts records into the index. A record that is there already is there
// twice then, and a duplicate of itself. If one is nil the error says which, and
// none is added.
func (ix *Index) Add(records ...*record.Record) error {
	if i := slices.Index(records, nil); i >= 0 {
		return fmt.Errorf("dedupe: records[%d] is nil", i)
	}
	found := make([][]posting, len(records)/stretch+1)
	// A context that never ends is no error.
	_ = inParallel(context.Background(), len(records), func(from, to int) {
		var fd folder
		var keys []posting
		for i := from; i < to; i++ {
			keys = ix.appendPostings(keys, ix.form(&fd, records[i]), int32(len(ix.records)+i))
		}
		found[from/stretch] = keys
	})
	ix.records = append(ix.records, records...)
	ix.keys.add(slices.Concat(found...))
	ix.changes++
	return nil
}

// form folds a record and weighs it.
func (ix *Index) form(fd *folder, r *record.Record) *form {
	f := fd.fold(r)
	f.weigh(ix.st)
	return f
}

func (ix *Index) appendPostings(out []posting, f *form, number int32) []posting {
	f.eachKey(ix.st, func(kind string, parts ...string) {
		out = append(out, posting{hashKey(kind, parts), number})
	})
	return out
}

// Remove takes out all records that have one of the IDs, and what persons have
// decided on them, and returns how many records that were. IDs that are not in
// the index are passed over.
func (ix *Index) Remove(ids ...record.ID) int {
	wanted := make(map[record.ID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	gone := map[*record.Record]bool{}
	to := make([]int32, len(ix.records))
	left := int32(0)
	for i, r := range ix.records {
		if wanted[r.ID()] {
			gone[r] = true
			to[i] = -1
			continue
		}
		to[i] = left
		ix.records[left] = r
		left++
	}
	n := len(to) - int(left)
	if n == 0 {
		return 0
	}
	clear(ix.records[left:])
	ix.records = ix.records[:left]
	ix.keys.renumber(to)
	ix.orders = slices.DeleteFunc(slices.Clone(ix.orders), func(o Order) bool { return gone[o.A] || gone[o.B] })
	ix.blocks = sortedBlocks{}
	ix.changes++
	return n
}

// Decide keeps a person's word on two records of the index; every Result obeys
// it, as [Result.Decide] says. It also goes for the errors.
func (ix *Index) Decide(v Verdict, a, b *record.Record) error {
	orders, err := withOrder(ix.records, ix.orders, Order{Verdict: v, A: a, B: b})
	if err != nil {
		return err
	}
	ix.orders = orders
	ix.changes++
	return nil
}

// Orders returns what persons have decided on records of the index, in the order
// in which they did.
func (ix *Index) Orders() []Order { return slices.Clone(ix.orders) }

// Result finds which of the records in the index are one work: what [FindWith]
// returns for the same statistics, policy and records, with the decisions of
// persons. The error is that of the context when it ends; the result then holds what
// was found until then, as that of FindWith does.
func (ix *Index) Result(ctx context.Context) (*Result, error) {
	return run(ctx, ix.st, slices.Clone(ix.records), ix.policy, slices.Clone(ix.orders))
}

// Matches is what an index has on a record: pair by pair, the record as B and
// one of the index as A, the surest first.
type Matches struct {
	Links    []Link    // one work
	Doubtful []Link    // perhaps: a person should look
	Related  []Related // related, and yet another work
}

// Known tells whether the index has the work of the record for sure.
func (m *Matches) Known() bool { return len(m.Links) > 0 }

// Query tells which records of the index are the same work as r, may be, or are
// related to it; r is not added. Each pair is judged by itself, as by [Compare],
// where the two share a key; whether a group agrees as a whole only Result can
// tell. A record that is in the index itself is found there like any other. The
// error is that of a nil record.
func (ix *Index) Query(r *record.Record) (*Matches, error) {
	if r == nil {
		return nil, errors.New("dedupe: the record of a query is nil")
	}
	var fd folder
	f := ix.form(&fd, r)
	s := &search{st: ix.st, trust: ix.st.trusted(), policy: ix.policy, records: []*record.Record{nil, r}, forms: []*form{nil, f}}
	m := &Matches{}
	for _, i := range ix.candidates(&fd, f, r) {
		s.records[0], s.forms[0] = ix.records[i], ix.form(&fd, ix.records[i])
		if s.hopeless(0, 1) {
			continue
		}
		c := s.evidence(0, 1).judge()
		m.note(pair{0, 1, &c}, s.records)
	}
	surest := func(x, y Link) int { return cmp.Compare(y.Score, x.Score) }
	slices.SortStableFunc(m.Links, surest)
	slices.SortStableFunc(m.Doubtful, surest)
	return m, nil
}

func (m *Matches) note(p pair, of []*record.Record) {
	l := Link{A: of[p.a], B: of[p.b], Rule: p.c.Rule, Score: p.c.Score, Why: p.c.Why, Levels: p.c.Levels}
	switch {
	case p.c.Verdict == Same:
		m.Links = append(m.Links, l)
	case p.c.Verdict == Unsure:
		m.Doubtful = append(m.Doubtful, l)
	}
	if p.c.Related != "" {
		m.Related = append(m.Related, Related{A: l.A, B: l.B, Kind: p.c.Related, Why: p.c.Why})
	}
}

// candidates gives the records that would be compared with r if it were added,
// in the order in which they were added.
func (ix *Index) candidates(fd *folder, f *form, r *record.Record) []int32 {
	var out []int32
	keys := ix.appendPostings(nil, f, 0)
	slices.SortFunc(keys, posting.compare)
	for _, x := range slices.Compact(keys) {
		from := len(out)
		out = ix.keys.with(x.hash, out)
		if block := out[from:]; len(block) >= ix.policy.BlockCap {
			near := ix.blocks.neighbours(ix, x.hash, block, fd, f, r)
			out = append(out[:from], near...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sortedBlocks keeps the records of blocks over the cap in the order of their
// rank, since a record is compared with its neighbours only.
type sortedBlocks struct {
	mu     sync.Mutex
	blocks map[uint64][]int32
}

// neighbours gives the records of a block next to which r would stand.
func (b *sortedBlocks) neighbours(ix *Index, hash uint64, block []int32, fd *folder, f *form, r *record.Record) []int32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	sorted := b.blocks[hash]
	if len(sorted) < len(block) {
		sorted = ix.byRank(fd, sorted, block)
		if b.blocks == nil {
			b.blocks = map[uint64][]int32{}
		}
		b.blocks[hash] = sorted
	}
	at, _ := slices.BinarySearchFunc(sorted, r, func(i int32, r *record.Record) int {
		return compareRank(ix.form(fd, ix.records[i]), ix.records[i], f, r)
	})
	reach := ix.policy.reach()
	return sorted[max(0, at-reach):min(len(sorted), at+reach)]
}

// byRank puts the records of a block in the order of their rank; those of sorted
// are in it already, and stand among the first of the block.
func (ix *Index) byRank(fd *folder, sorted, block []int32) []int32 {
	forms := make(map[int32]*form, len(block))
	rank := func(i, j int32) int {
		for _, k := range []int32{i, j} {
			if forms[k] == nil {
				forms[k] = ix.form(fd, ix.records[k])
			}
		}
		return compareRank(forms[i], ix.records[i], forms[j], ix.records[j])
	}
	out := slices.Clone(sorted)
	if len(block)-len(sorted) <= len(block)/8 {
		for _, i := range block[len(sorted):] {
			at, _ := slices.BinarySearchFunc(out, i, rank)
			out = slices.Insert(out, at, i)
		}
		return out
	}
	out = append(out, block[len(sorted):]...)
	slices.SortStableFunc(out, rank)
	return out
}
