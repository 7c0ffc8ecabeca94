package spill

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// gathered are all entries that come back, whose keys must be in order.
func gathered(t require.TestingT, x *Entries) []Entry {
	var out []Entry
	for list, err := range x.Sorted(context.Background()) {
		require.NoError(t, err)
		out = append(out, list...)
	}
	require.True(t, slices.IsSortedFunc(out, Entry.compare))
	return out
}

func inFullOrder(list []Entry) []Entry {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Or(a.compare(b), cmp.Compare(a.Number, b.Number)) })
	return list
}

func TestEntriesComeBackInTheOrderOfTheirKeys(t *testing.T) {
	s, dir := space(t)
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.IntRange(1, 64).Draw(t, "bits")
		x := s.Entries(0, bits)
		// So little that a few entries are written, and parted again.
		x.memory = rapid.SampledFrom([]int{1, 500, 5000, 1 << 16}).Draw(t, "memory")
		n := rapid.IntRange(0, 3000).Draw(t, "entries")
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		shape := rapid.SampledFrom([]uint64{1<<64 - 1, 0xF, 0xFF << 56, 0xF00000000000000F, 0}).Draw(t, "varying")
		var in []Entry
		for range n {
			e := Entry{rnd.Uint64() & shape & (1<<bits - 1), rnd.Uint32()}
			in = append(in, e)
			require.NoError(t, x.Add(e))
		}
		assert.Equal(t, int64(n), x.Len())
		assert.Equal(t, inFullOrder(in), inFullOrder(gathered(t, x)))
	})
	assert.Positive(t, s.Written())
	assert.Empty(t, s.all(), "the files are gone as soon as they are read")
	assert.Empty(t, files(t, dir))
}

// A hundred thousand entries of which half have one key, and half begin alike.
func TestPartsThatDoNotFitArePartedAgain(t *testing.T) {
	s, _ := space(t)
	x := s.Entries(1<<16, 64)
	var in []Entry
	for i := range uint32(100000) {
		e := Entry{1 << 63, i}
		if i%2 == 0 {
			e.Key |= uint64(i) * 0x9E3779B97F4A7C15 >> 24
		}
		in = append(in, e)
		require.NoError(t, x.Add(e))
	}
	most := 0
	var out []Entry
	for list, err := range x.Sorted(context.Background()) {
		require.NoError(t, err)
		most = max(most, len(list))
		out = append(out, list...)
	}
	assert.True(t, slices.IsSortedFunc(out, Entry.compare))
	assert.Equal(t, inFullOrder(in), inFullOrder(out))
	assert.LessOrEqual(t, most*32, 1<<16, "a list stays within the memory")
}

func TestEntriesThatFitAreNotWritten(t *testing.T) {
	s, _ := space(t)
	x := s.Entries(1<<22, 64)
	for i := range uint32(10000) {
		require.NoError(t, x.Add(Entry{uint64(i) * 0x9E3779B97F4A7C15, i}))
	}
	assert.Len(t, gathered(t, x), 10000)
	assert.Zero(t, s.Written())
}

func TestSortedEntriesThatAreLeftEarlyAreFreed(t *testing.T) {
	s, _ := space(t)
	fill := func() *Entries {
		x := s.Entries(0, 64)
		for i := range uint32(50000) {
			require.NoError(t, x.Add(Entry{uint64(i) * 0x9E3779B97F4A7C15, i}))
		}
		return x
	}
	for range fill().Sorted(context.Background()) {
		break
	}
	assert.Empty(t, s.all())

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	lists := 0
	for _, err := range fill().Sorted(ctx) {
		cancel()
		last = err
		lists++
	}
	assert.ErrorIs(t, last, context.Canceled)
	assert.Equal(t, 2, lists, "one list and the error")
	assert.Empty(t, s.all())
}

func TestAChangedFileOfEntriesIsToldOf(t *testing.T) {
	for name, spoil := range map[string]func(*os.File, int64) error{
		"a byte is changed": func(f *os.File, size int64) error { _, err := f.WriteAt([]byte("x"), size/2); return err },
		"the end is cut":    func(f *os.File, size int64) error { return f.Truncate(size - 5) },
		"all is cut":        func(f *os.File, size int64) error { return f.Truncate(0) },
	} {
		s, _ := space(t)
		x := s.Entries(0, 64)
		for i := range uint32(50000) {
			require.NoError(t, x.Add(Entry{uint64(i) * 0x9E3779B97F4A7C15, i}))
		}
		for i := range x.parts {
			require.NoError(t, x.write(&x.parts[i]))
		}
		require.NoError(t, spoil(x.file.f, x.file.size))
		var last error
		for _, err := range x.Sorted(context.Background()) {
			last = err
		}
		assert.ErrorIs(t, last, ErrDamaged, name)
	}
}

func BenchmarkEntries(b *testing.B) {
	for name, memory := range map[string]int{"in memory": 1 << 30, "in files": 8 << 20} {
		b.Run(name, func(b *testing.B) {
			const n = 1 << 20
			s, _ := space(b)
			b.SetBytes(n * entryBytes)
			for b.Loop() {
				rnd := rand.New(rand.NewPCG(1, 1))
				x := s.Entries(memory, 64)
				for i := range uint32(n) {
					require.NoError(b, x.Add(Entry{rnd.Uint64(), i}))
				}
				for _, err := range x.Sorted(context.Background()) {
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds()/1e6, "million_items/s")
		})
	}
}
