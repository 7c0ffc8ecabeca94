package synth

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// book is a codebook laid out flat: a theme before its narrower ones.
type book struct {
	axis   Axis
	code   *Codebook
	themes []node
}

type node struct {
	*Theme
	parent int // -1 for none
	depth  int
}

func layOut(axis Axis, c *Codebook) book {
	b := book{axis: axis, code: c}
	if c != nil {
		b.add(c.Themes, -1, 0)
	}
	return b
}

func (b *book) add(themes []Theme, parent, depth int) {
	for i := range themes {
		at := len(b.themes)
		b.themes = append(b.themes, node{&themes[i], parent, depth})
		b.add(themes[i].Themes, at, depth+1)
	}
}

// role is what a term is to a theme.
type role int

const (
	anywhere role = iota
	inTitle
	veto
)

// use is a theme that a term belongs to.
type use struct {
	book, theme int
	role        role
}

// coder finds the terms of all codebooks at once, so that each text is read once.
type coder struct {
	books []book
	terms *query.Terms
	uses  [][]use          // by term
	types map[string][]use // by publication type in small letters
	kinds map[record.Kind][]use

	searches []searchUse // of themes, each after its unless
}

// searchUse is a strategy of a theme.
type searchUse struct {
	use
	query  *query.Query
	unless bool
}

func newCoder(books []book) (*coder, error) {
	c := &coder{books: books, types: map[string][]use{}, kinds: map[record.Kind][]use{}}
	number := map[string]int{}
	var list []string
	add := func(terms []string, u use) {
		for _, t := range terms {
			n, ok := number[t]
			if !ok {
				n = len(list)
				number[t] = n
				list = append(list, t)
				c.uses = append(c.uses, nil)
			}
			c.uses[n] = append(c.uses[n], u)
		}
	}
	for bi, b := range books {
		for ti, th := range b.themes {
			add(th.Terms, use{bi, ti, anywhere})
			add(th.TitleTerms, use{bi, ti, inTitle})
			add(th.Not, use{bi, ti, veto})
			if err := c.addSearches(th.Theme, bi, ti); err != nil {
				return nil, err
			}
			for _, t := range th.Types {
				key := strings.ToLower(strings.TrimSpace(t))
				c.types[key] = append(c.types[key], use{book: bi, theme: ti})
			}
			for _, k := range th.Kinds {
				c.kinds[k] = append(c.kinds[k], use{book: bi, theme: ti})
			}
		}
	}
	terms, err := query.Compile(list)
	if err != nil {
		return nil, fmt.Errorf("synth: %w", err)
	}
	c.terms = terms
	return c, nil
}

// addSearches reads the strategies of a theme.
func (c *coder) addSearches(th *Theme, book, theme int) error {
	for _, s := range []struct {
		search *query.Search
		unless bool
	}{{th.Unless, true}, {th.Search, false}} {
		if s.search == nil {
			continue
		}
		q, err := s.search.Parse()
		if err != nil {
			return fmt.Errorf("synth: theme %q: %w", th.Name, err)
		}
		c.searches = append(c.searches, searchUse{use{book: book, theme: theme}, q, s.unless})
	}
	return nil
}

// place is where a term of a theme stands in a source.
type place struct {
	passage, sentence int
	term              string
	start, end        int
}

// reason is why a source was coded with a theme by the theme's own means.
type reason struct {
	places []place // in the order of the texts
	types  []string
	kind   record.Kind
	search bool          // the theme's search found the source
	spans  []record.Span // where
	found  []place       // those of them that lie in sentences
	marked []place       // sentences that persons coded with the theme
}

// codes are the themes of a source under one codebook.
type codes struct {
	themes  []int            // in the order of the book, wider ones included
	reasons map[int]*reason  // by theme
	coders  map[int][]string // persons, by theme; nil where none read the source
}

// code gives each source its codes, one for each book.
func (c *coder) code(ctx context.Context, all []source) ([][]codes, error) {
	out := make([][]codes, len(all))
	for i := range all {
		if i%64 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		out[i] = c.codeOne(&all[i])
	}
	return out, nil
}

func (c *coder) codeOne(s *source) []codes {
	out := make([]codes, len(c.books))
	for i := range out {
		out[i].reasons = map[int]*reason{}
	}
	at := func(u use) *reason {
		r := out[u.book].reasons[u.theme]
		if r == nil {
			r = &reason{}
			out[u.book].reasons[u.theme] = r
		}
		return r
	}
	for pi := range s.texts {
		c.read(s, pi, at)
	}
	for _, t := range s.rec.Types {
		for _, u := range c.types[strings.ToLower(strings.TrimSpace(t))] {
			if r := at(u); !slices.Contains(r.types, t) {
				r.types = append(r.types, t)
			}
		}
	}
	for _, u := range c.kinds[s.rec.Kind] {
		at(u).kind = s.rec.Kind
	}
	c.search(s, at, func(u use) { delete(out[u.book].reasons, u.theme) })
	for i := range out {
		out[i].themes = c.books[i].settle(out[i].reasons)
	}
	return out
}

// search asks the strategies of the themes. What an unless finds loses what the
// theme's terms, types and kinds gave it, and its search is not asked.
func (c *coder) search(s *source, at func(use) *reason, drop func(use)) {
	dropped := map[use]bool{}
	for _, u := range c.searches {
		if dropped[u.use] {
			continue
		}
		a := u.query.Match(s.rec)
		switch {
		case a.Verdict != query.Yes:
		case u.unless:
			drop(u.use)
			dropped[u.use] = true
		default:
			r := at(u.use)
			r.search = true
			for _, p := range a.Spans {
				if !slices.Contains(r.spans, p.Span) && utf8.ValidString(p.Text) {
					r.spans = append(r.spans, p.Span)
					r.found = append(r.found, s.placed(p.Span)...)
				}
			}
		}
	}
}

// placed is the place of a span among the sentences: none where it lies in no
// single one.
func (s *source) placed(span record.Span) []place {
	for pi, p := range s.texts {
		if p.field != span.Field || p.item != span.Item {
			continue
		}
		for si, sent := range p.sentences {
			if sent.Start <= span.Start && span.End <= sent.End {
				return []place{{pi, si, strings.ToLower(span.Text), span.Start, span.End}}
			}
		}
	}
	return nil
}

// read finds the terms in one passage, sentence by sentence.
func (c *coder) read(s *source, pi int, at func(use) *reason) {
	p := &s.texts[pi]
	hits := c.terms.Find(p.text)
	for si, sent := range p.sentences {
		for len(hits) > 0 && hits[0].Start < sent.Start {
			hits = hits[1:] // in a heading
		}
		n := 0
		for n < len(hits) && hits[n].Start < sent.End {
			n++
		}
		if n == 0 {
			continue
		}
		in := hits[:n]
		hits = hits[n:]
		vetoed := c.vetoed(in)
		for _, h := range in {
			if h.End > sent.End || !utf8.ValidString(p.text[h.Start:h.End]) {
				continue
			}
			for _, u := range c.uses[h.Term] {
				if u.role == veto || u.role == inTitle && p.field != record.FieldTitle || slices.Contains(vetoed, [2]int{u.book, u.theme}) ||
					slices.Contains(c.books[u.book].code.NotSections, sent.section) && sent.section != "" {
					continue
				}
				r := at(u)
				r.places = append(r.places, place{pi, si, c.terms.Term(h.Term), h.Start, h.End})
			}
		}
	}
}

// vetoed lists the books and themes that a sentence with these hits holds a
// forbidden word of.
func (c *coder) vetoed(hits []query.Hit) [][2]int {
	var out [][2]int
	for _, h := range hits {
		for _, u := range c.uses[h.Term] {
			if k := [2]int{u.book, u.theme}; u.role == veto && !slices.Contains(out, k) {
				out = append(out, k)
			}
		}
	}
	return out
}

// settle gives the themes that hold, wider ones included; of an exclusive book
// the first of each level.
func (b *book) settle(reasons map[int]*reason) []int {
	if len(reasons) == 0 {
		return nil
	}
	holds := make([]bool, len(b.themes))
	for i := range reasons {
		for j := i; j >= 0 && !holds[j]; j = b.themes[j].parent {
			holds[j] = true
		}
	}
	var out []int
	taken := map[int]bool{} // by parent: a narrower theme has been chosen
	for i, th := range b.themes {
		if !holds[i] {
			continue
		}
		if b.code.Exclusive {
			if taken[th.parent] || th.parent >= 0 && !slices.Contains(out, th.parent) {
				continue
			}
			taken[th.parent] = true
		}
		out = append(out, i)
	}
	return out
}

// within lists a theme and all narrower ones.
func (b *book) within(theme int) []int {
	out := []int{theme}
	for i := theme + 1; i < len(b.themes) && b.themes[i].depth > b.themes[theme].depth; i++ {
		out = append(out, i)
	}
	return out
}

// codings explains the codes of one theme.
func (b *book) codings(bi, theme int, all []source, coded [][]codes) []Coding {
	var out []Coding
	for i := range all {
		cs := &coded[i][bi]
		if !slices.Contains(cs.themes, theme) {
			continue
		}
		k := Coding{Record: all[i].id, Coders: cs.coders[theme]}
		if r := cs.reasons[theme]; r != nil {
			k.Terms, k.Types, k.Kind = all[i].firstPlaces(r.places), r.types, r.kind
			k.Search, k.Found = r.search, r.spans
		}
		for _, t := range cs.themes {
			if b.themes[t].parent == theme {
				k.From = append(k.From, b.themes[t].Name)
			}
		}
		out = append(out, k)
	}
	return out
}

// firstPlaces gives each different term once, where it stands first.
func (s *source) firstPlaces(places []place) []TermPlace {
	var out []TermPlace
	for _, p := range places {
		if slices.ContainsFunc(out, func(t TermPlace) bool { return t.Term == p.term }) {
			continue
		}
		text := s.texts[p.passage]
		out = append(out, TermPlace{p.term, record.Span{Field: text.field, Item: text.item, Start: p.start, End: p.end, Text: text.text[p.start:p.end]}})
	}
	return out
}
