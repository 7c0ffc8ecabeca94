package query

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
)

// rowReader finds where the words of phrases stand in a row. It begins with the
// word that is rarest in a part of the records and then strikes out the places
// that do not have the others beside them:
//
//	support   7:3, 12:40, 12:88, 90:1     the places of the phrase's first word
//	peer      7:3, 12:88                  those that have this word one before
//
// It is room that is used again.
type rowReader struct {
	run     *indexRun
	columns []column
	keys    []uint64
	spare   []uint64
	runs    []int // where the sorted runs of keys end
	beside  []bool
}

// column is what must stand at one place of a row: one of several words.
type column struct {
	lists  []int32
	offset int // from the first word of the row
	bytes  int // of the lists
}

// each gives the places of a phrase in a part, sorted, in one go or, where they may
// be many, in several, some records after the others. What is given is only there
// until the next.
func (r *rowReader) each(f *phrase, p part, give func(keys []uint64)) {
	bytes := r.begin(f, p)
	if bytes == 0 {
		return
	}
	n := len(r.run.ix.records)
	step := stepOf(n, bytes, r.run.room)
	for from := 0; from < n; from += step {
		if keys := r.read(uint32(from), uint32(min(from+step, n)), nil); len(keys) > 0 {
			give(keys)
		}
	}
}

// stepOf is how many of n records to look at in one go so that not much more than
// room of some bytes is looked at.
func stepOf(n, bytes, room int) int {
	if bytes <= room {
		return max(n, 1)
	}
	return int(max(int64(n)*int64(room)/int64(bytes), 1))
}

// begin prepares for a phrase in a part, and gives the bytes of the lists that are
// read wholly: 0 where the phrase cannot be in the part.
func (r *rowReader) begin(f *phrase, p part) int {
	r.columns = r.columns[:0]
	s := r.run.scopes[f.scope]
	if len(f.forms) == 0 || !s.parts.has(p) {
		return 0
	}
	for i, form := range f.forms {
		c := r.column(i)
		for _, words := range r.run.wordsOf(form) {
			c.addWords(r.run.ix, words, space(p))
		}
		if c.bytes == 0 {
			return 0
		}
	}
	if s.whole.has(p) {
		for _, offset := range []int{-1, len(f.forms)} {
			c := r.column(offset)
			c.add(&r.run.ix.lists, int32(p))
		}
	}
	slices.SortStableFunc(r.columns, func(a, b column) int { return cmp.Compare(a.bytes, b.bytes) })
	return r.columns[0].bytes
}

// column adds an empty column, with the room of one that was there before.
func (r *rowReader) column(offset int) *column {
	if n := len(r.columns); n < cap(r.columns) {
		r.columns = r.columns[:n+1]
	} else {
		r.columns = append(r.columns, column{})
	}
	c := &r.columns[len(r.columns)-1]
	c.lists, c.offset, c.bytes = c.lists[:0], offset, 0
	return c
}

func (c *column) add(p *postings, list int32) {
	c.lists = append(c.lists, list)
	c.bytes += p.bytes(list)
}

func (c *column) addWords(ix *Index, words wordRange, s space) {
	for l := ix.first[words.first]; l < ix.first[words.behind]; l++ {
		if ix.spaces[l] == s {
			c.add(&ix.lists, l)
		}
	}
}

// read gives the places of the row in the records from first to the one before
// behind; where within is not nil, only in its records.
func (r *rowReader) read(first, behind uint32, within recordSet) []uint64 {
	r.rarest(&r.columns[0], first, behind, within)
	for i := 1; i < len(r.columns) && len(r.keys) > 0; i++ {
		r.strike(&r.columns[i])
	}
	return r.keys
}

// rarest fills keys with the places of a column.
func (r *rowReader) rarest(c *column, first, behind uint32, within recordSet) {
	r.keys, r.runs = r.keys[:0], r.runs[:0]
	for _, list := range c.lists {
		l := r.run.ix.lists.list(list)
		ok := l.seek(first)
		for ok && l.record < behind {
			if within != nil && !within.has(l.record) {
				next, more := within.from(l.record)
				ok = more && l.seek(next)
				continue
			}
			r.keys = l.appendPlaces(r.keys, c.offset)
			ok = l.next()
		}
		if n := len(r.runs); n == 0 && len(r.keys) > 0 || n > 0 && len(r.keys) > r.runs[n-1] {
			r.runs = append(r.runs, len(r.keys))
		}
	}
	r.merge()
}

// merge sorts keys, which are sorted runs.
func (r *rowReader) merge() {
	for len(r.runs) > 1 {
		r.spare = slices.Grow(r.spare[:0], len(r.keys))[:len(r.keys)]
		from, n := 0, 0
		for i := 0; i < len(r.runs); i += 2 {
			middle := r.runs[i]
			to := middle
			if i+1 < len(r.runs) {
				to = r.runs[i+1]
			}
			mergeInto(r.spare[from:to], r.keys[from:middle], r.keys[middle:to])
			r.runs[n], from = to, to
			n++
		}
		r.runs = r.runs[:n]
		r.keys, r.spare = r.spare, r.keys
	}
}

// mergeInto merges two sorted lists into one that has room for both.
func mergeInto(dst, a, b []uint64) {
	for i := range dst {
		if len(b) == 0 || len(a) > 0 && a[0] < b[0] {
			dst[i], a = a[0], a[1:]
		} else {
			dst[i], b = b[0], b[1:]
		}
	}
}

// strike keeps the keys that have a word of a column where it should stand.
func (r *rowReader) strike(c *column) {
	r.beside = slices.Grow(r.beside[:0], len(r.keys))[:len(r.keys)]
	clear(r.beside)
	for _, list := range c.lists {
		l := r.run.ix.lists.list(list)
		r.mark(&l, c.offset)
	}
	n := 0
	for i, k := range r.keys {
		if r.beside[i] {
			r.keys[n] = k
			n++
		}
	}
	r.keys = r.keys[:n]
}

// mark marks the keys that have the word of a list beside them.
func (r *rowReader) mark(l *listReader, offset int) {
	i := 0
	ok := l.seek(recordOf(r.keys[0]))
	for ok {
		if i = upTo(r.keys, i, placeKey(l.record, 0)); i == len(r.keys) {
			return
		}
		if next := recordOf(r.keys[i]); next != l.record {
			ok = l.seek(next)
			continue
		}
		at := int64(-offset)
		for j := l.places; j < l.at && i < len(r.keys); {
			at += int64(l.place(&j))
			want := uint64(l.record)<<32 + uint64(max(at, 0))
			for i < len(r.keys) && r.keys[i] < want {
				i++
			}
			if i < len(r.keys) && r.keys[i] == want {
				r.beside[i] = true
			}
		}
		ok = l.next()
	}
}

// upTo is the first key from i on that is not before another.
func upTo(keys []uint64, i int, key uint64) int {
	step := 1
	for i+step < len(keys) && keys[i+step] < key {
		i += step
		step *= 2
	}
	rest := keys[i:min(i+step+1, len(keys))]
	if len(rest) > 8 {
		return i + sort.Search(len(rest), func(j int) bool { return rest[j] >= key })
	}
	for j, k := range rest {
		if k >= key {
			return i + j
		}
	}
	return i + len(rest)
}

// each gives the parts of a set in their order.
func (s partSet) each(give func(part)) {
	for ; s != 0; s &= s - 1 {
		give(part(bits.TrailingZeros64(uint64(s))))
	}
}
