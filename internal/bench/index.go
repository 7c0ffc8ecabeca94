package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// indexBench makes an index of records, and asks it every published strategy. The
// records are those of the screening sets, again and again with words changed.
func indexBench(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("index", flag.ContinueOnError)
	n := flags.Int("n", 100000, "so many `records`")
	runs := flags.Int("runs", 5, "the best of so many `runs`")
	slow := flags.Int("slow", 5, "name so many of the slowest `strategies`")
	profile := flags.String("profile", "", "write profiles to this `path` with .cpu and .allocs behind it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folder, err := dataFolder()
	if err != nil {
		fmt.Fprintln(out, "not measured:", err)
		return nil
	}
	folder = filepath.Join(folder, "..", "screen")
	records, err := searchRecords(folder, *n)
	if err != nil {
		return err
	}
	strategies, err := publishedStrategies(filepath.Join(folder, "queries"))
	if err != nil {
		return err
	}
	records = changed(records, *n)
	stop, err := startProfile(*profile)
	if err != nil {
		return err
	}
	ix := measureIndex(out, records, *runs)
	if err := measureStrategies(out, ix, strategies, *runs, *slow); err != nil {
		return err
	}
	return stop()
}

// changed gives n records: those that are there, and then copies of them in which
// one word of eight of title and abstract is another.
func changed(records []*record.Record, n int) []*record.Record {
	random := rand.New(rand.NewPCG(1, 2))
	var words []string
	for _, r := range records {
		words = append(words, strings.Fields(r.Abstract.Text)...)
	}
	change := func(text string) string {
		f := strings.Fields(text)
		for i := range f {
			if random.IntN(8) == 0 {
				f[i] = words[random.IntN(len(words))]
			}
		}
		return strings.Join(f, " ")
	}
	there := len(records)
	for len(records) < n {
		r := *records[len(records)%there]
		r.Title, r.Abstract.Text = change(r.Title), change(r.Abstract.Text)
		records = append(records, &r)
	}
	return records
}

// measureIndex makes an index some times and prints the best speed, by processor
// time, and the size.
func measureIndex(out io.Writer, records []*record.Record, runs int) *query.Index {
	size := 0
	for _, r := range records {
		size += len(r.Title) + len(r.Abstract.Text)
	}
	var ix *query.Index
	before, best := heapInUse(), 0.0
	for range runs {
		ix = nil
		runtime.GC()
		began := ownTime()
		ix = query.NewIndex(records)
		best = max(best, float64(len(records))/max(ownTime()-began, 1e-6))
	}
	held := heapInUse() - before
	fmt.Fprintf(out, "%d records, %.1f MB of title and abstract, %.2f kB each\n", len(records), float64(size)/1e6, float64(size)/1e3/float64(len(records)))
	fmt.Fprintf(out, "index made: %.0f records/s, %.1f MB/s, of processor time; it holds %.1f MB, %.2f of that text\n",
		best, best*float64(size)/float64(len(records))/1e6, held/1e6, held/float64(size))
	return ix
}

func heapInUse() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// published is one of the published strategies.
type published struct {
	name  string
	query *query.Query
}

// publishedStrategies reads those of Ovid and PubMed, leniently; those that cannot be
// read are left out.
func publishedStrategies(folder string) ([]published, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.*"))
	if err != nil {
		return nil, err
	}
	var out []published
	for _, path := range paths {
		d := query.Dialect(strings.TrimPrefix(filepath.Ext(path), "."))
		if d != query.Ovid && d != query.PubMed {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if q, err := query.ParseWith(query.Options{Dialect: d, Lenient: true}, string(text)); err == nil {
			out = append(out, published{filepath.Base(path), q})
		}
	}
	return out, nil
}

// measureStrategies asks each strategy some times and prints the quantiles of their
// best times of the processor, and the slowest.
func measureStrategies(out io.Writer, ix *query.Index, strategies []published, runs, slow int) error {
	type time struct {
		ms   float64
		name string
	}
	var times []time
	for _, s := range strategies {
		ix.Run(s.query) // which makes it ready
		best := time{1e9, s.name}
		for range runs {
			began := ownTime()
			ix.Run(s.query)
			best.ms = min(best.ms, 1000*(ownTime()-began))
		}
		times = append(times, best)
	}
	if len(times) == 0 {
		return errNoData
	}
	slices.SortFunc(times, func(a, b time) int {
		if a.ms != b.ms {
			return int(1e6 * (a.ms - b.ms))
		}
		return strings.Compare(a.name, b.name)
	})
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%d strategies, ms of processor time each\tmedian %.2f\t90 %% below %.2f\tlongest %.2f\n", len(times), times[len(times)/2].ms, times[len(times)*9/10].ms, times[len(times)-1].ms)
	for i := range min(slow, len(times)) {
		t := times[len(times)-1-i]
		fmt.Fprintf(w, "%s\t%.2f\t\t\n", t.name, t.ms)
	}
	return w.Flush()
}
