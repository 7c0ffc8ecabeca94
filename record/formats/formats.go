package formats

import (
	"fmt"
	"strings"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/bibtex"
	"github.com/evidence-go/evidence/record/citation"
	"github.com/evidence-go/evidence/record/csljson"
	"github.com/evidence-go/evidence/record/endnote"
	"github.com/evidence-go/evidence/record/ndjson"
	"github.com/evidence-go/evidence/record/openjson"
	"github.com/evidence-go/evidence/record/pubmed"
	"github.com/evidence-go/evidence/record/registry"
	"github.com/evidence-go/evidence/record/ris"
	"github.com/evidence-go/evidence/record/table"
	"github.com/evidence-go/evidence/record/tagged"
)

// All lists the formats, the commonest first. The list is the caller's own: a
// format may be added to it or taken out. BibLaTeX, which reads as BibTeX does
// and is only written differently, is never guessed. Ovid, citations and the answers
// of services and registries are only read: their Encode is nil.
func All() []record.Format {
	return []record.Format{ris.Format(), pubmed.MEDLINE(), pubmed.XML(), bibtex.Format(), bibtex.BibLaTeX(),
		csljson.Format(), endnote.XML(), endnote.Refer(), tagged.WebOfScience(), tagged.RefWorks(), tagged.Ovid(),
		table.CSV(), table.TSV(), ndjson.Format(), citation.Format(), openjson.Crossref(), openjson.OpenAlex(),
		registry.ICTRP(), registry.ICTRPCSV(), registry.ClinicalTrials(), registry.ClinicalTrialsCSV()}
}

// Names lists the names of the formats in the order of All.
func Names() []string {
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return names
}

// ByName gives the format of a name, in small letters or capitals. The error
// lists the names there are.
func ByName(name string) (record.Format, error) {
	want := strings.ToLower(strings.TrimSpace(name))
	for _, f := range All() {
		if f.Name == want {
			return f, nil
		}
	}
	return record.Format{}, fmt.Errorf("format %q is not known; expected one of %s", name, strings.Join(Names(), ", "))
}
