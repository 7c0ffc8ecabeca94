package ris_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record/ris"
)

// If each value were looked for among all others, these would take minutes.
func TestARecordWithManyValuesOfATagTakesTimeInProportion(t *testing.T) {
	const many = 150_000
	for _, line := range []string{"UR  - https://kites.example/#", "AN  - A#", "M3  - kind #", "C2  - pii:S#", "LA  - l#", "SN  - #", "T2  - Kites #", "JO  - Kites #",
		"AD  - Kite Street #", "AI  - Berg, A#; ORCID: 0000-0002-1825-0097\nAU  - Berg, A#", "QQ  - #", "ID  - #", "KW  - kite #", "A2  - Berg, A#"} {
		var text strings.Builder
		text.WriteString("TY  - JOUR\nTI  - Kites\n")
		for i := range many {
			text.WriteString(strings.ReplaceAll(line, "#", strconv.Itoa(i)) + "\n")
		}
		text.WriteString("ER  - \n")
		records, problems := suite.ReadRecords(t, ris.Format(), "x", strings.NewReader(text.String()))
		assert.Empty(t, problems, line)
		require.Len(t, records, 1, line)
		assert.Equal(t, "Kites", records[0].Title, line)
	}
}
