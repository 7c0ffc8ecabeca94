package suite

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Case is one txtar file.
type Case struct {
	Name    string // the file's name without folder and .txtar
	Comment string // what stands before the first section

	archive *archive
}

// archive is the file behind a case; copies of a Case share it.
type archive struct {
	path    string
	comment []byte
	files   []File
	changed bool
}

// Cases runs f once for every txtar file that matches pattern, as a subtest
// with the file's name, in the order of their names. A pattern that matches nothing
// fails, because a suite that tests nothing must not look green; so does a
// file that has the same section twice.
func Cases(t *testing.T, pattern string, f func(t *testing.T, c Case)) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatalf("cases %s: %v", pattern, err)
	}
	if len(paths) == 0 {
		t.Fatalf("cases %s: no file matches", pattern)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			a, err := openArchive(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { a.save(t) })
			f(t, Case{Name: name, Comment: string(a.comment), archive: a})
		})
	}
}

func openArchive(path string) (*archive, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	a := &archive{path: path}
	a.comment, a.files = Parse(text)
	for i, f := range a.files {
		if a.find(f.Name) < i {
			return nil, fmt.Errorf("%s: the section %s is there twice", path, f.Name)
		}
	}
	return a, nil
}

func (a *archive) find(name string) int {
	return slices.IndexFunc(a.files, func(f File) bool { return f.Name == name })
}

// save writes the file once, after all sections of the case are known.
func (a *archive) save(t testing.TB) {
	if !a.changed {
		return
	}
	if err := os.WriteFile(a.path, Format(a.comment, a.files), 0o644); err != nil {
		t.Errorf("update: %v", err)
	}
}

// Get returns the section of that name, and whether the case has it.
func (c Case) Get(name string) ([]byte, bool) {
	i := c.archive.find(name)
	if i < 0 {
		return nil, false
	}
	return bytes.Clone(c.archive.files[i].Data), true
}

// Names lists the sections of the case in the file's order.
func (c Case) Names() []string {
	var names []string
	for _, f := range c.archive.files {
		names = append(names, f.Name)
	}
	return names
}

// Want compares got with the section of that name and shows the first lines
// that differ. A section that is not there wants nothing: only an empty got
// agrees with it. Whether the very last line has its line feed is not compared,
// as txtar cannot say it. With UPDATE_GOLDEN=1 got becomes the section.
func (c Case) Want(t testing.TB, name string, got []byte) {
	t.Helper()
	want, present := c.Get(name)
	got = endLine(got)
	if bytes.Equal(got, want) {
		return
	}
	if !updating() {
		t.Errorf("%s: %s is not as wanted\n%s%s", c.archive.path, name, difference(want, got), howToUpdate)
		return
	}
	if hasMarker(got) {
		t.Errorf("%s: %s cannot be kept in a txtar file: one of its lines is a section marker", c.archive.path, name)
		return
	}
	if !present {
		c.archive.files = append(c.archive.files, File{Name: name})
	}
	c.archive.files[c.archive.find(name)].Data = got
	c.archive.changed = true
}
