package query_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

func Example() {
	terms, err := query.Compile([]string{`"peer support work*"`, "lived experience"})
	if err != nil {
		fmt.Println(err)
		return
	}
	r := &record.Record{
		Title:    "Peer-Support Workers in acute wards",
		Abstract: record.Abstract{Text: "Staff with lived experience were interviewed."},
	}
	for _, s := range terms.In(r) {
		fmt.Printf("%s %d–%d %q\n", s.Field, s.Start, s.End, s.Text)
	}
	// Output:
	// title 0–20 "Peer-Support Workers"
	// abstract 11–27 "lived experience"
}

func TestATermFindsWhatAReaderWouldUnderline(t *testing.T) {
	for _, c := range []struct{ term, text, want string }{
		{"peer", "Peers and peer workers", "peer"},
		{"peer*", "Peers and peer workers", "Peers|peer"},
		{"peer support", "peer support, peer-support and peer  supporters", "peer support|peer-support"},
		{"peer support*", "peer supporters' group", "peer supporters"},
		{"wom?n", "Women and a woman, womxn; womn", "Women|woman|womxn"},
		{"behavio?r*", "behaviour behavior behaviours", "behaviour|behaviours"},
		{"rôle", "the role of a Rôle", "role|Rôle"},
		{"self-harm", "selfharm, self harm and self–harm", "self harm|self–harm"},
		{"tgf-alpha", "TGF-α was measured", "TGF-α"},
		{"covid-19", "COVID-19; COVID 19", "COVID-19|COVID 19"},
		{`"acute care"`, "acute. Care begins", "acute. Care"},
		{"experts by experience", "An expert by experience; experts by experience", "experts by experience"},
	} {
		terms, err := query.Compile([]string{c.term})
		require.NoError(t, err, c.term)
		var got []string
		for _, h := range terms.Find(c.text) {
			got = append(got, c.text[h.Start:h.End])
		}
		assert.Equal(t, c.want, strings.Join(got, "|"), "%q in %q", c.term, c.text)
	}
}

func TestATermThatFindsEverythingOrNothingIsAnError(t *testing.T) {
	for term, why := range map[string]string{
		"":         "a letter or digit was expected",
		"--":       "a letter or digit was expected",
		"*":        "in front of a word",
		"*ology":   "in front of a word",
		"re*ing":   "inside a word",
		"a*":       "truncated to one letter",
		"peer * x": "in front of a word",
	} {
		_, err := query.Compile([]string{"good", term})
		require.Error(t, err, term)
		assert.ErrorContains(t, err, why)
		assert.ErrorContains(t, err, "term 2")
	}
}

func TestNoTermsFindNothing(t *testing.T) {
	var none query.Terms
	assert.Empty(t, none.Find("anything"))
	assert.Empty(t, none.In(&record.Record{Title: "anything"}))
}

func TestKeywordsAreSearchedItemByItem(t *testing.T) {
	terms, err := query.Compile([]string{"mental health"})
	require.NoError(t, err)
	r := &record.Record{Keywords: []string{"mental", "health", "Mental health"}}
	spans := terms.In(r)
	require.Len(t, spans, 1, "a phrase does not reach over two keywords")
	assert.Equal(t, 2, spans[0].Item)
	assert.True(t, spans[0].In(r))
}

// Every hit is inside the text, on character borders, and in order.
func TestHitsAreRangesOfTheText(t *testing.T) {
	terms, err := query.Compile([]string{"ab*", "a b", "b?", "ßs*", "alpha"})
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("abcß αé-.\n'’Ａ\u0301")), 0, 40, -1).Draw(t, "text")
		last := 0
		for _, h := range terms.Find(text) {
			require.GreaterOrEqual(t, h.Start, last)
			require.Less(t, h.Start, h.End)
			require.LessOrEqual(t, h.End, len(text))
			require.True(t, utf8.ValidString(text[h.Start:h.End]))
			last = h.Start
		}
	})
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{"peer*", `"a b"`, "wom?n", "*", "\xff?*", "α-β"} {
		f.Add(s, "peer women a b αβ")
	}
	f.Fuzz(func(t *testing.T, term, text string) {
		terms, err := query.Compile([]string{term})
		if err != nil {
			return
		}
		for _, h := range terms.Find(text) {
			if h.Start < 0 || h.Start >= h.End || h.End > len(text) {
				t.Fatalf("hit %v outside of %d bytes", h, len(text))
			}
		}
	})
}
