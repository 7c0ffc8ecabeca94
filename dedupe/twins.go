package dedupe

import "slices"

// Libraries hold records many times over that are equal in all that is compared:
// what was judged of one of them goes for all.

// twins tells whether two forms are equal in all that is compared. Forms that say
// something of other works have no twins: there keys count too, which differ.
func twins(f, g *form) bool {
	return f == g || len(f.claims)+len(g.claims) == 0 && f.year == g.year && f.abstract == g.abstract && f.source == g.source &&
		f.title == g.title && f.compact == g.compact && f.original == g.original && f.numbers == g.numbers && f.main == g.main && f.part == g.part &&
		f.doi == g.doi && f.pmid == g.pmid && f.pmcid == g.pmcid &&
		f.first == g.first && f.last == g.last && f.volume == g.volume && f.issue == g.issue &&
		f.sameKinds(g) && sameJournals(f.journal, g.journal) && slices.Equal(f.authors, g.authors) &&
		slices.Equal(f.issn, g.issn) && slices.Equal(f.moreDOIs, g.moreDOIs) && slices.Equal(f.registrations, g.registrations) &&
		slices.Equal(f.languages, g.languages)
}

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

func sameJournals(x, y *journal) bool {
	return x == y || x.compact == y.compact && slices.Equal(x.words, y.words) && slices.Equal(x.abbrev, y.abbrev)
}

// lastJudged is the pair of forms that was judged last, and the judgement.
type lastJudged struct {
	a, b *form
	c    Comparison
	any  bool
}

// judge judges two records by their place in the input, as judgeIfAny does.
func (last *lastJudged) judge(s *search, a, b int32, x *evidence) (Comparison, bool) {
	f, g := s.forms[a], s.forms[b]
	if last.a == nil || len(s.policy.Rules) > 0 || !twins(f, last.a) || !twins(g, last.b) {
		s.evidenceIn(x, a, b)
		last.a, last.b = f, g
		last.c, last.any = x.judgeIfAny()
	}
	return last.c, last.any
}
