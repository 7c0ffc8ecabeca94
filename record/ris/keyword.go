package ris

import (
	"strings"

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

// heading reads a subject heading: one with the star of a main topic, or with
// qualifiers of MeSH behind a slash, in words ("Depression/therapy"), in Ovid's
// form ("Depression/ep [Epidemiology]") or in that of the Cochrane Library
// ("Depression [*prevention & control, psychology]"). ok is false for any
// other keyword: a slash alone makes no heading.
func heading(s string) (h record.Heading, ok bool) {
	h.Term, h.Major = strings.CutPrefix(s, "*")
	h.Term = strings.TrimSpace(h.Term)
	if h.Term == "" {
		return h, false
	}
	if quals, term := slashQualifiers(h.Term); len(quals) > 0 {
		return record.Heading{Term: term, Scheme: "mesh", Major: h.Major, Qualifiers: quals}, true
	}
	if quals, term := bracketQualifiers(h.Term); len(quals) > 0 {
		return record.Heading{Term: term, Scheme: "mesh", Major: h.Major, Qualifiers: quals}, true
	}
	return h, h.Major
}

func slashQualifiers(s string) (quals []record.Qualifier, term string) {
	parts := strings.Split(s, "/")
	// "Statistics & Numerical Data" has no slash inside, "Drug Therapy" neither.
	for i := len(parts) - 1; i > 0; i-- {
		q, ok := qualifier(parts[i])
		if !ok {
			if len(quals) == 0 {
				return nil, s
			}
			return quals, strings.TrimSpace(strings.Join(parts[:i+1], "/"))
		}
		quals = append([]record.Qualifier{q}, quals...)
	}
	return quals, strings.TrimSpace(parts[0])
}

func bracketQualifiers(s string) (quals []record.Qualifier, term string) {
	term, rest, ok := strings.Cut(s, " [")
	inner, closed := strings.CutSuffix(rest, "]")
	if !ok || !closed {
		return nil, s
	}
	for _, p := range strings.Split(inner, ",") {
		q, ok := qualifier(p)
		if !ok {
			return nil, s
		}
		quals = append(quals, q)
	}
	return quals, term
}

// qualifier reads "*psychology" or "px [Psychology]".
func qualifier(s string) (q record.Qualifier, ok bool) {
	s, q.Major = strings.CutPrefix(strings.TrimSpace(s), "*")
	if len(s) > 5 && s[2:4] == " [" && s[len(s)-1] == ']' {
		s = s[4 : len(s)-1]
	}
	q.Term = strings.ReplaceAll(strings.ToLower(s), " and ", " & ")
	return q, qualifiers[q.Term]
}

// qualifiers are the topical qualifiers of MeSH in its own spelling, small
// letters (National Library of Medicine, Qualifiers by Allowable Category).
var qualifiers = func() map[string]bool {
	m := map[string]bool{}
	for _, q := range strings.Split("abnormalities|administration & dosage|adverse effects|agonists|analogs & derivatives|analysis|anatomy & histology|"+
		"antagonists & inhibitors|biosynthesis|blood|blood supply|cerebrospinal fluid|chemical synthesis|chemically induced|chemistry|classification|"+
		"complications|congenital|cytology|deficiency|diagnosis|diagnostic imaging|diet therapy|drug effects|drug therapy|economics|education|embryology|"+
		"enzymology|epidemiology|ethics|ethnology|etiology|genetics|growth & development|history|immunology|injuries|innervation|instrumentation|"+
		"isolation & purification|legislation & jurisprudence|metabolism|methods|microbiology|mortality|nursing|organization & administration|parasitology|"+
		"pathogenicity|pathology|pharmacokinetics|pharmacology|physiology|physiopathology|poisoning|prevention & control|psychology|radiation effects|"+
		"radiography|radionuclide imaging|radiotherapy|rehabilitation|secondary|secretion|standards|statistics & numerical data|supply & distribution|surgery|"+
		"therapeutic use|therapy|toxicity|transmission|transplantation|trends|ultrasonography|ultrastructure|urine|utilization|veterinary|virology", "|") {
		m[q] = true
	}
	return m
}()
