package query

import "github.com/evidence-go/evidence/record"

// Results are what each line of a strategy finds among some records.
type Results struct {
	Lines []LineResult `json:"lines"` // in the order of Query.Lines
	Notes []Note       `json:"notes,omitempty"`
}

// LineResult is what one line finds.
type LineResult struct {
	Line      int       `json:"line"`                // index in Query.Lines, -1 where there is no line
	Label     string    `json:"label"`               // its number, as Query.Label gives it
	Search    bool      `json:"search"`              // it is a search, not a heading among the lines
	Yes       RecordSet `json:"yes,omitzero"`        // the records that it finds
	CannotSay RecordSet `json:"cannot_say,omitzero"` // those it cannot judge, for want of a field
}

// Count is how many records the line finds for certain: the number that a
// database shows beside it.
func (l LineResult) Count() int { return l.Yes.Count() }

// Last is the result of the strategy: that of its last line that is a search. A
// strategy without one has the Line -1.
func (r Results) Last() LineResult {
	for i := len(r.Lines) - 1; i >= 0; i-- {
		if r.Lines[i].Search {
			return r.Lines[i]
		}
	}
	return LineResult{Line: -1}
}

// Run asks every line of a strategy of every record, reading each record once. A
// nil record is an empty one. Notes of the result say where a line means less than
// it says.
func (q *Query) Run(records []*record.Record) Results {
	e := q.engine()
	m := e.readings.Get().(*reading)
	defer e.readings.Put(m)
	out := q.noResults()
	none := &record.Record{}
	for i, r := range records {
		if r == nil {
			r = none
		}
		m.read(r)
		for l := range out.Lines {
			if at := e.lines[l].root; at >= 0 {
				out.Lines[l].add(i, m.verdicts[at])
			}
		}
	}
	return out
}

// noResults are the results of a strategy before it is asked of any record.
func (q *Query) noResults() Results {
	p := q.plan()
	out := Results{Lines: make([]LineResult, len(p.lines))}
	for l := range out.Lines {
		out.Lines[l] = LineResult{Line: l, Label: q.Label(l), Search: p.lines[l].root >= 0}
	}
	for _, n := range p.notes {
		out.Notes = append(out.Notes, n.note)
	}
	return out
}

// add counts the verdict on record i.
func (l *LineResult) add(i int, v Verdict) {
	switch v {
	case Yes:
		l.Yes.add(i)
	case CannotSay:
		l.CannotSay.add(i)
	}
}
