package endnote

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// markup writes EndNote XML. It is the Encoder of the format. The groups around an
// element are begun when the first thing in them is written, so that none stands
// there empty.
type markup struct {
	printer
	out    record.Sink
	begun  bool
	opened []string // names of the groups that are open
	counts []int    // how many values of each field have been written
	lines  []string // values of the field at hand that are lines of one element
}

func encodeXML(w record.Sink) record.Encoder {
	m := &markup{out: w, counts: make([]int, len(fields))}
	m.put, m.end = m.element, m.endLines
	return m
}

func (m *markup) begin() {
	if !m.begun {
		m.begun = true
		m.raw(`<?xml version="1.0" encoding="UTF-8" ?>` + "\n<xml><records>\n")
	}
}

// Encode writes one record: the fields in the order of the table, then what the
// record keeps of elements that EndNote does not have.
func (m *markup) Encode(r *record.Record) error {
	m.begin()
	m.raw("<record>")
	clear(m.counts)
	m.fields(r)
	for _, x := range r.ExtraFor(nameXML) {
		if fieldOf(x.Tag) == nil && isPath(x.Tag) {
			m.leaf(strings.Split(x.Tag, "/"), x.Value, nil)
		}
	}
	m.reach(nil)
	m.raw("</record>\n")
	return nil
}

// Close ends the set of records.
func (m *markup) Close() error {
	m.begin()
	m.raw("</records></xml>\n")
	return nil
}

// raw writes bytes; the sink keeps an error for the Writer.
func (m *markup) raw(s string) { _, _ = m.out.WriteString(s) }

// element writes a value of a field, nothing for an empty one.
func (m *markup) element(at int, value string) {
	switch f := fields[at]; {
	case value == "" || f.path == "":
	case f.path == "ref-type":
		m.reference(value)
	case f.lines:
		m.lines = append(m.lines, value)
	case m.leaf(paths[at], value, m.attributes(f, m.counts[at], value)):
		m.counts[at]++
	}
}

// endLines writes the values of a field that are lines of one element.
func (m *markup) endLines(at int) {
	if len(m.lines) > 0 {
		m.leaf(paths[at], strings.Join(m.lines, "\n"), nil)
		m.lines = m.lines[:0]
	}
}

// paths are the names of the elements of the table.
var paths = func() [][]string {
	out := make([][]string, len(fields))
	for i := range fields {
		out[i] = strings.Split(fields[i].path, "/")
	}
	return out
}()

// reference writes the type of reference with its number.
func (m *markup) reference(name string) {
	number := m.r.ExtraFor(nameXML).Get("ref-type@number")
	if m.typ.name == name || number == "" {
		number = strconv.Itoa(m.typ.number)
		if m.typ.number == 0 {
			number = strconv.Itoa(generic.number)
		}
	}
	m.reach(nil)
	m.raw(`<ref-type name="`)
	m.escape(fold.Text(xmlText(name)))
	m.raw(`">`)
	m.escape(fold.Text(xmlText(number)))
	m.raw("</ref-type>")
}

// attributes lists those that Extra has of the n-th value of a field, names and
// values in turn. EndNote repeats the text of two elements as their name.
func (m *markup) attributes(f *field, n int, value string) []string {
	const most = 64 // elements of a record that have attributes
	if len(f.attrs) == 0 || n >= most {
		return nil
	}
	var out []string
	if f.path == "database" || f.path == "source-app" {
		out = append(out, "name", value)
	}
	for _, a := range f.attrs {
		if all := m.r.ExtraFor(nameXML).All(f.path + "@" + a); n < len(all) {
			out = append(out, a, all[n])
		}
	}
	return out
}

// reach ends the groups that the next element does not stand in, and begins those
// it does.
func (m *markup) reach(around []string) {
	same := 0
	for same < len(m.opened) && same < len(around) && m.opened[same] == around[same] {
		same++
	}
	for i := len(m.opened) - 1; i >= same; i-- {
		m.raw("</" + m.opened[i] + ">")
	}
	m.opened = m.opened[:same]
	for _, name := range around[same:] {
		m.raw("<" + name + ">")
		m.opened = append(m.opened, name)
	}
}

// leaf writes an element with text in the style that EndNote gives to plain text.
// It is the only way by which a value reaches the file, but for that of ref-type.
func (m *markup) leaf(names []string, text string, attrs []string) bool {
	text = xmlText(text)
	if text == "" {
		return false
	}
	name := names[len(names)-1]
	m.reach(names[:len(names)-1])
	m.raw("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		m.raw(" " + attrs[i] + `="`)
		m.escape(fold.Text(xmlText(attrs[i+1])))
		m.raw(`"`)
	}
	m.raw(">")
	styled := !plainElements[name] && !isGroup(names)
	if styled {
		m.raw(`<style face="normal" font="default" size="100%">`)
	}
	m.escape(text)
	if styled {
		m.raw("</style>")
	}
	m.raw("</" + name + ">")
	return true
}

// plainElements are those in which EndNote writes no styles.
var plainElements = map[string]bool{"database": true, "source-app": true, "rec-number": true, "key": true}

// isGroup tells whether a path is that of a group of fields, which has no text of its
// own but what stood there in a file.
func isGroup(names []string) bool {
	n := tree
	for _, name := range names {
		if n = n.children[name]; n == nil {
			return false
		}
	}
	return n.f == nil
}

// escapes are the characters that end text or a value, and the line end, which
// would be taken for layout.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#xD;")

// escape writes text that has no character which XML does not have.
func (m *markup) escape(text string) {
	if !strings.ContainsAny(text, "&<>\"\n") {
		m.raw(text)
		return
	}
	_, _ = escapes.WriteString(m.out, text)
}

// xmlText folds white space within lines, keeps line ends, one empty line at most,
// and leaves out what XML does not have.
func xmlText(s string) string {
	if strings.IndexByte(s, '\n') >= 0 {
		parts := strings.Split(s, "\n\n")
		out := parts[:0]
		for _, p := range parts {
			if p = lines(p); p != "" {
				out = append(out, p)
			}
		}
		s = strings.Join(out, "\n\n")
	} else {
		s = fold.Text(s)
	}
	if strings.IndexByte(s, 0xEF) >= 0 { // U+FFFE and U+FFFF begin with it
		s = strings.NewReplacer("\ufffe", "", "\uffff", "").Replace(s)
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// isPath tells whether a tag of Extra can be the path of an element: names of
// ASCII, none of them one by which the file is taken apart.
func isPath(tag string) bool {
	const longest = 200
	if tag == "" || len(tag) > longest {
		return false
	}
	for name := range strings.SplitSeq(tag, "/") {
		if name == "" || xmlscan.NameLength(name) != len(name) || name == recordElement || setElements[name] || name == "style" ||
			strings.ContainsFunc(name, func(r rune) bool { return r == ':' || r >= utf8.RuneSelf }) {
			return false
		}
	}
	return true
}
