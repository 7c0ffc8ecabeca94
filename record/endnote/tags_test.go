package endnote

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
var samples = []struct{ kind, value string }{
	{"a word", "Kiwi"}, {"a name", "Kiwi, Ada"}, {"a number", "17"}, {"a year", "2012"}, {"a date", "2012-03-04"},
	{"a DOI", "10.5555/kite.1"}, {"a PMID", "PMID: 90000001"}, {"a PMCID", "PMC9900001"}, {"an ISSN", "0000-0019"}, {"an ISBN", "9780000000002"},
	{"a trial's number", "NCT00000001"}, {"a URL", "https://example.org/kiwi"}, {"a publication type", "Randomized Controlled Trial"},
}

// typesShown are the types of reference of which the document shows the fields.
var typesShown = []string{"Journal Article", "Book", "Edited Book", "Book Section", "Conference Proceedings", "Conference Paper", "Thesis", "Report", "Web Page", "Patent", "Dataset"}

func TestTheDocumentOfEndNoteSaysWhereFieldsGo(t *testing.T) {
	var tags, at []string
	for _, f := range fields {
		at = append(at, f.path)
		if f.tag != "" {
			tags = append(tags, f.tag)
		}
	}
	for _, list := range [][]string{tags, at} {
		slices.Sort(list)
		require.Equal(t, len(list), len(slices.Compact(slices.Clone(list))), "no tag and no path stands twice")
	}

	var b strings.Builder
	first := map[string]string{}
	for i, name := range typesShown {
		fmt.Fprintf(&b, "## Fields of the type %s\n\n", name)
		if i > 0 {
			fmt.Fprintf(&b, "Only the fields that go elsewhere than those of the type %s.\n\n", typesShown[0])
		}
		b.WriteString("| element | tag | a value such as | reaches | problems | written again as |\n|---|---|---|---|---|---|\n")
		empty := references{name: name, xml: readOne(t, XML(), xmlHead(name)+xmlTail), refer: readOne(t, Refer(), "%0 "+name+"\n")}
		for _, f := range fields {
			if f.path == "ref-type" {
				continue
			}
			rows := rowsOf(t, empty, f)
			if i == 0 {
				first[f.path] = rows
			}
			if i == 0 || rows != first[f.path] {
				b.WriteString(rows)
			}
		}
		b.WriteString("\n")
	}
	compareDocument(t, "../../docs/formats/endnote.md", b.String()+typeTable(t))
}

// references are a reference of a type with nothing in it, in either form.
type references struct {
	name       string
	xml, refer *record.Record
}

func xmlHead(name string) string { return `<xml><records><record><ref-type name="` + name + `"/>` }

const xmlTail = "</record></records></xml>"

// outcome is what became of a value.
type outcome struct{ reached, problems, written string }

// rowsOf makes the rows of one field: one for each thing that becomes of a value. The
// commonest stands first. Both forms must agree where both have the field.
func rowsOf(t *testing.T, empty references, f *field) string {
	t.Helper()
	var outcomes []outcome
	kinds := map[outcome][]string{}
	for _, s := range samples {
		o := measureXML(t, empty, f.path, s.value)
		if f.tag != "" {
			require.Equal(t, strings.ReplaceAll(o.reached, "extra", ""), strings.ReplaceAll(measureRefer(t, empty, f.tag, s.value), "extra", ""),
				"%s and %s of %s: %s", f.path, f.tag, empty.name, s.value)
		}
		if kinds[o] == nil {
			outcomes = append(outcomes, o)
		}
		kinds[o] = append(kinds[o], s.kind)
	}
	slices.SortStableFunc(outcomes, func(x, y outcome) int { return len(kinds[y]) - len(kinds[x]) })
	var b strings.Builder
	for i, o := range outcomes {
		what, path, tag := strings.Join(kinds[o], ", "), "", ""
		if i == 0 {
			path, tag = "`"+f.path+"`", quoted(f.tag)
			switch {
			case len(outcomes) == 1:
				what = "anything"
			case len(kinds[o]) > 3:
				what = "anything else"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", path, strings.ReplaceAll(tag, "|", `\|`), what, o.reached, o.problems, o.written)
	}
	return b.String()
}

func quoted(names ...string) string {
	names = slices.DeleteFunc(names, func(s string) bool { return s == "" })
	if len(names) == 0 {
		return "–"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// measureXML puts a value alone into an element of a record, and tells the
// difference it makes to a record without it.
func measureXML(t *testing.T, empty references, path, value string) outcome {
	t.Helper()
	names := strings.Split(path, "/")
	element := "<" + strings.Join(names, "><") + ">" + value
	for _, n := range slices.Backward(names) {
		element += "</" + n + ">"
	}
	before, after := empty.xml, readOne(t, XML(), xmlHead(empty.name)+element+xmlTail)
	var codes []string
	for _, p := range after.Problems {
		codes = append(codes, string(p.Code))
	}
	slices.Sort(codes)
	return outcome{reaches(t, before, after), quoted(slices.Compact(codes)...), quoted(newElements(t, before, after)...)}
}

func measureRefer(t *testing.T, empty references, tag, value string) string {
	t.Helper()
	return reaches(t, empty.refer, readOne(t, Refer(), "%0 "+empty.name+"\n"+tag+" "+value+"\n"))
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

// leaves lists what a record has, as the paths of its JSON form and their values. Of
// an element of a list the role, scheme, registry or kind stands in brackets.
func leaves(t *testing.T, r *record.Record) map[string]bool {
	t.Helper()
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var v map[string]any
	require.NoError(t, json.Unmarshal(data, &v))
	out := map[string]bool{}
	for name, inner := range v {
		if name != "id" && name != "problems" && name != "schema" {
			addLeaves(out, name, inner)
		}
	}
	maps.DeleteFunc(out, func(leaf string, _ bool) bool {
		return strings.HasPrefix(leaf, "source.") && !strings.HasPrefix(leaf, "source.database") && !strings.HasPrefix(leaf, "source.platform") || strings.HasPrefix(leaf, "key=kites#")
	})
	return out
}

func addLeaves(out map[string]bool, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		if path == "extra" {
			out[fmt.Sprint("extra=", v["tag"], v["value"])] = true
			return
		}
		for name, inner := range v {
			addLeaves(out, path+"."+name, inner)
		}
	case []any:
		for _, inner := range v {
			place := path
			if element, ok := inner.(map[string]any); ok {
				for _, name := range []string{"role", "scheme", "registry", "kind"} {
					if word, ok := element[name].(string); ok && word != "" {
						place += "[" + word + "]"
						break
					}
				}
			}
			addLeaves(out, place, inner)
		}
	default:
		out[path+"="+fmt.Sprint(v)] = true
	}
}

// reaches lists the paths in which two records differ.
func reaches(t *testing.T, before, after *record.Record) string {
	t.Helper()
	was, is := leaves(t, before), leaves(t, after)
	var paths []string
	for leaf := range is {
		if path, _, _ := strings.Cut(leaf, "="); !was[leaf] {
			if i := strings.IndexByte(path, ']'); i > 0 {
				path = path[:i+1]
			}
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return quoted(slices.Compact(paths)...)
}

// newElements lists the elements of a written record that the one before does not
// have with that text.
func newElements(t *testing.T, before, after *record.Record) []string {
	t.Helper()
	had := elementsOf(t, before)
	var out []string
	for _, e := range elementsOf(t, after) {
		if name, _, _ := strings.Cut(e, "="); !slices.Contains(had, e) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// elementsOf writes a record and lists its fields as "path=text".
func elementsOf(t *testing.T, r *record.Record) []string {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, XML())
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	_, text, _ := strings.Cut(b.String(), "<record>")
	var out, path []string
	for text != "" {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			break
		}
		if i > 0 && len(path) > 0 && path[len(path)-1] != "records" {
			out = append(out, strings.TrimSuffix(strings.Join(path, "/"), "/style")+"="+text[:i])
		}
		tag, rest, _ := strings.Cut(text[i+1:], ">")
		text = rest
		if strings.HasPrefix(tag, "/") {
			path = path[:max(0, len(path)-1)]
			continue
		}
		name, _, _ := strings.Cut(tag, " ")
		path = append(path, name)
	}
	return out
}

// typeTable lists the types of reference, their numbers, and who stands among their
// authors.
func typeTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Types of reference\n\n| type | number | `kind` | secondary authors | tertiary authors | subsidiary authors | number means |\n|---|---|---|---|---|---|---|\n")
	means := [...]string{"issue", "volume of the series", "its own", "number of the report", "day of access", "first page"}
	for _, x := range refTypes {
		r := readOne(t, XML(), xmlHead(x.name)+xmlTail)
		require.Equal(t, x.kind, r.Kind)
		number := "–"
		if x.number != 0 {
			number = fmt.Sprint(x.number)
		}
		row := []string{x.name, number, cmp.Or(string(r.Kind), "not known")}
		for i := range x.seats {
			role := string(x.seat(i))
			if role == string(aside) {
				role = "kept"
			}
			row = append(row, role)
		}
		b.WriteString("| " + strings.Join(append(row, means[numberMeans[x.name]]), " | ") + " |\n")
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
