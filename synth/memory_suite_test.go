package synth_test

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/synth"
)

// heldBytes is what lives on the heap, garbage not yet collected included.
func heldBytes() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// mostHeld runs a function and gives what was held at most, more than before. Garbage
// is collected so often that there is hardly any.
func mostHeld(do func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	before := heldBytes()
	stop, most := make(chan struct{}), make(chan uint64)
	go func() {
		peak := before
		for {
			select {
			case <-stop:
				most <- peak - before
				return
			case <-time.After(time.Millisecond):
				peak = max(peak, heldBytes())
			}
		}
	}()
	do()
	close(stop)
	return <-most
}

func TestASummaryTakesFewKilobytesForEachRecord(t *testing.T) {
	all := screenSet(t, "Smid_2020.csv")
	held := mostHeld(func() {
		sum, err := synth.Summarize(context.Background(), all, synth.Options{})
		require.NoError(t, err)
		assert.NotEmpty(t, sum.Found)
	})
	each := float64(held) / 1e3 / float64(len(all))
	t.Logf("%d records: %.1f kB each at most, besides the records", len(all), each)
	assert.Less(t, each, 12.5)
}
