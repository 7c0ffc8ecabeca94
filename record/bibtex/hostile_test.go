package bibtex

import (
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

func TestHostileCases(t *testing.T) {
	passed := suite.Hostile(t, "bibtex", Format())
	t.Log(len(passed))
}
