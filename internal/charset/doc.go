// Package charset turns text of any encoding that bibliographic files come in
// into UTF-8, as a stream.
//
//	head ──Detect──▶ Encoding ◀──ByName── "cp1252", from a person or a header
//	                    │
//	bytes ──────────NewReader──────────▶ valid UTF-8, no byte order mark
//	                    │
//	                    └─▶ Replaced, FirstReplaced: what could not be read, and where
//
// What is not valid in the encoding becomes U+FFFD and is counted, so that a
// caller can report it; nothing is dropped in silence and no error ends the
// stream but the source's own. Files of UTF-8 pass at nearly the speed of a
// copy.
package charset
