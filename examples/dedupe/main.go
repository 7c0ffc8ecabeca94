// Command dedupe finds the duplicates in files of bibliographic records of any format
// that it knows, says how sure it is, and merges them.
//
//	go run ./examples/dedupe -o unique.ris medline.nbib scopus.bib
//	go run ./examples/dedupe -clusters clusters.csv -doubtful doubtful.csv export.csv
//	go run ./examples/dedupe -explain 31000001,scopus-17 medline.nbib scopus.bib
//
// Without -policy the recommended policy holds. A policy is a JSON file:
//
//	{"kinds": {"preprint": "same", "conference-abstract": "unsure"}}
//
// -o writes the merged records, and those that have no duplicate, in the format of the
// file's ending: .ris, .nbib, .bib, .json (CSL-JSON), .csv, .tsv, .enw, .ciw, .ndjson.
//
// -clusters writes the key of each record and the key of the first record of its group.
// A key that stands in several files is written behind the name of its file, as in
// "scopus.ris/17"; -explain knows it by that name too.
//
// -explain says how two records compare, level by level, and whether they were joined.
//
// It exits with 0 when all was read clean, with 3 when something odd was found while
// reading, with 1 when a file could not be read or written (then no file is), and with 2 when it
// was called wrongly.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export"
	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// What run returns.
const (
	clean = iota
	failed
	misused
	odd
)

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	j, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return clean
	}
	if err != nil {
		fmt.Fprintln(stderr, "dedupe:", err)
		return misused
	}
	if err := j.do(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "dedupe:", err)
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
	policy                  dedupe.Policy
	out, clusters, doubtful string        // files to write, "" for none
	format                  record.Format // of out
	explain                 string
	files                   []string

	records []*record.Record
	names   map[*record.Record]string
	found   int // problems
}

func parse(args []string, stderr io.Writer) (*job, error) {
	j := &job{}
	flags := flag.NewFlagSet("dedupe", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run says what is wrong, once
	policy := flags.String("policy", "", "policy, as JSON; without it the recommended one")
	flags.StringVar(&j.out, "o", "", "file to write the merged records to, in the format of its ending")
	flags.StringVar(&j.clusters, "clusters", "", "CSV file to write id,cluster to")
	flags.StringVar(&j.doubtful, "doubtful", "", "CSV file to write the pairs to that a person should look at")
	flags.StringVar(&j.explain, "explain", "", "keys of two records, A,B: say how they compare")
	flags.Usage = func() {}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			fmt.Fprintln(stderr, "usage: dedupe [-policy FILE] [-o FILE] [-clusters FILE.csv] [-doubtful FILE.csv] [-explain A,B] FILE…")
			flags.PrintDefaults()
		}
		return nil, err
	}
	if j.files = flags.Args(); len(j.files) == 0 {
		return nil, errors.New("name the files to read")
	}
	if j.explain != "" && !strings.Contains(j.explain, ",") {
		return nil, errors.New("-explain needs two keys with a comma between them, A,B")
	}
	var err error
	if *policy != "" {
		if j.policy, err = dedupe.LoadPolicy(*policy); err != nil {
			return nil, fmt.Errorf("-policy: %w", err)
		}
	}
	if j.out != "" {
		if j.format, err = formatOf(j.out); err != nil {
			return nil, fmt.Errorf("-o: %w", err)
		}
	}
	return j, nil
}

// formatOf finds the first format that is written into files of that ending.
func formatOf(path string) (record.Format, error) {
	var endings []string
	end := strings.ToLower(filepath.Ext(path))
	for _, f := range formats.All() {
		if f.Encode == nil {
			continue
		}
		if slices.Contains(f.Extensions, end) {
			return f, nil
		}
		for _, e := range f.Extensions {
			if !slices.Contains(endings, e) {
				endings = append(endings, e)
			}
		}
	}
	return record.Format{}, fmt.Errorf("%s: the ending names the format; expected one of %s", path, strings.Join(endings, " "))
}

func (j *job) do(ctx context.Context, stdout, stderr io.Writer) error {
	if err := j.read(stderr); err != nil {
		return err
	}
	res, err := dedupe.Find(ctx, j.records, j.policy)
	if err != nil {
		return err
	}
	if j.explain != "" {
		if err := j.compare(stdout, res); err != nil {
			return err
		}
	}
	merged := dedupe.Merge(res, dedupe.MergePolicy{})
	if err := j.write(res, merged); err != nil {
		return err
	}
	if j.explain != "" {
		return nil
	}
	fmt.Fprintln(stdout, res.Methods())
	if c := dedupe.CountContributions(merged); len(c.Databases) > 1 {
		fmt.Fprintln(stdout, c)
	}
	return nil
}

// read reads all files and gives the records their names.
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
	j.names = make(map[*record.Record]string, len(j.records))
	for _, r := range j.records {
		j.names[r] = r.Key
		if keys[r.Key] > 1 {
			j.names[r] = filepath.Base(r.Source.File) + "/" + r.Key
		}
	}
	return errors.Join(unread...)
}

// write writes the files that were asked for: those of one folder all or none.
func (j *job) write(res *dedupe.Result, merged []*record.Record) error {
	folders, parts := []string{}, map[string][]export.Part{}
	add := func(path string, write func(io.Writer) error) {
		dir, name := filepath.Split(path)
		dir = filepath.Clean(dir)
		if parts[dir] == nil {
			folders = append(folders, dir)
		}
		parts[dir] = append(parts[dir], export.Part{Name: name, Write: write})
	}
	if j.out != "" {
		add(j.out, export.Records("", j.format, merged).Write)
	}
	if j.clusters != "" {
		add(j.clusters, j.clusterTable(res).WriteRawCSV) // programs read it, by the keys as they are
	}
	if j.doubtful != "" {
		add(j.doubtful, j.doubtfulTable(res).WriteCSV)
	}
	for _, dir := range folders {
		if err := export.Write(dir, parts[dir]); err != nil {
			return err
		}
	}
	return nil
}

// clusterTable names for each record the first one of its group.
func (j *job) clusterTable(res *dedupe.Result) table.Table {
	first := map[*record.Record]*record.Record{}
	for _, g := range res.Groups {
		for _, r := range g.Records {
			first[r] = g.Records[0]
		}
	}
	t := table.Table{Name: "clusters", Columns: []string{"id", "cluster"}}
	for _, r := range res.Records {
		f := r
		if first[r] != nil {
			f = first[r]
		}
		t.Rows = append(t.Rows, []string{j.names[r], j.names[f]})
	}
	return t
}

// doubtfulTable lists the pairs that a person should look at, the most unsure first.
func (j *job) doubtfulTable(res *dedupe.Result) table.Table {
	t := table.Table{Name: "doubtful", Columns: []string{"score", "rule", "why", "a", "title_a", "b", "title_b"}}
	for _, l := range res.Doubtful {
		t.Rows = append(t.Rows, []string{strconv.FormatFloat(l.Score, 'f', 4, 64), l.Rule, l.Why, j.names[l.A], l.A.Title, j.names[l.B], l.B.Title})
	}
	return t
}
