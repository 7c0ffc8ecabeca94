package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

func TestTheExpressionsFindWhatTheTermsFind(t *testing.T) {
	q, err := query.Parse(query.Ovid, "1. (kite* adj2 string).ti,ab.\n2. box kite.ti. or wind?.ab.\n3. 1 or 2")
	require.NoError(t, err)
	each, one, err := expressions(q)
	require.NoError(t, err)
	records := []*record.Record{{Title: "Kites on a string: a box-kite", Abstract: record.Abstract{Text: "Winds and windows."}}}
	assert.Len(t, each, 4)
	assert.Equal(t, 5, found(records, each), "kite twice, string, box kite, winds")
	assert.Equal(t, 4, found(records, []*regexp.Regexp{one}), "a place is found once by all in one")
}

func TestWithoutDataNoSearchIsMeasured(t *testing.T) {
	t.Setenv("EVIDENCE_DATA", t.TempDir())
	for _, name := range []string{"search", "index"} {
		var out strings.Builder
		require.NoError(t, run([]string{name}, &out))
		assert.Contains(t, out.String(), "not measured: the real files are not present")
	}
}
