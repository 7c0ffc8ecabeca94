package registry_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/registry"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, data []byte, name string, format record.Format) ([]*record.Record, []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, format, name, bytes.NewReader(data))
}

// formatOf gives the format that a sample is named for.
func formatOf(name string) record.Format {
	isCSV := strings.HasSuffix(name, ".csv")
	switch {
	case strings.Contains(name, "ictrp") && isCSV:
		return registry.ICTRPCSV()
	case strings.Contains(name, "ictrp"):
		return registry.ICTRP()
	case isCSV:
		return registry.ClinicalTrialsCSV()
	}
	return registry.ClinicalTrials()
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return data
}

// samples are the names of the invented files.
func samples(t testing.TB) (names []string) {
	t.Helper()
	paths, err := filepath.Glob("testdata/invented-*")
	require.NoError(t, err)
	for _, path := range paths {
		if !strings.HasSuffix(path, ".want") {
			names = append(names, filepath.Base(path))
		}
	}
	require.NotEmpty(t, names)
	return names
}

// TestSamples shows the records and the problems of each invented file.
func TestSamples(t *testing.T) {
	for _, name := range samples(t) {
		t.Run(name, func(t *testing.T) {
			records, problems := readAll(t, sample(t, name), name, formatOf(name))
			suite.GoldenRecords(t, "testdata/"+name+".want", records, problems)
		})
	}
}
