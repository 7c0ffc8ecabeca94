package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLinesFitTheRoomAndLoseNoWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"a", "W", "i", ".", "-", "/", " a", " ", "é", "精", "e\u0301", "🙂"})
		text := strings.Join(rapid.SliceOfN(letters, 0, 120).Draw(t, "text"), "")
		lines := wrap(text+" (n = 7)", typeSize, 200)
		for i, l := range lines {
			fits := width(l, typeSize) <= 200
			require.True(t, fits, "line %d %q is %v wide", i, l, width(l, typeSize))
			require.False(t, strings.HasPrefix(l, "\u0301"), "a mark stands without its letter")
		}
		require.True(t, strings.HasSuffix(lines[len(lines)-1], "(n\u00a0=\u00a07)"))
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\u00a0", "").Replace(s) }
		if !strings.HasSuffix(lines[len(lines)-1], "…") && len(lines) <= mostLines {
			require.Equal(t, squeeze(text+"(n=7)"), squeeze(strings.Join(lines, "")))
		}
	})
}

func TestALongAddressBreaksAtItsPunctuation(t *testing.T) {
	lines := wrap("https://example.org/reviews/peer-support/protocol-of-the-year.html", typeSize, 200)
	require.Greater(t, len(lines), 1)
	for _, l := range lines[:len(lines)-1] {
		assert.Contains(t, "/-.", l[len(l)-1:])
	}
}

func TestThousandsArePartedByCommas(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234", -123: "-123"} {
		assert.Equal(t, want, grouped(n))
	}
}

func TestACountIsNotPartedFromWhoExcluded(t *testing.T) {
	lines := wrap("Records excluded (n = 1,234; 1,200 by rule, 34 by persons)", typeSize, 190)
	require.Greater(t, len(lines), 1)
	assert.Contains(t, strings.Join(lines, " "), "excluded (n\u00a0=\u00a01,234; 1,200")
}
