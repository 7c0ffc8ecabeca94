package flow_test

import (
	"context"
	"io"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/decisionlog"
)

// BenchmarkOf follows 20,000 records through two stages of a log.
func BenchmarkOf(b *testing.B) {
	all := library(20_000)
	plan, err := screen.Compile(protocol("title-abstract", "full-text"))
	if err != nil {
		b.Fatal(err)
	}
	lg := decisionlog.New(plan)
	out, err := lg.Screen(context.Background(), all)
	if err != nil {
		b.Fatal(err)
	}
	if err := lg.AddOutcome(out); err != nil {
		b.Fatal(err)
	}
	manifest := record.Manifest{{Database: "MEDLINE", Records: len(all)}}
	res := &dedupe.Result{Records: all}
	b.ReportAllocs()
	for b.Loop() {
		f, err := flow.Of(manifest, res, lg)
		if err != nil {
			b.Fatal(err)
		}
		if err := f.WriteSVG(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(all))*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
