// Command convert reads files of bibliographic records in any format it knows
// and writes them as one file in another.
//
//	go run ./examples/convert -to csljson export.ris > export.json
//	go run ./examples/convert -to ris -o all.ris -problems problems.jsonl medline.nbib scopus.bib
//	go run ./examples/convert -to bibtex -o all.bib -losses losses.jsonl embase.ris
//	go run ./examples/convert -count downloads/*
//
// The format of a file is found from its content unless -from names it. Of a zip
// archive each file in it is read, in the order of their names; what is not of
// records is passed over and listed. Records go from reader to writer one at a time, so that a file may be of any size.
//
// -losses lists each value that the format written does not hold, which it finds by
// reading every record back, and at the end how many values of which field.
//
// It exits with 0 when all was read clean, with 3 when something odd was found on
// the way, with 1 when a file could not be read or the output not written, and
// with 2 when it was called wrongly. With -o nothing is written on 1.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/export"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// What run returns.
const (
	clean = iota
	failed
	misused
	odd
)

func run(args []string, stdout, stderr io.Writer) int {
	j, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return clean
	}
	if err != nil {
		fmt.Fprintln(stderr, "convert:", err)
		return misused
	}
	j.report = stderr
	if j.out != "" || j.to.IsZero() {
		j.report = stdout
	}
	if err := j.do(stdout); err != nil {
		fmt.Fprintln(stderr, "convert:", err)
		return failed
	}
	if j.found > 0 {
		return odd
	}
	return clean
}

// job is what the command line asks for, and what was found so far.
type job struct {
	from, to record.Format // zero: found from the content; none, only counted
	out      string
	count    bool
	files    []string

	problems string    // name of the file that lists them
	list     io.Writer // that file
	lossList string    // name of the file that lists losses
	lost     *losses   // nil where nobody asks for them
	report   io.Writer // where counts go
	found    int       // problems
}

func parse(args []string, stderr io.Writer) (*job, error) {
	j := &job{list: io.Discard}
	flags := flag.NewFlagSet("convert", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run says what is wrong, once
	from := flags.String("from", "", "format of the files: "+strings.Join(formats.Names(), ", "))
	to := flags.String("to", "", "format to write: "+strings.Join(written(), ", "))
	flags.StringVar(&j.out, "o", "", "file to write; without it the standard output")
	flags.StringVar(&j.problems, "problems", "", "file to list the problems in, as JSON, one a line")
	flags.StringVar(&j.lossList, "losses", "", "file to list in what the format written does not hold, as JSON, one value a line")
	flags.BoolVar(&j.count, "count", false, "say how many records and problems each file has; -to may be left out")
	flags.Usage = func() {}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			fmt.Fprintln(stderr, "usage: convert [-from NAME] -to NAME [-o FILE] [-problems FILE.jsonl] [-losses FILE.jsonl] [-count] FILE…")
			flags.PrintDefaults()
		}
		return nil, err
	}
	j.files = flags.Args()
	var err error
	if *from != "" {
		if j.from, err = formats.ByName(*from); err != nil {
			return nil, fmt.Errorf("-from: %w", err)
		}
	}
	if *to != "" {
		if j.to, err = formats.ByName(*to); err != nil {
			return nil, fmt.Errorf("-to: %w", err)
		}
		if j.to.Encode == nil {
			return nil, fmt.Errorf("-to: format %s is only read; name one of %s", j.to.Name, strings.Join(written(), ", "))
		}
	}
	switch {
	case len(j.files) == 0:
		return nil, errors.New("name the files to read")
	case j.to.IsZero() && !j.count:
		return nil, errors.New("-to says which format to write: " + strings.Join(written(), ", "))
	case j.to.IsZero() && j.out != "":
		return nil, errors.New("-o needs -to")
	case j.to.IsZero() && j.lossList != "":
		return nil, errors.New("-losses needs -to")
	}
	return j, nil
}

// written are the names of the formats that can be written.
func written() (names []string) {
	for _, f := range formats.All() {
		if f.Encode != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// do converts the files to where the command line says.
func (j *job) do(stdout io.Writer) (err error) {
	if j.problems != "" {
		f, err := os.Create(j.problems)
		if err != nil {
			return err
		}
		j.list = f
		defer func() { err = errors.Join(err, f.Close()) }()
	}
	if j.lossList != "" {
		f, err := os.Create(j.lossList)
		if err != nil {
			return err
		}
		j.lost = &losses{to: j.to, list: f, byField: map[record.Field]int{}}
		defer func() { err = errors.Join(err, f.Close()) }()
	}
	if j.out == "" {
		return j.convert(stdout)
	}
	dir, name := filepath.Split(j.out)
	return export.Write(filepath.Clean(dir), []export.Part{{Name: name, Write: j.convert}})
}

// convert writes the records of all files as one. A file that cannot be read
// does not keep the others from being written to the standard output.
func (j *job) convert(dst io.Writer) error {
	write := func(*record.Record) error { return nil }
	end := func() error { return nil }
	if !j.to.IsZero() {
		w := record.NewWriter(dst, j.to)
		write, end = w.Write, w.Close
	}
	var unread []error
	for _, path := range j.files {
		if err := j.file(path, write); err != nil {
			unread = append(unread, err)
		}
	}
	if j.lost != nil {
		fmt.Fprintln(j.report, j.lost.summary())
	}
	return errors.Join(append(unread, end())...)
}

// file hands the records of one file to write, or of each file in a zip archive, and
// says what was odd.
func (j *job) file(path string, write func(*record.Record) error) error {
	var unread []error
	for rd, err := range formats.Readers(path, record.ReadOptions{Format: j.from}) {
		var e *record.Error
		switch {
		case errors.Is(err, formats.ErrPassedOver) && errors.As(err, &e):
			err = j.passedOver(e.Problem)
		case err == nil:
			err = j.records(rd, write)
		}
		if err != nil {
			unread = append(unread, err)
		}
	}
	return errors.Join(unread...)
}

// passedOver says that a file in an archive was not read.
func (j *job) passedOver(p record.Problem) error {
	j.found++
	if j.count {
		fmt.Fprintf(j.report, "%s: not read: %s\n", p.File, p.Text)
	}
	return j.note([]record.Problem{p})
}

// records hands those of one reader to write.
func (j *job) records(rd *record.Reader, write func(*record.Record) error) error {
	for r, err := range rd.All() {
		if err != nil {
			return errors.Join(err, j.close(rd))
		}
		if err := j.note(r.Problems); err != nil {
			return err
		}
		if err := write(r); err != nil {
			return err
		}
		if j.lost != nil {
			if err := j.lost.of(r); err != nil {
				return fmt.Errorf("%s: %w", j.lossList, err)
			}
		}
	}
	return j.close(rd)
}

// close lists what belongs to no record, and gives the counts of a file.
func (j *job) close(rd *record.Reader) error {
	load := rd.Load()
	j.found += load.Problems
	if j.count {
		fmt.Fprintf(j.report, "%s: %s, %d records, %d problems%s\n", load.File, load.Format, load.Records, load.Problems, grouped(load.ByCode))
	}
	return j.note(rd.Problems())
}

// grouped writes the problems by code: " (date 2, junk 1)".
func grouped(byCode map[record.Code]int) string {
	var out []string
	for _, code := range slices.Sorted(maps.Keys(byCode)) {
		out = append(out, fmt.Sprintf("%s %d", code, byCode[code]))
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, ", ") + ")"
}

// note lists problems in the file for them.
func (j *job) note(problems []record.Problem) error {
	e := json.NewEncoder(j.list)
	e.SetEscapeHTML(false)
	for _, p := range problems {
		if err := e.Encode(p); err != nil {
			return fmt.Errorf("%s: %w", j.problems, err)
		}
	}
	return nil
}
