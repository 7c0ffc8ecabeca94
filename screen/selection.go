package screen

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/evidence-go/evidence/record"
)

// Selection says which of the included records are reported, and why the others
// are not.
type Selection struct {
	Reported []*record.Record `json:"-"`
	Ranks    []Rank           `json:"ranks"` // one per preference, then one for the rest
	Left     []Left           `json:"left,omitempty"`
	Cap      *int             `json:"cap,omitzero"`
}

// Rank counts the records of one preference.
type Rank struct {
	Name     string `json:"name"`
	Records  int    `json:"records"`
	Reported int    `json:"reported"`
}

// Left is a record that met the criteria and is not reported.
type Left struct {
	RecordID record.ID `json:"record"`
	Key      string    `json:"key,omitzero"`
	Rank     string    `json:"rank"`
	Place    int       `json:"place"` // its place in the order of reporting, from 1
	Why      string    `json:"why"`
}

// rest is the name of the rank of records that no preference holds for.
const rest = "all others"

// Select orders the included records by the protocol's preferences and reports
// no more than its cap. Within a rank the higher score comes first, then the
// newer record, then the ID. scores may be nil, and a record without a score has
// 0; it is what a program knows of relevance, such as a person's grade. Without
// a Report in the protocol every record is reported, in the order given. A nil
// among the records is an error.
func (p *Plan) Select(ctx context.Context, records []*record.Record, scores map[record.ID]float64) (*Selection, error) {
	if i := slices.Index(records, nil); i >= 0 {
		return nil, fmt.Errorf("selecting what is reported: records[%d] is nil", i)
	}
	if p.protocol.Report == nil {
		return &Selection{Reported: slices.Clone(records), Ranks: []Rank{{rest, len(records), len(records)}}}, nil
	}
	sel := &Selection{Cap: p.protocol.Report.Cap}
	for _, pref := range p.protocol.Report.Prefer {
		sel.Ranks = append(sel.Ranks, Rank{Name: pref.Name})
	}
	sel.Ranks = append(sel.Ranks, Rank{Name: rest})
	type placed struct {
		r    *record.Record
		rank int
	}
	queue := make([]placed, 0, len(records))
	for i, r := range records {
		if i%1024 == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("selecting what is reported: %w", ctx.Err())
		}
		rank := p.rankOf(r)
		sel.Ranks[rank].Records++
		queue = append(queue, placed{r, rank})
	}
	slices.SortStableFunc(queue, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(scores[b.r.ID()], scores[a.r.ID()]),
			cmp.Compare(b.r.Date.Year, a.r.Date.Year), cmp.Compare(a.r.ID(), b.r.ID()))
	})
	most := len(queue)
	if sel.Cap != nil {
		most = min(most, *sel.Cap)
	}
	for i, q := range queue {
		if i < most {
			sel.Reported = append(sel.Reported, q.r)
			sel.Ranks[q.rank].Reported++
			continue
		}
		sel.Left = append(sel.Left, Left{RecordID: q.r.ID(), Key: q.r.Key, Rank: sel.Ranks[q.rank].Name, Place: i + 1,
			Why: "place " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(queue)) + " (" + sel.Ranks[q.rank].Name +
				"), and the protocol reports at most " + strconv.Itoa(most)})
	}
	return sel, nil
}

// rankOf is the index of the first preference that holds.
func (p *Plan) rankOf(r *record.Record) int {
	for i, t := range p.prefer {
		if a, _ := t(r); a == yes {
			return i
		}
	}
	return len(p.prefer)
}
