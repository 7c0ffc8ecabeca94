package grounding

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/internal/token"
)

// quantity is what a word such as "most" says of a count and what it is a count
// of; of is 0 or less where nobody knows it.
type quantity struct {
	name    string // words of one name say the same
	holds   func(count, of int) bool
	lenient bool // of other things than records and studies it says next to nothing
	ceiling bool // it says that there are no more, which citing some does not show
}

// quantities are the words for amounts, defined over records and studies.
var quantities = func() map[string]*quantity {
	of := map[string]*quantity{}
	add := func(q quantity, words string) {
		for _, w := range strings.Fields(words) {
			of[w] = &q
		}
	}
	add(quantity{name: "all", holds: func(n, of int) bool { return of > 0 && n == of }}, "all every each entire entirely always universally unanimously invariably")
	add(quantity{name: "none", ceiling: true, holds: func(n, of int) bool { return n == 0 && of > 0 }}, "none no neither")
	add(quantity{name: "most", holds: func(n, of int) bool { return 2*n > of && of > 0 }}, "most majority mostly mainly predominantly")
	add(quantity{name: "minority", ceiling: true, holds: func(n, of int) bool { return n > 0 && 2*n < of }}, "minority")
	add(quantity{name: "both", holds: func(n, _ int) bool { return n == 2 }}, "both")
	add(quantity{name: "few", ceiling: true, holds: func(n, _ int) bool { return n >= 1 && n <= 3 }}, "few handful")
	add(quantity{name: "one", ceiling: true, holds: func(n, _ int) bool { return n == 1 }}, "single sole")
	add(quantity{name: "several", holds: func(n, _ int) bool { return n >= 3 }}, "several")
	add(quantity{name: "many", holds: func(n, _ int) bool { return n >= 5 }}, "many numerous")
	add(quantity{name: "some", holds: func(n, _ int) bool { return n >= 1 }, lenient: true}, "some")
	add(quantity{name: "various", holds: func(n, _ int) bool { return n >= 2 }, lenient: true}, "various multiple")
	return of
}()

// idioms hold words for amounts that state none.
var idioms = []string{"above all", "after all", "at all", "all in all", "in all likelihood", "each other", "most of all", "not at all", "no longer", "no doubt", "in no way", "not only"}

// quantifiers checks "all", "most", "none" and their like outside quotations.
func (c *check) quantifiers() {
	words := token.Words(c.text)
	for i, w := range words {
		low := strings.ToLower(w.Of(c.text))
		q := quantities[low]
		if q == nil || c.isSettled(w.Start, w.End) || c.inIdiom(w) || i > 0 && low == "most" && strings.EqualFold(words[i-1].Of(c.text), "at") {
			continue
		}
		if low == "both" && joinsTwo(c.text, words[i+1:]) {
			continue
		}
		counted := c.nounAfter(w.End, true)
		if (low == "no" || low == "neither") && counted.unit == none {
			continue // a negation: see findings
		}
		nearly := i > 0 && q.name == "all" && nearlyWord(words[i-1].Of(c.text))
		if counted.unit != none && c.quantityHolds(q, counted.unit, nearly) {
			c.counts = true
			continue
		}
		if counted.unit == none && q.lenient || c.quantityInText(q, counted) {
			continue
		}
		what := fmt.Sprintf("%q", w.Of(c.text))
		if counted.text != "" {
			what += fmt.Sprintf(" of %q", counted.text)
		}
		c.fault(Number, w.Start, w.End, what+" follows from no claim, no cited quote and no count of what is cited")
	}
}

// joinsTwo holds for the words behind a "both" that goes with an "and": both
// freeing and lonely.
func joinsTwo(text string, words []token.Token) bool {
	const reach = 6
	for _, w := range words[:min(len(words), reach)] {
		if countingNouns[strings.ToLower(w.Of(text))] != none {
			return false
		}
		if strings.EqualFold(w.Of(text), "and") {
			return true
		}
	}
	return false
}

func nearlyWord(w string) bool {
	w = strings.ToLower(w)
	return w == "nearly" || w == "almost"
}

// inIdiom holds for a word within one of the idioms.
func (c *check) inIdiom(w token.Token) bool {
	low := strings.ToLower(c.text)
	if len(low) != len(c.text) {
		return false
	}
	for _, idiom := range idioms {
		for from := 0; ; {
			i := strings.Index(low[from:], idiom)
			if i < 0 {
				break
			}
			i += from
			if i <= w.Start && w.End <= i+len(idiom) {
				return true
			}
			from = i + 1
		}
	}
	return false
}

// quantityHolds asks the counts; "nearly all" is nine in ten.
func (c *check) quantityHolds(q *quantity, u unit, nearly bool) bool {
	for _, p := range c.parts(u) {
		if !(q.ceiling && p.cited) && (q.holds(p.count, p.of) || nearly && p.of > 0 && 10*p.count >= 9*p.of) {
			return true
		}
	}
	return false
}

// quantityInText holds where a cited quote has such a word together with the
// noun.
func (c *check) quantityInText(q *quantity, counted noun) bool {
	for _, text := range c.said() {
		if counted.text != "" && !stems(text)[stem(counted.text)] {
			continue
		}
		for _, w := range token.Words(text) {
			if other := quantities[strings.ToLower(w.Of(text))]; other != nil && other.name == q.name {
				return true
			}
		}
	}
	return false
}
