package query

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// Tree is a tree of subject headings, such as MeSH: which heading stands below
// which others, as exploding a heading needs to know. The zero value and nil are
// empty. It is not changed once it is read, and is safe for concurrent use.
type Tree struct {
	names   []string         // folded name of each heading
	own     map[string]int32 // the heading of a folded name
	synonym map[string]int32 // the heading of a folded entry term that is the name of none
	numbers []treeNumber     // of all headings, in the order of their numbers
	places  [][]string       // of each heading, its numbers
}

// treeNumber is a place of a heading in the tree, C10.228.140: what is below it
// begins with it and a point.
type treeNumber struct {
	number  string
	heading int32
}

// Len is the number of headings. A nil Tree has none.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return len(t.names)
}

// named gives the folded names of the heading that has a folded name, or has it as
// an entry term, and with below those of all headings under any of its places.
// Where the tree lacks it, known is false and the name itself is given.
func (t *Tree) named(key string, below bool) (names []string, known bool) {
	if t == nil {
		return []string{key}, false
	}
	h, ok := t.own[key]
	if !ok {
		h, ok = t.synonym[key]
	}
	if !ok {
		return []string{key}, false
	}
	names = []string{t.names[h]}
	for _, number := range t.places[h] {
		if !below {
			break
		}
		for _, n := range t.under(number) {
			names = append(names, t.names[n.heading])
		}
	}
	slices.Sort(names)
	return slices.Compact(names), true
}

// under gives the places below a number: in the order of numbers they are those
// from its point up to the next sign of ASCII.
func (t *Tree) under(number string) []treeNumber {
	at := func(bound string) int {
		i, _ := slices.BinarySearchFunc(t.numbers, bound, func(n treeNumber, bound string) int { return strings.Compare(n.number, bound) })
		return i
	}
	return t.numbers[at(number+"."):at(number+"/")]
}

// treeBuilding is a tree while it is read.
type treeBuilding struct {
	Tree
	synonyms [][]string // folded entry terms of each heading
}

func newTreeBuilding() *treeBuilding {
	return &treeBuilding{Tree: Tree{own: map[string]int32{}, synonym: map[string]int32{}}}
}

// heading gives the number of the heading of a name, which is new where it was not
// met before; ok is false for a name without a letter or digit.
func (b *treeBuilding) heading(name string) (h int32, ok bool) {
	key := fold.Key(name)
	if key == "" {
		return 0, false
	}
	h, known := b.own[key]
	if !known {
		h = int32(len(b.names))
		b.own[key] = h
		b.names = append(b.names, key)
		b.places = append(b.places, nil)
		b.synonyms = append(b.synonyms, nil)
	}
	return h, true
}

// place puts a heading at a number.
func (b *treeBuilding) place(h int32, number string) {
	b.places[h] = append(b.places[h], number)
	b.numbers = append(b.numbers, treeNumber{number, h})
}

// done orders what was read. An entry term that several headings have belongs to
// the first.
func (b *treeBuilding) done() *Tree {
	slices.SortFunc(b.numbers, func(x, y treeNumber) int {
		if c := strings.Compare(x.number, y.number); c != 0 {
			return c
		}
		return int(x.heading - y.heading)
	})
	for h, terms := range b.synonyms {
		for _, s := range terms {
			if _, taken := b.synonym[s]; !taken {
				b.synonym[s] = int32(h)
			}
		}
	}
	return &b.Tree
}

// isTreeNumber tells whether a text is a place in a tree: a letter and digits, then
// digits behind points.
func isTreeNumber(s string) bool {
	if s == "" || s[0] < 'A' || s[0] > 'Z' || len(s) > 200 {
		return false
	}
	digits := 0
	for i := 1; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
			digits++
		case s[i] == '.' && digits > 0:
			digits = 0
		default:
			return false
		}
	}
	return digits > 0 || len(s) == 1
}
