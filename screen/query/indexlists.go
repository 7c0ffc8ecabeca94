package query

import (
	"encoding/binary"
	"sort"
)

// postings are the lists of an index, one behind the other. A list says in which
// records a word stands in one space, and where:
//
//	steps of the record's number, then one place
//	│       or the bytes of several places, as steps
//	▼       ▼
//	2·17+1  4   2·3+0  3 12 5 130   …      the word 4 of record 16; 12, 17 and 147 of record 19
//
// all of them as unsigned varints. The first step is counted from -1.
type postings struct {
	entries []byte
	starts  []int  // where each list begins, and where the last one ends
	skips   []skip // of every multiple of skipEvery bytes
}

// skip is a place to go on reading a list from: that of its first entry at or behind
// a multiple of skipEvery bytes from the beginning of all entries.
type skip struct {
	record uint32 // of the entry before
	ahead  uint32 // bytes from the multiple to the entry
}

const skipEvery = 512

// noRecord is the number before that of the first record.
const noRecord = ^uint32(0)

// list reads a list, bytes how long it is.
func (p *postings) list(i int32) listReader {
	return listReader{postings: p, at: p.starts[i], end: p.starts[i+1], record: noRecord}
}

func (p *postings) bytes(i int32) int { return p.starts[i+1] - p.starts[i] }

// listReader goes through the records of a list.
type listReader struct {
	*postings
	at, end int
	record  uint32
	places  int // where the places in this record begin; they end at at
}

// next goes to the next record, and tells whether there is one.
func (l *listReader) next() bool {
	if l.at >= l.end {
		return false
	}
	x := uint64(l.entries[l.at])
	l.at++
	if x >= 0x80 {
		x = l.varint(x)
	}
	l.record += uint32(x >> 1)
	if x&1 == 0 {
		n := uint64(l.entries[l.at])
		l.at++
		if n >= 0x80 {
			n = l.varint(n)
		}
		l.places = l.at
		l.at += int(n)
		return true
	}
	l.places = l.at
	for l.entries[l.at] >= 0x80 {
		l.at++
	}
	l.at++
	return true
}

// varint goes on with a number of which the first byte was read.
func (l *listReader) varint(first uint64) uint64 {
	x := first & 0x7f
	for shift := 7; ; shift += 7 {
		b := uint64(l.entries[l.at])
		l.at++
		x |= b & 0x7f << shift
		if b < 0x80 {
			return x
		}
	}
}

// seek goes to the first record from this one on that is not before another, and
// tells whether there is one. The reader must have been asked for next or seek
// before, or not at all.
func (l *listReader) seek(record uint32) bool {
	if l.record != noRecord && l.record >= record {
		return true
	}
	l.leap(record)
	for l.next() {
		if l.record >= record {
			return true
		}
	}
	return false
}

// leap skips entries before a record.
func (l *listReader) leap(record uint32) {
	first := l.at/skipEvery + 1
	n := (l.end-1)/skipEvery - first + 1 // multiples within what is left
	if n <= 0 || l.skips[first].record >= record {
		return
	}
	// Most leaps are short: double the step before halving it.
	step := 1
	for step < n && l.skips[first+step].record < record {
		step *= 2
	}
	low := step / 2
	k := first + low + sort.Search(min(step, n)-low, func(i int) bool { return l.skips[first+low+i].record >= record }) - 1
	l.at, l.record = k*skipEvery+int(l.skips[k].ahead), l.skips[k].record
}

// addTo adds the records that are left to a set.
func (l *listReader) addTo(set recordSet) {
	for l.next() {
		set.add(l.record)
	}
}

// place reads a place of this record, as a step from the one before, and moves on.
func (l *listReader) place(i *int) uint32 {
	x := uint32(l.entries[*i])
	*i++
	if x < 0x80 {
		return x
	}
	x &= 0x7f
	for shift := 7; ; shift += 7 {
		b := uint32(l.entries[*i])
		*i++
		x |= b & 0x7f << shift
		if b < 0x80 {
			return x
		}
	}
}

// appendPlaces appends the places in this record as keys, a step taken off each;
// those that would then stand before the first word are left out.
func (l *listReader) appendPlaces(dst []uint64, offset int) []uint64 {
	at := -int64(offset)
	for i := l.places; i < l.at; {
		at += int64(l.place(&i))
		if at > 0 {
			dst = append(dst, placeKey(l.record, uint32(at)))
		}
	}
	return dst
}

// placeKey is a place as a number: first by record, then by its number there.
func placeKey(record, at uint32) uint64 { return uint64(record)<<32 | uint64(at) }

// recordOf is the record of a key, atOf the number of the place in it.
func recordOf(key uint64) uint32 { return uint32(key >> 32) }
func atOf(key uint64) int32      { return int32(uint32(key)) }

// appendEntry appends the entry of a record that comes step records after the one
// before it, with places that rise.
func appendEntry(dst []byte, step uint32, places []uint32) []byte {
	if len(places) == 1 {
		dst = binary.AppendUvarint(dst, uint64(step)<<1|1)
		return appendUvarint(dst, places[0])
	}
	dst = binary.AppendUvarint(dst, uint64(step)<<1)
	n, last := 0, uint32(0)
	for _, at := range places {
		n += uvarintLen(at - last)
		last = at
	}
	dst = appendUvarint(dst, uint32(n))
	last = 0
	for _, at := range places {
		dst = appendUvarint(dst, at-last)
		last = at
	}
	return dst
}

// appendUvarint is binary.AppendUvarint for numbers that are mostly small.
func appendUvarint(dst []byte, x uint32) []byte {
	if x < 0x80 {
		return append(dst, byte(x))
	}
	if x < 1<<14 {
		return append(dst, byte(x)|0x80, byte(x>>7))
	}
	return binary.AppendUvarint(dst, uint64(x))
}

// putUvarint is binary.PutUvarint for numbers that are mostly small.
func putUvarint(dst []byte, x uint32) int {
	if x < 0x80 {
		dst[0] = byte(x)
		return 1
	}
	return binary.PutUvarint(dst, uint64(x))
}

func uvarintLen(x uint32) int {
	n := 1
	for ; x >= 0x80; x >>= 7 {
		n++
	}
	return n
}

// appendAll appends the places in this record.
func (l *listReader) appendAll(dst []int32) []int32 {
	at := int32(0)
	for i := l.places; i < l.at; {
		at += int32(l.place(&i))
		dst = append(dst, at)
	}
	return dst
}
