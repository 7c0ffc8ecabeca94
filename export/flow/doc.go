// Package flow makes the flow diagram of a review as PRISMA 2020 has it (Page et
// al. 2021, "The PRISMA 2020 statement", BMJ 372:n71, figure 1): how many records
// came in, what became of them at each step, and what was left.
//
//	record.Manifest ── identified, by database, register and other method ─┐
//	dedupe.Result ──── duplicates removed ─────────────────────────────────┼─▶ Flow ──▶ WriteSVG, Text, JSON
//	decisionlog.Log ── screened, excluded and why, not retrieved, waiting ─┘    │
//	screen.Selection, []record.Study ── reported, studies ──────────────────────┘
//
// A diagram is drawn from numbers that add up or not at all: [Of] checks every box
// against those that lead to it, and its error names the box, the number that
// was expected and where it should have come from.
//
//	fl, err := flow.Of(manifest, res, lg)
//	if err != nil {
//		return err // "records screened: 93 expected from 120 identified − 27 duplicates, the log has 95"
//	}
//	err = fl.WriteSVG(w)
//
// # How the boxes are filled
//
// The first stage of a protocol is where records are screened. The last of
// several stages is where reports are: the box of reports sought stands before it,
// with those of reports that were not retrieved (reasons that the protocol marks as
// NotRetrieved) and of reports assessed. Where an earlier stage has reports that were
// not retrieved, reports are counted from there. Stages between get a pair of boxes of
// their own, and a protocol with one stage has no box of reports.
//
// Rules of a protocol read title, abstract and further fields as a person would:
// what they exclude is excluded at screening, not removed before it, and the
// heading of the box says how many were excluded by rule and how many by persons.
//
// Records that wait for a decision, or for an arbiter, stand in a box of
// their own as long as there are any; those that the log has no decision of are
// among them. PRISMA 2020 has no such box, since it
// shows finished reviews.
//
// Records found by other methods have the right-hand column of PRISMA's second
// template. They are deduplicated and screened together with the others, so
// their column joins the main one there.
package flow
