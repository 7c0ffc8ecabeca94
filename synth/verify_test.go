package synth_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func TestVerifyNamesWhatDoesNotHold(t *testing.T) {
	fresh := func() *synth.Summary {
		return summarize(t, crowd(), synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}})
	}
	pay := 1
	for name, c := range map[string]struct {
		spoil func(*synth.Summary)
		want  string
	}{
		"a quote with a word changed": {func(s *synth.Summary) {
			s.Themes[pay].Evidence[0].Text = "Peer support workers reported fair pay and few hours."
		}, `theme pay: record ` + string(peers()[0].ID()) + `, abstract 127–179: "Peer support workers reported fair pay`},
		"a quote moved by a byte":            {func(s *synth.Summary) { s.Themes[pay].Evidence[0].Start++ }, "does not stand there"},
		"a quote of another record":          {func(s *synth.Summary) { s.Themes[pay].Evidence[0].Record = peers()[2].ID() }, "which is not coded with the theme"},
		"a quote of nobody":                  {func(s *synth.Summary) { s.Themes[pay].Evidence[0].Record = "r1-nobody" }, "which is not in the summary"},
		"a number in a claim":                {func(s *synth.Summary) { s.Themes[pay].Claims[0].Count++ }, `the claim "Pay: 3 of 42 records (2009–2016)" (4 of 42) does not hold`},
		"the words of a claim":               {func(s *synth.Summary) { s.Themes[pay].Claims[0].Text = "Pay: all records" }, `the claim "Pay: all records" (3 of 42) does not hold: the numbers give "Pay: 3 of 42 records (2009–2016)"`},
		"a claim too few":                    {func(s *synth.Summary) { s.Themes[pay].Claims = nil }, "0 claims, the numbers give"},
		"a record too many":                  {func(s *synth.Summary) { s.Themes[pay].Records = append(s.Themes[pay].Records, "r1-nobody") }, "4 records are listed, 3 are coded with it"},
		"a year":                             {func(s *synth.Summary) { s.Themes[pay].Years[0].Count = 9 }, "the counts by year are"},
		"a tally":                            {func(s *synth.Summary) { s.Themes[pay].Tallies[0].NotStated++ }, "the tallies are"},
		"a definition":                       {func(s *synth.Summary) { s.Themes[pay].Definition = "money" }, "differ from the codebook's"},
		"a study":                            {func(s *synth.Summary) { s.Themes[pay].Studies[0] = "another" }, "3 studies are listed, counted again they are 3"},
		"a theme less":                       {func(s *synth.Summary) { s.Themes = s.Themes[1:] }, "5 themes, the codebook has 6"},
		"a term that does not stand there":   {func(s *synth.Summary) { s.Themes[pay].Codings[0].Terms[0].Term = "low pay" }, "is not a place where the term \"low pay\" stands"},
		"a term that is not the theme's":     {func(s *synth.Summary) { s.Themes[pay].Codings[0].Terms[0].Term = "money" }, "is not among the theme's terms"},
		"a coding without a record":          {func(s *synth.Summary) { s.Themes[pay].Codings = s.Themes[pay].Codings[1:] }, "is coded without a reason"},
		"a coding without a reason":          {func(s *synth.Summary) { s.Themes[pay].Codings[0].Terms = nil }, "is coded without a reason"},
		"a type that the record has not":     {func(s *synth.Summary) { s.Themes[pay].Codings[0].Types = []string{"Letter"} }, `the publication type "Letter" does not code it`},
		"a coding of a record not coded":     {func(s *synth.Summary) { s.Themes[pay].Codings[0].Record = peers()[2].ID() }, "is explained but not coded"},
		"a record's code":                    {func(s *synth.Summary) { s.Records[0].Themes = append(s.Records[0].Themes, "pay") }, "theme pay"},
		"a record's year":                    {func(s *synth.Summary) { s.Records[0].Year = 1900 }, "year 1900, the record has"},
		"a record's title":                   {func(s *synth.Summary) { s.Records[0].Title = "Another" }, `title "Another", the record has`},
		"a record's study":                   {func(s *synth.Summary) { s.Records[0].Study = "another" }, `study "another", the studies given say`},
		"a design":                           {func(s *synth.Summary) { s.Records[0].Design = "cohort" }, "theme cohort"},
		"the counts":                         {func(s *synth.Summary) { s.Counts.TitleOnly = 7 }, "counts: counted again"},
		"what is uncoded":                    {func(s *synth.Summary) { s.Uncoded = s.Uncoded[1:] }, "uncoded"},
		"a found theme's claim":              {func(s *synth.Summary) { s.Found[0].Claims[0].Count = 1 }, "found theme " + "hearing loss; sound fields: the claim"},
		"a found theme's quote":              {func(s *synth.Summary) { s.Found[0].Evidence[0].Text = "No." }, "does not stand there"},
		"a found theme's record":             {func(s *synth.Summary) { s.Found[0].Records = s.Found[0].Records[1:] }, "studies are listed, counted again they are 11"},
		"another version":                    {func(s *synth.Summary) { s.Schema = 9 }, "schema version 9, expected 1"},
		"options that cannot be a summary's": {func(s *synth.Summary) { s.Options.Design = nil }, "not resolved"},
	} {
		t.Run(name, func(t *testing.T) {
			sum := fresh()
			c.spoil(sum)
			require.ErrorContains(t, sum.Verify(crowd()), c.want)
		})
	}
}

func TestVerifyNamesRecordsThatAreMissingOrNew(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	assert.ErrorContains(t, sum.Verify(peers()[1:]), "record "+string(peers()[0].ID())+" is not among the records given")
	assert.ErrorContains(t, sum.Verify(append(peers(), invented(99, 2000, "New", ""))), "is not in the summary")
}

func TestVerifyFindsAnAbstractThatChanged(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	later := peers()
	later[0].Abstract.Text = "A corrected abstract."
	err := sum.Verify(later)
	require.ErrorContains(t, err, "theme pay: record "+string(later[0].ID()))
	require.ErrorContains(t, err, "theme supervision: record "+string(later[0].ID()), "all that does not hold is named, not only the first")
}

func TestVerifyOfAnEmptySummaryIsAnErrorAndNoPanic(t *testing.T) {
	require.Error(t, (&synth.Summary{}).Verify(nil))
	require.Error(t, (&synth.Summary{Schema: synth.SchemaVersion}).Verify(peers()))
	sum := &synth.Summary{}
	require.NotPanics(t, func() {
		_ = sum.Table(synth.ByTheme, synth.ByYear).String()
		_ = sum.Methods()
	})
}

// Whatever a summary's JSON says, verifying it gives an answer.
func FuzzVerify(f *testing.F) {
	sum := summarize(f, peers(), synth.Options{Codebook: oneTheme(synth.Theme{Terms: []string{"pay"}}), Design: &synth.Codebook{Schema: 1, Name: "design", Exclusive: true, Themes: []synth.Theme{{Name: "trial", Terms: []string{"randomly"}}}}, CodebookOnly: true})
	data, err := json.Marshal(sum)
	require.NoError(f, err)
	f.Add(data)
	f.Add([]byte(`{"schema":1,"options":{"design":{"schema":1,"name":"d","exclusive":true,"themes":[{"name":"a","terms":["b"]}]}},"records":[{"id":"r1-x"}]}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var s synth.Summary
		if json.Unmarshal(data, &s) != nil {
			return
		}
		_ = s.Verify([]*record.Record{peers()[0], nil, peers()[1]})
		_ = s.Table(synth.ByDesign, synth.ByTheme).String()
		_ = s.Methods()
	})
}
