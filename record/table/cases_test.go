package table_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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
		var shown, odd bytes.Buffer
		for _, p := range problems {
			fmt.Fprintln(&odd, p)
		}
		for _, r := range records {
			for _, p := range r.Problems {
				fmt.Fprintln(&odd, p)
			}
			plain := *r
			plain.Problems = nil
			text, err := json.MarshalIndent(&plain, "", "  ")
			require.NoError(t, err)
			shown.Write(append(text, '\n'))
		}
		c.Want(t, "want.json", shown.Bytes())
		c.Want(t, "problems.txt", odd.Bytes())
		c.Want(t, "written.tsv", write(t, records, table.TSV()))
		require.Empty(t, roundTrip(t, records, table.CSV()), "written and read again it says the same")
	})
}
