package dedupe

// Stats says how common each title word and each author name is in a
// collection of records, and how far its fields can be trusted. It is learnt
// by [Learn], merged from parts by Merge, and kept as JSON.
type Stats struct {
	Version int                   `json:"version"`
	Records int                   `json:"records"`
	Words   map[string]int        `json:"words"`  // in how many titles a word stands
	Names   map[string]int        `json:"names"`  // in how many records a family name stands
	Fields  map[string]FieldStats `json:"fields"` // by name: "doi", "pmid", …
}

// FieldStats says how far a field can be trusted here.
type FieldStats struct {
	Filled       int `json:"filled"`       // records in which the field has a value
	Shared       int `json:"shared"`       // of identifiers: neighbouring records with the same value
	Contradicted int `json:"contradicted"` // of those: pairs with quite different titles
}

// Key is a blocking key: records that share one are candidates.
type Key struct {
	Kind  string `json:"kind"` // "doi", "pmid", "title", "words", "author-year-page", …
	Value string `json:"value"`
}

// pair is two records by their place in the input, and the judgement on them.
type pair struct {
	a, b int32
	c    Comparison
}
