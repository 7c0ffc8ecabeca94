package pubmed

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// The syntax of MEDLINE: lines are placed into the fields of records. What a
// field means is for its row to say, once the whole record is there.

// splitTag takes a line apart into tag and value. NLM pads a tag to four
// characters and puts a hyphen fifth; a known tag is also seen with other
// padding, if a blank follows the hyphen.
func splitTag(line []byte) (tag, value []byte, ok bool) {
	n := 0
	for n < len(line) && n < 4 && (line[n] >= 'A' && line[n] <= 'Z' || n > 0 && line[n] >= '0' && line[n] <= '9') {
		n++
	}
	if n == 0 {
		return nil, nil, false
	}
	hyphen := n
	for hyphen < len(line) && line[hyphen] == ' ' {
		hyphen++
	}
	if hyphen >= len(line) || line[hyphen] != '-' {
		return nil, nil, false
	}
	tag, value = line[:n], line[hyphen+1:]
	spaced := len(value) == 0 || value[0] == ' ' || value[0] == '\t'
	if hyphen == 4 && spaced {
		return tag, value, true
	}
	known := tags.named(tag) != nil
	return tag, value, known && (spaced || hyphen == 4)
}

// item is one field of the record at hand: its row and where its value stands
// in the text of the record.
type item struct {
	row        *tagRow
	line       int
	start, end int // of the value; of an oddity start is its place in the list
	state      itemState
}

type itemState int

const (
	whole   itemState = iota
	leftOut           // over a limit: the value is not there
	oddity            // a problem of the lines themselves, at its place among the fields
)

// medline decodes one file of tagged text. The values of a record are gathered
// behind one another, and become one string when it ends: every value is a part
// of that.
type medline struct {
	in     *record.Input
	emit   func(*record.Record) bool
	limits record.Limits
	b      builder

	text  []byte // the values of the record, each without blanks at its ends
	items []item
	odd   []record.Problem

	begun  bool // a record is open
	line   int  // of its first tag
	first  string
	indent int   // blanks before its first tag
	seen   uint8 // marks of those tags that begin records
	size   int   // bytes of it so far
	tags   int   // of it so far

	// The field that was begun last. Its item is the last one until it ends.
	row   *tagRow // nil only before the first of the file
	at    int     // its line
	long  bool    // it passed its limit
	blank bool    // the last line was blank
	cut   bool    // this line was cut at the limit of a field

	ended int  // records so far that ended with SO, as NLM's do
	other bool // one did not
}

func decodeMEDLINE(in *record.Input, emit func(*record.Record) bool) error {
	d := &medline{in: in, emit: emit, limits: in.Limits()}
	for {
		at := in.LineNumber()
		n, more := d.readWindow(in.Bytes(), at)
		if !more {
			return nil
		}
		if n > 0 {
			in.Advance(n)
			continue
		}
		line, ok := in.ReadLine()
		if !ok {
			break
		}
		d.cut = in.LineCut()
		if !d.readLine(line, at) {
			return nil
		}
	}
	d.endField()
	truncated := d.begun && d.ended > 0 && !d.other && d.row.tag != "SO"
	d.endRecord(truncated)
	return nil
}

// readWindow places the lines that the window holds with their ends, LF or CR LF,
// and returns how many bytes they are; at is the number of the first. Any other
// line is left to be read by itself. more is false when no more records are wanted.
func (d *medline) readWindow(window []byte, at int) (n int, more bool) {
	window = window[:bytes.LastIndexByte(window, '\n')+1]
	returns := bytes.IndexByte(window, '\r') >= 0
	for rest := window; len(rest) > 0; at++ {
		i := bytes.IndexByte(rest, '\n')
		line := rest[:i]
		if returns {
			if r := bytes.IndexByte(line, '\r'); r >= 0 && r < len(line)-1 {
				return len(window) - len(rest), true
			} else if r >= 0 {
				line = line[:r]
			}
		}
		if d.cut = len(line) > d.limits.Field; d.cut {
			line = line[:d.limits.Field]
		}
		if !d.readLine(line, at) {
			return 0, false
		}
		rest = rest[i+1:]
	}
	return len(window), true
}

// wrapped is how far NLM indents the lines in which a value goes on.
const wrapped = 6

// readLine places one line. Nearly all begin with a tag that is known and
// padded as NLM pads it, or go on with a value.
func (d *medline) readLine(line []byte, at int) bool {
	if len(line) > 4 && line[4] == '-' {
		if row := tags.find(packed(line)); row != nil {
			return d.beginField(row, line[5:], 0, at)
		}
	}
	if len(line) > wrapped && d.begun && d.indent == 0 && string(line[:wrapped]) == "      " && line[wrapped] > ' ' && line[wrapped] < 0x7f {
		d.extend(line[wrapped:])
		return true
	}
	text := trimStart(line)
	if len(text) == 0 {
		d.blank = true
		return true
	}
	indent := len(line) - len(text)
	if indent == 0 || indent == d.indent || !d.begun {
		if tag, value, ok := splitTag(text); ok {
			row := tags.named(tag)
			if row == nil {
				row = unknownTag(string(tag))
			}
			return d.beginField(row, value, indent, at)
		}
	}
	switch {
	case d.row == nil:
		d.in.Report(record.Problem{Line: at, Code: record.CodeJunk, Text: "text outside of any record, passed over", Value: string(line)})
	case indent > 0:
		d.extend(text)
	case d.blank:
		d.in.Report(record.Problem{Line: at, Code: record.CodeJunk, Text: "text between records, passed over", Value: string(line)})
	default:
		d.note(at, d.row.tag, record.CodeContinuation, "a line without a tag and not indented; read as part of the value before", string(text))
		d.extend(text)
	}
	return true
}

// trimStart takes off what may indent a line: blanks, tabs and byte order marks.
func trimStart(line []byte) []byte {
	for {
		switch {
		case len(line) > 0 && (line[0] == ' ' || line[0] == '\t'):
			line = line[1:]
		case len(line) > 2 && line[0] == 0xEF && line[1] == 0xBB && line[2] == 0xBF:
			line = line[3:]
		default:
			return line
		}
	}
}

// note keeps a problem of the lines at its place among the fields: before the
// one being gathered.
func (d *medline) note(line int, tag string, code record.Code, text, value string) {
	problem := item{start: len(d.odd), state: oddity}
	if n := len(d.items); n > 0 {
		d.items = slices.Insert(d.items, n-1, problem)
	} else {
		d.items = append(d.items, problem)
	}
	d.odd = append(d.odd, record.Problem{Line: line, Tag: tag, Code: code, Text: text, Value: value})
}

// beginField ends the field before and starts one, in a new record where the
// old one is at its end.
func (d *medline) beginField(row *tagRow, value []byte, indent, at int) bool {
	d.endField()
	if row.begins != 0 || d.blank || !d.begun {
		if d.ends(row) {
			if !d.endRecord(false) {
				return false
			}
			d.begin(row, indent, at)
		}
		d.seen |= row.begins
	}
	d.blank = false
	d.tags++
	d.size += len(value) + 6
	d.row, d.at, d.long = row, at, d.cut
	d.items = append(d.items, item{row: row, line: at, start: len(d.text)})
	d.text = append(d.text, trimValue(value)...)
	return true
}

// ends tells whether the record at hand ends before a tag, or none is at hand:
// PMID begins a record, and so does, after a blank line, the tag that the last
// one began with.
func (d *medline) ends(row *tagRow) bool {
	if !d.begun {
		return true
	}
	again := d.seen&row.begins != 0 || d.blank && row.tag == d.first
	if row.tag == "PMID" {
		return again || d.blank
	}
	// OWN stands second in a record of NLM, first in others.
	return d.blank && (again || row.tag == "OWN" && d.tags > 1)
}

// begin starts a record with a tag.
func (d *medline) begin(row *tagRow, indent, at int) {
	d.begun, d.line, d.first, d.indent, d.tags = true, at, row.tag, indent, 0
	if indent > 0 {
		d.note(at, row.tag, record.CodeSyntax, "the tags are indented; read as if they were not", "")
	}
}

// trimValue takes white space off the ends of what stands behind a tag; that is
// mostly the one blank before it.
func trimValue(value []byte) []byte {
	if n := len(value); n > 1 && value[0] == ' ' {
		if a, z := value[1], value[n-1]; a > ' ' && a < 0x7f && z > ' ' && z < 0x7f {
			return value[1:]
		}
	}
	return bytes.TrimSpace(value)
}

// extend adds a line to the field being gathered.
func (d *medline) extend(text []byte) {
	d.blank = false
	d.size += len(text) + 6
	start := d.items[len(d.items)-1].start
	if d.size > d.limits.Record || d.long || d.cut || len(d.text)-start+len(text) > d.limits.Field {
		d.long = true
		return
	}
	if d.trimEnd(start); len(d.text) > start { // NLM wraps behind a blank
		d.text = append(d.text, ' ')
	}
	d.text = append(d.text, text...)
}

// trimEnd takes blanks off the end of the value that begins at a place.
func (d *medline) trimEnd(start int) {
	n := len(d.text)
	for n > start && d.text[n-1] == ' ' {
		n--
	}
	d.text = d.text[:n]
}

// endField ends the field being gathered. One without a value is none.
func (d *medline) endField() {
	if !d.begun {
		return
	}
	if d.size > d.limits.Record { // nothing of it is kept
		d.text, d.items, d.odd = d.text[:0], d.items[:0], d.odd[:0]
		return
	}
	f := &d.items[len(d.items)-1]
	if d.long || len(d.text)-f.start > d.limits.Field {
		d.text = d.text[:f.start]
		f.state = leftOut
		return
	}
	d.trimEnd(f.start)
	if f.end = len(d.text); f.end == f.start {
		d.items = d.items[:len(d.items)-1]
	}
}

// endRecord reads the fields of the record, if one is at hand, and hands it on;
// false means that no more are wanted.
func (d *medline) endRecord(truncated bool) bool {
	if !d.begun {
		return true
	}
	if d.row.tag == "SO" {
		d.ended++
	} else {
		d.other = true
	}
	more := true
	if d.size > d.limits.Record {
		d.in.Report(record.Problem{Line: d.line, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("a record of %d bytes, over Limits.Record; it was left out", d.size)})
	} else {
		more = d.emit(d.read(truncated))
	}
	d.forget()
	return more
}

// keptRoom is how much room for text stays reserved from record to record; what a
// rare long one took is given back.
const keptRoom = 1 << 20

// forget makes ready for the next record.
func (d *medline) forget() {
	if cap(d.text) > keptRoom {
		d.text, d.items = nil, nil
	}
	d.text, d.items, d.odd = d.text[:0], d.items[:0], nil
	d.begun, d.size, d.seen = false, 0, 0
}

// read makes the record of its fields.
func (d *medline) read(truncated bool) *record.Record {
	text := string(d.text)
	tidied := fold.TidyLen(text) // how far values need no tidying
	b := &d.b
	b.begin(d.line)
	for i := range d.items {
		f := &d.items[i]
		if f.state == oddity {
			b.r.Problems = append(b.r.Problems, d.odd[f.start])
			continue
		}
		b.tag, b.line = f.row.tag, f.line
		if f.state == leftOut {
			b.problem(record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes (Limits.Field) and was left out", d.limits.Field), "")
			continue
		}
		value := text[f.start:f.end]
		if f.end > tidied {
			value = tidy(value)
			if tidied = f.end + fold.TidyLen(text[f.end:]); value == "" {
				continue
			}
		}
		f.row.read(b, value)
	}
	b.tag, b.line = d.row.tag, d.at
	if truncated {
		b.tag, b.line = "", d.in.LineNumber()
		b.problem(record.CodeTruncated, "the file ends in this record: it has no SO, with which all those before it end; what was read of it is here", "")
	}
	r := b.finish()
	b.dropSource(r)
	return r
}
