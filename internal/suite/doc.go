// Package suite is the harness of this module's own tests: cases written as
// txtar files, whole golden files, the ratchet of files that are read right,
// and the way to the large real data sets, which are not part of the checkout.
// Only tests import it.
//
//	testdata/*.txtar ──Cases──▶ Case ──Get──▶ input ──code under test──▶ got
//	                             ▲                                        │
//	                             └───────────────── Want ◀────────────────┘
//	EVIDENCE_DATA ──Data──▶ real files ──code under test──▶ names ──PassList──▶ testdata/pass.txt
//	RealFiles ──ReadRecords──▶ records ──RoundTrip──▶ what differs when they are written and read again
//	a tag's values ──Measure──▶ findings ──Rows, FieldTable──▶ Document: docs/formats/*.md
//
// A case of a format package is one file that a person can read from top to
// bottom: what it is about, what is read, what comes of it.
//
//	A pasted DOI keeps no "https://doi.org/" in front.
//	-- input.ris --
//	TY  - JOUR
//	DO  - https://doi.org/10.5555/12345678
//	ER  -
//	-- want.json --
//	[…]
//	-- problems.txt --
//	-- written.ris --
//	TY  - JOUR
//	…
//
// The test behind it needs no more than this:
//
//	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
//		input, _ := c.Get("input.ris")
//		got := read(input)
//		c.Want(t, "want.json", got.JSON)
//		c.Want(t, "problems.txt", got.Problems)
//	})
//
// With UPDATE_GOLDEN=1 in the environment what was got becomes what is wanted:
// Want replaces the section in the txtar file, Golden the whole file, and
// PassList adds the names that newly pass. Read the difference before you
// commit it.
package suite
