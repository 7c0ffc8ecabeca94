package query_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen/query"
)

// indexedRecord is a record as MEDLINE has it.
var indexedRecord = &record.Record{
	Title: "Kites and naïve kite-flyers", OriginalTitle: "Drachen", Abstract: record.Abstract{Text: "Of 1,200 flyers’ kites, O’Neill’s flew 0.5 km."},
	People: []record.Contributor{{Name: record.Name{Family: "Van der Berg", Given: "John A"}}, {Name: record.Name{Family: "Smith", Given: "K"}}},
	In:     record.Container{Title: "The Journal of Kites", Abbrev: "J Kites", ISSN: []record.ISSN{"1234-5679"}, Country: "Denmark"},
	Date:   record.Date{Year: 2012, Month: 3}, DOI: "10.5555/kites.7", PMID: "12345678",
	Events: []record.Event{{Kind: record.Entered, Name: "entrez", Date: record.Date{Year: 2012, Month: 4, Day: 2}}, {Kind: record.Modified, Date: record.Date{Year: 2015}}},
	Headings: []record.Heading{
		{Term: "Kites, Box", Qualifiers: []record.Qualifier{{Term: "history", Major: true}, {Term: "adverse effects"}}},
		{Term: "Humans"}, {Term: "Adult"}, {Term: "Wind", Major: true},
		{Term: "silk protein, kite", Scheme: "mesh-supplementary"},
	},
	Types: []string{"Journal Article", "Randomized Controlled Trial"}, Languages: []string{"en"}, Keywords: []string{"Box kites", "Flying"},
	Extra: record.Extra{{Tag: "RN", Value: "50-00-0 (Formaldehyde)"}},
}

func TestWhatAStrategyMeansOfAnIndexedRecord(t *testing.T) {
	for search, want := range map[string]query.Verdict{
		"kite.ti.":                         query.Yes,
		"kiteflyers.ti.":                   query.No,
		"kite flyers.ti.":                  query.Yes,
		"naive.ti.":                        query.Yes,
		"NAÏVE.ti.":                        query.Yes,
		"oneill.ab.":                       query.No,
		"o'neill.ab.":                      query.Yes,
		"flyers.ab.":                       query.Yes,
		"box kites.kw.":                    query.Yes,
		"kites.kw.":                        query.No,
		"kites.kf.":                        query.Yes,
		"kites box.hw.":                    query.Yes,
		"adverse.hw.":                      query.Yes,
		"silk.hw.":                         query.No,
		"silk.nm.":                         query.Yes,
		"formaldehyde.mp.":                 query.Yes,
		"50-00-0.rn.":                      query.Yes,
		"Drachen.mp.":                      query.Yes,
		"drachen.tw.":                      query.No,
		"kites, box/":                      query.Yes,
		"box kites/":                       query.No,
		"*kites, box/":                     query.Yes,
		"*humans/":                         query.No,
		"wind/":                            query.Yes,
		"*wind/":                           query.Yes,
		"kites, box/hi":                    query.Yes,
		"*kites, box/hi":                   query.Yes,
		"*kites, box/ae":                   query.No,
		"kites, box/ae,th":                 query.Yes,
		"kites, box/th":                    query.No,
		"ae.fs.":                           query.Yes,
		"th.fs.":                           query.No,
		"pd.fs.":                           query.No,
		"pd.xs.":                           query.Yes,
		"humans.sh.":                       query.Yes,
		"human.sh.":                        query.No,
		"randomized controlled trial.pt.":  query.Yes,
		"trial.pt.":                        query.No,
		"randomized controlled trial$.pt.": query.Yes,
		"smith k.au.":                      query.Yes,
		"van der berg j.au.":               query.Yes,
		"van der berg ja.au.":              query.Yes,
		"van der berg john.au.":            query.Yes,
		"van der berg a.au.":               query.No,
		"van der berg.fa.":                 query.Yes,
		"smith.fa.":                        query.No,
		"journal of kites.jw.":             query.Yes,
		"journal of kites.jn.":             query.No,
		"j kites.jn.":                      query.Yes,
		"denmark.cp.":                      query.Yes,
		"english.lg.":                      query.Yes,
		"eng.la.":                          query.Yes,
		"german.lg.":                       query.No,
		"2012.yr.":                         query.Yes,
		"201*.yr.":                         query.Yes,
		"2013.yr.":                         query.No,
		"12345678.ui.":                     query.Yes,
		"10.5555/kites.7.do.":              query.Yes,
		"(naive adj2 flyers).ti.":          query.Yes,
		"(naive adj1 flyers).ti.":          query.No,
		"(flyers adj2 naive).ti.":          query.Yes,
		"(flyers adj naive).ti.":           query.No,
		"(kites adj flyers).ti.":           query.No,
		"(kites adj2 kites).ti.":           query.No,
		"unicorn.mp.":                      query.No,
	} {
		q, err := query.ParseWith(query.Options{Dialect: query.Ovid, Lenient: true}, search)
		if assert.NoError(t, err, search) {
			assert.Equal(t, want, q.Match(indexedRecord).Verdict, search)
		}
	}
}

func TestLimitsAndDates(t *testing.T) {
	for limit, want := range map[string]query.Verdict{
		"english language":              query.Yes,
		"(english or french)":           query.Yes,
		"french":                        query.No,
		`yr="2010-2012"`:                query.Yes,
		`yr="2013 -Current"`:            query.No,
		`ed="20120401-20120405"`:        query.Yes,
		"ed=20120403-20180131":          query.No,
		"humans":                        query.Yes,
		"animals":                       query.No,
		`"all adult (19 plus years)"`:   query.Yes,
		`"all child (0 to 18 years)"`:   query.No,
		"abstracts":                     query.Yes,
		"randomized controlled trial":   query.Yes,
		"case reports":                  query.No,
		"(humans and yr=\"2010-2020\")": query.Yes,
		"no such thing":                 query.CannotSay,
	} {
		q, err := query.ParseWith(query.Options{Dialect: query.Ovid, Lenient: true}, "1. kite.ti.\n2. limit 1 to "+limit)
		if assert.NoError(t, err, limit) {
			assert.Equal(t, want, q.Match(indexedRecord).Verdict, limit)
		}
	}
	for dates, want := range map[string]query.Verdict{
		"2012[dp]": query.Yes, "2012/03[dp]": query.Yes, "2012/03/15[dp]": query.CannotSay, "2012/04:2013[dp]": query.No,
		"2012/03/15:2014[dp]": query.CannotSay, "2012/04/02[crdt]": query.Yes, "2015[lr]": query.Yes, "2012[mhda]": query.CannotSay,
	} {
		q, err := query.Parse(query.PubMed, dates)
		if assert.NoError(t, err, dates) {
			assert.Equal(t, want, q.Match(indexedRecord).Verdict, dates)
		}
	}
}

func TestPubMedTakesQualifiersWithThoseBelow(t *testing.T) {
	for search, want := range map[string]query.Verdict{
		`"Kites, Box/pharmacology"[mh]`: query.Yes, `"Kites, Box/pharmacology"[mh:noexp]`: query.No, "pharmacology[sh]": query.Yes,
		"kite flyers": query.Yes, "flyers drachen": query.Yes, `"flyers drachen"`: query.No, "kites[majr]": query.No, "wind[majr]": query.Yes,
	} {
		q, err := query.Parse(query.PubMed, search)
		require.NoError(t, err, search)
		assert.Equal(t, want, q.Match(indexedRecord).Verdict, search)
	}
}

func TestWhatARecordLacksCannotBeSaid(t *testing.T) {
	bare := &record.Record{Title: "Kites"}
	for search, want := range map[string]query.Verdict{
		"kites.ti.": query.Yes, "tops.ti.": query.No, "tops.ti,ab.": query.CannotSay, "kites.ti,ab.": query.Yes, "tops.kf.": query.No,
		"tops.pt.": query.CannotSay, "kites/": query.CannotSay, "th.fs.": query.CannotSay, "2010.yr.": query.CannotSay, "english.lg.": query.CannotSay,
		"smith.au.": query.No, "tops.ti. not kites.ab.": query.No, "kites.ti. not tops.ab.": query.CannotSay, "kites.ti. or tops/": query.Yes,
		"tops.ti. and tops/": query.No, "(a adj2 b).ti.": query.No, "(a adj2 b).ti,ab.": query.CannotSay,
	} {
		q, err := query.Parse(query.Ovid, search)
		require.NoError(t, err, search)
		assert.Equal(t, want, q.Match(bare).Verdict, search)
	}
}

func TestHeadingsThatWereReadFromKeywords(t *testing.T) {
	r := &record.Record{Headings: []record.Heading{{Term: "Kites", Major: true}}, Keywords: []string{"Humans", "flying a kite"}}
	for search, want := range map[string]query.Verdict{"humans/": query.Yes, "*humans/": query.No, "animals/": query.No, "kites/": query.Yes} {
		q, err := query.Parse(query.Ovid, search)
		require.NoError(t, err, search)
		assert.Equal(t, want, q.Match(r).Verdict, search)
	}
	q, err := query.Parse(query.Ovid, "humans/")
	require.NoError(t, err)
	assert.Equal(t, `keywords 0–6 "Humans"`, q.Match(r).Spans[0].String())
	r.Headings = append(r.Headings, record.Heading{Term: "Wind"})
	assert.Equal(t, query.No, q.Match(r).Verdict, "this record lists plain headings as headings")
}

func TestAnswersAndResultsComeBackFromJSON(t *testing.T) {
	q, err := query.Parse(query.Ovid, "1. kite.ti.\n2. exp Tops/\n3. 1 or 2\n")
	require.NoError(t, err)
	answer, results := q.Match(indexedRecord), q.Run([]*record.Record{indexedRecord, {}})
	text, err := json.Marshal(answer)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"verdict":"yes","lines":["yes","no","yes"],"spans":[{"line":0,"field":"title","start":17,"end":21,"text":"kite"}]`)
	var again query.Answer
	require.NoError(t, json.Unmarshal(text, &again))
	assert.Equal(t, answer, again)
	text, err = json.Marshal(results)
	require.NoError(t, err)
	var same query.Results
	require.NoError(t, json.Unmarshal(text, &same))
	assert.Equal(t, results, same)
	assert.Equal(t, "3", same.Last().Label)
	require.ErrorContains(t, json.Unmarshal([]byte(`{"verdict":"perhaps"}`), &again), `"perhaps" is no verdict`)
}
