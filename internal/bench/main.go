package main

import (
	"fmt"
	"io"
	"os"
	"testing"
	"text/tabwriter"

	"github.com/agnivade/levenshtein"
	"github.com/evidence-go/evidence/internal/similarity"
	"github.com/xrash/smetrics"
)

// task is one thing to do with a pair of strings, by one library.
type task struct {
	name, by string
	pairs    [][2]string
	do       func(a, b string) float64
}

func tasks() []task {
	titles, names := titlePairs(400), namePairs(400)
	return []task{
		{"edit distance of titles", "this module", titles, editDistance},
		{"edit distance of titles", "agnivade/levenshtein", titles, peerEditDistance},
		{"Jaro-Winkler of names", "this module", names, similarity.JaroWinkler},
		{"Jaro-Winkler of names", "xrash/smetrics", names, peerJaroWinkler},
	}
}

func editDistance(a, b string) float64 { return float64(similarity.Levenshtein(a, b, -1)) }

func peerEditDistance(a, b string) float64 { return float64(levenshtein.ComputeDistance(a, b)) }

// peerJaroWinkler asks for Winkler's own form: the prefix always counts, and
// up to four characters of it.
func peerJaroWinkler(a, b string) float64 { return smetrics.JaroWinkler(a, b, 0, 4) }

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run does what the first argument names; without one it compares similarity.
func run(args []string, out io.Writer) error {
	switch {
	case len(args) == 0:
		return report(out)
	case args[0] == "readers":
		return readers(args[1:], out)
	case args[0] == "read":
		return readOnce(args[1:], out)
	case args[0] == "duplicates":
		return duplicatesBench(args[1:], out)
	case args[0] == "find":
		return findOnce(args[1:], out)
	case args[0] == "large":
		return largeBench(args[1:], out)
	case args[0] == "findlarge":
		return findLargeOnce(args[1:], out)
	case args[0] == "search":
		return searchBench(args[1:], out)
	case args[0] == "index":
		return indexBench(args[1:], out)
	case args[0] == "summaries":
		return summariesBench(args[1:], out)
	}
	return fmt.Errorf("%q is not known here: give nothing, readers, duplicates, large, search, index or summaries (-h behind one lists its flags)", args[0])
}

func report(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "task\tby\tpairs/s\tB/pair\tallocations/pair")
	for _, t := range tasks() {
		r := testing.Benchmark(t.run)
		pairs := float64(r.N) * float64(len(t.pairs))
		fmt.Fprintf(w, "%s\t%s\t%.0f\t%.0f\t%.1f\n", t.name, t.by,
			pairs/r.T.Seconds(), float64(r.MemBytes)/pairs, float64(r.MemAllocs)/pairs)
	}
	return w.Flush()
}

func (t task) run(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range t.pairs {
			t.do(p[0], p[1])
		}
	}
}
