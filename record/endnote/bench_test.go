package endnote_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// sample is an invented library of about a megabyte in one of the forms, written as
// EndNote writes it.
func sample(tb testing.TB, format record.Format) []byte {
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	for i := 0; b.Len() < 1<<20; i++ {
		r := &record.Record{Key: fmt.Sprint(i + 1), Kind: record.JournalArticle, Title: fmt.Sprintf("Peer support after discharge, report %d", i),
			Abstract: record.Abstract{Text: "BACKGROUND: " + strings.Repeat("Paper kites fall from the sky when the wind drops. ", 20) + "METHODS: We flew twelve of them. RESULTS: Nine fell."},
			People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M."}}, {Role: record.Author, Name: record.Name{Family: "Chen", Given: "Li"}},
				{Role: record.Author, Name: record.Name{Family: "van der Proef", Given: "Jan"}}},
			In:       record.Container{Title: "Journal of Invented Things", Volume: "12", Issue: "3", Pages: fmt.Sprintf("%d-%d", i, i+9), ISSN: []record.ISSN{"1438-8871"}},
			Date:     record.Date{Year: 2019, Month: 4, Day: 5},
			Keywords: []string{"Humans", "Kites", "Peer Group", "Surveys and Questionnaires"}, Headings: []record.Heading{{Term: "Depression", Major: true}},
			DOI: record.DOI(fmt.Sprintf("10.5555/kite.%d", i)), PMID: record.PMID(fmt.Sprint(90000000 + i)), URLs: []string{fmt.Sprintf("https://example.org/%d", i)},
			Languages: []string{"en"}, Source: record.Source{Database: "MEDLINE", Platform: "NLM"}}
		if err := w.Write(r); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkRead measures both readers on invented libraries and, where the real
// data are, XML on the largest real one; encoding/xml decodes the same into a
// struct of a few fields beside them.
func BenchmarkRead(b *testing.B) {
	library, tagged := sample(b, xmlFormat), sample(b, referFormat)
	b.Run("endnote", func(b *testing.B) { measure(b, library, xmlFormat) })
	b.Run("endnote-encoding-xml", func(b *testing.B) { decodeByReflection(b, library) })
	b.Run("enw", func(b *testing.B) { measure(b, tagged, referFormat) })
	b.Run("real", func(b *testing.B) { measure(b, realLibrary(b), xmlFormat) })
	b.Run("real-encoding-xml", func(b *testing.B) { decodeByReflection(b, realLibrary(b)) })
}

func realLibrary(b *testing.B) []byte {
	data, err := os.ReadFile(filepath.Join(suite.Data(b, "formats"), "endnote_xml", "kwb.endnote", "2019-01-14_KWB_documents.xml"))
	if err != nil {
		b.Fatal(err)
	}
	return data
}

func measure(b *testing.B, data []byte, format record.Format) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n = 0
		in := record.NewInput(bytes.NewReader(data), "", record.Limits{}, nil)
		if err := format.Decode(in, func(*record.Record) bool { n++; return true }); err != nil || n == 0 {
			b.Fatalf("%d records, %v", n, err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	b.ReportMetric(float64(n), "records/op")
}

func decodeByReflection(b *testing.B, data []byte) {
	type text struct {
		Plain string   `xml:",chardata"`
		Runs  []string `xml:"style"`
	}
	type reference struct {
		Type     int    `xml:"ref-type"`
		Authors  []text `xml:"contributors>authors>author"`
		Title    text   `xml:"titles>title"`
		Journal  text   `xml:"titles>secondary-title"`
		Year     text   `xml:"dates>year"`
		Pages    text   `xml:"pages"`
		Volume   text   `xml:"volume"`
		Number   text   `xml:"number"`
		Abstract text   `xml:"abstract"`
		Keywords []text `xml:"keywords>keyword"`
		DOI      text   `xml:"electronic-resource-num"`
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		var library struct {
			Records []reference `xml:"records>record"`
		}
		if err := xml.Unmarshal(data, &library); err != nil || len(library.Records) == 0 {
			b.Fatalf("%d records, %v", len(library.Records), err)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, format := range []record.Format{xmlFormat, referFormat} {
		b.Run(format.Name, func(b *testing.B) {
			data := sample(b, format)
			records, _ := readAll(b, format, bytes.NewReader(data), "x")
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				w := record.NewWriter(io.Discard, format)
				for _, r := range records {
					if err := w.Write(r); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
