package tagged_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/tagged"
	"github.com/stretchr/testify/require"
)

// all are the formats of the package.
var all = []record.Format{tagged.WebOfScience(), tagged.RefWorks(), tagged.Ovid()}

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, format record.Format, src io.Reader, name string) ([]*record.Record, []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, format, name, src)
}

func write(t testing.TB, format record.Format, records []*record.Record) []byte {
	t.Helper()
	return suite.WriteRecords(t, format, records)
}

// TestCases reads each case, shows the records and problems, and writes them.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		for _, format := range all {
			input, ok := c.Get("input." + format.Name)
			if !ok {
				continue
			}
			records, problems := readAll(t, format, bytes.NewReader(input), c.Name+".txt")
			c.WantRecords(t, records, problems)
			if format.Encode != nil {
				c.Want(t, "written."+format.Name, write(t, format, records))
				require.Empty(t, roundTrip(t, format, c.Name+".txt", records), "written and read again it says the same")
			}
			return
		}
		t.Fatal("no input of a format of this package")
	})
}
