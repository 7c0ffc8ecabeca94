package dedupe_test

import (
	"context"
	"fmt"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
)

// Three exports hold one trial twice, its correction, and another trial.
func Example() {
	berg := record.Contributor{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M."}}
	records := []*record.Record{
		{Key: "medline#1", Title: "Peer support for carers of people with dementia: a randomised trial", DOI: "10.5555/jcp.1",
			People: []record.Contributor{berg}, Date: record.Date{Year: 2019}, Source: record.Source{Database: "MEDLINE"},
			In: record.Container{Title: "Journal of Community Psychiatry", Volume: "12", Issue: "3", Pages: "123-38"}},
		{Key: "scopus#1", Title: "Correction to: Peer support for carers of people with dementia: a randomised trial",
			People: []record.Contributor{berg}, Date: record.Date{Year: 2019}, Source: record.Source{Database: "Scopus"},
			In: record.Container{Title: "Journal of Community Psychiatry", Volume: "12", Issue: "4", Pages: "200"}},
		{Key: "scopus#2", Title: "PEER SUPPORT FOR CARERS OF PEOPLE WITH DEMENTIA",
			People: []record.Contributor{berg}, Date: record.Date{Year: 2019}, Source: record.Source{Database: "Scopus"},
			In:       record.Container{Title: "J. Community Psychiatr.", Volume: "12", Pages: "123-138"},
			Abstract: record.NewAbstract("We randomised 120 carers to peer support or usual care.")},
		{Key: "medline#2", Title: "Exercise and sleep in older adults", Date: record.Date{Year: 2020}, Source: record.Source{Database: "MEDLINE"}},
	}

	res, err := dedupe.Find(context.Background(), records, dedupe.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range res.Links {
		fmt.Println(l.A.Key, "=", l.B.Key+":", l.Why)
	}
	for _, x := range res.Related {
		fmt.Println(x.A.Key, "~", x.B.Key+":", x.Kind)
	}
	for _, m := range dedupe.Merge(res, dedupe.MergePolicy{}) {
		fmt.Println(m.Title, m.DOI, m.Databases())
		if m.Abstract.Text != "" {
			fmt.Println("  abstract from", m.Origin(record.FieldAbstract).Source)
		}
	}

	// A person's word is stronger than any rule, and kept with the result.
	res, err = res.Decide(dedupe.Different, records[0], records[2])
	fmt.Println(res.Unique(), err)
	// Output:
	// medline#1 = scopus#2: title: the same but for the subtitle; authors: the same; year: the same; journal: one abbreviates the other; volume: the same; pages: the same; database: different
	// medline#1 ~ scopus#1: an erratum and its article
	// Peer support for carers of people with dementia: a randomised trial 10.5555/jcp.1 [MEDLINE Scopus]
	//   abstract from Scopus
	// Correction to: Peer support for carers of people with dementia: a randomised trial  [Scopus]
	// Exercise and sleep in older adults  [MEDLINE]
	// 4 <nil>
}
