package pubmed

import (
	"slices"

	"github.com/evidence-go/evidence/record"
)

// The memory of the lists of a record. Most are gathered in lists that the
// builder keeps from record to record, and copied once when their length is
// known. The many short lists of strings (the affiliations of each author) stand
// behind one another in a room.

// lists are where the lists of a record are gathered.
type lists struct {
	people      []record.Contributor
	extra       record.Extra
	events      []record.Event
	ranks       []int // of the events
	headings    []record.Heading
	identifiers []record.Identifier
	relations   []record.Relation
	funding     []record.Grant
}

// lend gives the new record the lists to gather in.
func (b *builder) lend() {
	r, l := b.r, &b.lists
	r.People, r.Extra, r.Events, r.Headings = l.people, l.extra, l.events, l.headings
	r.Identifiers, r.Relations, r.Funding = l.identifiers, l.relations, l.funding
}

// settleLists gives the record lists of its own in place of the lent ones.
func (b *builder) settleLists() {
	r, l := b.r, &b.lists
	r.People, l.people = own(r.People)
	r.Extra, l.extra = own(r.Extra)
	r.Events, l.events = l.ordered(r.Events), emptied(r.Events)
	r.Headings, l.headings = own(r.Headings)
	r.Identifiers, l.identifiers = own(r.Identifiers)
	r.Relations, l.relations = own(r.Relations)
	r.Funding, l.funding = own(r.Funding)
}

// longest is how long a list may have become to be kept for the next record.
const longest = 1000

// own copies a list that was gathered, nil for an empty one, and empties it.
func own[L ~[]T, T any](gathered L) (list, lent L) {
	if len(gathered) > 0 {
		list = slices.Clone(gathered)
	}
	return list, emptied(gathered)
}

// emptied is a list without what it held, which must not keep the text of a
// record alive.
func emptied[L ~[]T, T any](gathered L) L {
	if cap(gathered) > longest {
		return nil
	}
	clear(gathered)
	return gathered[:0]
}

// ordered copies events by their rank; nil for none.
func (l *lists) ordered(events []record.Event) []record.Event {
	ranks := l.ranks
	l.ranks = ranks[:0]
	switch {
	case len(events) == 0:
		return nil
	case slices.IsSorted(ranks):
		return slices.Clone(events)
	}
	out := make([]record.Event, 0, len(events))
	for rank := range occasionRanks {
		for i, r := range ranks {
			if r == rank {
				out = append(out, events[i])
			}
		}
	}
	return out
}

// roomSize is how many values a room is made for at first.
const roomSize = 12

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
