package fold

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestAValueHasOneLineAndNoControls(t *testing.T) {
	for in, want := range map[string]string{
		"Kites fly":              "Kites fly",
		" Kites\tfly \n":         "Kites fly",
		"Ki\x00tes\x1ffly\x7f":   "Kitesfly",
		"K\u0085i\u0080t\u009fe": "K ite",
		"\v\f":                   "",
		"Größe":                  "Größe",
	} {
		assert.Equal(t, want, Text(in), "%q", in)
	}
}

func TestMarkupGoesWhereAllOfItIsMarkup(t *testing.T) {
	for in, want := range map[string]string{
		"<i>Milvus</i> &amp; kites":  "Milvus & kites",
		"p < .05 in <i>Milvus</i>":   "p < .05 in <i>Milvus</i>",
		"white&#8208;sided \n kites": "white‐sided kites",
		"kites":                      "kites",
	} {
		assert.Equal(t, want, Plain(in), in)
	}
}

func TestAnEmptyLinePartsParagraphs(t *testing.T) {
	for in, want := range map[string]string{
		"Kites\nfly.":                     "Kites fly.",
		"Kites\n\nfly.\n\n \n\n<b>So</b>": "Kites\nfly.\nSo",
		"Kites fly.":                      "Kites fly.",
		"":                                "",
	} {
		assert.Equal(t, want, Paragraphs(in), "%q", in)
	}
}

func TestControlsAreThoseOfUnicode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune{'a', ' ', '\n', 0, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0xa0, 'é', '\v'})).Draw(t, "text")
		assert.Equal(t, strings.Map(func(r rune) rune {
			if unicode.IsControl(r) && !unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s), WithoutControls(s))
	})
}
