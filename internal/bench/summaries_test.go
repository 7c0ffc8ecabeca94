package main

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
)

func TestRecordsAreMadeOfSentencesOfTheirSet(t *testing.T) {
	sets := func() (sets [][]*record.Record) {
		for _, subject := range []string{"Statins", "Inhalers"} {
			var set []*record.Record
			for i := range 20 {
				r := &record.Record{Title: fmt.Sprint(subject, " of kind ", i), Abstract: record.NewAbstract(fmt.Sprintf("%s were given to %d persons. Then %s were taken away.", subject, i, subject))}
				r.FixID()
				set = append(set, r)
			}
			sets = append(sets, append(set, &record.Record{Title: "Without abstract"}))
		}
		return sets
	}
	records, real := recombined(sets(), 150)
	require.Len(t, records, 150)
	assert.Equal(t, 42, real)
	again, _ := recombined(sets(), 150)
	for i, r := range records {
		assert.Equal(t, r.Abstract.Text, again[i].Abstract.Text)
		if i >= real {
			assert.Regexp(t, `^(Statins were given to \d+ persons\. Then Statins were taken away\.|Inhalers were given to \d+ persons\. Then Inhalers were taken away\.)$`, r.Abstract.Text)
			assert.Equal(t, again[i].ID(), r.ID())
		}
	}
	few, real := recombined(sets(), 5)
	assert.Len(t, few, 5)
	assert.Equal(t, 5, real)
	none, _ := recombined([][]*record.Record{{{Title: "Without abstract"}}}, 3)
	assert.Len(t, none, 1, "nothing can be made of nothing")
}
