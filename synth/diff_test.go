package synth_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func TestEqualSummariesDoNotDiffer(t *testing.T) {
	opts := synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}}
	sum := summarize(t, crowd(), opts)
	again := summarize(t, crowd(), opts)
	c := synth.Diff(sum, again)
	assert.True(t, c.Empty())
	assert.Equal(t, "no change\n", c.String())
	assert.Equal(t, synth.Changes{Schema: synth.ChangesSchema}, c)
	assert.True(t, synth.Diff(nil, nil).Empty())
	assert.True(t, synth.Diff(nil, &synth.Summary{}).Empty())
}

func TestAnUpdateSaysWhatItBrought(t *testing.T) {
	opts := synth.Options{Codebook: peerCodebook(), CodebookOnly: true}
	before := summarize(t, peers(), opts)
	later := peers()[1:]
	later[0].Abstract = record.NewAbstract("RESULTS: Nurses wished for better pay.")
	later = append(later, invented(7, 2020, "Pay of peer workers in three countries", "RESULTS: Pay differed between countries."))
	after := summarize(t, later, opts)
	c := synth.Diff(before, after)
	assert.Equal(t, []synth.RecordRef{{ID: later[5].ID(), Title: "Pay of peer workers in three countries", Year: 2020}}, c.Added)
	assert.Equal(t, []synth.RecordRef{{ID: peers()[0].ID(), Title: peers()[0].Title, Year: 2009}}, c.Gone)
	assert.Contains(t, c.Recoded, synth.Recoding{Record: later[0].ID(), Title: later[0].Title, What: "theme", Gone: []string{"supervision", "training"}, Added: []string{"pay"}})
	assert.Contains(t, c.Counts, synth.CountChange{Name: "last_year", Before: 2016, After: 2020})
	var pay synth.ThemeChange
	for _, th := range c.Themes {
		if th.Name == "pay" {
			pay = th
		}
	}
	assert.Equal(t, 3, pay.Before)
	assert.Equal(t, 4, pay.After)
	assert.Equal(t, []record.ID{peers()[0].ID()}, pay.Gone)
	assert.ElementsMatch(t, []record.ID{later[0].ID(), later[5].ID()}, pay.Added)
	assert.Equal(t, synth.ClaimChange{Before: "Pay: 3 of 6 records (2009–2016)", After: "Pay: 4 of 6 records (2011–2020)"}, pay.Claims[0])
	assert.Contains(t, texts(pay.NewQuotes), "RESULTS: Pay differed between countries.")
	assert.Contains(t, texts(pay.GoneQuotes), "Peer support workers reported low pay and few hours.")
	for _, line := range []string{
		"1 record added\n  Pay of peer workers in three countries (2020)\n",
		"1 record gone\n",
		"Colleagues' views of peer support workers: theme no longer supervision, no longer training, now pay\n",
		"theme Pay: 3 → 4\n  2 records added, 1 record gone, ",
		"  Pay: 4 of 6 records (2011–2020) (was Pay: 3 of 6 records (2009–2016))\n",
	} {
		assert.Contains(t, c.String(), line)
	}
}

func texts(quotes []synth.Quote) []string {
	var out []string
	for _, q := range quotes {
		out = append(out, q.Text)
	}
	return out
}

func TestAnotherCodebookIsNamedAndItsThemesAreNewOrGone(t *testing.T) {
	cb := peerCodebook()
	cb.Themes = append(cb.Themes[1:], synth.Theme{Name: "hours", Title: "Hours", Terms: []string{"hours"}})
	c := synth.Diff(summarize(t, peers(), synth.Options{Codebook: peerCodebook(), CodebookOnly: true}), summarize(t, peers(), synth.Options{Codebook: cb, CodebookOnly: true}))
	fates := map[string]synth.Fate{}
	for _, th := range c.Themes {
		fates[th.Name] = th.Fate
	}
	assert.Equal(t, map[string]synth.Fate{"hours": synth.NewTheme, "conditions": synth.GoneTheme, "pay": synth.GoneTheme, "supervision": synth.GoneTheme}, fates)
	assert.Equal(t, []string{"codebook", "notes"}, c.Other)
	assert.Contains(t, c.String(), "theme Hours: new, with 1\n")
	assert.Contains(t, c.String(), "theme Pay: gone, with 3\n")
	assert.Contains(t, c.String(), "also changed: codebook and notes\n")
}

// withFound is a summary of records r0 … r29 with these found themes.
func withFound(themes ...[]int) *synth.Summary {
	s := &synth.Summary{}
	id := func(n int) record.ID { return record.ID("r" + string(rune('A'+n))) }
	for i := range 30 {
		s.Records = append(s.Records, synth.CodedRecord{ID: id(i)})
	}
	for k, th := range themes {
		f := synth.FoundTheme{Label: "theme " + string(rune('a'+k))}
		for _, n := range th {
			f.Records = append(f.Records, id(n))
		}
		s.Found = append(s.Found, f)
	}
	return s
}

func span(from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

func TestFoundThemesAreMatchedByTheirRecords(t *testing.T) {
	for name, c := range map[string]struct {
		before, after *synth.Summary
		want          string
	}{
		"the same in another order": {withFound(span(0, 10), span(10, 20)), withFound(span(10, 20), span(0, 10)), "continued 2→1, continued 1→2"},
		"grown by a few":            {withFound(span(0, 10)), withFound(span(0, 14)), "continued 1→1"},
		"shrunk by half":            {withFound(span(0, 10)), withFound(span(0, 5)), "continued 1→1"},
		"merged":                    {withFound(span(0, 10), span(10, 16)), withFound(span(0, 16)), "merged 1,2→1"},
		"split":                     {withFound(span(0, 16)), withFound(span(0, 9), span(9, 16)), "split 1→1,2"},
		"new":                       {withFound(span(0, 10)), withFound(span(0, 10), span(20, 25)), "new →2"},
		"gone":                      {withFound(span(0, 10), span(20, 25)), withFound(span(0, 10)), "gone 2→"},
		"no record in common":       {withFound(span(0, 10)), withFound(span(10, 20)), "new →1, gone 1→"},
		"a few strays":              {withFound(span(0, 10), span(10, 20)), withFound(append(span(0, 8), 19), append(span(10, 19), 8, 9)), "continued 1→1, continued 2→2"},
		"regrouped":                 {withFound(span(0, 10), span(10, 20)), withFound(append(span(0, 5), span(10, 15)...), append(span(5, 10), span(15, 20)...)), "regrouped 1,2→1,2"},
	} {
		var got []string
		for _, f := range synth.Diff(c.before, c.after).Found {
			var a, b []string
			for _, r := range f.Before {
				a = append(a, string(rune('0'+r.Number)))
			}
			for _, r := range f.After {
				b = append(b, string(rune('0'+r.Number)))
			}
			got = append(got, string(f.Fate)+" "+strings.Join(a, ",")+"→"+strings.Join(b, ","))
		}
		assert.Equal(t, c.want, strings.Join(got, ", "), name)
	}
	f := synth.Diff(withFound(span(0, 10)), withFound(span(0, 8))).Found[0]
	assert.InDelta(t, 0.8, f.Jaccard, 1e-9)
}

func TestRecordsThatAnUpdateBringsDoNotMakeAThemeAnother(t *testing.T) {
	before, after := withFound(span(0, 6)), withFound(span(0, 30))
	before.Records = before.Records[:6]
	f := synth.Diff(before, after).Found[0]
	assert.Equal(t, synth.Continued, f.Fate)
	assert.InDelta(t, 1, f.Jaccard, 1e-9)
	assert.Len(t, f.Added, 24)
}

func TestStatementsThatChangeAreNamed(t *testing.T) {
	all := signed()
	before := summarize(t, all, synth.Options{Codebook: peerCodebook()})
	after := summarize(t, all, synth.Options{Codebook: peerCodebook()})
	_, err := synth.Phrase(context.Background(), after, all, synth.Template{})
	require.NoError(t, err)
	c := synth.Diff(before, after)
	assert.Equal(t, []string{"phrasing"}, c.Other)
	assert.Equal(t, after.Themes[0].Statements, c.Themes[0].NewStatements)
	assert.Contains(t, c.String(), "theme Conditions of work: 4 as before\n  5 statements new\n")
}

func TestChangesAreWhatTheirSchemaSays(t *testing.T) {
	s := readSchema(t, "changes.json")
	all := crowd()
	opts := synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}}
	before := summarize(t, all, opts)
	after := summarize(t, all[2:], opts)
	_, err := synth.Phrase(context.Background(), after, all[2:], synth.Template{})
	require.NoError(t, err)
	for _, c := range []synth.Changes{synth.Diff(before, after), synth.Diff(after, before), synth.Diff(before, before), synth.Diff(nil, after)} {
		assert.Empty(t, s.faults(s, generic(t, c), ""))
		data, err := json.Marshal(c)
		require.NoError(t, err)
		var back synth.Changes
		require.NoError(t, json.Unmarshal(data, &back))
		assert.Equal(t, c, back)
	}
}

// Whatever two summaries are, nothing that differs goes without a word, and the
// reverse of a difference has what is added and gone the other way round.
func TestADifferenceIsSaidOneWayAndTheOther(t *testing.T) {
	all := crowd()
	one := rapid.Custom(func(t *rapid.T) *synth.Summary {
		var some []*record.Record
		for _, r := range all {
			if rapid.IntRange(0, 4).Draw(t, "kept") > 0 {
				some = append(some, r)
			}
		}
		cb := peerCodebook()
		if rapid.Bool().Draw(t, "another codebook") {
			cb.Themes = cb.Themes[1:]
		}
		sum, err := synth.Summarize(context.Background(), some, synth.Options{Codebook: cb, EvidencePerTheme: rapid.IntRange(1, 3).Draw(t, "evidence")})
		require.NoError(t, err)
		return sum
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := one.Draw(t, "a"), one.Draw(t, "b")
		there, back := synth.Diff(a, b), synth.Diff(b, a)
		require.Equal(t, assert.ObjectsAreEqual(a, b), there.Empty())
		require.Equal(t, there.Added, back.Gone)
		require.Equal(t, there.Gone, back.Added)
		require.Len(t, back.Themes, len(there.Themes))
		require.Equal(t, there.String(), synth.Diff(a, b).String())
		before, after := map[int]bool{}, map[int]bool{}
		for _, f := range there.Found {
			for _, r := range f.Before {
				require.False(t, before[r.Number], "a theme is named once")
				before[r.Number] = true
			}
			for _, r := range f.After {
				require.False(t, after[r.Number], "a theme is named once")
				after[r.Number] = true
			}
		}
	})
}
