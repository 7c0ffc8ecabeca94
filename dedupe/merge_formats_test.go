package dedupe_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// oneWork is one article as four databases export it. Each has tags that no
// field of a record holds, and that mean something else in another format.
var oneWork = map[string]string{
	"ris": `TY  - EJOUR
TI  - Kites over the harbour: a randomised trial
AU  - Berg, Anna
AU  - Sand, Jonas
T2  - Journal of Invented Things
PY  - 2012
VL  - 4
IS  - 2
SP  - 10
EP  - 19
SN  - 1234-5679
DO  - 10.5555/kites.1
AD  - School of Wind, Northmere University, Northmere
AD  - Institute of Air, Southmere
C4  - a note of the database
ER  -
`,
	"medline": `PMID- 90000001
OWN - NLM
STAT- MEDLINE
IS  - 1234-5679 (Print)
IS  - 1234-5679 (Linking)
VI  - 4
IP  - 2
DP  - 2012
TI  - Kites over the harbour: a randomised trial.
PG  - 10-9
FAU - Berg, Anna
AU  - Berg A
AD  - School of Wind, Northmere.
FAU - Sand, Jonas
AU  - Sand J
JT  - Journal of Invented Things
SB  - IM
OTO - NOTNLM
AID - 10.5555/kites.1 [doi]
`,
	"bibtex": `@suppperiodical{kites, title = {Kites over the harbour: a randomised trial}, author = {Berg, Anna and Sand, Jonas},
  journal = {Journal of Invented Things}, year = 2012, volume = 4, number = 2, pages = {10--19}, doi = {10.5555/kites.1},
  issn = {1234-5679}, title = {Drachen über dem Hafen}, groups = {read}, is = {shelf 3}}
`,
	"pubmedxml": `<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">90000001</PMID>
<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">1234-5679</ISSN><JournalIssue CitedMedium="Internet"><Volume>4</Volume><Issue>2</Issue><PubDate><Year>2012</Year></PubDate></JournalIssue><Title>Journal of Invented Things</Title></Journal>
<ArticleTitle>Kites over the harbour: a randomised trial.</ArticleTitle><Pagination><MedlinePgn>10-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/kites.1</ELocationID>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Berg</LastName><ForeName>Anna</ForeName><AffiliationInfo><Affiliation>School of Wind, Northmere.</Affiliation></AffiliationInfo></Author><Author ValidYN="Y"><LastName>Sand</LastName><ForeName>Jonas</ForeName></Author></AuthorList>
<CoiStatement>None.</CoiStatement></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
}

func readAs(t *testing.T, format, text string) *record.Record {
	t.Helper()
	f, err := formats.ByName(format)
	require.NoError(t, err)
	lib, err := formats.Read(strings.NewReader(text), record.ReadOptions{Name: "export." + format, Format: f})
	require.NoError(t, err)
	require.Len(t, lib.Records, 1, text)
	return lib.Records[0]
}

func affiliations(r *record.Record) []string {
	var out []string
	for _, p := range r.People {
		out = append(out, p.Name.String()+": "+strings.Join(p.Affiliations, " | "))
	}
	return out
}

func TestARecordMergedOfSeveralFormatsIsWrittenWithoutTagsOfAnother(t *testing.T) {
	sets := [][]string{{"ris", "medline", "bibtex", "pubmedxml"}}
	for _, a := range sets[0] {
		for _, b := range sets[0] {
			if a < b {
				sets = append(sets, []string{a, b})
			}
		}
	}
	main := map[string]bool{}
	for _, set := range sets {
		var records []*record.Record
		for _, format := range set {
			records = append(records, readAs(t, format, oneWork[format]))
		}
		merged := dedupe.Merge(find(t, records...), dedupe.MergePolicy{})
		require.Len(t, merged, 1)
		m := merged[0]
		main[m.Source.Format] = true
		assert.Equal(t, "Kites over the harbour: a randomised trial", m.Title)
		for _, format := range sets[0] {
			f, err := formats.ByName(format)
			require.NoError(t, err)
			var text bytes.Buffer
			w := record.NewWriter(&text, f)
			require.NoError(t, w.Write(m))
			require.NoError(t, w.Close())
			back := readAs(t, format, text.String())
			assert.Empty(t, back.Problems, "%v as %s:\n%s", set, format, text.String())
			assert.Equal(t, m.Title, back.Title)
			assert.Equal(t, m.In.Issue, back.In.Issue)
			assert.Equal(t, m.In.ISSN, back.In.ISSN)
			if format != "bibtex" { // which has no field for it
				assert.Equal(t, affiliations(m), affiliations(back), "%v as %s:\n%s", set, format, text.String())
			}
			assert.NotContains(t, text.String(), ":IS")
		}
	}
	assert.Greater(t, len(main), 1, "records of several formats were the first member")
}

func TestATagOfAnotherFormatNamesItInAMergedRecord(t *testing.T) {
	a, b := readAs(t, "ris", oneWork["ris"]), readAs(t, "medline", oneWork["medline"])
	m := dedupe.Merge(find(t, a, b), dedupe.MergePolicy{})[0]
	own, other, tag := "ris", "medline", "OWN"
	if m.Source.Format == other {
		own, other, tag = other, own, "C4"
	}
	assert.Empty(t, m.Extra.Get(tag))
	assert.NotEmpty(t, m.Extra.Get(other+":"+tag))
	format, name := m.ExtraFormat(other + ":" + tag)
	assert.Equal(t, []string{other, tag}, []string{format, name})
	for _, x := range m.ExtraFor(own) {
		assert.NotContains(t, x.Tag, ":")
	}
	assert.Empty(t, m.ExtraFor(other), "what was read as one format is not written as another")

	// Merged once more with a third, every tag still names the format it is of, once.
	c := readAs(t, "bibtex", oneWork["bibtex"])
	again := dedupe.Merge(find(t, m, c), dedupe.MergePolicy{})
	require.Len(t, again, 1)
	for _, x := range again[0].Extra {
		format, name := again[0].ExtraFormat(x.Tag)
		assert.Contains(t, []string{"ris", "medline", "bibtex"}, format)
		assert.NotContains(t, name, ":", x.Tag)
	}
}

func TestATagThatAMemberHasTwiceIsKeptTwiceAndNoMore(t *testing.T) {
	a, b := keyed(t, "a", full), keyed(t, "b", full)
	a.Extra = record.Extra{{Tag: "RI", Value: "x"}, {Tag: "RI", Value: "x"}, {Tag: "C4", Value: "y"}}
	b.Extra = record.Extra{{Tag: "RI", Value: "x"}, {Tag: "C4", Value: "y"}, {Tag: "C4", Value: "z"}}
	m := dedupe.Merge(find(t, a, b), dedupe.MergePolicy{})[0]
	assert.Equal(t, []string{"x", "x"}, m.Extra.All("RI"))
	assert.ElementsMatch(t, []string{"y", "z"}, m.Extra.All("C4"))
}
