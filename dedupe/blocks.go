package dedupe

import (
	"context"
	"math/bits"
	"slices"
)

// This file forms the candidates: pairs of records that share a key. The keys of
// all records are sorted by their hashes; those that two or more share make a
// block. Pairs are never listed as a whole, each record finds its own.
//
//	keys of each record ─▶ parts by the first bits of the hash ─▶ each sorted ─▶ blocks
//	                                                             record ─▶ those behind it in its blocks

// blockEntry is a key's hash and a record that has it.
type blockEntry struct {
	hash uint64
	rank int32
}

func (x blockEntry) compare(y blockEntry) int {
	switch {
	case x.hash < y.hash || x.hash == y.hash && x.rank < y.rank:
		return -1
	case x == y:
		return 0
	}
	return 1
}

// blocks tells for each record with which others it shares a key.
type blocks struct {
	members []int32  // ranks, block behind block, in order within a block
	from    []uint32 // by rank: where the stretches of a record begin in ahead; one more at the end
	ahead   []span   // stretches of members that a record is paired with
	glances []glance // by rank; none when the policy wants all pairs compared in full
}

type span struct{ from, to uint32 }

// near appends the records behind that of the rank with which it shares a key,
// each once, in order.
func (b *blocks) near(rank int, out []int32) []int32 {
	first := len(out)
	for _, s := range b.ahead[b.from[rank]:b.from[rank+1]] {
		out = append(out, b.members[s.from:s.to]...)
	}
	slices.Sort(out[first:])
	return out[:first+len(slices.Compact(out[first:]))]
}

// blocks forms the blocks and counts them.
func (s *search) blocks(ctx context.Context, run *RunStats) (*blocks, error) {
	var glances []glance
	if s.policy.mayGlance() {
		glances = make([]glance, len(s.order))
	}
	parts, err := s.keyParts(ctx, glances)
	if err != nil {
		return nil, err
	}
	found := make([]partBlocks, len(parts))
	err = onEach(ctx, len(parts)*stretch, func() func(from, to int) {
		var room []blockEntry
		return func(from, to int) {
			room = sortByHash(parts[from/stretch], room, partBits(len(s.order)))
			found[from/stretch] = s.blocksOf(parts[from/stretch])
		}
	})
	if err != nil {
		return nil, err
	}
	b := s.index(found, run)
	b.glances = glances
	return b, nil
}

// partBlocks are the blocks of one part of the keys.
type partBlocks struct {
	entries []blockEntry // of the blocks, each behind the other
	blocks  int
	capped  []Capped
}

// sortByHash sorts a part of the keys whose hashes begin with the same bits, by
// the next bits in two rounds of distribution; what little is left out of order then
// is put right. It returns the room that it took, for the next part.
func sortByHash(part, room []blockEntry, same int) []blockEntry {
	const digit, few = 11, 128
	if len(part) > few {
		room = slices.Grow(room[:0], len(part))[:len(part)]
		distribute(room, part, 64-same-2*digit, 1<<digit-1)
		distribute(part, room, 64-same-digit, 1<<digit-1)
	}
	slices.SortFunc(part, blockEntry.compare)
	return room
}

// distribute writes the entries to dst in the order of some bits of their hashes,
// and those that agree in them in the order in which they came.
func distribute(dst, entries []blockEntry, shift int, mask uint64) {
	var next [1 << 11]uint32
	for _, x := range entries {
		next[x.hash>>shift&mask]++
	}
	at := uint32(0)
	for i, n := range next {
		next[i], at = at, at+n
	}
	for _, x := range entries {
		i := x.hash >> shift & mask
		dst[next[i]] = x
		next[i]++
	}
}

// blocksOf finds the blocks of a sorted part of the keys, in the room of the part.
func (s *search) blocksOf(part []blockEntry) (p partBlocks) {
	part = slices.Compact(part)
	kept := part[:0]
	for len(part) > 0 {
		n := blockLength(part)
		block := part[:n]
		part = part[n:]
		if n < 2 {
			continue
		}
		p.blocks++
		if n > s.policy.BlockCap {
			p.capped = append(p.capped, s.capped(block, s.policy.reach()))
		}
		kept = append(kept, block...)
	}
	p.entries = kept
	return p
}

// blockLength is how many entries have the hash of the first.
func blockLength(entries []blockEntry) int {
	n := 1
	for n < len(entries) && entries[n].hash == entries[0].hash {
		n++
	}
	return n
}

// partBits is how many bits of a hash choose the part, so that a part is sorted
// within the cache of a processor.
func partBits(records int) int { return min(12, bits.Len(uint(records/256))) }

// keyParts gives the keys of all records, in parts by the first bits of their
// hashes, and fills in the glances on the way, if there is room for any.
func (s *search) keyParts(ctx context.Context, glances []glance) ([][]blockEntry, error) {
	shift := 64 - partBits(len(s.order))
	stretches := (len(s.order) + stretch - 1) / stretch
	found := make([][]blockEntry, stretches)
	counts := make([][]uint32, stretches) // of entries by part, then where they go
	err := onEach(ctx, len(s.order), func() func(from, to int) {
		var room []blockEntry
		var hashes []uint64
		return func(from, to int) {
			room = room[:0]
			for n := from; n < to; n++ {
				f := s.forms[s.order[n]]
				if glances != nil {
					glances[n] = atGlance(f)
				}
				hashes = f.appendHashes(s.st, hashes[:0])
				for _, h := range hashes {
					room = append(room, blockEntry{h, int32(n)})
				}
			}
			count := make([]uint32, 1<<(64-shift))
			for _, x := range room {
				count[x.hash>>shift]++
			}
			found[from/stretch], counts[from/stretch] = slices.Clone(room), count
		}
	})
	if err != nil {
		return nil, err
	}
	parts := make([][]blockEntry, 1<<(64-shift))
	const together = 64 // parts whose counts stand side by side
	onParts((len(parts)+together-1)/together, func(at int) {
		sizes := make([]uint32, min(together, len(parts)-at*together))
		for _, count := range counts {
			for i, n := range count[at*together:][:len(sizes)] {
				count[at*together+i], sizes[i] = sizes[i], sizes[i]+n
			}
		}
		for i, n := range sizes {
			parts[at*together+i] = make([]blockEntry, n)
		}
	})
	return parts, inParallel(ctx, len(s.order), func(from, to int) {
		next := counts[from/stretch]
		for _, x := range found[from/stretch] {
			i := x.hash >> shift
			parts[i][next[i]] = x
			next[i]++
		}
		found[from/stretch] = nil
	})
}

// index puts the blocks of all parts together.
func (s *search) index(found []partBlocks, run *RunStats) *blocks {
	b := &blocks{from: make([]uint32, len(s.order)+1)}
	n := 0
	for i := range found {
		p := &found[i]
		run.Blocks += p.blocks
		run.Capped = append(run.Capped, p.capped...)
		n += len(p.entries)
		for _, x := range p.entries {
			b.from[x.rank+1]++
		}
	}
	slices.SortFunc(run.Capped, Capped.compare)
	for i := range s.order {
		b.from[i+1] += b.from[i]
	}
	b.members, b.ahead = make([]int32, 0, n), make([]span, n)
	next := slices.Clone(b.from)
	for i := range found {
		for entries := found[i].entries; len(entries) > 0; {
			size := blockLength(entries)
			reach := size
			if size > s.policy.BlockCap {
				reach = s.policy.reach()
			}
			start := len(b.members)
			for k, x := range entries[:size] {
				b.members = append(b.members, x.rank)
				b.ahead[next[x.rank]] = span{uint32(start + k + 1), uint32(start + min(size, k+1+reach))}
				next[x.rank]++
			}
			entries = entries[size:]
		}
		found[i].entries = nil
	}
	return b
}
