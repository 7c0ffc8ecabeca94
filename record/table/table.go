package table

import "github.com/evidence-go/evidence/record"

// Options say how tables are read and written. The zero value is recommended.
type Options struct {
	// Raw leaves cells as they are: no apostrophe is set before what a
	// spreadsheet would run as a formula, and none is taken away. It is for files
	// that only programs read.
	Raw bool `json:"raw,omitzero"`

	// Columns are tags of Extra that get a column of their own when written, in
	// this order, such as the "label" of a screening set. A tag that comes several
	// times in a record is written once, joined by "; ". The name of a column
	// that is there anyway adds none.
	Columns []string `json:"columns,omitempty"`
}

// CSV is a table with commas, as a value for record.ReadOptions and
// record.NewWriter. Semicolons, tabs and bars are read as well.
func CSV() record.Format { return Options{}.CSV() }

// TSV is a table with tabs, as a value for record.ReadOptions and
// record.NewWriter. Commas, semicolons and bars are read as well.
func TSV() record.Format { return Options{}.TSV() }

// CSV is the format of the package function of that name under these options.
func (o Options) CSV() record.Format {
	return o.format(dialect{',', "\r\n"}, record.Format{Name: "csv", Title: "CSV", Extensions: []string{".csv"},
		Sniff: func(head []byte) int { return sniff(head, ",;|") }})
}

// TSV is the format of the package function of that name under these options.
func (o Options) TSV() record.Format {
	return o.format(dialect{'\t', "\n"}, record.Format{Name: "tsv", Title: "TSV", Extensions: []string{".tsv", ".tab"},
		Sniff: func(head []byte) int { return sniff(head, "\t") }})
}

func (o Options) format(d dialect, f record.Format) record.Format {
	f.Decode = func(in *record.Input, emit func(*record.Record) bool) error { return decode(in, d.sep, o, emit) }
	f.Encode = func(w record.Sink) record.Encoder { return newPrinter(w, d, o) }
	return f
}

// dialect is how a table is written.
type dialect struct {
	sep byte
	end string // of a row
}
