package synth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
)

// Axis is one of the ways to divide the studies of a summary, a side of a table.
type Axis string

// The axes that every summary has.
const (
	ByTheme  Axis = "theme"
	ByDesign Axis = "design"
	ByYear   Axis = "year"
)

// ByAxis is the axis of a further codebook, by the codebook's name.
func ByAxis(name string) Axis { return Axis(name) }

// Table crosses two axes.
type Table struct {
	RowAxis Axis      `json:"row_axis"`
	ColAxis Axis      `json:"col_axis"`
	Rows    []Heading `json:"rows"`  // the last is what is not stated
	Cols    []Heading `json:"cols"`  // likewise
	Cells   [][]Cell  `json:"cells"` // by row, then column
	// RowTotals, ColTotals and Total hold each study once, however many cells of
	// the row, the column or the table it stands in.
	RowTotals []Cell `json:"row_totals"`
	ColTotals []Cell `json:"col_totals"`
	Total     Cell   `json:"total"`
	// Note says why a table is empty: an axis that does not exist.
	Note string `json:"note,omitzero"`
}

// Heading names a row or a column.
type Heading struct {
	Name      string `json:"name"`
	Title     string `json:"title,omitzero"`
	Depth     int    `json:"depth,omitzero"`
	NotStated bool   `json:"not_stated,omitzero"` // what has no value on this axis
}

// Cell is what stands where a row and a column cross.
type Cell struct {
	Count   int         `json:"count"` // studies, or records where no studies were given
	Records []record.ID `json:"records,omitempty"`
}

// Gap is a cell in which nothing was found.
type Gap struct {
	Row Heading `json:"row"`
	Col Heading `json:"col"`
}

// KnownAxes lists the axes that Table can cross, in their order.
func (s *Summary) KnownAxes() []Axis {
	var out []Axis
	for _, b := range s.Options.books() {
		out = append(out, b.axis)
	}
	return append(out, ByYear)
}

// Table crosses two axes: how many studies stand under both. A study may stand
// in several cells; totals count it once. Cells list all reports of the studies
// they count. An axis that the summary does not have gives a table without rows,
// whose Note says which there are.
func (s *Summary) Table(rows, cols Axis) Table {
	c := newCounter(s)
	t := Table{RowAxis: rows, ColAxis: cols}
	for _, a := range []Axis{rows, cols} {
		if c.sides[a] == nil {
			t.Note = fmt.Sprintf("no axis %q%s", a, strictjson.DidYouMean(string(a), asStrings(s.KnownAxes())))
			return t
		}
	}
	t.Rows, t.Cols = c.sides[rows].heads, c.sides[cols].heads
	cells := make([][][]int, len(t.Rows)) // units
	for i := range cells {
		cells[i] = make([][]int, len(t.Cols))
	}
	rowUnits, colUnits := make([][]int, len(t.Rows)), make([][]int, len(t.Cols))
	all := make([]int, len(c.units))
	for ui := range c.units {
		all[ui] = ui
		for _, r := range c.sides[rows].of[ui] {
			rowUnits[r] = append(rowUnits[r], ui)
			for _, k := range c.sides[cols].of[ui] {
				cells[r][k] = append(cells[r][k], ui)
			}
		}
		for _, k := range c.sides[cols].of[ui] {
			colUnits[k] = append(colUnits[k], ui)
		}
	}
	for r := range cells {
		t.Cells = append(t.Cells, c.cells(cells[r]))
	}
	t.RowTotals, t.ColTotals, t.Total = c.cells(rowUnits), c.cells(colUnits), c.cell(all)
	return t
}

func (c *counter) cells(units [][]int) []Cell {
	out := make([]Cell, len(units))
	for i := range units {
		out[i] = c.cell(units[i])
	}
	return out
}

func (c *counter) cell(units []int) Cell {
	k := Cell{Count: len(units)}
	for _, ui := range units {
		for _, i := range c.units[ui].records {
			k.Records = append(k.Records, c.sum.Records[i].ID)
		}
	}
	slices.Sort(k.Records)
	return k
}

// Gaps lists the cells in which nothing was found, by row, then column: what no
// study looked at. What is not stated is no gap.
func (t Table) Gaps() []Gap {
	var out []Gap
	for r := range t.Cells {
		for c := range t.Cells[r] {
			if t.Cells[r][c].Count == 0 && !t.Rows[r].NotStated && !t.Cols[c].NotStated {
				out = append(out, Gap{t.Rows[r], t.Cols[c]})
			}
		}
	}
	return out
}

// Label is what readers are shown: the title, or the name where there is none.
func (h Heading) Label() string { return label(h.Title, h.Name) }

// String writes the table for a terminal: rows with their labels, narrower ones
// indented, columns with numbers that a list above the table explains where
// their labels are long, "·" for 0.
func (t Table) String() string {
	if len(t.Rows) == 0 {
		return t.Note + "\n"
	}
	var b strings.Builder
	heads := make([]string, 0, len(t.Cols)+1)
	for i, c := range t.Cols {
		h := c.Label()
		if utf8.RuneCountInString(h) > widestHead {
			fmt.Fprintf(&b, "(%d) %s\n", i+1, h)
			h = fmt.Sprintf("(%d)", i+1)
		}
		heads = append(heads, h)
	}
	heads = append(heads, "total")
	lines := [][]string{append([]string{""}, heads...)}
	for r, h := range t.Rows {
		line := []string{strings.Repeat("  ", h.Depth) + h.Label()}
		for _, c := range t.Cells[r] {
			line = append(line, c.String())
		}
		lines = append(lines, append(line, t.RowTotals[r].String()))
	}
	line := []string{"total"}
	for _, c := range t.ColTotals {
		line = append(line, c.String())
	}
	writeAligned(&b, append(lines, append(line, t.Total.String())))
	return b.String()
}

// widestHead is the width in characters from which a column's label moves
// above the table.
const widestHead = 12

// String is the count, "·" for 0.
func (c Cell) String() string {
	if c.Count == 0 {
		return "·"
	}
	return strconv.Itoa(c.Count)
}

// writeAligned writes rows of cells: the first to the left, the others to the
// right.
func writeAligned(b *strings.Builder, lines [][]string) {
	width := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, s := range line {
			width[i] = max(width[i], utf8.RuneCountInString(s))
		}
	}
	for _, line := range lines {
		for i, s := range line {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(s))
			if i == 0 {
				b.WriteString(s + pad)
				continue
			}
			b.WriteString("  " + pad + s)
		}
		b.WriteByte('\n')
	}
}
