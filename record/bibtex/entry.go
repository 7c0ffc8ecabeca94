package bibtex

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// This file reads the inside of an entry: its key, its fields and their values,
// and finds its way where something is missing.

// readEntry reads an entry behind its head, up to s.pos. It returns false for one
// that is over Limits.Record, which is reported and passed over.
func (s *scanner) readEntry(e *entry, h head) bool {
	e.kind, e.term, e.line = h.kind, h.term, s.lineAt(h.at)
	if h.open == 0 {
		s.problem(e, h.body, "", record.CodeBraces, "expected { after @"+h.kind+": read as if it stood there", "")
	}
	s.sparse = false
	if h.kind != "string" {
		s.readKey(e)
		s.sparse = s.whole != nil && !s.whole(e)
	}
	s.readFields(e, h.open)
	if s.over {
		s.tooLong(e)
		return false
	}
	return true
}

// tooLong reports an entry over Limits.Record and goes on at the next line that
// begins one.
func (s *scanner) tooLong(e *entry) {
	s.in.Report(record.Problem{Line: e.line, Tag: "@" + e.kind, Code: record.CodeRecordTooLong, Value: s.keyOf(e),
		Text: "the entry is longer than Limits.Record: left out"})
	s.over = false
	s.pos = 1
	for {
		i := bytes.IndexByte(s.buf[s.pos:], '\n')
		if i < 0 {
			s.pos = len(s.buf)
			s.consume(s.pos)
			if !s.fill(0) {
				return
			}
			continue
		}
		s.pos += i + 1
		if len(s.buf)-s.pos < 1024 || s.pos > s.limits.Record {
			s.consume(s.pos)
			s.fill(1024)
		}
		if s.beginsEntry(s.pos) {
			s.consume(s.pos)
			return
		}
	}
}

// readKey reads the key and the comma behind it.
func (s *scanner) readKey(e *entry) {
	start := s.skip(s.pos, space)
	s.pos = start
	if s.beginsField(start) && (s.valueFollows(start) || start == s.pos && s.at(start) == '=') {
		s.problem(e, start, "", record.CodeNoKey, "the entry has no key", "")
		return
	}
	end := start
	for depth := 0; ; end++ {
		c := s.at(end)
		if c < 0 || c == ',' || class[c]&space != 0 || depth == 0 && (c == '}' || c == ')' && s.at(end+1) != ',') || end-start > 4096 {
			break
		}
		if c == '{' {
			depth++
		} else if c == '}' {
			depth--
		}
	}
	s.pos = end
	next := s.skip(end, space)
	if c := s.at(next); c == ',' {
		s.pos = next + 1
	} else if c >= 0 && c != '}' && c != ')' {
		end = s.keyWithBlanks(e, start, end, next)
	}
	if key := s.buf[start:end]; len(key) > 0 && fold.Tidy(key) {
		e.keyPart = part{start, end}
		return
	}
	e.key = strings.Join(strings.Fields(string(s.buf[start:end])), " ")
	if e.key == "" {
		s.problem(e, start, "", record.CodeNoKey, "the entry has no key", "")
	}
}

// keyWithBlanks decides what a word behind a key is: the first field, its comma
// forgotten, or more of the key.
func (s *scanner) keyWithBlanks(e *entry, start, end, next int) int {
	if !s.beginsField(next) && s.at(next) != '@' {
		for i := next; i < next+300; i++ {
			switch s.at(i) {
			case ',':
				s.problem(e, start, "", record.CodeSyntax, "a blank in the key: kept", string(s.buf[start:i]))
				s.pos = i + 1
				return i
			case '\n', '\r', '=', '{', '}', '"', -1:
				i = next + 300
			}
		}
	}
	s.problem(e, end, "", record.CodeSyntax, "expected a comma after the key: read as if it stood there", "")
	s.pos = end
	return end
}

// beginsField tells whether "name =" stands at i.
func (s *scanner) beginsField(i int) bool {
	j := s.skip(i, name)
	return j > i && j-i < 100 && s.at(s.skip(j, space)) == '='
}

// valueFollows tells whether a braced or quoted value, or one that ends with its
// line, stands behind the "name =" at i; a key may hold an equals sign too.
func (s *scanner) valueFollows(i int) bool {
	j := s.skip(i, name)
	t := termOf(s.buf[i:j])
	j = s.skip(s.skip(j, space)+1, space)
	c := s.at(j)
	return c == '{' || c == '"' || t != nil && t.row != nil
}

// readFields reads the fields up to the end of the entry.
func (s *scanner) readFields(e *entry, open byte) {
	closing := byte('}')
	if open == '(' {
		closing = ')'
	}
	comma := true
	for {
		i := s.skip(s.pos, space)
		for s.at(i) == ',' {
			comma = true
			i = s.skip(i+1, space)
		}
		s.pos = i
		c := s.at(i)
		switch {
		case c < 0:
			if !s.over {
				s.problem(e, i, "", record.CodeTruncated, "the text ends before the entry does", "")
			}
			return
		case c == int(closing):
			s.pos++
			if !s.goesOn() {
				return
			}
			s.problem(e, i, "", record.CodeBraces, "a brace too many: fields go on behind it", "")
		case c == '}' || c == ')':
			s.pos++
			s.problem(e, i, "", record.CodeBraces, "expected "+string(rune(closing))+" to end the entry", string(rune(c)))
			if j := s.skip(s.pos, space); s.at(j) < 0 || s.at(j) == '@' {
				return
			}
		case c == '@' && s.beginsEntry(i):
			s.problem(e, i, "", record.CodeMissingEnd, "the next entry begins before this one ends", "")
			return
		case c == '%':
			j := s.lineEnd(i)
			s.problem(e, i, "", record.CodeSyntax, "a remark inside an entry: left out", string(s.buf[i:j]))
			s.pos = j
		default:
			if !comma {
				s.problem(e, i, "", record.CodeSyntax, "expected a comma between two fields: read as if it stood there", "")
			}
			if !s.plainField(e, closing) {
				s.readField(e, closing)
			}
			comma = false
		}
	}
}

// goesOn tells whether fields follow behind what should be the end of an entry.
func (s *scanner) goesOn() bool {
	i := s.skip(s.pos, space)
	return s.at(i) == ',' && s.beginsField(s.skip(i+1, space))
}

func (s *scanner) lineEnd(i int) int {
	for c := s.at(i); c >= 0 && c != '\n' && c != '\r'; c = s.at(i) {
		i++
	}
	return i
}

// plainField reads a field as nearly all are: a known name, an equals sign and one
// value in braces, quotes or digits, with a comma or the end of the entry behind
// it. It returns false, and reads nothing, where readField has to decide more.
func (s *scanner) plainField(e *entry, closing byte) bool {
	buf, start := s.buf, s.pos
	end := start
	for end < len(buf) && class[buf[end]]&name != 0 {
		end++
	}
	i := end
	for i < len(buf) && class[buf[i]]&space != 0 {
		i++
	}
	if i >= len(buf) || buf[i] != '=' {
		return false
	}
	for i++; i < len(buf) && class[buf[i]]&space != 0; {
		i++
	}
	t := termOf(buf[start:end])
	if t == nil || i >= len(buf) {
		return false
	}
	v, deepest := part{i + 1, 0}, 0
	switch c := buf[i]; {
	case c == '{':
		i, deepest = s.plainBraces(i)
		v.to = i - 1
	case c == '"':
		i = s.plainQuotes(i)
		v.to = i - 1
	default:
		for v.from = i; i < len(buf) && buf[i] >= '0' && buf[i] <= '9'; {
			i++
		}
		if v.to = i; v.to == v.from {
			return false
		}
	}
	if v.to < v.from {
		return false
	}
	next := i
	for next < len(buf) && class[buf[next]]&space != 0 {
		next++
	}
	if next >= len(buf) || buf[next] != ',' && buf[next] != closing ||
		deepest > s.limits.Nesting || v.len() > s.limits.Field || e.size+v.len() > s.limits.Record {
		return false
	}
	if !s.sparse || t.heir {
		e.fields = append(e.fields, field{name: t.name, term: t, line: s.lineAt(start), part: v})
	}
	e.size += v.len()
	e.heir = e.heir || t.heir
	s.pos = i
	return true
}

// readField reads one name = value.
func (s *scanner) readField(e *entry, closing byte) {
	start := s.pos
	end := s.skip(start, name)
	if end == start {
		s.junk(e, start)
		return
	}
	i := s.skip(end, space)
	f := field{line: s.lineAt(start)}
	named := s.buf[start:end]
	switch c := s.at(i); {
	case c == '=':
		i++
	case c == ':' || c == '{' || c == '"':
		if c == ':' {
			i++
		}
		if named = bytes.TrimRight(named, ":"); len(named) == 0 {
			s.junk(e, start)
			return
		}
		s.problem(e, i, string(named), record.CodeSyntax, "expected = after the field's name: read as if it stood there", "")
	case c == ',' || c == int(closing) || c < 0:
		s.problem(e, start, "", record.CodeSyntax, "expected = and a value after the field's name: left out", string(named))
		s.pos = i
		return
	default:
		s.junk(e, start)
		return
	}
	f.name, f.term = s.lower(named)
	s.pos = s.skip(i, space)
	at := s.pos
	v, ok := s.readValue(e, f.name, closing)
	if !ok {
		return
	}
	switch {
	case v.len() > s.limits.Field:
		s.problem(e, at, f.name, record.CodeFieldTooLong, "the value is longer than Limits.Field: left out", s.text(v))
		v, ok = value{}, false
	case e.size+v.len() > s.limits.Record:
		s.problem(e, at, f.name, record.CodeExpansion, "the macros of this entry expand to more than Limits.Record: left out", "")
		v, ok = value{}, false
	}
	if ok || e.kind == "string" {
		f.value, f.part = v.joined, v.part
		e.size += v.len()
		e.heir = e.heir || f.term != nil && f.term.heir
		e.fields = append(e.fields, f)
	}
}

// junk passes over what is no field, up to a line or comma that a field, the
// end or the next entry begins behind.
func (s *scanner) junk(e *entry, start int) {
	end := s.nextField(start+1, -1)
	s.problem(e, start, "", record.CodeSyntax, "expected a field: left out", strings.TrimSpace(string(s.buf[start:end])))
	s.pos = end
}

// nextField finds, from i on, the first comma or line end that a field begins
// behind, or the line that ends the entry or begins the next one; limit is the
// last place to look at, where it is not negative.
func (s *scanner) nextField(i, limit int) int {
	for ; limit < 0 || i < limit; i++ {
		switch c := s.at(i); c {
		case -1:
			return len(s.buf)
		case ',', '\n', '\r':
			j := s.skip(i+1, space)
			if s.beginsField(j) && s.startsValue(j) {
				return i
			}
			if d := s.at(j); c != ',' && (d == '}' || d == ')' || d == '@' && s.beginsEntry(j)) {
				return i
			}
		}
	}
	return limit
}

// startsValue tells whether what stands behind the "name =" at i can be a value.
func (s *scanner) startsValue(i int) bool {
	j := s.skip(s.skip(s.skip(i, name), space)+1, space)
	c := s.at(j)
	return c == '{' || c == '"' || s.is(j, name)
}

// value is a value or a piece of one: a part of the window as it stands, or a text
// that was put together.
type value struct {
	part   part
	joined string
}

func (v value) len() int { return v.part.len() + len(v.joined) }

// text gives a value as a string of its own.
func (s *scanner) text(v value) string {
	if v.part.to > 0 {
		return string(s.buf[v.part.from:v.part.to])
	}
	return v.joined
}

// readValue reads a value: pieces joined by #. ok is false where it was left
// out, which is reported.
func (s *scanner) readValue(e *entry, tag string, closing byte) (v value, ok bool) {
	start := s.pos
	piece, state := s.readPiece(e, tag, closing)
	switch state {
	case pieceBroken:
		return s.salvage(e, tag, start, "")
	case pieceLeftOut:
		return value{}, e.kind == "string"
	case pieceNone:
		s.problem(e, s.pos, tag, record.CodeEmptyValue, "expected a value", "")
		return value{}, false
	}
	next := s.skip(s.pos, space)
	if s.at(next) == '#' {
		return s.joinPieces(e, tag, closing, start, next, s.text(piece))
	}
	if !s.endsValue(next, closing) {
		return s.salvage(e, tag, start, "")
	}
	return piece, true
}

// joinPieces reads what stands behind the first # of a value, which is at next.
func (s *scanner) joinPieces(e *entry, tag string, closing byte, start, next int, first string) (v value, ok bool) {
	var joined strings.Builder
	// What stands in the file itself may be longer.
	tooLong := len(first) > max(s.limits.Expansion, next-start)
	if !tooLong {
		joined.WriteString(first)
	}
	for more := true; more; more = s.at(next) == '#' {
		s.pos = s.skip(next+1, space)
		piece, state := s.readPiece(e, tag, closing)
		switch state {
		case pieceBroken:
			return s.salvage(e, tag, start, joined.String())
		case pieceLeftOut:
			return value{}, e.kind == "string"
		case pieceNone:
			s.problem(e, s.pos, tag, record.CodeEmptyValue, "expected more of the value after #", "")
			return value{joined: joined.String()}, true
		}
		next = s.skip(s.pos, space)
		tooLong = tooLong || joined.Len()+piece.len() > max(s.limits.Expansion, next-start)
		if !tooLong {
			joined.WriteString(s.text(piece))
		}
	}
	if tooLong {
		s.problem(e, start, tag, record.CodeExpansion, "the value's macros expand to more than Limits.Expansion: left out", "")
		return value{}, e.kind == "string" // the macro has no text; it is not undefined
	}
	if !s.endsValue(next, closing) {
		return s.salvage(e, tag, start, "")
	}
	return value{joined: joined.String()}, true
}

// endsValue tells whether what stands at i may follow a value, if only for want
// of a comma or a closing brace.
func (s *scanner) endsValue(i int, closing byte) bool {
	c := s.at(i)
	switch {
	case c < 0, c == ',', c == int(closing), c == '%':
		return true
	case c == '}' || c == ')':
		j := s.skip(i+1, space)
		return s.at(j) < 0 || s.at(j) == '@'
	}
	return c == '@' && s.beginsEntry(i) && s.balancedBefore(i) || s.beginsField(i) && s.lineStart(i)
}

// balancedBefore tells whether the entry's text up to i leaves only the entry's
// own brace open: then the brace that is missing is the entry's.
func (s *scanner) balancedBefore(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if class[s.buf[j]]&space == 0 {
			return s.buf[j] != '}' || !s.lineStart(j)
		}
	}
	return true
}

// What became of a piece of a value.
const (
	pieceRead = iota
	pieceNone
	pieceBroken
	pieceLeftOut
)

// readPiece reads one piece: braced, quoted, a number or a macro.
func (s *scanner) readPiece(e *entry, tag string, closing byte) (piece value, state int) {
	start := s.pos
	find := s.braces
	switch s.at(start) {
	case '{':
	case '"':
		find = s.quotes
	default:
		return s.readBare(e, tag)
	}
	end, deepest, ok := find(start, false, valuePatience)
	if deepest > s.limits.Nesting {
		s.problem(e, start, tag, record.CodeTooDeep, "braces nested deeper than Limits.Nesting: left out", "")
		s.pos = end
		return value{}, pieceLeftOut
	}
	next := s.skip(end, space)
	if ok && (s.at(next) == '#' || s.endsValue(next, closing)) {
		s.pos = end
		return value{part: part{start + 1, end - 1}}, pieceRead
	}
	if s.over {
		s.pos = len(s.buf)
		return value{}, pieceLeftOut
	}
	if bytes.IndexByte(s.buf[start:min(end+1, len(s.buf))], '\\') >= 0 {
		if end, _, ok := find(start, true, valuePatience); ok {
			if next := s.skip(end, space); s.at(next) == '#' || s.endsValue(next, closing) {
				s.problem(e, start, tag, record.CodeBraces, "a brace or quote behind a backslash has no partner: read as not counting", "")
				s.pos = end
				return value{part: part{start + 1, end - 1}}, pieceRead
			}
		}
	}
	s.pos = end
	return value{}, pieceBroken
}

// readBare reads a number or a macro.
func (s *scanner) readBare(e *entry, tag string) (piece value, state int) {
	start := s.pos
	end := s.skip(start, name)
	if end == start {
		return value{}, pieceNone
	}
	s.pos = end
	word := s.buf[start:end]
	digits := true
	for _, c := range word {
		digits = digits && c >= '0' && c <= '9'
	}
	if next := s.skip(end, space); !digits || s.is(next, name) {
		return s.readMacro(e, tag, word, start, next)
	}
	return value{part: part{start, end}}, pieceRead
}

// readMacro puts in a macro's text, and makes the best of words without braces.
func (s *scanner) readMacro(e *entry, tag string, word []byte, start, next int) (piece value, state int) {
	if s.is(next, name) && !s.beginsField(next) || word[0] >= '0' && word[0] <= '9' && !s.beginsField(next) {
		end := next
		for c := s.at(end); c >= 0 && c != ',' && c != '}' && c != ')' && c != '\n' && c != '\r'; c = s.at(end) {
			end++
		}
		s.pos = end
		words := strings.TrimSpace(string(s.buf[start:end]))
		s.problem(e, start, tag, record.CodeSyntax, "expected braces or quotes around the value: read to the comma", words)
		return value{joined: words}, pieceRead
	}
	low, _ := s.lower(word)
	if text, ok := s.macros[low]; ok {
		return value{joined: text}, pieceRead
	}
	if month, ok := months[low]; ok {
		return value{joined: month}, pieceRead
	}
	if word[0] < '0' || word[0] > '9' {
		s.problem(e, start, tag, record.CodeUndefinedMacro, "no @string before this place defines the macro: its name is the value", string(word))
	}
	return value{joined: string(word)}, pieceRead
}

// salvage keeps of a value whose end is not to be found what stands before the
// next field, and goes on there. The end of what was looked at is s.pos.
func (s *scanner) salvage(e *entry, tag string, start int, before string) (v value, ok bool) {
	limit := max(s.pos, s.lineEnd(s.skip(s.pos, space)))
	if limit > s.pos && s.beginsEntry(s.skip(s.pos, space)) {
		limit = s.pos
	}
	end := s.nextField(start+1, limit)
	raw := strings.TrimSpace(string(s.buf[start:end]))
	raw = strings.TrimRight(raw, ", \t\r\n")
	if raw != "" && (raw[0] == '{' || raw[0] == '"') {
		raw = raw[1:]
	}
	if n := strings.Count(raw, "{") - strings.Count(raw, "}"); n < 0 && strings.HasSuffix(raw, "}") || strings.HasSuffix(raw, `"`) {
		raw = raw[:len(raw)-1]
	}
	s.problem(e, start, tag, record.CodeBraces, "the value's braces or quotes do not match: read up to the next field", raw)
	s.pos = end
	return value{joined: before + raw}, true
}
