package record

// Load says what one file gave: the reader's part, and what only the person
// knows who searched. It holds the facts that PRISMA-S asks to be reported.
type Load struct {
	File       string       `json:"file"`
	Format     string       `json:"format,omitzero"`
	Charset    string       `json:"charset,omitzero"`
	Compressed string       `json:"compressed,omitzero"` // "gzip"; "zip" of an archive and of a file in one
	Records    int          `json:"records"`
	Problems   int          `json:"problems"` // of records and of the file
	ByCode     map[Code]int `json:"by_code,omitempty"`
	Bytes      int64        `json:"bytes"`           // of the file as it lies on disk
	SHA256     string       `json:"sha256,omitzero"` // of the same bytes, in hex

	// What the caller adds.
	Database     string `json:"database,omitzero"`
	Platform     string `json:"platform,omitzero"`
	DateSearched string `json:"date_searched,omitzero"` // ISO 8601
	Strategy     string `json:"strategy,omitzero"`
	Reported     *int   `json:"reported,omitzero"`     // hits that the database reported; nil when not known
	Register     bool   `json:"register,omitzero"`     // a register of trials, not a database: PRISMA counts it apart
	OtherMethod  string `json:"other_method,omitzero"` // found otherwise: "citation searching", "websites", "organisations"
}

// Missing is how many records the database reported that the file does not
// hold; negative when it holds more, 0 where nothing was reported.
func (l Load) Missing() int {
	if l.Reported == nil {
		return 0
	}
	return *l.Reported - l.Records
}

// Manifest lists the files that a set of records was loaded from.
type Manifest []Load

// Records is the number of records of all files.
func (m Manifest) Records() int {
	n := 0
	for _, l := range m {
		n += l.Records
	}
	return n
}

// Library is a file read whole: its records, what belongs to no record, and the
// account of the load.
type Library struct {
	Records  []*Record
	Problems []Problem // of the file and of every record, by line
	Load     Load
}
