package table

import (
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/stretchr/testify/require"
)

// samples are the values that are tried in each column.
var samples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "two names", "Kiwi, Ada; Nimbus, Vera", "a number", "17", "a year", "2012", "a date", "2012-03-04", "a month", "March",
	"a DOI", "10.5555/kite.1", "a PMID", "90000001", "a PMCID", "PMC9900001", "an ISSN", "0000-0019", "an ISBN", "9780000000002",
	"a trial's number", "NCT00000001", "a scheme and a number", "pii:S0000-11", "a URL", "https://example.org/kiwi", "a language", "English", "a heading", "Kites/methods",
	"a type of work", "Book Chapter", "a publication type", "Randomized Controlled Trial", "a flag", "retracted", "a tag and its value", "XX: kept", "a formula", "=1+1",
)

// beside are columns that must stand in the row for another to say something.
var beside = map[string]string{"end_page": "start_page\t10", "month": "year\t2011", "day": "date\t2011-04"}

// cellsOf lists the columns of a written table whose cell is not empty.
func cellsOf(text string) []suite.Tagged {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 2 {
		return []suite.Tagged{{Kind: "no table", Value: text}}
	}
	var out []suite.Tagged
	for i, cell := range rows[1] {
		if cell != "" {
			out = append(out, suite.Tagged{Kind: rows[0][i], Value: cell})
		}
	}
	return out
}

func TestTheDocumentOfTablesSaysWhereColumnsGo(t *testing.T) {
	names := []string{"a name that is no column's"}
	for _, c := range columns[:ofAnyTable] {
		names = append(names, c.name)
	}
	slices.Sort(names)
	var b strings.Builder
	var all []suite.Finding
	b.WriteString("## Columns\n\n" + strings.Replace(suite.TableHead, "tag", "column", 1))
	for _, name := range names {
		found := findings(t, name)
		all = append(all, found...)
		b.WriteString(suite.Rows(found))
	}
	suite.Document(t, "../../docs/formats/table.md", b.String()+nameTable()+typeTable()+suite.FieldTable(all))
}

// findings tells what becomes of each sample in a column. Nothing may be lost:
// what reaches no field stands in Extra.
func findings(t *testing.T, name string) []suite.Finding {
	t.Helper()
	key, value := "id", "kite1"
	if name == key {
		key, value = "volume", "3"
	}
	head, row := key, value
	if column, cell, ok := strings.Cut(beside[name], "\t"); ok {
		head, row = head+","+column, row+","+cell
	}
	var found []suite.Finding
	for _, s := range samples {
		f := suite.Measure(t, CSV(), name, s.Kind, head+"\n"+row+"\n", head+","+name+"\n"+row+",\""+s.Value+"\"\n", cellsOf)
		require.NotEqual(t, "–", f.Reached, "%s: %s", name, s.Value)
		found = append(found, f)
	}
	return found
}

// nameTable lists by which names columns are known.
func nameTable() string {
	var b strings.Builder
	b.WriteString("\n## Names of columns\n\nIn a table of no [known tool](tools.md). Case, accents, blanks, dashes and the like do not count.\n\n" +
		"| column | further names |\n|---|---|\n")
	for _, c := range columns[:ofAnyTable] {
		fmt.Fprintf(&b, "| `%s` | %s |\n", c.name, suite.Quoted(strings.Fields(c.spelled)))
	}
	return b.String()
}

// typeTable lists what the words for types of works mean.
func typeTable() string {
	kinds := map[string][]string{}
	for word, w := range works {
		shown := word
		if w.more {
			shown += "*"
		}
		kinds[string(w.kind)] = append(kinds[string(w.kind)], shown)
	}
	var b strings.Builder
	b.WriteString("\n## Types of works\n\nThe words of the column `type`, compared as the names of columns are. One with a star says more than the kind and is kept among the publication types.\n\n" +
		"| `kind` | words |\n|---|---|\n")
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		slices.Sort(kinds[kind])
		fmt.Fprintf(&b, "| %s | %s |\n", kind, suite.Quoted(kinds[kind]))
	}
	return b.String()
}
