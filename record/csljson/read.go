package csljson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Format is CSL-JSON as a value for record.ReadOptions and record.NewWriter.
func Format() record.Format {
	return record.Format{
		Name: "csljson", Title: "CSL-JSON", Extensions: []string{".json"},
		Sniff: sniff, Decode: decode, Encode: encode,
	}
}

// decode is Format.Decode.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	d := decoder{in: in, emit: emit}
	for d.step() {
	}
	d.flush()
	if d.list && !d.stopped {
		in.Report(record.Problem{Line: in.LineNumber(), Code: record.CodeMissingEnd, Text: "the list has no closing bracket ]"})
	}
	return nil
}

// decoder walks what stands between the items.
type decoder struct {
	in      *record.Input
	emit    func(*record.Record) bool
	list    bool // inside [ ]
	wrapped bool // the list stands in an object
	item    bool // an item came since the last comma or bracket
	comma   bool // the last thing seen is a comma
	told    bool // a missing comma has been reported
	stopped bool

	junk  record.Problem // bytes that are no items, not reported yet
	count int
}

// step takes the next bracket, comma, item or piece of junk. It is false at the end.
func (d *decoder) step() bool {
	c, ok := d.peek()
	if !ok {
		return false
	}
	switch {
	case c == '{' && !d.list && d.unwrap():
	case c == '{':
		return d.object()
	case c == '[' && !d.list:
		d.list, d.item, d.comma = true, false, false
		d.in.Advance(1)
	case c == '[':
		p := cutOut(d.in)
		d.skip(p.line, p.text, "a list where an item must stand")
	case c == ']' && d.list:
		if d.comma {
			d.syntax("a comma with no item behind it")
		}
		d.list, d.item, d.comma = false, false, false
		d.in.Advance(1)
	case c == '}' && d.wrapped && !d.list:
		d.wrapped = false
		d.in.Advance(1)
	case c == ',' && d.list:
		if d.comma || !d.item {
			d.syntax("a comma with no item before it")
		}
		d.comma, d.item = true, false
		d.in.Advance(1)
	default:
		d.other()
	}
	return true
}

// peek gives the next byte that is not white space.
func (d *decoder) peek() (c byte, ok bool) {
	for {
		b := d.in.Bytes()
		n := skipSpace(b, 0)
		d.in.Advance(n)
		if n < len(b) {
			return b[n], true
		}
		if !d.in.More() {
			return 0, false
		}
	}
}

// wrappers are the keys under which programs put the list of items.
var wrappers = []string{`"items"`, `"data"`, `"references"`}

// unwrap goes into an object whose first member is a list of items.
func (d *decoder) unwrap() bool {
	for len(d.in.Bytes()) < ahead && d.in.More() {
	}
	b := d.in.Bytes()
	i := skipSpace(b, 1)
	for _, w := range wrappers {
		if !bytes.HasPrefix(b[i:], []byte(w)) {
			continue
		}
		j := skipSpace(b, i+len(w))
		if j >= len(b) || b[j] != ':' {
			return false
		}
		if j = skipSpace(b, j+1); j < len(b) && b[j] == '[' {
			d.in.Advance(j)
			d.wrapped = true
			return true
		}
	}
	return false
}

// object reads the item that begins here.
func (d *decoder) object() bool {
	d.flush()
	if d.list && d.item && !d.told {
		d.syntax("expected a comma between two items; others may lack one too")
		d.told = true
	}
	d.item, d.comma = true, false
	p := cutOut(d.in)
	limits := d.in.Limits()
	refuse := func(code record.Code, text string) bool {
		d.in.Report(record.Problem{Line: p.line, Code: code, Text: text, Value: string(p.text[:min(len(p.text), 80)])})
		return true
	}
	switch {
	case p.tooLong:
		return refuse(record.CodeRecordTooLong, fmt.Sprintf("the item is over %d bytes and was left out (Limits.Record)", limits.Record))
	case p.tooDeep:
		return refuse(record.CodeTooDeep, fmt.Sprintf("the item is nested over %d deep and was left out (Limits.Nesting)", limits.Nesting))
	case p.cut:
		d.list = false
		return refuse(record.CodeTruncated, "the text ends in the middle of this item, which was left out")
	}
	text, problem := validItem(p)
	if text == nil {
		d.in.Report(problem)
		return true
	}
	r := build(members(text, p.line), p.line, limits.Field)
	if problem.Code != "" {
		r.Problems = append(r.Problems, problem)
	}
	if !d.emit(r) {
		d.stopped = true
		return false
	}
	return true
}

// validItem gives the JSON of an item, nil where it is none. Line breaks and
// other control characters that stand in a text as they are become blanks.
func validItem(p piece) ([]byte, record.Problem) {
	var raw json.RawMessage
	err := json.Unmarshal(p.text, &raw)
	if err == nil && !p.broken {
		return p.text, record.Problem{}
	}
	where := record.Problem{Line: p.line, Code: record.CodeSkipped, Value: string(p.text[:min(len(p.text), 80)]),
		Text: "the item is not JSON and was left out: a quote or a bracket is missing"}
	if p.broken {
		return nil, where
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at := int(min(max(syntax.Offset-1, 0), int64(len(p.text))))
		before := p.text[:at]
		where.Line += bytes.Count(before, []byte("\n"))
		where.Column = len(bytes.Runes(before[bytes.LastIndexByte(before, '\n')+1:])) + 1
		where.Value = string(p.text[at:min(len(p.text), at+40)])
		if where.Line == p.line {
			where.Column = 0 // the item may not begin its line
		}
	}
	where.Text = "the item is not JSON and was left out: " + err.Error()
	if mended := blankControls(p.text); json.Valid(mended) {
		where.Code, where.Text = record.CodeSyntax, "a control character stands in a text as it is; it was read as a blank"
		return mended, where
	}
	return nil, where
}

// blankControls replaces the control characters inside of strings.
func blankControls(b []byte) []byte {
	out := bytes.Clone(b)
	for i := 0; i < len(out); i++ {
		if out[i] != '"' {
			continue
		}
		end := skipText(out, i)
		for ; i < end-1; i++ {
			if out[i] < ' ' {
				out[i] = ' '
			}
		}
	}
	return out
}

// other passes over what is no item: a number, a word, a comment.
func (d *decoder) other() {
	line := d.in.LineNumber()
	if b := d.in.Bytes(); b[0] == '"' {
		for n := 0; ; {
			b = d.in.Bytes()
			if n = skipText(b, 0); n < len(b) || !d.in.More() || n > 1<<16 {
				d.skip(line, b[:n], "a text where an item must stand")
				d.in.Advance(n)
				return
			}
		}
	}
	b := d.in.Bytes()
	n := 1
	for n < len(b) && !strings.ContainsRune("{}[],\"\n", rune(b[n])) {
		n++
	}
	d.skip(line, b[:n], "what is no item")
	d.in.Advance(n)
}

// skip notes a piece of junk; pieces that follow each other are one problem.
func (d *decoder) skip(line int, text []byte, what string) {
	d.item, d.comma = d.list, false
	if d.count++; d.count > 1 {
		return
	}
	d.junk = record.Problem{Line: line, Code: record.CodeJunk, Value: string(text[:min(len(text), 80)]),
		Text: what + ": expected objects in a list, as [{\"id\": …}, …]; it was left out"}
}

func (d *decoder) flush() {
	if d.count > 1 {
		d.junk.Text += fmt.Sprintf(", with %d more behind it", d.count-1)
	}
	if d.count > 0 {
		d.in.Report(d.junk)
	}
	d.count = 0
}

func (d *decoder) syntax(text string) {
	d.in.Report(record.Problem{Line: d.in.LineNumber(), Code: record.CodeSyntax, Text: text})
}

// builder makes a record of the members of one item.
type builder struct {
	r    *record.Record
	at   *member
	tags tagNames // of Extra
}

// tagNames makes names that do not repeat: "x", "x#2", "x#3".
type tagNames map[string]int

func (t tagNames) unique(name string) string {
	t[name]++
	if t[name] == 1 {
		return name
	}
	for {
		next := name + "#" + strconv.Itoa(t[name])
		if t[next] == 0 {
			t[next] = 1
			return next
		}
		t[name]++
	}
}

// build reads the members: the type and the id first, because others depend on
// them.
func build(all []member, line, fieldLimit int) *record.Record {
	b := builder{r: &record.Record{Source: record.Source{Line: line}}, tags: tagNames{}}
	seen, told := map[string]bool{}, map[string]bool{}
	for _, first := range []string{"type", "id"} {
		for i := range all {
			if b.at = &all[i]; b.at.key == first && !isNothing(b.at.raw) && len(b.at.raw) <= fieldLimit {
				seen[first] = true
				b.read(first)
				b.at.raw = nil // done
				break
			}
		}
	}
	for i := range all {
		m := &all[i]
		b.at = m
		switch {
		case len(m.raw) == 0 || isNothing(m.raw):
		case len(m.raw) > fieldLimit:
			b.problem(record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes and was left out (Limits.Field)", fieldLimit))
		case seen[m.key]:
			b.keep()
			if !told[m.key] {
				told[m.key] = true
				b.problem(record.CodeRepeatedTag, "the member came before; the first stands, the others are kept as they are")
			}
		default:
			seen[m.key] = true
			b.read(canonicalKey(m.key))
		}
	}
	b.at = &member{line: line}
	if !seen["type"] {
		b.at.key = "type"
		b.problem(record.CodeMissingStart, "the item has no type; it is read as a work of unknown kind")
	}
	if b.r.Key == "" {
		b.at.key = "id"
		b.problem(record.CodeNoKey, "the item has no id; it is named by the file and its number")
	}
	b.finish()
	return b.r
}

// read reads the member as a variable, or keeps it.
func (b *builder) read(variable string) {
	if f := known[variable]; f != nil && f.read != nil {
		f.read(b)
		return
	}
	b.keep()
}

// isNothing tells whether a value says nothing: null, "", [] or {}.
func isNothing(raw []byte) bool {
	switch raw[0] {
	case 'n':
		return true
	case '"':
		return len(raw) == 2
	case '[', '{':
		return len(bytes.TrimSpace(raw[1:len(raw)-1])) == 0
	}
	return false
}

func (b *builder) problem(code record.Code, text string) {
	b.r.Problems = append(b.r.Problems, record.Problem{Line: b.at.line, Tag: b.at.key, Code: code, Text: text, Value: string(b.at.raw[:min(len(b.at.raw), 300)])})
}

// keep puts the member into Extra as it is.
func (b *builder) keep() { b.extra(b.at.key, b.at.raw) }

// extra keeps JSON under a name, which gets "#2" where it stands there already.
func (b *builder) extra(name string, raw []byte) {
	var compact bytes.Buffer
	if err := json.Compact(&compact, raw); err != nil {
		compact.Reset()
		compact.Write(raw)
	}
	b.r.Extra = append(b.r.Extra, record.ExtraTag{Tag: b.tags.unique(name), Value: compact.String(), Line: b.at.line})
}

// finish reads what needs the whole item.
func (b *builder) finish() {
	r := b.r
	if r.In.Pages == r.In.ArticleNumber && numbered(r.Kind) { // said twice, so that every style finds it
		r.In.Pages = ""
	}
	if r.DOI == "" {
		for _, u := range r.URLs {
			if doi, ok := record.ParseDOI(u); ok {
				r.DOI = doi
				break
			}
		}
	}
	record.SetFlags(r)
}
