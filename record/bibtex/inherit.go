package bibtex

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file lets entries inherit from their parents, crossref and xdata, and
// keeps the order of the file while a parent is waited for.

// family holds entries back until their parents have been seen. Entries that name
// no parent pass it at once while nothing is held.
type family struct {
	in     *record.Input
	limits record.Limits
	emit   func(e *entry) bool

	past    past              // what was given out
	queue   []*entry          // held, in the order of the file
	held    map[string]*entry // the first of each key in the queue
	size    int               // bytes held
	waiting string            // the key that the first of the queue waits for

	looked  bool              // the rest of the file was looked through for parents
	ahead   map[string]*entry // the parents that were found there, by key
	parents map[int]*entry    // the same, by number

	spare *entry // given out, not needed any more
}

// Bounds on what is remembered beside Limits.Pending.
const (
	deepestChain = 16 // parents of parents
	heldBytes    = 4  // times Limits.Record
)

func newFamily(in *record.Input, emit func(e *entry) bool) *family {
	f := &family{in: in, limits: in.Limits(), emit: emit, held: map[string]*entry{}}
	f.past = past{limits: f.limits, works: map[string]*entry{}}
	return f
}

// blank gives an entry to read the next one into.
func (f *family) blank() *entry {
	if e := f.spare; e != nil {
		f.spare = nil
		return e
	}
	return &entry{}
}

// add takes in the next entry; it returns false when emit did.
func (f *family) add(e *entry) bool {
	if p := f.parents[e.number]; p != nil { // read already, and perhaps resolved
		e, f.spare = p, e
	}
	if !e.heir && len(f.queue) == 0 {
		return f.give(e)
	}
	if f.parents[e.number] == nil {
		e, f.spare = e.compact(), e
	}
	key := strings.ToLower(e.key)
	if f.held[key] == nil && key != "" {
		f.held[key] = e
	}
	f.queue = append(f.queue, e)
	f.size += e.weight()
	if len(f.queue) > 1 && key != f.waiting && !f.crowded() {
		return true
	}
	return f.drain(false)
}

// give emits an entry and remembers it.
func (f *family) give(e *entry) bool {
	if !f.emit(e) {
		return false
	}
	e.problems = nil // they are the record's now
	if f.parents[e.number] == nil {
		if unused := f.past.put(e); unused != nil {
			f.spare = unused
		}
	}
	return true
}

// crowded tells whether too much is held.
func (f *family) crowded() bool {
	return len(f.queue) > f.limits.Pending || f.size > heldBytes*f.limits.Record
}

// drain emits the entries at the head of the queue that wait for nothing; at the
// end, or where too much is held, also one that does.
func (f *family) drain(end bool) bool {
	for len(f.queue) > 0 {
		e := f.queue[0]
		f.waiting = f.missing(e)
		if f.waiting != "" && !f.looked && f.lookAhead(e.number) {
			f.waiting = f.missing(e)
		}
		if f.waiting != "" && !end && !f.looked && !f.crowded() {
			return true
		}
		f.resolve(e, 0)
		f.queue[0] = nil
		f.queue = f.queue[1:]
		f.size -= e.weight()
		if key := strings.ToLower(e.key); f.held[key] == e {
			delete(f.held, key)
		}
		if !f.give(e) {
			return false
		}
	}
	f.waiting = ""
	f.queue = nil
	return true
}

// find gives the first entry of a key, in small letters: of those that were given
// out and are remembered, that are held, or that stand further on.
func (f *family) find(key string) *entry {
	first := f.past.find(key)
	for _, e := range []*entry{f.held[key], f.ahead[key]} {
		if e != nil && (first == nil || e.number < first.number) {
			first = e
		}
	}
	return first
}

// parents lists the keys that an entry inherits from, in small letters.
func parents(e *entry) []string {
	if !e.heir {
		return nil
	}
	var out []string
	for i := range e.fields {
		switch e.fields[i].name {
		case "crossref":
			out = append(out, strings.ToLower(plain(e.fields[i].value)))
		case "xdata":
			for _, k := range items(e.fields[i].value, ",") {
				out = append(out, strings.ToLower(k))
			}
		}
	}
	return out
}

// missing gives the key of a parent, or of its parents, that was not seen yet.
func (f *family) missing(e *entry) string {
	frontier := parents(e)
	for depth := 0; depth < deepestChain && len(frontier) > 0; depth++ {
		var next []string
		for _, key := range frontier {
			p := f.find(key)
			if p == nil {
				return key
			}
			if !p.resolved && p != e && len(next) < 100 {
				next = append(next, parents(p)...)
			}
		}
		frontier = next
	}
	return ""
}

// resolve inherits what an entry's parents have, after theirs.
func (f *family) resolve(e *entry, depth int) {
	if e.resolved {
		return
	}
	e.resolved = true
	if !e.heir {
		return
	}
	for i := 0; i < len(e.fields); i++ {
		switch fd := e.fields[i]; fd.name {
		case "crossref":
			f.from(e, fd, strings.ToLower(plain(fd.value)), depth, true)
		case "xdata":
			for _, k := range items(fd.value, ",") {
				f.from(e, fd, strings.ToLower(k), depth, false)
			}
		}
	}
}

// from lets an entry inherit from one parent.
func (f *family) from(e *entry, fd field, key string, depth int, mapped bool) {
	problem := func(text string) {
		e.problems = append(e.problems, record.Problem{Line: fd.line, Tag: fd.name, Code: record.CodeUnresolved, Text: text, Value: key})
	}
	p := f.find(key)
	switch {
	case key == "":
		return
	case p == nil:
		problem("no entry has the key of the parent: nothing was inherited")
		return
	case p == e:
		problem("the entry is its own parent: nothing was inherited")
		return
	case depth >= deepestChain:
		problem("the chain of parents is too long: nothing was inherited from here on")
		return
	case !p.resolved:
		f.resolve(p, depth+1)
	case f.isAncestor(e, p):
		problem("the entry and its parent inherit from each other: nothing was inherited")
		return
	}
	inherit(e, p, mapped)
}

// isAncestor tells whether e is among the parents of p: a cycle.
func (f *family) isAncestor(e, p *entry) bool {
	frontier := parents(p)
	for depth := 0; depth < deepestChain && len(frontier) > 0; depth++ {
		var next []string
		for _, key := range frontier {
			q := f.find(key)
			if q == e {
				return true
			}
			if q != nil && len(next) < 100 {
				next = append(next, parents(q)...)
			}
		}
		frontier = next
	}
	return false
}

// notInherited are the fields that belong to the parent alone. BibLaTeX leaves
// out the first line (manual, appendix B). The others name or describe the
// parent: a chapter that took over the DOI of its book would pass for the book.
var notInherited = []string{
	"ids", "crossref", "xref", "entryset", "entrysubtype", "execute", "label", "options", "presort", "related", "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey", "xdata", "type",
	"doi", "pmid", "pmcid", "url", "urldate", "eprint", "eprinttype", "archiveprefix", "abstract", "annote", "annotation", "keywords", "note", "file", "pages", "pagetotal", "key", "unique-id", "timestamp", "owner", "groups", "shorttitle", "sorttitle", "indextitle", "indexsorttitle", "identifiers", "registration", "mesh",
}

// renamed says under which name a child finds a field of its parent.
func renamed(child, parent, name string) string {
	switch name {
	case "title", "subtitle", "titleaddon":
	default:
		return name
	}
	prefix := ""
	switch {
	case parent == "periodical" || parent == "journal":
		prefix = "journal"
	case strings.HasPrefix(parent, "mv") && !strings.HasPrefix(child, "mv"):
		prefix = "main"
	case strings.HasPrefix(child, "in") || strings.HasPrefix(child, "supp") || child == "conference" || child == "bookinbook":
		prefix = "book"
	}
	return prefix + name
}

// inherit fills in what a child has not. With xdata nothing is renamed and
// nothing left out but what makes an entry of it.
func inherit(e, p *entry, mapped bool) {
	own := len(e.fields)
	for _, renaming := range []bool{false, true} { // a field of the same name comes before one that is renamed
		for _, f := range p.fields {
			name := f.name
			if mapped {
				if slices.Contains(notInherited, name) {
					continue
				}
				name = renamed(e.kind, p.kind, name)
			} else if name == "crossref" || name == "xdata" || name == "ids" {
				continue
			}
			if (name != f.name) != renaming || !e.lacks(name, own) || e.size+len(f.value) > 1<<20 {
				continue
			}
			f.name, f.term = name, termOf(name)
			e.fields = append(e.fields, f)
			e.size += len(f.value)
			e.heir = e.heir || f.term != nil && f.term.heir
		}
	}
}

// lacks tells whether no field has a name, and none of the first n, which are its
// own, an equivalent.
func (e *entry) lacks(name string, n int) bool {
	row := rowOf(name)
	for i, f := range e.fields {
		if f.name == name && strings.TrimSpace(f.value) != "" || i < n && row != nil && f.term != nil && f.term.row == row {
			return false
		}
	}
	switch name {
	case "year", "month", "day":
		return !e.has("date")
	case "date":
		return !e.has("year")
	}
	return true
}
