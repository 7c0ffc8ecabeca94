package dedupe_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// vetoes are two records for each way in which records are related that the policy
// keeps apart unless it is told otherwise.
func vetoes(t *testing.T) map[dedupe.RelatedKind][2]*record.Record {
	v := map[dedupe.RelatedKind][2]*record.Record{}
	add := func(k dedupe.RelatedKind, a, b string) { v[k] = [2]*record.Record{keyed(t, "a", a), keyed(t, "b", b)} }
	const article, rest = "Peer support for carers of people with dementia: a randomised controlled trial", " | 2019 | Journal of Community Psychiatry | 12 | 4 | 200"
	add(dedupe.Erratum, full+" | 10.5555/jcp.1", "Berg AM; Sand J; Lund E | Erratum to: "+article+rest+" | 10.5555/jcp.2")
	add(dedupe.RetractionNotice, full, "| Retraction notice to: "+article+" | 2021 | Journal of Community Psychiatry | 14 | 1 | 5")
	add(dedupe.Reply, full, "Holm K | Re: "+article+rest)
	add(dedupe.Part, "Lund E | Home care for frail elders. Part 1: needs | 2018 | Home Care Review | 5 | 1 | 10-19", "Lund E | Home care for frail elders. Part II: services | 2018 | Home Care Review | 5 | 2 | 60-69")
	add(dedupe.ConferenceAbstract, full, "Berg AM; Sand J; Lund E | "+article+" | 2018 | 28th Congress of Community Care, Abstracts | 4 | | S31")
	add(dedupe.ProtocolResults, full, "Berg AM; Sand J; Lund E | "+article+": study protocol | 2016 | BMC Trials | 3 | | 17")
	add(dedupe.PreprintVersion, full+" | 10.5555/jcp.1", "Berg AM; Sand J; Lund E | "+article+" | 2018 | medRxiv | | | | 10.5555/preprint.9")
	add(dedupe.ThesisArticle, full, "Berg AM | "+article+" | 2018 | Dissertation Abstracts International: Section B | 79 | 2-B")
	add(dedupe.Translation, "Lund E | Insomnia in primary care: a guideline | 2012 | Sleep Practice | 33 | 2 | 100-120", "Lund E | Insomnia in primary care: a guideline | 2013 | Schlafmedizin | 4 | 1 | 5-30")
	v[dedupe.Translation][0].Languages, v[dedupe.Translation][1].Languages = []string{"en"}, []string{"de"}
	add(dedupe.Edition, "| Annual report on the state of community mental health services 2017 | 2018 | National Health Reports | 8 | | 1-90", "| Annual report on the state of community mental health services 2018 | 2019 | National Health Reports | 9 | | 1-94")
	add(dedupe.NewVersion, "Lund E | Exercise for sleep in older adults | 2014 | Reviews of Interventions | | 3 | CD000001 | 10.5555/14651858.CD000001.pub2", "Lund E | Exercise for sleep in older adults | 2019 | Reviews of Interventions | | 7 | CD000001 | 10.5555/14651858.CD000001.pub3")
	add(dedupe.Republished, "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Sleep Practice | 33 | 2 | 100-120 | 10.5555/sp.1", "Lund E; Holm K | Guideline for the treatment of insomnia in primary care | 2012 | Annals of Family Care | 7 | 9 | 500-521 | 10.5555/afc.2")
	add(dedupe.OtherIdentifier, bare+" | Journal of Community Psychiatry | | | | 10.5555/jcp.1", bare+" | Journal of Community Psychiatry | | | | 10.5555/jcp.2")
	add(dedupe.OtherRegistration, "Lund E; Holm K | Exercise for sleep in older adults with mild memory loss | 2012 | Sleep Practice", "Lund E; Holm K | Exercise for sleep in older adults with severe memory loss | 2012 | Sleep Practice")
	registered(v[dedupe.OtherRegistration][0], "NCT00000001")
	registered(v[dedupe.OtherRegistration][1], "NCT00000002")
	add(dedupe.Companion, sleep, appetite)
	registered(v[dedupe.Companion][0], "NCT00000001")
	registered(v[dedupe.Companion][1], "NCT00000001")
	return v
}

func TestEachKindIsKeptApartAndListedUnlessThePolicySaysOtherwise(t *testing.T) {
	for kind, pair := range vetoes(t) {
		res := find(t, pair[0], pair[1])
		assert.Equal(t, 2, res.Unique(), kind)
		assert.Empty(t, res.Doubtful, kind)
		if assert.Len(t, res.Related, 1, kind) {
			assert.Equal(t, kind, res.Related[0].Kind)
		}
	}
}

func TestThePolicyJoinsAKindOrHandsItToAPerson(t *testing.T) {
	for kind, pair := range vetoes(t) {
		for other := range vetoes(t) {
			p := dedupe.Policy{Kinds: map[dedupe.RelatedKind]dedupe.Verdict{other: dedupe.Same}}
			res, err := dedupe.Find(context.Background(), pair[:], p)
			require.NoError(t, err)
			if other != kind {
				assert.Equal(t, 2, res.Unique(), "%s is kept apart when %s is joined", kind, other)
				continue
			}
			assert.Equal(t, 1, res.Unique(), kind)
			assert.Empty(t, res.Related, kind)
			assert.Contains(t, res.Links[0].Why, "counted as one work by the policy", kind)
			assert.Contains(t, res.Methods(), "Counted as one work were: "+kind.String(), kind)
		}
		res, err := dedupe.Find(context.Background(), pair[:], dedupe.Policy{Kinds: map[dedupe.RelatedKind]dedupe.Verdict{kind: dedupe.Unsure}})
		require.NoError(t, err)
		assert.Equal(t, 2, res.Unique(), kind)
		assert.Empty(t, res.Related, kind)
		if assert.Len(t, res.Doubtful, 1, kind) {
			assert.Contains(t, res.Doubtful[0].Why, "for a person by the policy", kind)
		}
	}
}

func TestWhatAgreesTooLittleToBeJoinedUnseenIsHandedToAPerson(t *testing.T) {
	a := article(t, full)
	p := dedupe.Policy{Kinds: map[dedupe.RelatedKind]dedupe.Verdict{dedupe.ProtocolResults: dedupe.Same}}
	b := article(t, "Berg AM; Sand J; Lund E | Support by peers for family carers of people with dementia living at home: study protocol | 2016 | BMC Trials | 3 | | 17")
	require.Equal(t, dedupe.ProtocolResults, compare(a, b).Related)
	assert.Equal(t, dedupe.Unsure, dedupe.Compare(nil, p, a, b).Verdict)
}

// A journal that moved to another publisher.
func TestTwoDOIsOfOnePlaceAreOneWork(t *testing.T) {
	assert.Equal(t, dedupe.Same, compare(article(t, full+" | 10.5555/jcp.1"), article(t, full+" | 10.55555/jcp-12-3-1")).Verdict)
}

func TestAPolicyIsReadFromAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "policy.json")
	load := func(text string) (dedupe.Policy, error) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return dedupe.LoadPolicy(path)
	}
	p, err := load(`{"version": 3, "join": 0.9, "kinds": {"preprint": "same", "conference-abstract": "unsure"}}`)
	require.NoError(t, err)
	assert.Equal(t, dedupe.Policy{Version: 3, Join: 0.9, Kinds: map[dedupe.RelatedKind]dedupe.Verdict{dedupe.PreprintVersion: dedupe.Same, dedupe.ConferenceAbstract: dedupe.Unsure}}, p)
	text, err := json.Marshal(p.Resolved())
	require.NoError(t, err)
	back, err := load(string(text))
	require.NoError(t, err)
	assert.Equal(t, p.Resolved(), back.Resolved())

	for text, want := range map[string]string{
		`{"jion": 0.9}`:                    `did you mean "join"`,
		`{"version": 1}`:                   "the rules of this package are of version 3",
		`{"join": 0.2}`:                    "Policy.Join is 0.2",
		`{"kinds": {"preprnt": "same"}}`:   `names "preprnt", which is no kind of related records; expected one of retraction-notice, erratum, `,
		`{"kinds": {"preprint": "join"}}`:  `has "join" for preprint, expected "different", "same" or "unsure"`,
		`{"rules": [{"name": "sponsor"}]}`: "Policy.Rules[0] needs a name and a function",
	} {
		_, err := load(text)
		assert.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, "policy.json")
	}
	_, err = dedupe.LoadPolicy(filepath.Join(t.TempDir(), "none.json"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestErratumUnderTheDOIOfItsArticleIsJoinedWhereErrataAre(t *testing.T) {
	a := article(t, full+" | 10.5555/jcp.1")
	b := article(t, "Berg AM; Sand J; Lund E | Correction: Peer support for carers of people with dementia: a randomised controlled trial | 2019 | Journal of Community Psychiatry | 12 | 4 | 200 | 10.5555/jcp.1")
	require.Equal(t, dedupe.Unsure, compare(a, b).Verdict)
	assert.Equal(t, dedupe.Same, dedupe.Compare(nil, dedupe.Policy{Kinds: map[dedupe.RelatedKind]dedupe.Verdict{dedupe.Erratum: dedupe.Same}}, a, b).Verdict)
}

func TestTheZeroPolicyIsThatOfNoPolicy(t *testing.T) {
	records := []*record.Record{keyed(t, "a", full), keyed(t, "b", bare)}
	for _, p := range []dedupe.Policy{{}, dedupe.Policy{}.Resolved(), {Kinds: map[dedupe.RelatedKind]dedupe.Verdict{}}} {
		res, err := dedupe.Find(context.Background(), slices.Clone(records), p)
		require.NoError(t, err)
		assert.Equal(t, find(t, records...).Policy, res.Policy)
	}
}
