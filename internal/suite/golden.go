package suite

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const howToUpdate = "if the new form is right: UPDATE_GOLDEN=1 go test, then read the difference"

// updating reports whether the person at the keyboard asked for what is wanted
// to be written anew.
func updating() bool { return os.Getenv("UPDATE_GOLDEN") == "1" }

// Golden compares got, byte for byte, with the file at path. With
// UPDATE_GOLDEN=1 got becomes the file, and folders on the way are made.
func Golden(t testing.TB, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	if err == nil && bytes.Equal(got, want) {
		return
	}
	if updating() {
		write(t, path, got)
		return
	}
	if err != nil {
		t.Errorf("golden file: %v\n%s", err, howToUpdate)
		return
	}
	t.Errorf("%s is not as wanted\n%s%s", path, difference(want, got), howToUpdate)
}

// PassList is a ratchet: file lists, one a line and sorted, the names of what
// passed before; passed are those that pass now, in any order. A listed name
// that does not pass any more fails the test. A name that newly passes fails
// it too until it is added, so that it cannot be lost again unseen;
// UPDATE_GOLDEN=1 adds it. A name is never taken out of the list except by
// hand. A file that does not exist is an empty list.
func PassList(t testing.TB, file string, passed []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("pass list: %v", err)
		return
	}
	listed := lines(string(text))
	if !slices.IsSorted(listed) && !updating() {
		t.Errorf("%s is not sorted\nUPDATE_GOLDEN=1 sorts it", file)
	}
	lost, found := without(listed, passed), without(passed, listed)
	if len(lost) > 0 {
		t.Errorf("%s: %d that passed before do not pass now:\n%s", file, len(lost), some(lost))
	}
	if updating() {
		writeList(t, file, text, append(listed, found...))
		return
	}
	if len(found) > 0 {
		t.Errorf("%s: %d newly pass: add them (UPDATE_GOLDEN=1 does it):\n%s", file, len(found), some(found))
	}
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// without returns the names of a that are not in b, sorted, each once.
func without(a, b []string) []string {
	in := make(map[string]bool, len(b))
	for _, name := range b {
		in[name] = true
	}
	var out []string
	for _, name := range a {
		if !in[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// some shows the first names of a list that may have thousands.
func some(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, "\n")
	}
	return fmt.Sprintf("%s\n… and %d more", strings.Join(names[:most], "\n"), len(names)-most)
}

// writeList leaves the file alone where it holds the list already, so that an
// update touches only what changed.
func writeList(t testing.TB, file string, before []byte, names []string) {
	t.Helper()
	slices.Sort(names)
	names = slices.Compact(names)
	after := endLine([]byte(strings.Join(names, "\n")))
	if !bytes.Equal(before, after) {
		write(t, file, after)
	}
}

func write(t testing.TB, path string, text []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Errorf("update: %v", err)
		return
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		t.Errorf("update: %v", err)
	}
}

// difference shows the first line in which two texts differ, and the few
// after it, quoted so that tabs, carriage returns and bad UTF-8 can be seen.
func difference(want, got []byte) string {
	const after = 4
	w, g := strings.SplitAfter(string(want), "\n"), strings.SplitAfter(string(got), "\n")
	first := 0
	for first < len(w) && first < len(g) && w[first] == g[first] {
		first++
	}
	var out strings.Builder
	for _, side := range []struct {
		name  string
		lines []string
	}{{"want", w}, {"got", g}} {
		for i := first; i < len(side.lines) && i <= first+after; i++ {
			if side.lines[i] != "" {
				fmt.Fprintf(&out, "%-4s line %d: %q\n", side.name, i+1, side.lines[i])
			}
		}
	}
	return out.String()
}
