package record

// Limits bound what one file may cost. The zero value of each field means its
// default. What is over its limit is left out with a problem that says where, and
// the stream goes on: a record, a field, an element or value nested too deep (of
// markup inside a text only the tags, of JSON the line), the text of a macro. Past
// Pending a parent is not waited for any longer, past Keys repeated ones are not
// noticed. Only GzipRatio and Archive end the stream, with ErrLimit.
type Limits struct {
	Record    int `json:"record,omitzero"`     // bytes of one record; default 16 MiB
	Field     int `json:"field,omitzero"`      // bytes of one field; default 4 MiB
	Nesting   int `json:"nesting,omitzero"`    // depth of elements or braces; default 1,000
	Expansion int `json:"expansion,omitzero"`  // bytes that the macros of one value may expand to; default 1 MiB
	GzipRatio int `json:"gzip_ratio,omitzero"` // how many times larger than its gzip, or than in its zip archive, a text may be; default 200
	Archive   int `json:"archive,omitzero"`    // bytes that the files of a zip archive may unpack to, all together; default 1 GiB
	Pending   int `json:"pending,omitzero"`    // BibTeX entries held for a parent where the source cannot seek; default 100,000
	Keys      int `json:"keys,omitzero"`       // keys remembered to find repeated ones; default 500,000
}

// Resolved returns the limits with every default filled in.
func (l Limits) Resolved() Limits {
	for _, f := range []struct {
		value *int
		def   int
	}{
		{&l.Record, 16 << 20}, {&l.Field, 4 << 20}, {&l.Nesting, 1000}, {&l.Expansion, 1 << 20},
		{&l.GzipRatio, 200}, {&l.Archive, 1 << 30}, {&l.Pending, 100_000}, {&l.Keys, 500_000},
	} {
		if *f.value <= 0 {
			*f.value = f.def
		}
	}
	return l
}
