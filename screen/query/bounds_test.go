package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

// hostile are records made to be much work.
func hostile() []*record.Record {
	return []*record.Record{
		{Title: strings.Repeat("a ", 5000), Abstract: record.Abstract{Text: strings.Repeat("a", 1<<20)}},
		{Title: strings.Repeat("é", 1<<18), Abstract: record.Abstract{Text: strings.Repeat("ab\x00\xff", 1<<16)}},
		{Title: strings.Repeat("a\u0301", 1<<16), Abstract: record.Abstract{Text: strings.Repeat("aé ", 1<<16)}},
	}
}

func TestAMegabyteOfWordsIsAsked(t *testing.T) {
	var b strings.Builder
	for i := 0; b.Len() < 1<<20; i++ {
		fmt.Fprintf(&b, "word%d* or kite%d a or ", i, i)
	}
	b.WriteString("a.ti.")
	q, err := Parse(Ovid, b.String())
	require.NoError(t, err)
	assert.Equal(t, Yes, q.Match(hostile()[0]).Verdict)
	a := q.Match(&record.Record{Title: "Word7s", Abstract: record.Abstract{Text: "kite9 a"}})
	assert.Len(t, a.Spans, 2)
}

func TestWildcardsOverEverythingEnd(t *testing.T) {
	for _, s := range []string{"a*.mp.", "(a* adj5 a*).mp.", "(a* adj99 a adj99 a* adj99 a).mp.", "((a or a*) adj3 (a* or a)) adj3 a.mp."} {
		q, err := ParseWith(Options{Dialect: Ovid, Lenient: true}, s)
		require.NoError(t, err, s)
		for _, r := range hostile() {
			q.Match(r)
		}
	}
	for _, w := range []string{"*", "*a", "?*?*?*?*?*a", "*a*a*a*a*a*b", "#*é"} {
		q := strategy(WebOfScience, &Term{Words: []Word{word(w)}})
		for _, r := range hostile() {
			q.Match(r)
		}
	}
}

func TestTooManyWaysToBeNearCannotBeSaid(t *testing.T) {
	var args []Expr
	for range 12 {
		args = append(args, in(or(term("a"), term("a*"), term("?")), Title))
	}
	q := strategy(Ovid, &Near{Args: args, Gap: 1000})
	assert.Equal(t, CannotSay, q.Match(hostile()[0]).Verdict)
	assert.Equal(t, No, q.Match(&record.Record{Title: strings.Repeat("a ", 11)}).Verdict)
	ordered := strategy(Ovid, &Near{Args: args, Gap: 0, Ordered: true})
	assert.Equal(t, Yes, ordered.Match(hostile()[0]).Verdict, "in order each word follows the one before")
}

func TestTheMostArgumentsOfANearness(t *testing.T) {
	var args []Expr
	for range maxNear + 1 {
		args = append(args, term("a"))
	}
	q := strategy(Ovid, &Near{Args: args})
	assert.Equal(t, CannotSay, q.Match(sample).Verdict)
	assert.NotEmpty(t, q.Match(sample).Notes)
}

func TestNearbyIsWhatEveryChoiceGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lists [][]stretch
		for range rapid.IntRange(1, 4).Draw(t, "lists") {
			seen := map[stretch]bool{}
			var list []stretch
			for from := range int32(8) {
				for n := int32(1); n < 3; n++ {
					if s := (stretch{from, from + n}); rapid.IntRange(0, 3).Draw(t, "there") == 0 && !seen[s] {
						list = append(list, s)
					}
				}
			}
			lists = append(lists, list)
		}
		gap, ordered := rapid.IntRange(0, 4).Draw(t, "gap"), rapid.Bool().Draw(t, "ordered")
		want := map[stretch]bool{}
		for _, s := range everyChoice(lists, nil, gap, ordered) {
			want[s] = true
		}
		got, ok := nearby(nil, lists, gap, ordered)
		require.True(t, ok)
		require.Len(t, got, len(want))
		for i, s := range got {
			require.True(t, want[s], "%v", s)
			require.True(t, i == 0 || compareStretches(got[i-1], s) < 0, "sorted")
		}
	})
}

func TestTheSieveStopsNoWordOfAForm(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abz09é")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		var forms []form
		for range rapid.IntRange(1, 5).Draw(t, "forms") {
			forms = append(forms, wordsOf([]Word{word(rapid.StringOfN(rapid.SampledFrom([]rune("abz09*?#é")), 1, 6, -1).Draw(t, "form"))})...)
		}
		a := newAutomaton(forms, nil)
		text := letters.Draw(t, "word")
		var want []int32
		for _, w := range foldedWords(text) {
			plain := w.key == text[w.start:w.end]
			for i, f := range forms {
				if globs(f.pieces, w.key) {
					want = append(want, int32(i))
					require.True(t, !plain || strings.ContainsRune(w.key, 'é') || a.sieve.passes(beginningOf(text[w.start:w.end], 0)), "%q by %v", w.key, f)
				}
			}
			var got []int32
			for _, x := range a.lists[a.look([]byte(w.key))] {
				if !x.check || forms[x.form].fits(w.key) {
					got = append(got, x.form)
				}
			}
			require.ElementsMatch(t, want, got, "%q", w.key)
			want = nil
		}
	})
}

func TestAStretchThatHoldsAnotherIsNoEvidence(t *testing.T) {
	assert.Equal(t, []stretch{{0, 2}, {1, 3}, {5, 6}}, narrowest([]stretch{{0, 2}, {0, 4}, {1, 3}, {4, 6}, {5, 6}, {5, 9}}))
	assert.Empty(t, narrowest(nil))
}

func TestAFormThatBeginsWithAGapIsFoundWhereItsLettersAre(t *testing.T) {
	q := strategy(WebOfScience, in(term("*occlus*"), Title), in(term("?tent*"), Title))
	for title, want := range map[string][]Verdict{
		"Reocclusion of STENTS": {Yes, Yes}, "REOCCLUSION": {Yes, No}, "Réocclusion": {Yes, No}, "occ lusion": {No, No}, "tents and intent": {No, Yes},
		"Nothing": {No, No}, "öcclus": {Yes, No}, "β-occlusive – tentative": {Yes, Yes}, "Occlu": {No, No},
	} {
		assert.Equal(t, want, q.Match(&record.Record{Title: title}).Lines, title)
	}
}
