package dedupe

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Keys of a tiling sort pairs by tiles, and give back the two ranks.
func TestATilingGivesBackThePairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.IntRange(2, 1<<31-1).Draw(t, "records")
		tl := newTiling(records, rapid.IntRange(0, 1<<22).Draw(t, "most"))
		assert.LessOrEqual(t, tl.bits(), 62)
		draw := func() (a, b int32, key uint64) {
			a = int32(rapid.IntRange(0, records-2).Draw(t, "a"))
			b = int32(rapid.IntRange(int(a)+1, records-1).Draw(t, "b"))
			return a, b, tl.key(b, a)
		}
		a, b, key := draw()
		c, d, other := draw()
		require.Less(t, key, uint64(1)<<tl.bits())
		of := tl.tile(key)
		lo, hi := tl.places(key)
		assert.Equal(t, [2]int{int(a), int(b)}, [2]int{of.lo*tl.size + lo, of.hi*tl.size + hi})
		assert.NotZero(t, key)
		assert.Equal(t, a == c && b == d, key == other)
		if of.lo < tl.tile(other).lo {
			assert.Less(t, key, other)
		}
	})
}

// Parts of a few dozen records make many tiles, in which the same is found.
func TestManyTilesGiveTheSameGroups(t *testing.T) {
	records := madeUp(4000, 12)
	assert.Greater(t, newTiling(len(records), tight/4/2/4/glanceSize).part, 2)
	sameAsInMemory(t, records, Learn(records), Policy{}, tight/4)
}
