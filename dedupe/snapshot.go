package dedupe

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/evidence-go/evidence/record"
)

// A snapshot of an index is lines of JSON: a head with the format's version, the
// policy, the statistics and the decisions of persons; a line for each record, in
// the order of adding; and a last line with the SHA-256 of all before it. Keys and
// folded forms are made anew when it is read, so that it does not depend on how
// they are made.

// snapshotVersion is the version of the form of a snapshot.
const snapshotVersion = 1

const snapshotFormat = "evidence-dedupe-index"

// snapshotBegins is how the first line of every snapshot begins.
const snapshotBegins = `{"format":"` + snapshotFormat + `"`

// maxSnapshotLine bounds a line: no record and no statistics come near it.
const maxSnapshotLine = 1 << 30

type (
	snapshotHead struct {
		Format  string          `json:"format"`
		Version int             `json:"version"`
		Records int             `json:"records"`
		Policy  Policy          `json:"policy"`
		Stats   *Stats          `json:"stats"`
		Orders  []snapshotOrder `json:"orders,omitempty"`
	}
	// snapshotOrder names records by their places.
	snapshotOrder struct {
		Verdict Verdict `json:"verdict"`
		A       int     `json:"a"`
		B       int     `json:"b"`
	}
	snapshotTail struct {
		SHA256 string `json:"sha256"`
	}
)

// Save writes the index to a file, whole or not at all: it is written under a
// name that begins with ".index-" beside it, brought to the disk, and put in the
// place of what stood there. [LoadIndex] reads it.
func (ix *Index) Save(path string) (err error) {
	temp := filepath.Join(filepath.Dir(path), fmt.Sprintf(".index-%d-%s", os.Getpid(), filepath.Base(path)))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return fmt.Errorf("dedupe: %w", err)
	}
	_, err = ix.WriteTo(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("dedupe: saving the index as %s: %w", path, err), os.Remove(temp))
	}
	return nil
}

// WriteTo writes the index as lines of JSON with a checksum: the statistics, the
// policy, the records whole, and what persons have decided. The same index gives
// the same bytes. Functions of the policy's own rules are not written, only their
// names.
func (ix *Index) WriteTo(w io.Writer) (int64, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	s := snapshotWriter{w: out, sum: sha256.New()}
	head := snapshotHead{Format: snapshotFormat, Version: snapshotVersion, Records: len(ix.records), Policy: ix.policy, Stats: ix.st}
	at := make(map[*record.Record]int, len(ix.records))
	for i, r := range ix.records {
		if _, ok := at[r]; !ok {
			at[r] = i
		}
	}
	for _, o := range ix.orders {
		head.Orders = append(head.Orders, snapshotOrder{o.Verdict, at[o.A], at[o.B]})
	}
	s.line(head)
	for _, r := range ix.records {
		s.line(r)
	}
	s.line(snapshotTail{hex.EncodeToString(s.sum.Sum(nil))})
	return s.n, errors.Join(s.err, out.Flush())
}

// snapshotWriter writes lines until the first error.
type snapshotWriter struct {
	w   io.Writer
	sum hash.Hash
	n   int64
	err error
}

func (s *snapshotWriter) line(v any) {
	if s.err != nil {
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		s.err = err
		return
	}
	text = append(text, '\n')
	s.sum.Write(text)
	n, err := s.w.Write(text)
	s.n, s.err = s.n+int64(n), err
}

// LoadIndex reads the index that Save wrote to a file; see [ReadIndex].
func LoadIndex(path string, rules ...Rule) (*Index, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("dedupe: %w", err)
	}
	defer f.Close() // it was only read
	ix, err := ReadIndex(f, rules...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return ix, nil
}

// ReadIndex reads what WriteTo wrote. A policy with rules of the caller's own
// needs them again, under the same names in the same order.
//
// The error says what is wrong: that it is no snapshot, that it is one of another
// version of the form or of the rules of this package, where it was cut off, or
// that its bytes have changed since it was written. Nothing of a snapshot with an
// error is returned.
func ReadIndex(r io.Reader, rules ...Rule) (*Index, error) {
	ix, err := readIndex(r, rules)
	if err != nil {
		return nil, fmt.Errorf("dedupe: snapshot of an index: %w", err)
	}
	return ix, nil
}

func readIndex(r io.Reader, rules []Rule) (*Index, error) {
	s := &snapshotReader{r: bufio.NewReaderSize(r, 1<<16), sum: sha256.New()}
	head, err := s.head(rules)
	if err != nil {
		return nil, err
	}
	ix, err := NewIndex(head.Stats, head.Policy)
	if err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	for ix.Len() < head.Records {
		if err := s.records(ix, min(head.Records-ix.Len(), 8*stretch), head.Records); err != nil {
			return nil, err
		}
	}
	if err := s.tail(head.Records); err != nil {
		return nil, err
	}
	for _, o := range head.Orders {
		if min(o.A, o.B) < 0 || max(o.A, o.B) >= ix.Len() {
			return nil, fmt.Errorf("a decision names records %d and %d of %d", o.A, o.B, ix.Len())
		}
		if err := ix.Decide(o.Verdict, ix.records[o.A], ix.records[o.B]); err != nil {
			return nil, err
		}
	}
	return ix, nil
}

// snapshotReader reads lines and sums them.
type snapshotReader struct {
	r   *bufio.Reader
	sum hash.Hash
	n   int // lines read
}

// line reads the next line with its end. It is io.ErrUnexpectedEOF that the
// source ends within it or before it.
func (s *snapshotReader) line() ([]byte, error) {
	var line []byte
	for {
		part, err := s.r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			s.n++
			return line, nil
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(line) > maxSnapshotLine:
			return nil, fmt.Errorf("line %d is longer than %d bytes", s.n+1, maxSnapshotLine)
		}
	}
}

// head reads the first line and checks that it can be gone on with.
func (s *snapshotReader) head(rules []Rule) (*snapshotHead, error) {
	begins, err := s.r.Peek(len(snapshotBegins))
	if !bytes.Equal(begins, []byte(snapshotBegins)) {
		if err != nil && err != io.EOF {
			return nil, err
		}
		return nil, fmt.Errorf("it is none: it begins with %q", begins)
	}
	line, err := s.line()
	if err == io.ErrUnexpectedEOF {
		return nil, errors.New("cut off in its first line")
	}
	if err != nil {
		return nil, err
	}
	s.sum.Write(line)
	// The version stands alone first: all else may be different in another one.
	var of struct {
		Version int                   `json:"version"`
		Policy  struct{ Version int } `json:"policy"`
	}
	if err := json.Unmarshal(line, &of); err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	if of.Version != snapshotVersion {
		return nil, fmt.Errorf("its form is of version %d, expected %d", of.Version, snapshotVersion)
	}
	if of.Policy.Version != PolicyVersion {
		return nil, fmt.Errorf("it was made under version %d of the rules, these are version %d: make the index anew from its records", of.Policy.Version, PolicyVersion)
	}
	head := &snapshotHead{}
	if err := json.Unmarshal(line, head); err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	names := func(rules []Rule) []string { return each(rules, func(r Rule) string { return r.Name }) }
	if got, want := names(rules), names(head.Policy.Rules); !slices.Equal(got, want) {
		return nil, fmt.Errorf("its policy has rules named %q, these were given: %q", want, got)
	}
	head.Policy.Rules = rules
	if head.Stats == nil {
		return nil, errors.New("line 1: it has no statistics")
	}
	return head, nil
}

// records reads n lines and adds their records; all is how many there should be.
func (s *snapshotReader) records(ix *Index, n, all int) error {
	first := s.n + 1
	lines := make([][]byte, n)
	for i := range lines {
		line, err := s.line()
		if err == io.ErrUnexpectedEOF {
			return fmt.Errorf("cut off after %d of %d records", ix.Len()+i, all)
		}
		if err != nil {
			return err
		}
		s.sum.Write(line)
		lines[i] = line
	}
	records := make([]*record.Record, n)
	faults := make([]error, n)
	// A context that never ends is no error.
	_ = inParallel(context.Background(), n, func(from, to int) {
		for i := from; i < to; i++ {
			records[i] = &record.Record{}
			if err := json.Unmarshal(lines[i], records[i]); err != nil {
				faults[i] = fmt.Errorf("line %d: %w", first+i, err)
			}
		}
	})
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return ix.Add(records...)
}

// tail reads the last line and compares its checksum.
func (s *snapshotReader) tail(all int) error {
	line, err := s.line()
	if err == io.ErrUnexpectedEOF {
		return fmt.Errorf("cut off behind its %d records: the checksum is missing", all)
	}
	if err != nil {
		return err
	}
	var t snapshotTail
	sum := hex.EncodeToString(s.sum.Sum(nil))
	if err := json.Unmarshal(line, &t); err != nil || t.SHA256 != sum {
		return errors.New("the checksum is another one: its bytes have changed since it was written")
	}
	if _, err := s.r.ReadByte(); err != io.EOF {
		return errors.Join(errors.New("something stands behind its end"), err)
	}
	return nil
}
