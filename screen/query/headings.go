package query

// Tree is a tree of subject headings, such as MeSH. The zero value is empty.
// It is not changed once it is read, and is safe for concurrent use.
type Tree struct {
	names   []string         // folded name of each heading
	numbers []treeNumber     // of all headings, in the order of the tree
	byName  map[string]int32 // the heading of a folded name, its own or a synonym
	places  [][]int32        // of each heading, indexes in numbers
}

// treeNumber is a place of a heading in the tree.
type treeNumber struct {
	number  string // C10.228.140
	heading int32
}

// Len is the number of headings. A nil Tree has none.
func (t *Tree) Len() int {
	if t == nil {
		return 0
	}
	return len(t.names)
}

// named gives the folded names of the heading that has a folded name, and with
// below those of all headings under it. Where the tree lacks it, known is false
// and the name itself is given.
func (t *Tree) named(key string, below bool) (names []string, known bool) {
	return []string{key}, false
}
