package pubmed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
)

func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		format, name := MEDLINE(), "input.nbib"
		input, ok := c.Get(name)
		if !ok {
			format, name = XML(), "input.xml"
			input, ok = c.Get(name)
		}
		require.True(t, ok, "a case has input.nbib or input.xml")
		records, problems := read(t, format, input)
		var got, odd bytes.Buffer
		for _, r := range records {
			got.WriteString(meaning(t, r) + "\n")
			problems = append(problems, r.Problems...)
		}
		for _, p := range problems {
			fmt.Fprintln(&odd, p)
		}
		c.Want(t, "want.json", got.Bytes())
		c.Want(t, "problems.txt", odd.Bytes())
		c.Want(t, "written.nbib", write(t, MEDLINE(), records))
		c.Want(t, "written.xml", write(t, XML(), records))
	})
}

func TestARecordIsCutAtItsLimitAndTheNextIsRead(t *testing.T) {
	for _, c := range []struct {
		format      record.Format
		long, after string
	}{
		{MEDLINE(), "PMID- 1\nAB  - " + strings.Repeat("kite ", 4000) + "\nTI  - One.\n\n", "PMID- 2\nTI  - Two.\n"},
		{XML(), "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>" + strings.Repeat("kite ", 4000) + "</ArticleTitle></Article></MedlineCitation></PubmedArticle>",
			"<PubmedArticle><MedlineCitation><PMID>2</PMID></MedlineCitation></PubmedArticle></PubmedArticleSet>"},
	} {
		for _, limits := range []record.Limits{{Record: 5000}, {Field: 5000}} {
			rd := record.NewReader(strings.NewReader(c.long+c.after), record.ReadOptions{Format: c.format, Limits: limits})
			var ids []record.PMID
			for r, err := range rd.All() {
				require.NoError(t, err)
				ids = append(ids, r.PMID)
			}
			if limits.Record > 0 {
				assert.Equal(t, []record.PMID{"2"}, ids, "%s", c.format.Name)
				assert.Equal(t, 1, rd.Load().ByCode[record.CodeRecordTooLong], "%s", c.format.Name)
				continue
			}
			assert.Equal(t, []record.PMID{"1", "2"}, ids, "%s", c.format.Name)
			assert.Equal(t, 1, rd.Load().ByCode[record.CodeFieldTooLong], "%s", c.format.Name)
		}
	}
}

func TestEachFormIsRecognised(t *testing.T) {
	for _, c := range []struct {
		head          string
		medline, xml_ bool
	}{
		{"\n\nPMID- 90000001\nOWN - NLM\n", true, false},
		{"OWN - ERIC\nTI  - Kites\nAU  - Probe, Ben\nOID - EJ1\n", true, false},
		{"TY  - JOUR\nTI  - Kites\nER  - \n", false, false},
		{"TY  - JOUR\nTI  - Kites\nPMID- 1\nER  - \n", false, false},
		{"<?xml version=\"1.0\"?>\n<!DOCTYPE PubmedArticleSet []>\n<PubmedArticleSet>", false, true},
		{"<PubmedArticle>", false, true},
		{"<p:PubmedArticleSet xmlns:p='x'>", false, true},
		{"<xml><records><record>", false, false},
		{"", false, false},
	} {
		assert.Equal(t, c.medline, MEDLINE().Sniff([]byte(c.head)) > 0, "MEDLINE: %q", c.head)
		assert.Equal(t, c.xml_, XML().Sniff([]byte(c.head)) > 0, "XML: %q", c.head)
	}
}

func TestDatesAreReadAsTheGeneralReaderReadsThem(t *testing.T) {
	for _, s := range []string{"2012", "2012 Mar", "2012 Mar 4", "2012 Mar 14", "20120304", "2012/03/04", "2012/03/04 06:00",
		"2012 Jan-Feb", "2007 Spring", "1998 Dec-1999 Jan", "2000 Oct 16-31", "0000", "2012 arM", "2012 Mar 45", "20121301", ""} {
		want, wantOK := record.ParseDate(s)
		got, ok := parseDate(s)
		assert.Equal(t, want, got, s)
		assert.Equal(t, wantOK, ok, s)
	}
}

func TestADateComesBackAsItWasWritten(t *testing.T) {
	for _, s := range []string{"2012", "2012 Mar", "2012 Mar 4", "2007 Spring", "2012 Jan-Feb", "1998 Dec-1999 Jan", "2000 Oct 16-31", "2000 Oct 30-Nov 2", "1998-1999"} {
		d, ok := parseDate(s)
		assert.True(t, ok, s)
		assert.Equal(t, s, citedDate(d))
	}
}

func TestAGrantComesBackAsItWasWritten(t *testing.T) {
	for _, s := range []string{"R01 AI050875/AI/NIAID NIH HHS/United States", "001/WHO_/World Health Organization/International",
		"076053/Z/04/Z/Wellcome Trust/United Kingdom", "Invented Trust/Utopia", "12345/Kite Office/", "Z01 DE1/ImNIH/Intramural NIH HHS/United States"} {
		assert.Equal(t, s, grantLine(parseGrant(s)))
	}
}

// anyText draws text in which syntax of both forms turns up.
var anyText = rapid.OneOf(rapid.StringMatching(`[A-Z][a-z]{2,8}( [a-z]{1,9}){0,3}`), rapid.String(),
	rapid.SampledFrom([]string{"\n\nPMID- 90000009", "</PubmedArticle><PubmedArticle>", "]]>", "&lt;b&gt; & <i>", "[Kites].", "a\r\nTI  - b", "Kite, rope", "x.", "..", "BACKGROUND: a. METHODS: b."}))

func drawRecord(t *rapid.T) *record.Record {
	text := func(name string) string { return anyText.Draw(t, name) }
	r := &record.Record{Title: text("title"), OriginalTitle: text("original"), Abstract: record.NewAbstract(text("abstract")),
		Kind: rapid.SampledFrom([]record.Kind{record.JournalArticle, record.Book, record.Chapter, record.Thesis, ""}).Draw(t, "kind"),
		DOI:  record.DOI(text("doi")), PMID: record.PMID(rapid.StringMatching(`[1-9][0-9]{0,7}|x`).Draw(t, "pmid")),
		// A journal's title in brackets would be taken for a translation of one.
		In: record.Container{Title: strings.Trim(text("journal"), "[]. "), Abbrev: text("abbrev"), Volume: text("volume"), Issue: text("issue"), Pages: text("pages"),
			ISSN: []record.ISSN{"0000-0019"}, Publisher: text("publisher"), Country: text("country")},
		Status: text("status"), Languages: []string{rapid.SampledFrom([]string{"en", "de"}).Draw(t, "language")},
		Types: []string{text("type")}, Keywords: []string{text("keyword")}, Notes: []string{text("note")},
		Funding:       []record.Grant{{ID: text("grant"), Agency: text("agency")}},
		Headings:      []record.Heading{{Term: text("heading"), Scheme: mesh, Qualifiers: []record.Qualifier{{Term: text("qualifier")}}}},
		Registrations: []record.Registration{{Registry: "ClinicalTrials.gov", ID: "NCT00000001"}},
		Relations:     []record.Relation{{Kind: record.CommentOn, Text: text("relation"), PMID: "90000003"}, {Kind: record.Cites, Text: text("cited")}},
		Events:        []record.Event{{Kind: record.Received, Date: record.Date{Year: 2012, Month: 3, Day: 4}}},
		Extra:         record.Extra{{Tag: "OWN", Value: text("owner")}, {Tag: "COIS", Value: text("conflict")}, {Tag: "XYZ", Value: text("extra")}},
	}
	for _, title := range []*string{&r.Title, &r.In.Title} { // titles alone tell books and chapters from articles
		if strings.Trim(tidy(*title), "[]. ") == "" {
			*title = "Kites"
		}
	}
	r.Date, _ = record.ParseDate(text("date"))
	for range rapid.IntRange(0, 3).Draw(t, "people") {
		n := record.Name{Family: text("family"), Given: text("given"), Suffix: rapid.SampledFrom([]string{"", "Jr", "3rd"}).Draw(t, "suffix"), Affiliations: []string{text("affiliation")}}
		// A person has a family name, without a comma, or is a Literal.
		if n.Family = tidy(strings.ReplaceAll(n.Family, ",", "")); n.Family == "" {
			n.Family = "Berg"
		}
		if rapid.Bool().Draw(t, "group") {
			n = record.Name{Literal: text("literal")}
		}
		r.People = append(r.People, record.Contributor{Role: rapid.SampledFrom([]record.Role{record.Author, record.Editor, record.Investigator}).Draw(t, "role"), Name: n})
	}
	return r
}

// Two records of anything stay two, whatever stands in them, and what has been
// written and read once comes back the same for ever after.
func TestNoValueBreaksOutOfItsField(t *testing.T) {
	for _, format := range []record.Format{MEDLINE(), XML()} {
		t.Run(format.Name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				text := write(t, format, []*record.Record{drawRecord(rt), drawRecord(rt)})
				if format.Name == nameXML {
					require.NoError(rt, wellFormed(text), "%s", text)
				}
				once, _ := read(t, format, text)
				require.Len(rt, once, 2, "%s", text)
				second := write(t, format, once)
				twice, _ := read(t, format, second)
				require.Len(rt, twice, 2, "%s", second)
				third := write(t, format, twice)
				require.Empty(rt, textDifference(string(second), string(third)))
			})
		})
	}
}

func wellFormed(text []byte) error {
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestOneCitationIsTheSameInBothForms(t *testing.T) {
	fromMEDLINE, _ := read(t, MEDLINE(), []byte(sampleMEDLINE))
	fromXML, _ := read(t, XML(), []byte(sampleXML))
	require.Len(t, fromMEDLINE, 1)
	require.Len(t, fromXML, 1)
	a, b := fromMEDLINE[0], fromXML[0]
	assert.Empty(t, a.Problems)
	assert.Empty(t, b.Problems)
	assert.Equal(t, a.Abstract, b.Abstract, "sections and line breaks too")
	assert.Equal(t, record.PMID("90000003"), b.Relations[1].PMID)
	x, y := common(a), common(b)
	dropExtra(y, "PUBM") // which PubMed's own MEDLINE leaves out
	assert.Empty(t, textDifference(meaning(t, x), meaning(t, y)))
	assert.Equal(t, record.DOI("10.5555/kite.1"), b.DOI, "not that of a work cited")
	assert.True(t, a.Flags.Corrected)
}

func TestMarkupNestedTooDeepIsOneProblemAndItsTextStays(t *testing.T) {
	text := `<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">90000001</PMID><Article><ArticleTitle>Kites.</ArticleTitle><Abstract><AbstractText>` +
		strings.Repeat("<b>", 5000) + "Kites fly." + strings.Repeat("</b>", 5000) + " Wind blows.</AbstractText></Abstract><Language>eng</Language></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "x.xml", Format: XML()})
	for r, err := range rd.All() {
		require.NoError(t, err)
		assert.Equal(t, "Kites fly. Wind blows.", r.Abstract.Text)
		assert.Equal(t, []string{"en"}, r.Languages)
		require.Len(t, r.Problems, 1)
		assert.Equal(t, record.CodeTooDeep, r.Problems[0].Code)
	}
	assert.Equal(t, 1, rd.Load().Records)
}

// Looking for the end of each would take minutes.
func TestCommentsThatNeverEndAreLookedForOnce(t *testing.T) {
	const many = 500_000
	open, shut := "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>90000001</PMID><Article>", "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
	for _, mark := range []string{"<!--", "<![CDATA[", "<?"} {
		for text, title := range map[string]string{
			open + "<ArticleTitle>" + strings.Repeat(mark, many) + "</ArticleTitle>" + shut:     strings.Repeat(mark, many),
			open + strings.Repeat(mark, many) + "<ArticleTitle>Kites fly</ArticleTitle>" + shut: "Kites fly",
		} {
			records, problems := read(t, XML(), []byte(text))
			assert.Empty(t, problems)
			require.Len(t, records, 1)
			if len(title) < 4<<20 { // Limits.Field
				assert.Equal(t, len(title), len(records[0].Title))
			}
		}
	}
}
