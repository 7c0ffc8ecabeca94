package query

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostileText is a text that no person wrote.
type hostileText struct {
	name, text string
	code       Code // of the first error, "" where it is accepted
}

// hostileTexts are the same to every dialect.
func hostileTexts() []hostileText {
	return []hostileText{
		{"ten thousand brackets within one another", strings.Repeat("(", 10_000) + "heart" + strings.Repeat(")", 10_000), CodeSize},
		{"ten thousand brackets that are opened", strings.Repeat("(", 10_000), CodeSize},
		{"ten thousand brackets that are closed", "heart" + strings.Repeat(")", 10_000), CodeBracket},
		{"ten thousand operators", "heart" + strings.Repeat(" or", 10_000), CodeOperator},
		{"more lines than the limit", strings.Repeat("#1 heart\n", 10_001), CodeSize},
		{"NUL", "heart\x00lung", CodeEncoding},
		{"bytes that are no UTF-8", "heart \xff\xfe lung", CodeEncoding},
		{"an escape of a terminal", "heart \x1b[31m lung", CodeEncoding},
	}
}

// largeTexts are of a megabyte or so.
func largeTexts() []hostileText {
	return []hostileText{
		{"a hundred thousand clauses", strings.Repeat("heart or ", 100_000) + "lung", ""},
		{"brackets side by side", strings.Repeat("(heart or lung) and ", 50_000) + "liver", ""},
		{"a word of a megabyte", strings.Repeat("a", 1<<20), ""},
		{"a megabyte of marks behind a word", "a" + strings.Repeat("!", 1<<20) + "b", ""},
		{"a quote of a megabyte", `"` + strings.Repeat("heart ", 1<<18) + `"`, ""},
		{"a megabyte of quotes", strings.Repeat(`"`, 1<<20), CodeSyntax},
		{"a text over the limit", strings.Repeat("heart or ", 1<<19), CodeSize},
	}
}

// slowTexts are such as would take long, if reading went back for each part.
func slowTexts() map[Dialect][]string {
	return map[Dialect][]string{
		PubMed: {"x " + strings.Repeat(`"a" `, 100_000), strings.Repeat("a; b! ", 100_000), strings.Repeat("“a” OR ", 50_000) + "b"},
		Ovid: {
			strings.Repeat("a/b or ", 50_000) + "a.ti.", strings.Repeat("* ", 100_000) + "/", strings.Repeat("1 or ", 100_000) + "1",
			"heart\n" + strings.Repeat("[a", 100_000), strings.Repeat("heart\n", 5_000) + strings.Repeat("7777 or ", 10_000) + "1",
		},
		EBSCO: {
			"a" + strings.Repeat(" N3 b", 100_000), strings.Repeat("TI heart N3 kidney ", 40_000), "(" + strings.Repeat("TI heart or ", 40_000) + "x).ti,ab.",
			"(heart)" + strings.Repeat(".ti,ab.", 40_000), "TI (AB (" + strings.Repeat("TI heart N3 kidney ", 40_000) + ")).ti,ab.",
		},
		Cochrane: {strings.Repeat("MeSH descriptor [a] ", 50_000), "heart\n" + strings.Repeat("{OR #1} ", 50_000)},
	}
}

// Operators that are not one and the same lie within one another, however they are written.
func TestOperatorsInARowAreBounded(t *testing.T) {
	for d, text := range map[Dialect]string{
		EBSCO: "heart" + strings.Repeat(" N3 lung", 2_000), Ovid: "heart" + strings.Repeat(" adj3 lung", 2_000), PubMed: "heart" + strings.Repeat(" or lung and liver", 2_000),
		Cochrane: "heart" + strings.Repeat(" near/3 lung", 2_000), WebOfScience: "TS=heart" + strings.Repeat(" not TS=lung", 2_000), Scopus: "heart" + strings.Repeat(" W/3 lung", 2_000),
	} {
		for _, lenient := range []bool{false, true} {
			_, err := ParseWith(Options{Dialect: d, Lenient: lenient}, text)
			var e *Error
			if assert.True(t, errors.As(err, &e), "%s", d) {
				assert.Equal(t, CodeSize, e.Notes[0].Code, "%s: %v", d, err)
			}
		}
		_, err := Parse(d, strings.Join(strings.Fields(text)[:200], " ")+" x")
		assert.NoError(t, err, "%s", d)
	}
}

// Each hostile text is read or refused with a place in every dialect, strictly
// and leniently. What is accepted prints.
func TestHostileTexts(t *testing.T) {
	for _, d := range Dialects() {
		texts := hostileTexts()
		if d == Ovid || d == PubMed {
			texts = append(texts, largeTexts()...)
		}
		for _, h := range texts {
			assertReadOrRefused(t, d, h)
		}
	}
	for d, texts := range slowTexts() {
		for _, text := range texts {
			for _, lenient := range []bool{false, true} {
				if q, err := ParseWith(Options{Dialect: d, Lenient: lenient}, text); err == nil {
					Print(d, q)
				}
			}
		}
	}
}

func assertReadOrRefused(t *testing.T, d Dialect, h hostileText) {
	q, err := Parse(d, h.text)
	if h.code == "" {
		if assert.NoError(t, err, "%s: %s", d, h.name) {
			printed, lost := Print(d, q)
			assert.NotEmpty(t, printed, "%s: %s", d, h.name)
			assert.Empty(t, lost, "%s: %s", d, h.name)
		}
		return
	}
	var e *Error
	if assert.True(t, errors.As(err, &e), "%s: %s", d, h.name) {
		assert.Equal(t, h.code, e.Notes[0].Code, "%s: %s: %v", d, h.name, err)
		assert.Positive(t, e.Notes[0].Line, "%s: %s", d, h.name)
		assert.Less(t, len(e.Error()), 1_000, "%s: %s: a short message", d, h.name)
	}
	if q, err := ParseWith(Options{Dialect: d, Lenient: true}, h.text); err == nil {
		printed, _ := Print(d, q)
		assert.NotEmpty(t, printed, "%s: %s, leniently", d, h.name)
	}
}

// Fields within fields do not multiply what is read: the inner ones are meant.
func TestFieldsWithinOneAnotherAreNotMultiplied(t *testing.T) {
	for _, d := range Dialects() {
		for _, text := range []string{
			strings.Repeat("TS=(", 30) + "heart", strings.Repeat("TITLE-ABS-KEY(", 30) + "heart",
			strings.Repeat("(", 30) + "heart" + strings.Repeat("):ti,ab,kw", 30), strings.Repeat("TS=(a or ", 30) + "heart",
			"S1 lung\nS2 " + strings.Repeat("(TI a N3 ", 30) + "S1" + strings.Repeat(").ti,ab.", 30), strings.Repeat("(", 30) + "TI a" + strings.Repeat(" N3 b).ti,ab.", 30),
		} {
			if q, err := ParseWith(Options{Dialect: d, Lenient: true}, text); err == nil {
				printed, _ := Print(d, q)
				assert.Less(t, len(printed), 20*len(text), "%s: %s", d, text)
			}
		}
	}
}

// A text as it comes off a screen or out of a file of another system is read as
// if it had been typed.
func TestATextIsReadWhateverItsLineEndsAndBlanks(t *testing.T) {
	for _, d := range []Dialect{Ovid, PubMed} {
		plain := "1. heart\n2. lung attack\n3. 1 or 2"
		if d == PubMed {
			plain = "#1 heart\n#2 lung attack\n#3 #1 OR #2"
		}
		want, err := Parse(d, plain)
		require.NoError(t, err)
		for name, text := range map[string]string{
			"CRLF":                 strings.ReplaceAll(plain, "\n", "\r\n"),
			"a byte order mark":    "\ufeff" + plain,
			"tabs":                 strings.NewReplacer("1. ", "1.\t", "#1 h", "#1\th").Replace(plain),
			"blank lines":          strings.ReplaceAll(plain, "\n", "\n\n\n"),
			"blanks at the end":    strings.ReplaceAll(plain, "\n", "  \t\n"),
			"non-breaking spaces":  strings.ReplaceAll(plain, "lung attack", "lung\u00a0attack"),
			"a zero-width space":   strings.ReplaceAll(plain, "lung attack", "lung \u200battack"),
			"hits behind a tab":    strings.ReplaceAll(plain, "\n", "\t1,234\n") + "\t(7)",
			"the row of the names": "#  Searches  Results\n" + plain,
		} {
			got, err := Parse(d, text)
			if assert.NoError(t, err, "%s: %s", d, name) {
				assert.Equal(t, dump(want), dump(got), "%s: %s", d, name)
			}
		}
	}
}

// A reference to itself, to a later line and to none is an error at the number,
// so that no line can depend on itself.
func TestReferencesCannotGoRound(t *testing.T) {
	for text, place := range map[string]string{
		"1. 2\n2. 1":                    "line 1, column 4",
		"1. heart\n2. 1 and 2":          "line 2, column 10",
		"1. heart\n2. or/1-3\n3. lung":  "line 2, column 9",
		"1. heart\n2. 1 or 9":           "line 2, column 9",
		"1. heart\n2. limit 2 to human": "line 2, column 10",
	} {
		_, err := Parse(Ovid, text)
		assert.ErrorContains(t, err, place, text)
	}
}
