// Package grounding tells whether a sentence says only what its evidence does.
// It knows plain texts and counts, no record and no model.
//
//	sentence ──┬─ shape      ─ one line of text, nothing invisible in it
//	           ├─ quotations ─ what stands between marks stands in a cited source
//	           ├─ names      ─ authors with years, keys, links, [2]: those of cited sources
//	           ├─ numbers    ─ from a claim, a cited quote, or a count of what is cited
//	           ├─ findings   ─ no "not" dropped or added, no "more" for "less"
//	           └─ support    ─ some of its words are those of what it cites
//	                   │
//	                   └──▶ []Fault, each with its place in the sentence
//
// The rules err towards a fault: a good sentence may be refused, and its writer
// told why. What they let through is listed in docs/grounding.md; it begins with
// everything that is neither quoted, counted, named nor negated.
package grounding
