package bibtex

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

// samples are the values that are tried in each field.
var samples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "a number", "17", "a year", "2012", "a date", "2012-03-04", "a month", "mar",
	"a DOI", "10.5555/kite.1", "a PMID", "90000001", "a PMCID", "PMC9900001", "an ISSN", "0000-0019", "an ISBN", "9780000000002",
	"a trial's number", "NCT00000001", "a register's number", "ClinicalTrials.gov NCT00000001", "a URL", "https://example.org/kiwi",
	"a language", "english", "a database", "MEDLINE", "a publication type", "Randomized Controlled Trial",
)

// beside are fields that must stand in the entry for another to say something.
var beside = map[string]string{
	"subtitle": "title = {Kites}", "journalsubtitle": "journal = {Kites}", "fjournal": "journal = {Kites}", "booksubtitle": "booktitle = {Kites}",
	"month": "year = {2011}", "day": "year = {2011}, month = apr", "archiveprefix": "eprint = {1234.56789}", "eprinttype": "eprint = {1234.56789}",
}

// tagsOf lists the fields of a written entry, and its type.
func tagsOf(text string) []suite.Tagged {
	var out []suite.Tagged
	for line := range strings.Lines(text) {
		if kind, _, ok := strings.Cut(line, "{"); ok && strings.HasPrefix(line, "@") {
			out = append(out, suite.Tagged{Kind: kind, Value: ""})
		} else if tag, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
			out = append(out, suite.Tagged{Kind: strings.TrimSpace(tag), Value: strings.TrimRight(value, ",")})
		}
	}
	return out
}

func TestTheDocumentOfBibTeXSaysWhereFieldsGo(t *testing.T) {
	var b strings.Builder
	var all []suite.Finding
	article := map[string]string{}
	for _, kind := range []string{"article", "book", "incollection", "inproceedings", "phdthesis", "techreport", "misc"} {
		fmt.Fprintf(&b, "## Fields of @%s\n\n", kind)
		if kind != "article" {
			b.WriteString("Only the fields that go elsewhere than those of an article.\n\n")
		}
		b.WriteString(suite.TableHead)
		for _, tag := range slices.Sorted(slices.Values(fieldNames())) {
			found := findings(t, kind, tag)
			all = append(all, found...)
			rows := suite.Rows(found)
			if kind == "article" {
				article[tag] = rows
			}
			if kind == "article" || rows != article[tag] {
				b.WriteString(rows)
			}
		}
		b.WriteString("\n")
	}
	suite.Document(t, "../../docs/formats/bibtex.md", b.String()+latexTable()+typeTable(t)+suite.FieldTable(all))
}

// fieldNames lists the names of all fields that the table has.
func fieldNames() (names []string) {
	for _, r := range rows {
		names = append(append(names, r.tag), r.also...)
	}
	return names
}

// findings tells what becomes of each sample in a field.
func findings(t *testing.T, kind, tag string) []suite.Finding {
	t.Helper()
	begin := "@" + kind + "{kite1,\n"
	if other := beside[tag]; other != "" {
		begin += other + ",\n"
	}
	var found []suite.Finding
	for _, s := range samples {
		f := suite.Measure(t, Format(), tag, s.Kind, begin+"}\n", begin+tag+" = {"+s.Value+"},\n}\n", tagsOf)
		f.Reached = strings.ReplaceAll(f.Reached, "["+strings.ToLower(s.Value)+"]", "[the value]")
		places := strings.Split(f.Reached, ", ")
		slices.Sort(places)
		f.Reached = strings.Join(places, ", ")
		found = append(found, f)
	}
	return found
}

// latexTable lists the fields that BibLaTeX calls by another name.
func latexTable() string {
	var b strings.Builder
	b.WriteString("## Names that differ\n\n| in BibTeX | in BibLaTeX |\n|---|---|\n")
	for _, r := range rows {
		if r.latex != "" && r.write != nil {
			fmt.Fprintf(&b, "| `%s` | `%s` |\n", r.tag, r.latex)
		}
	}
	return b.String()
}

// typeTable lists what the types of entries mean.
func typeTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n## Types of entries\n\n| type | `kind` | written again in BibTeX | in BibLaTeX |\n|---|---|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(typeKinds)) {
		if name == "set" || name == "xdata" { // these hold no work of their own
			continue
		}
		r := suite.ReadOne(t, Format(), "@"+name+"{kite1,\n  title = {Kiwi},\n}\n")
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, cmp.Or(string(r.Kind), "not known"),
			typeWritten(suite.WriteOne(t, Format(), r)), typeWritten(suite.WriteOne(t, BibLaTeX(), r)))
	}
	return b.String()
}

// typeWritten finds the type, and the subtype that makes it exact, in an entry.
func typeWritten(text string) string {
	var out []string
	for _, s := range tagsOf(text) {
		switch {
		case strings.HasPrefix(s.Kind, "@"):
			out = append(out, s.Kind)
		case s.Kind == "entrysubtype":
			out = append(out, s.Kind+" = "+strings.TrimSpace(s.Value))
		}
	}
	return suite.Quoted(out)
}
