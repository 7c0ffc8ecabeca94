package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// Table is a rectangle of text with a name. Each row has as many cells as there
// are columns.
type Table struct {
	Name    string     `json:"name"` // short, fit for a file: "decisions"
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// WriteCSV writes the table as CSV, formulas guarded: see the package comment. A
// row with too few or too many cells is an error.
func (t Table) WriteCSV(w io.Writer) error { return t.writeCSV(w, guarded) }

// WriteRawCSV writes the table as CSV, every cell as it is, for programs that
// read values and never run them.
func (t Table) WriteRawCSV(w io.Writer) error {
	return t.writeCSV(w, func(cell string) string { return cell })
}

func (t Table) writeCSV(w io.Writer, form func(string) string) error {
	if err := t.Check(); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(t.Columns))
	write := func(cells []string) error {
		for i, c := range cells {
			line[i] = form(strings.ToValidUTF8(c, "\ufffd"))
		}
		return out.Write(line)
	}
	err := write(t.Columns)
	for i := 0; err == nil && i < len(t.Rows); i++ {
		err = write(t.Rows[i])
	}
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	return nil
}

// Check tells whether every row has as many cells as there are columns.
func (t Table) Check() error {
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("table %s: row %d has %d cells, expected %d", t.Name, i+1, len(row), len(t.Columns))
		}
	}
	return nil
}

// guarded sets an apostrophe before a cell that could be taken for a formula, and
// before one in which such a thing stands behind apostrophes, so that one can be
// taken away without a doubt.
func guarded(cell string) string {
	bare := strings.TrimLeft(cell, "'")
	if bare != "" && strings.IndexByte("=+-@\t\r\n", bare[0]) >= 0 {
		return "'" + cell
	}
	return cell
}
