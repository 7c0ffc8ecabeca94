package dedupe

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// joins are the scores from which records may be joined that the cross-check
// chooses among.
var joins = []float64{0.8, 0.9, 0.95, 0.98, 0.999}

// cost weighs a lost publication as much as twenty missed duplicates: a miss
// costs a reviewer minutes, a wrong merge a study.
func (n goldCount) cost() int { return 20*n.fp + n.fn }

func (n goldCount) plus(m goldCount) goldCount {
	return goldCount{n.tp + m.tp, n.fp + m.fp, n.fn + m.fn}
}

// The score from which records are joined is chosen on all gold sets but one, and
// then holds on that one, all ways round: how much the recommended score owes to the
// set that it is measured on. The other weights of the rules are not fitted to
// counts and do not take part.
func TestTheScoreToJoinFromIsChosenAlikeWithoutAnyOneSet(t *testing.T) {
	byJoin := map[float64]map[string]goldCount{}
	for _, set := range goldSets {
		records, truth := loadGold(t, set)
		s := &search{records: records}
		require.NoError(t, s.fold(context.Background()))
		forms := s.forms
		for _, join := range joins {
			s.policy, s.forms = Policy{Join: join}.Resolved(), forms
			res, err := s.find(context.Background(), nil)
			require.NoError(t, err)
			if byJoin[join] == nil {
				byJoin[join] = map[string]goldCount{}
			}
			byJoin[join][set] = countGold(res, truth)
		}
	}
	var left, recommended goldCount
	low, high := 1.0, 0.0
	for _, out := range goldSets {
		best := joins[0]
		for _, join := range joins {
			if others(byJoin[join], out).cost() < others(byJoin[best], out).cost() {
				best = join
			}
		}
		n := byJoin[best][out]
		t.Logf("%-20s left out: join from %.3f, TP %d FP %d FN %d; under the recommended policy FP %d FN %d", out, best, n.tp, n.fp, n.fn, byJoin[0.95][out].fp, byJoin[0.95][out].fn)
		left, recommended = left.plus(n), recommended.plus(byJoin[0.95][out])
		low, high = min(low, best), max(high, best)
	}
	for _, join := range joins {
		n := others(byJoin[join], "")
		t.Logf("join from %.3f: TP %d FP %d FN %d", join, n.tp, n.fp, n.fn)
	}
	t.Logf("left out in turn: TP %d FP %d FN %d; recommended: TP %d FP %d FN %d; chosen scores from %.3f to %.3f", left.tp, left.fp, left.fn, recommended.tp, recommended.fp, recommended.fn, low, high)
	assert.GreaterOrEqual(t, low, 0.9)
	assert.LessOrEqual(t, high, 0.98)
	assert.LessOrEqual(t, left.fp-recommended.fp, 3)
	assert.LessOrEqual(t, left.fn-recommended.fn, 40)
}

// others sums the counts of all sets but one.
func others(counts map[string]goldCount, out string) goldCount {
	var sum goldCount
	for set, n := range counts {
		if set != out {
			sum = sum.plus(n)
		}
	}
	return sum
}
