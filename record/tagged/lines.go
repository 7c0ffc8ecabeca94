package tagged

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// item is one tag with its value, as the file has it: wrapped lines are joined by
// a line feed, those behind an empty line by two.
type item struct {
	tag   string
	value string
	line  int
}

// mark is an item whose value still lies in the collector's buffer.
type mark struct {
	tag        string
	start, end int
	line       int
	tooLong    bool
}

// collector gathers the lines of one record at a time, for decoders that know how
// a line of their format looks. All limits are kept here.
type collector struct {
	in    *record.Input
	emit  func(*record.Record) bool
	build func([]item) *record.Record

	open     bool // within a record
	tooLong  bool // …which is over the limit of a record
	first    int  // line of the record's first tag
	text     []byte
	marks    []mark
	items    []item
	problems []record.Problem
	junk     junkRun
	stop     bool // the caller wants no more
}

// junkRun is a run of lines that belong to no record.
type junkRun struct {
	line  int
	count int
	first string
}

// begin opens a record.
func (c *collector) begin(n int) {
	c.reportJunk()
	c.open, c.first = true, n
}

// add appends an item. Of a record over its limit nothing is kept.
func (c *collector) add(tag string, value []byte, n int) {
	if c.in.LineCut() {
		c.marks = append(c.marks, mark{tag: tag, line: n, tooLong: true})
		return
	}
	const itemBytes = 3 // of a tag and its blank, so that lines without a value count too
	if c.tooLong || len(c.text)+len(value)+itemBytes*len(c.marks) > c.in.Limits().Record {
		c.tooLong, c.text, c.marks = true, c.text[:0], c.marks[:0]
		return
	}
	start := len(c.text)
	c.text = append(c.text, value...)
	c.marks = append(c.marks, mark{tag: tag, start: start, end: len(c.text), line: n})
}

// wrap appends a line to the value before it, behind what stands between them.
// It tells whether there is such a value.
func (c *collector) wrap(value []byte, between string) bool {
	if c.tooLong {
		return true
	}
	if len(c.marks) == 0 {
		return false
	}
	m := &c.marks[len(c.marks)-1]
	switch {
	case m.tooLong:
		return true
	case c.in.LineCut() || m.end-m.start+len(value) > c.in.Limits().Field:
		c.text, m.tooLong = c.text[:m.start], true
		return true
	case len(c.text)+len(value) > c.in.Limits().Record:
		c.tooLong, c.text, c.marks = true, c.text[:0], c.marks[:0]
		return true
	}
	if m.end > m.start {
		c.text = append(c.text, between...)
	}
	c.text = append(c.text, value...)
	m.end = len(c.text)
	return true
}

// last is the tag of the last item, "" where there is none.
func (c *collector) last() string {
	if len(c.marks) == 0 {
		return ""
	}
	return c.marks[len(c.marks)-1].tag
}

// has tells whether the open record has a tag.
func (c *collector) has(tag string) bool {
	return slices.ContainsFunc(c.marks, func(m mark) bool { return m.tag == tag })
}

func (c *collector) problem(n int, tag string, code record.Code, text, value string) {
	c.problems = append(c.problems, record.Problem{Line: n, Tag: tag, Code: code, Text: text, Value: record.Cut(value)})
}

// finish builds the record and hands it out.
func (c *collector) finish() {
	defer c.reset()
	if c.tooLong {
		c.in.Report(record.Problem{Line: c.first, Code: record.CodeRecordTooLong,
			Text: fmt.Sprintf("the record is over %d bytes and was left out (Limits.Record)", c.in.Limits().Record)})
		return
	}
	all := string(c.text)
	c.items = c.items[:0]
	for _, m := range c.marks {
		if m.tooLong {
			c.problem(m.line, m.tag, record.CodeFieldTooLong, fmt.Sprintf("the value is over %d bytes and was left out (Limits.Field)", c.in.Limits().Field), "")
			continue
		}
		c.items = append(c.items, item{m.tag, all[m.start:m.end], m.line})
	}
	r := c.build(c.items)
	r.Source.Line = c.first
	if len(c.problems) > 0 {
		r.Problems = append(slices.Clone(c.problems), r.Problems...)
		slices.SortStableFunc(r.Problems, func(x, y record.Problem) int { return x.Line - y.Line })
	}
	if !c.emit(r) {
		c.stop = true
	}
}

// discard makes junk of the open record: nothing in it says which work it is.
func (c *collector) discard() {
	for _, m := range c.marks {
		c.addJunk(m.tag+" "+string(c.text[m.start:m.end]), m.line)
	}
	c.reset()
}

func (c *collector) reset() {
	c.open, c.tooLong = false, false
	c.text, c.marks, c.problems = c.text[:0], c.marks[:0], c.problems[:0]
}

func (c *collector) addJunk(text string, n int) {
	if c.junk.count == 0 {
		c.junk.line, c.junk.first = n, text
	}
	c.junk.count++
}

// reportJunk says once what stood between two records.
func (c *collector) reportJunk() {
	j := c.junk
	c.junk = junkRun{}
	if j.count == 0 {
		return
	}
	text := "the line belongs to no record and was left out"
	if j.count > 1 {
		text = fmt.Sprintf("%d lines from here on belong to no record and were left out", j.count)
	}
	c.in.Report(record.Problem{Line: j.line, Code: record.CodeJunk, Text: text, Value: j.first})
}

// isCapital tells whether a byte may begin a short tag.
func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits tells whether a text is one or more digits.
func digits[T ~string | ~[]byte](s T) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return len(s) > 0
}

// withoutMarks takes off what some exports leave before or behind a text: form
// feeds, zero bytes, the mark of the end of a file of DOS.
func withoutMarks(line []byte) []byte { return bytes.Trim(line, "\f\x00\x1a") }
