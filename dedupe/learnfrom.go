package dedupe

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// portionLearnt is how many records LearnFrom holds at once.
const portionLearnt = 1 << 14

// LearnFrom learns from a source that does not fit into memory what [Learn] learns
// from records: it holds a few thousand at a time, and the words and names. What
// concerns several records, such as an identifier that stands on different works,
// is looked for within each portion only, as by Stats.Merge. Nil records are passed over. The error is that of the context
// or of the source.
func LearnFrom(ctx context.Context, records iter.Seq2[*record.Record, error]) (*Stats, error) {
	st := emptyStats()
	portion := make([]*record.Record, 0, portionLearnt)
	learnPortion := func() error {
		s := &search{records: portion}
		err := s.fold(ctx)
		if err == nil {
			st.absorb(s.st)
		}
		portion = portion[:0]
		return err
	}
	for r, err := range records {
		if err != nil {
			return nil, fmt.Errorf("dedupe: the source, behind %d records: %w", st.Records+len(portion), err)
		}
		if r == nil {
			continue
		}
		if portion = append(portion, r); len(portion) == portionLearnt {
			if err := learnPortion(); err != nil {
				return nil, err
			}
		}
	}
	if err := learnPortion(); err != nil {
		return nil, err
	}
	return st, nil
}

// absorb adds other statistics to st, as Merge does.
func (st *Stats) absorb(other *Stats) {
	st.Records += other.Records
	for w, n := range other.Words {
		st.Words[w] += n
	}
	for w, n := range other.Names {
		st.Names[w] += n
	}
	for t, years := range other.Serials {
		years = append(years, st.Serials[t]...)
		slices.Sort(years)
		st.Serials[t] = slices.Compact(years)
	}
	for w, f := range other.Fields {
		o := st.Fields[w]
		st.Fields[w] = FieldStats{o.Filled + f.Filled, o.Shared + f.Shared, o.Contradicted + f.Contradicted}
	}
}
