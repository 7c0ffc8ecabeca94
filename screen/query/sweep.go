package query

import (
	"math/bits"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
)

// sweep reads the words of a text. Runs of ASCII are read 64 bytes at a time: which
// bytes are letters or digits becomes a mask of bits, the places where words begin
// are taken from it, and a sieve lets those words through that begin like a form.
// The bytes of all other words are not looked at again. What touches a character
// beyond ASCII is read letter by letter.
func (m *reading) sweep(text string) {
	for i := 0; i < len(text); {
		end := plainEnd(text, i)
		m.plainWords(text, i, end)
		if i = end; i < len(text) {
			i = m.step(text, i)
		}
	}
}

// plainEnd is where the ASCII from i on ends that no character beyond it touches: at
// the end of the text, or before the word of such a character.
func plainEnd(text string, i int) int {
	at := i
	for ; at+8 <= len(text); at += 8 {
		if load(text, at)&high != 0 {
			break
		}
	}
	for at < len(text) && text[at] < utf8.RuneSelf {
		at++
	}
	if at == len(text) {
		return at
	}
	for at > i && isWordByte(text[at-1]) {
		at--
	}
	return at
}

const (
	each = 0x0101010101010101 // times a byte: that byte in all eight places
	high = 0x80 * each
	// gather times the low bits of eight bytes has them side by side at its top.
	gather = 0x0102040810204080
)

// load is eight bytes of a text, the first in the lowest place.
func load(text string, i int) uint64 {
	s := text[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// loadSome is load where fewer than eight bytes may be left; the others are 0.
func loadSome(text string, i int) (x uint64) {
	for at := min(len(text), i+8) - 1; at >= i; at-- {
		x = x<<8 | uint64(text[at])
	}
	return x
}

// wordBytes has the highest bit of each of eight bytes set that is a letter or digit
// of ASCII, as far as no byte beyond ASCII comes before.
func wordBytes(x uint64) uint64 {
	small := x | 0x20*each
	letters := (small + (0x80-'a')*each) &^ (small + (0x7f-'z')*each)
	digits := (x + (0x80-'0')*each) &^ (x + (0x7f-'9')*each)
	return (letters | digits) & high
}

// plainWords reads the words of text[i:end], which is ASCII.
func (m *reading) plainWords(text string, i, end int) {
	inside := uint64(0) // 1 where the byte before is in a word
	for ; i < end; i += 64 {
		var mask uint64
		for j := 0; j < 64 && i+j < end; j += 8 {
			var x uint64
			if i+j+8 <= end {
				x = load(text, i+j)
			} else {
				x = loadSome(text[:end], i+j)
			}
			mask |= (wordBytes(x) >> 7 * gather >> 56) << j
		}
		for starts := mask &^ (mask<<1 | inside); starts != 0; starts &= starts - 1 {
			at := i + bits.TrailingZeros64(starts)
			if m.auto.sieve.passes(beginningOf(text, at)) {
				m.plainWord(text, at)
			}
			m.count++
		}
		inside = mask >> 63
	}
}

// beginningOf is the first four letters of the word at a place, in small letters,
// with 0 for those it does not have.
func beginningOf(text string, at int) uint32 {
	var x uint64
	if at+8 <= len(text) {
		x = load(text, at)
	} else {
		x = loadSome(text, at)
	}
	x &= 1<<32 - 1
	apart := ^wordBytes(x) & high
	letters := bits.TrailingZeros64(apart) &^ 7 // bits of the word's bytes
	return uint32((x | 0x20202020) & (1<<letters - 1))
}

// plainWord notes the word at a place if it is of a form.
func (m *reading) plainWord(text string, start int) {
	a, node, i := m.auto, int32(0), start
	for ; i < len(text); i++ {
		kind := m.kind[text[i]]
		if kind >= foreign {
			break
		}
		next := a.step(node, kind)
		if next == 0 {
			m.note(a.nodes[node].runs, text, start, i)
			return
		}
		node = next
	}
	m.note(a.nodes[node].ends, text, start, i)
}

// note notes an ASCII word of a list; at is in it or at its end.
func (m *reading) note(list int32, text string, start, at int) {
	if list == 0 {
		return
	}
	if m.unsure[list] {
		for at < len(text) && m.kind[text[at]] < foreign {
			at++
		}
		m.buf = fold.AppendKey(m.buf[:0], text[start:at])
		list = m.sure(list, m.buf)
	}
	m.event(list)
}

// sieve tells which words may be of a form by their first four letters: those that
// it stops are of none. It is a table of bits by a hash of the letters.
type sieve struct {
	bits   [1 << 10]uint64
	opened int // how many beginnings it was opened for, again counted again
}

// maxOpened bounds the work of making a sieve: where more beginnings are let through
// it stops next to nothing anyway.
const maxOpened = 1 << 20

func hashed(letters uint32) uint32 { return letters * 0x9E3779B1 >> 16 }

func (s *sieve) passes(letters uint32) bool {
	h := hashed(letters)
	return s.bits[h>>6]>>(h&63)&1 != 0
}

// beginning is a way that words of a form may begin: n letters, which led to a piece of
// the form and so far into it.
type beginning struct {
	letters uint32
	n       int
	piece   int
	in      int
}

// open lets the words of a form through: every beginning of four letters that one of
// them can have, and those words that are shorter.
func (s *sieve) open(pieces Word) {
	for todo := []beginning{{}}; len(todo) > 0; {
		b := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if s.opened++; s.opened > maxOpened {
			for i := range s.bits {
				s.bits[i] = ^uint64(0)
			}
			return
		}
		if b.n == 4 || b.piece == len(pieces) {
			h := hashed(b.letters)
			s.bits[h>>6] |= 1 << (h & 63)
			continue
		}
		todo = b.further(pieces[b.piece], todo)
	}
}

// further appends the beginnings that are one letter longer, or one piece further.
// Letters beyond ASCII lead nowhere: their words are not read by the sieve.
func (b beginning) further(p Piece, todo []beginning) []beginning {
	with := func(c byte) beginning {
		return beginning{b.letters | uint32(c)<<(8*b.n), b.n + 1, b.piece, b.in + 1}
	}
	next := beginning{b.letters, b.n, b.piece + 1, 0}
	if !p.Gap() {
		switch {
		case b.in == len(p.Text):
			return append(todo, next)
		case p.Text[b.in] < utf8.RuneSelf:
			return append(todo, with(p.Text[b.in]))
		}
		return todo
	}
	if b.in >= p.Min {
		todo = append(todo, next)
	}
	if p.Max == Unbounded || b.in < p.Max {
		for c := byte('0'); c <= '9'; c++ {
			todo = append(todo, with(c))
		}
		for c := byte('a'); c <= 'z'; c++ {
			todo = append(todo, with(c))
		}
	}
	return todo
}
