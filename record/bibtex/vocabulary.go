package bibtex

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file knows the names that files use: of fields, of types of entries and of
// the months. Each is looked up once, where it is read.

// term is a name and what is known of it.
type term struct {
	name   string
	number int         // among all terms, from 0
	row    *row        // of a field that the table has
	heir   bool        // of a field that names a parent to inherit from
	isType bool        // of entries
	kind   record.Kind // of the works that a type stands for
	sure   bool        // the kind alone brings back the type
}

// vocabulary holds the terms at the hashes of their names, or at the next free
// place behind.
var vocabulary = func() (t [1024]*term) {
	number := 0
	at := func(name string) *term {
		i := nameHash(name) % uint32(len(t))
		for ; t[i] != nil; i = (i + 1) % uint32(len(t)) {
			if t[i].name == name {
				return t[i]
			}
		}
		t[i] = &term{name: name, number: number}
		number++
		return t[i]
	}
	for _, r := range rows {
		for _, name := range append([]string{r.tag}, r.also...) {
			at(name).row = r
		}
	}
	for name, kind := range typeKinds {
		n := at(name)
		w := typeOf(kind)
		n.isType, n.kind, n.sure = true, kind, w.bibtex == name && w.subtype == ""
	}
	for _, name := range strings.Fields("comment string preamble jan feb mar apr may jun jul aug sep oct nov dec file timestamp owner groups affiliation chapter howpublished xdata") {
		at(name)
	}
	at("crossref").heir, at("xdata").heir = true, true
	return t
}()

// nameHash is the same for a name in capitals and in small letters.
func nameHash[T string | []byte](name T) uint32 {
	h := uint32(len(name))
	for i := range len(name) {
		h = h*31 + uint32(name[i]|0x20)
	}
	return h
}

// longestTerm is more than any term has.
const longestTerm = 32

// termOf finds the term of a name, whose ASCII letters may be capitals; nil for
// any other name.
func termOf[T string | []byte](name T) *term {
	if len(name) > longestTerm {
		return nil
	}
	for i := nameHash(name) % uint32(len(vocabulary)); vocabulary[i] != nil; i = (i + 1) % uint32(len(vocabulary)) {
		if t := vocabulary[i]; isNamed(t.name, name) {
			return t
		}
	}
	return nil
}

// isNamed compares a name in small letters with one in any.
func isNamed[T string | []byte](small string, name T) bool {
	if len(small) != len(name) {
		return false
	}
	for i := range len(small) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if small[i] != c {
			return false
		}
	}
	return true
}

// rowOf is the row of a field, nil for one that the table does not have.
func rowOf(name string) *row {
	if t := termOf(name); t != nil {
		return t.row
	}
	return nil
}
