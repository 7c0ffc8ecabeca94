package tagged

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// layout is how the tags of a file of Ovid look.
type layout int

const (
	unsaid  layout = iota
	short          // "TI  - A title."
	inWords        // "Title", the value on the next lines
)

// ovidDecoder knows the lines of Ovid.
type ovidDecoder struct {
	collector
	layout   layout
	numbered bool   // a number of a record has been seen
	leader   string // the tag that began the first record
	empty    bool   // the line before was empty
}

// decodeOvid is Format.Decode.
func decodeOvid(in *record.Input, emit func(*record.Record) bool) error {
	var b builder
	d := ovidDecoder{collector: collector{in: in, emit: emit, build: b.ovid}}
	for !d.stop {
		n := in.LineNumber()
		text, ok := in.ReadLine()
		if !ok {
			break
		}
		d.line(withoutMarks(text), n)
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
func (d *ovidDecoder) line(text []byte, n int) {
	value := bytes.TrimSpace(text)
	if len(value) == 0 {
		d.empty = true
		return
	}
	switch tag, rest := d.split(text); {
	case isOvidNumber(value):
		d.close()
		if d.stop {
			return
		}
		d.numbered = true
		d.begin(n)
	case tag != "":
		d.tag(tag, rest, n)
	case !d.open:
		d.addJunk(string(value), n)
	case !d.wrap(value, d.between()):
		d.addJunk(string(value), n)
	}
	d.empty = false
}

// between is what parts a wrapped line from the one before.
func (d *ovidDecoder) between() string {
	if d.empty {
		return "\n\n"
	}
	return "\n"
}

// tag takes in a line with a tag. Without numbers a record begins where the tag
// that began the first one stands behind an empty line.
func (d *ovidDecoder) tag(tag string, value []byte, n int) {
	if d.leader == "" {
		d.leader = tag
	}
	if d.open && !d.numbered && tag == d.leader && (d.empty || tag == "VN" || tag == "UI") && len(d.marks) > 1 {
		d.close()
		if d.stop {
			return
		}
	}
	if !d.open {
		d.begin(n)
	}
	d.add(tag, value, n)
}

// close hands out the open record. Something must say which work it is.
func (d *ovidDecoder) close() {
	if !d.open {
		return
	}
	for _, tag := range [...]string{"TI", "CH", "AU", "SO", "BT", "DI", "DO", "UI", "AN"} {
		if d.has(tag) || d.tooLong {
			if len(d.marks) > 0 && d.numbered && d.marks[0].line > 0 && d.first == d.marks[0].line {
				d.problem(d.first, "", record.CodeMissingStart, "the record has no number before it, as others of the file have", "")
			}
			d.finish()
			return
		}
	}
	d.discard()
}

// split gives the tag of a line, "" for a line without one.
func (d *ovidDecoder) split(text []byte) (tag string, value []byte) {
	if text[0] == ' ' || text[0] == '\t' {
		return "", nil
	}
	if d.layout != inWords {
		if tag, value, ok := shortOvid(text); ok {
			d.layout = short
			return tag, value
		}
	}
	if d.layout == short {
		return "", nil
	}
	words := strings.TrimSpace(strings.TrimRight(string(bytes.TrimSpace(text)), ":"))
	if tag, ok := ovidLabels[strings.ToLower(words)]; ok {
		d.layout = inWords
		return tag, nil
	}
	if d.layout == inWords && d.open && len(words) < 60 && isCapital(words[0]) {
		return words, nil // a tag in words that the table lacks: values are indented
	}
	return "", nil
}

// shortOvid takes apart "TI  - value" or "TI - value".
func shortOvid(text []byte) (tag string, value []byte, ok bool) {
	n := 0
	for n < len(text) && n < 4 && (isCapital(text[n]) || n > 0 && isDigit(text[n])) {
		n++
	}
	if n < 2 {
		return "", nil, false
	}
	rest := bytes.TrimLeft(text[n:], " ")
	if len(rest) == len(text)-n || len(rest) == 0 || rest[0] != '-' || len(rest) > 1 && rest[1] != ' ' {
		return "", nil, false
	}
	if f, known := ovidTags[string(text[:n])]; known {
		tag = f.tag
	} else {
		tag = string(text[:n])
	}
	return tag, bytes.TrimSpace(rest[1:]), true
}

// isOvidNumber tells whether a line is the number of a record: "<1. >", "<1>".
func isOvidNumber(text []byte) bool {
	if len(text) < 3 || text[0] != '<' || text[len(text)-1] != '>' {
		return false
	}
	inner := bytes.TrimRight(text[1:len(text)-1], " .")
	return digits(inner)
}

// ovid builds a record of its items. What the database is, and what kind of
// work it is, comes first: other tags are read by it.
func (b *builder) ovid(items []item) *record.Record {
	b.begin()
	b.r.Source.Platform = "Ovid"
	for _, it := range items {
		if it.tag == "DB" {
			b.ovidDatabase(it)
			break
		}
	}
	for _, it := range items {
		if value := strings.TrimSpace(it.value); value == "" || value == "-" || it.tag == "Score" && strings.Trim(value, "*") == "" {
			continue
		}
		switch f := ovidTags[it.tag]; {
		case f == nil:
			b.unknown(it, "Ovid's table")
		case f.read == nil:
			b.keep(it)
		default:
			f.read(b, it)
		}
	}
	b.settleOvid()
	return b.finish()
}

// sniffOvid is Format.Sniff. A file names its vendor, or has numbers of records and
// tags behind them, or several tags in words with indented values, or begins with
// the tags of a database of Ovid and has some that MEDLINE and RIS do not have.
func sniffOvid(head []byte) int {
	var s ovidSigns
	for seen := 0; len(head) > 0 && seen < 400; {
		var text []byte
		text, head = cutLine(head)
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if seen++; !s.look(text, seen == 1) {
			return 0
		}
	}
	switch {
	case s.vendor > 0, s.numbers > 0 && (s.tags > 1 || s.values > 1):
		return 98
	case s.values > 3 && s.values*2 > s.labels, s.heads && s.own > 1:
		return 90
	}
	return 0
}

// ovidSigns counts what speaks for Ovid.
type ovidSigns struct {
	vendor, numbers, tags int
	own                   int  // tags that MEDLINE and RIS do not have, or use otherwise
	heads                 bool // the first line is a tag that begins a record
	labels, values        int  // tags in words; lines behind one
	label                 bool // the line before was one
}

// look looks at a line; false says that the file is of another format.
func (s *ovidSigns) look(text []byte, first bool) bool {
	value := bytes.TrimSpace(text)
	behind := s.label
	s.label = false
	if text[0] == ' ' {
		if behind {
			s.values++
		}
		return true
	}
	if isOvidNumber(value) {
		s.numbers++
		return true
	}
	if tag, rest, ok := shortOvid(text); ok {
		s.tags++
		switch tag {
		case "TY", "PMID":
			return false
		case "VN":
			if bytes.HasPrefix(rest, []byte("Ovid")) {
				s.vendor++
			}
		case "LG", "XL", "IN", "YR":
			s.own++
		}
		s.heads = s.heads || first && (tag == "DB" || tag == "UI" || tag == "AN" || tag == "VN")
		return true
	}
	if len(value) < 60 && ovidLabels[strings.ToLower(strings.TrimRight(string(value), ": "))] != "" {
		s.label = true
		s.labels++
		return true
	}
	return !first
}
