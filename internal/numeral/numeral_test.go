package numeral_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/numeral"
)

var (
	kinds  = []string{"", "percent ", "part ", "times ", "code "}
	bounds = []string{"", "about ", "more than ", "at least ", "less than ", "at most "}
)

// said writes numbers down in one way.
func said(text string) string {
	var out []string
	for _, n := range numeral.In(text) {
		s := bounds[n.Bound] + kinds[n.Kind] + n.Key
		if n.To != "" {
			s += " to " + n.To
		}
		if n.Of != "" {
			s += " of " + n.Of
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestNumbersAreReadHoweverTheyAreWritten(t *testing.T) {
	for text, want := range map[string]string{
		"12 nurses":                        "12",
		"twelve nurses":                    "12",
		"a dozen nurses":                   "12",
		"two dozen nurses":                 "24",
		"twenty-one of the 27 trials":      "21 of 27",
		"Twenty one trials":                "21",
		"three hundred and five":           "305",
		"one hundred and five":             "105",
		"two thousand five hundred":        "2500",
		"1,200 and 1 200 people":           "1200; 1; 200",
		"1\u202f200 people":                "1200",
		"1.2 million":                      "1200000",
		"0,05 and 0·05 and .050":           "0.05; 0.05; 0.05",
		"P<.05":                            "less than 0.05",
		"p = 0.04":                         "0.04",
		"n=40":                             "40",
		"a change of -0.3":                 "-0.3",
		"a change of −0.3":                 "-0.3",
		"12%, 12 %, twelve per cent":       "percent 12; percent 12; percent 12",
		"10–20 % and 10% to 20%":           "percent 10 to 20; percent 10 to 20",
		"2009–2016":                        "2009 to 2016",
		"between 2009 and 2016":            "2009 to 2016",
		"5 and 7":                          "5; 7",
		"from two to five weeks":           "2 to 5",
		"two-week training over 12-months": "2; 12",
		"half of the trials":               "part 1/2",
		"two thirds, two-thirds":           "part 2/3; part 2/3",
		"a third of them":                  "part 1/3",
		"a third trial":                    "",
		"three quarters":                   "part 3/4",
		"more than half":                   "more than part 1/2",
		"3 of 6; 3 out of 6; 3/6":          "3 of 6; 3 of 6; 3 of 6",
		"one in four":                      "1 of 4",
		"40 in 2014":                       "40; 2014",
		"at least 3 records":               "at least 3",
		"no more than 3, 3 or more, 40+":   "at most 3; at least 3; at least 40",
		"nearly all 9":                     "9",
		"moreover 9":                       "9",
		"twice, threefold, 3-fold, double": "times 2; times 3; times 3; times 2",
		"a double-blind trial":             "",
		"COVID-19, SF-36, HbA1c, 2nd":      "code covid-19; code sf-36; code hba1c; code 2nd",
		"in the 2010s":                     "code 2010s",
		"½ of them, m², ٣":                 "code ½; code m²; code ٣",
		"hundreds of nurses":               "code hundreds",
		"one of them; one another":         "",
		"one trial":                        "1",
		"zero records":                     "0",
		"1.2.3":                            "code 1.2.3",
		"":                                 "",
		"no number here":                   "",
		"007 and 7.0":                      "7; 7",
		"5-10":                             "5 to 10",
		"the second and third trial":       "",
		"10000000000000000001":             "10000000000000000001",
		"one hundred, hundred":             "100",
	} {
		assert.Equal(t, want, said(text), text)
	}
}

func TestAYearIsFourDigitsOfItsTime(t *testing.T) {
	for text, want := range map[string]bool{"2014": true, "1850": true, "1200": false, "9999": false, "20.14": false, "201": false, "2014 %": false} {
		assert.Equal(t, want, numeral.In(text)[0].IsYear(), text)
	}
}

// Whatever a text is, its numbers lie in it, in order, and are found again.
func TestNumbersLieInTheirTextInOrder(t *testing.T) {
	piece := rapid.SampledFrom([]string{"12", "twelve", "half", " ", "-", "–", " of ", " to ", "%", "between ", "and ", "one ", "a ", "third", "hundred", "COVID", "½", "1,2", ".", "more than ", "\xff", "é", "fold", "é", "0"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		last := 0
		for _, n := range numeral.In(text) {
			require.True(t, 0 <= n.Start && n.Start < n.End && n.End <= len(text), "%q: %+v", text, n)
			require.GreaterOrEqual(t, n.End, last)
			require.NotEmpty(t, n.Key)
			last = n.End
		}
	})
}

func FuzzIn(f *testing.F) {
	f.Add("at least two thirds of the 27 trials, 12–18 %")
	f.Add("one hundred and five thousand million −0.5 of .05")
	f.Fuzz(func(_ *testing.T, text string) { numeral.In(text) })
}

func ExampleIn() {
	for _, n := range numeral.In("Pay was low in twelve of the 27 trials (2009–2016).") {
		fmt.Printf("%s of %q to %q\n", n.Key, n.Of, n.To)
	}
	// Output:
	// 12 of "27" to ""
	// 2009 of "" to "2016"
}
