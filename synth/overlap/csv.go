package overlap

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/csvguard"
)

// maxBytes is far above any citation matrix and far below what would fill a machine.
const maxBytes = 64 << 20

// maxErrors is how many errors of one file are listed; more help nobody.
const maxErrors = 20

// Error is something in a file that cannot be read as a citation matrix, or that is odd about one.
type Error struct {
	File   string
	Line   int // from 1
	Column int // in bytes, from 1
	What   string
}

// Error gives the place and what is wrong: "matrix.csv:3:12: …".
func (e *Error) Error() string { return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.What) }

// Read reads the citation matrix in a file; see Parse.
func Read(path string) (*Matrix, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Parse(f, path)
}

// Parse reads a citation matrix as CSV (RFC 4180, UTF-8); name is the file's in errors. The separator is the comma, semicolon or
// tab that is most frequent in the first line. That line names the reviews, from its second field on; each line after it is
// a study: its name and one cell for each review (see ParseCell). Empty lines, also those of separators alone, are
// skipped. The apostrophe that Write sets before a formula is taken away.
//
// Published matrices name studies by author and year, so that two can share a name: each is a row of its own, the second is
// called "Smith 2010#2", and Problems says so. Two reviews of one name are an error.
//
// A wrong cell would make every figure wrong, so there is no matrix unless all of the file is understood. The error joins up
// to 20 of type *Error, each with its place; a last one says how many more there are.
func Parse(r io.Reader, name string) (*Matrix, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read citation matrix %s: %w", name, err)
	}
	if len(text) > maxBytes {
		return nil, fmt.Errorf("%s: more than %d MiB: not a citation matrix", name, maxBytes>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if err := checkUTF8(text, name); err != nil {
		return nil, err
	}
	p := &parser{file: name, csv: csv.NewReader(bytes.NewReader(text)), lines: map[string]int{}, times: map[string]int{}}
	p.csv.Comma = separator(text)
	p.csv.FieldsPerRecord = -1
	return p.parse()
}

func checkUTF8(text []byte, name string) error {
	if utf8.Valid(text) {
		return nil
	}
	rest := text
	for {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size <= 1 {
			break
		}
		rest = rest[size:]
	}
	before := text[:len(text)-len(rest)]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return &Error{name, line, column, "not UTF-8: save the table as \"CSV UTF-8\""}
}

func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, sep := range ",;\t" {
		if n := bytes.Count(header, []byte(string(sep))); n > most {
			best, most = sep, n
		}
	}
	return best
}

type parser struct {
	file  string
	csv   *csv.Reader
	m     *Matrix
	lines map[string]int // the line of each study
	times map[string]int // how often a name came again
	errs  []error
	more  int // errors past maxErrors
}

func (p *parser) parse() (*Matrix, error) {
	header, err := p.next()
	if err == io.EOF {
		return nil, &Error{p.file, 1, 1, "empty: a citation matrix begins with a line that names the reviews"}
	}
	if err != nil {
		return nil, err
	}
	if err := p.header(header); err != nil {
		return nil, err
	}
	for {
		fields, err := p.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			p.errs = append(p.errs, err) // what follows a broken quote cannot be told apart
			break
		}
		p.study(fields)
	}
	if p.more > 0 {
		p.errs = append(p.errs, fmt.Errorf("%s: %d more errors", p.file, p.more))
	}
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return p.m, nil
}

// next is the next line with something in it.
func (p *parser) next() ([]string, error) {
	for {
		fields, err := p.csv.Read()
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			return nil, &Error{p.file, broken.Line, broken.Column, "a quotation mark is out of place: " + broken.Err.Error()}
		}
		if err != nil {
			return nil, err
		}
		for _, field := range fields {
			if strings.TrimSpace(field) != "" {
				return fields, nil
			}
		}
	}
}

func (p *parser) header(fields []string) error {
	if len(fields) < 2 {
		return p.at(0, "the first line names no review: expected a heading for the studies, then one column for each review, "+
			"separated by commas, semicolons or tabs")
	}
	names := make([]string, 0, len(fields)-1)
	seen := map[string]int{}
	for i, field := range fields[1:] {
		name := csvguard.Strip(spaced(field))
		if name == "" {
			return p.at(i+1, "a column without a heading: name the review, or remove the column")
		}
		if first, ok := seen[name]; ok {
			return p.at(i+1, fmt.Sprintf("review %s is already in column %d of the table: give the two names that tell them apart",
				quoted(name), first+2))
		}
		seen[name] = i
		names = append(names, name)
	}
	m, err := New(names...)
	if err != nil {
		return p.at(0, err.Error())
	}
	p.m = m
	return nil
}

func (p *parser) study(fields []string) {
	name := csvguard.Strip(spaced(fields[0]))
	if name == "" {
		p.fail(0, "a study without a name")
		return
	}
	name = p.renamed(name)
	if want := len(p.m.reviews); len(fields)-1 != want {
		p.fail(len(fields)-1, fmt.Sprintf("study %s has %d cells, expected %d, one for each review", quoted(name), len(fields)-1, want))
		return
	}
	row := make([]Cell, len(p.m.reviews))
	for j, field := range fields[1:] {
		c, err := ParseCell(field)
		if err != nil {
			p.fail(j+1, fmt.Sprintf("study %s, review %s: %v", quoted(name), quoted(p.m.reviews[j]), err))
			continue
		}
		row[j] = c
	}
	p.m.add(name, row)
}

// renamed is the name under which a study is kept: its own, or for one that comes again with a number behind it.
func (p *parser) renamed(name string) string {
	line, column := p.csv.FieldPos(0)
	first, again := p.lines[name]
	if !again {
		p.lines[name] = line
		return name
	}
	given := name
	for taken := true; taken; _, taken = p.lines[given] {
		p.times[name]++
		given = fmt.Sprintf("%s#%d", name, p.times[name]+1)
	}
	p.lines[given] = line
	p.m.problems = append(p.m.problems, &Error{p.file, line, column, fmt.Sprintf("study %s is already in line %d: "+
		"counted as another study, %s; if it is the same one, remove a line", quoted(name), first, quoted(given))})
	return given
}

func (p *parser) fail(field int, what string) {
	if len(p.errs) >= maxErrors {
		p.more++
		return
	}
	p.errs = append(p.errs, p.at(field, what))
}

func (p *parser) at(field int, what string) error {
	line, column := p.csv.FieldPos(field)
	return &Error{p.file, line, column, what}
}

// Write writes the matrix as CSV with the heading primary_study, 1, 0 and NA. A name that a spreadsheet would run as a formula
// gets one apostrophe in front, which Parse takes away again.
func (m *Matrix) Write(w io.Writer) error {
	out := csv.NewWriter(w)
	line := []string{"primary_study"}
	for _, name := range m.reviews {
		line = append(line, csvguard.Guard(name))
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("write citation matrix: %w", err)
	}
	for i, row := range m.rows {
		line = append(line[:0], csvguard.Guard(m.studies[i]))
		for _, c := range row {
			line = append(line, c.String())
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("write citation matrix: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write citation matrix: %w", err)
	}
	return nil
}
