package csljson

import (
	"bytes"
	"strconv"

	"github.com/evidence-go/evidence/internal/jsonpull"
)

// distinctive are variables that other kinds of JSON hardly have.
var distinctive = map[string]bool{"issued": true, "container-title": true, "author": true, "accessed": true, "citation-key": true,
	"publisher-place": true, "collection-title": true, "title-short": true, "container-title-short": true, "number-of-pages": true}

// sniff looks at the first item: its type must be one of CSL, its title a text,
// and half of its members variables of CSL, or one of them distinctive. JSON of
// other kinds fails by one of these: records of this module have no type,
// Crossref's works have lists as titles, OpenAlex's have other keys.
func sniff(head []byte) int {
	i := jsonpull.SkipSpace(head, 0)
	if i < len(head) && head[i] == '[' {
		i = jsonpull.SkipSpace(head, i+1)
	}
	if i >= len(head) || head[i] != '{' {
		return 0
	}
	item := head[i:]
	if isWrapped(item) {
		i += bytes.IndexByte(item, '[')
		if i = jsonpull.SkipSpace(head, i+1); i >= len(head) || head[i] != '{' {
			return 0
		}
		item = head[i:]
	}
	typed, marks, ours, all := false, 0, 0, 0
	for _, m := range headMembers(item) {
		all++
		if known[m.key] != nil {
			ours++
		}
		switch {
		case m.key == "type":
			t, _ := scalar(m.raw)
			_, isType := kindOf[t]
			_, isOther := otherTypes[t]
			typed = isType || isOther
		case (m.key == "title" || m.key == "container-title") && m.raw[0] == '[':
			return 0
		case distinctive[m.key]:
			marks++
		}
	}
	switch {
	case !typed || marks == 0 && 2*ours < all:
		return 0
	case marks == 0 && ours < 3 || 2*ours < all && marks < 3:
		return 40
	}
	return 90
}

// isWrapped tells whether an object's first member is a list of items.
func isWrapped(b []byte) bool {
	rest := b[jsonpull.SkipSpace(b, 1):]
	for _, w := range wrappers {
		if after, ok := bytes.CutPrefix(rest, []byte(strconv.Quote(w))); ok {
			after = bytes.TrimLeft(after, " \t\r\n:")
			return len(after) > 0 && after[0] == '['
		}
	}
	return false
}

// headMembers lists the members of an object that may be cut or damaged, as far
// as they can be told.
func headMembers(b []byte) []member {
	var out []member
	i := jsonpull.SkipSpace(b, 1)
	for i < len(b) && b[i] == '"' {
		end := jsonpull.SkipText(b, i)
		colon := jsonpull.SkipSpace(b, end)
		if colon >= len(b) || b[colon] != ':' {
			break
		}
		from := jsonpull.SkipSpace(b, colon+1)
		to := jsonpull.SkipValue(b, from)
		if from >= to || to >= len(b) {
			break
		}
		out = append(out, member{key: unquote(b[i:end]), raw: b[from:to]})
		if i = jsonpull.SkipSpace(b, to); i >= len(b) || b[i] != ',' {
			break
		}
		i = jsonpull.SkipSpace(b, i+1)
	}
	return out
}
