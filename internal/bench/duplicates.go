package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/table"
)

// finding is what one search for duplicates took and found.
type finding struct {
	Records  int     `json:"records"`
	Seconds  float64 `json:"seconds"` // of processor time, for the search alone
	Clock    float64 `json:"clock"`   // the same by the clock
	Given    int64   `json:"given"`   // bytes of the records
	Kept     int64   `json:"kept"`    // bytes that the result keeps beside them
	Heap     uint64  `json:"heap"`    // bytes allocated in all
	Allocs   uint64  `json:"allocs"`
	PeakKB   int64   `json:"peak_kb"`
	Pairs    int     `json:"pairs"`    // that share a key
	Compared int     `json:"compared"` // of those, in full
	Right    int     `json:"right"`    // pairs in one group and of one work
	Wrong    int     `json:"wrong"`    // pairs in one group and of two works
	Missed   int     `json:"missed"`   // pairs of one work that no group has
	Doubtful int     `json:"doubtful"` // pairs for a person to look at
}

// search says on what to look for duplicates, and how.
type search struct {
	n, runs, cores int
	seed           uint64
	gold           bool
	shuffled       bool
	profile        string
}

func (s *search) flags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.IntVar(&s.n, "n", 10_000, "`how many` records to invent")
	flags.Uint64Var(&s.seed, "seed", 1, "`number` from which the records are invented")
	flags.BoolVar(&s.gold, "gold", false, "the records of the three core gold sets instead of invented ones")
	flags.BoolVar(&s.shuffled, "shuffled", false, "the records in another order")
	flags.StringVar(&s.profile, "profile", "", "write profiles to this `path` with .cpu and .allocs behind it")
	return flags
}

// duplicatesBench measures the search for duplicates, each run in a process of its own.
func duplicatesBench(args []string, out io.Writer) error {
	var s search
	flags := s.flags("duplicates")
	flags.IntVar(&s.runs, "runs", 3, "how often to run; the run in the middle is shown")
	flags.IntVar(&s.cores, "cores", 1, "run with 1 core, and then with more up to so many")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if flags.NArg() > 0 || s.n < 1 || s.runs < 1 || s.cores < 1 {
		return errors.New("duplicates takes no arguments beside its flags, and -n, -runs and -cores are at least 1")
	}
	if _, err := goldFolder(); s.gold && err != nil {
		if errors.Is(err, errNoData) {
			_, err = fmt.Fprintf(out, "duplicates: not measured: %v\n", errNoData)
		}
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "cores\trecords\trecords/s of processor\trecords/s by the clock\tB/record given\tkept B/record\tallocated B/record\tallocations/record\tpeak MB\tcandidates/record\tcompared/record\tprecision\trecall\twrong\tmissed\tdoubtful")
	for cores := 1; cores <= s.cores; cores++ {
		f, err := s.middle(cores)
		if err != nil {
			return err
		}
		n := float64(f.Records)
		fmt.Fprintf(w, "%d\t%d\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%.1f\t%.0f\t%.1f\t%.1f\t%.5f\t%.5f\t%d\t%d\t%d\n", cores, f.Records, n/f.Seconds, n/f.Clock, float64(f.Given)/n, float64(f.Kept)/n,
			float64(f.Heap)/n, float64(f.Allocs)/n, float64(f.PeakKB)/1000, float64(f.Pairs)/n, float64(f.Compared)/n,
			share(f.Right, f.Wrong), share(f.Right, f.Missed), f.Wrong, f.Missed, f.Doubtful)
	}
	return w.Flush()
}

func share(n, rest int) float64 {
	if n+rest == 0 {
		return 1
	}
	return float64(n) / float64(n+rest)
}

// middle runs the search in processes of their own, and gives the run that took
// neither longest nor shortest.
func (s *search) middle(cores int) (finding, error) {
	self, err := os.Executable()
	if err != nil {
		return finding{}, err
	}
	var runs []finding
	for range s.runs {
		var f finding
		cmd := exec.Command(self, "find", "-n", strconv.Itoa(s.n), "-seed", strconv.FormatUint(s.seed, 10),
			"-gold="+strconv.FormatBool(s.gold), "-shuffled="+strconv.FormatBool(s.shuffled), "-profile", s.profile)
		cmd.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(cores))
		cmd.Stderr = os.Stderr
		text, err := cmd.Output()
		if err != nil {
			return f, err
		}
		if err := json.Unmarshal(text, &f); err != nil {
			return f, err
		}
		runs = append(runs, f)
	}
	return middleOf(runs, func(f finding) float64 { return f.Seconds }), nil
}

// findOnce searches once and prints what it took as JSON.
func findOnce(args []string, out io.Writer) error {
	var s search
	if err := s.flags("find").Parse(args); err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	empty := before.HeapAlloc
	records, truth, err := s.records()
	if err != nil {
		return err
	}
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := finding{Records: len(records), Given: int64(before.HeapAlloc - empty)}
	stop, err := startProfile(s.profile)
	if err != nil {
		return err
	}
	clock, processor := time.Now(), ownTime()
	res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
	f.Clock, f.Seconds = time.Since(clock).Seconds(), ownTime()-processor
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	runtime.ReadMemStats(&after)
	f.Heap, f.Allocs, f.PeakKB = after.TotalAlloc-before.TotalAlloc, after.Mallocs-before.Mallocs, peakKB()
	runtime.GC()
	runtime.ReadMemStats(&after)
	f.Kept = int64(after.HeapAlloc) - int64(before.HeapAlloc)
	f.Pairs, f.Compared, f.Doubtful = res.Run.Candidates, res.Run.Compared, len(res.Doubtful)
	f.score(res, truth)
	runtime.KeepAlive(records)
	return json.NewEncoder(out).Encode(f)
}

// ownTime is what this process has taken of processors so far, in seconds.
func ownTime() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// score counts pairs against the truth, the number of the work of each record.
func (f *finding) score(res *dedupe.Result, truth map[*record.Record]int) {
	sizes := map[int]int{}
	for _, work := range truth {
		sizes[work]++
	}
	for _, n := range sizes {
		f.Missed += n * (n - 1) / 2
	}
	for _, g := range res.Groups {
		in := map[int]int{}
		for _, r := range g.Records {
			in[truth[r]]++
		}
		n := len(g.Records)
		f.Wrong += n * (n - 1) / 2
		for _, n := range in {
			f.Right += n * (n - 1) / 2
		}
	}
	f.Missed -= f.Right
	f.Wrong -= f.Right
}

// records gives the records to search, and the number of the work of each.
func (s *search) records() (records []*record.Record, truth map[*record.Record]int, err error) {
	if s.gold {
		records, truth, err = goldRecords()
	} else {
		w := newWorks(s.seed)
		truth = make(map[*record.Record]int, s.n)
		for i := range s.n {
			r, work := w.record(i)
			records, truth[r] = append(records, r), work
		}
	}
	if s.shuffled {
		rand.New(rand.NewPCG(s.seed, 1)).Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	}
	return records, truth, err
}

// coreSets are the gold sets of which published figures of other tools exist.
var coreSets = []string{"digital_work", "cytology_screening", "haematology"}

// goldFolder is where the gold sets are.
func goldFolder() (string, error) {
	formats, err := dataFolder()
	return filepath.Join(filepath.Dir(formats), "dedupe"), err
}

// goldRecords reads the core gold sets as one collection.
func goldRecords() ([]*record.Record, map[*record.Record]int, error) {
	folder, err := goldFolder()
	if err != nil {
		return nil, nil, err
	}
	var records []*record.Record
	truth, works := map[*record.Record]int{}, map[string]int{}
	for _, set := range coreSets {
		cluster, err := clusters(filepath.Join(folder, set, "clusters.csv"))
		if err != nil {
			return nil, nil, err
		}
		file, err := os.Open(filepath.Join(folder, set, "records.csv"))
		if err != nil {
			return nil, nil, err
		}
		for r, err := range record.NewReader(file, record.ReadOptions{Format: table.CSV()}).All() {
			if err != nil {
				return nil, nil, errors.Join(fmt.Errorf("%s: %w", set, err), file.Close())
			}
			name := set + " " + cluster[r.Key]
			if _, ok := works[name]; !ok {
				works[name] = len(works)
			}
			records, truth[r] = append(records, r), works[name]
		}
		if err := file.Close(); err != nil {
			return nil, nil, err
		}
	}
	return records, truth, nil
}

// clusters reads which record belongs to which work.
func clusters(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out := map[string]string{}
	for _, row := range rows[1:] {
		out[row[0]] = row[1]
	}
	return out, nil
}
