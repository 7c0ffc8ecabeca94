package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// Writer writes records in one format; NewWriter makes one. It is not safe for
// concurrent use.
type Writer struct {
	format Format
	out    *bufio.Writer
	enc    Encoder
	err    error
	closed bool
}

// What a program did wrong with a Writer, each with what to do.
var (
	errNoWriter = errors.New("the writer has no destination and format: make it with record.NewWriter")
	errNoRecord = errors.New("no record: a nil pointer was given to be written")
	errClosed   = errors.New("the file is complete: no record can be written after Close")
)

// NewWriter makes a writer of records in a format. The file is complete when
// Close has returned without an error.
func NewWriter(dst io.Writer, format Format) *Writer {
	w := &Writer{format: format}
	switch {
	case dst == nil:
		w.err = errNoWriter
		return w
	case format.Encode == nil:
		w.err = &Error{Kind: ErrCannotWrite, Problem: Problem{Text: format.Name}}
		return w
	}
	w.out = bufio.NewWriterSize(dst, readSize)
	w.enc = format.Encode(w.out)
	return w
}

// Write writes one record. After an error, every call returns it. A nil record
// and a call after Close are errors.
func (w *Writer) Write(r *Record) error {
	switch {
	case w.err != nil:
		return w.err
	case w.enc == nil:
		w.err = errNoWriter
	case w.closed:
		return fmt.Errorf("writing %s: %w", w.format.Name, errClosed)
	case r == nil:
		w.err = fmt.Errorf("writing %s: %w", w.format.Name, errNoRecord)
	default:
		if err := w.enc.Encode(r); err != nil {
			w.err = fmt.Errorf("writing %s as %s: %w", r.Key, w.format.Name, err)
		}
	}
	return w.err
}

// Close ends the file and passes on what is buffered; it does not close dst. A
// second call does nothing.
func (w *Writer) Close() error {
	switch {
	case w.err != nil, w.closed:
		return w.err
	case w.enc == nil:
		w.err = errNoWriter
		return w.err
	}
	w.closed = true
	err := w.enc.Close()
	if err == nil {
		err = w.out.Flush()
	}
	if err != nil {
		w.err = fmt.Errorf("writing %s: %w", w.format.Name, err)
	}
	return w.err
}
