package flow_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/internal/suite"
)

func TestAFlowIsWhatItsSchemaSays(t *testing.T) {
	const schema = "docs/schema/flow.json"
	suite.SchemaFits(t, schema, flow.Flow{})
	two := 2
	for _, f := range []flow.Flow{
		{Schema: flow.SchemaVersion},
		{
			Schema:    flow.SchemaVersion,
			Databases: []flow.Source{{Name: "MEDLINE", Records: 9}}, Registers: []flow.Source{{Name: "A register", Records: 2}},
			Other: []flow.Source{{Name: "websites", Records: 1}}, Duplicates: 2,
			Stages: []flow.Stage{
				{Name: "title-abstract", Title: "Titles and abstracts", Entered: 10, Included: 6, Excluded: 2, Awaiting: 1, Conflict: 1, ByRule: 1, ByPerson: 1,
					Reasons: []flow.Reason{{Code: "old", Text: "Published before 2000", Records: 1}, {Text: "no reason given", Records: 1}}},
				{Name: "full-text", Reports: true, Retrieve: true, Entered: 6, Included: 3, Excluded: 2, ByDefault: 2, NotRetrieved: 1, Loose: 1,
					NotRetrievedReasons: []flow.Reason{{Code: "lost", Text: "Not to be had", Records: 1}}},
			},
			Studies: &two, Reported: &two,
		},
	} {
		text, err := json.Marshal(f)
		require.NoError(t, err)
		suite.Schema(t, schema, text)
	}
}
