package screen_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/query"
)

// onRule compiles a protocol with one rule, which excludes by its condition.
func onRule(t testing.TB, cond screen.Condition) *screen.Plan {
	t.Helper()
	plan, err := screen.Compile(screen.Protocol{
		Title:   "one rule",
		Reasons: []screen.Reason{{Code: "out", Text: "out"}},
		Stages:  []screen.Stage{{Name: "s", Rules: []screen.Rule{{Name: "r", If: cond, Then: screen.Exclude, Reason: "out"}}}},
	})
	require.NoError(t, err)
	return plan
}

func TestAConditionAnswersYesNoOrCannotSay(t *testing.T) {
	full := &record.Record{Title: "Peer work in prisons", Abstract: record.Abstract{Text: "A randomised trial of mentors."},
		Date: record.Date{Year: 2012}, Languages: []string{"en"}, Types: []string{"Randomized Controlled Trial"}, Kind: record.JournalArticle}
	bare := &record.Record{Title: "Peer work in prisons"}
	const yes, no, unsure = "yes", "no", "cannot say"
	for name, c := range map[string]struct {
		cond       screen.Condition
		full, bare string
	}{
		"a term that stands there":         {screen.Condition{Terms: []string{"peer work*"}}, yes, yes},
		"a term that could be elsewhere":   {screen.Condition{Terms: []string{"trial"}}, yes, unsure},
		"a term that is nowhere":           {screen.Condition{Terms: []string{"nurse*"}}, no, unsure},
		"a term in the title alone":        {screen.Condition{Terms: []string{"trial"}, Fields: []record.Field{record.FieldTitle}}, no, no},
		"a term in a field that is empty":  {screen.Condition{Terms: []string{"trial"}, Fields: []record.Field{record.FieldNotes}}, unsure, unsure},
		"a flag that is not there":         {screen.Condition{Terms: []string{"retracted"}, Fields: []record.Field{record.FieldFlags}}, no, no},
		"a flag or a note":                 {screen.Condition{Terms: []string{"retracted"}, Fields: []record.Field{record.FieldFlags, record.FieldNotes}}, no, no},
		"a flag or a word of the abstract": {screen.Condition{Terms: []string{"retracted"}, Fields: []record.Field{record.FieldFlags, record.FieldAbstract}}, no, unsure},
		"two of three terms":               {screen.Condition{Terms: []string{"peer", "trial", "nurse"}, AtLeast: 2}, yes, unsure},
		"three of three terms":             {screen.Condition{Terms: []string{"peer", "trial", "nurse"}, AtLeast: 3}, no, unsure},
		"a year in the range":              {screen.Condition{Years: &screen.Years{From: 2010, To: 2012}}, yes, unsure},
		"a year before the range":          {screen.Condition{Years: &screen.Years{From: 2013}}, no, unsure},
		"a year after the range":           {screen.Condition{Years: &screen.Years{To: 2011}}, no, unsure},
		"a language by its name":           {screen.Condition{Languages: []string{"English"}}, yes, unsure},
		"another language":                 {screen.Condition{Languages: []string{"de", "fre"}}, no, unsure},
		"a type in other letters":          {screen.Condition{Types: []string{"randomized controlled trial"}}, yes, unsure},
		"a kind":                           {screen.Condition{Kinds: []record.Kind{record.Thesis}}, no, unsure},
		"a field that is there":            {screen.Condition{Present: []record.Field{record.FieldAbstract}}, yes, no},
		"a field that is not there":        {screen.Condition{Missing: []record.Field{record.FieldAbstract}}, no, yes},
		"not of a yes":                     {screen.Condition{Not: &screen.Condition{Languages: []string{"en"}}}, no, unsure},
		"not of a no":                      {screen.Condition{Not: &screen.Condition{Languages: []string{"de"}}}, yes, unsure},
		"all, one unsure":                  {screen.Condition{All: []screen.Condition{{Terms: []string{"peer"}}, {Languages: []string{"en"}}}}, yes, unsure},
		"all, one no":                      {screen.Condition{All: []screen.Condition{{Missing: []record.Field{record.FieldTitle}}, {Languages: []string{"en"}}}}, no, no},
		"any, one yes":                     {screen.Condition{Any: []screen.Condition{{Terms: []string{"peer"}}, {Languages: []string{"de"}}}}, yes, yes},
		"any, one unsure":                  {screen.Condition{Any: []screen.Condition{{Languages: []string{"de"}}, {Missing: []record.Field{record.FieldTitle}}}}, no, unsure},
		"a search that finds it":           {screen.Condition{Search: &query.Search{Text: "(mentor* adj3 random*).ab."}}, yes, unsure},
		"a search of titles":               {screen.Condition{Search: &query.Search{Dialect: query.PubMed, Text: "mentor*[ti]"}}, no, no},
		"a search of several lines":        {screen.Condition{Search: &query.Search{Text: "1. peer.ti.\n2. limit 1 to yr=\"2012\""}}, yes, unsure},
		"several parts together":           {screen.Condition{Terms: []string{"peer"}, Years: &screen.Years{From: 2000}}, yes, unsure},
	} {
		// A rule tells yes from the rest; its denial tells no from the rest.
		answer := func(r *record.Record) string {
			cond := c.cond
			switch {
			case onRule(t, cond).Decide("s", r).Verdict == screen.Exclude:
				return yes
			case onRule(t, screen.Condition{Not: &cond}).Decide("s", r).Verdict == screen.Exclude:
				return no
			}
			return unsure
		}
		assert.Equal(t, c.full, answer(full), "%s, of a full record", name)
		assert.Equal(t, c.bare, answer(bare), "%s, of a record with a title alone", name)
	}
}

func TestARecordWithoutFlagsLacksNothing(t *testing.T) {
	plan := onRule(t, screen.Condition{Terms: []string{"retracted"}, Fields: []record.Field{record.FieldFlags}})
	r := &record.Record{Title: "Peer work"}
	assert.Equal(t, "no rule applies", plan.Decide("s", r).Why)
	r.Flags.Retracted = true
	assert.Equal(t, screen.Exclude, plan.Decide("s", r).Verdict)
}

func TestADecisionPointsAtWhatItRestsOn(t *testing.T) {
	r := &record.Record{Key: "k", Title: "Peer work", Abstract: record.Abstract{Text: "Peer workers were interviewed."}, Languages: []string{"en", "no"}}
	d := onRule(t, screen.Condition{Terms: []string{"peer work*"}, Languages: []string{"no"}}).Decide("s", r)
	require.Len(t, d.Evidence, 2, "the first place of each term, and the language")
	for _, s := range d.Evidence {
		assert.True(t, s.In(r), "%+v", s)
	}
	assert.Equal(t, record.Span{Field: record.FieldLanguages, Item: 1, Start: 0, End: 2, Text: "no"}, d.Evidence[1])
	assert.Equal(t, "rule “r”: title “Peer work”, languages “no”", d.Why)
	assert.Equal(t, r.ID(), d.RecordID)
}

func TestTheFirstRuleThatHoldsDecides(t *testing.T) {
	plan, err := screen.Parse([]byte(`{"title":"x","reasons":[{"code":"a","text":"A"},{"code":"b","text":"B"}],"stages":[{"name":"s","rules":[
		{"name":"keep trials","if":{"types":["Clinical Trial"]},"then":"include"},
		{"name":"old","if":{"years":{"to":1999}},"then":"exclude","reason":"a"},
		{"name":"no abstract","if":{"missing":["abstract"]},"then":"exclude","reason":"b"}]}]}`), "p")
	require.NoError(t, err)
	old := &record.Record{Title: "t", Date: record.Date{Year: 1990}}
	assert.Equal(t, "old", plan.Decide("s", old).Rule)
	old.Types = []string{"Clinical Trial"}
	assert.Equal(t, screen.Include, plan.Decide("s", old).Verdict)
	d := plan.Decide("full-text", old)
	assert.False(t, d.Settled())
	assert.Contains(t, d.Why, `the protocol has no stage of this name; known are s`)
}

func TestAFaultInAProtocolIsNamedByItsPath(t *testing.T) {
	for text, want := range map[string]string{
		`{"title":"x","stages":[{"name":"a","rulez":[]}]}`: `protocol.json: line 1, column 42: stages[0].rulez: unknown key "rulez"; did you mean "rules"?`,
		`{"title":"x","reasons":[{"code":"wrong-population","text":"P"}],"stages":[{"name":"a","rules":[{"name":"r","if":{"terms":["x"]},"then":"exclude","reason":"wrong-popluation"}]}]}`: `stages[0].rules[0].reason: "wrong-popluation" is not defined; did you mean "wrong-population"?`,
		`{"title":"x","stages":[]}`:                                                                                                       `stages: a protocol needs at least one stage`,
		`{"title":"x","stages":[{"name":"a"},{"name":"a"}]}`:                                                                              `stages[1].name: "a" is the name of an earlier stage`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{},"then":"include"}]}]}`:                                           `stages[0].rules[0].if: the condition is empty`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"terms":["*x"]},"then":"include"}]}]}`:                             `stages[0].rules[0].if.terms: term 1, "*x"`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"any":[{"terms":["a"],"fields":["titel"]}]},"then":"include"}]}]}`: `stages[0].rules[0].if.any[0].fields[0]: "titel" is not a field of a record; did you mean "title"?`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"years":{"from":2020,"to":2010}},"then":"include"}]}]}`:            `the range 2020 to 2010 is empty`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"terms":["a"]},"then":"maybe"}]}]}`:                                `stages[0].rules[0].then: "maybe" is not a verdict of a rule`,
		`{"title":"x","stages":[{"name":"a","undecided":"exclude"}]}`:                                                                     `stages[0].undecided_reason: "" is not defined`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"kinds":["book","theses"]},"then":"include"}]}]}`:                  `stages[0].rules[0].if.kinds[1]: "theses" is not a kind of work; did you mean "thesis"?`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"not":{"languages":["en","Englsh"]}},"then":"include"}]}]}`:        `stages[0].rules[0].if.not.languages[1]: "Englsh" is not a language; did you mean "english"?`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"languages":["qqqqqqq"]},"then":"include"}]}]}`:                    `languages[0]: "qqqqqqq" is not a language; its English name or its code in ISO 639 was expected`,
		`{"title":"x","stages":[{"name":"a"}],"report":{"cap":-1}}`:                                                                       `report.cap: -1 is below 0`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"search":{"text":"(peer adj3 .ti."}},"then":"include"}]}]}`:        `stages[0].rules[0].if.search.text: line 1, column 12: a field with no term before it`,
		`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"search":{"text":" "}},"then":"include"}]}]}`:                      `stages[0].rules[0].if.search: the search has no text`,
		`{"schema":9,"title":"x","stages":[{"name":"a"}]}`:                                                                                `schema: version 9 is not known`,
	} {
		_, err := screen.Parse([]byte(text), "protocol.json")
		require.Error(t, err, text)
		assert.ErrorContains(t, err, want)
		assert.True(t, strings.HasPrefix(err.Error(), "protocol.json: "), err)
	}
	_, err := screen.Load(filepath.Join(t.TempDir(), "none.json"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// two is a protocol of two stages that persons decide.
func two(t testing.TB, undecided screen.Verdict) *screen.Plan {
	t.Helper()
	plan, err := screen.Compile(screen.Protocol{
		Title:    "two stages",
		Reasons:  []screen.Reason{{Code: "a", Text: "A"}, {Code: "b", Text: "B"}},
		Arbiters: []string{"mn"},
		Stages:   []screen.Stage{{Name: "one", Undecided: undecided, UndecidedReason: "b"}, {Name: "two"}},
	})
	require.NoError(t, err)
	return plan
}

func TestPersonsAreSettledAsTheFieldDoes(t *testing.T) {
	r := &record.Record{Key: "k", Title: "t"}
	say := func(by string, v screen.Verdict, reason string) screen.Decision {
		return screen.Human(by, "one", r, v, reason)
	}
	for name, c := range map[string]struct {
		people  []screen.Decision
		verdict screen.Verdict
		reason  string
		by      string
	}{
		"one person decides":                  {[]screen.Decision{say("kd", screen.Exclude, "a")}, screen.Exclude, "a", "kd"},
		"two agree":                           {[]screen.Decision{say("kd", screen.Include, ""), say("ab", screen.Include, "")}, screen.Include, "", "kd, ab"},
		"two exclude, the first reason":       {[]screen.Decision{say("kd", screen.Exclude, ""), say("ab", screen.Exclude, "b")}, screen.Exclude, "b", "kd, ab"},
		"two disagree":                        {[]screen.Decision{say("kd", screen.Include, ""), say("ab", screen.Exclude, "a")}, screen.Undecided, "", "kd, ab"},
		"an arbiter settles it":               {[]screen.Decision{say("kd", screen.Include, ""), say("ab", screen.Exclude, "a"), say("mn", screen.Exclude, "b")}, screen.Exclude, "b", "mn"},
		"a person's last word counts":         {[]screen.Decision{say("kd", screen.Include, ""), say("kd", screen.Exclude, "a")}, screen.Exclude, "a", "kd"},
		"one who is unsure does not count":    {[]screen.Decision{say("kd", screen.Unsure, ""), say("ab", screen.Include, "")}, screen.Include, "", "ab"},
		"only unsure ones leave it open":      {[]screen.Decision{say("kd", screen.Unsure, "")}, screen.Undecided, "", "kd"},
		"an unsure arbiter settles nothing":   {[]screen.Decision{say("kd", screen.Include, ""), say("ab", screen.Exclude, "a"), say("mn", screen.Unsure, "")}, screen.Undecided, "", "kd, ab, mn"},
		"nobody decides":                      {nil, screen.Undecided, "", screen.ByRule},
		"a reason for including is no reason": {[]screen.Decision{say("kd", screen.Include, "a")}, screen.Include, "", "kd"},
	} {
		d, err := two(t, screen.Undecided).Settle("one", r, c.people)
		require.NoError(t, err)
		assert.Equal(t, c.verdict, d.Verdict, name)
		assert.Equal(t, c.reason, d.Reason, name)
		if name != "one who is unsure does not count" {
			assert.Equal(t, c.by, d.By, name)
		}
	}
	_, err := two(t, screen.Undecided).Settle("three", r, nil)
	assert.ErrorContains(t, err, `no stage "three"`)
}

func TestAStageSaysWhatBecomesOfUndecidedRecords(t *testing.T) {
	r := &record.Record{Key: "k", Title: "t"}
	for undecided, want := range map[screen.Verdict]string{screen.Undecided: "1/0/0/1", screen.Include: "1/1/0/0", screen.Exclude: "1/0/1/0"} {
		out, err := two(t, undecided).Run(context.Background(), []*record.Record{r}, nil)
		require.NoError(t, err)
		s := out.Stages[0]
		assert.Equal(t, want, strings.Join([]string{digit(s.Entered), digit(s.Included), digit(s.Excluded), digit(s.Undecided)}, "/"), undecided)
		assert.Equal(t, s.Included, out.Stages[1].Entered)
	}
}

func digit(n int) string { return string(rune('0' + n)) }

func TestADecisionAboutAMemberCountsForTheMergedRecord(t *testing.T) {
	a, b := &record.Record{Title: "a"}, &record.Record{Title: "b"}
	merged := &record.Record{Title: "a", Members: []record.Member{{ID: a.ID()}, {ID: b.ID()}}}
	out, err := two(t, screen.Undecided).Run(context.Background(), []*record.Record{merged},
		[]screen.Decision{screen.Human("kd", "one", b, screen.Exclude, "a"), screen.Human("kd", "two", &record.Record{Title: "z"}, screen.Include, "")})
	require.NoError(t, err)
	assert.Equal(t, 1, out.Stages[0].Excluded)
	assert.Equal(t, merged.ID(), out.Settled[0].RecordID)
	require.Len(t, out.Loose, 1, "a decision about a record that is not there is handed back")
}

func TestTheFileOfDecisionsIsReadRowByRow(t *testing.T) {
	records := []*record.Record{
		{Key: "Smith2012", Title: "Peer work", DOI: "10.5555/a"},
		{Key: "x", Title: "Other", PMID: "99000001"},
		{Key: "y", Title: "Twice"}, {Key: "z", Title: "Twice"},
	}
	plan := two(t, screen.Undecided)
	got, err := plan.ReadDecisions(strings.NewReader(`record,stage,by,verdict,reason,note,date
doi:10.5555/A,one,kd,Include,,,2025-07-01
pmid:99000001,one,kd,exclude,a,"a note, with a comma",
key:Smith2012,two,ab,no,b,,
Smith2012,two,ab,unsure,,,
10.5555/a,two,ab,yes,,,
title:PEER WORK,one,kd,in,,,
key:nobody,one,kd,include,,,
title:twice,one,kd,include,,,
x,three,kd,include,,,
x,one,kd,perhaps,,,
x,one,kd,exclude,c,,
x,one,,include,,,
x,one,rule,include,,,
`), "d.csv", records)
	require.Error(t, err)
	assert.Len(t, got, 6)
	assert.Equal(t, screen.Decision{Stage: "one", RecordID: records[1].ID(), Key: "x", Verdict: screen.Exclude, Reason: "a", By: "kd", Note: "a note, with a comma", Protocol: plan.Hash()}, got[1])
	assert.Equal(t, strings.TrimSpace(`
d.csv:8: no record is called "key:nobody"
d.csv:9: "title:twice" is the name of several records
d.csv:10: the protocol has no stage "three"; known are one, two
d.csv:11: "perhaps" is not a verdict; include, exclude or unsure was expected
d.csv:12: reason "c" is not defined in the protocol; did you mean "a"?
d.csv:13: the column by is empty; whose decision is it?
d.csv:14: the column by holds "rule", which is what decisions of the protocol itself carry; a person was expected`), err.Error())

	for text, want := range map[string]string{
		"":                                 `the file is empty; a header with the columns record, stage`,
		"record,stage,by,verdikt\n":        `d.csv:1: column "verdikt" is not known; did you mean "verdict"?`,
		"record,by,verdict\n":              `the column "stage" is missing, and the protocol has 2 stages`,
		"stage,by,verdict\n":               `the column "record" is missing`,
		"record,stage,by,verdict\na,b\n":   `wrong number of fields`,
		"record,stage,by,verdict\n\"a,b\n": `extraneous or missing`,
	} {
		_, err := plan.ReadDecisions(strings.NewReader(text), "d.csv", records)
		assert.ErrorContains(t, err, want)
	}
}

func TestReportsOfOneStudyAreGrouped(t *testing.T) {
	trial := record.Registration{Registry: "ISRCTN", ID: "ISRCTN00000001"}
	rs := []*record.Record{
		{Title: "protocol", Registrations: []record.Registration{trial}},
		{Title: "alone"},
		{Title: "results", Registrations: []record.Registration{trial}},
		{Title: "follow-up"},
	}
	got := screen.Studies(rs, [][2]record.ID{{rs[2].ID(), rs[3].ID()}, {rs[1].ID(), "r1-none"}})
	require.Len(t, got, 2)
	assert.Equal(t, []record.ID{rs[0].ID(), rs[2].ID(), rs[3].ID()}, got[0].Reports)
	assert.Equal(t, []record.ID{rs[1].ID()}, got[1].Reports)
	assert.Empty(t, screen.Studies(nil, nil))
}

func TestACancelledRunSaysWhereItStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := two(t, screen.Include).Run(ctx, []*record.Record{{Title: "t"}}, nil)
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorContains(t, err, "stage one")
}

// The order of the records changes no number and no decision.
func TestTheOrderOfRecordsDoesNotMatter(t *testing.T) {
	plan := onRule(t, screen.Condition{Terms: []string{"peer"}})
	rapid.Check(t, func(t *rapid.T) {
		var records []*record.Record
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			records = append(records, &record.Record{Title: rapid.SampledFrom([]string{"peer", "nurse", ""}).Draw(t, "title"), Date: record.Date{Year: 2000 + i}})
		}
		a, err := plan.Run(context.Background(), records, nil)
		require.NoError(t, err)
		b, err := plan.Run(context.Background(), rapid.Permutation(records).Draw(t, "order"), nil)
		require.NoError(t, err)
		assert.Equal(t, a.Stages, b.Stages)
		assert.ElementsMatch(t, a.Settled, b.Settled)
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"title":"x","stages":[{"name":"a","rules":[{"name":"r","if":{"terms":["a"]},"then":"include"}]}]}`))
	f.Add([]byte(`{"stages":[{"if":{"not":{"not":{}}}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, err := screen.Parse(data, "fuzz")
		if err != nil {
			return
		}
		for _, s := range plan.Stages() {
			plan.Decide(s, &record.Record{Title: "a title", Date: record.Date{Year: 2000}})
		}
	})
}
