// Package words writes numbers and lists as English sentences have them.
//
//	12345           ─Number─▶ "12,345"
//	1, record(s)    ─Count──▶ "1 record", "2 records"
//	a b c           ─List───▶ "a, b and c"
package words

import (
	"strconv"
	"strings"
)

// Number writes a number with a comma between thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count writes a number with the word that goes with it: one for 1, many for any
// other. The words may be more than the noun: "record was", "records were".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// List joins items with commas, the last with "and"; no items give "".
func List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
