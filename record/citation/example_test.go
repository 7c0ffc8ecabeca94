package citation_test

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/citation"
)

// The references of a paper, pasted with the line above them.
func Example() {
	const pasted = `References
1. Nimbus V, van der Probe BA, et al. Do kites fly? A trial. J Invent. 2019 Apr;12(3):45-50. doi: 10.5555/kite.1. PMID: 90000001.
2. Kiwi A. [Ropes of paper]. Encephale. 2018;44(5):457-64. French.
`
	rd := record.NewReader(strings.NewReader(pasted), record.ReadOptions{Name: "paper.txt", Format: citation.Format()})
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("line %d: %v %q, %s %v %s(%s), %s %s %v\n", r.Source.Line, r.Authors(), r.Title, r.In.Title, r.Date, r.In.Volume, r.In.Issue, r.In.Pages, r.DOI, r.Languages)
	}
	for _, p := range rd.Problems() {
		fmt.Println(p)
	}
	// Output:
	// line 2: [Nimbus, V van der Probe, BA] "Do kites fly? A trial", J Invent 2019-04 12(3), 45-50 10.5555/kite.1 []
	// line 3: [Kiwi, A] "Ropes of paper", Encephale 2018 44(5), 457-64  [fr]
	// paper.txt:1 1 line belongs to no citation and was passed over: 1 "References" (junk)
}

func ExampleParse() {
	r, ok := citation.Parse("Nimbus V. Kites. J Invent. 2019;12(3):45-50. Retraction in: J Invent. 2020;13:1. PMID: 90000001")
	fmt.Println(ok, r.Title, r.PMID, r.Flags.Retracted)
	_, ok = citation.Parse("Kites are flown in many villages.")
	fmt.Println(ok)
	// Output:
	// true Kites 90000001 true
	// false
}
