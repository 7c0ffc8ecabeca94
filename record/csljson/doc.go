// Package csljson reads and writes CSL-JSON, the data that citation processors
// work on: what Zotero, Mendeley, pandoc, citeproc and the DOI registries'
// content negotiation exchange.
//
//	[ {"id": …, "type": …, "title": …}, {…}, … ]
//
//	text ─▶ scanner: one item at a time ─▶ members ─▶ builder: fields.go ─▶ *Record
//	*Record ─▶ fields.go, from top to bottom ─▶ item
//
// Variables and types are those of the data schema of CSL 1.0.2 (csl-data.json).
// Read is more than that: one item without a list, items one a line, lists
// behind each other, a list under "items", "data" or "references"; numbers for
// texts and texts for numbers; names as one text; dates as parts, season, raw,
// literal or EDTF; lists of titles and ISSNs as Crossref has them; "PMID: 1" in
// a line of the note, where Zotero keeps what CSL had no variable for.
//
// An item is cut out of the text before it is read as JSON, so that a damaged
// one costs itself alone: where a quote or a brace is missing, the next item is
// found by a line or an object that can only begin there. Memory is that of the
// longest item.
//
// What is written is valid against the schema: one list, each item with "id"
// (the record's key) and "type". What CSL has no variable for stands under
// "custom", which the schema leaves to programs: members of the file that CSL
// does not define under their own names, and under "evidence" the parts of a
// record that no variable holds (registrations, headings, funding, relations,
// affiliations, …) in the form of the record's own JSON. Both are read back.
// Sections of an abstract are found anew in its text; members and origins of a
// merged record are not written: package ndjson keeps everything.
package csljson
