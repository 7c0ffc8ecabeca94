// Package formats has all the formats of this module in one list, and reads a
// file whatever its format is.
//
//	path ─▶ Open ─▶ gzip ─▶ charset ─▶ recognised by content ─▶ Library
//	                                                            ├ Records
//	                                                            ├ Problems, by line
//	                                                            └ Load: format, counts, SHA-256
//
// A file is recognised by what is in it; its name is asked only when two formats
// are equally likely. A file that no format knows is refused with
// record.ErrUnknownFormat and words about what it looks like. For a file too large
// to hold, range over a record.Reader instead: its ReadOptions.Formats is All().
package formats
