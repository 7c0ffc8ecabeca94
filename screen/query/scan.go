package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token is.
type tokenKind int

const (
	tokEnd     tokenKind = iota
	tokOpen              // (
	tokClose             // )
	tokWord              // what stands between blanks, brackets and quotes
	tokQuoted            // "…", Text without the quotes
	tokOp                // and, or, not
	tokNear              // adj3, near/3, w/3
	tokFields            // .ti,ab. after what it is about, or [tiab]
	tokPrefix            // TI=, TITLE-ABS-KEY: before what it is about
	tokSlash             // Ovid's / after a heading
	tokCombine           // or/1-4
)

// symbol is a piece of a strategy.
type symbol struct {
	Extent
	kind   tokenKind
	text   string
	op     Op
	fields []Field
	tag    string // PubMed: the tag as written, plain: "mh:noexp"
	near   *Near  // Gap, Ordered, Bare
	major  bool   // a heading as a main topic
	spaced bool   // white space stands in front
}

// scanner cuts one line into tokens.
type scanner struct {
	*reader
	at, end   int
	toks      []symbol
	lastSlash int // of the line
	square    int // square brackets that are read as round ones and are open
}

// scan cuts the search of a line into tokens, the last of which is tokEnd.
func (r *reader) scan(e Extent) []symbol {
	s := scanner{reader: r, at: e.Start, end: e.End, lastSlash: e.Start + strings.LastIndexByte(r.text[e.Start:e.End], '/')}
	for s.at < s.end {
		before := s.at
		s.space()
		if s.at >= s.end {
			break
		}
		n := len(s.toks)
		s.next()
		if len(s.toks) > n {
			s.toks[n].spaced = s.toks[n].Start > before
		}
	}
	s.add(symbol{Extent: Extent{s.end, s.end}})
	return s.toks
}

func (s *scanner) add(t symbol) { s.toks = append(s.toks, t) }

// space skips white space.
func (s *scanner) space() {
	for s.at < s.end {
		c, n := utf8.DecodeRuneInString(s.text[s.at:s.end])
		if !isBlank(c) {
			return
		}
		s.at += n
	}
}

// isBlank tells white space, and marks that take none.
func isBlank(c rune) bool { return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff' }

// next scans one token, or none where it is a comment.
func (s *scanner) next() {
	switch c := s.text[s.at]; {
	case c == '(':
		s.add(symbol{Extent: Extent{s.at, s.at + 1}, kind: tokOpen})
		s.at++
	case c == ')':
		s.add(symbol{Extent: Extent{s.at, s.at + 1}, kind: tokClose})
		s.at++
	case c == '"' || s.curly(s.at) > 0:
		s.quoted()
	case c == '[':
		s.bracketed()
	case c == ']' && s.square > 0:
		s.square--
		s.add(symbol{Extent: Extent{s.at, s.at + 1}, kind: tokClose})
		s.at++
	case c == '{' && s.braced():
	case c == '/' && s.d == Ovid:
		s.slash()
	case c == '.' && s.d == Ovid && s.suffix(s.at):
	case (c == '|' || c == '&') && s.d == PubMed:
		op, name := Or, "OR"
		if c == '&' {
			op, name = And, "AND"
		}
		s.note(Note{Extent: Extent{s.at, s.at + 1}, Code: CodeMeaning, Text: string(c) + " was read as " + name, Try: name})
		s.add(symbol{Extent: Extent{s.at, s.at + 1}, kind: tokOp, op: op})
		s.at++
	default:
		s.word()
	}
}

// curly is the length of a typographic double quote at i, 0 where there is none.
func (s *scanner) curly(i int) int {
	for _, q := range [...]string{"“", "”", "„", "‟", "″", "«", "»"} {
		if strings.HasPrefix(s.text[i:s.end], q) {
			return len(q)
		}
	}
	return 0
}

// quoted scans a quoted phrase.
func (s *scanner) quoted() {
	start, n := s.at, 1
	if c := s.curly(start); c > 0 {
		n = c
		s.quoteSlip(Extent{start, start + n})
	}
	i := start + n
	for i < s.end && s.text[i] != '"' && s.curly(i) == 0 {
		i++
	}
	t := symbol{Extent: Extent{start, i}, kind: tokQuoted, text: s.text[start+n : i]}
	if i >= s.end {
		s.unclosed(t, n)
		return
	}
	if c := s.curly(i); c > 0 {
		if n == 1 {
			s.quoteSlip(Extent{i, i + c})
		}
		i += c
	} else {
		i++
	}
	t.End = i
	s.at = i
	if at := strings.IndexByte(t.text, '['); at >= 0 && s.d == PubMed {
		tag, _, closed := strings.Cut(t.text[at+1:], "]")
		tag, _, _ = strings.Cut(plainName(tag), ":")
		if closed && (isMeSHTag(tag) || fieldNamed(PubMed, tag) != "") {
			s.slip(Note{Extent: Extent{start, start + n + at}, Code: CodeQuote, Text: "this quote is not closed before its tag", Try: `a " before the [`}, "it was closed there")
			t.text = t.text[:at]
			t.End = start + n + at
			s.at = t.End
		}
	}
	s.add(t)
}

// unclosed reads a quote that has no end. A lenient reading closes it before
// the field behind its phrase, or, where nothing else follows, leaves it out.
func (s *scanner) unclosed(t symbol, n int) {
	slip := Note{Extent: Extent{t.Start, t.Start + n}, Code: CodeQuote, Text: "this quote is not closed", Try: `a " where the phrase ends`}
	end := s.end
	for i := t.Start + n; i < s.end; i++ {
		if s.d == PubMed && s.text[i] == '[' || s.text[i] == ')' || s.d == Ovid && s.text[i] == '.' && s.isSuffix(i) {
			end = i
			break
		}
	}
	t.text = strings.TrimSpace(s.text[t.Start+n : end])
	if strings.Trim(t.text, ` ,.;"`) == "" || t.Start > 0 && isWordByte(s.text[t.Start-1]) {
		s.slip(slip, "it was left out")
		s.at = t.Start + n
		return
	}
	s.slip(slip, "it was closed behind its phrase")
	t.End = t.Start + n + strings.Index(s.text[t.Start+n:end], t.text) + len(t.text)
	s.at = end
	s.add(t)
}

// bracketed scans what stands in square brackets: a tag of PubMed, a comment
// of Ovid, which prints [Diagnosis] after a subheading and [mp=…] after .mp.
func (s *scanner) bracketed() {
	start := s.at
	i := strings.IndexByte(s.text[start:s.end], ']')
	if i < 0 {
		s.fail(Note{Extent: Extent{start, start + 1}, Code: CodeBracket, Text: "this [ is not closed", Try: "]"})
		s.at = s.end
		return
	}
	s.at = start + i + 1
	switch s.d {
	case Ovid:
		s.comment(Extent{start, s.at})
	case PubMed:
		s.tag(Extent{start, s.at})
	case Cochrane:
		s.heading(Extent{start, s.at})
	default:
		s.fail(Note{Extent: Extent{start, s.at}, Code: CodeSyntax, Text: "square brackets mean nothing to " + s.d.name(), Try: "round ones"})
	}
}

// word scans up to a blank, a bracket, a quote, or what a dialect ends words with.
func (s *scanner) word() {
	start := s.at
	for s.at < s.end && !s.endsWord(start) {
		_, n := utf8.DecodeRuneInString(s.text[s.at:s.end])
		s.at += n
	}
	if s.at == start { // a mark that begins nothing else
		_, n := utf8.DecodeRuneInString(s.text[s.at:s.end])
		s.at += n
	}
	e := Extent{start, s.at}
	w := s.text[start:s.at]
	if s.ignored(e, w) {
		return
	}
	switch lower := strings.ToLower(w); {
	case lower == "and" || lower == "or" || lower == "not":
		if s.d == Ovid && s.combine(start, Op(lower)) {
			return
		}
		s.add(symbol{Extent: e, kind: tokOp, op: Op(lower), text: w})
	default:
		if near, ok := s.nearWord(e, lower); ok {
			t := symbol{Extent: e, kind: tokNear, near: &near, text: w}
			if s.d == PubMed {
				t.kind, t.op = tokOp, And
			}
			s.add(t)
			return
		}
		if s.prefix(e) || s.foreign(e) || s.loneGap(e, w) || s.markedOperator(e, w) {
			return
		}
		s.add(symbol{Extent: e, kind: tokWord, text: w})
	}
}

// markedOperator scans an operator with a mark at it, "and!", of which nobody can
// say whether the operator or the word is meant. A lenient reading takes the
// operator.
func (s *scanner) markedOperator(e Extent, w string) bool {
	bare := bareWord(w)
	if bare == w || !isOwnOperator(s.d, strings.ToLower(bare)) || s.gapIn(w, bare) {
		return false
	}
	s.operatorSlip(e, bare)
	return true
}

// operatorSlip says of an operator that something stands at it.
func (s *scanner) operatorSlip(e Extent, bare string) {
	s.slip(Note{Extent: e, Code: CodeOperator, Text: "an operator with a mark at it", Try: bare + ` for the operator, "` + bare + `" in quotes for the word`}, "the operator was taken")
	if !s.opts.Lenient {
		return
	}
	t := symbol{Extent: e, kind: tokOp, op: Op(strings.ToLower(bare)), text: bare}
	if near, ok := s.nearWord(e, strings.ToLower(bare)); ok {
		t.kind, t.op, t.near = tokNear, "", &near
	}
	s.add(t)
}

// bareWord is a word without the marks around it.
func bareWord(w string) string {
	return strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// gapIn tells whether a mark around the bare word is a wildcard.
func (s *scanner) gapIn(w, bare string) bool {
	p := parser{reader: s.reader}
	at := strings.Index(w, bare)
	for i := range len(w) {
		if _, size := p.gap(w, i, i > at); size > 0 {
			return true
		}
	}
	return false
}

// loneGap says of a wildcard that has no word before it that it means nothing.
func (s *scanner) loneGap(e Extent, w string) bool {
	marks := "*"
	if s.d == Ovid {
		marks = "*$?"
	}
	if !strings.ContainsAny(w, marks) || hasLetter(w) || s.d == Ovid && s.at < s.lastSlash {
		return false
	}
	s.slip(Note{Extent: e, Code: CodeWildcard, Text: "a wildcard with no word before it", Try: "the search without it"}, "it was left out")
	return true
}

// hasLetter tells whether a text holds a letter or digit.
func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// ignored tells whether a word is left out, since it is made of marks alone; of
// PubMed, which has a list of them, a note says so. Those that mean something
// are kept, and so are all in Ovid.
func (s *scanner) ignored(e Extent, w string) bool {
	if s.d == Ovid || strings.ContainsAny(w, "*#:=?$><") || hasLetter(w) {
		return false
	}
	if s.d != PubMed {
		return true
	}
	if w == "]" {
		s.slip(Note{Extent: e, Code: CodeBracket, Text: "this ] has no [ before it", Try: "the line without it"}, "it was left out")
		return true
	}
	s.note(Note{Extent: e, Code: CodeMeaning, Text: "PubMed reads " + w + " as a blank"})
	return true
}

// endsWord tells whether a word that began at start ends before s.at.
func (s *scanner) endsWord(start int) bool {
	c := s.text[s.at]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == '(' || c == ')' || c == '"' || c == '[' || c == 0:
		return true
	case s.d == PubMed && c == '|', s.square > 0 && c == ']':
		return true
	case c == ']' && s.d == PubMed:
		return true
	case (c == '{' || c == '}') && (s.d == Scopus || s.d == Cochrane):
		return true
	case s.d == Ovid && c == '/':
		switch strings.ToLower(s.text[start:s.at]) {
		case "near", "next", "adj", "w", "n", "pre", "onear":
			return s.at+1 >= s.end || !isDigit(s.text[s.at+1])
		}
		return true
	case s.d == Ovid && c == '.' && s.at > start && s.isSuffix(s.at):
		return true
	case s.d == WebOfScience && c == '=' || s.d == Cochrane && c == ':':
		return s.at > start
	case c >= 0x80:
		r, _ := utf8.DecodeRuneInString(s.text[s.at:s.end])
		return s.curly(s.at) > 0 || unicode.IsSpace(r) || r == utf8.RuneError
	}
	return false
}
