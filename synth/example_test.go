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

// A program lets a language model put a theme into words. What does not follow
// from the citations is not taken over, and the program is told why.
func ExamplePhrase() {
	included := signed()
	sum, err := synth.Summarize(context.Background(), included, synth.Options{Codebook: peerCodebook()})
	if err != nil {
		fmt.Println(err)
		return
	}
	model := phraser{"a model, version 1", func(b synth.Brief) []synth.Sentence {
		if b.Theme != "pay" {
			return nil
		}
		return []synth.Sentence{
			{Text: "Half of the records speak of pay (2009–2016).", Cites: []synth.Cite{{Claim: 1}}},
			{Text: "Doe (2009) found “low pay and few hours”.", Cites: []synth.Cite{{Quote: 1}}},
			{Text: "Most records report low pay.", Cites: []synth.Cite{{Claim: 1}}},
			{Text: "Pay concerned recipients.", Cites: []synth.Cite{{Quote: 2}}},
			{Text: "Peer support is worth more than it costs."},
		}
	}}
	rejected, err := synth.Phrase(context.Background(), sum, included, model)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sum.Themes[1].Statements {
		fmt.Println("kept:", s.Text)
	}
	for _, r := range rejected {
		fmt.Printf("%s: %s\n  %s\n", r.Faults[0].Reason, r.Sentence.Text, r.Faults[0].What)
	}
	// Output:
	// kept: Half of the records speak of pay (2009–2016).
	// kept: Doe (2009) found “low pay and few hours”.
	// number: Most records report low pay.
	//   "Most" of "records" follows from no claim, no cited quote and no count of what is cited
	// finding: Pay concerned recipients.
	//   the sentence affirms "concerned", which the cited text denies
	// cites-nothing: Peer support is worth more than it costs.
	//   a sentence cites the claims, quotes or records that it rests on
}

// Without a model the template gives counts, designs and quotes.
func ExampleTemplate() {
	included := signed()
	sum, err := synth.Summarize(context.Background(), included, synth.Options{Codebook: peerCodebook()})
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := synth.Phrase(context.Background(), sum, included, synth.Template{Quotes: 1}); err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sum.Themes[1].Statements {
		fmt.Println(s.Text)
	}
	// Output:
	// 3 of 6 records speak of this theme (2009–2016).
	// By design: qualitative study 1 of 3; cross-sectional study or survey 1 of 3.
	// Doe 2009: “Peer support workers reported low pay and few hours.”
}

// Sentences are checked one theme at a time; nothing else is needed.
func ExampleGround() {
	brief := synth.Brief{
		Theme: "pay", Title: "Pay", Unit: "records",
		Claims:  []synth.Claim{{Text: "Pay: 1 of 2 records (2019)", Count: 1, Of: 2, Records: []record.ID{"a"}}},
		Quotes:  []synth.Quote{{Record: "a", Span: record.Span{Field: record.FieldAbstract, End: 12, Text: "Pay was low."}}},
		Records: []synth.BriefRecord{{ID: "a", Study: "a", Year: 2019, Abstract: "Pay was low."}},
	}
	accepted, rejected := synth.Ground(brief, []synth.Sentence{
		{Text: "One of two records found that “Pay was low”.", Cites: []synth.Cite{{Claim: 1}, {Quote: 1}}},
		{Text: "One of two records found that “pay was low”.", Cites: []synth.Cite{{Claim: 1}, {Quote: 1}}},
	})
	fmt.Println(len(accepted), "accepted;", rejected[0].Faults[0].What)
	// Output: 1 accepted; “pay was low” does not stand in a cited record, letter for letter
}

// A search was run again: what did it bring?
func ExampleDiff() {
	opts := synth.Options{Codebook: peerCodebook(), CodebookOnly: true, EvidencePerTheme: 2}
	included := peers()
	may, err := synth.Summarize(context.Background(), included, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	included = append(included, invented(7, 2020, "What peer workers learn", "RESULTS: Supervision by peers was preferred."))
	november, err := synth.Summarize(context.Background(), included, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(synth.Diff(may, november))
	// Output:
	// 1 record added
	//   What peer workers learn (2020)
	// records: 6 → 7
	// studies: 6 → 7
	// last year: 2016 → 2020
	// theme Conditions of work: 4 → 5
	//   1 record added
	//   Conditions of work: 5 of 7 records (2009–2020) (was Conditions of work: 4 of 6 records (2009–2016))
	//   Conditions of work, not stated: 2 of 5 records (2016–2020) (was Conditions of work, not stated: 1 of 4 records (2016))
	// theme Supervision: 2 → 3
	//   1 record added, 1 quote new, 1 quote gone
	//   Supervision: 3 of 7 records (2009–2020) (was Supervision: 2 of 6 records (2009–2011))
	//   new claim: Supervision, not stated: 1 of 3 records (2020)
	// 18 further themes: the same count, out of another number
}

// Two persons coded two records; a third settled what they differed on.
func ExampleCodings() {
	included := peers()
	first, second := included[0].ID(), included[1].ID()
	codings := &synth.Codings{Codebook: "theme-of-work", Codes: []synth.PersonCode{
		{Coder: "ab", Record: first, Theme: "pay"},
		{Coder: "ab", Record: first, Theme: "supervision"},
		{Coder: "kd", Record: first, Theme: "pay"},
		{Coder: "ab", Record: second, Theme: "training"},
		{Coder: "kd", Record: second, Theme: "training"},
		{Coder: "kd", Record: second, Theme: "discrimination"},
		{Coder: "mr", Record: first, Theme: "supervision", Absent: true, Adjudicated: true, Note: "a wish, no finding"},
	}}
	sum, err := synth.Summarize(context.Background(), included, synth.Options{Codebook: peerCodebook(), Codings: codings, CodebookOnly: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range sum.Coders.Disagreements {
		fmt.Println(d.Theme, "yes:", d.Yes, "no:", d.No, "settled by:", d.By, "found:", d.Found)
	}
	all := sum.Coders.ByRecord.All.Pairs[0]
	fmt.Printf("%.0f %% agreement, kappa %.2f (%.2f to %.2f)\n", 100*all.Kappa.Observed, all.Kappa.Value, all.Kappa.Low, all.Kappa.High)
	// Output:
	// supervision yes: [ab] no: [kd] settled by: mr found: false
	// discrimination yes: [kd] no: [ab] settled by:  found: false
	// 83 % agreement, kappa 0.63 (0.16 to 1.00)
}
