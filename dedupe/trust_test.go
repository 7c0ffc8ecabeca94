package dedupe_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// subjects make titles of their own.
var subjects = []string{"Night shifts and the sleep of hospital nurses", "Who falls: elders in their own kitchens", "Grief after the suicide of a sibling", "Picky toddlers at the family table",
	"Anger management behind bars", "Inhalers left at home: asthma in primary schools", "Remembering together: twins over eighty", "Walking speed half a year after stroke", "Epidurals on request",
	"Hope and hospice volunteers", "Owing money while studying medicine", "Decibels on intensive care wards", "Thermometers compared in rural clinics", "Shame and silence among young carers",
	"Sibling play in foster families", "Vaccine trust among migrant parents"}

// rows are the records of a file: PubMed numbers are those of the record so many rows on.
func rowsOf(t *testing.T, file string, n, slipped int) []*record.Record {
	var out []*record.Record
	for i := range n {
		r := keyed(t, fmt.Sprint(file, i), fmt.Sprintf("Author%c B; Holm K | %s | 2014 | Care Review | %d | 1 | %d-%d",
			'a'+i, subjects[i], 5+i, 20*i+21, 20*i+29))
		r.Source = record.Source{File: file, Number: i + 1}
		if at := i + slipped; at >= 0 {
			r.PMID = record.PMID(fmt.Sprint(30000001 + at))
		}
		out = append(out, r)
	}
	return out
}

// The rows of the good file stand in another order, as those of another search do.
func TestAColumnOfPubMedNumbersThatSlippedByARowIsFoundAndNotUsed(t *testing.T) {
	for _, by := range []int{1, -1} {
		good, bad := rowsOf(t, "good.csv", 16, 0), rowsOf(t, "bad.csv", 16, by)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(good), func(i, j int) {
			good[i].Source.Number, good[j].Source.Number = good[j].Source.Number, good[i].Source.Number
		})
		res := find(t, append(good, bad...)...)
		assert.Equal(t, 16, res.Unique(), "all are found by the rest")
		assert.Empty(t, res.Doubtful)
		require.Len(t, res.Stats.Slipped, 1)
		s := res.Stats.Slipped[0]
		assert.Equal(t, "bad.csv", s.File)
		assert.Equal(t, []int{by, 1, 16}, []int{s.By, s.From, s.To})
		require.NotEmpty(t, res.Run.Warnings)
		assert.Contains(t, res.Run.Warnings[0], "bad.csv: in pmid of records 1 to 16 each seems to be that of the record")
		assert.Contains(t, res.Methods(), "Fields that could not be trusted: bad.csv")

		text, err := json.Marshal(res.Stats)
		require.NoError(t, err)
		var back dedupe.Stats
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, res.Stats, &back)
		c := dedupe.Compare(&back, dedupe.Policy{}, good[3], bad[3])
		assert.Equal(t, dedupe.Same, c.Verdict)
		assert.Contains(t, c.Levels, dedupe.Level{Field: "PMID", Name: "not used: a column of it has slipped by a row"})
	}
}

func TestAPartOfAColumnThatSlippedIsFoundAndTheRestIsUsed(t *testing.T) {
	good, bad := rowsOf(t, "good.csv", 16, 0), rowsOf(t, "bad.csv", 16, 0)
	copy(bad[8:], rowsOf(t, "bad.csv", 16, -1)[8:])
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(good), func(i, j int) {
		good[i].Source.Number, good[j].Source.Number = good[j].Source.Number, good[i].Source.Number
	})
	res := find(t, append(good, bad...)...)
	require.Len(t, res.Stats.Slipped, 1)
	assert.Equal(t, []int{9, 16}, []int{res.Stats.Slipped[0].From, res.Stats.Slipped[0].To})
	assert.Equal(t, 16, res.Unique())
}

func TestAFewWrongNumbersAreNoSlip(t *testing.T) {
	good, bad := rowsOf(t, "good.csv", 16, 0), rowsOf(t, "bad.csv", 16, 0)
	bad[4].PMID, bad[5].PMID = bad[5].PMID, bad[4].PMID
	bad[9].PMID = bad[2].PMID
	res := find(t, append(good, bad...)...)
	assert.Empty(t, res.Stats.Slipped)
	assert.Empty(t, res.Run.Warnings)
}

// The issues of one file are the numbers of its rows.
func TestAFieldFullOfJunkCountsForLittle(t *testing.T) {
	good, bad := rowsOf(t, "good.csv", 16, 0), rowsOf(t, "bad.csv", 16, 0)
	for i, r := range bad {
		r.In.Issue = fmt.Sprint(40 + i)
	}
	all := append(good, bad...)
	for i := range 3 { // the more records, the surer
		more := rowsOf(t, fmt.Sprintf("third%d.csv", i), 16, 0)
		for k, r := range more {
			r.In.Issue = fmt.Sprint(600 + 20*i + k)
		}
		all = append(all, more...)
	}
	res := find(t, all...)
	assert.Equal(t, 16, res.Unique())
	assert.Equal(t, dedupe.FieldStats{Filled: 80, Shared: 64, Contradicted: 64}, res.Stats.Fields["issue"])
	require.Len(t, res.Run.Warnings, 1)
	assert.Equal(t, "issue: 64 of 64 pairs of records with one identifier differ in it, so that it counts for less", res.Run.Warnings[0])
	level := func(st *dedupe.Stats) (l dedupe.Level) {
		for _, l = range dedupe.Compare(st, dedupe.Policy{}, good[0], bad[0]).Levels {
			if l.Field == "issue" {
				return l
			}
		}
		return l
	}
	assert.InDelta(t, -2, level(nil).Weight, 0.01)
	assert.InDelta(t, 0, level(res.Stats).Weight, 0.5)
	assert.Contains(t, level(res.Stats).Name, "sources often differ in it here")
}

func TestAnIssueThatAllRecordsHaveTellsNothing(t *testing.T) {
	var all []*record.Record
	for i := range 1000 {
		all = append(all, &record.Record{Title: fmt.Sprint("Title ", i), In: record.Container{Volume: fmt.Sprint(i), Issue: "1"}})
	}
	st := dedupe.Learn(all)
	a, b := article(t, full), article(t, full)
	a.In.Issue, b.In.Issue = "1", "1"
	c := dedupe.Compare(st, dedupe.Policy{}, a, b)
	for _, l := range c.Levels {
		if l.Field == "issue" {
			assert.Less(t, l.Weight, 0.2)
			assert.Equal(t, "the same, as in many records here", l.Name)
		}
		if l.Field == "volume" {
			assert.InDelta(t, 2.5, l.Weight, 0.001)
		}
	}
	assert.Equal(t, st, dedupe.Learn(all[:400]).Merge(dedupe.Learn(all[400:])))
}
