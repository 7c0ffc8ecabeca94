package synth

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
)

// CodingsSchema is the version of the JSON form of codings; it stands in every
// file as "schema". docs/schema/codings.json describes it.
const CodingsSchema = 1

// Codings are what persons coded by the themes of a codebook, by record or by
// passage of text. Options.Codings puts them into a summary.
//
// A record counts as read by everyone who has an entry for it: of the themes that
// a coder did not name, the coder says no. An entry without theme says that the
// coder read the record and that none applies.
type Codings struct {
	Schema   int          `json:"schema"`            // 0 is read as the version of today
	Codebook string       `json:"codebook,omitzero"` // name of the codebook; "" for whichever is used
	Codes    []PersonCode `json:"codes"`
}

// PersonCode is one code that a person gave.
type PersonCode struct {
	Coder  string    `json:"coder"` // name or initials
	Record record.ID `json:"record"`
	Theme  string    `json:"theme,omitzero"`  // name; "" for none that applies
	Absent bool      `json:"absent,omitzero"` // the theme does not apply
	// Span is the passage that the code is for; nil for the record as a whole.
	Span *record.Span `json:"span,omitempty"`
	// Adjudicated settles the theme for this record, whatever coders and terms say.
	// An adjudicator says nothing about the themes that are not named.
	Adjudicated bool   `json:"adjudicated,omitzero"`
	Note        string `json:"note,omitzero"`
}

// ParseCodings reads codings from JSON; name stands before its errors. An unknown
// key and an entry that says nothing are errors with their path. Whether the
// themes are those of a codebook is asked when they meet one: see Check.
func ParseCodings(data []byte, name string) (*Codings, error) {
	c := &Codings{}
	if err := strictjson.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), c); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := c.Check(nil); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	c.Schema = CodingsSchema
	return c, nil
}

// Check says what is wrong with codings: every fault with its path, nil for none.
// With a codebook it also asks for themes that the codebook does not have, and for
// a theme that one adjudicator settles in two ways.
func (c *Codings) Check(cb *Codebook) error {
	var faults []error
	fault := func(path, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...)))
	}
	if c.Schema != 0 && c.Schema != CodingsSchema {
		fault("schema", "version %d is not known; this program reads %d", c.Schema, CodingsSchema)
	}
	var names []string
	if cb != nil {
		for _, th := range layOut(ByTheme, cb).themes {
			names = append(names, th.Name)
		}
		if c.Codebook != "" && c.Codebook != cb.Name {
			fault("codebook", "the codes are of %q, the codebook is %q", c.Codebook, cb.Name)
		}
	}
	settled := map[string]int{}
	for i, k := range c.Codes {
		at := fmt.Sprintf("codes[%d]", i)
		k.check(at, fault)
		if cb != nil && k.Theme != "" && !slices.Contains(names, k.Theme) {
			fault(at+".theme", "no theme %q%s", k.Theme, strictjson.DidYouMean(k.Theme, names))
		}
		if key := string(k.Record) + " " + k.Theme; k.Adjudicated {
			if before, ok := settled[key]; ok && c.Codes[before].Absent != k.Absent {
				fault(at, "theme %q of record %s is settled the other way in codes[%d]", k.Theme, k.Record, before)
			}
			settled[key] = i
		}
	}
	return errors.Join(faults...)
}

// check says what is wrong with one entry by itself.
func (k PersonCode) check(at string, fault func(path, format string, args ...any)) {
	switch {
	case k.Coder == "" || !utf8.ValidString(k.Coder):
		fault(at+".coder", "a name or initials were expected")
	case k.Record == "":
		fault(at+".record", "the ID of a record was expected")
	case k.Theme == "" && (k.Absent || k.Adjudicated):
		fault(at+".theme", "an entry that is absent or adjudicated names its theme")
	}
	if s := k.Span; s != nil {
		switch {
		case s.Field != record.FieldTitle && s.Field != record.FieldAbstract && s.Field != record.FieldKeywords:
			fault(at+".span.field", "%q: title, abstract or keywords was expected", s.Field)
		case s.Start < 0 || s.End <= s.Start || s.End-s.Start != len(s.Text):
			fault(at+".span", "bytes %d to %d, and a text of %d bytes", s.Start, s.End, len(s.Text))
		case k.Theme == "" || k.Absent:
			fault(at+".span", "a passage is coded with a theme that applies")
		}
	}
}

// clone copies codings, their entries in an order that does not hang on the
// caller's, equal ones once.
func (c *Codings) clone() *Codings {
	if c == nil {
		return nil
	}
	out := Codings{Schema: CodingsSchema, Codebook: c.Codebook}
	if c.Schema != 0 {
		out.Schema = c.Schema
	}
	for _, k := range c.Codes {
		if k.Span != nil {
			s := *k.Span
			k.Span = &s
		}
		out.Codes = append(out.Codes, k)
	}
	slices.SortFunc(out.Codes, compareCodes)
	out.Codes = slices.CompactFunc(out.Codes, func(a, b PersonCode) bool { return compareCodes(a, b) == 0 })
	return &out
}

func compareCodes(a, b PersonCode) int {
	sign := func(x bool) int {
		if x {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Record, b.Record), cmp.Compare(a.Coder, b.Coder), cmp.Compare(a.Theme, b.Theme), compareSpans(a.Span, b.Span),
		cmp.Compare(sign(a.Absent), sign(b.Absent)), cmp.Compare(sign(a.Adjudicated), sign(b.Adjudicated)), cmp.Compare(a.Note, b.Note))
}

func compareSpans(a, b *record.Span) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Text, b.Text))
}

// reading is what persons said of one record.
type reading struct {
	coders  []string                // who read it, by name; adjudicators not among them
	said    map[string]map[int]bool // by coder: themes that apply, wider ones included
	own     map[int][]string        // by theme: who named it itself, adjudicators included, by name
	settled map[int]bool            // by theme: what was adjudicated
	by      map[int]string          // by theme: the adjudicator
	marks   []mark
	marked  map[string]bool // coders who marked passages, and gave no code without one
}

// mark is a passage that a person coded.
type mark struct {
	coder string
	theme int
	record.Span
}

// readings gathers codings by source. Names are resolved by ID, also of the
// members of merged records; codes of other records are counted.
func readings(c *Codings, all []source, b book) (out map[int]*reading, absent int) {
	if c == nil {
		return nil, 0
	}
	number := map[string]int{}
	for i, th := range b.themes {
		number[th.Name] = i
	}
	place := map[record.ID]int{}
	for i := range all {
		for _, m := range all[i].rec.Members {
			place[m.ID] = i
		}
	}
	for i := range all {
		place[all[i].id] = i
	}
	out = map[int]*reading{}
	for _, k := range c.Codes {
		i, ok := place[k.Record]
		if !ok {
			absent++
			continue
		}
		r := out[i]
		if r == nil {
			r = &reading{said: map[string]map[int]bool{}, own: map[int][]string{}, settled: map[int]bool{}, by: map[int]string{}, marked: map[string]bool{}}
			out[i] = r
		}
		theme, ok := number[k.Theme]
		if !ok {
			theme = -1
		}
		r.add(k, theme, b)
	}
	return out, absent
}

// add takes one entry in; theme is -1 for one that names none.
func (r *reading) add(k PersonCode, theme int, b book) {
	if theme >= 0 && !k.Absent && !slices.Contains(r.own[theme], k.Coder) {
		r.own[theme] = append(r.own[theme], k.Coder)
		slices.Sort(r.own[theme])
	}
	if k.Span != nil {
		r.marks = append(r.marks, mark{k.Coder, theme, *k.Span})
	}
	if k.Adjudicated {
		r.settled[theme], r.by[theme] = !k.Absent, k.Coder
		return
	}
	if r.said[k.Coder] == nil {
		r.said[k.Coder] = map[int]bool{}
		r.coders = append(r.coders, k.Coder)
		slices.Sort(r.coders)
		r.marked[k.Coder] = true
	}
	if theme >= 0 && !k.Absent {
		r.marked[k.Coder] = r.marked[k.Coder] && k.Span != nil
		for t := theme; t >= 0; t = b.themes[t].parent {
			r.said[k.Coder][t] = true
		}
	}
}

// verdict is what persons settled about a theme: ok where it was adjudicated, or
// where two or more read the record and all of them agree.
func (r *reading) verdict(theme int) (applies, ok bool) {
	if v, ok := r.settled[theme]; ok {
		return v, true
	}
	if len(r.coders) < 2 {
		return false, false
	}
	yes := 0
	for _, c := range r.coders {
		if r.said[c][theme] {
			yes++
		}
	}
	return yes > 0, yes == 0 || yes == len(r.coders)
}

// override puts what persons settled in place of what terms found. A theme that
// does not apply takes its narrower ones along, unless those were settled to
// apply; a narrower theme that applies brings its wider ones.
func (r *reading) override(k *codes, s *source, b book) {
	for t := range b.themes { // a wider theme comes before its narrower ones
		applies, ok := r.verdict(t)
		switch {
		case ok && applies:
			if k.reasons[t] == nil {
				k.reasons[t] = &reason{}
			}
		case ok:
			for _, n := range b.within(t) {
				delete(k.reasons, n)
			}
		}
	}
	if b.code.Exclusive {
		r.onlySettled(k, b)
	}
	for t, why := range k.reasons {
		for _, m := range r.marks {
			if m.theme == t {
				why.marked = append(why.marked, s.sentencesOf(m.Span)...)
			}
		}
	}
	k.themes = b.settle(k.reasons)
	k.coders = map[int][]string{}
	for _, t := range k.themes {
		k.coders[t] = r.who(t, b)
	}
}

// narrowerSettled holds where persons settled that a narrower theme applies.
func (r *reading) narrowerSettled(theme int, b book) bool {
	return slices.ContainsFunc(b.within(theme)[1:], func(t int) bool {
		applies, ok := r.verdict(t)
		return ok && applies
	})
}

// who are all persons who coded with a theme or a narrower one, by name.
func (r *reading) who(theme int, b book) []string {
	var out []string
	for _, t := range b.within(theme) {
		out = append(out, r.own[t]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// onlySettled leaves of an exclusive codebook what persons settled, where they
// settled anything.
func (r *reading) onlySettled(k *codes, b book) {
	var kept []int
	for t := range k.reasons {
		if applies, ok := r.verdict(t); ok && applies {
			kept = append(kept, t)
		}
	}
	if len(kept) == 0 {
		return
	}
	for t := range k.reasons {
		if !slices.Contains(kept, t) {
			delete(k.reasons, t)
		}
	}
}

// sentencesOf are the sentences in which a passage lies, as places without a term.
func (s *source) sentencesOf(span record.Span) []place {
	var out []place
	for pi, p := range s.texts {
		if p.field != span.Field || p.item != span.Item {
			continue
		}
		for si, sent := range p.sentences {
			if span.Start < sent.End && sent.Start < span.End {
				start := max(span.Start, sent.Start)
				out = append(out, place{pi, si, "", start, max(start, min(span.End, sent.End))})
			}
		}
	}
	return out
}

// misplaced says which passages do not stand where a coder says.
func misplaced(read map[int]*reading, all []source) error {
	var faults []error
	for i := range all {
		if read[i] == nil {
			continue
		}
		for _, m := range read[i].marks {
			if !m.In(all[i].rec) {
				faults = append(faults, fmt.Errorf("synth: codings: record %s, %s %d–%d: %q, coded by %s, does not stand there", all[i].id, m.Field, m.Start, m.End, record.Cut(m.Text), m.coder))
			}
		}
	}
	return errors.Join(faults...)
}
