package iso4_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/iso4"
	"github.com/evidence-go/evidence/internal/suite"
)

// Measured: 96.2 % of the pairs, 2 of as many pairs by chance, 1.1 % of neighbours
// in the alphabet, some of which are one journal under two names.
func TestRealAbbreviationsAreRecognised(t *testing.T) {
	f, err := os.Open(suite.Data(t, "journals", "abbreviations.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	rows = rows[1:]
	same, chance, near, neighbours := 0, 0, 0, 0
	for i, row := range rows {
		title, next := row[0], rows[(i+1)%len(rows)]
		if iso4.Same(title, row[1]) {
			same++
		}
		other := rows[(i*7919+13)%len(rows)]
		if other[0] != title && iso4.Same(title, other[1]) {
			chance++
		}
		if !strings.EqualFold(row[1], next[1]) && !iso4.Same(title, next[0]) {
			neighbours++
			if iso4.Same(title, next[1]) {
				near++
			}
		}
	}
	t.Logf("%d of %d pairs recognised (%.1f %%); of as many pairs by chance %d taken for one journal; of %d neighbours in the alphabet %d",
		same, len(rows), 100*float64(same)/float64(len(rows)), chance, neighbours, near)
	assert.GreaterOrEqual(t, float64(same)/float64(len(rows)), .96)
	assert.LessOrEqual(t, chance, 3)
	assert.LessOrEqual(t, float64(near)/float64(neighbours), .012)
}
