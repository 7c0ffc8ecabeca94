package query

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// Verdict is what a search says of a record. The zero value is No.
type Verdict uint8

// The verdicts, in the order of Kleene's strong logic: and is the smallest of
// its arguments, or the greatest, not turns the order round (Kleene 1952,
// Introduction to Metamathematics, section 64).
const (
	No        Verdict = iota
	CannotSay         // the record lacks what would tell
	Yes
)

// String gives "no", "cannot say" or "yes".
func (v Verdict) String() string {
	switch v {
	case Yes:
		return "yes"
	case CannotSay:
		return "cannot say"
	}
	return "no"
}

// MarshalText gives the verdict as String does.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads what MarshalText gives; anything else is an error.
func (v *Verdict) UnmarshalText(text []byte) error {
	for _, known := range []Verdict{No, CannotSay, Yes} {
		if string(text) == known.String() {
			*v = known
			return nil
		}
	}
	return fmt.Errorf("%q is no verdict: expected yes, no or cannot say", text)
}

// opposite is the verdict on what is not so.
func (v Verdict) opposite() Verdict { return Yes - v }

// judge gives the verdict of a leaf that is asked of the record itself and not
// of its words; ok is false for one of words.
func (p *plan) judge(n node, r *record.Record) (v Verdict, ok bool) {
	switch n.op {
	case nodeConst:
		return Verdict(n.at), true
	case nodeHeading:
		return p.judgeHeading(p.headings[n.at], r), true
	case nodeDates:
		return p.dates[n.at].verdict(r, p.absent), true
	case nodeLanguage:
		return judgeLanguage(p.languages[n.at], r, p.absent), true
	case nodePresence:
		if p.presence[n.at].missing(r) {
			return No, true
		}
		return Yes, true
	}
	return No, false
}

// judgeHeading asks for a heading. Of a record without any nobody can say.
func (p *plan) judgeHeading(t headingTest, r *record.Record) Verdict {
	if !hasHeadings(r) {
		return p.absent
	}
	var buf []byte
	for i := range r.Headings {
		h := &r.Headings[i]
		if h.Scheme == supplementary && t.names < 0 {
			continue
		}
		buf = fold.AppendKey(buf[:0], h.Term)
		if p.hasName(t, string(buf)) && t.fits(h) {
			return Yes
		}
	}
	if !t.major && len(t.qualifiers) == 0 && amongKeywords(r) {
		for _, k := range r.Keywords {
			if p.hasName(t, fold.Key(k)) {
				return Yes
			}
		}
	}
	return No
}

func (p *plan) hasName(t headingTest, key string) bool {
	if t.names < 0 {
		return true
	}
	_, found := slices.BinarySearch(p.names[t.names], key)
	return found
}

// fits tells whether a heading of a right name has the qualifier and the star
// that are asked for. The star may stand at the heading or at a qualifier.
func (t headingTest) fits(h *record.Heading) bool {
	star := h.Major
	if len(t.qualifiers) == 0 {
		for _, q := range h.Qualifiers {
			star = star || q.Major
		}
		return star || !t.major
	}
	for _, q := range h.Qualifiers {
		if slices.Contains(t.qualifiers, fold.Key(q.Term)) && (!t.major || star || q.Major) {
			return true
		}
	}
	return false
}

// amongKeywords tells whether the headings of a record were read from its
// keywords, as RIS and EndNote have them: those that could be told from keywords
// have a star or a qualifier, and the plain ones are still among the keywords.
func amongKeywords(r *record.Record) bool {
	for i := range r.Headings {
		if h := &r.Headings[i]; !h.Major && len(h.Qualifiers) == 0 {
			return false
		}
	}
	return len(r.Headings) > 0
}

// judgeLanguage asks for a language by its code; absent is the verdict on a record
// without any.
func judgeLanguage(codes []string, r *record.Record, absent Verdict) Verdict {
	for _, l := range r.Languages {
		if slices.Contains(codes, record.Language(l)) {
			return Yes
		}
	}
	if len(r.Languages) == 0 {
		return absent
	}
	return No
}

// unmet is the verdict on words in a scope of which none stands in the record:
// no, or, where the record lacks a part that should be looked at, cannot say.
func (s scope) unmet(r *record.Record) Verdict {
	for left := s.needs; left != 0; left &= left - 1 {
		if part(bits.TrailingZeros64(uint64(left))).missing(r) {
			return CannotSay
		}
	}
	return No
}

// missing names the fields of a record that a scope needs and that are not there.
func (s scope) missing(r *record.Record, name func(record.Field)) {
	for left := s.needs; left != 0; left &= left - 1 {
		if p := part(bits.TrailingZeros64(uint64(left))); p.missing(r) {
			name(p.field())
		}
	}
}
