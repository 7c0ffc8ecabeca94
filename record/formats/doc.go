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
//
// A zip archive is read as the files in it:
//
//	export.zip ─▶ Open    ─▶ one Library with the records of all, by the names of the files
//	           ─▶ OpenAll ─▶ a Library for each file, with its own Load
//	           ─▶ Readers ─▶ a record.Reader for each file, one record in memory at a time
//
// It is never unpacked to a disk. A file whose name leads out of the archive's folder, an
// encrypted one and an archive in the archive are left out with a problem; what is not
// of records (a PDF, what operating systems leave behind) is passed over with
// another. Limits.GzipRatio and Limits.Archive bound what it may unpack to. Of an archive
// that was cut the files before the cut are read.
package formats
