package query

// Options say how a strategy is read. The zero value needs a Dialect.
type Options struct {
	Dialect Dialect `json:"dialect"`

	// Lenient reads common slips as what they were meant to be, and says so in
	// Query.Notes; without it they are errors with a suggestion.
	Lenient bool `json:"lenient,omitzero"`

	// AsIs asks records as a database asks its own: what a record lacks is not
	// there, so that the answer is no where it would be cannot say. Without it a
	// record that came without its abstract or its headings is not said to fail.
	AsIs bool `json:"as_is,omitzero"`

	// MapTerms is PubMed's automatic term mapping: a word or phrase without a
	// field and without quotes is also looked for as a heading, where Headings
	// has one of that name. What was mapped to what is in Query.Notes.
	MapTerms bool `json:"map_terms,omitzero"`

	// Headings is the tree of subject headings that exploding a heading
	// follows. Without one a heading finds records by its own name alone, and
	// each answer says so.
	Headings *Tree `json:"-"`
}
