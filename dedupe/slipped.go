package dedupe

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// This file finds columns of identifiers that have slipped, as a spreadsheet makes
// them in which one column alone was sorted or a cell was deleted: each record has
// the identifier of its neighbour.

// Slip is a part of a file in which the identifiers stand a row away from their
// records. Its values are not used in comparisons, wherever they stand. Where two
// files list the same records in the same order nobody can tell which of them has
// slipped, and both are named.
type Slip struct {
	Field  string   `json:"field"` // "pmid" or "doi"
	File   string   `json:"file"`
	From   int      `json:"from"`   // number of the first record in its file, from 1
	To     int      `json:"to"`     // and of the last
	By     int      `json:"by"`     // 1 where a record has the identifier of the one behind it, -1 of the one before
	Seen   int      `json:"seen"`   // records whose identifier another record of the neighbour's title has
	Values []string `json:"values"` // the identifiers, sorted
}

// String says what was found.
func (s Slip) String() string {
	where := "behind"
	if s.By < 0 {
		where = "before"
	}
	return fmt.Sprintf("%s: in %s of records %d to %d each seems to be that of the record %s it, which %d records show; they were not used", s.File, s.Field, s.From, s.To, where, s.Seen)
}

// slippedColumn is the name of the level of an identifier that is not used.
const slippedColumn = "not used: a column of it has slipped by a row"

// slipSeen is the fewest records by which a slip is seen.
const slipSeen = 3

// slipHolders is the most records of one identifier that are looked at for a slip: a
// column that has slipped moves identifiers and does not make them more frequent.
const slipHolders = 100

// row is a record's place in its file.
type row struct {
	file   string
	number int
}

// slipping is the way in which a file may have slipped.
type slipping struct {
	file string
	by   int
}

// rows are the records of a set by their place in the files.
type rows struct {
	records []*record.Record
	forms   []*form
	at      map[row]int32
	last    map[string]int // number of the last record of each file

	right map[string][]int   // by file: records that have the identifier of their own title
	seen  map[slipping][]int // those that have that of a neighbour
}

func newRows(records []*record.Record, forms []*form) *rows {
	t := &rows{records, forms, map[row]int32{}, map[string]int{}, map[string][]int{}, map[slipping][]int{}}
	for i, r := range records {
		if n := r.Source.Number; n > 0 {
			t.at[row{r.Source.File, n}] = int32(i)
			t.last[r.Source.File] = max(t.last[r.Source.File], n)
		}
	}
	return t
}

// note looks whether the records of one identifier show that a column has slipped.
func (t *rows) note(list []holder) {
	if len(list) > slipHolders {
		return
	}
	for _, h := range list {
		src := t.records[h.record].Source
		switch by, is := t.neighbour(h.record, list); {
		case is:
			t.right[src.File] = append(t.right[src.File], src.Number)
		case by != 0:
			s := slipping{src.File, by}
			t.seen[s] = append(t.seen[s], src.Number)
		}
	}
}

// slips gives the parts of files that have slipped, as far as enough records show
// it.
func (t *rows) slips(field string, id func(*form) string) []Slip {
	var out []Slip
	for s, numbers := range t.seen {
		slip := t.stretch(s, numbers, t.right[s.file])
		if slip.Seen < slipSeen {
			continue
		}
		slip.Field = field
		for n := slip.From; n <= slip.To; n++ {
			if i, ok := t.at[row{s.file, n}]; ok && id(t.forms[i]) != "" {
				slip.Values = append(slip.Values, id(t.forms[i]))
			}
		}
		slices.Sort(slip.Values)
		slip.Values = slices.Compact(slip.Values)
		out = append(out, slip)
	}
	return out
}

// neighbour tells whether a record shares its identifier with one of its own title,
// and else on which side of it in its file stands the title of one of the others.
func (t *rows) neighbour(i int32, list []holder) (by int, is bool) {
	src := t.records[i].Source
	for _, h := range list {
		j := h.record
		if i == j {
			continue
		}
		a, b := t.forms[i].compact, t.forms[j].compact
		if a == b || nearlySame(a, b) || min(len(a), len(b)) >= beginning && a[:beginning] == b[:beginning] {
			return 0, true
		}
		for _, side := range []int{1, -1} {
			k, ok := t.at[row{src.File, src.Number + side}]
			if ok && k != j && b != "" && t.forms[k].compact == b {
				by = side
			}
		}
	}
	return by, false
}

// stretch is the part of a file that has slipped: from the first to the last record
// that shows it, and on both sides as far as no record has the right identifier. In it
// fewer records than show it may have the right one; else Seen is 0.
func (t *rows) stretch(s slipping, seen, right []int) Slip {
	first, last := slices.Min(seen), slices.Max(seen)
	slip := Slip{File: s.file, By: s.by, From: 1, To: t.last[s.file], Seen: len(seen)}
	within := 0
	for _, n := range right {
		switch {
		case n < first:
			slip.From = max(slip.From, n+1)
		case n > last:
			slip.To = min(slip.To, n-1)
		default:
			within++
		}
	}
	if within >= len(seen) {
		slip.Seen = 0
	}
	return slip
}

// doubts tells whether an identifier stands in a part of a column that has slipped.
func (st *Stats) doubts(field, value string) bool {
	for i := range st.Slipped {
		if s := &st.Slipped[i]; s.Field == field && value != "" {
			if _, ok := slices.BinarySearch(s.Values, value); ok {
				return true
			}
		}
	}
	return false
}

func sortedSlips(list []Slip) []Slip {
	slices.SortFunc(list, func(a, b Slip) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.File, b.File), cmp.Compare(a.From, b.From), cmp.Compare(a.By, b.By), slices.Compare(a.Values, b.Values))
	})
	return list
}

// warnings say in which fields the records at hand cannot be trusted, and how far.
func (st *Stats) warnings() []string {
	var out []string
	for _, s := range st.Slipped {
		out = append(out, s.String())
	}
	for _, name := range []string{"doi", "pmid", "volume", "issue", "pages"} {
		f := st.Fields[name]
		if f.trust() >= usualTrust {
			continue
		}
		what := "records that share one have quite another title"
		if name != "doi" && name != "pmid" {
			what = "pairs of records with one identifier differ in it"
		}
		out = append(out, fmt.Sprintf("%s: %d of %d %s, so that it counts for less", name, f.Contradicted, f.Shared, what))
	}
	return out
}
