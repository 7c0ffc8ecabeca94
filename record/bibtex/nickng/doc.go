// Package nickng converts between records and the entries of
// github.com/nickng/bibtex, for programs that already hold the latter.
//
//	*bibtex.BibEntry ──ToRecord──▶ *record.Record ──FromRecord──▶ *bibtex.BibEntry
//
// It parses nothing. Files are better read by package record/bibtex: the parser
// of nickng/bibtex keeps its state in package variables, so that two files must
// not be read at once, and it ends the process at an undefined macro.
package nickng
