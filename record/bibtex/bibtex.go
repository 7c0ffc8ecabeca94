package bibtex

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Format is BibTeX, read with all of BibLaTeX and written as BibTeX.
func Format() record.Format {
	return record.Format{
		Name: "bibtex", Title: "BibTeX", Extensions: []string{".bib", ".bibtex"},
		Sniff: sniff, Decode: decode,
		Encode: func(w record.Sink) record.Encoder { return &encoder{w: w, given: map[uint64]bool{}} },
	}
}

// BibLaTeX reads the same and writes the names of types and fields that BibLaTeX
// has. It is never guessed: its files are recognised as [Format].
func BibLaTeX() record.Format {
	return record.Format{
		Name: "biblatex", Title: "BibLaTeX", Extensions: []string{".bib", ".bibtex"},
		Decode: decode,
		Encode: func(w record.Sink) record.Encoder {
			return &encoder{w: w, latex: true, given: map[uint64]bool{}}
		},
	}
}

// Entry is one entry by itself, for programs that hold entries in types of their
// own. No entry is looked for that it inherits from.
type Entry struct {
	Type   string // without the @
	Key    string
	Fields []Field
}

// Field is one field of an entry; its value is TeX, as between braces, with all
// macros put in.
type Field struct {
	Name, Value string
	macro       bool // written without braces
}

// Record makes a record of the entry, by the table that reads files.
func (e Entry) Record() *record.Record {
	in := &entry{kind: strings.ToLower(strings.TrimSpace(e.Type)), key: strings.TrimSpace(e.Key)}
	in.term = termOf(in.kind)
	for _, f := range e.Fields {
		name := strings.ToLower(strings.TrimSpace(f.Name))
		in.fields = append(in.fields, field{name: name, term: termOf(name), value: strings.ToValidUTF8(f.Value, "\ufffd")})
	}
	return newRecord(in)
}

// EntryOf gives the entry that [Format] writes for a record. Braces in its values
// are balanced, and no name comes twice. The key is not compared with those of
// other entries.
func EntryOf(r *record.Record) Entry {
	w := newEntryWriter(r, false)
	return Entry{Type: w.entryType(), Key: keyOf(r), Fields: w.fields()}
}

// decode reads a file: entries, then their inheritance, then their meaning.
func decode(in *record.Input, emit func(*record.Record) bool) error {
	s := newScanner(in)
	b := &builder{}
	f := newFamily(in, func(e *entry) bool { return emit(b.record(e)) })
	for e := f.blank(); s.next(e); e = f.blank() {
		s.settle(e)
		if !f.add(e) {
			return nil
		}
	}
	f.drain(true)
	return nil
}

// sniff looks for the head of an entry at the start of a line.
func sniff(head []byte) int {
	best := 0
	for at := 0; at < len(head); {
		i := bytes.IndexByte(head[at:], '@')
		if i < 0 {
			break
		}
		at += i + 1
		line := at - 1
		for line > 0 && (head[line-1] == ' ' || head[line-1] == '\t') {
			line--
		}
		if line > 0 && head[line-1] != '\n' && head[line-1] != '\r' && head[line-1] != '}' {
			continue
		}
		best = max(best, sniffEntry(head[at:]))
	}
	return best
}

// sniffEntry rates what stands behind an @.
func sniffEntry(b []byte) int {
	b = bytes.TrimLeft(b, " \t")
	n := 0
	for n < len(b) && class[b[n]]&name != 0 {
		n++
	}
	rest := bytes.TrimLeft(b[n:], " \t\r\n")
	if n == 0 || n > 40 || len(rest) == 0 || rest[0] != '{' && rest[0] != '(' {
		return 0
	}
	switch t := termOf(b[:n]); {
	case t == nil:
	case t.isType, t.name == "string", t.name == "preamble", t.name == "comment":
		return 95
	}
	if i := bytes.IndexAny(rest, ",=\n"); i > 0 && rest[i] != '\n' {
		return 60
	}
	if beginsField(rest[1:]) { // an entry of an unknown type and without a key
		return 50
	}
	return 0
}

// beginsField tells whether a text begins with a name and an equals sign.
func beginsField(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	n := 0
	for n < len(b) && class[b[n]]&name != 0 {
		n++
	}
	return n > 0 && bytes.HasPrefix(bytes.TrimLeft(b[n:], " \t\r\n"), []byte("="))
}
