// Package bibtex reads and writes BibTeX and BibLaTeX.
//
//	@string{jit = "Journal of Invented Things"}
//	@article{berg2012,               a type and a key
//	  author  = {van der Berg, Anna and King, Jr., Ben},
//	  title   = "Kites in {UTF-8}",   braces or quotes
//	  journal = jit # { (Online)},    macros, joined by #
//	  year    = 2012, month = mar
//	}
//
//	bytes ─▶ scan.go, entry.go: entries, fields, places ─▶ inherit.go, remember.go: crossref, xdata
//	      ─▶ read.go, fields.go: meaning; tex.go, names.go, dates.go: values ─▶ *Record
//	*Record ─▶ fields.go, from top to bottom ─▶ entries
//
// The syntax is that of Oren Patashnik's BibTeX 0.99d ("Designing BibTeX Styles",
// and bibtex.web where that is silent); fields and types are BibTeX's, those of
// the biblatex manual (chapter 2), and what JabRef, Zotero, Mendeley, BibDesk,
// DBLP, Scopus, Web of Science and the AMS add. A file need not say which of the
// two it is.
//
// # How a file is read
//
//   - What stands between entries is a comment. So is a line that begins with %,
//     even with an entry in it.
//   - Where a brace, quote, comma, equals sign or key is missing, reading goes on
//     at the next field, at the latest at the next line that begins with @type{. The
//     entry is yielded with what was read and a problem; its neighbours stay whole.
//   - An undefined macro is its own name, with a problem. Months are always defined.
//   - An entry inherits what it lacks from its crossref, by BibLaTeX's rules (manual,
//     appendix B), but not what names or describes the parent alone, such as DOI,
//     pages and abstract: a chapter that took over its book's DOI
//     would pass for the book. It has a relation PartOf to the parent. From xdata it
//     inherits all. Every entry is a record, @xdata and @set too. Records come in the
//     order of the file. A parent that stands further on is looked up in a second
//     reading of the source where that can seek; else up to Limits.Pending entries are
//     held for it, past which a problem names the parent. Among entries already given
//     out, whole works (books, proceedings, collections, periodicals, xdata) and the
//     last thousand others are remembered as parents, 16 MiB (Limits.Record) of each.
//   - Values become plain text: accents, letters, symbols and simple mathematics are
//     Unicode; fonts and protecting braces go; a command that is not known stays as it
//     is written. A subtitle is joined to its title by ": ".
//   - Names follow BibTeX's rules, particles belonging to the family name; a name in
//     braces is a group's. "and others" stands in Extra as "author-others".
//   - A type that the kind of work does not bring back by itself stands in Extra as
//     "entrytype".
//
// # How a file is written
//
// In UTF-8, one field a line in the order of the table, the characters that TeX
// takes for commands escaped, braces always balanced. The key is made one that
// BibTeX, biber and LaTeX accept, and unlike all before it. Inherited fields are
// written out; a relation PartOf becomes xref, which needs no parent in the file.
// What BibTeX has no field for goes into fields that styles ignore (identifiers,
// registration, mesh, …); grants keep their text only, and relations without a key,
// other abstracts, affiliations and merge histories are not written. Package
// ndjson keeps everything.
package bibtex
