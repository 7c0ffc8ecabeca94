// Package table reads and writes records as tables: CSV (RFC 4180) and TSV with
// a header that names the columns, as reference managers, databases, screening
// tools and spreadsheets export them.
//
//	id,title,authors,year,doi         the header: which columns there are
//	1,A title,"Berg, A; Chen, L",2019,10.5555/1
//
//	bytes ─▶ scanner: separators, quotes, line ends ─▶ cells ─▶ fields.go ─▶ *Record
//	*Record ─▶ fields.go, from top to bottom ─▶ cells ─▶ guard, quotes ─▶ bytes
//
// # What is read
//
// The separator, a comma, semicolon, tab or bar, is found by the header and by
// how evenly it parts the first rows, whichever of the two formats was named; a
// first line "sep=;" as spreadsheets write it settles it. Lines before the header
// are passed over with a problem.
//
// Which tool made a table is known by its header: Scopus, PubMed, Covidence, Rayyan,
// ASReview, EPPI-Reviewer, the Cochrane Library, Embase, Web of Science, Lens,
// Dimensions, IEEE Xplore, EBSCOhost, ProQuest, Zotero and Publish or Perish have a
// table of their own in dialects.go, which says what their columns mean and how they
// part lists; the record's Source names the tool. A table of no known tool has its
// columns known by their name in any of its usual spellings and in several
// languages, whatever its case, accents and punctuation ("Author(s)", "AUTHORS",
// "author/s"). A column of another name is kept in Record.Extra under that name,
// and so is what a screening tool's columns say of decisions. Where the first row
// holds values and no names, all cells are kept, under the numbers of their columns.
//
// Embase's export of fields by row, which is no table, is read as well.
//
//   - Authors are parted at semicolons; else at "and", or at commas, where the parts
//     are names for sure ("Berg AM, Chen L"; "Anna Berg and Li Chen"). A name in
//     braces is that of a group.
//   - Keywords and other lists are parted at semicolons.
//   - Of two columns for a field with one value the first that has one stands; what
//     the other says differently is kept in Extra.
//   - Inline markup is taken out of titles, abstracts, names and keywords, but not in a
//     table that has the column other_columns: this package wrote it, and its texts are
//     plain already.
//   - Quotes may stand inside a cell without quotes. A quotation mark that is never
//     closed, or only in some later record, is read as text, with a problem. Rows
//     with too few or too many cells are kept, with a problem.
//
// # What is written
//
// One row for each record, the columns always those of the table in fields.go in
// its order: what people look at first, then the rest. Values that one cell cannot
// hold as they are: several authors are joined by "; ", a semicolon inside a name
// or keyword becomes a comma. What was read from columns of unknown name is written
// in the last column, other_columns, as lines of "name: value", or in columns of
// its own where [Options.Columns] names them. The id is the record's key, also
// where that was made of a file's name and a number, so that what people add to the
// table can be brought back to the record.
//
// [Options.Dialect] writes the columns of a tool instead, for that tool to read.
//
// A cell that a spreadsheet would take for a formula gets an apostrophe before it,
// which reading takes away again; see [Options.Raw].
//
// A table has no place for affiliations, ORCIDs, roles other than author and
// editor, grants, relations, other abstracts, events, identifiers of headings and
// copyright: they are not written. Package ndjson keeps everything.
package table
