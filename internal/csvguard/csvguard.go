// Package csvguard keeps spreadsheets from running the text of a cell as a
// formula, in a way that can be taken back.
//
//	"=1+1"    ─Guard─▶ "'=1+1"   ─Strip─▶ "=1+1"
//	"'t Hart" ─Guard─▶ "'t Hart" ─Strip─▶ "'t Hart"
//
// A spreadsheet takes for a formula what begins with "=", "+", "-" or "@", and
// some look behind a tab or the end of a line for it (OWASP, "CSV Injection").
package csvguard

import "strings"

// Guard sets an apostrophe before a cell that could be taken for a formula, and
// before one in which such a thing stands behind apostrophes, so that Strip can
// take one away without a doubt.
func Guard(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}

// Strip takes away the apostrophe that Guard set.
func Strip(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(cell) {
		return cell[1:]
	}
	return cell
}

// formula holds for a cell that is taken for a formula, or would be without the
// apostrophes before it.
func formula(cell string) bool {
	bare := strings.TrimLeft(cell, "'")
	return bare != "" && strings.IndexByte("=+-@\t\r\n", bare[0]) >= 0
}
