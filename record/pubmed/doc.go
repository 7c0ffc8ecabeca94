// Package pubmed reads and writes the two forms in which the National Library
// of Medicine gives out the same citation: MEDLINE tagged text (.nbib) and
// PubMed XML.
//
//	PMID- 90000001                 <PubmedArticle><MedlineCitation Status="MEDLINE">
//	TI  - Kites over toy villages.   <PMID>90000001</PMID> … <ArticleTitle>Kites …
//	        │ fields.go                      │ elements.go
//	        ▼                                ▼
//	     builder ──────────── record.Record ─────────── builder
//
// Both come out as the same [record.Record]: what one PMID says in either form
// gives the same title, people, abstract sections, dates and headings. What no
// field of a record holds stands in Extra under the MEDLINE tag that NLM has for
// it, whichever form it was read from ("RN" for a substance, "OWN" for the
// owner), and under the element's name where there is no such tag.
//
// # MEDLINE
//
// A tag of up to four characters, padded to four, a hyphen and a blank; longer
// values go on in lines that begin with six blanks; a blank line ends a record.
// The tags are those of NLM's "MEDLINE/PubMed Data Element (Field)
// Descriptions" (https://www.nlm.nih.gov/bsd/mms/medlineelements.html), and for
// books those of Bookshelf. Also read: the .nbib files of ERIC, which have OWN
// and OID instead of a PMID, tags without their padding, and continuations
// indented otherwise.
//
// # PubMed XML
//
// PubmedArticleSet with PubmedArticle and PubmedBookArticle, either of them
// alone, MedlineCitationSet and BookDocumentSet, as in NLM's DTD
// (https://dtd.nlm.nih.gov/ncbi/pubmed/out/). The reader is a scanner of bytes:
// it fetches nothing, expands no entity but the five of XML, characters by
// number and the names of HTML, and goes on after a damaged record at the next
// one. Inline markup and MathML become plain text. DeleteCitation lists numbers
// of withdrawn citations; they are no records and are passed over.
//
// # What changes on the way
//
//   - NLM ends a title with a point and puts a translated one in brackets. Both
//     are taken off and put back when a record is written.
//   - A title that is "[Not Available]" gives way to the title in the language
//     of the work.
//   - AU, IR, ED and PS repeat FAU, FIR, FED and FPS in short and are made anew.
//   - SO is made anew from the other fields; where the file's own differs, it
//     stands in Extra.
//   - Times of day are left off; the mark of a main topic is left off keywords;
//     the numbers of publication types and substances are not kept.
package pubmed
