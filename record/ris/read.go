package ris

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// form says which lines beside the standard "XX  - value" are tags in a record:
// those of the form that its TY has.
type form struct {
	loose  bool // another number of blanks, tabs, no-break blanks, or another dash
	indent bool // blanks before the tag
	lower  bool // small letters
}

// line is a line taken apart.
type line struct {
	tag    []byte // nil for a line without a tag
	value  []byte
	whole  []byte // tag and value, for a line that turns out to have no tag
	form   form   // what it needs to count as a tag
	indent bool   // it begins with white space
}

// split takes a line apart. Tag and value are parts of text.
func split(text []byte) line {
	rest := bytes.TrimLeft(text, "\f\x00\x1a")
	body := bytes.TrimLeft(rest, " \t")
	l := line{value: bytes.TrimSpace(body), whole: bytes.TrimSpace(body), indent: len(body) < len(rest)}
	n := 0
	for n < len(body) && n < 5 && isTagByte(body[n], n) {
		n++
	}
	if n < 2 || n > 4 {
		return l
	}
	gap := 0
	after := body[n:]
	for {
		if w := blankLen(after); w > 0 {
			after, gap = after[w:], gap+1
			continue
		}
		break
	}
	w := dashLen(after)
	if w == 0 || gap > 4 {
		return l
	}
	standard := w == 1 && gap == 2 && bytes.HasPrefix(body[n:], twoBlanks)
	after = after[w:]
	if n > 2 && (!standard || len(after) > 0 && after[0] != ' ') {
		return l
	}
	l.tag, l.value = body[:n], bytes.TrimSpace(after)
	l.form = form{loose: !standard, indent: l.indent, lower: hasLower(l.tag)}
	if n > 2 && l.form.lower {
		l.tag, l.value = nil, bytes.TrimSpace(body)
	}
	return l
}

var twoBlanks = []byte("  ")

func isTagByte(c byte, at int) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || at > 0 && c >= '0' && c <= '9'
}

func hasLower(tag []byte) bool {
	for _, c := range tag {
		if c >= 'a' && c <= 'z' {
			return true
		}
	}
	return false
}

// blankLen is the length of the blank that b begins with, 0 for none.
func blankLen(b []byte) int {
	switch {
	case len(b) > 0 && (b[0] == ' ' || b[0] == '\t'):
		return 1
	case bytes.HasPrefix(b, []byte("\u00a0")):
		return 2
	}
	return 0
}

// dashLen is the length of the dash that b begins with, 0 for none.
func dashLen(b []byte) int {
	switch {
	case len(b) > 0 && b[0] == '-':
		return 1
	case bytes.HasPrefix(b, []byte("–")), bytes.HasPrefix(b, []byte("—")), bytes.HasPrefix(b, []byte("‐")):
		return 3
	}
	return 0
}

// allows tells whether a line of form f is a tag where the record's TY has form g.
func (g form) allows(f form) bool {
	return (g.loose || !f.loose) && (g.indent || !f.indent) && (g.lower || !f.lower)
}

// item is one tag with its value, as the file has it: wrapped lines are joined by
// a blank, or by a line feed where they may be values of their own, those after an
// empty line by two.
type item struct {
	*slot // of its tag; nil in an item that is none
	value string
	line  int
	tidy  bool // the value is as clean would make it
}

// clean gives the value as one line.
func (it *item) clean() string {
	if it.tidy {
		return it.value
	}
	return fold.Text(it.value)
}

// plain gives the value as one line without markup.
func (it *item) plain() string {
	if it.tidy && !fold.MayHaveMarkup(it.value) {
		return it.value
	}
	return fold.Plain(it.value)
}

// paragraphs gives the value as text without markup.
func (it *item) paragraphs() string {
	if it.tidy && !fold.MayHaveMarkup(it.value) {
		return it.value
	}
	return fold.Paragraphs(it.value)
}

// with gives the item another value, which is clean.
func (it item) with(value string) item {
	it.value, it.tidy = value, true
	return it
}

// mark is an item whose value still lies in the decoder's buffer.
type mark struct {
	*slot
	start, end int
	line       int
	tidy       bool
	tooLong    bool
	wrapped    bool
}

// decoder collects the lines of one record at a time.
type decoder struct {
	in   *record.Input
	emit func(*record.Record) bool

	form     form
	open     bool // within a record
	headless bool // …which has no TY yet
	tooLong  bool // …which is over the limit of a record
	text     []byte
	marks    []mark
	items    []item
	b        builder
	strange  map[string]*slot // of tags that the table does not have
	problems []record.Problem
	empty    bool // the line before was empty
	ending   line // an ER with words behind it, which may be wrapped text
	endLine  int
	ended    bool // the record's ER has been read; NL of Ovid may still follow
	whole    int  // records that had their ER
	endless  int  // records that had none

	junk  junkRun
	hint  source // what header lines say
	loose bool   // a TY of another form has been reported
	stop  bool
}

// junkRun is a run of lines that belong to no record.
type junkRun struct {
	line  int
	count int
	first string
}

// decode is Format.Decode.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	d := decoder{in: in, emit: emit}
	for !d.stop {
		n := in.LineNumber()
		text, ok := in.ReadLine()
		if !ok {
			break
		}
		d.line(text, n)
	}
	if d.stop {
		return nil
	}
	d.settleEnding(false)
	d.settleEnd()
	if d.open {
		// Records without ER are a dialect; a file in which most have theirs and the
		// last has none was cut.
		if d.in.Err() != nil || d.whole > d.endless {
			d.problem(in.LineNumber(), "", record.CodeTruncated, "the file ends before the record's ER: the record, and perhaps others behind it, are not whole", "")
		} else {
			d.problem(d.marks0(), "", record.CodeMissingEnd, "the file ends before the record's ER", "")
		}
		d.finish()
	}
	d.reportJunk()
	return nil
}

// line takes in one line.
func (d *decoder) line(text []byte, n int) {
	if s := plainTag(text); s != nil && d.open && !d.headless && !d.ended && d.ending.tag == nil {
		d.field(s, trim(text[tagBytes:]), n, form{})
		d.empty = false
		return
	}
	l := split(text)
	if len(l.value) == 0 && l.tag == nil {
		d.settleEnding(false)
		d.settleEnd()
		d.empty = true
		return
	}
	tag, isTag := d.tagOf(l)
	if d.ended && isTag && tag == "NL" {
		d.add(known[tag], l.value, n)
		return
	}
	if d.ending.tag != nil {
		d.settleEnding(isTag && tag != "TY")
	}
	d.settleEnd()
	switch {
	case d.stop:
	case !isTag:
		d.plain(l, n)
	case tag == "TY":
		d.begin(l, n)
	case tag == "ER":
		d.end(l, n)
	default:
		d.field(d.slotFor(tag), l.value, n, l.form)
	}
	d.empty = false
}

// tagOf decides whether a line is a tag here, and gives the tag in capitals.
func (d *decoder) tagOf(l line) (tag string, ok bool) {
	if l.tag == nil {
		return "", false
	}
	tag = tagName(l.tag)
	switch {
	case tag == "TY":
		_, isType := typeCode(string(bytes.TrimLeft(l.value, "- ")))
		if d.open && !d.headless && !isType && bytes.IndexByte(l.value, ' ') > 0 {
			return "", false // words of a wrapped text
		}
		return tag, l.form == form{} || isType
	case tag == "ER" && len(l.value) == 0:
		return tag, true
	}
	if len(l.tag) == 2 && l.tag[0] >= 'A' && l.tag[0] <= 'Z' && l.form == (form{}) {
		return tag, true
	}
	return tag, d.form.allows(l.form)
}

// slotFor gives the slot of a tag, one made for it where the table has none.
func (d *decoder) slotFor(tag string) *slot {
	if s := known[tag]; s != nil {
		return s
	}
	s := d.strange[tag]
	if s == nil {
		const most = 1000 // of them are remembered
		if d.strange == nil || len(d.strange) == most {
			d.strange = map[string]*slot{}
		}
		s = &slot{field: field{tag: tag}, unknown: true}
		d.strange[tag] = s
	}
	return s
}

// tagName is the tag in capitals; those of the table are not copied.
func tagName(b []byte) string {
	if len(b) == 2 {
		if s := slotOf(b[0], b[1]); s != nil {
			return s.tag
		}
		if string(b) == "TY" {
			return "TY"
		}
		if string(b) == "ER" {
			return "ER"
		}
	}
	if s, ok := known[string(b)]; ok {
		return s.tag
	}
	return strings.ToUpper(string(b))
}

// begin starts a record at TY, or gives its type to one that has begun without.
func (d *decoder) begin(l line, n int) {
	if d.open {
		switch {
		case d.headless && !d.empty:
			d.headless, d.form = false, l.form
			d.problem(n, "TY", record.CodeMissingStart, "TY does not stand first: the lines before it are read as part of the record", "")
			d.add(typeSlot, l.value, n)
			return
		case !d.headless && len(d.marks) == 1:
			d.add(typeSlot, l.value, n)
			return
		case d.headless:
			d.finishHeadless()
		default:
			d.endless++
			d.problem(d.marks0(), "", record.CodeMissingEnd, "the next record begins before the record's ER", "")
			d.finish()
		}
		if d.stop {
			return
		}
	}
	d.reportJunk()
	if l.form.loose && !d.loose {
		d.loose = true
		d.in.Report(record.Problem{Line: n, Tag: "TY", Code: record.CodeSyntax,
			Text: "expected two blanks and a dash after the tag; tags of the form of this TY are read as tags", Value: string(l.tag) + " …"})
	}
	d.open, d.headless, d.form = true, false, l.form
	d.add(typeSlot, l.value, n)
}

// field takes in a tag that neither begins nor ends a record.
func (d *decoder) field(s *slot, value []byte, n int, f form) {
	if d.open && d.headless && d.empty {
		d.finishHeadless()
		if d.stop {
			return
		}
	}
	if !d.open {
		d.open, d.headless, d.form = true, true, f
	}
	if fold.Tidy(value) { // no blanks together, before which no second tag stands
		d.put(s, value, n, true)
		return
	}
	if next, at := secondField(value); next != nil {
		d.add(s, value[:at], n)
		d.problem(n, s.tag, record.CodeTwoFields, "a second tag, "+next.tag+", stands on the line; it is read as one", "")
		d.add(next, bytes.TrimSpace(value[at:])[5:], n)
		return
	}
	d.put(s, value, n, false)
}

// tagBytes is the length of "XX  - ".
const tagBytes = 6

// plainTag gives the slot of a line that begins with a known tag in the standard
// form, nil for any other line. TY and ER have none.
func plainTag(text []byte) *slot {
	if len(text) < tagBytes || string(text[2:tagBytes]) != "  - " {
		return nil
	}
	return slotOf(text[0], text[1])
}

// trim takes white space off both ends.
func trim(b []byte) []byte {
	if n := len(b); n > 0 && b[0] > ' ' && b[0] < utf8.RuneSelf && b[n-1] > ' ' && b[n-1] < utf8.RuneSelf {
		return b
	}
	return bytes.TrimSpace(b)
}

// secondField finds a known tag behind three or more blanks on the line of
// another: "10.5555/a     LK  - https://…".
func secondField(value []byte) (next *slot, at int) {
	for from := 0; ; {
		i := bytes.Index(value[from:], []byte("   "))
		if i < 0 {
			return nil, 0
		}
		at = from + i
		rest := bytes.TrimLeft(value[at:], " ")
		if next = plainTag(rest); next != nil {
			return next, at
		}
		from = len(value) - len(rest)
	}
}

// end closes the record at ER. Words behind ER may be the wrapped text of the
// field before: what comes next decides.
func (d *decoder) end(l line, n int) {
	if !d.open {
		d.addJunk("ER", n)
		return
	}
	if bytes.IndexByte(l.value, ' ') > 0 {
		d.ending = line{tag: []byte("ER"), value: bytes.Clone(l.value)}
		d.endLine = n
		return
	}
	d.close(l.value, n)
}

func (d *decoder) close(value []byte, n int) {
	if len(value) > 0 {
		d.problem(n, "ER", record.CodeSyntax, "expected nothing after ER; the record ends here all the same", string(value))
		d.add(endSlot, value, n)
	}
	d.ended = true
}

// settleEnd hands out a record whose ER has been read.
func (d *decoder) settleEnd() {
	switch {
	case !d.ended:
		return
	case d.headless:
		d.finishHeadless()
	default:
		d.finish()
	}
	d.whole++
}

// settleEnding decides about an ER with words behind it: text when a field of
// the same record follows at once, else the record's end.
func (d *decoder) settleEnding(isText bool) {
	if d.ending.tag == nil {
		return
	}
	l := d.ending
	d.ending = line{}
	if isText {
		d.wrap(append([]byte("ER  - "), l.value...), d.endLine, false)
		return
	}
	d.close(l.value, d.endLine)
}

// plain takes in a line without a tag: wrapped text within a record, else a
// header, a number or junk.
func (d *decoder) plain(l line, n int) {
	switch {
	case !d.open:
	case d.headless && furniture(l.whole):
		d.finishHeadless()
		return
	default:
		d.wrap(l.whole, n, l.indent)
		return
	}
	if d.hint.header(l.whole) || furniture(l.whole) {
		return
	}
	d.addJunk(string(l.whole), n)
}

// add appends an item. Of a record over its limit nothing is kept.
func (d *decoder) add(s *slot, value []byte, n int) {
	d.put(s, value, n, fold.Tidy(value))
}

func (d *decoder) put(s *slot, value []byte, n int, tidy bool) {
	if d.in.LineCut() {
		d.marks = append(d.marks, mark{slot: s, line: n, tooLong: true})
		return
	}
	if d.tooLong || len(d.text)+len(value)+tagBytes*len(d.marks) > d.in.Limits().Record {
		d.tooLong, d.text = true, d.text[:0]
		return
	}
	start := len(d.text)
	d.text = append(d.text, value...)
	d.marks = append(d.marks, mark{slot: s, start: start, end: len(d.text), line: n, tidy: tidy})
}

// wrap appends a line to the value before it. Between keywords it parts them.
func (d *decoder) wrap(value []byte, n int, indent bool) {
	if d.tooLong || len(d.marks) == 0 {
		return
	}
	m := &d.marks[len(d.marks)-1]
	switch {
	case m.tooLong:
		return
	case d.in.LineCut() || m.end-m.start+len(value) > d.in.Limits().Field:
		d.text, m.tooLong = d.text[:m.start], true
		return
	case len(d.text)+len(value) > d.in.Limits().Record:
		d.tooLong, d.text = true, d.text[:0]
		return
	}
	if m.tag == "TY" || m.tag == "ID" {
		d.problem(n, m.tag, record.CodeSyntax, "expected a tag; the line is kept with the note tags", string(value))
		d.add(known["N1"], value, n)
		return
	}
	if !m.wrapped && m.short {
		m.wrapped = true
		d.problem(n, m.tag, record.CodeContinuation, "expected a tag; the line is read as part of the value before it", string(value))
	}
	m.tidy = m.tidy && m.end > m.start && fold.Tidy(value)
	switch {
	case d.empty:
		d.text = append(d.text, "\n\n"...)
		m.tidy = false
	case d.headless || partedByLines(m.tag) && !(indent && m.tag == "KW"):
		d.text = append(d.text, '\n')
		m.tidy = false
	default:
		d.text = append(d.text, ' ')
	}
	d.text = append(d.text, value...)
	m.end = len(d.text)
}

// partedByLines tells whether the lines of a tag's value are values of their own.
func partedByLines(tag string) bool { return tag == "KW" || tag == "DB" || tag == "LA" }

func (d *decoder) problem(n int, tag string, code record.Code, text, value string) {
	d.problems = append(d.problems, record.Problem{Line: n, Tag: tag, Code: code, Text: text, Value: record.Cut(value)})
}

// marks0 is the line of the record's first tag.
func (d *decoder) marks0() int {
	if len(d.marks) == 0 {
		return 0
	}
	return d.marks[0].line
}

// finishHeadless ends a record without TY, if it is one: something must say
// which work it is. Else its lines are junk.
func (d *decoder) finishHeadless() {
	if d.tooLong {
		d.finish()
		return
	}
	for _, m := range d.marks {
		switch m.tag {
		case "TI", "T1", "CT", "BT", "AU", "A1", "DO":
			if m.end > m.start {
				d.problem(d.marks0(), "TY", record.CodeMissingStart, "the record has no TY: its kind is not known", "")
				d.finish()
				return
			}
		}
	}
	for _, m := range d.marks {
		d.addJunk(m.tag+"  - "+string(d.text[m.start:m.end]), m.line)
	}
	d.reset()
}

// finish builds the record and hands it out.
func (d *decoder) finish() {
	first := d.marks0()
	if d.tooLong {
		d.in.Report(record.Problem{Line: first, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("the record is over %d bytes and was left out (Limits.Record)", d.in.Limits().Record)})
		d.reset()
		return
	}
	all := string(d.text)
	d.items = d.items[:0]
	for _, m := range d.marks {
		if m.tooLong {
			d.problem(m.line, m.tag, record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes and was left out (Limits.Field)", d.in.Limits().Field), "")
			continue
		}
		d.items = append(d.items, item{m.slot, all[m.start:m.end], m.line, m.tidy})
	}
	r := d.b.build(d.items, d.hint)
	r.Source.Line = first
	if len(d.problems) > 0 {
		r.Problems = append(d.problems, r.Problems...)
		d.problems = nil
	}
	if len(r.Problems) > 1 {
		slices.SortStableFunc(r.Problems, func(x, y record.Problem) int { return x.Line - y.Line })
	}
	d.reset()
	if !d.emit(r) {
		d.stop = true
	}
}

func (d *decoder) reset() {
	d.open, d.headless, d.ended, d.tooLong, d.form = false, false, false, false, form{}
	d.text, d.marks, d.problems = d.text[:0], d.marks[:0], d.problems[:0]
	d.items = d.items[:0]
}

func (d *decoder) addJunk(text string, n int) {
	if d.junk.count == 0 {
		d.junk.line, d.junk.first = n, text
	}
	d.junk.count++
}

// reportJunk says once what stood between two records.
func (d *decoder) reportJunk() {
	j := d.junk
	d.junk = junkRun{}
	if j.count == 0 {
		return
	}
	text := "the line belongs to no record and was left out"
	if j.count > 1 {
		text = fmt.Sprintf("%d lines from here on belong to no record and were left out", j.count)
	}
	d.in.Report(record.Problem{Line: j.line, Code: record.CodeJunk, Text: text, Value: j.first})
}

// furniture tells lines that exports put between records and that say nothing
// about them: the number of a record, the links of a search page.
func furniture(text []byte) bool {
	if n := bytes.TrimRight(text, "."); len(n) < len(text) && digits(n) {
		return true
	}
	for _, p := range [...]string{"Record #", "Link to the Ovid Full Text", "Link to the External Link Resolver", "Content:"} {
		if bytes.HasPrefix(text, []byte(p)) {
			return true
		}
	}
	return false
}

func digits[T ~string | ~[]byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) > 0
}

// sniff is Format.Sniff.
func sniff(head []byte) int {
	if bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("<")) {
		return 0 // a web page that shows RIS: what stands around it would be read too
	}
	starts, tags, ends, seen, firstAt := 0, 0, 0, 0, 0
	for len(head) > 0 && seen < 400 {
		i := bytes.IndexAny(head, "\r\n")
		text := head
		if i >= 0 {
			text, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		l := split(text)
		if len(l.value) == 0 && l.tag == nil {
			continue
		}
		seen++
		if l.tag == nil {
			continue
		}
		tag := tagName(l.tag)
		_, isType := typeCode(string(bytes.TrimLeft(l.value, "- ")))
		switch {
		case tag == "TY" && (isType || l.form == form{}):
			if starts == 0 {
				firstAt = seen
			}
			starts++
		case tag == "ER" && len(l.value) == 0:
			ends++
		case known[tag] != nil && len(tag) == 2 && l.form == form{}:
			tags++
		}
	}
	switch {
	case starts > 0 && firstAt <= 20:
		return 95
	case starts > 0 && (tags > 0 || ends > 0):
		return 70
	case ends > 0 && tags > 0:
		return 60
	case ends > 1:
		return 40
	}
	return 0
}
