package screen_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/decisionlog"
	"github.com/evidence-go/evidence/screen/query"
)

const (
	protocolSchema = "docs/schema/protocol.json"
	decisionSchema = "docs/schema/decision.json"
)

func TestTheSchemasNameEveryKeyAndNoOther(t *testing.T) {
	suite.SchemaFits(t, protocolSchema, screen.Protocol{})
	suite.SchemaFits(t, decisionSchema+"#/$defs/decision", screen.Decision{})
}

// enum reads the words that a definition of a schema allows.
func enum(t *testing.T, path, name string) []string {
	t.Helper()
	type definition struct {
		Enum  []string
		AnyOf []struct{ Enum []string }
	}
	var s struct {
		Defs map[string]definition `json:"$defs"`
	}
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(path)))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &s))
	words := s.Defs[name].Enum
	for _, form := range s.Defs[name].AnyOf {
		words = append(words, form.Enum...)
	}
	require.NotEmpty(t, words)
	return words
}

func TestTheSchemaOfAProtocolKnowsTheFieldsAndKindsOfARecord(t *testing.T) {
	var fields []string
	for _, f := range record.Fields() {
		fields = append(fields, string(f))
	}
	assert.Equal(t, fields, enum(t, protocolSchema, "field"))
	assert.Equal(t, enum(t, "docs/schema/record.json", "kind"), enum(t, protocolSchema, "kind"))
}

func TestTheSampleProtocolIsWhatTheSchemaSays(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "examples", "review", "sample", "protocol.json"))
	require.NoError(t, err)
	suite.Schema(t, protocolSchema, text)

	for right, wrong := range map[string]string{
		`"stages"`: `"stage"`, `"rules"`: `"rulez"`, `"then"`: `"than"`, `"terms"`: `"term"`, `"fields"`: `"field"`,
		`"missing"`: `"mising"`, `"years"`: `"year"`, `"prefer"`: `"preferred"`, `"not_retrieved"`: `"not-retrieved"`,
		`"arbiters"`: `"arbiter"`, `"code"`: `"id"`, `"cap"`: `"cup"`, `"undecided"`: `"undecide"`,
	} {
		misspelt := strings.Replace(string(text), right+":", wrong+":", 1)
		require.NotEqual(t, string(text), misspelt, right)
		assert.ErrorContains(t, suite.CheckSchema(protocolSchema, []byte(misspelt)), strings.Trim(wrong, `"`)+": this key is not known")
		_, err := screen.Parse([]byte(misspelt), "protocol.json")
		assert.Error(t, err, wrong)
	}
}

func TestWhatTheSchemaOfAProtocolRefusesIsNoProtocol(t *testing.T) {
	rule := func(text string) string {
		return `{"reasons":[{"code":"a","text":"A"}],"stages":[{"name":"s","rules":[` + text + `]}]}`
	}
	condition := func(text string) string { return rule(`{"name":"r","if":` + text + `,"then":"include"}`) }
	_, err := screen.Parse([]byte(condition(`{"terms":["peer"]}`)), "protocol.json")
	require.NoError(t, err)
	suite.Schema(t, protocolSchema, []byte(condition(`{"terms":["peer"]}`)))
	for text, want := range map[string]string{
		`{}`:                                   "stages: it is missing",
		`{"stages":[]}`:                        "stages: 0 items stand where at least 1",
		`{"stages":[{"name":""}]}`:             "stages[0].name: ",
		`{"stages":{"name":"s"}}`:              "stages: object stands where array",
		`{"schema":2,"stages":[{"name":"s"}]}`: "schema: 2 is not one of",
		`{"stages":[{"name":"s","undecided":"unsure"}]}`:               `stages[0].undecided: "unsure" is not one of`,
		`{"stages":[{"name":"s","undecided":"exclude"}]}`:              "stages[0].undecided_reason: it is missing",
		`{"stages":[{"name":"s"}],"reasons":[{"code":"a","text":""}]}`: "reasons[0].text: ",
		`{"stages":[{"name":"s"}],"report":{"cap":-1}}`:                "report.cap: -1 is less than 0",
		rule(`{"if":{"terms":["x"]},"then":"include"}`):                "stages[0].rules[0].name: it is missing",
		rule(`{"name":"r","if":{"terms":["x"]}}`):                      "stages[0].rules[0].then: it is missing",
		rule(`{"name":"r","if":{"terms":["x"]},"then":"unsure"}`):      `stages[0].rules[0].then: "unsure" is not one of`,
		rule(`{"name":"r","if":{"terms":["x"]},"then":"exclude"}`):     "stages[0].rules[0].reason: it is missing",
		condition(`{}`):                                 "stages[0].rules[0].if: it has none of the forms allowed",
		condition(`{"fields":["title"]}`):               "stages[0].rules[0].if: it has none of the forms allowed",
		condition(`{"not":{"all":[{}]}}`):               "stages[0].rules[0].if.not.all[0]: it has none of the forms allowed",
		condition(`{"terms":["x"],"fields":["titel"]}`): "stages[0].rules[0].if.fields[0]: it has none of the forms allowed",
		condition(`{"present":["extra:"]}`):             "stages[0].rules[0].if.present[0]: it has none of the forms allowed",
		condition(`{"terms":["x"],"at_least":-1}`):      "at_least: -1 is less than 0",
		condition(`{"terms":"x"}`):                      "terms: string stands where array",
		condition(`{"years":{}}`):                       "years: it has none of the forms allowed",
		condition(`{"years":{"from":"2000"}}`):          "years.from: string stands where integer",
	} {
		assert.ErrorContains(t, suite.CheckSchema(protocolSchema, []byte(text)), want, text)
		_, err := screen.Parse([]byte(text), "protocol.json")
		assert.Error(t, err, text)
	}
}

// drawCondition draws a condition that compiles, with some or all of its parts.
func drawCondition(t *rapid.T, depth int) screen.Condition {
	part := func(name string) bool { return rapid.Bool().Draw(t, name) }
	word := rapid.StringMatching(`[a-z]{3,6}( [a-z]{3,6})?\*?`)
	names := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z<&"]{1,8}`), 1, 2)
	fields := rapid.SliceOfN(rapid.SampledFrom(append(record.Fields(), "extra:M3")), 1, 2)
	below := func() screen.Condition { return drawCondition(t, depth-1) }

	c := screen.Condition{Present: fields.Draw(t, "present")}
	if depth > 0 && part("all") {
		c.All = []screen.Condition{below(), below()}
	}
	if depth > 0 && part("any") {
		c.Any = []screen.Condition{below()}
	}
	if depth > 0 && part("not") {
		not := below()
		c.Not = &not
	}
	if part("terms") {
		c.Terms = rapid.SliceOfN(word, 2, 3).Draw(t, "terms")
		c.Fields, c.AtLeast = fields.Draw(t, "fields"), rapid.IntRange(0, 2).Draw(t, "at least")
	}
	if part("search") {
		c.Search = &query.Search{Text: `"` + word.Draw(t, "search") + `".tw.`}
	}
	if part("years") {
		c.Years = &screen.Years{From: 2000, To: rapid.IntRange(2000, 2030).Draw(t, "to")}
	}
	if part("languages") {
		c.Languages = rapid.SliceOfN(rapid.SampledFrom([]string{"en", "ger", "Swedish", "mul"}), 1, 2).Draw(t, "languages")
		c.Types = names.Draw(t, "types")
	}
	if part("kinds") {
		c.Kinds = []record.Kind{record.Thesis, record.Report}
	}
	if part("missing") {
		c.Missing = fields.Draw(t, "missing")
	}
	return c
}

// drawProtocol draws a protocol that compiles.
func drawProtocol(t *rapid.T) screen.Protocol {
	text := rapid.StringN(1, 8, -1)
	texts := rapid.SliceOfN(text, 1, 2)
	p := screen.Protocol{
		Schema: rapid.IntRange(0, screen.SchemaVersion).Draw(t, "schema"),
		Title:  text.Draw(t, "title"),
		Stages: []screen.Stage{{Name: "first", Undecided: screen.Include}, {Name: "last"}},
	}
	if rapid.Bool().Draw(t, "in words") {
		p.Question, p.Questions, p.Criteria, p.Arbiters = text.Draw(t, "question"), texts.Draw(t, "questions"), texts.Draw(t, "criteria"), texts.Draw(t, "arbiters")
	}
	first := &p.Stages[0]
	for i := range rapid.IntRange(0, 2).Draw(t, "rules") {
		first.Rules = append(first.Rules, screen.Rule{Name: string(rune('a' + i)), If: drawCondition(t, 2), Then: screen.Include})
	}
	if rapid.Bool().Draw(t, "excludes") {
		p.Reasons = []screen.Reason{{Code: "a", Text: "Because " + text.Draw(t, "reason")}, {Code: "b", Text: "B", NotRetrieved: true}}
		first.Title, first.Undecided, first.UndecidedReason = text.Draw(t, "stage"), screen.Exclude, "b"
		p.Stages[1].Rules = []screen.Rule{{Name: "r", If: drawCondition(t, 1), Then: screen.Exclude, Reason: "a"}}
	}
	if rapid.Bool().Draw(t, "report") {
		most := rapid.IntRange(0, 9).Draw(t, "cap")
		p.Report = &screen.Priority{Prefer: []screen.Preference{{Name: "p", If: drawCondition(t, 1)}}, Cap: &most}
	}
	return p
}

func TestAProtocolThatCompilesIsWhatTheSchemaSaysAndComesBackEqual(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := drawProtocol(rt)
		plan, err := screen.Compile(p)
		require.NoError(rt, err)
		text, err := json.Marshal(p)
		require.NoError(rt, err)
		require.NoError(rt, suite.CheckSchema(protocolSchema, text))
		back, err := screen.Parse(text, "protocol.json")
		require.NoError(rt, err)
		assert.Equal(rt, p, back.Protocol())
		assert.Equal(rt, plan.Hash(), back.Hash())
	})
}

func TestADecisionIsWhatTheSchemaSaysAndComesBackEqual(t *testing.T) {
	text := rapid.StringN(0, 8, -1)
	rapid.Check(t, func(rt *rapid.T) {
		number := func(name string) int { return rapid.IntRange(0, 1<<30).Draw(rt, name) }
		d := screen.Decision{
			Stage:    rapid.StringMatching(`[a-z]{1,8}`).Draw(rt, "stage"),
			RecordID: record.ID(rapid.StringMatching(`r1-[0-9a-hjkmnp-tv-z]{16}`).Draw(rt, "record")),
			Verdict:  rapid.SampledFrom([]screen.Verdict{screen.Undecided, screen.Include, screen.Exclude, screen.Unsure}).Draw(rt, "verdict"),
			Key:      text.Draw(rt, "key"), Reason: text.Draw(rt, "reason"), Rule: text.Draw(rt, "rule"), Why: text.Draw(rt, "why"),
			By: text.Draw(rt, "by"), Note: text.Draw(rt, "note"), Date: text.Draw(rt, "date"),
			Arbiter:  rapid.Bool().Draw(rt, "arbiter"),
			Protocol: rapid.StringMatching(`([0-9a-f]{16})?`).Draw(rt, "protocol"),
		}
		for range rapid.IntRange(0, 2).Draw(rt, "evidence") {
			d.Evidence = append(d.Evidence, record.Span{Field: record.FieldTitle, Item: number("item"), Start: number("start"), End: number("end"), Text: text.Draw(rt, "text")})
		}
		data, err := json.Marshal(d)
		require.NoError(rt, err)
		require.NoError(rt, suite.CheckSchema(decisionSchema, data))
		var back screen.Decision
		require.NoError(rt, json.Unmarshal(data, &back))
		assert.Equal(rt, d, back)
	})
}

func TestWhatIsNoDecisionIsNotTakenForOneByTheSchema(t *testing.T) {
	const head = `"stage":"s","record":"r1-0123456789abcdef"`
	suite.Schema(t, decisionSchema, []byte(`{`+head+`,"verdict":"unsure"}`))
	for text, want := range map[string]string{
		`{` + head + `}`:                                                  "verdict: it is missing",
		`{` + head + `,"verdict":"maybe"}`:                                `verdict: "maybe" is not one of`,
		`{` + head + `,"verdict":"include","id":"x"}`:                     "id: this key is not known",
		`{"stage":"s","record":"17","verdict":"include"}`:                 `record: "17" is not of the form`,
		`{` + head + `,"verdict":"include","protocol":"1"}`:               `protocol: "1" is not of the form`,
		`{` + head + `,"verdict":"include","evidence":[{"start":0}]}`:     "evidence[0].field: it is missing",
		`{"schema":2,"title":"x","protocol":"0123456789abcdef"}`:          "schema: 2 stands where 1",
		`{"n":0,"protocol":"0123456789abcdef"}`:                           "sum: it is missing",
		`{"n":0,"decision":{"stage":"s"},"sum":"0123456789abcdef"}`:       "decision.record: it is missing",
		`{"n":-1,"protocol":"0123456789abcdef","sum":"0123456789abcdef"}`: "n: -1 is less than 0",
	} {
		assert.ErrorContains(t, suite.CheckSchema(decisionSchema, []byte(text)), want, text)
	}
}

func TestEveryLineOfADecisionLogIsOfItsFormInTheSchema(t *testing.T) {
	cond := screen.Condition{Terms: []string{"prison*"}}
	path := filepath.Join(t.TempDir(), "decisions.jsonl")
	r := &record.Record{Key: "a", Title: "Peer work in prisons"}

	before := onRule(t, cond)
	lg, err := decisionlog.Open(path, before)
	require.NoError(t, err)
	require.NoError(t, lg.Add(before.Decide("s", r), screen.Human("kd", "s", r, screen.Unsure, "")))
	require.NoError(t, lg.Close())

	cond.AtLeast = 1
	amended := onRule(t, cond)
	lg, err = decisionlog.OpenAmended(path, amended)
	require.NoError(t, err)
	require.NoError(t, lg.Add(amended.Decide("s", r)))
	require.NoError(t, lg.Close())

	text, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	forms := []string{"log_head", "log_decision", "log_decision", "log_amendment", "log_decision"}
	require.Len(t, lines, len(forms))
	for i, form := range forms {
		suite.Schema(t, decisionSchema, lines[i])
		suite.Schema(t, decisionSchema+"#/$defs/"+form, lines[i])
	}
	assert.Equal(t, keysOf(t, decisionSchema, "log_head"), keys(t, lines[0]))
	assert.Equal(t, keysOf(t, decisionSchema, "log_decision"), keys(t, lines[1]))
	assert.Equal(t, keysOf(t, decisionSchema, "log_amendment"), keys(t, lines[3]))
}

// keys lists the keys of an object.
func keys(t *testing.T, text []byte) []string {
	t.Helper()
	var object map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(text, &object))
	var out []string
	for k := range object {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// keysOf lists the keys that a definition of a schema has.
func keysOf(t *testing.T, path, name string) []string {
	t.Helper()
	var s struct {
		Defs map[string]struct{ Properties json.RawMessage } `json:"$defs"`
	}
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(path)))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &s))
	return keys(t, s.Defs[name].Properties)
}
