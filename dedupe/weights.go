package dedupe

import (
	"encoding/binary"
	"math"
)

// Statistics of millions of records do not fit into the cache of a processor, and a
// map of Go is asked for one word at a time, at several places of memory one after
// the other. A lexicon has the weights of all words in two pieces, and is asked for
// those of a whole title at once, so that a processor waits for them together.

// lexicon gives words their weights; it is only read.
type lexicon struct {
	st    *Stats
	slots []lexeme // a table by hash, at most half full, a power of two long; empty where there was no room for one
	texts []byte   // of each word its length, its weight and itself
}

// lexeme is where a word stands in the texts, counted from 1, and half of its hash.
type lexeme struct{ hash, at uint32 }

// lexiconHead is how many bytes stand before the text of a word.
const lexiconHead = 1 + 4

// newLexicon makes one, without a table if that took more than so many bytes.
func newLexicon(st *Stats, memory int) *lexicon {
	t := &lexicon{st: st}
	slots, size := 1, 0
	for slots < 2*len(st.Words) {
		slots *= 2
	}
	for w := range st.Words {
		size += lexiconHead + len(w)
	}
	const slotSize = 8
	if slots*slotSize+size > memory || size > math.MaxInt32 {
		return t
	}
	t.slots, t.texts = make([]lexeme, slots), make([]byte, 0, size)
	for text, titles := range st.Words {
		t.add(text, titles)
	}
	return t
}

// add puts in a word that stands in so many titles; the statistics are asked for a
// long one.
func (t *lexicon) add(text string, titles int) {
	if len(text) > math.MaxUint8 {
		return
	}
	hash := hashText(text)
	i := t.first(hash)
	for t.slots[i].at != 0 {
		i = t.next(i)
	}
	t.slots[i] = lexeme{uint32(hash >> 32), uint32(len(t.texts) + 1)}
	var w word
	w.weigh(t.st, titles)
	t.texts = append(t.texts, uint8(len(text)))
	t.texts = binary.LittleEndian.AppendUint32(t.texts, math.Float32bits(w.signed()))
	t.texts = append(t.texts, text...)
}

func (t *lexicon) first(hash uint64) uint32 { return uint32(hash) & uint32(len(t.slots)-1) }

func (t *lexicon) next(i uint32) uint32 { return (i + 1) & uint32(len(t.slots)-1) }

// weigh weighs a form as form.weigh does.
func (t *lexicon) weigh(f *form) {
	if len(t.slots) == 0 {
		f.weigh(t.st)
		return
	}
	const atOnce = 16
	var places [atOnce]uint32
	for words := f.words; len(words) > 0; {
		some := words[:min(atOnce, len(words))]
		words = words[len(some):]
		for i := range some {
			places[i] = t.find(hashText(some[i].text))
		}
		for i := range some {
			t.read(&some[i], places[i])
		}
	}
	f.weighRest(t.st)
}

// find gives the place of the first word with half of the hash, 0 if there is none.
func (t *lexicon) find(hash uint64) uint32 {
	for i := t.first(hash); ; i = t.next(i) {
		if x := t.slots[i]; x.at == 0 || x.hash == uint32(hash>>32) {
			return x.at
		}
	}
}

// read weighs a word that may stand at the place; if it does not, the statistics
// are asked.
func (t *lexicon) read(w *word, place uint32) {
	if place > 0 {
		at := t.texts[place-1:]
		if n := int(at[0]); string(at[lexiconHead:lexiconHead+n]) == w.text {
			w.weighSigned(math.Float32frombits(binary.LittleEndian.Uint32(at[1:])))
			return
		}
	}
	w.weigh(t.st, t.st.Words[w.text])
}
