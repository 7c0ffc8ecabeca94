package query

import (
	"slices"
	"unicode/utf8"
)

// wordCutter cuts texts into words and folds them, as foldedWords does. It is room
// that is used again.
type wordCutter struct {
	letters []byte // of all words, one behind the other
	ends    []int  // where each word ends in letters
}

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
func (c *wordCutter) clear() { c.letters, c.ends = c.letters[:0], c.ends[:0] }

// cut adds the words of a text. In ASCII a word is a run of letters and digits: what
// else package token takes into a word, folding takes out again.
func (c *wordCutter) cut(text string) {
	n := len(c.letters)
	began, letters := n, slices.Grow(c.letters, len(text)+8)[:n+len(text)]
	for i := 0; i < len(text); i++ {
		k := keyByte[text[i]]
		if k != 0 && k != beyond {
			letters[n] = k
			n++
			continue
		}
		size := 1
		if k == beyond {
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); inWord(r) {
				// The word is not what its ASCII beginning is.
				start := i - (n - began)
				c.letters = letters[:began]
				i = c.fold(text, start)
				n = len(c.letters)
				began, letters = n, slices.Grow(c.letters, len(text)-i+8)[:n+len(text)-i]
				size = 0
			}
		}
		if n > began {
			c.ends = append(c.ends, n)
			began = n
		}
		i += size - 1
	}
	if n > began {
		c.ends = append(c.ends, n)
	}
	c.letters = letters[:n]
}

// fold adds the words of the run of letters, digits and characters beyond ASCII
// that begins at start, and returns where it ends.
func (c *wordCutter) fold(text string, start int) int {
	end := start
	for end < len(text) && keyByte[text[end]] != 0 {
		end++
	}
	for _, w := range foldedWords(text[start:end]) {
		c.letters = append(c.letters, w.key...)
		c.ends = append(c.ends, len(c.letters))
	}
	return end
}
