// Package jsonpull reads JSON that holds many records: a list, one object, objects
// one a line, or the answer of a service with the list somewhere inside.
//
//	{"status": "ok", "message": {"items": [ {…}, {…}, … ]}}
//
//	text ─▶ Items: one object at a time ─▶ Scanner: members, in one pass ─▶ Table: what reads a member ─▶ Builder ─▶ *Record
//
// An object is cut out of the text before it is read, so that a damaged one costs
// itself alone, and memory is that of the longest object. The text of an object is
// one string, of which the texts in the record are parts. What no field of the
// record holds is kept in Record.Extra as JSON, under the path of its members.
//
// It is the part that formats in JSON share; what their members mean is theirs.
package jsonpull
