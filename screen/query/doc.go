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
package query
