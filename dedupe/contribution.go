package dedupe

import (
	"fmt"
	"slices"

	"github.com/evidence-go/evidence/internal/words"
	"github.com/evidence-go/evidence/record"
)

// Contributions say what each database gave to a set of works: what it found at
// all, what it alone found, and what it found beside each of the others.
type Contributions struct {
	Works     int                    `json:"works"`     // in the set
	Databases []DatabaseContribution `json:"databases"` // in alphabetical order
	FoundIn   []int                  `json:"found_in"`  // FoundIn[n-1] is the number of works that n databases found
	Unsourced int                    `json:"unsourced"` // works of which nothing says where they were found
}

// DatabaseContribution is what one database, or a file whose database is not
// known, gave.
type DatabaseContribution struct {
	Name    string `json:"name"`
	Records int    `json:"records"` // those of the database in the set, also several of one work
	Works   int    `json:"works"`   // that it found
	Unique  int    `json:"unique"`  // that no other found
	With    []int  `json:"with"`    // works that each database of the list found too; at its own place its Works
}

// CountContributions counts by database what Merge returned. Run it on all works
// for what a search found, and on those that a review included for what was of
// use. Nil records are passed over; no records give zeros.
func CountContributions(merged []*record.Record) Contributions {
	var c Contributions
	var names []string
	for _, r := range merged {
		if r != nil {
			names = append(names, r.Databases()...)
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	c.Databases = make([]DatabaseContribution, len(names))
	for i, name := range names {
		c.Databases[i] = DatabaseContribution{Name: name, With: make([]int, len(names))}
	}
	c.FoundIn = make([]int, len(names))
	for _, r := range merged {
		if r != nil {
			c.add(r, names)
		}
	}
	return c
}

// add counts one work.
func (c *Contributions) add(r *record.Record, names []string) {
	c.Works++
	found := r.Databases()
	if len(found) == 0 {
		c.Unsourced++
		return
	}
	c.FoundIn[len(found)-1]++
	for _, s := range r.Sources() {
		i, _ := slices.BinarySearch(names, s.String())
		c.Databases[i].Records++
	}
	for _, name := range found {
		i, _ := slices.BinarySearch(names, name)
		d := &c.Databases[i]
		d.Works++
		if len(found) == 1 {
			d.Unique++
		}
		for _, other := range found {
			k, _ := slices.BinarySearch(names, other)
			d.With[k]++
		}
	}
}

// String says in sentences what each database gave: "Of 120 works, MEDLINE found 80,
// 12 of them alone."
func (c Contributions) String() string {
	s := fmt.Sprintf("Of %s from %s", words.Count(c.Works, "work", "works"), words.Count(len(c.Databases), "database", "databases"))
	for i, d := range c.Databases {
		sep := ", "
		if i > 0 {
			sep = "; "
		}
		s += fmt.Sprintf("%s%s found %d, %d of them alone", sep, d.Name, d.Works, d.Unique)
	}
	return s + "."
}

// Originals gives back the records that a merged record was made from, out of
// those that were merged, in their order: Merge undone. A record that is not
// merged is its own original. The error names the members that are not among the
// records.
func Originals(merged *record.Record, records []*record.Record) ([]*record.Record, error) {
	if merged == nil {
		return nil, nil
	}
	if len(merged.Members) == 0 {
		return []*record.Record{merged}, nil
	}
	left := map[record.Member]int{}
	for _, m := range merged.Members {
		left[m]++
	}
	var out []*record.Record
	for _, r := range records {
		if r == nil || r == merged {
			continue
		}
		if members := membersOf(r); holdsAll(left, members) {
			for _, m := range members {
				left[m]--
			}
			out = append(out, r)
		}
	}
	for _, m := range merged.Members {
		if left[m] > 0 {
			return out, fmt.Errorf("dedupe: %s (%s) of the merged record %s is not among the records", m.Key, m.ID, nameOf(merged))
		}
	}
	return out, nil
}

// membersOf lists what Merge lists as members of a record's group.
func membersOf(r *record.Record) []record.Member {
	if len(r.Members) > 0 {
		return r.Members
	}
	return []record.Member{{ID: r.ID(), Key: r.Key, Source: r.Source}}
}

func holdsAll(left map[record.Member]int, members []record.Member) bool {
	for _, m := range members {
		if left[m] == 0 {
			return false
		}
	}
	return true
}
