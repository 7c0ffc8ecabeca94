package synth_test

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// screenSet reads records of the screening sets: id, title, abstract, authors,
// year, doi, keywords, label.
func screenSet(t testing.TB, name string) []*record.Record {
	t.Helper()
	f, err := os.Open(suite.Data(t, "screen", "sets", name))
	require.NoError(t, err)
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		in, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	rows, err := csv.NewReader(in).ReadAll()
	require.NoError(t, err)
	var all []*record.Record
	for _, row := range rows[1:] {
		r := &record.Record{Title: row[1], Abstract: record.NewAbstract(row[2]), Identifiers: []record.Identifier{{Scheme: "accession", Value: name + row[0]}}}
		r.Date.Year, _ = strconv.Atoi(row[4])
		if row[6] != "" {
			r.Keywords = strings.Split(row[6], "; ")
		}
		r.FixID()
		all = append(all, r)
	}
	return all
}

func BenchmarkGround(b *testing.B) {
	brief := payBrief(b)
	var sentences []synth.Sentence
	for i := range 100 {
		sentences = append(sentences, say(fmt.Sprintf("In 2009 half of the records (3 of 6) spoke of “low pay and few hours”%s, as Doe (2009) reports [1].", strings.Repeat("!", i)), claim(1), quote(1)))
	}
	accepted, _ := synth.Ground(brief, sentences)
	require.Len(b, accepted, 100)
	b.ReportAllocs()
	for b.Loop() {
		synth.Ground(brief, sentences)
	}
	b.ReportMetric(float64(len(sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func BenchmarkSummarize(b *testing.B) {
	var all []*record.Record
	for _, name := range []string{"van_de_Schoot_2018.csv.gz", "Smid_2020.csv", "Donners_2021.csv"} {
		all = append(all, screenSet(b, name)...)
	}
	cb, err := synth.LoadCodebook("../examples/review/sample/codebook.json")
	require.NoError(b, err)
	for _, only := range []bool{true, false} {
		name := "codebook and found themes"
		if only {
			name = "codebook"
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := synth.Summarize(context.Background(), all, synth.Options{Codebook: cb, CodebookOnly: only})
				require.NoError(b, err)
			}
			b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
	b.Run("verify", func(b *testing.B) {
		sum, err := synth.Summarize(context.Background(), all, synth.Options{Codebook: cb, CodebookOnly: true})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, sum.Verify(all))
		}
		b.ReportMetric(float64(len(all)*b.N)/b.Elapsed().Seconds(), "records/s")
	})
}
