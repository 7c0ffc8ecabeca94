package report

import (
	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/synth"
)

// Input is what a report is made of. The zero value gives an empty report.
type Input struct {
	// Title and Question are taken from the protocol where they are empty.
	Title    string
	Question string
	// Generated is the date that the report carries, in words; none where empty. It
	// is the caller's, so that the same input gives the same bytes.
	Generated string

	Manifest record.Manifest
	Problems []record.Problem // of the files and their records, see record.Library

	Result *dedupe.Result // nil where nothing was deduplicated

	Plan      *screen.Plan
	Outcome   *screen.Outcome   // of Log.Screen or Plan.Run
	Decisions []screen.Decision // of the log: who decided what, for the agreement of two persons
	Selection *screen.Selection

	Flow *flow.Flow // nil where none is to be shown

	// Records are those that were summarised, with their abstracts: each gets a
	// card on which the quoted sentences are marked. Nil ones are passed over.
	Records []*record.Record
	Summary *synth.Summary
	// Tables are cross tables of the summary, in the order in which they are shown,
	// each under the gaps it has.
	Tables []synth.Table
}
