package pubmed

import (
	"bytes"

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
		name := localName(text)
		if recordElements[string(name)] || setElements[string(name)] {
			return 98
		}
	}
	return 0
}

// setElements hold records, recordElements are records, passedElements name
// citations that were withdrawn.
var (
	setElements    = map[string]bool{"PubmedArticleSet": true, "PubmedBookArticleSet": true, "MedlineCitationSet": true, "BookDocumentSet": true}
	recordElements = map[string]bool{"PubmedArticle": true, "PubmedBookArticle": true, "MedlineCitation": true, "BookDocument": true}
	passedElements = map[string]bool{"DeleteCitation": true, "DeleteDocument": true}
)

// localName is the name that a tag begins with, without the prefix of its
// namespace; text begins behind "<" or "</".
func localName(text []byte) []byte {
	name := text[:nameLength(text)]
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return name
}

// nameLength is the length of the name that a text begins with, 0 for none.
func nameLength(text []byte) int {
	n := 0
	for n < len(text) && isName[text[n]] {
		n++
	}
	if n > 0 && (text[0] >= '0' && text[0] <= '9' || text[0] == '-' || text[0] == '.') {
		return 0
	}
	return n
}

// isWhite holds the white space of XML.
var isWhite = [256]bool{' ': true, '\t': true, '\n': true, '\r': true}

// isName holds the bytes of names; those beyond ASCII are all let through.
var isName = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == ':' || c == '-' || c == '.' || c >= 0x80
	}
	return t
}()
