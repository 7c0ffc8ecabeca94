package query

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestASetOfRecordsHoldsWhatWasPutIntoIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfDistinct(rapid.IntRange(0, 300), rapid.ID[int]).Draw(t, "records")
		slices.Sort(in)
		var s RecordSet
		for _, i := range in {
			s.add(i)
		}
		require.Equal(t, len(in), s.Count())
		require.True(t, slices.Equal(in, slices.Collect(s.All())))
		for i := -1; i < 400; i++ {
			require.Equal(t, slices.Contains(in, i), s.Has(i))
		}
		for i := range s.All() {
			require.Equal(t, in[0], i)
			break
		}
		text, err := json.Marshal(s)
		require.NoError(t, err)
		var list []int
		require.NoError(t, json.Unmarshal(text, &list))
		require.Equal(t, in, list)
		var back RecordSet
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, s, back)
		for at := uint32(0); at < 400; at++ {
			first, ok := s.bits.from(at)
			n, _ := slices.BinarySearch(in, int(at))
			require.Equal(t, n < len(in), ok)
			if ok {
				require.Equal(t, in[n], int(first))
			}
		}
	})
}

func TestWhatIsNoListOfIndexesIsNoSetOfRecords(t *testing.T) {
	for text, message := range map[string]string{
		`[-1]`: "-1 is no index", `[9999999999]`: "no index of a record: one from 0", `{"a":1}`: "a list of their indexes", `["a"]`: "a list of their indexes",
	} {
		var s RecordSet
		require.ErrorContains(t, json.Unmarshal([]byte(text), &s), message)
	}
}
