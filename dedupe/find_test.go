package dedupe_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func find(t testing.TB, records ...*record.Record) *dedupe.Result {
	t.Helper()
	res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
	require.NoError(t, err)
	return res
}

func keyed(t testing.TB, key, citation string) *record.Record {
	r := article(t, citation)
	r.Key = key
	return r
}

func TestFindGroupsWhatIsOneWork(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", bare)
	c := keyed(t, "c", "Holm K | Appetite after bariatric surgery | 2011 | Nutrition Review | 4 | 1 | 5-9")
	d := keyed(t, "d", "Berg AM; Sand J; Lund E | Correction to: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 200")
	res := find(t, c, a, d, b)
	require.Len(t, res.Groups, 1)
	assert.Equal(t, []*record.Record{a, b}, res.Groups[0].Records)
	require.Len(t, res.Links, 1)
	assert.Same(t, a, res.Links[0].A)
	assert.Same(t, b, res.Links[0].B)
	assert.Equal(t, 3, res.Unique())
	require.NotEmpty(t, res.Related)
	assert.Equal(t, dedupe.Erratum, res.Related[0].Kind)
	assert.Equal(t, 4, res.Run.Records)
	assert.Contains(t, res.Methods(), "1 duplicate record was removed, leaving 3 unique records")
}

func TestNoRecordsGiveAnEmptyResult(t *testing.T) {
	res := find(t)
	assert.Empty(t, res.Groups)
	assert.Zero(t, res.Unique())
	assert.Empty(t, dedupe.Merge(res, dedupe.MergePolicy{}))
	assert.Nil(t, dedupe.Merge(nil, dedupe.MergePolicy{}))
}

func TestAWrongPolicyIsRefused(t *testing.T) {
	for _, p := range []dedupe.Policy{{Join: 0.3}, {Join: 1.5}, {Doubt: 0.99}, {BlockCap: 1}, {Kinds: map[dedupe.RelatedKind]dedupe.Verdict{"cousin": dedupe.Same}}, {Kinds: map[dedupe.RelatedKind]dedupe.Verdict{dedupe.Part: "maybe"}}, {Version: 1}, {Rules: []dedupe.Rule{{Name: "x"}}}} {
		_, err := dedupe.Find(context.Background(), nil, p)
		assert.Error(t, err, "%+v", p)
	}
	_, err := dedupe.Find(context.Background(), []*record.Record{nil}, dedupe.Policy{})
	assert.ErrorContains(t, err, "records[0] is nil")
}

func TestFindStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	res, err := dedupe.Find(ctx, []*record.Record{article(t, full), article(t, bare)}, dedupe.Policy{})
	assert.ErrorIs(t, err, context.Canceled)
	assert.True(t, res.Run.Stopped)
	assert.Equal(t, 2, res.Unique())
	assert.Contains(t, res.Methods(), "The run was stopped before all pairs were compared")
	_, err = res.Decide(dedupe.Same, res.Records[0], res.Records[1])
	assert.Error(t, err)
}

// waning is a context that ends after it was asked so often.
type waning struct {
	context.Context
	left *atomic.Int32
}

func (w waning) Err() error {
	if w.left.Add(-1) < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func TestARunThatIsStoppedReturnsWhatItKnows(t *testing.T) {
	var records []*record.Record
	for i := range 6000 {
		records = append(records, keyed(t, fmt.Sprint(i), fmt.Sprintf("Author%d B; Holm K | Sleep and support in cohort %d of school nurses | 2000 | Care | %d | 1 | %d-%d", i%3000, i%3000, i%3000, 20+i%3000, 29+i%3000)))
	}
	require.Equal(t, 3000, find(t, records...).Unique())
	const plenty = 1 << 20
	left := new(atomic.Int32)
	left.Store(plenty)
	whole, err := dedupe.Find(waning{context.Background(), left}, records, dedupe.Policy{})
	require.NoError(t, err)
	assert.False(t, whole.Run.Stopped)
	asked := plenty - left.Load()
	left.Store(asked - 6) // while pairs are compared, which comes last
	res, err := dedupe.Find(waning{context.Background(), left}, records, dedupe.Policy{})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.True(t, res.Run.Stopped)
	u := res.Unique()
	assert.Greater(t, u, 3000)
	require.Less(t, u, 6000)
	again, err := res.Decide(dedupe.Different, res.Links[0].A, res.Links[0].B)
	require.NoError(t, err)
	assert.Equal(t, u+1, again.Unique())

	left.Store(asked / 2)
	res, err = dedupe.Find(waning{context.Background(), left}, records, dedupe.Policy{})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Equal(t, 6000, res.Unique())
	assert.Len(t, res.Records, 6000)
}

func TestPoorRecordsAreKeptAndNotMixedUp(t *testing.T) {
	records := []*record.Record{{Key: "nothing"}, {Key: "nothing else"}, {Key: "word", Title: "Sleep"}, {Key: "word again", Title: "Sleep"}, {Key: "signs", Title: "???"},
		{Key: "other signs", Title: "!!!"}, keyed(t, "no title", "Lund E | | 2011 | Sleep Practice | 32 | 1 | 45-52"), keyed(t, "no year", strings.Replace(full, "2019", "", 1)), keyed(t, "whole", full)}
	res := find(t, records...)
	require.Len(t, res.Groups, 1)
	assert.Equal(t, records[7:], res.Groups[0].Records)
	merged := dedupe.Merge(res, dedupe.MergePolicy{})
	assert.Len(t, merged, 8)
	for _, x := range []*record.Record{keyed(t, "DOI", "Holm K | Appetite after bariatric surgery | 2013 | Nutrition Review | 4 | 2 | 5-9 | 10.5555/sp.45"), keyed(t, "PMID", "Holm K | Appetite after bariatric surgery | 2013 | Nutrition Review | 4 | 2 | 5-9 | | 30000001")} {
		res := find(t, keyed(t, "right", sleep), x)
		assert.Equal(t, 2, res.Unique(), "an identifier that contradicts the title joins nothing")
		require.Len(t, res.Doubtful, 1)
		assert.Equal(t, "the same identifier, and yet the titles are different", res.Doubtful[0].Why)
	}
}

func TestTheResolvedPolicyHasEveryNumber(t *testing.T) {
	p := dedupe.Policy{}.Resolved()
	assert.Len(t, p.Kinds, 16)
	for k, v := range p.Kinds {
		assert.Equal(t, dedupe.Different, v, k)
	}
	numbers := p
	numbers.Kinds = nil
	assert.Equal(t, dedupe.Policy{Version: dedupe.PolicyVersion, Join: 0.95, Doubt: 0.25, BlockCap: 100}, numbers)
	assert.Equal(t, p, p.Resolved())
	text, err := json.Marshal(p)
	require.NoError(t, err)
	var back dedupe.Policy
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, p, back)
}

// A bare citation agrees with two articles that contradict one another.
func TestAChainThatContradictsItselfIsCut(t *testing.T) {
	one := keyed(t, "one", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Sleep Practice | 33 | 2 | 100-120 | 10.5555/sp.1")
	two := keyed(t, "two", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Annals of Family Care | 7 | 9 | 500-521 | 10.5555/afc.2")
	bare := keyed(t, "bare", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Sleep Practice")
	both := keyed(t, "both", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012")
	for _, middle := range []*record.Record{bare, both} {
		res := find(t, one, middle, two)
		require.Len(t, res.Groups, 1, middle.Key)
		assert.Len(t, res.Groups[0].Records, 2)
		for _, g := range res.Groups {
			assert.False(t, slices.Contains(g.Records, one) && slices.Contains(g.Records, two), "the two places are one group")
		}
	}
	res := find(t, one, both, two)
	require.NotEmpty(t, res.Doubtful)
	assert.Contains(t, res.Doubtful[0].Why, "contradict")
	assert.Equal(t, 1, res.Run.Cut)
}

func TestAPersonsWordIsStrongerThanAnyRule(t *testing.T) {
	a, b, c := keyed(t, "a", full), keyed(t, "b", bare), keyed(t, "c", "Holm K | Appetite after bariatric surgery | 2011 | Nutrition Review | 4 | 1 | 5-9")
	res := find(t, a, b, c)
	require.Len(t, res.Groups, 1)

	apart, err := res.Decide(dedupe.Different, a, b)
	require.NoError(t, err)
	assert.Empty(t, apart.Groups)
	assert.Empty(t, apart.Doubtful, "what a person has decided is not asked again")
	assert.Len(t, res.Groups, 1, "the result before stays as it is")

	joined, err := apart.Decide(dedupe.Same, b, c)
	require.NoError(t, err)
	require.Len(t, joined.Groups, 1)
	assert.Equal(t, []*record.Record{b, c}, joined.Groups[0].Records)
	assert.Len(t, joined.Orders, 2)

	again, err := joined.Decide(dedupe.Same, a, b)
	require.NoError(t, err, "a later word on the same two replaces the earlier")
	assert.Equal(t, 1, again.Unique())
	assert.Len(t, again.Orders, 2)
}

func TestContradictoryDecisionsAreRefused(t *testing.T) {
	a, b, c := keyed(t, "a", full), keyed(t, "b", bare), keyed(t, "c", "Holm K | Appetite after bariatric surgery | 2011")
	res := find(t, a, b, c)
	res, err := res.Decide(dedupe.Same, a, b)
	require.NoError(t, err)
	res, err = res.Decide(dedupe.Same, b, c)
	require.NoError(t, err)
	_, err = res.Decide(dedupe.Different, a, c)
	assert.ErrorIs(t, err, dedupe.ErrContradiction)
	assert.ErrorContains(t, err, "a = b = c")
}

func TestDecideRefusesWhatItDoesNotKnow(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", bare)
	res := find(t, a, b)
	for _, f := range []func() (*dedupe.Result, error){
		func() (*dedupe.Result, error) { return res.Decide(dedupe.Unsure, a, b) },
		func() (*dedupe.Result, error) { return res.Decide(dedupe.Same, a, a) },
		func() (*dedupe.Result, error) { return res.Decide(dedupe.Same, a, article(t, full)) },
		func() (*dedupe.Result, error) { return res.Decide(dedupe.Same, nil, b) },
		func() (*dedupe.Result, error) { return new(dedupe.Result).Decide(dedupe.Same, a, b) },
	} {
		_, err := f()
		assert.Error(t, err)
	}
}

func TestDoubtfulPairsComeTheMostUnsureFirst(t *testing.T) {
	var records []*record.Record
	for i := range 30 {
		records = append(records, keyed(t, fmt.Sprint(i), fmt.Sprintf("Author%c A | Editorial on care number%d | %d | Care", 'a'+i%3, i%4, 2000+i%3)))
	}
	res := find(t, records...)
	for i := 1; i < len(res.Doubtful); i++ {
		x, y := res.Doubtful[i-1].Score-0.5, res.Doubtful[i].Score-0.5
		assert.LessOrEqual(t, max(x, -x), max(y, -y))
	}
}

func TestABlockOverItsCapIsCounted(t *testing.T) {
	var records []*record.Record
	for i := range 300 {
		records = append(records, keyed(t, fmt.Sprint(i), fmt.Sprintf("Author%d B | Editorial | %d | Journal %d | %d | 1 | %d", i, 1900+i%100, i, i, i+20)))
	}
	res := find(t, records...)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, 300, res.Run.Capped[0].Records)
	assert.Positive(t, res.Run.Capped[0].Skipped)
	assert.Equal(t, "title", res.Run.Capped[0].Key.Kind)
	assert.Contains(t, res.Methods(), "shared by more than 100 records")
}

func TestTenThousandEqualTitlesAreNotComparedAllWithAll(t *testing.T) {
	records := make([]*record.Record, 10000)
	for i := range records {
		records[i] = &record.Record{Key: fmt.Sprint(i), Title: "Peer support for carers of people with dementia"}
		records[i].In.Pages = fmt.Sprint(i + 100)
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 500000)
}

func TestJSONNamesRecordsInsteadOfRepeatingThem(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", bare)
	text, err := json.Marshal(find(t, a, b))
	require.NoError(t, err)
	assert.Contains(t, string(text), fmt.Sprintf(`{"id":%q,"key":"a"}`, a.ID()))
	assert.NotContains(t, string(text), "Peer support")
}

func TestStatisticsMergeAndComeBack(t *testing.T) {
	x, y := article(t, full), article(t, "Holm K | Appetite after bariatric surgery | 2011 | Nutrition Review | 4 | 1 | 5-9 | 10.5555/nr.1")
	whole := dedupe.Learn([]*record.Record{x, y, nil})
	assert.Equal(t, whole, dedupe.Learn([]*record.Record{x}).Merge(dedupe.Learn([]*record.Record{y})))
	text, err := json.Marshal(whole)
	require.NoError(t, err)
	var back dedupe.Stats
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, whole, &back)
	assert.Equal(t, 1, whole.Words["dementia"])
	assert.Equal(t, 1, whole.Fields["doi"].Filled)
	assert.Error(t, json.Unmarshal([]byte(`{"version":99}`), &back))
}

func TestADOIColumnThatContradictsTitlesLosesTrust(t *testing.T) {
	var records []*record.Record
	for i := range 40 {
		records = append(records, article(t, fmt.Sprintf("Author%d B | %s | 2010 | | | | | 10.5555/same", i, strings.Repeat(string(rune('a'+i%26)), 12+i))))
	}
	st := dedupe.Learn(records)
	assert.Equal(t, 39, st.Fields["doi"].Shared)
	assert.Greater(t, st.Fields["doi"].Contradicted, 20)
}

// drawRecords makes a small library in which works occur in several versions.
func drawRecords(t *rapid.T) []*record.Record {
	words := []string{"sleep", "support", "dementia", "carers", "trial", "exercise", "depression", "cohort", "school", "nurses", "telehealth", "review"}
	names := []string{"Berg", "Sand", "Lund", "Holm", "Müller", "Kryzhanovskii"}
	n := rapid.IntRange(0, 14).Draw(t, "records")
	var out []*record.Record
	for i := range n {
		r := &record.Record{Key: fmt.Sprint(i), Kind: record.JournalArticle}
		if len(out) > 0 && rapid.IntRange(0, 3).Draw(t, "is a copy") == 0 {
			*r = *out[rapid.IntRange(0, len(out)-1).Draw(t, "copied")]
			r.Key, r.Source.Number = fmt.Sprint(i), i+1
			out = append(out, r)
			continue
		}
		if len(out) > 0 && rapid.Bool().Draw(t, "version") {
			*r = *out[rapid.IntRange(0, len(out)-1).Draw(t, "of")]
			r = &record.Record{Key: fmt.Sprint(i), Kind: r.Kind, Title: r.Title, People: r.People, Date: r.Date, In: r.In, DOI: r.DOI, PMID: r.PMID}
			switch rapid.IntRange(0, 6).Draw(t, "change") {
			case 0:
				r.Title = strings.ToUpper(r.Title)
			case 1:
				r.In.Volume, r.In.Pages = "", ""
			case 2:
				r.DOI = ""
			case 3:
				r.Date.Year++
			case 4:
				r.Title += ": a pilot study"
			case 5:
				r.Title = "Erratum to: " + r.Title
			}
		} else {
			var title []string
			for range rapid.IntRange(1, 7).Draw(t, "words") {
				title = append(title, rapid.SampledFrom(words).Draw(t, "word"))
			}
			r.Title = strings.Join(title, " ")
			for range rapid.IntRange(0, 3).Draw(t, "authors") {
				r.People = append(r.People, record.Contributor{Name: record.Name{Family: rapid.SampledFrom(names).Draw(t, "name"), Given: rapid.SampledFrom([]string{"A", "Bo"}).Draw(t, "given")}})
			}
			r.Date.Year = rapid.IntRange(2000, 2003).Draw(t, "year")
			r.In.Title = rapid.SampledFrom([]string{"", "Journal of Sleep", "Care"}).Draw(t, "journal")
			r.In.Volume = rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "volume")
			r.In.Pages = rapid.SampledFrom([]string{"", "31-38", "41", "1-9"}).Draw(t, "pages")
			r.DOI = record.DOI(rapid.SampledFrom([]string{"", "", "10.5555/a", "10.5555/b"}).Draw(t, "doi"))
			r.PMID = record.PMID(rapid.SampledFrom([]string{"", "", "1", "2"}).Draw(t, "pmid"))
			r.Identifiers = []record.Identifier{{Scheme: "accession", Value: fmt.Sprint("X", i)}}
		}
		if rapid.IntRange(0, 3).Draw(t, "says something") == 0 {
			kind := rapid.SampledFrom([]record.RelationKind{record.ErratumIn, record.UpdateOf, record.CommentOn, record.PartOf, record.Cites}).Draw(t, "relation")
			r.Relations = []record.Relation{rapid.SampledFrom([]record.Relation{{Kind: kind, PMID: "1"}, {Kind: kind, PMID: "2"}, {Kind: kind, DOI: "10.5555/b"}, {Kind: kind, Key: "3"}}).Draw(t, "other")}
		}
		r.Source = record.Source{Database: rapid.SampledFrom([]string{"", "MEDLINE", "Scopus"}).Draw(t, "database"), File: rapid.SampledFrom([]string{"a.ris", "b.ris"}).Draw(t, "file"), Number: i + 1}
		if rapid.IntRange(0, 3).Draw(t, "is registered") == 0 {
			r.Registrations = []record.Registration{{Registry: "ClinicalTrials.gov", ID: rapid.SampledFrom([]string{"NCT00000001", "NCT00000002"}).Draw(t, "registration")}}
		}
		r.FixID()
		out = append(out, r)
	}
	return out
}

func TestCompareIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		st := dedupe.Learn(records)
		for _, a := range records {
			for _, b := range records {
				assert.Equal(t, dedupe.Compare(st, dedupe.Policy{}, a, b), dedupe.Compare(st, dedupe.Policy{}, b, a))
			}
		}
	})
}

// groups writes the groups as sorted keys.
func groups(res *dedupe.Result) []string {
	var out []string
	for _, g := range res.Groups {
		var keys []string
		for _, r := range g.Records {
			keys = append(keys, string(r.ID()))
		}
		slices.Sort(keys)
		out = append(out, strings.Join(keys, " "))
	}
	slices.Sort(out)
	return out
}

// relatedPairs writes the related pairs, whichever record stands first.
func relatedPairs(res *dedupe.Result) []string {
	var out []string
	for _, x := range res.Related {
		a, b := string(x.A.ID()), string(x.B.ID())
		out = append(out, strings.Join([]string{min(a, b), max(a, b), string(x.Kind), x.Why}, " "))
	}
	slices.Sort(out)
	return out
}

func TestTheOrderOfTheRecordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		want, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
		require.NoError(t, err)
		other := slices.Clone(records)
		seed := rapid.Uint64().Draw(t, "seed")
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		got, err := dedupe.Find(context.Background(), other, dedupe.Policy{})
		require.NoError(t, err)
		assert.Equal(t, groups(want), groups(got))
		assert.Equal(t, want.Stats, got.Stats)
		assert.Len(t, got.Doubtful, len(want.Doubtful))
		assert.Equal(t, relatedPairs(want), relatedPairs(got))
	})
}

// manyCohorts is more records than one processor sorts by itself.
func manyCohorts(t testing.TB) []*record.Record {
	var records []*record.Record
	for i := range 9000 {
		r := keyed(t, fmt.Sprint(i), fmt.Sprintf("Author%d B; Holm K | Sleep and support in cohort %d of school nurses in town%d | %d | Care | %d | 1 | %d", i%3100, i%650, i%5000, 2000+i%3, i%5, 20+i%5000))
		r.Source.File, r.Source.Line = "a.ris", i
		records = append(records, r)
	}
	return records
}

func TestTheNumberOfProcessorsDoesNotMatter(t *testing.T) {
	records := manyCohorts(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, err := json.Marshal(find(t, records...))
	require.NoError(t, err)
	for _, n := range []int{2, 7} {
		runtime.GOMAXPROCS(n)
		many, err := json.Marshal(find(t, records...))
		require.NoError(t, err)
		assert.True(t, string(one) == string(many), "%d processors", n)
	}
}

func TestNeitherOrderNorProcessorsMatterForManyRecords(t *testing.T) {
	records := manyCohorts(t)
	want := find(t, records...)
	require.NotEmpty(t, want.Groups)
	require.NotEmpty(t, want.Run.Capped)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	got := find(t, records...)
	assert.Equal(t, groups(want), groups(got))
	assert.Equal(t, relatedPairs(want), relatedPairs(got))
	assert.Equal(t, want.Run, got.Run)
	assert.Equal(t, want.Stats, got.Stats)
	assert.Len(t, got.Doubtful, len(want.Doubtful))
}

func TestCandidatesAreThosePairsThatShareAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
		require.NoError(t, err)
		for _, l := range res.Links {
			a, b := dedupe.Keys(res.Stats, dedupe.Policy{}, l.A), dedupe.Keys(res.Stats, dedupe.Policy{}, l.B)
			assert.True(t, slices.ContainsFunc(a, func(k dedupe.Key) bool { return slices.Contains(b, k) }))
		}
	})
}
