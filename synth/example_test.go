package synth_test

import (
	"context"
	"fmt"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/synth"
)

// A review asks what is known under its themes, in whose words, and where.
func Example() {
	included := peers()
	sum, err := synth.Summarize(context.Background(), included, synth.Options{Codebook: peerCodebook(), EvidencePerTheme: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, th := range sum.Themes {
		fmt.Println(th.Claims[0].Text)
		for _, q := range th.Evidence {
			fmt.Printf("  “%s” [%s %d–%d]\n", q.Text, q.Field, q.Start, q.End)
		}
	}
	if err := sum.Verify(included); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("every quote stands where it is said to")
	// Output:
	// Conditions of work: 4 of 6 records (2009–2016)
	//   “Peer support workers reported low pay and few hours.” [abstract 127–179]
	//   “Pay of peer support workers did not concern them.” [abstract 53–102]
	// Pay: 3 of 6 records (2009–2016)
	//   “Peer support workers reported low pay and few hours.” [abstract 127–179]
	//   “Pay of peer support workers did not concern them.” [abstract 53–102]
	// Supervision: 2 of 6 records (2009–2011)
	//   “They wished for supervision by a peer.” [abstract 180–218]
	//   “Joint training and supervision may help teams.” [abstract 153–199]
	// Training: 3 of 6 records (2009–2012)
	//   “Nurses doubted the boundaries of the role and asked for joint training.” [abstract 68–139]
	//   “Peer support workers receive training of two weeks.” [abstract 50–101]
	// Social networks: 2 of 6 records (2014–2016)
	//   “Recipients had larger social networks after six months.” [abstract 86–141]
	//   “RESULTS: Recipients described wider social networks.” [abstract 0–52]
	// Discrimination: 0 of 6 records
	// every quote stands where it is said to
}

// Whose view a study gives, crossed with what it speaks of: the empty cells are
// what nobody has asked yet.
func ExampleSummary_Table() {
	trial, protocol := peers()[2].ID(), peers()[3].ID()
	sum, err := synth.Summarize(context.Background(), peers(), synth.Options{
		Codebook: peerCodebook(),
		Axes:     []*synth.Codebook{perspectives()},
		Studies:  []record.Study{{ID: "discharge trial", Reports: []record.ID{trial, protocol}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	table := sum.Table(synth.ByAxis("perspective"), synth.ByTheme)
	fmt.Print(table)
	for _, gap := range table.Gaps() {
		fmt.Println("nothing on", gap.Col.Label(), "from", gap.Row.Label())
	}
	// Output:
	// (1) Conditions of work
	// (5) Social networks
	// (6) Discrimination
	//               (1)  Pay  Supervision  Training  (5)  (6)  not stated  total
	// Peer workers    1    1            1         2    1    ·           ·      2
	// Colleagues      1    ·            1         1    ·    ·           ·      1
	// Recipients      1    1            ·         1    2    ·           ·      2
	// not stated      1    1            ·         ·    ·    ·           ·      1
	// total           4    3            2         3    2    ·           ·      5
	// nothing on Discrimination from Peer workers
	// nothing on Pay from Colleagues
	// nothing on Social networks from Colleagues
	// nothing on Discrimination from Colleagues
	// nothing on Supervision from Recipients
	// nothing on Discrimination from Recipients
}
