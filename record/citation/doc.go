// Package citation reads records out of pasted text: pages of PubMed and of
// aggregators, and lists of citations in the style of the National Library of
// Medicine or in Vancouver style. It only reads: to write citations is the work
// of a CSL processor, for which package csljson writes the data.
//
//	lines ─▶ blocks ─▶ source: date;volume(issue):pages, with what it needs
//	(lines.go)         │       around it (source.go)
//	                   ├─▶ behind it the notes: identifiers, "Epub", "Review",
//	                   │   "Erratum in" (notes.go)
//	                   └─▶ before it, from right to left: journal, or place and
//	                       publisher; title; authors (cite.go, names.go)
//	a page's own record ─▶ its title, numbers, abstract, keywords (page.go)
//
// The layouts, each with invented facts:
//
//	Vancouver, as papers list their references; the number may be missing, the
//	lines may be wrapped:
//	  12. Nimbus V, Probe BA, et al. Kites. J Invent. 2019;12(3):45-50. doi:10.5555/k.
//
//	PubMed's summary format, and what its Cite button gives:
//	  1: Nimbus V, Probe BA; Kite Group. Kites. J Invent. 2019 Apr;12(3):45-50. doi:
//	  10.5555/k. Epub 2019 Jan 2. PMID: 90000001; PMCID: PMC9900001.
//
//	PubMed's abstract format: the source, and in paragraphs title, authors,
//	affiliations, notes, abstract and identifiers.
//
//	A PubMed page: title, identifiers, abstract, keywords; then, behind bullets,
//	similar articles, citing articles and references, with title and journal glued:
//	  Kites.J Invent. 2019 Apr;12(3):45-50. doi: 10.5555/k. J Invent. 2019. PMID: 90000001 Review.
//	The same page copied from a browser begins with the journal on a line of its own.
//
//	An aggregator's page: the title in one paragraph, names and journal without a
//	point between them in the next, identifiers in the third:
//	  Nimbus V, Probe B J Invent. 2019; 12(3):45-50.
//
// Citing Medicine (2nd edition, chapters 1, 2 and 26) says how NLM cites, and the
// help of PubMed what its formats show. A translated title loses its brackets, and
// "[Article in French]" or "French" becomes the language. The style does not say
// whether a journal's name is abbreviated, so it is put into both In.Title and
// In.Abbrev. What no field holds stands in Extra: "et al." under "authors", "Free
// PMC article" under "access", the words of links under "links", other remarks
// under "note".
//
// A work listed under "Cited by" has a relation to the work of the page, and one
// under "References" too.
//
// Prose is told from citations by a score: how complete the source is, names,
// identifiers, a number or bullet, and what remains unexplained behind. Lines
// that belong to no citation are passed over and counted in one problem that says
// which they are; where there is no citation at all a problem says that.
//
// Styles with the year behind the authors (APA, Harvard) are not read.
package citation
