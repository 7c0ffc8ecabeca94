package pubmed

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
		if n := endTagLength(rest[i:], name); n > 0 {
			d.pos += i + n
			return d.limited(rest[:i])
		}
	}
	d.buf, d.open, d.below = d.buf[:0], d.open[:0], 0
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
		if n := passedLength(rest); n > 0 {
			if bytes.HasPrefix(rest, []byte("<![CDATA[")) {
				d.buf = append(d.buf, rest[len("<![CDATA["):n-len("]]>")]...)
			}
			d.pos += n
			continue
		}
		switch {
		case len(rest) > 1 && rest[1] == '/':
			if d.endInLeaf(name, localName(rest[2:])) {
				return
			}
		case nameLength(rest[1:]) > 0:
			inner := localName(rest[1:])
			if known && d.belongsAround(inner) {
				d.problem(record.CodeMissingEnd, "the element has no end tag; it was ended where the next one begins", "")
				return
			}
			if _, empty := d.skipTag(); !empty && len(d.open) < d.limits.Nesting {
				d.open = append(d.open, inner)
			} else if !empty {
				d.below++
				if !deep {
					deep = true
					d.problem(record.CodeTooDeep, fmt.Sprintf("markup nested over %d deep (Limits.Nesting); its tags were passed over", d.limits.Nesting), "")
				}
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
	if d.below > 0 && string(end) != name && !d.isOpen(end) {
		d.below--
		d.skipTag()
		return false
	}
	d.below = 0
	for i := len(d.open) - 1; i >= 0 && i >= len(d.open)-16; i-- {
		if string(d.open[i]) != string(end) {
			continue
		}
		if i < len(d.open)-1 {
			d.problem(record.CodeMarkup, "markup that is not ended in the order in which it began", string(d.open[len(d.open)-1]))
		}
		d.open = d.open[:i]
		d.skipTag()
		return false
	}
	if string(end) == name {
		if len(d.open) > 0 {
			d.problem(record.CodeMarkup, "markup that is not ended in its element", string(d.open[len(d.open)-1]))
		}
		d.skipTag()
		return true
	}
	if d.isOpen(end) {
		d.problem(record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		return true
	}
	d.problem(record.CodeSyntax, "an end tag of another name than the element's", string(end))
	d.skipTag()
	return len(d.open) == 0
}

// isOpen tells whether an element is one of the groups that are open.
func (d *document) isOpen(name []byte) bool {
	return slices.ContainsFunc(d.stack[1:], func(g group) bool { return g.node.name == string(name) })
}

// resolve appends text with its references replaced: the five of XML, characters
// by their numbers, and the names of HTML, which XML does not have but files do.
// Any other stays as it is, and nothing is expanded.
func (d *document) resolve(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i]...)
		text = text[i:]
		n := bytes.IndexByte(text[:min(len(text), 40)], ';')
		if n < 0 {
			d.badReference(text[:1])
			dst, text = append(dst, '&'), text[1:]
			continue
		}
		c, ok := reference(string(text[1:n]))
		if !ok {
			d.badReference(text[:n+1])
		}
		if c == "" {
			dst, text = append(dst, '&'), text[1:]
			continue
		}
		dst, text = append(dst, c...), text[n+1:]
	}
}

func (d *document) badReference(text []byte) {
	if d.r != nil {
		d.problem(record.CodeMarkup, "a reference that XML does not have", string(text))
	}
}

// reference gives the text behind the name of a reference, "" when there is
// none; ok is false for one that is not of XML 1.0.
func reference(name string) (text string, ok bool) {
	switch name {
	case "lt":
		return "<", true
	case "gt":
		return ">", true
	case "amp":
		return "&", true
	case "quot":
		return `"`, true
	case "apos":
		return "'", true
	}
	if digits, numeric := strings.CutPrefix(name, "#"); numeric {
		base := 10
		if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
			digits, base = hex, 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) || isControl(rune(n)) {
			return "\ufffd", false
		}
		return string(rune(n)), true
	}
	if len(name) == 0 || strings.ContainsAny(name, " &<") {
		return "", false
	}
	ref := "&" + name + ";"
	if text = html.UnescapeString(ref); text == ref || strings.HasSuffix(text, ";") {
		return "", false
	}
	return text, false
}
