package suite

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Schema fails the test where a JSON text is not what a JSON Schema describes;
// see CheckSchema.
func Schema(t testing.TB, path string, jsonText []byte) {
	t.Helper()
	if err := CheckSchema(path, jsonText); err != nil {
		t.Errorf("%v", err)
	}
}

// CheckSchema checks a JSON text against a schema of this module. path is that
// of the schema's file from the module's root; with a fragment behind it
// ("docs/schema/decision.json#/$defs/span") one of its definitions is meant.
//
// The schema is written in the part of JSON Schema 2020-12 that keywords lists.
// Any other keyword is an error, wherever it stands in the schema: what is not
// checked must not look as if it were. The error names every fault by its place
// in the text ("people[0].role") and says what was expected there.
func CheckSchema(path string, jsonText []byte) error {
	s, node, err := openSchema(path)
	if err != nil {
		return err
	}
	var value any
	if err := json.Unmarshal(jsonText, &value); err != nil {
		return fmt.Errorf("%s: the text to be checked: %w", path, err)
	}
	s.check(node, value, "", 0)
	return s.err()
}

// schema is a schema's file, and what was found wrong with it or by it.
type schema struct {
	path     string
	root     map[string]any
	keywords map[string]keyword
	faults   []string
}

// keyword is one keyword of JSON Schema.
type keyword struct {
	// form checks the keyword's own value, as the schema has it.
	form func(s *schema, rule any, at string)
	// check checks a value of the text; nil for a keyword that only describes.
	check func(s *schema, x visit)
}

// visit is one keyword at one value of the text.
type visit struct {
	rule  any            // the keyword's value
	node  map[string]any // the schema object that it stands in
	value any
	at    string // path of the value, "" for the whole text
	depth int
}

// keywords is the part of JSON Schema that is understood. It is a function
// because its entries come back to it.
func keywords() map[string]keyword {
	return map[string]keyword{
		"$schema":     {form: textForm},
		"$id":         {form: textForm},
		"$comment":    {form: textForm},
		"title":       {form: textForm},
		"description": {form: textForm},
		"examples":    {form: listForm},
		"$defs":       {form: namedForm},

		"$ref":                 {refForm, (*schema).ref},
		"type":                 {typeForm, (*schema).typed},
		"enum":                 {listForm, (*schema).enum},
		"const":                {func(*schema, any, string) {}, (*schema).constant},
		"pattern":              {patternForm, (*schema).pattern},
		"minimum":              {numberForm, (*schema).minimum},
		"maximum":              {numberForm, (*schema).maximum},
		"properties":           {namedForm, (*schema).properties},
		"required":             {textsForm, (*schema).required},
		"additionalProperties": {(*schema).lint, (*schema).additional},
		"items":                {(*schema).lint, (*schema).items},
		"minItems":             {numberForm, (*schema).minItems},
		"anyOf":                {formsForm, (*schema).anyOf},
		"oneOf":                {formsForm, (*schema).oneOf},
	}
}

// openSchema reads a schema, checks it as a whole, and finds the part that the
// fragment names.
func openSchema(path string) (*schema, any, error) {
	file, fragment, _ := strings.Cut(path, "#")
	root, err := moduleRoot()
	if err != nil {
		return nil, nil, fmt.Errorf("schema: %w", err)
	}
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
	if err != nil {
		return nil, nil, fmt.Errorf("schema: %w", err)
	}
	s := &schema{path: path, keywords: keywords()}
	if err := json.Unmarshal(text, &s.root); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	s.lint(s.root, "")
	if fragment == "" {
		return s, s.root, s.err()
	}
	node, ok := s.definition("#" + fragment)
	if !ok {
		s.fault("", "the schema has no part #%s", fragment)
	}
	return s, node, s.err()
}

func (s *schema) fault(at, format string, args ...any) {
	if at == "" {
		at = "the whole"
	}
	s.faults = append(s.faults, at+": "+fmt.Sprintf(format, args...))
}

func (s *schema) err() error {
	if len(s.faults) == 0 {
		return nil
	}
	return errors.New(s.path + "\n" + strings.Join(s.faults, "\n"))
}

// definition finds what "#/$defs/name" points to.
func (s *schema) definition(ref string) (any, bool) {
	name, ok := strings.CutPrefix(ref, "#/$defs/")
	if !ok {
		return nil, false
	}
	defs, _ := s.root["$defs"].(map[string]any)
	node, ok := defs[name]
	return node, ok
}

// lint checks a part of the schema itself.
func (s *schema) lint(part any, at string) {
	if _, ok := part.(bool); ok {
		return
	}
	node, ok := part.(map[string]any)
	if !ok {
		s.fault(at, "a schema was expected")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(node)) {
		k, ok := s.keywords[name]
		if !ok {
			s.fault(below(at, name), "this keyword is not understood, so that what it asks would not be checked")
			continue
		}
		k.form(s, node[name], below(at, name))
	}
}

func textForm(s *schema, rule any, at string) {
	if text, ok := rule.(string); !ok || text == "" {
		s.fault(at, "a text was expected")
	}
}

func numberForm(s *schema, rule any, at string) {
	if _, ok := rule.(float64); !ok {
		s.fault(at, "a number was expected")
	}
}

func listForm(s *schema, rule any, at string) {
	if list, ok := rule.([]any); !ok || len(list) == 0 {
		s.fault(at, "a list of values was expected")
	}
}

func textsForm(s *schema, rule any, at string) {
	if _, ok := texts(rule); !ok {
		s.fault(at, "a list of texts was expected")
	}
}

func patternForm(s *schema, rule any, at string) {
	text, _ := rule.(string)
	if _, err := regexp.Compile(text); err != nil || text == "" {
		s.fault(at, "a regular expression was expected")
	}
}

func refForm(s *schema, rule any, at string) {
	ref, _ := rule.(string)
	if _, ok := s.definition(ref); !ok {
		s.fault(at, "%q is not the place of a definition, as #/$defs/name", ref)
	}
}

func typeForm(s *schema, rule any, at string) {
	names := typeNames(rule)
	for _, name := range names {
		if !slices.Contains([]string{"object", "array", "string", "integer", "number", "boolean", "null"}, name) {
			s.fault(at, "%q is not a type", name)
		}
	}
	if len(names) == 0 {
		s.fault(at, "a type was expected")
	}
}

func namedForm(s *schema, rule any, at string) {
	parts, ok := rule.(map[string]any)
	if !ok {
		s.fault(at, "an object of schemas was expected")
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		s.lint(parts[name], below(at, name))
	}
}

func formsForm(s *schema, rule any, at string) {
	parts, ok := rule.([]any)
	if !ok || len(parts) == 0 {
		s.fault(at, "a list of schemas was expected")
	}
	for i, part := range parts {
		s.lint(part, item(at, i))
	}
}

// deepest ends a schema that refers to itself without going into the text.
const deepest = 2000

// check checks one value by one part of the schema.
func (s *schema) check(part, value any, at string, depth int) {
	if allowed, ok := part.(bool); ok {
		if !allowed {
			s.fault(at, "nothing may stand here")
		}
		return
	}
	if depth > deepest {
		s.fault(at, "the schema goes in circles")
		return
	}
	node, _ := part.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(node)) {
		if k := s.keywords[name]; k.check != nil {
			k.check(s, visit{node[name], node, value, at, depth + 1})
		}
	}
}

func (s *schema) ref(x visit) {
	ref, _ := x.rule.(string)
	node, _ := s.definition(ref)
	s.check(node, x.value, x.at, x.depth)
}

func (s *schema) typed(x visit) {
	is := typeOf(x.value)
	for _, name := range typeNames(x.rule) {
		if name == is || name == "number" && is == "integer" {
			return
		}
	}
	s.fault(x.at, "%s stands where %s was expected", is, strings.Join(typeNames(x.rule), " or "))
}

func (s *schema) enum(x visit) {
	list, _ := x.rule.([]any)
	for _, allowed := range list {
		if reflect.DeepEqual(allowed, x.value) {
			return
		}
	}
	s.fault(x.at, "%s is not one of %s", show(x.value), show(x.rule))
}

func (s *schema) constant(x visit) {
	if !reflect.DeepEqual(x.rule, x.value) {
		s.fault(x.at, "%s stands where %s was expected", show(x.value), show(x.rule))
	}
}

func (s *schema) pattern(x visit) {
	text, ok := x.value.(string)
	expr, _ := x.rule.(string)
	if re, err := regexp.Compile(expr); ok && (err != nil || !re.MatchString(text)) {
		s.fault(x.at, "%q is not of the form %s", text, expr)
	}
}

func (s *schema) minimum(x visit) {
	n, ok := x.value.(float64)
	if least, _ := x.rule.(float64); ok && n < least {
		s.fault(x.at, "%v is less than %v", n, least)
	}
}

func (s *schema) maximum(x visit) {
	n, ok := x.value.(float64)
	if most, _ := x.rule.(float64); ok && n > most {
		s.fault(x.at, "%v is more than %v", n, most)
	}
}

func (s *schema) properties(x visit) {
	object, _ := x.value.(map[string]any)
	parts, _ := x.rule.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if v, ok := object[name]; ok {
			s.check(parts[name], v, below(x.at, name), x.depth)
		}
	}
}

func (s *schema) required(x visit) {
	object, ok := x.value.(map[string]any)
	names, _ := texts(x.rule)
	for _, name := range names {
		if _, has := object[name]; ok && !has {
			s.fault(below(x.at, name), "it is missing")
		}
	}
}

func (s *schema) additional(x visit) {
	object, _ := x.value.(map[string]any)
	known, _ := x.node["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if _, ok := known[name]; ok {
			continue
		}
		if x.rule == false {
			s.fault(below(x.at, name), "this key is not known; known are %s", strings.Join(slices.Sorted(maps.Keys(known)), ", "))
			continue
		}
		s.check(x.rule, object[name], below(x.at, name), x.depth)
	}
}

func (s *schema) items(x visit) {
	list, _ := x.value.([]any)
	for i, v := range list {
		s.check(x.rule, v, item(x.at, i), x.depth)
	}
}

func (s *schema) minItems(x visit) {
	list, ok := x.value.([]any)
	if least, _ := x.rule.(float64); ok && float64(len(list)) < least {
		s.fault(x.at, "%d items stand where at least %v were expected", len(list), least)
	}
}

func (s *schema) anyOf(x visit) {
	if fitting, why := s.try(x); fitting == 0 {
		s.fault(x.at, "it has none of the forms allowed:%s", why)
	}
}

func (s *schema) oneOf(x visit) {
	switch fitting, why := s.try(x); {
	case fitting == 0:
		s.fault(x.at, "it has none of the forms allowed:%s", why)
	case fitting > 1:
		s.fault(x.at, "it has %d of the forms at once, and one was expected", fitting)
	}
}

// try counts the forms of a list that the value has, and says why it does not
// have the others.
func (s *schema) try(x visit) (fitting int, why string) {
	parts, _ := x.rule.([]any)
	for i, part := range parts {
		one := &schema{path: s.path, root: s.root, keywords: s.keywords}
		one.check(part, x.value, x.at, x.depth)
		if len(one.faults) == 0 {
			fitting++
			continue
		}
		why += fmt.Sprintf("\n  %d: %s", i+1, strings.ReplaceAll(strings.Join(one.faults, "; "), "\n", "\n  "))
	}
	return fitting, why
}

// texts reads a list of texts.
func texts(rule any) ([]string, bool) {
	list, ok := rule.([]any)
	var out []string
	for _, v := range list {
		text, isText := v.(string)
		out, ok = append(out, text), ok && isText
	}
	return out, ok
}

// typeNames reads the value of "type": one name or several.
func typeNames(rule any) []string {
	if name, ok := rule.(string); ok {
		return []string{name}
	}
	names, _ := texts(rule)
	return names
}

// typeOf names the type of a value as JSON Schema does.
func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case float64:
		if v == math.Trunc(v) {
			return "integer"
		}
		return "number"
	}
	return "object"
}

func show(value any) string {
	text, err := json.Marshal(value)
	if err != nil { // it came out of JSON
		return fmt.Sprint(value)
	}
	return string(text)
}

func below(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func item(at string, i int) string { return at + "[" + strconv.Itoa(i) + "]" }
