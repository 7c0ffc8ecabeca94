package pubmed

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// encodeMEDLINE writes records with a blank line between them.
func encodeMEDLINE(w record.Sink) record.Encoder { return &lines{out: w} }

// lines writes tagged lines.
type lines struct {
	out   record.Sink
	began bool
	tags  int // written of the record at hand
}

// Encode writes one record.
func (w *lines) Encode(r *record.Record) error {
	if w.began {
		w.line("")
	}
	w.began, w.tags = true, 0
	if validPMID(r) == "" && tidy(first(extra(r, "OWN"))) == "" {
		// A record must begin with a tag that no field can repeat.
		w.line("OWN - " + noOwner)
	}
	for _, f := range fields {
		if f.write != nil {
			f.write(w, r)
		}
		if f.tag != "PMID" { // a second PMID would begin a record
			each(w, f.tag, extra(r, f.tag))
		}
	}
	for _, x := range ours(r) {
		if isTag(x.Tag) && tags.named([]byte(x.Tag)) == nil {
			w.put(x.Tag, x.Value)
		}
	}
	if w.tags == 1 {
		// Behind a single tag a blank line would not end the record for sure.
		w.line("TI  - ")
	}
	return nil
}

// Close ends the file.
func (w *lines) Close() error { return nil }

// isTag tells whether a word can stand as a tag.
func isTag(s string) bool {
	if s == "" || len(s) > 4 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// width is where NLM wraps lines, in bytes.
const width = 88

// put writes a value under a tag, wrapped at its blanks. Lines after the first
// begin with six blanks, so that nothing in a value can pass for a tag.
func (w *lines) put(tag, value string) {
	value = tidy(value)
	if value == "" {
		return
	}
	w.tags++
	prefix := tag + "    "[:4-len(tag)] + "- "
	for {
		cut := wrapAt(value, width-len(prefix))
		w.line(prefix + value[:cut])
		if cut == len(value) {
			return
		}
		value = strings.TrimLeft(value[cut:], " ")
		prefix = "      "
	}
}

// wrapAt finds the blank at which a text is cut to a length; a longer word stays
// whole.
func wrapAt(s string, length int) int {
	if len(s) <= length {
		return len(s)
	}
	if i := strings.LastIndexByte(s[:length+1], ' '); i > 0 {
		return i
	}
	if i := strings.IndexByte(s, ' '); i > 0 {
		return i
	}
	return len(s)
}

// line writes one line; the sink keeps an error for the Writer.
func (w *lines) line(s string) {
	_, _ = w.out.WriteString(s)
	_ = w.out.WriteByte('\n')
}
