package dedupe

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

// A gold set that comes in parts and out of order gives the result of one run.
func TestAnIndexOfAGoldSetGivesWhatOneRunGives(t *testing.T) {
	for _, set := range []string{"haematology", "tafenoquine", "depression_hard_fn"} {
		records, _ := loadGold(t, set)
		rand.New(rand.NewPCG(7, 7)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		st := Learn(records[:len(records)/2])
		ix, err := NewIndex(st, Policy{})
		require.NoError(t, err)
		for left := records; len(left) > 0; {
			n := min(len(left), 1+len(left)/3)
			require.NoError(t, ix.Add(left[:n]...))
			left = left[n:]
		}
		want, err := FindWith(context.Background(), st, records, Policy{})
		require.NoError(t, err)
		got, err := ix.Result(context.Background())
		require.NoError(t, err)
		assert.Equal(t, string(written(t, want)), string(written(t, got)), set)

		// What a run links directly, a query of either finds.
		for i, l := range want.Links {
			if i%7 == 0 {
				m, err := ix.Query(l.B)
				require.NoError(t, err)
				assert.True(t, slices.ContainsFunc(m.Links, func(x Link) bool { return x.A == l.A }), "%s %s", l.A.Key, l.B.Key)
			}
		}
	}
}

// madeUp gives n records that look like those of a bibliographic database.
func madeUp(n int, seed uint64) []*record.Record {
	out := make([]*record.Record, n)
	for i := range out {
		out[i] = madeUpOne(i, seed)
	}
	return out
}

// madeUpOne makes the record of a number: one in seven is a copy of another with
// some noise.
func madeUpOne(i int, seed uint64) *record.Record {
	rnd := rand.New(rand.NewPCG(seed, uint64(i)))
	if i%7 != 6 {
		return madeUpWork(i, rnd)
	}
	of := i - 1 - rnd.IntN(min(i, 5000))
	if of%7 == 6 {
		of--
	}
	r := madeUpOne(of, seed)
	r.Key = fmt.Sprint("r", i)
	switch rnd.IntN(5) {
	case 0:
		r.DOI, r.Title = "", strings.ToUpper(r.Title)
	case 1:
		r.In.Volume, r.In.Issue, r.In.Pages = "", "", ""
	case 2:
		r.PMID, r.Title = "", strings.Replace(r.Title, "a", "e", 1)
	case 3:
		r.Date.Year++
	}
	return r
}

func madeUpWork(i int, rnd *rand.Rand) *record.Record {
	syllables := []string{"ta", "ri", "mo", "len", "sor", "ka", "vi", "dro", "pe", "nal", "bu", "xis", "cor", "the", "ly", "gam"}
	word := func() string {
		k := int(rnd.ExpFloat64() * 900)
		var b strings.Builder
		for range 2 + k%3 {
			b.WriteString(syllables[k%len(syllables)])
			k = k/3 + 7*k%31
		}
		return b.String()
	}
	phrase := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = word()
		}
		return strings.Join(words, " ")
	}
	page := 1 + rnd.IntN(2000)
	r := &record.Record{Key: fmt.Sprint("r", i), Kind: record.JournalArticle, Title: phrase(6 + rnd.IntN(10)), Date: record.Date{Year: 1990 + rnd.IntN(35)},
		In:       record.Container{Title: "Journal of " + phrase(2), Volume: fmt.Sprint(1 + rnd.IntN(60)), Issue: fmt.Sprint(1 + rnd.IntN(12)), Pages: fmt.Sprintf("%d-%d", page, page+rnd.IntN(12))},
		Abstract: record.NewAbstract(phrase(120)), Source: record.Source{File: "medline.ris"}}
	for range 1 + rnd.IntN(7) {
		r.People = append(r.People, record.Contributor{Role: record.Author, Name: record.Name{Family: word(), Given: strings.ToUpper(word()[:1])}})
	}
	if rnd.IntN(3) > 0 {
		r.DOI = record.DOI(fmt.Sprintf("10.5555/j%d.%d", rnd.IntN(300), i))
	}
	if rnd.IntN(2) > 0 {
		r.PMID = record.PMID(fmt.Sprint(10000000 + i))
	}
	return r
}

// heap is what is in use when all that can be freed is.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// An index needs less than three hundred bytes for each record, beside the record.
func TestAnIndexTakesLittleBesideTheRecords(t *testing.T) {
	const n = 20000
	records := madeUp(n, 3)
	st := Learn(records)
	before := heap()
	ix, err := NewIndex(st, Policy{})
	require.NoError(t, err)
	for left := records; len(left) > 0; left = left[min(len(left), 100):] {
		require.NoError(t, ix.Add(left[:min(len(left), 100)]...))
	}
	each := float64(heap()-before) / n
	t.Logf("%.0f bytes for each record beside it", each)
	assert.Less(t, each, 300.0)
	runtime.KeepAlive(records)
	runtime.KeepAlive(ix)
}

// What it takes to add records to an index, and to ask for them.
func BenchmarkIndex(b *testing.B) {
	records := madeUp(20000, 4)
	st := Learn(records)
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			ix, err := NewIndex(st, Policy{})
			require.NoError(b, err)
			require.NoError(b, ix.Add(records...))
		}
		b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
	})
	ix, err := NewIndex(st, Policy{})
	require.NoError(b, err)
	require.NoError(b, ix.Add(records...))
	b.Run("Query", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			_, err := ix.Query(records[i%len(records)])
			require.NoError(b, err)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
	b.Run("Result", func(b *testing.B) {
		for b.Loop() {
			_, err := ix.Result(context.Background())
			require.NoError(b, err)
		}
		b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
	})
}
