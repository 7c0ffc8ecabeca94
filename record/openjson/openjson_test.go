package openjson_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/openjson"
)

// readAll reads records and gives them with the problems that belong to none.
func readAll(t testing.TB, data []byte, name string, format record.Format) ([]*record.Record, []record.Problem) {
	t.Helper()
	return suite.ReadRecords(t, format, name, bytes.NewReader(data))
}

// formatOf gives the format that a sample is named for.
func formatOf(name string) record.Format {
	if strings.Contains(name, "openalex") {
		return openjson.OpenAlex()
	}
	return openjson.Crossref()
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return data
}

// TestSamples shows the records and the problems of each invented file.
func TestSamples(t *testing.T) {
	paths, err := filepath.Glob("testdata/invented-*.json")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			records, problems := readAll(t, sample(t, name), name, formatOf(name))
			suite.GoldenRecords(t, "testdata/"+strings.TrimSuffix(name, ".json")+".want", records, problems)
		})
	}
}

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"invented-crossref-work.json", "invented-openalex-list.json"} {
		f.Add(sample(f, name))
	}
	f.Add([]byte(`[{"DOI":"10.5555/a","abstract":"<title>A<b></title>","issued":{"date-parts":[[1,[2]]]}},{"abstract_inverted_index":{"a":[9,-1]},"id":"W1"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []record.Format{openjson.Crossref(), openjson.OpenAlex()} {
			format.Sniff(data)
			rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "fuzz", Charset: "utf-8", Format: format})
			for r, err := range rd.All() {
				require.NoError(t, err)
				for _, s := range r.Abstract.Sections {
					require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(r.Abstract.Text))
				}
			}
		}
	})
}

// BenchmarkRead measures both readers beside encoding/json, which decodes the same
// answers into nothing but a few of their fields.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"invented-crossref-list.json", "invented-openalex-list.json"} {
		one := sample(b, name)
		data := bytes.Repeat(append(bytes.TrimSpace(one), '\n'), 100)
		format := formatOf(name)
		b.Run(format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = 0
				in := record.NewInput(bytes.NewReader(data), "", record.Limits{}, nil)
				if err := format.Decode(in, func(*record.Record) bool { n++; return true }); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(len(data))/float64(n), "B/record")
		})
		b.Run("encoding-json-"+format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				d := json.NewDecoder(bytes.NewReader(data))
				for d.More() {
					var answer struct {
						Message struct {
							Items []struct{ DOI, Type, Abstract, Page string }
						}
						Results []struct{ ID, Title string }
					}
					if err := d.Decode(&answer); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
