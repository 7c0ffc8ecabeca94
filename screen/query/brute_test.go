package query

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// brute evaluates a strategy straight from the definitions in docs/search.md: no
// plan, no vocabulary, no automaton. It loops over parts, items and words.
type brute struct {
	q     *Query
	r     *record.Record
	lines []Verdict
	cut   func(text string) []foldedWord
}

// bruteLines gives the verdict of every line.
func bruteLines(q *Query, r *record.Record) []Verdict { return bruteCut(q, r, foldedWords) }

// bruteCut is bruteLines with the words of texts as cut gives them, which may
// remember them.
func bruteCut(q *Query, r *record.Record, cut func(string) []foldedWord) []Verdict {
	b := &brute{q: q, r: r, cut: cut}
	for i := range q.Lines {
		v := CannotSay
		if e := q.Lines[i].Expr; e != nil {
			v = b.expr(e, b.standard())
		}
		b.lines = append(b.lines, v)
	}
	return b.lines
}

// absent is the verdict on what a record lacks.
func (b *brute) absent() Verdict {
	if b.q.opts.AsIs {
		return No
	}
	return CannotSay
}

func (b *brute) standard() []Field { return []Field{b.q.Dialect.DefaultField()} }

func (b *brute) fields(in []Field) []Field {
	if len(in) == 0 {
		return b.standard()
	}
	return in
}

func (b *brute) expr(e Expr, fields []Field) Verdict {
	switch x := e.(type) {
	case *Term:
		return b.term(x, fields)
	case *Heading:
		return b.heading(x)
	case *Dates:
		return b.dates(x.Field, x.From, x.To)
	case *In:
		return b.expr(x.Of, b.fields(x.Fields))
	case *Ref:
		return b.lines[x.Line]
	case *Unique:
		return b.expr(x.Of, fields)
	case *Near:
		return b.near(x, fields)
	case *Limit:
		v := b.expr(x.Of, fields)
		for _, c := range x.Conds {
			v = min(v, b.cond(c))
		}
		return v
	case *Combine:
		return b.combine(x)
	case *Bool:
		v := b.expr(x.Args[0], fields)
		for _, a := range x.Args[1:] {
			w := b.expr(a, fields)
			switch x.Op {
			case And:
				v = min(v, w)
			case Or:
				v = max(v, w)
			default:
				v = min(v, Yes-w)
			}
		}
		return v
	}
	return CannotSay
}

func (b *brute) combine(x *Combine) Verdict {
	v, some := No, false
	for _, r := range x.Lines {
		for l := r.From; l <= r.To; l++ {
			switch w := b.lines[l]; {
			case b.q.Lines[l].Expr == nil:
				continue
			case !some:
				v, some = w, true
			case x.Op == And:
				v = min(v, w)
			default:
				v = max(v, w)
			}
		}
	}
	if !some {
		return CannotSay
	}
	return v
}

// look is what the fields of text among some look at.
func (b *brute) look(fields []Field) (s scope, others []Field) {
	for _, f := range fields {
		slots, ok := fieldParts[f]
		if !ok {
			others = append(others, f)
		}
		for _, x := range slots {
			s.add(x)
		}
	}
	return s, others
}

func (b *brute) term(x *Term, fields []Field) Verdict {
	if x.Loose {
		v := Yes
		for i := range x.Words {
			v = min(v, b.term(&Term{Words: x.Words[i : i+1]}, fields))
		}
		return v
	}
	v := No
	var text []Field
	for _, f := range fields {
		if w, ok := b.special(x, f); ok {
			v = max(v, w)
		} else {
			text = append(text, f)
		}
	}
	s, others := b.look(text)
	if len(others) > 0 {
		v = max(v, CannotSay)
	}
	pattern := wordsOf(x.Words)
	for p := part(0); p < partCount; p++ {
		if !s.parts.has(p) {
			continue
		}
		if s.needs.has(p) && p.missing(b.r) {
			v = max(v, b.absent())
		}
		for _, it := range p.items(nil, b.r) {
			words := b.cut(it.text)
			for _, at := range occurrences(pattern, words) {
				if !s.whole.has(p) || int(at.to-at.from) == len(words) {
					v = Yes
				}
			}
		}
	}
	return v
}

// occurrences are the places of a term among the words of an item.
func occurrences(pattern []form, words []foldedWord) []stretch {
	if len(pattern) == 0 {
		return nil
	}
	var out []stretch
	for i := 0; i+len(pattern) <= len(words); i++ {
		all := true
		for j := 0; j < len(pattern) && all; j++ {
			all = globs(pattern[j].pieces, words[i+j].key)
		}
		if all {
			out = append(out, stretch{int32(i), int32(i + len(pattern))})
		}
	}
	return out
}

// globs is the naive comparison: it tries every length of every gap.
func globs(pieces Word, word string) bool {
	if len(pieces) == 0 {
		return word == ""
	}
	p := pieces[0]
	if !p.Gap() {
		rest, ok := strings.CutPrefix(word, p.Text)
		return ok && globs(pieces[1:], rest)
	}
	letters := []rune(word)
	for n := p.Min; n <= len(letters) && (p.Max == Unbounded || n <= p.Max); n++ {
		if globs(pieces[1:], string(letters[n:])) {
			return true
		}
	}
	return false
}

func (b *brute) special(x *Term, f Field) (Verdict, bool) {
	text, gaps := plainText(x.Words)
	switch f {
	case Language:
		if gaps {
			return b.languageLike(x.Words), true
		}
		return b.language(text), true
	case Subheading, SubheadingTree:
		return b.headings(nil, qualifiersNamed(text, f == SubheadingTree || b.q.Dialect == PubMed), false), true
	case HeadingExact:
		if gaps {
			return No, false
		}
		names, _ := b.q.opts.Headings.named(fold.Key(text), false)
		return b.headings(names, nil, false), true
	case PublicationType:
		if gaps || b.q.Dialect != PubMed {
			return No, false
		}
		names, _ := b.q.opts.Headings.named(fold.Key(text), true)
		for _, t := range b.r.Types {
			if key := fold.Key(t); key != "" && slices.Contains(names, key) {
				return Yes, true
			}
		}
		if len(b.r.Types) == 0 {
			return b.absent(), true
		}
		return No, true
	case Subset:
		return b.named(text), true
	}
	if _, ok := dateKinds[f]; ok || f == Year {
		from, to, ok := daysOf(x.Words)
		if !ok {
			return CannotSay, true
		}
		return b.dates(f, from, to), true
	}
	return No, false
}

func (b *brute) language(text string) Verdict {
	for _, l := range b.r.Languages {
		if record.Language(l) == record.Language(text) {
			return Yes
		}
	}
	if len(b.r.Languages) == 0 {
		return b.absent()
	}
	return No
}

func (b *brute) languageLike(words []Word) Verdict {
	v := No
	for _, name := range record.LanguageNames() {
		if p := wordsOf(words); len(p) == 1 && globs(p[0].pieces, fold.Key(name)) {
			v = max(v, b.language(name))
		}
	}
	if len(b.r.Languages) == 0 {
		return b.absent()
	}
	return v
}

func (b *brute) heading(x *Heading) Verdict {
	names, _ := b.q.opts.Headings.named(fold.Key(x.Name), x.Explode)
	var qualifiers []string
	for _, q := range x.Qualifiers {
		qualifiers = append(qualifiers, qualifiersNamed(q, b.q.Dialect == PubMed && x.Explode)...)
	}
	return b.headings(names, qualifiers, x.Major)
}

// headings looks for a heading of one of some names, or of any where names is nil.
func (b *brute) headings(names, qualifiers []string, major bool) Verdict {
	some, plainOnes := false, false
	for _, h := range b.r.Headings {
		some = some || h.Scheme != supplementary
		plainOnes = plainOnes || !h.Major && len(h.Qualifiers) == 0
	}
	if !some {
		return b.absent()
	}
	for _, h := range b.r.Headings {
		if names == nil && h.Scheme == supplementary || names != nil && !slices.Contains(names, fold.Key(h.Term)) {
			continue
		}
		star := h.Major
		qualified := len(qualifiers) == 0
		for _, q := range h.Qualifiers {
			if slices.Contains(qualifiers, fold.Key(q.Term)) {
				qualified = qualified || !major || h.Major || q.Major
			}
			star = star || q.Major && len(qualifiers) == 0
		}
		if qualified && (star || !major || len(qualifiers) > 0) {
			return Yes
		}
	}
	if !plainOnes && !major && len(qualifiers) == 0 {
		for _, k := range b.r.Keywords {
			if slices.Contains(names, fold.Key(k)) {
				return Yes
			}
		}
	}
	return No
}

func (b *brute) cond(c Cond) Verdict {
	switch {
	case len(c.Any) > 0:
		v := No
		for _, a := range c.Any {
			v = max(v, b.cond(a))
		}
		return v
	case c.Field == "" || c.Field == Subset:
		return b.named(c.Value)
	case c.From != (Day{}) || c.To != (Day{}):
		return b.dates(c.Field, c.From, c.To)
	}
	t := &Term{}
	for _, w := range strings.Fields(c.Value) {
		t.Words = append(t.Words, Word{{Text: w}})
	}
	return b.term(t, []Field{c.Field})
}

func (b *brute) named(name string) Verdict {
	key := fold.Key(name)
	if names := limitHeadings(name); len(names) > 0 {
		var folded []string
		for _, n := range names {
			folded = append(folded, fold.Key(n))
		}
		return b.headings(folded, nil, false)
	}
	if strings.Contains(key, "abstract") {
		if b.r.Abstract.Text == "" {
			return No
		}
		return Yes
	}
	if lang, ok := strings.CutSuffix(key, " language"); ok || record.KnownLanguage(key) {
		return b.language(lang)
	}
	return CannotSay
}

func (b *brute) near(x *Near, fields []Field) Verdict {
	s, ok := b.reach(x, fields)
	if !ok {
		return CannotSay
	}
	v := No
	for p := part(0); p < partCount; p++ {
		if s.parts.has(p) && s.needs.has(p) && p.missing(b.r) {
			v = b.absent()
		}
		for _, it := range p.items(nil, b.r) {
			if len(b.places(x, fields, p, b.cut(it.text))) > 0 {
				return Yes
			}
		}
	}
	return v
}

// reach is where an expression within a Near could be; ok is false where it has no
// place.
func (b *brute) reach(e Expr, fields []Field) (s scope, ok bool) {
	switch x := e.(type) {
	case *Term:
		s, _ = b.look(fields)
		return s, s.parts != 0
	case *In:
		return b.reach(x.Of, b.fields(x.Fields))
	case *Unique:
		return b.reach(x.Of, fields)
	case *Ref:
		if e := b.q.Lines[x.Line].Expr; e != nil {
			return b.reach(e, b.standard())
		}
		return s, false
	case *Near:
		return b.reachAll(x.Args, fields, true)
	case *Bool:
		if x.Op == Not {
			for _, a := range x.Args {
				if _, ok := b.reach(a, fields); !ok {
					return s, false
				}
			}
			return b.reach(x.Args[0], fields)
		}
		return b.reachAll(x.Args, fields, x.Op == And)
	}
	return s, false
}

func (b *brute) reachAll(args []Expr, fields []Field, every bool) (s scope, ok bool) {
	for i, a := range args {
		w, ok := b.reach(a, fields)
		switch {
		case !ok:
			return s, false
		case i == 0 || !every:
			s.parts |= w.parts
		default:
			s.parts &= w.parts
		}
		s.needs |= w.needs
	}
	s.needs &= s.parts
	return s, true
}

// places are the stretches of an expression among the words of an item.
func (b *brute) places(e Expr, fields []Field, p part, words []foldedWord) []stretch {
	switch x := e.(type) {
	case *Term:
		s, _ := b.look(fields)
		if !s.parts.has(p) {
			return nil
		}
		if x.Loose {
			var all []Expr
			for i := range x.Words {
				all = append(all, &Term{Words: x.Words[i : i+1]})
			}
			return b.places(&Bool{Op: And, Args: all}, fields, p, words)
		}
		var out []stretch
		for _, at := range occurrences(wordsOf(x.Words), words) {
			if !s.whole.has(p) || int(at.to-at.from) == len(words) {
				out = append(out, at)
			}
		}
		return out
	case *In:
		return b.places(x.Of, b.fields(x.Fields), p, words)
	case *Unique:
		return b.places(x.Of, fields, p, words)
	case *Ref:
		return b.places(b.q.Lines[x.Line].Expr, b.standard(), p, words)
	case *Bool:
		var out []stretch
		for i, a := range x.Args {
			found := b.places(a, fields, p, words)
			switch {
			case x.Op == And && len(found) == 0, x.Op == Not && i > 0 && len(found) > 0:
				return nil
			case x.Op != Not || i == 0:
				out = append(out, found...)
			}
		}
		return out
	case *Near:
		lists := make([][]stretch, len(x.Args))
		for i, a := range x.Args {
			lists[i] = b.places(a, fields, p, words)
		}
		return everyChoice(lists, nil, x.Gap, x.Ordered || x.Bare)
	}
	return nil
}

// everyChoice tries every choice of one stretch of each list.
func everyChoice(lists [][]stretch, chosen []stretch, gap int, ordered bool) []stretch {
	if len(chosen) == len(lists) {
		hull, used := chosen[0], int32(0)
		for i, s := range chosen {
			for _, t := range chosen[:i] {
				if s.from < t.to && t.from < s.to || ordered && s.from < t.to {
					return nil
				}
			}
			hull.from, hull.to, used = min(hull.from, s.from), max(hull.to, s.to), used+s.to-s.from
		}
		if int(hull.to-hull.from-used) > gap {
			return nil
		}
		return []stretch{hull}
	}
	var out []stretch
	for _, s := range lists[len(chosen)] {
		out = append(out, everyChoice(lists, append(chosen[:len(chosen):len(chosen)], s), gap, ordered)...)
	}
	return out
}
