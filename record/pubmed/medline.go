package pubmed

import (
	"bytes"
	"fmt"

	"github.com/evidence-go/evidence/record"
)

const (
	nameMEDLINE = "medline"
	nameXML     = "pubmedxml"
)

// MEDLINE is NLM's tagged text, the .nbib of PubMed.
func MEDLINE() record.Format {
	return record.Format{
		Name:       nameMEDLINE,
		Title:      "MEDLINE (.nbib)",
		Extensions: []string{".nbib", ".medline", ".txt"},
		Sniff:      sniffMEDLINE,
		Decode:     decodeMEDLINE,
		Encode:     encodeMEDLINE,
	}
}

// sniffMEDLINE looks for tags that only MEDLINE has; a file that begins with the
// TY of RIS is none, whatever follows.
func sniffMEDLINE(head []byte) int {
	seen := map[string]bool{}
	first := true
	for len(head) > 0 {
		line := head
		if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		tag, _, ok := splitTag(line)
		if !ok {
			continue
		}
		switch {
		case first && string(tag) == "TY":
			return 0
		case string(tag) == "PMID":
			return 95
		case len(tag) > 2 && byTag[string(tag)] != nil || first && string(tag) == "TI":
			seen[string(tag)] = true
		}
		first = false
	}
	switch {
	case len(seen) > 1:
		return 85
	case len(seen) == 1:
		return 50
	}
	return 0
}

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
	known := byTag[string(tag)] != nil
	return tag, value, known && (spaced || hyphen == 4)
}

// medline decodes one file of tagged text.
type medline struct {
	in    *record.Input
	emit  func(*record.Record) bool
	b     builder
	first string          // tag that the record began with
	seen  map[string]bool // of those tags that begin records
	blank bool            // the last line was blank
	size  int             // bytes of the record so far
	tags  int             // of the record so far

	tag     []byte // of the field being gathered, nil before the first
	value   []byte
	line    int
	indent  int  // blanks before the first tag
	tooLong bool // the field passed its limit
	over    bool // the record passed its limit

	last  string // tag that ended last
	whole int    // records so far that ended with SO, as NLM's do
	other bool   // one did not
}

func decodeMEDLINE(in *record.Input, emit func(*record.Record) bool) error {
	d := &medline{in: in, emit: emit, seen: map[string]bool{}}
	for {
		at := in.LineNumber()
		line, ok := in.ReadLine()
		if !ok {
			break
		}
		if !d.readLine(line, at) {
			return nil
		}
	}
	d.endField()
	if d.b.r != nil && d.whole > 0 && !d.other && d.last != "SO" {
		d.b.line, d.b.tag = in.LineNumber(), ""
		d.b.problem(record.CodeTruncated, "the file ends in this record: it has no SO, with which all those before it end; what was read of it is here", "")
	}
	d.endRecord()
	return nil
}

// readLine places one line; false means that no more records are wanted.
func (d *medline) readLine(line []byte, at int) bool {
	text := bytes.TrimLeft(line, " \t\uFEFF")
	if len(text) == 0 {
		d.blank = true
		return true
	}
	indent := len(line) - len(text)
	if tag, value, ok := splitTag(text); ok && (indent == 0 || indent == d.indent || d.b.r == nil) {
		return d.beginField(tag, value, indent, at)
	}
	switch {
	case d.tag == nil:
		d.in.Report(record.Problem{Line: at, Code: record.CodeJunk, Text: "text outside of any record, passed over", Value: string(line)})
	case indent > 0:
		d.extend(text)
	case d.blank:
		d.in.Report(record.Problem{Line: at, Code: record.CodeJunk, Text: "text between records, passed over", Value: string(line)})
	default:
		d.b.line, d.b.tag = at, string(d.tag)
		d.b.problem(record.CodeContinuation, "a line without a tag and not indented; read as part of the value before", string(text))
		d.extend(text)
	}
	return true
}

// nameOf is a tag as a string, without making one for those that are known.
func nameOf(tag []byte) string {
	if row := byTag[string(tag)]; row != nil {
		return row.tag
	}
	return string(tag)
}

// beginners are the tags that a record has once and that may stand first in it.
var beginners = map[string]bool{"PMID": true, "OWN": true, "TI": true, "BTI": true}

// beginField ends the field before and starts one, in a new record where the
// old one is at its end: PMID begins a record, and so does, after a blank line,
// the tag that the last one began with.
func (d *medline) beginField(tag, value []byte, indent, at int) bool {
	d.endField()
	name := nameOf(tag)
	begins := d.b.r == nil
	if !begins {
		again := d.seen[name] || d.blank && name == d.first
		// OWN stands second in a record of NLM, first in others.
		begins = name == "PMID" && (again || d.blank) || d.blank && (again || name == "OWN" && d.tags > 1)
	}
	if begins {
		if !d.endRecord() {
			return false
		}
		d.b = builder{r: &record.Record{Source: record.Source{Line: at}}}
		d.first, d.indent, d.tags = name, indent, 0
		if indent > 0 {
			d.b.line, d.b.tag = at, name
			d.b.problem(record.CodeSyntax, "the tags are indented; read as if they were not", "")
		}
	}
	if beginners[name] {
		d.seen[name] = true
	}
	d.tags++
	d.blank = false
	d.tag = append(d.tag[:0], tag...)
	d.value = append(d.value[:0], bytes.TrimSpace(value)...)
	d.line = at
	d.tooLong = d.in.LineCut()
	d.size += len(value) + 6
	return true
}

// extend adds a line to the field being gathered.
func (d *medline) extend(text []byte) {
	d.blank = false
	d.size += len(text) + 6
	limits := d.in.Limits()
	if d.size > limits.Record || d.tooLong || d.in.LineCut() || len(d.value)+len(text) > limits.Field {
		d.tooLong = true
		return
	}
	d.value = append(append(d.value, ' '), text...)
}

// endField hands the gathered field to its row.
func (d *medline) endField() {
	if d.tag == nil || d.b.r == nil {
		return
	}
	b := &d.b
	b.tag, b.line = nameOf(d.tag), d.line
	d.last = b.tag
	row := byTag[b.tag]
	d.over = d.over || d.size > d.in.Limits().Record
	switch value := tidy(d.value); {
	case d.over:
	case d.tooLong || len(d.value) > d.in.Limits().Field:
		b.problem(record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes (Limits.Field) and was left out", d.in.Limits().Field), "")
	case value == "":
	case row == nil:
		b.keep(b.tag, value)
		b.problem(record.CodeUnknownTag, "not a tag of MEDLINE; kept as it is", value)
	default:
		row.read(b, value)
	}
	d.tag, d.tooLong = nil, false
}

// endRecord hands the record on; false means that no more are wanted.
func (d *medline) endRecord() bool {
	d.endField()
	if d.b.r != nil && d.last == "SO" {
		d.whole++
	} else if d.b.r != nil {
		d.other = true
	}
	r := d.b.r
	over, size := d.over, d.size
	d.b.r, d.over, d.size = nil, false, 0
	clear(d.seen)
	if r == nil {
		return true
	}
	if over {
		d.in.Report(record.Problem{Line: r.Source.Line, Code: record.CodeRecordTooLong, Value: r.Title,
			Text: fmt.Sprintf("a record of %d bytes, over Limits.Record; it was left out", size)})
		return true
	}
	d.b.r = r
	d.b.finish()
	if r.Extra.Get("SO") == source(r) {
		dropExtra(r, "SO")
	}
	d.b.r = nil
	return d.emit(r)
}
