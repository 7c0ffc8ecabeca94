package endnote

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/xmlscan"
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

// distinctive are elements that hardly any other XML has first in a record.
var distinctive = map[string]bool{"database": true, "source-app": true, "rec-number": true, "foreign-keys": true, "ref-type": true,
	"contributors": true, "auth-address": true, "titles": true, "periodical": true}

// sniffXML looks at what stands first in the first record.
func sniffXML(head []byte) int {
	text := bytes.TrimLeft(head, "\ufeff \t\r\n")
	if len(text) == 0 || text[0] != '<' {
		return 0
	}
	sets, inRecord := 0, false
	const furthest = 16 // tags before the first record
	for range furthest {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			break
		}
		text = text[i+1:]
		switch name := xmlscan.LocalName(text); {
		case len(name) == 0:
		case inRecord && distinctive[string(name)]:
			return 97
		case inRecord && sets > 0 && tree.children[string(name)] != nil:
			return 70
		case inRecord:
			return 0
		case string(name) == recordElement:
			inRecord = true
		case setElements[string(name)]:
			sets++
		}
	}
	if sets > 1 {
		return 70 // <xml><records> and nothing in it
	}
	return 0
}
