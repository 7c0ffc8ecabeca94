package pubmed

import (
	"slices"

	"github.com/evidence-go/evidence/record"
)

// The memory of the lists of a record. Most are gathered in lists that the
// builder keeps from record to record, and copied once when their length is
// known. The many short lists of strings (the affiliations of each author) stand
// behind one another in a room.

// lend gives the new record the lists to gather in.
func (b *builder) lend() {
	r, l := b.r, &b.lists
	r.People, r.Extra, r.Events, r.Headings = l.People, l.Extra, l.Events, l.Headings
	r.Identifiers, r.Relations, r.Funding = l.Identifiers, l.Relations, l.Funding
}

// settleLists gives the record lists of its own in place of the lent ones.
func (b *builder) settleLists() {
	r, l := b.r, &b.lists
	r.Events = inOrder(r.Events)
	r.People, l.People = own(r.People)
	r.Extra, l.Extra = own(r.Extra)
	r.Events, l.Events = own(r.Events)
	r.Headings, l.Headings = own(r.Headings)
	r.Identifiers, l.Identifiers = own(r.Identifiers)
	r.Relations, l.Relations = own(r.Relations)
	r.Funding, l.Funding = own(r.Funding)
}

// longest is how long a list may have become to be kept for the next record.
const longest = 1000

// own copies a list that was gathered, nil for an empty one, and empties it: what
// it held must not keep the text of a record alive.
func own[L ~[]T, T any](gathered L) (list, lent L) {
	if len(gathered) > 0 {
		list = slices.Clone(gathered)
	}
	clear(gathered)
	if cap(gathered) > longest {
		return list, nil
	}
	return list, gathered[:0]
}

// inOrder sorts events by their rank. There are few ranks.
func inOrder(events []record.Event) []record.Event {
	if slices.IsSortedFunc(events, compareEvents) {
		return events
	}
	slices.SortStableFunc(events, compareEvents)
	return events
}

// roomSize is how many values a room is made for at first.
const roomSize = 16

// room holds short lists behind one another, so that many of them take one
// piece of memory. The lists have no spare capacity: what a program appends to
// one of them does not reach the next.
type room[T any] struct{ all []T }

// add appends a value to a list, which grows in its place if it is the last of
// the room.
func (m *room[T]) add(list []T, v T) []T {
	n, k := len(list), len(m.all)
	if n > 0 && (k < n || &m.all[k-n] != &list[0]) {
		return append(list, v)
	}
	if k == cap(m.all) {
		m.all = append(make([]T, 0, max(roomSize, 2*n)), list...)
		k = n
	}
	m.all = append(m.all, v)
	return m.all[k-n : k+1 : k+1]
}
