// Package ndjson reads and writes records as newline-delimited JSON: one record
// of this module a line, in the form that record.Record marshals to, with the
// schema's version and the record's ID inside.
//
//	{"schema":1,"id":"r1-…","kind":"journal-article","title":"…",…}
//	{"schema":1,"id":"r1-…",…}
//
// It is the one format that loses nothing: what comes back is equal to what was
// written, with its ID, its problems and the file and line it was first read
// from. A line that is not a record is reported with its place and passed over;
// the lines around it stand. The same records give the same bytes.
package ndjson
