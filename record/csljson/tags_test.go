package csljson

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

// samples are the values that are tried in the variables of each form, as JSON.
var samples = map[form][]suite.Tagged{
	text: suite.Pairs("a word", `"Kiwi"`, "a number", `17`, "a year", `"2012"`, "a DOI", `"10.5555/kite.1"`, "a PMID", `"90000001"`, "a PMCID", `"PMC9900001"`,
		"an ISSN", `"0000-0019"`, "an ISBN", `"9780000000002"`, "a URL", `"https://example.org/kiwi"`, "a language", `"en"`, "a language and region", `"en-US"`,
		"two words with a semicolon", `"kiwi; kite"`, "an object", `{"kiwi": 1}`),
	number: suite.Pairs("a number", `17`, "a number as text", `"17"`, "a range", `"17-19"`, "a word", `"Kiwi"`, "an object", `{"kiwi": 1}`),
	names: suite.Pairs("a person", `[{"family": "Kiwi", "given": "Ada"}]`, "a person with a particle", `[{"family": "Kiwi", "given": "Ada", "non-dropping-particle": "van der"}]`,
		"a group", `[{"literal": "Kite Group"}]`, "a text", `"Kiwi, Ada"`),
	date: suite.Pairs("a year", `{"date-parts": [[2012]]}`, "a day", `{"date-parts": [[2012, 3, 4]]}`, "a range", `{"date-parts": [[2012, 3], [2012, 5]]}`,
		"a season", `{"date-parts": [[2012]], "season": 2}`, "a year that is not sure", `{"date-parts": [[2012]], "circa": true}`, "words", `{"literal": "in press"}`,
		"a raw date", `{"raw": "2012-03-04"}`, "a text", `"2012-03-04"`),
	list: suite.Pairs("a list of words", `["kiwi", "kite"]`, "a text", `"kiwi"`),
}

// beside are members that must stand in the item for another to say something.
var beside = map[string]string{"page-first": `"page": "17-19"`}

// membersOf lists the members of a written item; of custom those within.
func membersOf(written string) []suite.Tagged {
	var out []suite.Tagged
	for _, item := range elements([]byte(written)) {
		for _, m := range members(item, 0) {
			if m.key != "custom" {
				out = append(out, suite.Tagged{Kind: m.key, Value: string(m.raw)})
				continue
			}
			for _, inner := range members(m.raw, 0) {
				out = append(out, suite.Tagged{Kind: "custom." + inner.key, Value: string(inner.raw)})
			}
		}
	}
	return out
}

func TestTheDocumentOfCSLJSONSaysWhereVariablesGo(t *testing.T) {
	forms := map[string]form{"a-name-that-CSL-does-not-have": text}
	for _, f := range fields {
		forms[f.key] = f.form
	}
	var b strings.Builder
	var all []suite.Finding
	article := map[string]string{}
	for _, kind := range []string{"article-journal", "book", "chapter", "paper-conference", "thesis", "report"} {
		fmt.Fprintf(&b, "## Variables of %s\n\n", kind)
		if kind != "article-journal" {
			b.WriteString("Only the variables that go elsewhere than those of an article in a journal.\n\n")
		}
		b.WriteString(strings.Replace(suite.TableHead, "tag", "variable", 1))
		for _, key := range slices.Sorted(maps.Keys(forms)) {
			found := findings(t, kind, key, forms[key])
			all = append(all, found...)
			rows := suite.Rows(found)
			if kind == "article-journal" {
				article[key] = rows
			}
			if kind == "article-journal" || rows != article[key] {
				b.WriteString(rows)
			}
		}
		b.WriteString("\n")
	}
	suite.Document(t, "../../docs/formats/csljson.md", b.String()+typeTable(t)+keyTable()+suite.FieldTable(all))
}

// findings tells what becomes of each sample in a variable. Nothing may be lost:
// what reaches no field stands in Extra.
func findings(t *testing.T, kind, key string, of form) []suite.Finding {
	t.Helper()
	begin := `[{"id": "kite1", "type": "` + kind + `"`
	if other := beside[key]; other != "" {
		begin += ", " + other
	}
	var found []suite.Finding
	for _, s := range samples[of] {
		f := suite.Measure(t, Format(), key, s.Kind, begin+"}]", begin+`, "`+key+`": `+s.Value+"}]", membersOf)
		if key != "page-first" && key != "citation-key" { // which say again what page and id say
			require.NotEqual(t, "–", f.Reached, "%s: %s", key, s.Value)
		}
		found = append(found, f)
	}
	return found
}

// typeTable lists what the types mean.
func typeTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Types\n\n| type | `kind` | written again as |\n|---|---|---|\n")
	names := slices.Collect(maps.Keys(otherTypes))
	for _, x := range types {
		names = append(names, x.name)
	}
	slices.Sort(names)
	for _, name := range names {
		r := suite.ReadOne(t, Format(), `[{"id": "kite1", "type": "`+name+`", "title": "Kiwi"}]`)
		var written []string
		for _, s := range membersOf(suite.WriteOne(t, Format(), r)) {
			if s.Kind == "type" || strings.HasPrefix(s.Kind, "custom.") {
				written = append(written, s.Kind+" "+s.Value)
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, cmp.Or(string(r.Kind), "not known"), suite.Quoted(written))
	}
	b.WriteString("\n| `kind` | type |\n|---|---|\n")
	for _, kind := range record.Kinds() {
		fmt.Fprintf(&b, "| %s | `%s` |\n", kind, typeOf[kind])
	}
	return b.String()
}

// keyTable lists the keys that mean a variable of another name.
func keyTable() string {
	var b strings.Builder
	b.WriteString("\n## Other names of variables\n\n| in the file | read as |\n|---|---|\n")
	for _, key := range slices.Sorted(maps.Keys(otherKeys)) {
		fmt.Fprintf(&b, "| `%s` | `%s` |\n", key, otherKeys[key])
	}
	return b.String()
}
