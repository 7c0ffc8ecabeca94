package spill

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// Space is a set of temporary files in one folder. Its methods and those of what
// it makes are for one goroutine, but for [Reader.Item] and Written.
type Space struct {
	dir     string
	mu      sync.Mutex
	files   map[*file]bool
	written int64
}

// New makes a space in a folder, which must be there; "" is the system's folder
// for temporary files. Nothing is written before there is need to.
func New(dir string) (*Space, error) {
	if dir == "" {
		dir = os.TempDir()
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("spill: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("spill: %s is not a folder", dir)
	}
	return &Space{dir: dir, files: map[*file]bool{}}, nil
}

// Written is how many bytes were written to files so far.
func (s *Space) Written() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written
}

// Close removes all files. What was made from the space cannot be used any more.
func (s *Space) Close() error {
	var err error
	for _, f := range s.all() {
		err = errors.Join(err, f.close())
	}
	return err
}

func (s *Space) all() []*file {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*file
	for f := range s.files {
		out = append(out, f)
	}
	return out
}

// file is a temporary file that is written to its end and read anywhere.
type file struct {
	space *Space
	f     *os.File
	named bool // it still has a name
	size  int64
}

func (s *Space) file() (*file, error) {
	f, err := os.CreateTemp(s.dir, "evidence-*.spill")
	if err != nil {
		return nil, fmt.Errorf("spill: %w", err)
	}
	// Some systems do not take the name from a file that is open.
	out := &file{space: s, f: f, named: os.Remove(f.Name()) != nil}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[out] = true
	return out, nil
}

func (f *file) close() error {
	if f == nil {
		return nil
	}
	f.space.mu.Lock()
	open := f.space.files[f]
	delete(f.space.files, f)
	f.space.mu.Unlock()
	if !open {
		return nil
	}
	err := f.f.Close()
	if f.named {
		err = errors.Join(err, os.Remove(f.f.Name()))
	}
	return err
}

func (f *file) write(p []byte) error {
	n, err := f.f.Write(p)
	f.size += int64(n)
	f.space.mu.Lock()
	f.space.written += int64(n)
	f.space.mu.Unlock()
	if err != nil {
		return fmt.Errorf("spill: %w", err)
	}
	return nil
}
