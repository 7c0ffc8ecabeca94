package dedupe

import (
	"context"
	"math/bits"
)

// The candidates of a large run are sorted by tiles: by which part of the ranks
// each of the two records is in. While a tile is gone through, the glances of both
// parts are in memory, and the few pairs that they do not tell apart are handed on.
//
//	       rank of the other ─▶
//	rank  ┌───┬───┬───┐
//	of    │ 1 │ 2 │ 3 │  the glances of a row are read once, and for each of its
//	one   └───┼───┼───┤  tiles those of the column
//	 │        │ 4 │ 5 │
//	 ▼        └───┼───┤
//	              │ 6 │
//	              └───┘

// tiling says how the ranks are cut into parts.
type tiling struct {
	size  int // ranks of a part
	part  int // bits that number a part
	place int // bits that number a place in one
}

// mostTileBits is how many bits a key has at most: two ranks of 31 bits.
const mostTileBits = 62

// newTiling cuts the ranks of so many records into parts of most records, or, where
// the keys would be too long, of the next lower power of two.
func newTiling(records, most int) tiling {
	size := max(1, min(records, most))
	t := tilingOf(records, size)
	if t.bits() > mostTileBits {
		t = tilingOf(records, 1<<(bits.Len(uint(size))-1))
	}
	return t
}

func tilingOf(records, size int) tiling {
	parts := (records + size - 1) / size
	return tiling{size, bits.Len(uint(max(parts-1, 0))), bits.Len(uint(size - 1))}
}

// bits is how many bits a key of the tiling has.
func (t tiling) bits() int { return 2 * (t.part + t.place) }

// key gives a pair of ranks the key by which it is sorted: its tile, and in the
// tile the greater rank, then the lesser one. No key is 0.
func (t tiling) key(a, b int32) uint64 {
	lo, hi, size := uint64(min(a, b)), uint64(max(a, b)), uint64(t.size)
	return lo/size<<(t.part+2*t.place) | hi/size<<(2*t.place) | hi%size<<t.place | lo%size
}

// tile gives the parts of both ranks of a key.
func (t tiling) tile(key uint64) tile {
	return tile{int(key >> (t.part + 2*t.place)), int(key >> (2 * t.place) & (1<<t.part - 1))}
}

// places gives the places of both ranks of a key in their parts.
func (t tiling) places(key uint64) (lo, hi int) {
	mask := uint64(1)<<t.place - 1
	return int(key & mask), int(key >> t.place & mask)
}

// tile is two parts of the ranks.
type tile struct{ lo, hi int }

// view is the glances of both parts of a tile; it has none when all pairs are to
// be compared in full.
type view struct {
	of     tile
	lo, hi []glance
	inLo   int // the part that is in lo, counted from 1
	inHi   int
}

// show reads the glances of a tile.
func (l *large) show(v *view, of tile) (err error) {
	v.of = of
	if l.glances == nil {
		return nil
	}
	if v.inLo != of.lo+1 {
		v.inLo = of.lo + 1
		if v.lo, err = l.glancesOf(of.lo, v.lo); err != nil {
			return err
		}
	}
	if v.inHi != of.hi+1 && of.hi != of.lo {
		v.inHi = of.hi + 1
		v.hi, err = l.glancesOf(of.hi, v.hi)
	}
	return err
}

// columns gives the glances of the greater ranks.
func (v *view) columns() []glance {
	if v.of.lo == v.of.hi {
		return v.lo
	}
	return v.hi
}

// glancesOf reads the glances of a part into room.
func (l *large) glancesOf(part int, room []glance) ([]glance, error) {
	room = room[:0]
	from := part * l.tiles.size
	for item, err := range l.glances.Items(from, min(l.run.Records, from+l.tiles.size)) {
		if err != nil {
			return nil, err
		}
		if len(item) != glanceSize {
			return nil, errUnpacked
		}
		room = append(room, unpackGlance(item))
	}
	return room, nil
}

// compare judges the pairs, and keeps those that are not simply different.
func (l *large) compare(ctx context.Context) error {
	l.edges = l.space.Sorter(l.live()/8, false)
	l.tops = newDisjoint(l.run.Records)
	for _, o := range l.orders {
		if err := l.tie(o.a, o.b, orderedEdge); err != nil {
			return err
		}
	}
	var v view
	var last uint64
	var keys []uint64
	done, total := int64(0), l.pairs.Len()
	for list, err := range l.pairs.Sorted(ctx) {
		if err != nil {
			return err
		}
		done += int64(len(list))
		l.progress("comparing", done, total)
		for len(list) > 0 {
			of := l.tiles.tile(list[0].Key)
			keys = keys[:0]
			for len(list) > 0 && l.tiles.tile(list[0].Key) == of {
				if key := list[0].Key; key != last {
					keys = append(keys, key)
					last = key
				}
				list = list[1:]
			}
			if err := l.show(&v, of); err != nil {
				return err
			}
			if err := l.compareTile(ctx, &v, keys); err != nil {
				return err
			}
		}
	}
	l.crew = nil
	return ctx.Err()
}

// compareTile judges different pairs of one tile.
func (l *large) compareTile(ctx context.Context, v *view, keys []uint64) error {
	l.run.Candidates += len(keys)
	const most = 64 * portion
	feed := func(give func([]uint64) bool) error {
		for len(keys) > 0 {
			n := min(len(keys), most)
			if !give(keys[:n]) {
				break
			}
			keys = keys[n:]
		}
		return nil
	}
	workers := 0
	return spread(ctx, feed, func() func([]uint64) error {
		c := l.comparer(workers)
		workers++
		return func(keys []uint64) error { return c.portion(v, keys) }
	})
}
