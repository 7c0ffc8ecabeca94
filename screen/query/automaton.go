package query

import (
	"cmp"
	"slices"
)

// automaton tells of a word which forms of a vocabulary it is of. It walks the
// letters through a tree of the literal beginnings of all forms and leaves it
// as soon as no form is left, for most words after two letters.
//
//	form      in the tree                  answers
//	peer      p─e─e─r                      where the word ends there
//	peer*     the same                     wherever the word goes on
//	wom#n     w─o─m, compared in whole     where the word has that beginning
//	*itis     at the root, compared in whole with every word (once: answers are kept)
//
// Its size is linear in that of the vocabulary, whatever the wildcards.
type automaton struct {
	forms []form
	class [256]uint8 // of a folded byte: its number among those that forms use, 0 for one that none does
	width int32      // of a row: one more than the number of classes
	nodes []branch
	rows  []int32    // where branches with several children lead, by class; 0 is nowhere
	lists [][]answer // by number; the first is empty
	sieve sieve      // for words of ASCII
}

// branch is a node of the tree. Where class is manyWays, next is where its row
// begins; else it is the child that the class leads to.
type branch struct {
	next  int32
	ends  int32 // list of the forms of a word that ends here
	runs  int32 // list of the forms of a word that has this beginning and ends elsewhere
	class uint8
}

// manyWays stands for the class of a branch that has a row.
const manyWays = 0xff

// answer is a form that a word is of, or, where check is set, may be of.
type answer struct {
	form  int32
	check bool
}

// beginning is the literal text before the first gap of a form, and whether there
// is one; plain tells that nothing comes after it but a gap for any ending.
func (f form) beginning() (text string, gap, plain bool) {
	if !f.pieces[0].Gap() {
		text = f.pieces[0].Text
	}
	switch {
	case len(f.pieces) == 1 && text != "":
		return text, false, true
	case len(f.pieces) == 2 && text != "":
		g := f.pieces[1]
		return text, true, g.Min == 0 && g.Max == Unbounded
	}
	return text, true, false
}

// newAutomaton makes the automaton of a vocabulary, or, with some lists of another
// one, that of those forms of it that begin with a letter: its own lists follow those.
func newAutomaton(forms []form, lists [][]answer) *automaton {
	a := &automaton{forms: forms, lists: slices.Clone(lists)}
	if lists == nil {
		a.lists = [][]answer{nil}
	}
	b := treeBuilder{automaton: a}
	for i := range forms {
		text, gap, plain := forms[i].beginning()
		if text == "" && lists != nil {
			continue
		}
		b.starts = append(b.starts, stem{text, int32(i), gap, plain})
		a.sieve.open(forms[i].pieces)
		for _, c := range []byte(text) {
			a.class[c] = 1
		}
	}
	for c := range a.class {
		if a.class[c] != 0 {
			a.width++
			a.class[c] = uint8(a.width)
		}
	}
	a.width++
	slices.SortStableFunc(b.starts, func(x, y stem) int { return cmp.Compare(x.text, y.text) })
	b.build()
	return a
}

// stem is the beginning of a form while the tree is built.
type stem struct {
	text       string
	form       int32
	gap, plain bool
}

// treeBuilder builds the tree from sorted beginnings.
type treeBuilder struct {
	*automaton
	starts []stem
}

// sharing is a run of the sorted beginnings that share their first depth bytes, and
// the node they became.
type sharing struct {
	from, to, depth int
	node, runs      int32 // runs is the list of the node above
}

// build makes the nodes level by level, so that depth costs no stack.
func (b *treeBuilder) build() {
	b.nodes = append(b.nodes, branch{})
	todo := []sharing{{to: len(b.starts)}}
	for len(todo) > 0 {
		s := todo[0]
		todo = b.node(s, todo[1:])
	}
}

// node fills in a node and appends its children to todo.
func (b *treeBuilder) node(s sharing, todo []sharing) []sharing {
	at := s.from
	var ends, runs []answer
	for ; at < s.to && len(b.starts[at].text) == s.depth; at++ {
		x := b.starts[at]
		if x.gap {
			runs = append(runs, answer{x.form, !x.plain})
		} else {
			ends = append(ends, answer{x.form, false})
		}
	}
	n := &b.nodes[s.node]
	n.runs = b.list(s.runs, runs)
	n.ends = b.list(n.runs, ends)
	first := len(todo)
	runList := n.runs
	for at < s.to {
		c, end := b.starts[at].text[s.depth], at
		for end < s.to && b.starts[end].text[s.depth] == c {
			end++
		}
		todo = append(todo, sharing{at, end, s.depth + 1, int32(len(b.nodes)), runList})
		b.nodes = append(b.nodes, branch{})
		at = end
	}
	b.link(s, todo[first:])
	return todo
}

// link ties a node to its children. The root has a row in any case, the others
// where they have several children.
func (b *treeBuilder) link(s sharing, children []sharing) {
	n := &b.nodes[s.node]
	class := func(c sharing) uint8 { return b.class[b.starts[c.from].text[s.depth]] }
	switch {
	case len(children) == 0 && s.depth > 0:
		return
	case len(children) == 1 && s.depth > 0:
		n.class, n.next = class(children[0]), children[0].node
		return
	}
	n.class, n.next = manyWays, int32(len(b.rows))
	b.rows = append(b.rows, make([]int32, b.width)...)
	for _, c := range children {
		b.rows[int(n.next)+int(class(c))] = c.node
	}
}

// list gives the number of a list that has more beside what another has.
func (b *treeBuilder) list(of int32, more []answer) int32 {
	if len(more) == 0 {
		return of
	}
	b.lists = append(b.lists, append(slices.Clone(b.lists[of]), more...))
	return int32(len(b.lists) - 1)
}

// step goes from a node on by a class; 0 is nowhere. A class of 0 leads nowhere.
func (a *automaton) step(node int32, class uint8) int32 {
	n := &a.nodes[node]
	if n.class == manyWays {
		return a.rows[n.next+int32(class)]
	}
	if n.class == class {
		return n.next
	}
	return 0
}

// look walks a folded word and gives the number of its list.
func (a *automaton) look(word []byte) int32 {
	node := int32(0)
	for _, c := range word {
		next := a.step(node, a.class[c])
		if next == 0 {
			return a.nodes[node].runs
		}
		node = next
	}
	return a.nodes[node].ends
}
