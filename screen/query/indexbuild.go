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
//	records ─words─▶ lists ─by record─▶ log: list 7 entry, list 2 entry, … ─▶ lists in the order of words
type indexer struct {
	ix    *Index
	table wordTable
	logs  []entryLog // of the lists that share what is above logBits

	record  uint32 // that is being read
	cutter  wordCutter
	words   []cutWord // of the part that is being read
	items   []item
	names   [2][]item // of the authors, whole and short
	met     []meeting // the places of those words
	touched []int32   // their lists, in the order in which they were first met
	places  []uint32
	buf     []byte
}

// meeting is a place where a word stands, and the next of the same list.
type meeting struct {
	at   uint32
	next int32
}

// entryLog holds entries in the order in which they come, each behind the number of
// its list. There are several so that the ends of the lists of one log are not too many
// to be at hand when it is dealt out.
type entryLog struct {
	pages [][]byte
}

const (
	logPage = 1 << 18
	logBits = 14
)

// room gives the page to append to.
func (l *entryLog) room() *[]byte {
	if n := len(l.pages); n == 0 || len(l.pages[n-1]) > logPage-1<<9 {
		l.pages = append(l.pages, make([]byte, 0, logPage))
	}
	return &l.pages[len(l.pages)-1]
}

func newIndexer(ix *Index) *indexer {
	b := &indexer{ix: ix, table: newWordTable()}
	for range partCount {
		b.table.newList(heads{space: spaceBounds})
	}
	return b
}

// add reads a record, which is the next one.
func (b *indexer) add(r *record.Record) {
	for p := part(0); p < partCount; p++ {
		if b.itemsOf(p, r); len(b.items) == 0 {
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

// itemsOf lists the items of a part. Those of the first and of the last author are
// among those of all authors, which come before; of each the whole names come first.
func (b *indexer) itemsOf(p part, r *record.Record) {
	switch p {
	case partAuthors, partAuthorsShort:
		all := &b.names[p-partAuthors]
		*all = p.items((*all)[:0], r)
		b.items = append(b.items[:0], *all...)
	case partFirstAuthor, partFirstAuthorShort:
		b.itemsOfAuthor(b.names[p-partFirstAuthor], 0)
	case partLastAuthor, partLastAuthorShort:
		b.itemsOfAuthor(b.names[p-partLastAuthor], countAuthors(r)-1)
	default:
		b.items = p.items(b.items[:0], r)
	}
}

func (b *indexer) itemsOfAuthor(all []item, at int) {
	b.items = b.items[:0]
	for _, it := range all {
		if it.at == at {
			b.items = append(b.items, it)
		}
	}
}

// part reads the items of a part. Bounds of items have places of their own, so that
// no phrase reaches over one.
func (b *indexer) part(p part) {
	bounds, at := append(b.places[:0], 0), uint32(1)
	b.cutter.clear()
	b.words = b.words[:0]
	for i := range b.items {
		b.cutter.cut(b.items[i].text)
		n := len(b.words)
		b.words = slices.Grow(b.words, len(b.cutter.words)-n)[:len(b.cutter.words)]
		for k, w := range b.cutter.words[n:] {
			b.table.cut(&b.words[n+k], b.cutter.letters[w.from:w.to], space(p), at)
			at++
		}
		bounds = append(bounds, at)
		at++
	}
	b.enter(int32(p), bounds)
	b.places = bounds[:0]
	b.table.lookUp(b.words, &b.cutter)
	for i := range b.words {
		b.meet(b.words[i].list, b.words[i].at)
	}
	for _, l := range b.touched {
		if m := b.met[b.table.lists[l].first]; m.next < 0 {
			b.enterOne(l, m.at)
		} else {
			b.enter(l, b.placesOf(l))
		}
	}
	b.met, b.touched = b.met[:0], b.touched[:0]
}

// placesOf gives the places where a list was met in the part. They are only there
// until it is asked for others.
func (b *indexer) placesOf(list int32) []uint32 {
	b.places = b.places[:0]
	for i := b.table.lists[list].first; i >= 0; i = b.met[i].next {
		b.places = append(b.places, b.met[i].at)
	}
	return b.places
}

// meet notes that the word of a list stands at a place.
func (b *indexer) meet(list int32, at uint32) {
	l, n := &b.table.lists[list], int32(len(b.met))
	if l.record != b.record {
		l.record, l.first = b.record, n
		b.touched = append(b.touched, list)
	} else {
		b.met[l.latest].next = n
	}
	l.latest = n
	b.met = append(b.met, meeting{at, -1})
}

// logOf gives the page to log the entry of a list on.
func (b *indexer) logOf(list int32) *[]byte {
	for int(list>>logBits) >= len(b.logs) {
		b.logs = append(b.logs, entryLog{})
	}
	return b.logs[list>>logBits].room()
}

// enterOne is enter for one place, as most words have in a record.
func (b *indexer) enterOne(list int32, place uint32) {
	l, room := &b.table.lists[list], b.logOf(list)
	n := len(*room)
	page := (*room)[:n+3*binary.MaxVarintLen32]
	n += putUvarint(page[n:], uint32(list&(1<<logBits-1)))
	before := n
	if step := b.record - l.last; step < 1<<31 {
		n += putUvarint(page[n:], step<<1|1)
	} else {
		n += binary.PutUvarint(page[n:], uint64(step)<<1|1)
	}
	n += putUvarint(page[n:], place)
	l.last = b.record
	l.bytes += n - before
	*room = page[:n]
}

// enter logs the entry of a list for the record.
func (b *indexer) enter(list int32, places []uint32) {
	l, room := &b.table.lists[list], b.logOf(list)
	page := appendUvarint(*room, uint32(list&(1<<logBits-1)))
	before := len(page)
	page = appendEntry(page, b.record-l.last, places)
	l.last = b.record
	l.bytes += len(page) - before
	*room = page
}

// whole notes that the record has a text in a space where texts stand as wholes.
func (b *indexer) whole(s space, text []byte) {
	if l := b.table.listOf(text, s); b.table.lists[l].last != b.record {
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
	ix, table := b.ix, &b.table
	ix.spaces = make([]space, 0, len(table.lists))
	ix.lists.starts = make([]int, 1, len(table.lists)+1)
	ends := make([]growth, len(table.lists))
	place := func(l int32) {
		start := ix.lists.starts[len(ix.spaces)]
		ends[l] = growth{start, noRecord}
		ix.spaces = append(ix.spaces, table.lists[l].space)
		ix.lists.starts = append(ix.lists.starts, start+table.lists[l].bytes)
	}
	for p := range int32(partCount) {
		place(p)
	}
	var text, last []byte
	for _, l := range table.sorted(int(partCount)) {
		if word := table.word(&table.lists[l]); len(ix.first) == 0 || string(word) != string(last) {
			text, last = append(text, word...), word
			ix.words.ends = append(ix.words.ends, len(text))
			ix.first = append(ix.first, int32(len(ix.spaces)))
		}
		place(l)
	}
	ix.first = slices.Clip(append(ix.first, int32(len(ix.spaces))))
	ix.words.ends, ix.words.text = slices.Clip(ix.words.ends), string(text)
	b.table = wordTable{}
	total := ix.lists.starts[len(ix.spaces)]
	ix.lists.entries, ix.lists.skips = make([]byte, total), make([]skip, total/skipEvery+1)
	for i := range b.logs {
		b.logs[i].deal(&ix.lists, ends[i<<logBits:])
		b.logs[i] = entryLog{}
	}
}

// growth is where the next entry of a list comes to stand, and the last record in it.
type growth struct {
	at     int
	record uint32
}

// deal copies the entries of the log to their lists.
func (l *entryLog) deal(p *postings, ends []growth) {
	for _, page := range l.pages {
		for at := 0; at < len(page); {
			list, step, size := uint64(0), uint64(0), uint64(0)
			list, at = uvarint(page, at)
			start := at
			step, at = uvarint(page, at)
			if size, at = uvarint(page, at); step&1 == 0 {
				at += int(size)
			}
			g := &ends[list]
			g.record += uint32(step >> 1)
			end := g.at + at - start
			if at-start <= 4 { // most are, for which a call of copy is long
				dst := p.entries[g.at:end]
				for i := range dst {
					dst[i] = page[start+i]
				}
			} else {
				copy(p.entries[g.at:end], page[start:at])
			}
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
