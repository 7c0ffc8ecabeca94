package pubmed

import (
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestHostileMEDLINE(t *testing.T) {
	suite.PassList(t, "testdata/hostile-nbib.txt", suite.Hostile(t, "nbib", MEDLINE()))
}

func TestHostileXML(t *testing.T) {
	suite.PassList(t, "testdata/hostile-pubmed-xml.txt", suite.Hostile(t, "pubmed-xml", XML()))
}
