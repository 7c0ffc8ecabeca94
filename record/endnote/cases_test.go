package endnote_test

import (
	"bytes"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/stretchr/testify/require"
)

// TestCases reads each case, shows the records and problems, and writes them in
// both forms.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		format, other := xmlFormat, referFormat
		input, ok := c.Get("input.xml")
		if !ok {
			format, other = other, format
			input, ok = c.Get("input.enw")
		}
		require.True(t, ok)
		records, problems := readAll(t, format, bytes.NewReader(input), c.Name)
		c.WantRecords(t, records, problems)
		c.Want(t, "written."+format.Name, write(t, format, records))
		c.Want(t, "written."+other.Name, write(t, other, records))
		require.True(t, roundTrip(t, format, c.Name, records), "written and read again it says the same")
	})
}
