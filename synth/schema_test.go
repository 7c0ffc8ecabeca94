package synth_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// schema is as much of JSON Schema 2020-12 as the project's schemas use.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Const      any                `json:"const"`
	Enum       []string           `json:"enum"`
	Pattern    string             `json:"pattern"`
	Minimum    *float64           `json:"minimum"`
	MinItems   int                `json:"minItems"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Additional *bool              `json:"additionalProperties"`
	Items      *schema            `json:"items"`
	Defs       map[string]*schema `json:"$defs"`
}

func readSchema(t *testing.T, name string) *schema {
	t.Helper()
	data, err := os.ReadFile("../docs/schema/" + name)
	require.NoError(t, err)
	var s schema
	require.NoError(t, json.Unmarshal(data, &s))
	return &s
}

// faults says where a value does not fit, with its path.
func (s *schema) faults(root *schema, v any, path string) []string {
	if s.Ref != "" {
		def, ok := root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
		if !ok {
			return []string{path + ": no definition " + s.Ref}
		}
		return def.faults(root, v, path)
	}
	bad := func(format string, args ...any) []string { return []string{path + ": " + fmt.Sprintf(format, args...)} }
	if s.Const != nil && s.Const != v {
		return bad("%v, expected %v", v, s.Const)
	}
	switch v := v.(type) {
	case map[string]any:
		return s.objectFaults(root, v, path)
	case []any:
		if s.Type != "array" || len(v) < s.MinItems {
			return bad("a list of %d", len(v))
		}
		var out []string
		for i := range v {
			out = append(out, s.Items.faults(root, v[i], fmt.Sprintf("%s[%d]", path, i))...)
		}
		return out
	case string:
		if s.Type != "string" || len(s.Enum) > 0 && !slices.Contains(s.Enum, v) || s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(v) {
			return bad("the text %q", v)
		}
	case float64:
		if s.Const == nil && s.Type != "number" && (s.Type != "integer" || v != float64(int64(v))) || s.Minimum != nil && v < *s.Minimum {
			return bad("the number %v", v)
		}
	case bool:
		if s.Type != "boolean" {
			return bad("%v", v)
		}
	default:
		return bad("null")
	}
	return nil
}

func (s *schema) objectFaults(root *schema, v map[string]any, path string) []string {
	if s.Type != "object" {
		return []string{path + ": an object"}
	}
	var out []string
	for _, key := range s.Required {
		if _, ok := v[key]; !ok {
			out = append(out, path+"."+key+": missing")
		}
	}
	for key, value := range v {
		p, ok := s.Properties[key]
		if !ok {
			out = append(out, path+"."+key+": not in the schema")
			continue
		}
		out = append(out, p.faults(root, value, path+"."+key)...)
	}
	return out
}

func generic(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	var out any
	require.NoError(t, json.Unmarshal(data, &out))
	return out
}

func TestASummaryIsWhatItsSchemaSays(t *testing.T) {
	s := readSchema(t, "summary.json")
	all := crowd()
	all[5].Keywords = []string{"first", "pay"}
	all[7].Kind = record.Preprint
	cb := peerCodebook()
	cb.Themes[0].Themes[0].Kinds = []record.Kind{record.Preprint}
	cb.Themes[0].Themes[0].Not = []string{"never"}
	cb.Themes[0].Themes[0].Examples = []string{"Pay was low."}
	full := summarize(t, all, synth.Options{Codebook: cb, Axes: []*synth.Codebook{perspectives()}, Studies: []record.Study{{ID: "s", Reports: []record.ID{all[2].ID(), all[3].ID()}}}})
	assert.Empty(t, s.faults(s, generic(t, full), ""))
	assert.Empty(t, s.faults(s, generic(t, summarize(t, nil, synth.Options{})), ""))
	assert.Empty(t, s.faults(s, generic(t, summarize(t, peers()[:1], synth.Options{})), ""))
}

func TestACodebookIsWhatItsSchemaSays(t *testing.T) {
	s := readSchema(t, "codebook.json")
	assert.Empty(t, s.faults(s, generic(t, synth.Designs()), ""))
	assert.Empty(t, s.faults(s, generic(t, peerCodebook()), ""))
	var wrong any
	require.NoError(t, json.Unmarshal([]byte(`{"schema":2,"name":"X Y","themes":[{"name":"a","termes":[]}]}`), &wrong))
	assert.Len(t, s.faults(s, wrong, ""), 3, "the check itself finds what is wrong")
}
