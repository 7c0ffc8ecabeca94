package registry_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/registry"
)

// Read what ClinicalTrials.gov answered, and find what was published of a trial.
func Example() {
	answer := `{"studies": [{"protocolSection": {
		"identificationModule": {"nctId": "NCT09999990", "briefTitle": "Kites for Toy Villages"},
		"statusModule": {"overallStatus": "COMPLETED", "studyFirstPostDateStruct": {"date": "2026-02-03"}},
		"designModule": {"enrollmentInfo": {"count": 170}},
		"referencesModule": {"references": [{"pmid": "90000001", "type": "RESULT"}]}
	}}], "nextPageToken": "x"}`
	rd := record.NewReader(strings.NewReader(answer), record.ReadOptions{Name: "studies.json", Format: registry.ClinicalTrials()})
	for r, err := range rd.All() {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Key, r.Date, r.Title, r.Status)
		fmt.Println(r.Relations[0].Kind, r.Relations[0].PMID)
		fmt.Println(r.Extra.Get("protocolSection.designModule.enrollmentInfo"))
	}
	// Output:
	// NCT09999990 2026-02-03 Kites for Toy Villages COMPLETED
	// reported-in 90000001
	// {"count":170}
}
