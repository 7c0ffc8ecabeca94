package namelist_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/namelist"
)

func TestAListIsPartedWhereNamesEndForSure(t *testing.T) {
	for text, want := range map[string]string{
		"Berg, A.; Osei, K.":                           "Berg, A.|Osei, K.",
		"Berg A, Osei K":                               "Berg A|Osei K",
		"A Berg and K Osei":                            "A Berg|K Osei",
		"Berg, Anna and Osei, Kofi":                    "Berg, Anna|Osei, Kofi",
		"Anna Berg, Kofi Osei, and Vera Nimbus":        "Anna Berg|Kofi Osei|Vera Nimbus",
		"Berg, A., Osei, K., Nimbus, V. M.":            "Berg, A.|Osei, K.|Nimbus, V. M.",
		"Berg, Anna":                                   "Berg, Anna",
		"Anna Berg, Kofi Osei":                         "Anna Berg, Kofi Osei",
		"Department of Health, and Kite Research":      "Department of Health, and Kite Research",
		"{Kites and Winds}":                            "{Kites and Winds}",
		"King, Jr., Martin and Berg, Anna":             "King, Jr., Martin|Berg, Anna",
		"":                                             "",
		"; Berg, A.;":                                  "Berg, A.",
		"Society for Kites, Ropes and Winds in Europe": "Society for Kites, Ropes and Winds in Europe",
	} {
		assert.Equal(t, want, strings.Join(namelist.Split(text, false), "|"), text)
	}
	assert.Equal(t, []string{"Anna Berg", "Kofi Osei"}, namelist.Split("Anna Berg, Kofi Osei", true), "where commas part names, two are enough")
	assert.True(t, namelist.IsCommaList("Anna Berg, Kofi Osei, Vera Nimbus"))
	assert.False(t, namelist.IsCommaList("Berg, A., Osei, K."))
}

func TestATagIsPartedOnlyWhereItSurelyHoldsSeveral(t *testing.T) {
	for text, want := range map[string]string{
		"Berg, Anna":                        "Berg, Anna",
		"Berg, A.; Osei, K.":                "Berg, A.|Osei, K.",
		"Berg, Anna and Osei, Kofi":         "Berg, Anna|Osei, Kofi",
		"van der Helm JJ, Osei K":           "van der Helm JJ|Osei K",
		"J.K. Brown, A Berg, K Osei":        "J.K. Brown|A Berg|K Osei",
		"Johns Hopkins and Mayo Clinic":     "Johns Hopkins and Mayo Clinic",
		"Anna Berg, Kofi Osei, Vera Nimbus": "Anna Berg, Kofi Osei, Vera Nimbus",
		"Kites,, Ropes A, Winds B":          "Kites,, Ropes A, Winds B",
		"De Luca, Anna Maria":               "De Luca, Anna Maria",
	} {
		assert.Equal(t, want, strings.Join(namelist.SplitTag(text), "|"), text)
	}
}

func TestTheMarkOfAListThatWasCutIsTakenOff(t *testing.T) {
	for text, want := range map[string]string{
		"Berg, A., et al.": "Berg, A. true", "Berg A et al": "Berg A true", "Berg A; ...": "Berg A true", "Berg A…": "Berg A true",
		"Berg, A. and others": "Berg, A. true", "et al": " true", "Monet al": "Monet al false", "Berg A.": "Berg A. false", "Nordal": "Nordal false", "": " false",
	} {
		rest, cut := namelist.WithoutEtAl(text)
		assert.Equal(t, want, fmt.Sprint(rest, " ", cut), text)
	}
	for _, s := range []string{"Jr", "jr.", "III", "3rd", "Sr"} {
		assert.True(t, namelist.IsSuffix(s), s)
	}
	for _, s := range []string{"I", "V", "Jra", "J.", ""} {
		assert.False(t, namelist.IsSuffix(s), s)
	}
}

func TestNothingIsLostBetweenNames(t *testing.T) {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(",;. &", r) {
				return -1
			}
			return r
		}, strings.NewReplacer(" and ", " ").Replace(s))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"Berg", "A.", "Anna", ",", ";", "and", "&", "JJ", "van", "Group", "Jr"}), 1, 12).Draw(t, "words"), " ")
		for _, parts := range [][]string{namelist.Split(s, false), namelist.Split(s, true), namelist.SplitTag(s)} {
			if got := letters(strings.Join(parts, " ")); got != letters(s) && !strings.Contains(s, "and and") {
				assert.Equal(t, strings.ReplaceAll(letters(s), "and", ""), strings.ReplaceAll(got, "and", ""), s)
			}
		}
	})
}
