package dedupe

import (
	"context"
	"slices"
)

// Libraries hold records many times over that are equal in all that is compared:
// twins. What was judged of two records goes for all their twins and is judged
// once. It does not go where one record names the other by its key in a file, for
// twins have keys of their own.

// twins tells whether two forms are equal in all that comparison looks at, but for
// the keys under which they stand in their files.
func twins(f, g *form) bool {
	return f.compact == g.compact && f.year == g.year && f.source == g.source && f.abstract == g.abstract &&
		f.title == g.title && f.original == g.original && f.numbers == g.numbers && f.main == g.main && f.part == g.part &&
		f.doi == g.doi && f.pmid == g.pmid && f.pmcid == g.pmcid &&
		f.first == g.first && f.last == g.last && f.volume == g.volume && f.issue == g.issue &&
		f.sameKinds(g) && sameJournals(f.journal, g.journal) && slices.Equal(f.authors, g.authors) &&
		slices.Equal(f.issn, g.issn) && slices.Equal(f.moreDOIs, g.moreDOIs) && slices.Equal(f.registrations, g.registrations) &&
		slices.Equal(f.languages, g.languages) && slices.EqualFunc(f.claims, g.claims, claim.equal)
}

// sameKinds tells whether two forms are of the same kinds.
func (f *form) sameKinds(g *form) bool {
	if f.notice != g.notice {
		return false
	}
	of := g.marks()
	for i, m := range f.marks() {
		if *m != *of[i] {
			return false
		}
	}
	return true
}

// sameJournals tells whether two journals are equal. What they say of the kind of
// report stands in the marks of a form.
func sameJournals(x, y *journal) bool {
	return x == y || x.compact == y.compact && slices.Equal(x.words, y.words) && slices.Equal(x.abbrev, y.abbrev)
}

func (c claim) equal(d claim) bool {
	return c.statement == d.statement && c.pmid == d.pmid && c.doi == d.doi && slices.Equal(c.keys, d.keys)
}

// markTwins tells the forms their ranks and, where only forms are compared, which
// of them are twins. Twins follow one another in the order of rank, as a rule; where
// they do not, they are judged more than once. Twins share all but their keys.
func (s *search) markTwins() {
	follows := make([]bool, len(s.order))
	if len(s.policy.Rules) == 0 {
		// A context that never ends is no error.
		_ = inParallel(context.Background(), len(follows), func(from, to int) {
			for n := max(from, 1); n < to; n++ {
				follows[n] = twins(s.forms[s.order[n-1]], s.forms[s.order[n]])
			}
		})
	}
	var first *form
	for n, i := range s.order {
		f := s.forms[i]
		if follows[n] {
			keys := f.keys
			*f = *first
			f.keys = keys
		} else {
			first, f.twins = f, int32(n)+1
		}
		f.rank = int32(n)
	}
}

// twinPair names two forms by the twins to which they belong, in this order. All
// pairs of one name are judged alike.
type twinPair struct{ a, b int32 }

// noTwins is the name of a pair that is judged by itself.
var noTwins = twinPair{}

// pairOfTwins names a pair.
func pairOfTwins(f, g *form) twinPair {
	if f.twins == 0 || g.twins == 0 || f.namesByKey(g) || g.namesByKey(f) {
		return noTwins
	}
	return twinPair{f.twins, g.twins}
}

// namesByKey tells whether f says something of a work that has a key of g.
func (f *form) namesByKey(g *form) bool {
	for i := range f.claims {
		for _, k := range f.claims[i].keys {
			if slices.Contains(g.keys, k) {
				return true
			}
		}
	}
	return false
}

// judgement is what came of the pair that was compared last.
type judgement struct {
	of       twinPair
	compared bool        // in full
	tells    *Comparison // nil for two works that have nothing to do with one another
}

// judge judges two records by their place in the input, if it was not told before by
// their twins, in the room of x.
func (j *judgement) judge(s *search, a, b int32, x *evidence) {
	of := pairOfTwins(s.forms[a], s.forms[b])
	if of != noTwins && of == j.of {
		return
	}
	*j = judgement{of: of}
	if s.hopeless(a, b) {
		return
	}
	j.compared = true
	s.evidenceIn(x, a, b)
	if c, any := x.judgeIfAny(); any {
		j.tells = &c
	}
}
