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

// document reads the text of one record. It walks the tree of elements along
// with the tags; what the elements say goes to the builder.
type document struct {
	builder
	limits record.Limits

	text  []byte // of the record
	pos   int    // first byte not read
	mark  int    // start of the element that is being read
	lines struct{ at, line int }
	stack []*node
	open  [][]byte // inline elements open in a leaf
	below int      // how many more are open that stand deeper than Limits.Nesting
	buf   []byte   // text of a leaf with markup or references
	group
}

// group holds the parts of what is put together from several elements.
type group struct {
	date         [6]string // year, month, day, season, MedlineDate
	name         record.Name
	initials     string
	valid        bool
	role         record.Role
	heading      record.Heading
	grant        record.Grant
	link         record.Relation
	linkTag      string
	parts        []part
	copyright    string
	language     string
	kind         string
	pages        [3]string
	chemical     [2]string
	bank         string
	numbers      int
	abbreviation string
	status       string
	section      string
}

// read reads one record; line is that of its first byte. It is nil for a record
// of which nothing is left.
func (d *document) read(text []byte, line int, state ending) *record.Record {
	d.begin(line)
	d.text, d.pos, d.mark = text, 0, 0
	d.lines.at, d.lines.line = 0, line
	d.group = group{parts: d.parts[:0]}
	d.stack = append(d.stack[:0], tree)
	d.record()
	d.mark, d.tag = len(text), string(localName(text[1:]))
	switch {
	case state == cutOff:
		d.problem(record.CodeTruncated, "the file ends in this record; what was read of it is here", "")
	case state == noEnd:
		d.problem(record.CodeMissingEnd, "the record has no end tag; it was ended where the next one begins", "")
	}
	d.settle()
	r := d.finish()
	d.r = nil
	return r
}

// line counts the lines up to the element that is being read.
func (d *document) line() int {
	if d.mark < d.lines.at {
		return d.lines.line
	}
	part := d.text[d.lines.at:d.mark]
	n := bytes.Count(part, []byte{'\n'})
	for i, c := range part {
		if c == '\r' && (i+1 == len(part) || part[i+1] != '\n') {
			n++
		}
	}
	d.lines.at, d.lines.line = d.mark, d.lines.line+n
	return d.lines.line
}

// record walks over the tags of the record. The outer element itself is a group
// without a node of its own, or, in a set of citations, the first node.
func (d *document) record() {
	name := localName(d.text[1:])
	if n := tree.child(name); n != nil {
		d.mark = 0
		d.pos = 0
	} else {
		d.skipTag()
	}
	for {
		i := bytes.IndexByte(d.text[d.pos:], '<')
		if i < 0 {
			break
		}
		if stray := bytes.TrimSpace(d.text[d.pos : d.pos+i]); len(stray) > 0 {
			d.stray(stray)
		}
		d.pos += i
		d.mark = d.pos
		if n := passedLength(d.text[d.pos:]); n > 0 {
			d.pos += n
			continue
		}
		rest := d.text[d.pos+1:]
		switch {
		case len(rest) > 0 && rest[0] == '/':
			d.endTag(localName(rest[1:]))
		case nameLength(rest) > 0:
			d.startTag(localName(rest))
		default:
			d.problem(record.CodeMarkup, "a < that begins no tag; read as text", "")
			d.pos++
		}
	}
	for len(d.stack) > 1 {
		d.leave()
	}
}

// stray reports text where only elements can stand.
func (d *document) stray(text []byte) {
	d.mark = d.pos
	d.problem(record.CodeSyntax, "text between elements; kept in Extra", string(text))
	d.keep("text", tidy(string(text)))
}

// top is the group that is open.
func (d *document) top() *node { return d.stack[len(d.stack)-1] }

// leave ends the group that is open.
func (d *document) leave() {
	n := d.top()
	d.stack = d.stack[:len(d.stack)-1]
	if n.row != nil && n.row.close != nil {
		d.tag = n.name
		n.row.close(d)
	}
}

// endTag ends the group of that name, and those in it that were not ended.
func (d *document) endTag(name []byte) {
	at := len(d.stack) - 1
	for at > 0 && d.stack[at].name != string(name) {
		at--
	}
	if at == 0 {
		if !recordElements[string(name)] {
			d.tag = string(name)
			d.problem(record.CodeSyntax, "an end tag without its start tag, passed over", "")
		}
		d.skipTag()
		return
	}
	d.missingEnds(at)
	d.leave()
	d.skipTag()
}

// missingEnds ends the groups above a place of the stack, which lack their end tags.
func (d *document) missingEnds(at int) {
	for len(d.stack)-1 > at {
		d.tag = d.top().name
		d.problem(record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		d.leave()
	}
}

// startTag begins an element. One that belongs to a group further out shows that
// the groups between were not ended; one that belongs nowhere is kept.
func (d *document) startTag(name []byte) {
	at := len(d.stack) - 1
	n := d.stack[at].child(name)
	for n == nil && at > 0 {
		at--
		n = d.stack[at].child(name)
	}
	a, empty := d.skipTag()
	if n == nil {
		d.unknown(string(name), name, empty)
		return
	}
	d.missingEnds(at)
	row := n.row
	d.tag = n.name
	if row != nil && row.text != nil {
		if v := d.leaf(name, empty, true); v != "" {
			d.tag = n.name
			row.text(d, a, v)
		}
		return
	}
	if len(d.stack) > d.limits.Nesting {
		d.problem(record.CodeTooDeep, fmt.Sprintf("elements nested over %d deep (Limits.Nesting); left out", d.limits.Nesting), "")
		d.leaf(name, empty, false)
		return
	}
	d.stack = append(d.stack, n)
	if row != nil && row.open != nil {
		row.open(d, a)
	}
	if empty {
		d.leave()
	}
}

// unknown keeps an element that NLM's DTD does not have at its place.
func (d *document) unknown(tag string, name []byte, empty bool) {
	for _, n := range d.stack[1:] {
		tag = n.name + "/" + tag
		if len(tag) > 200 {
			break
		}
	}
	d.tag = tag
	v := d.leaf(name, empty, false)
	d.problem(record.CodeUnknownTag, "not an element of PubMed at this place; its text is kept in Extra", v)
	if v != "" {
		d.keep(tag, v)
	}
}

// skipTag goes past the tag at the current place, and returns its attributes and
// whether it is an empty element.
func (d *document) skipTag() (a attributes, empty bool) {
	rest := d.text[d.pos:]
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		d.pos = len(d.text)
		return nil, true
	}
	if bytes.IndexByte(rest[:end], '"') >= 0 || bytes.IndexByte(rest[:end], '\'') >= 0 {
		end = tagEnd(rest, end)
	}
	d.pos += end + 1
	tag := rest[1:end]
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		tag, empty = tag[:len(tag)-1], true
	}
	return attributes(tag[nameLength(tag):]), empty
}

// tagEnd finds the > that ends a tag with quotes in it; a quote without its
// partner is none.
func tagEnd(tag []byte, end int) int {
	for i := 0; i < end; i++ {
		if c := tag[i]; c == '"' || c == '\'' {
			n := bytes.IndexByte(tag[i+1:], c)
			if n < 0 {
				return end
			}
			i += n + 1
			if i > end {
				next := bytes.IndexByte(tag[i:], '>')
				if next < 0 {
					return end
				}
				end = i + next
			}
		}
	}
	return end
}

// attributes are those of a tag, as they stand there.
type attributes []byte

// get returns the value of an attribute, "" where there is none.
func (a attributes) get(name string) string {
	for at := 0; ; {
		i := bytes.Index(a[at:], []byte(name))
		if i < 0 {
			return ""
		}
		i += at
		at = i + len(name)
		if i > 0 && isName[a[i-1]] {
			continue
		}
		rest := bytes.TrimLeft(a[at:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		if len(rest) == 0 {
			return ""
		}
		end := bytes.IndexAny(rest, " \t\r\n")
		if rest[0] == '"' || rest[0] == '\'' {
			quote := rest[0]
			rest = rest[1:]
			end = bytes.IndexByte(rest, quote)
		}
		if end < 0 {
			end = len(rest)
		}
		if bytes.IndexByte(rest[:end], '&') >= 0 {
			var none document
			return tidy(string(none.resolve(nil, rest[:end])))
		}
		return tidy(string(rest[:end]))
	}
}

// leaf reads the text of an element up to its end tag, with the markup in it
// taken out. known tells that the element has a place in the tree, so that a tag
// of a group around it shows that its own end tag is missing.
func (d *document) leaf(name []byte, empty, known bool) string {
	if empty {
		return ""
	}
	rest := d.text[d.pos:]
	i := bytes.IndexByte(rest, '<')
	if i >= 0 && i+2 < len(rest) && rest[i+1] == '/' && string(localName(rest[i+2:])) == string(name) && bytes.IndexByte(rest[:i], '&') < 0 {
		d.pos += i
		d.skipTag()
		return d.limited(rest[:i])
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
	return tidy(string(text))
}

// flatten gathers the text of a leaf that holds markup, references, comments or
// CDATA sections.
func (d *document) flatten(name []byte, known bool) {
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
	for i := len(d.stack) - 1; i > 0; i-- {
		if d.stack[i].child(name) != nil {
			return true
		}
	}
	return false
}

// endInLeaf deals with an end tag in a leaf and tells whether it ends the leaf.
func (d *document) endInLeaf(name, end []byte) bool {
	if d.below > 0 && string(end) != string(name) && !d.isOpen(end) {
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
	if string(end) == string(name) {
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
	return slices.ContainsFunc(d.stack[1:], func(n *node) bool { return n.name == string(name) })
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
