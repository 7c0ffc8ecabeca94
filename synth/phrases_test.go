package synth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

func phrased() *record.Record {
	return invented(1, 2015, "Peer support workers in acute psychiatric wards", "Peer support workers are employed in many wards. "+
		"We asked how far they reduce seclusion. Job strain of the nursing staff did not change, and the rate of seclusion fell.")
}

func phrasesOf(r synth.CodedRecord) (texts []string) {
	for _, p := range r.Phrases {
		texts = append(texts, p.Text)
	}
	return texts
}

func TestARecordHasKeyPhrasesAtTheirPlaces(t *testing.T) {
	sum := summarize(t, []*record.Record{phrased()}, synth.Options{})
	assert.Equal(t, []string{"Peer support workers", "acute psychiatric wards", "Job strain", "nursing staff", "seclusion"}, phrasesOf(sum.Records[0]))
	assert.Equal(t, record.Span{Field: record.FieldTitle, End: 20, Text: "Peer support workers"}, sum.Records[0].Phrases[0])
	assert.Equal(t, record.FieldAbstract, sum.Records[0].Phrases[2].Field)
	require.NoError(t, sum.Verify([]*record.Record{phrased()}))
	roundTrip(t, sum)
}

func TestNoKeyPhraseIsAPartOfAnother(t *testing.T) {
	r := invented(1, 2015, "Heart failure", "Chronic heart failure was treated. Heart failure is common. Chronic heart failure is costly.")
	assert.Equal(t, []string{"Heart failure"}, phrasesOf(summarize(t, []*record.Record{r}, synth.Options{}).Records[0]))
}

func TestHowManyKeyPhrasesAreGivenIsAsked(t *testing.T) {
	one := []*record.Record{phrased()}
	assert.Equal(t, 5, summarize(t, one, synth.Options{}).Options.PhrasesPerRecord)
	assert.Len(t, summarize(t, one, synth.Options{PhrasesPerRecord: 2}).Records[0].Phrases, 2)
	none := summarize(t, one, synth.Options{PhrasesPerRecord: -3})
	assert.Empty(t, none.Records[0].Phrases)
	assert.Equal(t, -1, none.Options.PhrasesPerRecord)
}

func TestRecordsWithoutEnglishTextHaveNoKeyPhrases(t *testing.T) {
	german := phrased()
	german.Languages = []string{"de"}
	assert.Empty(t, summarize(t, []*record.Record{german}, synth.Options{}).Records[0].Phrases)
	assert.Empty(t, summarize(t, []*record.Record{invented(1, 2015, "", "")}, synth.Options{}).Records[0].Phrases)
	assert.Empty(t, summarize(t, []*record.Record{invented(1, 2015, "Results of the study", "")}, synth.Options{}).Records[0].Phrases,
		"words that any title has")
}

func TestVerifyFindsAKeyPhraseThatDoesNotStandThere(t *testing.T) {
	sum := summarize(t, []*record.Record{phrased()}, synth.Options{})
	sum.Records[0].Phrases[2].Start++
	assert.ErrorContains(t, sum.Verify([]*record.Record{phrased()}), `"Job strain" does not stand there`)
}
