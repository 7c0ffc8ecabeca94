package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// job is what the flags ask for.
type job struct {
	mb, runs int
	gb       int64
	profile  string
	format   string // the only one wanted, "" for all
	list     bool
	folder   string // of the real files
	scratch  string // for inputs, removed at the end
	out      io.Writer
}

func readers(args []string, out io.Writer) error {
	j := job{out: out}
	flags := flag.NewFlagSet("readers", flag.ContinueOnError)
	flags.IntVar(&j.mb, "mb", 50, "`megabytes` of input for each format")
	flags.IntVar(&j.runs, "runs", 3, "how often each reader runs; medians are shown")
	flags.Int64Var(&j.gb, "gb", 0, "instead: `gigabytes` of invented records that each streaming reader is given")
	flags.StringVar(&j.format, "format", "", "only this `name` of nbib, pubmed_xml, ris and bib")
	flags.StringVar(&j.profile, "profile", "", "instead: profile our readers, and keep the profiles in this `folder`")
	flags.BoolVar(&j.list, "list", false, "instead: try every reader on every real file and write testdata/*.txt")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() > 0 || j.mb < 1 || j.runs < 1 || j.gb < 0 {
		return errors.New("readers takes no arguments beside its flags, and -mb and -runs are at least 1")
	}
	if !slices.ContainsFunc(formats(), j.wants) {
		return fmt.Errorf("-format %s: there is none of that name", j.format)
	}
	if j.gb > 0 {
		return j.streams()
	}
	return j.onRealFiles()
}

// wants reports whether a format was asked for.
func (j job) wants(f format) bool { return j.format == "" || j.format == f.name }

func (j job) onRealFiles() (err error) {
	j.folder, err = dataFolder()
	if errors.Is(err, errNoData) {
		_, err = fmt.Fprintf(j.out, "readers: not measured: %v\n", errNoData)
		return err
	}
	if err != nil {
		return err
	}
	if j.scratch, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	defer os.RemoveAll(j.scratch)
	each := j.compare
	switch {
	case j.list:
		each = j.makeList
	case j.profile != "":
		each = j.profileOne
	}
	for _, f := range formats() {
		if !j.wants(f) {
			continue
		}
		pairs := f.pairs()
		if j.profile != "" { // of ours only
			pairs = pairs[:1]
		}
		for _, p := range pairs {
			if err := each(p); err != nil {
				return fmt.Errorf("%s beside %s: %w", p.title, p.readers[1].name, err)
			}
		}
	}
	return nil
}

// present are the readers that this machine has; the others are named to out.
func (j job) present(f format) (have []reader, paths []string) {
	for _, r := range f.readers {
		path, ok := r.find()
		if !ok {
			fmt.Fprintf(j.out, "%s: %s was not found and is left out\n", f.title, r.name)
			continue
		}
		have, paths = append(have, r), append(paths, path)
	}
	return have, paths
}

// input makes the input of a format from its list.
func (j job) input(f format) (file string, records int, size int64, err error) {
	list, err := readList(f.listPath())
	if err != nil {
		return "", 0, 0, err
	}
	known, err := counted(j.folder, f.name)
	if err != nil {
		return "", 0, 0, err
	}
	if err := checkList(list, known); err != nil {
		return "", 0, 0, err
	}
	file = filepath.Join(j.scratch, "input."+f.name) // bibtool wants its .bib
	records, size, err = makeInput(j.folder, f.name, list, j.mb*1_000_000, file)
	if err == nil {
		fmt.Fprintf(j.out, "\n%s beside %s: %d of %d counted files, to %.1f MB and %d records\n",
			f.title, f.readers[1].name, len(list), len(known), float64(size)/1e6, records)
	}
	return file, records, size, err
}

func (j job) compare(f format) error {
	file, records, size, err := j.input(f)
	if err != nil {
		return err
	}
	defer os.Remove(file)
	have, paths := j.present(f)
	costs := make([][]cost, len(have))
	failed := make([]error, len(have))
	for range j.runs { // in turns, so that a slow minute of the machine touches all of them
		for i, r := range have {
			if failed[i] != nil {
				continue
			}
			c, err := timed(r, paths[i], file)
			if failed[i] = err; err == nil {
				costs[i] = append(costs[i], c)
			}
		}
	}
	return j.table(have, costs, failed, records, size)
}

// timed runs a reader and gives up on it when its patience ends.
func timed(r reader, path, file string) (cost, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return r.run(ctx, path, file)
}

func (j job) table(have []reader, costs [][]cost, failed []error, records int, size int64) error {
	mid := make([]cost, len(have))
	peer := 0.0 // its seconds
	for i := range have {
		if failed[i] != nil {
			continue
		}
		mid[i] = median(costs[i])
		if have[i].name != us {
			peer = mid[i].Seconds
		}
	}
	w := tabwriter.NewWriter(j.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "reader\tMB/s\trecords/s\tspeed/peer\tallocations/record\tB/record\trecords read\tpeak MB")
	for i, r := range have {
		if failed[i] != nil {
			fmt.Fprintf(w, "%s\tfailed: %v\n", r.name, failed[i])
			continue
		}
		c := mid[i]
		fmt.Fprintf(w, "%s\t%.1f\t%.0f\t%s\t%s\t%s\t%s\t%s\n", r.name, float64(size)/1e6/c.Seconds,
			float64(records)/c.Seconds, known("%.2f", peer/c.Seconds), known("%.0f", float64(c.Allocs)/float64(records)),
			known("%.0f", float64(c.Heap)/float64(records)), ofAll(c.Records, records), known("%.0f", float64(c.PeakKB)/1000))
	}
	return w.Flush()
}

// known writes a figure, or a dash for one that was not measured.
func known(form string, figure float64) string {
	if figure == 0 {
		return "-"
	}
	return fmt.Sprintf(form, figure)
}

func ofAll(n, all int) string {
	if n == all {
		return "all"
	}
	return fmt.Sprintf("%d of %d", n, all)
}

// median is the run that took neither longest nor shortest: its figures stay together.
func median(runs []cost) cost { return middleOf(runs, func(c cost) float64 { return c.Seconds }) }

func middleOf[T any](runs []T, seconds func(T) float64) T {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b T) int { return cmp.Compare(seconds(a), seconds(b)) })
	return runs[len(runs)/2]
}

// candidate is a counted file with its part of the input.
type candidate struct {
	listed
	text []byte
}

// makeList writes which counted files both readers of a pair read with the right number,
// each by itself and behind one another.
func (j job) makeList(f format) error {
	known, err := counted(j.folder, f.name)
	if err != nil {
		return err
	}
	have, paths := j.present(f)
	if len(have) < len(f.readers) {
		return errors.New("a list is made of what both readers read: install the missing one first")
	}
	var candidates []candidate
	for _, l := range known {
		text, ok, err := part(j.folder, f.name, l.path)
		if err != nil {
			return err
		}
		if ok && l.records > 0 {
			candidates = append(candidates, candidate{l, text})
		}
	}
	heading := "# Real files that both of these read with the right number of records:"
	fmt.Fprintf(j.out, "%s: %d counted files, %d usable as parts;", f.title, len(known), len(candidates))
	all := candidates
	for i, r := range have {
		right := func(text []byte, records int) bool { return j.reads(r, paths[i], f, text, records) }
		var alone []candidate
		for _, c := range candidates {
			if right(c.text, c.records) {
				alone = append(alone, c)
			}
		}
		fmt.Fprintf(j.out, " %s %d,", r.name, len(alone))
		heading += " " + r.name + ","
		all = inAll(all, alone)
	}
	for i, r := range have {
		all = together(all, func(text []byte, records int) bool { return j.reads(r, paths[i], f, text, records) })
	}
	fmt.Fprintf(j.out, " both of them together %d\n", len(all))
	text := strings.TrimSuffix(heading, ",") + ".\n# Made by: go -C internal/bench run . readers -list\n"
	for _, c := range all {
		text += fmt.Sprintf("%s\t%d\n", c.path, c.records)
	}
	return os.WriteFile(f.listPath(), []byte(text), 0o644)
}

// inAll keeps of a what b has too.
func inAll(a, b []candidate) (both []candidate) {
	for _, c := range a {
		if slices.ContainsFunc(b, func(d candidate) bool { return d.path == c.path }) {
			both = append(both, c)
		}
	}
	return both
}

// together leaves out the files that a reader does not get right behind those
// before them: what one file leaves open or defined may spoil the next.
func together(all []candidate, right func(text []byte, records int) bool) (kept []candidate) {
	var text []byte
	records := 0
	for _, c := range all {
		text, records = append(text, c.text...), records+c.records
	}
	if right(text, records) {
		return all
	}
	text, records = nil, 0
	for _, c := range all {
		if longer := slices.Concat(text, c.text); right(longer, records+c.records) {
			kept, text, records = append(kept, c), longer, records+c.records
		}
	}
	return kept
}

// reads reports whether a reader finds so many records in parts of files.
func (j job) reads(r reader, path string, f format, parts []byte, records int) bool {
	file := filepath.Join(j.scratch, "part."+f.name)
	if err := os.WriteFile(file, wrap(f.name, parts), 0o600); err != nil {
		return false
	}
	c, err := timed(r, path, file)
	return err == nil && c.Records == records
}

// profileOne profiles our reader of a format on its input.
func (j job) profileOne(f format) error {
	file, _, _, err := j.input(f)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(j.profile, 0o755); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	path := filepath.Join(j.profile, f.name)
	if _, err := child(context.Background(), self, "read", "-profile", path, us, f.name, file); err != nil {
		return err
	}
	for _, args := range [][]string{
		{"tool", "pprof", "-top", "-nodecount=10", self, path + ".cpu"},
		{"tool", "pprof", "-top", "-nodecount=10", "-sample_index=alloc_space", self, path + ".allocs"},
	} {
		top, err := exec.Command("go", args...).Output()
		if err != nil {
			return err
		}
		fmt.Fprintf(j.out, "%s\n", top)
	}
	return nil
}

// streams gives our readers more than memory would hold.
func (j job) streams() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(j.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "stream\tGB\trecords\tMB/s\trecords/s\tpeak MB")
	for _, f := range formats() {
		if _, ok := templates[f.name]; !ok || !j.wants(f) {
			continue
		}
		c, err := child(context.Background(), self, "read", "-stream", fmt.Sprint(j.gb*1_000_000_000), us, f.name)
		if err != nil {
			return fmt.Errorf("%s: %w", f.title, err)
		}
		fmt.Fprintf(w, "%s\t%.1f\t%d\t%.1f\t%.0f\t%s\n", f.title, float64(c.Bytes)/1e9, c.Records,
			float64(c.Bytes)/1e6/c.Seconds, float64(c.Records)/c.Seconds, known("%.0f", float64(c.PeakKB)/1000))
	}
	return w.Flush()
}
