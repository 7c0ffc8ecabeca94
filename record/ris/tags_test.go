package ris

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/stretchr/testify/require"
)

// samples are the values that are tried under each tag.
var samples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "a number", "17", "a year", "2012", "a date", "2012/03/04/",
	"a DOI", "10.5555/kite.1", "a PMID", "PMID: 90000001", "a PMCID", "PMC9900001", "an ISSN", "0000-0019", "an ISBN", "9780000000002",
	"an ORCID iD", "0000-0002-1825-0097", "a name and an ORCID iD", "Kiwi, Ada; ORCID: https://orcid.org/0000-0002-1825-0097", "a trial's number", "NCT00000001", "a URL", "https://example.org/kiwi",
	"a language", "eng", "a database", "MEDLINE", "a publication type", "Randomized Controlled Trial",
)

// beside are lines that must stand before a tag for it to say something.
var beside = map[string]string{
	"AD": "AU  - Nimbus, Vera\n", "M2": "AU  - Nimbus, Vera\n", "AI": "AU  - Kiwi, Ada\n", "EP": "SP  - 10\n",
}

// tagsOf lists the tags of a written file.
func tagsOf(text string) []suite.Tagged {
	var out []suite.Tagged
	for line := range strings.Lines(text) {
		if tag, value, ok := strings.Cut(line, "  - "); ok && len(tag) <= 4 {
			out = append(out, suite.Tagged{Kind: tag, Value: value})
		}
	}
	return out
}

func TestTheDocumentOfRISSaysWhereTagsGo(t *testing.T) {
	var tags []string
	for _, f := range fields {
		tags = append(tags, f.tag)
	}
	slices.Sort(tags)
	require.Equal(t, len(tags), len(slices.Compact(slices.Clone(tags))), "no tag stands twice")

	var b strings.Builder
	var all []suite.Finding
	journal := map[string]string{}
	for _, kind := range []struct{ code, words string }{{"JOUR", "an article in a journal"}, {"BOOK", "a book"}, {"CHAP", "a chapter"}, {"CPAPER", "a paper at a conference"}, {"THES", "a thesis"}, {"RPRT", "a report"}} {
		fmt.Fprintf(&b, "## Tags of %s (TY %s)\n\n", kind.words, kind.code)
		if kind.code != "JOUR" {
			b.WriteString("Only the tags that go elsewhere than those of an article in a journal.\n\n")
		}
		b.WriteString(suite.TableHead)
		for _, tag := range tags {
			found := findings(t, kind.code, tag)
			all = append(all, found...)
			rows := suite.Rows(found)
			if kind.code == "JOUR" {
				journal[tag] = rows
			}
			if kind.code == "JOUR" || rows != journal[tag] {
				b.WriteString(rows)
			}
		}
		b.WriteString("\n")
	}
	suite.Document(t, "../../docs/formats/ris.md", b.String()+kindTable(t)+suite.FieldTable(all))
}

// findings tells what becomes of each sample under a tag.
func findings(t *testing.T, kind, tag string) []suite.Finding {
	t.Helper()
	begin := "TY  - " + kind + "\n" + beside[tag]
	var found []suite.Finding
	for _, s := range samples {
		found = append(found, suite.Measure(t, Format(), tag, s.Kind, begin+"ER  - \n", begin+tag+"  - "+s.Value+"\nER  - \n", tagsOf))
	}
	return found
}

// kindTable lists what the codes of TY mean.
func kindTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Types of works\n\n| TY | `kind` | written again as |\n|---|---|---|\n")
	codes := slices.Sorted(maps.Keys(kindOf))
	for _, code := range codes {
		r := suite.ReadOne(t, Format(), "TY  - "+code+"\nTI  - Kiwi\nER  - \n")
		var written []string
		for _, s := range tagsOf(suite.WriteOne(t, Format(), r)) {
			if s.Kind == "TY" || s.Kind == "M3" {
				written = append(written, s.Kind+" "+strings.TrimSpace(s.Value))
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", code, cmp.Or(string(r.Kind), "not known"), suite.Quoted(written))
	}
	return b.String()
}
