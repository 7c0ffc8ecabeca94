package query_test

import (
	"fmt"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

func ExampleIndex() {
	records := []*record.Record{
		{Title: "Peer support in acute wards", Abstract: record.Abstract{Text: "Staff with lived experience."}},
		{Title: "Kites of the coast", Abstract: record.Abstract{Text: "Made with the support of peers."}},
		{Title: "Support by peers"},
	}
	ix := query.NewIndex(records)
	for _, draft := range []string{
		"1 peer*.ti,ab.\n2 support.ti,ab.\n3 1 and 2",
		"1 (peer* adj3 support).ti,ab.\n2 experience.ab.\n3 1 and 2",
	} {
		q, err := query.Parse(query.Ovid, draft)
		if err != nil {
			fmt.Println(err)
			return
		}
		for i, l := range ix.Run(q).Lines {
			fmt.Printf("%-30s %d, cannot say %d\n", q.Lines[i].Text, l.Count(), l.CannotSay.Count())
		}
	}
	// Output:
	// peer*.ti,ab.                   3, cannot say 0
	// support.ti,ab.                 3, cannot say 0
	// 1 and 2                        3, cannot say 0
	// (peer* adj3 support).ti,ab.    3, cannot say 0
	// experience.ab.                 1, cannot say 1
	// 1 and 2                        1, cannot say 1
}
