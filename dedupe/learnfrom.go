package dedupe

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/evidence-go/evidence/record"
)

// portionLearnt is how many records LearnFrom holds at once.
const portionLearnt = 1 << 14

// LearnFrom learns from a source that does not fit into memory what [Learn] learns
// from records: it holds a few thousand at a time, and the words and names. What
// concerns several records, such as an identifier that stands on different works,
// is looked for within each portion only, as by Stats.Merge. Nil records are passed
// over. The error is that of the context or of the source.
func LearnFrom(ctx context.Context, records iter.Seq2[*record.Record, error]) (*Stats, error) {
	from := learningFrom{st: emptyStats(), words: newVocabulary(), names: newVocabulary()}
	portion := make([]*record.Record, 0, portionLearnt)
	for r, err := range records {
		if err != nil {
			return nil, fmt.Errorf("dedupe: the source, behind %d records: %w", from.st.Records+len(portion), err)
		}
		if r == nil {
			continue
		}
		if portion = append(portion, r); len(portion) == portionLearnt {
			if err := from.portion(ctx, portion); err != nil {
				return nil, err
			}
			portion = portion[:0]
		}
	}
	if err := from.portion(ctx, portion); err != nil {
		return nil, err
	}
	return from.learnt(), nil
}

// learningFrom is what portions of a source have taught so far.
type learningFrom struct {
	st           *Stats     // all but words and names
	words, names vocabulary // of all portions
	folders      []*folder  // one for each processor
	forms        []*form
}

// portion learns from some records. Their words and names are counted among those
// of all others; what else there is to learn is learnt of the portion by itself.
func (from *learningFrom) portion(ctx context.Context, records []*record.Record) error {
	from.forms = slices.Grow(from.forms[:0], len(records))[:len(records)]
	var learners []*learner
	err := onEach(ctx, len(records), func() func(from, to int) {
		l := newLearner()
		learners = append(learners, l)
		if len(from.folders) < len(learners) {
			from.folders = append(from.folders, &folder{ahead: roomAhead})
		}
		fd := from.folders[len(learners)-1]
		return func(first, to int) {
			for i := first; i < to; i++ {
				from.forms[i] = fd.fold(records[i])
			}
			l.hear(from.forms, first, to)
		}
	})
	if err != nil {
		return err
	}
	onParts(2, func(i int) {
		for _, l := range learners {
			if i == 0 {
				from.words.takeAll(&l.words)
			} else {
				from.names.takeAll(&l.names)
			}
		}
	})
	for _, l := range learners {
		l.words, l.names = newVocabulary(), newVocabulary()
	}
	var pending sync.WaitGroup
	st := learnt(learners, records, from.forms, &pending)
	pending.Wait()
	from.st.absorb(st)
	return nil
}

// learnt gives the statistics.
func (from *learningFrom) learnt() *Stats {
	onParts(2, func(i int) {
		if i == 0 {
			from.st.Words = countsOf([]*vocabulary{&from.words})
		} else {
			from.st.Names = countsOf([]*vocabulary{&from.names})
		}
	})
	return from.st
}

// takeAll counts the texts of another vocabulary too, of which it holds nothing.
func (v *vocabulary) takeAll(other *vocabulary) {
	for i, text := range other.texts {
		known := len(v.texts)
		if n := v.addTimes(uint32(hashText(text)>>32), text, other.counts[i]); int(n) == known {
			v.texts[n] = strings.Clone(text)
		}
	}
}
