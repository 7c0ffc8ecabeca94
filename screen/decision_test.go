package screen_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/query"
)

func TestWhatTheStageSettlesIsNotSaidToBeARules(t *testing.T) {
	r := &record.Record{Key: "k", Title: "t"}
	for verdict, by := range map[screen.Verdict]string{screen.Undecided: screen.ByRule, screen.Include: screen.ByStage, screen.Exclude: screen.ByStage} {
		plan := two(t, verdict)
		d, err := plan.Settle("one", r, nil)
		require.NoError(t, err)
		assert.Equal(t, by, d.By)
		assert.Empty(t, d.Rule)
		assert.False(t, d.ByPerson())
		tally, err := plan.TallyOf([]screen.Decision{d})
		require.NoError(t, err)
		out, err := plan.Run(context.Background(), []*record.Record{r}, nil)
		require.NoError(t, err)
		assert.Equal(t, out.Stages, tally, "a log counts it as the run did")

		d, err = plan.Settle("one", r, []screen.Decision{screen.Human("kd", "one", r, screen.Unsure, "")})
		require.NoError(t, err)
		assert.Equal(t, "kd", d.By, "a person who could not tell keeps the name")
	}
}

func TestDecisionsThatNoPersonMadeAreNotTakenForAPersons(t *testing.T) {
	r := &record.Record{Key: "k", Title: "t"}
	plan := two(t, screen.Exclude)
	machine := []screen.Decision{
		{Stage: "one", RecordID: r.ID(), Verdict: screen.Include, By: screen.ByRule, Rule: "of an earlier version"},
		{Stage: "one", RecordID: r.ID(), Verdict: screen.Include, By: screen.ByStage},
	}
	d, err := plan.Settle("one", r, machine)
	require.NoError(t, err)
	assert.Equal(t, screen.Exclude, d.Verdict)
	out, err := plan.Run(context.Background(), []*record.Record{r}, machine)
	require.NoError(t, err)
	assert.Equal(t, 1, out.Stages[0].Excluded)
	assert.Zero(t, out.Stages[0].ByPerson)
	assert.Empty(t, out.Loose)
	tally, err := plan.TallyOf(append(machine, screen.Human("kd", "one", r, screen.Exclude, "a")))
	require.NoError(t, err)
	assert.Equal(t, 1, tally[0].ByPerson, "a person goes before both")
}

func TestADecisionThatTheProtocolDoesNotKnowIsRefused(t *testing.T) {
	r := &record.Record{Key: "Smith2012", Title: "t"}
	plan, err := screen.Compile(screen.Protocol{Reasons: []screen.Reason{{Code: "wrong-population", Text: "P"}}, Stages: []screen.Stage{{Name: "full-text"}}})
	require.NoError(t, err)
	for want, d := range map[string]screen.Decision{
		`the protocol has no stage "ful-text"; did you mean "full-text"?`:                            screen.Human("kd", "ful-text", r, screen.Include, ""),
		`"includ" is not a verdict; did you mean "include"?`:                                         screen.Human("kd", "full-text", r, "includ", ""),
		`reason "wrong-popluation" is not defined in the protocol; did you mean "wrong-population"?`: screen.Human("kd", "full-text", r, screen.Exclude, "wrong-popluation"),
		`reason "wrong population" is not defined in the protocol; did you mean "wrong-population"?`: screen.Human("kd", "full-text", r, screen.Include, "wrong population"),
	} {
		assert.EqualError(t, plan.CheckDecision(d), want)
		_, err := plan.Run(context.Background(), []*record.Record{r}, []screen.Decision{screen.Human("ab", "full-text", r, screen.Include, ""), d})
		assert.EqualError(t, err, "decision 2, by kd on Smith2012: "+want)
	}
	assert.EqualError(t, plan.CheckDecision(screen.Human("kd", "full-text", nil, screen.Include, "")), "the decision names no record")
	for _, d := range []screen.Decision{
		screen.Human("kd", "full-text", r, screen.Exclude, ""), screen.Human("kd", "full-text", r, screen.Include, "wrong-population"),
		screen.Human("kd", "full-text", r, screen.Unsure, ""), plan.Decide("full-text", r),
	} {
		assert.NoError(t, plan.CheckDecision(d))
	}
}

func TestNoRecordIsAnErrorOrPassedOverAndNeverAPanic(t *testing.T) {
	plan := onRule(t, screen.Condition{Terms: []string{"peer"}})
	r := &record.Record{Key: "k", Title: "t"}
	d := plan.Decide("s", nil)
	assert.False(t, d.Settled())
	assert.Equal(t, "there is no record", d.Why)
	_, err := plan.Settle("s", nil, nil)
	assert.ErrorContains(t, err, "no record")
	_, err = plan.Run(context.Background(), []*record.Record{r, nil}, nil)
	assert.EqualError(t, err, "screening: records[1] is nil")
	_, err = plan.Select(context.Background(), []*record.Record{nil}, nil)
	assert.EqualError(t, err, "selecting what is reported: records[0] is nil")
	assert.Empty(t, screen.Human("kd", "s", nil, screen.Include, "").RecordID)
	found, err := screen.NewFinder([]*record.Record{nil, r}).Find("key:k")
	require.NoError(t, err)
	assert.Same(t, r, found)
	assert.Equal(t, []record.Study{{ID: string(r.ID()), Reports: []record.ID{r.ID()}}}, screen.Studies([]*record.Record{nil, r}, nil))

	terms, err := query.Compile([]string{"peer"})
	require.NoError(t, err)
	assert.Empty(t, terms.In(nil))
	assert.Equal(t, []string{"", "peer", ""}, []string{terms.Term(-1), terms.Term(0), terms.Term(1)})
}
