package record_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const (
	recordSchema = "docs/schema/record.json"
	loadSchema   = "docs/schema/load.json"
)

// fields is a record without its methods.
type fields record.Record

// wireRecord has the keys that a record's MarshalJSON writes.
type wireRecord struct {
	Schema int       `json:"schema"`
	ID     record.ID `json:"id"`
	fields
}

func TestTheSchemaOfARecordNamesEveryKeyAndNoOther(t *testing.T) {
	suite.SchemaFits(t, recordSchema, wireRecord{})
	suite.SchemaFits(t, loadSchema+"#/$defs/manifest", record.Manifest{})
}

// texts are the forms of the types that are not free text.
var texts = map[reflect.Type]*rapid.Generator[string]{
	reflect.TypeFor[record.ID]():       rapid.StringMatching(`r1-[0-9a-hjkmnp-tv-z]{16}`),
	reflect.TypeFor[record.DOI]():      rapid.StringMatching(`10\.5555/[a-z0-9.()/-]{1,9}`),
	reflect.TypeFor[record.PMID]():     rapid.StringMatching(`[1-9][0-9]{0,7}`),
	reflect.TypeFor[record.PMCID]():    rapid.StringMatching(`PMC[0-9]{1,8}`),
	reflect.TypeFor[record.ISSN]():     rapid.StringMatching(`[0-9]{4}-[0-9]{3}[0-9X]`),
	reflect.TypeFor[record.ISBN]():     rapid.StringMatching(`[0-9]{13}|[0-9]{9}X`),
	reflect.TypeFor[record.ORCID]():    rapid.StringMatching(`([0-9]{4}-){3}[0-9]{3}[0-9X]`),
	reflect.TypeFor[record.Code]():     rapid.StringMatching(`[a-z]{1,5}(-[a-z]{1,5}){0,2}`),
	reflect.TypeFor[record.Kind]():     words("Kind"),
	reflect.TypeFor[record.Role]():     words("Role"),
	reflect.TypeFor[record.Category](): words("Category"),

	reflect.TypeFor[record.EventKind]():    words("EventKind"),
	reflect.TypeFor[record.RelationKind](): words("RelationKind"),
}

// asked are the types of values that a form cannot be without.
var asked = map[reflect.Type]bool{
	reflect.TypeFor[record.ID]():           true,
	reflect.TypeFor[record.Code]():         true,
	reflect.TypeFor[record.RelationKind](): true,
}

// highest are the highest values of the numbers that have one.
var highest = map[string]int{"Season": 4, "Month": 12, "EndMonth": 12, "Day": 31, "EndDay": 31}

// words draws one of the constants of a type, the empty one apart.
func words(typeName string) *rapid.Generator[string] {
	return rapid.SampledFrom(slices.DeleteFunc(constants(typeName), func(w string) bool { return w == "" }))
}

// constants lists the constants of a type of package record by its source, as
// reflection does not know them.
func constants(typeName string) []string {
	var out []string
	paths, _ := filepath.Glob("*.go")
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler has said it
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) != 1 {
				return true
			}
			name, isNamed := spec.Type.(*ast.Ident)
			lit, isText := spec.Values[0].(*ast.BasicLit)
			if isNamed && isText && name.Name == typeName {
				word, _ := strconv.Unquote(lit.Value)
				out = append(out, word)
			}
			return true
		})
	}
	return out
}

func TestTheWordsOfTheSchemaAreTheConstants(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Enum       []string
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	text, err := os.ReadFile(filepath.Join("..", recordSchema))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &s))
	without := func(all []string) []string { return slices.DeleteFunc(all, func(w string) bool { return w == "" }) }
	for typeName, enum := range map[string][]string{
		"Kind":         s.Defs["kind"].Enum,
		"Role":         s.Defs["contributor"].Properties["role"].Enum,
		"EventKind":    s.Defs["event"].Properties["kind"].Enum,
		"RelationKind": s.Defs["relation"].Properties["kind"].Enum,
		"Category":     s.Defs["section"].Properties["category"].Enum,
	} {
		require.NotEmpty(t, enum, typeName)
		assert.Equal(t, without(constants(typeName)), without(enum), typeName)
	}
}

// fill draws a value for every field, and with some set, for some of them only.
func fill(t *rapid.T, v reflect.Value, name string, some bool) {
	if some && v.Kind() != reflect.Struct && !asked[v.Type()] && rapid.Bool().Draw(t, "leave out "+name) {
		return
	}
	switch v.Kind() {
	case reflect.String:
		gen, ok := texts[v.Type()]
		if !ok {
			gen = rapid.StringN(1, 8, -1)
		}
		if name == "SHA256" {
			gen = rapid.StringMatching(`[0-9a-f]{64}`)
		}
		v.SetString(gen.Draw(t, name))
	case reflect.Int, reflect.Int64:
		most, ok := highest[name]
		if !ok {
			most = 1 << 30
		}
		v.SetInt(int64(rapid.IntRange(1, most).Draw(t, name)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), name, some)
	case reflect.Slice:
		n := rapid.IntRange(1, 2).Draw(t, "number of "+name)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(t, v.Index(i), name, some && v.Index(i).Kind() == reflect.Struct)
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, name, false)
		fill(t, value, name, false)
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				fill(t, v.Field(i), field.Name, some)
			}
		}
	default:
		t.Fatalf("%s: no value can be made of a %s", name, v.Type())
	}
}

// emptyFields names the exported fields of a record, however deep, that are zero.
func emptyFields(v reflect.Value, at string) []string {
	var out []string
	switch {
	case v.Kind() == reflect.Slice && v.Len() > 0:
		out = emptyFields(v.Index(0), at)
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				out = append(out, emptyFields(v.Field(i), at+"."+field.Name)...)
			}
		}
	case v.IsZero():
		out = append(out, at)
	}
	return out
}

func TestARecordWithEveryFieldFilledComesBackEqualFromJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := &record.Record{}
		fill(rt, reflect.ValueOf(r).Elem(), "Record", false)
		require.Empty(rt, emptyFields(reflect.ValueOf(r).Elem(), "Record"))
		comesBack(rt, r)
	})
}

func TestARecordWithSomeFieldsFilledComesBackEqualFromJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := &record.Record{}
		fill(rt, reflect.ValueOf(r).Elem(), "Record", true)
		if len(r.Members) == 0 {
			r.FixID() // what comes back is fixed
		}
		comesBack(rt, r)
	})
}

// comesBack checks a record's JSON against the schema and reads it again.
func comesBack(t *rapid.T, r *record.Record) {
	text, err := json.Marshal(r)
	require.NoError(t, err)
	require.NoError(t, suite.CheckSchema(recordSchema, text))
	var back record.Record
	require.NoError(t, json.Unmarshal(text, &back))
	assert.Equal(t, *r, back)
	assert.Equal(t, r.ID(), back.ID())
	again, err := json.Marshal(&back)
	require.NoError(t, err)
	assert.Equal(t, string(text), string(again))
}

func TestAnEmptyRecordIsAVersionAndAName(t *testing.T) {
	text, err := json.Marshal(&record.Record{})
	require.NoError(t, err)
	suite.Schema(t, recordSchema, text)
	var keys map[string]any
	require.NoError(t, json.Unmarshal(text, &keys))
	assert.Len(t, keys, 2)
}

func TestARecordIsWrittenTheSameByValueAndByPointer(t *testing.T) {
	r := record.Record{Title: "Peer work in prisons", DOI: "10.5555/1"}
	want, err := json.Marshal(&r)
	require.NoError(t, err)
	got, err := json.Marshal(r)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	byKey, err := json.Marshal(map[string]record.Record{"a": r})
	require.NoError(t, err)
	assert.Equal(t, `{"a":`+string(want)+`}`, string(byKey))
	none, err := json.Marshal((*record.Record)(nil))
	require.NoError(t, err)
	assert.Equal(t, "null", string(none))
}

func TestWhatIsNoRecordIsNotTakenForOneByTheSchema(t *testing.T) {
	const head = `"schema":1,"id":"r1-0123456789abcdef"`
	suite.Schema(t, recordSchema, []byte(`{`+head+`}`))
	for text, want := range map[string]string{
		`{"id":"r1-0123456789abcdef"}`:                                               "schema: it is missing",
		`{"schema":2,"id":"r1-0123456789abcdef"}`:                                    "schema: 2 stands where 1",
		`{"schema":1,"id":"17"}`:                                                     `id: "17" is not of the form`,
		`{` + head + `,"titel":"x"}`:                                                 "titel: this key is not known",
		`{` + head + `,"kind":"article"}`:                                            `kind: "article" is not one of`,
		`{` + head + `,"people":[{"role":"writer"}]}`:                                `people[0].role: "writer" is not one of`,
		`{` + head + `,"people":[{"family":"Berg"}]}`:                                "people[0].role: it is missing",
		`{` + head + `,"date":{"month":13}}`:                                         "date.month: 13 is more than 12",
		`{` + head + `,"doi":"https://doi.org/10.5555/1"}`:                           "doi: ",
		`{` + head + `,"abstract":{"sections":[{"label":"AIM","start":-1}]}}`:        "abstract.sections[0].end: it is missing",
		`{` + head + `,"relations":[{"kind":"retracts"}]}`:                           "relations[0].kind: ",
		`{` + head + `,"events":[{"kind":"received"}]}`:                              "events[0].date: it is missing",
		`{` + head + `,"members":[{"key":"a"}]}`:                                     "members[0].id: it is missing",
		`{` + head + `,"headings":[{"term":"Depression","qualifiers":["therapy"]}]}`: "headings[0].qualifiers[0]: string stands where object",
	} {
		assert.ErrorContains(t, suite.CheckSchema(recordSchema, []byte(text)), want, text)
	}
}

func TestALoadComesBackEqualFromJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		some := rapid.Bool().Draw(rt, "some fields only")
		var m record.Manifest
		fill(rt, reflect.ValueOf(&m).Elem(), "Manifest", false)
		l := &m[0]
		if some {
			*l = record.Load{}
			fill(rt, reflect.ValueOf(l).Elem(), "Load", true)
		}
		text, err := json.Marshal(m)
		require.NoError(rt, err)
		require.NoError(rt, suite.CheckSchema(loadSchema, text))
		var back record.Manifest
		require.NoError(rt, json.Unmarshal(text, &back))
		assert.Equal(rt, m, back)

		text, err = json.Marshal(l)
		require.NoError(rt, err)
		require.NoError(rt, suite.CheckSchema(loadSchema, text))
	})
	assert.ErrorContains(t, suite.CheckSchema(loadSchema, []byte(`[{"file":"a.ris","records":-1,"problems":0,"bytes":0}]`)), "records: -1 is less than 0")
	assert.ErrorContains(t, suite.CheckSchema(loadSchema, []byte(`[{"file":"a.ris","records":1,"problems":0,"bytes":0,"hits":3}]`)), "hits: this key is not known")
}

func TestARecordOfAnotherVersionIsRefused(t *testing.T) {
	var r record.Record
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"schema":2,"id":"r1-0123456789abcdef"}`), &r), "version 2, expected 1")
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"title":"x"}`), &r), "version 0, expected 1")
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"schema":2,"title":{"en":"x"}}`), &r), "version 2, expected 1")
	assert.ErrorContains(t, json.Unmarshal([]byte(`{"title":{"en":"x"},"schema":1}`), &r), "cannot unmarshal object")
}

func TestRealRecordsAndLoadsAreWhatTheSchemasSay(t *testing.T) {
	const most = 10 // records of a file
	checked := 0
	err := filepath.WalkDir(suite.Data(t, "formats"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		rd := record.NewReader(f, record.ReadOptions{Name: d.Name(), Formats: formats.All()})
		n := 0
		for r, err := range rd.All() {
			if err != nil || n == most { // what cannot be read is for the suites of the formats
				break
			}
			n++
			text, err := json.Marshal(r)
			require.NoError(t, err)
			suite.Schema(t, recordSchema, text)
			var back record.Record
			require.NoError(t, json.Unmarshal(text, &back))
			assert.Equal(t, *r, back, path)
		}
		checked += n
		text, err := json.Marshal(rd.Load())
		require.NoError(t, err)
		suite.Schema(t, loadSchema, text)
		return nil
	})
	require.NoError(t, err)
	assert.Positive(t, checked)
	t.Logf("%d records checked", checked)
}
