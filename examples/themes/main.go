// Command themes summarises records by theme: under a codebook, by the themes that
// their texts show of themselves, or both. Each statement can be followed to the
// sentence it rests on.
//
//	go run ./examples/themes included.ris
//	go run ./examples/themes -codebook codebook.json -html themes.html included.ris
//	go run ./examples/themes -k 8 -json themes.json included.ris
//
// -codebook holds themes with the words or searches that find them; without it only
// themes found in the texts are shown. -k asks for so many of those; without it
// there are as many as the texts show. -edits holds what a person made of the themes
// found before, a list of {"title": …, "records": [ID, …]}: those that hold the
// records get the title, several become one.
//
// -json writes the whole summary, -html a page of it. Before anything is written every
// quote is found again in the records and every number counted again.
//
// It exits with 0 when all was read clean, with 3 when something odd was found while
// reading, with 1 when a file could not be read or written, and with 2 when it was called
// wrongly.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/evidence-go/evidence/export"
	"github.com/evidence-go/evidence/export/report"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/synth"
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
		fmt.Fprintln(stderr, "themes:", err)
		return misused
	}
	if err := j.do(ctx, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "themes:", err)
		return failed
	}
	if j.found > 0 {
		return odd
	}
	return clean
}

// job is what the command line asks for, and what was read.
type job struct {
	options        synth.Options
	asJSON, asHTML string // files to write, "" for none
	files          []string

	records []*record.Record
	loads   record.Manifest
	found   int // problems
}

const usage = "usage: themes [-codebook FILE] [-k N] [-edits FILE] [-json FILE] [-html FILE] FILE…"

func parse(args []string, stderr io.Writer) (*job, error) {
	j := &job{}
	flags := flag.NewFlagSet("themes", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run says what is wrong, once
	codebook := flags.String("codebook", "", "themes to look for, as JSON")
	edits := flags.String("edits", "", "what a person made of the themes found before, as JSON")
	flags.IntVar(&j.options.FoundThemes, "k", 0, "how many themes to find; 0 for as many as the texts show")
	flags.StringVar(&j.asJSON, "json", "", "file to write the summary to")
	flags.StringVar(&j.asHTML, "html", "", "file to write a page to")
	flags.Usage = func() {}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			fmt.Fprintln(stderr, usage)
			flags.PrintDefaults()
		}
		return nil, err
	}
	if j.files = flags.Args(); len(j.files) == 0 {
		return nil, errors.New("name the files to read")
	}
	if j.options.FoundThemes < 0 {
		return nil, errors.New("-k: a number of themes was expected, 0 for as many as the texts show")
	}
	var err error
	if *codebook != "" {
		if j.options.Codebook, err = synth.LoadCodebook(*codebook); err != nil {
			return nil, fmt.Errorf("-codebook: %w", err)
		}
	}
	if *edits != "" {
		text, err := os.ReadFile(*edits)
		if err != nil {
			return nil, fmt.Errorf("-edits: %w", err)
		}
		if err := json.Unmarshal(text, &j.options.FoundEdits); err != nil {
			return nil, fmt.Errorf("-edits: %s: %w", *edits, err)
		}
	}
	return j, nil
}

func (j *job) do(ctx context.Context, stdout, stderr io.Writer) error {
	if err := j.read(stderr); err != nil {
		return err
	}
	sum, err := synth.Summarize(ctx, j.records, j.options)
	if err != nil {
		return err
	}
	if err := sum.Verify(j.records); err != nil {
		return err
	}
	if err := j.write(sum); err != nil {
		return err
	}
	show(stdout, sum)
	return nil
}

func (j *job) read(stderr io.Writer) error {
	var unread []error
	for _, path := range j.files {
		lib, err := formats.Open(path)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		j.records = append(j.records, lib.Records...)
		j.loads = append(j.loads, lib.Load)
		j.found += len(lib.Problems)
		for _, p := range lib.Problems {
			fmt.Fprintln(stderr, p)
		}
	}
	return errors.Join(unread...)
}

// write writes the files that were asked for, each whole or not at all.
func (j *job) write(sum *synth.Summary) error {
	for _, f := range []struct {
		path  string
		write func(io.Writer) error
	}{
		{j.asJSON, func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			return e.Encode(sum)
		}},
		{j.asHTML, func(w io.Writer) error {
			return report.Write(w, report.Input{Manifest: j.loads, Summary: sum, Records: j.records})
		}},
	} {
		if f.path == "" {
			continue
		}
		dir, name := filepath.Split(f.path)
		if err := export.Write(filepath.Clean(dir), []export.Part{{Name: name, Write: f.write}}); err != nil {
			return err
		}
	}
	return nil
}

// show prints the themes, those of the codebook first, each with its best sentences.
func show(w io.Writer, sum *synth.Summary) {
	for _, t := range sum.Themes {
		indent := strings.Repeat("  ", t.Depth)
		claim := t.Label() + ": nothing was found"
		if len(t.Claims) > 0 {
			claim = t.Claims[0].Text
		}
		fmt.Fprintf(w, "%s%s\n", indent, claim)
		if len(t.Phrases) > 0 {
			fmt.Fprintf(w, "%s  %s\n", indent, strings.Join(t.Phrases, ", "))
		}
		quotes(w, indent, t.Evidence)
	}
	if len(sum.Themes) > 0 && len(sum.Found) > 0 {
		fmt.Fprintf(w, "\nFound in the texts:\n")
	}
	for _, t := range sum.Found {
		fmt.Fprintf(w, "%s\n  comes out again in %.0f %% of samples; %s\n", t.Claims[0].Text, 100*t.Stability, strings.Join(t.Terms[:min(8, len(t.Terms))], ", "))
		quotes(w, "", t.Evidence)
	}
	fmt.Fprintln(w)
	for _, n := range sum.Notes {
		fmt.Fprintln(w, n)
	}
}

// quotes prints the best sentences with their place.
func quotes(w io.Writer, indent string, evidence []synth.Quote) {
	const most = 3
	for _, q := range evidence[:min(most, len(evidence))] {
		fmt.Fprintf(w, "%s  “%s” [%s, %s %d–%d]\n", indent, strings.Join(strings.Fields(q.Text), " "), q.Record, q.Field, q.Start, q.End)
	}
}
