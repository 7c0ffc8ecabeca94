package roles_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/roles"
	"github.com/evidence-go/evidence/internal/suite"
)

// labelled is an abstract with the roles its annotators gave; None is a label that
// is none of the five.
type labelled struct {
	sentences []string
	gold      []roles.Role
}

// roleOf maps the labels of the sets to roles, as their README suggests.
var roleOf = map[string]roles.Role{
	"background": roles.Background, "objective": roles.Objective,
	"methods": roles.Methods, "method": roles.Methods, "population": roles.Methods, "intervention": roles.Methods, "study design": roles.Methods,
	"results": roles.Results, "result": roles.Results, "outcome": roles.Results, "conclusions": roles.Conclusions,
}

func development(t testing.TB, set string) (all []labelled) {
	t.Helper()
	text, err := os.ReadFile(suite.Data(t, "synth", "roles", set+".dev.tsv"))
	require.NoError(t, err)
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		require.Len(t, cells, 4)
		if i == 0 {
			continue
		}
		if cells[1] == "1" {
			all = append(all, labelled{})
		}
		a := &all[len(all)-1]
		a.sentences, a.gold = append(a.sentences, cells[3]), append(a.gold, roleOf[cells[2]])
	}
	return all
}

// counts are what accuracy, F1 and coverage are made of.
type counts struct {
	all, right, given, givenRight int
	said, there, hit              [roles.Conclusions + 1]int
}

func counted(docs []labelled) (c counts) {
	for _, d := range docs {
		for i, g := range roles.Assign(d.sentences, nil) {
			gold := d.gold[i]
			if gold == roles.None {
				continue
			}
			c.all++
			c.said[g.Role]++
			c.there[gold]++
			if g.Role == gold {
				c.right++
				c.hit[gold]++
			}
			if g.Sure {
				c.given++
				if g.Role == gold {
					c.givenRight++
				}
			}
		}
	}
	return c
}

func (c counts) macroF1() float64 {
	sum, present := 0.0, 0
	for r, n := range c.there {
		if n > 0 {
			present++
			sum += 2 * float64(c.hit[r]) / float64(c.said[r]+n)
		}
	}
	return sum / float64(present)
}

// The scores are those of the model card, to the last digit that it gives, and
// better than linear support vector machines trained on the same sentences
// (go run ./internal/roles/train -baseline).
func TestTheEmbeddedModelIsAsGoodAsItsCardSays(t *testing.T) {
	for _, c := range []struct {
		set                        string
		accuracy, f1               float64
		machineAccuracy, machineF1 float64
		given, right               float64 // share of sentences that get a role, and of these that are right
	}{
		{"pmcrct", 0.904, 0.808, 0.885, 0.774, 0.91, 0.93},
		{"csabstruct", 0.653, 0.589, 0.635, 0.564, 0.63, 0.75},
		{"nicta", 0.801, 0.820, 0.774, 0.795, 0.81, 0.85},
	} {
		t.Run(c.set, func(t *testing.T) {
			n := counted(development(t, c.set))
			accuracy, f1 := float64(n.right)/float64(n.all), n.macroF1()
			given, right := float64(n.given)/float64(n.all), float64(n.givenRight)/float64(n.given)
			t.Logf("%d sentences: accuracy %.4f, macro F1 %.4f; a role for %.3f of them, right in %.3f", n.all, accuracy, f1, given, right)
			assert.GreaterOrEqual(t, accuracy, c.accuracy)
			assert.GreaterOrEqual(t, f1, c.f1)
			assert.Greater(t, accuracy, c.machineAccuracy, "the linear support vector machines")
			assert.Greater(t, f1, c.machineF1, "the linear support vector machines")
			assert.GreaterOrEqual(t, given, c.given)
			assert.GreaterOrEqual(t, right, c.right)
		})
	}
}

func BenchmarkAssign(b *testing.B) {
	sentences := 0
	b.ReportAllocs()
	for b.Loop() {
		sentences += len(roles.Assign(trial, nil))
	}
	b.ReportMetric(float64(sentences)/b.Elapsed().Seconds(), "sentences/s")
}
