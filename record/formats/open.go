package formats

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// Open reads a file whole. Its format is recognised, and gzip and the usual
// encodings are seen through; options, of which there may be one value, name
// the format or the charset where that fails. ReadOptions.Name is by default
// the path as it was given, so that the place of a problem leads to the file.
//
// Of a zip archive it gives the records of all files in it, in the order of the files'
// names; Source.File is then "export.zip/medline.nbib". What is in the archive besides
// is passed over with a problem. Load sums up: it has the format and charset that all
// files share, "" where they differ, and size and checksum of the archive. OpenAll has
// the account of each file.
//
// On a fatal error in the middle of the file (a damaged gzip or zip, a limit) the
// library with all that was read before it is returned together with the error.
// Load.SHA256 is then empty, as it is of the whole file or of nothing. Of an archive the
// other files are read all the same.
func Open(path string, opts ...record.ReadOptions) (*record.Library, error) {
	s, err := openSource(path, opts)
	if err != nil {
		return nil, err
	}
	defer s.file.Close()
	if !s.zipped {
		return Read(s.file, s.opts)
	}
	return s.openArchive()
}

// openArchive reads an archive as one library.
func (s *source) openArchive() (*record.Library, error) {
	libs, fatal := s.readAll()
	lib := together(libs)
	lib.Load.File, lib.Load.Compressed = s.opts.Name, "zip"
	if fatal != nil {
		return lib, fatal
	}
	if read := slices.ContainsFunc(libs, func(l *record.Library) bool { return l.Load.Format != "" || l.Load.ByCode[record.CodeEmpty] > 0 }); !read {
		return lib, &record.Error{Problem: record.Problem{File: s.opts.Name, Text: "no file in the archive is of records: " + lib.Problems[0].File + ": " + lib.Problems[0].Text}, Kind: record.ErrUnknownFormat}
	}
	sum := &summed{hash: sha256.New()}
	if _, err := io.Copy(sum, io.NewSectionReader(s.file, 0, s.size)); err != nil {
		return lib, &record.Error{Problem: record.Problem{File: s.opts.Name}, Kind: record.ErrSource, Cause: err}
	}
	lib.Load.Bytes, lib.Load.SHA256 = sum.n, hex.EncodeToString(sum.hash.Sum(nil))
	return lib, nil
}

// cannotOpen says what to do about a file that cannot be opened.
func cannotOpen(path string, err error) error {
	switch {
	case path == "":
		return fmt.Errorf("no file was named: %w", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: there is no such file; check its name and the folder: %w", path, fs.ErrNotExist)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: the file may not be read; check its permissions: %w", path, fs.ErrPermission)
	}
	return err
}

// Read is Open for a source that is no file. Without ReadOptions.Formats and
// Format the formats of All are recognised. The source is read to its end.
func Read(r io.Reader, opts record.ReadOptions) (*record.Library, error) {
	if len(opts.Formats) == 0 && opts.Format.IsZero() {
		opts.Formats = All()
	}
	if r == nil {
		return nil, &record.Error{Problem: record.Problem{File: opts.Name, Text: "there is none: nil was given to read from"}, Kind: record.ErrSource}
	}
	sum := &summed{hash: sha256.New()}
	src := io.TeeReader(r, sum)
	rd := record.NewReader(src, opts)
	lib := &record.Library{}
	var fatal error
	for rec, err := range rd.All() {
		if err != nil {
			fatal = err
			break
		}
		lib.Records = append(lib.Records, rec)
	}
	lib.Load, lib.Problems = rd.Load(), problems(rd, lib.Records)
	if fatal != nil {
		return lib, fatal
	}
	// A format may end before its file does: what follows counts for the sum.
	if _, err := io.Copy(io.Discard, src); err != nil {
		return lib, &record.Error{Problem: record.Problem{File: opts.Name}, Kind: record.ErrSource, Cause: err}
	}
	lib.Load.Bytes, lib.Load.SHA256 = sum.n, hex.EncodeToString(sum.hash.Sum(nil))
	return lib, nil
}

// problems puts those of the file and of its records together, by line.
func problems(rd *record.Reader, records []*record.Record) []record.Problem {
	all := slices.Clone(rd.Problems())
	for _, r := range records {
		all = append(all, r.Problems...)
	}
	slices.SortStableFunc(all, func(a, b record.Problem) int { return cmp.Compare(a.Line, b.Line) })
	return all
}

// summed sums and counts the bytes of the file as they lie on disk.
type summed struct {
	hash hash.Hash
	n    int64
}

// Write never fails: neither does a hash.
func (s *summed) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	return s.hash.Write(p)
}
