// Package report writes a review as one HTML file: what was asked, how it was
// searched, deduplicated, screened and summarised, what was found, and every
// number and sentence with the way back to the records it rests on.
//
//	record.Manifest, problems ─┐
//	dedupe.Result ─────────────┤
//	screen.Plan, decisions ────┼─▶ Input ──Write──▶ one HTML file
//	synth.Summary, records ────┤
//	flow.Flow ─────────────────┘
//
// The file opens from the disk, without network: styles and pictures are in it,
// there is no script, and its content policy forbids the browser to fetch or run
// anything. All text from outside is escaped. It prints, reads on a telephone, and
// follows the reader's choice of light or dark.
//
//	err := report.Write(w, report.Input{
//		Plan: plan, Manifest: manifest, Result: res, Decisions: lg.Decisions(),
//		Selection: sel, Summary: sum, Records: sel.Reported, Flow: fl,
//	})
//
// Each part of [Input] may be left out; the sections that it would fill are then
// not there. The same input gives the same bytes.
package report
