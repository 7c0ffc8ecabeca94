// Package query finds words and phrases in records and says where they stand.
//
//	"peer support work*", "lived experience" ──Compile──▶ Terms ──In──▶ spans in a record
//
// A term is what protocols and codebooks are written in: a word, a phrase of
// several words, either with a truncation mark. Case, accents, hyphens and the
// kind of white space do not matter; every hit is given back as a range of bytes
// in the text as it stands, so that it can be quoted.
//
// A Terms value is compiled once and is safe for concurrent use.
//
// # Strategies
//
// A search strategy, as reviewers write it for Ovid, PubMed and other platforms, is
// asked of records that are at hand:
//
//	text ──Parse──▶ Query ──Run────────▶ what each line finds among records
//	                      ├─Match──────▶ yes, no or cannot say of one, with its evidence
//	                      └─Sentinels──▶ the recall of records that should be found
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
package query
