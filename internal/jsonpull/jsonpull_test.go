package jsonpull_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// value reads a value as encoding/json does.
func value(v *jsonpull.Scanner) any {
	switch v.Kind() {
	case '{':
		out := map[string]any{}
		for key := range v.Members() {
			out[key] = value(v)
		}
		return out
	case '[':
		out := []any{}
		for range v.Elements() {
			out = append(out, value(v))
		}
		return out
	case '"':
		text, _ := v.Text()
		return text
	case 't', 'f':
		return v.True()
	case 'n':
		v.Skip()
		return nil
	}
	text, _ := v.Scalar()
	return json.Number(text)
}

// compare reads a text with the scanner and with encoding/json.
func compare(t require.TestingT, text string) {
	v := jsonpull.NewScanner(text)
	got := value(v)
	what, _ := v.Fault()
	sound := what == "" && v.At() == len(text)

	skipped := jsonpull.NewScanner(text)
	raw := skipped.Raw()
	skipFault, _ := skipped.Fault()
	require.Equal(t, what == "", skipFault == "", "%q: read %q, passed over %q", text, what, skipFault)

	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var want any
	require.Equal(t, json.Valid([]byte(text)), sound, "%q: %s", text, what)
	if !sound {
		return
	}
	require.NoError(t, d.Decode(&want), text)
	require.Equal(t, want, got, text)
	var compact bytes.Buffer
	require.NoError(t, json.Compact(&compact, []byte(text)))
	require.Equal(t, compact.String(), raw)
}

func TestTheScannerReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range []string{
		`{}`, `[]`, `{"a":1,"b":[true,false,null,"x"],"c":{"d":-0.5e+10}}`, `{ "a" : [ 1 , 2 ] }`, `"\u00e9\ud834\udd1e\/\n\""`, `"\ud834x"`, `"\udd1e"`,
		`[1,]`, `[,1]`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{a:1}`, `[1 2]`, `01`, `1.`, `-`, `1e`, `.5`, `+1`, `tru`, `nul`, `"a`, `"\x"`, `"\u12"`, `[`, `{`, `{"a":[1}`, ``, `]`, `NaN`,
		`["a","b",{"c":[[[]]]}]`, `{"é":"纸"}`,
	} {
		compare(t, text)
	}
}

func TestTheScannerAgreesOnEveryText(t *testing.T) {
	part := rapid.SampledFrom([]string{"{", "}", "[", "]", ",", ":", `"a"`, `"b\n"`, `"\u0041"`, "1", "-2.5", "true", "null", " ", `"`, `\`, "0", "e"})
	rapid.Check(t, func(t *rapid.T) {
		compare(t, strings.TrimSpace(strings.Join(rapid.SliceOfN(part, 1, 12).Draw(t, "parts"), "")))
	})
}

// note is what the tests read of an object.
type note struct{ b *jsonpull.Builder }

var shape = &jsonpull.Shape[*note]{
	Noun: "note", Like: `[{"name": …}, …]`, Lists: []string{"message", "items"},
	Table: jsonpull.NewTable([]string{"name"}, []jsonpull.Field[*note]{
		{Path: "name", Read: func(n *note, v *jsonpull.Scanner) bool { return n.b.Single(v, &n.b.R.Title) }},
		{Path: "in.volume", Read: func(n *note, v *jsonpull.Scanner) bool { return n.b.Single(v, &n.b.R.In.Volume) }},
		{Path: "tags", Read: func(n *note, v *jsonpull.Scanner) bool { return n.b.List(v, &n.b.R.Keywords) }},
	}),
	New: func(b *jsonpull.Builder) *note { return &note{b: b} },
	Finish: func(n *note) string {
		if n.b.R.Title == "refuse" {
			return "this one is refused"
		}
		return ""
	},
}

func format() record.Format {
	return record.Format{Name: "note", Title: "note", Decode: func(in *record.Input, emit func(*record.Record) bool) error {
		return jsonpull.Decode(in, emit, shape)
	}}
}

// read gives the titles of the records and all problems.
func read(t *testing.T, text string, limits record.Limits) (records []*record.Record, problems []record.Problem) {
	t.Helper()
	for _, src := range []*strings.Reader{strings.NewReader(text)} {
		rd := record.NewReader(iotest.OneByteReader(src), record.ReadOptions{Name: "x.json", Format: format(), Limits: limits})
		for r, err := range rd.All() {
			require.NoError(t, err)
			records = append(records, r)
			problems = append(problems, r.Problems...)
		}
		problems = append(problems, rd.Problems()...)
	}
	return records, problems
}

func TestRecordsAreFoundWhereverTheyStand(t *testing.T) {
	for name, text := range map[string]string{
		"a list":                           `[{"name":"a"},{"name":"b"}]`,
		"lines":                            "{\"name\":\"a\"}\n{\"name\":\"b\"}\n",
		"an answer":                        `{"status":"ok","message":{"total":2,"facets":{"x":{"items":3}},"items":[{"name":"a"},{"name":"b"}],"query":{"start":0}}}`,
		"an answer with the list last":     `{"message":{"query":{"start":"]}"},"items":[{"name":"a"},{"name":"b"}]},"status":"ok"}`,
		"one record in each answer":        `{"status":"ok","message":{"x":{},"name":"a"}} {"status":"ok","message":{"name":"b"}}`,
		"a list of answers":                `[{"message":{"items":[{"name":"a"}]}},{"message":{"name":"b"}}]`,
		"answers one a line":               "{\"items\":[{\"name\":\"a\"}]}\n{\"items\":[{\"name\":\"b\"}]}",
		"a record with a member items":     `[{"name":"a","items":[{"name":"c"}]},{"name":"b"}]`,
		"a record that begins with others": `[{"z":1,"y":{"name":"q"},"name":"a"},{"name":"b"}]`,
	} {
		records, problems := read(t, text, record.Limits{})
		require.Len(t, records, 2, name)
		assert.Equal(t, "a", records[0].Title, name)
		assert.Equal(t, "b", records[1].Title, name)
		assert.Empty(t, problems, name)
	}
}

func TestWhatIsNoRecordIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"cut in a record":    {`[{"name":"a"},{"name":"b`, []string{"x.json:1 the text ends in the middle of this note, which was left out"}},
		"cut in an answer":   {`{"items":[{"name":"a"}],"more":{"x":`, []string{"x.json:1 more: the text ends in the middle of the service's answer"}},
		"cut after a record": {`{"items":[{"name":"a"}]`, []string{"x.json:1 the answer of the service has no closing brace }"}},
		"a page":             {"[{\"name\":\"a\"}]\n<html>\n<style>a{b:c}</style>\n</html>", []string{"x.json:2 a page of HTML or XML stands where JSON must"}},
		"an error":           {`[{"name":"a"}] {"error":"too many requests"}`, []string{`x.json:1 an object that is no note: it has none of name; where a service answered with an error, the value has its words "{\"error\":\"too many requests\"}"`}},
		"a refusal":          {`[{"name":"a"},{"name":"refuse"}]`, []string{"x.json:1 this one is refused"}},
		"no JSON":            {"{\"name\":\"a\"}\n{\"name\":\n01}", []string{`x.json:3:1 the note is not JSON and was left out: a number that JSON does not have "01}"`}},
		"a missing quote":    {`[{"name":"a"},{"name":"b},{"name":"c"`, []string{"x.json:1 the note is not JSON and was left out: a quote or a bracket is missing", "x.json:1 the text ends in the middle"}},
		"a scalar":           {`[{"name":"a"}, 7, "x"]`, []string{"x.json:1 what is no note: expected objects in a list, as [{\"name\": …}, …]; it was left out, with 1 more behind it"}},
		"control characters": {"{\"name\":\"a\",\"x\":\"\x01\"}", []string{"x.json:1 control characters stand in texts as they are"}},
	} {
		records, problems := read(t, c.text, record.Limits{})
		require.Len(t, records, 1, name)
		assert.Equal(t, "a", records[0].Title, name)
		require.Len(t, problems, len(c.want), "%s: %v", name, problems)
		for i, want := range c.want {
			assert.True(t, strings.HasPrefix(problems[i].String(), want), "%s: %s", name, problems[i])
		}
	}
}

func TestWhatNoFieldHoldsIsKeptUnderItsPath(t *testing.T) {
	records, _ := read(t, "{\"name\": \"a\",\n \"in\": {\"volume\": {\"x\": [1, \"b c\"]},\n  \"other\": \"\\u00e9\"}, \"tags\": [\"k\", {\"q\": 1}, null], \"none\": null,\n \"empty\": [ ], \"no\": false}", record.Limits{})
	require.Len(t, records, 1)
	assert.Equal(t, []string{"k"}, records[0].Keywords)
	assert.Equal(t, record.Extra{
		{Tag: "in.volume", Value: `{"x":[1,"b c"]}`, Line: 2},
		{Tag: "in.other", Value: `"\u00e9"`, Line: 3},
		{Tag: "tags", Value: `["k",{"q":1},null]`, Line: 3},
		{Tag: "no", Value: "false", Line: 4},
	}, records[0].Extra)
}

func TestLimitsLeaveOutWhatIsOverThem(t *testing.T) {
	text := fmt.Sprintf(`{"items":[{"name":"a","x":"%s","y":1},{"name":"%s"},{"name":"b","z":%s1%s}]}`,
		strings.Repeat("x", 200), strings.Repeat("n", 900), strings.Repeat("[", 30), strings.Repeat("]", 30))
	records, problems := read(t, text, record.Limits{Record: 800, Field: 100, Nesting: 20})
	require.Len(t, records, 1)
	assert.Equal(t, record.Extra{{Tag: "y", Value: "1", Line: 1}}, records[0].Extra)
	var codes []record.Code
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	assert.ElementsMatch(t, []record.Code{record.CodeFieldTooLong, record.CodeRecordTooLong, record.CodeTooDeep}, codes)
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"status":"ok","message":{"items":[{"name":"a","in":{"volume":"1"}},{"name":"b}]}}`))
	f.Add([]byte("<html>{}</html>\n{\"items\": [ }"))
	f.Add([]byte(`[{"name":"\ud834\u12"},{,}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "fuzz", Charset: "utf-8", Format: format()})
		for r, err := range rd.All() {
			require.NoError(t, err)
			for _, x := range r.Extra {
				require.True(t, json.Valid([]byte(x.Value)) || len(r.Problems) > 0, "%s %q", x.Tag, x.Value)
			}
		}
	})
}
