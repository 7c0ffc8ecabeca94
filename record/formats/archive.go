package formats

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// ErrPassedOver is the kind of the errors by which Readers says of a file in an
// archive that it is not read, and why.
var ErrPassedOver = errors.New("passed over")

// Readers ranges over the files of records at a path, each with a reader that is to
// be ranged over before the next one is asked for. A path leads to one file, or to a
// zip archive of several: these come in the order of their names, folders are gone
// into, and the name of each is that of the archive and its own,
// "export.zip/scopus/1.ris". What is in memory at a time is one record, as with
// record.NewReader.
//
// An error with a nil reader is of two kinds. One that wraps ErrPassedOver is about
// one file in an archive, and the range goes on: it is not of records, or encrypted, or
// packed in a way that is not known, or an archive itself, or its name leads out of the
// folder it is unpacked into. The Code of its record.Error tells whether records may be
// lost by that. Any other is fatal and last, such as that the archive is
// damaged behind the files before.
//
// ReadOptions are those of Open. Limits.GzipRatio holds for each file of an archive, and
// Limits.Archive for all of them together.
func Readers(path string, opts ...record.ReadOptions) iter.Seq2[*record.Reader, error] {
	return func(yield func(*record.Reader, error) bool) {
		s, err := openSource(path, opts)
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.file.Close()
		if !s.zipped {
			yield(record.NewReader(s.file, s.opts), nil)
			return
		}
		for m, err := range s.members() {
			if err != nil {
				if !yield(nil, err) || !errors.Is(err, ErrPassedOver) {
					return
				}
				continue
			}
			more := yield(record.NewReader(m, s.optionsOf(m)), nil)
			if !more || s.used.spent() {
				return
			}
		}
	}
}

// OpenAll reads each file of records at a path whole: the one file, or those of a zip
// archive in the order of their names, each with its own Load. A file of the archive
// that is passed over has a library too, without records and with one problem, so that
// all are accounted for; see Readers.
//
// Load.Bytes and Load.SHA256 of a file in an archive are those of the file unpacked.
//
// The error, if any, is the first that ended the reading of a file; the libraries have
// what was read before, of the other files of an archive too.
func OpenAll(path string, opts ...record.ReadOptions) ([]*record.Library, error) {
	s, err := openSource(path, opts)
	if err != nil {
		return nil, err
	}
	defer s.file.Close()
	if !s.zipped {
		lib, err := Read(s.file, s.opts)
		return []*record.Library{lib}, err
	}
	return s.readAll()
}

func (s *source) readAll() (libs []*record.Library, fatal error) {
	for m, err := range s.members() {
		var e *record.Error
		switch {
		case errors.Is(err, ErrPassedOver) && errors.As(err, &e):
			libs = append(libs, &record.Library{Problems: []record.Problem{e.Problem},
				Load: record.Load{File: e.File, Compressed: "zip", Problems: 1, ByCode: map[record.Code]int{e.Code: 1}}})
		case err != nil:
			return libs, cmp.Or(fatal, err)
		default:
			lib, err := Read(m, s.optionsOf(m))
			lib.Load.Compressed = "zip"
			libs, fatal = append(libs, lib), cmp.Or(fatal, err)
			if s.used.spent() {
				return libs, fatal
			}
		}
	}
	return libs, fatal
}

// together makes one library of those of an archive. The account has what they have
// in common, and the sums.
func together(libs []*record.Library) *record.Library {
	all := &record.Library{Load: record.Load{ByCode: map[record.Code]int{}}}
	first := true
	for _, lib := range libs {
		all.Records, all.Problems = append(all.Records, lib.Records...), append(all.Problems, lib.Problems...)
		all.Load.Records += lib.Load.Records
		all.Load.Problems += lib.Load.Problems
		for code, n := range lib.Load.ByCode {
			all.Load.ByCode[code] += n
		}
		switch {
		case lib.Load.Format == "":
		case first:
			all.Load.Format, all.Load.Charset, first = lib.Load.Format, lib.Load.Charset, false
		default:
			if all.Load.Format != lib.Load.Format {
				all.Load.Format = ""
			}
			if all.Load.Charset != lib.Load.Charset {
				all.Load.Charset = ""
			}
		}
	}
	if len(all.Load.ByCode) == 0 {
		all.Load.ByCode = nil
	}
	return all
}

// source is an open file.
type source struct {
	file   *os.File
	size   int64
	zipped bool
	opts   record.ReadOptions
	used   *allowance
}

// openSource opens a file and fills in what options leave out.
func openSource(path string, opts []record.ReadOptions) (*source, error) {
	s := &source{}
	switch len(opts) {
	case 0:
	case 1:
		s.opts = opts[0]
	default:
		return nil, fmt.Errorf("%s: %d options values were given; expected at most one", path, len(opts))
	}
	s.opts.Name = cmp.Or(s.opts.Name, path)
	if len(s.opts.Formats) == 0 && s.opts.Format.IsZero() {
		s.opts.Formats = All()
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, cannotOpen(path, err)
	}
	s.file = f
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s: this is a folder; open the files in it one by one", path)
	}
	if err == nil && info.Mode().IsRegular() {
		var head [4]byte
		n, _ := f.ReadAt(head[:], 0)
		s.size, s.zipped = info.Size(), isZip(head[:n])
	}
	l := s.opts.Limits.Resolved()
	s.used = &allowance{ratio: int64(l.GzipRatio), total: int64(l.Archive)}
	return s, nil
}

// isZip tells by the first bytes of a file whether it is a zip archive, an empty one
// too.
func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")) || bytes.HasPrefix(head, []byte("PK\x07\x08"))
}

// member is one file of an archive, open.
type member struct {
	io.Reader
	name string
}

func (s *source) optionsOf(m *member) record.ReadOptions {
	opts := s.opts
	opts.Name = s.opts.Name + "/" + m.name
	return opts
}

// members ranges over the files of an archive that are of records; the others are
// errors, see Readers.
func (s *source) members() iter.Seq2[*member, error] {
	return func(yield func(*member, error) bool) {
		files, damage := s.list()
		for _, f := range files {
			if !s.member(f, yield) {
				return
			}
		}
		switch {
		case damage != nil:
			yield(nil, damage)
		case len(files) == 0:
			yield(nil, &record.Error{Problem: record.Problem{File: s.opts.Name, Text: "the archive has no file in it"}, Kind: record.ErrUnknownFormat})
		}
	}
}

// member yields one file of an archive, open while it is looked at.
func (s *source) member(f packed, yield func(*member, error) bool) bool {
	if code, why := s.refuse(f); why != "" {
		return yield(nil, s.passedOver(f, code, why))
	}
	rc, err := f.open()
	if err != nil {
		return yield(nil, s.passedOver(f, record.CodeUnread, fmt.Sprintf("it cannot be unpacked: %v", err)))
	}
	defer rc.Close()
	head, rest, err := peek(s.used.of(rc, f.size), headSize)
	if code, why := s.refuseContent(f, head, err); why != "" {
		return yield(nil, s.passedOver(f, code, why))
	}
	return yield(&member{rest, f.name}, nil)
}

// passedOver is the error about a file that is not read.
func (s *source) passedOver(f packed, code record.Code, why string) error {
	return &record.Error{Problem: record.Problem{File: s.opts.Name + "/" + f.name, Code: code, Text: why}, Kind: ErrPassedOver}
}

// refuse says why a file of an archive is not read, by what the archive says of it; ""
// when it may be.
func (s *source) refuse(f packed) (code record.Code, why string) {
	base := path.Base(f.name)
	switch {
	case !fs.ValidPath(f.name) || strings.Contains(f.name, ":"):
		return record.CodeUnread, "its name leads out of the folder that the archive is unpacked into; it was left out"
	case slices.Contains(strings.Split(f.name, "/"), "__MACOSX"), strings.HasPrefix(base, "."), base == "Thumbs.db", base == "desktop.ini":
		return record.CodePassedOver, "no file of records: an operating system left it there"
	case f.encrypted:
		return record.CodeUnread, "it is encrypted: unpack the archive with its password and open the file alone"
	}
	return "", ""
}

// refuseContent says why it is not read by how it begins.
func (s *source) refuseContent(f packed, head []byte, err error) (code record.Code, why string) {
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return record.CodeUnread, "it is packed in a way that is not known: unpack the archive and open the file alone"
	case isZip(head):
		return record.CodeUnread, "an archive in an archive, or an Office document: unpack it and open what is in it"
	case !s.opts.Format.IsZero():
		return "", ""
	}
	opts := s.optionsOf(&member{name: f.name})
	for _, err := range record.NewReader(bytes.NewReader(head), opts).All() {
		var e *record.Error
		switch {
		case !errors.As(err, &e):
		case e.Kind == record.ErrUnknownFormat:
			words, _, _ := strings.Cut(e.Text, "; expected one of ")
			return record.CodePassedOver, e.Kind.Error() + ": " + words
		case e.Kind == record.ErrAmbiguous:
			return record.CodeUnread, e.Kind.Error() + ": " + e.Text
		}
		break
	}
	return "", ""
}

// headSize is how much of a file is looked at before it is read, as much as a reader
// looks at.
const headSize = 64 << 10

// peek reads the first bytes of a source, and gives a reader of the whole. An error
// that comes with them comes again there.
func peek(r io.Reader, n int) (head []byte, whole io.Reader, err error) {
	head = make([]byte, n)
	got, err := io.ReadFull(r, head)
	head = head[:got]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) { // the file is short; one that is cut fails otherwise
		return head, bytes.NewReader(head), nil
	}
	return head, io.MultiReader(bytes.NewReader(head), &after{r, err}), err
}

// after goes on reading, from an error if there was one.
type after struct {
	src io.Reader
	err error
}

func (a *after) Read(p []byte) (int, error) {
	if a.err != nil {
		return 0, a.err
	}
	return a.src.Read(p)
}

// allowance is what the files of an archive may unpack to.
type allowance struct {
	ratio int64 // of a file to its packed form
	total int64 // bytes of all
	n     int64 // unpacked so far
}

func (a *allowance) spent() bool { return a.n > a.total }

func (a *allowance) of(src io.Reader, size int64) io.Reader {
	return &allowed{src: src, of: a, packed: size}
}

// errCut is what the reading of a file fails with that is not whole in its archive.
var errCut = errors.New("the archive ends in the middle of the file: copy or download it again")

// allowed stops a file that unpacks to more than is allowed.
type allowed struct {
	src    io.Reader
	of     *allowance
	packed int64
	n      int64
}

// ratioFrom is how much is let through before the ratio counts, as of a gzip.
const ratioFrom = 8 << 20

func (r *allowed) Read(p []byte) (int, error) {
	n, err := r.src.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errCut
	}
	r.n += int64(n)
	r.of.n += int64(n)
	switch {
	case r.of.spent():
		return n, fmt.Errorf("%w: the files of the archive unpack to more than %d bytes (Limits.Archive)", record.ErrLimit, r.of.total)
	case r.n > ratioFrom && r.n > r.of.ratio*max(r.packed, 1):
		return n, fmt.Errorf("%w: the file is over %d times as large as it is packed (Limits.GzipRatio)", record.ErrLimit, r.of.ratio)
	}
	return n, err
}
