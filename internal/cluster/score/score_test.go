package score_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/cluster/score"
)

func Example() {
	fmt.Println(score.ARI([]int{0, 0, 1}, []int{5, 5, 2}))
	// Output: 1
}

func TestScoresAgreeWithWorkedExamples(t *testing.T) {
	for _, c := range []struct {
		a, b     []int
		ari, nmi float64
	}{
		{[]int{0, 0, 1, 2}, []int{0, 0, 1, 1}, 0.571429, 0.8},
		{[]int{0, 0, 1, 1}, []int{1, 1, 0, 0}, 1, 1},
		{[]int{0, 0, 1, 1}, []int{0, 1, 0, 1}, -0.5, 0},
		{[]int{0, 0, 0, 0}, []int{0, 1, 2, 3}, 0, 0},
		{[]int{0, 0, 1, 1}, []int{0, 0, -1, -1}, 0.571429, 0.8}, // left out: each apart
		{[]int{}, []int{}, 1, 1},
		{[]int{0}, []int{0, 1}, 0, 0},
	} {
		assert.InDelta(t, c.ari, score.ARI(c.a, c.b), 1e-6, c)
		assert.InDelta(t, c.nmi, score.NMI(c.a, c.b), 1e-6, c)
	}
}
