package suite

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inventedSchema puts a schema into a checkout of its own and works there.
func inventedSchema(t *testing.T, text string) (path string) {
	t.Helper()
	root := standIn(t, false)
	require.NoError(t, os.WriteFile(filepath.Join(root, "s.json"), []byte(text), 0o644))
	return "s.json"
}

func TestEveryKeywordOfASchemaCanFail(t *testing.T) {
	for name, c := range map[string]struct {
		schema string
		good   []string
		bad    map[string]string // text: what is said about it
	}{
		"type": {`{"type": "string"}`, []string{`"x"`}, map[string]string{
			`1`: "the whole: integer stands where string was expected", `null`: "null stands", `{}`: "object stands", `[]`: "array stands", `true`: "boolean stands"}},
		"several types":   {`{"type": ["array", "null"]}`, []string{`[]`, `null`}, map[string]string{`{}`: "where array or null was expected"}},
		"type integer":    {`{"type": "integer"}`, []string{`1`, `-2.0`}, map[string]string{`1.5`: "number stands where integer was expected"}},
		"type number":     {`{"type": "number"}`, []string{`1`, `1.5`}, map[string]string{`"1"`: "string stands where number was expected"}},
		"properties":      {`{"properties": {"a": {"type": "string"}}}`, []string{`{"a": "x"}`, `{}`, `{"b": 1}`}, map[string]string{`{"a": 1}`: "a: integer stands where string"}},
		"required":        {`{"required": ["a"]}`, []string{`{"a": null}`, `1`}, map[string]string{`{}`: "a: it is missing"}},
		"no further keys": {`{"properties": {"a": true, "b": true}, "additionalProperties": false}`, []string{`{"a": 1}`}, map[string]string{`{"c": 1}`: "c: this key is not known; known are a, b"}},
		"further keys":    {`{"properties": {"a": true}, "additionalProperties": {"type": "integer"}}`, []string{`{"a": "x", "b": 1}`}, map[string]string{`{"b": "x"}`: "b: string stands where integer"}},
		"items":           {`{"items": {"type": "string"}}`, []string{`["x"]`, `[]`}, map[string]string{`["x", 1]`: "[1]: integer stands where string"}},
		"minItems":        {`{"minItems": 2}`, []string{`[1, 2]`, `"x"`}, map[string]string{`[1]`: "1 items stand where at least 2 were expected"}},
		"enum":            {`{"enum": ["a", 1, null]}`, []string{`"a"`, `1.0`, `null`}, map[string]string{`"b"`: `"b" is not one of ["a",1,null]`}},
		"const":           {`{"const": {"a": [1]}}`, []string{`{"a": [1]}`}, map[string]string{`{"a": [2]}`: `{"a":[2]} stands where {"a":[1]} was expected`}},
		"pattern":         {`{"pattern": "^a+$"}`, []string{`"aa"`, `1`}, map[string]string{`"ab"`: `"ab" is not of the form ^a+$`}},
		"minimum":         {`{"minimum": 1}`, []string{`1`, `"x"`}, map[string]string{`0.5`: "0.5 is less than 1"}},
		"maximum":         {`{"maximum": 12}`, []string{`12`}, map[string]string{`13`: "13 is more than 12"}},
		"$ref":            {`{"items": {"$ref": "#/$defs/x"}, "$defs": {"x": {"type": "string"}}}`, []string{`["a"]`}, map[string]string{`[1]`: "[0]: integer stands where string"}},
		"anyOf":           {`{"anyOf": [{"type": "string"}, {"minimum": 3}]}`, []string{`"x"`, `4`}, map[string]string{`1`: "it has none of the forms allowed:\n  1: the whole: integer stands where string was expected\n  2: the whole: 1 is less than 3"}},
		"oneOf":           {`{"oneOf": [{"type": "string"}, {"maximum": 3}]}`, []string{`1`}, map[string]string{`"x"`: "it has 2 of the forms at once", `4`: "it has none of the forms allowed"}},
		"nothing allowed": {`{"properties": {"a": false}}`, []string{`{}`}, map[string]string{`{"a": 1}`: "a: nothing may stand here"}},
		"a deep place":    {`{"properties": {"a": {"items": {"properties": {"b": {"const": 1}}}}}}`, nil, map[string]string{`{"a": [{}, {"b": 2}]}`: "a[1].b: 2 stands where 1"}},
		"circles":         {`{"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#/$defs/x"}}}`, nil, map[string]string{`1`: "the schema goes in circles"}},
		"broken text":     {`{}`, []string{`1`}, map[string]string{`{"a"`: "the text to be checked", `1 2`: "the text to be checked"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := inventedSchema(t, c.schema)
			for _, text := range c.good {
				assert.NoError(t, CheckSchema(path, []byte(text)), text)
			}
			for text, want := range c.bad {
				assert.ErrorContains(t, CheckSchema(path, []byte(text)), want, text)
			}
		})
	}
}

func TestASchemaItselfIsCheckedWholly(t *testing.T) {
	for text, want := range map[string]string{
		`{"format": "date"}`: "format: this keyword is not understood",
		`{"properties": {"a": {"items": {"maxLength": 3}}}}`:  "properties.a.items.maxLength: this keyword is not understood",
		`{"anyOf": [{}, {"not": {}}]}`:                        "anyOf[1].not: this keyword is not understood",
		`{"$defs": {"x": {"if": {}}}}`:                        "$defs.x.if: this keyword is not understood",
		`{"additionalProperties": {"uniqueItems": true}}`:     "additionalProperties.uniqueItems: this keyword",
		`{"type": "text"}`:                                    `type: "text" is not a type`,
		`{"type": []}`:                                        "type: a type was expected",
		`{"type": 1}`:                                         "type: a type was expected",
		`{"properties": []}`:                                  "properties: an object of schemas was expected",
		`{"properties": {"a": 1}}`:                            "properties.a: a schema was expected",
		`{"items": [{}]}`:                                     "items: a schema was expected",
		`{"required": "a"}`:                                   "required: a list of texts was expected",
		`{"required": [1]}`:                                   "required: a list of texts was expected",
		`{"additionalProperties": 1}`:                         "additionalProperties: a schema was expected",
		`{"enum": []}`:                                        "enum: a list of values was expected",
		`{"oneOf": {}}`:                                       "oneOf: a list of schemas was expected",
		`{"minimum": "1"}`:                                    "minimum: a number was expected",
		`{"minItems": true}`:                                  "minItems: a number was expected",
		`{"pattern": "("}`:                                    "pattern: a regular expression was expected",
		`{"description": 1}`:                                  "description: a text was expected",
		`{"$ref": "#/$defs/x"}`:                               `$ref: "#/$defs/x" is not the place of a definition`,
		`{"$ref": "other.json", "$defs": {"other.json": {}}}`: `$ref: "other.json" is not the place of a definition`,
		`[]`: "cannot unmarshal array",
	} {
		path := inventedSchema(t, text)
		assert.ErrorContains(t, CheckSchema(path, []byte(`1`)), want, text)
	}
}

func TestAFragmentNamesADefinition(t *testing.T) {
	path := inventedSchema(t, `{"type": "array", "$defs": {"x": {"type": "string"}}}`)
	assert.NoError(t, CheckSchema(path+"#/$defs/x", []byte(`"a"`)))
	assert.ErrorContains(t, CheckSchema(path+"#/$defs/x", []byte(`[]`)), "array stands where string")
	assert.ErrorContains(t, CheckSchema(path+"#/$defs/y", []byte(`"a"`)), "the schema has no part #/$defs/y")
	assert.ErrorContains(t, CheckSchema("absent.json", []byte(`1`)), "absent.json")
}

func TestSchemaFailsTheTestAndNamesTheFile(t *testing.T) {
	path := inventedSchema(t, `{"type": "string"}`)
	assert.Empty(t, observe(func(t testing.TB) { Schema(t, path, []byte(`"a"`)) }).errors)
	r := observe(func(t testing.TB) { Schema(t, path, []byte(`1`)) })
	assert.True(t, r.failed)
	assert.Contains(t, r.said(), "s.json\nthe whole: integer stands where string was expected")
}

// tree holds everything that a JSON form can be made of.
type tree struct {
	Base
	Name   string         `json:"name"`
	Counts map[string]int `json:"counts,omitempty"`
	Below  []*tree        `json:"below,omitempty"`
	Half   float64        `json:"half,omitzero"`
	Hidden string         `json:"-"`
	closed int
}

type Base struct {
	Done bool `json:"done,omitzero"`
}

const treeSchema = `{
  "type": "object", "required": ["name"], "additionalProperties": false,
  "properties": {
    "done": {"type": "boolean", "description": "d"},
    "name": {"$ref": "#/$defs/name", "description": "d"},
    "counts": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "d"},
    "below": {"type": "array", "items": {"$ref": "#/$defs/tree"}, "description": "d"},
    "half": {"type": "number", "description": "d"}
  },
  "$defs": {
    "name": {"type": "string"},
    "tree": {
      "type": "object", "required": ["name"], "additionalProperties": false,
      "properties": {
        "done": {"type": "boolean", "description": "d"},
        "name": {"type": "string", "description": "d"},
        "counts": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "d"},
        "below": {"type": "array", "items": {"$ref": "#/$defs/tree"}, "description": "d"},
        "half": {"type": "number", "description": "d"}
      }
    }
  }
}`

func TestASchemaAndAGoTypeHaveTheSameKeys(t *testing.T) {
	fits := func(schema string) string {
		path := inventedSchema(t, schema)
		return observe(func(t testing.TB) { SchemaFits(t, path, tree{closed: 1}) }).said()
	}
	assert.Empty(t, fits(treeSchema))

	inner := func(change func(tree map[string]any, keys map[string]any)) string {
		var root map[string]any
		require.NoError(t, json.Unmarshal([]byte(treeSchema), &root))
		node, _ := root["$defs"].(map[string]any)["tree"].(map[string]any)
		keys, _ := node["properties"].(map[string]any)
		change(node, keys)
		text, err := json.Marshal(root)
		require.NoError(t, err)
		return fits(string(text))
	}
	for want, change := range map[string]func(node, keys map[string]any){
		"below[].done: suite.tree writes this key, and the schema does not have it": func(_, keys map[string]any) { delete(keys, "done") },
		"below[].more: the schema has this key, and suite.tree does not write it":   func(_, keys map[string]any) { keys["more"] = map[string]any{"type": "string"} },
		"below[].name: it has no description":                                       func(_, keys map[string]any) { keys["name"] = map[string]any{"type": "string"} },
		`below[].name: the schema says type "integer", and string is written as`:    func(_, keys map[string]any) { keys["name"] = map[string]any{"type": "integer"} },
		"below[].counts{}: the schema does not say what int is":                     func(_, keys map[string]any) { keys["counts"] = map[string]any{"type": "object"} },
		"below[].below[]: the schema does not say what *suite.tree is":              func(_, keys map[string]any) { keys["below"] = map[string]any{"type": "array"} },
		"below[]: the schema allows keys that it does not name":                     func(node, _ map[string]any) { delete(node, "additionalProperties") },
		"below[].half: the schema requires it, and suite.tree may leave it out":     func(node, _ map[string]any) { node["required"] = []string{"half"} },
	} {
		assert.Contains(t, inner(change), want)
	}
}

func TestATypeThatWritesItselfIsNotSeenInto(t *testing.T) {
	path := inventedSchema(t, `{"type": "object", "additionalProperties": false}`)
	r := observe(func(t testing.TB) { SchemaFits(t, path, json.RawMessage{}) })
	assert.Contains(t, r.said(), "json.RawMessage writes its JSON itself")
}
