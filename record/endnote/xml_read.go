package endnote

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// document reads the text of one record: it walks the tree of elements along with
// the tags, and gathers the values of fields one behind another in buf.
type document struct {
	limits  record.Limits
	builder builder

	text     []byte // of the record
	pos      int    // first byte not read
	mark     int    // start of the element that is being read
	lines    xmlscan.Lines
	stack    []*node
	enclosed xmlscan.Enclosures
	styles   xmlscan.Inline // that are open in a field
	buf      []byte
	values   []value
	items    []item
	problems []record.Problem
}

// value is an item whose text still lies in the document's buffer.
type value struct {
	f          *field
	tag, attr  string
	start, end int
	line       int
}

// read reads one record; line is that of its first byte.
func (d *document) read(text []byte, line int, e xmlscan.Ending) *record.Record {
	d.text, d.pos, d.mark = text, 0, 0
	d.lines.Begin(line)
	d.stack, d.enclosed = append(d.stack[:0], tree), xmlscan.Enclosures{}
	d.buf, d.values, d.items = d.buf[:0], d.values[:0], d.items[:0]
	d.walk()
	d.mark = len(text)
	switch e {
	case xmlscan.CutOff:
		d.problem(recordElement, record.CodeTruncated, "the file ends in this record; what was read of it is here", "")
	case xmlscan.NoEnd:
		d.problem(recordElement, record.CodeMissingEnd, "the record has no end tag; it was ended where the next one begins", "")
	}
	all := string(d.buf)
	for _, v := range d.values {
		d.items = append(d.items, item{f: v.f, tag: v.tag, attr: v.attr, value: all[v.start:v.end], line: v.line})
	}
	r := d.builder.build(d.items, false)
	r.Source.Line = line
	if len(d.problems) > 0 {
		r.Problems = append(d.problems, r.Problems...)
		slices.SortStableFunc(r.Problems, func(x, y record.Problem) int { return x.Line - y.Line })
		d.problems = nil
	}
	return r
}

// line is that of the element that is being read.
func (d *document) line() int { return d.lines.At(d.text, d.mark) }

func (d *document) problem(tag string, code record.Code, text, value string) {
	d.problems = append(d.problems, record.Problem{Line: d.line(), Tag: tag, Code: code, Text: text, Value: record.Cut(value)})
}

// add makes a value of what buf has from a place on.
func (d *document) add(f *field, tag, attr string, start int) {
	if start == len(d.buf) {
		return
	}
	if len(d.buf)-start > d.limits.Field {
		d.problem(tag, record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes (Limits.Field) and was left out", d.limits.Field), "")
		d.buf = d.buf[:start]
		return
	}
	d.values = append(d.values, value{f: f, tag: tag, attr: attr, start: start, end: len(d.buf), line: d.line()})
}

// top is the group that is open.
func (d *document) top() *node { return d.stack[len(d.stack)-1] }

// walk goes over the tags of the record.
func (d *document) walk() {
	d.skipTag()
	for {
		i := bytes.IndexByte(d.text[d.pos:], '<')
		if i < 0 {
			d.stray(d.text[d.pos:])
			return
		}
		if i > 0 {
			d.stray(d.text[d.pos : d.pos+i])
		}
		d.pos += i
		d.mark = d.pos
		rest := d.text[d.pos+1:]
		switch {
		case len(rest) > 0 && rest[0] == '/':
			d.endTag(xmlscan.LocalName(rest[1:]))
		case xmlscan.NameLength(rest) > 0:
			d.startTag(xmlscan.LocalName(rest))
		default:
			if n := d.enclosed.Length(d.text[d.pos:]); n > 0 {
				d.pos += n
				continue
			}
			d.problem("", record.CodeMarkup, "a < that begins no tag; passed over", "")
			d.pos++
		}
	}
}

// stray keeps text where only elements can stand.
func (d *document) stray(text []byte) {
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return
	}
	path := d.top().path
	if path == "" {
		path = "text"
	}
	start := len(d.buf)
	d.resolve(text)
	d.problem(path, record.CodeSyntax, "text between elements; kept in Extra", string(text))
	d.add(kept, path, "", start)
}

// kept is the field of what is kept without being unknown.
var kept = &field{}

// endTag ends the group of that name, and those in it that were not ended.
func (d *document) endTag(name []byte) {
	at := len(d.stack) - 1
	for at > 0 && d.stack[at].name != string(name) {
		at--
	}
	switch {
	case at > 0:
		d.missingEnds(at)
		d.stack = d.stack[:at]
	case string(name) != recordElement:
		d.problem(string(name), record.CodeSyntax, "an end tag without its start tag, passed over", "")
	}
	d.skipTag()
}

// missingEnds ends the groups above a place of the stack, which lack their end tags.
func (d *document) missingEnds(at int) {
	for len(d.stack)-1 > at {
		d.problem(d.top().name, record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		d.stack = d.stack[:len(d.stack)-1]
	}
}

// startTag begins an element. One that belongs to a group further out shows that
// the groups between were not ended; one that belongs nowhere is kept.
func (d *document) startTag(name []byte) {
	at := len(d.stack) - 1
	n := d.stack[at].children[string(name)]
	for n == nil && at > 0 {
		at--
		n = d.stack[at].children[string(name)]
	}
	attrs, empty := d.skipTag()
	if n == nil {
		d.unknown(string(name), empty)
		return
	}
	d.missingEnds(at)
	if n.f == nil {
		if !empty {
			d.stack = append(d.stack, n)
		}
		return
	}
	if len(attrs) > 0 {
		d.attributes(n, attrs)
	}
	if !empty {
		start := len(d.buf)
		d.leaf(n.name, n)
		d.add(n.f, n.path, "", start)
	}
}

// unknown keeps an element that EndNote does not have at its place, with all that
// is in it.
func (d *document) unknown(local string, empty bool) {
	path := strings.TrimPrefix(d.top().path+"/"+local, "/")
	if empty {
		return
	}
	start := len(d.buf)
	d.leaf(local, nil)
	d.add(nil, path, "", start)
}

// attributes makes values of the attributes of an element.
func (d *document) attributes(n *node, attrs []byte) {
	for {
		attrs = afterBlanks(attrs)
		length := xmlscan.NameLength(attrs)
		name := attrs[:length]
		rest := afterBlanks(attrs[length:])
		if length == 0 || len(rest) == 0 || rest[0] != '=' {
			return
		}
		rest = afterBlanks(rest[1:])
		if len(rest) == 0 {
			return
		}
		end := blankAt(rest)
		next := end
		if quote := rest[0]; quote == '"' || quote == '\'' {
			rest = rest[1:]
			end = bytes.IndexByte(rest, quote)
			next = end + 1
		}
		if end < 0 {
			end, next = len(rest), len(rest)
		}
		start := len(d.buf)
		d.resolve(rest[:end])
		d.add(n.f, n.path, attributeName(n.f, name), start)
		attrs = rest[next:]
	}
}

// attributeName is the name of an attribute; those of the table are not copied.
func attributeName(f *field, name []byte) string {
	if string(name) == "name" {
		return "name"
	}
	for _, a := range f.attrs {
		if a == string(name) {
			return a
		}
	}
	return string(name)
}

// skipTag goes past the tag at the current place, and returns its attributes and
// whether it is that of an empty element.
func (d *document) skipTag() (attrs []byte, empty bool) {
	tag, empty, length := xmlscan.CutTag(d.text[d.pos:])
	d.pos += length
	if i := blankAt(tag); i >= 0 {
		return tag[i:], empty
	}
	return nil, empty
}

// afterBlanks is what follows the white space that a text begins with.
func afterBlanks(text []byte) []byte {
	for len(text) > 0 && xmlscan.IsBlank(text[0]) {
		text = text[1:]
	}
	return text
}

// blankAt finds the first white space, -1 for none.
func blankAt(text []byte) int {
	for i, c := range text {
		if xmlscan.IsBlank(c) {
			return i
		}
	}
	return -1
}

var (
	styleTag = []byte("<style")
	styleEnd = []byte("</style>")
)

// leaf gathers the text of a field up to its end tag, styles taken out. n is nil for
// an unknown element.
func (d *document) leaf(name string, n *node) {
	if d.plainLeaf(name) {
		return
	}
	d.styles.Reset()
	d.flatten(name, n)
}

// plainLeaf reads the form that nearly all fields have: text, or text in a single
// style. It reads nothing of any other.
func (d *document) plainLeaf(name string) bool {
	rest := d.text[d.pos:]
	passed := 0
	styled := bytes.HasPrefix(rest, styleTag)
	if styled {
		i := bytes.IndexByte(rest, '>')
		if i < 0 || rest[i-1] == '/' {
			return false
		}
		passed = i + 1
	}
	i := bytes.IndexByte(rest[passed:], '<')
	if i < 0 {
		return false
	}
	text := rest[passed : passed+i]
	passed += i
	if styled {
		if !bytes.HasPrefix(rest[passed:], styleEnd) {
			return false
		}
		passed += len(styleEnd)
	}
	length := xmlscan.EndTagLength(rest[passed:], name)
	if length == 0 {
		return false
	}
	d.pos += passed + length
	d.resolve(text)
	return true
}

// flatten gathers the text of a field that holds several styles, comments, CDATA
// sections or other elements.
func (d *document) flatten(name string, n *node) {
	deep := false
	for {
		i := bytes.IndexByte(d.text[d.pos:], '<')
		if i < 0 {
			d.resolve(d.text[d.pos:])
			d.pos = len(d.text)
			return
		}
		d.between(d.text[d.pos : d.pos+i])
		d.pos += i
		d.mark = d.pos
		rest := d.text[d.pos:]
		if length := d.enclosed.Length(rest); length > 0 {
			d.buf = append(d.buf, xmlscan.CDATA(rest[:length])...)
			d.pos += length
			continue
		}
		switch {
		case len(rest) > 1 && rest[1] == '/':
			if d.endInLeaf(name, xmlscan.LocalName(rest[2:])) {
				return
			}
			if n == nil { // elements of an unknown one are words of their own
				d.buf = append(d.buf, ' ')
			}
		case xmlscan.NameLength(rest[1:]) > 0:
			inner := xmlscan.LocalName(rest[1:])
			if n != nil && d.belongsAround(inner) {
				d.problem(n.name, record.CodeMissingEnd, "the element has no end tag; it was ended where the next one begins", "")
				return
			}
			if _, empty := d.skipTag(); !empty && d.styles.Begin(inner, d.limits.Nesting) && !deep {
				deep = true
				d.problem(name, record.CodeTooDeep, fmt.Sprintf("styles nested over %d deep (Limits.Nesting); their tags were passed over", d.limits.Nesting), "")
			}
		default:
			d.problem(name, record.CodeMarkup, "a < that begins no tag; read as text", "")
			d.buf = append(d.buf, '<')
			d.pos++
		}
	}
}

// between takes text in a field. White space with a line end between two tags is
// layout.
func (d *document) between(text []byte) {
	if len(text) > 0 && text[0] <= ' ' && bytes.IndexByte(text, '\n') >= 0 && len(bytes.TrimSpace(text)) == 0 {
		return
	}
	d.resolve(text)
}

// belongsAround tells whether an element belongs to one of the groups that are
// open, so that it cannot be a style.
func (d *document) belongsAround(name []byte) bool {
	for i := len(d.stack) - 1; i >= 0; i-- {
		if d.stack[i].children[string(name)] != nil {
			return true
		}
	}
	return false
}

// endInLeaf deals with an end tag in a field and tells whether it ends the field.
func (d *document) endInLeaf(name string, end []byte) bool {
	c, crossed := d.styles.End(name, end, d.isOpen)
	switch c {
	case xmlscan.Around:
		d.problem(name, record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		return true
	case xmlscan.Stray:
		d.problem(name, record.CodeSyntax, "an end tag of another name than the element's", string(end))
	case xmlscan.Inner:
		if crossed != nil {
			d.problem(name, record.CodeMarkup, "styles that are not ended in the order in which they began", string(crossed))
		}
	case xmlscan.Field:
		if crossed != nil {
			d.problem(name, record.CodeMarkup, "a style that is not ended in its element", string(crossed))
		}
	}
	d.skipTag()
	return c == xmlscan.Field
}

// isOpen tells whether an element is one of the groups that are open.
func (d *document) isOpen(name []byte) bool {
	if string(name) == recordElement {
		return true
	}
	return slices.ContainsFunc(d.stack[1:], func(n *node) bool { return n.name == string(name) })
}

// resolve appends text to buf: a line end that is followed by white space is layout
// and becomes a blank, any other a line feed; references become what they stand
// for: the five of XML, characters by their numbers, and the names of HTML, which
// XML does not have but files do. Any other stays as it is, and nothing is expanded.
func (d *document) resolve(text []byte) {
	for {
		i := bytes.IndexByte(text, '&')
		part := text
		if i >= 0 {
			part = text[:i]
		}
		d.lineEnds(part)
		if i < 0 {
			return
		}
		c, length, bad := xmlscan.Reference(text[i:])
		if bad != nil {
			d.problem("", record.CodeMarkup, "a reference that XML does not have", string(bad))
		}
		text = text[i+length:]
		if c == "\r" {
			c = "\n"
			for _, lf := range [...]string{"&#xA;", "&#10;", "&#xa;", "\n"} { // CR LF is one line end
				if bytes.HasPrefix(text, []byte(lf)) {
					text = text[len(lf):]
					break
				}
			}
		}
		d.buf = append(d.buf, c...)
	}
}

// lineEnds appends text without references.
func (d *document) lineEnds(text []byte) {
	for {
		i := lineEnd(text)
		if i < 0 {
			d.buf = append(d.buf, text...)
			return
		}
		d.buf = append(d.buf, text[:i]...)
		if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
			i++
		}
		end := byte('\n')
		if i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\t') {
			end = ' '
		}
		d.buf = append(d.buf, end)
		text = text[i+1:]
	}
}

// lineEnd finds the first LF or CR, -1 for none.
func lineEnd(text []byte) int {
	i := bytes.IndexByte(text, '\n')
	if i >= 0 {
		text = text[:i]
	}
	if j := bytes.IndexByte(text, '\r'); j >= 0 {
		return j
	}
	return i
}
