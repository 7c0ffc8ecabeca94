package table

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/csvguard"
	"github.com/evidence-go/evidence/record"
)

// decoder reads one table.
type decoder struct {
	s      *scanner
	raw    bool
	commas bool
	own    bool // the table was written by this package
	tool   *dialect
	names  []string
	begun  bool  // the first row is read already, and is none of names
	found  []int // the column of the table in fields.go for each, -1 for none
}

// separators are those that a table may have.
const separators = ",;\t|"

// decode is Format.Decode. sep is the separator that the format is named for.
func decode(in *record.Input, sep byte, o Options, emit func(*record.Record) bool) error {
	s := &scanner{in: in}
	s.skipBlankLines()
	s.grow(headSize)
	seps := string(rune(sep)) + strings.ReplaceAll(separators, string(rune(sep)), "")
	if own, n := separatorLine(in.Bytes()); n > 0 {
		seps = string(rune(own))
		in.Advance(n)
		s.skipBlankLines()
	}
	head := in.Bytes()
	if isFieldRows(head[:min(len(head), headSize)], s.last && len(head) <= headSize) {
		s.sep = ','
		(&decoder{s: s}).fieldRows(emit)
		return nil
	}
	l := layoutOf(head[:min(len(head), headSize)], seps, s.last && len(head) <= headSize)
	s.sep = l.sep
	d := &decoder{s: s, raw: o.Raw, commas: l.commas}
	if !d.header(l.header) {
		return nil
	}
	for d.begun || s.next() {
		d.begun = false
		r := d.record()
		if r != nil && !emit(r) {
			return nil
		}
	}
	return nil
}

// skipBlankLines passes over what stands before the first row.
func (s *scanner) skipBlankLines() {
	for {
		b := s.in.Bytes()
		n := 0
		for n < len(b) && (b[n] == '\n' || b[n] == '\r') {
			n++
		}
		s.in.Advance(n)
		if n < len(b) || !s.in.More() {
			return
		}
	}
}

// header reads the names of the columns; the rows before them are reported.
func (d *decoder) header(skip int) bool {
	s := d.s
	for s.next() {
		if empty(s.values) {
			continue
		}
		if skip > 0 {
			skip--
			s.in.Report(record.Problem{Line: s.line, Code: record.CodeJunk, Value: clean(strings.Join(s.values, string(rune(s.sep)))),
				Text: "a row before the header belongs to no record and was left out"})
			continue
		}
		d.names = s.headings(d.raw)
		d.tool = dialectOf(d.names)
		d.found = make([]int, len(d.names))
		for i, name := range d.names {
			if at, ok := d.tool.find(name); ok {
				d.found[i] = at
			} else {
				d.found[i] = -1
			}
		}
		if !slices.ContainsFunc(d.found, func(at int) bool { return at >= 0 }) && slices.ContainsFunc(d.names, isValue) {
			s.in.Report(record.Problem{Line: s.line, Code: record.CodeMissingStart, Value: strings.Join(d.names, " | "),
				Text: "no header: the first row holds values and no names of columns; the rows are kept as they are, as column 1, column 2 and so on"})
			d.begun, d.names = true, make([]string, len(d.names))
			s.columns = len(d.names)
			return true
		}
		d.own = slices.Contains(d.names, othersName)
		if d.tool == plainTable {
			d.sources()
		}
		reportHeader(s.in, s.line, d.names, d.found, d.tool)
		s.columns = len(d.names)
		return true
	}
	return false
}

// isValue tells whether a text is a value for sure and no name of a column: a year, a
// link or a DOI.
func isValue(s string) bool {
	if len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && strings.Trim(s, "0123456789") == "" {
		return true
	}
	_, doi := record.ParseDOI(s)
	return doi || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// sources reads a column called Source: the database where another column has the
// journal, else the journal.
func (d *decoder) sources() {
	journal, database := known["journal"], known["database"]
	for _, at := range d.found {
		if at == journal {
			return
		}
	}
	for i, name := range d.names {
		if d.found[i] == database && spelling(name) == "source" {
			d.found[i] = journal
		}
	}
}

func empty(values []string) bool {
	for _, v := range values {
		if strings.TrimSpace(v) != "" {
			return false
		}
	}
	return true
}

// record makes a record of the row, nil of one whose cells are all empty.
func (d *decoder) record() *record.Record {
	s := d.s
	if empty(s.values) {
		return nil
	}
	b := &builder{r: &record.Record{}, line: s.line, commas: d.commas, own: d.own, d: d.tool}
	b.r.Source.Line = s.line
	if s.odd != "" {
		b.problem(item{}, record.CodeSyntax, s.odd)
	}
	d.ragged(b)
	limit := s.in.Limits().Field
	for i, value := range s.values {
		if !d.raw {
			value = csvguard.Strip(value)
		}
		it := item{tag: d.name(i), value: value}
		switch {
		case len(value) > limit:
			it.value = ""
			b.problem(it, record.CodeFieldTooLong, "a cell longer than Limits.Field; it was left out")
		case strings.TrimSpace(value) == "":
		case i >= len(d.found) || d.found[i] < 0:
			b.keep(it)
		default:
			columns[d.found[i]].read(b, it)
		}
	}
	b.finish()
	return b.r
}

// name is the name of a column, made of its place where it has none.
func (d *decoder) name(i int) string {
	if i < len(d.names) && d.names[i] != "" {
		return d.names[i]
	}
	return "column " + strconv.Itoa(i+1)
}

// ragged reports a row with too few or too many cells. Empty cells at the end of a
// row or of the header do not count.
func (d *decoder) ragged(b *builder) {
	cells, names := len(d.s.values), len(d.names)
	for cells > names && strings.TrimSpace(d.s.values[cells-1]) == "" {
		cells--
	}
	for names > cells && d.names[names-1] == "" {
		names--
	}
	if cells != names && cells != len(d.names) {
		b.problem(item{}, record.CodeSyntax, fmt.Sprintf("the row has %d cells where the header has %d", cells, names))
	}
}
