package dedupe

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/evidence-go/evidence/record"
)

// Find learns the statistics of the records and finds which of them are one
// work. It is FindWith(ctx, Learn(records), records, p).
func Find(ctx context.Context, records []*record.Record, p Policy) (*Result, error) {
	return run(ctx, nil, records, p, nil)
}

// FindWith finds which records are one work, under statistics learnt before;
// nil statistics know nothing.
//
// No records give an empty result. The error says what is wrong with the policy or
// that a record is nil, or is that of the context when it ends: then the result holds
// what was found until then, and Run.Stopped says that it is not all. Nothing
// in the result depends on the order of the records but the order in which it
// lists them.
func FindWith(ctx context.Context, st *Stats, records []*record.Record, p Policy) (*Result, error) {
	if st == nil {
		st = emptyStats()
	}
	return run(ctx, st, records, p, nil)
}

// run finds under st, or under what the records themselves teach when it is nil,
// with what persons have decided on them.
func run(ctx context.Context, st *Stats, records []*record.Record, p Policy, orders []Order) (*Result, error) {
	p = p.Resolved()
	if err := p.check(); err != nil {
		return nil, err
	}
	if i := slices.Index(records, nil); i >= 0 {
		return nil, fmt.Errorf("dedupe: records[%d] is nil", i)
	}
	s := &search{st: st, policy: p, records: records}
	if err := s.fold(ctx); err != nil {
		res := &Result{Records: records, Stats: emptyStats(), Policy: p, Orders: orders}
		res.Run.Records, res.Run.Stopped = len(records), true
		return res, err
	}
	return s.find(ctx, orders)
}

// find finds among the folded records what is one work.
func (s *search) find(ctx context.Context, orders []Order) (*Result, error) {
	s.rank()
	res := &Result{Records: s.records, Stats: s.st, Policy: s.policy, Orders: orders, search: s}
	res.Run.Records = len(s.records)
	res.Run.Warnings = s.st.warnings()
	b, err := s.blocks(ctx, &res.Run)
	if err == nil {
		err = s.compareAll(ctx, b, res)
	}
	res.Run.Stopped = err != nil
	s.forget(res.judged)
	res.group()
	return res, err
}

// search holds what finding needs: the folded records.
type search struct {
	st      *Stats
	trust   trusted
	policy  Policy
	records []*record.Record
	forms   []*form // nil where they are forgotten
	order   []int32 // records in the order of their rank, while pairs are formed
	ranks   []int32 // by record
}

// fold folds the records, learns from them unless statistics are given, and
// weighs them.
func (s *search) fold(ctx context.Context) error {
	s.forms = make([]*form, len(s.records))
	var learners []*learner
	heard := make([]heard, len(s.records)/stretch+1)
	err := onEach(ctx, len(s.records), func() func(from, to int) {
		fd, l := &folder{ahead: roomAhead}, newLearner()
		learners = append(learners, l)
		return func(from, to int) {
			for i := from; i < to; i++ {
				s.forms[i] = fd.fold(s.records[i])
			}
			heard[from/stretch] = l.hear(s.forms, from, to)
		}
	})
	if err != nil {
		return err
	}
	given := s.st != nil
	var pending sync.WaitGroup
	defer pending.Wait()
	if !given {
		s.st = learnt(learners, s.records, s.forms, &pending)
	}
	s.trust = s.st.trusted()
	onParts(len(learners), func(i int) { learners[i].weigh(s.st, given) })
	return inParallel(ctx, len(s.forms), func(from, to int) {
		heard[from/stretch].weigh(s.st, s.forms[from:to])
	})
}

// capped names the key of a block that is too large, and counts what is left out.
func (s *search) capped(block []blockEntry, reach int) Capped {
	first := s.forms[s.order[block[0].rank]]
	return Capped{Key: first.keyOf(s.st, block[0].hash), Records: len(block), Skipped: skipped(len(block), reach)}
}

// keyOf gives the key of the record that has the hash.
func (f *form) keyOf(st *Stats, hash uint64) Key {
	var key Key
	f.eachKey(st, func(kind string, parts ...string) {
		if hashKey(kind, parts) == hash {
			key = Key{kind, strings.Join(parts, "|")}
		}
	})
	return key
}

// skipped counts the pairs of a block of n records that are not formed when each
// is paired with no more than reach of those that follow it.
func skipped(n, reach int) int {
	size, made := int64(n), int64(0)
	for i := range size {
		made += min(int64(reach), size-1-i)
	}
	return int(min(size*(size-1)/2-made, math.MaxInt32))
}

// compare puts the larger blocks first.
func (c Capped) compare(d Capped) int {
	return cmp.Or(cmp.Compare(d.Records, c.Records), strings.Compare(c.Key.String(), d.Key.String()))
}

// compareAll judges the pairs and keeps those that are not simply different, also
// of those that were judged before the context ended.
func (s *search) compareAll(ctx context.Context, b *blocks, res *Result) error {
	found := make([]comparisons, len(s.order)/stretch+1)
	err := onEach(ctx, len(s.order), func() func(from, to int) {
		var near []int32
		var x evidence
		var last judgement
		return func(from, to int) {
			var c comparisons
			for n := from; n < to; n++ {
				near = b.near(n, near[:0])
				c.candidates += len(near)
				if g := b.glances; g != nil {
					near = slices.DeleteFunc(near, func(m int32) bool { return g[n].apart(&g[m]) })
				}
				s.compareNear(s.order[n], near, &x, &last, &c)
			}
			found[from/stretch] = c
		}
	})
	n := 0
	for i := range found {
		n += len(found[i].judged)
	}
	res.judged = make([]pair, 0, n)
	for _, c := range found {
		res.Run.Candidates += c.candidates
		res.Run.Compared += c.compared
		res.judged = append(res.judged, c.judged...)
	}
	return err
}

// comparisons are what came of some pairs.
type comparisons struct {
	judged               []pair
	candidates, compared int
}

// compareNear judges a record with others, which are given by rank, in the room of x
// and with what was judged last.
func (s *search) compareNear(a int32, near []int32, x *evidence, last *judgement, c *comparisons) {
	for _, rank := range near {
		b := s.order[rank]
		last.judge(s, a, b, x)
		if last.compared {
			c.compared++
		}
		if last.tells != nil {
			c.judged = append(c.judged, pair{min(a, b), max(a, b), last.tells})
		}
	}
}

// forget gives up the forms of records that no judgement is about. What needs one
// later folds it again.
func (s *search) forget(judged []pair) {
	needed := make([]bool, len(s.forms))
	for i := range judged {
		needed[judged[i].a], needed[judged[i].b] = true, true
	}
	kept := make([]*form, len(s.forms))
	// A context that never ends is no error.
	_ = inParallel(context.Background(), len(s.order), func(from, to int) {
		last := &form{}
		for _, i := range s.order[from:to] {
			if needed[i] {
				last = s.forms[i].alone(last)
				kept[i] = last
			}
		}
	})
	s.forms, s.order = kept, nil
}

// form gives the form of a record by its place in the input.
func (s *search) form(i int32) *form {
	if f := s.forms[i]; f != nil {
		return f
	}
	f := newForm(s.st, s.records[i])
	f.rank = s.ranks[i]
	return f
}

// hopelessDoubt is the lowest Policy.Doubt under which hopeless is sure: where titles
// are different and no identifier is shared, spot bounds the sum of the other levels
// to less.
const hopelessDoubt = 0.25

// mayGlance tells whether a first look may settle a pair.
func (p *Policy) mayGlance() bool { return len(p.Rules) == 0 && p.Doubt >= hopelessDoubt }

// hopeless tells by a first look that a full comparison would say different,
// and not related either: the titles are different, no identifier or registration
// is shared, neither names the other, and nothing else could make them one.
func (s *search) hopeless(a, b int32) bool {
	x, y := s.forms[a], s.forms[b]
	if !s.policy.mayGlance() {
		return false
	}
	if len(x.moreDOIs)+len(y.moreDOIs) > 0 || x.doi != "" && x.doi == y.doi || x.pmid != "" && x.pmid == y.pmid || x.pmcid != "" && x.pmcid == y.pmcid {
		return false
	}
	if eitherNames(x, y) || commonStudy(x, y) != "" {
		return false
	}
	if grade, _ := titleLevel(x, y); grade != titleDifferent {
		return false
	}
	onePage := x.first != "" && withoutLetters(x.first) == withoutLetters(y.first)
	if !onePage && (x.last == "" || x.last != y.last) {
		return true
	}
	s1, s2 := atSpot(x), atSpot(y)
	return !s1.mayBeOne(&s2, onePage)
}

// withoutLetters takes off the letters before the number of a page.
func withoutLetters(page string) string {
	for page != "" && page[0] >= 'a' && page[0] <= 'z' {
		page = page[1:]
	}
	return page
}

// evidence compares two records by their place in the input.
func (s *search) evidence(a, b int32) *evidence {
	x := &evidence{}
	s.evidenceIn(x, a, b)
	return x
}

// evidenceIn does the same in the place of other evidence.
func (s *search) evidenceIn(x *evidence, a, b int32) {
	x.compare(s.trust, s.policy, s.form(a), s.form(b))
	if len(s.policy.Rules) > 0 {
		x.own(s.policy, s.records[a], s.records[b])
	}
}
