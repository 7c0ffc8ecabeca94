package ris_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/stretchr/testify/require"
)

// TestCases reads each case, shows the records and problems, and writes them.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		input, ok := c.Get("input.ris")
		require.True(t, ok)
		records, problems := readAll(t, bytes.NewReader(input), c.Name+".ris")
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
		c.Want(t, "written.ris", write(t, records))
		require.True(t, roundTrip(t, c.Name+".ris", records), "written and read again it says the same")
	})
}
