package registry_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/registry"
)

// many repeats what stands between the head and the tail of a sample.
func many(text []byte, head, tail string, n int) []byte {
	from := bytes.Index(text, []byte(head)) + len(head)
	to := bytes.LastIndex(text, []byte(tail))
	if to < 0 {
		to = len(text)
	}
	return append(append(bytes.Clone(text[:from]), bytes.Repeat(text[from:to], n)...), text[to:]...)
}

// BenchmarkRead measures each reader, and beside it the reader of the standard library
// that goes over the same text without making anything of it.
func BenchmarkRead(b *testing.B) {
	whole := sample(b, "invented-ictrp.xml")
	whole = append(whole[:bytes.Index(whole, []byte("  <Trial>\n    <TrialID>JPRN"))], "</Trials_downloaded_from_ICTRP>\n"...)
	data := many(whole, "ICTRP>\n", "</Trials", 300)
	benchmark(b, "ictrp", data, registry.ICTRP(), func() error {
		d := xml.NewDecoder(bytes.NewReader(data))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
	answers := bytes.Repeat(sample(b, "invented-clinicaltrials-list.json"), 150)
	benchmark(b, "clinicaltrials", answers, registry.ClinicalTrials(), func() error {
		d := json.NewDecoder(bytes.NewReader(answers))
		for d.More() {
			var answer struct {
				Studies []struct {
					ProtocolSection struct{ IdentificationModule struct{ NCTID string } }
				}
			}
			if err := d.Decode(&answer); err != nil {
				return err
			}
		}
		return nil
	})
	for _, name := range []string{"invented-ictrp.csv", "invented-clinicaltrials.csv"} {
		rows := many(sample(b, name), "\n", "ISRCTN", 1000)
		f := formatOf(name)
		benchmark(b, f.Name, rows, f, func() error {
			d := csv.NewReader(bytes.NewReader(rows))
			d.FieldsPerRecord, d.ReuseRecord = -1, true
			for {
				if _, err := d.Read(); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
			}
		})
	}
}

func benchmark(b *testing.B, name string, data []byte, format record.Format, peer func() error) {
	b.Run(name, func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			n = 0
			in := record.NewInput(bytes.NewReader(data), "", record.Limits{}, nil)
			require.NoError(b, format.Decode(in, func(*record.Record) bool { n++; return true }))
			require.Greater(b, n, 200)
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		b.ReportMetric(float64(len(data))/float64(n), "B/record")
	})
	b.Run("peer-of-"+name, func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, peer())
		}
	})
}

func FuzzRead(f *testing.F) {
	for _, name := range samples(f) {
		f.Add(sample(f, name))
	}
	f.Add([]byte("<Trial><TrialID>x<b></TrialID></Trial><Trial"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []record.Format{registry.ICTRP(), registry.ICTRPCSV(), registry.ClinicalTrials(), registry.ClinicalTrialsCSV()} {
			format.Sniff(data)
			rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "fuzz", Charset: "utf-8", Format: format})
			for r, err := range rd.All() {
				require.NoError(t, err)
				require.Equal(t, record.TrialRegister, r.Kind)
				for _, s := range r.Abstract.Sections {
					require.True(t, 0 <= s.Start && s.Start <= s.End && s.End <= len(r.Abstract.Text))
				}
			}
		}
	})
}
