// Package query asks records at hand what a search strategy asks of a database:
// which of them each line finds, of which it cannot be said, and where it stands.
//
//	text ──Parse──▶ Query ──Run────────▶ what each line finds among records
//	                      ├─Match──────▶ yes, no or cannot say of one, with its evidence
//	                      ├─Sentinels──▶ the recall of records that should be found
//	                      └─Print──────▶ the strategy for another platform, and what is lost
//	records ──NewIndex──▶ Index ──Run──▶ the same as Query.Run, for many strategies
//
// Strategies are read and written as Ovid, PubMed, Web of Science, Scopus, EBSCOhost
// and the Cochrane Library have them.
//
// An answer has three values, because a record may lack the field that would tell:
// and is the least of its arguments in the order no, cannot say, yes; or is the
// greatest; not turns the order round. A term is looked for in the parts of a record
// that its field stands for; where none has it, the answer is no, or, if the record
// lacks a title, abstract, headings or another part that records should have,
// that it cannot be said. docs/search.md says what each part of a strategy means,
// docs/search-language.md how the platforms write it and what is read and printed.
//
// A Query is made ready when it is first asked, and is then safe for concurrent use.
//
// # Terms
//
// Lists of words and phrases, as protocols and codebooks hold them, need no strategy:
//
//	"peer support work*", "lived experience" ──Compile──▶ Terms ──In──▶ spans in a record
//
// A term is a word, or a phrase of several words, either with a truncation mark.
// Case, accents, hyphens and the kind of white space do not matter; every hit is
// given back as a range of bytes in the text as it stands, so that it can be quoted.
// A Terms value is compiled once and is safe for concurrent use.
package query
