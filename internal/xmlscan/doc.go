// Package xmlscan reads the XML of bibliographic databases as it comes: cut in the
// middle, with end tags missing, with a < or an & that was not escaped, or with names of
// characters that only HTML has. A Splitter cuts a file into records; names, tags,
// comments and references are then found in the text of one record. What an element
// means is the matter of each format.
//
// Everything takes time in proportion to the text: what has no end is looked for once.
// Entities that a document declares are not expanded, and none is fetched.
package xmlscan
