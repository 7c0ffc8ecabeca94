package suite

// This file measures where the tags of a format go, for the documents that say so:
// a record is read without a tag and with it, and what differs is what the tag
// reaches.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// ReadOne reads a file that holds one record.
func ReadOne(t testing.TB, format record.Format, text string) *record.Record {
	t.Helper()
	records, _ := ReadRecords(t, format, "kites", strings.NewReader(text))
	if len(records) != 1 {
		t.Fatalf("%d records, want 1, in\n%s", len(records), text)
	}
	return records[0]
}

// WriteOne writes one record.
func WriteOne(t testing.TB, format record.Format, r *record.Record) string {
	t.Helper()
	return string(WriteRecords(t, format, []*record.Record{r}))
}

// Measure reads a file without a tag and with it, and tells the difference; it
// then writes both again, unless the format is only read.
func Measure(t testing.TB, format record.Format, tag, kind, without, with string, tagsOf func(string) []Tagged) Finding {
	t.Helper()
	before, after := ReadOne(t, format, without), ReadOne(t, format, with)
	f := Finding{
		Tag:      tag,
		Kind:     kind,
		Reached:  reaches(leaves(t, before), leaves(t, after)),
		problems: codesOf(after.Problems),
		written:  Quoted(nil),
	}
	if format.Encode != nil {
		f.written = Quoted(added(tagsOf(WriteOne(t, format, before)), tagsOf(WriteOne(t, format, after))))
	}
	return f
}

// Tagged is a kind of value or the tag of one, and the value.
type Tagged struct{ Kind, Value string }

// Pairs makes a list of kinds, each with its value behind it.
func Pairs(kindsAndValues ...string) []Tagged {
	var out []Tagged
	for pair := range slices.Chunk(kindsAndValues, 2) {
		out = append(out, Tagged{pair[0], pair[1]})
	}
	return out
}

// Finding is what became of one value: the fields of the record it reached, the
// codes of the problems that were reported, and where the record is written.
type Finding struct {
	Tag, Kind, Reached string
	problems, written  string
}

// leaves lists what a record has, as the paths of its JSON form and their values.
// Of an element of a list the role, scheme, registry, kind or name stands in
// brackets. The line of an extra tag says where it stood, not what it says.
func leaves(t testing.TB, r *record.Record) map[string]int {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
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
	return Quoted(out)
}

// Quoted joins names as code, "–" for none.
func Quoted(names []string) string {
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
	return Quoted(slices.Compact(out))
}

// added lists the tags of a written file that the one before does not have, or
// not with that value; each once, in the order of the file.
func added(before, after []Tagged) []string {
	had := map[Tagged]int{}
	for _, s := range before {
		had[s]++
	}
	var out []string
	for _, s := range after {
		if had[s]--; had[s] < 0 && !slices.Contains(out, s.Kind) {
			out = append(out, s.Kind)
		}
	}
	return out
}

// Rows makes the rows of the table of one tag: one for each thing that becomes
// of a value. The commonest stands first.
func Rows(found []Finding) string {
	type group struct {
		like  Finding
		kinds []string
	}
	var groups []*group
	for _, f := range found {
		like := f
		like.Kind = ""
		i := slices.IndexFunc(groups, func(g *group) bool { return g.like == like })
		if i < 0 {
			groups, i = append(groups, &group{like: like}), len(groups)
		}
		groups[i].kinds = append(groups[i].kinds, f.Kind)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return len(b.kinds) - len(a.kinds) })
	var b strings.Builder
	for i, g := range groups {
		kinds, name := strings.Join(slices.Compact(g.kinds), ", "), ""
		if i == 0 {
			name = "`" + found[0].Tag + "`"
			switch {
			case len(found) == 1:
			case len(groups) == 1:
				kinds = "anything"
			case len(g.kinds) > 3:
				kinds = "anything else"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, kinds, g.like.Reached, g.like.problems, g.like.written)
	}
	return b.String()
}

// FieldTable turns the tables round: for each field the tags that reach it, and
// those it is written to, by the values that reached nothing else.
func FieldTable(found []Finding) string {
	read, written := map[string][]string{}, map[string][]string{}
	for _, f := range found {
		if f.Reached == "–" || f.Reached == "`extra`" || strings.Contains(f.Reached, ", ") {
			continue
		}
		read[f.Reached] = append(read[f.Reached], "`"+f.Tag+"`")
		if f.written != "–" {
			written[f.Reached] = append(written[f.Reached], strings.Split(f.written, ", ")...)
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

// Document compares what was measured with a document, whose head stays.
func Document(t testing.TB, path, measured string) {
	t.Helper()
	path = filepath.FromSlash(path)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(text), endOfHead)
	if at < 0 {
		t.Fatalf("%s lacks the mark between what is written by hand and what is measured: %s", path, endOfHead)
	}
	mark, _, _ := strings.Cut(string(text[at:]), "\n")
	Golden(t, path, []byte(string(text[:at])+mark+"\n\n"+measured))
}

// TableHead begins a table.
const TableHead = "| tag | a value such as | reaches | problems | written again as |\n|---|---|---|---|---|\n"
