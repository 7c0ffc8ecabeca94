package query

import (
	"cmp"
	"slices"
)

// stretch is a run of words of an item: from the first to one past the last,
// counted from 0.
type stretch struct{ from, to int32 }

// maxStretches bounds the work on one nearness in one item of a record: 3,000 words
// each of which is near each other come nowhere near it.
const maxStretches = 1 << 17

// nearby gives the stretches that hold one stretch of each of several lists, no
// two of which share a word, with at most gap words that belong to none; each
// begins and ends with one of them. With ordered they follow one another in the
// order of the lists. The lists are sorted, and so is the result, which holds
// each stretch once; it is appended to dst. ok is false where there are too many
// ways to try (maxStretches); dst is then as it was.
func nearby(dst []stretch, lists [][]stretch, gap int, ordered bool) (out []stretch, ok bool) {
	for _, l := range lists {
		if len(l) == 0 {
			return dst, true
		}
	}
	base := len(dst)
	switch {
	case len(lists) == 1:
		return append(dst, lists[0]...), true
	case len(lists) == 2:
		dst, ok = pairs(dst, lists[0], lists[1], gap)
		if ok && !ordered {
			dst, ok = pairs(dst, lists[1], lists[0], gap)
		}
	default:
		w := windows{lists: lists, gap: gap, ordered: ordered}
		dst, ok = w.all(dst)
	}
	if !ok {
		return dst[:base], false
	}
	slices.SortFunc(dst[base:], compareStretches)
	return dst[:base+len(slices.Compact(dst[base:]))], true
}

func compareStretches(a, b stretch) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
}

// following gives those of a sorted list that begin at word from to word to,
// both included.
func following(list []stretch, from, to int32) []stretch {
	i, _ := slices.BinarySearchFunc(list, from, func(s stretch, from int32) int { return cmp.Compare(s.from, from) })
	end := i
	for end < len(list) && list[end].from <= to {
		end++
	}
	return list[i:end]
}

// pairs appends the stretches of one of first and one of then behind it.
func pairs(dst, first, then []stretch, gap int) (out []stretch, ok bool) {
	base := len(dst)
	for _, a := range first {
		for _, b := range following(then, a.to, reach(a.to, gap)) {
			dst = append(dst, stretch{a.from, b.to})
		}
		if len(dst)-base > maxStretches {
			return dst, false
		}
	}
	return dst, true
}

// reach is the last word that may follow at a gap.
func reach(at int32, gap int) int32 { return int32(min(int64(at)+int64(gap), 1<<31-1)) }

// windows tries the ways to take one stretch of each of three lists or more, one
// behind the other. Two ways that begin and end at the same words and have used the
// same lists are one: the one with more room left.
type windows struct {
	lists   [][]stretch
	gap     int
	ordered bool
}

// way is where some ways begin and end, and the lists they have used, as bits.
type way struct {
	stretch
	used uint64
}

func (w *windows) all(dst []stretch) (out []stretch, ok bool) {
	ways := map[way]int{} // the words that belong to none so far, as few as can be
	for i, list := range w.lists {
		if i > 0 && w.ordered {
			break
		}
		for _, s := range list {
			ways[way{s, 1 << i}] = 0
		}
	}
	tried := len(ways)
	for range len(w.lists) - 1 {
		next := map[way]int{}
		for at, lost := range ways {
			w.extend(next, at, lost)
			if tried+len(next) > maxStretches {
				return dst, false
			}
		}
		tried += len(next)
		ways = next
	}
	for at := range ways {
		dst = append(dst, at.stretch)
	}
	return dst, true
}

// extend adds to next each way that has one stretch more than a way.
func (w *windows) extend(next map[way]int, at way, lost int) {
	for i, list := range w.lists {
		if at.used>>i&1 != 0 {
			continue
		}
		for _, s := range following(list, at.to, reach(at.to, w.gap-lost)) {
			longer := way{stretch{at.from, s.to}, at.used | 1<<i}
			words := lost + int(s.from-at.to)
			if before, ok := next[longer]; !ok || words < before {
				next[longer] = words
			}
		}
		if w.ordered {
			return // the first list that is not used comes next
		}
	}
}

// nearReader finds the places of a near in an item. It is room that is used again.
type nearReader struct {
	could []bool      // of each place of the near, whether the item has the phrases for it
	at    [][]stretch // of each place, where it is
	room  []stretch
}

// places gives the stretches of a near in an item, whose places of phrases are
// sorted by phrase. ok is false where there are too many ways to try.
func (n *nearReader) places(p *plan, near *near, spots []spot) (out []stretch, ok bool) {
	if !n.possible(p, near, spots) {
		return nil, true
	}
	n.at, n.room = n.at[:0], n.room[:0]
	for i := near.first; i <= near.root; i++ {
		from := len(n.room)
		if n.could[i-near.first] {
			if !n.fill(p, near.first, &p.places[i], spots) {
				return nil, false
			}
		}
		n.at = append(n.at, n.room[from:len(n.room):len(n.room)])
	}
	return n.at[near.root-near.first], true
}

// possible fills in could, from the phrases that are there alone.
func (n *nearReader) possible(p *plan, near *near, spots []spot) bool {
	n.could = n.could[:0]
	for i := near.first; i <= near.root; i++ {
		pl := &p.places[i]
		args := p.args[pl.from:pl.to]
		could := pl.op == placeAll || pl.op == placeNear
		switch pl.op {
		case placePhrase:
			could = len(spotsOf(spots, pl.phrase)) > 0
		case placeButNot:
			could = n.could[args[0]-near.first]
		case placeAny:
			for _, a := range args {
				could = could || n.could[a-near.first]
			}
		default:
			for _, a := range args {
				could = could && n.could[a-near.first]
			}
		}
		n.could = append(n.could, could)
	}
	return n.could[near.root-near.first]
}

// spotsOf gives those of one phrase.
func spotsOf(spots []spot, phrase int32) []spot {
	i, _ := slices.BinarySearchFunc(spots, phrase, func(s spot, phrase int32) int { return cmp.Compare(s.phrase, phrase) })
	end := i
	for end < len(spots) && spots[end].phrase == phrase {
		end++
	}
	return spots[i:end]
}

// fill appends the stretches of a place to room, sorted, each once.
func (n *nearReader) fill(p *plan, first int32, pl *place, spots []spot) bool {
	from := len(n.room)
	args := p.args[pl.from:pl.to]
	switch pl.op {
	case placePhrase:
		for _, s := range spotsOf(spots, pl.phrase) {
			n.room = append(n.room, s.stretch)
		}
		return true
	case placeButNot:
		if len(n.at[args[1]-first]) == 0 {
			n.room = append(n.room, n.at[args[0]-first]...)
		}
		return true
	case placeNear:
		lists := make([][]stretch, len(args))
		for i, a := range args {
			lists[i] = n.at[a-first]
		}
		var ok bool
		n.room, ok = nearby(n.room, lists, pl.gap, pl.ordered)
		return ok
	}
	for _, a := range args {
		if pl.op == placeAll && len(n.at[a-first]) == 0 {
			n.room = n.room[:from]
			return true
		}
		n.room = append(n.room, n.at[a-first]...)
		if len(n.room) > 16*maxStretches {
			return false
		}
	}
	slices.SortFunc(n.room[from:], compareStretches)
	n.room = n.room[:from+len(slices.Compact(n.room[from:]))]
	return true
}

// narrowest gives those of sorted stretches that hold no other.
func narrowest(in []stretch) []stretch {
	var out []stretch
	for _, s := range in {
		for len(out) > 0 && out[len(out)-1].to >= s.to {
			out = out[:len(out)-1]
		}
		if len(out) > 0 && out[len(out)-1].from == s.from {
			continue
		}
		out = append(out, s)
	}
	return out
}
