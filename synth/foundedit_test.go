package synth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func TestFoundThemesSayHowFirmTheyAreAndHowTheyJoin(t *testing.T) {
	records := crowd()
	sum := summarize(t, records, synth.Options{})
	require.Len(t, sum.Found, 4)
	require.Len(t, sum.FoundTree, 3)
	placed := map[record.ID]bool{}
	for i, f := range sum.Found {
		assert.Greater(t, f.Stability, 0.6, f.Label)
		for _, id := range f.Records {
			placed[id] = true
		}
		assert.Subset(t, f.Records, f.Unlike)
		if i < 3 {
			assert.Less(t, sum.FoundTree[i].A, sum.FoundTree[i].B)
			assert.Less(t, sum.FoundTree[i].B, 4+i)
		}
	}
	for _, id := range sum.LeftOver {
		assert.False(t, placed[id])
	}
	assert.Equal(t, len(sum.Records), len(placed)+len(sum.LeftOver))
	require.NoError(t, sum.Verify(records))
	roundTrip(t, sum)
}

func TestWhatAPersonMadeOfTheFoundThemesHoldsInTheNextRun(t *testing.T) {
	records := crowd()
	before := summarize(t, records, synth.Options{})
	a, b := before.Found[0], before.Found[1]
	edits := []synth.FoundEdit{
		{Title: "Noise and ears", Records: a.Records[:3]},
		{Title: "Both of them", Records: append(append([]record.ID{}, b.Records[:3]...), before.Found[2].Records[:3]...)},
		{Title: "Gone", Records: []record.ID{"none-1", "none-2"}},
	}
	after := summarize(t, records[:len(records)-3], synth.Options{FoundEdits: edits})
	require.Len(t, after.Found, 3)
	var names []string
	for _, f := range after.Found {
		names = append(names, f.Name())
	}
	assert.Contains(t, names, "Noise and ears")
	assert.Contains(t, names, "Both of them")
	assert.Contains(t, after.Found[0].Claims[0].Text, after.Found[0].Name())
	assert.Contains(t, after.Notes[len(after.Notes)-1], `"Gone" is about no theme that was found: 0 of the 2 records`)
	require.NoError(t, after.Verify(records[:len(records)-3]))
	roundTrip(t, after)
}

func TestTheNumberOfFoundThemesCanBeAskedFor(t *testing.T) {
	for _, want := range []int{3, 4} {
		assert.Len(t, summarize(t, crowd(), synth.Options{FoundThemes: want}).Found, want)
	}
}
