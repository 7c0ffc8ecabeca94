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
	lex := newLexicon(l.st, l.live()/4)
	l.forms, l.keys = l.sorter(false), l.space.Entries(l.live()*3/8, 64)
	return spread(ctx, func(give func(portionOf) bool) error { return l.feedRecords(source, give) }, func() func(portionOf) error {
		w := &spiller{folder: folder{ahead: portion}}
		return func(p portionOf) error { return l.foldPortion(w, lex, p) }
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

// spiller is a worker that folds records and packs what is spilled of them.
type spiller struct {
	folder
	packed []byte // of a portion, one behind the other
	ends   []int
	hashes []uint64
	keys   []spill.Entry
}

// foldPortion folds, and spills what is packed.
func (l *large) foldPortion(w *spiller, lex *lexicon, p portionOf) error {
	if len(w.journals) > l.live()/32/journalSize {
		clear(w.journals)
	}
	w.again()
	w.packed, w.ends, w.keys = w.packed[:0], w.ends[:0], w.keys[:0]
	for i, r := range p.records {
		f := w.fold(r)
		lex.weigh(f)
		number := p.first + int32(i)
		w.packed = packedRecord(w.packed, f, r, number)
		w.ends = append(w.ends, len(w.packed))
		w.hashes = f.appendHashes(l.st, w.hashes[:0])
		slices.Sort(w.hashes)
		for _, hash := range slices.Compact(w.hashes) {
			w.keys = append(w.keys, spill.Entry{Key: hash, Number: uint32(number)})
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	from := 0
	for _, to := range w.ends {
		if err := l.forms.Add(w.packed[from:to]); err != nil {
			return err
		}
		from = to
	}
	for _, k := range w.keys {
		if err := l.keys.Add(k); err != nil {
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
	var err error
	if l.store, err = l.space.Store(formBlock); err != nil {
		return err
	}
	glances, err := l.space.Store(glanceBlock)
	if err != nil {
		return err
	}
	if l.policy.mayGlance() {
		l.glances = glances
	}
	for item, err := range l.forms.Sorted(ctx) {
		if err != nil {
			return err
		}
		n := len(item) - glanceSize
		if n < recordTail {
			return errUnpacked
		}
		l.ranks[numberOf(item[:n])] = int32(l.store.Len())
		if err := errors.Join(l.store.Append(item[:n]), glances.Append(item[n:])); err != nil {
			return err
		}
		l.tell("sorting", int64(l.store.Len()), int64(l.run.Records))
	}
	return errors.Join(l.store.Flush(), glances.Flush(), l.placeOrders())
}

// Bytes of the blocks in which forms and glances are stored: forms are read one by
// one, glances one behind the other.
const (
	formBlock   = 1 << 12
	glanceBlock = 1 << 16
)

// tell reports progress where it is a round number.
func (l *large) tell(stage string, done, total int64) {
	if done%(1<<14) == 0 || done == total {
		l.progress(stage, done, total)
	}
}

// pair forms the pairs of records that share a key.
func (l *large) pair(ctx context.Context) error {
	l.tiles = newTiling(l.run.Records, l.live()/4/glanceSize)
	l.pairs = l.space.Entries(l.live()/4, l.tiles.bits())
	var block []int32
	var hash uint64
	total, done := l.keys.Len(), int64(0)
	for list, err := range l.keys.Sorted(ctx) {
		if err != nil {
			return err
		}
		for _, k := range list {
			if k.Key != hash {
				if err := l.pairBlock(hash, block); err != nil {
					return err
				}
				hash, block = k.Key, block[:0]
			}
			block = append(block, int32(k.Number))
		}
		done += int64(len(list))
		l.progress("pairing", done, total)
	}
	err := l.pairBlock(hash, block)
	slices.SortFunc(l.run.Capped, Capped.compare)
	l.ranks = nil
	return err
}

// pairBlock spills the pairs of a block of records, which are given by number.
func (l *large) pairBlock(hash uint64, block []int32) error {
	if len(block) < 2 {
		return nil
	}
	l.run.Blocks++
	for i, number := range block {
		block[i] = l.ranks[number]
	}
	slices.Sort(block)
	reach := len(block)
	if len(block) > l.policy.BlockCap {
		reach = l.policy.reach()
		ld := l.loader()
		f, _, err := ld.at(block[0])
		if err != nil {
			return err
		}
		l.run.Capped = append(l.run.Capped, Capped{Key: f.keyOf(l.st, hash), Records: len(block), Skipped: skipped(len(block), reach)})
	}
	for i, a := range block {
		for _, b := range block[i+1 : min(len(block), i+1+reach)] {
			if err := l.pairs.Add(spill.Entry{Key: l.tiles.key(a, b)}); err != nil {
				return err
			}
		}
	}
	return nil
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
