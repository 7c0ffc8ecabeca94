package query_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

func TestASearchKnowsItsDialectByItsMarks(t *testing.T) {
	for text, want := range map[string]query.Dialect{
		"(peer* adj3 support*).ti,ab.":          query.Ovid,
		"exp Dementia/":                         query.Ovid,
		`"peer support"[tiab] OR Dementia[mh]`:  query.PubMed,
		"TS=(peer NEAR/3 support)":              query.WebOfScience,
		"TITLE-ABS-KEY(peer W/3 support)":       query.Scopus,
		`MH "Dementia+" AND TI peer N3 support`: query.EBSCO,
		`[mh "Dementia"] and peer:ti,ab`:        query.Cochrane,
		"peer and support":                      query.PubMed,
	} {
		q, err := query.Search{Text: text}.Parse()
		require.NoError(t, err, text)
		assert.Equal(t, want, q.Dialect, text)
	}
	for _, text := range []string{"", " \n"} {
		_, err := query.Search{Text: text}.Parse()
		assert.ErrorContains(t, err, "no text")
	}
	_, err := query.Search{Dialect: "google", Text: "peer"}.Parse()
	assert.ErrorContains(t, err, "no dialect")
}

func TestANumberThatBeginsASearchIsNoLabel(t *testing.T) {
	for text, found := range map[string]string{
		"2015:2030[dp]":                    "Doses in 2018",
		"5 mg tablets[tiab]":               "Of 5 mg tablets",
		"1. doses[ti]":                     "Doses",
		"#1 doses[ti]":                     "Doses",
		"1 doses[ti]\n2 #1":                "Doses",
		"2019/01/01:2030[dp] OR doses[ti]": "Doses",
	} {
		q, err := query.Parse(query.PubMed, text)
		require.NoError(t, err, text)
		assert.Equal(t, query.Yes, q.Match(&record.Record{Title: found, Abstract: record.Abstract{Text: "x"}, Date: record.Date{Year: 2018}}).Verdict, text)
	}
}
