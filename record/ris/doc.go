// Package ris reads and writes RIS, the tagged text that nearly every database
// and reference manager exports.
//
//	TY  - JOUR        a record begins
//	TI  - A title     two characters, two blanks, a dash, a blank, a value
//	ER  -             it ends
//
//	lines ─▶ decoder: tags, wrapped lines, junk ─▶ items ─▶ builder: fields.go ─▶ *Record
//	*Record ─▶ fields.go, from top to bottom ─▶ lines
//
// The tags are those of the specification of Research Information Systems of
// 2001 and of its revision of 2011 (as EndNote and Zotero write them), with what
// the exports of Ovid, Scopus, Web of Science, ProQuest, EBSCOhost, Embase, the
// Cochrane Library, PsycINFO, JSTOR, Lens, Mendeley, Covidence, Rayyan and Citavi
// add to them. The two versions and the dialects contradict each other, and
// hardly any file follows one of them, so that the reader goes by what a value
// looks like wherever a tag alone does not say:
//
//   - T1, TI, CT and, of a whole book, BT are the title. JF, T2, JO, JA, J1, J2 are
//     the journal and its abbreviation, whichever of them are there.
//   - The year is that of PY, then Y1, then DA; month and day come from whichever
//     gives them for that year.
//   - AB is the abstract, N2 where there is none; an N2 that says something else
//     is a note.
//   - A DOI is looked for in DO, then in the links, then in M3, L3, N1, AN, M1
//     and C7, where the whole value is one or says "doi" before it. A PMID is taken from values that
//     say so and from links to PubMed; a bare number only where the database is known
//     to put it there (C2 of Scopus, C5 of Embase, ID of MEDLINE on Ovid, AN of
//     PubMed): other tags hold numbers of the same form.
//   - Who stands under A2, A3 and A4, and what M1, VL, SN and T3 are, depends on the
//     type of the work, as EndNote labels its fields: the sponsor of a bill, the
//     reporter of a case, the number of a report. Notes of ProCite that begin with
//     the name of a field ("Volume ID: 3") are that field.
//   - What comes before TY, or without it, is a record if it has a title, an
//     author or a DOI. A record that lacks ER ends where the next TY stands.
//   - A line without a tag continues the value before it. One with a tag of another
//     form ("T2 - ", "CO2 - ") does too, unless the record's own TY has that form.
//
// What is written is plain 2011 RIS in UTF-8: one value a line, white space
// folded, control characters left out, so that no value can end its record. What
// has no tag of its own goes where some export puts it: the PMID under AN as
// "PMID:12345678", the PMCID under C2 (EndNote), addresses and ORCIDs behind the
// name under AD and AI (PsycINFO), registrations under C8, other identifiers
// under U1 as "pii:S0140". RIS
// has no place for relations, publication status, grants' countries, identifiers
// of headings, other abstracts, and roles that the type of work has no tag for:
// they are not written. Package ndjson keeps everything.
package ris
