package synth

import (
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// CodebookSchema is the version of the JSON form of a codebook; it stands in
// every file as "schema". docs/schema/codebook.json describes it.
const CodebookSchema = 1

// Codebook is a list of themes that records are coded with: what a review looks
// for, written down before it looks.
type Codebook struct {
	Schema      int    `json:"schema"` // 0 is read as the version of today
	Name        string `json:"name"`   // short, by which tables call it: "setting"
	Title       string `json:"title,omitzero"`
	Description string `json:"description,omitzero"`
	// Exclusive gives a record only the first theme that applies, in the order
	// of the list, so that the counts of the themes add up to the whole.
	Exclusive bool `json:"exclusive,omitzero"`
	// NotSections are the categories of sections of a structured abstract in which
	// no term counts: a trial that calls for further cohorts is not one.
	NotSections []record.Category `json:"not_sections,omitempty"`
	Themes      []Theme           `json:"themes"`
}

// Theme is one code of a codebook.
type Theme struct {
	Name       string `json:"name"` // short and unique in the codebook: "training"
	Title      string `json:"title,omitzero"`
	Definition string `json:"definition,omitzero"`
	// Terms are words and phrases in the form of query.Compile. One of them in
	// title, abstract or keywords codes the record.
	Terms []string `json:"terms,omitempty"`
	// TitleTerms code the record where they stand in the title.
	TitleTerms []string `json:"title_terms,omitempty"`
	// Not are terms that take away every hit in the sentence they stand in.
	Not []string `json:"not,omitempty"`
	// Search is a strategy in the language of Ovid, PubMed or another platform; a
	// record that it finds is coded. One of which it cannot be said is not.
	Search *query.Search `json:"search,omitempty"`
	// Unless is a strategy that takes the theme's own codes away from the records
	// that it finds; those of narrower themes stay.
	Unless *query.Search `json:"unless,omitempty"`
	// Types are publication types that code the record by themselves
	// ("Randomized Controlled Trial"); case does not matter.
	Types []string `json:"types,omitempty"`
	// Kinds are kinds of works that code the record by themselves.
	Kinds []record.Kind `json:"kinds,omitempty"`
	// Yields makes the theme of an exclusive codebook give way where another
	// report of the same study has another theme: a protocol to its trial.
	Yields bool `json:"yields,omitzero"`
	// Examples are sentences that the theme is meant for, for those who code.
	Examples []string `json:"examples,omitempty"`
	// Themes are narrower themes. Their records count for this one too.
	Themes []Theme `json:"themes,omitempty"`
}

// label is what readers are shown: the title, or the name where there is none.
func label(title, name string) string {
	if title == "" {
		return name
	}
	return title
}
