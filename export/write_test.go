package export

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatStoodThereComesBackWhenTheLastStepFails(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a": "old a", "b": "old b", "new a": "a", "new c": "c"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	defer func() { require.NoError(t, root.Close()) }()
	tr := transaction{root: root, files: []file{{name: "c", temp: "new c"}, {name: "a", temp: "new a"}, {name: "b", temp: "gone"}}}
	require.NoError(t, tr.commit(0))
	require.NoError(t, tr.commit(1))
	require.ErrorIs(t, tr.commit(2), os.ErrNotExist)
	require.NoError(t, tr.undo(2))
	tr.files[2].temp = "" // it never was there
	require.NoError(t, tr.clean())
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 2)
	for _, e := range left {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		assert.Equal(t, "old "+e.Name(), string(text))
	}
}
