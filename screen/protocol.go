package screen

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/evidence-go/evidence/internal/strictjson"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// SchemaVersion is the version of the JSON form of a protocol and a decision.
const SchemaVersion = 1

// Verdict is what was decided about a record at a stage.
type Verdict string

// The verdicts. Undecided is the zero value.
const (
	Undecided Verdict = ""
	Include   Verdict = "include" // to the next stage, or into the review
	Exclude   Verdict = "exclude"
	Unsure    Verdict = "unsure" // a person looked and could not tell
)

// Protocol is the plan of a review as data: what is asked, in which stages
// records are screened, by which rules, and which of the included are reported.
type Protocol struct {
	Schema    int       `json:"schema"` // 1
	Title     string    `json:"title"`
	Question  string    `json:"question,omitzero"`
	Questions []string  `json:"questions,omitempty"` // of a review with several
	Criteria  []string  `json:"criteria,omitempty"`  // eligibility in words, as the protocol was published
	Reasons   []Reason  `json:"reasons"`             // for excluding; every code that a rule or person gives must stand here
	Stages    []Stage   `json:"stages"`
	Arbiters  []string  `json:"arbiters,omitempty"` // who settles it when persons disagree
	Report    *Priority `json:"report,omitzero"`    // which of the included are reported; nil: all
}

// Reason is a reason for exclusion, as it will stand in the flow diagram.
type Reason struct {
	Code string `json:"code"` // "wrong-population"
	Text string `json:"text"` // "Population is not people in mental health care"

	// NotRetrieved marks the reason of reports that were sought and could not be
	// had; PRISMA 2020 counts them in a box of their own, before eligibility.
	NotRetrieved bool `json:"not_retrieved,omitzero"`
}

// Stage is one pass over the records.
type Stage struct {
	Name  string `json:"name"`           // "title-abstract"
	Title string `json:"title,omitzero"` // "Titles and abstracts"
	Rules []Rule `json:"rules,omitempty"`

	// Undecided is what becomes of a record that neither a rule nor a person
	// settled: include sends it on, exclude leaves it out with UndecidedReason;
	// left empty it stays undecided and waits for a person.
	Undecided       Verdict `json:"undecided,omitzero"`
	UndecidedReason string  `json:"undecided_reason,omitzero"`
}

// Rule decides the records for which its condition holds.
type Rule struct {
	Name   string    `json:"name"`
	If     Condition `json:"if"`
	Then   Verdict   `json:"then"`            // include or exclude
	Reason string    `json:"reason,omitzero"` // code; asked for where Then is exclude
}

// Condition is a question to a record, answered by yes, no or cannot say. Every
// part that is filled in must hold; a condition without any part is an error.
type Condition struct {
	All []Condition `json:"all,omitempty"` // each of these holds
	Any []Condition `json:"any,omitempty"` // at least one of these holds
	Not *Condition  `json:"not,omitzero"`  // this does not hold

	// Terms are words and phrases in the form that query.Compile describes. At
	// least AtLeast different ones (default 1) must stand in the Fields (default
	// title, abstract and keywords). Where they do not, the answer is cannot say if
	// the title or the abstract is asked for and missing, or if neither is asked for
	// and all of the Fields are missing. The flags are never missing: a record without
	// any has not been retracted.
	Terms   []string       `json:"terms,omitempty"`
	Fields  []record.Field `json:"fields,omitempty"`
	AtLeast int            `json:"at_least,omitzero"`

	// Search is a strategy in the language of Ovid, PubMed or another platform. The
	// condition holds where the strategy's last line finds the record; the answer is
	// cannot say where the record lacks what the strategy asks for.
	Search *query.Search `json:"search,omitempty"`

	Years     *Years         `json:"years,omitzero"`
	Languages []string       `json:"languages,omitempty"` // one of the record's is among these; codes of ISO 639 or English names
	Types     []string       `json:"types,omitempty"`     // one of its publication types is among these
	Kinds     []record.Kind  `json:"kinds,omitempty"`     // its kind is among these
	Present   []record.Field `json:"present,omitempty"`   // each of these fields has a value
	Missing   []record.Field `json:"missing,omitempty"`   // none of these fields has a value
}

// Years is a range of publication years, both ends included; 0 leaves an end open.
type Years struct {
	From int `json:"from,omitzero"`
	To   int `json:"to,omitzero"`
}

// Priority says which of the included records are reported when a review limits
// itself: preferred ones first, and no more than Cap in all.
type Priority struct {
	Prefer []Preference `json:"prefer,omitempty"` // the first that holds gives a record its rank
	Cap    *int         `json:"cap,omitzero"`     // most records reported; nil: no cap
}

// Preference names records that are reported before others.
type Preference struct {
	Name string    `json:"name"` // "existing reviews"
	If   Condition `json:"if"`
}

// Load reads a protocol from a JSON file and compiles it. Errors name the file,
// the place and what was probably meant.
func Load(path string) (*Plan, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("protocol: %w", err)
	}
	return Parse(data, filepath.Base(path))
}

// Parse reads a protocol from JSON and compiles it. name is used in errors.
func Parse(data []byte, name string) (*Plan, error) {
	var p Protocol
	if err := strictjson.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	plan, err := Compile(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return plan, nil
}
