package record_test

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/ris"
)

// Keep the trials of a file of any size: one record is in memory at a time.
func Example() {
	src := strings.NewReader(`TY  - JOUR
TI  - Peer mentors after discharge
M3  - Randomized Controlled Trial
PY  - 2017
DO  - 10.5555/example.1
ER  - 
TY  - JOUR
TI  - What is a peer worker?
M3  - Editorial
PY  - 2019
ER  - 
`)
	rd := record.NewReader(src, record.ReadOptions{Name: "scopus.ris", Format: ris.Format()})
	var trials strings.Builder
	w := record.NewWriter(&trials, ris.Format())
	for r, err := range rd.All() {
		if err != nil {
			fmt.Println(err) // fatal and last: what came before it is good
			return
		}
		if r.HasType("Randomized Controlled Trial") && r.Date.Year >= 2015 {
			if err := w.Write(r); err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rd.Load().Records, "records read, the trials among them:")
	fmt.Println(strings.ReplaceAll(trials.String(), "ER  - ", "ER  -"))
	// Output:
	// 2 records read, the trials among them:
	// TY  - JOUR
	// TI  - Peer mentors after discharge
	// PY  - 2017
	// DO  - 10.5555/example.1
	// M3  - Randomized Controlled Trial
	// ER  -
}

// A format of one's own is a value: nothing has to be registered.
func ExampleFormat() {
	titles := record.Format{
		Name: "titles", Title: "one title on each line", Extensions: []string{".txt"},
		Decode: func(in *record.Input, emit func(*record.Record) bool) error {
			for {
				at := in.LineNumber()
				line, ok := in.ReadLine()
				if !ok {
					return nil
				}
				if len(bytes.TrimSpace(line)) == 0 {
					continue
				}
				if !emit(&record.Record{Title: string(line), Source: record.Source{Line: at}}) {
					return nil
				}
			}
		},
	}
	src := strings.NewReader("Peer work in prisons\n\nWalking alongside\n")
	for r, err := range record.NewReader(src, record.ReadOptions{Name: "list.txt", Format: titles}).All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s line %d: %s\n", r.Key, r.Source.Line, r.Title)
	}
	// Output:
	// list.txt#1 line 1: Peer work in prisons
	// list.txt#2 line 3: Walking alongside
}

func ExampleParseDOI() {
	for _, s := range []string{"10.5555/ABC.1", "https://doi.org/10.5555%2Fabc.1", "doi: 10.5555/abc.1.", "see page 10"} {
		doi, ok := record.ParseDOI(s)
		fmt.Println(doi, ok)
	}
	// Output:
	// 10.5555/abc.1 true
	// 10.5555/abc.1 true
	// 10.5555/abc.1 true
	//  false
}

func ExampleParseDate() {
	for _, s := range []string{"2012/03//", "4 March 2012", "2007 Spring", "1998 Dec-1999 Jan", "in press"} {
		d, _ := record.ParseDate(s)
		fmt.Println(d)
	}
	// Output:
	// 2012-03
	// 2012-03-04
	// 2007 Spring
	// 1998-12/1999-01
	// in press
}
