package pubmed

import "github.com/evidence-go/evidence/record"

// XML is PubMed XML.
func XML() record.Format { return record.Format{Name: nameXML} }
