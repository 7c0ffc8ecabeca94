package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errNoData means that the real files are not there; it is no failure.
var errNoData = errors.New("the real files are not present: set EVIDENCE_DATA (looked in ../shared/data beside the module's root)")

// listed is a real file and the number of its records.
type listed struct {
	path    string // below the folder of formats, with slashes
	records int
}

// dataFolder is where the files of formats are. The program runs in its own
// folder, two below the module's root.
func dataFolder() (string, error) {
	root := filepath.Join("..", "..")
	folder := os.Getenv("EVIDENCE_DATA")
	switch {
	case folder == "":
		folder = filepath.Join(root, "..", "shared", "data")
	case !filepath.IsAbs(folder):
		folder = filepath.Join(root, folder)
	}
	folder = filepath.Join(folder, "formats")
	if _, err := os.Stat(filepath.Join(folder, "counts.tsv")); errors.Is(err, fs.ErrNotExist) {
		return "", errNoData
	} else if err != nil {
		return "", err
	}
	return folder, nil
}

// readList reads lines of a path, a tab and a number. Lines with # are comments.
func readList(path string) ([]listed, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []listed
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		name, count, _ := strings.Cut(strings.TrimSuffix(line, "\r"), "\t")
		n, err := strconv.Atoi(count)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: expected a path, a tab and a number of records", path, i+1)
		}
		out = append(out, listed{name, n})
	}
	return out, nil
}

// counted lists the real files of a format whose number of records is known, in
// the order of counts.tsv.
func counted(folder, format string) ([]listed, error) {
	index, err := os.ReadFile(filepath.Join(folder, "index.tsv"))
	if err != nil {
		return nil, err
	}
	formatOf := map[string]string{}
	for _, line := range strings.Split(string(index), "\n") {
		if cells := strings.Split(line, "\t"); len(cells) > 1 {
			formatOf[cells[0]] = cells[1]
		}
	}
	all, err := readList(filepath.Join(folder, "counts.tsv"))
	if err != nil {
		return nil, err
	}
	var out []listed
	for _, l := range all {
		if formatOf[l.path] == format {
			out = append(out, l)
		}
	}
	return out, nil
}

// checkList fails where a listed file has no count in the data any more, or another.
func checkList(list, known []listed) error {
	count := map[string]int{}
	for _, l := range known {
		count[l.path] = l.records
	}
	for _, l := range list {
		if n, ok := count[l.path]; !ok || n != l.records {
			return fmt.Errorf("the list says %d records of %s, the data %d: make the lists anew with -list", l.records, l.path, n)
		}
	}
	return nil
}

// part returns what a file gives to the input: its text without a byte order
// mark, ended by an empty line, and of PubMed XML what stands within the root. ok is
// false for text that is not UTF-8 or has no such root.
func part(folder, format, path string) (text []byte, ok bool, err error) {
	text, err = readPlain(filepath.Join(folder, filepath.FromSlash(path)))
	if err != nil {
		return nil, false, err
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		return nil, false, nil
	}
	if format == "pubmed_xml" {
		if text, ok = withinRoot(text); !ok {
			return nil, false, nil
		}
	}
	return append(bytes.TrimRight(text, "\r\n"), "\n\n"...), true, nil
}

func readPlain(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if !strings.HasSuffix(path, ".gz") {
		return io.ReadAll(f)
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func withinRoot(text []byte) ([]byte, bool) {
	_, text, ok := bytes.Cut(text, []byte("<PubmedArticleSet"))
	if !ok {
		return nil, false
	}
	_, text, _ = bytes.Cut(text, []byte(">"))
	end := bytes.LastIndex(text, []byte("</PubmedArticleSet>"))
	if end < 0 {
		return nil, false
	}
	return text[:end], true
}

// wrap makes a whole file of parts.
func wrap(format string, parts []byte) []byte {
	if format != "pubmed_xml" {
		return parts
	}
	return []byte("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PubmedArticleSet>\n" + string(parts) + "</PubmedArticleSet>\n")
}

// makeInput writes the files of the list, all of them so often that the input
// has at least size bytes. It returns how many records and bytes those are.
func makeInput(folder, format string, list []listed, size int, into string) (records int, written int64, err error) {
	var once []byte
	perRound := 0
	for _, l := range list {
		text, ok, err := part(folder, format, l.path)
		if err != nil {
			return 0, 0, err
		}
		if !ok {
			return 0, 0, fmt.Errorf("%s is listed and is no UTF-8 %s file: make the lists anew with -list", l.path, format)
		}
		once, perRound = append(once, text...), perRound+l.records
	}
	if len(once) == 0 {
		return 0, 0, fmt.Errorf("no file of format %s is listed", format)
	}
	rounds := max(1, (size+len(once)-1)/len(once))
	whole := wrap(format, bytes.Repeat(once, rounds))
	return perRound * rounds, int64(len(whole)), os.WriteFile(into, whole, 0o600)
}
