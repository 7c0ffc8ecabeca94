package dedupe

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// Abstracts are compared by how they begin. Folding them takes longer than
// folding all else, and few pairs come as far, so that a form holds the abstract
// as it is, and each comparison folds as much as it needs.

// Letters of an abstract: so many tell something, and more than most are not looked at.
const (
	abstractEnough = 80
	abstractMost   = 600
)

// abstractStart is the folded beginning of an abstract without blanks, "" for
// one too short to tell anything. That of a result is the same again.
func abstractStart(s string) string {
	var room [abstractMost]byte
	b := appendAbstract(room[:0], s, abstractMost)
	if len(b) < abstractEnough {
		return ""
	}
	return string(b)
}

// tells tells whether an abstract is long enough to tell anything.
func tells(s string) bool {
	var room [abstractEnough]byte
	return len(appendAbstract(room[:0], s, abstractEnough)) == abstractEnough
}

// beginAlike tells whether two abstracts begin with the same letters, or the
// beginning of the second stands in the first behind what its source put before it.
func beginAlike(a, b string) bool {
	const begin, inside = 60, 20
	var roomA [abstractMost]byte
	var roomB [begin]byte
	x, y := appendAbstract(roomA[:0], a, begin), appendAbstract(roomB[:0], b, begin)
	return bytes.Equal(x, y) || bytes.Contains(appendAbstract(roomA[:0], a, abstractMost), y[min(inside, len(y)):])
}

// compareAbstracts orders abstracts by their folded beginnings, those that tell
// nothing first.
func compareAbstracts(a, b string) int {
	if a == b || a == "" || b == "" {
		return cmp.Compare(len(a), len(b))
	}
	var roomA, roomB [abstractMost]byte
	return bytes.Compare(appendAbstract(roomA[:0], a, abstractMost), appendAbstract(roomB[:0], b, abstractMost))
}

// appendAbstract appends the first letters of an abstract, folded, up to most.
func appendAbstract(dst []byte, s string, most int) []byte {
	s = s[:min(len(s), 2*abstractMost)]
	for i := 0; i < len(s) && len(dst) < most; i++ {
		switch b := letterOf[s[i]]; {
		case b > 1:
			dst = append(dst, b)
		case b == 1 || s[i] == '<' || s[i] == '&':
			return appendMarked(dst[:0], s, most)
		}
	}
	return dst
}

// appendMarked does the same for text with markup or letters beyond ASCII.
func appendMarked(dst []byte, s string, most int) []byte {
	if len(s) == 2*abstractMost {
		s = strings.ToValidUTF8(s, "") // it may have been cut
	}
	var room [2 * abstractMost]byte
	for _, b := range fold.AppendKey(room[:0], fold.Unmark(s)) {
		if len(dst) == most {
			break
		}
		if b != ' ' {
			dst = append(dst, b)
		}
	}
	return dst
}
