package roles_test

import (
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

func TestAModelThatIsWrittenIsReadAgain(t *testing.T) {
	var x roles.Extractor
	own, _, _ := x.Features("Results", 0, 1)
	row := roles.Row{ID: own[0].ID, Weights: [roles.Labels]float32{-1, 0, 0.5, 2, 1}}
	m := &roles.Model{Steps: chain.New(roles.Labels), Sharpness: 1, Sure: 0.5}
	m.Steps.Values[0] = 0.25
	data, err := m.Encode([]roles.Row{row})
	require.NoError(t, err)
	again, err := roles.Decode(data)
	require.NoError(t, err)
	assert.Equal(t, m.Steps, again.Steps)
	assert.Equal(t, 1, again.Features())
	assert.Equal(t, float32(0.5), again.Sure)
	got := again.Assign([]string{"Results of the visits"}, nil)
	assert.Equal(t, roles.Results, got[0].Role)
}

func TestADamagedModelIsAnError(t *testing.T) {
	data, err := os.ReadFile("weights.bin")
	require.NoError(t, err)
	_, err = roles.Decode(data)
	require.NoError(t, err)
	for _, n := range []int{0, 3, 8, 200, 70_000, len(data) - 1} {
		_, err := roles.Decode(data[:n])
		assert.Error(t, err, "%d bytes of it", n)
	}
	_, err = roles.Decode(append([]byte("roles/9\n"), data[8:]...))
	assert.ErrorContains(t, err, "train it again")
}

func TestAModelTooFullToWriteIsAnError(t *testing.T) {
	m := &roles.Model{Steps: chain.New(roles.Labels)}
	var rows []roles.Row
	for i := range uint32(math.MaxUint8 + 1) {
		rows = append(rows, roles.Row{ID: 7<<16 | i})
	}
	_, err := m.Encode(rows)
	assert.ErrorContains(t, err, "keep fewer features")
}

func TestAModelThatIsNotThereKnowsWhatIsKnown(t *testing.T) {
	var m *roles.Model
	assert.Equal(t, []roles.Guess{{}, {Role: roles.Methods, Probability: 1, Sure: true}},
		m.Assign([]string{"We asked.", "We asked again."}, []roles.Role{roles.None, roles.Methods}))
}
