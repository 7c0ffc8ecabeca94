package ris

import (
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/mesh"
	"github.com/evidence-go/evidence/record"
)

func (b *builder) keyword(it item) { b.words = append(b.words, it) }

// settleKeywords reads KW: one keyword a line, or all of them on the lines of
// one tag, or in one line with semicolons between them.
func (b *builder) settleKeywords() {
	if len(b.words) > 1 {
		b.r.Keywords = make([]string, 0, len(b.words))
	}
	for i := range b.words {
		it := &b.words[i]
		switch {
		case strings.IndexByte(it.value, '\n') >= 0:
			for p := range strings.SplitSeq(it.value, "\n") {
				b.addKeyword(fold.Text(p))
			}
		case len(b.words) == 1:
			for word, rest := cutKeyword(it.value); word != "" || rest != ""; word, rest = cutKeyword(rest) {
				b.addKeyword(fold.Text(word))
			}
		default:
			b.addKeyword(it.clean())
		}
	}
	if len(b.r.Keywords) == 0 {
		b.r.Keywords = nil
	}
}

// cutKeyword gives the first of several keywords with semicolons between them, and the
// others. The ; of a reference to a character is part of a keyword: "white&#8208;sided".
func cutKeyword(s string) (word, rest string) {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], ';')
		if i < 0 {
			return s, ""
		}
		i += from
		if !endsReference(s[from : i+1]) {
			return s[:i], s[i+1:]
		}
		from = i + 1
	}
}

// endsReference tells whether a text ends in a reference to a character.
func endsReference(s string) bool {
	const longest = 40 // bytes, more than any name of a character has
	i := strings.LastIndexByte(s[max(0, len(s)-longest):], '&')
	if i < 0 {
		return false
	}
	reference := s[max(0, len(s)-longest)+i:]
	return fold.Unmark(reference) != reference
}

func (b *builder) addKeyword(s string) {
	if s == "" {
		return
	}
	if h, ok := heading(s); ok {
		b.r.Headings = append(b.r.Headings, h)
		return
	}
	b.r.Keywords = append(b.r.Keywords, s)
}

// heading reads a subject heading as databases write them among keywords; ok is
// false for any other keyword.
func heading(s string) (h record.Heading, ok bool) {
	found, ok := mesh.Parse(s)
	if !ok {
		return h, false
	}
	h = record.Heading{Term: found.Term, Major: found.Major}
	for _, q := range found.Qualifiers {
		h.Scheme = "mesh"
		h.Qualifiers = append(h.Qualifiers, record.Qualifier{Term: q.Term, Major: q.Major})
	}
	return h, true
}
