package dedupe

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"sync"

	"github.com/evidence-go/evidence/internal/spill"
	"github.com/evidence-go/evidence/record"
)

// LargeOptions bounds what FindLarge takes of the machine. The zero value is the
// recommended setting.
type LargeOptions struct {
	// Memory is about how many bytes FindLarge may take beside the statistics and
	// what the caller holds, 32 MiB at least. The default is 1 GiB. More of it
	// means fewer and larger pieces, and little speed as long as there are about a
	// hundred bytes for each record: with less, extracts of the records are read
	// again for each piece.
	Memory int64

	// Dir is the folder for temporary files, by default the system's. They take
	// two to three kibibytes for each record, have no name where the system allows
	// it, and are gone when FindLarge returns, however it does.
	Dir string

	// Decisions are what persons have decided, as Result.Decide takes it.
	Decisions []PlacedOrder

	// Progress is called now and then with how far the work has come; never by
	// two goroutines at once.
	Progress func(Progress)
}

// Progress says how far FindLarge has come.
type Progress struct {
	Stage string // "reading", "sorting", "pairing", "comparing", "grouping"
	Done  int64  // records, keys or pairs of the stage that are done
	Total int64  // how many there are, 0 when that is not known
}

// Place names a record of a source.
type Place struct {
	Number int       `json:"number"` // in the order of the source, from 0
	ID     record.ID `json:"id"`
	Key    string    `json:"key,omitzero"`
}

// PlacedOrder is a person's word on two records of a source, by their numbers.
type PlacedOrder struct {
	Verdict Verdict `json:"verdict"`
	A       int     `json:"a"`
	B       int     `json:"b"`
}

// PlacedLink is a Link between records of a source.
type PlacedLink struct {
	A      Place   `json:"a"`
	B      Place   `json:"b"`
	Rule   string  `json:"rule"`
	Score  float64 `json:"score"`
	Why    string  `json:"why"`
	Levels []Level `json:"levels,omitempty"`
}

// PlacedGroup is a Group of records of a source.
type PlacedGroup struct {
	Records []Place      `json:"records"`
	Links   []PlacedLink `json:"links"`
}

// PlacedRelated is a pair of related records of a source.
type PlacedRelated struct {
	A    Place       `json:"a"`
	B    Place       `json:"b"`
	Kind RelatedKind `json:"kind"`
	Why  string      `json:"why"`
}

// LargePart is a part of a result: all that hangs together by links, doubts and
// relations. No two parts have a record in common.
type LargePart struct {
	Groups   []PlacedGroup   `json:"groups,omitempty"`
	Doubtful []PlacedLink    `json:"doubtful,omitempty"`
	Related  []PlacedRelated `json:"related,omitempty"`
}

// leastMemory is what the parts that do not depend on the number of records need.
const leastMemory = 32 << 20

// FindLarge finds which of the records of a source are one work where they, or
// what is kept of them, do not fit into memory: tens of millions of them. It hands
// the result to part, piece by piece, in an order that depends on the content of
// the records only: the same groups, links, doubtful and related pairs that
// FindWith gives for the same statistics, policy and records, and returns the same
// counts. Statistics of a large source are learnt in portions and put together by
// Stats.Merge; nil ones know nothing.
//
// The source is read once. What comparison needs of each record is written to
// temporary files, sorted there, and read again: see LargeOptions. Beside Memory
// stands nothing but the statistics; of each record four bytes are held, and four
// more of where it is found.
//
// The error is that of the context, of the source or of part, or says what is
// wrong: the policy, a nil record, a decision, a folder that is not there, a disk
// that is full. Policy.Rules are refused, since they compare whole records. So
// many records that all hang together that they do not fit into Memory are an
// error too, which names one of them. The counts of a run that fails on its way
// say that it has stopped; the parts that were handed on are whole.
func FindLarge(ctx context.Context, records iter.Seq2[*record.Record, error], st *Stats, p Policy, o LargeOptions, part func(*LargePart) error) (run RunStats, err error) {
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	if o.Memory < leastMemory {
		return RunStats{}, fmt.Errorf("dedupe: LargeOptions.Memory is %d bytes, expected %d at least", o.Memory, leastMemory)
	}
	return findLarge(ctx, records, st, p, o, part)
}

func findLarge(ctx context.Context, records iter.Seq2[*record.Record, error], st *Stats, p Policy, o LargeOptions, part func(*LargePart) error) (run RunStats, err error) {
	if st == nil {
		st = emptyStats()
	}
	p = p.Resolved()
	if err := p.check(); err != nil {
		return RunStats{}, err
	}
	if len(p.Rules) > 0 {
		return RunStats{}, errors.New("dedupe: FindLarge does not keep whole records, which Policy.Rules compare: use FindWith")
	}
	space, err := spill.New(o.Dir)
	if err != nil {
		return RunStats{}, fmt.Errorf("dedupe: %w", err)
	}
	defer func() { err = errors.Join(err, space.Close()) }()
	l := &large{run: RunStats{Warnings: st.warnings()}, st: st, policy: p, options: o, space: space, part: part}
	for _, stage := range []func(context.Context) error{
		func(ctx context.Context) error { return l.read(ctx, records) }, l.sort, l.pair, l.compare, l.group,
	} {
		if err := stage(ctx); err != nil {
			l.run.Stopped = true
			return l.run, err
		}
	}
	return l.run, nil
}

// large is a run of FindLarge.
type large struct {
	st      *Stats
	policy  Policy
	options LargeOptions
	space   *spill.Space
	part    func(*LargePart) error
	run     RunStats

	mu    sync.Mutex
	forms *spill.Sorter  // packed, in the order of rank
	keys  *spill.Entries // hash and number
	pairs *spill.Entries // candidates by their tiles
	edges *spill.Sorter  // pairs that are not simply different

	store   *spill.Store // packed forms by rank
	glances *spill.Store // the same, nil when the policy wants all pairs compared in full
	tiles   tiling       // of the pairs of ranks
	ranks   []int32      // by number
	orders  []rankedOrder
	crew    []*comparer // one for each processor, as soon as there is something to compare
	tops    disjoint    // of ranks: what hangs together
}

// live is how much may be in use at once: as much again is garbage before the
// collector comes.
func (l *large) live() int { return int(min(l.options.Memory/2, math.MaxInt/2)) }

// sorter makes one for which there is room beside another.
func (l *large) sorter(unique bool) *spill.Sorter { return l.space.Sorter(l.live()*3/8, unique) }

func (l *large) progress(stage string, done, total int64) {
	if l.options.Progress != nil {
		l.options.Progress(Progress{stage, done, total})
	}
}

// spread hands what feed gives to as many workers as there are processors, each
// made by worker. The first error ends it; give tells false then.
func spread[T any](ctx context.Context, feed func(give func(T) bool) error, worker func() func(T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	jobs := make(chan T)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work := worker()
		wg.Go(func() {
			for job := range jobs {
				if ctx.Err() != nil {
					continue
				}
				if err := work(job); err != nil {
					stop(err)
				}
			}
		})
	}
	err := feed(func(job T) bool {
		select {
		case jobs <- job:
			return true
		case <-ctx.Done():
			return false
		}
	})
	close(jobs)
	wg.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// packedRecord is what is written of a record: its packed form, which decides
// where it is sorted, and behind it its weights, what names the record, and how
// long those are. Behind that stands its glance, which is stored for itself.
func packedRecord(dst []byte, f *form, r *record.Record, number int32) []byte {
	dst = f.pack(dst, r.ID())
	dst = f.appendWeights(dst)
	dst = append(dst, r.Key...)
	for _, n := range [...]int{int(number), len(r.Key), len(f.words)} {
		dst = appendUint32(dst, uint32(n))
	}
	g := atGlance(f)
	return g.pack(dst)
}

// recordTail is the length of the three numbers that end a packed record.
const recordTail = 3 * 4

// numberOf gives the number of a packed record.
func numberOf(item []byte) int32 { return int32(readUint32(item[len(item)-recordTail:])) }

// unpackRecord reads a packed record, its form into f.
func unpackRecord(item []byte, f *form) (Place, error) {
	end := len(item) - recordTail
	if end < 0 {
		return Place{}, errUnpacked
	}
	tail := item[end:]
	key := end - int(readUint32(tail[4:]))
	words := int(readUint32(tail[8:]))
	weights := key - weightSize(words)
	if weights < 0 || weights > key || key > end {
		return Place{}, errUnpacked
	}
	id, ok := f.unpack(string(item[:weights]))
	if !ok || len(f.words) != words {
		return Place{}, errUnpacked
	}
	f.takeWeights(item[weights:key])
	return Place{Number: int(numberOf(item)), ID: id, Key: string(item[key:end])}, nil
}

// errUnpacked cannot be, as long as files are read as they were written.
var errUnpacked = fmt.Errorf("dedupe: %w", spill.ErrDamaged)
