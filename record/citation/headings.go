package citation

import "github.com/evidence-go/evidence/record"

// heading is what a line of a page means that stands by itself.
type heading struct {
	begins  part
	relates record.RelationKind // how the works listed below it stand to the page's
}

// part is a part of a page.
type part int

const (
	elsewhere part = iota // one that holds nothing of the work
	listing               // a list of citations
	abstract
	overview // an aggregator's table of facts
	authors  // the names stand on the next lines
	button   // the words of a button or link: it parts nothing
)

// headings are the lines that PubMed's page, PMC's and those of aggregators have.
var headings = map[string]heading{
	"Similar articles": {listing, ""}, "Similar Articles": {listing, ""}, "Related articles": {listing, ""},
	"Cited by": {listing, record.Cites}, "Cited By": {listing, record.Cites}, "Citing Articles": {listing, record.Cites}, "Citing articles": {listing, record.Cites},
	"References": {listing, record.CitedBy}, "Reference": {listing, record.CitedBy}, "REFERENCES": {listing, record.CitedBy}, "Literature cited": {listing, record.CitedBy},
	"Bibliography": {listing, record.CitedBy}, "Works cited": {listing, record.CitedBy},
	"Abstract": {abstract, ""}, "ABSTRACT": {abstract, ""}, "Abstract.": {abstract, ""},
	"Overview": {overview, ""}, "Authors": {authors, ""}, "Affiliations": {button, ""}, "Affiliations Expand": {button, ""}, "Affiliation": {button, ""},
	"Figures": {elsewhere, ""}, "Publication types": {elsewhere, ""}, "MeSH terms": {elsewhere, ""}, "Substances": {elsewhere, ""}, "Supplementary concepts": {elsewhere, ""},
	"Grants and funding": {elsewhere, ""}, "Grant support": {elsewhere, ""}, "Related information": {elsewhere, ""}, "Associated data": {elsewhere, ""},
	"LinkOut - more resources": {elsewhere, ""}, "Full Text Sources": {elsewhere, ""}, "Miscellaneous": {elsewhere, ""}, "Medical": {elsewhere, ""}, "Other Literature Sources": {elsewhere, ""},
	"Research Materials": {elsewhere, ""}, "Conflict of interest statement": {elsewhere, ""}, "Full text links": {button, ""}, "Actions": {button, ""}, "Page navigation": {button, ""},
	"Title & authors": {button, ""}, "Comment in": {elsewhere, ""}, "Comment on": {elsewhere, ""}, "Display options": {button, ""}, "Search results": {elsewhere, ""},
	"Cite": {button, ""}, "Share": {button, ""}, "Favorites": {button, ""}, "Collections": {button, ""}, "Permalink": {button, ""}, "Copy": {button, ""}, "Item in Clipboard": {button, ""},
	"See all similar articles": {button, ""}, "See all \"Cited by\" articles": {button, ""}, "See all references": {button, ""}, "Show all similar articles": {button, ""},
	"Add to Collections": {button, ""}, "Expand": {button, ""}, "Collapse": {button, ""}, "Format": {button, ""},
}

// heading takes a line that is one.
func (d *decoder) heading(no int, line []byte, h heading) {
	d.endBlock()
	switch h.begins {
	case overview:
		d.close()
		d.beginPage(facts)
	case abstract:
		d.close()
		if d.beginPage(numbersFirst); d.page != nil {
			d.page.in = abstract
		}
	case listing:
		d.close()
		d.drop()
		d.section, d.listed, d.mark = h.relates, true, 0
	case elsewhere:
		d.close()
		d.drop()
	}
	d.noise.add(no, 1, line)
}
