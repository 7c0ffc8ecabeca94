package synth_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func quotesOf(t *testing.T, th synth.Theme, most int, all ...*record.Record) []string {
	t.Helper()
	sum := summarize(t, all, synth.Options{Codebook: oneTheme(th), EvidencePerTheme: most})
	var out []string
	for _, q := range sum.Themes[0].Evidence {
		out = append(out, q.Text)
	}
	return out
}

func TestWhatWasFoundIsQuotedBeforeWhatWasKnown(t *testing.T) {
	r := invented(1, 2000, "A study of nurses", "BACKGROUND: Training of nurses differs between the wards. METHODS: Nurses had training of two whole days. RESULTS: After training the nurses made fewer errors.")
	assert.Equal(t, []string{
		"After training the nurses made fewer errors.",
		"Nurses had training of two whole days.",
		"Training of nurses differs between the wards.",
	}, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 3, r))
}

func TestTheEndOfAnAbstractWithoutSectionsIsQuotedBeforeItsBeginning(t *testing.T) {
	r := invented(1, 2000, "A study", "Training of nurses differs between wards. We asked forty nurses in two towns. Training made the nurses more confident.")
	assert.Equal(t, "Training made the nurses more confident.", quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, r)[0])
}

func TestASentenceWithMoreDifferentTermsIsQuotedFirst(t *testing.T) {
	one := invented(1, 2000, "A study", "RESULTS: There was training and training and training again. METHODS: None.")
	two := invented(2, 2000, "B study", "RESULTS: There was training of tutors in every single town. METHODS: None.")
	assert.Equal(t, "There was training of tutors in every single town.", quotesOf(t, synth.Theme{Terms: []string{"training", "tutors"}}, 1, one, two)[0])
}

func TestARarerTermWeighsMore(t *testing.T) {
	var all []*record.Record
	for i := range 9 {
		all = append(all, invented(i, 2000, "A study", fmt.Sprintf("METHODS: None. RESULTS: In town %d the training went well for all.", i)))
	}
	all = append(all, invented(20, 2000, "A study", "METHODS: None. RESULTS: In this town the curriculum went well for all."))
	assert.Equal(t, "In this town the curriculum went well for all.", quotesOf(t, synth.Theme{Terms: []string{"training", "curriculum"}}, 1, all...)[0])
}

func TestEachStudyIsQuotedOnceBeforeAnyIsQuotedTwice(t *testing.T) {
	rich := invented(1, 2000, "A study", "METHODS: None. RESULTS: Training of tutors took two lessons. Tutors with training stayed longer in their posts.")
	poor := invented(2, 2000, "B study", "Training is a word that begins this abstract. Nothing came of it.")
	got := quotesOf(t, synth.Theme{Terms: []string{"training", "tutors"}}, 2, rich, poor)
	require.Len(t, got, 2)
	assert.Equal(t, "Training is a word that begins this abstract.", got[1])
}

func TestNearlyTheSameSentenceIsNotQuotedTwice(t *testing.T) {
	preprint := invented(1, 2000, "A study", "METHODS: None. RESULTS: Most respondents (71%) reported that training was harder on a screen.")
	article := invented(2, 2001, "A study", "METHODS: None. RESULTS: Most respondents (72%) reported that training was harder on a screen.")
	assert.Len(t, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 5, preprint, article), 1)
}

func TestACallForResearchIsNotTheFirstEvidence(t *testing.T) {
	r := invented(1, 2000, "A study", "METHODS: None. RESULTS: Training made the nurses more confident. CONCLUSIONS: Further research on training and tutors is needed.")
	assert.Equal(t, "Training made the nurses more confident.", quotesOf(t, synth.Theme{Terms: []string{"training"}}, 2, r)[0])
}

func TestAQuoteKnowsItsSectionAndItsTerms(t *testing.T) {
	r := invented(1, 2000, "A study", "METHODS: None. RESULTS: Joint training and supervision came late.")
	sum := summarize(t, []*record.Record{r}, synth.Options{Codebook: oneTheme(synth.Theme{Terms: []string{"training", "joint training", "supervis*"}})})
	q := sum.Themes[0].Evidence[0]
	assert.Equal(t, record.Results, q.Section)
	assert.Equal(t, []string{"joint training", "supervis*"}, q.Terms, "a word inside a longer term that was found does not count again")
	assert.Equal(t, q.Text, r.Abstract.Text[q.Start:q.End])
}

func TestAPlanIsQuotedAfterAFindingWhereverItStands(t *testing.T) {
	for _, plan := range []string{
		"CONCLUSIONS: The trial will show whether training helps nurses and their wards.",
		"CONCLUSIONS: The purpose of this study was to compare training of nurses in wards.",
		"CONCLUSIONS: To determine whether training of nurses on the wards is of use.",
		"CONCLUSIONS: Further research on the training of nurses on wards is needed.",
	} {
		finding := "RESULTS: After the training of nurses there were fewer errors on wards."
		one := invented(1, 2000, "A study", "METHODS: None. "+plan)
		two := invented(2, 2000, "B study", "METHODS: None. "+finding)
		assert.Equal(t, "After the training of nurses there were fewer errors on wards.", quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, one, two)[0], plan)
	}
	kept := invented(1, 2000, "A study", "METHODS: None. CONCLUSIONS: To reduce errors, wards turned to training of nurses in pairs.")
	other := invented(2, 2000, "B study", "METHODS: After training of nurses there were some forms for errors on the wards.")
	assert.Contains(t, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, kept, other)[0], "To reduce errors")
}

func TestASentenceWithoutItsBeginningIsQuotedLast(t *testing.T) {
	one := invented(1, 2000, "A study", "METHODS: None. RESULTS: in the year before) and training was offered to few people.")
	two := invented(2, 2000, "B study", "METHODS: None. RESULTS: Hardly any training reached those who worked at night.")
	three := invented(3, 2000, "C study", "METHODS: None. RESULTS: mRNA was measured in tutors before their training began.")
	got := quotesOf(t, synth.Theme{Terms: []string{"training"}}, 3, one, two, three)
	assert.Equal(t, "in the year before) and training was offered to few people.", got[2])
}

func TestAWholeSentenceMayBeginWithASmallLetter(t *testing.T) {
	for _, whole := range []string{
		"β-blockers and training reduced errors of nurses at night.", "α-tocopherol did not add to the training of nurses.",
		"e-learning was the training that helped the nurses most.", "x-rays were fewer after the training of the nurses.",
		"de Quervain's disease was rarer after training of nurses.", "von Willebrand factor rose with the training of nurses.",
		"mRNA rose with the training of nurses at night.", "pH fell with the training of nurses at night.",
	} {
		one := invented(1, 2000, "A study", "RESULTS: None. METHODS: Nurses of two wards had training over three days.")
		two := invented(2, 2000, "B study", "METHODS: None. RESULTS: "+whole)
		assert.Equal(t, whole, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, one, two)[0])
	}
}

func TestAFindingThatBeginsWithItsAimIsNoPlan(t *testing.T) {
	other := invented(2, 2000, "B study", "METHODS: Nurses of two wards had training over three days.")
	aims := []string{
		"To determine whether serum levels were measured after training.",
		"To examine how wards were chosen, and why training was not offered.",
		"To compare nurses who had training with nurses who had none.",
		"To describe training, pay and the errors that we found.",
	}
	for _, finding := range []string{
		"To determine the dose of training, serum levels were measured and fell by half.",
		"To identify cases after training we searched registers and found 40.",
		"To determine whether training was of use, we asked the nurses.",
		"To assess the training of nurses, one ward rose early.",
	} {
		one := invented(1, 2000, "A study", "METHODS: None. RESULTS: "+finding)
		assert.Equal(t, finding, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, one, other)[0])
	}
	for _, aim := range aims {
		one := invented(1, 2000, "A study", "METHODS: None. RESULTS: "+aim)
		assert.NotEqual(t, aim, quotesOf(t, synth.Theme{Terms: []string{"training"}}, 1, one, other)[0])
	}
}
