package citation

import (
	"bytes"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Format is pasted citations as a value for record.ReadOptions. It has no writer.
func Format() record.Format {
	return record.Format{Name: "citation", Title: "citations in NLM or Vancouver style", Extensions: []string{".txt"}, Sniff: sniff, Decode: decode}
}

// Parse reads one citation, in one line or several:
//
//	r, ok := citation.Parse("Berg A, Chen L. Kites. J Invent. 2019;12(3):45-50. doi: 10.5555/kite.1.")
//
// ok is false where the text holds none, or more than one.
func Parse(text string) (r record.Record, ok bool) {
	n := 0
	in := record.NewInput(strings.NewReader(text), "", record.Limits{}, nil)
	d := &decoder{in: in, listed: true, emit: func(got *record.Record) bool {
		n++
		r = *got
		return n < 2
	}}
	d.run()
	if n != 1 {
		return record.Record{}, false
	}
	return r, true
}

// sure is how certain a text of citations is: less than any format with tags, as
// the notes of their records may be citations too.
const sure = 40

// sniff reads the head as citations. It must have one that is more than likely,
// and nothing that only files with tags or markup begin with.
func sniff(head []byte) int {
	text := bytes.TrimSpace(head)
	if len(text) == 0 || strings.IndexByte("<{@%#\"", text[0]) >= 0 || tagged(text) {
		return 0
	}
	found := 0
	d := &decoder{in: record.NewInput(bytes.NewReader(head), "", record.Limits{}, nil), emit: func(*record.Record) bool { found++; return found < 4 }}
	d.run()
	if found == 0 || d.score <= enough {
		return 0
	}
	return sure
}

// tagged tells whether the first lines are of a format with tags or columns: two
// to four capitals or digits and a dash, a blank or a colon, or tabs.
func tagged(text []byte) bool {
	const first = 12
	tags, lines := 0, 0
	for line := range bytes.Lines(text) {
		if lines++; lines > first {
			break
		}
		line = bytes.TrimRight(line, "\r\n")
		if bytes.Count(line, []byte("\t")) > 1 {
			tags++
			continue
		}
		k := 0
		for k < len(line) && k < 5 && (line[k] >= 'A' && line[k] <= 'Z' || isDigit(line[k]) && k > 0) {
			k++
		}
		rest := bytes.TrimLeft(line[k:], " ")
		if k >= 2 && k <= 4 && (len(rest) > 0 && rest[0] == '-' && len(rest) < len(line)-k+1 && (len(rest) == 1 || rest[1] == ' ') || k == 2 && len(line) > 2 && line[2] == ' ') {
			tags++
		}
	}
	return tags >= 2
}
