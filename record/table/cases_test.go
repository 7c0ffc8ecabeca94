package table_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// TestCases reads each case, shows the records and problems, and writes them.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		input, ok := c.Get("input.csv")
		require.True(t, ok)
		records, problems := readAll(t, bytes.NewReader(input), c.Name+".csv", table.CSV())
		c.WantRecords(t, records, problems)
		c.Want(t, "written.tsv", write(t, records, table.TSV()))
		inItsOwnColumns(t, c, records)
		require.Empty(t, roundTrip(t, records, table.CSV()), "written and read again it says the same")
	})
}

// inItsOwnColumns writes a case named for a tool in the columns of that tool. What is
// read of that is written the same.
func inItsOwnColumns(t *testing.T, c suite.Case, records []*record.Record) {
	t.Helper()
	const section = "in-its-own-columns.csv"
	if _, ok := c.Get(section); !ok {
		return
	}
	tool := strings.TrimPrefix(c.Name, "invented-")
	for !slices.Contains(table.Dialects(), tool) {
		at := strings.LastIndexByte(tool, '-')
		require.Positive(t, at, "%s is named for no tool", c.Name)
		tool = tool[:at]
	}
	format := table.Options{Dialect: tool}.CSV()
	text := write(t, records, format)
	c.Want(t, section, text)
	again, _ := readAll(t, bytes.NewReader(text), c.Name+".csv", format)
	require.Len(t, again, len(records))
	for i, r := range records {
		require.Equal(t, held(r), held(again[i]), "%s says the same in its own columns", r.Key)
	}
	require.Equal(t, string(text), string(write(t, again, format)))
}
