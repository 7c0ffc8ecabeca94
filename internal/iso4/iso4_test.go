package iso4_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/iso4"
)

func TestAnAbbreviationIsOfTheSameJournal(t *testing.T) {
	for short, long := range map[string]string{
		"J Clin Psychol":            "Journal of Clinical Psychology",
		"Am. J. Phys. Med.":         "The American Journal of Physical Medicine",
		"Natl Med J India":          "The National medical journal of India",
		"Jpn J Antibiot":            "The Japanese journal of antibiotics",
		"Eur Arch Otorhinolaryngol": "European Archives of Oto-Rhino-Laryngology",
		"Lippincotts Case Manag":    "Lippincott's case management : managing the process of patient care",
		"Forsch.ber. Nat.schutz":    "Forschungsberichte Naturschutz",
		"Ky Dent J":                 "Kentucky dental journal",
		"BMJ":                       "BMJ (Clinical research ed.)",
	} {
		assert.True(t, iso4.Same(short, long), "%s: %s", short, long)
		assert.True(t, iso4.Same(long, short), "%s: %s", short, long)
	}
}

func TestOtherJournalsAreNotTheSame(t *testing.T) {
	for a, b := range map[string]string{
		"J Clin Psychol": "Journal of Clinical Psychiatry",
		"Am J Phys":      "American Journal of Public Health",
		"Nature":         "Nature Medicine",
		"Lancet":         "The Lancet Psychiatry",
		"Psychol Med":    "Medical Psychology",
		"":               "Nature",
		"...":            "...",
	} {
		assert.False(t, iso4.Same(a, b), "%s: %s", a, b)
	}
}

func TestSameIsSymmetricAndOfANameWithItself(t *testing.T) {
	name := rapid.StringMatching(`[A-Z][a-z]{2,8}( (of|the|[A-Z][a-z]{1,9})){0,4}(: [a-z]{3,9})?`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := name.Draw(t, "a"), name.Draw(t, "b")
		assert.True(t, iso4.Same(a, a))
		assert.Equal(t, iso4.Same(a, b), iso4.Same(b, a))
	})
}
