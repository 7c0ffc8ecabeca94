package roles_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/roles"
)

var trial = []string{
	"Loneliness is common among older people who live alone.",
	"The aim of this study was to examine whether visits by volunteers reduce loneliness.",
	"We randomly assigned 240 adults aged 70 years or older to weekly visits or usual care.",
	"Loneliness was measured with a questionnaire at baseline and at 12 months.",
	"The mean score was 3.2 points lower in the intervention group (95% CI 1.1 to 5.3, p = 0.003).",
	"There was no significant difference in the use of services between groups.",
	"Our findings suggest that visits by volunteers may reduce loneliness in later life.",
}

func rolesOf(guesses []roles.Guess) (out []roles.Role) {
	for _, g := range guesses {
		out = append(out, g.Role)
	}
	return out
}

func TestATrialTellsItsParts(t *testing.T) {
	got := roles.Assign(trial, nil)
	// Aims stand under the heading of background as often as under their own.
	assert.Contains(t, []roles.Role{roles.Background, roles.Objective}, got[1].Role)
	got[1].Role = roles.Objective
	assert.Equal(t, []roles.Role{roles.Background, roles.Objective, roles.Methods, roles.Methods, roles.Results, roles.Results, roles.Conclusions}, rolesOf(got))
	for i, g := range got {
		assert.Positive(t, g.Probability, trial[i])
		assert.LessOrEqual(t, g.Probability, 1.0, trial[i])
	}
}

func TestWhatIsKnownIsGivenBackAndHelps(t *testing.T) {
	known := []roles.Role{roles.Background, roles.None, roles.Conclusions}
	got := roles.Assign(trial, known)
	require.Len(t, got, len(trial))
	assert.Equal(t, roles.Guess{Role: roles.Background, Probability: 1, Sure: true}, got[0])
	assert.Equal(t, roles.Guess{Role: roles.Conclusions, Probability: 1, Sure: true}, got[2], "whatever its words are")
	free := roles.Assign(trial, nil)
	assert.NotEqual(t, free[3].Probability, got[3].Probability, "the sentence after it is seen in another light")
}

func TestTextsThatHaveNoPartsAreLeftAlone(t *testing.T) {
	assert.Nil(t, roles.Assign(nil, nil))
	for name, text := range map[string][]string{
		"nothing":        {""},
		"white space":    {" \n\t", "   "},
		"marks":          {"*** --- ???", "()"},
		"numbers":        {"1 2 3 4.5 0.05 12%"},
		"German":         {"Ziel dieser Studie war es, die Wirksamkeit von Besuchen bei älteren Menschen zu untersuchen.", "In die Studie wurden 240 Personen eingeschlossen."},
		"Spanish":        {"El objetivo de este estudio fue evaluar la eficacia de las visitas en personas mayores.", "Los participantes fueron asignados al azar a dos grupos."},
		"French":         {"L’objectif de cette étude était d’évaluer l’efficacité des visites chez les personnes âgées.", "Les participants ont été répartis au hasard en deux groupes."},
		"Portuguese":     {"O objetivo deste estudo foi avaliar a eficácia das visitas em pessoas idosas."},
		"Dutch":          {"Het doel van deze studie was om de werkzaamheid van bezoeken bij ouderen te onderzoeken."},
		"Chinese":        {"目的 评价志愿者探访对老年人孤独感的影响。", "方法 将老年人随机分为两组。"},
		"Russian":        {"Цель исследования состояла в том, чтобы оценить эффективность посещений."},
		"broken UTF-8":   {"\xff\xfe\x80\x81", "\xc3\x28"},
		"NUL characters": {"\x00\x00\x00"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, g := range roles.Assign(text, nil) {
				assert.Equal(t, roles.Guess{}, g)
			}
			assert.Len(t, roles.Assign(text, nil), len(text))
		})
	}
}

func TestWhatIsKnownStandsInAnyLanguage(t *testing.T) {
	got := roles.Assign([]string{"Die Einsamkeit nahm ab."}, []roles.Role{roles.Results})
	assert.Equal(t, []roles.Guess{{Role: roles.Results, Probability: 1, Sure: true}}, got)
}

func TestAMegabyteInOneSentenceAndInTenThousand(t *testing.T) {
	one := strings.Repeat("We measured loneliness in the group of visits and in the other. ", 1<<15)
	require.Greater(t, len(one), 1<<20)
	assert.Len(t, roles.Assign([]string{one}, nil), 1)
	many := make([]string, 10_000)
	for i := range many {
		many[i] = trial[i%len(trial)]
	}
	got := roles.Assign(many, nil)
	require.Len(t, got, len(many))
	for _, g := range got {
		assert.False(t, g.Probability < 0 || g.Probability > 1 || g.Role == roles.None)
	}
}

func TestTheSameTextHasTheSameRoles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.OneOf(rapid.SampledFrom(trial), rapid.String())
		text := rapid.SliceOf(piece).Draw(t, "sentences")
		known := rapid.SliceOf(rapid.SampledFrom([]roles.Role{roles.None, roles.Methods, roles.Results, 77})).Draw(t, "known")
		got := roles.Assign(text, known)
		assert.Len(t, got, len(text))
		assert.Equal(t, got, roles.Assign(text, known))
		for i, g := range got {
			assert.False(t, g.Probability < 0 || g.Probability > 1+1e-9, "%v", g)
			if i < len(known) && known[i] != roles.None && known[i] != 77 {
				assert.Equal(t, known[i], g.Role)
			}
			if g.Sure {
				assert.NotEqual(t, roles.None, g.Role)
			}
		}
	})
}

func TestRolesHaveNames(t *testing.T) {
	assert.Equal(t, "conclusions", roles.Conclusions.String())
	assert.Empty(t, roles.None.String())
	assert.Empty(t, roles.Role(99).String())
}

// The weights are those that the model card tells of: who trains others changes it
// and this sum together.
func TestTheWeightsAreThoseOfTheModelCard(t *testing.T) {
	data, err := os.ReadFile("weights.bin")
	require.NoError(t, err)
	assert.LessOrEqual(t, len(data), 2<<20)
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	card, err := os.ReadFile("../../docs/models/sentence-roles.md")
	require.NoError(t, err)
	assert.Contains(t, string(card), name, "docs/models/sentence-roles.md names the SHA-256 of weights.bin")
}
