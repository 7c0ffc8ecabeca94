package citation

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// base is a citation without a note.
const base = "Nimbus V. Kites. J Invent. 2019;12(3):45-50."

// samplesOf are the values that the labels are tried with: that of the first word
// the label begins with.
var samplesOf = []struct{ begins, value string }{
	{"doi", "10.5555/kite.1"}, {"https://d", "10.5555/kite.1"}, {"http://d", "10.5555/kite.1"}, {"http", "s://example.org/kite"}, {"www.", "example.org/kite"},
	{"PubMed PMID", "90000001"}, {"PMID", "90000001"}, {"MEDLINE", "90000001"}, {"PubMed Central", "PMC9900001"}, {"PMCID", "PMC9900001"}, {"PMC:", "9900001"}, {"PMC", "9900001"},
	{"pii", "S0140-1(19)3"}, {"ISBN", "9780000000002"}, {"Epub ahead", ""}, {"Epub", "2019 Jan 16"}, {"Electronic", "2019 Jan 16"}, {"eCollection", "2019"}, {"Print", "2019 Jan 16"},
	{"Accessed", "2019 Jan 16"}, {"[cited", "2019 Jan 16]"}, {"[accessed", "2019 Jan 16]"}, {"[Accessed", "2019 Jan 16]"}, {"Available", "https://example.org/kite"},
	{"[Article in", "French]"}, {"Article in", "French"}, {"[in", "French]"}, {"[In ", "French]"}, {"[Indexed", ""}, {"[PubMed", "in process]"}, {"[Preprint", ""}, {"[Epub", ""},
	{"Online ahead", ""}, {"In press", ""}, {"Forthcoming", ""}, {"p", "33-47"}, {"", "J Invent. 2020;13:1. doi: 10.5555/kite.2"},
}

// chapter is a citation whose pages stand behind its source.
const chapter = "Nimbus V. Kites. In: Probe B, editor. Ropes. Anytown (NY): Invented Press; 2019."

// parts of a citation before its notes, and where they stand in a record.
var partSamples = []struct{ part, plain, with string }{
	{"names", "Kites. J Invent. 2019;12(3):45-50. PMID: 1", "Nimbus V, Probe BA Jr; Kite Group. Kites. J Invent. 2019;12(3):45-50. PMID: 1"},
	{"et al.", "Nimbus V. Kites. J Invent. 2019;12(3):45-50.", "Nimbus V, et al. Kites. J Invent. 2019;12(3):45-50."},
	{"title in brackets, [Article in French]", "Nimbus V. Kites. J Invent. 2019;12(3):45-50.", "Nimbus V. [Kites]. [Article in French]. J Invent. 2019;12(3):45-50."},
	{"journal", "Kites\n- PMID: 1", "Kites. J Invent. 2019;12(3):45-50. PMID: 1"},
	{"volume, issue, pages", "Nimbus V. Kites. J Invent. 2019. PMID: 1", "Nimbus V. Kites. J Invent. 2019;12(3):45-50. PMID: 1"},
	{"[Preprint] behind the journal", "Nimbus V. Kites. J Invent. 2019. PMID: 1", "Nimbus V. Kites. J Invent [Preprint]. 2019. PMID: 1"},
	{"place and publisher", "Nimbus V. Kites. J Invent. 2019. PMID: 1", "Nimbus V. Kites. Anytown (NY): Invented Press; 2019. PMID: 1"},
	{"2nd ed. of a book", "Nimbus V. Kites. Anytown (NY): Invented Press; 2019. PMID: 1", "Nimbus V. Kites. 2nd ed. Anytown (NY): Invented Press; 2019. PMID: 1"},
	{"In: editors and book", "Nimbus V. Kites. Anytown (NY): Invented Press; 2019. PMID: 1", "Nimbus V. Kites. In: Probe B, editor. Ropes. Anytown (NY): Invented Press; 2019. PMID: 1"},
	{"Review, and other types of NLM", base, base + " Review."},
	{"French, and other languages", base, base + " French."},
	{"Free PMC article, and the like", base, base + " Free PMC article."},
	{"- DOI - PubMed, and other links", base, base + " - DOI - PubMed"},
	{"any other remark", base, base + " Flown twice."},
}

// reached names the fields in which two records differ.
func reached(t *testing.T, plain, with string) string {
	t.Helper()
	a, okA := Parse(plain)
	b, okB := Parse(with)
	require.True(t, okA, plain)
	require.True(t, okB, with)
	var out []string
	for _, f := range record.Fields() {
		if !slices.Equal(a.Values(f), b.Values(f)) {
			out = append(out, "`"+string(f)+"`")
		}
	}
	if a.Date.InPress != b.Date.InPress {
		out = append(out, "`date`")
	}
	for _, x := range b.Extra {
		if a.Extra.Get(x.Tag) != x.Value {
			out = append(out, "`extra:"+x.Tag+"`")
		}
	}
	return strings.Join(out, ", ")
}

func TestTheDocumentOfCitationsSaysWhereNotesGo(t *testing.T) {
	var b strings.Builder
	b.WriteString("## Parts\n\n| part | reaches |\n|---|---|\n")
	for _, s := range partSamples {
		fields := reached(t, s.plain, s.with)
		assert.NotEmpty(t, fields, s.part)
		fmt.Fprintf(&b, "| %s | %s |\n", s.part, fields)
	}
	b.WriteString("\n## Notes with a label\n\n| label | with | reaches |\n|---|---|---|\n")
	for _, l := range labels {
		value, fields := sample(t, l.word)
		assert.NotEmpty(t, fields, l.word)
		if value == "" {
			value = "–"
		} else {
			value = "`" + value + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.TrimSpace(l.word), value, fields)
	}
	path := filepath.Join("..", "..", "docs", "formats", "citation.md")
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	head, _, ok := strings.Cut(string(before), "<!-- Below this line")
	require.True(t, ok)
	suite.Golden(t, path, []byte(head+"<!-- Below this line the text is made by record/citation/docs_test.go: UPDATE_GOLDEN=1 go test ./record/citation -->\n\n"+b.String()))
}

// sample tries a label with its value.
func sample(t *testing.T, word string) (value, fields string) {
	t.Helper()
	i := slices.IndexFunc(samplesOf, func(x struct{ begins, value string }) bool { return strings.HasPrefix(word, x.begins) })
	value = samplesOf[i].value
	blank := ""
	if last := word[len(word)-1]; isLetter(last) && word != "http" && word != "PMC" || last == ':' {
		blank = " "
	}
	plain := base
	if strings.HasPrefix(word, "p") && !strings.HasPrefix(word, "pii") {
		plain = chapter
	}
	return value, reached(t, plain, strings.TrimSpace(plain+" "+word+blank+value))
}
