package registry

import (
	"bytes"

	"github.com/evidence-go/evidence/internal/jsonpull"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// What the databases are called.
const (
	nameICTRP = "ICTRP"
	nameNCT   = "ClinicalTrials.gov"
)

// ICTRP is the XML that the WHO's search portal exports, as a value for
// record.ReadOptions. It is only read.
func ICTRP() record.Format {
	return record.Format{Name: "ictrp", Title: "ICTRP XML", Extensions: []string{".xml"}, Sniff: sniffXML, Decode: decodeXML}
}

// ICTRPCSV is the portal's export as a table, with its header, or its full export
// without, as a value for record.ReadOptions. It is only read.
func ICTRPCSV() record.Format {
	return record.Format{Name: "ictrpcsv", Title: "ICTRP CSV", Extensions: []string{".csv"}, Sniff: sniffICTRP,
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			decodeTable(in, emit, nameICTRP, "", ictrpNames)
			return nil
		}}
}

// ClinicalTrials is the JSON of the API of ClinicalTrials.gov, version 2, as a value
// for record.ReadOptions: a study, an answer with a list of them, or one of either a
// line. It is only read.
func ClinicalTrials() record.Format {
	return record.Format{Name: "clinicaltrials", Title: "ClinicalTrials.gov JSON", Extensions: []string{".json", ".jsonl", ".ndjson"}, Sniff: sniffStudies,
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			return jsonpull.Decode(in, emit, &jsonpull.Shape[*trial]{Noun: "study", Like: `{"studies": [{"protocolSection": …}, …]}`,
				Lists: []string{"studies"}, Table: studies, New: newStudy, Finish: func(t *trial) string { t.finish(); return "" }})
		}}
}

// ClinicalTrialsCSV is the table that ClinicalTrials.gov offers for download, and the
// one that it offered until 2023, as a value for record.ReadOptions. It is only read.
func ClinicalTrialsCSV() record.Format {
	return record.Format{Name: "clinicaltrialscsv", Title: "ClinicalTrials.gov CSV", Extensions: []string{".csv"}, Sniff: sniffNCT,
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			decodeTable(in, emit, nameNCT, nameNCT, nctNames)
			return nil
		}}
}

func newStudy(b *jsonpull.Builder) *trial {
	b.R.Source.Database = nameNCT
	t := newTrial(b)
	t.register = nameNCT
	return t
}

func sniffStudies(head []byte) int {
	text := bytes.TrimLeft(head, " \t\r\n\ufeff")
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return 0
	}
	if bytes.Contains(head, []byte(`"protocolSection"`)) {
		return 97
	}
	return 0
}

// isTable tells whether a text may be a table at all.
func isTable(head []byte) bool {
	text := bytes.TrimLeft(head, " \t\r\n\ufeff")
	return len(text) > 0 && bytes.IndexByte([]byte("{[<@%"), text[0]) < 0
}

// sniffNCT knows the table by a column for the number beside others of its.
func sniffNCT(head []byte) int {
	if isTable(head) && contains(head, "nct number") && table.SniffRows(head, nctNames.known) > 4 {
		return 99
	}
	return 0
}

// sniffICTRP knows the portal's table by its header, and the full export by the number
// of its columns and the number of a trial in the first.
func sniffICTRP(head []byte) int {
	if !isTable(head) {
		return 0
	}
	if contains(head, "trialid") && table.SniffRows(head, ictrpNames.known) > 4 {
		return 99
	}
	first := head
	if i := bytes.IndexAny(head, ",\r\n"); i >= 0 {
		first = head[:i]
	}
	if registration(string(bytes.Trim(first, `" `)), "").Registry != "" && bytes.Count(head, []byte(",")) >= len(fullExport)-1 {
		return 80
	}
	return 0
}

// contains looks for a word in the first lines, whatever its case.
func contains(head []byte, word string) bool {
	const far = 8 << 10
	return bytes.Contains(bytes.ToLower(head[:min(len(head), far)]), []byte(word))
}
