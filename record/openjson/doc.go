// Package openjson reads works as the REST interfaces of Crossref and of OpenAlex
// answer with them in JSON.
//
//	Crossref:  {"status": "ok", "message-type": "work-list", "message": {"items": [ {"DOI": …, "title": […], …}, … ]}}
//	OpenAlex:  {"meta": {…}, "results": [ {"id": "https://openalex.org/W…", "title": …, …}, … ]}
//
//	text ─▶ one work at a time ─▶ members ─▶ fields.go ─▶ *Record
//
// Read is an answer with a list or with one work, a work without what is around
// it, a list of works, works or whole answers one a line, and any of these behind
// each other, as a program that fetches page after page leaves them. What a
// service says when it refuses a request is no work; it is reported with its words.
//
// The members are those of Crossref's REST API (its Swagger document and, for what
// they mean, its "Crossref Metadata API JSON Format") and of OpenAlex's Work object.
// A member that the fields of a record do not hold whole stands in Record.Extra as
// JSON, under its path ("primary_location.license"). A list of which the fields hold
// a part, such as the funders with their numbers in a register, stands there too.
//
//   - An abstract of Crossref is JATS: its sections become those of the abstract.
//     One of OpenAlex is an inverted index, from which the text is put together.
//   - What updates a work (a retraction, a correction) is a relation and sets a flag.
//     A notice that names itself, as where an article was withdrawn in its place, is
//     about the record itself.
//   - References are relations: by DOI or in words from Crossref, by the number of the
//     work in OpenAlex as their key from there.
//   - The key of a record is its DOI, from OpenAlex its number ("W2000000000").
//
// The formats are only read. Both services write their answers from their own
// registers, and nothing takes such an answer in: Crossref is fed with XML deposits,
// OpenAlex by what others register. A file in this form that a program made would
// pass for the service's word.
package openjson
