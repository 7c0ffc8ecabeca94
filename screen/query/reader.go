package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// limits of a strategy: beyond them a text is a mistake, and time and memory
// would be spent on it.
const (
	maxText     = 4 << 20 // bytes
	maxLines    = 10_000
	maxBrackets = 1_000 // brackets inside brackets
)

// reader reads one strategy.
type reader struct {
	d       Dialect
	text    string
	opts    Options
	q       *Query
	raw     []rawLine
	byLabel map[int]int // number of a line as references give it → index
	line    int         // index of the line being read
	errs    []Note
	failed  bool // in this line: one error a line is enough
	curly   bool // in this line a typographic quote was found
	places  placer
	bad     map[int]bool // lines that could not be read
}

// Parse reads a strategy in a dialect. The error is an *Error that names every
// line that cannot be read, with the place and what was expected.
func Parse(d Dialect, text string) (*Query, error) {
	return ParseWith(Options{Dialect: d}, text)
}

// ParseWith reads a strategy as the options say. An empty text is a query
// without lines, which finds nothing.
func ParseWith(o Options, text string) (*Query, error) {
	r := &reader{d: o.Dialect, text: text, opts: o, q: &Query{Dialect: o.Dialect, text: text, opts: o}, places: placer{text: text}}
	switch {
	case !known(o.Dialect):
		return nil, &Error{o.Dialect, []Note{{Line: 1, Column: 1, Code: CodeSyntax,
			Text: fmt.Sprintf("%q is no dialect of searching", string(o.Dialect)), Try: "one of ovid, pubmed, wos, scopus, ebsco, cochrane"}}}
	case len(text) > maxText:
		return nil, &Error{o.Dialect, []Note{placed(text, Note{Extent: Extent{maxText, maxText}, Code: CodeSize,
			Text: fmt.Sprintf("the text goes on beyond %d MB", maxText>>20)})}}
	}
	r.text = r.readable()
	r.raw = cutLines(r.d, r.text)
	if len(r.raw) > maxLines {
		return nil, &Error{o.Dialect, []Note{placed(text, Note{Extent: r.raw[maxLines].Extent, Code: CodeSize,
			Text: fmt.Sprintf("more than %d lines", maxLines)})}}
	}
	r.order()
	for i := range r.raw {
		r.readLine(i)
	}
	if len(r.errs) > 0 {
		slices.SortStableFunc(r.errs, func(a, b Note) int { return cmp.Compare(a.Start, b.Start) })
		return nil, &Error{o.Dialect, r.errs}
	}
	slices.SortStableFunc(r.q.Notes, func(a, b Note) int { return cmp.Compare(a.Start, b.Start) })
	if o.MapTerms {
		r.mapTerms()
	}
	return r.q, nil
}

// readable is the text with blanks in place of what is no text: bytes that are not
// UTF-8, and control characters. The first of each line is a slip.
func (r *reader) readable() string {
	var out []byte
	line, said := 0, -1
	for i := 0; i < len(r.text); {
		c, n := utf8.DecodeRuneInString(r.text[i:])
		if c == '\n' {
			line++
		}
		if c == utf8.RuneError && n <= 1 || unicode.IsControl(c) && !unicode.IsSpace(c) {
			if line != said {
				said, r.failed = line, false
				r.slip(Note{Extent: Extent{i, i + n}, Code: CodeEncoding, Text: "a byte that is no text (not UTF-8, or a control character)", Try: "a text without it"}, "it was left out")
			}
			if out == nil {
				out = []byte(r.text)
			}
			for k := range n {
				out[i+k] = ' '
			}
		}
		i += n
	}
	if out == nil {
		return r.text
	}
	return string(out)
}

// unreadable tells whether an extent holds what is no text.
func (r *reader) unreadable(e Extent) bool {
	return slices.ContainsFunc(r.errs, func(n Note) bool { return n.Code == CodeEncoding && n.Start >= e.Start && n.Start < e.End })
}

func known(d Dialect) bool {
	for _, k := range Dialects() {
		if d == k {
			return true
		}
	}
	return false
}

// order brings lines whose numbers count down, as in a history that shows the
// newest first, into the order in which they were searched, and notes where
// references lead.
func (r *reader) order() {
	n := len(r.raw)
	if n > 1 && r.raw[0].number > r.raw[1].number && r.raw[1].number > 0 && r.raw[0].number > r.raw[n-1].number {
		for i := range n / 2 {
			r.raw[i], r.raw[n-1-i] = r.raw[n-1-i], r.raw[i]
		}
		r.note(Note{Extent: r.raw[n-1].Extent, Code: CodeMeaning, Text: "the newest line stands first; the lines were read in the order of their numbers"})
	}
	r.byLabel = make(map[int]int, n)
	labelled := false
	for _, l := range r.raw {
		labelled = labelled || l.number > 0
	}
	last := 0
	for i, l := range r.raw {
		switch {
		case !labelled:
			r.byLabel[i+1] = i
		case l.number > 0:
			if l.number <= last {
				r.failed = false
				r.slip(Note{Extent: l.at, Code: CodeReference, Text: fmt.Sprintf("the number %d stands after %d", l.number, last), Try: fmt.Sprint(last + 1)},
					"what refers to a number that stands twice means the first of it")
			}
			last = max(last, l.number)
			if _, twice := r.byLabel[l.number]; !twice {
				r.byLabel[l.number] = i
			}
		}
	}
}

// readLine reads one line into the query.
func (r *reader) readLine(i int) {
	raw := r.raw[i]
	r.line, r.failed, r.curly = i, false, false
	l := Line{Extent: raw.Extent, Label: raw.label, Text: r.text[raw.Start:raw.End]}
	if raw.stray {
		stray := Note{Extent: raw.Extent, Code: CodeHeading, Text: "a line without number among numbered ones", Try: "a number, or the end of the line before"}
		if !looksLikeSearch(l.Text) {
			r.slip(stray, "it was read as a heading")
			r.q.Lines = append(r.q.Lines, l)
			return
		}
		r.slip(stray, "it was read as a search of its own")
	}
	if !r.opts.Lenient && r.unreadable(raw.Extent) {
		r.q.Lines = append(r.q.Lines, l)
		return
	}
	p := parser{reader: r}
	p.toks = r.scan(r.withoutFrame(raw.Extent))
	p.markFields()
	if !r.failed {
		l.Expr = p.line()
	}
	r.q.Lines = append(r.q.Lines, l)
}

// looksLikeSearch tells a line that searches from a heading, by what no heading
// has: an operator in capitals, a tag, a slash or a field.
func looksLikeSearch(s string) bool {
	return strings.Contains(s, " OR ") || strings.Contains(s, " AND ") || strings.ContainsAny(s, "[/*$\"“#") || strings.HasSuffix(s, ".") || isDigit(s[0]) || s[0] == '('
}

// withoutFrame leaves off what an interface prints around a search: the word
// Search at the start of a line of PubMed's history, the number of hits at the
// end of a line.
func (r *reader) withoutFrame(e Extent) Extent {
	s := r.text[e.Start:e.End]
	labelled := r.raw[r.line].label != ""
	if r.d == PubMed {
		rest, ok := cutFold(s, "search")
		if ok && labelled && rest != "" && (rest[0] == ' ' || rest[0] == ':') || ok && strings.HasPrefix(rest, " (") {
			e.Start = e.End - len(strings.TrimLeft(rest, ": \t"))
			s = r.text[e.Start:e.End]
		}
	}
	if n := hitCount(r.d, s, labelled); n > 0 {
		e.End -= n
		return trimmed(r.text, e)
	}
	return e
}

// cutFold cuts a prefix off, whatever its case.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// hitCount is the length of the number of hits that ends a line after a complete
// search, 0 where none does: "(1,234)" in Ovid, and behind a tab in any numbered
// line.
func hitCount(d Dialect, s string, labelled bool) int {
	open := strings.LastIndexAny(s, " \t")
	if open <= 0 || !(labelled && s[open] == '\t' || d == Ovid && strings.HasPrefix(s[open+1:], "(")) {
		return 0
	}
	number := s[open+1:]
	if inner, ok := strings.CutPrefix(number, "("); ok {
		if number, ok = strings.CutSuffix(inner, ")"); !ok {
			return 0
		}
	}
	if number == "" || strings.Trim(number, "0123456789,") != "" {
		return 0
	}
	words := strings.Fields(s[:open])
	if len(words) == 0 || isOperatorWord(words[len(words)-1]) {
		return 0
	}
	return len(s) - open
}

// note adds a note about the strategy.
func (r *reader) note(n Note) { r.q.Notes = append(r.q.Notes, r.places.placed(n)) }

// fail notes an error; the first of a line is enough.
func (r *reader) fail(n Note) {
	if !r.failed {
		r.failed = true
		if r.bad == nil {
			r.bad = map[int]bool{}
		}
		r.bad[r.line] = true
		r.errs = append(r.errs, r.places.placed(n))
	}
}

// quoteSlip says that a quote is a typographic one; the first of a line is
// enough. What else is wrong with the line is said as well.
func (r *reader) quoteSlip(e Extent) {
	n := Note{Extent: e, Code: CodeQuote, Text: "a typographic quote, where " + r.d.name() + ` knows only "`, Try: `"`}
	switch {
	case r.opts.Lenient:
		r.slip(n, "it was read as a straight one")
	case !r.curly:
		r.errs = append(r.errs, r.places.placed(n))
	}
	r.curly = true
}

// slip is an error, but for a lenient reading, which notes what it assumed.
func (r *reader) slip(n Note, assumed string) {
	if !r.opts.Lenient {
		r.fail(n)
		return
	}
	n.Text += ": " + assumed
	r.note(n)
}
