package csvguard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/csvguard"
)

func Example() {
	cell := csvguard.Guard(`=HYPERLINK("https://example.org")`)
	fmt.Println(cell)
	fmt.Println(csvguard.Strip(cell))
	// Output:
	// '=HYPERLINK("https://example.org")
	// =HYPERLINK("https://example.org")
}

func TestOnlyWhatCouldBeAFormulaGetsAnApostrophe(t *testing.T) {
	for cell, want := range map[string]string{
		"=1": "'=1", "+1 kite": "'+1 kite", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1",
		"'=1": "''=1", "''-": "'''-", "'t Hart": "'t Hart", "a=b": "a=b", "": "", "'": "'", "1-2": "1-2",
	} {
		assert.Equal(t, want, csvguard.Guard(cell))
	}
}

func TestWhatWasGuardedComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.SampledFrom([]rune("'=+-@\t\r\n a精"))).Draw(t, "cell")
		guarded := csvguard.Guard(cell)
		require.Equal(t, cell, csvguard.Strip(guarded))
		require.False(t, guarded != "" && strings.ContainsRune("=+-@\t\r\n", rune(guarded[0])), "%q", guarded)
	})
}
