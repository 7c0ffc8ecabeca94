package suite

import (
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// SchemaFits fails the test where a schema and the JSON form of a Go type do not
// have the same keys, types and nesting, so that a field added to the type and
// forgotten in the schema is found, and the other way round. path is as for
// CheckSchema; v is a value of the type, which may be a zero one.
//
// Every key must have a description; an object allows no further key, but where
// the Go type is a map; a key that encoding/json leaves out when it is empty may
// not be required. A type with a MarshalJSON of its own cannot be seen into: give
// one with the same fields and without the method.
func SchemaFits(t testing.TB, path string, v any) {
	t.Helper()
	s, node, err := openSchema(path)
	if err == nil {
		f := fitter{schema: s, seen: map[fitted]bool{}}
		f.fit(reflect.TypeOf(v), node, "")
		err = s.err()
	}
	if err != nil {
		t.Errorf("%v", err)
	}
}

type fitter struct {
	*schema
	seen map[fitted]bool
}

// fitted is a type and the place of the schema that describes it; types may
// hold themselves.
type fitted struct {
	goType reflect.Type
	node   uintptr
}

var (
	marshaler     = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

func (f *fitter) fit(t reflect.Type, part any, at string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	node := f.resolve(part)
	key := fitted{t, reflect.ValueOf(node).Pointer()}
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	if t.Implements(marshaler) || reflect.PointerTo(t).Implements(marshaler) {
		f.fault(at, "%s writes its JSON itself", t)
		return
	}
	want := jsonType(t)
	if !slices.Contains(typeNames(node["type"]), want) {
		f.fault(at, "the schema says type %s, and %s is written as %s", show(node["type"]), t, want)
		return
	}
	switch t.Kind() {
	case reflect.Struct:
		f.fitStruct(t, node, at)
	case reflect.Slice, reflect.Array:
		f.fitPart(t.Elem(), node, "items", at+"[]")
	case reflect.Map:
		f.fitPart(t.Elem(), node, "additionalProperties", at+"{}")
	}
}

// fitPart goes on into the items of a list or the values of a map.
func (f *fitter) fitPart(t reflect.Type, node map[string]any, keyword, at string) {
	if _, ok := node[keyword].(map[string]any); !ok {
		f.fault(at, "the schema does not say what %s is", t)
		return
	}
	f.fit(t, node[keyword], at)
}

func (f *fitter) fitStruct(t reflect.Type, node map[string]any, at string) {
	keys := map[string]jsonKey{}
	jsonKeys(t, keys)
	known, _ := node["properties"].(map[string]any)
	if node["additionalProperties"] != false {
		f.fault(at, "the schema allows keys that it does not name")
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if _, ok := keys[name]; !ok {
			f.fault(below(at, name), "the schema has this key, and %s does not write it", t)
		}
		if d, _ := known[name].(map[string]any); d["description"] == nil {
			f.fault(below(at, name), "it has no description")
		}
	}
	required, _ := texts(node["required"])
	for _, name := range required {
		if k, ok := keys[name]; !ok || k.optional {
			f.fault(below(at, name), "the schema requires it, and %s may leave it out", t)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		if _, ok := known[name]; !ok {
			f.fault(below(at, name), "%s writes this key, and the schema does not have it", t)
			continue
		}
		f.fit(keys[name].goType, known[name], below(at, name))
	}
}

// resolve follows references to what they point to.
func (f *fitter) resolve(part any) map[string]any {
	node, _ := part.(map[string]any)
	for range deepest {
		ref, ok := node["$ref"].(string)
		if !ok {
			break
		}
		target, _ := f.definition(ref)
		node, _ = target.(map[string]any)
	}
	return node
}

type jsonKey struct {
	goType   reflect.Type
	optional bool // left out when it is empty
}

// jsonKeys gathers the keys that encoding/json writes for a struct, those of
// embedded structs among them.
func jsonKeys(t reflect.Type, into map[string]jsonKey) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		switch {
		case field.Anonymous && name == "" && inner.Kind() == reflect.Struct:
			jsonKeys(inner, into)
			continue
		case !field.IsExported() || name == "-" && options == "":
			continue
		case name == "":
			name = field.Name
		}
		into[name] = jsonKey{field.Type, strings.Contains(options, "omit")}
	}
}

// jsonType is how encoding/json writes a Go type, as JSON Schema names it.
func jsonType(t reflect.Type) string {
	if t.Implements(textMarshaler) {
		return "string"
	}
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return "boolean"
	case k >= reflect.Int && k <= reflect.Uint64:
		return "integer"
	case k == reflect.Float32 || k == reflect.Float64:
		return "number"
	case k == reflect.String:
		return "string"
	case k == reflect.Slice || k == reflect.Array:
		return "array"
	}
	return "object"
}
