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
	p.works[key] = e
	p.order = append(p.order, key)
	p.workBytes += e.weight()
	for len(p.order) > p.limits.Pending || len(p.order) > 1 && p.workBytes > p.limits.Record {
		unused = p.works[p.order[0]]
		delete(p.works, p.order[0])
		p.workBytes -= unused.weight()
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
func keyHash(key string) uint32 {
	h := uint32(2166136261)
	for i := range len(key) {
		c := key[i]
		if c >= utf8.RuneSelf {
			return keyHash(asciiOf(strings.ToLower(key)))
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
	wanted := map[string]bool{}
	const looks = 2 // the second finds what only a parent behind it wants
	for range looks {
		in, ok := f.in.Again()
		if !ok {
			return false
		}
		f.looked = true
		f.lookThrough(in, from, wanted)
		if !f.parentsWant() {
			break
		}
	}
	return true
}

// lookThrough keeps the first entry of each key that an entry before it wants.
func (f *family) lookThrough(in *record.Input, from int, wanted map[string]bool) {
	s, e, size := newScanner(in), &entry{}, 0
	var small []byte
	for s.next(e) {
		if e.number < from {
			continue
		}
		keep := false
		if len(wanted) > 0 && size <= heldBytes*f.limits.Record {
			small = s.smallKey(e, small[:0])
			keep = wanted[string(small)] && f.ahead[string(small)] == nil
		}
		if !keep && !e.heir {
			continue
		}
		s.settle(e)
		for _, key := range parents(e) {
			if len(wanted) < f.limits.Pending {
				wanted[key] = true
			}
		}
		if keep {
			f.ahead[string(small)], f.parents[e.number] = e, e
			size += e.weight()
			e = &entry{}
		}
	}
}

// parentsWant tells whether a parent that was found names one that was not.
func (f *family) parentsWant() bool {
	for _, p := range f.ahead {
		for _, key := range parents(p) {
			if f.find(key) == nil {
				return true
			}
		}
	}
	return false
}
