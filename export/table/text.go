package table

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// widest is how many columns of the terminal a cell takes at most; what is
// longer ends with an ellipsis.
const widest = 60

// WriteText writes the table for a terminal, in aligned columns. Numbers stand to
// the right, other cells to the left; a cell is cut after 60 columns, East Asian
// letters taking two. Control characters, which could steer the terminal, are
// replaced.
func (t Table) WriteText(w io.Writer) error {
	if err := t.Check(); err != nil {
		return err
	}
	cells := [][]string{make([]string, len(t.Columns))}
	right := make([]bool, len(t.Columns))
	room := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		cells[0][i] = shown(c)
		room[i] = columns(cells[0][i])
		right[i] = len(t.Rows) > 0
	}
	for _, row := range t.Rows {
		line := make([]string, len(row))
		for i, c := range row {
			line[i] = shown(c)
			room[i] = max(room[i], columns(line[i]))
			right[i] = right[i] && numeric(c)
		}
		cells = append(cells, line)
	}
	out := bufio.NewWriter(w)
	for n, line := range cells {
		writeLine(out, line, room, right)
		if n == 0 {
			rule := make([]string, len(line))
			for i := range rule {
				rule[i] = strings.Repeat("-", room[i])
			}
			writeLine(out, rule, room, right)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("table %s: %w", t.Name, err)
	}
	return nil
}

// writeLine writes one line; Flush returns the writer's first error.
func writeLine(out *bufio.Writer, line []string, room []int, right []bool) {
	var b strings.Builder
	for i, c := range line {
		if i > 0 {
			b.WriteString("  ")
		}
		blanks := strings.Repeat(" ", room[i]-columns(c))
		if right[i] {
			b.WriteString(blanks + c)
		} else {
			b.WriteString(c + blanks)
		}
	}
	_, _ = out.WriteString(strings.TrimRight(b.String(), " ") + "\n")
}

// shown is a cell on one line, without what steers a terminal, cut to the widest.
func shown(cell string) string {
	cell = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(cell, "\ufffd"))
	used := 0
	for i, r := range cell {
		used += runeColumns(r)
		if used > widest {
			return cutTo(cell[:i]) + "…"
		}
	}
	return cell
}

// cutTo makes room for the ellipsis.
func cutTo(s string) string {
	for columns(s) > widest-1 {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return s
}

// columns is how many columns of a terminal a text takes.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

// runeColumns is 0 for marks, 2 for East Asian letters and pictures, else 1.
func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && r <= 0x115F || r >= 0x2E80 && r <= 0xA4CF || r >= 0xAC00 && r <= 0xD7A3 ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE6F || r >= 0xFF00 && r <= 0xFF60 || r >= 0x1F300:
		return 2
	}
	return 1
}

// numeric holds for what is written with digits, and for nothing.
func numeric(cell string) bool { return strings.Trim(cell, "0123456789.,-") == "" }
