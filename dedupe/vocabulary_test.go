package dedupe

import (
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestVocabulariesPutTogetherCountWhatTheyHoldInAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lists := rapid.SliceOfN(rapid.SliceOfN(rapid.StringMatching(`[a-e]{0,3}`), 0, 300), 1, 4).Draw(t, "texts")
		want := map[string]int{}
		all := make([]*vocabulary, len(lists))
		for i, list := range lists {
			v := newVocabulary()
			for _, text := range list {
				assert.Equal(t, text, v.texts[v.add(text)])
				want[text]++
			}
			all[i] = &v
		}
		assert.Equal(t, want, countsOf(putTogether(all)))
		for _, v := range all {
			for n, text := range v.texts {
				assert.EqualValues(t, want[text], v.totals[n], "the total of %q", text)
			}
		}
	})
}

func TestSortingDoesNotDependOnProcessors(t *testing.T) {
	type item struct{ head, place int }
	compare := func(a, b item) int {
		if a.head != b.head {
			return a.head - b.head
		}
		return a.place - b.place
	}
	rapid.Check(t, func(t *rapid.T) {
		items := make([]item, rapid.IntRange(0, 40*stretch).Draw(t, "items"))
		step, heads := rapid.IntRange(1, 1000).Draw(t, "step"), rapid.IntRange(1, 5000).Draw(t, "heads")
		for i := range items {
			items[i] = item{i * step % heads, i}
		}
		want := slices.Clone(items)
		slices.SortFunc(want, compare)
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(rapid.SampledFrom([]int{1, 2, 3, 7}).Draw(t, "processors")))
		sortInParallel(items, compare)
		assert.True(t, slices.Equal(want, items))
	})
}
