package main

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/evidence-go/evidence/internal/suite"
)

// call runs the command and gives what it returned and wrote.
func call(args ...string) (code int, stdout, stderr string) {
	var out, diagnostics bytes.Buffer
	code = run(args, &out, &diagnostics)
	return code, out.String(), diagnostics.String()
}

const medline, strategy, tree = "testdata/medline.nbib", "testdata/strategy.ovid", "testdata/mesh.tsv"

func TestWhatItPrints(t *testing.T) {
	for name, args := range map[string][]string{
		"lines.txt":     {"-query", strategy, "-mesh", tree, "-lines", medline},
		"unsure.txt":    {"-query", strategy, "-mesh", tree, "-unsure", medline},
		"asis.txt":      {"-query", strategy, "-mesh", tree, "-as-is", "-lines", medline},
		"explain.txt":   {"-query", strategy, "-mesh", tree, "-explain", "90000001", medline},
		"cannotsay.txt": {"-query", strategy, "-explain", "90000003", medline},
		"pubmed.txt":    {"-query", strategy, "-to", "pubmed"},
		"quick.txt":     {"-q", "peer*[ti] AND 2015:2020[dp]", medline},
		"lenient.txt":   {"-q", "“lived experience”[tiab]", "-lenient", medline},
	} {
		code, stdout, stderr := call(args...)
		assert.Equal(t, clean, code, "%s: %s", name, stderr)
		suite.Golden(t, filepath.Join("testdata/want", name), []byte(stdout+"--\n"+stderr))
	}
}

func TestAStrategyThatCannotBeReadIsShownWithItsPlaces(t *testing.T) {
	code, stdout, stderr := call("-query", "testdata/wrong.ovid", medline)
	assert.Equal(t, misused, code)
	assert.Empty(t, stdout)
	suite.Golden(t, "testdata/want/wrong.txt", []byte(stderr))
}

func TestWrongCallsSayWhatIsMissing(t *testing.T) {
	for want, args := range map[string][]string{
		"a strategy is missing":         {medline},
		"name the files":                {"-q", "peer"},
		"leave one out":                 {"-q", "peer", "-query", strategy, medline},
		"is none of ovid":               {"-q", "peer", "-dialect", "google", medline},
		"no record has the key":         {"-q", "peer", "-explain", "7", medline},
		"-mesh":                         {"-q", "peer", "-mesh", medline, medline},
		"no such file":                  {"-query", "testdata/none.ovid", medline},
		"flag provided but not defined": {"-what"},
	} {
		code, _, stderr := call(args...)
		assert.Equal(t, misused, code, want)
		assert.Contains(t, stderr, want)
	}
	code, _, stderr := call("-q", "peer", "testdata/none.ris")
	assert.Equal(t, failed, code)
	assert.Contains(t, stderr, "none.ris")
	code, _, stderr = call("-h")
	assert.Equal(t, clean, code)
	assert.Contains(t, stderr, usage)
}
