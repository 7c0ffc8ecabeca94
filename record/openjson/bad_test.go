package openjson_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/openjson"
)

const (
	workA     = `{"DOI":"10.5555/a","type":"journal-article","title":["A"]}`
	workB     = `{"DOI":"10.5555/b","type":"journal-article","title":["B"]}`
	openWorkA = `{"id":"https://openalex.org/W1","title":"A","publication_year":2020}`
	openWorkB = `{"id":"https://openalex.org/W2","title":"B","publication_year":2021}`
)

func keys(records []*record.Record) (out []string) {
	for _, r := range records {
		out = append(out, r.Key)
	}
	return out
}

func TestWorksAreReadWhateverStandsAroundThem(t *testing.T) {
	answer := func(works string) string {
		return `{"status":"ok","message-type":"work-list","message":{"total-results":2,"items":[` + works + `]}}`
	}
	for name, text := range map[string]string{
		"an answer":                    answer(workA + "," + workB),
		"answers of one work":          `{"status":"ok","message-type":"work","message":` + workA + "}\n" + `{"status":"ok","message":` + workB + `,"message-type":"work"}`,
		"pages behind each other":      answer(workA) + "\n" + answer(workB),
		"a list of pages":              "[" + answer(workA) + "," + answer(workB) + "]",
		"a list":                       "[" + workA + ",\n" + workB + "]",
		"lines":                        workA + "\n" + workB,
		"a list under items":           `{"items":[` + workA + "," + workB + "]}",
		"an answer with the rest last": `{"message":{"items":[` + workA + "," + workB + `],"facets":{"type-name":{"values":{"items":2}}}},"status":"ok"}`,
	} {
		records, problems := readAll(t, []byte(text), "x.json", openjson.Crossref())
		assert.Equal(t, []string{"10.5555/a", "10.5555/b"}, keys(records), name)
		assert.Empty(t, problems, name)
	}
	for name, text := range map[string]string{
		"an answer": `{"meta":{"count":2},"results":[` + openWorkA + "," + openWorkB + `],"group_by":[]}`,
		"pages":     `{"meta":{},"results":[` + openWorkA + "]}\n" + `{"meta":{},"results":[` + openWorkB + "]}",
		"a list":    "[" + openWorkA + "," + openWorkB + "]",
		"lines":     openWorkA + "\n" + openWorkB + "\n",
	} {
		records, problems := readAll(t, []byte(text), "x.json", openjson.OpenAlex())
		assert.Equal(t, []string{"W1", "W2"}, keys(records), name)
		assert.Empty(t, problems, name)
	}
}

func TestBadInputIsSaidAndTheGoodWorksAreKept(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		keep []string
		want string
	}{
		"cut in a work":       {`{"status":"ok","message":{"items":[` + workA + `,{"DOI":"10.5555/b","title":["B`, []string{"10.5555/a"}, "x.json:1 the text ends in the middle of this work, which was left out"},
		"cut between works":   {`{"status":"ok","message":{"items":[` + workA + `,`, []string{"10.5555/a"}, "x.json:1 the list has no closing bracket ]"},
		"a page for a page":   {workA + "\n<!DOCTYPE html>\n<html><head><style>\nbody {a:b}\n</style></head>\n<body>502 Bad Gateway</body></html>\n" + workB, []string{"10.5555/a", "10.5555/b"}, "x.json:2 a page of HTML or XML stands where JSON must"},
		"a validation error":  {workA + `{"status":"failed","message-type":"validation-failure","message":[{"type":"parameter-not-allowed","value":"kite","message":"This route does not support kite"}]}`, []string{"10.5555/a"}, "x.json:1 an object that is no work"},
		"words for an answer": {workA + "\nResource not found.", []string{"10.5555/a"}, "x.json:2 what is no work"},
		"a missing quote":     {"[" + workA + `,{"DOI":"10.5555/x,"title":["X"]},` + workB + "]", []string{"10.5555/a", "10.5555/b"}, "x.json:1 the work is not JSON and was left out"},
		"a work of a select":  {`{"items":[{"publisher":"Invented Press"}]}`, []string{"x.json#1"}, ""},
		"a DOI that is none":  {`{"DOI":"kite","title":["A"]}`, []string{"x.json#1"}, "x.json:1 doi: expected a DOI such as 10.5555/12345678; it is kept as it is \"kite\" (doi)"},
		"members of a wrong form": {`{"DOI":"10.5555/a","title":{"a":1},"author":"Kiwi","issued":"2020","ISSN":[1],"reference":7,"relation":[1],"update-to":{"DOI":3},"page":[1]}`,
			[]string{"10.5555/a"}, "x.json:1 ISSN: an ISSN of wrong form or check digit; it is kept as it is \"1\" (identifier)"},
	} {
		records, problems := readAll(t, []byte(c.text), "x.json", openjson.Crossref())
		assert.Equal(t, c.keep, keys(records), name)
		for _, r := range records {
			problems = append(problems, r.Problems...)
		}
		if c.want == "" {
			assert.Empty(t, problems, name)
			continue
		}
		require.NotEmpty(t, problems, name)
		assert.True(t, strings.HasPrefix(problems[0].String(), c.want), "%s: %s", name, problems[0])
	}
}

func TestWhatIsOfAnotherKindIsNoWork(t *testing.T) {
	for _, text := range []string{`{"error":"Invalid query parameters error.","message":"kite is not a valid field"}`,
		`{"results":[{"id":"https://openalex.org/A17","display_name":"Ada Kiwi"}]}`} {
		records, problems := readAll(t, []byte(text), "x.json", openjson.OpenAlex())
		assert.Empty(t, records)
		require.Len(t, problems, 1)
		assert.Equal(t, record.CodeSkipped, problems[0].Code)
		assert.NotEmpty(t, problems[0].Value)
	}
}

func TestAnEncodingIsSeenThrough(t *testing.T) {
	text := strings.Replace(workA, `"A"`, `"Drächen 纸"`, 1)
	data := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		data = append(data, byte(u), byte(u>>8))
	}
	records, problems := readAll(t, data, "x.json", openjson.Crossref())
	require.Len(t, records, 1)
	assert.Equal(t, "Drächen 纸", records[0].Title)
	assert.Empty(t, problems)
}

func TestSniffKnowsItsOwn(t *testing.T) {
	crossref, openalex := openjson.Crossref().Sniff, openjson.OpenAlex().Sniff
	for name, text := range map[string]string{
		"an answer": `{"status": "ok", "message-type" : "work", "message": {}}`,
		"a work":    ` [ {"indexed": {"date-parts": [[2020,1,1]]}, "DOI": "10.5555/a", "title": [ "A" ], "member": "78"}]`,
		"a few":     workA,
	} {
		assert.Positive(t, crossref([]byte(text)), name)
		assert.Zero(t, openalex([]byte(text)), name)
	}
	assert.Positive(t, openalex([]byte(openWorkA)))
	assert.Zero(t, crossref([]byte(openWorkA)))
	for name, text := range map[string]string{
		"CSL-JSON":    `[{"id":"a","type":"article-journal","title":"A","DOI":"10.5555/a","container-title":"B"}]`,
		"an index":    `{"dependencies":{"a":"1"}}`,
		"RIS":         "TY  - JOUR\nDO  - 10.5555/a\nER  - \n",
		"an author":   `{"id":"https://openalex.org/A1","display_name":"Ada Kiwi"}`,
		"its records": `{"schema":1,"id":"r1-0000000000000000","title":"A"}`,
	} {
		assert.Zero(t, crossref([]byte(text)), name)
		assert.Zero(t, openalex([]byte(text)), name)
	}
}

func TestAnAbstractKeepsItsSections(t *testing.T) {
	for deposit, want := range map[string]struct {
		text   string
		labels []string
	}{
		`<jats:p>Kites.</jats:p><jats:p>Ropes.</jats:p>`:                                                                    {"Kites.\nRopes.", nil},
		`<jats:title>Abstract</jats:title><jats:p>Kites.</jats:p>`:                                                          {"Kites.", nil},
		`<title>Summary</title><p>Kites.</p>`:                                                                               {"Summary: Kites.", []string{"Summary"}},
		`<jats:sec><jats:title><jats:bold>Aim</jats:bold></jats:title><jats:p>Kites.</jats:p></jats:sec>`:                   {"Aim: Kites.", []string{"Aim"}},
		`<jats:p><jats:bold>Background:</jats:bold> Kites.</jats:p><jats:p><jats:bold>Methods:</jats:bold> Ropes.</jats:p>`: {"Background: Kites.\nMethods: Ropes.", []string{"Background", "Methods"}},
		`Kites &amp; ropes`:                    {"Kites & ropes", nil},
		`<jats:title>Aim`:                      {"Aim: ", []string{"Aim"}},
		`<jats:title/><jats:p>A</jats:p>`:      {"A", nil},
		`<jats:title>A</jats:x><jats:p>B`:      {"A B: ", []string{"A B"}},
		`<titles>A</titles><jats:p>B</jats:p>`: {"<titles>A</titles>\nB", nil},
	} {
		records, _ := readAll(t, []byte(`{"DOI":"10.5555/a","abstract":`+quoted(deposit)+`}`), "x.json", openjson.Crossref())
		require.Len(t, records, 1)
		a := records[0].Abstract
		var labels []string
		for _, s := range a.Sections {
			labels = append(labels, s.Label)
		}
		assert.Equal(t, want.text, a.Text, deposit)
		assert.Equal(t, want.labels, labels, deposit)
	}
}

func TestAnInvertedAbstractIsPutTogether(t *testing.T) {
	for index, want := range map[string]string{
		`{"b":[1],"a":[0,2]}`:              "a b a",
		`{"a":[5],"b":[1000000000]}`:       "a b",
		`{"a":[0],"b":["x"],"c":[-1]}`:     "a",
		`{"<p>Kites":[0],"fall.</p>":[1]}`: "Kites fall.",
		`{}`:                               "",
	} {
		records, _ := readAll(t, []byte(`{"id":"https://openalex.org/W1","title":"A","abstract_inverted_index":`+index+`}`), "x.json", openjson.OpenAlex())
		require.Len(t, records, 1)
		assert.Equal(t, want, records[0].Abstract.Text, index)
	}
}

func TestHostileListsTakeTimeInProportion(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(`{"DOI":"10.5555/a","relation":{"references":[`)
	for i := range 50_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"id":"x` + strings.Repeat("y", i%97) + string(rune('a'+i%26)) + `"}`)
	}
	b.WriteString(`]},"alternative-id":["` + strings.Repeat(`z","`, 100_000) + `z"]}`)
	records, _ := readAll(t, b.Bytes(), "x.json", openjson.Crossref())
	require.Len(t, records, 1)
	assert.Len(t, records[0].Relations, 97*26)
	assert.Len(t, records[0].Identifiers, 1)
}
