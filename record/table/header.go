package table

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/csvguard"
	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/namelist"
	"github.com/evidence-go/evidence/record"
)

// layout is what the head of a file shows about a table.
type layout struct {
	sep    byte
	header int  // rows before the header that are not empty
	known  int  // columns of known name
	title  bool // one of them is the title
	cells  int  // of the header
	rows   int  // looked at behind the header
	even   int  // of these, rows with as many cells as the header
	commas bool // the authors of a cell are parted by commas
}

const (
	headSize  = 64 << 10
	headRows  = 30 // rows behind the header that are looked at
	preambles = 10 // rows before the header that are looked at
)

// better tells whether l makes more sense of the text than m.
func (l layout) better(m layout) bool {
	if l.known != m.known {
		return l.known > m.known
	}
	if l.even*(m.rows+1) != m.even*(l.rows+1) {
		return l.even*(m.rows+1) > m.even*(l.rows+1)
	}
	return l.known == 0 && l.cells > m.cells
}

// layoutOf finds the layout of a text whose first separators are the likelier.
func layoutOf(head []byte, seps string, whole bool) layout {
	var best layout
	for i := range len(seps) {
		if l := lookWith(head, seps[i], whole); i == 0 || l.better(best) {
			best = l
		}
	}
	return best
}

// lookWith reads the head with one separator: the header is the first row with
// columns of known name, which behind other rows must be two at least and the
// title among them.
func lookWith(head []byte, sep byte, whole bool) layout {
	l := layout{sep: sep}
	rows := headOf(head, sep, whole)
	at := -1
	for i, row := range rows[:min(len(rows), preambles)] {
		known, title := knownIn(row)
		if i == 0 && known > 0 || known > 1 && title {
			at, l.known, l.title = i, known, title
			break
		}
	}
	if at < 0 {
		at = 0
	}
	if len(rows) == 0 {
		return l
	}
	l.header, l.cells = at, len(rows[at])
	authors := authorsColumn(rows[at])
	for _, row := range rows[at+1:] {
		l.rows++
		if len(row) == l.cells {
			l.even++
		}
		if authors >= 0 && authors < len(row) && namelist.IsCommaList(row[authors]) {
			l.commas = true
		}
	}
	return l
}

// headOf gives the cells of the first rows that are not empty.
func headOf(head []byte, sep byte, whole bool) (rows [][]string) {
	for len(head) > 0 && len(rows) < preambles+headRows {
		cells, n, end, at := scanRow(head, sep, noQuotes, whole, nil)
		if end == open {
			cells, n, end, _ = scanRow(head, sep, at, whole, nil)
		}
		if end != complete {
			break
		}
		row := make([]string, len(cells))
		empty := true
		for i, c := range cells {
			row[i] = string(bytes.TrimSpace(head[c.start:c.end]))
			empty = empty && row[i] == ""
		}
		if !empty {
			rows = append(rows, row)
		}
		head = head[n:]
	}
	return rows
}

// knownIn counts the columns of known name, each once.
func knownIn(row []string) (known int, title bool) {
	seen := map[int]bool{}
	d := dialectOf(row)
	for _, name := range row {
		if at, ok := d.find(name); ok && !seen[at] {
			seen[at] = true
			title = title || columns[at].name == "title"
		}
	}
	return len(seen), title
}

func authorsColumn(row []string) int {
	d := dialectOf(row)
	for i, name := range row {
		if at, ok := d.find(name); ok && columns[at].name == "authors" {
			return i
		}
	}
	return -1
}

// spelling is the form in which names of columns are compared: letters and digits,
// small and without accents.
func spelling(name string) string { return strings.ReplaceAll(fold.Key(name), " ", "") }

// separatorLine reads the line "sep=;" that spreadsheets put before a header. n is
// its length without the line end, 0 when it is none.
func separatorLine(head []byte) (sep byte, n int) {
	line := head
	if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
		line = head[:i]
	}
	text := bytes.Trim(line, `"`)
	if len(text) == 5 && bytes.EqualFold(text[:4], []byte("sep=")) {
		return text[4], len(line)
	}
	if string(bytes.ToLower(text)) == "sep=" && len(line) < len(head) { // a tab at the end is lost in some
		return '\t', len(line)
	}
	return 0, 0
}

// sniff is Format.Sniff for these separators: a header with a title and another
// column of known name, and rows that have as many cells.
func sniff(head []byte, seps string) int {
	head = bytes.TrimLeft(head, " \r\n\ufeff")
	if len(head) == 0 || bytes.IndexByte([]byte("{[<@%"), head[0]) >= 0 {
		return 0
	}
	if sep, n := separatorLine(head); n > 0 {
		if !strings.Contains(seps, string(rune(sep))) {
			return 0
		}
		head, seps = bytes.TrimLeft(head[n:], " \r\n"), string(rune(sep))
	}
	whole := len(head) < headSize/2
	if strings.Contains(seps, ",") && isFieldRows(head, whole) {
		return 90
	}
	l := layoutOf(head, seps, whole)
	switch {
	case !l.title || l.known < 2 || 2*l.even < l.rows, l.header > 0 && l.known < 4:
		return 0
	case l.known > 3:
		return 90
	}
	return 70
}

// headings gives the names of the columns, "" for one without.
func (s *scanner) headings(raw bool) []string {
	names := make([]string, len(s.values))
	for i, v := range s.values {
		if !raw {
			v = csvguard.Strip(v)
		}
		names[i] = clean(v)
	}
	return names
}

// hasBoth tells whether a tool has two columns of these names in all its tables.
func (d *dialect) hasBoth(a, b string) bool {
	a, b = spelling(a), spelling(b)
	_, first := d.at[a]
	_, second := d.at[b]
	return first && second && a != b
}

// reportHeader says what is odd about the header: columns for the same field, no column
// that is known.
func reportHeader(in *record.Input, line int, names []string, found []int, tool *dialect) {
	first := map[int]string{}
	any := false
	for i, at := range found {
		if at < 0 {
			continue
		}
		any = true
		if earlier, twice := first[at]; twice && columns[at].single && !tool.hasBoth(earlier, names[i]) {
			in.Report(record.Problem{Line: line, Tag: names[i], Code: record.CodeRepeatedTag,
				Text: "a further column for what " + earlier + " holds; its values count where that is empty, and are kept otherwise"})
			continue
		}
		first[at] = names[i]
	}
	if !any {
		in.Report(record.Problem{Line: line, Code: record.CodeMissingStart, Value: strings.Join(names, " | "),
			Text: "no column of a known name: expected a header with title, authors, year, doi or the like; the first row was read as the header, and all cells are kept as they are"})
	}
}
