package tagged_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/tagged"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counted is a line of testdata/counts.tsv: a real file, its format, how many
// records a person counted in it, and by what.
type counted struct {
	path, format string
	records      int
}

func counts(t *testing.T) (list []counted) {
	t.Helper()
	f, err := os.Open("testdata/counts.tsv")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		if row[0] == "path" {
			continue
		}
		require.Len(t, row, 4, lines.Text())
		n, err := strconv.Atoi(row[2])
		require.NoError(t, err)
		list = append(list, counted{row[0], row[1], n})
	}
	require.NoError(t, lines.Err())
	return list
}

// TestRealFiles reads each file that was counted, writes it and reads it again.
func TestRealFiles(t *testing.T) {
	folder := suite.Data(t, "formats")
	byName := map[string]record.Format{}
	for _, f := range all {
		byName[f.Name] = f
	}
	var passed []string
	for _, c := range counts(t) {
		data, err := os.ReadFile(filepath.Join(folder, c.path))
		require.NoError(t, err)
		format := byName[c.format]
		records, problems := readAll(t, format, bytes.NewReader(data), filepath.Base(c.path))
		if !assert.Len(t, records, c.records, c.path) {
			continue
		}
		for _, p := range problems {
			assert.NotEqual(t, record.CodeJunk, p.Code, "%s: %s", c.path, p)
		}
		if format.Encode != nil {
			if why := roundTrip(t, format, c.path, records); why != "" {
				t.Logf("%s: %s", c.path, why)
				continue
			}
		}
		passed = append(passed, c.path)
	}
	suite.PassList(t, "testdata/pass.txt", passed)
}

// TestFilesOfOtherFormatsAreTurnedAway asks recognition about every real file.
func TestFilesOfOtherFormatsAreTurnedAway(t *testing.T) {
	mine := map[string]string{}
	for _, c := range counts(t) {
		mine[c.path] = c.format
	}
	for _, f := range suite.RealFiles(t) {
		path, data := f.Path, f.Read(t)
		for _, format := range all {
			head := bytes.TrimPrefix(data[:min(len(data), 64<<10)], []byte("\ufeff"))
			assert.Equal(t, mine[path] == format.Name, format.Sniff(head) > 0, "%s as %s", path, format.Name)
		}
	}
}

// TestOvidIsOnlyRead holds the reason in the comment of the package to the code.
func TestOvidIsOnlyRead(t *testing.T) {
	w := record.NewWriter(&bytes.Buffer{}, tagged.Ovid())
	require.ErrorIs(t, w.Write(&record.Record{}), record.ErrCannotWrite)
}
