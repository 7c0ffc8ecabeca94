package endnote

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Refer is the tagged text of EndNote as a value for record.ReadOptions and
// record.NewWriter.
func Refer() record.Format {
	return record.Format{
		Name: nameRefer, Title: "EndNote/Refer", Extensions: []string{".enw", ".refer", ".txt"},
		Sniff: sniffRefer, Decode: decodeRefer, Encode: encodeRefer,
	}
}

// split takes a line apart: "%A Berg, Anna" gives the tag and the value, any other
// line no tag. Behind two of the tags EndNote writes no blank.
func split(line []byte) (tag, value []byte) {
	line = bytes.TrimLeft(line, "\f\x00\x1a")
	if len(line) < 2 || line[0] != '%' || line[1] <= ' ' || line[1] >= 0x7F {
		return nil, bytes.TrimSpace(line)
	}
	switch {
	case len(line) == 2, line[2] == ' ', line[2] == '\t', line[1] == '(', line[1] == '[':
		return line[:2], bytes.TrimSpace(line[2:])
	}
	return nil, bytes.TrimSpace(line)
}

// lineDecoder collects the lines of one record at a time.
type lineDecoder struct {
	in   *record.Input
	emit func(*record.Record) bool
	builder

	begun    bool   // the first record has been seen
	typed    bool   // records begin with %0
	empty    bool   // the line before was empty
	tooLong  bool   // the record is over its limit
	indent   bool   // the first tag of the record stood behind blanks
	seen     string // the tags of the record that say which work it is, each once
	text     []byte
	values   []value
	items    []item
	problems []record.Problem
	line     int // of the record's first tag
	stop     bool

	junkLine, junkCount int
	junk                string
}

func decodeRefer(in *record.Input, emit func(*record.Record) bool) error {
	d := lineDecoder{in: in, emit: emit}
	for !d.stop {
		n := in.LineNumber()
		text, ok := in.ReadLine()
		if !ok {
			break
		}
		d.take(text, n)
	}
	if !d.stop {
		d.finish()
		d.reportJunk()
	}
	return nil
}

// take takes in one line.
func (d *lineDecoder) take(text []byte, n int) {
	indented := len(text) > 0 && (text[0] == ' ' || text[0] == '\t')
	if indented && (d.indent || d.empty || len(d.values) == 0) {
		text = bytes.TrimLeft(text, " \t")
	}
	tag, value := split(text)
	switch {
	case tag == nil && len(value) == 0:
		d.empty = true
		return
	case tag == nil:
		d.wrap(value, n)
	default:
		d.field(tag, value, n, indented)
	}
	d.empty = false
}

// field takes in a tag.
func (d *lineDecoder) field(tag, value []byte, n int, indented bool) {
	if d.begins(tag[1]) {
		d.finish()
		if d.stop {
			return
		}
	}
	if len(d.values) == 0 && !d.tooLong {
		d.reportJunk()
		d.line, d.indent = n, indented
		if !d.begun {
			d.begun, d.typed = true, tag[1] == '0'
		}
	}
	if strings.IndexByte("0TAJBDE", tag[1]) >= 0 && strings.IndexByte(d.seen, tag[1]) < 0 {
		d.seen += string(tag[1])
	}
	d.add(tag, value, n)
}

// begins tells whether a tag begins a new record: %0 does, unless the record has
// nothing but that or has begun without; any other behind an empty line, unless
// records begin with %0 and it is none that names another work.
func (d *lineDecoder) begins(tag byte) bool {
	has := func(c byte) bool { return strings.IndexByte(d.seen, c) >= 0 }
	switch {
	case len(d.values) == 0 && !d.tooLong:
		return false
	case tag == '0':
		return has('0') && len(d.seen) > 1 || d.empty || has('0') && len(d.values) > 1
	case !d.empty:
		return false
	case !d.typed || !has('0'):
		return true
	}
	return (tag == 'T' || tag == 'A') && has('T')
}

// tagName is the tag as text; those of the table are not copied.
func tagName(tag []byte) (name string, f *field) {
	if f = byTag[string(tag)]; f != nil {
		return f.tag, f
	}
	return string(tag), nil
}

// add appends a value. Of a record over its limit nothing is kept.
func (d *lineDecoder) add(tag, text []byte, n int) {
	name, f := tagName(tag)
	if d.in.LineCut() {
		d.tooLongField(name, n)
		return
	}
	const tagBytes = 4
	if d.tooLong || len(d.text)+len(text)+tagBytes*len(d.values) > d.in.Limits().Record {
		d.tooLong, d.text, d.values = true, d.text[:0], d.values[:0]
		return
	}
	start := len(d.text)
	d.text = append(d.text, text...)
	d.values = append(d.values, value{f: f, tag: name, start: start, end: len(d.text), line: n})
}

func (d *lineDecoder) tooLongField(name string, n int) {
	d.values = append(d.values, value{tag: name, start: -1, line: n})
	d.problem(n, name, record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes (Limits.Field) and was left out", d.in.Limits().Field), "")
}

// wrap appends a line without a tag to the value before it.
func (d *lineDecoder) wrap(text []byte, n int) {
	if len(d.values) == 0 {
		if !d.tooLong {
			d.addJunk(text, n)
		}
		return
	}
	v := &d.values[len(d.values)-1]
	switch {
	case v.start < 0:
		return
	case d.in.LineCut() || v.end-v.start+len(text) > d.in.Limits().Field:
		name, line := v.tag, v.line
		d.text, d.values = d.text[:v.start], d.values[:len(d.values)-1]
		d.tooLongField(name, line)
		return
	case len(d.text)+len(text) > d.in.Limits().Record:
		d.tooLong, d.text, d.values = true, d.text[:0], d.values[:0]
		return
	}
	if v.end > v.start {
		if d.empty {
			d.text = append(d.text, '\n')
		}
		d.text = append(d.text, '\n')
	}
	if short(v.tag) {
		d.problem(n, v.tag, record.CodeContinuation, "expected a tag; the line is read as part of the value before it", string(text))
	}
	d.text = append(d.text, text...)
	v.end = len(d.text)
}

// short tells whether the values of a tag have no second line, so that one is odd.
func short(tag string) bool {
	return strings.Contains("%0 %D %8 %V %N %P %G %7", tag)
}

func (d *lineDecoder) problem(n int, tag string, code record.Code, text, value string) {
	d.problems = append(d.problems, record.Problem{Line: n, Tag: tag, Code: code, Text: text, Value: record.Cut(value)})
}

// finish builds the record and hands it out.
func (d *lineDecoder) finish() {
	switch {
	case d.tooLong:
		d.in.Report(record.Problem{Line: d.line, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("the record is over %d bytes and was left out (Limits.Record)", d.in.Limits().Record)})
	case len(d.values) > 0:
		all := string(d.text)
		d.items = d.items[:0]
		for _, v := range d.values {
			if v.start >= 0 {
				d.items = append(d.items, item{f: v.f, tag: v.tag, value: all[v.start:v.end], line: v.line})
			}
		}
		r := d.builder.build(d.items, true)
		r.Source.Line = d.line
		if len(d.problems) > 0 {
			r.Problems = append(d.problems, r.Problems...)
		}
		d.stop = !d.emit(r)
	}
	d.text, d.values, d.problems, d.seen = d.text[:0], d.values[:0], nil, ""
	d.tooLong, d.indent = false, false
}

func (d *lineDecoder) addJunk(text []byte, n int) {
	if d.junkCount == 0 {
		d.junkLine, d.junk = n, string(text)
	}
	d.junkCount++
}

// reportJunk says once what stood before a record.
func (d *lineDecoder) reportJunk() {
	if d.junkCount == 0 {
		return
	}
	text := "the line belongs to no record and was left out"
	if d.junkCount > 1 {
		text = fmt.Sprintf("%d lines from here on belong to no record and were left out", d.junkCount)
	}
	d.in.Report(record.Problem{Line: d.junkLine, Code: record.CodeJunk, Text: text, Value: d.junk})
	d.junkCount = 0
}

// sniffRefer looks for %0 with a type of reference, or for lines with the tags of a
// record and hardly any other.
func sniffRefer(head []byte) int {
	tags, known, others := 0, "", 0
	for seen := 0; len(head) > 0 && seen < 200; {
		i := bytes.IndexAny(head, "\r\n")
		line := head
		if i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		line = bytes.TrimLeft(line, " \t\ufeff")
		tag, value := split(line)
		if tag == nil && len(value) == 0 {
			continue
		}
		seen++
		switch {
		case tag == nil && tags == 0:
			others++
		case tag == nil:
		case byTag[string(tag)] == nil:
			others++
		case tag[1] == '0' && len(value) > 0 && (typeCalled(string(value)) != nil || others == 0):
			return 95
		case len(value) > 0:
			tags++
			known += string(tag[1])
		}
	}
	switch {
	case others > tags:
		return 0
	case strings.Contains(known, "T") && strings.ContainsAny(known, "ADJIB"):
		return 80
	case others == 0 && strings.ContainsAny(known, "TAE"):
		return 60
	}
	return 0
}

// tagged writes EndNote's tagged text. It is the Encoder of the format.
type tagged struct {
	printer
	out record.Sink
}

func encodeRefer(w record.Sink) record.Encoder {
	t := &tagged{out: w}
	t.refer = true
	t.put = t.value
	return t
}

// Close writes nothing: the format has no end.
func (t *tagged) Close() error { return nil }

// Encode writes one record and the empty line behind it.
func (t *tagged) Encode(r *record.Record) error {
	t.fields(r)
	for _, x := range r.ExtraFor(nameRefer) {
		if tag, rest := split([]byte(x.Tag)); fieldOf(x.Tag) == nil && string(tag) == x.Tag && len(rest) == 0 {
			t.lines(x.Tag, x.Value)
		}
	}
	return t.out.WriteByte('\n')
}

// value writes a value of a field, nothing for an empty one.
func (t *tagged) value(at int, value string) {
	if tag := fields[at].tag; tag != "" {
		t.lines(tag, value)
	}
}

// lines writes one tag. It is the only way by which a value reaches the file:
// whatever it holds, its first line stands behind its tag, and a further one that
// would be read as a tag behind a blank.
func (t *tagged) lines(tag, value string) {
	value = strings.ToValidUTF8(lines(value), "\ufffd")
	if value == "" {
		return
	}
	if strings.IndexByte(value, '\n') >= 0 {
		value = strings.ReplaceAll(value, "\n%", "\n %")
	}
	// The Sink keeps the first error for Writer.Write and Close.
	_, _ = t.out.WriteString(tag)
	_ = t.out.WriteByte(' ')
	_, _ = t.out.WriteString(value)
	_ = t.out.WriteByte('\n')
}
