package dedupe

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// streamOf yields the records one by one.
func streamOf(records []*record.Record) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// tight is so little memory that even a small set is spilled in many runs.
const tight = 4 << 20

// inPlaces writes a result with its records named by their numbers, in an order
// that does not depend on that of the parts.
func inPlaces(t *testing.T, res *Result) []string {
	names := map[*record.Record]Place{}
	for i, r := range res.Records {
		names[r] = Place{i, r.ID(), r.Key}
	}
	whole := &tied{}
	whole.take(res, names)
	return lines(t, whole.part)
}

func lines(t *testing.T, p *LargePart) []string {
	var out []string
	write := func(kind string, v any) {
		text, err := json.Marshal(v)
		require.NoError(t, err)
		out = append(out, kind+" "+string(text))
	}
	for _, g := range p.Groups {
		write("group", g)
	}
	for _, l := range p.Doubtful {
		write("doubtful", l)
	}
	for _, x := range p.Related {
		write("related", x)
	}
	slices.Sort(out)
	return out
}

// findAll runs FindLarge and gathers its parts.
func findAll(t *testing.T, records []*record.Record, st *Stats, p Policy, memory int64, decisions ...PlacedOrder) (RunStats, []string) {
	dir := t.TempDir()
	var got []string
	seen := map[int]bool{}
	run, err := findLarge(context.Background(), streamOf(records), st, p, LargeOptions{Memory: memory, Dir: dir, Decisions: decisions}, func(part *LargePart) error {
		for _, g := range part.Groups {
			for _, at := range g.Records {
				assert.False(t, seen[at.Number], "in two groups")
				seen[at.Number] = true
			}
		}
		got = append(got, lines(t, part)...)
		return nil
	})
	require.NoError(t, err)
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, left, "nothing is left behind")
	slices.Sort(got)
	return run, got
}

// sameAsInMemory checks that both ways give one result.
func sameAsInMemory(t *testing.T, records []*record.Record, st *Stats, p Policy, memory int64, decisions ...PlacedOrder) {
	want, err := FindWith(context.Background(), st, records, p)
	require.NoError(t, err)
	for _, o := range decisions {
		want, err = want.Decide(o.Verdict, records[o.A], records[o.B])
		require.NoError(t, err)
	}
	run, got := findAll(t, records, st, p, memory, decisions...)
	assert.Equal(t, inPlaces(t, want), got)
	assert.Equal(t, want.Run, run)
}

func TestGoldSetsInLittleMemoryGiveTheSameGroups(t *testing.T) {
	for set, memory := range map[string]int64{"cytology_screening": tight, "tafenoquine": tight, "haematology": tight, "digital_work": tight, "cora": leastMemory} {
		t.Run(set, func(t *testing.T) {
			records, _ := loadGold(t, set)
			sameAsInMemory(t, records, Learn(records), Policy{}, memory)
		})
	}
}

func TestLargeBlocksAreCappedAlike(t *testing.T) {
	records := madeUp(3000, 5)
	for i := range 400 {
		records = append(records, &record.Record{Key: fmt.Sprint("editorial", i), Title: "Editorial", Date: record.Date{Year: 2000 + i%5},
			In: record.Container{Title: "Journal of Sleep", Volume: fmt.Sprint(i % 40), Pages: fmt.Sprint(100 + i/2)}})
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	sameAsInMemory(t, records, Learn(records), Policy{BlockCap: 20}, tight)
	sameAsInMemory(t, records, nil, Policy{Doubt: 0.01}, tight)
}

func TestPersonsDecideInALargeRunToo(t *testing.T) {
	records := madeUp(800, 6)
	st := Learn(records)
	res, err := FindWith(context.Background(), st, records, Policy{})
	require.NoError(t, err)
	at := res.places()
	var decisions []PlacedOrder
	for i, l := range res.Links {
		if i%4 == 0 {
			decisions = append(decisions, PlacedOrder{Different, int(at[l.A]), int(at[l.B])})
		}
	}
	require.NotEmpty(t, decisions)
	decisions = append(decisions, PlacedOrder{Same, 0, 700}, PlacedOrder{Same, 700, 350}, PlacedOrder{Different, 5, 600})
	sameAsInMemory(t, records, st, Policy{}, leastMemory, decisions...)
}

func TestTheNumberOfProcessorsChangesNoPart(t *testing.T) {
	records := madeUp(2000, 7)
	run := func(n int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
		var b strings.Builder
		stats, err := findLarge(context.Background(), streamOf(records), Learn(records), Policy{}, LargeOptions{Memory: tight}, func(p *LargePart) error {
			return json.NewEncoder(&b).Encode(p)
		})
		require.NoError(t, err)
		require.NoError(t, json.NewEncoder(&b).Encode(stats))
		return b.String()
	}
	assert.Equal(t, run(1), run(4))
}

func TestNoRecordsGiveNoParts(t *testing.T) {
	run, parts := findAll(t, nil, nil, Policy{}, leastMemory)
	assert.Equal(t, RunStats{}, run)
	assert.Empty(t, parts)
}

var errSource = errors.New("the stream broke")

func TestALargeRunThatFailsLeavesNothingBehind(t *testing.T) {
	records := madeUp(2000, 8)
	broken := func(yield func(*record.Record, error) bool) {
		for i, r := range records {
			if i == 1500 {
				yield(nil, errSource)
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
	withNil := slices.Insert(slices.Clone(records), 1000, nil)
	for _, x := range []struct {
		source iter.Seq2[*record.Record, error]
		policy Policy
		change func(*LargeOptions)
		part   func(*LargePart) error
		says   string
	}{
		{source: broken, says: "behind 1500 records: the stream broke"},
		{source: streamOf(withNil), says: "record 1000 of the source is nil"},
		{policy: Policy{Join: 3}, says: "Policy.Join is 3"},
		{policy: Policy{Rules: []Rule{{Name: "x", Weigh: func(_, _ *record.Record) (float64, string) { return 0, "" }}}}, says: "Policy.Rules"},
		{change: func(o *LargeOptions) { o.Dir = "no such folder" }, says: "no such folder"},
		{change: func(o *LargeOptions) { o.Memory = 1 << 14 }, says: "too small for 2000 records"},
		{change: func(o *LargeOptions) { o.Decisions = []PlacedOrder{{Same, 1, 5000}} }, says: "records 1 and 5000 of 2000"},
		{change: func(o *LargeOptions) { o.Decisions = []PlacedOrder{{Unsure, 1, 2}} }, says: "a person decides"},
		{change: func(o *LargeOptions) {
			o.Decisions = []PlacedOrder{{Same, 1, 2}, {Same, 2, 3}, {Different, 1, 3}}
		}, says: "record 1 = record 2 = record 3"},
		{part: func(*LargePart) error { return errSource }, says: "the stream broke"},
	} {
		dir := t.TempDir()
		o := LargeOptions{Memory: tight, Dir: dir}
		if x.source == nil {
			x.source = streamOf(records)
		}
		if x.change != nil {
			x.change(&o)
		}
		if x.part == nil {
			x.part = func(*LargePart) error { return nil }
		}
		_, err := findLarge(context.Background(), x.source, nil, x.policy, o, x.part)
		assert.ErrorContains(t, err, x.says)
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, left, x.says)
	}
	_, err := FindLarge(context.Background(), streamOf(nil), nil, Policy{}, LargeOptions{Memory: 1000}, nil)
	assert.ErrorContains(t, err, "expected 33554432 at least")
}

// A run that is cancelled in any of its stages ends with the context's error and
// leaves nothing behind.
func TestALargeRunIsCancelledInEachStage(t *testing.T) {
	records := madeUp(6000, 9)
	stages := map[string]bool{}
	for _, stage := range []string{"reading", "sorting", "pairing", "comparing", "grouping"} {
		ctx, cancel := context.WithCancel(context.Background())
		dir := t.TempDir()
		run, err := findLarge(ctx, streamOf(records), nil, Policy{}, LargeOptions{Memory: tight / 2, Dir: dir, Progress: func(p Progress) {
			stages[p.Stage] = true
			if p.Stage == stage {
				cancel()
			}
		}}, func(*LargePart) error { return nil })
		cancel()
		if stages[stage] {
			assert.ErrorIs(t, err, context.Canceled, stage)
			assert.True(t, run.Stopped, stage)
		}
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Empty(t, left, stage)
	}
	assert.Contains(t, stages, "reading")
	assert.Contains(t, stages, "grouping")
}

// A record that stands there a hundred thousand times would not fit, and that is said.
func TestWhatHangsTogetherAndDoesNotFitIsAnError(t *testing.T) {
	var records []*record.Record
	for i := range 4000 {
		records = append(records, &record.Record{Key: fmt.Sprint("r", i), Title: "Peer support for carers of people with dementia", Date: record.Date{Year: 2019}, PMID: "30000001"})
	}
	_, err := findLarge(context.Background(), streamOf(records), nil, Policy{}, LargeOptions{Memory: 8 << 20, Dir: t.TempDir()}, func(*LargePart) error { return nil })
	require.ErrorContains(t, err, "hang together")
	assert.ErrorContains(t, err, "LargeOptions.Memory of 8388608 bytes")
	sameAsInMemory(t, records[:1000], nil, Policy{}, leastMemory*4)
}

func TestLearningFromASourceIsLearningInPortions(t *testing.T) {
	records := append(madeUp(portionLearnt+3000, 10), nil)
	st, err := LearnFrom(context.Background(), streamOf(records))
	require.NoError(t, err)
	assert.Equal(t, Learn(records[:portionLearnt]).Merge(Learn(records[portionLearnt:])), st)
	_, err = LearnFrom(context.Background(), func(yield func(*record.Record, error) bool) { yield(nil, errSource) })
	assert.ErrorIs(t, err, errSource)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = LearnFrom(ctx, streamOf(records))
	assert.ErrorIs(t, err, context.Canceled)
}

// The memory that FindLarge takes stays within what it may have, whatever the
// number of records; a quarter more is allowed here, since the collector counts what
// the test holds itself too.
func TestALargeRunKeepsToItsMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("fifty thousand records are made and searched")
	}
	const n = 50000
	stream := func(yield func(*record.Record, error) bool) {
		for i := range n {
			if !yield(madeUpOne(i, 11), nil) {
				return
			}
		}
	}
	st := Learn(madeUp(5000, 11))
	before := heap()
	peak := int64(0)
	o := LargeOptions{Memory: leastMemory, Dir: t.TempDir(), Progress: func(Progress) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, int64(m.HeapAlloc))
	}}
	groups := 0
	run, err := FindLarge(context.Background(), stream, st, Policy{}, o, func(p *LargePart) error {
		groups += len(p.Groups)
		return nil
	})
	require.NoError(t, err)
	assert.Equal(t, n, run.Records)
	assert.Greater(t, groups, n/10)
	t.Logf("%.0f MiB at most, of %d", float64(peak-before)/(1<<20), leastMemory>>20)
	assert.Less(t, peak-before, int64(leastMemory+leastMemory/4))
}
