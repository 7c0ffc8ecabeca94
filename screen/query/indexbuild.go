package query

import (
	"encoding/binary"
	"slices"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// space is where a word of the vocabulary stands: a part of records, or one of those
// that follow, where whole texts stand for words.
type space uint8

const (
	spaceHeading   = space(partCount) + iota // the folded name of a heading, where a record has headings
	spaceKeyword                             // a folded keyword that may be a plain heading
	spaceQualifier                           // the folded name of a qualifier, not of a supplementary concept
	spaceLanguage                            // the code of a language
	spaceDate                                // a date, as dateKey writes it
	spaceBounds                              // before the first item of a part and behind each: no word, one list for each part
)

// indexer makes an index. Records are read one after the other, and the entries of
// lists are kept in the order in which they come; when all are there, they are dealt
// out to the lists:
//
//	records ─words─▶ numbers ─by list─▶ log: list 7 entry, list 2 entry, … ─▶ lists in the order of words
type indexer struct {
	ix    *Index
	table wordTable
	open  []openList
	log   entryLog

	record  uint32 // that is being read
	cutter  wordCutter
	words   []cutWord // of the part that is being read
	items   []item
	met     []meeting // the places of those words
	touched []int32   // their lists, in the order in which they were first met
	places  []uint32
	buf     []byte
}

// openList is a list that is still growing.
type openList struct {
	bytes         int
	next          int32  // another list of the same word, -1 for none
	last          uint32 // the last record in it
	record        uint32 // in which it was met last, and where, in met
	first, latest int32
	space         space
}

// meeting is a place where a word stands, and the next of the same list.
type meeting struct {
	at   uint32
	next int32
}

// entryLog holds entries in the order in which they come, each behind the number of
// its list.
type entryLog struct {
	pages [][]byte
}

const logPage = 1 << 20

// room gives the page to append to.
func (l *entryLog) room() *[]byte {
	if n := len(l.pages); n == 0 || len(l.pages[n-1]) > logPage-1<<10 {
		l.pages = append(l.pages, make([]byte, 0, logPage))
	}
	return &l.pages[len(l.pages)-1]
}

func newIndexer(ix *Index) *indexer {
	b := &indexer{ix: ix, table: newWordTable()}
	for range partCount {
		b.open = append(b.open, openList{next: -1, space: spaceBounds, last: noRecord, record: noRecord})
	}
	return b
}

// add reads a record, which is the next one.
func (b *indexer) add(r *record.Record) {
	for p := part(0); p < partCount; p++ {
		b.items = p.items(b.items[:0], r)
		if len(b.items) == 0 {
			b.ix.absent[p].add(b.record)
			continue
		}
		b.part(p)
	}
	b.headings(r)
	for _, l := range r.Languages {
		b.whole(spaceLanguage, []byte(record.Language(l)))
	}
	if len(r.Languages) == 0 {
		b.ix.noLanguage.add(b.record)
	}
	b.days(r)
	b.record++
}

// part reads the items of a part. Bounds of items have places of their own, so that
// no phrase reaches over one.
func (b *indexer) part(p part) {
	bounds, at := append(b.places[:0], 0), uint32(1)
	b.cutter.clear()
	b.words = b.words[:0]
	for i := range b.items {
		b.cutter.cut(b.items[i].text)
		for range len(b.cutter.ends) - len(b.words) {
			b.words = append(b.words, cutWord{at: at})
			at++
		}
		bounds = append(bounds, at)
		at++
	}
	b.enter(int32(p), bounds)
	b.places = bounds[:0]
	b.lists(space(p))
	for i := range b.words {
		b.meet(b.words[i].list, b.words[i].at)
	}
	for _, l := range b.touched {
		places := b.places[:0]
		for i := b.open[l].first; i >= 0; i = b.met[i].next {
			places = append(places, b.met[i].at)
		}
		b.enter(l, places)
		b.places = places[:0]
	}
	b.met, b.touched = b.met[:0], b.touched[:0]
}

// lists finds the lists of words in a space.
func (b *indexer) lists(s space) {
	b.table.lookUp(b.words, b.cutter.letters, b.cutter.ends)
	for i := range b.words {
		w := &b.words[i]
		if w.list < 0 || b.open[w.list].space != s {
			w.list = b.list(w.entry, s)
		}
	}
}

// list gives the list of the word of an entry in a space.
func (b *indexer) list(entry int32, s space) int32 {
	link := &b.table.entries[entry].list
	for *link >= 0 {
		l := &b.open[*link]
		if l.space == s {
			return *link
		}
		link = &l.next
	}
	*link = int32(len(b.open))
	b.open = append(b.open, openList{next: -1, space: s, last: noRecord, record: noRecord})
	return int32(len(b.open) - 1)
}

// meet notes that the word of a list stands at a place.
func (b *indexer) meet(list int32, at uint32) {
	l, n := &b.open[list], int32(len(b.met))
	if l.record != b.record {
		l.record, l.first = b.record, n
		b.touched = append(b.touched, list)
	} else {
		b.met[l.latest].next = n
	}
	l.latest = n
	b.met = append(b.met, meeting{at, -1})
}

// enter logs the entry of a list for the record.
func (b *indexer) enter(list int32, places []uint32) {
	page := b.log.room()
	*page = binary.AppendUvarint(*page, uint64(list))
	before := len(*page)
	l := &b.open[list]
	*page = appendEntry(*page, b.record-l.last, places)
	l.last = b.record
	l.bytes += len(*page) - before
}

// whole notes that the record has a text in a space where texts stand as wholes.
func (b *indexer) whole(s space, text []byte) {
	if l := b.list(b.table.entryOf(text), s); b.open[l].last != b.record {
		b.enter(l, append(b.places[:0], 0))
	}
}

// headings notes what headingTest asks for.
func (b *indexer) headings(r *record.Record) {
	if !hasHeadings(r) {
		return
	}
	for i := range r.Headings {
		h := &r.Headings[i]
		b.buf = fold.AppendKey(b.buf[:0], h.Term)
		b.whole(spaceHeading, b.buf)
		for _, q := range h.Qualifiers {
			if h.Scheme != supplementary {
				b.buf = fold.AppendKey(b.buf[:0], q.Term)
				b.whole(spaceQualifier, b.buf)
			}
		}
	}
	if amongKeywords(r) {
		for _, k := range r.Keywords {
			b.buf = fold.AppendKey(b.buf[:0], k)
			b.whole(spaceKeyword, b.buf)
		}
	}
}

// days notes the dates that tests of each kind look at.
func (b *indexer) days(r *record.Record) {
	for kind := range dateKindCount {
		some := false
		kind.dates(r, func(d record.Date) {
			low, high := daysOfDate(d)
			b.buf = dateKey(b.buf[:0], kind, low, high)
			b.whole(spaceDate, b.buf)
			some = true
		})
		if !some {
			b.ix.noDate[kind].add(b.record)
		}
	}
}

// dateKey writes a date of a kind, which may be any day from low to high. It begins
// with a byte that begins no folded text.
func dateKey(dst []byte, kind dateKind, low, high day) []byte {
	dst = append(dst, dateMark, byte(kind))
	dst = binary.BigEndian.AppendUint32(dst, uint32(low))
	return binary.BigEndian.AppendUint32(dst, uint32(high))
}

const dateMark = 0xff

// dateOf reads what dateKey wrote.
func dateOf(key string) (low, high day) {
	n := binary.BigEndian.Uint64([]byte(key[len(key)-8:]))
	return day(n >> 32), day(uint32(n))
}

// finish deals out the log to the lists, which now stand in the order of their words
// and, of one word, of their spaces.
func (b *indexer) finish() {
	words := b.table.sorted()
	b.ix.spaces = make([]space, 0, len(b.open))
	b.ix.lists.starts = make([]int, 1, len(b.open)+1)
	to := make([]growth, len(b.open)) // where the next entry of each open list comes to stand
	place := func(l int32) {
		start := b.ix.lists.starts[len(b.ix.spaces)]
		to[l] = growth{start, noRecord}
		b.ix.spaces = append(b.ix.spaces, b.open[l].space)
		b.ix.lists.starts = append(b.ix.lists.starts, start+b.open[l].bytes)
	}
	for p := range int32(partCount) {
		place(p)
	}
	text := make([]byte, 0, len(b.table.text))
	b.ix.words.ends = make([]int, 0, len(words))
	b.ix.first = make([]int32, 0, len(words)+1)
	var of []int32
	for i := range words {
		text = append(text, b.table.word(&words[i])...)
		b.ix.words.ends = append(b.ix.words.ends, len(text))
		b.ix.first = append(b.ix.first, int32(len(b.ix.spaces)))
		of = of[:0]
		for l := words[i].list; l >= 0; l = b.open[l].next {
			of = append(of, l)
		}
		slices.SortFunc(of, func(x, y int32) int { return int(b.open[x].space) - int(b.open[y].space) })
		for _, l := range of {
			place(l)
		}
	}
	b.ix.first = append(b.ix.first, int32(len(b.ix.spaces)))
	b.ix.words.text = string(text)
	b.open, b.table = nil, wordTable{}
	b.deal(to)
}

// growth is where the next entry of a list comes to stand, and the last record in it.
type growth struct {
	at     int
	record uint32
}

// deal copies the entries of the log to their lists.
func (b *indexer) deal(to []growth) {
	p := &b.ix.lists
	total := p.starts[len(p.starts)-1]
	p.entries, p.skips = make([]byte, total), make([]skip, total/skipEvery+1)
	for i, page := range b.log.pages {
		b.log.pages[i] = nil
		for at := 0; at < len(page); {
			list, step, size := uint64(0), uint64(0), uint64(0)
			list, at = uvarint(page, at)
			start := at
			step, at = uvarint(page, at)
			if size, at = uvarint(page, at); step&1 == 0 {
				at += int(size)
			}
			g := &to[list]
			g.record += uint32(step >> 1)
			end := g.at + at - start
			copy(p.entries[g.at:end], page[start:at])
			for k := g.at/skipEvery + 1; k <= end/skipEvery; k++ {
				p.skips[k] = skip{g.record, uint32(end - k*skipEvery)}
			}
			g.at = end
		}
	}
}

// uvarint reads the number at a place, and gives the place behind it.
func uvarint(b []byte, at int) (x uint64, next int) {
	x = uint64(b[at])
	if x < 0x80 {
		return x, at + 1
	}
	x &= 0x7f
	for shift := 7; ; shift += 7 {
		at++
		c := uint64(b[at])
		x |= c & 0x7f << shift
		if c < 0x80 {
			return x, at + 1
		}
	}
}
