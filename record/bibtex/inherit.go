package bibtex

import (
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// This file lets entries inherit from their parents, crossref and xdata, and
// keeps the order of the file while a parent is waited for.

// family holds entries back until their parents have been seen.
type family struct {
	limits  record.Limits
	emit    func(e *entry) bool
	known   map[string]*entry // by key: what is held, and what may yet be a parent
	kept    [2][]string       // keys of known entries that were emitted, oldest first: of works that others stand in, of others
	queue   []*entry          // held, in the order of the file
	size    int               // bytes held
	waiting string            // the key that the first of the queue waits for
}

// Bounds on what is remembered beside Limits.Pending.
const (
	deepestChain = 16 // parents of parents
	heldBytes    = 4  // times Limits.Record
)

func newFamily(limits record.Limits, emit func(e *entry) bool) *family {
	return &family{limits: limits, emit: emit, known: map[string]*entry{}}
}

// add takes in the next entry; it returns false when emit did.
func (f *family) add(e *entry) bool {
	key := strings.ToLower(e.key)
	if _, came := f.known[key]; !came && key != "" {
		f.known[key] = e
	}
	f.queue = append(f.queue, e)
	f.size += e.size + 200
	if len(f.queue) > 1 && key != f.waiting && len(f.queue) <= f.limits.Pending && f.size <= heldBytes*f.limits.Record {
		return true
	}
	return f.drain(false)
}

// drain emits the entries at the head of the queue that wait for nothing; at the
// end, or where too much is held, also one that does.
func (f *family) drain(end bool) bool {
	for len(f.queue) > 0 {
		e := f.queue[0]
		f.waiting = f.missing(e)
		crowded := len(f.queue) > f.limits.Pending || f.size > heldBytes*f.limits.Record
		if f.waiting != "" && !end && !crowded {
			return true
		}
		f.resolve(e, 0)
		f.queue[0] = nil
		f.queue = f.queue[1:]
		f.size -= e.size + 200
		keep := f.remember(e)
		if !f.emit(e) {
			return false
		}
		if keep != nil {
			f.known[strings.ToLower(e.key)] = keep
		}
	}
	f.waiting = ""
	f.queue = nil
	return true
}

// parents lists the keys that an entry inherits from, in small letters.
func parents(e *entry) []string {
	var out []string
	for i := range e.fields {
		switch e.fields[i].name {
		case "crossref":
			out = append(out, strings.ToLower(plain(e.fields[i].value)))
		case "xdata":
			for _, k := range items(e.fields[i].value, ',') {
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
			p := f.known[key]
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
	for i := 0; i < len(e.fields); i++ {
		switch fd := e.fields[i]; fd.name {
		case "crossref":
			f.from(e, fd, strings.ToLower(plain(fd.value)), depth, true)
		case "xdata":
			for _, k := range items(fd.value, ',') {
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
	p := f.known[key]
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
			q := f.known[key]
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

// heavy are the fields that are not kept of an entry that is only remembered.
func heavy(name string) bool { return slices.Contains(notInherited, name) }

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
				if heavy(name) {
					continue
				}
				name = renamed(e.kind, p.kind, name)
			} else if name == "crossref" || name == "xdata" || name == "ids" {
				continue
			}
			if (name != f.name) != renaming || !e.lacks(name, own) || e.size+len(f.value) > 1<<20 {
				continue
			}
			f.name = name
			e.fields = append(e.fields, f)
			e.size += len(f.value)
		}
	}
}

// lacks tells whether no field has a name, and none of the first n, which are its
// own, an equivalent.
func (e *entry) lacks(name string, n int) bool {
	row := byTag[name]
	for i, f := range e.fields {
		if f.name == name && strings.TrimSpace(f.value) != "" || i < n && row != nil && byTag[f.name] == row {
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

// parentTypes are the types of whole works, which others stand in.
var parentTypes = []string{
	"book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference", "periodical", "xdata", "journal",
}

// recent is how many entries of other types are remembered as possible parents.
const recent = 1000

// remember keeps of an entry that is emitted what its children may want: all of
// a work that others stand in, and the last ones of the others. It returns what
// is to be known in its place.
func (f *family) remember(e *entry) *entry {
	key := strings.ToLower(e.key)
	if key == "" || f.known[key] != e {
		return nil
	}
	small := &entry{kind: e.kind, key: e.key, line: e.line, resolved: true}
	for _, fd := range e.fields {
		if e.kind == "xdata" || !heavy(fd.name) || fd.name == "crossref" {
			small.fields = append(small.fields, fd)
			small.size += len(fd.value)
		}
	}
	group, limit := 1, recent
	if slices.Contains(parentTypes, e.kind) {
		group, limit = 0, f.limits.Pending
	}
	f.kept[group] = append(f.kept[group], key)
	if kept := f.kept[group]; len(kept) > limit {
		delete(f.known, kept[0])
		f.kept[group] = kept[1:]
	}
	return small
}
