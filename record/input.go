package record

import (
	"bytes"
	"errors"
	"io"
)

// Input is the text that a format decodes: UTF-8 whatever the file's encoding
// was, with its line counted, seen through a window that grows on demand. Line
// formats use ReadLine; others use Bytes, More and Advance.
type Input struct {
	src    io.Reader
	buf    []byte
	start  int // first unread byte in buf
	line   int // its line
	eof    bool
	err    error
	afterR bool // the last byte consumed was a CR: an LF now belongs to it
	cut    bool // the last line of ReadLine was longer than the limit

	name   string
	limits Limits
	report func(Problem)
	again  func() (*Input, bool) // see Again; nil for a source that is read once
}

// readSize is how much is asked of the source at once.
const readSize = 64 << 10

// NewInput makes an input of a text in UTF-8, for programs and tests that call a
// format's Decode themselves. report may be nil.
func NewInput(src io.Reader, name string, limits Limits, report func(Problem)) *Input {
	if report == nil {
		report = func(Problem) {}
	}
	return &Input{src: src, line: 1, name: name, limits: limits.Resolved(), report: report}
}

// Name is the name of the file as the caller gave it.
func (in *Input) Name() string { return in.name }

// Limits are the limits in force, all filled in.
func (in *Input) Limits() Limits { return in.limits }

// Report says what is odd about the file and belongs to no record; the file's
// name is filled in.
func (in *Input) Report(p Problem) {
	p.File = in.name
	p.Value = Cut(p.Value)
	in.report(p)
}

// LineNumber is the line of the first unread byte, from 1.
func (in *Input) LineNumber() int { return in.line }

// Err is what the source failed with, nil at a plain end.
func (in *Input) Err() error { return in.err }

// Again gives a second Input of the same text, from its beginning, for formats in
// which what comes later tells what an earlier record means. ok is false where the
// source cannot seek. The first Input goes on where it was, whatever is read of
// the second; what is odd is not reported again.
func (in *Input) Again() (second *Input, ok bool) {
	if in.again == nil {
		return nil, false
	}
	return in.again()
}

// Bytes is the unread part of the window. It is valid until the next call of
// More or ReadLine.
func (in *Input) Bytes() []byte { return in.buf[in.start:] }

// More reads on, so that Bytes grows, and tells whether it did: false means that
// the text is at its end, or that the source failed, which Err tells.
func (in *Input) More() bool {
	if in.eof {
		return false
	}
	if in.start > 0 && (in.start == len(in.buf) || cap(in.buf)-len(in.buf) < readSize) {
		n := copy(in.buf, in.buf[in.start:])
		in.buf = in.buf[:n]
		in.start = 0
	}
	if cap(in.buf)-len(in.buf) < readSize {
		grown := make([]byte, len(in.buf), 2*cap(in.buf)+2*readSize)
		copy(grown, in.buf)
		in.buf = grown
	}
	for tries := 0; ; tries++ {
		n, err := in.src.Read(in.buf[len(in.buf):cap(in.buf)])
		in.buf = in.buf[:len(in.buf)+n]
		if err != nil {
			in.eof = true
			if !errors.Is(err, io.EOF) {
				in.err = err
			}
			return n > 0
		}
		if n > 0 {
			return true
		}
		if tries > 100 {
			in.eof, in.err = true, io.ErrNoProgress
			return false
		}
	}
}

// Advance consumes n unread bytes and counts their lines. LF, CR and CR LF each
// end a line.
func (in *Input) Advance(n int) {
	n = min(n, len(in.buf)-in.start)
	part := in.buf[in.start : in.start+n]
	in.start += n
	in.line += bytes.Count(part, newline)
	if n == 0 {
		return
	}
	if in.afterR && part[0] == '\n' {
		in.line--
	}
	in.afterR = part[n-1] == '\r'
	for i := bytes.IndexByte(part, '\r'); i >= 0; {
		in.line++
		if i+1 < len(part) && part[i+1] == '\n' {
			in.line--
		}
		next := bytes.IndexByte(part[i+1:], '\r')
		if next < 0 {
			break
		}
		i += 1 + next
	}
}

var newline = []byte{'\n'}

// ReadLine consumes the next line and returns it without its end, LF, CR or
// CR LF. ok is false at the end of the text. The line is valid until the next
// call. Of a line longer than Limits.Field the first part is returned and the
// rest passed over; LineCut tells so.
func (in *Input) ReadLine() (line []byte, ok bool) {
	in.cut = false
	scanned := 0
	for {
		part := in.buf[in.start:]
		if i := lineEnd(part[scanned:]); i >= 0 {
			i += scanned
			if part[i] == '\r' && i+1 == len(part) && in.More() { // an LF may follow
				continue
			}
			line = in.buf[in.start : in.start+i]
			in.start += i + 1
			if part = in.buf[in.start:]; in.buf[in.start-1] == '\r' && len(part) > 0 && part[0] == '\n' {
				in.start++
			}
			in.line++
			if len(line) > in.limits.Field {
				line, in.cut = line[:in.limits.Field], true
			}
			return line, true
		}
		scanned = len(part)
		if scanned > in.limits.Field {
			return in.cutLine(), true
		}
		if !in.More() {
			if len(in.buf) == in.start {
				return nil, false
			}
			line = in.buf[in.start:]
			in.start = len(in.buf)
			if len(line) > in.limits.Field {
				line, in.cut = line[:in.limits.Field], true
			}
			return line, true
		}
	}
}

// lineEnd finds the first CR or LF.
func lineEnd(b []byte) int {
	i := bytes.IndexByte(b, '\n')
	rest := b
	if i >= 0 {
		rest = b[:i]
	}
	if j := bytes.IndexByte(rest, '\r'); j >= 0 {
		return j
	}
	return i
}

// cutLine keeps the first part of an over-long line and reads to its end.
func (in *Input) cutLine() []byte {
	in.cut = true
	head := bytes.Clone(in.buf[in.start : in.start+in.limits.Field])
	for {
		part := in.buf[in.start:]
		if i := lineEnd(part); i >= 0 {
			if part[i] == '\r' && i+1 == len(part) && in.More() {
				continue
			}
			part = in.buf[in.start:]
			in.start += i + 1
			if part[i] == '\r' && i+1 < len(part) && part[i+1] == '\n' {
				in.start++
			}
			in.line++
			return head
		}
		in.start = len(in.buf)
		if !in.More() {
			return head
		}
	}
}

// LineCut tells whether the last line of ReadLine was longer than Limits.Field,
// so that only its first part was returned.
func (in *Input) LineCut() bool { return in.cut }
