package synth_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
	"github.com/evidence-go/evidence/synth"
)

// searched is a codebook whose themes are found by strategies.
func searched() *synth.Codebook {
	return &synth.Codebook{Schema: synth.CodebookSchema, Name: "searched", Themes: []synth.Theme{
		{Name: "support", Search: &query.Search{Text: "(peer* adj3 support*).ti,ab."}, Unless: &query.Search{Text: "macaque*.mp."}},
		{Name: "recent", Search: &query.Search{Dialect: query.PubMed, Text: "2015:2030[dp]"}},
		{Name: "nothing", Search: &query.Search{Text: "zzz*.ti."}},
	}}
}

func TestAThemeIsFoundByAStrategyAndTakenAwayByAnother(t *testing.T) {
	rec := func(n int, year int, title, abstract string) *record.Record {
		return &record.Record{Key: title, Title: title, Abstract: record.Abstract{Text: abstract}, Date: record.Date{Year: year}, Languages: []string{"en"},
			PMID: record.PMID("9000010" + strconv.Itoa(n))}
	}
	records := []*record.Record{
		rec(1, 2018, "Peer workers", "They were asked. Support by peers was valued by the wards in all studies."),
		rec(2, 2012, "Grooming", "Peer support was seen among macaques in captivity."),
		rec(3, 2012, "Peer support and pay", "Nothing else is said about it here."),
	}
	sum := summarize(t, records, synth.Options{Codebook: searched(), CodebookOnly: true})
	support := themeOf(t, sum, "support")
	require.Len(t, support.Records, 2, "not the macaques")
	require.Len(t, support.Codings, 2)
	for _, c := range support.Codings {
		assert.True(t, c.Search)
		require.NotEmpty(t, c.Found)
	}
	var quoted []string
	for _, q := range support.Evidence {
		quoted = append(quoted, q.Text)
	}
	assert.Contains(t, quoted, "Support by peers was valued by the wards in all studies.")
	assert.Len(t, themeOf(t, sum, "recent").Records, 1)
	assert.Empty(t, themeOf(t, sum, "nothing").Records)
	require.NoError(t, sum.Verify(records))
	roundTrip(t, sum)

	sum.Themes[0].Codings[0].Found[0].Text = "other"
	assert.Error(t, sum.Verify(records))
	wrong := searched()
	wrong.Themes[0].Search.Text = "(peer adj3 .ti."
	assert.ErrorContains(t, wrong.Check(), "themes[0].search.text: line 1, column 12")
}
