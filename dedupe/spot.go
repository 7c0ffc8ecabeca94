package dedupe

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unicode/utf8"
)

// In a large collection many works begin on the same page by chance, and some of
// them stand in a volume of the same number, or are by people of the same name. A
// spot is what shows of two such works, whose titles are different, that no sum of
// the other fields can make them one: it bounds what those tell.

// spotAuthors is how many family names a spot has room for.
const spotAuthors = 4

// spot is an extract of a form: when, where and by whom.
type spot struct {
	families, given uint64 // sets of the words of the names, by their hashes
	volume, last    uint32 // hashes, 0 for none
	doi, pmid       uint32 // the same
	marks           [spotAuthors]uint32
	sizes           [spotAuthors]uint8 // of the family names
	year            int16
	names           uint8 // how much an agreement of the first author tells, in parts of a bit, rounded up
	authors         uint8
	flags           uint8
}

// Flags of a spot.
const (
	spotAbstract = 1 << iota
	spotSource
	spotJournal
	spotCrowd       // the names are more, or others, than a spot can hold
	spotDOISlipped  // the identifier is not used
	spotPMIDSlipped // the same
)

// partsOfName is the unit in which a spot holds what a name tells.
const partsOfName = 32

// anySize is the size of a family name that is not in plain letters only.
const anySize = math.MaxUint8

// atSpot makes the spot of a weighed form.
func atSpot(f *form) (s spot) {
	s.volume, s.last, s.doi, s.pmid = mark(f.volume), mark(f.last), mark(f.doi), mark(f.pmid)
	s.year = int16(min(max(f.year, math.MinInt16), math.MaxInt16))
	s.names, s.authors = uint8(min(255, f.names*partsOfName+1)), uint8(min(255, len(f.authors)))
	for i, is := range [...]bool{f.abstract != "", f.source != 0, len(f.journal.words)+len(f.issn) > 0, len(f.authors) > spotAuthors, f.slipped.doi, f.slipped.pmid} {
		if is {
			s.flags |= 1 << i
		}
	}
	if s.flags&spotCrowd != 0 {
		return s
	}
	for i := range f.authors {
		s.name(i, &f.authors[i])
	}
	return s
}

// name adds a name.
func (s *spot) name(i int, a *author) {
	if len(a.family) < 2 {
		s.flags |= spotCrowd // which may be another's initial
		return
	}
	s.marks[i], s.sizes[i] = wordMark(a.family), uint8(min(len(a.family), anySize))
	blank := false
	for k := range len(a.family) {
		switch c := a.family[k]; {
		case c >= utf8.RuneSelf:
			s.sizes[i] = anySize
		case c == ' ':
			blank = true
		}
	}
	s.families |= wordSet(a.family, 1)
	if blank {
		s.families |= 1 << inSet(hashWithoutBlanks(a.family))
	}
	switch {
	case len(a.given) < 2:
	case a.given[0] >= utf8.RuneSelf:
		s.given |= wordSet(a.given, 2) | 1<<inSet(hashWithoutBlanks(a.given))
	default:
		var room [64]byte
		given := transliterate(room[:0], a.given)
		s.given |= wordSet(given, 2) | 1<<inSet(hashWithoutBlanks(given))
	}
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// wordSet is the set of the words of a folded text that have at least so many bytes.
func wordSet[T string | []byte](s T, least int) (set uint64) {
	h, n := uint64(fnvOffset), 0
	for i := range len(s) + 1 {
		if i < len(s) && s[i] != ' ' {
			h, n = (h^uint64(s[i]))*fnvPrime, n+1
			continue
		}
		if n >= least {
			set |= 1 << inSet(h)
		}
		h, n = fnvOffset, 0
	}
	return set
}

// hashWithoutBlanks is what the hash of the words would be if they were one.
func hashWithoutBlanks[T string | []byte](s T) uint64 {
	h := uint64(fnvOffset)
	for i := range len(s) {
		if s[i] != ' ' {
			h = (h ^ uint64(s[i])) * fnvPrime
		}
	}
	return h
}

// inSet is the place of a hash in a set of 64.
func inSet(h uint64) uint64 { return h * mixA >> 58 }

// What the levels tell at most.
const (
	mostYear, mostYearOne, mostYearTwo, mostYearMore = 2, 0, -3, -6
	mostJournal                                      = 3
	mostVolume, mostVolumeOther                      = 2.5, 1
	mostIssue                                        = 1.5
	mostPages, mostFirstPage, mostLastPage           = 8, 6, 1
	mostOtherDOI                                     = -6
	mostAbstract                                     = 4
	mostSource                                       = 1.5
	mostFurtherAuthors                               = 3
)

// leastDoubt is the sum of evidence, in bits, below which a score is under
// hopelessDoubt for sure.
const leastDoubt = -1.6

// mayBeOne tells whether two works that have different titles and share no identifier
// may be one all the same, of which it is known whether they begin on one page.
func (s *spot) mayBeOne(t *spot, onePage bool) bool {
	if !onePage && !s.sameLast(t) {
		return false // with nothing for the pages no sum is enough
	}
	if s.pmid != t.pmid && s.pmid != 0 && t.pmid != 0 && (s.flags|t.flags)&spotPMIDSlipped == 0 {
		return false // PubMed has two numbers for them
	}
	if s.authors == 0 || t.authors == 0 || !s.mayShareAuthor(t) {
		return false
	}
	apart := 0
	if s.year != 0 && t.year != 0 {
		apart = max(int(s.year)-int(t.year), int(t.year)-int(s.year))
	}
	if onePage && apart == 0 && s.sameVolume(t) && s.sameLast(t) {
		return true // which the rule of the same place decides
	}
	return s.most(t, apart, onePage) >= leastDoubt
}

// most is the sum of evidence at most, in bits, of two works whose years are so far
// apart.
func (s *spot) most(t *spot, apart int, onePage bool) float64 {
	sum := priorBits + titleDifferentBits + float64(min(s.names, t.names))/partsOfName + min(mostFurtherAuthors, float64(min(s.authors, t.authors)-1)) + mostIssue
	switch {
	case s.year == 0 || t.year == 0:
	case apart == 0:
		sum += mostYear
	case apart == 1:
		sum += mostYearOne
	case apart == 2:
		sum += mostYearTwo
	default:
		sum += mostYearMore
	}
	sum += either(s.sameVolume(t), mostVolume, mostVolumeOther)
	if onePage {
		sum += either(s.sameLast(t), mostPages, mostFirstPage)
	} else {
		sum += either(s.sameLast(t), mostLastPage, 0)
	}
	both := s.flags & t.flags
	sum += either(both&spotJournal != 0, mostJournal, 0)
	sum += either(both&spotAbstract != 0, mostAbstract, 0)
	sum += either(both&spotSource != 0, mostSource, 0)
	if s.doi != t.doi && s.doi != 0 && t.doi != 0 && (s.flags|t.flags)&spotDOISlipped == 0 {
		sum += mostOtherDOI
	}
	return sum
}

func (s *spot) sameVolume(t *spot) bool { return s.volume == t.volume && s.volume != 0 }

func (s *spot) sameLast(t *spot) bool { return s.last == t.last && s.last != 0 }

func either(is bool, yes, no float64) float64 {
	if is {
		return yes
	}
	return no
}

// mayShareAuthor tells whether any author of one may be one of the other, as
// author.agree says.
func (s *spot) mayShareAuthor(t *spot) bool {
	if (s.flags|t.flags)&spotCrowd != 0 || s.families&(t.families|t.given) != 0 || s.given&t.families != 0 {
		return true
	}
	for i := range s.authors {
		for k := range t.authors {
			if mayBeClose(s.marks[i], t.marks[k], s.sizes[i], t.sizes[k]) {
				return true
			}
		}
	}
	return false
}

// mayBeClose tells whether closeNames may hold for two family names.
func mayBeClose(m, n uint32, size, other uint8) bool {
	x := m ^ n
	if x>>26 != 0 {
		return false
	}
	letters := bits.OnesCount32(x)
	if size == anySize || other == anySize {
		return letters <= 4
	}
	if size > other {
		size, other = other, size
	}
	bound := 1
	if size > 7 {
		bound = 2
	}
	return size >= 4 && int(other-size) <= bound && letters <= 2*bound
}

// spotSize is how many bytes a packed spot takes.
const spotSize = 2*8 + 4*4 + 5*spotAuthors + 2 + 3

// pack appends the spot to dst.
func (s *spot) pack(dst []byte) []byte {
	order := binary.LittleEndian
	dst = order.AppendUint64(order.AppendUint64(dst, s.families), s.given)
	for _, n := range [...]uint32{s.volume, s.last, s.doi, s.pmid} {
		dst = order.AppendUint32(dst, n)
	}
	for _, n := range s.marks {
		dst = order.AppendUint32(dst, n)
	}
	dst = order.AppendUint16(append(dst, s.sizes[:]...), uint16(s.year))
	return append(dst, s.names, s.authors, s.flags)
}

// unpackSpot gives back what pack packed, from spotSize bytes.
func unpackSpot(b []byte) (s spot) {
	order := binary.LittleEndian
	b = b[:spotSize]
	s.families, s.given = order.Uint64(b), order.Uint64(b[8:])
	s.volume, s.last, s.doi, s.pmid = order.Uint32(b[16:]), order.Uint32(b[20:]), order.Uint32(b[24:]), order.Uint32(b[28:])
	b = b[32:]
	for i := range s.marks {
		s.marks[i] = order.Uint32(b[4*i:])
	}
	b = b[4*spotAuthors:]
	b = b[copy(s.sizes[:], b):]
	s.year = int16(order.Uint16(b))
	s.names, s.authors, s.flags = b[2], b[3], b[4]
	return s
}
