package endnote

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

// document reads the text of one record: it walks the tree of elements along with
// the tags, and gathers the values of fields one behind another in buf.
type document struct {
	limits  record.Limits
	builder builder

	text     []byte // of the record
	pos      int    // first byte not read
	mark     int    // start of the element that is being read
	lines    struct{ at, line int }
	stack    []*node
	enclosed enclosures
	inner    [][]byte // elements open in a field: styles
	below    int      // how many more are open, deeper than Limits.Nesting
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
func (d *document) read(text []byte, line int, state ending) *record.Record {
	d.text, d.pos, d.mark = text, 0, 0
	d.lines.at, d.lines.line = 0, line
	d.stack, d.enclosed = append(d.stack[:0], tree), enclosures{}
	d.buf, d.values, d.items = d.buf[:0], d.values[:0], d.items[:0]
	d.walk()
	d.mark = len(text)
	switch state {
	case cutOff:
		d.problem(recordElement, record.CodeTruncated, "the file ends in this record; what was read of it is here", "")
	case noEnd:
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

// line counts the lines up to the element that is being read.
func (d *document) line() int {
	if d.mark > d.lines.at {
		part := d.text[d.lines.at:d.mark]
		n := bytes.Count(part, []byte{'\n'})
		for rest := part; ; { // a CR by itself ends a line too
			i := bytes.IndexByte(rest, '\r')
			if i < 0 {
				break
			}
			if i+1 == len(rest) || rest[i+1] != '\n' {
				n++
			}
			rest = rest[i+1:]
		}
		d.lines.at, d.lines.line = d.mark, d.lines.line+n
	}
	return d.lines.line
}

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
			d.endTag(localName(rest[1:]))
		case nameLength(rest) > 0:
			d.startTag(localName(rest))
		default:
			if n := d.enclosed.length(d.text[d.pos:]); n > 0 {
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
		d.unknown(string(name), name, empty)
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
		d.leaf(name, n)
		d.add(n.f, n.path, "", start)
	}
}

// unknown keeps an element that EndNote does not have at its place, with all that
// is in it.
func (d *document) unknown(local string, name []byte, empty bool) {
	path := strings.TrimPrefix(d.top().path+"/"+local, "/")
	if empty {
		return
	}
	start := len(d.buf)
	d.leaf(name, nil)
	d.add(nil, path, "", start)
}

// attributes makes values of the attributes of an element.
func (d *document) attributes(n *node, attrs []byte) {
	for {
		attrs = afterBlanks(attrs)
		length := nameLength(attrs)
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
	if i := blankAt(tag); i >= 0 {
		return tag[i:], empty
	}
	return nil, empty
}

// isBlankByte tells whether a byte is white space of XML.
func isBlankByte(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// afterBlanks is what follows the white space that a text begins with.
func afterBlanks(text []byte) []byte {
	for len(text) > 0 && isBlankByte(text[0]) {
		text = text[1:]
	}
	return text
}

// blankAt finds the first white space, -1 for none.
func blankAt(text []byte) int {
	for i, c := range text {
		if isBlankByte(c) {
			return i
		}
	}
	return -1
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

var (
	styleTag = []byte("<style")
	styleEnd = []byte("</style>")
)

// leaf gathers the text of a field up to its end tag, styles taken out. n is nil for
// an unknown element.
func (d *document) leaf(name []byte, n *node) {
	if d.plainLeaf(name) {
		return
	}
	d.inner, d.below = d.inner[:0], 0
	d.flatten(name, n)
}

// plainLeaf reads the form that nearly all fields have: text, or text in a single
// style. It reads nothing of any other.
func (d *document) plainLeaf(name []byte) bool {
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
	// "</name>" must follow.
	end := rest[passed:]
	if len(end) < len(name)+3 || end[0] != '<' || end[1] != '/' || end[len(name)+2] != '>' || string(end[2:len(name)+2]) != string(name) {
		return false
	}
	d.pos += passed + len(name) + 3
	d.resolve(text)
	return true
}

// flatten gathers the text of a field that holds several styles, comments, CDATA
// sections or other elements.
func (d *document) flatten(name []byte, n *node) {
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
		if length := d.enclosed.length(rest); length > 0 {
			if bytes.HasPrefix(rest, []byte("<![CDATA[")) {
				d.buf = append(d.buf, rest[len("<![CDATA["):length-len("]]>")]...)
			}
			d.pos += length
			continue
		}
		switch {
		case len(rest) > 1 && rest[1] == '/':
			if d.endInLeaf(name, localName(rest[2:])) {
				return
			}
			if n == nil { // elements of an unknown one are words of their own
				d.buf = append(d.buf, ' ')
			}
		case nameLength(rest[1:]) > 0:
			inner := localName(rest[1:])
			if n != nil && d.belongsAround(inner) {
				d.problem(n.name, record.CodeMissingEnd, "the element has no end tag; it was ended where the next one begins", "")
				return
			}
			if _, empty := d.skipTag(); !empty && len(d.inner) < d.limits.Nesting {
				d.inner = append(d.inner, inner)
			} else if !empty {
				d.below++
				if !deep {
					deep = true
					d.problem(string(name), record.CodeTooDeep, fmt.Sprintf("styles nested over %d deep (Limits.Nesting); their tags were passed over", d.limits.Nesting), "")
				}
			}
		default:
			d.problem(string(name), record.CodeMarkup, "a < that begins no tag; read as text", "")
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
func (d *document) endInLeaf(name, end []byte) bool {
	if d.below > 0 && string(end) != string(name) && !d.isOpen(end) {
		d.below--
		d.skipTag()
		return false
	}
	d.below = 0
	const near = 16 // how far out an end tag is looked for
	for i := len(d.inner) - 1; i >= max(0, len(d.inner)-near); i-- {
		if string(d.inner[i]) != string(end) {
			continue
		}
		if i < len(d.inner)-1 {
			d.problem(string(name), record.CodeMarkup, "styles that are not ended in the order in which they began", string(d.inner[len(d.inner)-1]))
		}
		d.inner = d.inner[:i]
		d.skipTag()
		return false
	}
	switch {
	case string(end) == string(name):
		if len(d.inner) > 0 {
			d.problem(string(name), record.CodeMarkup, "a style that is not ended in its element", string(d.inner[len(d.inner)-1]))
		}
		d.skipTag()
		return true
	case d.isOpen(end):
		d.problem(string(name), record.CodeMissingEnd, "the element has no end tag; it was ended with the one around it", "")
		return true
	}
	d.problem(string(name), record.CodeSyntax, "an end tag of another name than the element's", string(end))
	d.skipTag()
	return false
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
		text = text[i:]
		const longest = 40
		n := bytes.IndexByte(text[:min(len(text), longest)], ';')
		if n < 0 || bytes.ContainsAny(text[1:n], " &<\n") {
			d.badReference(text[:1])
			d.buf, text = append(d.buf, '&'), text[1:]
			continue
		}
		c, ok := reference(text[1:n])
		if !ok {
			d.badReference(text[:n+1])
		}
		if c == "" {
			d.buf, text = append(d.buf, '&'), text[1:]
			continue
		}
		text = text[n+1:]
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

func (d *document) badReference(text []byte) {
	d.problem("", record.CodeMarkup, "a reference that XML does not have", string(text))
}

// reference gives the text behind the name of a reference, "" when there is
// none; ok is false for one that is not of XML 1.0.
func reference(name []byte) (text string, ok bool) {
	switch string(name) {
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
	case "#xD", "#13", "#xd":
		return "\r", true
	case "#xA", "#10", "#xa":
		return "\n", true
	}
	if len(name) > 1 && name[0] == '#' {
		return numbered(string(name[1:]))
	}
	if len(name) == 0 {
		return "", false
	}
	ref := "&" + string(name) + ";"
	if text = html.UnescapeString(ref); text == ref || strings.HasSuffix(text, ";") {
		return "", false
	}
	return text, false
}

// numbered gives the character of a number, decimal or behind "x" hexadecimal.
func numbered(digits string) (text string, ok bool) {
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(r) || r < ' ' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
		return "\ufffd", false
	}
	return string(r), true
}
