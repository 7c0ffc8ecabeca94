package dedupe

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/spill"
)

// spoil overwrites all files in a folder that this process has open, also those
// that have no name any more, and tells how many bytes that were.
func spoil(t *testing.T, dir string) int64 {
	const open = "/proc/self/fd"
	list, err := os.ReadDir(open)
	require.NoError(t, err)
	spoilt := int64(0)
	for _, x := range list {
		path := filepath.Join(open, x.Name())
		if to, err := os.Readlink(path); err != nil || !strings.HasPrefix(to, dir) {
			continue
		}
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			continue // the folder itself
		}
		size, err := f.Seek(0, 2)
		require.NoError(t, err)
		_, err = f.WriteAt(bytes.Repeat([]byte{0xA5}, int(size)), 0)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		spoilt += size
	}
	return spoilt
}

// A disk that gives back something else than what was written is an error in each
// stage that reads it, never another result.
func TestALargeRunOverASpoiltDiskSaysSo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("files without a name are opened by way of /proc")
	}
	records := madeUp(6000, 13)
	for _, stage := range []string{"sorting", "pairing", "comparing", "grouping"} {
		dir := t.TempDir()
		spoilt := int64(0)
		run, err := findLarge(context.Background(), streamOf(records), nil, Policy{}, LargeOptions{Memory: tight / 2, Dir: dir, Progress: func(p Progress) {
			if p.Stage == stage && spoilt == 0 {
				spoilt = spoil(t, dir)
			}
		}}, func(*LargePart) error { return nil })
		assert.Positive(t, spoilt, stage)
		assert.ErrorIs(t, err, spill.ErrDamaged, stage)
		assert.True(t, run.Stopped, stage)
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, left, stage)
	}
}
