package dedupe

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

const duplicatesSchema = "docs/schema/duplicates.json"

func written(t *testing.T, res *Result) []byte {
	t.Helper()
	text, err := json.Marshal(res)
	require.NoError(t, err)
	return text
}

func TestAResultIsWhatItsSchemaSays(t *testing.T) {
	suite.SchemaFits(t, duplicatesSchema, writtenResult{})
	for i := range relatedKinds {
		text, err := json.Marshal(relatedKinds[i].kind)
		require.NoError(t, err)
		suite.Schema(t, duplicatesSchema+"#/$defs/related_kind", text)
	}

	berg := []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M."}}}
	place := record.Container{Title: "Journal of Community Psychiatry", Volume: "12", Issue: "3", Pages: "123-38"}
	paper := func(key, title, doi string) *record.Record {
		return &record.Record{Key: key, Title: title, DOI: record.DOI(doi), People: berg, Date: record.Date{Year: 2019}, In: place}
	}
	records := []*record.Record{
		paper("a", "Peer support for carers of people with dementia: a randomised trial", "10.5555/jcp.1"),
		paper("b", "Peer support for carers of people with dementia", ""),
		paper("c", "Correction to: Peer support for carers of people with dementia: a randomised trial", "10.5555/jcp.2"),
		paper("d", "Exercise and sleep in older adults", ""),
	}
	records[2].In.Issue, records[2].In.Pages = "4", "200"
	res, err := Find(context.Background(), records, Policy{Kinds: map[RelatedKind]Verdict{PreprintVersion: Same},
		Rules: []Rule{{Name: "nothing", Weigh: func(_, _ *record.Record) (float64, string) { return 0, "" }}}})
	require.NoError(t, err)
	require.NotEmpty(t, res.Groups)
	require.NotEmpty(t, res.Related)
	res, err = res.Decide(Different, records[0], records[3])
	require.NoError(t, err)
	res.Run.Capped = []Capped{{Key{"words", "peer support"}, 200, 100}}
	res.Doubtful = append(res.Doubtful, res.Links[0])
	suite.Schema(t, duplicatesSchema, written(t, res))

	res, err = Find(context.Background(), nil, Policy{})
	require.NoError(t, err)
	suite.Schema(t, duplicatesSchema, written(t, res))
	suite.Schema(t, duplicatesSchema, written(t, &Result{}))
}

func TestEmptyListsAreWrittenAsLists(t *testing.T) {
	text := string(written(t, &Result{}))
	for _, key := range []string{"groups", "doubtful", "related", "orders"} {
		assert.Contains(t, text, `"`+key+`":[]`)
	}
	text = string(written(t, &Result{Groups: []Group{{}}}))
	assert.Contains(t, text, `"groups":[{"records":[],"links":[]}]`)
	null, err := json.Marshal((*Result)(nil))
	require.NoError(t, err)
	assert.Equal(t, "null", string(null))
}

func TestAResultCannotBeReadBackAndSaysSo(t *testing.T) {
	var back Result
	err := json.Unmarshal(written(t, &Result{Records: []*record.Record{{Title: "x"}}}), &back)
	assert.ErrorContains(t, err, "a Result cannot be read from JSON")
	assert.ErrorContains(t, err, "run Find")
}
