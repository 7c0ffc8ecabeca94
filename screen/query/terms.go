package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
	"github.com/evidence-go/evidence/record"
)

// Terms is a list of terms compiled for matching. The zero value has no term
// and matches nothing.
type Terms struct {
	source []string
	exact  map[string][]pattern // by first word, where it stands whole
	open   [256][]pattern       // by first byte, where the first word is truncated or has a wildcard
	any    []pattern            // where the first word begins with a wildcard
}

// pattern is one term as words.
type pattern struct {
	term  int
	words []wordPattern
}

// wordPattern is one word of a term, folded.
type wordPattern struct {
	text string // without the truncation mark; '?' stands for one letter or digit
	open bool   // truncated: any ending, or none
	wild bool   // text holds a '?'
}

// Compile reads terms. The form of each is
//
//	word          the word itself: "peer" is not found in "peers"
//	two words     the words in this order with nothing but blanks, hyphens or
//	              punctuation between them
//	"two words"   the same; quotes are allowed and change nothing
//	word*         any ending, or none: "recover*" finds recover, recovery, recovered
//	wom?n         exactly one letter or digit
//
// A term without a letter or digit, one whose mark stands in front of a word, and
// one that is truncated to fewer than two letters are errors that name the term
// by its place in the list.
func Compile(terms []string) (*Terms, error) {
	t := &Terms{source: slices.Clone(terms), exact: map[string][]pattern{}}
	for i, s := range terms {
		words, err := parseTerm(s)
		if err != nil {
			return nil, fmt.Errorf("term %d, %q: %w", i+1, s, err)
		}
		p := pattern{term: i, words: words}
		first := words[0]
		switch {
		case first.text[0] == '?':
			t.any = append(t.any, p)
		case first.open || first.wild:
			t.open[first.text[0]] = append(t.open[first.text[0]], p)
		default:
			t.exact[first.text] = append(t.exact[first.text], p)
		}
	}
	return t, nil
}

// Len is the number of terms.
func (t *Terms) Len() int { return len(t.source) }

// Term returns the i-th term as it was given, "" where there is none.
func (t *Terms) Term(i int) string {
	if i < 0 || i >= len(t.source) {
		return ""
	}
	return t.source[i]
}

// parseTerm folds a term into words, keeping its marks.
func parseTerm(s string) ([]wordPattern, error) {
	s = strings.Trim(strings.TrimSpace(s), `"“”„`)
	var words []wordPattern
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '-' || r == '\t' || r == '\n' || r == '/' || r == '\u00a0' || r == '‐' || r == '–'
	}) {
		if strings.HasPrefix(part, "*") {
			return nil, fmt.Errorf("'*' stands in front of a word; it can only end one, as in support*")
		}
		if i := strings.IndexByte(part, '*'); i >= 0 && i < len(part)-1 {
			return nil, fmt.Errorf("'*' stands inside a word; it can only end one (use '?' for a single letter)")
		}
		body, open := strings.CutSuffix(part, "*")
		text, wild := foldWild(body)
		if text == "" {
			if open {
				return nil, fmt.Errorf("nothing stands before '*'")
			}
			continue
		}
		if open && len(text) < 2 {
			return nil, fmt.Errorf("%q is truncated to one letter, which finds nearly every text", part)
		}
		fields := strings.Fields(text)
		for i, f := range fields {
			last := i == len(fields)-1
			words = append(words, wordPattern{text: f, open: open && last, wild: wild && strings.Contains(f, "?")})
		}
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("a letter or digit was expected")
	}
	return words, nil
}

// foldWild folds a word and keeps its question marks.
func foldWild(s string) (text string, wild bool) {
	if !strings.Contains(s, "?") {
		return fold.Key(s), false
	}
	parts := strings.Split(s, "?")
	for i := range parts {
		parts[i] = fold.Key(parts[i])
	}
	return strings.Join(parts, "?"), true
}

// Hit is a place where a term stands in a text.
type Hit struct {
	Term  int // index of the term
	Start int // first byte in the text
	End   int // one past the last byte
}

// Find gives every place in the text where a term stands, by start, then by
// term. Of one term the longest match at a place is given once; different terms
// may overlap.
func (t *Terms) Find(text string) []Hit {
	if t.Len() == 0 || text == "" {
		return nil
	}
	words := foldedWords(text)
	var hits []Hit
	for i := range words {
		w := words[i].key
		if w == "" {
			continue
		}
		for _, p := range t.exact[w] {
			hits = p.match(words, i, hits)
		}
		for _, p := range t.open[w[0]] {
			hits = p.match(words, i, hits)
		}
		for _, p := range t.any {
			hits = p.match(words, i, hits)
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Term, b.Term))
	})
	return slices.Compact(hits)
}

// Any tells whether any term stands in the text.
func (t *Terms) Any(text string) bool { return len(t.Find(text)) > 0 }

// In gives every place in the named fields of a record where a term stands, in
// the order of the fields; with no field named, in title, abstract and keywords.
// Without a record there is none.
func (t *Terms) In(r *record.Record, fields ...record.Field) []TermSpan {
	if r == nil {
		return nil
	}
	if len(fields) == 0 {
		fields = DefaultFields()
	}
	var out []TermSpan
	for _, f := range fields {
		for item, text := range r.Values(f) {
			for _, h := range t.Find(text) {
				out = append(out, TermSpan{Term: h.Term, Span: record.Span{Field: f, Item: item, Start: h.Start, End: h.End, Text: text[h.Start:h.End]}})
			}
		}
	}
	return out
}

// DefaultFields are the fields that terms are looked for in where none are
// named: title, abstract and keywords, which is what reviewers screen by.
func DefaultFields() []record.Field {
	return []record.Field{record.FieldTitle, record.FieldAbstract, record.FieldKeywords}
}

// TermSpan is a place in a record and the index of the term that stands there.
type TermSpan struct {
	Term int `json:"term"`
	record.Span
}

// foldedWord is a word of a text in comparison form, with its place. A word
// that folds to several (an accent may part none, a slash does) is several, and
// one that folds to nothing is none.
type foldedWord struct {
	key        string
	start, end int
}

func foldedWords(text string) []foldedWord {
	tokens := token.Words(text)
	out := make([]foldedWord, 0, len(tokens))
	for _, tk := range tokens {
		key := fold.Key(text[tk.Start:tk.End])
		for strings.Contains(key, " ") {
			var head string
			head, key, _ = strings.Cut(key, " ")
			out = append(out, foldedWord{head, tk.Start, tk.End})
		}
		if key != "" {
			out = append(out, foldedWord{key, tk.Start, tk.End})
		}
	}
	return out
}

// match appends the hit of a pattern at word i, if there is one.
func (p pattern) match(words []foldedWord, i int, hits []Hit) []Hit {
	if i+len(p.words) > len(words) {
		return hits
	}
	for j, w := range p.words {
		if !w.match(words[i+j].key) {
			return hits
		}
	}
	return append(hits, Hit{Term: p.term, Start: words[i].start, End: words[i+len(p.words)-1].end})
}

func (w wordPattern) match(key string) bool {
	if !w.wild {
		return key == w.text || w.open && strings.HasPrefix(key, w.text)
	}
	rest := []rune(key)
	for _, want := range w.text {
		if len(rest) == 0 || want != '?' && want != rest[0] {
			return false
		}
		rest = rest[1:]
	}
	return w.open || len(rest) == 0
}
