package dedupe

import (
	"context"
	"testing"
)

// The whole way from records to groups, on the largest gold set.
func BenchmarkFind(b *testing.B) {
	records, _ := loadGold(b, "digital_work")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Find(context.Background(), records, Policy{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
