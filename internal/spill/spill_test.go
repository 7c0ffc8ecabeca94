package spill

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func space(t testing.TB) (*Space, string) {
	dir := t.TempDir()
	s, err := New(dir)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, s.Close())
		assert.Empty(t, files(t, dir), "nothing is left behind")
	})
	return s, dir
}

func files(t testing.TB, dir string) []os.DirEntry {
	list, err := os.ReadDir(dir)
	require.NoError(t, err)
	return list
}

func collect(t require.TestingT, x *Sorter) [][]byte {
	var out [][]byte
	for item, err := range x.Sorted(context.Background()) {
		require.NoError(t, err)
		out = append(out, bytes.Clone(item))
	}
	return out
}

// small makes the sorter write a run for every few items.
func small(x *Sorter, memory int) *Sorter {
	x.memory = memory
	return x
}

func TestItemsComeBackInTheOrderOfTheirBytes(t *testing.T) {
	s, _ := space(t)
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 20)).Draw(t, "items")
		unique := rapid.Bool().Draw(t, "unique")
		x := small(s.Sorter(0, unique), rapid.IntRange(1, 400).Draw(t, "memory"))
		for _, item := range items {
			require.NoError(t, x.Add(item))
		}
		assert.Equal(t, int64(len(items)), x.Len())
		want := slices.Clone(items)
		slices.SortFunc(want, bytes.Compare)
		if unique {
			want = slices.CompactFunc(want, bytes.Equal)
		}
		got := collect(t, x)
		require.Len(t, got, len(want))
		for i := range want {
			assert.True(t, bytes.Equal(want[i], got[i]))
		}
	})
	assert.Positive(t, s.Written())
}

// A hundred thousand numbers in runs of a few hundred are merged in several rounds.
func TestManyRunsAreMergedInRounds(t *testing.T) {
	s, dir := space(t)
	x := small(s.Sorter(0, true), 1<<13)
	const n = 100000
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(n) {
		for range 2 {
			require.NoError(t, x.Add(binary.BigEndian.AppendUint64(nil, uint64(i))))
		}
	}
	require.Greater(t, len(x.runs), x.fanIn()*x.fanIn())
	if runtime.GOOS != "windows" {
		assert.Empty(t, files(t, dir), "the files have no names")
	}
	i := uint64(0)
	for item, err := range x.Sorted(context.Background()) {
		require.NoError(t, err)
		require.Equal(t, i, binary.BigEndian.Uint64(item))
		i++
	}
	assert.Equal(t, uint64(n), i)
	assert.Empty(t, s.all(), "the file is gone as soon as it is read")
}

func TestWhatFitsIntoMemoryIsNotWritten(t *testing.T) {
	s, _ := space(t)
	x := s.Sorter(1<<20, false)
	for i := range 10000 {
		require.NoError(t, x.Add(fmt.Append(nil, i)))
	}
	assert.Len(t, collect(t, x), 10000)
	assert.Zero(t, s.Written())
}

func TestLongItemsPassThroughASmallSorter(t *testing.T) {
	s, _ := space(t)
	x := s.Sorter(0, false)
	for i := range 9 {
		require.NoError(t, x.Add(bytes.Repeat([]byte{byte(9 - i)}, pageSize*(i%3+1))))
	}
	got := collect(t, x)
	require.Len(t, got, 9)
	assert.True(t, slices.IsSortedFunc(got, bytes.Compare))
}

func TestALoopThatEndsEarlyFreesTheSorter(t *testing.T) {
	s, _ := space(t)
	fill := func() *Sorter {
		x := small(s.Sorter(0, false), 100)
		for i := range 10000 {
			require.NoError(t, x.Add(fmt.Append(nil, i)))
		}
		return x
	}
	for range fill().Sorted(context.Background()) {
		break
	}
	assert.Empty(t, s.all())

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	var last error
	for _, err := range fill().Sorted(ctx) {
		cancel()
		last = err
		n++
	}
	assert.ErrorIs(t, last, context.Canceled)
	assert.Less(t, n, 10000)
	assert.Empty(t, s.all())
}

func TestAChangedFileIsToldOf(t *testing.T) {
	s, _ := space(t)
	x := small(s.Sorter(0, false), 4000)
	for i := range 10000 {
		require.NoError(t, x.Add(fmt.Append(nil, i)))
	}
	_, err := x.file.f.WriteAt([]byte("x"), x.file.size/2)
	require.NoError(t, err)
	var last error
	for _, err := range x.Sorted(context.Background()) {
		last = err
	}
	assert.ErrorIs(t, last, ErrDamaged)

	st, err := s.Store(1 << 12)
	require.NoError(t, err)
	require.NoError(t, st.Append([]byte("a form")))
	require.NoError(t, st.Flush())
	for at := range st.blocks.to.size {
		_, err := st.blocks.to.f.WriteAt([]byte{0xAA}, at)
		require.NoError(t, err)
		_, err = st.Reader().Item(0)
		assert.ErrorIs(t, err, ErrDamaged)
	}
	require.NoError(t, st.blocks.to.f.Truncate(3))
	_, err = st.Reader().Item(0)
	assert.ErrorIs(t, err, ErrDamaged)
}

func TestAStoreGivesBackEachItem(t *testing.T) {
	s, _ := space(t)
	rapid.Check(t, func(t *rapid.T) {
		st, err := s.Store(rapid.SampledFrom([]int{1, 1 << 10, 1 << 16}).Draw(t, "block"))
		require.NoError(t, err)
		items := rapid.SliceOf(rapid.SliceOfN(rapid.Byte(), 0, 900)).Draw(t, "items")
		for _, item := range items {
			require.NoError(t, st.Append(item))
		}
		require.NoError(t, st.Flush())
		require.Equal(t, len(items), st.Len())
		r := st.Reader()
		for range 2 * len(items) {
			i := rapid.IntRange(0, len(items)-1).Draw(t, "item")
			got, err := r.Item(i)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(items[i], got))
		}
		i := 0
		for got, err := range st.Items(0, len(items)) {
			require.NoError(t, err)
			assert.True(t, bytes.Equal(items[i], got))
			i++
		}
		assert.Equal(t, len(items), i)
		_, err = r.Item(len(items))
		assert.Error(t, err)
	})
}

func TestAFolderThatIsNotThereIsAnError(t *testing.T) {
	_, err := New(filepath.Join(t.TempDir(), "none"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, nil, 0o666))
	_, err = New(path)
	assert.ErrorContains(t, err, "not a folder")

	dir := t.TempDir()
	s, err := New(dir)
	require.NoError(t, err)
	require.NoError(t, os.Remove(dir))
	x := small(s.Sorter(0, false), 10)
	err = errors.Join(x.Add([]byte("one")), x.Add([]byte("two")))
	assert.ErrorIs(t, err, os.ErrNotExist)
	_, err = s.Store(1 << 12)
	assert.Error(t, err)
	require.NoError(t, s.Close())
}

// What sorting takes: twelve bytes are a key and a number.
func BenchmarkSorter(b *testing.B) {
	for name, memory := range map[string]int{"in memory": 1 << 30, "in runs": 8 << 20} {
		b.Run(name, func(b *testing.B) {
			const n = 1 << 20
			s, _ := space(b)
			b.SetBytes(n * 12)
			for b.Loop() {
				rnd := rand.New(rand.NewPCG(1, 1))
				x := s.Sorter(memory, false)
				var item [12]byte
				for i := range n {
					binary.BigEndian.PutUint64(item[:], rnd.Uint64())
					binary.BigEndian.PutUint32(item[8:], uint32(i))
					require.NoError(b, x.Add(item[:]))
				}
				for _, err := range x.Sorted(context.Background()) {
					require.NoError(b, err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds()/1e6, "million_items/s")
		})
	}
}
