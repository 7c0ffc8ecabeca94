package query

import "github.com/evidence-go/evidence/internal/fold"

// qualifierName is the subheading that two letters of MEDLINE stand for, ""
// where they stand for none.
func qualifierName(code string) string { return qualifierCodes[code] }

// qualifierCode is the two letters of a subheading, "" where it has none.
func qualifierCode(name string) string {
	for code, n := range qualifierCodes {
		if n == name {
			return code
		}
	}
	return ""
}

// has tells whether the tree has a heading of a name. A nil Tree has none.
func (t *Tree) has(name string) bool {
	_, known := t.named(fold.Key(name), false)
	return known
}
