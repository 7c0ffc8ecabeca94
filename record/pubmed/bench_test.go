package pubmed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// BenchmarkRead measures both readers on about 1 MB, and encoding/xml decoding
// the same articles into a struct of a few of their fields beside them.
func BenchmarkRead(b *testing.B) {
	start := strings.Index(sampleXML, "<PubmedArticle>")
	end := strings.Index(sampleXML, "</PubmedArticleSet>")
	medline := bytes.Repeat([]byte(sampleMEDLINE+"\n"), 600)
	articles := []byte(sampleXML[:start] + strings.Repeat(sampleXML[start:end], 200) + sampleXML[end:])
	b.Run("medline", func(b *testing.B) { benchmark(b, medline, 600, MEDLINE()) })
	b.Run("xml", func(b *testing.B) { benchmark(b, articles, 200, XML()) })
	b.Run("encoding-xml", func(b *testing.B) {
		b.SetBytes(int64(len(articles)))
		b.ReportAllocs()
		for b.Loop() {
			if n := decodeByReflection(b, articles); n != 200 {
				b.Fatalf("%d articles", n)
			}
		}
	})
}

func benchmark(b *testing.B, data []byte, want int, format record.Format) {
	b.SetBytes(int64(len(data)))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		in := record.NewInput(bytes.NewReader(data), "", record.Limits{}, nil)
		n := 0
		if err := format.Decode(in, func(*record.Record) bool { n++; return true }); err != nil || n != want {
			b.Fatalf("%d records, %v", n, err)
		}
	}
	runtime.ReadMemStats(&after)
	records := float64(want) * float64(b.N)
	b.ReportMetric(records/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/records, "B/record")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/records, "allocs/record")
}

func decodeByReflection(b *testing.B, data []byte) (n int) {
	type article struct {
		PMID     string   `xml:"MedlineCitation>PMID"`
		Title    string   `xml:"MedlineCitation>Article>ArticleTitle"`
		Abstract []string `xml:"MedlineCitation>Article>Abstract>AbstractText"`
		Journal  string   `xml:"MedlineCitation>Article>Journal>Title"`
		Year     string   `xml:"MedlineCitation>Article>Journal>JournalIssue>PubDate>Year"`
		Authors  []struct {
			Last  string `xml:"LastName"`
			First string `xml:"ForeName"`
		} `xml:"MedlineCitation>Article>AuthorList>Author"`
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil {
			b.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "PubmedArticle" {
			var a article
			if err := d.DecodeElement(&a, &start); err != nil || a.Title == "" {
				b.Fatal(err)
			}
			n++
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	records, _ := read(b, XML(), []byte(sampleXML))
	for _, format := range []record.Format{MEDLINE(), XML()} {
		b.Run(format.Name, func(b *testing.B) {
			b.ReportAllocs()
			w := record.NewWriter(io.Discard, format)
			for b.Loop() {
				if err := w.Write(records[0]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
