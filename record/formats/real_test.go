package formats_test

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ours gives the format that a name of the corpus's index stands for; formats
// without an entry are not read by this module.
var ours = map[string]string{"ris": "ris", "nbib": "medline", "pubmed_xml": "pubmedxml", "bib": "bibtex", "csl_json": "csljson", "endnote_xml": "endnote"}

// others are the formats of the files that the index calls other, by parts of
// their names; those without an entry are not read by this module.
var others = []struct{ part, format string }{
	{".enw", "enw"}, {".ciw", "wos"}, {".isi", "wos"}, {"RefWorksTagged", "refworks"}, {"OVIDTagged", "ovid"}, {"OvidImporterTest", "ovid"}, {"Embase_endnote", "ovid"},
}

func otherOf(path string) string {
	for _, o := range others {
		if strings.Contains(path, o.part) {
			return o.format
		}
	}
	return ""
}

// TestEveryFileIsRecognisedByItsContent reads each file of the corpus under a
// name without an ending, so that only its content can tell.
func TestEveryFileIsRecognisedByItsContent(t *testing.T) {
	folder := suite.Data(t, "formats")
	list, err := os.Open(filepath.Join(folder, "index.tsv"))
	require.NoError(t, err)
	defer list.Close()
	var right []string
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		row := strings.Split(lines.Text(), "\t")
		if row[0] == "path" {
			continue
		}
		want := ours[row[1]]
		if row[1] == "other" {
			want = otherOf(row[0])
		}
		got, err := recognised(t, filepath.Join(folder, row[0]))
		switch {
		case want == got:
			right = append(right, row[0])
		default:
			t.Logf("%s: read as %q, want %q (%v)", row[0], got, want, err)
		}
	}
	require.NoError(t, lines.Err())
	suite.PassList(t, "testdata/pass.txt", right)
}

// recognised gives the name of the format that a file is read in, "" for one
// that is refused as of no known format, and "empty" for one without content.
func recognised(t *testing.T, path string) (string, error) {
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	rd := record.NewReader(f, record.ReadOptions{Name: "x", Formats: formats.All()})
	for _, err := range rd.All() {
		if err != nil {
			if !errors.Is(err, record.ErrUnknownFormat) {
				return "error", err
			}
			return "", err
		}
		break
	}
	for _, p := range rd.Problems() {
		if p.Code == record.CodeEmpty {
			return "empty", nil
		}
	}
	return rd.Load().Format, nil
}

// TestOpenAgreesWithTheReader reads every file of the corpus whole.
func TestOpenAgreesWithTheReader(t *testing.T) {
	folder := suite.Data(t, "review", "search")
	counts := map[string]int{"cochrane.ris": 15, "handsearch.ris": 1, "medline.ris": 190, "proquest.ris": 66, "psycinfo.ris": 157, "scopus.ris": 213}
	sum := 0
	for name, want := range counts {
		lib, err := formats.Open(filepath.Join(folder, name))
		require.NoError(t, err)
		assert.Len(t, lib.Records, want, name)
		assert.Equal(t, "ris", lib.Load.Format)
		sum += len(lib.Records)
		for _, p := range lib.Problems {
			assert.False(t, p.Code.Loses(), "%s", p)
		}
	}
	assert.Equal(t, 642, sum)
}
