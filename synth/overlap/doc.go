// Package overlap says how much systematic reviews on one question share their primary studies: the citation matrix and
// the corrected covered area made from it.
//
//	matrix.csv ──Read──▶ Matrix ──Overall──▶ Overlap: N, r, c, X, CCA
//	 New, Set ──────────▶   │   ──Pairwise─▶ []Pair: the same of each two reviews, and the studies in both
//	                        └────Write─────▶ matrix.csv
//
// A citation matrix has a row for each primary study and a column for each review:
//
//	primary_study,Adams 2015,Baker 2018,Chen 2021
//	Smith 2010,1,1,0
//	Jones 2019,NA,NA,1
//
// 1 says that the review includes the study, 0 that it does not, and NA that it could not have: the study appeared after
// the review's search, say. Such cells are called structurally missing (structural zeros). ParseCell lists what else
// may stand in a cell.
//
//	m, err := overlap.Read("matrix.csv")
//	fmt.Printf("CCA %.1f %%\n", 100*m.CCA())
//
// # The figure
//
// With N inclusions (cells that hold 1), r studies and c reviews, the covered area is N/(r·c). Corrected for the first
// time each study is counted it is
//
//	CCA = (N − r) / (r·c − r)
//
// (Pieper, Antoine, Mathes, Neugebauer and Eikermann 2014, Journal of Clinical Epidemiology 67, 368–375). X
// structurally missing cells are taken from the area that could have been covered,
//
//	CCA = (N − r) / (r·c − r − X)
//
// (Hennessy and Johnson 2020, Research Synthesis Methods 11, 134–145, on studies that a review could not have included).
// The CCA of two reviews takes their two columns and the studies in at least one of them.
//
// # What is counted, and what is undefined
//
// A study that no review includes is not part of any overlap: it is left out of r, its missing cells out of X, and
// Unused names it. A review without a study stays a review and counts in c. Where the area is zero, with one review, without
// a study, or where no study could have been in two reviews, there is no CCA: the value is 0 and Overlap.Undefined
// says why. Two lines of a file that name the same study count as two studies, and Matrix.Problems lists them; two reviews
// of the same name are an error.
package overlap
