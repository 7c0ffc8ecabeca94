// Package fold brings text to a form in which two spellings of the same thing
// are the same bytes, and finds the way back from that form to the original.
//
//	"Élan vital: TNF-α, IL‑6 & Łódź"          as read
//	        │ decompose (NFKD), drop marks
//	        │ spell out ß æ ø ł đ þ ı and Greek letters
//	        │ fold case
//	        ▼ everything else is one blank
//	"elan vital tnf alpha il 6 lodz"           the key
//
// [Key] gives that form, [Words] its words, [AppendKey] writes it to a buffer.
// [Fold] gives it together with the map that turns a byte range of the key
// into the byte range of the original, so that whatever is found in the key
// can be quoted as it was written.
//
// Three smaller services work on text meant for people, not for comparison:
// [Space] tidies white space, [NFC] composes accents, [Unmark] takes markup
// and character references out.
//
// All functions accept any bytes; what is not UTF-8 counts as a separator in
// keys and is left alone elsewhere.
package fold
