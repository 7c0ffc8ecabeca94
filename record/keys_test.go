package record

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestKeysAreCountedAsAMapWould(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := newKeySet(1 << 20)
		want := map[string]int{}
		for _, key := range rapid.SliceOf(rapid.StringMatching(`[a-d]{0,4}`)).Draw(t, "keys") {
			want[key]++
			assert.Equal(t, want[key], keys.add(key), key)
		}
	})
}

func TestPastTheLimitNewKeysAreNotRememberedAndThatIsSaidOnce(t *testing.T) {
	keys := newKeySet(100)
	for i := range 300 {
		assert.Equal(t, 1, keys.add(fmt.Sprint(i)))
		assert.Equal(t, i == 100, keys.full, i)
		keys.full = false
	}
	assert.Equal(t, 2, keys.add("99"))
	assert.Equal(t, 3, keys.add("99"))
	assert.Equal(t, 1, keys.add("100"))
	assert.LessOrEqual(t, len(keys.slots), 256)
}
