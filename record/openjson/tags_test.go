package openjson

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

// worksIn lists the works of the invented files of a service, as encoding/json has
// them.
func worksIn(t *testing.T, files ...string) (out []map[string]any) {
	t.Helper()
	for _, name := range files {
		data, err := os.ReadFile("testdata/" + name)
		require.NoError(t, err)
		var answer struct {
			Message map[string]any
			Results []map[string]any
		}
		require.NoError(t, json.Unmarshal(data, &answer))
		out = append(out, answer.Results...)
		items, isList := answer.Message["items"].([]any)
		for _, item := range items {
			out = append(out, item.(map[string]any))
		}
		if !isList && answer.Message != nil {
			out = append(out, answer.Message)
		}
	}
	return out
}

// pathsOf lists the paths of fields, and further ones that are only kept.
func pathsOf(fields []field, kept ...string) (paths []string) {
	for _, f := range fields {
		paths = append(paths, f.Path)
	}
	return append(paths, kept...)
}

func TestTheDocumentOfCrossrefSaysWhereMembersGo(t *testing.T) {
	works := worksIn(t, "invented-crossref-list.json", "invented-crossref-work.json")
	base := func(path string, of map[string]any) map[string]any {
		out := map[string]any{"publisher": "Base"}
		if path != "DOI" {
			out["DOI"] = "10.5555/base"
		}
		if path != "type" {
			out["type"] = of["type"]
		}
		if path == "publisher" {
			delete(out, "publisher")
		}
		return out
	}
	paths := pathsOf(crossrefFields, "license", "indexed", "is-referenced-by-count", "member", "degree", "archive")
	same := map[string]string{"source": "`source.database`, as in every work"}
	suite.Document(t, "../../docs/formats/crossref.md", suite.Members(t, Crossref(), paths, works, base, same)+types(crossrefTypes))
}

func TestTheDocumentOfOpenAlexSaysWhereMembersGo(t *testing.T) {
	works := worksIn(t, "invented-openalex-list.json")
	base := func(path string, of map[string]any) map[string]any {
		out := map[string]any{"doi": "https://doi.org/10.5555/base"}
		if path == "doi" || path == "ids.doi" {
			out = map[string]any{"id": "https://openalex.org/W1"}
		}
		if path != "type" {
			out["type"] = "article"
		}
		return out
	}
	paths := pathsOf(openalexFields, "open_access", "cited_by_count", "primary_location.license", "counts_by_year")
	suite.Document(t, "../../docs/formats/openalex.md", suite.Members(t, OpenAlex(), paths, works, base, nil)+types(openalexTypes))
}

// types lists which kind of work each type is.
func types(of map[string]workType) string {
	var b strings.Builder
	b.WriteString("\n## Types\n\n| kind of a record | types |\n|---|---|\n")
	for _, kind := range record.Kinds() {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(of)) {
			if of[name].kind == kind {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			b.WriteString("| `" + string(kind) + "` | " + suite.Quoted(names) + " |\n")
		}
	}
	return b.String()
}
