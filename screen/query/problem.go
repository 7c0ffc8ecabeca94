package query

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Note says something about a place in a strategy: an error, what a lenient
// reading assumed, what a translation could not carry over, what a term was
// mapped to.
type Note struct {
	Extent
	Line   int    `json:"line"`   // line of the text, from 1
	Column int    `json:"column"` // character of the line, from 1
	Code   Code   `json:"code"`
	Text   string `json:"text"`          // what is so, in words
	Try    string `json:"try,omitempty"` // what to write instead, "" where nobody can say
}

// String writes a note as "line 4, column 17: adj needs …; try adj3".
func (n Note) String() string {
	s := fmt.Sprintf("line %d, column %d: %s", n.Line, n.Column, n.Text)
	if n.Try != "" {
		s += "; try " + n.Try
	}
	return s
}

// Code names a kind of note.
type Code string

// The codes.
const (
	CodeSyntax    Code = "syntax"    // something else was expected here
	CodeQuote     Code = "quote"     // a quote is not closed, or is a curly one
	CodeBracket   Code = "bracket"   // a bracket without its partner
	CodeOperator  Code = "operator"  // an operator that is missing, doubled, or lacks an argument
	CodeNear      Code = "near"      // a distance that is missing, too large or not allowed
	CodeField     Code = "field"     // a field that the dialect lacks
	CodeReference Code = "reference" // a line that is not there, comes later, or refers to itself
	CodeWildcard  Code = "wildcard"  // a wildcard where none may stand
	CodeLimit     Code = "limit"     // a limit that is not known
	CodeDate      Code = "date"      // not a date
	CodeSize      Code = "size"      // too large or too deep
	CodeEncoding  Code = "encoding"  // not UTF-8, or a control character
	CodeMeaning   Code = "meaning"   // accepted, but means less here than it says
	CodeMapped    Code = "mapped"    // automatic term mapping
	CodeLost      Code = "lost"      // a translation lost it
	CodeHeading   Code = "heading"   // a line that is not a search
)

// Error is why a strategy could not be read: each place that is wrong, in
// order. It has at least one.
type Error struct {
	Dialect Dialect
	Notes   []Note
}

// Error gives the first place, and how many more there are.
func (e *Error) Error() string {
	if len(e.Notes) == 0 {
		return "the strategy cannot be read"
	}
	s := e.Notes[0].String()
	if n := len(e.Notes) - 1; n > 0 {
		s += fmt.Sprintf(" (and %d more)", n)
	}
	return s
}

// placed fills in line and column of a note from its start.
func placed(text string, n Note) Note {
	p := placer{text: text}
	return p.placed(n)
}

// placer finds lines and columns in a text. It goes on from the place before, so
// that many notes in the order of the text cost one way through it.
type placer struct {
	text         string
	at           int // place before
	line, column int // of it, from 0
}

func (p *placer) placed(n Note) Note {
	start := min(max(n.Start, 0), len(p.text))
	if start < p.at {
		p.at, p.line, p.column = 0, 0, 0
	}
	between := p.text[p.at:start]
	if i := strings.LastIndexByte(between, '\n'); i >= 0 {
		p.line += strings.Count(between, "\n")
		p.column = 0
		between = between[i+1:]
	}
	p.column += utf8.RuneCountInString(between)
	p.at = start
	n.Line, n.Column = p.line+1, p.column+1
	return n
}
