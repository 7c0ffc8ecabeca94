package query

// Dialect names a search language. The zero value is no dialect.
type Dialect string

// The dialects that are read and written. Ovid and PubMed are whole; of the
// others it is the operators, fields and wildcards that a strategy is made of.
const (
	Ovid         Dialect = "ovid"     // Ovid MEDLINE, Embase and PsycINFO, advanced search
	PubMed       Dialect = "pubmed"   // pubmed.ncbi.nlm.nih.gov
	WebOfScience Dialect = "wos"      // Web of Science, advanced search
	Scopus       Dialect = "scopus"   // Scopus, advanced search
	EBSCO        Dialect = "ebsco"    // EBSCOhost: CINAHL, APA PsycInfo
	Cochrane     Dialect = "cochrane" // Cochrane Library, search manager
)

// Dialects lists the dialects, Ovid and PubMed first.
func Dialects() []Dialect {
	return []Dialect{Ovid, PubMed, WebOfScience, Scopus, EBSCO, Cochrane}
}

// name is what people call a dialect.
func (d Dialect) name() string {
	switch d {
	case Ovid:
		return "Ovid"
	case PubMed:
		return "PubMed"
	case WebOfScience:
		return "Web of Science"
	case Scopus:
		return "Scopus"
	case EBSCO:
		return "EBSCOhost"
	case Cochrane:
		return "Cochrane Library"
	}
	return string(d)
}
