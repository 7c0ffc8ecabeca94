package openjson

import (
	"bytes"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
)

// Crossref is the JSON of Crossref's REST API, as a value for record.ReadOptions.
// It is only read.
func Crossref() record.Format {
	return record.Format{
		Name: "crossref", Title: "Crossref JSON", Extensions: []string{".json", ".jsonl", ".ndjson"}, Sniff: sniffCrossref,
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			return jsonpull.Decode(in, emit, &jsonpull.Shape[*work]{Noun: "work", Like: `{"message": {"items": [{"DOI": …}, …]}}`,
				Lists: []string{"message", "items"}, Table: crossref, New: begin("Crossref"), Finish: (*work).finishCrossref})
		},
	}
}

// OpenAlex is the JSON of OpenAlex's works, as a value for record.ReadOptions. It is
// only read.
func OpenAlex() record.Format {
	return record.Format{
		Name: "openalex", Title: "OpenAlex JSON", Extensions: []string{".json", ".jsonl", ".ndjson"}, Sniff: sniffOpenAlex,
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			return jsonpull.Decode(in, emit, &jsonpull.Shape[*work]{Noun: "work", Like: `{"results": [{"id": "https://openalex.org/W…"}, …]}`,
				Lists: []string{"results"}, Table: openalex, New: begin("OpenAlex"), Finish: (*work).finishOpenAlex})
		},
	}
}

// begin makes a work of a database.
func begin(database string) func(*jsonpull.Builder) *work {
	return func(b *jsonpull.Builder) *work {
		b.R.Source.Database = database
		return &work{Builder: b, r: b.R}
	}
}

// sniffCrossref knows an answer by what is around the works, and a work by its DOI
// in capitals beside a list of titles or a type of Crossref.
func sniffCrossref(head []byte) int {
	if !isJSON(head) {
		return 0
	}
	if contains(head, `"message-type"`) && contains(head, `"message"`) {
		return 97
	}
	if !contains(head, `"DOI"`) {
		return 0
	}
	marks := 0
	for _, m := range []string{`"title":[`, `"container-title":[`, `"indexed":{`, `"deposited":{`, `"is-referenced-by-count"`, `"reference-count"`, `"content-domain"`, `"member"`, `"prefix"`} {
		if contains(head, m) {
			marks++
		}
	}
	switch {
	case marks > 2 && contains(head, `"title":[`):
		return 92
	case marks > 0 && (contains(head, `"title":[`) || contains(head, `"container-title":[`)):
		return 60
	}
	return 0
}

// sniffOpenAlex knows a work by its number.
func sniffOpenAlex(head []byte) int {
	switch {
	case !isJSON(head) || !bytes.Contains(head, []byte(`"https://openalex.org/W`)):
		return 0
	case contains(head, `"authorships"`), contains(head, `"display_name"`), contains(head, `"publication_year"`), contains(head, `"abstract_inverted_index"`), contains(head, `"results":[`):
		return 95
	}
	return 60
}

func isJSON(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n\ufeff")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// contains looks for a member in the head of a file, and where a piece ends with an
// opening bracket also for that, whatever white space stands behind its colon.
func contains(head []byte, piece string) bool {
	key, open, isPair := bytes.Cut([]byte(piece), []byte(":"))
	for at := 0; ; {
		i := bytes.Index(head[at:], key)
		if i < 0 {
			return false
		}
		at += i + len(key)
		rest, ok := bytes.CutPrefix(bytes.TrimLeft(head[at:], " \t\r\n"), []byte(":"))
		if ok && (!isPair || bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), open)) {
			return true
		}
	}
}
