package synth

import "github.com/evidence-go/evidence/record"

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
