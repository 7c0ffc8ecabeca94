package record_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/record"
)

func TestALanguageIsKnownByItsCodesAndItsName(t *testing.T) {
	for _, s := range []string{"en", "EN", "en-GB", "pt_BR", "eng", "ger", "deu", "English", " swedish ", "français", "sw", "swa", "Swahili", "haw", "mul", "und", "zxx"} {
		assert.True(t, record.KnownLanguage(s), s)
	}
	for _, s := range []string{"", " ", "Englsh", "xx", "xx-GB", "qqq", "e", "en gb", "ace ach"} {
		assert.False(t, record.KnownLanguage(s), s)
	}
	assert.Equal(t, "sw", record.Language("Swahili"))
	assert.Equal(t, "swa", record.LanguageMARC("sw"))
	for _, name := range record.LanguageNames() {
		code := record.Language(name)
		assert.Len(t, code, 2, name)
		assert.True(t, record.KnownLanguage(name), name)
		assert.Equal(t, code, record.Language(record.LanguageMARC(code)), name)
	}
}
