package tagged

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/require"
)

// samples are the values that are tried under each tag.
var samples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "a number", "17", "a year", "2012", "a date", "2012 Mar 4",
	"a DOI", "10.5555/kite.1", "a PMID", "90000001", "a PMCID", "PMC9900001", "an ISSN", "0000-0019", "an ISBN", "9780000000002",
	"a name and an ORCID iD", "Kiwi, Ada/0000-0002-1825-0097", "a trial's number", "NCT00000001", "a URL", "https://example.org/kiwi",
	"a language", "English", "a publication type", "Randomized Controlled Trial",
)

// kindOfFile is a kind of work as a format's files name it: the lines that begin
// a record, and what stands in its document.
type kindOfFile struct{ words, begin string }

// document is one format's page of docs/formats.
type document struct {
	format      record.Format
	path        string
	fields      []field
	kinds       []kindOfFile      // the first is the one that others are compared with
	beside      map[string]string // lines that must stand before a tag for it to say something
	part, end   string            // between a tag and its value; behind a record
	lineOfTag   func(line string) (tag, value string, ok bool)
	listOfKinds func(t *testing.T) string
}

// oneBlank parts a line of Web of Science or RefWorks.
func oneBlank(line string) (tag, value string, ok bool) {
	if strings.HasPrefix(line, " ") {
		return "", "", false
	}
	return strings.Cut(strings.TrimRight(line, "\n"), " ")
}

var documents = []document{
	{WebOfScience(), "../../docs/formats/wos.md", wosFields, []kindOfFile{{"an article in a journal (PT J)", "PT J\n"}, {"what stands in a book (PT B)", "PT B\nSO Handbook\n"}, {"a patent (PT P)", "PT P\n"}},
		map[string]string{"AF": "", "C1": "AU Nimbus, Vera\n", "OI": "AU Kiwi, Ada\n", "EP": "BP 10\n", "EA": "PY 2011\n", "EY": "PY 2011\nEA JAN\n"}, " ", "ER\n", oneBlank, wosKinds},
	{RefWorks(), "../../docs/formats/refworks.md", refWorksFields, []kindOfFile{{"an article in a journal (RT Journal Article)", "RT Journal Article\n"},
		{"a chapter (RT Book, Section)", "RT Book, Section\n"}, {"a book (RT Book, Whole)", "RT Book, Whole\n"}, {"a thesis (RT Dissertation/Thesis)", "RT Dissertation/Thesis\n"}},
		map[string]string{"AD": "A1 Nimbus, Vera\n", "OP": "SP 10\n"}, " ", "\n", oneBlank, refWorksKinds},
	{Ovid(), "../../docs/formats/ovid.md", ovidFields, []kindOfFile{{"any database", "<1. >\nTI  - Kites\n"}, {"MEDLINE", "<1. >\nDB  - Ovid MEDLINE(R)\nTI  - Kites\n"}, {"Embase", "<1. >\nDB  - Embase\nTI  - Kites\n"},
		{"Zoological Record", "<1. >\nDB  - Zoological Record\nTI  - Kites\n"}},
		map[string]string{"IN": "AU  - Nimbus, Vera\n"}, "  - ", "\n", nil, ovidInWords},
}

func TestTheDocumentsSayWhereTagsGo(t *testing.T) {
	for _, d := range documents {
		t.Run(d.format.Name, func(t *testing.T) {
			var tags []string
			for _, f := range d.fields {
				if len(f.tag) <= 5 && !(d.format.Name == "wos" && f.tag == "ER") {
					tags = append(tags, f.tag)
				}
			}
			slices.Sort(tags)
			require.Equal(t, len(tags), len(slices.Compact(slices.Clone(tags))), "no tag stands twice")
			var b strings.Builder
			var all []suite.Finding
			first := map[string]string{}
			for i, kind := range d.kinds {
				fmt.Fprintf(&b, "## Tags of %s\n\n", kind.words)
				if i > 0 {
					fmt.Fprintf(&b, "Only the tags that go elsewhere than those of %s.\n\n", d.kinds[0].words)
				}
				b.WriteString(suite.TableHead)
				for _, tag := range tags {
					found := d.findings(t, kind, tag)
					all = append(all, found...)
					rows := suite.Rows(found)
					if i == 0 {
						first[tag] = rows
					}
					if i == 0 || rows != first[tag] {
						b.WriteString(rows)
					}
				}
				b.WriteString("\n")
			}
			suite.Document(t, d.path, b.String()+d.listOfKinds(t)+suite.FieldTable(all))
		})
	}
}

// findings tells what becomes of each sample under a tag.
func (d document) findings(t *testing.T, kind kindOfFile, tag string) []suite.Finding {
	t.Helper()
	begin := kind.begin + d.beside[tag]
	var found []suite.Finding
	for _, s := range samples {
		found = append(found, suite.Measure(t, d.format, tag, s.Kind, begin+d.end, begin+tag+d.part+s.Value+"\n"+d.end, d.tagsOf))
	}
	return found
}

// tagsOf lists the tags of a written file.
func (d document) tagsOf(text string) []suite.Tagged {
	var out []suite.Tagged
	for line := range strings.Lines(text) {
		if tag, value, ok := d.lineOfTag(line); ok {
			out = append(out, suite.Tagged{Kind: tag, Value: value})
		}
	}
	return out
}

// wosKinds lists what PT and DT mean.
func wosKinds(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Types of works\n\nThe first line that fits counts. What stands in a book (B, S) with a conference (CT) is a paper there.\n\n| PT | with, among DT | `kind` |\n|---|---|---|\n")
	for _, p := range publications {
		r := suite.ReadOne(t, WebOfScience(), "PT "+p.pt+"\nDT "+p.dt+"\nTI Kite\nER\n")
		require.Equal(t, p.kind, r.Kind, "%v", p)
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", p.pt, cmp.Or(p.dt, "–"), p.kind)
	}
	return b.String()
}

// refWorksKinds lists what the types of RT mean.
func refWorksKinds(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Types of references\n\n| RT | `kind` | written again as |\n|---|---|---|\n")
	for _, x := range references {
		r := suite.ReadOne(t, RefWorks(), "RT "+x.name+"\nT1 Kite\n")
		require.Equal(t, x.kind, r.Kind, x.name)
		_, written, _ := strings.Cut(strings.SplitN(suite.WriteOne(t, RefWorks(), r), "\n", 2)[0], " ")
		fmt.Fprintf(&b, "| %s | %s | %s |\n", x.name, cmp.Or(string(x.kind), "not known"), written)
	}
	b.WriteString("\nKinds that RefWorks does not have are written as the nearest:\n\n| `kind` | RT |\n|---|---|\n")
	for _, kind := range record.Kinds() {
		if !slices.ContainsFunc(references, func(x reference) bool { return x.kind == kind }) {
			fmt.Fprintf(&b, "| %s | %s |\n", kind, referenceOf(kind))
		}
	}
	return b.String()
}

// ovidInWords lists the tags in words.
func ovidInWords(t *testing.T) string {
	t.Helper()
	words := map[string][]string{}
	for label, tag := range ovidLabels {
		require.NotNil(t, ovidTags[tag], label)
		words[tag] = append(words[tag], label)
	}
	var b strings.Builder
	b.WriteString("## Tags in words\n\nCapitals do not matter.\n\n| tag | in words |\n|---|---|\n")
	for _, tag := range slices.Sorted(maps.Keys(words)) {
		slices.Sort(words[tag])
		fmt.Fprintf(&b, "| `%s` | %s |\n", tag, strings.Join(words[tag], ", "))
	}
	b.WriteString("\n## Types of works\n\nThe first line that fits counts; what has a source line (SO) or a journal (JN) and fits none is an article in a journal.\n\n| among PT and DT | `kind` |\n|---|---|\n")
	for _, k := range ovidKinds {
		fmt.Fprintf(&b, "| %s | %s |\n", k.name, k.kind)
	}
	return b.String()
}
