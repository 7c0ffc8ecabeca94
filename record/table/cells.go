package table

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Rows are the rows of a table whose columns another format knows: separators,
// quotes and lines are read as this package reads them, what the cells mean is the
// caller's. OpenRows begins them.
type Rows struct {
	s     *scanner
	names []string
	first bool // the row that was read last is to be given again
}

// OpenRows looks for the header of a table: among the first rows, and with commas,
// tabs, semicolons or bars between the cells, the row in which the most names are
// known. Rows before it are reported. Where no name is known anywhere, the table has
// no header: without is then given the cells of the first row, and gives the names of
// the columns, nil where it knows none; the first row is a row like all others.
func OpenRows(in *record.Input, known func(name string) bool, without func(first []string) (names []string)) *Rows {
	s := &scanner{in: in}
	s.skipBlankLines()
	s.grow(headSize)
	seps := separators
	if sep, n := separatorLine(in.Bytes()); n > 0 {
		seps = string(rune(sep))
		in.Advance(n)
		s.skipBlankLines()
	}
	head := in.Bytes()
	whole := s.last && len(head) <= headSize
	head = head[:min(len(head), headSize)]
	best, at, cells := 0, 0, 0
	for _, sep := range []byte(seps) {
		rows := headOf(head, sep, whole)
		if best == 0 && len(rows) > 0 && len(rows[0]) > cells {
			s.sep, cells = sep, len(rows[0])
		}
		for i, row := range rows[:min(len(rows), preambles)] {
			if n := count(row, known); n > best {
				s.sep, best, at = sep, n, i
			}
		}
	}
	r := &Rows{s: s}
	for s.next() {
		switch {
		case empty(s.values):
		case best == 0:
			r.names, r.first = without(s.values), true
			s.columns = len(r.names)
			return r
		case at > 0:
			at--
			in.Report(record.Problem{Line: s.line, Code: record.CodeJunk, Value: clean(strings.Join(s.values, string(rune(s.sep)))),
				Text: "a row before the header belongs to no record and was left out"})
		default:
			r.names = s.headings(true)
			s.columns = len(r.names)
			return r
		}
	}
	return r
}

// SniffRows counts the names that are known in the header of a table, as OpenRows
// finds it in the first bytes of a file.
func SniffRows(head []byte, known func(name string) bool) (most int) {
	for _, sep := range []byte(separators) {
		rows := headOf(head, sep, len(head) < headSize/2)
		for _, row := range rows[:min(len(rows), preambles)] {
			most = max(most, count(row, known))
		}
	}
	return most
}

func count(row []string, known func(string) bool) (n int) {
	for _, name := range row {
		if known(name) {
			n++
		}
	}
	return n
}

// Names are the names of the columns, "" for one without; none where the table has
// no header and the caller knew none.
func (r *Rows) Names() []string { return r.names }

// Next reads the next row that has a cell with something in it; false at the end.
func (r *Rows) Next() bool {
	if r.first {
		r.first = false
		return true
	}
	for r.s.next() {
		if !empty(r.s.values) {
			return true
		}
	}
	return false
}

// Line is the line on which the row begins, from 1.
func (r *Rows) Line() int { return r.s.line }

// Cells are the cells of the row. They are parts of one string that is not used
// again; the list itself is valid until the next row.
func (r *Rows) Cells() []string { return r.s.values }

// Odd says what was odd about the row's quotes, "" where nothing was.
func (r *Rows) Odd() string { return r.s.odd }
