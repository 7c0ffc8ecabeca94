package synth_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// code is what a person says of one of the six records: "ab 0 pay".
func code(coder string, n int, theme string) synth.PersonCode {
	return synth.PersonCode{Coder: coder, Record: peers()[n].ID(), Theme: theme}
}

// mark codes a passage of an abstract.
func mark(t testing.TB, coder string, n int, theme, text string) synth.PersonCode {
	t.Helper()
	k := code(coder, n, theme)
	s := spanOf(t, peers()[n].Abstract.Text, text)
	k.Span = &s
	return k
}

func spanOf(t testing.TB, abstract, text string) record.Span {
	t.Helper()
	for i := range abstract {
		if len(abstract)-i >= len(text) && abstract[i:i+len(text)] == text {
			return record.Span{Field: record.FieldAbstract, Start: i, End: i + len(text), Text: text}
		}
	}
	require.Fail(t, "the abstract has no "+text)
	return record.Span{}
}

func settle(k synth.PersonCode, absent bool) synth.PersonCode {
	k.Adjudicated, k.Absent = true, absent
	return k
}

func codedWith(t *testing.T, codes ...synth.PersonCode) *synth.Summary {
	t.Helper()
	return summarize(t, peers(), synth.Options{Codebook: peerCodebook(), CodebookOnly: true, Codings: &synth.Codings{Codes: codes}})
}

// themesOf are the codes of one of the six records.
func themesOf(sum *synth.Summary, n int) []string {
	for _, r := range sum.Records {
		if r.ID == peers()[n].ID() {
			return r.Themes
		}
	}
	return nil
}

func TestWhatPersonsSettledTakesThePlaceOfTheTerms(t *testing.T) {
	pay := []string{"conditions", "pay"}
	for name, c := range map[string]struct {
		codes []synth.PersonCode
		want  []string
	}{
		"nobody read it":                           {nil, pay},
		"one coder settles nothing":                {[]synth.PersonCode{code("ab", 5, "training")}, pay},
		"two who agree settle it":                  {[]synth.PersonCode{code("ab", 5, "training"), code("kd", 5, "training")}, []string{"training"}},
		"two who differ leave it to the terms":     {[]synth.PersonCode{code("ab", 5, "training"), code("kd", 5, "pay")}, pay},
		"two who found nothing":                    {[]synth.PersonCode{code("ab", 5, ""), code("kd", 5, "")}, nil},
		"an adjudicator adds":                      {[]synth.PersonCode{settle(code("mr", 5, "training"), false)}, []string{"conditions", "pay", "training"}},
		"an adjudicator takes away":                {[]synth.PersonCode{settle(code("mr", 5, "pay"), true)}, nil},
		"an adjudicator against two":               {[]synth.PersonCode{code("ab", 5, "training"), code("kd", 5, "training"), settle(code("mr", 5, "training"), true)}, nil},
		"a wider theme goes with its narrower":     {[]synth.PersonCode{settle(code("mr", 5, "conditions"), true)}, nil},
		"a narrower theme brings its wider one":    {[]synth.PersonCode{settle(code("mr", 5, "pay"), true), settle(code("mr", 5, "supervision"), false)}, []string{"conditions", "supervision"}},
		"a narrower theme outweighs a wider one":   {[]synth.PersonCode{settle(code("mr", 5, "conditions"), true), settle(code("mr", 5, "supervision"), false)}, []string{"conditions", "supervision"}},
		"agreed on the wider, not on the narrower": {[]synth.PersonCode{code("ab", 2, "pay"), code("kd", 2, "supervision")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			n := 5
			if len(c.codes) > 0 {
				n = slices.IndexFunc(peers(), func(r *record.Record) bool { return r.ID() == c.codes[0].Record })
			}
			got := themesOf(codedWith(t, c.codes...), n)
			if n == 2 {
				assert.Equal(t, []string{"conditions"}, got)
				return
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAnExclusiveCodebookKeepsWhatPersonsSettled(t *testing.T) {
	cb := &synth.Codebook{Name: "first", Exclusive: true, Themes: []synth.Theme{{Name: "pay", Terms: []string{"wages"}}, {Name: "sector", Terms: []string{"voluntary"}}}}
	sum := summarize(t, peers(), synth.Options{Codebook: cb, CodebookOnly: true, Codings: &synth.Codings{Codes: []synth.PersonCode{settle(code("mr", 5, "sector"), false)}}})
	assert.Equal(t, []string{"sector"}, themesOf(sum, 5))
}

func TestWhoCodedWhatStandsInTheSummary(t *testing.T) {
	sum := codedWith(t, code("ab", 0, "pay"), code("kd", 0, "pay"), code("kd", 0, "training"), settle(code("mr", 0, "training"), false), code("ab", 1, ""))
	for _, k := range themeOf(t, sum, "pay").Codings {
		if k.Record == peers()[0].ID() {
			assert.Equal(t, []string{"ab", "kd"}, k.Coders)
			assert.NotEmpty(t, k.Terms, "terms explain it as well")
		}
	}
	for _, k := range themeOf(t, sum, "training").Codings {
		if k.Record == peers()[0].ID() {
			assert.Equal(t, []string{"kd", "mr"}, k.Coders)
		}
	}
	require.NotNil(t, sum.Coders)
	assert.Equal(t, []synth.CoderCount{{Coder: "ab", Records: 2, Codes: 1}, {Coder: "kd", Records: 1, Codes: 2}, {Coder: "mr", Codes: 1, Adjudicated: 1}}, sum.Coders.Coders)
	assert.Equal(t, []synth.Disagreement{{Record: peers()[0].ID(), Theme: "training", Yes: []string{"kd"}, No: []string{"ab"}, Found: true, By: "mr"}}, sum.Coders.Disagreements)
	assert.Contains(t, sum.Methods(), "Records were also coded by ab, kd and mr; what two or more agreed on or an adjudicator settled took the place of the terms, 0 disagreements of 1 remained open.")
	roundTrip(t, sum)
	s := readSchema(t, "summary.json")
	assert.Empty(t, s.faults(s, generic(t, sum), ""))
}

func TestAPassageThatAPersonMarkedIsQuoted(t *testing.T) {
	sum := codedWith(t, settle(mark(t, "mr", 1, "discrimination", "Nurses doubted the boundaries"), false))
	th := themeOf(t, sum, "discrimination")
	require.Len(t, th.Evidence, 1)
	assert.Equal(t, "Nurses doubted the boundaries of the role and asked for joint training.", th.Evidence[0].Text)
	assert.Empty(t, th.Evidence[0].Terms)
}

func TestAgreementIsTakenByRecordAndBySentence(t *testing.T) {
	sum := codedWith(t,
		mark(t, "ab", 0, "pay", "low pay"), mark(t, "kd", 0, "pay", "reported low pay and few hours"),
		mark(t, "ab", 0, "supervision", "supervision"), mark(t, "kd", 0, "training", "Training"),
		mark(t, "ab", 1, "training", "joint training"), mark(t, "kd", 1, "training", "joint training"),
		code("ab", 2, ""), code("kd", 2, ""))
	k := sum.Coders
	require.NotNil(t, k.ByRecord)
	require.NotNil(t, k.BySentence)
	of := func(a *synth.Agreement, theme string) synth.ThemeAgreement {
		for _, th := range a.Themes {
			if th.Theme == theme {
				return th
			}
		}
		return a.All
	}
	pay := of(k.ByRecord, "pay").Pairs[0]
	assert.Equal(t, "ab", pay.A)
	assert.Equal(t, 3, pay.Kappa.N)
	assert.InDelta(t, 1, pay.Kappa.Value, 1e-9)
	assert.InDelta(t, 2.0/3, of(k.ByRecord, "supervision").Pairs[0].Kappa.Observed, 1e-9)
	assert.Equal(t, 18, k.ByRecord.All.Pairs[0].Kappa.N, "three records by six themes")
	sentences := of(k.BySentence, "pay").Pairs[0].Kappa
	assert.InDelta(t, 1, sentences.Value, 1e-9, "two passages in one sentence are one sentence")
	assert.Greater(t, sentences.N, 9)
	assert.Less(t, k.BySentence.All.Alpha.Value, 1.0)
	assert.Contains(t, k.ByRecord.String(), "Pay, ab and kd: 100 % agreement, kappa 1.00 over 3 records\n")
	assert.Contains(t, k.BySentence.String(), "all themes together, ab and kd: ")

	whole := codedWith(t, code("ab", 0, "pay"), code("kd", 0, "pay"))
	assert.Nil(t, whole.Coders.BySentence, "who codes records says nothing of sentences")
	alone := codedWith(t, code("ab", 0, "pay"))
	assert.Nil(t, alone.Coders.ByRecord)
	assert.Equal(t, "no record was read by two coders\n", alone.Coders.ByRecord.String())
}

func TestThreeCodersHaveAnAlpha(t *testing.T) {
	sum := codedWith(t, code("ab", 0, "pay"), code("kd", 0, "pay"), code("mr", 0, "pay"), code("ab", 1, "pay"), code("kd", 1, ""), code("mr", 2, "training"), code("ab", 2, ""))
	for _, th := range sum.Coders.ByRecord.Themes {
		if th.Theme == "pay" {
			assert.Len(t, th.Pairs, 3)
			assert.Equal(t, 3, th.Alpha.Raters)
			assert.Equal(t, 7, th.Alpha.Ratings)
		}
	}
	assert.Contains(t, sum.Coders.ByRecord.String(), "Pay, 3 coders: alpha ")
}

func TestAFaultInCodingsIsNamedWithItsPlace(t *testing.T) {
	id := string(peers()[0].ID())
	for name, c := range map[string]struct{ in, want string }{
		"a misspelt key":       {`{"codes":[{"coder":"ab","rekord":"x"}]}`, `codes[0].rekord: unknown key "rekord"; did you mean "record"?`},
		"another version":      {`{"schema":2,"codes":[]}`, "schema: version 2 is not known"},
		"no coder":             {`{"codes":[{"record":"x","theme":"pay"}]}`, "codes[0].coder: a name or initials were expected"},
		"no record":            {`{"codes":[{"coder":"ab","theme":"pay"}]}`, "codes[0].record: the ID of a record was expected"},
		"absent without theme": {`{"codes":[{"coder":"ab","record":"x","absent":true}]}`, "codes[0].theme: an entry that is absent or adjudicated names its theme"},
		"a passage of notes":   {`{"codes":[{"coder":"ab","record":"x","theme":"pay","span":{"field":"notes","start":0,"end":1,"text":"x"}}]}`, "codes[0].span.field"},
		"a passage too long":   {`{"codes":[{"coder":"ab","record":"x","theme":"pay","span":{"field":"title","start":0,"end":9,"text":"x"}}]}`, "codes[0].span: bytes 0 to 9, and a text of 1 bytes"},
		"settled in two ways":  {`{"codes":[{"coder":"a","record":"x","theme":"pay","adjudicated":true},{"coder":"b","record":"x","theme":"pay","adjudicated":true,"absent":true}]}`, `is settled the other way in codes[`},
		"an absent passage":    {`{"codes":[{"coder":"ab","record":"x","theme":"pay","absent":true,"span":{"field":"title","start":0,"end":1,"text":"x"}}]}`, "codes[0].span: a passage is coded with a theme that applies"},
	} {
		_, err := synth.ParseCodings([]byte(c.in), "codes.json")
		require.ErrorContains(t, err, c.want, name)
		assert.ErrorContains(t, err, "codes.json: ", name)
	}
	for name, c := range map[string]struct{ in, want string }{
		"a theme of no codebook": {`{"codes":[{"coder":"ab","record":"` + id + `","theme":"pey"}]}`, `codes[0].theme: no theme "pey"; did you mean "pay"?`},
		"another codebook":       {`{"codebook":"other","codes":[]}`, `codebook: the codes are of "other", the codebook is "theme-of-work"`},
		"a passage elsewhere":    {`{"codes":[{"coder":"ab","record":"` + id + `","theme":"pay","span":{"field":"title","start":0,"end":1,"text":"x"}}]}`, `title 0–1: "x", coded by ab, does not stand there`},
	} {
		codings, err := synth.ParseCodings([]byte(c.in), "codes.json")
		require.NoError(t, err, name)
		_, err = synth.Summarize(context.Background(), peers(), synth.Options{Codebook: peerCodebook(), Codings: codings})
		assert.ErrorContains(t, err, c.want, name)
	}
	_, err := synth.Summarize(context.Background(), peers(), synth.Options{Codings: &synth.Codings{}})
	assert.ErrorContains(t, err, "there is no codebook")
}

func TestCodesOfOtherRecordsAreCountedAndThoseOfMembersFound(t *testing.T) {
	sum := codedWith(t, synth.PersonCode{Coder: "ab", Record: "r1-elsewhere", Theme: "pay"})
	assert.Contains(t, sum.Notes, "codes of persons for records that are not here: 1")
	all := peers()
	all[5].Members = []record.Member{{ID: "r1-member"}}
	k := settle(synth.PersonCode{Coder: "mr", Record: "r1-member", Theme: "training"}, false)
	sum = summarize(t, all, synth.Options{Codebook: peerCodebook(), CodebookOnly: true, Codings: &synth.Codings{Codes: []synth.PersonCode{k}}})
	for _, r := range sum.Records {
		if r.ID == all[5].ID() {
			assert.Contains(t, r.Themes, "training")
		}
	}
}

func TestVerifyFindsCodersThatWereChanged(t *testing.T) {
	codes := []synth.PersonCode{code("ab", 0, "pay"), code("kd", 0, "training"), settle(code("mr", 5, "training"), false)}
	for name, c := range map[string]struct {
		spoil func(*synth.Summary)
		want  string
	}{
		"a coder put in":          {func(s *synth.Summary) { s.Themes[1].Codings[0].Coders = []string{"zz"} }, "the codings given say"},
		"a disagreement less":     {func(s *synth.Summary) { s.Coders.Disagreements = nil }, "coders: counts, agreement or disagreements differ"},
		"a kappa":                 {func(s *synth.Summary) { s.Coders.ByRecord.All.Pairs[0].Kappa.Value = 1 }, "coders: counts, agreement or disagreements differ"},
		"codings taken away":      {func(s *synth.Summary) { s.Options.Codings = nil }, "coders: the summary has no codings of persons"},
		"a code that was settled": {func(s *synth.Summary) { s.Options.Codings.Codes[0].Theme = "networks" }, "the codings given say"},
	} {
		sum := codedWith(t, codes...)
		c.spoil(sum)
		assert.ErrorContains(t, sum.Verify(peers()), c.want, name)
	}
}

// In whatever order persons' codes come, the summary has the same bytes and
// verifies.
func TestTheOrderOfCodesDoesNotMatter(t *testing.T) {
	themes := []string{"", "conditions", "pay", "supervision", "training", "networks", "discrimination"}
	one := rapid.Custom(func(t *rapid.T) synth.PersonCode {
		k := code(rapid.SampledFrom([]string{"ab", "kd", "mr"}).Draw(t, "coder"), rapid.IntRange(0, 5).Draw(t, "record"), rapid.SampledFrom(themes).Draw(t, "theme"))
		k.Absent = k.Theme != "" && rapid.IntRange(0, 3).Draw(t, "absent") == 0
		return k
	})
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfN(one, 0, 14).Draw(t, "codes")
		turned := slices.Clone(codes)
		slices.Reverse(turned)
		var texts []string
		for _, list := range [][]synth.PersonCode{codes, turned} {
			sum, err := synth.Summarize(context.Background(), peers(), synth.Options{Codebook: peerCodebook(), CodebookOnly: true, Codings: &synth.Codings{Codes: list}})
			require.NoError(t, err)
			require.NoError(t, sum.Verify(peers()))
			data, err := json.Marshal(sum)
			require.NoError(t, err)
			texts = append(texts, string(data))
			var back synth.Summary
			require.NoError(t, json.Unmarshal(data, &back))
			require.Equal(t, sum, &back)
		}
		require.Equal(t, texts[0], texts[1])
	})
}

func TestCodingsAreWhatTheirSchemaSays(t *testing.T) {
	s := readSchema(t, "codings.json")
	k := synth.Codings{Schema: 1, Codebook: "theme-of-work", Codes: []synth.PersonCode{
		mark(t, "ab", 0, "pay", "low pay"), settle(code("mr", 0, "training"), true), code("kd", 1, ""),
	}}
	k.Codes[1].Note = "the training is of others"
	assert.Empty(t, s.faults(s, generic(t, k), ""))
	data, err := json.Marshal(k)
	require.NoError(t, err)
	back, err := synth.ParseCodings(data, "codes.json")
	require.NoError(t, err)
	assert.Equal(t, &k, back)
}

func FuzzParseCodings(f *testing.F) {
	f.Add([]byte(`{"schema":1,"codes":[{"coder":"ab","record":"x","theme":"pay","span":{"field":"title","start":0,"end":1,"text":"x"}}]}`))
	f.Add([]byte(`{"codes":[{"coder":"a","record":"r","theme":"pay","adjudicated":true,"absent":true}]}`))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if k, err := synth.ParseCodings(data, "f"); err == nil {
			_, _ = synth.Summarize(context.Background(), peers(), synth.Options{Codebook: peerCodebook(), CodebookOnly: true, Codings: k})
		}
	})
}
