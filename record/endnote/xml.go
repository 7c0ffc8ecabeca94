package endnote

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// XML is EndNote XML as a value for record.ReadOptions and record.NewWriter.
func XML() record.Format {
	return record.Format{
		Name: nameXML, Title: "EndNote XML", Extensions: []string{".xml"},
		Sniff: sniffXML, Decode: decodeXML, Encode: encodeXML,
	}
}

// node is an element in the tree that the reader walks over: a field, or a group
// of others.
type node struct {
	name     string
	path     string
	f        *field // nil for a group
	children map[string]*node
}

// tree arranges the fields by their paths below <record>.
var tree = func() *node {
	root := &node{name: "record", children: map[string]*node{}}
	for _, f := range fields {
		if f.path == "" {
			continue
		}
		n := root
		for name := range strings.SplitSeq(f.path, "/") {
			n = n.grow(name)
		}
		n.f = f
	}
	return root
}()

func (n *node) grow(name string) *node {
	if c := n.children[name]; c != nil {
		return c
	}
	if n.children == nil {
		n.children = map[string]*node{}
	}
	c := &node{name: name, path: strings.TrimPrefix(n.path+"/"+name, "/")}
	n.children[name] = c
	return c
}

// setElements hold records.
var setElements = map[string]bool{"xml": true, "records": true}

const recordElement = "record"

// sniffXML looks for a record with one of EndNote's elements in it, or for a set of
// none.
func sniffXML(head []byte) int {
	text := bytes.TrimLeft(head, "\ufeff \t\r\n")
	if len(text) == 0 || text[0] != '<' {
		return 0
	}
	sets, inRecord, known := 0, false, 0
	for seen := 0; seen < 64; seen++ {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			break
		}
		text = text[i+1:]
		name := localName(text)
		switch n := tree.children[string(name)]; {
		case len(name) == 0:
		case string(name) == recordElement:
			inRecord = true
		case inRecord && n != nil:
			known++
			if string(name) == "ref-type" || known >= 2 {
				return 97
			}
		case inRecord, seen > 8:
			return 0 // a record of another kind
		case setElements[string(name)]:
			sets++
		}
	}
	if known > 0 || sets > 1 {
		return 70
	}
	return 0
}

// localName is the name that a tag begins with, without the prefix of its
// namespace; text begins behind "<" or "</".
func localName(text []byte) []byte {
	name := text[:nameLength(text)]
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return name
}

// nameLength is the length of the name that a text begins with, 0 for none.
func nameLength(text []byte) int {
	n := 0
	for n < len(text) && isName[text[n]] {
		n++
	}
	if n > 0 && (text[0] >= '0' && text[0] <= '9' || text[0] == '-' || text[0] == '.') {
		return 0
	}
	return n
}

// isName holds the bytes of names; those beyond ASCII are all let through.
var isName = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.' || c >= 0x80
	}
	return t
}()
