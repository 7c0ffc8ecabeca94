package record

import (
	"bufio"
	"fmt"
	"io"
)

// Writer writes records in one format. It is not safe for concurrent use.
type Writer struct {
	format Format
	out    *bufio.Writer
	enc    Encoder
	err    error
}

// NewWriter makes a writer of records in a format. The file is complete when
// Close has returned without an error.
func NewWriter(dst io.Writer, format Format) *Writer {
	w := &Writer{format: format, out: bufio.NewWriterSize(dst, readSize)}
	if format.Encode == nil {
		w.err = &Error{Kind: ErrCannotWrite, Problem: Problem{Text: format.Name}}
		return w
	}
	w.enc = format.Encode(w.out)
	return w
}

// Write writes one record. After an error, every call returns it.
func (w *Writer) Write(r *Record) error {
	if w.err != nil {
		return w.err
	}
	if err := w.enc.Encode(r); err != nil {
		w.err = fmt.Errorf("writing %s as %s: %w", r.Key, w.format.Name, err)
	}
	return w.err
}

// Close ends the file and passes on what is buffered; it does not close dst.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	if w.err = w.enc.Close(); w.err != nil {
		return w.err
	}
	if w.err = w.out.Flush(); w.err != nil {
		return fmt.Errorf("writing %s: %w", w.format.Name, w.err)
	}
	return nil
}
