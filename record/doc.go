// Package record holds what the whole module speaks of: the bibliographic
// [Record] and its parts, and the machinery by which formats read and write it.
//
//	bytes ─▶ gzip, charset ─▶ Input ─▶ Format.Decode ─▶ *Record ─▶ …
//	            Reader: names the format, counts, checks, keeps positions
//	… ─▶ *Record ─▶ Format.Encode ─▶ Writer ─▶ bytes
//
// A record is plain data: no method has to be called to make it usable, its
// zero value is an empty record, and a program may fill in its fields by hand.
// What a file said and no field holds stands in [Record.Extra], in order; what
// was odd stands in [Record.Problems], each with its line. Nothing that was read
// is dropped without one of the two.
//
// Reading never panics and never stops at a damaged record: the record is
// yielded with its problems and the reader goes on at the next sure start of
// one. Only a source that fails, or a limit that is passed, ends a stream.
//
// The formats themselves live in the packages below this one; package formats
// has them all in one list and recognises a file by its content.
package record
