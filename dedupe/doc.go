// Package dedupe finds which records tell of the same work, says why, and
// lists what is related without being the same: errata, replies, preprints,
// parts, conference abstracts. It merges what belongs together and keeps a way
// back from every merged field to the record it came from.
//
//	records ──Learn──▶ Stats (how rare each title word and each name is here)
//	   │                 │
//	   └──Keys──▶ blocks ──▶ candidate pairs ──Compare──▶ same      ──▶ Groups, Links
//	              (DOI, PMID, registration,               unsure    ──▶ Doubtful: a person looks
//	               rare words, author-page, title)        related   ──▶ Related: listed, joined only where Policy.Kinds says so
//	                                                      different
//	a person's Decide ──▶ Orders, stronger than any rule
//	Groups ──Merge──▶ one record each, with Members and Origins ──Originals──▶ back
//	                  └──CountContributions──▶ what each database gave
//
// [Find] does all of it under a [Policy], whose zero value is the recommended
// one:
//
//	res, err := dedupe.Find(ctx, records, dedupe.Policy{})
//	merged := dedupe.Merge(res, dedupe.MergePolicy{})
//
// [Compare] is the one place where two records are judged, and it is pure: any
// engine that generates candidates by [Keys] and judges them by Compare comes
// to the same links. It follows the model of Fellegi and Sunter ("A theory for
// record linkage", JASA 64, 1969): each field is compared at named levels that a
// person can read ("title: same but for the subtitle"), each level carries a
// weight of evidence in bits, and the sum decides. On top stand a few rules of
// the domain that no sum of weights can outvote, such as that an erratum is not
// the article it corrects.
//
// An [Index] keeps records from one search to the next: what is asked of it is
// answered by the same keys and comparisons, and its Result is that of one run. It
// is saved to a file, and [Index.Relearn] says what other statistics would change.
// [FindLarge] searches what does not fit into memory, by way of temporary files.
//
// What a record itself says of another that it names by identifier (an erratum, a
// comment, a later version) goes before all of these. Records that share the
// registration of a trial are listed as reports of one study, and that alone
// never joins them.
//
// The records themselves show how far their fields can be trusted: a DOI that
// stands at different titles, issues that contradict one another, a column of
// PubMed numbers that slipped by a row. Such fields count for less or not at all, and
// RunStats.Warnings says which.
//
// A wrong merge loses a study from a review, a missed one costs a minute of
// reading. Whatever is unsure is therefore left apart and listed in Doubtful.
//
// The result does not depend on the order of the records nor on the number of
// processors.
package dedupe
