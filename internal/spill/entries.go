package spill

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
)

// Entry is a key and a number that goes with it.
type Entry struct {
	Key    uint64
	Number uint32
}

// entryBytes is how many bytes of a block an entry takes.
const entryBytes = 12

// Entries takes entries in any order and gives them back in the order of their
// keys. Since all have one size they are not compared: each is put to one of a few
// hundred parts by the first bits of its key as it comes, and a part is sorted by
// distribution when it is its turn. What fits as a whole is never written; a part
// that does not fit is parted again by the next bits.
type Entries struct {
	space  *Space
	memory int
	bits   int // of the keys that are not the same in all
	shift  int // what follows the bits that choose a part
	parts  []part
	file   *file
	n      int64
}

// part is the entries whose keys begin alike.
type part struct {
	buf    []byte  // a block in the making, with room for its head
	places []int64 // of the blocks that are written
	n      int     // entries
}

// Entries makes one that takes about so many bytes of memory, 64 KiB at least, for
// keys of so many bits, 1 to 64.
func (s *Space) Entries(memory, keyBits int) *Entries {
	// More parts than a few hundred are slower to fill than to sort.
	const leastBuffer, most = 1 << 14, 8
	memory = max(memory, 1<<16)
	chosen := min(keyBits, most, bits.Len(uint(memory/2/leastBuffer)))
	return &Entries{space: s, memory: memory, bits: keyBits, shift: keyBits - chosen, parts: make([]part, 1<<chosen)}
}

// Len is how many entries were added.
func (x *Entries) Len() int64 { return x.n }

// Add puts in an entry.
func (x *Entries) Add(e Entry) error {
	i := 0
	if x.shift < x.bits {
		i = int(e.Key << (64 - x.bits) >> (64 - x.bits + x.shift))
	}
	p := &x.parts[i]
	if len(p.buf) == 0 {
		p.buf = append(p.buf, make([]byte, blockHead)...)
	}
	p.buf = binary.LittleEndian.AppendUint64(p.buf, e.Key)
	p.buf = binary.LittleEndian.AppendUint32(p.buf, e.Number)
	p.n++
	x.n++
	if len(p.buf)+entryBytes > x.memory/2/len(x.parts) {
		return x.write(p)
	}
	return nil
}

// write writes the block in the making of a part.
func (x *Entries) write(p *part) error {
	if len(p.buf) == 0 {
		return nil
	}
	if x.file == nil {
		f, err := x.space.file()
		if err != nil {
			return err
		}
		x.file = f
	}
	p.places = append(p.places, x.file.size)
	sealBlock(p.buf)
	err := x.file.write(p.buf)
	p.buf = p.buf[:0]
	return err
}

// Sorted gives the entries in the order of their keys, those of one key in any
// order, as lists that follow one another; each is valid until the next, and the
// entries of one key may stand in several. Nothing can be added any more; what is
// held in memory and on disk is freed at the end of the loop, however it ends, and
// there can be no second one. An error ends it; it is that of the context if that
// has ended.
func (x *Entries) Sorted(ctx context.Context) iter.Seq2[[]Entry, error] {
	return func(yield func([]Entry, error) bool) {
		defer x.free()
		r := &entryReader{ctx: ctx, yield: yield}
		if err := r.all(x); err != nil {
			yield(nil, err)
		}
	}
}

// free drops all that is held.
func (x *Entries) free() {
	x.parts = nil
	// The file is only read: what closing it may say does not matter any more.
	_ = x.file.close()
	x.file = nil
}

// entryReader sorts and gives part after part, in the same room.
type entryReader struct {
	ctx           context.Context
	yield         func([]Entry, error) bool
	ended         bool // nobody wants more
	entries, room []Entry
	block         []byte
}

func (r *entryReader) all(x *Entries) error {
	if x.file != nil {
		for i := range x.parts {
			if err := x.write(&x.parts[i]); err != nil {
				return err
			}
			x.parts[i].buf = nil
		}
	}
	for i := range x.parts {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := r.part(x, &x.parts[i]); err != nil || r.ended {
			return err
		}
		x.parts[i] = part{}
	}
	return nil
}

// part gives the entries of one part.
func (r *entryReader) part(x *Entries, p *part) error {
	const size = 2 * 16 // of an entry and the room to sort it, in memory
	switch {
	case p.n == 0:
		return nil
	case p.n > x.memory/2/size && x.shift > 0:
		return r.again(x, p)
	}
	r.entries = r.entries[:0]
	err := r.blocks(x, p, func(block []byte) error {
		r.entries = slices.Grow(r.entries, len(block)/entryBytes)
		for ; len(block) >= entryBytes; block = block[entryBytes:] {
			r.entries = append(r.entries, entryOf(block))
		}
		// All keys are the same where no bits are left.
		if x.shift == 0 && len(r.entries) > x.memory/2/size {
			r.give()
		}
		return nil
	})
	if err != nil {
		return err
	}
	if x.shift > 0 {
		r.entries, r.room = sortEntries(r.entries, r.room, x.shift)
	}
	r.give()
	return nil
}

// give hands on what was read.
func (r *entryReader) give() {
	if len(r.entries) > 0 && !r.ended {
		r.ended = !r.yield(r.entries, nil)
	}
	r.entries = r.entries[:0]
}

// again parts a part by the bits that follow.
func (r *entryReader) again(x *Entries, p *part) error {
	finer := x.space.Entries(x.memory, x.shift)
	defer finer.free()
	err := r.blocks(x, p, func(block []byte) error {
		for ; len(block) >= entryBytes; block = block[entryBytes:] {
			if err := finer.Add(entryOf(block)); err != nil {
				return err
			}
		}
		return r.ctx.Err()
	})
	if err != nil {
		return err
	}
	r.entries, r.room = nil, nil
	return r.all(finer)
}

// blocks hands on what stands in the blocks of a part.
func (r *entryReader) blocks(x *Entries, p *part, do func([]byte) error) error {
	for _, at := range p.places {
		items, room, _, err := readBlock(x.file, at, x.memory/2/len(x.parts), r.block)
		r.block = room
		if err != nil {
			return err
		}
		if err := do(items); err != nil || r.ended {
			return err
		}
	}
	if len(p.buf) == 0 {
		return nil
	}
	return do(p.buf[blockHead:])
}

func entryOf(b []byte) Entry {
	return Entry{binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint32(b[8:])}
}

// digit is how many bits one round of distribution sorts by.
const digit = 11

// sortEntries sorts by the last so many bits of the keys, which agree in all
// before: by the first of them in two rounds of distribution, and what little is
// left out of order then is put right. It gives back the list and the room for the
// next one.
func sortEntries(list, room []Entry, low int) (sorted, spare []Entry) {
	const few = 64
	if len(list) <= few {
		slices.SortFunc(list, Entry.compare)
		return list, room
	}
	room = slices.Grow(room[:0], len(list))[:len(list)]
	second := max(low-2*digit, 0)
	distribute(room, list, second)
	distribute(list, room, second+digit)
	for from := 0; second > 0 && from < len(list); {
		to := from + 1
		for to < len(list) && list[to].Key>>second == list[from].Key>>second {
			to++
		}
		sortFew(list[from:to])
		from = to
	}
	return list, room
}

func (e Entry) compare(f Entry) int { return cmp.Compare(e.Key, f.Key) }

// sortFew sorts by insertion where that is faster.
func sortFew(list []Entry) {
	const few = 24
	if len(list) > few {
		slices.SortFunc(list, Entry.compare)
		return
	}
	for i := 1; i < len(list); i++ {
		for k := i; k > 0 && list[k].Key < list[k-1].Key; k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
	}
}

// distribute writes entries to dst in the order of the bits of their keys from
// shift on, as many as one round takes; those that agree in them keep their order.
func distribute(dst, entries []Entry, shift int) {
	var next [1 << digit]uint32
	const mask = 1<<digit - 1
	for i := range entries {
		next[entries[i].Key>>shift&mask]++
	}
	at := uint32(0)
	for i, n := range next {
		next[i], at = at, at+n
	}
	for _, e := range entries {
		i := e.Key >> shift & mask
		dst[next[i]] = e
		next[i]++
	}
}
