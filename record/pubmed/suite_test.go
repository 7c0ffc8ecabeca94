package pubmed

import (
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestHostileMEDLINE(t *testing.T) {
	suite.PassList(t, "testdata/hostile-nbib.txt", suite.Hostile(t, "nbib", MEDLINE()))
}
