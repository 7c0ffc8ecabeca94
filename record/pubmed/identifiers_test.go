package pubmed

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

// near draws a text that is an identifier, or nearly one: some characters of it
// are put in another's place.
func near(t *rapid.T, of ...string) string {
	s := []byte(rapid.SampledFrom(of).Draw(t, "form"))
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		at := rapid.IntRange(0, len(s)-1).Draw(t, "at")
		s[at] = rapid.SampledFrom([]byte("0123456789Xx-/. ()[a")).Draw(t, "byte")
	}
	return string(s[:rapid.IntRange(0, len(s)).Draw(t, "length")])
}

func TestIdentifiersAreReadAsThePackageRecordReadsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := near(t, "90000001", "PMID: 900", "PMC9900001", "PMC9900001.1", "10.5555/kite.1", "10.5555/(kite)-2;b", "https://doi.org/10.5555/k",
			"0000-0019", "0000-0019 (Print)", "1234-5679 (Electronic)", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1694-233X")
		pmid, ok := parsePMID(s)
		wantPMID, want := record.ParsePMID(s)
		assert.Equal(t, wantPMID, pmid, "%q", s)
		assert.Equal(t, want, ok, "%q", s)

		pmcid, ok := parsePMCID(s)
		wantPMCID, want := record.ParsePMCID(s)
		assert.Equal(t, wantPMCID, pmcid, "%q", s)
		assert.Equal(t, want, ok, "%q", s)

		doi, ok := parseDOI(s)
		wantDOI, want := record.ParseDOI(s)
		assert.Equal(t, wantDOI, doi, "%q", s)
		assert.Equal(t, want, ok, "%q", s)

		issn, ok := parseISSN(s)
		wantISSN, want := record.ParseISSN(s)
		assert.Equal(t, wantISSN, issn, "%q", s)
		assert.Equal(t, want, ok, "%q", s)

		orcid, ok := parseORCID(s)
		wantORCID, want := record.ParseORCID(s)
		assert.Equal(t, wantORCID, orcid, "%q", s)
		assert.Equal(t, want, ok, "%q", s)
	})
}

func TestIdentifiersAsNLMWritesThemAreNotCopied(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		parsePMID("90000001")
		parsePMCID("PMC9900001")
		parseDOI("10.5555/kite.1")
		parseISSN("1234-5679 (Print)")
		parseORCID("https://orcid.org/0000-0002-1825-0097")
	}))
}

func TestTheDateInPartsIsTheDateOfTheirText(t *testing.T) {
	part := func(name string, values ...string) *rapid.Generator[string] {
		return rapid.OneOf(rapid.Just(""), rapid.SampledFrom(values))
	}
	rapid.Check(t, func(t *rapid.T) {
		d := &document{}
		d.date[0] = part("year", "2012", "1999", "12", "0999", "3000", "201x").Draw(t, "year")
		d.date[1] = part("month", "3", "03", "12", "13", "0", "Mar", "mar", "March", "anF").Draw(t, "month")
		d.date[2] = part("day", "4", "04", "31", "32", "0", "00", "x").Draw(t, "day")
		d.date[3] = part("season", "Spring").Draw(t, "season")
		d.date[4] = part("words", "2012 Mar-Apr").Draw(t, "words")
		if date, ok := d.plainDate(); ok {
			want, _ := parseDate(d.dateText())
			assert.Equal(t, want, date, "%q", d.date)
			assert.Empty(t, date.Text)
		}
	})
}

func TestAnAttributeIsFoundHoweverItIsWritten(t *testing.T) {
	d := &document{}
	for text, want := range map[string]string{
		` IdType="doi"`: "doi", ` Version="1" IdType="doi" x="y"`: "doi", "\n\tIdType = 'doi'": "doi", ` IdType=doi`: "doi",
		` OtherIdType="x"`: "", ` x="y`: "", ` Status="MEDLINE IdType="doi"`: "doi", ` IdType="a &amp;  b"`: "a & b", ``: "", ` IdType`: "",
	} {
		a := attributes{[]byte(text), d}
		assert.Equal(t, want, a.get("IdType"), "%q", text)
		assert.Equal(t, want == "doi", a.is("IdType", "doi"), "%q", text)
		assert.Equal(t, want == "a & b", a.is("IdType", "a & b"), "%q", text)
	}
}

func TestTheTagsAreFoundByTheirCharacters(t *testing.T) {
	for _, f := range fields {
		assert.Equal(t, f.tag, tags.named([]byte(f.tag)).tag)
		assert.Equal(t, f.tag, tags.find(packed(f.tag+strings.Repeat(" ", 4-len(f.tag)))).tag)
	}
	for _, tag := range []string{"", "XX", "PMIX", "PMIDS", "au"} {
		assert.Nil(t, tags.named([]byte(tag)), tag)
	}
}
