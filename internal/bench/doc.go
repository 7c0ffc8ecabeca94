// Command bench measures packages of this module beside programs and libraries
// that do the same, on the same input, in one run on one machine.
//
//	go -C internal/bench run .                      string similarity, on invented pairs
//	go -C internal/bench run . readers              the readers of four formats, on real files
//	go -C internal/bench run . readers -format ris  one of the four alone; goes with each flag below
//	go -C internal/bench run . readers -gb 1        1 GB (or 10) of invented records as a stream: speed, peak memory
//	go -C internal/bench run . readers -profile DIR a profile of each of our readers, its top written out
//	go -C internal/bench run . readers -list        which real files we and each peer count right; writes testdata/*.txt
//	go -C internal/bench run . duplicates -n 1000000           Find on invented records: speed, memory, precision and recall
//	go -C internal/bench run . duplicates -gold -runs 9        the same on the three core gold sets as one collection
//	go -C internal/bench run . duplicates -cores 2             with one core and then with two
//	go -C internal/bench run . large -n 1000000,10000000       FindLarge on a stream of them: growth, peak memory, time of each stage
//	go -C internal/bench run . search -query clef-tar_CD011558.ovid   a strategy asked of records, beside regular expressions
//	go -C internal/bench run . index -n 100000                 an index of records made, and asked every published strategy
//	go -C internal/bench run . summaries -n 100000             records summarised by theme: time, peak memory
//
// Only lines of one run can be compared. That similarity gives the same answers as
// its peers is what the tests here check.
//
// # Readers
//
//	testdata/FORMAT.PEER.txt ─▶ those files, one after the other, again and again to 50 MB ─▶ one file
//	one file ─▶ a process for us and one for the peer, one core, in turns, three times ─▶ medians
//
// Speeds are by processor time, user and system, not by the clock: the other work of a
// machine then hardly shows. A process of ours is counted from its start to its end.
//
// The input for us and a peer is every real file (EVIDENCE_DATA, else ../shared/data
// beside the module's root) of a format whose number of records is known, and which
// we and that peer read with that number, alone and behind the others:
// testdata/FORMAT.PEER.txt lists them, each run checks the list against the data, and
// the table says how many records each reader found in the whole. Without the data the program says so and
// measures nothing.
//
// The peers are
//
//   - nickng/bibtex, in Go, into its own types: it ends its process at an undefined
//     macro and keeps state between files, so that it always runs in a process of its own
//   - bib2xml and ris2xml of bibutils, and bibtool: they read and also write what they
//     read, as MODS XML and as BibTeX; their whole process is counted
//   - Biopython's Bio.Medline, into dictionaries of lists, counted inside Python
//   - encoding/xml into a struct of the usual fields
//
// On Debian: apt-get install bibutils bibtool python3-biopython. What is not
// found is named and left out.
//
// We and the peers do not do the same work: we also split names, resolve dates, TeX
// and markup, find identifiers and keep positions. nickng/bibtex and Bio.Medline
// leave values as they stand.
//
// # Duplicates
//
// Records are invented from a seed and their number, each for itself: words, names
// and journals as unevenly frequent as real ones, 15 % of the records versions of an
// earlier work with what retyping and other databases do to it (capitals, punctuation,
// a misprint, the subtitle dropped, the journal abbreviated, initials, identifiers
// missing, page forms, the year off by one), and among the rest some that look like duplicates
// and are none: sequels by the same authors, editorials. Each run is a process of its own,
// which counts processor time and memory of the search alone.
package main
