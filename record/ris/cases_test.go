package ris_test

import (
	"bytes"
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
		c.WantRecords(t, records, problems)
		c.Want(t, "written.ris", write(t, records))
		require.Empty(t, roundTrip(t, c.Name+".ris", records), "written and read again it says the same")
	})
}
