package export

import (
	"fmt"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
)

// What Covidence takes in one import, as its help pages say; a megabyte is
// counted as 1,000,000 bytes, so that neither reading of the word is exceeded.
const (
	covidenceRecords = 15_000
	covidenceBytes   = 50_000_000
)

// Covidence makes the files that Covidence imports: RIS, no more than 15,000 records
// and 50 MB each, "covidence.ris" or, where more than one is needed,
// "covidence-1.ris" and so on, in the order of the records. No records give no
// parts. A record that is too large by itself, one that cannot be written, and one
// that is nil is an error that names it.
func Covidence(records []*record.Record) ([]Part, error) {
	f := ris.Format()
	var parts [][]*record.Record
	size := covidenceBytes
	for i, r := range records {
		if r == nil {
			return nil, fmt.Errorf("export to Covidence: %w", isNil(i))
		}
		n, err := written(f, r)
		if err != nil {
			return nil, fmt.Errorf("export to Covidence: %w", err)
		}
		if n > covidenceBytes {
			return nil, fmt.Errorf("export to Covidence: the record %s has %d bytes as RIS, and a file may have %d", r.Key, n, covidenceBytes)
		}
		if last := len(parts) - 1; last >= 0 && size+n <= covidenceBytes && len(parts[last]) < covidenceRecords {
			parts[last] = append(parts[last], r)
			size += n
			continue
		}
		parts = append(parts, []*record.Record{r})
		size = n
	}
	var out []Part
	for i, part := range parts {
		name := "covidence.ris"
		if len(parts) > 1 {
			name = fmt.Sprintf("covidence-%d.ris", i+1)
		}
		out = append(out, Records(name, f, part))
	}
	return out, nil
}

// written is how many bytes a record takes in a file of its own, which is no less
// than in one with others.
func written(f record.Format, r *record.Record) (int, error) {
	var n counter
	w := record.NewWriter(&n, f)
	if err := w.Write(r); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	return int(n), nil
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
