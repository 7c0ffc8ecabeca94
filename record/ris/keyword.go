package ris

import (
	"strings"

	"github.com/evidence-go/evidence/internal/mesh"
	"github.com/evidence-go/evidence/record"
)

func (b *builder) keyword(it item) { b.words = append(b.words, it) }

// settleKeywords reads KW: one keyword a line, or all of them on the lines of
// one tag, or in one line with semicolons between them.
func (b *builder) settleKeywords() {
	for _, it := range b.words {
		parts := strings.Split(it.value, "\n")
		if len(b.words) == 1 && len(parts) == 1 {
			parts = strings.Split(it.value, ";")
		}
		for _, p := range parts {
			if p = clean(p); p == "" {
				continue
			}
			if h, ok := heading(p); ok {
				b.r.Headings = append(b.r.Headings, h)
				continue
			}
			b.r.Keywords = append(b.r.Keywords, p)
		}
	}
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
