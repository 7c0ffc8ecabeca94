package registry

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// decodeTable reads the entries of a table. register has them all, or is "".
func decodeTable(in *record.Input, emit func(*record.Record) bool, database, register string, columns names) {
	headless := false
	rows := table.OpenRows(in, columns.known, func(first []string) []string {
		if headless = isFullExport(database, first); headless {
			return fullExport
		}
		return nil
	})
	header := rows.Names()
	readers := make([]*column, len(header))
	read := 0
	for i, name := range header {
		if readers[i] = columns.find(name); readers[i] != nil {
			read++
		}
	}
	if read == 0 {
		refuseTable(in, rows, database)
		return
	}
	for rows.Next() {
		t := newTrial(&jsonpull.Builder{R: &record.Record{}})
		t.r.Source.Line, t.r.Source.Database, t.register = rows.Line(), database, register
		if odd := rows.Odd(); odd != "" {
			t.problem("", record.CodeSyntax, odd, "")
		}
		t.ragged(len(rows.Cells()), len(header), rows.Cells())
		for i, cell := range rows.Cells() {
			var name string
			var reader *column
			switch {
			case cell == "":
				continue
			case i < len(header) && header[i] != "":
				name, reader = header[i], readers[i]
			default:
				name = "column " + strconv.Itoa(i+1)
			}
			if headless { // a text stands in quotes within those of the cell
				cell = strings.Trim(cell, `"`)
			}
			t.value(name, cell, reader, in.Limits().Field, rows.Line())
		}
		if t.number == "" {
			t.problem("", record.CodeNoKey, "a row without the number of a trial", "")
		}
		t.finish()
		if !emit(t.r) {
			return
		}
	}
}

// isFullExport tells whether a first row is no header but an entry of ICTRP's full
// export.
func isFullExport(database string, first []string) bool {
	return database == nameICTRP && len(first) > len(fullExport)-10 && registration(strings.Trim(first[0], `" `), "").Registry != ""
}

// refuseTable reports a table in which no column is known, as a whole: what its cells
// mean cannot be told.
func refuseTable(in *record.Input, rows *table.Rows, database string) {
	line, n, first := 0, 0, ""
	for rows.Next() {
		if n++; n == 1 {
			line, first = rows.Line(), strings.Join(rows.Cells(), " | ")
		}
	}
	in.Report(record.Problem{Line: line, Code: record.CodeSkipped, Value: first,
		Text: fmt.Sprintf("no column of %s is known by its name; %d rows were left out: expected the header in English, as the registry writes it", database, n)})
}

// ragged reports a row with too few or too many cells. Empty cells at its end do not
// count.
func (t *trial) ragged(cells, names int, values []string) {
	for cells > names && strings.TrimSpace(values[cells-1]) == "" {
		cells--
	}
	if cells != names {
		t.problem("", record.CodeSyntax, fmt.Sprintf("the row has %d cells where the header has %d", cells, names), "")
	}
}

// value reads one text under the name of its column or element.
func (t *trial) value(name, text string, c *column, limit, line int) {
	text = strings.TrimSpace(text)
	switch {
	case len(text) > limit:
		t.problem(name, record.CodeFieldTooLong, "a text longer than Limits.Field; it was left out", "")
	case text == "", text == "NULL":
	case c == nil || !c.read(t, text):
		t.r.Extra = append(t.r.Extra, record.ExtraTag{Tag: name, Value: jsonpull.PlainLines(text), Line: line})
	}
}

// problem notes what is odd about an entry of a table or of XML.
func (t *trial) problem(tag string, code record.Code, text, value string) {
	t.r.Problems = append(t.r.Problems, record.Problem{Line: t.r.Source.Line, Tag: tag, Code: code, Text: text, Value: value})
}
