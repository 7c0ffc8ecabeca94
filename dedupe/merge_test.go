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
	"pgregory.net/rapid"
)

func TestMergeTakesTheBestOfEachField(t *testing.T) {
	a := keyed(t, "a", "Berg AM; Sand J | PEER SUPPORT FOR CARERS OF PEOPLE WITH DEMENTIA: A RANDOMISED TRIAL | 2019 | J Community Psychiatry | 12 | 3 | 123-38 | 10.5555/jcp.1")
	b := keyed(t, "b", "Berg, Anna M; Sand, Jonas; Lund, Eva | Peer support for carers of people with dementia: a randomised trial | 2019 Mar | Journal of Community Psychiatry | 12 | 3 | 123-138 | 10.5555/jcp.1 | 30000001")
	a.Abstract = record.NewAbstract("Carers need support. We randomised carers to peer support or usual care and asked them after a year.")
	b.Abstract = record.NewAbstract("Carers need support. We random...")
	a.Keywords, b.Keywords = []string{"Carers", "dementia"}, []string{"Dementia", "peer support"}
	a.Source, b.Source = record.Source{Database: "Embase", File: "e.ris"}, record.Source{Database: "MEDLINE", File: "m.ris"}
	a.Problems = []record.Problem{{Code: record.CodeDate, Text: "odd"}}
	a.Extra = record.Extra{{Tag: "ZZ", Value: "kept"}}
	b.Flags.Retracted = true
	res := find(t, a, b)
	merged := dedupe.Merge(res, dedupe.MergePolicy{})
	require.Len(t, merged, 1)
	m := merged[0]
	assert.Equal(t, b.Title, m.Title)
	assert.Equal(t, a.Abstract, m.Abstract)
	assert.Len(t, m.People, 3)
	assert.Equal(t, "Journal of Community Psychiatry", m.In.Title)
	assert.Equal(t, "123-138", m.In.Pages)
	assert.Equal(t, 3, m.Date.Month)
	assert.Equal(t, record.PMID("30000001"), m.PMID)
	assert.ElementsMatch(t, []string{"Carers", "dementia", "peer support"}, lower(m.Keywords))
	assert.True(t, m.Flags.Retracted)
	assert.Equal(t, a.Problems, m.Problems)
	assert.Equal(t, "kept", m.Extra.Get("ZZ"))
	assert.Equal(t, []string{"Embase", "MEDLINE"}, m.Databases())
	assert.Equal(t, a.ID(), m.Origin(record.FieldAbstract).From)
	assert.Equal(t, b.ID(), m.Origin(record.FieldTitle).From)
	assert.NotEmpty(t, m.Origin(record.FieldTitle).Why)
	assert.Equal(t, min(a.ID(), b.ID()), m.ID())
}

// lower makes "Dementia" and "dementia", of which either may be kept, one.
func lower(words []string) []string {
	out := slices.Clone(words)
	for i, w := range out {
		if w == "Dementia" {
			out[i] = "dementia"
		}
	}
	return out
}

func TestMergePrefersTheCallersDatabase(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", full)
	a.In.Publisher, b.In.Publisher = "Verlag Eins", "Second House"
	a.Source.Database, b.Source.Database = "Embase", "MEDLINE"
	res := find(t, a, b)
	for db, want := range map[string]string{"medline": "Second House", "Embase": "Verlag Eins"} {
		m := dedupe.Merge(res, dedupe.MergePolicy{Databases: []string{db}})
		assert.Equal(t, want, m[0].In.Publisher)
	}
}

func TestASingleRecordIsReturnedAsItIs(t *testing.T) {
	c := keyed(t, "c", "Holm K | Appetite after bariatric surgery | 2011")
	a, b := keyed(t, "a", full), keyed(t, "b", bare)
	merged := dedupe.Merge(find(t, a, c, b), dedupe.MergePolicy{})
	require.Len(t, merged, 2)
	assert.Same(t, c, merged[1], "in the order of the first members")
}

func TestASecondDOIIsKept(t *testing.T) {
	a := keyed(t, "a", full+" | 10.5555/jcp.1 | 30000001")
	b := keyed(t, "b", full+" | 10.5555/jcp.alias | 30000001")
	m := dedupe.Merge(find(t, a, b), dedupe.MergePolicy{})
	require.Len(t, m, 1)
	both := []string{string(m[0].DOI)}
	for _, x := range m[0].Identifiers {
		both = append(both, x.Value)
	}
	assert.ElementsMatch(t, []string{"10.5555/jcp.1", "10.5555/jcp.alias"}, both)
}

// identifiers lists all that names a work.
func identifiers(r *record.Record) []string {
	var out []string
	for scheme, v := range map[string]string{"doi": string(r.DOI), "pmid": string(r.PMID), "pmcid": string(r.PMCID)} {
		if v != "" {
			out = append(out, scheme+":"+v)
		}
	}
	for _, x := range r.Identifiers {
		out = append(out, x.Scheme+":"+x.Value)
	}
	return out
}

func TestMergeLosesNoIdentifierAndNoRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := drawRecords(t)
		res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
		require.NoError(t, err)
		merged := dedupe.Merge(res, dedupe.MergePolicy{})
		assert.Len(t, merged, res.Unique())
		kept, members := map[string]bool{}, 0
		for _, m := range merged {
			members += max(1, len(m.Members))
			for _, id := range identifiers(m) {
				kept[id] = true
			}
			assert.True(t, slices.IsSortedFunc(m.Members, func(a, b record.Member) int { return slices.Compare([]byte(a.ID), []byte(b.ID)) }))
		}
		assert.Equal(t, len(records), members)
		for _, r := range records {
			for _, id := range identifiers(r) {
				assert.True(t, kept[id], id)
			}
		}
	})
}

func TestMergingIsTheSameEachTime(t *testing.T) {
	var records []*record.Record
	for i := range 40 {
		r := keyed(t, fmt.Sprint(i), full)
		r.In.Publisher = fmt.Sprint("House ", i)
		records = append(records, r)
	}
	first := dedupe.Merge(find(t, records...), dedupe.MergePolicy{})
	assert.Equal(t, first, dedupe.Merge(find(t, records...), dedupe.MergePolicy{}))
}
