// Package screen decides which records a review keeps, and says why.
//
//	Protocol (data) ──Compile──▶ Plan
//	records ──▶ Plan.Decide, people's decisions ──▶ Settle ──▶ Outcome: per stage and reason
//	included ──▶ Plan.Select (prefer, cap) ──▶ reported, and a reason for each one left out
//
// A protocol is data: stages (title and abstract, full text), each with rules in
// order; a rule has a condition over any field of a record, a verdict and, where
// it excludes, a reason that the protocol defines. The first rule whose condition
// holds decides. Conditions know three answers: yes, no, and cannot say, which
// they give where the record lacks the field that they ask for. A rule acts on a
// yes alone, so that no record is lost for a gap in its data.
//
// A person's decision is stronger than a rule's, and an arbiter's stronger than
// that of the persons who disagree. What no rule and no person settled is
// undecided, unless the stage says otherwise. Every decision carries its evidence:
// the rule, the reason, and the places in the record that the rule rests on.
//
// Nothing here reads a full text or guesses at relevance; package decisionlog
// keeps decisions durably.
package screen
