package jsonpull

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// Items finds the objects of a text that are records, one at a time, and reports
// what else stands there.
type Items struct {
	In    *record.Input
	Noun  string   // what an object is, for problems: "work"
	Like  string   // how a list of them looks, for problems: `[{"id": …}, …]`
	Lists []string // members of a service's answer that hold a list of records, one record, or another such object
	Marks []string // members that a record has and an answer has not

	open   []byte // '[' and '{' of the lists and answers that are open
	item   bool   // an item came since the last comma or bracket
	comma  bool   // the last thing seen is a comma
	told   bool   // a missing comma has been reported
	junk   record.Problem
	count  int // pieces of junk that were not reported yet
	broken bool
}

// Next gives the next object. It is false at the end of the text.
func (it *Items) Next() (p Piece, ok bool) {
	for {
		c, more := it.peek()
		if !more {
			it.end()
			return Piece{}, false
		}
		top := it.top()
		switch {
		case c == '<':
			it.page()
		case top == '{':
			if it.member(c) {
				return it.take(), true
			}
		case c == '{' && it.isAnswer():
			it.push('{')
		case c == '{':
			return it.take(), true
		case c == '[' && top != '[':
			it.push('[')
		case c == '[':
			p := CutOut(it.In)
			it.skip(p.Line, p.Text, "a list where "+it.a()+" must stand")
		case c == ']' && top == '[':
			if it.comma {
				it.syntax("a comma with no " + it.Noun + " behind it")
			}
			it.pop()
		case c == ',' && top == '[':
			if it.comma || !it.item {
				it.syntax("a comma with no " + it.Noun + " before it")
			}
			it.comma, it.item = true, false
			it.In.Advance(1)
		default:
			it.other()
		}
	}
}

// a is the noun with its article.
func (it *Items) a() string {
	if slices.Contains([]byte("aeio"), it.Noun[0]) {
		return "an " + it.Noun
	}
	return "a " + it.Noun
}

func (it *Items) top() byte {
	if len(it.open) == 0 {
		return 0
	}
	return it.open[len(it.open)-1]
}

func (it *Items) push(c byte) {
	it.open = append(it.open, c)
	it.item, it.comma = false, false
	it.In.Advance(1)
}

func (it *Items) pop() {
	it.open = it.open[:len(it.open)-1]
	it.item, it.comma = it.top() == '[', false
	it.In.Advance(1)
}

// end reports what the end of the text shows.
func (it *Items) end() {
	it.flush()
	if it.broken {
		return
	}
	what := map[byte]string{'[': "the list has no closing bracket ]", '{': "the answer of the service has no closing brace }"}[it.top()]
	if what != "" {
		it.In.Report(record.Problem{Line: it.In.LineNumber(), Code: record.CodeMissingEnd, Text: what})
	}
}

// peek gives the next byte that is not white space.
func (it *Items) peek() (c byte, ok bool) {
	for {
		b := it.In.Bytes()
		n := SkipSpace(b, 0)
		it.In.Advance(n)
		if n < len(b) {
			return b[n], true
		}
		if !it.In.More() {
			return 0, false
		}
	}
}

// take cuts out the object that begins here.
func (it *Items) take() Piece {
	it.flush()
	if it.top() == '[' && it.item && !it.told {
		it.syntax("expected a comma between two " + it.Noun + "s; others may lack one too")
		it.told = true
	}
	it.item, it.comma = true, false
	p := CutOut(it.In)
	it.broken = it.broken || p.Cut
	return p
}

// lookahead is how far an object is looked into to tell what it is.
const lookahead = 1 << 20

// isAnswer tells whether the object that begins here is no record, but holds
// records: one of Lists comes before any of Marks.
func (it *Items) isAnswer() bool {
	if len(it.Lists) == 0 {
		return false
	}
	for {
		b := it.In.Bytes()
		found, answer := it.look(b)
		if found || len(b) > lookahead || !it.In.More() {
			return answer
		}
	}
}

// look goes through the members of an object as far as it is there. found is false
// when more must be seen.
func (it *Items) look(b []byte) (found, answer bool) {
	for i := SkipSpace(b, 1); i < len(b); {
		if b[i] != '"' {
			return true, false
		}
		end := SkipText(b, i)
		colon := SkipSpace(b, end)
		value := SkipSpace(b, colon+1)
		if value >= len(b) {
			return false, false
		}
		key := b[i+1 : end-1]
		holds := func(name string) bool { return string(key) == name }
		switch {
		case b[colon] != ':' || slices.ContainsFunc(it.Marks, holds):
			return true, false
		case (b[value] == '[' || b[value] == '{') && slices.ContainsFunc(it.Lists, holds):
			return true, true
		}
		next := SkipSpace(b, SkipValue(b, value))
		if next >= len(b) {
			return false, false
		}
		if b[next] != ',' {
			return true, false
		}
		i = SkipSpace(b, next+1)
	}
	return false, false
}

// member deals with a part of a service's answer. It is true when the input stands
// at a record.
func (it *Items) member(c byte) bool {
	switch c {
	case '}':
		it.pop()
		return false
	case ',':
		it.In.Advance(1)
		return false
	case '"':
	default:
		it.other()
		return false
	}
	key := it.text()
	if c, ok := it.peek(); !ok || c != ':' {
		return false
	}
	it.In.Advance(1)
	c, _ = it.peek()
	held := slices.Contains(it.Lists, key)
	switch {
	case held && c == '[':
		it.push('[')
	case held && c == '{' && it.isAnswer():
		it.push('{')
	case held && c == '{':
		return true
	case c == '{' || c == '[':
		if p := CutOut(it.In); p.Cut {
			it.broken = true
			it.In.Report(record.Problem{Line: p.Line, Tag: key, Code: record.CodeTruncated, Text: "the text ends in the middle of the service's answer"})
		}
	case c == '"':
		it.text()
	default:
		it.scalar()
	}
	return false
}

// text passes over a string of an answer and gives it, without its quotes and as
// far as the longest name of a member goes.
func (it *Items) text() string {
	const longest = 200
	kept := ""
	for {
		b := it.In.Bytes()
		if end := SkipText(b, 0); end < len(b) || !it.In.More() {
			kept = string(bytes.Trim(b[:min(end, longest)], `"`))
			it.In.Advance(end)
			return kept
		}
	}
}

// scalar passes over a number or a word of an answer.
func (it *Items) scalar() {
	b := it.In.Bytes()
	n := 0
	for n < len(b) && !bytes.ContainsRune([]byte(" \t\r\n,{}[]\"<"), rune(b[n])) {
		n++
	}
	it.In.Advance(max(n, 1))
}

// page passes over a page of HTML or XML that stands where JSON must: up to a line
// that begins as JSON does.
func (it *Items) page() {
	it.flush()
	line := it.In.LineNumber()
	first := it.In.Bytes()
	value := string(first[:min(len(first), 80)])
	for {
		if _, ok := it.In.ReadLine(); !ok {
			break
		}
		if c, ok := it.peek(); ok && (c == '{' || c == '[') {
			break
		}
	}
	it.In.Report(record.Problem{Line: line, Code: record.CodeJunk, Value: value,
		Text: "a page of HTML or XML stands where JSON must, as a service gives it in place of an answer; it was left out"})
}

// other passes over what is no object: a number, a word, a comment.
func (it *Items) other() {
	line := it.In.LineNumber()
	if b := it.In.Bytes(); b[0] == '"' {
		for n := 0; ; {
			b = it.In.Bytes()
			if n = SkipText(b, 0); n < len(b) || !it.In.More() || n > 1<<16 {
				it.skip(line, b[:n], "a text where "+it.a()+" must stand")
				it.In.Advance(n)
				return
			}
		}
	}
	b := it.In.Bytes()
	n := 1
	for n < len(b) && !bytes.ContainsRune([]byte("{}[],\"\n<"), rune(b[n])) {
		n++
	}
	it.skip(line, b[:n], "what is no "+it.Noun)
	it.In.Advance(n)
}

// skip notes a piece of junk; pieces that follow each other are one problem.
func (it *Items) skip(line int, text []byte, what string) {
	it.item, it.comma = it.top() == '[', false
	if it.count++; it.count > 1 {
		return
	}
	it.junk = record.Problem{Line: line, Code: record.CodeJunk, Value: string(text[:min(len(text), 80)]),
		Text: what + ": expected objects in a list, as " + it.Like + "; it was left out"}
}

func (it *Items) flush() {
	if it.count > 1 {
		it.junk.Text += fmt.Sprintf(", with %d more behind it", it.count-1)
	}
	if it.count > 0 {
		it.In.Report(it.junk)
	}
	it.count = 0
}

func (it *Items) syntax(text string) {
	it.In.Report(record.Problem{Line: it.In.LineNumber(), Code: record.CodeSyntax, Text: text})
}

// SkipSpace gives the place of the first byte from i on that is no white space, len(b)
// where there is none.
func SkipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// SkipValue gives the end of the value that begins at i, len(b) where it is not
// there.
func SkipValue(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = SkipText(b, i); depth == 0 {
				return i
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 {
				return i
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
		i++
	}
	return len(b)
}

// SkipText gives the end of the string that begins at i, len(b) where it does not end.
func SkipText(b []byte, i int) int {
	for i++; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(b)
}
