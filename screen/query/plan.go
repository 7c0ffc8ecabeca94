package query

import (
	"encoding/binary"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
)

// plan is a strategy made ready to be asked of records, whichever engine asks.
// Its tables name one another by index:
//
//	lines ─▶ nodes ─▶ phrases ─▶ forms (the vocabulary), scopes
//	              ├─▶ nears ──▶ places ─▶ phrases
//	              └─▶ headings, dates, languages, presence
//
// Arguments of a node or place stand before it in its table, so that a table is
// evaluated from its beginning to its end, without recursion. A plan is not
// changed once it is made.
type plan struct {
	forms     []form
	phrases   []phrase
	scopes    []scope
	places    []place
	nears     []near
	headings  []headingTest
	names     [][]string // sets of folded names of headings, each sorted
	dates     []dateTest
	languages [][]string // sets of codes as record.Language gives them
	presence  []part     // what must be there
	nodes     []node
	args      []int32 // of nodes and places, in runs
	lines     []lineProgram
	absent    Verdict // on what a record lacks: CannotSay, or No for one that is asked as it is
	result    int     // the line that is the strategy's result: the last that is a search, -1 where none is

	notes []planNote
}

// form is one word of the vocabulary: folded literal text and gaps in turn,
// never two of a kind together. It is compared with a folded word of a record
// as a whole.
type form struct {
	pieces Word
}

// phrase is a row of words in some parts of a record.
type phrase struct {
	forms []int32 // one for each word, none where the term had no letter or digit: such a phrase is nowhere
	scope int32
}

// scope is where phrases are looked for: parts of a record, as sets of bits
// by part.
type scope struct {
	parts partSet // all of them
	whole partSet // those of them in which a phrase must be all the words of an item
	needs partSet // those without which a record cannot answer no
}

// near asks that a place expression be somewhere in one item.
type near struct {
	first   int32   // where its places begin in plan.places
	root    int32   // the place that must be somewhere, the last of them
	phrases []int32 // that it is made of, each once
	scope   int32   // the parts in which it could be met, and those without which nobody can say
}

// placeOp says how the places of an expression come from those of its arguments.
type placeOp uint8

const (
	placePhrase placeOp = iota // where the phrase stands
	placeAny                   // where any of the arguments is
	placeAll                   // the same, in items that have each of them
	placeButNot                // where the first is, in items that lack the second
	placeNear                  // the stretches that hold one of each
)

// place is an expression within a Near.
type place struct {
	op       placeOp
	ordered  bool
	gap      int
	phrase   int32
	from, to int32 // its arguments: plan.args[from:to], which are places
}

// nodeOp says how the verdict of a node is found.
type nodeOp uint8

const (
	nodeConst    nodeOp = iota // at is the Verdict
	nodePhrase                 // at is in phrases
	nodeNear                   // at is in nears
	nodeHeading                // at is in headings
	nodeDates                  // at is in dates
	nodeLanguage               // at is in languages
	nodePresence               // at is in presence
	nodeAnd                    // the smallest verdict of the arguments
	nodeOr                     // the greatest
	nodeNot                    // the smaller one of the first and the opposite of the second
)

// node is a part of a search that has a verdict.
type node struct {
	op       nodeOp
	at       int32
	from, to int32 // its arguments: plan.args[from:to], which are nodes before it
}

// lineProgram is what a line of the strategy became.
type lineProgram struct {
	root  int32 // its node, -1 where the line is no search; may be that of a former line
	first int32 // where its own nodes begin; they end where those of the next line do
}

// headingTest asks for a heading of a record.
type headingTest struct {
	names      int32    // in plan.names; -1 for a heading of any name
	qualifiers []string // folded names, one of which it must have; none where it need not
	major      bool
}

// planNote is a note and the line it is about.
type planNote struct {
	line int
	note Note
}

// leaf tells whether the node has no arguments.
func (n node) leaf() bool { return n.op < nodeAnd }

// argsOf gives the arguments of a node.
func (p *plan) argsOf(n node) []int32 { return p.args[n.from:n.to] }

// combine gives the verdict of a node of known arguments.
func (p *plan) combine(n node, verdicts []Verdict) Verdict {
	args := p.argsOf(n)
	switch n.op {
	case nodeAnd:
		v := Yes
		for _, a := range args {
			v = min(v, verdicts[a])
		}
		return v
	case nodeOr:
		v := No
		for _, a := range args {
			if v = max(v, verdicts[a]); v == Yes {
				break
			}
		}
		return v
	}
	return min(verdicts[args[0]], verdicts[args[1]].opposite())
}

// lineOf is the line that a node belongs to.
func (p *plan) lineOf(n int32) int {
	i, found := slices.BinarySearchFunc(p.lines, n, func(l lineProgram, n int32) int { return int(l.first - n) })
	if !found {
		return i - 1
	}
	for i+1 < len(p.lines) && p.lines[i+1].first == n {
		i++
	}
	return i
}

// wordsOf folds the words of a term into forms of the vocabulary: a word of the
// term may be several words of a text ("self-harm"), and none.
func wordsOf(words []Word) []form {
	var out []form
	for _, w := range words {
		var at Word
		for _, piece := range w {
			if piece.Gap() {
				at = addGap(at, piece)
				continue
			}
			at, out = addText(at, out, piece.Text)
		}
		out = endForm(at, out)
	}
	return out
}

// addText adds literal text to a form that is being made; where the text parts
// words, the form ends and the next begins.
func addText(at Word, out []form, text string) (Word, []form) {
	key := fold.Key("x" + text + "x") // so that a hyphen at an end of the text is seen
	for i, word := range strings.Split(key[1:len(key)-1], " ") {
		if i > 0 {
			out, at = endForm(at, out), nil
		}
		switch n := len(at); {
		case word == "":
		case n > 0 && !at[n-1].Gap():
			at[n-1].Text += word
		default:
			at = append(at, Piece{Text: word})
		}
	}
	return at, out
}

func endForm(at Word, out []form) []form {
	if len(at) == 0 {
		return out
	}
	return append(out, form{pieces: at})
}

// addGap adds a gap, joined to one before it. Numbers out of range are brought
// into it; a gap of nothing is none.
func addGap(at Word, gap Piece) Word {
	gap.Min = max(gap.Min, 0)
	if gap.Max != Unbounded {
		gap.Max = max(gap.Max, gap.Min)
	}
	if gap.Max == 0 {
		return at
	}
	if n := len(at); n > 0 && at[n-1].Gap() {
		last := &at[n-1]
		last.Min += gap.Min
		if last.Max == Unbounded || gap.Max == Unbounded {
			last.Max = Unbounded
		} else {
			last.Max += gap.Max
		}
		return at
	}
	return append(at, gap)
}

// key is a text that two forms share if and only if they are equal.
func (f form) key() string {
	var b []byte
	for _, p := range f.pieces {
		if p.Gap() {
			b = append(b, 0)
			b = binary.AppendVarint(b, int64(p.Min))
			b = binary.AppendVarint(b, int64(p.Max))
			continue
		}
		b = append(b, 1)
		b = binary.AppendUvarint(b, uint64(len(p.Text)))
		b = append(b, p.Text...)
	}
	return string(b)
}
