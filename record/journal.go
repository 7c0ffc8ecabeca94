package record

import "github.com/evidence-go/evidence/internal/iso4"

// SameJournal tells whether two names are those of one journal as far as names
// can tell: equal but for case, marks, articles and subtitle, or one abbreviated
// from the other as ISO 4 and NLM abbreviate ("J Clin Psychol", "Natl Med J India").
// It rests on rules and on no list of journals, so that two journals which share
// an abbreviation are taken for one: where both records have an ISSN, compare
// those. An empty name is the same as none.
func SameJournal(a, b string) bool { return iso4.Same(a, b) }
