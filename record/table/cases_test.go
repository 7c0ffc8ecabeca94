package table_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
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
		require.Empty(t, roundTrip(t, records, table.CSV()), "written and read again it says the same")
	})
}
