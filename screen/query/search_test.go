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

func TestARecordAskedAsItIsHasNotWhatItLacks(t *testing.T) {
	bare := &record.Record{Title: "Peer workers"}
	for _, c := range []struct {
		text           string
		normal, asItIs query.Verdict
	}{
		{"peer.ti.", query.Yes, query.Yes},
		{"ward.ti.", query.No, query.No},
		{"ward.ti,ab.", query.CannotSay, query.No},
		{"ward.mp.", query.CannotSay, query.No},
		{"exp Dementia/", query.CannotSay, query.No},
		{"peer.ti. not exp animals/", query.CannotSay, query.Yes},
		{"randomized controlled trial.pt.", query.CannotSay, query.No},
		{"(peer adj9 ward).ab.", query.CannotSay, query.No},
		{"1. peer.ti.\n2. limit 1 to english language", query.CannotSay, query.No},
		{"1. peer.ti.\n2. limit 1 to yr=\"2010\"", query.CannotSay, query.No},
	} {
		for asIs, want := range map[bool]query.Verdict{false: c.normal, true: c.asItIs} {
			q, err := query.ParseWith(query.Options{Dialect: query.Ovid, AsIs: asIs}, c.text)
			require.NoError(t, err)
			assert.Equal(t, want, q.Match(bare).Verdict, "%s, as is: %v", c.text, asIs)
			res := q.Run([]*record.Record{bare}).Last()
			assert.Equal(t, want == query.Yes, res.Count() == 1, c.text)
			assert.Equal(t, want == query.CannotSay, res.CannotSay.Count() == 1, c.text)
		}
	}
}
