package bibtex

import (
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestHostile(t *testing.T) {
	suite.PassList(t, "testdata/hostile.txt", suite.Hostile(t, "bibtex", Format()))
}
