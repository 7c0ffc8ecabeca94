package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, src io.Reader, name string, format record.Format) ([]*record.Record, []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, format, name, src)
}

func write(t testing.TB, records []*record.Record, format record.Format) []byte {
	t.Helper()
	return suite.WriteRecords(t, format, records)
}

func TestHostile(t *testing.T) {
	passed := suite.Hostile(t, "csv", table.CSV())
	passed = append(passed, suite.Hostile(t, "tsv", table.TSV())...)
	suite.PassList(t, "testdata/hostile.txt", passed)
}

// TestNoWrittenCellIsAFormula parses what is written of the hostile records with
// another reader of tables.
func TestNoWrittenCellIsAFormula(t *testing.T) {
	folder := suite.Data(t, "hostile")
	paths, err := filepath.Glob(filepath.Join(folder, "cases", "write-*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		var in struct {
			Records []struct{ Title, Abstract, Journal, DOI, Key, URL string }
		}
		if json.Unmarshal(data, &in) != nil || len(in.Records) == 0 {
			continue
		}
		x := in.Records[0]
		r := &record.Record{Key: x.Key, Title: x.Title, Abstract: record.Abstract{Text: x.Abstract}, In: record.Container{Title: x.Journal}, DOI: record.DOI(x.DOI), URLs: []string{x.URL}}
		for _, format := range []record.Format{table.CSV(), table.TSV()} {
			rd := csv.NewReader(bytes.NewReader(write(t, []*record.Record{r}, format)))
			if format.Name == "tsv" {
				rd.Comma = '\t'
			}
			rows, err := rd.ReadAll()
			require.NoError(t, err, path)
			require.Len(t, rows, 2, path)
			for _, cell := range rows[1] {
				assert.False(t, cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])), "%s: %q", path, cell)
			}
		}
	}
}
