package bibtex

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/record"
)

// This file is the syntax: it finds entries and their fields, with places, and
// joins the pieces of values. It knows no field and no type by meaning.

// entry is one @type{key, …} with its macros put in; values are still TeX.
type entry struct {
	kind     string // in small letters
	term     *term  // of kind
	key      string
	keyPart  part // where the key stands, until it becomes a string
	line     int
	number   int // among the entries of the file, from 1
	fields   []field
	size     int  // bytes of all values
	heir     bool // it names a parent to inherit from
	problems []record.Problem
	resolved bool // parents have been inherited from, see inherit.go
}

// reset makes an entry empty; the room for fields stays.
func (e *entry) reset() {
	const small = 4 << 10
	if e.size > small {
		clear(e.fields) // what it had is not to stay for them
	}
	*e = entry{fields: e.fields[:0]}
}

// field is one name = value.
type field struct {
	name  string // in small letters
	term  *term  // of name, nil for one that is not known
	value string
	line  int
	at    int  // its index in the entry, for the builder
	part  part // where the value stands, until it becomes a string
}

// part is a range of the window, relative to the first unread byte as all
// positions are; of the zero value there is none.
type part struct{ from, to int }

func (p part) len() int { return p.to - p.from }

// get returns the first field of a name.
func (e *entry) get(name string) (value string, ok bool) {
	for i := range e.fields {
		if e.fields[i].name == name {
			return e.fields[i].value, true
		}
	}
	return "", false
}

// scanner walks a file in the window of a record.Input. Positions are relative
// to the first unread byte; only consume moves that.
type scanner struct {
	in     *record.Input
	limits record.Limits
	buf    []byte
	pos    int
	over   bool // the window grew past Limits.Record: reads as the end of the text

	line      int // line of buf[countedTo]
	countedTo int
	noCR      int // no CR stands before it

	number     int                 // of entries so far
	whole      func(e *entry) bool // tells by its key whether all of an entry is wanted; nil for yes
	sparse     bool                // of this entry only fields that name parents are
	names      map[string]string   // names that are no terms, to hold each once
	macros     map[string]string
	macroBytes int
	failures   int // how many values were found to have no end, see patience
}

func newScanner(in *record.Input) *scanner {
	return &scanner{in: in, limits: in.Limits(), buf: in.Bytes(), line: in.LineNumber(), names: map[string]string{}, macros: map[string]string{}}
}

// fill reads on until byte i is in the window.
func (s *scanner) fill(i int) bool {
	for i >= len(s.buf) {
		if len(s.buf) > s.limits.Record {
			s.over = true
			return false
		}
		if !s.in.More() {
			return false
		}
		s.buf = s.in.Bytes()
	}
	return true
}

// at is byte i, or -1 past the end.
func (s *scanner) at(i int) int {
	if i < len(s.buf) || s.fill(i) {
		return int(s.buf[i])
	}
	return -1
}

// consume gives up all bytes before position n.
func (s *scanner) consume(n int) {
	s.in.Advance(n)
	s.buf = s.in.Bytes()
	s.pos -= n
	s.noCR = max(0, s.noCR-n)
	s.line, s.countedTo = s.in.LineNumber(), 0
}

// lineAt is the line that position p stands in.
func (s *scanner) lineAt(p int) int {
	if p < s.countedTo {
		s.line, s.countedTo = s.in.LineNumber(), 0
	}
	part := s.buf[s.countedTo:min(p, len(s.buf))]
	n := bytes.Count(part, newline)
	if s.hasCR(p) && bytes.IndexByte(part, '\r') >= 0 {
		for i, c := range part {
			if c == '\r' && s.at(s.countedTo+i+1) != '\n' {
				n++
			}
		}
	}
	s.line += n
	s.countedTo = max(p, s.countedTo)
	return s.line
}

var newline = []byte{'\n'}

// hasCR tells whether a CR may stand before position p. It looks at each byte once.
func (s *scanner) hasCR(p int) bool {
	if s.noCR < p {
		if i := bytes.IndexByte(s.buf[s.noCR:], '\r'); i >= 0 {
			s.noCR += i
		} else {
			s.noCR = len(s.buf)
		}
	}
	return s.noCR < p
}

// columnAt counts the characters before position p in its line, from 1.
func (s *scanner) columnAt(p int) int {
	before := s.buf[:min(p, len(s.buf))]
	if i := bytes.LastIndexAny(before[max(0, len(before)-4096):], "\r\n"); i >= 0 {
		before = before[max(0, len(before)-4096)+i+1:]
	}
	return utf8.RuneCount(before) + 1
}

func (s *scanner) problem(e *entry, p int, tag string, code record.Code, text, value string) {
	e.problems = append(e.problems, record.Problem{Line: s.lineAt(p), Column: s.columnAt(p), Tag: tag, Code: code, Text: text, Value: record.Cut(value)})
}

// Classes of bytes.
const (
	space = 1 << iota
	name  // may stand in a type, a field name or a macro
	brace // matters in a braced value
)

var class = func() (t [256]byte) {
	for c := range 256 {
		if c > ' ' && c != 0x7f && !strings.ContainsRune("\"#%'(),={}@\\", rune(c)) || c >= 0x80 {
			t[c] = name
		}
	}
	for _, c := range " \t\r\n\f\v\x00" {
		t[c] = space
	}
	for _, c := range "{}\\\r\n" {
		t[c] |= brace
	}
	return t
}()

func (s *scanner) is(i int, kind byte) bool {
	c := s.at(i)
	return c >= 0 && class[c]&kind != 0
}

// skip moves past a run of bytes of a class. A no-break space, with which editors
// and web pages indent, is a space and part of no name.
func (s *scanner) skip(i int, kind byte) int {
	for {
		for i < len(s.buf) && class[s.buf[i]]&kind != 0 && s.buf[i] != noBreak[0] {
			i++
		}
		switch {
		case s.at(i) == int(noBreak[0]) && s.at(i+1) == int(noBreak[1]):
			if kind != space {
				return i
			}
			i += 2
		case s.is(i, kind):
			i++
		default:
			return i
		}
	}
}

// noBreak is a no-break space in UTF-8.
const noBreak = "\u00a0"

// head is what begins an entry: @ type {.
type head struct {
	at   int // of the @
	kind string
	term *term
	open byte // '{', '(' or, where neither stands there, 0
	body int  // first byte behind it
}

// headAt reads the head of an entry at an @.
func (s *scanner) headAt(p int) (h head, ok bool) {
	i := s.skip(p+1, space)
	j := s.skip(i, name)
	if i == j || j-i > 100 {
		return head{}, false
	}
	h = head{at: p}
	h.kind, h.term = s.lower(s.buf[i:j])
	k := s.skip(j, space)
	switch c := s.at(k); {
	case c == '{' || c == '(':
		h.open, h.body = byte(c), k+1
		return h, true
	case k > j && s.lineStart(p) && h.term != nil && h.term.isType && s.is(k, name): // @article key, …
		end := s.skip(k, name)
		if s.at(end) == ',' {
			h.body = k
			return h, true
		}
	}
	return head{}, false
}

// lineStart tells whether only blanks stand before p in its line.
func (s *scanner) lineStart(p int) bool {
	for p--; p >= 0 && (s.buf[p] == ' ' || s.buf[p] == '\t'); p-- {
	}
	return p < 0 || s.buf[p] == '\n' || s.buf[p] == '\r'
}

// longestRemark bounds how far a line is looked back for a % at its start.
const longestRemark = 4096

// inRemark tells whether the line of p begins with %: BibTeX itself would not
// care, but biber and those who write such lines do.
func (s *scanner) inRemark(p int) bool {
	low := max(0, p-longestRemark)
	i := bytes.LastIndexAny(s.buf[low:p], "\r\n")
	if i < 0 && low > 0 {
		return false
	}
	i = low + i + 1
	for i < p && (s.buf[i] == ' ' || s.buf[i] == '\t') {
		i++
	}
	return s.buf[i] == '%'
}

// next finds the next entry of the file and reads it into e; false at the end.
// What stands between entries is a comment by definition. Definitions of macros
// are taken in on the way, @comment and @preamble passed over. The entry's values
// are parts of the window: settle makes strings of them, before next is called
// again.
func (s *scanner) next(e *entry) bool {
	s.consume(s.pos)
	for {
		i := bytes.IndexByte(s.buf[s.pos:], '@')
		if i < 0 {
			s.dropText()
			if s.fill(len(s.buf)) {
				continue
			}
			s.consume(len(s.buf))
			return false
		}
		p := s.pos + i
		h, ok := s.headAt(p)
		if !ok || s.inRemark(p) {
			s.pos = p + 1
			continue
		}
		s.consume(p)
		h.body -= p
		h.at = 0
		s.pos = h.body
		e.reset()
		switch h.kind {
		case "comment", "preamble":
			s.passOver(h)
		case "string":
			if s.readEntry(e, h) {
				s.define(e)
				s.consume(s.pos)
			}
		default:
			if s.readEntry(e, h) {
				s.number++
				e.number = s.number
				return true
			}
		}
	}
}

// keyOf gives the key of an entry that was not settled yet.
func (s *scanner) keyOf(e *entry) string {
	if e.keyPart.to > 0 {
		return string(s.buf[e.keyPart.from:e.keyPart.to])
	}
	return e.key
}

// smallKey appends the key of an entry that was not settled yet, in small letters.
func (s *scanner) smallKey(e *entry, to []byte) []byte {
	if e.keyPart.to == 0 {
		return append(to, strings.ToLower(e.key)...)
	}
	for _, c := range s.buf[e.keyPart.from:e.keyPart.to] { // which is ASCII
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

// settle makes strings of the values of an entry that stand in the window as they
// are. Where they are a third or more of what the entry is written with, they become
// parts of one string: that is one allocation, and little is kept beside them.
func (s *scanner) settle(e *entry) {
	from, to, sum := e.keyPart.from, e.keyPart.to, e.keyPart.len()
	for i := range e.fields {
		if p := e.fields[i].part; p.to > 0 {
			if to == 0 {
				from = p.from
			}
			to, sum = p.to, sum+p.len()
		}
	}
	if sum*3 < to-from {
		if e.keyPart.to > 0 {
			e.key, e.keyPart = string(s.buf[e.keyPart.from:e.keyPart.to]), part{}
		}
		for i := range e.fields {
			if f := &e.fields[i]; f.part.to > 0 {
				f.value, f.part = string(s.buf[f.part.from:f.part.to]), part{}
			}
		}
		return
	}
	whole := string(s.buf[from:to])
	if e.keyPart.to > 0 {
		e.key, e.keyPart = whole[:e.keyPart.len()], part{}
	}
	for i := range e.fields {
		if f := &e.fields[i]; f.part.to > 0 {
			f.value, f.part = whole[f.part.from-from:f.part.to-from], part{}
		}
	}
}

// dropText consumes text that no entry begins in, but for the line it ends in.
func (s *scanner) dropText() {
	i := bytes.LastIndexByte(s.buf, '\n')
	if i < 0 && len(s.buf) > longestRemark {
		i = len(s.buf) - longestRemark
	}
	s.pos = len(s.buf)
	if i > 0 {
		s.consume(i)
	}
}

// patience is how far past what looks like the next entry a value or comment is
// read in the hope of its end. A file in which that hope fails often gets less.
func (s *scanner) patience(most int) int {
	if s.failures > 100 {
		return 256
	}
	return most
}

// beginsEntry tells whether a line that begins at i begins an entry: @type{key,
// or one of the special ones.
func (s *scanner) beginsEntry(i int) bool {
	for s.at(i) == ' ' || s.at(i) == '\t' {
		i++
	}
	if s.at(i) != '@' {
		return false
	}
	h, ok := s.headAt(i)
	if !ok {
		return false
	}
	switch h.kind {
	case "comment", "string", "preamble":
		return true
	}
	j := h.body
	for ; j < h.body+300; j++ {
		c := s.at(j)
		if c == ',' || c == '}' {
			return true
		}
		if c < 0 {
			return true
		}
		if c == '{' || c == '"' || c == '\n' && j > h.body && !s.is(j-1, space) {
			return false
		}
		if c == '=' { // no key: title = …
			return true
		}
	}
	return false
}

// braces finds the end of what the brace at i opens: the position behind its
// partner. ok is false where there is none; end is then the start of the line
// that begins the next entry, or the end of the text. With escapes, \{ and \}
// do not count.
func (s *scanner) braces(i int, escapes bool, patience int) (end, deepest int, ok bool) {
	if !escapes {
		if end, deepest = s.plainBraces(i); end > 0 {
			return end, deepest, true
		}
	}
	depth, entryAt, stop := 0, -1, 0
	for ; ; i++ {
		if i >= len(s.buf) && !s.fill(i) {
			break
		}
		c := s.buf[i]
		if class[c]&brace == 0 {
			continue
		}
		switch c {
		case '{':
			depth++
			deepest = max(deepest, depth)
		case '}':
			if depth--; depth == 0 {
				return i + 1, deepest, true
			}
		case '\\':
			if escapes {
				i++
			}
		default:
			if entryAt < 0 && s.beginsEntry(i+1) {
				entryAt, stop = i+1, i+1+s.patience(patience)
			}
		}
		if entryAt >= 0 && i > stop {
			break
		}
	}
	if entryAt < 0 {
		return len(s.buf), deepest, false
	}
	s.failures++
	return entryAt, deepest, false
}

// plainBraces is braces where the partner is in the window and no @ stands before
// it, so that no line there can begin an entry; end is 0 otherwise.
func (s *scanner) plainBraces(i int) (end, deepest int) {
	depth, at := 0, i
	for {
		n := bytes.IndexByte(s.buf[at:], '}')
		if n < 0 {
			return 0, 0
		}
		depth += countByte(s.buf[at:at+n], '{')
		deepest = max(deepest, depth)
		at += n + 1
		if depth--; depth == 0 {
			break
		}
	}
	if bytes.IndexByte(s.buf[i:at], '@') >= 0 {
		return 0, 0
	}
	return at, deepest
}

// countByte counts a byte of which there are few: most often none but one.
func countByte(b []byte, c byte) (n int) {
	for {
		i := bytes.IndexByte(b, c)
		if i < 0 {
			return n
		}
		n++
		b = b[i+1:]
	}
}

// plainQuotes is quotes where the value has neither braces nor an @; end is 0
// otherwise.
func (s *scanner) plainQuotes(i int) (end int) {
	n := bytes.IndexByte(s.buf[i+1:], '"')
	if n < 0 {
		return 0
	}
	for _, c := range s.buf[i+1 : i+1+n] {
		if c == '{' || c == '}' || c == '@' {
			return 0
		}
	}
	return i + n + 2
}

// quotes finds the end of a quoted value that begins at i; see braces.
func (s *scanner) quotes(i int, escapes bool, patience int) (end, deepest int, ok bool) {
	if !escapes {
		if end := s.plainQuotes(i); end > 0 {
			return end, 0, true
		}
	}
	depth, entryAt, stop := 0, -1, 0
	for i++; ; i++ {
		c := s.at(i)
		if c < 0 {
			break
		}
		switch {
		case c == '"' && depth == 0:
			return i + 1, deepest, true
		case c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == '}':
			if depth--; depth < 0 {
				if entryAt >= 0 {
					return entryAt, deepest, false
				}
				return i, deepest, false
			}
		case c == '\\' && escapes:
			i++
		case (c == '\n' || c == '\r') && entryAt < 0 && s.beginsEntry(i+1):
			entryAt, stop = i+1, i+1+s.patience(patience)
		}
		if entryAt >= 0 && i > stop {
			break
		}
	}
	if entryAt < 0 {
		return len(s.buf), deepest, false
	}
	s.failures++
	return entryAt, deepest, false
}

// How far past a suspected next entry a value and a comment are read.
const (
	valuePatience   = 4 << 10
	commentPatience = 1 << 20
)

// passOver skips an @comment or @preamble.
func (s *scanner) passOver(h head) {
	if h.open == 0 {
		return
	}
	if h.open == '(' {
		s.passParentheses(h)
		return
	}
	line := s.lineAt(h.at)
	end, _, ok := s.braces(h.body-1, false, commentPatience)
	if !ok {
		s.in.Report(record.Problem{Line: line, Tag: "@" + h.kind, Code: record.CodeBraces,
			Text: "no closing brace: passed over up to the next entry"})
		s.over = false
	}
	s.pos = min(end, len(s.buf))
	s.consume(s.pos)
}

// passParentheses skips an @comment( … ) to the parenthesis that ends it; one
// that has none is a comment to the end of its line.
func (s *scanner) passParentheses(h head) {
	depth := 1
	for i := h.body; i < h.body+commentPatience; i++ {
		switch s.at(i) {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				s.pos = i + 1
				return
			}
		case -1:
			return
		case '\n':
			if s.beginsEntry(i + 1) {
				return
			}
		}
	}
}

// define takes in the macros of an @string.
func (s *scanner) define(e *entry) {
	for _, f := range e.fields {
		if f.part.to > 0 { // by itself: it stays for the whole file
			f.value = string(s.buf[f.part.from:f.part.to])
		}
		s.macroBytes += len(f.value) - len(s.macros[f.name])
		// A macro that is one other macro shares its text; what is joined is
		// bounded one by one, and here in all.
		if s.macroBytes > 64*s.limits.Expansion {
			s.macroBytes -= len(f.value)
			s.macros[f.name] = ""
			s.in.Report(record.Problem{Line: f.line, Tag: f.name, Code: record.CodeExpansion,
				Text: "the macros of this file are too long together (Limits.Expansion): left out"})
			continue
		}
		s.macros[f.name] = f.value
	}
	for _, p := range e.problems {
		s.in.Report(p)
	}
}

// longestName and mostNames bound what is held of names that are no terms.
const longestName, mostNames = 64, 1000

// lower gives a name in small letters, and its term. Names that come again and
// again are one string each.
func (s *scanner) lower(b []byte) (string, *term) {
	if t := termOf(b); t != nil {
		return t.name, t
	}
	if known, ok := s.names[string(b)]; ok {
		return known, termOf(known)
	}
	small := strings.ToLower(string(b))
	if len(b) <= longestName && len(s.names) < mostNames {
		s.names[string(b)] = small
	}
	return small, termOf(small) // of letters beyond ASCII some are small ones of ASCII
}
