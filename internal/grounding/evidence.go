package grounding

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/internal/token"
)

// Evidence is what one sentence may rest on.
type Evidence struct {
	Theme   string   // title and definition of the theme
	Claims  []Claim  // what was counted
	Studies bool     // studies are what claims count; else records are
	Whole   Tally    // the theme's own records and studies
	Cited   Tally    // those the sentence cites
	Quotes  []string // texts of the quotes it cites
	Numbers []int    // of these quotes, by which a sentence may refer to them: [2]
	Sources []Source // the records it cites
}

// Claim is a counted number.
type Claim struct {
	Label       string // what is counted besides the theme, such as a design; "" for the theme itself
	Count, Of   int    // studies or records, as Evidence.Studies says
	Records     int    // records behind Count
	First, Last int    // years, 0 for none
}

// Tally is a number of records and of the studies they report.
type Tally struct{ Records, Studies int }

// Source is a cited record.
type Source struct {
	Texts   []string // title, abstract, each keyword
	Authors []string // family names, or the whole name of a group
	Year    int      // 0 for none
	Names   []string // ID, key, identifiers
}

// Reason is why a sentence is refused.
type Reason string

// The reasons, in the order in which they are looked for.
const (
	Shape     Reason = "not-plain-text"
	Quotation Reason = "not-quoted"
	Name      Reason = "name"
	Number    Reason = "number"
	Finding   Reason = "finding"
	Support   Reason = "unsupported"
)

// Fault is one thing that does not follow.
type Fault struct {
	Reason     Reason
	Start, End int    // bytes of the sentence
	What       string // in words
}

// LongestSentence is the number of bytes from which a sentence is refused unread.
const LongestSentence = 1000

// Check lists the faults of a sentence, in the order of the reasons and of their
// places; none where everything follows that can be told.
func Check(text string, ev Evidence) []Fault {
	if f := shape(text); f != nil {
		return f
	}
	c := &check{text: text, ev: ev}
	c.quotations()
	c.names()
	c.numbers()
	c.quantifiers()
	c.findings()
	c.medicines()
	c.support()
	slices.SortStableFunc(c.faults, func(a, b Fault) int {
		if a.Reason != b.Reason {
			return order(a.Reason) - order(b.Reason)
		}
		return a.Start - b.Start
	})
	return slices.CompactFunc(c.faults, func(a, b Fault) bool { return a.Reason == b.Reason && b.Start < a.End })
}

func order(r Reason) int {
	return slices.Index([]Reason{Shape, Quotation, Name, Number, Finding, Support}, r)
}

// check is the work on one sentence.
type check struct {
	text    string
	ev      Evidence
	settled []token.Token // parts that another rule has dealt with: quotations, names
	called  []token.Token // those of them that are names
	around  []string      // sentences of the sources that quotations were taken from
	counts  bool          // a number or a word for one follows from a claim or a count
	faults  []Fault
}

func (c *check) fault(r Reason, start, end int, what string) {
	c.faults = append(c.faults, Fault{r, start, end, what})
}

func (c *check) settle(start, end int) {
	c.settled = append(c.settled, token.Token{Start: start, End: end})
}

// call settles a part that is a name of a source.
func (c *check) call(start, end int) {
	c.settle(start, end)
	c.called = append(c.called, token.Token{Start: start, End: end})
}

// isSettled holds for a place that overlaps a part dealt with.
func (c *check) isSettled(start, end int) bool {
	return slices.ContainsFunc(c.settled, func(t token.Token) bool { return start < t.End && t.Start < end })
}

// said are the texts that speak for the sentence: quotes cited, the sentences
// that quotations were taken from, and what the theme is.
func (c *check) said() []string {
	return append(append(append([]string{}, c.ev.Quotes...), c.around...), c.ev.Theme)
}

// stems are the stems of the words of texts.
func stems(texts ...string) map[string]bool {
	out := map[string]bool{}
	for _, t := range texts {
		for _, w := range fold.Words(t) {
			out[token.Stem(w)] = true
		}
	}
	return out
}

func stem(word string) string {
	return token.Stem(fold.Key(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")))
}
