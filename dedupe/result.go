package dedupe

import (
	"strings"

	"github.com/evidence-go/evidence/record"
)

// Verdict is what a comparison or a person says of two records.
type Verdict string

// The verdicts. A person decides Same or Different only.
const (
	Same      Verdict = "same"      // one work
	Different Verdict = "different" // two works
	Unsure    Verdict = "unsure"    // a person should look
)

// Level is one compared field and how far the two records agree in it.
type Level struct {
	Field  string  `json:"field"`  // "title", "authors", "pages", …
	Name   string  `json:"name"`   // in words: "same but for the subtitle"
	Weight float64 `json:"weight"` // evidence in bits: positive for one work, negative against
}

// Comparison is the judgement on two records.
type Comparison struct {
	Verdict Verdict     `json:"verdict"`
	Score   float64     `json:"score"`             // 0 to 1; how likely it is that both are one work
	Rule    string      `json:"rule"`              // name of the rule that decided
	Why     string      `json:"why"`               // the same in words
	Levels  []Level     `json:"levels,omitempty"`  // the evidence, field by field
	Related RelatedKind `json:"related,omitempty"` // how the two are related, when they are not one work
}

// Link is a pair of records and why they were joined, or were almost. A stands
// before B in the input.
type Link struct {
	A, B   *record.Record
	Rule   string  // name of the rule that decided
	Score  float64 // 0 to 1
	Why    string  // in words
	Levels []Level // the evidence, field by field; none for a person's order
}

// Group is two or more records of one work.
type Group struct {
	Records []*record.Record // in the order of the input
	Links   []Link           // what joined them; A before B, in the order of the input
}

// RelatedKind says how two records are related that are not one work.
type RelatedKind string

// The kinds of related records.
const (
	Erratum            RelatedKind = "erratum"             // a correction and the article it corrects
	RetractionNotice   RelatedKind = "retraction-notice"   // a notice of retraction or concern and its article
	Reply              RelatedKind = "reply"               // a reply, comment or letter and what it is about
	Part               RelatedKind = "part"                // parts of one series of articles
	Edition            RelatedKind = "edition"             // the same annual report, rubric or guideline for another year, volume or issue
	NewVersion         RelatedKind = "version"             // a later version of one review or preprint
	ProtocolResults    RelatedKind = "protocol-results"    // a protocol or registration and the results
	ConferenceAbstract RelatedKind = "conference-abstract" // a conference abstract or paper and the full article
	ThesisArticle      RelatedKind = "thesis"              // a thesis and an article from it
	PreprintVersion    RelatedKind = "preprint"            // a preprint and the version of record
	Translation        RelatedKind = "translation"         // a translation published separately
	Republished        RelatedKind = "republished"         // the same text published in two places
	Companion          RelatedKind = "companion"           // reports of one study, by its registration
	OtherRegistration  RelatedKind = "other-registration"  // two trials of one group, by their registrations
	OtherIdentifier    RelatedKind = "other-identifier"    // one title under two DOIs or PubMed numbers
	SameTitle          RelatedKind = "same-title"          // one title, and yet other facts that say two works
)

// relatedKinds says each kind in words, whichever of the two is which. The most
// telling stand first: of two groups that are related by several of their
// records, the first kind is listed.
var relatedKinds = []struct {
	kind  RelatedKind
	words string
}{
	{RetractionNotice, "a notice of retraction or concern and its article"},
	{Erratum, "an erratum and its article"},
	{Reply, "a reply or comment and what it is about"},
	{Part, "different parts of one series"},
	{PreprintVersion, "a preprint and its version of record"},
	{ProtocolResults, "a protocol or registration and its results"},
	{ThesisArticle, "a thesis and an article from it"},
	{ConferenceAbstract, "a conference abstract or paper and the full article"},
	{Translation, "a translation published separately"},
	{NewVersion, "different versions of one work"},
	{Edition, "different years or issues of one serial work"},
	{Republished, "one text published in two places"},
	{Companion, "reports of one study"},
	{OtherRegistration, "two trials with registrations of their own"},
	{OtherIdentifier, "one title under two DOIs or PubMed numbers"},
	{SameTitle, "one title for two works"},
}

// place is where the kind stands among the kinds, their number if it is none.
func (k RelatedKind) place() int {
	for i := range relatedKinds {
		if relatedKinds[i].kind == k {
			return i
		}
	}
	return len(relatedKinds)
}

func (k RelatedKind) known() bool { return k.place() < len(relatedKinds) }

// kindNames lists the kinds for an error.
func kindNames() string {
	var out []string
	for i := range relatedKinds {
		out = append(out, string(relatedKinds[i].kind))
	}
	return strings.Join(out, ", ")
}

// String says the kind in words.
func (k RelatedKind) String() string {
	if i := k.place(); i < len(relatedKinds) {
		return relatedKinds[i].words
	}
	return string(k)
}

// Related is a pair of records that belong together without being one work.
// A stands before B in the input. Two groups are listed once, however many of
// their records are related, and each is named by the record whose ID Merge
// gives the group; Why names the records in which it was seen when they are
// others.
type Related struct {
	A, B *record.Record
	Kind RelatedKind
	Why  string
}

// Order is a person's word on two records. It is stronger than any rule.
type Order struct {
	Verdict Verdict
	A, B    *record.Record
}

// Capped is a block of records that was too large to be compared pair by pair.
type Capped struct {
	Key     Key `json:"key"`
	Records int `json:"records"` // in the block
	Skipped int `json:"skipped"` // pairs of the block that were not formed through it
}

// RuleCount is how many links a rule made.
type RuleCount struct {
	Rule  string `json:"rule"`
	Links int    `json:"links"`
}

// RunStats says what was done.
type RunStats struct {
	Records    int      `json:"records"`
	Blocks     int      `json:"blocks"`     // keys that two or more records share
	Candidates int      `json:"candidates"` // pairs from all blocks, each counted once
	Compared   int      `json:"compared"`   // candidates that were compared in full; the others were told apart by a first look
	Capped     []Capped `json:"capped,omitempty"`
	Stopped    bool     `json:"stopped,omitzero"` // the context ended before all was compared: duplicates may be missing
	Cut        int      `json:"cut"`              // links taken back because the group contradicted itself

	// Warnings say which fields of the records at hand cannot be trusted and why: a
	// column of PubMed numbers that has slipped by a row, issues that contradict one
	// another.
	Warnings []string `json:"warnings,omitempty"`

	// ByRule counts Links by the rule that decided, the most frequent first.
	// "same PMID" and "same DOI" are links that the identifier alone would have
	// made; "evidence" are those made by all fields together.
	ByRule []RuleCount `json:"by_rule,omitempty"`
}

// Result is what Find returns. Its fields are not to be changed; Decide returns
// a new one.
type Result struct {
	Records  []*record.Record // as given
	Groups   []Group          // of two or more records, by the place of the first member in the input
	Links    []Link           // all links of all groups, in the order of the input
	Doubtful []Link           // the most unsure first: a person should look
	Related  []Related        // in the order of the input
	Stats    *Stats
	Policy   Policy // resolved
	Run      RunStats
	Orders   []Order // what persons decided, in the order they did

	judged []pair // what Compare called same, unsure or related, for regrouping
	search *search
}

// Unique is the number of records that are left when duplicates are joined.
func (res *Result) Unique() int {
	n := len(res.Records)
	for i := range res.Groups {
		n -= len(res.Groups[i].Records) - 1
	}
	return n
}
