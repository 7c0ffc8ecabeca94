package flow_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/decisionlog"
)

// library makes n invented records; every fourth is older than the protocol below
// allows.
func library(n int) []*record.Record {
	out := make([]*record.Record, n)
	for i := range out {
		year := 2010
		if i%4 == 3 {
			year = 1990
		}
		out[i] = &record.Record{Key: fmt.Sprintf("r%d", i), Title: fmt.Sprintf("Peer support, part %d", i), Date: record.Date{Year: year}}
		out[i].FixID()
	}
	return out
}

func protocol(stages ...string) screen.Protocol {
	p := screen.Protocol{Schema: 1, Title: "Peer support", Arbiters: []string{"mn"}, Reasons: []screen.Reason{
		{Code: "wrong-year", Text: "Published before 2000"},
		{Code: "wrong-population", Text: "Population is not people in mental health care"},
		{Code: "not-retrieved", Text: "The full text could not be had", NotRetrieved: true},
	}}
	for i, name := range stages {
		s := screen.Stage{Name: name}
		if i == 0 {
			s.Rules = []screen.Rule{{Name: "old", If: screen.Condition{Years: &screen.Years{To: 1999}}, Then: screen.Exclude, Reason: "wrong-year"}}
			s.Undecided = screen.Include
		}
		p.Stages = append(p.Stages, s)
	}
	return p
}

func compiled(t *testing.T, stages ...string) *screen.Plan {
	t.Helper()
	plan, err := screen.Compile(protocol(stages...))
	require.NoError(t, err)
	return plan
}

// logOf screens the records with what persons decided and logs the rest.
func logOf(t *testing.T, plan *screen.Plan, records []*record.Record, people ...screen.Decision) *decisionlog.Log {
	t.Helper()
	lg := decisionlog.New(plan)
	require.NoError(t, lg.Add(people...))
	out, err := lg.Screen(context.Background(), records)
	require.NoError(t, err)
	require.NoError(t, lg.AddOutcome(out))
	return lg
}

// review is twelve records identified, two of them copies, ten screened in two
// stages: two too old, one not retrieved, one excluded by a person, one in
// conflict, one waiting, four included.
func review(t *testing.T) (record.Manifest, *dedupe.Result, *decisionlog.Log) {
	t.Helper()
	all := library(12)
	unique := all[:10]
	res := &dedupe.Result{Records: all, Groups: []dedupe.Group{
		{Records: []*record.Record{all[0], all[10]}}, {Records: []*record.Record{all[1], all[11]}},
	}}
	manifest := record.Manifest{
		{File: "medline.nbib", Database: "MEDLINE", Records: 7},
		{File: "trials.csv", Database: "ClinicalTrials.gov", Register: true, Records: 3},
		{File: "refs.ris", OtherMethod: "citation searching", Records: 2},
	}
	people := []screen.Decision{
		screen.Human("kd", "full-text", unique[0], screen.Exclude, "not-retrieved"),
		screen.Human("kd", "full-text", unique[1], screen.Exclude, "wrong-population"),
		screen.Human("kd", "full-text", unique[2], screen.Include, ""),
		screen.Human("ab", "full-text", unique[2], screen.Exclude, "wrong-population"),
	}
	for _, i := range []int{5, 6, 8, 9} {
		people = append(people, screen.Human("kd", "full-text", unique[i], screen.Include, ""))
	}
	return manifest, res, logOf(t, compiled(t, "title-abstract", "full-text"), unique, people...)
}

func TestEveryBoxOfAReviewInProgressIsFilled(t *testing.T) {
	f, err := flow.Of(review(t))
	require.NoError(t, err)
	assert.Equal(t, 12, f.Identified())
	assert.Equal(t, 2, f.Duplicates)
	require.Len(t, f.Stages, 2)
	screening, fulltext := f.Stages[0], f.Stages[1]
	assert.Equal(t, []int{10, 2, 8, 2, 0}, []int{screening.Entered, screening.Excluded, screening.Included, screening.ByRule, screening.ByPerson})
	assert.False(t, screening.Reports)
	assert.True(t, fulltext.Retrieve)
	assert.Equal(t, []int{8, 1, 7}, []int{fulltext.Entered, fulltext.NotRetrieved, fulltext.Assessed()})
	assert.Equal(t, []flow.Reason{{Code: "wrong-population", Text: "Population is not people in mental health care", Records: 1}}, fulltext.Reasons)
	assert.Equal(t, []int{4, 1, 1}, []int{fulltext.Included, fulltext.Awaiting, fulltext.Conflict})
	assert.False(t, f.Finished())
	assert.NoError(t, f.Check())
}

func TestAFlowOfAnOutcomeIsThatOfTheLog(t *testing.T) {
	manifest, res, lg := review(t)
	want, err := flow.Of(manifest, res, lg)
	require.NoError(t, err)
	out, err := lg.Screen(context.Background(), library(12)[:10])
	require.NoError(t, err)
	got, err := flow.OfOutcome(manifest, res, out)
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

func TestTheErrorNamesTheBoxThatDoesNotAddUp(t *testing.T) {
	all := library(12)
	plan := compiled(t, "title-abstract", "full-text")
	manifest := record.Manifest{{Database: "MEDLINE", Records: 12}}
	res := &dedupe.Result{Records: all, Groups: []dedupe.Group{{Records: all[:2]}}}

	some, err := plan.Run(context.Background(), all[2:], nil)
	require.NoError(t, err)
	_, err = flow.OfOutcome(manifest, res, some)
	assert.ErrorContains(t, err, "records screened: 11 expected from 12 identified − 1 duplicate, the screening has 10; records that came in after")

	lg := logOf(t, plan, all[1:])
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", all[0], screen.Include, "")))
	require.NoError(t, lg.Add(screen.Human("kd", "title-abstract", &record.Record{Title: "Another set"}, screen.Include, "")))
	_, err = flow.Of(manifest, res, lg)
	assert.ErrorContains(t, err, "records screened: 11 expected from 12 identified − 1 duplicate, the log has 12; decisions about records that are not")

	waiting := decisionlog.New(plan)
	for _, r := range all[1:] {
		require.NoError(t, waiting.Add(screen.Human("kd", "title-abstract", r, screen.Include, "")))
	}
	f, err := flow.Of(manifest, res, waiting)
	require.NoError(t, err)
	assert.Equal(t, []int{11, 11}, []int{f.Stages[1].Entered, f.Stages[1].Awaiting}, "a report that nobody has read yet waits; it is not lost")

	_, err = flow.Of(record.Manifest{{Records: 13}}, res, lg)
	assert.EqualError(t, err, "flow: records identified: the files of the manifest hold 13, deduplication was given 12")
	_, err = flow.Of(nil, nil, lg)
	assert.ErrorContains(t, err, "records identified: the manifest names no file")
	_, err = flow.Of(manifest, res, nil)
	assert.ErrorContains(t, err, "no decision log")
	_, err = flow.OfOutcome(manifest, res, nil)
	assert.ErrorContains(t, err, "no outcome")
}

func TestARecordThatTheLogDoesNotKnowIsAwaitingADecision(t *testing.T) {
	all := library(12)
	plan := compiled(t, "title-abstract", "full-text")
	manifest := record.Manifest{{Database: "MEDLINE", Records: 12}}
	res := &dedupe.Result{Records: all, Groups: []dedupe.Group{{Records: all[:2]}}}
	lg := decisionlog.New(plan)
	for _, r := range all[1:] { // a program that logs what the rules settled, and nothing else
		if d := plan.Decide("title-abstract", r); d.Settled() {
			require.NoError(t, lg.Add(d))
		}
	}
	require.NoError(t, lg.Add(screen.Human("kd", "title-abstract", all[7], screen.Include, "")))
	f, err := flow.Of(manifest, res, lg)
	require.NoError(t, err)
	assert.Equal(t, []int{11, 1, 2, 8}, []int{f.Stages[0].Entered, f.Stages[0].Included, f.Stages[0].Excluded, f.Stages[0].Awaiting})
	assert.Contains(t, f.Text(), "Records without a final decision (n = 8)\n      Awaiting a decision (n = 8)\n")
	assert.False(t, f.Finished())
	assert.NoError(t, f.Check())

	f, err = flow.Of(manifest, nil, decisionlog.New(plan))
	require.NoError(t, err, "a review that has only been searched for")
	assert.Equal(t, 12, f.Stages[0].Awaiting)
	_, err = flow.Of(manifest, nil, &decisionlog.Log{})
	assert.ErrorContains(t, err, "no decision log")
}

func TestWhoExcludedStandsInTheHeadingApartFromTheReasons(t *testing.T) {
	for want, s := range map[string]flow.Stage{
		"Records excluded (n = 1,234; 1,200 by rule, 34 by persons)\n":                             {Excluded: 1234, ByRule: 1200, ByPerson: 34},
		"Records excluded (n = 30; 30 by rule)\n":                                                  {Excluded: 30, ByRule: 30},
		"Records excluded (n = 30)\n":                                                              {Excluded: 30, ByPerson: 30},
		"Records excluded (n = 0)\n":                                                               {},
		"Records excluded (n = 9; 7 by persons, 2 by the protocol's default for undecided ones)\n": {Excluded: 9, ByPerson: 7, ByDefault: 2},
	} {
		s.Entered = s.Excluded
		if s.Excluded > 0 {
			s.Reasons = []flow.Reason{{Text: "Too old", Records: s.Excluded}}
		}
		f := &flow.Flow{Databases: []flow.Source{{Name: "MEDLINE", Records: s.Entered}}, Stages: []flow.Stage{s}}
		require.NoError(t, f.Check())
		assert.Contains(t, f.Text(), want)
	}
}

func TestADecisionAboutACopyCountsForTheWork(t *testing.T) {
	all := library(3)
	plan := compiled(t, "title-abstract", "full-text")
	manifest := record.Manifest{{Database: "MEDLINE", Records: 3}}
	res := &dedupe.Result{Records: all, Groups: []dedupe.Group{{Records: all[1:]}}}
	for _, copied := range all[1:] {
		lg := logOf(t, plan, all[:2])
		require.NoError(t, lg.Add(screen.Human("kd", "full-text", copied, screen.Include, "")))
		f, err := flow.Of(manifest, res, lg)
		require.NoError(t, err)
		assert.Equal(t, 1, f.Included())
		assert.Equal(t, 1, f.Stages[1].Awaiting)
	}
}

func TestANumberThatWasChangedIsFound(t *testing.T) {
	f, err := flow.Of(review(t))
	require.NoError(t, err)
	for box, change := range map[string]func(f *flow.Flow){
		"records screened":             func(f *flow.Flow) { f.Duplicates++ },
		"duplicates removed":           func(f *flow.Flow) { f.Duplicates = 99 },
		"reports sought for retrieval": func(f *flow.Flow) { f.Stages[0].Included-- },
		"reports excluded":             func(f *flow.Flow) { f.Stages[1].Reasons = nil },
		"records excluded":             func(f *flow.Flow) { f.Stages[0].ByRule-- },
		"records screened ":            func(f *flow.Flow) { f.Stages[0].Conflict = -1 },
		"reports not retrieved":        func(f *flow.Flow) { f.Stages[1].NotRetrievedReasons = nil },
		"reported":                     func(f *flow.Flow) { n := 5; f.Reported = &n },
		"studies included":             func(f *flow.Flow) { n := 5; f.Studies = &n },
	} {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		changed := &flow.Flow{}
		require.NoError(t, json.Unmarshal(text, changed))
		require.Equal(t, f, changed, "a flow comes back from JSON as it was")
		change(changed)
		assert.ErrorContains(t, changed.Check(), "flow: "+strings.TrimSpace(box)+":")
	}
}

func TestAReviewWithOneStageHasNoReports(t *testing.T) {
	all := library(8)
	f, err := flow.Of(record.Manifest{{File: "a.ris", Records: 8}}, nil, logOf(t, compiled(t, "screening"), all))
	require.NoError(t, err)
	text := f.Text()
	assert.Contains(t, text, "Records screened (n = 8)")
	assert.Contains(t, text, "Records included in review (n = 6)")
	assert.NotContains(t, text, "Reports")
	assert.Contains(t, text, "a.ris (n = 8)", "a search without a name is called by its file")
}

func TestAReviewWithThreeStagesNamesThem(t *testing.T) {
	all := library(8)
	plan := compiled(t, "titles", "abstracts", "full-text")
	var people []screen.Decision
	for i, r := range all {
		people = append(people, screen.Human("kd", "abstracts", r, screen.Include, ""))
		if i == 0 {
			people[i] = screen.Human("kd", "abstracts", r, screen.Exclude, "")
		}
	}
	f, err := flow.Of(record.Manifest{{Database: "MEDLINE", Records: 8}}, nil, logOf(t, plan, all, people...))
	require.NoError(t, err, "decisions of records that an earlier stage left out are in the log")
	assert.Contains(t, f.Text(), "Records screened: titles (n = 8)")
	assert.Contains(t, f.Text(), "Records screened: abstracts (n = 6)")
	assert.Contains(t, f.Text(), "No reason given (n = 1)")
	assert.Contains(t, f.Text(), "Reports sought for retrieval (n = 5)")
	assert.Contains(t, f.Text(), "Reports without a final decision (n = 5)")
	assert.Equal(t, 2, f.Stages[1].Loose, "and are counted apart")
}

func TestStudiesAndSelectionMustFitTheReportsIncluded(t *testing.T) {
	f, err := flow.Of(review(t))
	require.NoError(t, err)
	_, err = f.WithStudies([]record.Study{{ID: "a", Reports: []record.ID{"1", "2"}}})
	assert.EqualError(t, err, "flow: studies included: the 1 study hold 2 reports, the last stage included 4")
	_, err = f.WithSelection(&screen.Selection{Reported: library(2)})
	assert.EqualError(t, err, "flow: reported: 2 reported and 0 left out make 2, the last stage included 4")

	g, err := f.WithStudies([]record.Study{{ID: "a", Reports: []record.ID{"1", "2"}}, {ID: "b", Reports: []record.ID{"3", "4"}}})
	require.NoError(t, err)
	g, err = g.WithSelection(&screen.Selection{Reported: library(3), Left: make([]screen.Left, 1)})
	require.NoError(t, err)
	assert.Nil(t, f.Studies, "the flow itself is not changed")
	assert.Contains(t, g.Text(), "Studies included in review (n = 2)\n  Reports of included studies so far (n = 4)\n    Reported here (n = 3)\n    Included, not reported (n = 1)\n")
	g, err = f.WithSelection(nil)
	require.NoError(t, err)
	assert.Equal(t, f, g)
}

func TestThePictureIsTheSameEachTime(t *testing.T) {
	f, err := flow.Of(review(t))
	require.NoError(t, err)
	suite.Golden(t, "testdata/review.svg", svg(t, f))
	suite.Golden(t, "testdata/review.txt", []byte(f.Text()))
}

func svg(t testing.TB, f *flow.Flow) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.WriteSVG(&b))
	return b.Bytes()
}

func TestThePictureHoldsNothingButText(t *testing.T) {
	hostile := "</text><script>alert(1)</script><image href=\"http://evil.example\"/>\u202e&\x00\x1f\ufffe\xff"
	f := &flow.Flow{Databases: []flow.Source{{Name: hostile, Records: 1}}, Stages: []flow.Stage{{
		Name: hostile, Entered: 1, Excluded: 1, ByRule: 1, Reasons: []flow.Reason{{Text: hostile, Records: 1}}}}}
	require.NoError(t, f.Check())
	picture := svg(t, f)
	allowed := map[string]bool{"svg": true, "title": true, "desc": true, "style": true, "defs": true, "marker": true, "path": true, "rect": true, "text": true}
	d := xml.NewDecoder(bytes.NewReader(picture))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			assert.True(t, allowed[e.Name.Local], e.Name.Local)
		}
	}
	assert.NotContains(t, string(picture), "\u202e")
}

func TestNoTextIsWiderThanItsBox(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &flow.Flow{Databases: []flow.Source{{Name: rapid.String().Draw(t, "name"), Records: 3}}}
		s := flow.Stage{Entered: 3, Excluded: 3, ByPerson: 3}
		s.Reasons = []flow.Reason{{Text: rapid.StringOf(rapid.RuneFrom([]rune("aWi.-/ é精\u0301🙂"))).Draw(t, "reason"), Records: 3}}
		f.Stages = []flow.Stage{s}
		var b bytes.Buffer
		require.NoError(t, f.WriteSVG(&b))
		require.Equal(t, b.Bytes(), func() []byte { var c bytes.Buffer; require.NoError(t, f.WriteSVG(&c)); return c.Bytes() }())
		require.NoError(t, xml.Unmarshal(b.Bytes(), new(struct{})))
	})
}

func TestALongReasonIsCutInThePictureAndItsCountStays(t *testing.T) {
	long := strings.Repeat("no end of words ", 200)
	f := &flow.Flow{Databases: []flow.Source{{Name: "MEDLINE", Records: 12345}}, Stages: []flow.Stage{{
		Entered: 12345, Excluded: 12345, ByPerson: 12345, Reasons: []flow.Reason{{Text: long, Records: 12345}}}}}
	picture := string(svg(t, f))
	_, drawn, _ := strings.Cut(picture, "</desc>")
	assert.Contains(t, drawn, "…")
	assert.Contains(t, drawn, "(n\u00a0=\u00a012,345)")
	assert.Less(t, strings.Count(drawn, "no end"), 40)
	assert.Contains(t, f.Text(), long[:len(long)-1], "the text has it whole")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestAFullDiskIsAnError(t *testing.T) {
	f := &flow.Flow{}
	assert.ErrorContains(t, f.WriteSVG(full{}), "the disk is full")
	assert.ErrorContains(t, f.WriteText(full{}), "the disk is full")
}

func Example() {
	plan, err := screen.Compile(screen.Protocol{
		Title:   "Peer support",
		Reasons: []screen.Reason{{Code: "old", Text: "Published before 2000"}},
		Stages: []screen.Stage{{Name: "title-abstract", Undecided: screen.Include, Rules: []screen.Rule{
			{Name: "old", If: screen.Condition{Years: &screen.Years{To: 1999}}, Then: screen.Exclude, Reason: "old"},
		}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	records := []*record.Record{
		{Title: "Peer support in crisis teams", Date: record.Date{Year: 2014}},
		{Title: "Walking alongside", Date: record.Date{Year: 2017}},
		{Title: "The peer in the room", Date: record.Date{Year: 1987}},
	}
	lg := decisionlog.New(plan)
	out, err := lg.Screen(context.Background(), records)
	if err == nil {
		err = lg.AddOutcome(out)
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fl, err := flow.Of(record.Manifest{{File: "medline.nbib", Database: "MEDLINE", Records: 3}}, nil, lg)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(fl.Text())
	// Output:
	// Identification
	//   Records identified from databases (n = 3)
	//     MEDLINE (n = 3)
	//   → Duplicate records removed before screening (n = 0)
	// Screening
	//   Records screened (n = 3)
	//   → Records excluded (n = 1; 1 by rule)
	//       Published before 2000 (n = 1)
	// Included
	//   Records included in review (n = 2)
}
