package suite

// This file measures formats in JSON: where each member of a record's object goes, by
// the values that stand in files made for the purpose.

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
)

// Members makes a table of where members go. Each path ("biblio.volume") is put alone
// into the object that base makes, with the first value that a sample has there; of is
// that sample. A path for which no sample has a value fails: files that are made to
// show a format must show all that is read of it. So does a member that reaches
// nothing, but for those that same names, with what to say of them.
func Members(t testing.TB, format record.Format, paths []string, samples []map[string]any, base func(path string, of map[string]any) map[string]any, same map[string]string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("## Members\n\n| member | a value such as | reaches | problems |\n|---|---|---|---|\n")
	for _, path := range paths {
		v, of := memberAt(t, samples, path)
		if of == nil {
			t.Fatalf("no sample has a value at %s", path)
		}
		without, with := base(path, of), base(path, of)
		putMember(with, path, v)
		found := Measure(t, format, path, Short(jsonText(t, v)), jsonText(t, without), jsonText(t, with), nil)
		switch says := same[path]; {
		case found.Reached == "–" && says == "":
			t.Fatalf("%s reaches nothing: it is lost", path)
		case says != "":
			found.Reached = says
		}
		b.WriteString(ReadOnlyRows([]Finding{found}))
	}
	return b.String()
}

// ReadOnlyRows makes the rows of a table without the column of what is written.
func ReadOnlyRows(found []Finding) string {
	return strings.ReplaceAll(Rows(found), " – |\n", "\n")
}

// memberAt finds the first value that says something at a path, and the sample it is of.
func memberAt(t testing.TB, samples []map[string]any, path string) (v any, of map[string]any) {
	t.Helper()
	for _, sample := range samples {
		at := any(sample)
		for _, key := range strings.Split(path, ".") {
			object, _ := at.(map[string]any)
			at = object[key]
		}
		if !slices.Contains([]string{"null", `""`, "[]", "{}"}, jsonText(t, at)) {
			return at, sample
		}
	}
	return nil, nil
}

// putMember sets a value at a path.
func putMember(object map[string]any, path string, v any) {
	keys := strings.Split(path, ".")
	for _, key := range keys[:len(keys)-1] {
		inner, ok := object[key].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[key] = inner
		}
		object = inner
	}
	object[keys[len(keys)-1]] = v
}

func jsonText(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// Short cuts a value for a cell of a table, and sets it as code.
func Short(value string) string {
	const longest = 70
	value = strings.Join(strings.Fields(value), " ")
	if r := []rune(value); len(r) > longest {
		value = string(r[:longest]) + " …"
	}
	return "`" + strings.ReplaceAll(value, "|", `\|`) + "`"
}
