package query_test

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// kites are three records: the second lacks an abstract.
func kites() []*record.Record {
	return []*record.Record{
		{
			Title:    "Box kites in strong wind: a randomised trial",
			Abstract: record.Abstract{Text: "Thirty kites were flown on long strings."},
			Headings: []record.Heading{{Term: "Kites, Box", Major: true}, {Term: "Wind"}},
		},
		{Title: "Kite strings"},
		{Title: "Spinning tops", Abstract: record.Abstract{Text: "Tops were spun."}},
	}
}

func ExampleQuery_Run() {
	q, err := query.Parse(query.Ovid, "1. kite*.ti,ab.\n2. (long adj2 string*).ti,ab.\n3. 1 and 2\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	found := q.Run(kites())
	for _, l := range found.Lines {
		fmt.Println(l.Label, l.Count(), "found,", l.CannotSay.Count(), "cannot be judged")
	}
	fmt.Println(found.Last().Yes)
	// Output:
	// 1 2 found, 0 cannot be judged
	// 2 1 found, 1 cannot be judged
	// 3 1 found, 1 cannot be judged
	// [0]
}

func ExampleQuery_Match() {
	q, err := query.Parse(query.Ovid, "(long adj2 string*).ti,ab. and (kite*.ti. or exp Kites/)")
	if err != nil {
		fmt.Println(err)
		return
	}
	a := q.Match(kites()[0])
	fmt.Println(a.Verdict)
	for _, p := range a.Spans {
		fmt.Println(p)
	}
	fmt.Println(a.Notes[0].Text)

	a = q.Match(kites()[1])
	fmt.Println(a.Verdict, a.Missing)
	// Output:
	// yes
	// title 4–9 "kites"
	// abstract 27–39 "long strings"
	// “Kites” was matched by its name alone, without narrower headings: there is no tree of headings
	// cannot say [abstract]
}

func ExampleReadTree() {
	tree, err := query.ReadTree(strings.NewReader("Toys;J01\nKites;J01.1\nKites, Box;J01.1.1\n"), "toys.txt")
	if err != nil {
		fmt.Println(err)
		return
	}
	q, err := query.ParseWith(query.Options{Dialect: query.PubMed, Headings: tree}, "toys[mh]")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(q.Match(kites()[0]).Spans)
	// Output: [headings 1–11 "Kites, Box"]
}

func ExampleQuery_Sentinels() {
	q, err := query.Parse(query.Ovid, "1. kite*.ti.\n2. string*.ti.\n3. trial.ti.\n4. and/1-3\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	r := q.Sentinels(kites()[:2])
	fmt.Printf("recall %.0f %%\n", 100*r.Share())
	for _, l := range r.Lines {
		fmt.Println("line", l.Label, "finds", l.Yes, "and alone loses", l.Loses)
	}
	// Output:
	// recall 0 %
	// line 1 finds [0 1] and alone loses []
	// line 2 finds [1] and alone loses [0]
	// line 3 finds [0] and alone loses [1]
	// line 4 finds [] and alone loses [0 1]
}
