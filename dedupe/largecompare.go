package dedupe

import (
	"runtime"

	"github.com/evidence-go/evidence/internal/spill"
	"github.com/evidence-go/evidence/record"
)

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

// comparer is a worker that compares.
type comparer struct {
	l        *large
	search   *search
	forms    *formCache
	evidence evidence
	found    [][2]int32
	touched  uint32
}

// comparer gives worker number i, which is new or the one of earlier tiles.
func (l *large) comparer(i int) *comparer {
	if i == len(l.crew) {
		l.crew = append(l.crew, &comparer{l: l, search: l.search(2), forms: newFormCache(l, runtime.GOMAXPROCS(0))})
	}
	return l.crew[i]
}

// portion judges pairs of a tile.
func (c *comparer) portion(v *view, keys []uint64) error {
	t, compared := c.l.tiles, 0
	lo, hi := v.lo, v.columns()
	fromLo, fromHi := int32(v.of.lo*t.size), int32(v.of.hi*t.size)
	c.found = c.found[:0]
	for i, key := range keys {
		if i%lookahead == 0 && lo != nil {
			c.touch(lo, keys[i:min(len(keys), i+lookahead)])
		}
		a, b := t.places(key)
		if lo != nil && lo[a].apart(&hi[b]) {
			continue
		}
		pair := [2]int32{fromLo + int32(a), fromHi + int32(b)}
		if err := c.forms.both(c.search.forms, pair); err != nil {
			return err
		}
		if c.search.hopeless(0, 1) {
			continue
		}
		compared++
		c.search.evidenceIn(&c.evidence, 0, 1)
		if _, any := c.evidence.judgeIfAny(); any {
			c.found = append(c.found, pair)
		}
	}
	c.l.mu.Lock()
	defer c.l.mu.Unlock()
	c.l.run.Compared += compared
	for _, p := range c.found {
		if err := c.l.tie(p[0], p[1], comparedEdge); err != nil {
			return err
		}
	}
	return nil
}

// lookahead is of how many pairs the glances are fetched at once.
const lookahead = 16

// touch fetches the glances of the lesser ranks of pairs, which stand anywhere in
// memory, so that a processor waits for all of them together. The others are met in
// their order.
func (c *comparer) touch(lo []glance, keys []uint64) {
	sum := uint32(0)
	for _, key := range keys {
		a, _ := c.l.tiles.places(key)
		g := &lo[a]
		sum += uint32(g.head) + uint32(g.letters[26]) + g.marks[4] + uint32(g.bits[15])
	}
	c.touched = sum
}

// search makes room to compare n records.
func (l *large) search(n int) *search {
	return &search{st: l.st, trust: l.st.trusted(), policy: l.policy, forms: make([]*form, n), records: make([]*record.Record, n)}
}

// formCache keeps the forms that were unpacked last.
type formCache struct {
	loader loader
	slots  []*form // at a place that the rank gives
	spare  form    // the second of two for one slot
}

// formSize is about what an unpacked form takes in memory.
const formSize = 3 << 10

// newFormCache makes one of so many.
func newFormCache(l *large, of int) *formCache {
	n := max(16, min(1<<14, l.live()/8/of/formSize))
	return &formCache{loader: l.loader(), slots: make([]*form, n)}
}

// both gives the forms of two ranks, until the next call.
func (c *formCache) both(forms []*form, ranks [2]int32) (err error) {
	if forms[0], err = c.at(ranks[0]); err != nil {
		return err
	}
	if n := int32(len(c.slots)); ranks[0]%n == ranks[1]%n && ranks[0] != ranks[1] {
		forms[1] = &c.spare
		return c.loader.read(ranks[1], &c.spare)
	}
	forms[1], err = c.at(ranks[1])
	return err
}

func (c *formCache) at(rank int32) (*form, error) {
	slot := &c.slots[int(rank)%len(c.slots)]
	switch f := *slot; {
	case f == nil:
		*slot = &form{}
	case f.rank == rank:
		return f, nil
	}
	return *slot, c.loader.read(rank, *slot)
}

// loader reads records by their rank, for one goroutine.
type loader struct{ reader *spill.Reader }

func (l *large) loader() loader { return loader{l.store.Reader()} }

// at reads a record.
func (ld *loader) at(rank int32) (*form, Place, error) {
	item, err := ld.reader.Item(int(rank))
	if err != nil {
		return nil, Place{}, err
	}
	f := &form{}
	at, err := unpackRecord(item, f)
	f.rank = rank
	return f, at, err
}

// read reads the form of a record into f.
func (ld *loader) read(rank int32, f *form) error {
	item, err := ld.reader.Item(int(rank))
	if err == nil {
		_, err = unpackRecord(item, f)
	}
	if f.rank = rank; err != nil {
		f.rank = noRank
	}
	return err
}

// noRank is the rank of no record.
const noRank = -1
