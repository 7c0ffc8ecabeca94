package synth_test

import (
	"slices"
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

func TestThemesOfACodebookHaveThePhrasesThatTellTheirTexts(t *testing.T) {
	cb := &synth.Codebook{Schema: synth.CodebookSchema, Name: "c", Themes: []synth.Theme{
		{Name: "hearing", Terms: []string{"hearing loss"}},
		{Name: "fields", Terms: []string{"soil erosion"}, Themes: []synth.Theme{{Name: "yields", Terms: []string{"maize yields"}}}},
		{Name: "pay", Terms: []string{"low pay"}},
	}}
	all := crowd()
	sum := summarize(t, all, synth.Options{Codebook: cb, CodebookOnly: true})
	hearing, fields := themeOf(t, sum, "hearing"), themeOf(t, sum, "fields")
	assert.Equal(t, "hearing loss", hearing.Phrases[0])
	assert.Contains(t, hearing.Phrases, "cochlear implants", "what goes with the term")
	assert.Contains(t, fields.Phrases, "crop rotation", "what goes with it")
	assert.NotContains(t, fields.Phrases, "cochlear implants")
	assert.Empty(t, themeOf(t, sum, "pay").Phrases, "one text shares nothing with another")
	require.NoError(t, sum.Verify(all))
	roundTrip(t, sum)
	assert.Empty(t, summarize(t, all, synth.Options{Codebook: cb, CodebookOnly: true, PhrasesPerRecord: -1}).Themes[0].Phrases)
	assert.Empty(t, sum.Designs[0].Phrases)

	sum.Themes[0].Phrases[0] = "hearing lost"
	assert.ErrorContains(t, sum.Verify(all), `theme hearing: the phrase "hearing lost" stands in no title or abstract of its records`)

	sum.Themes[0].Phrases = slices.Repeat([]string{"hearing lost"}, 9)
	err := sum.Verify(all)
	assert.ErrorContains(t, err, "theme hearing: 9 phrases, at most 8 are given")
	assert.NotContains(t, err.Error(), "hearing lost", "nor are they looked for")
}
