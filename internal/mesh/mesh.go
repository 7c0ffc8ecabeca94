// Package mesh reads subject headings of MeSH as the databases and reference
// managers write them among keywords.
package mesh

import "strings"

// Heading is a subject heading with its qualifiers.
type Heading struct {
	Term       string
	Major      bool // it has the star of a main topic
	Qualifiers []Qualifier
}

// Qualifier is a subheading in the spelling of MeSH, in small letters.
type Qualifier struct {
	Term  string
	Major bool
}

// Parse reads a heading: one with the star of a main topic, or with qualifiers of
// MeSH behind a slash, in words ("Depression/therapy"), in Ovid's form
// ("Depression/ep [Epidemiology]") or in that of the Cochrane Library ("Depression
// [*prevention & control, psychology]"). ok is false for any other keyword: a
// slash alone makes no heading.
func Parse(s string) (h Heading, ok bool) {
	if !strings.ContainsAny(s, "*/[") {
		return Heading{}, false
	}
	h.Term, h.Major = strings.CutPrefix(s, "*")
	h.Term = strings.TrimSpace(h.Term)
	if h.Term == "" {
		return h, false
	}
	if quals, term := bySlash(h.Term); len(quals) > 0 {
		return Heading{Term: term, Major: h.Major, Qualifiers: quals}, true
	}
	if quals, term := inBrackets(h.Term); len(quals) > 0 {
		return Heading{Term: term, Major: h.Major, Qualifiers: quals}, true
	}
	return h, h.Major
}

// bySlash takes qualifiers off the end of "term/qualifier/qualifier".
func bySlash(s string) (quals []Qualifier, term string) {
	parts := strings.Split(s, "/")
	for i := len(parts) - 1; i > 0; i-- {
		q, ok := parseQualifier(parts[i])
		if !ok {
			if len(quals) == 0 {
				return nil, s
			}
			return quals, strings.TrimSpace(strings.Join(parts[:i+1], "/"))
		}
		quals = append([]Qualifier{q}, quals...)
	}
	return quals, strings.TrimSpace(parts[0])
}

// inBrackets takes qualifiers from "term [qualifier, qualifier]".
func inBrackets(s string) (quals []Qualifier, term string) {
	term, rest, ok := strings.Cut(s, " [")
	inner, closed := strings.CutSuffix(rest, "]")
	if !ok || !closed {
		return nil, s
	}
	for _, p := range strings.Split(inner, ",") {
		q, ok := parseQualifier(p)
		if !ok {
			return nil, s
		}
		quals = append(quals, q)
	}
	return quals, term
}

// parseQualifier reads "*psychology" or "px [Psychology]".
func parseQualifier(s string) (q Qualifier, ok bool) {
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
