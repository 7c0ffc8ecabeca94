package query

import (
	"cmp"
	"slices"
)

// nearSearch finds the records that a nearness is met in. In each part it looks for
// the argument whose words are rarest, then for the others in the records that are
// left, and asks what has a word of each of them item by item, as a reading does. It is room
// that is used again.
type nearSearch struct {
	run    *indexRun
	reader nearReader

	args   []nearArgument
	found  [][]uint64 // of each phrase of the near, its places in the part; the order is that of near.phrases
	known  []bool     // which of them were looked for
	room   []uint64
	seen   []int32 // of each place of the near, the last argument that was found to hold it, from 1
	cursor []int
	bounds []int32
	spots  []itemSpot
	item   []spot
}

// nearArgument is an argument of the outermost nearness.
type nearArgument struct {
	phrases []int32 // indexes in near.phrases: without any of them the argument is nowhere
	bytes   int     // of lists to be read for them
}

// itemSpot is a spot in an item of a part.
type itemSpot struct {
	item int32
	spot
}

// add adds the records in which a near is met to yes, and those in which that could
// not be found out to may.
func (s *nearSearch) add(n *near, v verdictSets) {
	s.arguments(n)
	var parts partSet
	for _, f := range n.phrases {
		parts |= s.run.scopes[s.run.phrases[f].scope].parts
	}
	parts.each(func(p part) { s.part(n, p, v) })
}

// arguments lists the phrases of each argument of a near, leaving out those that
// stand behind a not.
func (s *nearSearch) arguments(n *near) {
	plan := s.run.plan
	root := &plan.places[n.root]
	s.args = s.args[:0]
	s.seen = append(s.seen[:0], make([]int32, n.root-n.first+1)...)
	for i, a := range plan.args[root.from:root.to] {
		var arg nearArgument
		for todo := []int32{a}; len(todo) > 0; {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if s.seen[at-n.first] == int32(i+1) {
				continue
			}
			s.seen[at-n.first] = int32(i + 1)
			switch pl := &plan.places[at]; pl.op {
			case placePhrase:
				k, _ := slices.BinarySearch(n.phrases, pl.phrase)
				arg.phrases = append(arg.phrases, int32(k))
			case placeButNot:
				todo = append(todo, plan.args[pl.from])
			default:
				todo = append(todo, plan.args[pl.from:pl.to]...)
			}
		}
		s.args = append(s.args, arg)
	}
}

// part looks in one part of the records.
func (s *nearSearch) part(n *near, p part, v verdictSets) {
	all := 0
	for i := range s.args {
		a := &s.args[i]
		a.bytes = 0
		for _, k := range a.phrases {
			a.bytes += s.run.rows.begin(&s.run.phrases[n.phrases[k]], p)
		}
		if a.bytes == 0 {
			return
		}
		all += a.bytes
	}
	slices.SortStableFunc(s.args, func(a, b nearArgument) int { return cmp.Compare(a.bytes, b.bytes) })
	records := len(s.run.ix.records)
	step := stepOf(records, all, 4*s.run.room)
	for from := 0; from < records; from += step {
		s.between(n, p, uint32(from), uint32(min(from+step, records)), v)
	}
}

// between looks in one part of some records.
func (s *nearSearch) between(n *near, p part, first, behind uint32, v verdictSets) {
	s.found = append(s.found[:0], make([][]uint64, len(n.phrases))...)
	s.known = append(s.known[:0], make([]bool, len(n.phrases))...)
	s.room = s.room[:0]
	var left recordSet
	defer func() { s.run.spare = append(s.run.spare, left) }()
	for i := range s.args {
		could := s.run.set()
		for _, k := range s.args[i].phrases {
			for _, key := range s.places(n, k, p, first, behind, left) {
				could.add(recordOf(key))
			}
		}
		if left != nil {
			could.and(left)
			s.run.spare = append(s.run.spare, left)
		}
		if left = could; left.empty() {
			return
		}
	}
	for k := range n.phrases {
		s.places(n, int32(k), p, first, behind, left)
	}
	s.ask(n, p, left, v)
}

// places gives the places of a phrase of a near, which are looked for once.
func (s *nearSearch) places(n *near, k int32, p part, first, behind uint32, within recordSet) []uint64 {
	if s.known[k] {
		return s.found[k]
	}
	s.known[k] = true
	rows := &s.run.rows
	if rows.begin(&s.run.phrases[n.phrases[k]], p) == 0 {
		return nil
	}
	from := len(s.room)
	s.room = append(s.room, rows.read(first, behind, within)...)
	s.found[k] = s.room[from:len(s.room):len(s.room)]
	return s.found[k]
}

// ask looks at each of the records that are left.
func (s *nearSearch) ask(n *near, p part, left recordSet, v verdictSets) {
	s.cursor = append(s.cursor[:0], make([]int, len(n.phrases))...)
	bounds := s.run.ix.lists.list(int32(p))
	for r, ok := left.from(0); ok; r, ok = left.from(r + 1) {
		if v.yes.has(r) || !bounds.seek(r) {
			continue
		}
		s.bounds = bounds.appendAll(s.bounds[:0])
		s.spotsIn(n, r)
		met, over := s.items(n)
		if met {
			v.yes.add(r)
		} else if over {
			v.may.add(r)
		}
	}
}

// spotsIn gathers the spots of a near in a record, in the order of items, phrases
// and words.
func (s *nearSearch) spotsIn(n *near, r uint32) {
	s.spots = s.spots[:0]
	for k, f := range n.phrases {
		keys, c := s.found[k], s.cursor[k]
		for c < len(keys) && recordOf(keys[c]) < r {
			c++
		}
		words := int32(len(s.run.phrases[f].forms))
		item := 0
		for ; c < len(keys) && recordOf(keys[c]) == r; c++ {
			at := atOf(keys[c])
			for s.bounds[item+1] < at {
				item++
			}
			at -= s.bounds[item] + 1
			s.spots = append(s.spots, itemSpot{int32(item), spot{f, stretch{at, at + words}}})
		}
		s.cursor[k] = c
	}
	if len(s.bounds) > 2 {
		slices.SortStableFunc(s.spots, func(a, b itemSpot) int { return cmp.Compare(a.item, b.item) })
	}
}

// items asks one item after the other, until the near is met in one; over tells that
// one had too many ways to try.
func (s *nearSearch) items(n *near) (met, over bool) {
	for from := 0; from < len(s.spots); {
		s.item = s.item[:0]
		to := from
		for ; to < len(s.spots) && s.spots[to].item == s.spots[from].item; to++ {
			s.item = append(s.item, s.spots[to].spot)
		}
		from = to
		windows, ok := s.reader.places(s.run.plan, n, s.item)
		if len(windows) > 0 {
			return true, false
		}
		over = over || !ok
	}
	return false, over
}
