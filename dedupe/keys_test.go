package dedupe

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

func wordKeysOf(st *Stats, title string) (out []string) {
	for _, k := range Keys(st, Policy{}, &record.Record{Title: title}) {
		if k.Kind == "words" {
			out = append(out, k.Value)
		}
	}
	return out
}

// Two frequent words make a key where few titles can have both, and with each third
// word where many do by chance.
func TestTwoWordsThatManyTitlesHaveMakeAKeyWithAThird(t *testing.T) {
	words := map[string]int{"sleep": 5000, "nurses": 4000, "wards": 90}
	few := &Stats{Records: 1000, Words: map[string]int{"sleep": 50, "nurses": 40, "wards": 3}}
	many := &Stats{Records: 100_000, Words: words}
	assert.Equal(t, []string{"nurses|sleep", "nurses|wards", "sleep|wards"}, wordKeysOf(few, "Sleep of nurses on wards"))
	assert.Equal(t, []string{"nurses|sleep|wards", "nurses|wards", "sleep|wards"}, wordKeysOf(many, "Sleep of nurses on wards"))
	assert.Equal(t, []string{"nurses|sleep"}, wordKeysOf(many, "Sleep of nurses"), "there is no third")
}

// crowdedStats are those of many more records than are given.
func crowdedStats(records []*record.Record) *Stats {
	st := Learn(records)
	st.Records *= 5000
	for w := range st.Words {
		st.Words[w] *= 5000
	}
	return st
}

func TestEnginesBlockByThirdWordsAlike(t *testing.T) {
	records := madeUp(3000, 9)
	st := crowdedStats(records)
	thirds := 0
	for _, r := range records[:500] {
		f := newForm(st, r)
		var want []uint64
		f.eachKey(st, func(kind string, parts ...string) {
			want = append(want, hashKey(kind, parts))
			if kind == "words" && len(parts) == 3 {
				thirds++
			}
		})
		got := f.appendHashes(st, nil)
		slices.Sort(want)
		slices.Sort(got)
		require.Equal(t, want, got)
	}
	assert.Positive(t, thirds)
	sameAsInMemory(t, records, st, Policy{}, tight)
}
