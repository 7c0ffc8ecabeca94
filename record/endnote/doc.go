// Package endnote reads and writes the two text forms of an EndNote library: its
// XML, and the tagged text that EndNote calls Refer or BibIX (.enw).
//
//	<record><ref-type name="Journal Article">17</ref-type> …       %0 Journal Article
//	  <contributors><authors><author>Berg, Anna</author> …         %A Berg, Anna
//	  <titles><title>A title</title> …                             %T A title
//
//	XML   ─▶ scanner: elements, styles, references ─┐
//	                                                ├─▶ items ─▶ builder: fields.go ─▶ *Record
//	Refer ─▶ lines: tags, wrapped values ───────────┘
//	*Record ─▶ fields.go, from top to bottom ─▶ elements or lines
//
// Both spell the same fields, those of EndNote's reference types, so that one
// table names for each field its element and its tag. The elements are those of
// the document type RSXML that comes with EndNote and of what EndNote X to 21,
// Bookends, Zotero, JabRef and endnote-exporter write; the tags are those of
// EndNote's style "EndNote Export", and for records without %0 those of refer(1),
// which EndNote took them from.
//
//   - A type of reference is known by its name; its number, which EndNote's XML
//     and older libraries count differently, is asked only where the name is none.
//   - What a field means depends on the type: secondary authors edit a book section
//     and stand for the series of a book, the number of a book section is that of its
//     series, the volume of a thesis is its degree.
//   - Styles are taken out, whatever they are: runs of text in italics, superscript
//     or another font are put together in their order. A line end that layout put
//     between elements is none; one written as &#xD; is, as between keywords.
//   - Names stand as EndNote wants them, "Family, Given, Suffix" or "Given Family"; one
//     that ends in a comma is that of a group, and two commas in it stand for one.
//   - An accession number is a PMID where the record says that it is of PubMed or
//     MEDLINE: by database, by provider, by a link with the number, or by the PMCID
//     that EndNote's connection puts into Custom 2.
//   - What no field holds stands in Record.Extra, under the path of its element
//     ("custom3", "titles/alt-title", "database@path") or under its tag ("%3"). Either
//     writer puts it back, also what the other one's reader kept.
//   - In Refer an empty line ends a record, unless records begin with %0 and what
//     follows does not look like a new one: abstracts have empty lines in them.
//
// No entity is looked up, inside or outside of the file: a reference to any but a
// character stays as it is and is reported.
//
// What is written holds one record for each, whatever its fields say. EndNote has
// no place for ORCID iDs, funding, relations, flags, statuses, countries, numbers of
// headings, other abstracts, and roles that the type of reference has no field
// for: they are not written. Addresses stand behind the name they belong to; a PMID
// of a record of any database but PubMed and MEDLINE is written "PMID:12345678";
// registrations stand in Custom 5, and other identifiers in Custom 4 as "pii:S0140".
// Package ndjson keeps everything.
package endnote
