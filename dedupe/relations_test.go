package dedupe_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two articles that have nothing in common but what one says of the other.
const (
	sleep    = "Lund E | Sleep in shift workers of the north | 2011 | Sleep Practice | 32 | 1 | 45-52 | 10.5555/sp.45 | 30000001"
	appetite = "Holm K | Appetite after bariatric surgery | 2013 | Nutrition Review | 4 | 2 | 5-9 | 10.5555/nr.5 | 30000002"
)

func saying(r *record.Record, relations ...record.Relation) *record.Record {
	r.Relations = append(r.Relations, relations...)
	return r
}

func registered(r *record.Record, ids ...string) *record.Record {
	for _, id := range ids {
		r.Registrations = append(r.Registrations, record.Registration{Registry: "ClinicalTrials.gov", ID: id})
	}
	return r
}

func TestARecordNamesItsRelativesWhateverTheirTitles(t *testing.T) {
	for kind, want := range map[record.RelationKind]struct {
		kind dedupe.RelatedKind
		why  string
	}{
		record.ErratumIn:     {dedupe.Erratum, "one record itself names the other as its erratum, PMID 30000002"},
		record.ErratumFor:    {dedupe.Erratum, "as the work that it corrects, PMID 30000002"},
		record.RetractionIn:  {dedupe.RetractionNotice, "as the notice of its retraction, PMID 30000002"},
		record.RetractionOf:  {dedupe.RetractionNotice, "as the work that it retracts, PMID 30000002"},
		record.ConcernIn:     {dedupe.RetractionNotice, "as an expression of concern about it, PMID 30000002"},
		record.ConcernFor:    {dedupe.RetractionNotice, "as the work that it expresses concern about, PMID 30000002"},
		record.CommentIn:     {dedupe.Reply, "as a comment on it, PMID 30000002"},
		record.CommentOn:     {dedupe.Reply, "as the work that it comments on, PMID 30000002"},
		record.UpdateIn:      {dedupe.NewVersion, "as its later version, PMID 30000002"},
		record.UpdateOf:      {dedupe.NewVersion, "as its earlier version, PMID 30000002"},
		record.RepublishedIn: {dedupe.Republished, "as its republication, PMID 30000002"},
		record.RepublishedOf: {dedupe.Republished, "as the work that it republishes, PMID 30000002"},
		record.ReportedIn:    {dedupe.ProtocolResults, "as the report of its results, PMID 30000002"},
		record.PreprintOf:    {dedupe.PreprintVersion, "as its version of record, PMID 30000002"},
		record.PreprintIs:    {dedupe.PreprintVersion, "as its preprint, PMID 30000002"},
	} {
		a, b := saying(keyed(t, "a", sleep), record.Relation{Kind: kind, PMID: "30000002"}), keyed(t, "b", appetite)
		res := find(t, a, b)
		require.Len(t, res.Related, 1, kind)
		assert.Equal(t, want.kind, res.Related[0].Kind, kind)
		assert.Contains(t, res.Related[0].Why, want.why)
		assert.Equal(t, 2, res.Unique())
		assert.Equal(t, "stated relation", compare(a, b).Rule)
		assert.Less(t, compare(a, b).Score, 0.25)
	}
}

func TestADOIAndAKeyOfTheSameFileNameARecordToo(t *testing.T) {
	byDOI := saying(keyed(t, "a", sleep), record.Relation{Kind: record.CommentOn, DOI: "10.5555/nr.5"})
	assert.Contains(t, find(t, byDOI, keyed(t, "b", appetite)).Related[0].Why, "comments on, DOI 10.5555/nr.5")

	byKey, other := saying(keyed(t, "a", sleep), record.Relation{Kind: record.CommentOn, Key: "holm2013"}), keyed(t, "holm2013", appetite)
	byKey.Source.File, other.Source.File = "library.bib", "library.bib"
	assert.Contains(t, find(t, byKey, other).Related[0].Why, "comments on, key holm2013")
	other.Source.File = "another.bib"
	assert.Empty(t, find(t, byKey, other).Related, "a key holds in one file only")
}

func TestWhatARecordSaysOutweighsEveryLikeness(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", full)
	a.DOI, b.DOI = "10.5555/jcp.1", ""
	require.Equal(t, 1, find(t, a, b).Unique())
	saying(b, record.Relation{Kind: record.UpdateOf, DOI: "10.5555/jcp.1"})
	res := find(t, a, b)
	assert.Equal(t, 2, res.Unique())
	assert.Equal(t, dedupe.NewVersion, res.Related[0].Kind)
	assert.Empty(t, res.Doubtful)

	b.Types = []string{"Preprint"}
	assert.Equal(t, dedupe.PreprintVersion, find(t, a, b).Related[0].Kind)
	together, err := dedupe.Find(context.Background(), []*record.Record{a, b}, dedupe.Policy{Kinds: map[dedupe.RelatedKind]dedupe.Verdict{dedupe.PreprintVersion: dedupe.Same}})
	require.NoError(t, err)
	assert.Equal(t, 1, together.Unique())
}

func TestTwoCopiesOfAnArticleStayOneWhenBothNameItsErratum(t *testing.T) {
	erratum := record.Relation{Kind: record.ErratumIn, PMID: "30000009"}
	a, b := saying(keyed(t, "a", full+"| | 30000001"), erratum), saying(keyed(t, "b", full+"| | 30000001"), erratum)
	assert.Equal(t, 1, find(t, a, b).Unique())
	itself := saying(keyed(t, "c", full+"| | 30000001"), record.Relation{Kind: record.UpdateOf, PMID: "30000001"})
	assert.Equal(t, 1, find(t, a, itself).Unique(), "a record that names itself says nothing")
	words := saying(keyed(t, "d", full+"| | 30000001"), record.Relation{Kind: record.CommentOn, Text: "J Community Psychiatry 2019;12(3):123"})
	assert.Equal(t, 1, find(t, a, words).Unique(), "words name nothing that can be checked")
	citing := saying(keyed(t, "e", full+"| 10.5555/e"), record.Relation{Kind: record.Cites, PMID: "30000001"})
	assert.Equal(t, 1, find(t, a, citing).Unique(), "a list of references parts nothing")
}

// The erratum has been given the DOI of its article, which names the erratum by
// its own number.
func TestAStatedRelationAndASharedIdentifierAreForAPerson(t *testing.T) {
	a := saying(article(t, full+" | 10.5555/jcp.1"), record.Relation{Kind: record.ErratumIn, PMID: "30000009"})
	b := article(t, full+" | 10.5555/jcp.1 | 30000009")
	c := compare(a, b)
	assert.Equal(t, dedupe.Unsure, c.Verdict)
	assert.Contains(t, c.Why, "and yet both have one identifier")
}

func TestOfTwoStatementsTheMoreTellingIsListed(t *testing.T) {
	a := saying(article(t, sleep), record.Relation{Kind: record.CommentIn, PMID: "30000002"}, record.Relation{Kind: record.RetractionIn, PMID: "30000002"})
	b := saying(article(t, appetite), record.Relation{Kind: record.CommentOn, PMID: "30000001"})
	assert.Equal(t, dedupe.RetractionNotice, compare(a, b).Related)
	assert.Equal(t, compare(a, b), compare(b, a))
}

func TestChaptersAreNotTheirBookNorCandidatesOfOneAnother(t *testing.T) {
	book := keyed(t, "whole", "Lund E | Handbook of sleep | 2014")
	book.Kind, book.Source.File = record.Book, "library.bib"
	records := []*record.Record{book}
	for i := range 80 {
		c := keyed(t, fmt.Sprintf("part%d", i), fmt.Sprintf("Author%c%c B | Topic%d | 20%02d", 'a'+i%26, 'a'+i/26, i, i))
		c.Kind, c.Source.File = record.Chapter, "library.bib"
		records = append(records, saying(c, record.Relation{Kind: record.PartOf, Key: "whole"}))
	}
	records[1].Title, records[1].People, records[1].Date = book.Title, book.People, book.Date
	res := find(t, records...)
	assert.Equal(t, len(records), res.Unique())
	assert.LessOrEqual(t, res.Run.Candidates, 3)
	c := compare(book, records[1])
	assert.Equal(t, dedupe.Different, c.Verdict)
	assert.Contains(t, c.Why, "the book that it is part of, key whole")
}

func TestManyCommentsOnOneArticleMakeABlockWithACap(t *testing.T) {
	records := []*record.Record{keyed(t, "article", sleep)}
	for i := range 3000 {
		r := &record.Record{Key: fmt.Sprint(i), Title: fmt.Sprintf("%c%d", 'a'+i%26, i)}
		records = append(records, saying(r, record.Relation{Kind: record.CommentOn, PMID: "30000001"}))
	}
	res := find(t, records...)
	assert.Less(t, res.Run.Candidates, 40000)
	require.NotEmpty(t, res.Run.Capped)
	assert.Equal(t, "pmid:30000001", res.Run.Capped[0].Key.String())
}

func TestTwoGroupsAreRelatedOnce(t *testing.T) {
	a1, a2, a3 := keyed(t, "a1", full+"| 10.5555/jcp.1 | 30000001"), keyed(t, "a2", full+"| 10.5555/jcp.1"), keyed(t, "a3", full)
	const correction = "Berg AM; Sand J; Lund E | Correction to: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 200"
	e1, e2 := keyed(t, "e1", correction+"| | 30000009"), keyed(t, "e2", correction)
	saying(a1, record.Relation{Kind: record.ErratumIn, PMID: "30000009"})
	res := find(t, a1, a2, a3, e1, e2)
	require.Len(t, res.Groups, 2)
	require.Len(t, res.Related, 1)
	x := res.Related[0]
	assert.Equal(t, dedupe.Erratum, x.Kind)
	assert.Contains(t, x.Why, "one record itself names the other as its erratum, PMID 30000009")
	merged := dedupe.Merge(res, dedupe.MergePolicy{})
	assert.ElementsMatch(t, []record.ID{merged[0].ID(), merged[1].ID()}, []record.ID{x.A.ID(), x.B.ID()}, "related records are named as their groups are when merged")
	again := find(t, e2, a3, e1, a2, a1)
	assert.Equal(t, relatedPairs(res), relatedPairs(again))
}

func TestNobodyIsAskedAboutGroupsOfWhichARecordSaysHowTheyStand(t *testing.T) {
	journal := keyed(t, "journal", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Sleep Practice | 33 | 2 | 100-120 | 10.5555/sp.1")
	other := keyed(t, "other", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2015")
	require.Len(t, find(t, journal, other).Doubtful, 1)
	saying(other, record.Relation{Kind: record.UpdateOf, DOI: "10.5555/sp.1"})
	res := find(t, journal, other)
	assert.Empty(t, res.Doubtful)
	assert.Len(t, res.Related, 1)
}

func TestReportsOfOneRegisteredStudyAreCompanions(t *testing.T) {
	a, b := registered(keyed(t, "a", sleep), "NCT00000001"), registered(keyed(t, "b", appetite), "ISRCTN00000001", "NCT00000001")
	res := find(t, a, b)
	assert.Equal(t, 2, res.Unique(), "a registration joins nothing")
	assert.Empty(t, res.Doubtful)
	require.Len(t, res.Related, 1)
	assert.Equal(t, dedupe.Companion, res.Related[0].Kind)
	assert.Equal(t, "both name the registration NCT00000001: reports of one study", res.Related[0].Why)

	a.Kind = record.TrialRegister
	res = find(t, a, b)
	assert.Equal(t, dedupe.ProtocolResults, res.Related[0].Kind)
	assert.Contains(t, res.Related[0].Why, "both name the registration NCT00000001")
	a.Kind, a.Title = record.JournalArticle, "Nights awake: protocol for a cohort of shift workers"
	assert.Equal(t, dedupe.ProtocolResults, find(t, a, b).Related[0].Kind)
}

func TestOneWorkWithItsRegistrationStaysOneWork(t *testing.T) {
	a, b := registered(keyed(t, "a", full), "NCT00000001"), registered(keyed(t, "b", bare), "NCT00000001")
	res := find(t, a, b)
	assert.Equal(t, 1, res.Unique())
	assert.Empty(t, res.Related)
}

func TestAReviewThatNamesManyTrialsIsNotAReportOfEach(t *testing.T) {
	pooled := registered(keyed(t, "a", sleep), "NCT00000001", "NCT00000002", "NCT00000003", "NCT00000004", "NCT00000005")
	trial := registered(keyed(t, "b", appetite), "NCT00000001")
	assert.Empty(t, find(t, pooled, trial).Related)
	assert.False(t, slices.ContainsFunc(dedupe.Keys(nil, dedupe.Policy{}, pooled), func(k dedupe.Key) bool { return k.Kind == "registration" }))
}

func TestANoticeIsNoReportOfTheStudy(t *testing.T) {
	a := registered(keyed(t, "a", "Lund E | Erratum: Nights of the north | 2014 | Sleep Practice | 35 | 1 | 9"), "NCT00000001")
	assert.Empty(t, find(t, a, registered(keyed(t, "b", appetite), "NCT00000001")).Related)
}

func TestLinksAreCountedByTheRuleThatMadeThem(t *testing.T) {
	const again = "Lund E; Sand J | Home visits for frail elders in the first year after a fall | 2018 | Home Care Review | 5 | 1 | 10-19"
	const third = "Holm K; Berg AM | Exercise and memory in late life: a cohort of twins | 2016 | Age and Care | 26 | 4 | 300-311"
	res := find(t,
		keyed(t, "1", sleep), keyed(t, "2", sleep), // PMID and DOI
		keyed(t, "3", appetite), keyed(t, "4", "Holm K | Appetite after bariatric surgery | 2013 | | | | | | 30000002"),
		keyed(t, "5", full+"| 10.5555/jcp.1"), keyed(t, "6", "Berg AM | Peer support for carers of people with dementia | 2020 | | | | | 10.5555/JCP.1"),
		keyed(t, "7", again), keyed(t, "8", again),
		keyed(t, "9", third), keyed(t, "10", "Holm K; Berg AM | Exercise and memory in late life | 2016"))
	assert.Equal(t, []dedupe.RuleCount{{Rule: "same PMID", Links: 2}, {Rule: "evidence", Links: 1}, {Rule: "same DOI", Links: 1}, {Rule: "same place", Links: 1}}, res.Run.ByRule)
	assert.Contains(t, res.Methods(), "5 were linked (by rule: same PMID 2, all fields together 1, same DOI 1, same place 1), forming 5 groups.")
	for _, l := range res.Links {
		if l.Rule == "same PMID" {
			assert.Contains(t, l.Why, "PMID: the same")
		}
	}
	apart, err := res.Decide(dedupe.Different, res.Links[0].A, res.Links[0].B)
	require.NoError(t, err)
	assert.Equal(t, dedupe.RuleCount{Rule: "evidence", Links: 1}, apart.Run.ByRule[0])
	assert.Equal(t, 2, res.Run.ByRule[0].Links, "the result before stays as it is")
}

// A DOI that stands at many different titles would not have decided alone.
func TestADOIWithoutTrustNamesNoRule(t *testing.T) {
	st := &dedupe.Stats{Fields: map[string]dedupe.FieldStats{"doi": {Filled: 40, Shared: 39, Contradicted: 30}}}
	a, b := article(t, full+"| 10.5555/jcp.1"), article(t, bare+"| | | | | 10.5555/jcp.1")
	assert.Equal(t, "same DOI", compare(a, b).Rule)
	c := dedupe.Compare(st, dedupe.Policy{}, a, b)
	assert.Equal(t, dedupe.Same, c.Verdict)
	assert.Equal(t, "evidence", c.Rule)
}
