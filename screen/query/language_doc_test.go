package query

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// The document lists every field of every dialect by all its names.
func TestDocumentOfTheLanguage(t *testing.T) {
	var b strings.Builder
	b.WriteString("## Fields\n\nThe first name is the one that is written; the others are read.\n\n| field |")
	for _, d := range Dialects() {
		b.WriteString(" " + d.name() + " |")
	}
	b.WriteString("\n|---" + strings.Repeat("|---", len(Dialects())) + "|\n")
	for _, f := range writtenFields() {
		b.WriteString("| " + string(f) + " |")
		for _, d := range Dialects() {
			b.WriteString(" " + namesOf(d, f) + " |")
		}
		b.WriteString("\n")
	}
	suite.Document(t, "../../docs/search-language.md", b.String())
}

// writtenFields are the fields in the order in which the dialects list them.
func writtenFields() (out []Field) {
	for _, d := range Dialects() {
		for _, c := range codesOf(d) {
			if !slices.Contains(out, c.field) {
				out = append(out, c.field)
			}
		}
	}
	return out
}

// namesOf writes all names of a field as the dialect does.
func namesOf(d Dialect, f Field) string {
	mark := map[Dialect][2]string{Ovid: {".", "."}, PubMed: {"[", "]"}, WebOfScience: {"", "="}, Scopus: {"", "( )"}, Cochrane: {":", ""}}[d]
	for _, c := range codesOf(d) {
		if c.field == f {
			var names []string
			for _, n := range c.names {
				names = append(names, "`"+mark[0]+n+mark[1]+"`")
			}
			return strings.Join(names, " ")
		}
	}
	return ""
}

// Each code of an error is spoken of in the document.
func TestDocumentNamesTheCodes(t *testing.T) {
	text, err := os.ReadFile("../../docs/search-language.md")
	require.NoError(t, err)
	for _, c := range []Code{CodeSyntax, CodeQuote, CodeBracket, CodeOperator, CodeNear, CodeField, CodeReference, CodeWildcard, CodeDate, CodeHeading, CodeEncoding} {
		assert.Contains(t, string(text), "\n| "+string(c)+" | ")
	}
}
