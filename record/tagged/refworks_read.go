package tagged

import (
	"bytes"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// refWorksDecoder knows the lines of RefWorks.
type refWorksDecoder struct {
	collector
	empty bool // the line before was empty
	head  bool // within the legend at the head of an export
}

// The lines between which an export has its references, and the first of its head.
const (
	refWorksHead  = "Refworks Export Tagged Format"
	refWorksBegin = "BEGIN EXPORTED REFERENCES"
	refWorksEnd   = "END EXPORTED REFERENCES"
)

// decodeRefWorks is Format.Decode.
func decodeRefWorks(in *record.Input, emit func(*record.Record) bool) error {
	var b builder
	d := refWorksDecoder{collector: collector{in: in, emit: emit, build: b.refWorks}}
	for !d.stop {
		n := in.LineNumber()
		text, ok := in.ReadLine()
		if !ok {
			break
		}
		d.line(bytes.TrimRight(withoutMarks(text), " \t"), n)
	}
	if d.stop {
		return nil
	}
	if d.open && in.Err() != nil {
		d.problem(in.LineNumber(), "", record.CodeTruncated, "the source failed within the record: it, and perhaps others behind it, are not whole", "")
	}
	d.close()
	d.reportJunk()
	return nil
}

// line takes in one line.
func (d *refWorksDecoder) line(text []byte, n int) {
	if len(text) == 0 {
		d.empty = true
		return
	}
	tag, value := splitRefWorks(text)
	switch {
	case tag == "RT":
		d.close()
		d.head = false
		if d.stop {
			return
		}
		d.begin(n)
		d.add(tag, value, n)
	case bytes.EqualFold(text, []byte(refWorksHead)):
		d.close()
		d.head = true
	case d.head:
		d.head = !bytes.EqualFold(text, []byte(refWorksBegin))
	case bytes.EqualFold(text, []byte(refWorksEnd)), bytes.EqualFold(text, []byte(refWorksBegin)):
		d.close()
	case tag != "":
		if !d.open {
			d.begin(n)
		}
		d.add(tag, value, n)
	default:
		d.plain(bytes.TrimSpace(text), n)
	}
	d.empty = false
}

// plain takes in a line without a tag: it continues the value before it.
func (d *refWorksDecoder) plain(value []byte, n int) {
	between := "\n"
	if d.empty {
		between = "\n\n"
	}
	switch last := d.last(); {
	case !d.open:
		d.addJunk(string(value), n)
		return
	case slices.Contains([]string{"RT", "ID", "YR", "VO", "IS", "SP", "OP", "DO", "SN", "LA", "A1", "PMID"}, last):
		d.problem(n, last, record.CodeContinuation, "expected a tag; the line is read as part of the value before it", string(value))
	}
	if !d.wrap(value, between) {
		d.addJunk(string(value), n)
	}
}

// close hands out the open record. One without RT must say which work it is.
func (d *refWorksDecoder) close() {
	switch {
	case !d.open:
	case d.has("RT") || d.tooLong:
		d.finish()
	case d.has("T1") || d.has("A1") || d.has("DO"):
		d.problem(d.first, "RT", record.CodeMissingStart, "the record has no RT: its kind is not known", "")
		d.finish()
	default:
		d.discard()
	}
}

// splitRefWorks takes a line apart. A tag is one of the table, with a blank or
// nothing behind it, at the beginning of the line; "" for any other line.
func splitRefWorks(text []byte) (tag string, value []byte) {
	n := 0
	for n < len(text) && n < 6 && (isCapital(text[n]) || n > 0 && isDigit(text[n])) {
		n++
	}
	if n < 2 || n < len(text) && text[n] != ' ' && text[n] != '\t' || dashed(text[n:]) {
		return "", nil
	}
	if string(text[:n]) == "RT" {
		return "RT", bytes.TrimSpace(text[n:])
	}
	f := refWorksTags[string(text[:n])]
	if f == nil {
		return "", nil
	}
	return f.tag, bytes.TrimSpace(text[n:])
}

// refWorks builds a record of its items.
func (b *builder) refWorks(items []item) *record.Record {
	b.begin()
	typed := false
	for _, it := range items {
		if it.tag == "RT" && !typed {
			typed = true
			b.refWorksKind(it)
			continue
		}
		if strings.TrimSpace(it.value) == "" {
			continue
		}
		switch f := refWorksTags[it.tag]; {
		case it.tag == "RT":
			b.second(it)
		case f.read == nil:
			b.keep(it)
		default:
			f.read(b, it)
		}
	}
	b.settleRefWorks()
	return b.finish()
}

// refWorksKind reads RT.
func (b *builder) refWorksKind(it item) {
	b.kind = fold.Text(it.value)
	if b.kind == "" {
		b.problem(it, record.CodeMissingStart, "RT has no value: the record's kind is not known")
		return
	}
	for _, t := range references {
		if sameReference(t.name, b.kind) {
			b.r.Kind = t.kind
			if referenceOf(t.kind) != b.kind {
				b.keep(it)
			}
			return
		}
	}
	b.r.Kind = record.Other
	b.keep(it)
	b.problem(it, record.CodeUnknownType, "RefWorks has no such type; the record's kind is read as other")
}

// sameReference tells whether two types are the same but for case and blanks:
// exports have "Video/DVD" and "Video/ DVD".
func sameReference(a, b string) bool {
	return strings.EqualFold(a, b) || strings.Contains(a, "/") && strings.EqualFold(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
}

// referenceOf gives the type that is written for a kind.
func referenceOf(kind record.Kind) string {
	for _, t := range references {
		if t.kind == kind {
			return t.name
		}
	}
	if name, ok := nearest[kind]; ok {
		return name
	}
	return "Generic"
}

// sniffRefWorks is Format.Sniff. A file begins with its head, or with a type of
// reference and further tags.
func sniffRefWorks(head []byte) int {
	types, tags := 0, 0
	for seen := 0; len(head) > 0 && seen < 400; {
		var text []byte
		text, head = cutLine(head)
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if seen++; seen == 1 && bytes.EqualFold(bytes.TrimSpace(text), []byte(refWorksHead)) {
			return 98
		}
		switch tag, value := splitRefWorks(text); {
		case tag == "RT" && isReference(string(value)):
			types++
		case tag != "" && types > 0:
			tags++
		case seen == 1:
			return 0
		}
	}
	if types > 0 && tags > 0 {
		return 95
	}
	return 0
}

// isReference tells whether a text is a type of RT.
func isReference(s string) bool {
	return slices.ContainsFunc(references, func(t reference) bool { return strings.EqualFold(t.name, s) })
}
