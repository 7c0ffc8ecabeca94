// Command review carries a literature review from database exports to findings:
// it reads the files, finds duplicates, screens by the protocol, summarises what
// is included, and writes a folder with records, decisions, tables, the flow
// diagram and a report.
//
//	go run ./examples/review
//	go run ./examples/review -protocol FILE [-codebook FILE] -out DIR FILES…
//
// Without files it runs on invented sample data that is built in: about 120
// records of peer support in mental health from four pretended databases. The
// files in sample/ are models for your own.
//
// Themes are put into words by a template, which needs no model, or by a file of
// sentences that a person or a language model wrote (-wording) from the briefs.json
// of an earlier run. Only sentences that follow from what they cite reach summary
// and report; tables/stopped-sentences.csv lists the others, each with its reasons.
//
// It exits with 0 when all went well, with 1 when something could not be read or
// written (nothing is written then), and with 2 when it was called wrongly.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are what the command line says.
type options struct {
	protocol  string
	codebook  string
	axes      list // further codebooks
	decisions string
	kept      list // STAGE=FILE
	searches  string
	wording   string
	out       string
	date      string
	truncated bool
	files     []string
	embedded  bool // the files are the sample data that is built in
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string     { return strings.Join(*l, ", ") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

const usage = `usage: review [-out DIR]
       review -protocol FILE [-codebook FILE] [-axis FILE]… [-decisions FILE.csv]
              [-kept STAGE=FILE]… [-searches FILE.csv] [-wording FILE] [-truncated] [-date TEXT] [-out DIR] FILE…

Without files it runs on the built-in sample data. Models for your own protocol,
codebooks, decisions and searches are in examples/review/sample.

`

// parse reads the command line.
func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	fs := flag.NewFlagSet("review", flag.ContinueOnError)
	fs.SetOutput(stderr)
	fs.Usage = func() { fmt.Fprint(stderr, usage); fs.PrintDefaults() }
	fs.StringVar(&o.protocol, "protocol", "", "the review's protocol, JSON")
	fs.StringVar(&o.codebook, "codebook", "", "the themes to summarise by, JSON")
	fs.Var(&o.axes, "axis", "a further codebook to cross the themes with, JSON; may be given several times")
	fs.StringVar(&o.decisions, "decisions", "", "what persons decided, CSV: record,stage,by,verdict,reason,note,date")
	fs.Var(&o.kept, "kept", "STAGE=FILE: the records that persons kept at a stage; what the rules leave open and is not in it was excluded")
	fs.StringVar(&o.searches, "searches", "", "the searches, CSV: file,database,platform,date_searched,hits,strategy,source;\nsource is database, register, or the other method by which the records were found")
	fs.StringVar(&o.wording, "wording", "", "the themes put into words, JSON: {\"by\": …, \"themes\": {NAME: [{\"text\": …, \"cites\": […]}]}}; without it a template does so.\nEach sentence is checked against what it cites; briefs.json of an earlier run says what can be cited")
	fs.StringVar(&o.out, "out", "review-out", "folder to write to")
	fs.BoolVar(&o.truncated, "truncated", false, "go on with what is left of a file that ends in the middle of a record")
	fs.StringVar(&o.date, "date", "", "the date that the report carries")
	if err := fs.Parse(args); err != nil {
		return o, err
	}
	o.files = fs.Args()
	given := o.protocol != "" || o.codebook != "" || len(o.axes) > 0 || o.decisions != "" || len(o.kept) > 0 || o.searches != "" || o.wording != ""
	for _, f := range o.files {
		if strings.HasPrefix(f, "-") {
			return o, fmt.Errorf("%s stands behind a file: flags come before the files", f)
		}
	}
	switch {
	case o.out == "":
		return o, errors.New("-out needs the name of a folder")
	case len(o.files) == 0 && given:
		return o, errors.New("no files of records were named")
	case len(o.files) == 0:
		return sampleOptions(o.out, o.date), nil
	case len(o.files) > 0 && o.protocol == "":
		return o, errors.New("a review needs a protocol: -protocol FILE; examples/review/sample/protocol.json is one to begin with")
	}
	return o, nil
}

// run is the program; it returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintln(stderr, "review:", err)
		return 2
	}
	r := &review{options: o, progress: stderr}
	if err := r.carry(ctx); err != nil {
		fmt.Fprintln(stderr, "review:", err)
		fmt.Fprintln(stderr, "review: nothing was written")
		return 1
	}
	r.print(stdout)
	return 0
}
