package agreement

import (
	"fmt"
	"slices"
)

// Table holds the labels that any number of raters gave to any number of units. The zero value is an empty table, ready
// for use. It is not safe for concurrent use while labels are added.
type Table struct {
	units map[string]map[string]string // unit, rater, label; never holds an empty label
}

// Add notes that the rater gave the unit this label. A later label by the same rater for the same unit takes the place
// of the earlier one, as a changed mind does; the empty label takes it back.
func (t *Table) Add(unit, rater, label string) {
	if label == "" {
		delete(t.units[unit], rater)
		return
	}
	if t.units == nil {
		t.units = map[string]map[string]string{}
	}
	if t.units[unit] == nil {
		t.units[unit] = map[string]string{}
	}
	t.units[unit][rater] = label
}

// Raters are the names of all who gave a label that still stands, sorted.
func (t *Table) Raters() []string {
	seen := map[string]bool{}
	for _, labels := range t.units {
		for rater := range labels {
			seen[rater] = true
		}
	}
	raters := make([]string, 0, len(seen))
	for rater := range seen {
		raters = append(raters, rater)
	}
	slices.Sort(raters)
	return raters
}

// Pairs are the labels of two raters, in the order of the units' names: every unit that either of them rated, with an
// empty label where the other did not.
func (t *Table) Pairs(a, b string) []Pair {
	var pairs []Pair
	for _, unit := range t.names() {
		p := Pair{Unit: unit, A: t.units[unit][a], B: t.units[unit][b]}
		if p.A != "" || p.B != "" {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

func (t *Table) names() []string {
	names := make([]string, 0, len(t.units))
	for unit := range t.units {
		names = append(names, unit)
	}
	slices.Sort(names)
	return names
}

// Alpha is Krippendorff's alpha for nominal labels, with what it was made from.
type Alpha struct {
	Value    float64 `json:"value"`    // at most 1, full agreement; 0 is what chance gives; below 0, worse than chance
	Observed float64 `json:"observed"` // disagreement within units, from 0 to 1
	Expected float64 `json:"expected"` // disagreement if all labels were dealt out at random
	N        int     `json:"n"`        // units with at least two labels
	Ratings  int     `json:"ratings"`  // labels in those units
	Raters   int     `json:"raters"`   // raters who gave one of these labels
	LeftOut  int     `json:"left_out"` // units with one label only, which cannot be compared with anything

	// Undefined says why there is no alpha; it is empty where there is one. Value is then 0 and means nothing.
	Undefined string `json:"undefined,omitempty"`
}

// Alpha is the agreement of all raters of the table, for labels without an order; raters need not have rated every unit
// (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sections B and C). It is undefined, and said to be, where no
// unit has two labels, and where all labels are the same, so that nothing could have differed.
func (t *Table) Alpha() Alpha {
	var a Alpha
	totals, raters := map[string]int{}, map[string]bool{}
	agreeing := 0.0 // the diagonal of the coincidence matrix
	for _, unit := range t.names() {
		labels := t.units[unit]
		if len(labels) < 2 {
			a.LeftOut += len(labels)
			continue
		}
		a.N++
		a.Ratings += len(labels)
		counts := map[string]int{}
		for rater, label := range labels {
			raters[rater] = true
			counts[label]++
			totals[label]++
		}
		agreeing += float64(ordered(counts)) / float64(len(labels)-1)
	}
	a.Raters = len(raters)
	if a.N == 0 {
		a.Undefined = "no record was rated by two"
		return a
	}
	if len(totals) == 1 {
		a.Undefined = "all raters gave one and the same label throughout"
		return a
	}
	n := float64(a.Ratings)
	a.Observed = max(0, 1-agreeing/n)
	a.Expected = 1 - float64(ordered(totals))/(n*(n-1))
	a.Value = 1 - a.Observed/a.Expected
	return a
}

// ordered counts the ordered pairs of two different ratings with the same label; as a whole number it does not depend
// on the order in which the map is read.
func ordered(counts map[string]int) int64 {
	var sum int64
	for _, n := range counts {
		sum += int64(n) * int64(n-1)
	}
	return sum
}

// String is the result as a person would report it: "alpha 0.74 over 11 records, 40 ratings by 4 raters".
func (a Alpha) String() string {
	if a.N == 0 {
		return fmt.Sprintf("alpha undefined (%s)", a.Undefined)
	}
	over := fmt.Sprintf("%s, %d ratings by %d raters", records(a.N), a.Ratings, a.Raters)
	if a.LeftOut > 0 {
		over += fmt.Sprintf("; %s rated by one person left out", records(a.LeftOut))
	}
	if a.Undefined != "" {
		return fmt.Sprintf("alpha undefined (%s), over %s", a.Undefined, over)
	}
	return fmt.Sprintf("alpha %s over %s", decimals(a.Value), over)
}
