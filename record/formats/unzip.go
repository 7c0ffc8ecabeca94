package formats

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
)

// packed is a file of an archive as the archive lists it.
type packed struct {
	name      string
	size      int64 // packed
	encrypted bool
	open      func() (io.ReadCloser, error)
}

// list gives the files of an archive in the order of their names, without folders. An
// archive whose list of files is missing, as it stands at the end of a file that was cut,
// has the files that are found one behind another, and the damage is told.
func (s *source) list() (files []packed, damage error) {
	zr, err := zip.NewReader(s.file, s.size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are looked at one by one
		files = salvage(s.file, s.size)
		damage = &record.Error{Problem: record.Problem{File: s.opts.Name, Text: fmt.Sprintf(
			"the ZIP archive is damaged or incomplete, its list of files is missing: copy or download it again; %d files were found without it", len(files))},
			Kind: record.ErrSource, Cause: err}
		if len(files) == 0 {
			damage = &record.Error{Problem: record.Problem{File: s.opts.Name, Text: "it begins like a ZIP archive, and no file can be found in it"}, Kind: record.ErrUnknownFormat, Cause: err}
		}
	} else {
		for _, f := range zr.File {
			files = append(files, packed{f.Name, int64(f.CompressedSize64), f.Flags&1 != 0, f.Open})
		}
	}
	files = slices.DeleteFunc(files, func(f packed) bool { return strings.HasSuffix(f.name, "/") || strings.HasSuffix(f.name, `\`) })
	for i := range files {
		name := strings.ToValidUTF8(strings.ReplaceAll(files[i].name, `\`, "/"), "\uFFFD")
		files[i].name = strings.TrimPrefix(name, "./")
	}
	slices.SortStableFunc(files, func(a, b packed) int { return cmp.Compare(a.name, b.name) })
	return files, damage
}

// The header before each file of an archive (PKWARE's APPNOTE.TXT, section 4.3.7).
const (
	localHeader = 30 // bytes, without name and extra field
	atFlags     = 6
	atMethod    = 8
	atPacked    = 18
	atNameLen   = 26
	atExtraLen  = 28
	maxPacked   = 1<<32 - 1 // the size stands elsewhere
	sizeBehind  = 1 << 3    // of the flags: the sizes stand behind the file
	sizesLen    = 16        // bytes that they take there
)

// salvage finds the files of an archive by the headers before them.
func salvage(r io.ReaderAt, size int64) (files []packed) {
	for at := int64(0); ; {
		var h [localHeader]byte
		if n, _ := r.ReadAt(h[:], at); n < localHeader || !bytes.HasPrefix(h[:], []byte("PK\x03\x04")) {
			return files
		}
		field := func(i int) int64 { return int64(binary.LittleEndian.Uint16(h[i:])) }
		name := make([]byte, field(atNameLen))
		if n, _ := r.ReadAt(name, at+localHeader); n < len(name) {
			return files
		}
		begin := at + localHeader + field(atNameLen) + field(atExtraLen)
		length, known := int64(binary.LittleEndian.Uint32(h[atPacked:])), true
		end := begin + length
		if field(atFlags)&sizeBehind != 0 || length == maxPacked || end > size {
			end, known = nextHeader(r, begin, size), false
		}
		method, stop := uint16(field(atMethod)), end
		if !known && method == zip.Store && field(atFlags)&sizeBehind != 0 {
			stop = max(end-sizesLen, begin)
		}
		files = append(files, packed{string(name), max(stop-begin, 0), field(atFlags)&1 != 0,
			func() (io.ReadCloser, error) { return unpack(io.NewSectionReader(r, begin, stop-begin), method) }})
		if at = end; !known && end >= size {
			return files
		}
	}
}

// nextHeader finds the header of the next file, or that of the list of files, behind
// which none follows.
func nextHeader(r io.ReaderAt, from, size int64) int64 {
	if from >= size {
		return size
	}
	src := bufio.NewReaderSize(io.NewSectionReader(r, from, size-from), 1<<16)
	for at := from; ; {
		window, err := src.Peek(1 << 15)
		for i := 0; ; {
			k := bytes.Index(window[i:], []byte("PK"))
			if k < 0 || i+k+4 > len(window) {
				break
			}
			if i += k; string(window[i+2:i+4]) == "\x03\x04" || string(window[i+2:i+4]) == "\x01\x02" {
				return at + int64(i)
			}
			i += 2
		}
		if err != nil || len(window) < 4 {
			return size
		}
		n, _ := src.Discard(len(window) - 3)
		at += int64(n)
	}
}

// unpack reads a file whose size is not known for sure: what follows it is left.
func unpack(r io.Reader, method uint16) (io.ReadCloser, error) {
	switch method {
	case zip.Store:
		return io.NopCloser(r), nil
	case zip.Deflate:
		return flate.NewReader(r), nil
	}
	return nil, zip.ErrAlgorithm
}
