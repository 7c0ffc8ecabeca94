package dedupe

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/evidence-go/evidence/record"
)

// Find learns the statistics of the records and finds which of them are one
// work. It is FindWith(ctx, Learn(records), records, p).
func Find(ctx context.Context, records []*record.Record, p Policy) (*Result, error) {
	return run(ctx, nil, records, p)
}

// FindWith finds which records are one work, under statistics learnt before;
// nil statistics know nothing.
//
// No records give an empty result. The error is that of the context when it
// ends, or says what is wrong with the policy or that a record is nil. Nothing
// in the result depends on the order of the records but the order in which it
// lists them.
func FindWith(ctx context.Context, st *Stats, records []*record.Record, p Policy) (*Result, error) {
	if st == nil {
		st = emptyStats()
	}
	return run(ctx, st, records, p)
}

// run finds under st, or under what the records themselves teach when it is nil.
func run(ctx context.Context, st *Stats, records []*record.Record, p Policy) (*Result, error) {
	p = p.Resolved()
	if err := p.check(); err != nil {
		return nil, err
	}
	if i := slices.Index(records, nil); i >= 0 {
		return nil, fmt.Errorf("dedupe: records[%d] is nil", i)
	}
	s := &search{st: st, policy: p, records: records}
	if err := s.fold(ctx); err != nil {
		return nil, err
	}
	return s.find(ctx, nil)
}

// find finds among the folded records what is one work, with what persons have
// decided on them.
func (s *search) find(ctx context.Context, orders []Order) (*Result, error) {
	s.rank()
	res := &Result{Records: s.records, Stats: s.st, Policy: s.policy, Orders: orders, search: s}
	res.Run.Records = len(s.records)
	pairs := s.candidates(&res.Run)
	res.Run.Candidates = len(pairs)
	if err := s.compareAll(ctx, pairs, res); err != nil {
		return nil, err
	}
	res.group()
	return res, nil
}

// search holds what finding needs: the folded records.
type search struct {
	st      *Stats
	policy  Policy
	records []*record.Record
	forms   []*form
	order   []int32 // records in the order of their rank
}

// stretch is how many items a processor takes at a time.
const stretch = 512

// inParallel runs f for 0 ≤ i < n in stretches, on all processors.
func inParallel(ctx context.Context, n int, f func(from, to int)) error {
	var wg sync.WaitGroup
	jobs := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n/stretch+1) {
		wg.Go(func() {
			for from := range jobs {
				f(from, min(from+stretch, n))
			}
		})
	}
	var err error
	for from := 0; from < n && err == nil; from += stretch {
		jobs <- from
		err = ctx.Err()
	}
	close(jobs)
	wg.Wait()
	return cmp.Or(err, ctx.Err())
}

// fold folds the records, learns from them unless statistics are given, and
// weighs them.
func (s *search) fold(ctx context.Context) error {
	s.forms = make([]*form, len(s.records))
	err := inParallel(ctx, len(s.records), func(from, to int) {
		fd := new(folder)
		for i := from; i < to; i++ {
			s.forms[i] = fd.fold(s.records[i])
		}
	})
	if err != nil {
		return err
	}
	if s.st == nil {
		s.st = learn(s.forms)
	}
	return inParallel(ctx, len(s.forms), func(from, to int) {
		for _, f := range s.forms[from:to] {
			f.weigh(s.st)
		}
	})
}

// rank puts the records in an order that depends on their content only, so that
// nothing depends on the order in which they came.
func (s *search) rank() {
	s.order = make([]int32, len(s.forms))
	for i := range s.order {
		s.order[i] = int32(i)
	}
	slices.SortFunc(s.order, func(i, j int32) int {
		return compareRank(s.forms[i], s.records[i], s.forms[j], s.records[j])
	})
	for n, i := range s.order {
		s.forms[i].rank = int32(n)
	}
}

// compareRank orders two records with their forms by rank.
func compareRank(f *form, a *record.Record, g *form, b *record.Record) int {
	if c := f.compare(g); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(string(a.ID()), string(b.ID())), f.compareStated(g))
}

// compare orders forms by content.
func (f *form) compare(g *form) int {
	if c := cmp.Or(strings.Compare(f.compact, g.compact), cmp.Compare(f.year, g.year), cmp.Compare(len(f.authors), len(g.authors))); c != 0 {
		return c
	}
	for i := range f.authors {
		if c := cmp.Or(strings.Compare(f.authors[i].family, g.authors[i].family), strings.Compare(f.authors[i].given, g.authors[i].given)); c != 0 {
			return c
		}
	}
	return cmp.Or(strings.Compare(f.volume, g.volume), strings.Compare(f.issue, g.issue), strings.Compare(f.first, g.first), strings.Compare(f.last, g.last),
		strings.Compare(f.doi, g.doi), strings.Compare(f.pmid, g.pmid), strings.Compare(f.journal.compact, g.journal.compact), compareAbstracts(f.abstract, g.abstract))
}

// blockEntry is a key's hash and a record that has it.
type blockEntry struct {
	hash uint64
	rank int32
}

// candidates forms the pairs that share a key, as ranks, each pair once, in order.
func (s *search) candidates(run *RunStats) []uint64 {
	var entries []blockEntry
	for n, i := range s.order {
		s.forms[i].eachKey(s.st, func(kind string, parts ...string) {
			entries = append(entries, blockEntry{hashKey(kind, parts), int32(n)})
		})
	}
	slices.SortFunc(entries, func(a, b blockEntry) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.rank, b.rank)) })
	entries = slices.Compact(entries)
	var pairs []uint64
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].hash == entries[from].hash {
			to++
		}
		block := entries[from:to]
		from = to
		if len(block) < 2 {
			continue
		}
		run.Blocks++
		reach := len(block)
		if len(block) > s.policy.BlockCap {
			reach = s.policy.reach()
			run.Capped = append(run.Capped, s.capped(block, reach))
		}
		for i := range block {
			for j := i + 1; j < min(len(block), i+1+reach); j++ {
				pairs = append(pairs, uint64(block[i].rank)<<32|uint64(block[j].rank))
			}
		}
	}
	slices.Sort(pairs)
	slices.SortFunc(run.Capped, Capped.compare)
	return slices.Compact(pairs)
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

// hashKey is FNV-1a over the parts of a key.
func hashKey(kind string, parts []string) uint64 {
	h := uint64(14695981039346656037)
	add := func(s string) {
		for i := 0; i < len(s); i++ {
			h = (h ^ uint64(s[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	add(kind)
	for _, p := range parts {
		add(p)
	}
	return h
}

// compareAll judges the pairs and keeps those that are not simply different.
func (s *search) compareAll(ctx context.Context, pairs []uint64, res *Result) error {
	found := make([][]pair, len(pairs)/stretch+1)
	compared := make([]int, len(found))
	err := inParallel(ctx, len(pairs), func(from, to int) {
		var out []pair
		n := 0
		for _, p := range pairs[from:to] {
			a, b := s.order[p>>32], s.order[p&math.MaxUint32]
			if s.hopeless(a, b) {
				continue
			}
			n++
			if c := s.evidence(a, b).judge(); c.Verdict != Different || c.Related != "" {
				out = append(out, pair{min(a, b), max(a, b), c})
			}
		}
		found[from/stretch], compared[from/stretch] = out, n
	})
	if err != nil {
		return err
	}
	res.judged = slices.Concat(found...)
	for _, n := range compared {
		res.Run.Compared += n
	}
	return nil
}

// hopelessDoubt is the lowest Policy.Doubt under which hopeless is sure: with
// different titles and nothing that names one place, no sum of the other levels
// gets higher.
const hopelessDoubt = 0.25

// hopeless tells by a first look that a full comparison would say different,
// and not related either: the titles are different, no identifier or registration
// is shared, neither names the other, and the pages do not begin alike.
func (s *search) hopeless(a, b int32) bool {
	x, y := s.forms[a], s.forms[b]
	if len(s.policy.Rules) > 0 || s.policy.Doubt < hopelessDoubt {
		return false
	}
	if len(x.moreDOIs)+len(y.moreDOIs) > 0 || x.doi != "" && x.doi == y.doi || x.pmid != "" && x.pmid == y.pmid || x.pmcid != "" && x.pmcid == y.pmcid {
		return false
	}
	if eitherNames(x, y) || commonStudy(x, y) != "" {
		return false
	}
	if x.first != "" && strings.TrimLeft(x.first, letters) == strings.TrimLeft(y.first, letters) {
		return false
	}
	grade, _ := titleLevel(x, y)
	return grade == titleDifferent
}

// evidence compares two records by their place in the input.
func (s *search) evidence(a, b int32) *evidence {
	x := newEvidence(s.st, s.policy, s.forms[a], s.forms[b])
	if len(s.policy.Rules) > 0 {
		x.own(s.policy, s.records[a], s.records[b])
	}
	return x
}
