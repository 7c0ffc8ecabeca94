// Package numeral finds the numbers of an English text, in digits and in words,
// with what a reader takes from their surroundings: a percent sign, "more than",
// "of 27", "to 12".
//
//	"at least two thirds of the 27 trials, 12–18 %"
//	      └─▶ AtLeast, Part 2/3     └─▶ 27     └─▶ Percent 12 to 18
//
// It is made for comparing what two texts say, so that equal numbers have equal
// keys however they are written: "12", "twelve" and "a dozen"; ".05", "0·050".
// What mixes digits with letters ("COVID-19", "2010s", "½") is a Code, which is
// compared by its letters alone. Ordinal words ("the second trial") are no numbers.
package numeral
