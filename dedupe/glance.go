package dedupe

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Most candidates are two titles that share a few words. A glance is what tells
// them apart without a look at the records: small, and side by side with the
// others in the order of rank, because the memory that is touched takes longer
// than the comparing.

// glanceWords is how many words a glance has room for.
const glanceWords = 16

// glance is an extract of a form.
type glance struct {
	head, tail  uint64 // the first and last eight bytes of the title without blanks
	pmcid, page uint32 // hashes, 0 for none

	letters [27]uint8 // how often each stands in the title, the last for all else
	length  uint8     // of the title, in bytes
	main    uint8     // of the part before the subtitle
	rest    uint8     // words for which there is no room
	n       uint8     // words
	unsure  bool      // there is more to the form than a glance can hold

	marks [glanceWords]uint32 // of the words, in their order
	sizes [glanceWords]uint8  // of the words, and what may make two of them one
	bits  [glanceWords]uint8  // of the words, in parts of a bit, rounded up

	spot spot
}

// partsOfBit is the unit in which a glance holds what words tell.
const partsOfBit = 255 / maxWordBits

// atGlance makes the glance of a weighed form.
func atGlance(f *form) (g glance) {
	const longest = 1<<8 - 1
	g.unsure = f.compact == "" || len(f.compact) > longest || f.original != "" ||
		len(f.claims)+len(f.moreDOIs)+len(f.registrations) > 0 || f.first != "" && withoutLetters(f.first) == ""
	if g.unsure {
		return g
	}
	g.head, g.tail = headOf(f.compact), headOf(f.compact[max(0, len(f.compact)-8):])
	g.pmcid, g.page, g.spot = mark(f.pmcid), mark(withoutLetters(f.first)), atSpot(f)
	g.length, g.n = uint8(len(f.compact)), uint8(min(len(f.words), glanceWords))
	g.main = uint8(f.main)
	for i := range len(f.compact) {
		g.letters[letterNumber[f.compact[i]]]++
	}
	g.rest = uint8(min(len(f.words)-int(g.n), 255))
	for i, w := range f.words[:g.n] {
		g.marks[i], g.sizes[i], g.bits[i] = wordMark(w.text), wordSize(w.text), uint8(w.bits*partsOfBit)+1
	}
	return g
}

// glanceSize is how many bytes a packed glance takes.
const glanceSize = 2*8 + 2*4 + 27 + 5 + 6*glanceWords + spotSize

// pack appends the glance to dst.
func (g *glance) pack(dst []byte) []byte {
	order := binary.LittleEndian
	dst = order.AppendUint64(order.AppendUint64(dst, g.head), g.tail)
	dst = order.AppendUint32(order.AppendUint32(dst, g.pmcid), g.page)
	unsure := uint8(0)
	if g.unsure {
		unsure = 1
	}
	dst = append(append(dst, g.letters[:]...), g.length, g.main, g.rest, g.n, unsure)
	for _, n := range g.marks {
		dst = order.AppendUint32(dst, n)
	}
	return g.spot.pack(append(append(dst, g.sizes[:]...), g.bits[:]...))
}

// unpackGlance gives back what pack packed, from glanceSize bytes.
func unpackGlance(b []byte) (g glance) {
	order := binary.LittleEndian
	b = b[:glanceSize]
	g.head, g.tail = order.Uint64(b), order.Uint64(b[8:])
	g.pmcid, g.page = order.Uint32(b[16:]), order.Uint32(b[20:])
	b = b[24:]
	b = b[copy(g.letters[:], b):]
	g.length, g.main, g.rest, g.n, g.unsure = b[0], b[1], b[2], b[3], b[4] == 1
	b = b[5:]
	for i := range g.marks {
		g.marks[i] = order.Uint32(b[4*i:])
	}
	b = b[4*glanceWords:]
	b = b[copy(g.sizes[:], b):]
	g.spot = unpackSpot(b[copy(g.bits[:], b):])
	return g
}

// mark hashes an identifier or page; 0 stands for none.
func mark(s string) uint32 {
	if s == "" {
		return 0
	}
	return uint32(hashText(s)) | 1
}

// wordMark holds the first letter of a word, and which letters it has.
func wordMark(w string) uint32 {
	m := uint32(w[0]) << 26
	for i := range len(w) {
		m |= letterBit[w[i]]
	}
	return m
}

// letterNumber numbers the letters from 0; all other bytes are 26.
var letterNumber = func() (t [256]uint8) {
	for c := range t {
		t[c] = 26
	}
	for c := range 26 {
		t['a'+c] = uint8(c)
	}
	return t
}()

// letterBit has a bit for each letter, none for other bytes.
var letterBit = func() (t [256]uint32) {
	for c := range 26 {
		t['a'+c] = 1 << c
	}
	return t
}()

// A size is the length of a word in bytes, and what sameButSpelling asks of it.
const (
	wordLength = 1<<5 - 1 // the bits of the length, at most one less
	wordEnds   = 1 << 5   // the word has the ending of a verb
	wordExact  = 1 << 6   // nothing else is the same but for spelling
	wordLoose  = 1 << 7   // its length tells nothing
)

// wordSize gives the size of a word.
func wordSize(w string) uint8 {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return wordLoose
		}
	}
	switch {
	case len(w) >= wordLength:
		return wordLoose
	case len(w) < 4 || isNumber(w):
		return uint8(len(w)) | wordExact
	case len(withoutEnding(w)) < len(w):
		return uint8(len(w)) | wordEnds
	}
	return uint8(len(w))
}

// mostLetters is in how many letters two words may differ that sameButSpelling takes
// for one, by how much longer one of them is: of up to seven letters one may be
// wrong, of more two, up to three may be missing at the end, and two verbs may have
// different endings.
var mostLetters = [...][4]uint8{
	{2, 1, 2, 3}, // short
	{4, 3, 2, 3}, // long
	{2, 5, 4, 3}, // short, both with an ending
	{4, 5, 4, 3}, // long, both with an ending
}

// mayBeOne tells whether two words may be one but for spelling, that have the sizes,
// begin with the same letter and differ in so many letters.
func mayBeOne(s, t uint8, letters int) bool {
	if (s|t)&wordLoose != 0 {
		return letters <= 5
	}
	n, m := s&wordLength, t&wordLength
	if n > m {
		n, m = m, n
	}
	if (s|t)&wordExact != 0 {
		return letters == 0 && n == m
	}
	kind := s & t & wordEnds >> 4
	if n > 7 {
		kind++
	}
	return m-n <= 3 && letters <= int(mostLetters[kind][m-n])
}

// apart tells whether two records are different for sure: no identifier is the
// same, the titles are different, and nothing else could make them one. It may be
// false where they are.
func (g *glance) apart(h *glance) bool {
	if g.unsure || h.unsure || g.head == h.head && g.main == h.main && g.main > 0 || (g.head == h.head || g.tail == h.tail) && g.within(h) {
		return false
	}
	s, t := &g.spot, &h.spot
	if s.doi == t.doi && s.doi != 0 || s.pmid == t.pmid && s.pmid != 0 || g.pmcid == h.pmcid && g.pmcid != 0 {
		return false
	}
	if s.mayBeOne(t, g.page == h.page && g.page != 0) {
		return false
	}
	return g.differentWords(h) && !g.nearly(h)
}

// within tells whether the letters of the shorter title are all among those of the
// other: of titles of which one begins or ends like the other, it may be that.
func (g *glance) within(h *glance) bool {
	if g.length > h.length {
		g, h = h, g
	}
	for i, n := range g.letters[:26] {
		if n > h.letters[i] {
			return false
		}
	}
	return true
}

// differentWords tells whether the words that may be in common are too few for
// titles that are alike.
func (g *glance) differentWords(h *glance) bool {
	inG, inH, firsts := uint32(0), uint32(0), uint64(0)
	for _, n := range h.marks[:min(h.n, glanceWords)] {
		firsts |= 1 << (n >> 26)
	}
	for i, m := range g.marks[:min(g.n, glanceWords)] {
		if firsts>>(m>>26)&1 == 0 {
			continue
		}
		for k, n := range h.marks[:min(h.n, glanceWords)] {
			if x := m ^ n; x>>26 == 0 && mayBeOne(g.sizes[i], h.sizes[k], bits.OnesCount32(x)) {
				inG |= 1 << i
				inH |= 1 << k
			}
		}
	}
	bothG, leftG := g.share(inG)
	bothH, leftH := h.share(inH)
	// Each word that has no room may be in common with any of the other title.
	spare := (int(g.rest) + int(h.rest)) * maxWordBits * partsOfBit
	both, left := min(bothG, bothH)+spare, leftG+leftH-2*spare
	return 2*float64(both)*(1-likenessAlike) < likenessAlike*float64(left)
}

// share sums at most what the words in a set tell, and at least what the others do.
func (g *glance) share(in uint32) (most, least int) {
	for i := range int(g.n) {
		if in>>i&1 == 1 {
			most += int(g.bits[i])
		} else {
			least += int(g.bits[i]) - 1
		}
	}
	return most, least
}

// nearly tells whether two titles may be the same but for spelling: each letter
// put in, left out or replaced changes at most two counts by one.
func (g *glance) nearly(h *glance) bool {
	bound := int(max(g.length, h.length)) / spellingShare
	if int(max(g.length, h.length)-min(g.length, h.length)) > bound {
		return false
	}
	differ := 0
	for i, n := range g.letters[:26] {
		m := h.letters[i]
		differ += int(max(n, m) - min(n, m))
	}
	return differ <= 2*bound
}
