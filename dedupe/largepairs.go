package dedupe

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/evidence-go/evidence/internal/spill"
	"github.com/evidence-go/evidence/record"
)

// The first stages of FindLarge: from records to the pairs that are worth
// grouping. All that is spilled is written so that the order of its bytes is the
// order in which it is needed.

func appendUint32(b []byte, n uint32) []byte { return binary.BigEndian.AppendUint32(b, n) }

func readUint32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

// portion is how many records or pairs are handed to a worker at a time.
const portion = 64

// portionOf is a portion of a source.
type portionOf struct {
	first   int32
	records []*record.Record
}

// read folds the records of the source and spills forms and keys.
func (l *large) read(ctx context.Context, source iter.Seq2[*record.Record, error]) error {
	l.forms, l.keys = l.sorter(false), l.sorter(false)
	return spread(ctx, func(give func(portionOf) bool) error { return l.feedRecords(source, give) }, func() func(portionOf) error {
		var fd folder
		return func(p portionOf) error { return l.foldPortion(&fd, p) }
	})
}

// feedRecords cuts the source into portions.
func (l *large) feedRecords(source iter.Seq2[*record.Record, error], give func(portionOf) bool) error {
	p := portionOf{}
	for r, err := range source {
		switch {
		case err != nil:
			return fmt.Errorf("dedupe: the source, behind %d records: %w", l.run.Records, err)
		case r == nil:
			return fmt.Errorf("dedupe: record %d of the source is nil", l.run.Records)
		case l.run.Records == math.MaxInt32:
			return fmt.Errorf("dedupe: the source has more than %d records", math.MaxInt32)
		}
		l.run.Records++
		if p.records = append(p.records, r); len(p.records) == portion {
			if !give(p) {
				return nil
			}
			p = portionOf{first: int32(l.run.Records)}
		}
	}
	give(p)
	return nil
}

// journalSize is about what a folded journal takes in memory.
const journalSize = 1 << 10

// foldPortion folds, and spills what is packed.
func (l *large) foldPortion(fd *folder, p portionOf) error {
	if len(fd.journals) > l.live()/32/journalSize {
		clear(fd.journals)
	}
	items := make([][]byte, len(p.records))
	var keys []posting
	for i, r := range p.records {
		f := fd.fold(r)
		f.weigh(l.st)
		number := p.first + int32(i)
		items[i] = packedRecord(nil, f, r, number)
		at := len(keys)
		keys = appendPostings(keys, f, number)
		slices.SortFunc(keys[at:], posting.compare)
		keys = keys[:at+len(slices.Compact(keys[at:]))]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, item := range items {
		if err := l.forms.Add(item); err != nil {
			return err
		}
	}
	var key [12]byte
	for _, k := range keys {
		binary.BigEndian.PutUint64(key[:], k.hash)
		binary.BigEndian.PutUint32(key[8:], uint32(k.number))
		if err := l.keys.Add(key[:]); err != nil {
			return err
		}
	}
	l.progress("reading", l.forms.Len(), 0)
	return nil
}

// sort gives each record its rank and stores the forms in that order.
func (l *large) sort(ctx context.Context) error {
	if need := 4 * int64(l.run.Records); need > int64(l.live())/4 {
		return fmt.Errorf("dedupe: LargeOptions.Memory of %d bytes is too small for %d records, which need %d", l.options.Memory, l.run.Records, 8*need)
	}
	l.ranks = make([]int32, l.run.Records)
	store, err := l.space.Store()
	if err != nil {
		return err
	}
	l.store = store
	for item, err := range l.forms.Sorted(ctx) {
		if err != nil {
			return err
		}
		l.ranks[numberOf(item)] = int32(store.Len())
		if err := store.Append(item); err != nil {
			return err
		}
		l.tell("sorting", int64(store.Len()), int64(l.run.Records))
	}
	return errors.Join(store.Flush(), l.placeOrders())
}

// tell reports progress where it is a round number.
func (l *large) tell(stage string, done, total int64) {
	if done%(1<<14) == 0 || done == total {
		l.progress(stage, done, total)
	}
}

// pair forms the pairs of records that share a key.
func (l *large) pair(ctx context.Context) error {
	l.pairs = l.sorter(false)
	var block []int32
	var hash uint64
	total, done := l.keys.Len(), int64(0)
	for item, err := range l.keys.Sorted(ctx) {
		if err != nil {
			return err
		}
		if h := binary.BigEndian.Uint64(item); h != hash {
			if err := l.pairBlock(hash, block); err != nil {
				return err
			}
			hash, block = h, block[:0]
		}
		block = append(block, l.ranks[readUint32(item[8:])])
		done++
		l.tell("pairing", done, total)
	}
	err := l.pairBlock(hash, block)
	slices.SortFunc(l.run.Capped, Capped.compare)
	l.ranks = nil
	return err
}

// pairBlock spills the pairs of a block of ranks.
func (l *large) pairBlock(hash uint64, block []int32) error {
	if len(block) < 2 {
		return nil
	}
	number := uint32(l.run.Blocks)
	l.run.Blocks++
	slices.Sort(block)
	reach := len(block)
	if len(block) > l.policy.BlockCap {
		reach = l.policy.reach()
		item, _, err := l.store.Item(int(block[0]), nil)
		if err != nil {
			return err
		}
		f, _, err := l.unpackRecord(item)
		if err != nil {
			return err
		}
		l.run.Capped = append(l.run.Capped, Capped{Key: f.keyOf(l.st, hash), Records: len(block), Skipped: skipped(len(block), reach)})
	}
	var item [12]byte
	binary.BigEndian.PutUint32(item[8:], number)
	for i := range block {
		binary.BigEndian.PutUint32(item[:], uint32(block[i]))
		for j := i + 1; j < min(len(block), i+1+reach); j++ {
			binary.BigEndian.PutUint32(item[4:], uint32(block[j]))
			if err := l.pairs.Add(item[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// An edge ties two records together: by what comparison says of them, or by a
// person's word only.
const (
	orderedEdge  = 0
	comparedEdge = 1
)

// tie spills an edge; a and b are ranks.
func (l *large) tie(a, b int32, by byte) error {
	l.tops.join(a, b)
	item := appendUint32(make([]byte, 0, 9), uint32(min(a, b)))
	return l.edges.Add(append(appendUint32(item, uint32(max(a, b))), by))
}

// compare judges the pairs, and keeps those that are not simply different.
func (l *large) compare(ctx context.Context) error {
	sorted, err := l.byBlock(ctx)
	if err != nil {
		return err
	}
	l.edges = l.sorter(false)
	l.tops = newDisjoint(l.run.Records)
	for _, o := range l.orders {
		if err := l.tie(o.a, o.b, orderedEdge); err != nil {
			return err
		}
	}
	return spread(ctx, func(give func([]uint64) bool) error { return l.feedPairs(ctx, sorted, give) }, func() func([]uint64) error {
		return (&comparer{l: l, forms: newFormCache(l)}).portion
	})
}

// byBlock puts each pair once, in the first block it is of, behind the number of
// that block: the records of a block are then read once for all its pairs.
func (l *large) byBlock(ctx context.Context) (*spill.Sorter, error) {
	sorted := l.sorter(false)
	var last [8]byte
	var out [12]byte
	for item, err := range l.pairs.Sorted(ctx) {
		if err != nil {
			return nil, err
		}
		// No record is paired with itself, so that no pair is all zeros.
		if [8]byte(item) == last {
			continue
		}
		last = [8]byte(item)
		copy(out[:], item[8:])
		copy(out[4:], item[:8])
		if err := sorted.Add(out[:]); err != nil {
			return nil, err
		}
	}
	l.run.Candidates = int(sorted.Len())
	return sorted, nil
}

// feedPairs cuts the pairs into portions.
func (l *large) feedPairs(ctx context.Context, sorted *spill.Sorter, give func([]uint64) bool) error {
	var pairs []uint64
	done, total := int64(0), sorted.Len()
	for item, err := range sorted.Sorted(ctx) {
		if err != nil {
			return err
		}
		done++
		l.tell("comparing", done, total)
		if pairs = append(pairs, binary.BigEndian.Uint64(item[4:])); len(pairs) == 64*portion {
			if !give(pairs) {
				return nil
			}
			pairs = nil
		}
	}
	give(pairs)
	return nil
}

// comparer is a worker that compares.
type comparer struct {
	l     *large
	forms *formCache
}

func (c *comparer) portion(pairs []uint64) error {
	s := c.l.search(2)
	compared := 0
	var found []uint64
	for _, p := range pairs {
		var err error
		if s.forms[0], err = c.forms.at(int32(p >> 32)); err != nil {
			return err
		}
		if s.forms[1], err = c.forms.at(int32(p & math.MaxUint32)); err != nil {
			return err
		}
		if s.hopeless(0, 1) {
			continue
		}
		compared++
		if j := s.evidence(0, 1).judge(); j.tells() {
			found = append(found, p)
		}
	}
	c.l.mu.Lock()
	defer c.l.mu.Unlock()
	c.l.run.Compared += compared
	for _, p := range found {
		if err := c.l.tie(int32(p>>32), int32(p&math.MaxUint32), comparedEdge); err != nil {
			return err
		}
	}
	return nil
}

// search makes room to compare n records.
func (l *large) search(n int) *search {
	return &search{st: l.st, trust: l.st.trusted(), policy: l.policy, forms: make([]*form, n), records: make([]*record.Record, n)}
}

// formCache keeps the forms that were unpacked last: those of the block that is
// compared.
type formCache struct {
	l     *large
	slots []struct {
		rank int32
		form *form
	}
	buf []byte
}

// formSize is about what an unpacked form takes in memory.
const formSize = 3 << 10

func newFormCache(l *large) *formCache {
	c := &formCache{l: l}
	n := max(16, min(1<<14, l.live()/16/formSize))
	c.slots = make([]struct {
		rank int32
		form *form
	}, n)
	return c
}

func (c *formCache) at(rank int32) (*form, error) {
	slot := &c.slots[int(rank)%len(c.slots)]
	if slot.form != nil && slot.rank == rank {
		return slot.form, nil
	}
	f, _, err := c.l.load(rank, &c.buf)
	if err == nil {
		slot.rank, slot.form = rank, f
	}
	return f, err
}

// load reads a record by its rank.
func (l *large) load(rank int32, buf *[]byte) (*form, Place, error) {
	item, room, err := l.store.Item(int(rank), *buf)
	*buf = room
	if err != nil {
		return nil, Place{}, err
	}
	f, at, err := l.unpackRecord(item)
	if err != nil {
		return nil, Place{}, err
	}
	f.rank = rank
	return f, at, nil
}

// disjoint joins ranks to sets, each named by its smallest member.
type disjoint []int32

func newDisjoint(n int) disjoint {
	d := make(disjoint, n)
	for i := range d {
		d[i] = int32(i)
	}
	return d
}

func (d disjoint) top(i int32) int32 {
	for d[i] != i {
		d[i] = d[d[i]]
		i = d[i]
	}
	return i
}

func (d disjoint) join(a, b int32) {
	if x, y := d.top(a), d.top(b); x < y {
		d[y] = x
	} else {
		d[x] = y
	}
}
