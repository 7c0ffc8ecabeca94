package decisionlog

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

var errFull = errors.New("no space left on device")

// failing is a file whose next write stops after so many bytes, or whose next sync
// or cut fails.
type failing struct {
	*os.File
	after                   int
	write, sync, noTruncate bool
}

func (f *failing) WriteAt(p []byte, at int64) (int, error) {
	if !f.write {
		return f.File.WriteAt(p, at)
	}
	n, err := f.File.WriteAt(p[:f.after], at)
	return n, errors.Join(err, errFull)
}

func (f *failing) Sync() error {
	if f.sync {
		return errFull
	}
	return f.File.Sync()
}

func (f *failing) Truncate(n int64) error {
	if f.noTruncate {
		return errFull
	}
	return f.File.Truncate(n)
}

func TestAfterADiskThatFailedTheLogIsAsItWas(t *testing.T) {
	plan, err := screen.Compile(screen.Protocol{Title: "Peer support", Stages: []screen.Stage{{Name: "full-text"}}})
	require.NoError(t, err)
	say := func(title string) screen.Decision {
		return screen.Human("kd", "full-text", &record.Record{Title: title}, screen.Include, "")
	}
	for name, fault := range map[string]failing{
		"a write that stops at once":            {write: true},
		"a write that stops in the middle":      {write: true, after: 40},
		"a sync that fails":                     {sync: true},
		"a write, and the cut after it":         {write: true, after: 40, noTruncate: true},
		"a sync, and the cut after it, failing": {sync: true, noTruncate: true},
	} {
		path := filepath.Join(t.TempDir(), "d.jsonl")
		lg, err := Open(path, plan)
		require.NoError(t, err)
		require.NoError(t, lg.Add(say("a")))
		before, err := os.ReadFile(path)
		require.NoError(t, err)
		decisions, last := lg.Decisions(), lg.Sum()

		good := lg.file
		disk := fault
		disk.File = good.(*os.File)
		lg.file = &disk
		for range 2 {
			assert.ErrorIs(t, lg.Add(say("b"), say("c")), errFull, name)
			assert.Equal(t, decisions, lg.Decisions(), name)
			assert.Equal(t, last, lg.Sum(), name)
		}
		if !fault.noTruncate {
			now, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(before), string(now), name)
		}

		lg.file = good // there is room again
		require.NoError(t, lg.Add(say("d")), name)
		require.NoError(t, lg.Close())
		again, err := Open(path, plan)
		require.NoError(t, err, name)
		assert.Equal(t, lg.Decisions(), again.Decisions(), name)
		assert.Empty(t, again.Cut(), name)
		require.NoError(t, again.Close())
	}
}
