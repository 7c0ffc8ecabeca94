// Package tagged reads the tagged texts of three services, and writes two of them:
// Web of Science (.ciw, .isi, "plain text"), RefWorks and Ovid.
//
//	FN Clarivate …          RT Journal Article       <1. >                     <1>
//	VR 1.0                  ID 271                   DB  - Embase              Accession Number
//	PT J                    A1 Berg,Anna             AU  - Berg A.               00012345-201504000-00002.
//	AU Berg, A              T1 A title               TI  - A title.            Author
//	   Chen, L              YR 2019                  SO  - Kite Care. 12(3) …    Berg, Anna MD *;  Chen, Li +
//	TI A title
//	ER
//	EF
//	      WebOfScience            RefWorks            Ovid, short tags           Ovid, tags in words
//
//	lines ─▶ a decoder for each: tags, wrapped lines, ends ─▶ items ─▶ builder: its table of fields ─▶ *Record
//	*Record ─▶ the same table, from top to bottom ─▶ lines
//
// # Web of Science
//
// The tags are those of the field lists that Clarivate publishes for the Core
// Collection and the other databases of the platform (CABI, Derwent, Inspec,
// KCI, MEDLINE, RSCI, SciELO, Zoological Record). A value of several lines goes on
// behind three blanks; where a tag lists things (AU, AF, C1, CR) each line is one.
//
//   - AF has the full names of the authors in AU, in the same order: where the
//     numbers agree, the names are those of AF; an AU that its AF does not give
//     ("Silva, JD" beside "da Silva, Joao") is kept. CA are groups.
//   - The authors in brackets before an address of C1 have it as an affiliation;
//     an address that names nobody is that of a single author, else it stays in
//     Extra. An ORCID iD of OI goes to the author of the name before it.
//   - Each cited reference of CR is a relation, with its DOI where it has one. D2 is
//     the DOI of the book that a chapter is part of.
//   - DE and ID, and the descriptors of CABI, are keywords; DT are publication types,
//     and together with PT and CT tell an article from a paper at a conference, a
//     chapter and a book.
//   - PD and PY are one date; EA is the date of electronic publication. While an
//     article has no issue it has no other, in RIS of Web of Science neither.
//   - UT is the accession number and the record's key. Its prefix names the database
//     ("MEDLINE:" …); FN names the platform.
//
// # RefWorks
//
// The tags are those of the legend that RefWorks puts at the head of its exports. A
// line that does not begin with one of them continues the value before it. What
// A2 and A3, T2 and SP are depends on the type of the reference. SF, the subfile, is
// where RefWorks puts what databases say about the type of a work ("Journal
// Article; Empirical Study"): it is read, and written, as publication types.
//
// # Ovid
//
// Ovid is read only. Its text is what one platform says about records of its own
// databases, down to the source line (SO), which each database words otherwise; a
// file that we wrote so would name a platform and a database that the records may
// never have been in, and a report of the search (PRISMA-S) rests on just that.
// Every program that reads it reads RIS too, which Ovid itself exports.
//
// Both layouts are read by one table, as each tag in words stands for a short one.
// A record begins at its number, "<1. >"; in a file without numbers, where the
// tag that began the first record comes again. The source line is taken apart into
// journal or book, date, volume, issue and pages; fields that say the same (JN, VO,
// IP, PG, YR, DI) are preferred, and the link of the library's resolver fills what
// neither has. Where the line could not be told apart wholly it is kept as it is.
// Academic degrees and the marks of addresses are taken off the names.
//
// # What all three have in common
//
// Every oddity is a Problem with its line. A tag that no field holds stands in
// Record.Extra in the order of the file. What is written is UTF-8 with one value a
// line, white space folded and control characters left out, so that no value can
// begin a tag or end its record. What has no tag in a format is not written, see
// docs/formats.
package tagged
