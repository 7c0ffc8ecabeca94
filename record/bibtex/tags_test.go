package bibtex

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/require"
)

// samples are the values that are tried in each field.
var samples = []tagged{
	{"a word", "Kiwi"}, {"a name", "Kiwi, Ada"}, {"a number", "17"}, {"a year", "2012"}, {"a date", "2012-03-04"}, {"a month", "mar"},
	{"a DOI", "10.5555/kite.1"}, {"a PMID", "90000001"}, {"a PMCID", "PMC9900001"}, {"an ISSN", "0000-0019"}, {"an ISBN", "9780000000002"},
	{"a trial's number", "NCT00000001"}, {"a register's number", "ClinicalTrials.gov NCT00000001"}, {"a URL", "https://example.org/kiwi"},
	{"a language", "english"}, {"a database", "MEDLINE"}, {"a publication type", "Randomized Controlled Trial"},
}

// beside are fields that must stand in the entry for another to say something.
var beside = map[string]string{
	"subtitle": "title = {Kites}", "journalsubtitle": "journal = {Kites}", "fjournal": "journal = {Kites}", "booksubtitle": "booktitle = {Kites}",
	"month": "year = {2011}", "day": "year = {2011}, month = apr", "archiveprefix": "eprint = {1234.56789}", "eprinttype": "eprint = {1234.56789}",
}

// tagsOf lists the fields of a written entry, and its type.
func tagsOf(text string) []tagged {
	var out []tagged
	for line := range strings.Lines(text) {
		if kind, _, ok := strings.Cut(line, "{"); ok && strings.HasPrefix(line, "@") {
			out = append(out, tagged{kind, ""})
		} else if tag, value, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
			out = append(out, tagged{strings.TrimSpace(tag), strings.TrimRight(value, ",")})
		}
	}
	return out
}

func TestTheDocumentOfBibTeXSaysWhereFieldsGo(t *testing.T) {
	var b strings.Builder
	var all []finding
	article := map[string]string{}
	for _, kind := range []string{"article", "book", "incollection", "inproceedings", "phdthesis", "techreport", "misc"} {
		fmt.Fprintf(&b, "## Fields of @%s\n\n", kind)
		if kind != "article" {
			b.WriteString("Only the fields that go elsewhere than those of an article.\n\n")
		}
		b.WriteString(tableHead)
		for _, tag := range slices.Sorted(slices.Values(fieldNames())) {
			found := findings(t, kind, tag)
			all = append(all, found...)
			rows := rowsOf(found)
			if kind == "article" {
				article[tag] = rows
			}
			if kind == "article" || rows != article[tag] {
				b.WriteString(rows)
			}
		}
		b.WriteString("\n")
	}
	compareDocument(t, "../../docs/formats/bibtex.md", b.String()+latexTable()+typeTable(t)+fieldTable(all))
}

// fieldNames lists the names of all fields that the table has.
func fieldNames() (names []string) {
	for _, r := range rows {
		names = append(append(names, r.tag), r.also...)
	}
	return names
}

// findings tells what becomes of each sample in a field.
func findings(t *testing.T, kind, tag string) []finding {
	t.Helper()
	begin := "@" + kind + "{kite1,\n"
	if other := beside[tag]; other != "" {
		begin += other + ",\n"
	}
	var found []finding
	for _, s := range samples {
		f := measure(t, Format(), tag, s.kind, begin+"}\n", begin+tag+" = {"+s.value+"},\n}\n", tagsOf)
		f.reached = strings.ReplaceAll(f.reached, "["+strings.ToLower(s.value)+"]", "[the value]")
		places := strings.Split(f.reached, ", ")
		slices.Sort(places)
		f.reached = strings.Join(places, ", ")
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
		r := readOne(t, Format(), "@"+name+"{kite1,\n  title = {Kiwi},\n}\n")
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, cmp.Or(string(r.Kind), "not known"),
			typeWritten(writeOne(t, Format(), r)), typeWritten(writeOne(t, BibLaTeX(), r)))
	}
	return b.String()
}

// typeWritten finds the type, and the subtype that makes it exact, in an entry.
func typeWritten(text string) string {
	var out []string
	for _, s := range tagsOf(text) {
		switch {
		case strings.HasPrefix(s.kind, "@"):
			out = append(out, s.kind)
		case s.kind == "entrysubtype":
			out = append(out, s.kind+" = "+strings.TrimSpace(s.value))
		}
	}
	return quoted(out)
}

// readOne reads a file with one record.
func readOne(t *testing.T, format record.Format, text string) *record.Record {
	t.Helper()
	var out []*record.Record
	for r, err := range record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "kites", Format: format}).All() {
		require.NoError(t, err, text)
		out = append(out, r)
	}
	require.Len(t, out, 1, text)
	return out[0]
}

// writeOne writes one record.
func writeOne(t *testing.T, format record.Format, r *record.Record) string {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	return b.String()
}

// measure reads a file without a tag and with it, and tells the difference; it
// then writes both again.
func measure(t *testing.T, format record.Format, tag, kind, without, with string, tagsOf func(string) []tagged) finding {
	t.Helper()
	before, after := readOne(t, format, without), readOne(t, format, with)
	return finding{
		tag:      tag,
		kind:     kind,
		reached:  reaches(leaves(t, before), leaves(t, after)),
		problems: codesOf(after.Problems),
		written:  quoted(added(tagsOf(writeOne(t, format, before)), tagsOf(writeOne(t, format, after)))),
	}
}

// tagged is a kind of value or the tag of one, and the value.
type tagged struct{ kind, value string }

// finding is what became of one value: the fields of the record it reached, the
// codes of the problems that were reported, and where the record is written.
type finding struct {
	tag, kind, reached, problems, written string
}

// leaves lists what a record has, as the paths of its JSON form and their values.
// Of an element of a list the role, scheme, registry, kind or name stands in
// brackets. The line of an extra tag says where it stood, not what it says.
func leaves(t *testing.T, r *record.Record) map[string]int {
	t.Helper()
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var v map[string]any
	require.NoError(t, json.Unmarshal(data, &v))
	out := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if name == "id" || name == "problems" || name == "schema" {
			continue
		}
		addLeaves(out, name, v[name])
	}
	for _, place := range []string{"source.line", "source.number", "source.file", "source.format"} {
		for leaf := range out {
			if strings.HasPrefix(leaf, place+"=") {
				delete(out, leaf)
			}
		}
	}
	return out
}

func addLeaves(out map[string]int, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			addLeaves(out, path+"."+name, inner)
		}
	case []any:
		for _, inner := range v {
			element, ok := inner.(map[string]any)
			if !ok {
				addLeaves(out, path, inner)
				continue
			}
			place := path
			for _, name := range []string{"role", "scheme", "registry", "kind", "name", "tag"} {
				if word, ok := element[name].(string); ok && word != "" {
					if name != "tag" { // extra says it all
						place += "[" + word + "]"
					}
					out[place+"="]++ // the element itself
					break
				}
			}
			if place == "extra" {
				delete(element, "line")
			}
			addLeaves(out, place, element)
		}
	default:
		out[path+"="+fmt.Sprint(v)]++
	}
}

// reaches lists the paths in which two records differ. An element that one of
// them does not have counts as a whole.
func reaches(before, after map[string]int) string {
	var paths []string
	for _, side := range []map[string]int{before, after} {
		for leaf := range side {
			if before[leaf] != after[leaf] {
				path, _, _ := strings.Cut(leaf, "=")
				if strings.HasPrefix(path, "extra.") {
					path = "extra"
				}
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	var out []string
	for _, p := range paths {
		if p == "key" && len(paths) > 1 {
			continue // where no key is given, the file and the number make one
		}
		if n := len(out); n > 0 && strings.HasPrefix(p, out[n-1]+".") {
			continue
		}
		out = append(out, p)
	}
	return quoted(out)
}

// quoted joins names as code, "–" for none.
func quoted(names []string) string {
	if len(names) == 0 {
		return "–"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// codesOf lists the codes of the problems of a record, each once.
func codesOf(problems []record.Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, string(p.Code))
	}
	slices.Sort(out)
	return quoted(slices.Compact(out))
}

// added lists the tags of a written file that the one before does not have, or
// not with that value; each once, in the order of the file.
func added(before, after []tagged) []string {
	had := map[tagged]int{}
	for _, s := range before {
		had[s]++
	}
	var out []string
	for _, s := range after {
		if had[s]--; had[s] < 0 && !slices.Contains(out, s.kind) {
			out = append(out, s.kind)
		}
	}
	return out
}

// rowsOf makes the rows of the table of one tag: one for each thing that becomes
// of a value. The commonest stands first.
func rowsOf(found []finding) string {
	type group struct {
		like  finding
		kinds []string
	}
	var groups []*group
	for _, f := range found {
		like := f
		like.kind = ""
		i := slices.IndexFunc(groups, func(g *group) bool { return g.like == like })
		if i < 0 {
			groups, i = append(groups, &group{like: like}), len(groups)
		}
		groups[i].kinds = append(groups[i].kinds, f.kind)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return len(b.kinds) - len(a.kinds) })
	var b strings.Builder
	for i, g := range groups {
		kinds, name := strings.Join(slices.Compact(g.kinds), ", "), ""
		if i == 0 {
			name = "`" + found[0].tag + "`"
			switch {
			case len(found) == 1:
			case len(groups) == 1:
				kinds = "anything"
			case len(g.kinds) > 3:
				kinds = "anything else"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, kinds, g.like.reached, g.like.problems, g.like.written)
	}
	return b.String()
}

// fieldTable turns the tables round: for each field the tags that reach it, and
// those it is written to, by the values that reached nothing else.
func fieldTable(found []finding) string {
	read, written := map[string][]string{}, map[string][]string{}
	for _, f := range found {
		if f.reached == "–" || f.reached == "`extra`" || strings.Contains(f.reached, ", ") {
			continue
		}
		read[f.reached] = append(read[f.reached], "`"+f.tag+"`")
		if f.written != "–" {
			written[f.reached] = append(written[f.reached], strings.Split(f.written, ", ")...)
		}
	}
	each := func(tags []string) string {
		slices.Sort(tags)
		return cmp.Or(strings.Join(slices.Compact(tags), ", "), "–")
	}
	var b strings.Builder
	b.WriteString("\n## Fields and their tags\n\nFor each part of a record the tags above with a value that reached it and nothing else, and the tags that it was then written to.\n\n" +
		"| field | read from | written to |\n|---|---|---|\n")
	for _, field := range slices.Sorted(maps.Keys(read)) {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", field, each(read[field]), each(written[field]))
	}
	return b.String()
}

// endOfHead begins the part of a document that is measured; above it a person
// writes.
const endOfHead = "<!-- Below this line"

// compareDocument compares what was measured with a document, whose head stays.
func compareDocument(t *testing.T, path, measured string) {
	t.Helper()
	path = filepath.FromSlash(path)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	at := strings.Index(string(text), endOfHead)
	require.GreaterOrEqual(t, at, 0, "%s has the mark between what is written by hand and what is measured", path)
	mark, _, _ := strings.Cut(string(text[at:]), "\n")
	suite.Golden(t, path, []byte(string(text[:at])+mark+"\n\n"+measured))
}

// tableHead begins a table.
const tableHead = "| tag | a value such as | reaches | problems | written again as |\n|---|---|---|---|---|\n"
