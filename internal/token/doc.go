// Package token cuts English scientific text into sentences and words, and
// words down to stems. Everything it returns is a range of bytes of the text
// given, so that what is found in a token can be quoted from its place.
//
//	text ──Sentences──▶ [Start, End) … ──Words──▶ [Start, End) … ──Stem──▶ "random"
//	                                                   └──Stop──▶ leave it out?
//
// The rules for sentences are made for abstracts: they know "et al.", "vs.",
// "E. coli", "P < .05." and "METHODS:".
package token
