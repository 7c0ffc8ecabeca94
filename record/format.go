package record

// Format is how one kind of file is recognised, read and written. It is a plain
// value: a program that knows a format of its own makes one and puts it into
// ReadOptions.Formats; nothing has to be registered.
type Format struct {
	Name       string   // short, in small letters, as options name it: "ris"
	Title      string   // as a person names it: "RIS"
	Extensions []string // usual endings of file names, with the point: ".ris"

	// Sniff tells from the first bytes of a file, as UTF-8, how sure it is that
	// the file has this format: 0 not at all, 100 certainly. It may be nil for a
	// format that is never guessed.
	Sniff func(head []byte) int

	// Decode reads records and hands each to emit, until the input ends or emit
	// returns false. The error is fatal: a limit passed, see Input.Limits; what
	// the source failed with stays in Input.Err. Damaged records are emitted
	// with their Problems, and what belongs to no record goes to Input.Report.
	// Decode fills Source.Line; the Reader fills the rest of Source, unless Decode
	// has set Source.File, and the Key where the format has none. It is nil for a format that is only written.
	Decode func(in *Input, emit func(*Record) bool) error

	// Encode begins a file. It is nil for a format that is only read.
	Encode func(w Sink) Encoder
}

// Sink is what an Encoder writes to. Writes to it never fail at once: the Writer
// keeps the first error and returns it from Write and Close.
type Sink interface {
	Write(p []byte) (int, error)
	WriteString(s string) (int, error)
	WriteByte(c byte) error
}

// Encoder writes the records of one file.
type Encoder interface {
	// Encode writes one record.
	Encode(r *Record) error
	// Close writes what ends the file. It does not close the sink.
	Close() error
}

// IsZero tells whether no format is set.
func (f Format) IsZero() bool { return f.Name == "" }
