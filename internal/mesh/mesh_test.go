package mesh

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHeadingsInEachFormOfTheDatabases(t *testing.T) {
	for text, want := range map[string]Heading{
		"*Kites":                         {Term: "Kites", Major: true},
		"Depression/therapy":             {Term: "Depression", Qualifiers: []Qualifier{{Term: "therapy"}}},
		"Depression/*therapy/psychology": {Term: "Depression", Qualifiers: []Qualifier{{"therapy", true}, {Term: "psychology"}}},
		"*Depression/ep [Epidemiology]":  {Term: "Depression", Major: true, Qualifiers: []Qualifier{{Term: "epidemiology"}}},
		"Depression [*Prevention and Control, psychology]": {Term: "Depression", Qualifiers: []Qualifier{{"prevention & control", true}, {Term: "psychology"}}},
		"Input/Output/methods":                             {Term: "Input/Output", Qualifiers: []Qualifier{{Term: "methods"}}},
	} {
		got, ok := Parse(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
}

func TestOtherKeywordsAreNoHeadings(t *testing.T) {
	for _, text := range []string{"", "*", "* ", "Humans", "cost/benefit", "Kites [toys]", "Kites [therapy", "a/b/c"} {
		_, ok := Parse(text)
		assert.False(t, ok, text)
	}
}
