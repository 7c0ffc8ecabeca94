package synth

import (
	"encoding/json"
	"fmt"

	"github.com/evidence-go/evidence/record"
)

// SchemaVersion is the version of the JSON form of a summary; it stands in every
// one as "schema". docs/schema/summary.json describes it.
const SchemaVersion = 1

// Summary is what a set of records says, with the way back to each of them. It is
// plain data: all its lists are sorted by rules that do not hang on the order of
// the records, and records are named by their IDs.
type Summary struct {
	Schema  int     `json:"schema"`
	Options Options `json:"options"` // resolved
	Counts  Counts  `json:"counts"`

	Records []CodedRecord  `json:"records"`          // by ID
	Themes  []ThemeSummary `json:"themes,omitempty"` // of the codebook, in its order, a parent before its children
	Designs []ThemeSummary `json:"designs"`          // of the design codebook, in its order
	Axes    []AxisSummary  `json:"axes,omitempty"`   // in the order of Options.Axes
	Found   []FoundTheme   `json:"found,omitempty"`  // themes that no codebook names, the largest first
	// FoundTree says how the found themes join into wider ones, the nearest first.
	FoundTree []FoundJoin `json:"found_tree,omitempty"`
	// LeftOver are the English records with text that belong to no found theme, by
	// ID; none where themes were not looked for.
	LeftOver []record.ID `json:"left_over,omitempty"`
	Uncoded  []record.ID `json:"uncoded,omitempty"` // records under no theme of the codebook, by ID
	Notes    []string    `json:"notes,omitempty"`   // what a reader of the numbers must know
	// Phrasing says who put the themes into words; nil where nobody did.
	Phrasing *Phrasing `json:"phrasing,omitempty"`
	// Coders says who coded what besides the terms; nil without Options.Codings.
	Coders *Coders `json:"coders,omitempty"`
}

type plainSummary Summary

// UnmarshalJSON reads what encoding/json writes of a summary, and gives an equal
// one. A version that is not known is an error.
func (s *Summary) UnmarshalJSON(data []byte) error {
	var in plainSummary
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in.Schema != SchemaVersion {
		return fmt.Errorf("synth: summary of JSON schema version %d, expected %d", in.Schema, SchemaVersion)
	}
	*s = Summary(in)
	return nil
}

// Counts are the numbers of what was summarised.
type Counts struct {
	Records     int         `json:"records"`      // different ones
	Studies     int         `json:"studies"`      // as many as records where no studies were given
	Grouped     bool        `json:"grouped"`      // studies were given, and are what is counted
	Copies      int         `json:"copies"`       // records left out because their ID came before
	TitleOnly   int         `json:"title_only"`   // records without abstract
	NoText      int         `json:"no_text"`      // records with neither title, abstract nor keywords
	NotEnglish  int         `json:"not_english"`  // records whose languages do not include English
	WithoutYear int         `json:"without_year"` // records without a year
	FirstYear   int         `json:"first_year"`   // 0 where no record has a year
	LastYear    int         `json:"last_year"`
	Years       []YearCount `json:"years,omitempty"` // studies by year, see ThemeSummary.Years
}

// CodedRecord is a record with all it was coded with.
type CodedRecord struct {
	ID     record.ID `json:"id"`
	Study  string    `json:"study"` // the study it reports; its own ID where it belongs to none
	Title  string    `json:"title,omitzero"`
	Year   int       `json:"year,omitzero"`
	Themes []string  `json:"themes,omitempty"` // names, in the order of the codebook, parents included
	Design string    `json:"design,omitzero"`  // "" is not stated
	Axes   []Codes   `json:"axes,omitempty"`   // one for each of Options.Axes, in their order
	// Phrases are what its title and abstract are about, the likeliest first, each
	// at its first place; none for a record that is not in English.
	Phrases []record.Span `json:"phrases,omitempty"`
}

// Codes are the themes that a record has on one axis.
type Codes struct {
	Axis   string   `json:"axis"`
	Themes []string `json:"themes,omitempty"` // none is not stated
}

// AxisSummary is a further codebook and what was found under it.
type AxisSummary struct {
	Name   string         `json:"name"`
	Title  string         `json:"title,omitzero"`
	Themes []ThemeSummary `json:"themes"` // in the codebook's order
}

// ThemeSummary is one theme and the records coded with it; a theme without any
// is listed with none.
type ThemeSummary struct {
	Name       string `json:"name"`
	Title      string `json:"title,omitzero"`
	Definition string `json:"definition,omitzero"`
	Parent     string `json:"parent,omitzero"` // name of the wider theme
	Depth      int    `json:"depth,omitzero"`  // 0 for a theme that has no wider one

	Records []record.ID `json:"records,omitempty"` // by ID, those of narrower themes included
	Studies []string    `json:"studies,omitempty"` // by ID; the records' IDs where no studies were given
	// Years are the studies by the year of their first report here: every year
	// from the first to the last of the whole summary, 0 included.
	Years   []YearCount `json:"years,omitempty"`
	Tallies []Tally     `json:"tallies,omitempty"` // studies by design and by each further axis
	Claims  []Claim     `json:"claims,omitempty"`  // what can be said in numbers
	// Phrases tell its English texts from the others, the most telling first, as they
	// are written most often; none for designs and further axes, for fewer than three
	// texts, and where there are no key phrases of records.
	Phrases []string `json:"phrases,omitempty"`
	// Evidence are sentences that speak of the theme, the best first. Designs and
	// further axes have none: their codings say what they rest on.
	Evidence []Quote  `json:"evidence,omitempty"`
	Codings  []Coding `json:"codings,omitempty"` // why each record stands here, by record
	// Statements are sentences about the theme that passed Ground: see Phrase.
	Statements []Sentence `json:"statements,omitempty"`
}

// Label is what readers are shown: the title, or the name where there is none.
func (t ThemeSummary) Label() string { return label(t.Title, t.Name) }

// YearCount is how many studies a year has.
type YearCount struct {
	Year  int `json:"year"`
	Count int `json:"count"`
}

// Tally counts the studies of one theme along an axis.
type Tally struct {
	Axis      Axis    `json:"axis"`
	Counts    []Count `json:"counts"`     // every theme of the axis, in its order, 0 included
	NotStated int     `json:"not_stated"` // studies without any
}

// Count is the number of studies under a name.
type Count struct {
	Name  string `json:"name"`
	Title string `json:"title,omitzero"`
	Count int    `json:"count"`
}

// Claim is a sentence made of numbers, with the records that it counts. Verify
// counts again and rebuilds the sentence.
type Claim struct {
	Text    string      `json:"text"`              // "Training: 14 of 27 studies (2003–2021)"
	Count   int         `json:"count"`             // studies, or records where no studies were given
	Of      int         `json:"of"`                // out of how many
	Records []record.ID `json:"records,omitempty"` // those counted, by ID
}

// Quote is a sentence of a record, at its place: bytes Start to End of the
// field's text, or of its item where the field is a list.
type Quote struct {
	Record record.ID `json:"record"`
	record.Span
	Section record.Category `json:"section,omitzero"` // of a structured abstract
	// Role is the part of the abstract that the sentence plays; "" where neither
	// label nor model says so.
	Role     record.Category `json:"role,omitzero"`
	RoleFrom RoleSource      `json:"role_from,omitzero"`
	Terms    []string        `json:"terms,omitempty"` // terms of the theme that stand in it
}

// Coding says why a record was coded with a theme.
type Coding struct {
	Record record.ID `json:"record"`
	// Terms are the terms that were found, each where it stands first.
	Terms []TermPlace `json:"terms,omitempty"`
	// Search says that the theme's search found the record, and Found where: none
	// where it rests on something that is not text, such as a year.
	Search bool          `json:"search,omitzero"`
	Found  []record.Span `json:"found,omitempty"`
	// Types are the publication types that coded the record by themselves.
	Types []string `json:"types,omitempty"`
	// Kind is the kind of work that coded the record by itself.
	Kind record.Kind `json:"kind,omitzero"`
	// Coders are the persons who coded the record with the theme or a narrower one.
	Coders []string `json:"coders,omitempty"`
	// From are the narrower themes that the record was coded with.
	From []string `json:"from,omitempty"`
}

// TermPlace is a term of a codebook and a place where it stands.
type TermPlace struct {
	Term string `json:"term"`
	record.Span
}

// FoundJoin is two found themes, or what was joined before, becoming one.
type FoundJoin struct {
	A  int     `json:"a"`  // place in Found, or for what the k-th join made the number of found themes plus k
	B  int     `json:"b"`  // likewise, greater than A
	At float64 `json:"at"` // mean cosine of a text of the one and one of the other
}

// FoundTheme is a group of records of a like subject that no codebook named. It
// is a suggestion: its label is made of phrases that its texts use more than the
// others do.
type FoundTheme struct {
	Title   string      `json:"title,omitzero"`   // given by hand, see FoundEdit
	Label   string      `json:"label"`            // the most telling phrases, as they stand in the texts
	Phrases []string    `json:"phrases"`          // noun phrases, the most telling first
	Terms   []string    `json:"terms,omitempty"`  // single words, those that made the group
	Records []record.ID `json:"records"`          // the best fitting first
	Unlike  []record.ID `json:"unlike,omitempty"` // those that fit less than half as well as the middle one, the worst first
	Studies []string    `json:"studies"`          // by ID
	// Cohesion is the mean cosine of two of its records, Apart that of one of them
	// and one outside, both from 0 to 1 over weighted words.
	Cohesion float64 `json:"cohesion"`
	Apart    float64 `json:"apart"`
	// Stability is how well the theme comes out again when a fifth of the texts is
	// left out, from 0 to 1: the mean of 20 Jaccard indexes (Hennig 2007). Below 0.6 it
	// may be chance, from 0.75 on it is there.
	Stability float64     `json:"stability"`
	Years     []YearCount `json:"years,omitempty"`
	Claims    []Claim     `json:"claims,omitempty"`
	Evidence  []Quote     `json:"evidence,omitempty"`
	// Statements are sentences about the theme that passed Ground: see Phrase.
	Statements []Sentence `json:"statements,omitempty"`
}

// Name is what readers are shown: the title given by hand, or the label.
func (t FoundTheme) Name() string { return label(t.Title, t.Label) }
