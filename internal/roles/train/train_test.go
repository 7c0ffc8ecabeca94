package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/roles/chain"
)

// invented is a set of abstracts in which the first word tells the label.
func invented() set {
	s := set{name: "invented", labels: []string{"background", "method", "result", "other"}}
	for i := range 40 {
		s.train = append(s.train, abstract{
			[]string{
				fmt.Sprintf("Little is known of visits in town %d.", i),
				fmt.Sprintf("We asked %d older people about visits.", 10*i),
				fmt.Sprintf("Loneliness fell by %d %% with visits.", i),
				"All rights reserved.",
			},
			[]int{0, 1, 2, 3},
		})
	}
	s.dev = []abstract{{[]string{"Little is known of walks.", "We asked people about walks.", "Loneliness fell by half with walks.", "All rights reserved."}, []int{0, 1, 2, 3}}}
	return s
}

var quick = settings{rounds: 4, rate: 0.15, dropped: 0.3, seldom: 2, runs: 1}

func TestAChainLearnsWhatWordsTell(t *testing.T) {
	s := invented()
	f := fit(s.train, len(s.labels), quick)
	var x roles.Extractor
	assert.Equal(t, s.dev[0].labels, f.steps.Best(f.scores(f.read(&x, s.dev[0])), nil))
	assert.Equal(t, f, fit(s.train, len(s.labels), quick), "and learns the same again")
}

func TestAChainKeepsTheFeaturesThatWeighMost(t *testing.T) {
	s := invented()
	few := quick
	few.features = 60
	f := fit(s.train, len(s.labels), few)
	assert.Len(t, f.index, 60)
	var x roles.Extractor
	assert.Equal(t, s.dev[0].labels, f.steps.Best(f.scores(f.read(&x, s.dev[0])), nil))
	rows := f.rows()
	for i := range rows[1:] {
		assert.Less(t, rows[i].ID, rows[i+1].ID)
	}
}

func TestASentenceWithoutRoleTeachesNothing(t *testing.T) {
	s := invented()
	docs := s.asRoles(s.train)
	assert.Equal(t, []int{0, 2, 3, chain.Free}, docs[0].labels)
	f := fit(docs, roles.Labels, quick)
	m := marked(s.asRoles(s.dev), roles.Labels, func(d abstract) []int {
		var x roles.Extractor
		return f.steps.Best(f.scores(f.read(&x, d)), nil)
	})
	assert.Equal(t, mark{1, 1}, m, "three sentences count, and three roles")
}

func TestHeadsLearnTogether(t *testing.T) {
	a, b := invented(), invented()
	b.labels = []string{"objective", "methods", "outcome", "other"}
	for i, f := range fitHeads([]set{a, b}, quick) {
		var x roles.Extractor
		assert.Equal(t, a.dev[0].labels, f.steps.Best(f.scores(f.read(&x, a.dev[0])), nil), "head %d", i)
	}
}

func TestMachinesLearnWhatWordsTell(t *testing.T) {
	s := invented()
	assert.Equal(t, s.dev[0].labels, trainMachines(s.train, len(s.labels)).assign(s.dev[0]))
}

func TestTheModelOfAChainSaysTheSame(t *testing.T) {
	s := invented()
	f := fit(s.asRoles(s.train), roles.Labels, quick)
	m := roles.Model{Steps: f.steps, Sharpness: sharpness(f, s.asRoles(s.dev)), Sure: 0.5}
	data, err := m.Encode(f.rows())
	require.NoError(t, err)
	again, err := roles.Decode(data)
	require.NoError(t, err)
	var got []roles.Role
	for _, g := range again.Assign(s.dev[0].sentences[:3], nil) {
		got = append(got, g.Role)
	}
	assert.Equal(t, []roles.Role{roles.Background, roles.Methods, roles.Results}, got)
}

func TestEachTenthDocumentIsHeldOut(t *testing.T) {
	train, held := split(make([]abstract, 25))
	assert.Len(t, train, 23)
	assert.Len(t, held, 2)
}

func TestMarksCountWhatIsNotTold(t *testing.T) {
	docs := []abstract{{make([]string, 4), []int{0, 1, 1, chain.Free}}}
	m := marked(docs, 3, func(abstract) []int { return []int{0, 1, chain.Free, 2} })
	assert.InDelta(t, 2.0/3, m.accuracy, 1e-9)
	assert.InDelta(t, (1+2.0/3)/2, m.macroF1, 1e-9)
}

func TestDataThatIsNotThereIsSaid(t *testing.T) {
	folder := t.TempDir()
	_, err := readSets(folder)
	assert.ErrorContains(t, err, "set EVIDENCE_DATA")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "synth", "roles"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "synth", "roles", "pmcrct.train.tsv"), []byte("doc_id\tn\tlabel\ttext\na\t2\tmethods\tWe asked.\n"), 0o644))
	_, err = readSets(folder)
	assert.ErrorContains(t, err, "pmcrct.train.tsv: line 2")
	var s set
	_, err = s.parse("doc_id\tn\tlabel\ttext\na\t1\tmethods\n")
	assert.ErrorContains(t, err, "line 2 has 3 cells")
}
