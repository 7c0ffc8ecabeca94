package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
)

// largeRun is what FindLarge took and found on a stream of invented records.
type largeRun struct {
	Records  int     `json:"records"`
	Learning float64 `json:"learning"` // seconds of processor time, without those for inventing
	Finding  float64 `json:"finding"`  // the same
	Clock    float64 `json:"clock"`    // seconds by the clock, with those for inventing
	PeakKB   int64   `json:"peak_kb"`
	StatsKB  int64   `json:"stats_kb"` // that the statistics take
	Right    int     `json:"right"`
	Wrong    int     `json:"wrong"`
	Missed   int     `json:"missed"`
	Spilled  int64   `json:"spilled"` // bytes

	Stages map[string]float64 `json:"stages"` // seconds of processor time in each stage
	Pairs  int                `json:"pairs"`
}

// largeBench measures FindLarge at each of the numbers of records, each in a process of its own.
func largeBench(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("large", flag.ContinueOnError)
	counts := flags.String("n", "100000,1000000", "`how many` records to invent, one run for each number")
	memory := flags.Int64("memory", 512, "LargeOptions.Memory in `MiB`")
	dir := flags.String("dir", "", "`folder` for temporary files, by default the system's")
	profile := flags.String("profile", "", "write profiles to this `path` with .cpu and .allocs behind it")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "records\tcores\tMemory MiB\tseconds of processor\tby the clock\trecords/s of processor\tlearning s\tpeak MB\tstatistics MB\tspilled MB\tpairs/record\tprecision\trecall\tseconds in each stage")
	for count := range strings.SplitSeq(*counts, ",") {
		cmd := exec.Command(self, "findlarge", "-n", count, "-memory", strconv.FormatInt(*memory, 10), "-dir", *dir, "-profile", *profile)
		cmd.Stderr = os.Stderr
		text, err := cmd.Output()
		if err != nil {
			return err
		}
		var f largeRun
		if err := json.Unmarshal(text, &f); err != nil {
			return err
		}
		n := float64(f.Records)
		fmt.Fprintf(w, "%d\t%d\t%d\t%.1f\t%.1f\t%.0f\t%.1f\t%.0f\t%.0f\t%.0f\t%.1f\t%.5f\t%.5f\t", f.Records, runtime.GOMAXPROCS(0), *memory, f.Finding, f.Clock, n/f.Finding, f.Learning,
			float64(f.PeakKB)/1000, float64(f.StatsKB)/1000, float64(f.Spilled)/1e6, float64(f.Pairs)/n, share(f.Right, f.Wrong), share(f.Right, f.Missed))
		for _, stage := range []string{"reading", "sorting", "pairing", "comparing", "grouping"} {
			fmt.Fprintf(w, "%s %.1f ", stage, f.Stages[stage])
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// stream invents n records.
func stream(n int, truth []int32) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		w := newWorks(1)
		for i := range n {
			r, work := w.record(i)
			truth[i] = int32(work)
			if !yield(r, nil) {
				return
			}
		}
	}
}

// timeToInvent measures how many seconds of processor time it takes to invent n
// records: each takes as long as any other, so that of many only a part is.
func timeToInvent(n int, truth []int32) float64 {
	measured := min(n, 1_000_000)
	own := ownTime()
	for range stream(measured, truth) {
		continue
	}
	return (ownTime() - own) * float64(n) / float64(max(measured, 1))
}

// findLargeOnce runs FindLarge once and prints what it took as JSON.
func findLargeOnce(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("findlarge", flag.ContinueOnError)
	n := flags.Int("n", 100000, "")
	memory := flags.Int64("memory", 512, "")
	dir := flags.String("dir", "", "")
	profile := flags.String("profile", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	f := largeRun{Records: *n, Stages: map[string]float64{}}
	truth := make([]int32, *n)
	inventing := timeToInvent(*n, truth)
	own := ownTime()
	st, err := dedupe.LearnFrom(context.Background(), stream(*n, truth))
	if err != nil {
		return err
	}
	f.Learning = ownTime() - own - inventing
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	f.StatsKB = int64(mem.HeapAlloc) / 1000
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	found := newTally(truth)
	written := writtenBytes()
	clock := time.Now()
	own = ownTime()
	since := own
	run, err := dedupe.FindLarge(context.Background(), stream(*n, truth), st, dedupe.Policy{}, dedupe.LargeOptions{Memory: *memory << 20, Dir: *dir, Progress: func(p dedupe.Progress) {
		now := ownTime()
		f.Stages[p.Stage] += now - since
		since = now
	}}, found.part)
	f.Clock, f.Finding = time.Since(clock).Seconds(), ownTime()-own-inventing
	f.Stages["reading"] -= inventing
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	f.PeakKB, f.Pairs, f.Spilled = peakKB(), run.Candidates, writtenBytes()-written
	f.Right, f.Wrong, f.Missed = found.right, found.wrong, found.missed()
	return json.NewEncoder(out).Encode(f)
}

// tally counts pairs against the truth as groups come.
type tally struct {
	truth        []int32
	right, wrong int
}

func newTally(truth []int32) *tally { return &tally{truth: truth} }

func (t *tally) part(p *dedupe.LargePart) error {
	for _, g := range p.Groups {
		in := map[int32]int{}
		for _, at := range g.Records {
			in[t.truth[at.Number]]++
		}
		n, same := len(g.Records), 0
		for _, k := range in {
			same += k * (k - 1) / 2
		}
		t.right += same
		t.wrong += n*(n-1)/2 - same
	}
	return nil
}

// missed counts the pairs of one work that were not found.
func (t *tally) missed() int {
	sizes := make([]int32, len(t.truth))
	for _, work := range t.truth {
		sizes[work]++
	}
	all := 0
	for _, n := range sizes {
		all += int(n) * (int(n) - 1) / 2
	}
	return all - t.right
}
