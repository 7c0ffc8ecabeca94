package record_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

func berg(given string) record.Contributor {
	return record.Contributor{Role: record.Author, Name: record.Name{Family: "Berg", Given: given}}
}

func TestFillTakesWhatIsMissingAndSaysFromWhere(t *testing.T) {
	dst := &record.Record{Title: "Peer support at work", DOI: "10.5555/a", Date: record.Date{Year: 2012},
		People: []record.Contributor{berg("A")}, Keywords: []string{"peers"}}
	src := &record.Record{Title: "PEER SUPPORT AT WORK", DOI: "10.5555/a", PMID: "12345678", Abstract: record.NewAbstract("Peers work."),
		In: record.Container{Pages: "1-9", ISSN: []record.ISSN{"1234-5679"}}, Date: record.Date{Year: 2012, Month: 3, Day: 4},
		Keywords: []string{"other"}, Flags: record.Flags{Retracted: true}, Source: record.Source{Database: "Crossref"}}
	src.People = []record.Contributor{berg("Anna M.")}
	src.People[0].ORCID = "0000-0002-1825-0097"
	src.People[0].Affiliations = []string{"Invented University"}
	id := dst.ID()

	filled, err := record.Fill(dst, src)
	require.NoError(t, err)
	assert.Equal(t, []record.Field{record.FieldAbstract, record.FieldAffiliations, record.FieldDate, record.FieldFlags,
		record.FieldISSN, record.FieldORCIDs, record.FieldPages, record.FieldPMID}, filled)
	assert.Equal(t, "Peer support at work", dst.Title)
	assert.Equal(t, []string{"peers"}, dst.Keywords)
	assert.Equal(t, "A", dst.People[0].Given)
	assert.Equal(t, record.Date{Year: 2012, Month: 3, Day: 4}, dst.Date)
	assert.True(t, dst.Flags.Retracted)
	assert.Equal(t, id, dst.ID(), "filling does not change the name of a record")
	assert.Equal(t, record.Origin{Field: record.FieldPMID, From: src.ID(), Source: src.Source, Why: "was empty"}, dst.Origin(record.FieldPMID))

	again, err := record.Fill(dst, src)
	require.NoError(t, err)
	assert.Empty(t, again)
}

func TestFillRefusesAnotherWork(t *testing.T) {
	for name, pair := range map[string][2]record.Record{
		"DOI":   {{DOI: "10.5555/a"}, {DOI: "10.5555/b", PMID: "1"}},
		"PMID":  {{PMID: "1"}, {PMID: "2", DOI: "10.5555/b"}},
		"PMCID": {{PMCID: "PMC1"}, {PMCID: "PMC2", DOI: "10.5555/b"}},
	} {
		dst, src := pair[0], pair[1]
		_, err := record.Fill(&dst, &src)
		require.True(t, errors.Is(err, record.ErrOtherWork), name)
		assert.ErrorContains(t, err, name)
		assert.Equal(t, pair[0], dst, "nothing is filled")
	}
	_, err := record.Fill(nil, &record.Record{})
	assert.Error(t, err)
}

func TestOtherPeopleGiveNothing(t *testing.T) {
	other := berg("Karl")
	other.ORCID = "0000-0002-1825-0097"
	dst := &record.Record{People: []record.Contributor{berg("A")}}
	filled, err := record.Fill(dst, &record.Record{People: []record.Contributor{other}})
	require.NoError(t, err)
	assert.Empty(t, filled)
}

func TestFillNeverChangesWhatIsThereAndSharesNoList(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "b"})
	draw := func(t *rapid.T, name string) *record.Record {
		r := &record.Record{Title: text.Draw(t, name+" title"), In: record.Container{Volume: text.Draw(t, name+" volume"), Pages: text.Draw(t, name+" pages")}}
		if k := text.Draw(t, name+" keyword"); k != "" {
			r.Keywords = []string{k}
		}
		if k := text.Draw(t, name+" heading"); k != "" {
			r.Headings = []record.Heading{{Term: k, Qualifiers: []record.Qualifier{{Term: k}}}}
		}
		if k := text.Draw(t, name+" person"); k != "" {
			r.People = []record.Contributor{{Role: record.Author, Name: record.Name{Family: k, Affiliations: []string{k}}}}
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		dst, src := draw(t, "dst"), draw(t, "src")
		before := map[record.Field][]string{}
		for _, f := range record.Fields() {
			before[f] = dst.Values(f)
		}
		_, err := record.Fill(dst, src)
		require.NoError(t, err)
		for f, values := range before {
			if len(values) > 0 {
				require.Equal(t, values, dst.Values(f), f)
			} else {
				require.Equal(t, src.Values(f), dst.Values(f), f)
			}
		}
		for _, k := range src.Keywords {
			src.Keywords[0] = "changed"
			require.Contains(t, append(dst.Keywords, k), dst.Keywords[0])
			require.NotContains(t, dst.Keywords, "changed")
		}
	})
}

func TestPagesAreWrittenOutInFull(t *testing.T) {
	for pages, want := range map[string]string{
		"123-8": "123–128", "123–128": "123–128", "e45-9": "e45–e49", "S12-S15": "S12–S15", "xii-xv": "xii–xv", "7": "7",
		"12-5, 20": "12-5, 20", "see note": "see note", "": "",
	} {
		assert.Equal(t, want, record.Container{Pages: pages}.FullPages(), pages)
	}
	assert.Equal(t, "e1234", record.Container{ArticleNumber: "e1234"}.FullPages())
}
