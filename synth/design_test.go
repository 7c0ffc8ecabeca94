package synth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func TestTheDesignOfARecordIsTheFirstThatApplies(t *testing.T) {
	for name, c := range map[string]struct {
		title, abstract string
		types           []string
		kind            record.Kind
		want            string
	}{
		"a trial by its type":                        {title: "Peer support after discharge", types: []string{"Journal Article", "randomized controlled trial"}, want: "randomised-trial"},
		"a trial by its methods":                     {title: "Peer support after discharge", abstract: "Adults were randomly assigned to peer support or usual care.", want: "randomised-trial"},
		"a trial in British spelling":                {title: "Peer support: cluster randomised", want: "randomised-trial"},
		"a protocol of a trial":                      {title: "Peer support after discharge: protocol for a randomised controlled trial", abstract: "Adults will be randomised.", want: "protocol"},
		"an entry in a register":                     {title: "Peer support after discharge", abstract: "Randomised, open.", kind: record.TrialRegister, want: "protocol"},
		"a review of trials":                         {title: "Peer support: a systematic review of randomised controlled trials", want: "systematic-review"},
		"a scoping review":                           {title: "What is a peer worker? A scoping review", want: "scoping-review"},
		"a narrative review":                         {title: "Supervision: a narrative review", want: "review"},
		"a review of medical records is no review":   {title: "Falls on wards: a chart review of two years", want: ""},
		"peer review is no review":                   {title: "Blinded peer review of manuscripts", want: ""},
		"a comparison without chance":                {title: "Peer support", abstract: "In this non-randomised study two wards were compared.", want: "non-randomised-trial"},
		"a sample at random is no trial":             {title: "Peer support", abstract: "We surveyed a random sample of nurses.", want: "cross-sectional"},
		"a cohort":                                   {title: "Burnout among nurses: a two-year cohort study", want: "cohort"},
		"a case-control study":                       {title: "Falls on wards: a case-control study", want: "case-control"},
		"a survey":                                   {title: "Views of nurses", abstract: "A cross-sectional questionnaire was used.", want: "cross-sectional"},
		"a qualitative study":                        {title: "Views of nurses", abstract: "Focus groups were held and analysed thematically.", want: "qualitative"},
		"mixed methods before either":                {title: "Views of nurses: a mixed methods study", abstract: "Interviews and a survey.", want: "mixed-methods"},
		"one patient":                                {title: "Catatonia after a fall: a case report", abstract: "No placebo was given.", want: "case-report"},
		"an economic evaluation":                     {title: "Cost-effectiveness of peer support", want: "economic"},
		"a letter":                                   {title: "Peer support", types: []string{"Letter"}, want: "comment"},
		"an editorial on trials":                     {title: "Randomised trials of peer support", types: []string{"Editorial"}, want: "comment"},
		"what others should do is no design":         {title: "Peer support", abstract: "METHODS: Peers spoke. CONCLUSIONS: A randomised controlled trial should follow.", want: ""},
		"what others did is no design":               {title: "Peer support", abstract: "BACKGROUND: Randomised trials were inconclusive. METHODS: Semi-structured interviews were held.", want: "qualitative"},
		"nothing is said":                            {title: "The peer in the room", want: ""},
		"the type decides where the text says other": {title: "Peer support: a survey of reviews", types: []string{"Meta-Analysis"}, want: "systematic-review"},
	} {
		t.Run(name, func(t *testing.T) {
			r := invented(1, 2000, c.title, c.abstract, c.types...)
			r.Kind = c.kind
			sum := summarize(t, []*record.Record{r}, synth.Options{CodebookOnly: true})
			assert.Equal(t, c.want, sum.Records[0].Design)
		})
	}
}

func TestADesignCodebookOfOnesOwnReplacesTheBuiltIn(t *testing.T) {
	own := &synth.Codebook{Schema: 1, Name: "our-designs", Exclusive: true, Themes: []synth.Theme{
		{Name: "trial", Title: "Trial", Terms: []string{"randomly"}, Themes: []synth.Theme{{Name: "pilot", Terms: []string{"pilot"}}}},
		{Name: "other", Terms: []string{"peer*"}},
	}}
	sum := summarize(t, peers(), synth.Options{Design: own, Codebook: peerCodebook()})
	tab := sum.Table(synth.ByTheme, synth.ByDesign)
	assert.Equal(t, []synth.Heading{{Name: "trial", Title: "Trial"}, {Name: "pilot", Depth: 1}, {Name: "other"}, {Name: "not-stated", Title: "not stated", NotStated: true}}, tab.Cols)
	assert.Equal(t, 2, tab.ColTotals[0].Count)
}
