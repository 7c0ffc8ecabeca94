package pubmed

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// leaf reads the text of an element up to its end tag, with the markup in it
// taken out. known tells that the element has a place in the tree, so that a tag
// of a group around it shows that its own end tag is missing.
func (d *document) leaf(name string, empty, known bool) string {
	if empty {
		return ""
	}
	rest := d.text[d.pos:]
	if i := bytes.IndexByte(rest, '<'); i >= 0 && bytes.IndexByte(rest[:i], '&') < 0 {
		if n := xmlscan.EndTagLength(rest[i:], name); n > 0 {
			d.pos += i + n
			return d.limited(rest[:i])
		}
	}
	d.buf = d.buf[:0]
	d.inline.Reset()
	d.flatten(name, known)
	return d.limited(d.buf)
}

// limited gives a value as text if it is within its limit.
func (d *document) limited(text []byte) string {
	if len(text) > d.limits.Field {
		d.problem(record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes (Limits.Field) and was left out", d.limits.Field), "")
		return ""
	}
	return d.tidied(text)
}

// flatten gathers the text of a leaf that holds markup, references, comments or
// CDATA sections.
func (d *document) flatten(name string, known bool) {
	deep := false
	for {
		i := bytes.IndexByte(d.text[d.pos:], '<')
		if i < 0 {
			d.buf = d.resolve(d.buf, d.text[d.pos:])
			d.pos = len(d.text)
			return
		}
		d.buf = d.resolve(d.buf, d.text[d.pos:d.pos+i])
		d.pos += i
		rest := d.text[d.pos:]
		if n := d.enclosed.Length(rest); n > 0 {
			d.buf = append(d.buf, xmlscan.CDATA(rest[:n])...)
			d.pos += n
			continue
		}
		switch {
		case len(rest) > 1 && rest[1] == '/':
			if d.endInLeaf(name, xmlscan.LocalName(rest[2:])) {
				return
			}
		case xmlscan.NameLength(rest[1:]) > 0:
			inner := xmlscan.LocalName(rest[1:])
			if known && d.belongsAround(inner) {
				d.problem(record.CodeMissingEnd, "the element has no end tag; it was ended where the next one begins", "")
				return
			}
			if _, empty := d.skipTag(); !empty && d.inline.Begin(inner, d.limits.Nesting) && !deep {
				deep = true
				d.problem(record.CodeTooDeep, fmt.Sprintf("markup nested over %d deep (Limits.Nesting); its tags were passed over", d.limits.Nesting), "")
			}
		default:
			d.problem(record.CodeMarkup, "a < that begins no tag; read as text", "")
			d.buf = append(d.buf, '<')
			d.pos++
		}
	}
}

// belongsAround tells whether an element belongs to one of the groups that are
// open, so that it cannot be markup.
func (d *document) belongsAround(name []byte) bool {
	if len(name) == 0 || !begins[name[0]] {
		return false
	}
	for i := len(d.stack) - 1; i > 0; i-- {
		if d.stack[i].node.child(name) != nil {
			return true
		}
	}
	return false
}

// endInLeaf deals with an end tag in a leaf and tells whether it ends the leaf.
func (d *document) endInLeaf(name string, end []byte) bool {
	c, crossed := d.inline.End(name, end, d.isOpen)
	switch c {
	case xmlscan.Around:
		d.problem(record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		return true
	case xmlscan.Stray:
		d.problem(record.CodeSyntax, "an end tag of another name than the element's", string(end))
	case xmlscan.Inner:
		if crossed != nil {
			d.problem(record.CodeMarkup, "markup that is not ended in the order in which it began", string(crossed))
		}
	case xmlscan.Field:
		if crossed != nil {
			d.problem(record.CodeMarkup, "markup that is not ended in its element", string(crossed))
		}
	}
	d.skipTag()
	return c == xmlscan.Field || c == xmlscan.Stray && !d.inline.Any()
}

// isOpen tells whether an element is one of the groups that are open.
func (d *document) isOpen(name []byte) bool {
	return slices.ContainsFunc(d.stack[1:], func(g group) bool { return g.node.name == string(name) })
}

// resolve appends text with its references replaced. What is none stays as it is.
func (d *document) resolve(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		c, length, bad := xmlscan.Reference(text)
		if bad != nil && d.r != nil {
			d.problem(record.CodeMarkup, "a reference that XML does not have", string(bad))
		}
		dst, text = append(dst, c...), text[length:]
	}
}
