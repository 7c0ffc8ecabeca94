package fold_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/fold"
)

func ExampleKey() {
	fmt.Println(fold.Key("Élan vital: TNF-α, IL‑6 & Łódź"))
	// Output: elan vital tnf alpha il 6 lodz
}

func ExampleFold() {
	original := "Effect of TNF‑α on the Ménière patient"
	f := fold.Fold(original)
	at := strings.Index(f.Text, "tnf alpha")
	start, end := f.Span(at, at+len("tnf alpha"))
	fmt.Println(original[start:end])
	// Output: TNF‑α
}

func TestKey(t *testing.T) {
	for _, c := range []struct{ fact, in, want string }{
		{"nothing has an empty key", "", ""},
		{"a text of signs has an empty key", " –, (…)", ""},
		{"case does not count", "Randomised TRIAL", "randomised trial"},
		{"a run of other characters is one blank", "sleep -- and;pain.", "sleep and pain"},
		{"a composed accent is dropped", "Ménière", "meniere"},
		{"a combining accent is dropped", "Me\u0301nie\u0300re", "meniere"},
		{"German sharp s is spelt out", "Straße STRAẞE", "strasse strasse"},
		{"Danish and Norwegian letters", "Ærø Sørensen Ångström", "aero sorensen angstrom"},
		{"Polish l", "Łódź", "lodz"},
		{"Croatian and Icelandic d, thorn", "Đoković Ðóra Þór", "dokovic dora thor"},
		{"Turkish dotless and dotted i", "Işık İstanbul", "isik istanbul"},
		{"a Greek letter is named", "TNF-α and β-catenin", "tnf alpha and beta catenin"},
		{"the micro sign is mu", "5 µg", "5 mug"},
		{"final sigma is sigma", "ς", "sigma"},
		{"a ligature is its letters", "ﬁbrosis", "fibrosis"},
		{"sub- and superscripts are digits", "H₂O 10²", "h2o 102"},
		{"a non-breaking hyphen parts words as any hyphen", "IL‑6", "il 6"},
		{"a soft hyphen parts nothing", "inter\u00ADvention", "intervention"},
		{"zero-width characters part nothing", "\uFEFFinter\u200Bvention", "intervention"},
		{"an okina is an apostrophe", "Hawaiʻi", "hawai i"},
		{"Cyrillic case", "Психоз", "психоз"},
		{"Hangul syllables and jamo have one key", "한국", fold.Key(norm.NFD.String("한국"))},
		{"kana keep their voice mark", "が", "か\u3099"},
		{"full-width letters are letters", "ＲＣＴ", "rct"},
		{"bytes that are not UTF-8 part words", "a\xffb", "a b"},
	} {
		assert.Equal(t, c.want, fold.Key(c.in), c.fact)
	}
}

func TestEveryCharacterHasAStableKey(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		k := fold.Key("x" + string(r) + "y")
		if kk := fold.Key(k); kk != k || !utf8.ValidString(k) {
			t.Fatalf("%U: key %q, key of the key %q", r, k, kk)
		}
		if f := fold.Fold("x" + string(r) + "y"); f.Text != k {
			t.Fatalf("%U: Fold %q, Key %q", r, f.Text, k)
		}
	}
}

func TestWords(t *testing.T) {
	assert.Nil(t, fold.Words(" – "))
	assert.Equal(t, []string{"covid", "19", "in", "ile", "de", "france"}, fold.Words("COVID-19 in Île-de-France"))
}

func TestAppendKeyLeavesWhatIsThere(t *testing.T) {
	assert.Equal(t, "x|a b", string(fold.AppendKey([]byte("x|"), " A.  B ")))
}

func TestAKeyOfAsciiIsFoundWithoutSpareAllocations(t *testing.T) {
	key, title := "a key of its own 1", "Title: "+strings.Repeat("Of a TRIAL, ", 60)
	assert.Zero(t, testing.AllocsPerRun(100, func() { fold.Key(key) }))
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() { fold.Key(title) }), 1.0)
}

func TestSpanFindsTheOriginal(t *testing.T) {
	for _, c := range []struct{ original, found, want string }{
		{"The COVID‑19 (SARS) trial", "covid 19 sars", "COVID‑19 (SARS"},
		{"xα-catenin", "alpha", "α"},
		{"xα-catenin", "ph", "α"},
		{"xα-catenin", "a catenin", "α-catenin"},
		{"cafe\u0301 au lait", "cafe", "cafe\u0301"},
		{"cafe\u0301 au lait", "caf", "caf"},
		{"cafe\u0301 au lait", "e au", "e\u0301 au"},
		{"  ...Łódź!", "lodz", "Łódź"},
		{"inter\u00ADvention", "intervention", "inter\u00ADvention"},
		{"sleep ,  pain", "p p", "p ,  p"},
		{"½ dose", "1 2 dose", "½ dose"},
	} {
		f := fold.Fold(c.original)
		at := strings.Index(f.Text, c.found)
		require.GreaterOrEqual(t, at, 0, "%q in %q", c.found, f.Text)
		start, end := f.Span(at, at+len(c.found))
		assert.Equal(t, c.want, c.original[start:end], "%q", c.original)
	}
}

func TestSpanTakesAnyBounds(t *testing.T) {
	f := fold.Fold("Ærø")
	for _, b := range [][2]int{{-1, 99}, {2, 1}, {99, 3}, {4, 4}, {0, 0}} {
		start, end := f.Span(b[0], b[1])
		assert.True(t, 0 <= start && start <= end && end <= len("Ærø"), "%v: %d %d", b, start, end)
	}
	start, end := fold.Fold("").Span(0, 5)
	assert.Equal(t, [2]int{0, 0}, [2]int{start, end})
}

// pieces are bits of text that have been trouble, to be strung together.
var pieces = []string{"a", "B", " ", "-", "é", "e\u0301", "\u0301", "α", "ß", "½", "⑴", "\u00AD", "\u200D", "が", "\u3099", "\u094D",
	"क", "한", "\xff", "\xe2\x82", "𝐀", "ŉ", "´", "١", "\u0E38", "\u0E48", "Ⓐ", "İ"}

func TestFoldAgreesWithKeyAndItsSpansWithBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		checkFold(t, s)
	})
}

func checkFold(t require.TestingT, s string) {
	f := fold.Fold(s)
	require.Equal(t, fold.Key(s), f.Text)
	require.Equal(t, f.Text, fold.Key(f.Text), "key of a key")
	require.True(t, utf8.ValidString(f.Text))
	lastStart, lastEnd := 0, 0
	for i := 0; i < len(f.Text); i++ {
		start, end := f.Span(i, i+1)
		require.True(t, start < end && start >= lastStart && end >= lastEnd && end <= len(s),
			"byte %d of %q from %d-%d of %q after %d-%d", i, f.Text, start, end, s, lastStart, lastEnd)
		if c := f.Text[i]; c > ' ' && c < utf8.RuneSelf {
			require.Contains(t, fold.Key(s[start:end]), string(f.Text[i]))
		}
		lastStart, lastEnd = start, end
	}
}

func TestSpace(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " ": "", "a b": "a b", " a b": "a b", "a b ": "a b", "a  b": "a b",
		"a\u00A0\u2009b\r\n\tc": "a b c", "a\u200Bb\uFEFF": "ab", "می\u200Cخواهم": "می\u200Cخواهم", "é ": "é", "\u3000a": "a",
	} {
		got := fold.Space(in)
		assert.Equal(t, want, got, "%q", in)
		assert.Equal(t, got, fold.Space(got))
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { fold.Space("a tidy line of é") }))
}

func TestNFC(t *testing.T) {
	assert.Equal(t, "Ménière ½", fold.NFC("Me\u0301nière ½"))
	assert.Equal(t, "plain é", fold.NFC("plain é"))
}

func TestUnmark(t *testing.T) {
	for _, c := range []struct{ fact, in, want string }{
		{"comparisons are no tags", "p < 0.05 and q > 3", "p < 0.05 and q > 3"},
		{"nor without blanks", "n<5 and m>3; a<b and c>d", "n<5 and m>3; a<b and c>d"},
		{"an unknown name is no tag", "<gene1> and <unknown>", "<gene1> and <unknown>"},
		{"inline tags leave nothing", "H<sub>2</sub>O in <i>E. coli</i>", "H2O in E. coli"},
		{"in capitals too, with attributes", `<SPAN class="a" id='b'>x</SPAN><br/>y`, "x\ny"},
		{"JATS parts a heading from its text", "<jats:title>Background</jats:title><jats:p>Sleep.</jats:p>", "Background\nSleep."},
		{"MathML leaves its text", "<mml:math><mml:mi>x</mml:mi><mml:mo>&lt;</mml:mo><mml:mn>3</mml:mn></mml:math>", "x<3"},
		{"references are resolved", "R&amp;D &eacute; &#233; &#xE9; &nbsp;", "R&D é é é \u00A0"},
		{"a reference needs its semicolon and a name", "R&D; &copy 2020 &nosuch; &notit; a & b;", "R&D; &copy 2020 &nosuch; &notit; a & b;"},
		{"text escaped twice is resolved", "&amp;lt;i&amp;gt;E. coli&amp;lt;/i&amp;gt; p &amp;lt; 0.05", "E. coli p < 0.05"},
		{"comments and CDATA shells go", "a<!-- b -->c<![CDATA[d]]>", "acd"},
		{"what is not closed stays", `<span class="x`, `<span class="x`},
		{"a bare angle at the end stays", "a <", "a <"},
	} {
		assert.Equal(t, c.want, fold.Unmark(c.in), c.fact)
	}
}

// Were any rule to look back or ahead without end, a megabyte of these would
// take minutes.
func TestTextMadeToBeSlowIsFoldedInOnePass(t *testing.T) {
	for _, unit := range []string{"<", "<!--", "<![CDATA[", "<a b='", "<a b=", "<p>", "&", "&amp;", "&a", "\u0E38\u0E48\u200D", "\u0301", " \u0301", "- "} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		assert.Equal(t, fold.Key(text), fold.Fold(text).Text, unit)
		assert.LessOrEqual(t, len(fold.Unmark(text)), len(text), unit)
		assert.LessOrEqual(t, len(fold.Space(text)), len(text), unit)
	}
}

func FuzzKey(f *testing.F) {
	f.Add(strings.Join(pieces, ""))
	f.Add("TNF-α <i>E. coli</i> &amp;lt; e\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		checkFold(t, s)
		require.Equal(t, fold.Space(s), fold.Space(fold.Space(s)))
		if utf8.ValidString(s) {
			require.True(t, utf8.ValidString(fold.Unmark(s)))
		}
	})
}

func BenchmarkKey(b *testing.B) {
	for name, s := range map[string]string{
		"ascii": strings.Repeat("Effects of Exercise on Sleep: a Randomised Trial. ", 20),
		"mixed": strings.Repeat("Effects of β-blockers in Ménière’s disease – a “pilot”. ", 20),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				fold.Key(s)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	s := strings.Repeat("Effects of β-blockers in Ménière’s disease – a “pilot”. ", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		fold.Fold(s)
	}
}

func BenchmarkSpace(b *testing.B) {
	s := strings.Repeat("a tidy line of text, “quoted” in places ", 20) + "."
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		fold.Space(s)
	}
}
