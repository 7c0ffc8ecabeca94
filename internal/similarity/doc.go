// Package similarity says how alike two strings or two sets are: edit distance
// and its ratio, Jaro-Winkler, and the set measures of Dice and Jaccard.
//
//	"mueller h" ─┐
//	             ├─▶ Levenshtein ─▶ edits     ─▶ Ratio
//	"muller h"  ─┴─▶ JaroWinkler ─▶ 0 … 1
//	{rct, sleep} ─┬─▶ Dice, Jaccard ─▶ 0 … 1
//	{rct, pain}  ─┘
//
// Strings are compared as they are, character by character; a caller that
// wants case and accents to count for nothing folds them first (package fold).
// Bytes that are not UTF-8 compare as U+FFFD.
package similarity
