package table

import "github.com/evidence-go/evidence/record"

// Options say how tables are read and written. The zero value is recommended.
type Options struct {
	// Raw leaves cells as they are: no apostrophe is set before what a
	// spreadsheet would run as a formula, and none is taken away. It is for files
	// that only programs read.
	Raw bool `json:"raw,omitzero"`

	// Dialect names a tool, one of [Dialects], in whose columns tables are written:
	// no others, in its order, with its names. What they do not hold is not written;
	// record.Losses tells what. It says nothing of reading, which knows the tool by the
	// header.
	Dialect string `json:"dialect,omitzero"`

	// Columns are tags of Extra that get a column of their own when written, in
	// this order, such as the "label" of a screening set. A tag that comes several
	// times in a record is written once, joined by "; ". The name of a column
	// that is there anyway adds none.
	Columns []string `json:"columns,omitempty"`
}

// Dialects lists the names of the tools whose columns are known, see the package's
// comment. Any of them can be written.
func Dialects() []string {
	var out []string
	for _, d := range dialects {
		out = append(out, d.name)
	}
	return out
}

// CSV is a table with commas, as a value for record.ReadOptions and
// record.NewWriter. Semicolons, tabs and bars are read as well.
func CSV() record.Format { return Options{}.CSV() }

// TSV is a table with tabs, as a value for record.ReadOptions and
// record.NewWriter. Commas, semicolons and bars are read as well.
func TSV() record.Format { return Options{}.TSV() }

// CSV is the format of the package function of that name under these options.
func (o Options) CSV() record.Format {
	return o.format(writing{',', "\r\n"}, record.Format{Name: "csv", Title: "CSV", Extensions: []string{".csv"},
		Sniff: func(head []byte) int { return sniff(head, ",;|") }})
}

// TSV is the format of the package function of that name under these options.
func (o Options) TSV() record.Format {
	return o.format(writing{'\t', "\n"}, record.Format{Name: "tsv", Title: "TSV", Extensions: []string{".tsv", ".tab"},
		Sniff: func(head []byte) int { return sniff(head, "\t") }})
}

func (o Options) format(d writing, f record.Format) record.Format {
	f.Decode = func(in *record.Input, emit func(*record.Record) bool) error { return decode(in, d.sep, o, emit) }
	f.Encode = func(w record.Sink) record.Encoder { return newPrinter(w, d, o) }
	return f
}

// writing is how a table is written.
type writing struct {
	sep byte
	end string // of a row
}
