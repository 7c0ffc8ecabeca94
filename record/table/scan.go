package table

import (
	"bytes"

	"github.com/evidence-go/evidence/record"
)

// cell is one cell in the window: the bytes of its text, without the quotes
// around it, and what is to be known about them.
type cell struct {
	start, end int
	marks      uint8
}

const (
	doubled = 1 << iota // holds doubled quotes, each of which means one
	bare                // holds quotes that should have been doubled
	trailed             // has text behind the closing quote: it is taken as it stands
)

// ending says how the scan of a row came to its end.
type ending int

const (
	complete ending = iota
	cut             // the window ends before the row does
	cutOpen         // so, inside quotes
	open            // the text ends inside quotes
)

// noQuotes as the first cell that is read without quotes means none is.
const noQuotes = int(^uint(0) >> 1)

// scanRow finds the cells of the first row of b. n is the length of the row with
// its line end. From the byte plainFrom on, quotes are text. last tells that b
// reaches to the end of the text. at is where the cell begins in which the row
// was cut or left open.
func scanRow(b []byte, sep byte, plainFrom int, last bool, cells []cell) (found []cell, n int, end ending, at int) {
	for i := 0; ; {
		start, c := i, cell{}
		quote := skipBlanks(b, i)
		if quote < len(b) && b[quote] == '"' && quote < plainFrom {
			if c, i, end = quotedCell(b, start, quote, sep, last); end != complete {
				return cells, 0, end, start
			}
		} else {
			i = cellEnd(b, i, sep)
			c = cell{start: start, end: i}
		}
		cells = append(cells, c)
		switch {
		case i == len(b) && !last:
			return cells, 0, cut, start
		case i == len(b):
			return cells, i, complete, 0
		case b[i] == sep:
			i++
		case b[i] == '\n':
			return cells, i + 1, complete, 0
		case i+1 == len(b) && !last: // a CR: an LF may follow
			return cells, 0, cut, start
		case i+1 < len(b) && b[i+1] == '\n':
			return cells, i + 2, complete, 0
		default:
			return cells, i + 1, complete, 0
		}
	}
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && b[i] == ' ' {
		i++
	}
	return i
}

// cellEnd finds the separator or line end at or after i, or the end of b.
func cellEnd(b []byte, i int, sep byte) int {
	for ; i < len(b); i++ {
		if c := b[i]; c == sep || c == '\n' || c == '\r' {
			break
		}
	}
	return i
}

func endsCell(c, sep byte) bool { return c == sep || c == '\n' || c == '\r' }

// quotedCell reads the cell that begins at start and whose quotes open at quote.
// next is where its separator or line end stands.
func quotedCell(b []byte, start, quote int, sep byte, last bool) (c cell, next int, end ending) {
	c.start = quote + 1
	closing := 0 // a later quote of the same line that closes the cell
	for k := quote + 1; ; {
		m := bytes.IndexByte(b[k:], '"')
		if m < 0 {
			if last {
				return c, 0, open
			}
			return c, 0, cutOpen
		}
		k += m
		after := skipBlanks(b, k+1)
		switch {
		case after == len(b) && !last:
			return c, 0, cutOpen
		case after == len(b), endsCell(b[after], sep):
			c.end = k
			return c, after, complete
		case b[k+1] == '"':
			c.marks |= doubled
			k += 2
		case k < closing:
			c.marks |= bare
			k++
		default:
			var whole bool
			if closing, whole = closingQuote(b, k+1, sep, last); !whole {
				return c, 0, cutOpen
			}
			if closing == 0 { // the quotes are part of a longer text: "Kite" rope
				i := cellEnd(b, k+1, sep)
				return cell{start, i, trailed}, i, complete
			}
			c.marks |= bare
			k++
		}
	}
}

// closingQuote looks in the rest of the line for a quote that ends the cell: one
// before a separator or line end, with none before it that opens a cell. It is 0
// where there is none. whole is false when the window ends before the line.
func closingQuote(b []byte, i int, sep byte, last bool) (at int, whole bool) {
	for ; i < len(b); i++ {
		switch b[i] {
		case '\n', '\r':
			return 0, true
		case '"':
			if b[i-1] == sep {
				return 0, true
			}
			if i+1 == len(b) && !last {
				return 0, false
			}
			if i+1 == len(b) || endsCell(b[i+1], sep) {
				return i, true
			}
		}
	}
	return 0, last
}

// scanner reads the rows of a table.
type scanner struct {
	in      *record.Input
	sep     byte
	columns int // cells of the header, 0 while it is not known

	line   int      // of the row
	values []string // of the row; valid until the next one
	odd    string   // what was odd about the row's quotes, in words

	last  bool // the window reaches to the end of the text
	cells []cell
	ends  []int
	text  []byte
}

// next reads a row; false at the end of the text. A row over the limit is passed
// over with a problem.
func (s *scanner) next() bool {
	for {
		if !s.last && len(s.in.Bytes()) == 0 && !s.in.More() {
			s.last = true
		}
		if len(s.in.Bytes()) == 0 && s.last {
			return false
		}
		s.line, s.odd = s.in.LineNumber(), ""
		if n := s.row(); n > 0 {
			s.take(n)
			return true
		}
		s.in.Report(record.Problem{Line: s.line, Code: record.CodeRecordTooLong,
			Text: "a row longer than Limits.Record; its line was left out"})
		if _, ok := s.in.ReadLine(); !ok {
			return false
		}
	}
}

// row scans one row and gives its length, 0 when it is longer than the limit.
func (s *scanner) row() int {
	plainFrom := noQuotes
	for {
		b := s.in.Bytes()
		var n, at int
		var end ending
		s.cells, n, end, at = scanRow(b, s.sep, plainFrom, s.last, s.cells[:0])
		limit := s.in.Limits().Record
		switch {
		case end == complete && n <= limit && (plainFrom != noQuotes || !s.doubtful()):
			return n
		case end == complete:
			from := s.wrapped(b)
			if from < plainFrom && (n > limit || s.fits(b, from)) {
				s.odd = "a quotation mark that is closed in another row only; it was read as text"
				plainFrom = from
				continue
			}
			if n > limit {
				return 0
			}
			return n
		case end == open, end == cutOpen && len(b) > limit:
			s.odd = "a quotation mark that is never closed; it was read as text, and the row as one line"
			plainFrom = at
		case len(b) > limit:
			return 0
		default:
			s.grow(2 * len(b))
		}
	}
}

// doubtful tells whether a quote of the row may have been closed by that of another
// row: there are too few or too many cells, or quotes inside one.
func (s *scanner) doubtful() bool {
	if s.columns == 0 || len(s.cells) != s.columns {
		return s.columns != 0
	}
	for _, c := range s.cells {
		if c.marks&bare != 0 {
			return s.columns > 1
		}
	}
	return false
}

// wrapped gives the place of the quote that opens the first cell that runs over
// several lines, noQuotes where none does.
func (s *scanner) wrapped(b []byte) int {
	for _, c := range s.cells {
		if bytes.IndexByte(b[c.start:c.end], '\n') < 0 && bytes.IndexByte(b[c.start:c.end], '\r') < 0 {
			continue
		}
		if c.marks&trailed != 0 {
			return c.start
		}
		return c.start - 1
	}
	return noQuotes
}

// fits tells whether the first line of the row makes a row of the right number of
// cells when quotes from a place on are text; and so the second line, where the row
// as it is has the right number too.
func (s *scanner) fits(b []byte, from int) bool {
	lines := 1
	if len(s.cells) == s.columns {
		lines = 2
	}
	for range lines {
		cells, n, end, _ := scanRow(b, s.sep, from, s.last, nil)
		if end != complete || len(cells) != s.columns {
			return false
		}
		b, from = b[n:], 0
	}
	return true
}

// grow makes the window at least n bytes long, or as long as the text is.
func (s *scanner) grow(n int) {
	for len(s.in.Bytes()) < n {
		if !s.in.More() {
			s.last = true
			return
		}
	}
}

// take consumes the row and makes one string of it, of which its values are parts.
func (s *scanner) take(n int) {
	b := s.in.Bytes()
	s.text, s.ends = s.text[:0], s.ends[:0]
	for _, c := range s.cells {
		part := b[c.start:c.end]
		if c.marks&doubled != 0 {
			s.text = appendUndoubled(s.text, part)
		} else {
			s.text = append(s.text, part...)
		}
		s.ends = append(s.ends, len(s.text))
		if c.marks&bare != 0 && s.odd == "" {
			s.odd = "quotes inside a quoted cell that are not doubled; they were read as text"
		}
		if c.marks&trailed != 0 && s.odd == "" {
			s.odd = "text behind a closing quotation mark; the cell was read as it stands"
		}
	}
	whole := string(s.text)
	s.values = s.values[:0]
	from := 0
	for _, to := range s.ends {
		s.values = append(s.values, whole[from:to])
		from = to
	}
	s.in.Advance(n)
}

// appendUndoubled appends text with each doubled quote as one.
func appendUndoubled(dst, text []byte) []byte {
	for {
		i := bytes.Index(text, twoQuotes)
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(dst, text[:i+1]...)
		text = text[i+2:]
	}
}

var twoQuotes = []byte(`""`)
