package suite

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// RealFile is a file of the real data sets of formats.
type RealFile struct {
	Path    string // below the folder of formats, with slashes
	Format  string // as the index of the data names it
	Records int    // how many it holds, -1 where that is open
	folder  string
}

// RealFiles lists the real files of some formats, named as in the index of the
// data, in the order of the index; of no format named, all files.
func RealFiles(t testing.TB, formats ...string) []RealFile {
	t.Helper()
	folder := Data(t, "formats")
	counts := map[string]int{}
	for _, row := range rows(t, filepath.Join(folder, "counts.tsv")) {
		if n, err := strconv.Atoi(row[1]); err == nil {
			counts[row[0]] = n
		}
	}
	wanted := map[string]bool{}
	for _, f := range formats {
		wanted[f] = true
	}
	var files []RealFile
	for _, row := range rows(t, filepath.Join(folder, "index.tsv"))[1:] { // behind its heading
		if len(wanted) > 0 && !wanted[row[1]] {
			continue
		}
		f := RealFile{Path: row[0], Format: row[1], Records: -1, folder: folder}
		if n, ok := counts[f.Path]; ok {
			f.Records = n
		}
		files = append(files, f)
	}
	if len(files) == 0 {
		t.Fatalf("real files: the index has none of %v", formats)
	}
	return files
}

// rows reads a file of lines with tabs between at least two cells.
func rows(t testing.TB, path string) (out [][]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t"); len(cells) > 1 {
			out = append(out, cells)
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s has no line", path)
	}
	return out
}

// Read gives what the file holds, seen through gzip.
func (f RealFile) Read(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(f.folder, filepath.FromSlash(f.Path)))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(f.Path, ".gz") {
		return data
	}
	zr, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	if data, err = io.ReadAll(zr); err != nil {
		t.Fatalf("%s: %v", f.Path, err)
	}
	return data
}
