package query

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

func genStrategy(t *rapid.T) *Query {
	q := &Query{Dialect: rapid.SampledFrom(Dialects()).Draw(t, "dialect")}
	q.opts.AsIs = rapid.IntRange(0, 4).Draw(t, "as is") == 0
	for i := range rapid.IntRange(1, 4).Draw(t, "lines") {
		var e Expr
		if i == 0 || rapid.IntRange(0, 9).Draw(t, "heading line") > 0 {
			e = genExpr(t, i, 3, false)
		}
		q.Lines = append(q.Lines, Line{Expr: e})
	}
	return q
}

// TestAnIndexMeansWhatTheDefinitionSays compares the results of both engines, and
// those with the definition.
func TestAnIndexMeansWhatTheDefinitionSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := genStrategy(t)
		var records []*record.Record
		for range rapid.IntRange(0, 6).Draw(t, "records") {
			records = append(records, genRecord(t))
		}
		ix := NewIndex(records)
		results := ix.Run(q)
		require.Equal(t, q.Run(records), results)
		for i, r := range records {
			for l, v := range bruteLines(q, r) {
				if q.Lines[l].Expr != nil {
					require.Equal(t, v, verdictIn(results.Lines[l], i), "line %d, record %d", l, i)
				}
			}
		}
	})
}

func TestWordsOfAnIndexAreThoseOfFoldedTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.Custom(genText), rapid.String(), rapid.StringMatching(`[a-cYZ01@\[/:.,'’·é -]{0,60}`)).Draw(t, "text")
		var want, got []string
		for _, w := range foldedWords(text) {
			want = append(want, w.key)
		}
		var c wordCutter
		c.cut("of another text")
		c.clear()
		c.cut(text)
		for _, w := range c.words {
			got = append(got, string(c.letters[w.from:w.to]))
		}
		require.Equal(t, want, got)
	})
}

// genPlaces draws a list: of some records, rising places.
func genPlaces(t *rapid.T) map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	dense := rapid.Uint32Range(1, 300).Draw(t, "dense")
	record := uint32(0)
	for range rapid.IntRange(0, 400).Draw(t, "entries") {
		var places []uint32
		at := uint32(0)
		for range rapid.IntRange(1, 3).Draw(t, "places") {
			at += rapid.Uint32Range(1, 300).Draw(t, "step")
			places = append(places, at)
		}
		out[record] = places
		record += rapid.Uint32Range(1, dense).Draw(t, "gap")
	}
	return out
}

func TestAListIsReadFromAnyRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genPlaces(t)
		before, behind := genPlaces(t), genPlaces(t)
		b := newIndexer(&Index{})
		last := uint32(0)
		for r := uint32(0); r < 130_000; r++ {
			b.record = r
			for i, places := range []map[uint32][]uint32{before, want, behind} {
				if places[r] != nil {
					b.enter(int32(i), places[r])
					if i == 1 {
						last = r
					}
				}
			}
		}
		b.finish()
		l := b.ix.lists.list(1)
		for at := uint32(0); ; {
			ok := l.seek(at)
			for at <= last && want[at] == nil {
				at++
			}
			if at > last || len(want) == 0 {
				require.False(t, ok)
				return
			}
			require.True(t, ok)
			require.Equal(t, at, l.record)
			var places []uint32
			for _, k := range l.appendPlaces(nil, 0) {
				places = append(places, uint32(atOf(k)))
			}
			require.Equal(t, want[at], places)
			at += rapid.SampledFrom([]uint32{0, 1, 7, 100, 5000}).Draw(t, "on")
		}
	})
}

func TestPlacesOfManyListsComeInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r rowReader
		var all []uint64
		for range rapid.IntRange(0, 9).Draw(t, "runs") {
			run := rapid.SliceOfN(rapid.Uint64Range(0, 1000), 1, 9).Draw(t, "run")
			slices.Sort(run)
			all = append(all, run...)
			r.keys = append(r.keys, run...)
			r.runs = append(r.runs, len(r.keys))
		}
		r.merge()
		slices.Sort(all)
		require.Equal(t, all, r.keys)
	})
}

// repeated gives n records that are drawn from a few.
func repeated(n int) []*record.Record {
	kinds := []*record.Record{
		sample, nil,
		{Title: "A peer of the support workers", Keywords: []string{"peer", "support", "lived experience"}},
		{Abstract: record.Abstract{Text: strings.Repeat("peer or support, and so on. ", 9) + "Peer support."}, Languages: []string{"en"}},
		{Title: "Kites", Headings: []record.Heading{{Term: "Kites", Major: true}, {Term: "Wind", Qualifiers: []record.Qualifier{{Term: "history"}}}}, Date: record.Date{Year: 1999}},
	}
	out := make([]*record.Record, n)
	for i := range out {
		out[i] = kinds[(i*i/7+i/50)%len(kinds)]
	}
	return out
}

var strategies = []*Query{
	strategy(Ovid, term("peer support"), in(term("peer*"), Title, Abstract), within(3, term("peer"), term("support")), &Combine{Op: And, Lines: []LineRange{{0, 2}}},
		not(&Ref{Line: 1}, &Ref{Line: 0}), &Heading{Name: "Kites", Major: true}, &Heading{Name: "Wind", Qualifiers: []string{"hi"}}),
	strategy(PubMed, term("*"), in(within(100, term("p*"), term("*t"), term("*")), Abstract), &Limit{Of: term("a*"), Conds: []Cond{{Field: Language, Value: "english"}}},
		&Dates{Field: Year, From: Day{Year: 2000}}, in(term("lived experience"), KeywordHeading), in(term("peer"), KeywordHeading)),
}

func TestAnIndexOfManyRecordsSaysWhatTheRecordsSay(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 5000} {
		records := repeated(n)
		ix := NewIndex(records)
		for _, q := range strategies {
			assert.Equal(t, q.Run(records), ix.Run(q), "%d records", n)
		}
	}
}

func TestAnIndexMayBeAskedByManyAtOnce(t *testing.T) {
	records := repeated(500)
	ix := NewIndex(records)
	var wait sync.WaitGroup
	for range 4 {
		for _, q := range strategies {
			wait.Go(func() { assert.Equal(t, q.Run(records), ix.Run(q)) })
		}
	}
	wait.Wait()
}

func TestLongListsAreReadInSeveralGoes(t *testing.T) {
	assert.Equal(t, 10, stepOf(10, 100, 100))
	assert.Equal(t, 5, stepOf(10, 200, 100))
	assert.Equal(t, 1, stepOf(10, 1<<40, 100))
	assert.Equal(t, 1, stepOf(0, 0, 100))
	ix := NewIndex(repeated(1000))
	for _, q := range strategies {
		r := newIndexRun(ix, q.plan())
		r.room = 64
		assert.Equal(t, ix.Run(q), r.results(q))
	}
}

// verdictsOf gives the verdicts of each line on each of n records.
func verdictsOf(r Results, n int) [][]Verdict {
	out := make([][]Verdict, len(r.Lines))
	for l := range r.Lines {
		out[l] = make([]Verdict, n)
		for i := range r.Lines[l].Yes.All() {
			out[l][i] = Yes
		}
		for i := range r.Lines[l].CannotSay.All() {
			out[l][i] = CannotSay
		}
	}
	return out
}
