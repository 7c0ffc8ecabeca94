package pubmed

import (
	"bytes"
	"fmt"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// document reads the text of one record. It walks the tree of elements along
// with the tags; what the elements say goes to the builder.
type document struct {
	builder
	limits record.Limits

	text     []byte // of the record
	pos      int    // first byte not read
	mark     int    // start of the element that is being read
	lines    xmlscan.Lines
	stack    []group
	inline   xmlscan.Inline // open in a leaf
	enclosed xmlscan.Enclosures
	buf      []byte // text of a leaf with markup or references
	clean    []byte // a value whose white space was tidied
	page     page   // the values of the record
	gathering
}

// group is an element that is open, with the place among its children of the
// one that was read last: the next is mostly the same or stands right behind.
type group struct {
	node *node
	last int
}

// gathering holds the parts of what is put together from several elements.
type gathering struct {
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
func (d *document) read(text []byte, line int, e xmlscan.Ending) *record.Record {
	d.builder.begin(line)
	d.text, d.pos, d.mark = text, 0, 0
	d.lines.Begin(line)
	d.enclosed = xmlscan.Enclosures{}
	d.gathering = gathering{parts: d.parts[:0]}
	d.stack = append(d.stack[:0], group{node: tree})
	d.page.begin(len(text))
	d.record()
	d.mark, d.tag = len(text), string(xmlscan.LocalName(text[1:]))
	switch e {
	case xmlscan.CutOff:
		d.problem(record.CodeTruncated, "the file ends in this record; what was read of it is here", "")
	case xmlscan.NoEnd:
		d.problem(record.CodeMissingEnd, "the record has no end tag; it was ended where the next one begins", "")
	}
	d.settle()
	r := d.finish()
	d.r = nil
	return r
}

// line is that of the element that is being read.
func (d *document) line() int { return d.lines.At(d.text, d.mark) }

// record walks over the tags of the record. The outer element itself is a group
// without a node of its own, or, in a set of citations, the first node.
func (d *document) record() {
	name := xmlscan.LocalName(d.text[1:])
	if n := tree.child(name); n != nil {
		d.mark = 0
		d.pos = 0
	} else {
		d.skipTag()
	}
	for d.toTag() {
		d.mark = d.pos
		rest := d.text[d.pos+1:]
		switch {
		case len(rest) > 0 && rest[0] == '/':
			d.endTag(rest[1:])
		case d.knownTag(rest):
		case xmlscan.NameLength(rest) > 0:
			d.startTag(xmlscan.LocalName(rest))
		default:
			if n := d.enclosed.Length(d.text[d.pos:]); n > 0 {
				d.pos += n
				continue
			}
			d.problem(record.CodeMarkup, "a < that begins no tag; read as text", "")
			d.pos++
		}
	}
	for len(d.stack) > 1 {
		d.leave()
	}
}

// toTag goes to the next tag; text before it is reported. It is false where no
// tag follows.
func (d *document) toTag() bool {
	at := d.pos
	for at < len(d.text) && xmlscan.IsBlank(d.text[at]) {
		at++
	}
	if at < len(d.text) && d.text[at] == '<' {
		d.pos = at
		return true
	}
	i := bytes.IndexByte(d.text[d.pos:], '<')
	if i < 0 {
		return false
	}
	if stray := bytes.TrimSpace(d.text[d.pos : d.pos+i]); len(stray) > 0 {
		d.stray(stray)
	}
	d.pos += i
	return true
}

// stray reports text where only elements can stand.
func (d *document) stray(text []byte) {
	d.mark = d.pos
	d.problem(record.CodeSyntax, "text between elements; kept in Extra", string(text))
	d.keep("text", d.tidied(text))
}

// top is the group that is open.
func (d *document) top() *node { return d.stack[len(d.stack)-1].node }

// leave ends the group that is open.
func (d *document) leave() {
	n := d.top()
	d.stack = d.stack[:len(d.stack)-1]
	if n.row != nil && n.row.close != nil {
		d.tag = n.name
		n.row.close(d)
	}
}

// endTag ends the group of the name that a text begins with, and those in it
// that were not ended.
func (d *document) endTag(text []byte) {
	if n := xmlscan.EndTagLength(d.text[d.pos:], d.top().name); n > 0 && len(d.stack) > 1 {
		d.pos += n
		d.leave()
		return
	}
	name := xmlscan.LocalName(text)
	at := len(d.stack) - 1
	for at > 0 && d.stack[at].node.name != string(name) {
		at--
	}
	if at == 0 {
		if recordElements[string(name)] == "" {
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

// knownTag begins an element if the text begins with the name of one that
// belongs into the group that is open.
func (d *document) knownTag(text []byte) bool {
	top := &d.stack[len(d.stack)-1]
	i := top.node.next(top.last, text)
	if i < 0 {
		return false
	}
	top.last = i
	n := top.node.children[i]
	if at := len(n.name); at < len(text) && text[at] == '>' {
		d.pos += at + len("<>")
		d.begin(n, attributes{d: d}, false)
		return true
	}
	a, empty := d.skipTag()
	d.begin(n, a, empty)
	return true
}

// startTag begins an element. One that belongs to a group further out shows that
// the groups between were not ended; one that belongs nowhere is kept.
func (d *document) startTag(name []byte) {
	at := len(d.stack) - 1
	n := d.stack[at].node.child(name)
	for n == nil && at > 0 {
		at--
		n = d.stack[at].node.child(name)
	}
	a, empty := d.skipTag()
	if n == nil {
		d.unknown(string(name), empty)
		return
	}
	d.missingEnds(at)
	d.begin(n, a, empty)
}

// begin begins an element behind its tag: a leaf is read, a group is opened.
func (d *document) begin(n *node, a attributes, empty bool) {
	row := n.row
	d.tag = n.name
	if row != nil && row.text != nil {
		if v := d.leaf(n.name, empty, true); v != "" {
			d.tag = n.name
			row.text(d, a, v)
		}
		return
	}
	if len(d.stack) > d.limits.Nesting {
		d.problem(record.CodeTooDeep, fmt.Sprintf("elements nested over %d deep (Limits.Nesting); left out", d.limits.Nesting), "")
		d.leaf(n.name, empty, false)
		return
	}
	d.stack = append(d.stack, group{node: n})
	if row != nil && row.open != nil {
		row.open(d, a)
	}
	if empty {
		d.leave()
	}
}

// unknown keeps an element that NLM's DTD does not have at its place.
func (d *document) unknown(name string, empty bool) {
	tag := name
	for _, g := range d.stack[1:] {
		tag = g.node.name + "/" + tag
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
	tag, empty, length := xmlscan.CutTag(d.text[d.pos:])
	d.pos += length
	return attributes{tag[xmlscan.NameLength(tag):], d}, empty
}
