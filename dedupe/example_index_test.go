package dedupe_test

import (
	"context"
	"fmt"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
)

// A year after the first search the same strategy is run again: what is new?
func ExampleIndex() {
	paper := func(key, family, title string, year int, pages string) *record.Record {
		return &record.Record{Key: key, Title: title, Date: record.Date{Year: year}, Kind: record.JournalArticle,
			People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: family, Given: "A"}}},
			In:     record.Container{Title: "Journal of Community Psychiatry", Volume: fmt.Sprint(year - 2007), Pages: pages}}
	}
	first := []*record.Record{
		paper("2019#1", "Berg", "Peer support for carers of people with dementia: a randomised trial", 2019, "123-138"),
		paper("2019#2", "Lund", "Exercise and sleep in older adults", 2018, "45-52"),
	}
	second := []*record.Record{
		paper("2020#1", "Berg", "Peer support for carers of people with dementia", 2019, "123-38"),
		paper("2020#2", "Berg", "Correction: Peer support for carers of people with dementia: a randomised trial", 2019, "200"),
		paper("2020#3", "Holm", "Telephone counselling after discharge: a cohort study", 2020, "9-17"),
	}

	ix, err := dedupe.NewIndex(dedupe.Learn(first), dedupe.Policy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = ix.Add(first...)
	if err != nil {
		fmt.Println(err) // a record is nil
		return
	}
	for _, r := range second {
		m, err := ix.Query(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		switch {
		case m.Known():
			fmt.Println(r.Key, "is known as", m.Links[0].A.Key)
		default:
			fmt.Println(r.Key, "is new")
		}
		for _, x := range m.Related {
			fmt.Println("  and related to", x.A.Key+":", x.Kind)
		}
	}

	// All of it together, as one run over the five records would have it.
	if err := ix.Add(second...); err != nil {
		fmt.Println(err)
		return
	}
	res, err := ix.Result(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(res.Records), "records,", res.Unique(), "of them unique")
	// Output:
	// 2020#1 is known as 2019#1
	// 2020#2 is new
	//   and related to 2019#1: an erratum and its article
	// 2020#3 is new
	// 5 records, 4 of them unique
}
