package query

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// wordCutter cuts texts into words and folds them, as foldedWords does. It is room
// that is used again.
type wordCutter struct {
	letters []byte // of the words, in lower case; what stands between them means nothing
	words   []wordBounds
}

// wordBounds are where a word begins and ends in letters.
type wordBounds struct{ from, to int }

// keyByte is what stands for a byte in a folded word: a letter in lower case or a
// digit, 0 for what parts words, and beyond for what is not ASCII.
var keyByte = func() (t [256]byte) {
	for c := range t {
		switch b := byte(c); {
		case b >= utf8.RuneSelf:
			t[c] = beyond
		case isLetterByte(b):
			t[c] = b | 0x20
		case isDigit(b):
			t[c] = b
		}
	}
	return t
}()

const beyond = 0xff

// clear begins anew.
func (c *wordCutter) clear() { c.letters, c.words = c.letters[:0], c.words[:0] }

// cut adds the words of a text. In ASCII a word is a run of letters and digits: what
// else package token takes into a word, folding takes out again.
func (c *wordCutter) cut(text string) {
	t := cutting{wordCutter: c, text: text, base: len(c.letters), word: -1}
	t.room(len(text))
	for t.at < len(text) {
		if t.eight(); t.at < len(text) {
			t.one()
		}
	}
	t.end()
	c.letters = c.letters[:t.base+len(text)]
}

// cutting is the cutting of one text.
type cutting struct {
	*wordCutter
	text string
	at   int
	base int // what stands at i of the text stands at base+i of the letters
	word int // where the word that is being read begins in the letters, -1 between words
}

// room makes room for letters up to that at a place of the text.
func (c *cutting) room(at int) {
	n := c.base + at
	c.letters = slices.Grow(c.letters, max(n+8-len(c.letters), 0))[:n+8]
}

func (c *cutting) end() {
	if c.word >= 0 {
		c.words = append(c.words, wordBounds{c.word, c.base + c.at})
		c.word = -1
	}
}

// Eight bytes in one number, and their uppermost bits.
const (
	eightBytes = 0x01_01_01_01_01_01_01_01
	upperBits  = 0x80 * eightBytes
)

// eightOf gives eight bytes as a number, the first one lowest.
func eightOf(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// eight reads bytes, eight at a time, until less than eight are left or a character
// beyond ASCII comes. Where words begin and end is seen of all eight at once.
func (c *cutting) eight() {
	text, letters, words := c.text, c.letters[c.base+c.at:], c.words
	at, word, before := c.at, c.word, uint64(0)
	if word >= 0 {
		before = 0x80
	}
	for i := 0; at+8 <= len(text); i += 8 {
		x := eightOf(text[at : at+8])
		if x&upperBits != 0 {
			break
		}
		lower := x | 0x20*eightBytes // of a letter; a digit has this bit
		binary.LittleEndian.PutUint64(letters[i:], lower)
		// The uppermost bit of a byte becomes set by adding where it is at least some
		// other; nothing is carried into the next byte.
		letter := (lower + (0x80-'a')*eightBytes) &^ (lower + (0x80-'z'-1)*eightBytes)
		digit := (x + (0x80-'0')*eightBytes) &^ (x + (0x80-'9'-1)*eightBytes)
		in := (letter | digit) & upperBits
		for turns := in ^ (in<<8 | before); turns != 0; turns &= turns - 1 {
			here := c.base + at + bits.TrailingZeros64(turns)/8
			if word < 0 {
				word = here
				continue
			}
			words = append(words, wordBounds{word, here})
			word = -1
		}
		before = in >> 56
		at += 8
	}
	c.at, c.word, c.words = at, word, words
}

// one reads a byte, or a character beyond ASCII, with the run of letters and digits
// that it stands in, if it belongs to a word.
func (c *cutting) one() {
	k := keyByte[c.text[c.at]]
	if k != 0 && k != beyond {
		if c.word < 0 {
			c.word = c.base + c.at
		}
		c.letters[c.base+c.at] = k
		c.at++
		return
	}
	size := 1
	if k == beyond {
		var r rune
		if r, size = utf8.DecodeRuneInString(c.text[c.at:]); inWord(r) {
			c.run()
			return
		}
	}
	c.end()
	c.at += size
}

// run folds the run of letters, digits and characters beyond ASCII that goes on here:
// its first word is not what its ASCII beginning is.
func (c *cutting) run() {
	start, end := c.at, c.at
	if c.word >= 0 {
		start = c.word - c.base
	}
	for end < len(c.text) && keyByte[c.text[end]] != 0 {
		end++
	}
	c.letters = c.letters[:c.base+start]
	for _, w := range foldedWords(c.text[start:end]) {
		from := len(c.letters)
		c.letters = append(c.letters, w.key...)
		c.words = append(c.words, wordBounds{from, len(c.letters)})
	}
	c.at, c.base, c.word = end, len(c.letters)-end, -1
	c.room(len(c.text))
}
