package record_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/record"
)

func TestTwoDOIsInOneFieldAreFound(t *testing.T) {
	two := []record.DOI{"10.5555/abc.1", "10.5555/def"}
	for _, text := range []string{
		"10.5555/abc.1 10.5555/def", "10.5555/abc.1; 10.5555/def.", "10.5555/abc.1;10.5555/DEF", "10.5555/ABC.1,10.5555/def",
		"https://doi.org/10.5555/abc.1, doi:10.5555/def and 10.5555/abc.1",
	} {
		assert.Equal(t, two, record.FindDOIs(text), text)
	}
	assert.Equal(t, two[:1], record.FindDOIs("see 10.5555/abc.1"))
	assert.Empty(t, record.FindDOIs(""))
	assert.Empty(t, record.FindDOIs("10.5 is no DOI"))
}

func TestAnISBN10AndItsISBN13AreTheSame(t *testing.T) {
	for ten, thirteen := range map[string]record.ISBN{"0-306-40615-2": "9780306406157", "080442957X": "9780804429573", "978-0-306-40615-7": "9780306406157"} {
		id, ok := record.ParseISBN(ten)
		assert.True(t, ok, ten)
		assert.Equal(t, thirteen, id.ISBN13())
		_, ok = record.ParseISBN(string(id.ISBN13()))
		assert.True(t, ok, "its check digit is right")
	}
	assert.Equal(t, record.ISBN(""), record.ISBN("").ISBN13())
	assert.Equal(t, record.ISBN("unread"), record.ISBN("unread").ISBN13())
}

func TestAJournalIsKnownByItsAbbreviation(t *testing.T) {
	assert.True(t, record.SameJournal("J Ment Health", "Journal of mental health (Abingdon, England)"))
	assert.False(t, record.SameJournal("J Ment Health", "Journal of Mental Science"))
	assert.False(t, record.SameJournal("", ""))
}

func TestParticlesStandBeforeTheFamilyNameInItsNormalForm(t *testing.T) {
	for text, want := range map[string]string{
		"Jong, Marie de": "de Jong, Marie", "Berg, A. M. van der": "van der Berg, A. M.", "Silva, da": "da Silva",
		"de Jong, Marie": "de Jong, Marie", "Berg, Anna": "Berg, Anna", "Marked Study Group": "Marked Study Group", "": "",
	} {
		assert.Equal(t, want, record.ParseName(text).Normal().String())
	}
}
