package pubmed

import (
	"bytes"

	"github.com/evidence-go/evidence/internal/xmlscan"
	"github.com/evidence-go/evidence/record"
)

// XML is PubMed XML.
func XML() record.Format {
	return record.Format{
		Name:       nameXML,
		Title:      "PubMed XML",
		Extensions: []string{".xml"},
		Sniff:      sniffXML,
		Decode:     decodeXML,
		Encode:     encodeXML,
	}
}

// sniffXML looks for one of NLM's elements among the first of a file.
func sniffXML(head []byte) int {
	text := bytes.TrimLeft(head, "\ufeff \t\r\n")
	if len(text) == 0 || text[0] != '<' {
		return 0
	}
	for len(text) > 0 {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			return 0
		}
		text = text[i+1:]
		name := xmlscan.LocalName(text)
		if recordElements[string(name)] != "" || setElements[string(name)] {
			return 98
		}
	}
	return 0
}
