package dedupe_test

import (
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// library has one work in three databases, one twice in one of them and once in
// another, and one that a single file has.
func library(t *testing.T) []*record.Record {
	return []*record.Record{
		fromDatabase(keyed(t, "m1", full+" | 10.5555/jcp.1"), "m.ris", "MEDLINE"),
		fromDatabase(keyed(t, "s1", full+" | 10.5555/jcp.1"), "s.ris", "Scopus"),
		fromDatabase(keyed(t, "c1", bare), "c.ris", "CENTRAL"),
		fromDatabase(keyed(t, "c2", appetite), "c.ris", "CENTRAL"),
		fromDatabase(keyed(t, "c3", appetite), "c.ris", "CENTRAL"),
		fromDatabase(keyed(t, "m2", appetite), "m.ris", "MEDLINE"),
		fromDatabase(keyed(t, "h1", sleep), "hand.ris", ""),
	}
}

func TestWhatEachDatabaseGaveIsCounted(t *testing.T) {
	res := find(t, library(t)...)
	merged := dedupe.Merge(res, dedupe.MergePolicy{})
	require.Len(t, merged, 3)
	c := dedupe.CountContributions(merged)
	assert.Equal(t, dedupe.Contributions{
		Works: 3,
		Databases: []dedupe.DatabaseContribution{
			{Name: "CENTRAL", Records: 3, Works: 2, Unique: 0, With: []int{2, 2, 1, 0}},
			{Name: "MEDLINE", Records: 2, Works: 2, Unique: 0, With: []int{2, 2, 1, 0}},
			{Name: "Scopus", Records: 1, Works: 1, Unique: 0, With: []int{1, 1, 1, 0}},
			{Name: "hand.ris", Records: 1, Works: 1, Unique: 1, With: []int{0, 0, 0, 1}},
		},
		FoundIn: []int{1, 1, 1, 0},
	}, c)
	assert.Equal(t, "Of 3 works from 4 databases, CENTRAL found 2, 0 of them alone; MEDLINE found 2, 0 of them alone; Scopus found 1, 0 of them alone; hand.ris found 1, 1 of them alone.", c.String())
	assert.Equal(t, []string{"CENTRAL", "MEDLINE", "Scopus"}, merged[0].Databases(), "found in 3 of 4")
}

func TestContributionsOfNothingAreZero(t *testing.T) {
	c := dedupe.CountContributions([]*record.Record{nil, {Title: "from nowhere"}})
	assert.Equal(t, 1, c.Works)
	assert.Equal(t, 1, c.Unsourced)
	assert.Empty(t, c.Databases)
	assert.Zero(t, dedupe.CountContributions(nil).Works)
}

func TestTheOriginalsComeBackFromAMergedRecord(t *testing.T) {
	records := library(t)
	merged := dedupe.Merge(find(t, records...), dedupe.MergePolicy{})
	var all []*record.Record
	for _, m := range merged {
		originals, err := dedupe.Originals(m, records)
		require.NoError(t, err)
		all = append(all, originals...)
	}
	require.Len(t, all, len(records))
	for _, r := range records {
		assert.True(t, containsSame(all, r), r.Key)
	}

	// Merged again with what a later search found.
	later := fromDatabase(keyed(t, "p1", full+" | 10.5555/jcp.1"), "p.ris", "PsycINFO")
	again := dedupe.Merge(find(t, merged[0], later), dedupe.MergePolicy{})
	require.Len(t, again, 1)
	back, err := dedupe.Originals(again[0], append(records, later))
	require.NoError(t, err)
	assert.Len(t, back, 4)
	back, err = dedupe.Originals(again[0], []*record.Record{merged[0], later})
	require.NoError(t, err)
	assert.Len(t, back, 2, "of what was merged last")

	back, err = dedupe.Originals(merged[0], records[1:])
	assert.ErrorContains(t, err, "m1")
	assert.ErrorContains(t, err, "is not among the records")
	assert.Len(t, back, 2, "the others come back all the same")
	back, err = dedupe.Originals(nil, records)
	require.NoError(t, err)
	assert.Empty(t, back)
}

func containsSame(list []*record.Record, r *record.Record) bool {
	for _, x := range list {
		if x == r {
			return true
		}
	}
	return false
}

func TestTheMethodsSayWhatWasDone(t *testing.T) {
	res := find(t, library(t)...)
	assert.Equal(t, "7 records were compared for duplicates by identifiers, title, authors, year, journal, volume, issue, pages and abstract "+
		"(deduplication rules version 3; records joined from a score of 0.95, doubtful pairs listed from 0.25). "+
		"Of 6 pairs that shared a key, 6 were linked (by rule: same PMID 3, all fields together 2, same DOI 1), forming 2 groups. "+
		"4 duplicate records were removed, leaving 3 unique records. 0 doubtful pairs were left for a person to check, 0 pairs were listed as related without being duplicates.", res.Methods())
}
