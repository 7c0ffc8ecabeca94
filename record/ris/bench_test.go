package ris

import (
	"bytes"
	"io"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// One record as databases write it, with a value a line, and one with wrapped
// lines, letters beyond ASCII and its DOI and PMID among other tags.
const (
	plainRecord = "TY  - JOUR\r\nAU  - Berg, Anna M.\r\nAU  - Chen, Li\r\nAU  - van der Holm, Eva\r\nAU  - Probe, Ben, Jr.\r\n" +
		"TI  - Kites and the wind over towns: a randomised trial of two lines against one\r\nPY  - 2019\r\nDA  - 2019/05/01/\r\n" +
		"T2  - Journal of Invented Things\r\nJ2  - J. Invent. Things\r\nVL  - 12\r\nIS  - 3\r\nSP  - 101\r\nEP  - 119\r\nSN  - 0000-0019\r\n" +
		"DO  - 10.5555/kites.2019.17\r\nUR  - https://example.org/kites?id=17\r\nPB  - Kite Press\r\nLA  - English\r\nDB  - Scopus\r\n" +
		"KW  - kites\r\nKW  - wind\r\nKW  - towns\r\nKW  - randomised trial\r\n" +
		"AB  - Background: Kites rise against the wind. Methods: Sixty kites were flown over four towns for twelve days, with one line or with two, " +
		"by people who did not know which. Results: Kites with two lines stayed up longer (41 against 29 minutes) and were lost less often. " +
		"Conclusions: Two lines are better than one, if the wind is steady and the people are patient.\r\nER  - \r\n\r\n"
	wovenRecord = "TY  - JOUR\nID  - 90000017\nT1  - Drachen über Städten: eine Übersicht\nA1  - Müller J\nA1  - Søren K\nY1  - 2012//\nN2  - Drachen steigen gegen den Wind;\n" +
		"was über Städten geschieht, ist wenig erforscht.\n\nZwölf Studien wurden gefunden.\nKW  - Wind/*methods\nKW  - *Drachen\nJF  - Zeitschrift für Erfundenes\nVL  - 7\nIS  - 2\n" +
		"SP  - e17\nM1  - pmid: 90000017\nN1  - doi: 10.5555/drachen.7\nXX  - kept as it is\nER  - \n\n"
)

// BenchmarkRead measures the reader on about 1 MB of each. records/s, and B/op
// and allocs/op divided by the number of records, say what one record costs.
func BenchmarkRead(b *testing.B) {
	const n = 1000
	for _, c := range []struct{ name, text string }{{"plain", plainRecord}, {"woven", wovenRecord}} {
		data := bytes.Repeat([]byte(c.text), n)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				in := record.NewInput(bytes.NewReader(data), "", record.Limits{}, nil)
				got := 0
				if err := decode(in, func(*record.Record) bool { got++; return true }); err != nil || got != n {
					b.Fatalf("%d records, %v", got, err)
				}
			}
			b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// BenchmarkWrite measures the writer on the same records.
func BenchmarkWrite(b *testing.B) {
	var records []*record.Record
	in := record.NewInput(bytes.NewReader([]byte(plainRecord+wovenRecord)), "", record.Limits{}, nil)
	if err := decode(in, func(r *record.Record) bool { records = append(records, r); return true }); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(plainRecord + wovenRecord)))
	b.ReportAllocs()
	for b.Loop() {
		w := record.NewWriter(io.Discard, Format())
		for _, r := range records {
			if err := w.Write(r); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
