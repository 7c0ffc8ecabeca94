package flow

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Text writes the flow as indented lines for a terminal.
func (f *Flow) Text() string {
	var b strings.Builder
	for _, p := range f.layout() {
		fmt.Fprintln(&b, p.title)
		for _, row := range p.rows {
			for _, bx := range row.boxes() {
				writeBox(&b, bx)
			}
		}
	}
	return b.String()
}

// WriteText writes Text to w.
func (f *Flow) WriteText(w io.Writer) error {
	out := bufio.NewWriter(w)
	_, _ = out.WriteString(f.Text()) // Flush returns the error
	return out.Flush()
}

func writeBox(b *strings.Builder, bx *box) {
	for i, l := range bx.lines {
		indent := strings.Repeat("  ", 1+l.depth)
		if bx.side && i == 0 {
			indent += "→ "
		} else if bx.side {
			indent += "  "
		}
		b.WriteString(indent + l.text + "\n")
	}
}
