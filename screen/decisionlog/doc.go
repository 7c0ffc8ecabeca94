// Package decisionlog keeps decisions durably: one line of JSON for each, in a
// file that is only ever appended to.
//
//	Open ─▶ Log ◀─ Add ── screen.Decision
//	         └─▶ Decisions, Conflicts, Ratings, Tally
//
// The first line names the protocol. Every further line carries a number and a
// checksum over itself and the line before, so that a line that was changed,
// taken out or put in between is found when the log is opened. What the file alone
// cannot show is that whole lines were taken off its end: a caller who has to know
// keeps [Log.Sum] somewhere else and compares. The checksums find mistakes and
// careless changes; they are no signature, and who rewrites every line behind a
// change can make a log that opens.
//
// A last line that a crash cut short is taken off and said; everything before it
// stands. A file that is not a log is never written to.
package decisionlog
