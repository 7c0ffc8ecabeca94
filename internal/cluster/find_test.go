package cluster_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/cluster"
)

func find(t testing.TB, docs [][]string) cluster.Result {
	t.Helper()
	r, err := cluster.Find(context.Background(), cluster.Number(docs), cluster.Options{})
	require.NoError(t, err)
	_, err = json.Marshal(r) // fails on a NaN
	require.NoError(t, err)
	return r
}

// texts are n documents of one subject: each has some of its words, and some of everybody's.
func texts(n int, subject string) [][]string {
	next := splitmix64(uint64(len(subject)))
	words, common := strings.Fields(subject), strings.Fields("patients trial weeks placebo outcome effect")
	var docs [][]string
	for range n {
		var doc []string
		for range 12 {
			doc = append(doc, words[next()%uint64(len(words))], common[next()%uint64(len(common))])
		}
		docs = append(docs, doc)
	}
	return docs
}

const (
	statins  = "statin cholesterol ldl simvastatin lipid atorvastatin coronary"
	asthma   = "asthma inhaler salbutamol wheeze airway spirometry corticosteroid"
	migraine = "migraine headache triptan aura sumatriptan nausea attack photophobia"
)

func TestThreeSubjectsAreThreeGroups(t *testing.T) {
	docs := append(append(texts(12, statins), texts(9, asthma)...), texts(6, migraine)...)
	docs = append(docs, nil, []string{"unheard"})
	r := find(t, docs)
	require.Len(t, r.Groups, 3)
	assert.Equal(t, 2, r.LeftOut)
	assert.Equal(t, []int{-1, -1}, r.Assign[27:])
	for i, want := range []struct {
		size    int
		subject string
	}{{12, statins}, {9, asthma}, {6, migraine}} {
		g := r.Groups[i]
		assert.Len(t, g.Docs, want.size)
		assert.Contains(t, strings.Fields(want.subject), g.Terms[0].Term)
		assert.Greater(t, g.Cohesion, 2*g.Apart)
		for k, doc := range g.Docs {
			assert.Equal(t, i, r.Assign[doc])
			if k > 0 {
				assert.GreaterOrEqual(t, r.Fit[g.Docs[k-1]], r.Fit[doc], "the best fitting come first")
			}
		}
	}
}

func TestNoGroupIsMadeUp(t *testing.T) {
	same := make([][]string, 40)
	alone := make([][]string, 40)
	for i := range same {
		same[i] = []string{"statin", "cholesterol", "statin"}
		alone[i] = []string{fmt.Sprint("word", i), fmt.Sprint("other", i)}
	}
	for name, docs := range map[string][][]string{
		"no documents":       nil,
		"one document":       texts(1, statins),
		"five documents":     texts(5, statins),
		"all empty":          make([][]string, 40),
		"all the same":       same,
		"nothing in common":  alone,
		"one subject alone":  texts(40, statins),
		"empty strings only": {{""}, {""}, {"", ""}, {""}, {""}, {""}},
	} {
		r := find(t, docs)
		assert.Empty(t, r.Groups, name)
		assert.Equal(t, len(docs), r.LeftOut, name)
		for _, a := range r.Assign {
			assert.Equal(t, -1, a, name)
		}
	}
}

func TestTwoKindsOfIdenticalDocumentsAreTwoGroups(t *testing.T) {
	var docs [][]string
	for i := range 30 {
		docs = append(docs, [][]string{{"statin", "lipid"}, {"asthma", "inhaler"}}[i%2])
	}
	r := find(t, docs)
	require.Len(t, r.Groups, 2)
	assert.InDelta(t, 1, r.Groups[0].Cohesion, 1e-9)
	assert.InDelta(t, 0, r.Groups[0].Apart, 1e-9)
	assert.Equal(t, cluster.Term{Term: "lipid", Weight: r.Groups[0].Terms[0].Weight, Docs: 15, All: 15}, r.Groups[0].Terms[0])
}

func TestOptionsAreResolvedInTheResult(t *testing.T) {
	assert.Equal(t, cluster.Options{MinSize: 3}, find(t, nil).Options)
	assert.Equal(t, cluster.Options{MinSize: 3}, cluster.Options{MinSize: -1}.Resolved())
}

func TestACancelledSearchIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := cluster.Find(ctx, cluster.Number(append(texts(20, statins), texts(20, asthma)...)), cluster.Options{})
	assert.ErrorIs(t, err, context.Canceled)
}

func TestAnyDocumentsGiveAConsistentAndRepeatableResult(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("a b c d e f g h i j k l m n"))
	rapid.Check(t, func(t *rapid.T) {
		docs := rapid.SliceOfN(rapid.SliceOfN(word, 0, 6), 0, 40).Draw(t, "docs")
		options := cluster.Options{MinSize: rapid.IntRange(0, 5).Draw(t, "min"), Seed: rapid.Uint64().Draw(t, "seed")}
		r, err := cluster.Find(context.Background(), cluster.Number(docs), options)
		require.NoError(t, err)
		require.Len(t, r.Assign, len(docs))
		left, sizes := 0, make([]int, len(r.Groups))
		for i, a := range r.Assign {
			if a < 0 {
				left++
				require.Zero(t, r.Fit[i])
				continue
			}
			sizes[a]++
			require.True(t, 0 <= r.Fit[i] && r.Fit[i] <= 1)
		}
		require.Equal(t, left, r.LeftOut)
		for i, g := range r.Groups {
			require.Len(t, g.Docs, sizes[i])
			require.GreaterOrEqual(t, sizes[i], r.Options.MinSize)
		}
		again, err := cluster.Find(context.Background(), cluster.Number(docs), options)
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}

// BenchmarkFind is a large review: 7,406 documents of 200 words, of 60 subjects.
func BenchmarkFind(b *testing.B) {
	next := splitmix64(1)
	docs := make([][]string, 7406)
	for i := range docs {
		subject := next() % 60
		for range 200 {
			// The product of two even draws falls like word frequencies do.
			rank := (next() % 170) * (next() % 170)
			if next()%3 == 0 {
				docs[i] = append(docs[i], fmt.Sprint("subject", subject, "-", rank/60))
				continue
			}
			docs[i] = append(docs[i], fmt.Sprint("word", rank))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := cluster.Find(context.Background(), cluster.Number(docs), cluster.Options{})
		if err != nil || len(r.Groups) < 2 {
			b.Fatal(len(r.Groups), err)
		}
		b.ReportMetric(float64(len(r.Groups)), "groups")
	}
	b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "docs/s")
}

func ExampleFind() {
	const statin, cholesterol, lipid, asthma, wheeze, inhaler, trial, cohort = 0, 1, 2, 3, 4, 5, 6, 7
	texts := cluster.Texts{
		Terms: []string{"statin", "cholesterol", "lipid", "asthma", "wheeze", "inhaler", "trial", "cohort"},
		Docs: [][]uint32{
			{statin, cholesterol, trial}, {statin, lipid, cohort}, {cholesterol, lipid, statin}, {lipid, cholesterol},
			{asthma, inhaler, trial}, {asthma, wheeze, cohort}, {wheeze, inhaler, asthma},
		},
	}
	r, err := cluster.Find(context.Background(), texts, cluster.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range r.Groups {
		fmt.Println(len(g.Docs), "documents:", g.Terms[0].Term)
	}
	fmt.Println(r.Assign)
	// Output:
	// 4 documents: cholesterol
	// 3 documents: asthma
	// [0 0 0 0 1 1 1]
}
