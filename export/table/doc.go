// Package table lays out what a review found as tables: the included studies,
// every decision with what it rests on, duplicates and doubtful pairs,
// problems of the files, themes by record, cross tables, years.
//
//	records, synth.Summary ─┐
//	screen.Decision ────────┤
//	dedupe.Result ──────────┼─▶ Table{Name, Columns, Rows} ──▶ WriteCSV (spreadsheets)
//	record.Problem ─────────┤                              └─▶ WriteText (terminals)
//	synth.Table ────────────┘
//
// A [Table] is plain data: a name, the columns, the rows. Each function of this
// package makes one:
//
//	err := table.Decisions(plan, lg.Decisions()).WriteCSV(w)
//
// # CSV
//
// What WriteCSV writes follows RFC 4180, in UTF-8, with CR LF at the ends of
// lines. A cell that a spreadsheet would take for a formula — its first character is
// = + - @, a tab, a carriage return or a line feed — gets one apostrophe in
// front, and so does a cell in which such a character follows apostrophes, so
// that taking one away gives the value back. WriteRawCSV writes without.
package table
