package dedupe_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func newIndex(t require.TestingT, st *dedupe.Stats, p dedupe.Policy, records ...*record.Record) *dedupe.Index {
	ix, err := dedupe.NewIndex(st, p)
	require.NoError(t, err)
	require.NoError(t, ix.Add(records...))
	return ix
}

// resultOf gives the result of an index and its JSON form.
func resultOf(t require.TestingT, ix *dedupe.Index) (*dedupe.Result, string) {
	res, err := ix.Result(context.Background())
	require.NoError(t, err)
	text, err := json.Marshal(res)
	require.NoError(t, err)
	return res, string(text)
}

// findWith is one run over the same records, with the decisions.
func findWith(t require.TestingT, st *dedupe.Stats, p dedupe.Policy, records []*record.Record, orders ...dedupe.Order) (*dedupe.Result, string) {
	res, err := dedupe.FindWith(context.Background(), st, records, p)
	require.NoError(t, err)
	for _, o := range orders {
		res, err = res.Decide(o.Verdict, o.A, o.B)
		require.NoError(t, err)
	}
	text, err := json.Marshal(res)
	require.NoError(t, err)
	return res, string(text)
}

// smallBlocks makes blocks go over their cap in small libraries too.
var smallBlocks = []dedupe.Policy{{}, {BlockCap: 2}, {BlockCap: 5}, {Doubt: 0.01, Join: 0.9}}

func TestAnIndexGivesWhatOneRunGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		p := rapid.SampledFrom(smallBlocks).Draw(t, "policy")
		st := dedupe.Learn(records)
		order := slices.Clone(records)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 2)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })

		ix := newIndex(t, st, p)
		for left := order; len(left) > 0; {
			n := rapid.IntRange(1, len(left)).Draw(t, "added at once")
			require.NoError(t, ix.Add(left[:n]...))
			left = left[n:]
		}
		for range rapid.IntRange(0, 3).Draw(t, "decisions") {
			if len(records) < 2 {
				break
			}
			a, b := rapid.SampledFrom(records).Draw(t, "a"), rapid.SampledFrom(records).Draw(t, "b")
			v := rapid.SampledFrom([]dedupe.Verdict{dedupe.Same, dedupe.Different}).Draw(t, "verdict")
			if err := ix.Decide(v, a, b); err != nil && a != b {
				assert.ErrorIs(t, err, dedupe.ErrContradiction)
			}
		}
		got, text := resultOf(t, ix)
		_, want := findWith(t, st, p, order, ix.Orders()...)
		assert.JSONEq(t, want, text)

		sameOrder, _ := findWith(t, st, p, records, ix.Orders()...)
		assert.Equal(t, groups(sameOrder), groups(got), "the order of adding does not matter")
		assert.Equal(t, relatedPairs(sameOrder), relatedPairs(got))
		assert.Len(t, got.Doubtful, len(sameOrder.Doubtful))
	})
}

func TestWhatIsRemovedIsGone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		p := rapid.SampledFrom(smallBlocks).Draw(t, "policy")
		st := dedupe.Learn(records)
		ix := newIndex(t, st, p)
		for _, r := range records {
			require.NoError(t, ix.Add(r))
		}
		var ids []record.ID
		var left []*record.Record
		if len(records) > 0 {
			for range rapid.IntRange(0, 4).Draw(t, "removed") {
				ids = append(ids, rapid.SampledFrom(records).Draw(t, "gone").ID())
			}
		}
		for _, r := range records {
			if !slices.Contains(ids, r.ID()) {
				left = append(left, r)
			}
		}
		assert.Equal(t, len(records)-len(left), ix.Remove(ids...))
		assert.Equal(t, len(left), ix.Len())
		assert.Zero(t, ix.Remove(ids...), "they are gone already")
		_, want := findWith(t, st, p, left)
		_, text := resultOf(t, ix)
		assert.JSONEq(t, want, text)

		back := slices.DeleteFunc(slices.Clone(records), func(r *record.Record) bool { return !slices.Contains(ids, r.ID()) })
		require.NoError(t, ix.Add(back...))
		_, want = findWith(t, st, p, slices.Concat(left, back))
		_, text = resultOf(t, ix)
		assert.JSONEq(t, want, text)
		for _, r := range records {
			_, err := ix.Query(r)
			require.NoError(t, err)
		}
	})
}

// What a query finds is what comparison says of every record that shares a key.
func TestAQueryFindsWhatComparisonSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		if len(records) == 0 {
			return
		}
		st, p := dedupe.Learn(records), dedupe.Policy{}
		asked, held := records[0], records[1:]
		m, err := newIndex(t, st, p, held...).Query(asked)
		require.NoError(t, err)
		want := map[dedupe.Verdict][]*record.Record{}
		for _, r := range held {
			if shareKey(st, p, r, asked) {
				c := dedupe.Compare(st, p, r, asked)
				want[c.Verdict] = append(want[c.Verdict], r)
			}
		}
		assert.ElementsMatch(t, want[dedupe.Same], firsts(m.Links))
		assert.ElementsMatch(t, want[dedupe.Unsure], firsts(m.Doubtful))
		assert.Equal(t, len(m.Links) > 0, m.Known())
		for i := 1; i < len(m.Links); i++ {
			assert.GreaterOrEqual(t, m.Links[i-1].Score, m.Links[i].Score)
		}
		for _, l := range slices.Concat(m.Links, m.Doubtful) {
			assert.Same(t, asked, l.B)
		}
	})
}

func shareKey(st *dedupe.Stats, p dedupe.Policy, a, b *record.Record) bool {
	keys := dedupe.Keys(st, p, b)
	return slices.ContainsFunc(dedupe.Keys(st, p, a), func(k dedupe.Key) bool { return slices.Contains(keys, k) })
}

func firsts(links []dedupe.Link) []*record.Record {
	var out []*record.Record
	for _, l := range links {
		out = append(out, l.A)
	}
	return out
}

// In a block over the cap a query is compared with its neighbours, as it would
// be if it were added.
func TestAQueryInALargeBlockFindsItsNeighbours(t *testing.T) {
	var records []*record.Record
	for i := range 300 {
		records = append(records, keyed(t, fmt.Sprint(i), fmt.Sprintf("Author%d B | Editorial | %d | Journal %d | %d | 1 | %d-%d", i, 1900+i%100, i, i, i+20, i+23)))
	}
	st := dedupe.Learn(records)
	ix := newIndex(t, st, dedupe.Policy{}, records[:200]...)
	asked := keyed(t, "asked", "Author250 B | Editorial | 1950 | Journal 250 | 250 | 1 | 270-273")
	m, err := ix.Query(asked)
	require.NoError(t, err)
	assert.Empty(t, m.Links)
	require.NoError(t, ix.Add(records[200:]...))
	for _, r := range append([]*record.Record{asked}, records...) {
		m, err = ix.Query(r)
		require.NoError(t, err)
		require.Len(t, m.Links, 1, r.Key)
	}
	ix.Remove(records[250].ID())
	m, err = ix.Query(asked)
	require.NoError(t, err)
	assert.Empty(t, m.Links)
}

func TestAnIndexRefusesWhatItCannotHold(t *testing.T) {
	_, err := dedupe.NewIndex(nil, dedupe.Policy{Join: 2})
	assert.ErrorContains(t, err, "Policy.Join is 2")
	ix := newIndex(t, nil, dedupe.Policy{})
	a, b := article(t, full), article(t, bare)
	assert.ErrorContains(t, ix.Add(a, nil), "records[1] is nil")
	assert.Zero(t, ix.Len(), "none is added")
	_, err = ix.Query(nil)
	assert.Error(t, err)
	assert.ErrorContains(t, ix.Decide(dedupe.Same, a, b), "not among the records")
	require.NoError(t, ix.Add(a, b))
	require.NoError(t, ix.Decide(dedupe.Different, a, b))
	res, _ := resultOf(t, ix)
	assert.Empty(t, res.Groups)
	ix.Remove(b.ID())
	assert.Empty(t, ix.Orders(), "a decision goes with its record")
	assert.Equal(t, []*record.Record{a}, ix.Records())
	assert.Zero(t, ix.Stats().Records)
	assert.Equal(t, dedupe.Policy{}.Resolved(), ix.Policy())

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	res, err = ix.Result(ctx)
	assert.ErrorIs(t, err, context.Canceled)
	assert.True(t, res.Run.Stopped)
}

func TestACallersRuleWeighsInAnIndexToo(t *testing.T) {
	a, b := article(t, full), article(t, bare)
	p := dedupe.Policy{Rules: []dedupe.Rule{{Name: "sponsor", Weigh: func(x, y *record.Record) (float64, string) { return -40, "another sponsor" }}}}
	ix := newIndex(t, nil, p, a)
	m, err := ix.Query(b)
	require.NoError(t, err)
	assert.Empty(t, m.Links)
	require.NoError(t, ix.Add(b))
	_, want := findWith(t, nil, p, []*record.Record{a, b})
	_, text := resultOf(t, ix)
	assert.JSONEq(t, want, text)
}
