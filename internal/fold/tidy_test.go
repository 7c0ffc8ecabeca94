package fold

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// tidySlowly is what Tidy says, a byte at a time.
func tidySlowly(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return !strings.Contains(s, "  ") && strings.TrimSpace(s) == s
}

func TestTidyTextIsTidyWhereverItEndsAndWhateverStandsWhere(t *testing.T) {
	plain := "Peer support workers in community mental health"
	assert.True(t, Tidy(""))
	assert.True(t, Printable(""))
	for n := range plain {
		head := plain[:n]
		assert.Equal(t, tidySlowly(head), Tidy(head), "%q", head)
		assert.True(t, Printable([]byte(head)))
		for c := range 256 {
			s := head + string([]byte{byte(c)}) + plain[n:]
			assert.Equal(t, tidySlowly(s), Tidy(s), "%q", s)
			assert.Equal(t, c >= ' ' && c <= '~', Printable(s), "%q", s)
		}
	}
}

func TestTidyAgreesWithALookAtEachByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.SampledFrom([]byte("ab!~  \x1f\x7f\x80\xff\n\t"))).Draw(t, "s"))
		assert.Equal(t, tidySlowly(s), Tidy(s), "%q", s)
		assert.Equal(t, tidySlowly(s), Tidy([]byte(s)), "%q", s)
		if Tidy(s) {
			assert.Equal(t, s, NFC(Space(s)))
		}
	})
}

func BenchmarkTidy(b *testing.B) {
	s := strings.Repeat("Peer support workers in community mental health: a trial. ", 40) + "x"
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Tidy(s)
	}
}

func TestEachSpaceOfUnicodeBeginsWithAByteThatIsLookedAt(t *testing.T) {
	for r := rune(0x80); r <= 0x10FFFF; r++ {
		if unicode.IsSpace(r) || zeroWidth(r) {
			assert.True(t, mayLeadSpace(string(r)[0]), "%U", r)
		}
	}
}

func TestTidyLenStopsAtMostSevenBytesBeforeWhatIsNotTidy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.SampledFrom([]byte("abcdefgh \x1f\xff"))).Draw(t, "s"))
		n := TidyLen(s)
		assert.True(t, tidySlowly(strings.TrimSuffix(s[:n], " ")), "%q", s[:n])
		if n < len(s) {
			assert.False(t, tidySlowly(s[:min(len(s), n+8)]), "%q", s)
		}
	})
}

func TestAppendSpaceAgreesWithSpace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SampledFrom([]string{"a", "trial of ", " ", "  ", "\t", "\n", "\x01", "é", "\u00a0", "\u2009", "\u200b", "\ufeff", "\u2013", "\xe2", "\xff", "\x85", "\u3000", "\x0b", "\x7f", "\ufffe", "\uffff"})
		s := strings.Join(rapid.SliceOf(pieces).Draw(t, "s"), "")
		assert.Equal(t, "x "+Space(s), string(AppendSpace([]byte("x "), []byte(s))), "%q", s)
		kept := strings.NewReplacer("\x01", "", "\x0b", "", "\x7f", "", "\ufffe", "", "\uffff", "").Replace(s)
		assert.Equal(t, "x "+Space(kept), string(AppendText([]byte("x "), s)), "%q", s)
	})
}
