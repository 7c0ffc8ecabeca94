package dedupe

// MergePolicy says how the fields of a merged record are chosen. The zero value
// is the recommended policy.
type MergePolicy struct {
	// Databases are the names of databases whose values are preferred where two
	// values are equally good, the most preferred first: "MEDLINE", "Embase".
	Databases []string `json:"databases,omitempty"`
}
