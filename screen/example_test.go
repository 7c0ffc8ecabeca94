package screen_test

import (
	"context"
	"fmt"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

func Example() {
	plan, err := screen.Parse([]byte(`{
	  "schema": 1,
	  "title": "Peer support work",
	  "reasons": [
	    {"code": "wrong-language", "text": "Not in English"},
	    {"code": "wrong-concept", "text": "Not about peer support work"}
	  ],
	  "stages": [{
	    "name": "title-abstract",
	    "undecided": "include",
	    "rules": [
	      {"name": "language", "if": {"not": {"languages": ["en"]}}, "then": "exclude", "reason": "wrong-language"},
	      {"name": "concept", "if": {"not": {"terms": ["peer support*", "peer work*"]}}, "then": "exclude", "reason": "wrong-concept"}
	    ]
	  }]
	}`), "protocol.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	records := []*record.Record{
		{Key: "a", Title: "Peer workers on acute wards", Abstract: record.Abstract{Text: "Interviews."}, Languages: []string{"en"}},
		{Key: "b", Title: "Genesungsbegleitung", Languages: []string{"de"}},
		{Key: "c", Title: "Peer review of manuscripts", Abstract: record.Abstract{Text: "A survey of editors."}, Languages: []string{"en"}},
		{Key: "d", Title: "Recovery colleges", Languages: []string{"en"}}, // no abstract: a rule cannot say
	}
	out, err := plan.Run(context.Background(), records, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range out.Settled {
		fmt.Println(d.Key, d.Verdict, d.Reason, "|", d.Why)
	}
	t := out.Stages[0]
	fmt.Println(t.Entered, "entered:", t.Included, "included,", t.Excluded, "excluded")
	// Output:
	// a include  | no rule applies; the stage sends undecided records on
	// b exclude wrong-language | rule “language”: languages “de”
	// c exclude wrong-concept | rule “concept”
	// d include  | no rule applies; the record lacks what 1 rule asks for; the stage sends undecided records on
	// 4 entered: 2 included, 2 excluded
}
