package query

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// textOf is the length of what a strategy is asked of by words: titles, abstracts
// and keywords.
func textOf(records []*record.Record) (n int64) {
	for _, r := range records {
		n += int64(len(r.Title) + len(r.Abstract.Text))
		for _, k := range r.Keywords {
			n += int64(len(k))
		}
	}
	return n
}

func publishedStrategy(b testing.TB, name string) *Query {
	text, err := os.ReadFile(filepath.Join(suite.Data(b, "screen", "queries"), name))
	require.NoError(b, err)
	q, err := ParseWith(Options{Dialect: Dialect(filepath.Ext(name)[1:]), Lenient: true, Headings: realTree(b)}, string(text))
	require.NoError(b, err)
	return q
}

// BenchmarkRun asks published strategies of about 50 lines of 10,000 records.
func BenchmarkRun(b *testing.B) {
	records := realRecords(b, 10_000)
	for _, name := range []string{"clef-tar_CD008201.ovid", "clef-tar_CD011558.ovid", "clef-tar_CD012342.ovid", "clef-tar_CD009263.pubmed"} {
		b.Run(name, func(b *testing.B) {
			q := publishedStrategy(b, name)
			q.Run(records[:1])
			b.ReportAllocs()
			b.SetBytes(textOf(records))
			for b.Loop() {
				q.Run(records)
			}
			b.ReportMetric(float64(len(q.Lines)), "lines")
			b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// BenchmarkMatch asks one record after the other and gives the evidence of each yes.
func BenchmarkMatch(b *testing.B) {
	records := realRecords(b, 10_000)
	q := publishedStrategy(b, "clef-tar_CD011558.ovid")
	q.Match(records[0])
	b.ReportAllocs()
	b.SetBytes(textOf(records))
	for b.Loop() {
		for _, r := range records {
			q.Match(r)
		}
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
