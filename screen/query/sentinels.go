package query

import "github.com/evidence-go/evidence/record"

// Recall is how much of a set of records that a search should find it does find:
// records that are known to belong, called sentinels.
type Recall struct {
	Records   int          `json:"records"`              // how many sentinels there are
	Found     []int        `json:"found,omitempty"`      // indexes of those that the strategy finds
	CannotSay []int        `json:"cannot_say,omitempty"` // of those it cannot judge
	Missed    []int        `json:"missed,omitempty"`     // of those it says no to
	Lines     []LineRecall `json:"lines"`                // of the lines that are searches, in their order
	Notes     []Note       `json:"notes,omitempty"`
}

// LineRecall is what one line does to the sentinels.
type LineRecall struct {
	LineResult

	// Loses are the indexes of the records that this line alone loses: the strategy
	// does not find them, and would if this line found everything. Of the last line
	// those are all that are not found.
	Loses []int `json:"loses,omitempty"`
}

// Share is the recall: the share of the sentinels that are found, from 0 to 1;
// 1 where there are none. What cannot be judged is not found.
func (r Recall) Share() float64 { return share(len(r.Found), r.Records) }

// Share is the share of n sentinels that the line finds.
func (l LineRecall) Share(n int) float64 { return share(l.Count(), n) }

func share(some, all int) float64 {
	if all == 0 {
		return 1
	}
	return float64(some) / float64(all)
}

// Sentinels tells how a strategy fares with records that it should find: its
// recall, that of each line, and for each record that is not found the lines that
// stand in its way alone.
func (q *Query) Sentinels(records []*record.Record) Recall {
	e := q.engine()
	m := e.readings.Get().(*reading)
	defer e.readings.Put(m)
	all := q.noResults()
	out := Recall{Records: len(records), Notes: all.Notes}
	for l := range all.Lines {
		if all.Lines[l].Search {
			out.Lines = append(out.Lines, LineRecall{LineResult: all.Lines[l]})
		}
	}
	none := &record.Record{}
	for i, r := range records {
		if r == nil {
			r = none
		}
		m.read(r)
		switch m.result() {
		case Yes:
			out.Found = append(out.Found, i)
		case CannotSay:
			out.CannotSay = append(out.CannotSay, i)
		default:
			out.Missed = append(out.Missed, i)
		}
		for l := range out.Lines {
			out.Lines[l].add(i, m.line(out.Lines[l].Line))
		}
		if m.result() != Yes {
			m.blame(i, out.Lines)
		}
	}
	return out
}

// blame adds record i, which is not found, to the lines that alone lose it. Nodes
// before that of the line keep their verdicts; those behind are found again, as if
// the line had said yes.
func (m *reading) blame(i int, lines []LineRecall) {
	if m.resultAt < 0 {
		return
	}
	were := append([]Verdict(nil), m.verdicts...)
	for l := range lines {
		root := m.lines[lines[l].Line].root
		if were[root] == Yes || root > m.resultAt {
			continue
		}
		m.verdicts[root] = Yes
		for n := root + 1; n <= m.resultAt; n++ {
			if !m.nodes[n].leaf() {
				m.verdicts[n] = m.combine(m.nodes[n], m.verdicts)
			}
		}
		if m.verdicts[m.resultAt] == Yes {
			lines[l].Loses = append(lines[l].Loses, i)
		}
		copy(m.verdicts[root:], were[root:])
	}
}
