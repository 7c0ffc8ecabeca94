package bibtex

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// This file remembers entries that were given out and finds those that are still
// to come, for entries that inherit from them.

// weight is about how many bytes of memory an entry takes.
func (e *entry) weight() int { return e.size + len(e.key) + entryBytes + fieldBytes*len(e.fields) }

const entryBytes, fieldBytes = 200, 80

// compact copies an entry into no more memory than it needs.
func (e *entry) compact() *entry {
	c := *e
	c.fields = make([]field, len(e.fields))
	copy(c.fields, e.fields)
	return &c
}

// parentTypes are the types of whole works, which others stand in.
var parentTypes = []string{
	"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference", "periodical", "xdata", "journal",
}

// past remembers entries that were given out: the works that others stand in, up
// to Limits.Pending, and the last ones of all others. Of each group there are at
// most Limits.Record bytes.
type past struct {
	limits record.Limits

	works     map[string]*entry // the first of each key, in small letters
	order     []string          // their keys, oldest first
	workBytes int

	recent      [recent]*entry // a ring
	hashes      [recent]uint32 // of their keys
	first, n    int            // the oldest, and how many there are
	recentBytes int
}

// recent is how many entries of other types are remembered as possible parents.
const recent = 1000

// put remembers an entry. It returns one that is not needed any more, to be used
// again, or nil.
func (p *past) put(e *entry) (unused *entry) {
	if e.key == "" {
		return e
	}
	if slices.Contains(parentTypes, e.kind) {
		return p.putWork(e)
	}
	p.recentBytes += e.weight()
	for p.n == recent || p.n > 0 && p.recentBytes > p.limits.Record {
		unused = p.recent[p.first]
		p.recent[p.first] = nil
		p.recentBytes -= unused.weight()
		p.first, p.n = (p.first+1)%recent, p.n-1
	}
	i := (p.first + p.n) % recent
	p.recent[i], p.hashes[i] = e, keyHash(e.key)
	p.n++
	return unused
}

func (p *past) putWork(e *entry) (unused *entry) {
	key := strings.ToLower(e.key)
	if p.works[key] != nil {
		return e
	}
	unused, e = e, e.compact()
	p.works[key] = e
	p.order = append(p.order, key)
	p.workBytes += e.weight()
	for len(p.order) > p.limits.Pending || len(p.order) > 1 && p.workBytes > p.limits.Record {
		p.workBytes -= p.works[p.order[0]].weight()
		delete(p.works, p.order[0])
		p.order = p.order[1:]
	}
	return unused
}

// find gives the first entry of a key that is remembered, nil for none.
func (p *past) find(key string) *entry {
	found := p.works[key]
	for i, h := 0, keyHash(key); i < p.n; i++ {
		at := (p.first + i) % recent
		if p.hashes[at] != h {
			continue
		}
		if e := p.recent[at]; strings.ToLower(e.key) == key {
			if found == nil || e.number < found.number {
				found = e
			}
			break
		}
	}
	return found
}

// keyHash is the same for keys that differ in capitals only.
func keyHash[T string | []byte](key T) uint32 {
	h := uint32(2166136261)
	for i := range len(key) {
		c := key[i]
		if c >= utf8.RuneSelf {
			return keyHash(asciiOf(strings.ToLower(string(key))))
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// asciiOf leaves out all letters beyond ASCII.
func asciiOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			return -1
		}
		return r
	}, s)
}

// lookAhead reads the file a second time where its source allows that, for the
// parents that stand behind the entries that name them, from entry from on. Then
// nothing has to be held. It returns false where the source can be read once only.
func (f *family) lookAhead(from int) bool {
	f.ahead, f.parents = map[string]*entry{}, map[int]*entry{}
	l := look{family: f, from: from, wanted: map[string]bool{}}
	const looks = 2 // the second finds what only a parent behind it wants
	for range looks {
		in, ok := f.in.Again()
		if !ok {
			return false
		}
		f.looked = true
		if l.through(in); !l.missed {
			break
		}
	}
	return true
}

// look goes through the rest of a file for parents.
type look struct {
	*family
	from   int
	wanted map[string]bool // keys that entries name as their parents'
	size   int             // of what is kept
	small  []byte          // the key at hand
	passed [1 << 14]uint64 // a bit for the hash of each key that was passed
	missed bool            // a parent wants what was perhaps passed
}

// through keeps the first entry of each key that an entry before it wants.
func (l *look) through(in *record.Input) {
	l.missed = false
	s, e := newScanner(in), &entry{}
	keep := false
	s.whole = func(e *entry) bool {
		keep = l.wants(s, e)
		return keep
	}
	for s.next(e) {
		if !keep && !e.heir || e.number < l.from {
			continue
		}
		s.settle(e)
		l.want(parents(e), keep)
		if keep {
			l.ahead[string(l.small)], l.parents[e.number] = e, e
			l.size += e.weight()
			e = &entry{}
		}
	}
}

// wants tells by its key whether an entry is to be kept.
func (l *look) wants(s *scanner, e *entry) bool {
	if s.number+1 < l.from { // its number is given when all of it was read
		return false
	}
	l.small = s.smallKey(e, l.small[:0])
	h := keyHash(l.small)
	l.passed[h/64%uint32(len(l.passed))] |= 1 << (h % 64)
	return len(l.wanted) > 0 && l.wanted[string(l.small)] && l.ahead[string(l.small)] == nil && l.size <= heldBytes*l.limits.Record
}

// want takes in the keys that an entry names, which is a parent itself or not.
func (l *look) want(keys []string, isParent bool) {
	for _, key := range keys {
		if len(l.wanted) < l.limits.Pending {
			l.wanted[key] = true
		}
		h := keyHash(key)
		passed := l.passed[h/64%uint32(len(l.passed))]&(1<<(h%64)) != 0
		l.missed = l.missed || isParent && passed && l.find(key) == nil
	}
}
