package synth

import "github.com/evidence-go/evidence/record"

// Options say what to summarise by. The zero value is the recommended setting:
// designs, years and found themes, without a codebook.
type Options struct {
	// Codebook holds the themes; nil for none.
	Codebook *Codebook `json:"codebook,omitempty"`
	// Codings are what persons coded by the themes of Codebook. What was adjudicated,
	// or agreed on by all of two or more who read a record, takes the place of what
	// terms find there; what is not settled is listed, and terms decide.
	Codings *Codings `json:"codings,omitempty"`
	// Axes are further codebooks, such as settings or perspectives, that themes
	// and designs can be crossed with. Their names must differ from each other's.
	Axes []*Codebook `json:"axes,omitempty"`
	// Design replaces the built-in codebook of study designs; nil means [Designs].
	Design *Codebook `json:"design,omitempty"`
	// Studies says which records report the same study. With it studies are
	// counted, each once; a record in none of them is a study by itself.
	Studies []record.Study `json:"studies,omitempty"`
	// EvidencePerTheme is how many quotes each theme gets at most; 0 means 10, a
	// negative number means none.
	EvidencePerTheme int `json:"evidence_per_theme"`
	// PhrasesPerRecord is how many key phrases each English record gets at most; 0
	// means 5, a negative number means none, and none for the codebook's themes.
	PhrasesPerRecord int `json:"phrases_per_record"`
	// CodebookOnly turns off the search for themes that no codebook names.
	CodebookOnly bool `json:"codebook_only,omitzero"`

	// FoundFrom is the number of different English texts from which themes are
	// looked for; 0 means 20.
	FoundFrom int `json:"found_from"`
	// FoundThemes is how many themes to look for; 0 leaves it to how the texts hang
	// together. Fewer are found where a group shares no phrase that would name it,
	// or where the texts cannot be parted so far.
	FoundThemes int `json:"found_themes,omitzero"`
	// FoundEdits are what a person made of the themes found before. They name
	// themes by records, so that they hold when records have come or gone.
	FoundEdits []FoundEdit `json:"found_edits,omitempty"`
	// Version is that of the rules of coding, ranking and finding; Resolved fills
	// it in.
	Version int `json:"version"`
}

// FoundEdit names found themes by hand, or makes several into one. An edit is about
// each found theme in which at least two of its records and a fifth of them stand:
// those become one theme, and it has the title. Give the records that fit a theme
// best, which FoundTheme.Records begins with. An edit that is about no theme is
// said so in the notes.
type FoundEdit struct {
	Title   string      `json:"title,omitzero"` // left out, the theme keeps its label
	Records []record.ID `json:"records"`
}

// rulesVersion is raised when the same records and options would give another
// summary than before.
const rulesVersion = 3

const (
	defaultEvidence  = 10
	defaultPhrases   = 5
	defaultFoundFrom = 20
)

// Resolved is o with every number filled in, the design codebook and the
// version of the rules named.
func (o Options) Resolved() Options {
	if o.EvidencePerTheme == 0 {
		o.EvidencePerTheme = defaultEvidence
	}
	if o.EvidencePerTheme < 0 {
		o.EvidencePerTheme = -1
	}
	if o.PhrasesPerRecord == 0 {
		o.PhrasesPerRecord = defaultPhrases
	}
	if o.PhrasesPerRecord < 0 {
		o.PhrasesPerRecord = -1
	}
	o.FoundThemes = max(o.FoundThemes, 0)
	if o.FoundFrom <= 0 {
		o.FoundFrom = defaultFoundFrom
	}
	if o.Design == nil {
		o.Design = Designs()
	}
	o.Version = rulesVersion
	return o
}
