package export

import (
	"fmt"
	"io"

	"github.com/evidence-go/evidence/record"
)

// Part is one file of an export.
type Part struct {
	// Name is the file's path in the folder of the export, with slashes and
	// without "..": "tables/decisions.csv".
	Name string
	// Write writes what the file holds. Where it returns an error nothing of the
	// export is put in place; long work ends there with its context's error.
	Write func(w io.Writer) error
}

// Records is a file of records in one format. A record that is nil is an error of
// its Write that names the index.
func Records(name string, f record.Format, records []*record.Record) Part {
	return Part{Name: name, Write: func(dst io.Writer) error {
		w := record.NewWriter(dst, f)
		for i, r := range records {
			if r == nil {
				return isNil(i)
			}
			if err := w.Write(r); err != nil {
				return err
			}
		}
		return w.Close()
	}}
}

func isNil(i int) error { return fmt.Errorf("records[%d] is nil", i) }
