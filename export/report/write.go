package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageText string

//go:embed style.css
var styleText string

// Write writes the report as one HTML file. Parts of the input that contradict
// each other do not keep it from being written: a quote that is not found at its
// place, for example, is shown as such. The error is the writer's, or says that
// the diagram could not be drawn.
func Write(w io.Writer, in Input) error {
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	p, err := newPage(in)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if _, err := w.Write(printable(b.Bytes())); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// printable puts U+FFFD for what no HTML page may hold: bytes that are not UTF-8,
// control characters, and the two code points that are no characters.
func printable(page []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r <= 0x9F || r == 0xFFFE || r == 0xFFFF {
			return '\ufffd'
		}
		return r
	}, page)
}
