// Package agreement says how far raters agree: two screeners over a set of records, two people who coded the same
// studies, a person and a program.
//
//	two raters    []Pair{Unit, A, B} ──▶ Percent, CohenKappa ──▶ Kappa: value, 95 % interval, confusion table
//	                      ▲
//	                      │ Pairs("kd", "ab")
//	any number    Table.Add(unit, rater, label) ──▶ Table.Alpha ──▶ Alpha: Krippendorff's, some labels missing
//
// It works over plain labels and knows nothing of records or protocols. Labels are compared byte for byte and have no
// order: "include" and "Include" are two labels. The empty label means that a rater did not rate the unit; such units
// are left out of the two-rater figures and counted as left out, and alpha uses whatever can be paired.
//
//	pairs := []agreement.Pair{{"smith-2019", "include", "include"}, {"jones-2020", "exclude", "include"}}
//	fmt.Println(agreement.CohenKappa(pairs))
//
// # Which figure to report
//
// Percent agreement is easy to read, but two people who exclude nearly everything agree often by chance. Kappa takes
// the chance out for two raters (Cochrane Handbook, chapter 4, reports it for selection of studies). Alpha does so for
// more raters, or for two who did not both see every record. Both fall when one label is rare although few pairs
// differ; report them beside the agreement and the confusion table, which is why the results carry them.
//
// No result holds a NaN or an infinity. Where a coefficient is 0/0 its value is 0 and the field Undefined says why.
package agreement
