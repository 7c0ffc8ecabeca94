// Package similarity says how alike two strings are: edit distance and its ratio,
// and Jaro-Winkler.
//
//	"mueller h" ─┐
//	             ├─▶ Levenshtein ─▶ edits     ─▶ Ratio
//	"muller h"  ─┴─▶ JaroWinkler ─▶ 0 … 1
//
// Strings are compared as they are, character by character; a caller that
// wants case and accents to count for nothing folds them first (package fold).
// Bytes that are not UTF-8 compare as U+FFFD.
package similarity
