package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evidence-go/evidence/export"
	"github.com/evidence-go/evidence/export/report"
	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/synth"
)

// write puts the whole folder in place, or nothing of it.
func (r *review) write(ctx context.Context) error {
	parts := []export.Part{
		{Name: "report.html", Write: r.writeReport},
		{Name: "flow.svg", Write: r.flow.WriteSVG},
		asJSON("flow.json", r.flow),
		asJSON("summary.json", r.summary),
		asJSON("briefs.json", r.briefs),
		asJSON("manifest.json", r.manifest),
		asJSON("duplicates.json", r.found),
		asJSON("protocol.json", r.plan.Protocol()),
		{Name: "decisions.jsonl", Write: func(w io.Writer) error { _, err := r.log.WriteTo(w); return err }},
		export.Records("records/all.ndjson", r.format("ndjson"), r.unique),
	}
	for _, f := range formats.All() {
		name := "records/reported" + f.Extensions[0] // BibLaTeX shares BibTeX's: the first of a name is written
		if f.Encode != nil && !slices.ContainsFunc(parts, func(p export.Part) bool { return p.Name == name }) {
			parts = append(parts, export.Records(name, f, r.summed))
		}
	}
	for _, t := range r.tables() {
		parts = append(parts, export.Part{Name: path.Join("tables", t.Name+".csv"), Write: t.WriteCSV})
	}
	for i := range parts { // an interrupted run writes nothing
		write := parts[i].Write
		parts[i].Write = func(w io.Writer) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return write(w)
		}
	}
	names := make([]string, len(parts))
	for i := range parts {
		names[i] = parts[i].Name
	}
	slices.Sort(names)
	parts = append(parts, export.Part{Name: listName, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(names, "\n")+"\n")
		return err
	}})
	before := r.listed()
	if err := export.Write(r.out, parts); err != nil {
		return err
	}
	for _, name := range before { // of an earlier run, and not of this one
		if !slices.Contains(names, name) && filepath.IsLocal(name) {
			if err := os.Remove(filepath.Join(r.out, filepath.FromSlash(name))); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// listName is the file that lists what a run wrote, so that the next one into the
// same folder leaves nothing of it behind.
const listName = "files.txt"

// listed are the files that an earlier run wrote into the folder.
func (r *review) listed() []string {
	text, err := os.ReadFile(filepath.Join(r.out, listName))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text))
}

// lookAtOut refuses a folder that holds something else, before any work is done.
func (r *review) lookAtOut(context.Context) error {
	entries, err := os.ReadDir(r.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("-out %s: not a folder that can be written to: %w", r.out, err)
	case len(entries) > 0 && r.listed() == nil:
		return fmt.Errorf("-out %s: the folder holds files that are not of an earlier run; name another one", r.out)
	}
	return nil
}

func (r *review) format(name string) record.Format {
	f, err := formats.ByName(name)
	if err != nil { // a writer without a format says so itself
		return record.Format{Name: name}
	}
	return f
}

// tables are the tables that are written as CSV.
func (r *review) tables() []table.Table {
	out := []table.Table{
		table.Searches(r.manifest), table.Problems(r.problems),
		table.Duplicates(r.found), table.Doubtful(r.found), table.Related(r.found),
		table.Stages(r.outcome.Stages), table.Decisions(r.plan, r.log.Decisions()), table.Left(r.reported),
		table.Studies(r.summed, r.summary), table.Themes(r.summary), table.Evidence(r.summary), table.Years(r.summary),
		r.stoppedSentences(),
	}
	for _, c := range r.crossed() {
		out = append(out, table.Cross(c))
	}
	return out
}

// crossed are the cross tables: themes, or designs without themes, by design,
// by year and by each further codebook; and the further codebooks by each other.
func (r *review) crossed() []synth.Table {
	rows := synth.ByTheme
	if r.themes == nil {
		rows = synth.ByDesign
	}
	var out []synth.Table
	if rows != synth.ByDesign {
		out = append(out, r.summary.Table(rows, synth.ByDesign))
	}
	out = append(out, r.summary.Table(rows, synth.ByYear))
	for i, cb := range r.crossing {
		out = append(out, r.summary.Table(rows, synth.ByAxis(cb.Name)))
		for _, other := range r.crossing[i+1:] {
			out = append(out, r.summary.Table(synth.ByAxis(cb.Name), synth.ByAxis(other.Name)))
		}
	}
	return out
}

func (r *review) writeReport(w io.Writer) error {
	var shown []synth.Table
	for _, t := range r.crossed() {
		if t.ColAxis != synth.ByYear { // the years are drawn with each theme
			shown = append(shown, t)
		}
	}
	return report.Write(w, report.Input{
		Generated: r.date,
		Manifest:  r.manifest, Problems: r.problems, Result: r.found,
		Plan: r.plan, Outcome: r.outcome, Decisions: r.log.Decisions(), Selection: r.reported,
		Flow: r.flow, Records: r.summed, Summary: r.summary, Tables: shown,
	})
}

// asJSON is a part that holds a value as indented JSON.
func asJSON(name string, v any) export.Part {
	return export.Part{Name: name, Write: func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	}}
}

// print says on the terminal what happened at each step and where to look.
func (r *review) print(w io.Writer) {
	fmt.Fprintln(w, r.plan.Protocol().Title)
	fmt.Fprintln(w)
	add := func(step string, n int, format string, args ...any) {
		fmt.Fprintf(w, "%-28s %6d  %s\n", step, n, fmt.Sprintf(format, args...))
	}
	for _, l := range r.manifest {
		add("read", l.Records, "%s (%s), %s", path.Base(l.File), l.Format, many(l.Problems, "problem"))
	}
	add("read in all", len(r.records), "%s, each with its line in the report", many(len(r.problems), "problem"))
	add("without duplicates", len(r.unique), "%s removed in %s; %s for a person to look at, %s kept apart",
		many(len(r.records)-len(r.unique), "copy"), many(len(r.found.Groups), "group"),
		many(len(r.found.Doubtful), "doubtful pair"), many(len(r.found.Related), "related pair"))
	for _, s := range r.outcome.Stages {
		add("included at "+s.Stage, s.Included, "of %d: %s", s.Entered, stageWords(s))
	}
	if r.plan.Protocol().Report != nil && !r.waiting {
		add("reported", len(r.reported.Reported), "%s left by the cap, each with its reason", many(len(r.reported.Left), "record"))
	}
	what := "included"
	switch {
	case r.waiting && len(r.summed) == 0:
		what = "every record was excluded"
	case r.waiting:
		what = "not excluded so far, since none is included yet"
	}
	add("summarised", len(r.summed), "%s; %s, %s, %s found beside the codebook", what,
		many(len(r.summary.Themes), "theme"), many(quotes(r.summary), "quote"), many(len(r.summary.Found), "theme"))
	r.printPhrased(w, add)
	for _, n := range r.notes {
		fmt.Fprintln(w, "note:", n)
	}
	fmt.Fprintf(w, "\nOpen %s to see the result; decisions, tables and records are beside it.\n", path.Join(r.out, "report.html"))
}

func stageWords(s screen.Tally) string {
	words := []string{many(s.Excluded, "excluded")}
	if s.Undecided > 0 {
		words = append(words, fmt.Sprintf("%d waiting for a person", s.Undecided))
	}
	if s.Conflicts > 0 {
		words = append(words, fmt.Sprintf("%d in conflict", s.Conflicts))
	}
	words = append(words, fmt.Sprintf("rules settled %d, persons %d", s.ByRule, s.ByPerson))
	if s.ByDefault > 0 {
		words = append(words, fmt.Sprintf("%d went on undecided", s.ByDefault))
	}
	return strings.Join(words, ", ")
}

func quotes(sum *synth.Summary) int {
	n := 0
	for _, th := range sum.Themes {
		n += len(th.Evidence)
	}
	return n
}

// many counts a thing in words.
func many(n int, thing string) string {
	switch {
	case n == 1 || thing == "excluded":
		return fmt.Sprintf("%d %s", n, thing)
	case strings.HasSuffix(thing, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(thing, "y"))
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
