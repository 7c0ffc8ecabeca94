package record

import (
	"errors"
	"fmt"
	"strings"
)

// Code names a kind of problem. Codes are stable: a program may compare them.
type Code string

// The problems that readers report.
const (
	CodeEmpty          Code = "empty-file"         // no byte, or white space only
	CodeJunk           Code = "junk"               // lines that belong to no record
	CodeNoRecords      Code = "no-records"         // the format is clear, and yet no record stands in the file
	CodeEncoding       Code = "encoding"           // bytes that the encoding does not have, replaced
	CodeTruncated      Code = "truncated"          // the file ends in the middle of a record
	CodeMissingEnd     Code = "missing-end"        // a record without its end mark
	CodeMissingStart   Code = "missing-start"      // a record without its start mark or type
	CodeSyntax         Code = "syntax"             // what the format does not allow; Text says what was expected
	CodeSkipped        Code = "record-skipped"     // a record that could not be read at all
	CodeUnknownTag     Code = "unknown-tag"        // a tag that the format does not define; kept in Extra
	CodeUnknownType    Code = "unknown-type"       // a type of work that the format does not define
	CodeRepeatedTag    Code = "repeated-tag"       // a second value where one is allowed; kept in Extra
	CodeRepeatedKey    Code = "repeated-key"       // a key that came before in the file
	CodeNoKey          Code = "missing-key"        // an entry without a key where the format asks for one
	CodeEmptyValue     Code = "empty-value"        // a tag without a value where that is odd
	CodeAuthorList     Code = "author-list"        // several authors in one tag, split
	CodeAuthorForm     Code = "author-form"        // a name whose parts are unsure
	CodeDate           Code = "date"               // a date that could not be read
	CodeDOI            Code = "doi"                // a value that is not a DOI where one should be
	CodeMisplacedID    Code = "misplaced-id"       // a DOI or PMID found in a tag meant for something else
	CodeIdentifier     Code = "identifier"         // a PMID, ISSN, ISBN or ORCID of wrong form or check digit
	CodeTwoFields      Code = "two-fields"         // two tags on one line
	CodeContinuation   Code = "continuation"       // a wrapped line in a format without them
	CodeMarkup         Code = "markup"             // markup that could not be read as such
	CodeUndefinedMacro Code = "undefined-macro"    // a BibTeX macro that nothing defines
	CodeUnresolved     Code = "unresolved-parent"  // a crossref or xdata whose parent is missing
	CodeBraces         Code = "unbalanced-braces"  // an opening brace without its partner, or the reverse
	CodeRecordTooLong  Code = "record-too-long"    // over Limits.Record: left out
	CodeFieldTooLong   Code = "field-too-long"     // over Limits.Field: left out
	CodeTooDeep        Code = "nesting-too-deep"   // over Limits.Nesting: left out
	CodeExpansion      Code = "expansion-too-long" // macros that expand to more than Limits.Expansion
	CodeKeysUnchecked  Code = "keys-unchecked"     // too many keys to go on looking for repeated ones
	CodePassedOver     Code = "passed-over"        // a file of an archive that is not of records
	CodeUnread         Code = "file-unread"        // a file of an archive that could not be read at all
)

// losing are the codes that say that something of the file stands in no record.
var losing = map[Code]bool{
	CodeJunk: true, CodeEncoding: true, CodeTruncated: true, CodeSkipped: true,
	CodeUnread: true, CodeRecordTooLong: true, CodeFieldTooLong: true, CodeTooDeep: true, CodeExpansion: true,
}

// Loses tells whether a problem of this kind means that a part of the file
// stands in no record; the others only say how something odd was read.
func (c Code) Loses() bool { return losing[c] }

// Problem is something odd in a file, with its place.
type Problem struct {
	File   string `json:"file,omitzero"`
	Line   int    `json:"line,omitzero"`   // from 1; 0 when it concerns the file as a whole
	Column int    `json:"column,omitzero"` // in characters, from 1; 0 when the whole line is meant
	Tag    string `json:"tag,omitzero"`
	Code   Code   `json:"code"`
	Text   string `json:"text"`            // what is odd and how it was read, in words
	Value  string `json:"value,omitzero"`  // the value in question, cut after 200 bytes
	Record string `json:"record,omitzero"` // key of the record it belongs to
}

// String writes the problem on one line:
// "scopus.ris:1041:1 AU: two authors in one tag, split at ';' (author-list)".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, ":%d", p.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	if p.Tag != "" {
		b.WriteString(p.Tag + ": ")
	}
	b.WriteString(p.Text)
	if p.Value != "" {
		fmt.Fprintf(&b, " %q", p.Value)
	}
	fmt.Fprintf(&b, " (%s)", p.Code)
	return b.String()
}

// maxValue is how much of a value a problem repeats, in bytes.
const maxValue = 200

// Cut shortens a value for a problem to 200 bytes, at a character's start.
func Cut(value string) string {
	if len(value) <= maxValue {
		return value
	}
	n := maxValue
	for n > 0 && value[n]&0xC0 == 0x80 {
		n--
	}
	return value[:n] + "…"
}

// What ends a stream, or keeps it from beginning. [errors.Is] finds them in the
// errors that readers return.
var (
	ErrNoFormat      = errors.New("no format to read with: set ReadOptions.Formats (formats.All()) or ReadOptions.Format")
	ErrUnknownFormat = errors.New("not a bibliographic file")
	ErrAmbiguous     = errors.New("the format is not sure")
	ErrLimit         = errors.New("a limit was passed")
	ErrSource        = errors.New("the source failed")
	ErrCannotWrite   = errors.New("the format has no writer")
	ErrCannotRead    = errors.New("the format has no reader")
)

// Error is a fatal error: a Problem with its place, wrapping one of the
// sentinels above and, where there is one, the cause.
type Error struct {
	Problem
	Kind  error // one of the sentinels
	Cause error // of ErrSource: what the source said
}

// Error gives the place, what happened and the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	b.WriteString(e.Kind.Error())
	if e.Text != "" {
		b.WriteString(": " + e.Text)
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap gives the sentinel and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}
