package query

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"slices"
	"sort"
	"strings"
)

// wordTable holds the lists of words while they grow, one for each word and space.
// They are numbered in the order in which they are first met.
type wordTable struct {
	seed  maphash.Seed // which hash a word has shows nowhere: numbers follow the words alone
	mix   uint64
	slots []wordSlot // a power of two of them, at most three quarters full
	lists []openList
	text  []byte // the words of the lists
}

// wordSlot is the number of a list, from 1, and the hash of its word and space; 0 is an empty
// slot.
type wordSlot struct {
	hash   uint32
	number int32
}

// openList is a list that is still growing. It is as long as what a processor
// reads at once: nearly all of the time goes into waiting for memory.
type openList struct {
	heads
	start  int    // where its word stands in text
	bytes  int    // of its entries
	last   uint32 // the last record in it
	record uint32 // in which it was met last, and where, in met
	first  int32
	latest int32
	_      [8]byte
}

// heads are the first sixteen bytes of a word, which settle nearly every comparison,
// as numbers that sort as they do, its length and its space.
type heads struct {
	first8, next8 uint64
	length        int32
	space         space
}

func headsOf(word []byte, s space) heads {
	h := heads{length: int32(len(word)), space: s}
	if len(word) > 8 {
		h.next8 = headOf(word[8:])
		word = word[:8]
	}
	h.first8 = headOf(word)
	return h
}

// headOf gives the first eight bytes of a text as a number.
func headOf(text []byte) uint64 {
	if len(text) >= 8 {
		return binary.BigEndian.Uint64(text)
	}
	if cap(text) >= 8 {
		return binary.BigEndian.Uint64(text[:8]) &^ (1<<(64-8*len(text)) - 1)
	}
	var head [8]byte
	copy(head[:], text)
	return binary.BigEndian.Uint64(head[:])
}

func newWordTable() wordTable {
	seed := maphash.MakeSeed()
	return wordTable{seed: seed, mix: maphash.Bytes(seed, nil) | 1, slots: make([]wordSlot, 1<<12)}
}

// hash spreads words and spaces over 32 bits.
func (t *wordTable) hash(h heads, word []byte) uint32 {
	second := h.next8
	if len(word) > 16 {
		second = maphash.Bytes(t.seed, word)
	}
	high, low := bits.Mul64(h.first8^t.mix, second^t.mix>>7+uint64(len(word))<<9|uint64(h.space)<<1|1)
	return uint32(high ^ low)
}

// cutWord is a word of a text on its way to its list.
type cutWord struct {
	heads
	hash uint32
	at   uint32 // its place in the part
	list int32
}

// cut makes a word ready to be looked up. It fills in field by field what is there,
// since a processor waits for small writes before it copies them as a whole.
func (t *wordTable) cut(w *cutWord, word []byte, s space, at uint32) {
	h := headsOf(word, s)
	w.first8, w.next8, w.length, w.space = h.first8, h.next8, h.length, h.space
	w.hash, w.at = t.hash(h, word), at
}

// lookUp finds the lists of the words that were cut, making new ones for those that
// have none. They are not looked up one after the other, but all of them take one step
// and then the next, so that many wait for memory at once.
func (t *wordTable) lookUp(words []cutWord, cutter *wordCutter) {
	mask := uint32(len(t.slots) - 1)
	for i := range words {
		w := &words[i]
		at := w.hash & mask
		for t.slots[at].number != 0 && t.slots[at].hash != w.hash {
			at = (at + 1) & mask
		}
		w.list = t.slots[at].number - 1
	}
	for i := range words {
		w, at := &words[i], cutter.words[i]
		text := cutter.letters[at.from:at.to]
		if w.list < 0 || !t.is(w.list, w.heads, text) {
			w.list = t.list(w.heads, w.hash, text)
		}
	}
}

// is tells whether a list is that of a word.
func (t *wordTable) is(list int32, h heads, word []byte) bool {
	l := &t.lists[list]
	return l.heads == h && (len(word) <= 16 || string(t.word(l)) == string(word))
}

// list gives the list of a word, and makes one where there is none.
func (t *wordTable) list(h heads, hash uint32, word []byte) int32 {
	mask := uint32(len(t.slots) - 1)
	at := hash & mask
	for ; t.slots[at].number != 0; at = (at + 1) & mask {
		if s := t.slots[at]; s.hash == hash && t.is(s.number-1, h, word) {
			return s.number - 1
		}
	}
	n := t.newList(h)
	t.text = append(t.text, word...)
	t.slots[at] = wordSlot{hash, n + 1}
	if 4*len(t.lists) > 3*len(t.slots) {
		t.grow()
	}
	return n
}

// newList adds a list whose word begins at the end of the text.
func (t *wordTable) newList(h heads) int32 {
	if n := len(t.lists); n == cap(t.lists) {
		t.lists = slices.Grow(t.lists, max(n, 1<<10))
	}
	t.lists = append(t.lists, openList{heads: h, start: len(t.text), last: noRecord, record: noRecord})
	return int32(len(t.lists) - 1)
}

// listOf is list for a single word.
func (t *wordTable) listOf(word []byte, s space) int32 {
	h := headsOf(word, s)
	return t.list(h, t.hash(h, word), word)
}

func (t *wordTable) word(l *openList) []byte { return t.text[l.start : l.start+int(l.length)] }

func (t *wordTable) grow() {
	old := t.slots
	t.slots = make([]wordSlot, 2*len(old))
	mask := uint32(len(t.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.hash & mask
		for t.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		t.slots[at] = s
	}
}

// sorted gives the numbers of the lists from one on, in the order of their words
// and, of one word, of their spaces.
func (t *wordTable) sorted(from int) []int32 {
	type start struct {
		first8 uint64 // which settles most comparisons
		number int32
	}
	starts := make([]start, len(t.lists)-from)
	for i := range starts {
		starts[i] = start{t.lists[from+i].first8, int32(from + i)}
	}
	slices.SortFunc(starts, func(a, b start) int {
		if a.first8 != b.first8 {
			return cmp.Compare(a.first8, b.first8)
		}
		x, y := &t.lists[a.number], &t.lists[b.number]
		return cmp.Or(bytes.Compare(t.word(x), t.word(y)), cmp.Compare(x.space, y.space))
	})
	out := make([]int32, len(starts))
	for i := range starts {
		out[i] = starts[i].number
	}
	return out
}

// wordList is the vocabulary of an index: words in their order, as bytes compare.
type wordList struct {
	text string
	ends []int
}

func (w *wordList) word(n int) string {
	from := 0
	if n > 0 {
		from = w.ends[n-1]
	}
	return w.text[from:w.ends[n]]
}

// find gives the number of a word.
func (w *wordList) find(word string) (n int, found bool) {
	n = w.from(word)
	return n, n < len(w.ends) && w.word(n) == word
}

// from gives the number of the first word that is not before a text.
func (w *wordList) from(text string) int {
	return sort.Search(len(w.ends), func(n int) bool { return w.word(n) >= text })
}

// beginning gives the words that begin with a text: from first to the one before
// behind.
func (w *wordList) beginning(text string) wordRange {
	first := w.from(text)
	n := sort.Search(len(w.ends)-first, func(n int) bool { return !strings.HasPrefix(w.word(first+n), text) })
	return wordRange{first, first + n}
}

// wordRange is a run of words of a vocabulary: first, and one past the last.
type wordRange struct{ first, behind int }

// ofForm gives the words of a vocabulary that are of a form, as runs in its order.
func (w *wordList) ofForm(f form) []wordRange {
	start, gap, plain := f.beginning()
	if !gap {
		if n, found := w.find(start); found {
			return []wordRange{{n, n + 1}}
		}
		return nil
	}
	all := w.beginning(start)
	if plain {
		if all.first == all.behind {
			return nil
		}
		return []wordRange{all}
	}
	var out []wordRange
	fits := f.glance()
	for n := all.first; n < all.behind; n++ {
		if word := w.word(n); !fits(word) || !f.fits(word) {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].behind == n {
			out[last].behind++
			continue
		}
		out = append(out, wordRange{n, n + 1})
	}
	return out
}

// glance is a quick comparison that lets pass each word of the form, and few others:
// those that begin and end as it does and hold its other letters.
func (f form) glance() func(word string) bool {
	least, end := 0, ""
	var held []string
	for i, p := range f.pieces {
		least += max(len(p.Text), p.Min)
		switch {
		case p.Gap() || i == 0:
		case i == len(f.pieces)-1:
			end = p.Text
		default:
			held = append(held, p.Text)
		}
	}
	return func(word string) bool {
		if len(word) < least || !strings.HasSuffix(word, end) {
			return false
		}
		for _, h := range held {
			if !strings.Contains(word, h) {
				return false
			}
		}
		return true
	}
}
