package query

import "strings"

// fits tells whether a folded word is of the form.
func (f form) fits(word string) bool {
	if len(f.pieces) == 1 && !f.pieces[0].Gap() {
		return word == f.pieces[0].Text
	}
	return f.matches(word)
}

// matches is the general case: it keeps the set of places in the word that the
// pieces so far can end at, and moves it over one piece after the other. Its
// time is the product of the length of the word and the number of pieces.
func (f form) matches(word string) bool {
	ends := make([]bool, len(word)+1)
	next := make([]bool, len(word)+1)
	ends[0] = true
	for _, p := range f.pieces {
		clear(next)
		if p.Gap() {
			widen(next, ends, word, p)
		} else {
			for at, ok := range ends {
				if ok && strings.HasPrefix(word[at:], p.Text) {
					next[at+len(p.Text)] = true
				}
			}
		}
		ends, next = next, ends
	}
	return ends[len(word)]
}

// widen moves a set of places over a gap: a place is reached where one lies at
// least Min and at most Max characters before it.
func widen(to, from []bool, word string, gap Piece) {
	var chars []int // where characters begin, and the end of the word
	for at := range word {
		chars = append(chars, at)
	}
	chars = append(chars, len(word))
	most := gap.Max
	if most == Unbounded {
		most = len(chars)
	}
	reached := -1 // the last place of from that is Min characters back or more
	for i := range chars {
		if back := i - gap.Min; back >= 0 && from[chars[back]] {
			reached = back
		}
		to[chars[i]] = reached >= 0 && i-reached <= most
	}
}
