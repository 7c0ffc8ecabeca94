// Command search runs a search strategy of Ovid, PubMed or another platform on files
// of bibliographic records, and prints the keys of what it finds.
//
//	go run ./examples/search -query strategy.ovid -lines medline.nbib embase.ris
//	go run ./examples/search -q 'peer support[tiab] AND 2015:2020[dp]' -explain 31000001 medline.nbib
//	go run ./examples/search -query strategy.ovid -mesh desc2026.xml -to pubmed medline.nbib
//
// -q is the strategy itself, -query a file that holds it. Without -dialect its marks
// tell which platform it was written for. -mesh is a tree of headings, which
// exploding a heading follows: NLM's descriptor XML, its ASCII tree, or a table. With
// -lenient common slips are read as what they were meant to be, and what was
// assumed is said.
//
// -lines prints before the keys how many records each line finds, and of how many it
// cannot be said since they lack what the line asks for: an abstract, headings.
// With -as-is they are asked as a database asks its own: what a record lacks is not there.
// -unsure prints the keys of those instead of what is found, with what they lack.
// -explain says what the strategy says of one record, line by line, and where. -to
// prints the strategy as another platform would have it, and what could not be
// carried over; it needs no files.
//
// It exits with 0 when all was read clean, with 3 when something odd was found while
// reading the records, with 1 when a file could not be read, and with 2 when it was
// called wrongly or the strategy cannot be read; then each place is shown.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/screen/query"
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
	var wrong *query.Error
	if errors.As(err, &wrong) {
		show(stderr, j, wrong.Notes)
		return misused
	}
	if err != nil {
		fmt.Fprintln(stderr, "search:", err)
		return misused
	}
	if err := j.do(stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "search:", err)
		if errors.Is(err, errCall) {
			return misused
		}
		return failed
	}
	if j.found > 0 {
		return odd
	}
	return clean
}

// errCall marks an error that lies in how the program was called.
var errCall = errors.New("called wrongly")

// job is what the command line asks for, and what was read.
type job struct {
	name     string // of the strategy: its file, or -q
	text     string
	strategy *query.Query
	lines    bool
	unsure   bool
	explain  string
	to       query.Dialect
	files    []string

	records []*record.Record
	names   []string // by which the records are printed
	found   int      // problems
}

const usage = "usage: search (-q TEXT | -query FILE) [-dialect NAME] [-lenient] [-as-is] [-mesh FILE] [-lines] [-unsure] [-explain KEY] [-to NAME] FILE…"

func parse(args []string, stderr io.Writer) (*job, error) {
	j := &job{name: "-q"}
	var o query.Options
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run says what is wrong, once
	file := flags.String("query", "", "file that holds the strategy")
	mesh := flags.String("mesh", "", "tree of subject headings, to explode headings by")
	dialect := flags.String("dialect", "", "platform that the strategy was written for: "+dialects()+"; without it its marks tell")
	to := flags.String("to", "", "platform to print the strategy for")
	flags.StringVar(&j.text, "q", "", "the strategy")
	flags.BoolVar(&o.Lenient, "lenient", false, "read common slips as what they were meant to be")
	flags.BoolVar(&o.AsIs, "as-is", false, "ask records as a database does: what a record lacks is not there")
	flags.BoolVar(&j.lines, "lines", false, "print how many records each line finds")
	flags.BoolVar(&j.unsure, "unsure", false, "print the records that cannot be judged, and what they lack")
	flags.StringVar(&j.explain, "explain", "", "key of a record: say what each line says of it, and where")
	flags.Usage = func() {}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			fmt.Fprintln(stderr, usage)
			flags.PrintDefaults()
		}
		return nil, err
	}
	j.files = flags.Args()
	if err := j.load(*file, *mesh, &o); err != nil {
		return nil, err
	}
	var err error
	if j.to, err = dialectNamed("-to", *to); err != nil {
		return nil, err
	}
	if o.Dialect, err = dialectNamed("-dialect", *dialect); err != nil {
		return nil, err
	}
	if o.Dialect == "" {
		if o.Dialect = query.Detect(j.text); o.Dialect == "" {
			o.Dialect = query.PubMed // plain words and operators mean the same there
		}
	}
	if len(j.files) == 0 && j.to == "" {
		return nil, errors.New("name the files to search")
	}
	j.strategy, err = query.ParseWith(o, j.text)
	return j, err
}

// load reads the files that the strategy is made of.
func (j *job) load(file, mesh string, o *query.Options) error {
	switch {
	case file != "" && j.text != "":
		return errors.New("-q and -query both give a strategy; leave one out")
	case file != "":
		text, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("-query: %w", err)
		}
		j.name, j.text = file, string(text)
	}
	if strings.TrimSpace(j.text) == "" {
		return errors.New("a strategy is missing: give it with -q, or its file with -query")
	}
	if mesh == "" {
		return nil
	}
	f, err := os.Open(mesh)
	if err != nil {
		return fmt.Errorf("-mesh: %w", err)
	}
	defer f.Close()
	if o.Headings, err = query.ReadTree(f, mesh); err != nil {
		return fmt.Errorf("-mesh: %w", err)
	}
	return nil
}

func dialects() string {
	var names []string
	for _, d := range query.Dialects() {
		names = append(names, string(d))
	}
	return strings.Join(names, ", ")
}

func dialectNamed(flag, name string) (query.Dialect, error) {
	d := query.Dialect(strings.ToLower(name))
	if name != "" && !slices.Contains(query.Dialects(), d) {
		return "", fmt.Errorf("%s: %q is none of %s", flag, name, dialects())
	}
	return d, nil
}

// show prints notes, each with the line it is about and a mark below the place.
func show(w io.Writer, j *job, notes []query.Note) {
	lines := strings.Split(j.text, "\n")
	for _, n := range notes {
		fmt.Fprintf(w, "%s:%d:%d: %s\n", j.name, n.Line, n.Column, n.Text)
		if n.Line <= len(lines) {
			text, mark := window(strings.ReplaceAll(strings.TrimRight(lines[n.Line-1], "\r"), "\t", " "), n.Column)
			fmt.Fprintf(w, "    %s\n    %s^\n", text, strings.Repeat(" ", mark))
		}
		if n.Try != "" {
			fmt.Fprintf(w, "    try: %s\n", n.Try)
		}
	}
}

// window cuts a long line down to what stands about a column.
func window(line string, column int) (text string, mark int) {
	const before, most = 40, 100
	runes := []rune(line)
	start := max(0, min(column-1-before, len(runes)))
	end := min(len(runes), start+most)
	text, mark = string(runes[start:end]), max(column-1-start, 0)
	if start > 0 {
		text, mark = "…"+text, mark+1
	}
	if end < len(runes) {
		text += "…"
	}
	return text, mark
}

func (j *job) do(stdout, stderr io.Writer) error {
	show(stderr, j, j.strategy.Notes)
	if j.to != "" {
		text, lost := query.Print(j.to, j.strategy)
		show(stderr, j, lost)
		fmt.Fprintln(stdout, text)
		return nil
	}
	if err := j.read(stderr); err != nil {
		return err
	}
	if j.explain != "" {
		return j.one(stdout)
	}
	res := j.strategy.Run(j.records)
	show(stderr, j, res.Notes)
	if j.lines {
		j.table(stdout, res)
	}
	last := res.Last()
	if j.unsure {
		for i := range last.CannotSay.All() {
			fmt.Fprintf(stdout, "%s\t%s\n", j.names[i], lacks(j.strategy.Match(j.records[i])))
		}
	} else {
		for i := range last.Yes.All() {
			fmt.Fprintln(stdout, j.names[i])
		}
	}
	fmt.Fprintf(stderr, "%d of %d records found; of %d more it cannot be said\n", last.Count(), len(j.records), last.CannotSay.Count())
	return nil
}

// table prints the hits of each line.
func (j *job) table(w io.Writer, res query.Results) {
	fmt.Fprintf(w, "%5s %8s %10s  %s\n", "line", "found", "cannot say", "search")
	for i, l := range res.Lines {
		text := []rune(strings.Join(strings.Fields(j.strategy.Lines[i].Text), " "))
		if len(text) > 90 {
			text = append(text[:89], '…')
		}
		if !l.Search {
			fmt.Fprintf(w, "%5s %8s %10s  %s\n", l.Label, "", "", string(text))
			continue
		}
		fmt.Fprintf(w, "%5s %8d %10d  %s\n", l.Label, l.Count(), l.CannotSay.Count(), string(text))
	}
	fmt.Fprintln(w)
}

// lacks says what a record lacks that an answer hangs on.
func lacks(a query.Answer) string {
	var names []string
	for _, f := range a.Missing {
		names = append(names, string(f))
	}
	if len(names) == 0 {
		return "a limit that is not known here"
	}
	return "no " + strings.Join(names, ", no ")
}

// one says what the strategy says of one record.
func (j *job) one(w io.Writer) error {
	i := slices.Index(j.names, j.explain)
	if i < 0 {
		return fmt.Errorf("-explain: no record has the key %q (%w)", j.explain, errCall)
	}
	r := j.records[i]
	a := j.strategy.Match(r)
	fmt.Fprintf(w, "%s  %s\n%s", j.names[i], r.Title, a.Verdict)
	if a.Verdict == query.CannotSay {
		fmt.Fprintf(w, ": %s", lacks(a))
	}
	fmt.Fprintln(w)
	for line, v := range a.Lines {
		if j.strategy.Lines[line].Expr != nil {
			fmt.Fprintf(w, "%5s  %-10s  %s\n", j.strategy.Label(line), v, strings.Join(strings.Fields(j.strategy.Lines[line].Text), " "))
		}
	}
	for _, s := range a.Spans {
		fmt.Fprintf(w, "line %s found %s\n", j.strategy.Label(s.Line), s)
	}
	for _, n := range a.Notes {
		fmt.Fprintln(w, n)
	}
	return nil
}

// read reads all files and names the records.
func (j *job) read(stderr io.Writer) error {
	var unread []error
	for _, path := range j.files {
		lib, err := formats.Open(path)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		j.records = append(j.records, lib.Records...)
		j.found += len(lib.Problems)
		for _, p := range lib.Problems {
			fmt.Fprintln(stderr, p)
		}
	}
	keys := map[string]int{}
	for _, r := range j.records {
		keys[r.Key]++
	}
	for _, r := range j.records {
		name := r.Key
		if keys[name] > 1 {
			name = filepath.Base(r.Source.File) + "/" + name
		}
		j.names = append(j.names, name)
	}
	return errors.Join(unread...)
}
