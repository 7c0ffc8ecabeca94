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

// wordTable numbers words in the order in which they are first met.
type wordTable struct {
	seed    maphash.Seed // which hash a word has shows nowhere: numbers follow the words alone
	mix     uint64
	slots   []wordSlot // a power of two of them, at most three quarters full
	entries []wordEntry
	text    []byte
}

// wordSlot is the number of a word, from 1, and its hash; 0 is an empty slot.
type wordSlot struct {
	hash   uint32
	number int32
}

// wordEntry is a word and the first of its lists.
type wordEntry struct {
	heads
	start int   // where it stands in text
	list  int32 // -1 for none
}

// heads are the first sixteen bytes of a word, which settle nearly every comparison,
// as numbers that sort as they do, and its length.
type heads struct {
	first, second uint64
	length        int32
}

func newWordTable() wordTable {
	seed := maphash.MakeSeed()
	return wordTable{seed: seed, mix: maphash.Bytes(seed, nil) | 1, slots: make([]wordSlot, 1<<12)}
}

func headsOf(word []byte) heads {
	h := heads{length: int32(len(word))}
	if len(word) > 8 {
		h.second = headOf(word[8:])
		word = word[:8]
	}
	h.first = headOf(word)
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

// hash spreads words over 32 bits.
func (t *wordTable) hash(h heads, word []byte) uint32 {
	if len(word) > 16 {
		return uint32(maphash.Bytes(t.seed, word))
	}
	high, low := bits.Mul64(h.first^t.mix, h.second^t.mix>>7+uint64(len(word))<<1|1)
	return uint32(high ^ low)
}

// cutWord is a word of a text on its way to its list.
type cutWord struct {
	heads
	hash  uint32
	at    uint32 // its place in the part
	entry int32  // its number in the entries
	list  int32  // its list, as far as it is known
}

// lookUp finds the entries of words, making new ones for those that have none. The
// words stand in letters, ends telling where. Most of the time goes into waiting for
// memory; therefore words are not looked up one after the other, but all of them
// take one step and then the next, so that many wait at once.
func (t *wordTable) lookUp(words []cutWord, letters []byte, ends []int) {
	from := 0
	for i := range words {
		w, text := &words[i], letters[from:ends[i]]
		w.heads = headsOf(text)
		w.hash = t.hash(w.heads, text)
		from = ends[i]
	}
	mask := uint32(len(t.slots) - 1)
	for i := range words {
		w := &words[i]
		s := t.slots[w.hash&mask]
		w.entry = s.number - 1
		if s.hash != w.hash {
			w.entry = -1
		}
	}
	from = 0
	for i := range words {
		w, text := &words[i], letters[from:ends[i]]
		if w.entry < 0 || !t.is(w.entry, w.heads, text) {
			w.entry = t.entry(w.heads, w.hash, text)
		}
		w.list = t.entries[w.entry].list
		from = ends[i]
	}
}

// is tells whether an entry is that of a word.
func (t *wordTable) is(entry int32, h heads, word []byte) bool {
	e := &t.entries[entry]
	return e.heads == h && (len(word) <= 16 || string(t.word(e)) == string(word))
}

// entry gives the number of the entry of a word, and makes one where there is none.
func (t *wordTable) entry(h heads, hash uint32, word []byte) int32 {
	mask := uint32(len(t.slots) - 1)
	at := hash & mask
	for ; t.slots[at].number != 0; at = (at + 1) & mask {
		if s := t.slots[at]; s.hash == hash && t.is(s.number-1, h, word) {
			return s.number - 1
		}
	}
	n := int32(len(t.entries))
	t.entries = append(t.entries, wordEntry{heads: h, start: len(t.text), list: -1})
	t.text = append(t.text, word...)
	t.slots[at] = wordSlot{hash, n + 1}
	if 4*len(t.entries) > 3*len(t.slots) {
		t.grow()
	}
	return n
}

// entryOf is entry for a single word.
func (t *wordTable) entryOf(word []byte) int32 {
	h := headsOf(word)
	return t.entry(h, t.hash(h, word), word)
}

func (t *wordTable) word(e *wordEntry) []byte { return t.text[e.start : e.start+int(e.length)] }

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

// sorted puts the entries into the order of the words; numbers mean nothing then.
func (t *wordTable) sorted() []wordEntry {
	slices.SortFunc(t.entries, func(a, b wordEntry) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return bytes.Compare(t.word(&a), t.word(&b))
	})
	return t.entries
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
