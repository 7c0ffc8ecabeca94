// Command overlap says how much systematic reviews share their primary studies:
// the corrected covered area of a citation matrix, overall and for each pair.
//
//	go run ./examples/overlap matrix.csv
//
// It exits with 1 when the file cannot be read and with 2 when it was called
// wrongly.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/evidence-go/evidence/export/table"
	"github.com/evidence-go/evidence/synth/overlap"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	if len(args) != 1 {
		fmt.Fprintln(stderr, "usage: overlap MATRIX.csv\n\nA row for each primary study, a column for each review; 1 included, 0 not, NA could not have been.")
		return 2
	}
	m, err := overlap.Read(args[0])
	if err != nil {
		fmt.Fprintln(stderr, "overlap:", err)
		return 1
	}
	for _, p := range m.Problems() {
		fmt.Fprintln(stderr, "overlap:", p)
	}
	all := m.Overall()
	fmt.Fprintf(stdout, "%d reviews, %d studies, %d inclusions, %d cells structurally missing\n", all.C, all.R, all.N, all.X)
	fmt.Fprintf(stdout, "corrected covered area: %s\n\n", percent(all))
	pairs := table.Table{Name: "pairs", Columns: []string{"review", "and review", "studies in both", "CCA"}}
	for _, p := range m.Pairwise() {
		pairs.Rows = append(pairs.Rows, []string{p.A, p.B, fmt.Sprint(p.Shared), percent(p.Overlap)})
	}
	if err := pairs.WriteText(stdout); err != nil {
		fmt.Fprintln(stderr, "overlap:", err)
		return 1
	}
	return 0
}

// percent writes a corrected covered area as reviews report it.
func percent(o overlap.Overlap) string {
	if o.Undefined != "" {
		return "undefined: " + o.Undefined
	}
	return fmt.Sprintf("%.1f %% (%s)", 100*o.CCA, overlap.Band(o.CCA))
}
