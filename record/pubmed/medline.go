package pubmed

import (
	"bytes"

	"github.com/evidence-go/evidence/record"
)

const (
	nameMEDLINE = "medline"
	nameXML     = "pubmedxml"
)

// MEDLINE is NLM's tagged text, the .nbib of PubMed.
func MEDLINE() record.Format {
	return record.Format{
		Name:       nameMEDLINE,
		Title:      "MEDLINE (.nbib)",
		Extensions: []string{".nbib", ".medline", ".txt"},
		Sniff:      sniffMEDLINE,
		Decode:     decodeMEDLINE,
		Encode:     encodeMEDLINE,
	}
}

// sniffMEDLINE looks for tags that only MEDLINE has; a file that begins with the
// TY of RIS is none, whatever follows.
func sniffMEDLINE(head []byte) int {
	seen := map[string]bool{}
	first := true
	for len(head) > 0 {
		line := head
		if i := bytes.IndexAny(head, "\r\n"); i >= 0 {
			line, head = head[:i], head[i+1:]
		} else {
			head = nil
		}
		tag, _, ok := splitTag(line)
		if !ok {
			continue
		}
		switch {
		case first && string(tag) == "TY":
			return 0
		case string(tag) == "PMID":
			return 95
		case len(tag) > 2 && tags.named(tag) != nil || first && string(tag) == "TI":
			seen[string(tag)] = true
		}
		first = false
	}
	switch {
	case len(seen) > 1:
		return 85
	case len(seen) == 1:
		return 50
	}
	return 0
}
