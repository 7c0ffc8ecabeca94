// Package roles tells which part each sentence of an English abstract plays:
// background, objective, methods, results or conclusions. A model that was trained
// on labelled abstracts says so, and says how sure it is; where it is not, it
// abstains.
//
//	sentences ──Extractor──▶ features ──Model──▶ scores ──chain──▶ []Guess
//	              words, forms,        weights of      which role
//	              place, neighbours    each role       follows which
//
// The weights are embedded. The program in the folder train makes them, and
// docs/models/sentence-roles.md says from what, and how good they are. The package
// knows texts only: what a record's headings say, its caller passes on as known.
package roles
