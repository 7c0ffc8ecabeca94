package suite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ndjson"
)

const twoRecords = `{"schema":1,"title":"Kites","key":"a","extra":[{"tag":"XX","value":"kept"}]}
{"schema":1,"title":"Ropes","key":"b"}
`

// placeless takes away where a record was read.
func placeless(r *record.Record) { r.Source = record.Source{} }

func TestRecordsThatComeBackHaveNoDifference(t *testing.T) {
	records, problems := suite.ReadRecords(t, ndjson.Format(), "kites", strings.NewReader(twoRecords))
	assert.Len(t, records, 2)
	assert.Empty(t, problems)
	assert.Empty(t, suite.RoundTrip(t, ndjson.Format(), "kites", records, placeless))
}

func TestWhatIsLostOnTheWayIsShown(t *testing.T) {
	records, _ := suite.ReadRecords(t, ndjson.Format(), "kites", strings.NewReader(twoRecords))
	forgetful := ndjson.Format()
	decode := forgetful.Decode
	forgetful.Decode = func(in *record.Input, emit func(*record.Record) bool) error {
		return decode(in, func(r *record.Record) bool {
			r.Extra = nil
			return emit(r)
		})
	}
	got := suite.RoundTrip(t, forgetful, "kites", records, placeless)
	assert.Contains(t, got, "record 1 (a)")
	assert.Contains(t, got, "XX")
}

func TestMeaningLeavesTheRecordAsItIs(t *testing.T) {
	r := &record.Record{Title: "Kites", Source: record.Source{File: "kites"}}
	assert.Equal(t, "{\n \"title\": \"Kites\"\n}", suite.Meaning(t, r, placeless))
	assert.Equal(t, "kites", r.Source.File)
}

// titlesOf lists the members of a line of JSON, roughly.
func titlesOf(text string) (out []suite.Tagged) {
	for part := range strings.SplitSeq(strings.Trim(text, "{}\n"), ",") {
		name, value, _ := strings.Cut(part, ":")
		if name != `"id"` {
			out = append(out, suite.Tagged{Kind: strings.Trim(name, `"`), Value: value})
		}
	}
	return out
}

func TestATagIsMeasuredByWhatItChanges(t *testing.T) {
	measure := func(tag, kind, value string) suite.Finding {
		return suite.Measure(t, ndjson.Format(), tag, kind, `{"schema":1}`, `{"schema":1,"`+tag+`":`+value+`}`, titlesOf)
	}
	volume := suite.Measure(t, ndjson.Format(), "in", "a number", `{"schema":1,"in":{}}`, `{"schema":1,"in":{"volume":"17"}}`, titlesOf)
	assert.Equal(t, "`in.volume`", volume.Reached)

	found := []suite.Finding{measure("title", "a word", `"Kiwi"`), measure("title", "a number", `"17"`)}
	assert.Equal(t, "`title`", found[0].Reached)
	assert.Equal(t, "| `title` | anything | `title` | – | `title` |\n", suite.Rows(found))
	assert.Contains(t, suite.FieldTable(found), "| `title` | `title` | `title` |\n")
	assert.Equal(t, []suite.Tagged{{Kind: "a word", Value: "Kiwi"}}, suite.Pairs("a word", "Kiwi"))
}
