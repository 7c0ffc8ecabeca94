package jsonpull

import (
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// Field is a member of a record's object: its path, as "biblio.volume", and what
// reads it. Read reads the value at which the scanner stands and tells whether the
// record's fields now hold the whole of it; what they do not is kept in
// Record.Extra as it is.
type Field[B any] struct {
	Path string
	Read func(into B, v *Scanner) (whole bool)
}

// Table finds the field of a member. It is only read.
type Table[B any] struct {
	root  *node[B]
	marks []string
}

// node is a member: one that is read, or an object on the way to such ones.
type node[B any] struct {
	path     string
	read     func(B, *Scanner) bool
	mark     bool
	children map[string]*node[B]
}

// NewTable makes a table of fields. Marks are the outermost members of which every
// record has one, and other objects none.
func NewTable[B any](marks []string, fields []Field[B]) *Table[B] {
	t := &Table[B]{root: &node[B]{children: map[string]*node[B]{}}, marks: marks}
	for _, f := range fields {
		n := t.root
		for i, key := range strings.Split(f.Path, ".") {
			next := n.children[key]
			if next == nil {
				next = &node[B]{path: strings.Join(strings.Split(f.Path, ".")[:i+1], "."), children: map[string]*node[B]{}}
				n.children[key] = next
			}
			n = next
		}
		n.read = f.Read
	}
	for _, key := range marks {
		if n := t.root.children[key]; n != nil {
			n.mark = true
		}
	}
	return t
}

// Builder makes a record of one object.
type Builder struct {
	R *record.Record

	v       *Scanner
	limit   int  // of a field, in bytes
	marked  bool // a member came that shows that this is a record
	line    int  // of the byte counted
	counted int
	seen    map[any]bool // of long lists, see AppendNew
}

// read reads the object at which the scanner stands.
func (t *Table[B]) read(b *Builder, into B, n *node[B]) {
	v := b.v
	for key := range v.Members() {
		child := n.children[key]
		from, blanks := v.at, v.blanks
		b.marked = b.marked || child != nil && child.mark
		switch {
		case v.Empty():
		case b.tooLong(n, key):
		case child == nil:
			raw := v.Raw()
			b.keep(pathOf(n.path, key), raw, from)
		case child.read == nil && v.Kind() == '{':
			t.read(b, into, child)
		case child.read == nil || !child.read(into, v):
			if v.at == from {
				v.Skip()
			}
			b.keep(child.path, v.between(from, blanks), from)
		}
	}
}

// pathOf is the path of a member that the table does not have.
func pathOf(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// tooLong passes over a value that is over the limit of a field, with a problem.
func (b *Builder) tooLong(n interface{ name() string }, key string) bool {
	v := b.v
	if len(v.s)-v.at <= b.limit {
		return false
	}
	from, blanks := v.at, v.blanks
	if v.Kind() == '{' { // what is in it is looked at one by one
		return false
	}
	v.Skip()
	if v.at-from <= b.limit {
		v.at, v.blanks = from, blanks
		return false
	}
	b.Problem(pathOf(n.name(), key), record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes and was left out (Limits.Field)", b.limit), "")
	return true
}

func (n *node[B]) name() string { return n.path }

// keep puts a value into Extra as it is.
func (b *Builder) keep(path, raw string, at int) {
	b.R.Extra = append(b.R.Extra, record.ExtraTag{Tag: path, Value: raw, Line: b.lineAt(at)})
}

// lineAt is the line of a byte of the text. Places are asked for mostly in order.
func (b *Builder) lineAt(at int) int {
	if at >= b.counted {
		b.line += strings.Count(b.v.s[b.counted:at], "\n")
	} else {
		b.line -= strings.Count(b.v.s[at:b.counted], "\n")
	}
	b.counted = at
	return b.line
}

// Problem notes what is odd about the member that is being read.
func (b *Builder) Problem(path string, code record.Code, text, value string) {
	b.R.Problems = append(b.R.Problems, record.Problem{Line: b.lineAt(min(b.v.at, len(b.v.s))), Tag: path, Code: code, Text: text, Value: value})
}

// Single reads a text or a number, as plain text on one line, into a field with
// one value. It is false where the value is neither, or the field holds another.
func (b *Builder) Single(v *Scanner, into *string) (whole bool) {
	text, ok := v.Scalar()
	if !ok {
		return false
	}
	text = Plain(text)
	if *into == "" {
		*into = text
	}
	return *into == text
}

// List reads a list of texts, or one, and adds those that are not there yet. It
// is false where an element is something else.
func (b *Builder) List(v *Scanner, into *[]string) (whole bool) {
	whole = true
	for range v.Elements() {
		text, ok := v.Scalar()
		whole = whole && ok
		b.Add(into, text)
	}
	return whole
}

// Add adds a text, as plain text on one line, to a list that does not have it yet.
func (b *Builder) Add(into *[]string, text string) {
	if text = Plain(text); text != "" {
		AppendNew(b, into, text)
	}
}

// Register adds a registration that the record does not have yet.
func (b *Builder) Register(reg record.Registration) { AppendNew(b, &b.R.Registrations, reg) }

// Name adds an identifier that the record does not have yet.
func (b *Builder) Name(scheme, value string) {
	AppendNew(b, &b.R.Identifiers, record.Identifier{Scheme: scheme, Value: value})
}

// few is how long a list is looked through from its beginning.
const few = 32

// AppendNew adds a value to a list that does not have it yet, in a time that does
// not grow with the list.
func AppendNew[T comparable](b *Builder, into *[]T, x T) {
	if len(*into) < few {
		if !slices.Contains(*into, x) {
			*into = append(*into, x)
		}
		return
	}
	type entry struct {
		list *[]T
		x    T
	}
	if b.seen == nil {
		b.seen = map[any]bool{}
	}
	if !b.seen[entry{into, (*into)[0]}] {
		for _, have := range *into {
			b.seen[entry{into, have}] = true
		}
	}
	if e := (entry{into, x}); !b.seen[e] {
		b.seen[e] = true
		*into = append(*into, x)
	}
}

// Plain makes a text plain and puts it on one line: markup of HTML, JATS and
// MathML and control characters are taken out.
func Plain(s string) string {
	if fold.Tidy(s) && strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	return fold.Space(dropControls(fold.Unmark(s)))
}

// PlainLines is Plain for a text of several lines, those without a word left out.
func PlainLines(s string) string {
	if fold.Tidy(s) && strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '&') < 0 {
		return s
	}
	var out []string
	for _, line := range strings.FieldsFunc(dropControls(fold.Unmark(s)), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = fold.Space(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// dropControls leaves out control characters but for white space.
func dropControls(s string) string {
	odd := func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f }
	if strings.IndexFunc(s, odd) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if odd(r) {
			return -1
		}
		return r
	}, s)
}
