package table

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/evidence-go/evidence/internal/csvguard"
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
func (t Table) WriteCSV(w io.Writer) error { return t.writeCSV(w, csvguard.Guard) }

// WriteRawCSV writes the table as CSV, every cell as it is, for programs that
// read values and never run them.
func (t Table) WriteRawCSV(w io.Writer) error {
	return t.writeCSV(w, func(cell string) string { return cell })
}

func (t Table) writeCSV(w io.Writer, form func(string) string) error {
	if err := t.Check(); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	write := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				_ = out.WriteByte(',') // Flush returns the first error
			}
			_, _ = out.WriteString(quoted(form(strings.ToValidUTF8(c, "\ufffd")), len(cells) == 1))
		}
		_, _ = out.WriteString("\r\n")
	}
	write(t.Columns)
	for _, row := range t.Rows {
		write(row)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	return nil
}

// quoted puts a cell in quotation marks where RFC 4180 asks for it, where it begins
// or ends with white space, which some readers trim, and where it is empty and alone in
// its line, which would be no line. The writer of encoding/csv is not used since
// it drops carriage returns where lines end with CR LF.
func quoted(cell string, alone bool) string {
	if cell == "" && !alone {
		return ""
	}
	if cell != "" && !strings.ContainsAny(cell, ",\"\r\n") && strings.TrimSpace(cell) == cell {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
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
