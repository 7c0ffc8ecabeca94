package synth_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// summarize summarises and verifies.
func summarize(t testing.TB, records []*record.Record, opts synth.Options) *synth.Summary {
	t.Helper()
	sum, err := synth.Summarize(context.Background(), records, opts)
	require.NoError(t, err)
	require.NoError(t, sum.Verify(records))
	return sum
}

// oneTheme is a codebook of one theme.
func oneTheme(th synth.Theme) *synth.Codebook {
	th.Name = "theme"
	return &synth.Codebook{Schema: 1, Name: "book", Themes: []synth.Theme{th}}
}

func themeOf(t testing.TB, sum *synth.Summary, name string) synth.ThemeSummary {
	t.Helper()
	for _, th := range sum.Themes {
		if th.Name == name {
			return th
		}
	}
	require.Fail(t, "no theme "+name)
	return synth.ThemeSummary{}
}

func TestATermInTitleAbstractOrKeywordsCodesARecord(t *testing.T) {
	inTitle := invented(1, 2000, "Supervision of nurses", "Nothing else.")
	inAbstract := invented(2, 2000, "A study", "They asked for supervision.")
	inKeywords := invented(3, 2000, "Another study", "Nothing else.")
	inKeywords.Keywords = []string{"nurses", "Supervision, clinical"}
	nowhere := invented(4, 2000, "A fourth study", "Nothing else.")
	all := []*record.Record{inTitle, inAbstract, inKeywords, nowhere}
	sum := summarize(t, all, synth.Options{Codebook: oneTheme(synth.Theme{Terms: []string{"supervis*"}})})

	th := sum.Themes[0]
	assert.ElementsMatch(t, []record.ID{inTitle.ID(), inAbstract.ID(), inKeywords.ID()}, th.Records)
	assert.Equal(t, []record.ID{nowhere.ID()}, sum.Uncoded)
	for _, k := range th.Codings {
		require.Len(t, k.Terms, 1)
		assert.Equal(t, "supervis*", k.Terms[0].Term)
		if k.Record == inKeywords.ID() {
			assert.Equal(t, record.Span{Field: record.FieldKeywords, Item: 1, Start: 0, End: 11, Text: "Supervision"}, k.Terms[0].Span)
		}
	}
	assert.Len(t, th.Evidence, 2, "a keyword codes, but is no sentence to quote")
}

func TestTheHeadingOfASectionIsNoHit(t *testing.T) {
	r := invented(1, 2000, "A study", "METHODS: We asked forty nurses. RESULTS: Results were few.")
	sum := summarize(t, []*record.Record{r}, synth.Options{Codebook: oneTheme(synth.Theme{Terms: []string{"methods", "results"}})})
	k := sum.Themes[0].Codings[0]
	require.Len(t, k.Terms, 1)
	assert.Equal(t, "Results were few.", r.Abstract.Text[k.Terms[0].Start:], "the word in the sentence, not the label before it")
	assert.Equal(t, "Results were few.", sum.Themes[0].Evidence[0].Text, "a quote does not carry the label")
	assert.Equal(t, record.Results, sum.Themes[0].Evidence[0].Section)
}

func TestAForbiddenWordTakesAwayTheHitsOfItsSentenceOnly(t *testing.T) {
	book := oneTheme(synth.Theme{Terms: []string{"recruitment"}, Not: []string{"participants"}})
	of := func(abstract string) int {
		return len(summarize(t, []*record.Record{invented(1, 2000, "A study", abstract)}, synth.Options{Codebook: book}).Themes[0].Records)
	}
	assert.Equal(t, 0, of("Recruitment of participants was slow."))
	assert.Equal(t, 1, of("Recruitment of participants was slow. The recruitment of peer workers was slower."))
	assert.Equal(t, 1, of("Participants were many. Recruitment of peer workers was slow."))
}

func TestATitleTermDoesNotCountInTheAbstract(t *testing.T) {
	book := oneTheme(synth.Theme{TitleTerms: []string{"survey"}})
	inTitle, inAbstract := invented(1, 2000, "A survey of nurses", "Text."), invented(2, 2000, "Nurses", "A survey was made.")
	sum := summarize(t, []*record.Record{inTitle, inAbstract}, synth.Options{Codebook: book})
	assert.Equal(t, []record.ID{inTitle.ID()}, sum.Themes[0].Records)
}

func TestAParentCountsTheRecordsOfItsChildrenOnce(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	conditions, pay, supervision := themeOf(t, sum, "conditions"), themeOf(t, sum, "pay"), themeOf(t, sum, "supervision")
	assert.Len(t, pay.Records, 3)
	assert.Len(t, supervision.Records, 2)
	assert.Len(t, conditions.Records, 4, "one record speaks of both")
	assert.Equal(t, "conditions", pay.Parent)
	assert.Equal(t, 1, pay.Depth)
	both := peers()[0].ID()
	for _, k := range conditions.Codings {
		if k.Record == both {
			assert.Equal(t, []string{"pay", "supervision"}, k.From)
		}
	}
}

func TestAThemeWithoutAnyRecordIsListed(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	th := themeOf(t, sum, "discrimination")
	assert.Empty(t, th.Records)
	assert.Equal(t, "Discrimination: 0 of 6 records", th.Claims[0].Text)
	assert.Contains(t, sum.Notes, "theme-of-work: themes without any record: discrimination")
	assert.Contains(t, strings.Join(sum.Notes, "\n"), `discrimination: discriminat*, prejudice`, "terms that found nothing are named")
}

func TestAPublicationTypeThatNoRecordHasIsNamed(t *testing.T) {
	book := oneTheme(synth.Theme{Types: []string{"Letter", "Clinical trial protocol", "Lettre"}})
	sum := summarize(t, append(peers(), invented(7, 2000, "To the editor", "", "letter ")), synth.Options{Codebook: book})
	assert.Len(t, sum.Themes[0].Records, 2)
	assert.Contains(t, sum.Notes, `book: publication types that no record has: theme: Lettre`)
}

func TestThemesAndTermsThatFindEverythingAreNamed(t *testing.T) {
	var all []*record.Record
	for i := range 12 {
		all = append(all, invented(i, 2000+i, fmt.Sprintf("Study %d of nurses", i), ""))
	}
	sum := summarize(t, all, synth.Options{Codebook: oneTheme(synth.Theme{Terms: []string{"nurses", "stud*"}})})
	notes := strings.Join(sum.Notes, "\n")
	assert.Contains(t, notes, "book: themes that every record has, so that they tell nothing apart: theme")
	assert.Contains(t, notes, `book: terms that stand in every record, so that they tell nothing apart: theme: nurses, stud*`)
}

func TestEveryYearOfTheRangeIsCounted(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook()})
	assert.Equal(t, []synth.YearCount{{2009, 1}, {2010, 0}, {2011, 0}, {2012, 0}, {2013, 0}, {2014, 0}, {2015, 0}, {2016, 2}}, themeOf(t, sum, "pay").Years)
	assert.Equal(t, 2009, sum.Counts.FirstYear)
	assert.Equal(t, 2016, sum.Counts.LastYear)
}

func TestAMisreadYearMakesNoMillionRows(t *testing.T) {
	all := []*record.Record{invented(1, 2009, "A", ""), invented(2, 20090000, "B", ""), invented(3, -5, "C", "")}
	sum := summarize(t, all, synth.Options{})
	assert.Len(t, sum.Counts.Years, 3)
	assert.Contains(t, strings.Join(sum.Notes, "\n"), "look for a misread year")
}

func TestTheReportsOfAStudyCountOnce(t *testing.T) {
	all := peers()
	trial, protocol := all[2].ID(), all[3].ID()
	sum := summarize(t, all, synth.Options{Codebook: peerCodebook(), Studies: []record.Study{{ID: "discharge trial", Reports: []record.ID{protocol, trial, "r1-absent"}}}})
	assert.Equal(t, 6, sum.Counts.Records)
	assert.Equal(t, 5, sum.Counts.Studies)
	assert.Contains(t, sum.Notes, "reports of the studies given that are not among the records: 1")

	networks := themeOf(t, sum, "networks")
	assert.Contains(t, networks.Studies, "discharge trial")
	assert.Equal(t, "Social networks: 2 of 5 studies (2012–2016)", networks.Claims[0].Text, "a study is as old as its first report")

	designs := sum.Table(synth.ByDesign, synth.ByYear)
	assert.Equal(t, 5, designs.Total.Count)
	for i, row := range designs.Rows {
		switch row.Name {
		case "protocol":
			assert.Equal(t, 0, designs.RowTotals[i].Count, "a protocol gives way to its trial")
		case "randomised-trial":
			assert.Equal(t, 1, designs.RowTotals[i].Count)
			assert.ElementsMatch(t, []record.ID{trial, protocol}, designs.RowTotals[i].Records)
		}
	}
}

func TestStudiesThatContradictEachOtherAreAnError(t *testing.T) {
	all := peers()
	a, b := all[0].ID(), all[1].ID()
	for want, studies := range map[string][]record.Study{
		"is a report of study \"x\" and of study \"y\"": {{ID: "x", Reports: []record.ID{a}}, {ID: "y", Reports: []record.ID{a, b}}},
		"two studies have the ID \"x\"":                 {{ID: "x", Reports: []record.ID{a}}, {ID: "x", Reports: []record.ID{b}}},
		"has no ID":                                     {{Reports: []record.ID{a}}},
		"which is not among its reports":                {{ID: string(a), Reports: []record.ID{b}}},
	} {
		_, err := synth.Summarize(context.Background(), all, synth.Options{Studies: studies})
		require.ErrorContains(t, err, want)
	}
}

func TestAMergedRecordBelongsToTheStudyOfAnyMember(t *testing.T) {
	r := invented(1, 2000, "A trial", "")
	r.Members = []record.Member{{ID: "r1-first"}, {ID: "r1-second"}}
	sum := summarize(t, []*record.Record{r}, synth.Options{Studies: []record.Study{{ID: "s", Reports: []record.ID{"r1-second"}}}})
	assert.Equal(t, "s", sum.Records[0].Study)
}

func TestAFaultyCodebookOrAxisIsAnErrorWithItsPlace(t *testing.T) {
	bad := oneTheme(synth.Theme{Terms: []string{"*"}})
	year := peerCodebook()
	year.Name = "year"
	open := synth.Designs()
	open.Exclusive = false
	for want, opts := range map[string]synth.Options{
		`codebook "book": themes[0].terms[0]`:                {Codebook: bad},
		`axis "book": themes[0].terms[0]`:                    {Axes: []*synth.Codebook{bad}},
		`Axes[0]: the name "year" is taken`:                  {Axes: []*synth.Codebook{year}},
		`Axes[1]: the name "perspective" is taken`:           {Axes: []*synth.Codebook{perspectives(), perspectives()}},
		`Axes[0] is nil`:                                     {Axes: []*synth.Codebook{nil}},
		`design codebook "design": exclusive: expected true`: {Design: open},
	} {
		_, err := synth.Summarize(context.Background(), peers(), opts)
		require.ErrorContains(t, err, want)
	}
}

func TestNoRecordsGiveASummaryThatSaysSo(t *testing.T) {
	for _, records := range [][]*record.Record{nil, {}} {
		sum := summarize(t, records, synth.Options{Codebook: peerCodebook()})
		assert.Equal(t, []string{"no records: nothing could be summarised"}, sum.Notes[:1])
		assert.Equal(t, 0, sum.Table(synth.ByTheme, synth.ByDesign).Total.Count)
		assert.Contains(t, sum.Methods(), "0 records were summarised")
		assert.Equal(t, "Training: 0 of 0 records", themeOf(t, sum, "training").Claims[0].Text)
	}
}

func TestRecordsWithoutAbstractAreCodedByTheirTitles(t *testing.T) {
	all := []*record.Record{invented(1, 2000, "Training of nurses", ""), invented(2, 2001, "", "")}
	sum := summarize(t, all, synth.Options{Codebook: peerCodebook()})
	assert.Equal(t, 1, sum.Counts.TitleOnly)
	assert.Equal(t, 1, sum.Counts.NoText)
	assert.Equal(t, "Training of nurses", themeOf(t, sum, "training").Evidence[0].Text)
	assert.Contains(t, sum.Notes, "no record has an abstract: the evidence is titles")
}

func TestIdenticalRecordsAreOneRecordAndNoTheme(t *testing.T) {
	var all []*record.Record
	for range 5000 {
		all = append(all, peers()[0])
	}
	sum := summarize(t, all, synth.Options{Codebook: peerCodebook()})
	assert.Equal(t, 1, sum.Counts.Records)
	assert.Equal(t, 4999, sum.Counts.Copies)
	assert.Empty(t, sum.Found)

	for i := range all { // the same text under other identifiers
		all[i] = invented(i, 2009, peers()[0].Title, peers()[0].Abstract.Text)
	}
	sum = summarize(t, all, synth.Options{Codebook: peerCodebook()})
	assert.Equal(t, 5000, sum.Counts.Records)
	assert.Empty(t, sum.Found, "a text that is said five thousand times is one text")
	assert.Contains(t, strings.Join(sum.Notes, "\n"), "further themes were not looked for: 1 different English texts")
	assert.Len(t, themeOf(t, sum, "pay").Evidence, 2, "the same sentence is quoted once")
}

func TestOneRecordMakesNoTheme(t *testing.T) {
	sum := summarize(t, peers()[:1], synth.Options{})
	assert.Empty(t, sum.Found)
	assert.Empty(t, sum.Themes)
	assert.Empty(t, sum.Uncoded, "without a codebook nothing is left uncoded")
	assert.Equal(t, "qualitative", sum.Records[0].Design)
}

func TestOfCopiesTheOneWithTheLongestAbstractIsRead(t *testing.T) {
	short, long := invented(1, 2000, "A study", "Short."), invented(1, 2000, "A study", "They asked for training.")
	for _, all := range [][]*record.Record{{short, long}, {long, short}} {
		sum := summarize(t, all, synth.Options{Codebook: peerCodebook()})
		assert.Len(t, themeOf(t, sum, "training").Records, 1)
	}
}

func TestRecordsNotInEnglishAreCountedAndSaid(t *testing.T) {
	german := invented(1, 2000, "Genesungsbegleitung: training", "Eine Untersuchung.")
	german.Languages = []string{"de"}
	both := invented(2, 2000, "Training", "")
	both.Languages = []string{"fre", "eng"}
	sum := summarize(t, []*record.Record{german, both}, synth.Options{Codebook: peerCodebook()})
	assert.Equal(t, 1, sum.Counts.NotEnglish)
	assert.Len(t, themeOf(t, sum, "training").Records, 2, "a term that stands in it codes it all the same")
	assert.Contains(t, strings.Join(sum.Notes, "\n"), "records not in English, coded by what the terms find in them, and left out of the search for further themes: 1")
}

func TestAnAbstractOfAMegabyteIsReadInTime(t *testing.T) {
	for name, text := range map[string]string{
		"of one sentence":       strings.Repeat("training and supervision of peers ", 30_000),
		"of many":               strings.Repeat("Training needs pay. ", 50_000),
		"without a blank":       strings.Repeat("training", 125_000),
		"of marks":              strings.Repeat("training.!?", 90_000),
		"of headings":           strings.Repeat("RESULTS: training\nMETHODS: pay\n", 32_000),
		"of bytes of no letter": strings.Repeat("\xff training \xc3 ", 70_000),
	} {
		t.Run(name, func(t *testing.T) {
			book := peerCodebook()
			book.Themes[1].Not = []string{"never", "peers of"}
			begin := time.Now()
			r := invented(1, 2000, "A long one", text)
			read := time.Since(begin)
			sum := summarize(t, []*record.Record{r}, synth.Options{Codebook: book})
			for _, q := range themeOf(t, sum, "training").Evidence {
				assert.LessOrEqual(t, len(q.Text), 600)
			}
			assert.Less(t, time.Since(begin)-read, 20*time.Second)
			roundTrip(t, sum)
		})
	}
}

func TestACancelledContextEndsTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := synth.Summarize(ctx, peers(), synth.Options{})
	require.ErrorIs(t, err, context.Canceled)
}

func TestResolvedOptionsAreKept(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{})
	assert.Equal(t, 10, sum.Options.EvidencePerTheme)
	assert.Equal(t, 20, sum.Options.FoundFrom)
	assert.Equal(t, 3, sum.Options.Version)
	assert.Equal(t, synth.Designs(), sum.Options.Design)
	assert.Equal(t, sum.Options, sum.Options.Resolved(), "resolving again changes nothing")
}

func TestTheCallersCodebookIsNotTheSummarys(t *testing.T) {
	cb := peerCodebook()
	sum := summarize(t, peers(), synth.Options{Codebook: cb})
	cb.Themes[0].Themes[0].Terms[0] = "changed"
	assert.Equal(t, peerCodebook(), sum.Options.Codebook)
}

func TestMethodsAreSaidInNumbers(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}})
	said := sum.Methods()
	assert.Contains(t, said, "6 records were summarised (published 2009–2016).")
	assert.Contains(t, said, "the codebook “Themes of peer support work” (6 themes, 10 terms)")
	assert.Contains(t, said, "coded by “Perspective” (3 categories, 7 terms)")
	assert.Contains(t, said, "up to 10 sentences a theme")
	quiet := summarize(t, peers(), synth.Options{EvidencePerTheme: -1, CodebookOnly: true}).Methods()
	assert.NotContains(t, quiet, "sentences a theme")
	assert.NotContains(t, quiet, "clustering")
}

// roundTrip writes a summary and reads it again.
func roundTrip(t testing.TB, sum *synth.Summary) *synth.Summary {
	t.Helper()
	data, err := json.Marshal(sum)
	require.NoError(t, err)
	again := &synth.Summary{}
	require.NoError(t, json.Unmarshal(data, again))
	require.Equal(t, sum, again)
	return again
}

func TestASummaryComesBackEqualFromJSONAndStillVerifies(t *testing.T) {
	sum := summarize(t, peers(), synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()},
		Studies: []record.Study{{ID: "s", Reports: []record.ID{peers()[0].ID()}}}})
	again := roundTrip(t, sum)
	require.NoError(t, again.Verify(peers()))
	assert.Equal(t, sum.Table(synth.ByTheme, synth.ByDesign), again.Table(synth.ByTheme, synth.ByDesign))
	assert.Equal(t, sum.Methods(), again.Methods())
	require.NoError(t, summarize(t, nil, synth.Options{}).Verify(nil))
	roundTrip(t, summarize(t, nil, synth.Options{}))

	assert.ErrorContains(t, json.Unmarshal([]byte(`{"schema":2}`), again), "schema version 2, expected 1")
}

func TestTheOrderOfTheRecordsDoesNotMatter(t *testing.T) {
	all := crowd()
	opts := synth.Options{Codebook: peerCodebook(), Axes: []*synth.Codebook{perspectives()}}
	want, err := json.Marshal(summarize(t, all, opts))
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(all).Draw(t, "order")
		sum, err := synth.Summarize(context.Background(), order, opts)
		require.NoError(t, err)
		got, err := json.Marshal(sum)
		require.NoError(t, err)
		require.True(t, bytes.Equal(want, got))
	})
}

// crowd is enough records for themes to be found in: three subjects with words
// of their own.
func crowd() []*record.Record {
	subjects := [][]string{
		{"hearing loss", "cochlear implants", "speech recognition", "audiometry", "noise exposure", "tinnitus", "sound fields"},
		{"soil erosion", "crop rotation", "nitrogen run-off", "maize yields", "cover crops", "tillage", "river sediment"},
		{"choir singing", "breath control", "vocal warm-up", "stage fright", "rehearsal time", "pitch accuracy", "concert halls"},
	}
	all := peers()
	for s, words := range subjects {
		for i := range 12 {
			a, b, c, d := words[i%7], words[(i+1)%7], words[(i+2)%7], words[(i*3+4)%7]
			all = append(all, invented(1000+100*s+i, 2000+i, fmt.Sprintf("On %s and %s", a, b),
				fmt.Sprintf("We looked at %s in %d places. There was more %s where %s was measured. In the end %s mattered more than %s.", a, i+3, b, c, d, a)))
		}
	}
	return all
}

func TestThemesNobodyNamedAreFoundAndLabelledByTheirPhrases(t *testing.T) {
	all := crowd()
	sum := summarize(t, all, synth.Options{Codebook: peerCodebook()})
	require.Len(t, sum.Found, 4, "the three subjects and peer support")
	for _, f := range sum.Found[:3] {
		assert.Greater(t, f.Cohesion, 2*f.Apart)
		assert.NotEmpty(t, f.Evidence)
		assert.Contains(t, f.Claims[0].Text, f.Label+": 12 of 42 records")
		subjects := map[int]int{}
		for _, id := range f.Records {
			i := slices.IndexFunc(all, func(r *record.Record) bool { return r.ID() == id })
			subjects[(i-6)/12]++
		}
		assert.Len(t, subjects, 1, "a group is of one subject")
	}
	assert.Equal(t, "hearing loss; sound fields", sum.Found[0].Label)
	assert.Equal(t, "peer support workers", sum.Found[3].Label)
	none := summarize(t, all, synth.Options{Codebook: peerCodebook(), CodebookOnly: true})
	assert.Empty(t, none.Found)
}

func TestARecordThatIsNilIsNamedByItsIndex(t *testing.T) {
	_, err := synth.Summarize(context.Background(), []*record.Record{peers()[0], nil}, synth.Options{})
	assert.EqualError(t, err, "synth: records[1] is nil")
}

func TestTermsThatFindNothingStandUnderTheirTheme(t *testing.T) {
	book := &synth.Codebook{Name: "book", Themes: []synth.Theme{
		{Name: "definitions", Terms: []string{"mutual support", "nurses", "role conflict"}, Types: []string{"Clinical Trial, Phase I", "Lettre"}},
		{Name: "found", Terms: []string{"nurses"}},
		{Name: "implementation", Terms: []string{"rollout"}, TitleTerms: []string{"barriers"}},
	}}
	sum := summarize(t, []*record.Record{{Title: "Training of nurses"}}, synth.Options{Codebook: book})
	assert.Contains(t, sum.Notes, "book: terms that stand in no record: definitions: mutual support, role conflict; implementation: rollout, barriers")
	assert.Contains(t, sum.Notes, `book: publication types that no record has: definitions: "Clinical Trial, Phase I", Lettre`)
}
