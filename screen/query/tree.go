package query

import (
	"strconv"
	"strings"
)

// Expr is a part of a search: one of *Term, *Heading, *Dates, *Bool, *Near, *In,
// *Ref, *Combine, *Limit and *Unique. No other type is one.
type Expr interface {
	// Where is the place of the expression in the text it was read from.
	Where() Extent
	expr()
}

// Extent is a range of bytes in the text of a strategy.
type Extent struct {
	Start int `json:"start"`
	End   int `json:"end"` // one past the last byte
}

// Where returns the extent itself, so that what holds one is placed by it.
func (e Extent) Where() Extent { return e }

// Term is a word, or several words in their order: a phrase.
type Term struct {
	Extent
	Words  []Word
	Quoted bool // written between quotes
	Loose  bool // each word by itself, anywhere in the fields: several words of PubMed without quotes or field

	joins   []string // what stood between the words, where they were read from a text
	written string   // the term as it stood there, with marks before and behind it
}

// Word is a word of a term, as literal text and gaps in turn: behavio?r in
// Ovid is "behavio", at most one character, "r".
type Word []Piece

// Piece is a piece of a word: literal text, or a gap that stands for letters
// and digits, as few as Min and as many as Max. Max is Unbounded for a
// truncation. Of a piece with Text the numbers are 0.
type Piece struct {
	Text string
	Min  int
	Max  int
}

// Unbounded is the Max of a gap of any length.
const Unbounded = -1

// Gap tells whether the piece is a gap.
func (p Piece) Gap() bool { return p.Text == "" }

// Heading is a subject heading of a controlled list: exp Dementia/di in Ovid,
// "Dementia/diagnosis"[Mesh] in PubMed.
type Heading struct {
	Extent
	Name       string
	Qualifiers []string // subheadings, by name or by the two letters of MEDLINE: "di"; any one of them is enough
	Explode    bool     // narrower headings too
	Major      bool     // as a main topic only
}

// Dates is a range of dates. A bound that is the zero Day is open.
type Dates struct {
	Extent
	Field    Field
	From, To Day
}

// Day is a year, or a year with month, or with month and day; 0 where unknown.
type Day struct{ Year, Month, Day int }

// String writes a day as 2010, 2010/02 or 2010/02/03; the zero value as "".
func (d Day) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return strconv.Itoa(d.Year) + "/" + two(d.Month)
	}
	return strconv.Itoa(d.Year) + "/" + two(d.Month) + "/" + two(d.Day)
}

func two(n int) string {
	s := strconv.Itoa(n)
	if n < 10 {
		return "0" + s
	}
	return s
}

// Op is an operator between expressions.
type Op string

// The operators. Not has two arguments: what the first finds and the second does not.
const (
	And Op = "and"
	Or  Op = "or"
	Not Op = "not"
)

// Bool joins expressions by an operator; Args has at least two.
type Bool struct {
	Extent
	Op   Op
	Args []Expr
}

// Near asks that its arguments stand close to one another in one field: that
// there is a stretch of text that holds one occurrence of each, no two of them
// sharing a word, with at most Gap words in it that belong to none.
type Near struct {
	Extent
	Args    []Expr
	Gap     int
	Ordered bool // in the order of Args
	Bare    bool // Ovid's adj without a number
}

// In asks for its expression in some fields, one of which is enough for each
// term of it.
type In struct {
	Extent
	Of     Expr
	Fields []Field
}

// Ref is what another line found.
type Ref struct {
	Extent
	Line int // index in Query.Lines
}

// Combine joins what several lines found: or/1-4,7.
type Combine struct {
	Extent
	Op    Op // And or Or
	Lines []LineRange
}

// LineRange is a run of lines, by index in Query.Lines, both included.
type LineRange struct{ From, To int }

// Limit keeps those records of its expression that meet every condition.
type Limit struct {
	Extent
	Of    Expr
	Conds []Cond
}

// Cond is a condition of a limit: a test of a field by a range of days or by a
// value ("english language" is the field Language with the value english), or,
// where Field is "", a limit by name only: "humans", "abstracts".
type Cond struct {
	Extent
	Field    Field
	Value    string
	From, To Day
	Any      []Cond // where there are some, one of them is enough, and the other fields are empty
}

// Unique is what its expression finds without repeats: Ovid's remove
// duplicates. A search of records at hand finds each once, so that it means
// its operand; finding duplicates is the work of package dedupe.
type Unique struct {
	Extent
	Of Expr
}

func (*Term) expr()    {}
func (*Heading) expr() {}
func (*Dates) expr()   {}
func (*Bool) expr()    {}
func (*Near) expr()    {}
func (*In) expr()      {}
func (*Ref) expr()     {}
func (*Combine) expr() {}
func (*Limit) expr()   {}
func (*Unique) expr()  {}

// Query is a strategy that was read: its lines, and what was said about it.
type Query struct {
	Dialect Dialect
	Lines   []Line
	Notes   []Note // what the reader assumed or what a line does not mean here, in the order of the text

	text string
	opts Options

	ready prepared
}

// Line is one line of a strategy; a search of PubMed pasted whole is one line.
type Line struct {
	Extent
	Label string // its number or name as written, "12", "#3"; "" where lines carry none
	Text  string // the search as written, without label
	Expr  Expr   // nil where the line is a heading or an empty line of a numbered strategy
}

// Text is the strategy as it was given.
func (q *Query) Text() string { return q.text }

// number is the name by which messages speak of line i.
func (q *Query) number(i int) string {
	if l := strings.TrimPrefix(q.Lines[i].Label, "#"); l != "" {
		return l
	}
	return strconv.Itoa(i + 1)
}

// Label is the name of line i: its label, or where lines carry none its
// number, counted from 1 as Ovid counts; "" where there is no such line.
func (q *Query) Label(i int) string {
	if i < 0 || i >= len(q.Lines) {
		return ""
	}
	return q.number(i)
}
