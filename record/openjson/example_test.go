package openjson_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/openjson"
)

// Read what Crossref answered for a list of works.
func Example() {
	answer := `{"status": "ok", "message-type": "work-list", "message": {"items": [
		{"DOI": "10.5555/kite.17", "type": "journal-article", "title": ["Kites over toy villages"],
		 "author": [{"given": "Ada", "family": "Kiwi", "sequence": "first", "affiliation": []}],
		 "container-title": ["Journal of Invented Things"], "issued": {"date-parts": [[2021, 4]]},
		 "updated-by": [{"DOI": "10.5555/notice.1", "type": "retraction"}]}
	]}}`
	rd := record.NewReader(strings.NewReader(answer), record.ReadOptions{Name: "works.json", Format: openjson.Crossref()})
	for r, err := range rd.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.People[0].Name, r.Date, r.Title, r.Flags.Retracted, r.Relations[0].DOI)
	}
	// Output: Kiwi, Ada 2021-04 Kites over toy villages true 10.5555/notice.1
}
