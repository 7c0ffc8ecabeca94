package query

// Tree is a tree of subject headings, such as MeSH. The zero value is empty.
type Tree struct{}
