// Package keyphrase finds the phrases that a short English text is about, each with the places where it stands.
//
//	title, body ──words──▶ classes ──noun phrases──▶ candidates ──score──▶ ranked phrases
//	                    by lexicon,   and those in two  with all    by place, count, length,
//	                    ending and    longer ones       their places    rarity, form
//	                    neighbours
//
// Nothing is asked but the text: a phrase is a run of nouns and what can stand before them, and it tells the more, the
// earlier and the oftener it stands there, the rarer its words are in scientific English at large, and the less it is made
// of words that any text has. How common a word is stands in a table (common.txt) that package learn counts out from
// abstracts of medicine and computer science; docs/models/key-phrases.md says from which, and how good the result is.
//
//	for _, p := range keyphrase.Of(keyphrase.Text{Title: title, Body: abstract}, 10) {
//		fmt.Println(p.Text, p.Score, p.Places)
//	}
//
// Of a group of texts, a Collection tells the phrases that they share and the others do not; they label the themes that
// package synth finds.
//
// A text in another language than English gives no phrases.
package keyphrase
