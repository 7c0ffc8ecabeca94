package query

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/suite"
)

// allFields lists the fields in the order of their declaration.
var allFields = []Field{AnyField, Multi, TextWords, PubMedWords, TitleAbstract, TitleAbsKeywords, Title, Abstract, OriginalTitle, Keywords, KeywordHeading,
	HeadingWord, HeadingExact, Subheading, SubheadingTree, Substance, RegistryNumber, PublicationType, Author, FirstAuthor, LastAuthor, Affiliation, Journal,
	JournalWord, Language, Country, Year, PublicationDate, EntryDate, CreateDate, HeadingDate, CompletionDate, ElectronicDate, UpdateDate, Identifier,
	RegisterNumber, ISSN, ISBN, Volume, Issue, Pages, Publisher, Grant, Subset, Status, Notes}

// otherwise says what fields that are no text look at.
var otherwise = map[Field]string{
	Subheading: "qualifiers of **headings**", SubheadingTree: "the same, and qualifiers below", Language: "**languages**",
	Year: "**date**", PublicationDate: "**date**, **events**", EntryDate: "**events**", CreateDate: "**events**", HeadingDate: "**events**",
	CompletionDate: "**events**", ElectronicDate: "**events**", UpdateDate: "**events**", Subset: "as a limit of that name",
}

// partNames names parts that are less than a field of a record.
var partNames = map[part]string{
	partHeadings: "headings", partHeadingNames: "headings without qualifiers", partSupplementary: "supplementary concepts", partAuthorsShort: "their family names with initials",
	partFirstAuthor: "the first of authors", partFirstAuthorShort: "", partLastAuthor: "the last of authors", partLastAuthorShort: "", partOtherPeople: "other people",
}

func TestTheTableOfFieldsIsInTheDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("## What each field looks at\n\nFields of a record by the names of package `record`; **bold** without it a record cannot answer no.\n\n" +
		"| field | Ovid | PubMed | Web of Science | Scopus | EBSCOhost | Cochrane | looks at |\n|---|---|---|---|---|---|---|---|\n")
	for _, f := range allFields {
		fmt.Fprintf(&b, "| %s |", f)
		for _, d := range Dialects() {
			fmt.Fprintf(&b, " %s |", strings.Join(written(d, f), ", "))
		}
		fmt.Fprintf(&b, " %s |\n", looksAt(f))
	}
	suite.Document(t, "../../docs/search.md", b.String())
}

func written(d Dialect, f Field) (names []string) {
	for _, c := range codesOf(d) {
		if c.field == f {
			for _, n := range c.names {
				names = append(names, "`"+n+"`")
			}
		}
	}
	return names
}

func looksAt(f Field) string {
	if s, ok := otherwise[f]; ok {
		return s
	}
	var parts []string
	for _, s := range fieldParts[f] {
		name, known := partNames[s.part]
		if !known {
			name = string(s.part.field())
		}
		if name == "" {
			continue
		}
		if s.needs {
			name = "**" + name + "**"
		}
		if s.whole {
			name += " (whole)"
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, ", ")
}

func TestEveryFieldOfADialectIsLookedForSomewhere(t *testing.T) {
	for _, d := range Dialects() {
		for _, c := range codesOf(d) {
			assert.Contains(t, allFields, c.field)
			assert.NotEmpty(t, looksAt(c.field), "%s of %s", c.field, d)
		}
	}
}
