package tagged_test

import (
	"bufio"
	"bytes"
	"io"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// BenchmarkRead measures each reader on about 1 MB of its cases, and bufio.Scanner
// counting the lines of the same text beside it. B/record says how long one is.
func BenchmarkRead(b *testing.B) {
	for _, format := range all {
		text := benchText(b, format.Name)
		want := countRecords(b, format, text)
		b.Run(format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if n := countRecords(b, format, text); n != want {
					b.Fatalf("%d records, want %d", n, want)
				}
			}
			b.ReportMetric(float64(want)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
			b.ReportMetric(float64(len(text))/float64(want), "B/record")
		})
		b.Run(format.Name+"-lines", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				lines := 0
				for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
					lines++
				}
				if lines < want {
					b.Fatal("fewer lines than records")
				}
			}
		})
	}
}

// benchText repeats a case of each format: that of whole records.
func benchText(b *testing.B, name string) []byte {
	b.Helper()
	first := map[string]int{"wos": 0, "refworks": 1, "ovid": 1}[name]
	part := inputs(b, name)[first]
	return bytes.Repeat(append(bytes.Clone(part), '\n'), 1<<20/len(part)+1)
}

func countRecords(b *testing.B, format record.Format, text []byte) (n int) {
	in := record.NewInput(bytes.NewReader(text), "", record.Limits{}, nil)
	if err := format.Decode(in, func(*record.Record) bool { n++; return true }); err != nil {
		b.Fatal(err)
	}
	return n
}

func BenchmarkWrite(b *testing.B) {
	for _, format := range all {
		if format.Encode == nil {
			continue
		}
		records, _ := readAll(b, format, bytes.NewReader(benchText(b, format.Name)), "bench")
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			w := record.NewWriter(io.Discard, format)
			for i := 0; b.Loop(); i++ {
				if err := w.Write(records[i%len(records)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
