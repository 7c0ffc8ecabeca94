package synth_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// quoted summarises one record about visits, and gives its quotes by their words.
func quoted(t *testing.T, r *record.Record) (*synth.Summary, map[string]synth.Quote) {
	t.Helper()
	cb := &synth.Codebook{Name: "visits", Themes: []synth.Theme{{Name: "visits", Definition: "Visits by volunteers.", Terms: []string{"visits"}}}}
	sum, err := synth.Summarize(t.Context(), []*record.Record{r}, synth.Options{Codebook: cb})
	require.NoError(t, err)
	require.NoError(t, sum.Verify([]*record.Record{r}))
	out := map[string]synth.Quote{}
	for _, q := range sum.Themes[0].Evidence {
		out[q.Text] = q
	}
	return sum, out
}

const (
	visitsWhy   = "Loneliness is common among older people who live alone, and little is known of what helps."
	visitsWho   = "We randomly assigned 240 adults aged 70 years or older to weekly visits or usual care for 12 months."
	visitsFound = "The mean loneliness score was 3.2 points lower with visits (95% CI 1.1 to 5.3, p = 0.003)."
	visitsMean  = "Our findings suggest that visits by volunteers may reduce loneliness in later life."
)

func TestAQuoteOfAnAbstractWithoutHeadingsHasItsRoleFromTheModel(t *testing.T) {
	_, quotes := quoted(t, &record.Record{Title: "Loneliness", Abstract: record.NewAbstract(visitsWhy + " " + visitsWho + " Loneliness was measured with a questionnaire. " + visitsFound + " No harm was seen. " + visitsMean)})
	for text, role := range map[string]record.Category{visitsWho: record.Methods, visitsFound: record.Results, visitsMean: record.Conclusions} {
		q, ok := quotes[text]
		require.True(t, ok, text)
		assert.Equal(t, role, q.Role, text)
		assert.Equal(t, synth.RoleFromModel, q.RoleFrom, text)
		assert.Empty(t, q.Section)
	}
}

func TestHeadingsWinOverTheModel(t *testing.T) {
	_, quotes := quoted(t, &record.Record{Title: "Loneliness", Abstract: record.NewAbstract("CONCLUSIONS: " + visitsWho + " BACKGROUND: " + visitsMean)})
	assert.Equal(t, record.Conclusions, quotes[visitsWho].Role, "what its words say is methods")
	assert.Equal(t, record.Background, quotes[visitsMean].Role)
	assert.Equal(t, synth.RoleFromLabel, quotes[visitsMean].RoleFrom)
}

func TestOneHeadingWithinASentenceIsALabelToo(t *testing.T) {
	_, quotes := quoted(t, &record.Record{Title: "Loneliness", Abstract: record.NewAbstract(visitsWho + " Results: visits were liked by most of those who had them.")})
	q := quotes["Results: visits were liked by most of those who had them."]
	assert.Equal(t, record.Results, q.Role)
	assert.Equal(t, synth.RoleFromLabel, q.RoleFrom)
	assert.Equal(t, synth.RoleFromModel, quotes[visitsWho].RoleFrom)
}

func TestNoRoleIsMadeUp(t *testing.T) {
	_, quotes := quoted(t, &record.Record{Title: "Regular visits at home", Abstract: record.NewAbstract("Ziel der Studie war es, regelmäßige visits bei älteren Menschen zu untersuchen.")})
	require.NotEmpty(t, quotes)
	for text, q := range quotes {
		assert.Empty(t, q.Role, text)
		assert.Empty(t, q.RoleFrom, text)
	}
	_, quotes = quoted(t, &record.Record{Title: "Loneliness", Languages: []string{"ger"}, Abstract: record.NewAbstract(visitsFound)})
	assert.Empty(t, quotes[visitsFound].Role, "the record says that it is not in English")
}

func TestARoleThatWasChangedIsAFault(t *testing.T) {
	r := &record.Record{Title: "Loneliness", Abstract: record.NewAbstract(visitsWho + " " + visitsFound)}
	sum, _ := quoted(t, r)
	sum.Themes[0].Evidence[0].Role = record.Background
	assert.ErrorContains(t, sum.Verify([]*record.Record{r}), "told again it is")
}
