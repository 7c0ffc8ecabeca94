package citation

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

const vancouver = `%d. Nimbus V, Probe BA, van der Kiwi AM Jr, Foo-Bar JP, et al. Kites over toy villages: a randomised trial of strings and ropes in three seasons. J Invent Things. 2019 Apr;12(3 Suppl):45-50. doi: 10.5555/kite.2019.1. Epub 2019 Jan 16. PMID: 90000001; PMCID: PMC9900001.
`

const similar = `-
Kites over toy villages: a randomised trial of strings and ropes in three seasons.J Invent Things. 2019 Apr;12(3):45-50. doi: 10.5555/kite.2019.1. Epub 2019 Jan 16. J Invent Things. 2019. PMID: 90000001 Free PMC article. Review.
`

const exported = `
%d. J Invent Things. 2019 Apr;12(3):45-50. doi: 10.5555/kite.2019.1. Epub 2019 Jan 
16.

Kites over toy villages: a randomised trial of strings and ropes in three 
seasons.

Nimbus V(1), Probe BA(2), van der Kiwi AM Jr(1)(2).

Author information:
(1)Institute of Invention, Anytown.
(2)Second Institute, Anytown.

BACKGROUND: Kites are flown over villages, and it is not known whether strings 
or ropes hold them better when the wind turns.
METHODS: Forty villages were given kites by lot. Two observers, who did not know 
which kite hung on what, counted those that came down.
RESULTS: Ropes held in 34 of 40 villages and strings in 12 of 40, whatever the 
season was.
CONCLUSIONS: Ropes are better.

DOI: 10.5555/kite.2019.1
PMCID: PMC9900001
PMID: 90000001 [Indexed for MEDLINE]

`

// BenchmarkRead measures the layouts, prose in which nothing is found, and beside
// them a regular expression that finds date, volume, issue and pages alone.
func BenchmarkRead(b *testing.B) {
	const items = 3000
	many := func(item string) []byte {
		var out bytes.Buffer
		for i := range items {
			if strings.Contains(item, "%d") {
				fmt.Fprintf(&out, item, i+1)
				continue
			}
			out.WriteString(item)
		}
		return out.Bytes()
	}
	prose := strings.Repeat("The aim of this review of 2019 was to provide a summary of the evidence on kites; 12 of 45 were flown. It was good.\n", items)
	for _, c := range []struct {
		name string
		data []byte
		want int
	}{{"vancouver", many(vancouver), items}, {"page", many(similar), items}, {"abstracts", many(exported), items}, {"prose", []byte(prose), 0}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				in := record.NewInput(bytes.NewReader(c.data), "", record.Limits{}, nil)
				if err := decode(in, func(*record.Record) bool { n++; return true }); err != nil || n != c.want {
					b.Fatalf("%d records, %v", n, err)
				}
			}
			b.ReportMetric(float64(c.want)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
			if c.want > 0 {
				b.ReportMetric(float64(len(c.data))/float64(c.want), "B/record")
			}
		})
	}
	b.Run("regexp", func(b *testing.B) {
		data := many(vancouver)
		find := regexp.MustCompile(`\. (\d{4})[^;.]*;([^(:]+)\(([^)]*)\):([^.]+)\.`)
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if n := len(find.FindAllSubmatchIndex(data, -1)); n != items {
				b.Fatalf("%d found", n)
			}
		}
	})
}
