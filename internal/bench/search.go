package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"text/tabwriter"

	"github.com/evidence-go/evidence/record"
	every "github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/screen/query"
)

// searchBench asks a strategy of the records of the screening sets, with us and with
// the regular expressions that its terms are.
func searchBench(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	name := flags.String("query", "clef-tar_CD011558.ovid", "a `file` of the published strategies; its ending is the dialect")
	most := flags.Int("n", 10000, "so many `records`")
	runs := flags.Int("runs", 5, "the best of so many `runs`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := dataFolder()
	if err != nil {
		fmt.Fprintln(out, "not measured:", err)
		return nil
	}
	folder = filepath.Join(folder, "..", "screen")
	text, err := os.ReadFile(filepath.Join(folder, "queries", *name))
	if err != nil {
		return err
	}
	q, err := query.ParseWith(query.Options{Dialect: query.Dialect(strings.TrimPrefix(filepath.Ext(*name), ".")), Lenient: true}, string(text))
	if err != nil {
		return err
	}
	records, err := searchRecords(folder, *most)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(1)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d lines, %d terms\trecords\tMB\tMB/s\n", len(q.Lines), len(termsOf(q)))
	speed(w, "this module, every line with fields, nearness and logic", records, *runs, func(r []*record.Record) { q.Run(r) })
	each, one, err := expressions(q)
	if err != nil {
		return err
	}
	few := records[:min(len(records), 200)]
	speed(w, "regexp, one for each term", few, 1, func(r []*record.Record) { found(r, each) })
	speed(w, "regexp, all terms in one", few, 1, func(r []*record.Record) { found(r, []*regexp.Regexp{one}) })
	return w.Flush()
}

// speed writes the best speed of some runs, by processor time. Text is title and
// abstract.
func speed(w io.Writer, name string, records []*record.Record, runs int, ask func([]*record.Record)) {
	ask(records[:1])
	bytes, best := 0, 0.0
	for _, r := range records {
		bytes += len(r.Title) + len(r.Abstract.Text)
	}
	for range runs {
		began := ownTime()
		ask(records)
		best = max(best, float64(bytes)/1e6/max(ownTime()-began, 1e-6))
	}
	fmt.Fprintf(w, "%s\t%d\t%.1f\t%.2f\n", name, len(records), float64(bytes)/1e6, best)
}

// searchRecords gives n records of the screening sets, evenly from all.
func searchRecords(folder string, n int) ([]*record.Record, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "sets", "*.csv*"))
	if err != nil {
		return nil, err
	}
	var all, out []*record.Record
	for _, p := range paths {
		lib, err := every.Open(p)
		if err != nil {
			return nil, err
		}
		all = append(all, lib.Records...)
	}
	if len(all) == 0 {
		return nil, errNoData
	}
	for i := range min(n, len(all)) {
		out = append(out, all[i*len(all)/min(n, len(all))])
	}
	return out, nil
}

// termsOf lists the terms of a strategy.
func termsOf(q *query.Query) (out []*query.Term) {
	var walk func(e query.Expr)
	walk = func(e query.Expr) {
		switch x := e.(type) {
		case *query.Term:
			out = append(out, x)
		case *query.Bool:
			for _, a := range x.Args {
				walk(a)
			}
		case *query.Near:
			for _, a := range x.Args {
				walk(a)
			}
		case *query.In:
			walk(x.Of)
		case *query.Limit:
			walk(x.Of)
		case *query.Unique:
			walk(x.Of)
		}
	}
	for _, l := range q.Lines {
		walk(l.Expr)
	}
	return out
}

// expressions writes the terms of a strategy as regular expressions, one for each and
// one for all.
func expressions(q *query.Query) (each []*regexp.Regexp, one *regexp.Regexp, err error) {
	var all []string
	for _, t := range termsOf(q) {
		var words []string
		for _, w := range t.Words {
			var b strings.Builder
			for _, p := range w {
				switch {
				case !p.Gap():
					b.WriteString(regexp.QuoteMeta(p.Text))
				case p.Max == query.Unbounded:
					b.WriteString(`\w*`)
				default:
					fmt.Fprintf(&b, `\w{%d,%d}`, p.Min, p.Max)
				}
			}
			words = append(words, b.String())
		}
		all = append(all, `\b`+strings.Join(words, `\W+`)+`\b`)
		x, err := regexp.Compile("(?i)" + all[len(all)-1])
		if err != nil {
			return nil, nil, err
		}
		each = append(each, x)
	}
	one, err = regexp.Compile("(?i)" + strings.Join(all, "|"))
	return each, one, err
}

// found counts the places of expressions in the records.
func found(records []*record.Record, all []*regexp.Regexp) (n int) {
	for _, r := range records {
		for _, text := range []string{r.Title, r.Abstract.Text} {
			for _, x := range all {
				n += len(x.FindAllStringIndex(text, -1))
			}
		}
	}
	return n
}
