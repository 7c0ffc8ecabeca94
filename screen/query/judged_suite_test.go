package query_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/screen/query"
)

// Reviews whose searches are published say which records they included. Few of
// those are among the records at hand; of these few the strategies must lose none
// that has what they ask for.
func TestStrategiesFindTheRecordsTheirReviewsIncluded(t *testing.T) {
	atHand := map[string]*record.Record{}
	for _, file := range [][]string{{"dedupe", "tafenoquine", "records.csv"}, {"synth", "clustering", "reviews.csv"}} {
		lib, err := formats.Open(suite.Data(t, file...))
		require.NoError(t, err)
		for _, r := range lib.Records {
			for _, id := range []string{string(r.PMID), r.Key} {
				if before := atHand[id]; id != "" && (before == nil || len(r.Abstract.Text) > len(before.Abstract.Text)) {
					atHand[id] = r
				}
			}
		}
	}
	judged, held, found := 0, 0, 0
	files, err := filepath.Glob(filepath.Join(suite.Data(t, "screen", "queries"), "*.pmids.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		var lists struct {
			Included []string `json:"included_pmids"`
		}
		require.NoError(t, json.Unmarshal(text, &lists))
		judged += len(lists.Included)
		var records []*record.Record
		for _, id := range lists.Included {
			if r := atHand[id]; r != nil {
				records = append(records, r)
			}
		}
		if len(records) == 0 {
			continue
		}
		strategy, err := os.ReadFile(strings.TrimSuffix(f, ".pmids.json") + ".pubmed")
		require.NoError(t, err)
		q, err := query.ParseWith(query.Options{Dialect: query.PubMed, Lenient: true}, string(strategy))
		require.NoError(t, err)
		rc := q.Sentinels(records)
		held += len(records)
		found += len(rc.Found)
		t.Logf("%s: %d included, %d at hand: %d found, %d cannot be judged, %d missed", filepath.Base(f), len(lists.Included), len(records),
			len(rc.Found), len(rc.CannotSay), len(rc.Missed))
		asIs, err := query.ParseWith(query.Options{Dialect: query.PubMed, Lenient: true, AsIs: true}, string(strategy))
		require.NoError(t, err)
		bare := asIs.Sentinels(records)
		t.Logf("as they are, without headings: %d found, %d missed", len(bare.Found), len(bare.Missed))
		for _, l := range bare.Lines {
			t.Logf("line %s alone loses %d", l.Label, len(l.Loses))
		}
		for _, i := range rc.Missed {
			t.Logf("missed: %s, %s", records[i].Key, records[i].Title)
		}
		assert.Empty(t, rc.Missed, filepath.Base(f))
	}
	t.Logf("%d records judged, %d at hand, %d found", judged, held, found)
	assert.Positive(t, held)
}
