package record_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// What every record of every format passes through, one value at a time.

func BenchmarkParseName(b *testing.B) {
	names := []string{"Berg, Anna M.", "van der Berg AM", "Anna M. van der Berg", "King, Jr., Martin L.", "Núñez, José", "HOPE Study Group", "Smith J"}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range names {
			record.ParseName(s)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(names)), "ns/name")
}

func BenchmarkParseDate(b *testing.B) {
	dates := []string{"2012", "2012/03//", "2012-03-04", "2012 Mar 4", "2007 Spring", "1998 Dec-1999 Jan", "2012/03/04 06:00", "March 2012"}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range dates {
			record.ParseDate(s)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(dates)), "ns/date")
}

func BenchmarkParseIdentifiers(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		record.ParseDOI("10.5555/1234-abc.5")
		record.ParseDOI("https://doi.org/10.5555/1234-ABC.5")
		record.ParsePMID("12345678")
		record.ParsePMCID("PMC1234567")
		record.ParseISSN("1234-5679 (Print)")
	}
}

func BenchmarkFixID(b *testing.B) {
	r := record.Record{DOI: "10.5555/1234", PMID: "12345678", Title: "Peer support workers in community mental health: a randomised trial",
		People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M."}}, {Role: record.Author, Name: record.Name{Family: "Osei", Given: "Kofi"}}},
		In:     record.Container{Title: "Invented Journal of Recovery", Volume: "12", Issue: "3", Pages: "123-8"}, Date: record.Date{Year: 2012}}
	b.ReportAllocs()
	for b.Loop() {
		r.ID()
	}
}

func BenchmarkReadLine(b *testing.B) {
	text := []byte(strings.Repeat("TI  - Peer support workers in community mental health: a randomised\r\n      trial of two years\nAU  - Berg AM\n", 10_000))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		in := record.NewInput(bytes.NewReader(text), "", record.Limits{}, nil)
		for {
			if _, ok := in.ReadLine(); !ok {
				break
			}
		}
	}
}

// BenchmarkReader shows what recognition, decoding of characters and the window
// cost before any format looks at the text.
func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("Peer support workers in community mental health: a randomised trial of two years\n", 50_000)
	lines := record.Format{Name: "lines", Decode: func(in *record.Input, _ func(*record.Record) bool) error {
		for len(in.Bytes()) > 0 || in.More() {
			in.Advance(len(in.Bytes()))
		}
		return nil
	}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for _, err := range record.NewReader(io.MultiReader(strings.NewReader(text)), record.ReadOptions{Format: lines}).All() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
