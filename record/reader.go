package record

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/charset"
)

// ReadOptions say how a file is read. Formats or Format must be set; all else
// has a recommended zero value.
type ReadOptions struct {
	Name    string `json:"name,omitzero"`    // of the file, for positions, keys and recognition
	Charset string `json:"charset,omitzero"` // "" detects it; else a name such as "windows-1252"
	Limits  Limits `json:"limits,omitzero"`

	Formats []Format `json:"-"` // the formats to recognise the file among, usually formats.All()
	Format  Format   `json:"-"` // the format, where it is known: nothing is guessed
}

// Reader reads the records of one file of any of several formats, in constant
// memory. It is not safe for concurrent use.
type Reader struct {
	opts     ReadOptions
	src      *countingReader
	format   Format
	in       *Input
	text     *charset.Reader
	load     Load
	problems []Problem
	keys     keySet
	begun    bool
	start    int64 // where in a source that can seek the file begins, -1 for any other
}

// NewReader makes a reader of src. Nothing is read before All is called.
func NewReader(src io.Reader, opts ReadOptions) *Reader {
	opts.Limits = opts.Limits.Resolved()
	return &Reader{
		opts: opts,
		src:  &countingReader{src: src},
		load: Load{File: opts.Name},
		keys: newKeySet(opts.Limits.Keys),
	}
}

// All yields the records of the file in order. An error is fatal and last: the
// format is not known, the source failed or a limit was passed; the records
// before it are good. A damaged record is yielded with its Problems. A reader
// can be ranged over once; a second range yields nothing.
func (rd *Reader) All() iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		if rd.begun {
			return
		}
		rd.begun = true
		more, err := rd.open()
		if err != nil {
			yield(nil, err)
			return
		}
		if !more {
			return
		}
		stopped := false
		err = rd.format.Decode(rd.in, func(r *Record) bool {
			if r == nil {
				rd.in.Report(Problem{Line: rd.in.LineNumber(), Code: CodeSyntax, Text: "the reader of " + rd.format.Name + " gave no record here: passed over"})
				return true
			}
			rd.finish(r)
			if !yield(r, nil) {
				stopped = true
			}
			return !stopped
		})
		if stopped {
			return
		}
		if err = rd.close(err); err != nil {
			yield(nil, err)
		}
	}
}

// Problems lists what belongs to no record: junk, skipped lines, the encoding.
// It is complete when All has ended.
func (rd *Reader) Problems() []Problem { return rd.problems }

// Load is the account of the file so far; it is complete when All has ended.
// The checksum is filled in by formats.Open only.
func (rd *Reader) Load() Load {
	l := rd.load
	if rd.src != nil {
		l.Bytes = rd.src.n
	}
	return l
}

// headSize is how much of a file recognition looks at.
const headSize = 64 << 10

// open sees through gzip and encoding and names the format. more is false for an
// empty file.
func (rd *Reader) open() (more bool, err error) {
	if rd.opts.Format.IsZero() && len(rd.opts.Formats) == 0 {
		return false, rd.fatal(ErrNoFormat, "", nil)
	}
	if rd.src == nil || rd.src.src == nil {
		return false, rd.fatal(ErrSource, "there is none: NewReader was given nil to read from", nil)
	}
	rd.start = startOf(rd.src.src)
	raw, head, err := rd.unzip(rd.src)
	if err != nil {
		return false, err
	}
	if kind := binaryKind(head); kind != "" && rd.opts.Format.IsZero() {
		return false, rd.unknown("it begins like " + kind)
	}
	enc := charset.Encoding("")
	if rd.opts.Charset != "" {
		if enc, err = charset.ByName(rd.opts.Charset); err != nil {
			return false, rd.fatal(ErrUnknownFormat, "charset "+strconv.Quote(rd.opts.Charset)+" is not known", err)
		}
	} else {
		enc, _ = charset.Detect(head, len(head) < headSize)
	}
	rd.load.Charset = enc.String()
	rd.text = charset.NewReader(raw, enc)
	rd.in = NewInput(rd.text, rd.opts.Name, rd.opts.Limits, rd.note)
	rd.in.again = func() (*Input, bool) { return rd.again(enc) }
	for len(rd.in.Bytes()) < headSize && rd.in.More() {
	}
	text := rd.in.Bytes()
	if len(bytes.TrimSpace(text)) == 0 && rd.in.Err() == nil {
		rd.in.Report(Problem{Code: CodeEmpty, Text: "the file is empty"})
		rd.load.Format = rd.opts.Format.Name
		return false, nil
	}
	if rd.in.Err() != nil && len(text) == 0 {
		return false, rd.fatal(ErrSource, "", rd.in.Err())
	}
	rd.format = rd.opts.Format
	if rd.format.IsZero() {
		if rd.format, err = rd.recognise(text[:min(len(text), headSize)]); err != nil {
			return false, err
		}
	}
	if rd.format.Decode == nil {
		return false, rd.fatal(ErrCannotRead, rd.format.Name, nil)
	}
	rd.load.Format = rd.format.Name
	return true, nil
}

// again opens the source a second time, see Input.Again.
func (rd *Reader) again(enc charset.Encoding) (*Input, bool) {
	src, ok := rd.src.src.(io.ReadSeeker)
	if !ok || rd.start < 0 {
		return nil, false
	}
	raw, _, err := rd.unzip(&countingReader{src: &secondLook{src, rd.start}})
	if err != nil {
		return nil, false
	}
	return NewInput(charset.NewReader(raw, enc), rd.opts.Name, rd.opts.Limits, nil), true
}

// startOf is where a source stands that can be read a second time from there, -1
// for any other. A pipe or device may have a Seek that does nothing.
func startOf(src io.Reader) int64 {
	seeker, ok := src.(io.ReadSeeker)
	if !ok {
		return -1
	}
	if f, ok := src.(interface{ Stat() (fs.FileInfo, error) }); ok {
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			return -1
		}
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil {
		return -1
	}
	return start
}

// secondLook reads a source at a place of its own and leaves it where it stood.
type secondLook struct {
	src io.ReadSeeker
	at  int64
}

func (s *secondLook) Read(p []byte) (n int, err error) {
	stood, err := s.src.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	if _, err = s.src.Seek(s.at, io.SeekStart); err == nil {
		n, err = s.src.Read(p)
		s.at += int64(n)
	}
	if _, back := s.src.Seek(stood, io.SeekStart); back != nil {
		err = back
	}
	return n, err
}

// unzip returns a source past any gzip layer, with the head of what is inside.
func (rd *Reader) unzip(src *countingReader) (raw io.Reader, head []byte, err error) {
	head, err = readHead(src, headSize)
	if err != nil && len(head) == 0 {
		return nil, nil, rd.fatal(ErrSource, "", err)
	}
	raw = io.MultiReader(bytes.NewReader(head), src)
	if err != nil { // what came before the failure is read all the same
		raw = io.MultiReader(bytes.NewReader(head), &failingReader{err})
	}
	if len(head) < 3 || head[0] != 0x1f || head[1] != 0x8b || head[2] != 8 {
		return raw, head, nil
	}
	zr, err := gzip.NewReader(raw)
	if err != nil {
		return nil, nil, rd.fatal(ErrSource, gzipText(err, "the gzip header is damaged"), err)
	}
	rd.load.Compressed = "gzip"
	plain := &ratioReader{src: zr, packed: src, ratio: int64(rd.opts.Limits.GzipRatio)}
	head, err = readHead(plain, headSize)
	if err != nil && len(head) == 0 {
		return nil, nil, rd.fatal(ErrSource, gzipText(err, "the gzip data are damaged"), err)
	}
	rest := io.Reader(plain)
	if err != nil {
		rest = &failingReader{err}
	}
	return io.MultiReader(bytes.NewReader(head), rest), head, nil
}

// close ends the reading after Decode: errors are wrapped with their place, and
// what only the end shows is reported.
func (rd *Reader) close(err error) error {
	if n := rd.text.Replaced(); n > 0 {
		rd.in.Report(Problem{Code: CodeEncoding, Text: fmt.Sprintf(
			"%d bytes are not %s, the first at byte %d; each was read as U+FFFD: name the right charset if the text shows it",
			n, rd.load.Charset, rd.text.FirstReplaced()+1)})
	}
	slices.SortStableFunc(rd.problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	switch {
	case rd.in.Err() != nil && errors.Is(rd.in.Err(), ErrLimit):
		return rd.fatal(ErrLimit, limitText(rd.in.Err()), nil)
	case rd.in.Err() != nil && rd.load.Compressed != "":
		return rd.fatal(ErrSource, gzipText(rd.in.Err(), ""), rd.in.Err())
	case rd.in.Err() != nil:
		return rd.fatal(ErrSource, "", rd.in.Err())
	case err != nil:
		var e *Error
		if errors.As(err, &e) {
			e.File = rd.opts.Name
			return e
		}
		return rd.fatal(ErrLimit, limitText(err), nil)
	}
	if rd.load.Records == 0 && len(rd.problems) == 0 {
		rd.in.Report(Problem{Code: CodeNoRecords, Text: "the file reads as " + rd.format.Title + ", and no record stands in it"})
	}
	return nil
}

// limitText is what an error says beyond that a limit was passed.
func limitText(err error) string {
	return strings.TrimPrefix(err.Error(), ErrLimit.Error()+": ")
}

// gzipText says what to do about a gzip file that was cut, and otherwise what is
// given to say.
func gzipText(err error, otherwise string) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "the gzip file is incomplete, it ends too early: copy or download it again"
	}
	return otherwise
}

func (rd *Reader) fatal(kind error, text string, cause error) error {
	line := 0
	if rd.in != nil {
		line = rd.in.LineNumber()
	}
	return &Error{Problem: Problem{File: rd.opts.Name, Line: line, Text: text}, Kind: kind, Cause: cause}
}

// note keeps a problem of the file.
func (rd *Reader) note(p Problem) {
	rd.problems = append(rd.problems, p)
	rd.count(p)
}

func (rd *Reader) count(p Problem) {
	rd.load.Problems++
	if rd.load.ByCode == nil {
		rd.load.ByCode = map[Code]int{}
	}
	rd.load.ByCode[p.Code]++
}

// finish fills in what every record of a file has. A record that says itself
// which file it was first read from keeps that.
func (rd *Reader) finish(r *Record) {
	rd.load.Records++
	if errors.Is(rd.in.Err(), ErrLimit) { // the file does not end here, the reading does
		r.Problems = slices.DeleteFunc(r.Problems, func(p Problem) bool { return p.Code == CodeTruncated })
	}
	if r.Source.File == "" {
		r.Source.File, r.Source.Format, r.Source.Number = rd.opts.Name, rd.format.Name, rd.load.Records
	}
	rd.nameRecord(r)
	for i := range r.Problems {
		p := &r.Problems[i]
		if p.File == "" {
			p.File, p.Record = rd.opts.Name, r.Key
		}
		p.Value = Cut(p.Value)
		rd.count(*p)
	}
	r.FixID()
}

// nameRecord gives the record its key.
func (rd *Reader) nameRecord(r *Record) {
	if r.Key == "" {
		r.Key = r.Source.key()
		return
	}
	if n := rd.keys.add(r.Key); n > 1 {
		first := r.Key
		for ; n > 1; n++ {
			r.Key = first + "#" + strconv.Itoa(n)
			if rd.keys.add(r.Key) == 1 {
				break
			}
		}
		r.Problems = append(r.Problems, Problem{Line: r.Source.Line, Code: CodeRepeatedKey, Value: first,
			Text: "the key came before in this file; this record is called " + r.Key})
	}
	if rd.keys.full {
		rd.keys.full = false
		rd.in.Report(Problem{Line: r.Source.Line, Code: CodeKeysUnchecked, Text: fmt.Sprintf(
			"after %d keys no more are remembered: repeated ones past here are not noticed", rd.opts.Limits.Keys)})
	}
}

// key is the key that a record without one of its own gets.
func (s Source) key() string {
	return path.Base(strings.ReplaceAll(s.File, `\`, "/")) + "#" + strconv.Itoa(s.Number)
}

// OwnKey is the key that the record's file gave it, "" where the reader made one
// of the file's name and the record's number. Writers of formats in which a key
// may be left out write this one.
func (r *Record) OwnKey() string {
	if r.Source.Number > 0 && r.Key == r.Source.key() {
		return ""
	}
	return r.Key
}

// nearTie is how close two formats' certainty may be before the file's name is
// asked to decide.
const nearTie = 10

// recognise names the format by content, then by name.
func (rd *Reader) recognise(head []byte) (Format, error) {
	type guess struct {
		f    Format
		sure int
	}
	var best []guess
	for _, f := range rd.opts.Formats {
		if f.Sniff == nil {
			continue
		}
		if s := f.Sniff(head); s > 0 {
			best = append(best, guess{f, s})
		}
	}
	slices.SortStableFunc(best, func(a, b guess) int { return cmp.Compare(b.sure, a.sure) })
	begins, page := beginsLike(head)
	switch {
	case len(best) == 0 || page: // a page may hold anything: the rules of its style sheet read like BibTeX
		var titles []string
		for _, f := range rd.opts.Formats {
			if f.Sniff != nil {
				titles = append(titles, f.Title)
			}
		}
		return Format{}, rd.unknown(begins + "; expected one of " + strings.Join(titles, ", "))
	case len(best) == 1 || best[0].sure-best[1].sure >= nearTie:
		return best[0].f, nil
	}
	name := strings.TrimSuffix(strings.ToLower(rd.opts.Name), ".gz")
	for _, g := range best {
		if best[0].sure-g.sure < nearTie && slices.Contains(g.f.Extensions, path.Ext(name)) {
			return g.f, nil
		}
	}
	return Format{}, rd.fatal(ErrAmbiguous, fmt.Sprintf("it could be %s or %s: name the one it is", best[0].f.Name, best[1].f.Name), nil)
}

// binaryKind names a file that is no text by its first bytes, "" for any other:
// read in an encoding they would look like text.
func binaryKind(head []byte) string {
	for _, m := range [...]struct{ prefix, kind string }{
		{"PK\x03\x04", "a ZIP archive or an Office document: formats.Open and formats.Readers read the files of records in an archive; of a document save the table as CSV"},
		{"\xd0\xcf\x11\xe0", "an Office document: save its text or table as a file of its own"},
		{"BZh", "bzip2: unpack it"}, {"\xfd7zXZ", "xz: unpack it"}, {"\x28\xb5\x2f\xfd", "zstd: unpack it"}, {"7z\xbc\xaf", "7z: unpack it"},
		{"\x89PNG", "a picture"}, {"\xff\xd8\xff", "a picture"}, {"GIF8", "a picture"}, {"SQLite format 3", "an SQLite database"}, {"%PDF-", "PDF"},
	} {
		if bytes.HasPrefix(head, []byte(m.prefix)) {
			return m.kind
		}
	}
	return ""
}

// unknown is the error of a file of no known format; it has no line.
func (rd *Reader) unknown(text string) error {
	return &Error{Problem: Problem{File: rd.opts.Name, Text: text}, Kind: ErrUnknownFormat}
}

// beginsLike says in words what the head of a file looks like, and whether that
// is a web page.
func beginsLike(head []byte) (words string, page bool) {
	text := bytes.TrimSpace(head)
	low := bytes.ToLower(text[:min(len(text), 256)])
	for _, m := range []struct{ prefix, name string }{
		{"<!doctype html", "HTML"}, {"<html", "HTML"}, {"{\\rtf", "RTF"}, {"<?xml", "XML of another kind"}, {"<", "XML or HTML of another kind"},
		{"{", "JSON of another kind"}, {"[", "JSON of another kind"},
	} {
		if bytes.HasPrefix(low, []byte(m.prefix)) {
			return "it begins like " + m.name, m.name == "HTML"
		}
	}
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		text = text[:i]
	}
	if len(text) > 60 {
		text = text[:60]
		for len(text) > 0 && !utf8.Valid(text) {
			text = text[:len(text)-1]
		}
	}
	return fmt.Sprintf("it begins with %q", text), false
}

// readHead reads up to n bytes. A source that ends earlier is no error.
func readHead(r io.Reader, n int) ([]byte, error) {
	head := make([]byte, n)
	got, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && !isGzipCut(r) {
		err = nil
	}
	return head[:got], err
}

// isGzipCut tells whether an unexpected end is the compressed source's own.
func isGzipCut(r io.Reader) bool {
	rr, ok := r.(*ratioReader)
	return ok && errors.Is(rr.err, io.ErrUnexpectedEOF)
}

// countingReader counts the bytes of the file.
type countingReader struct {
	src io.Reader
	n   int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// ratioReader stops a text that grows out of proportion to its compressed form.
type ratioReader struct {
	src    io.Reader
	packed *countingReader
	ratio  int64
	n      int64
	err    error
}

// ratioFrom is how much text is let through before the ratio counts: short files
// of repeated records compress well and do no harm.
const ratioFrom = 8 << 20

func (r *ratioReader) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	r.n += int64(n)
	if r.n > ratioFrom && r.n > r.ratio*r.packed.n {
		err = fmt.Errorf("%w: the text is over %d times as large as its gzip (Limits.GzipRatio)", ErrLimit, r.ratio)
	}
	if err != nil {
		r.err = err
	}
	return n, err
}

// failingReader gives back an error that came too early to be said.
type failingReader struct{ err error }

func (f *failingReader) Read([]byte) (int, error) { return 0, f.err }
