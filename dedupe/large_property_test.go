package dedupe_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestALargeRunGivesTheGroupsOfOneInMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		p := rapid.SampledFrom(smallBlocks).Draw(t, "policy")
		st := dedupe.Learn(records)
		var decisions []dedupe.PlacedOrder
		var orders []dedupe.Order
		for range rapid.IntRange(0, 2).Draw(t, "decisions") {
			if len(records) < 4 {
				break
			}
			a := rapid.IntRange(0, 1).Draw(t, "a")
			b := rapid.IntRange(2, len(records)-1).Draw(t, "b")
			decisions = append(decisions, dedupe.PlacedOrder{Verdict: dedupe.Different, A: a, B: b})
			orders = append(orders, dedupe.Order{Verdict: dedupe.Different, A: records[a], B: records[b]})
		}
		want, _ := findWith(t, st, p, records, orders...)
		var got []string
		related := 0
		run, err := dedupe.FindLarge(context.Background(), each(records), st, p, dedupe.LargeOptions{Decisions: decisions}, func(part *dedupe.LargePart) error {
			for _, g := range part.Groups {
				var ids []string
				for _, at := range g.Records {
					ids = append(ids, string(at.ID))
				}
				slices.Sort(ids)
				got = append(got, strings.Join(ids, " "))
			}
			related += len(part.Related)
			return nil
		})
		require.NoError(t, err)
		slices.Sort(got)
		assert.Equal(t, groups(want), got)
		assert.Equal(t, want.Run, run)
		assert.Len(t, want.Related, related)
	})
}

func each(records []*record.Record) func(func(*record.Record, error) bool) {
	return func(yield func(*record.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Keys and their hashes are the same in every process and on every machine: an
// engine that blocks by them may run on several.
func TestKeysHashTheSameEverywhere(t *testing.T) {
	r := article(t, full+" | 10.5555/jcp.1 | 30000001")
	st := &dedupe.Stats{Version: 1, Records: 1000, Words: map[string]int{"dementia": 20, "carers": 5, "trial": 400}}
	var got []string
	for _, k := range dedupe.Keys(st, dedupe.Policy{}, r) {
		got = append(got, fmt.Sprintf("%016x %s", k.Hash(), k))
	}
	assert.Equal(t, []string{
		"0bc295a4d150a8ea author-page:berg|123", "45d96e4d61e180b9 authors-year:berg|sand|2019", "1438b789276180f7 doi:10.5555/jcp.1",
		"e08d1dc6d0b2fedf place:12|123|138", "d0f59e7b94ce4959 pmid:30000001",
		"a376e67e3d9ab522 title:peersupportforcarersofpeoplewithdementiaarandomizedcontrolledtrial", "98142a41b8d578a4 title-begins:peersupportforcarers",
		"c5e746f8ede659d2 words:carers|controlled", "d12fb3536cbf7584 words:carers|peer", "94494d057d364ce5 words:carers|people",
		"2b086246957dd44b words:carers|randomized", "da59854a12b2278c words:controlled|peer", "9c26d6b2b877c12d words:controlled|people",
		"901d8499a2508a83 words:controlled|randomized", "67a282139dd365c7 words:peer|people", "756b5150da6c7c79 words:peer|randomized",
		"a7cf2c05e469a702 words:people|randomized",
	}, got)
}

// Records of a source too large for memory are searched for duplicates; the
// groups come one by one, with the numbers of the records in the source.
func ExampleFindLarge() {
	source := each([]*record.Record{
		{Key: "a", Title: "Exercise and sleep in older adults", PMID: "30000001"},
		{Key: "b", Title: "Telephone counselling after discharge: a cohort study", DOI: "10.5555/x.1"},
		{Key: "c", Title: "Exercise and sleep in older adults.", PMID: "30000001"},
	})
	ctx := context.Background()
	st, err := dedupe.LearnFrom(ctx, source)
	if err != nil {
		fmt.Println(err)
		return
	}
	run, err := dedupe.FindLarge(ctx, source, st, dedupe.Policy{}, dedupe.LargeOptions{Memory: 512 << 20}, func(p *dedupe.LargePart) error {
		for _, g := range p.Groups {
			for _, at := range g.Records {
				fmt.Println("record", at.Number, at.Key)
			}
		}
		return nil
	})
	fmt.Println(run.Records, "records", err)
	// Output:
	// record 0 a
	// record 2 c
	// 3 records <nil>
}
