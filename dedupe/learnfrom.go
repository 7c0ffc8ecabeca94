package dedupe

import (
	"context"
	"fmt"
	"iter"

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
