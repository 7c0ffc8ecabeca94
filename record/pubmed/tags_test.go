package pubmed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
)

// samples are the values that are tried under each tag of MEDLINE.
var samples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "a short name", "Kiwi A", "a number", "17", "a year", "2012",
	"a date", "2012 Mar 4", "a date in digits", "20120304", "a time", "2012/03/04 00:00", "a time and its status", "2012/03/04 00:00 [received]",
	"a DOI", "10.5555/kite.1 [doi]", "a PII", "S0000-11 [pii]", "a PMID", "90000001", "a PMCID", "PMC9900001",
	"an ISSN", "0000-0019 (Electronic)", "an ISBN", "9780000000002", "an ORCID iD", "ORCID: 0000-0002-1825-0097",
	"a register's number", "ClinicalTrials.gov/NCT00000001", "a language", "eng", "a heading", "*Kites/methods",
	"a publication type", "Retracted Publication", "a grant", "K01 KT000001/KT/Kite Office/Utopia", "a citation", "J Inv Things. 2013;5:1. PMID: 90000002",
)

// beside are lines that must stand before a tag for it to say something.
var beside = map[string]string{
	"AD": "FAU - Nimbus, Vera\n", "AUID": "FAU - Nimbus, Vera\n", "IRAD": "FIR - Nimbus, Vera\n", "OABL": "OAB - Kites fall.\n", "OCI": "OAB - Kites fall.\n",
}

// tagsOf lists the tags of a written file.
func tagsOf(text string) []suite.Tagged {
	var out []suite.Tagged
	for line := range strings.Lines(text) {
		if len(line) > 6 && line[4:6] == "- " {
			out = append(out, suite.Tagged{Kind: strings.TrimSpace(line[:4]), Value: line[6:]})
		}
	}
	return out
}

// tagNames lists the tags of MEDLINE in alphabetical order.
func tagNames() (names []string) {
	for _, f := range fields {
		names = append(names, f.tag)
	}
	slices.Sort(names)
	return names
}

func TestTheDocumentOfMEDLINESaysWhereTagsGo(t *testing.T) {
	var b strings.Builder
	var all []suite.Finding
	b.WriteString("## Tags\n\n" + suite.TableHead)
	for _, tag := range tagNames() {
		begin := "PMID- 90000009\n" + beside[tag]
		if tag == "PMID" {
			begin = "OWN - NLM\n"
		}
		var found []suite.Finding
		for _, s := range samples {
			line := tag + "    "[:4-len(tag)] + "- " + s.Value + "\n"
			with := begin + line
			if tag == "PMID" {
				with = line + begin
			}
			found = append(found, suite.Measure(t, MEDLINE(), tag, s.Kind, begin, with, tagsOf))
		}
		all = append(all, found...)
		b.WriteString(suite.Rows(found))
	}
	suite.Document(t, "../../docs/formats/medline.md", b.String()+suite.FieldTable(all))
}

// xmlSamples are the values that are tried in each element with text.
var xmlSamples = suite.Pairs(
	"a word", "Kiwi", "a name", "Kiwi, Ada", "a number", "17", "a year", "2012", "a DOI", "10.5555/kite.1", "a PMID", "90000001", "a PMCID", "PMC9900001",
	"an ISSN", "0000-0019", "an ISBN", "9780000000002", "an ORCID iD", "0000-0002-1825-0097",
	"a trial's number", "NCT00000001", "a language", "eng", "a publication type", "Retracted Publication",
)

// xmlDates are the values that are tried in each element of a date.
var xmlDates = suite.Pairs(
	"a year", "<Year>2012</Year>", "a day", "<Year>2012</Year><Month>03</Month><Day>04</Day>",
	"a season", "<Year>2012</Year><Season>Spring</Season>", "words", "<MedlineDate>2012 Mar-Apr</MedlineDate>",
)

// ofPerson stands for the group of one person, whose name differs by role.
const ofPerson = "person"

// inside are elements that must stand in a group for another one in it to say
// something: the end of that one's path, and the name of the group, ofPerson for the
// one around a person's name.
var inside = []struct{ path, group, elements string }{
	{"/Affiliation", ofPerson, "<LastName>Nimbus</LastName>"}, {"/ForeName", ofPerson, "<LastName>Nimbus</LastName>"}, {"/FirstName", ofPerson, "<LastName>Nimbus</LastName>"},
	{"/MiddleName", ofPerson, "<LastName>Nimbus</LastName>"}, {"/Initials", ofPerson, "<LastName>Nimbus</LastName>"}, {"/Suffix", ofPerson, "<LastName>Nimbus</LastName>"}, {"/Identifier", ofPerson, "<LastName>Nimbus</LastName>"},
	{"/AccessionNumber", "DataBank", "<DataBankName>ClinicalTrials.gov</DataBankName>"}, {"/QualifierName", "MeshHeading", "<DescriptorName>Kites</DescriptorName>"},
	{"/EndPage", "Pagination", "<StartPage>10</StartPage>"},
	{"/Abstract/CopyrightInformation", "Abstract", "<AbstractText>Kites fall.</AbstractText>"}, {"/OtherAbstract/CopyrightInformation", "OtherAbstract", "<AbstractText>Kites fall.</AbstractText>"},
	{"/RegistryNumber", "Chemical", "<NameOfSubstance>Glue</NameOfSubstance>"},
}

// conditions are attributes that decide what an element means, of the element
// itself or of one around it.
func conditions(path string) []suite.Tagged {
	var out []suite.Tagged
	switch name := lastName(path); {
	case strings.HasSuffix(path, "CommentsCorrections/RefSource"):
		for _, l := range relations {
			out = append(out, suite.Tagged{Kind: "CommentsCorrections", Value: `RefType="` + l.refType + `"`})
		}
	case strings.Contains(path, "CommentsCorrections/"):
		out = append(out, suite.Tagged{Kind: "CommentsCorrections", Value: `RefType="ErratumIn"`})
	case name == "PubMedPubDate":
		for _, s := range statuses {
			out = append(out, suite.Tagged{Kind: name, Value: `PubStatus="` + s.status + `"`})
		}
		out = append(out, suite.Tagged{Kind: name, Value: `PubStatus="retracted"`})
	case name == "ArticleId":
		for _, kind := range []string{"doi", "mid", "pii", "pmc", "pubmed"} {
			out = append(out, suite.Tagged{Kind: name, Value: `IdType="` + kind + `"`})
		}
	case name == "ELocationID":
		out = append(out, suite.Tagged{Kind: name, Value: `EIdType="doi"`}, suite.Tagged{Kind: name, Value: `EIdType="pii"`})
	case strings.HasSuffix(path, "/Identifier"):
		out = append(out, suite.Tagged{Kind: name, Value: `Source="ORCID"`})
	case strings.HasSuffix(path, "OtherID"):
		out = append(out, suite.Tagged{Kind: name, Value: `Source="NLM"`}, suite.Tagged{Kind: name, Value: `Source="NASA"`})
	case strings.HasSuffix(path, "Object/Param"):
		out = append(out, suite.Tagged{Kind: "Object", Value: `Type="keyword"`})
	case strings.HasSuffix(path, "ItemList/Item"):
		out = append(out, suite.Tagged{Kind: "ItemList", Value: `ListType="Synonyms"`})
	}
	if len(out) == 0 {
		out = append(out, suite.Tagged{})
	}
	return out
}

// citationWith writes a set of one citation that has an element at a path, or
// only the groups around it.
func citationWith(path string, condition suite.Tagged, element string) string {
	names := strings.Split(path, "/")
	root, top := "PubmedArticle", "<MedlineCitation><PMID>90000009</PMID>%s</MedlineCitation>"
	if strings.HasPrefix(path, bookDoc) || strings.HasPrefix(path, bookData) {
		root, top = "PubmedBookArticle", "<BookDocument><PMID>90000009</PMID>%s<Book><BookTitle>Kites</BookTitle></Book></BookDocument>"
	}
	switch {
	case path == citedIn+"PMID", path == bookDoc+"PMID":
		top = strings.Replace(top, "<PMID>90000009</PMID>", "", 1)
	case path == book+"BookTitle":
		top = strings.Replace(top, "<Book><BookTitle>Kites</BookTitle></Book>", "", 1)
	}
	text := element
	if strings.HasSuffix(path, "Section/LocationLabel") { // it is the number of the title behind it
		text += "<SectionTitle>Ropes</SectionTitle>"
	}
	for i := len(names) - 2; i >= 0; i-- {
		begin := ""
		for _, x := range inside {
			person := names[i] != "AffiliationInfo" && (i == len(names)-2 || names[i+1] == "AffiliationInfo")
			if strings.HasSuffix(path, x.path) && (x.group == names[i] || x.group == ofPerson && person) {
				begin = x.elements
			}
		}
		if i == 0 && (names[0] == "MedlineCitation" || names[0] == "BookDocument") {
			return set(root, fmt.Sprintf(top, text))
		}
		open := names[i]
		if names[i] == condition.Kind {
			open += " " + condition.Value
		}
		if begin+text != "" {
			text = "<" + open + ">" + begin + text + "</" + names[i] + ">"
		}
	}
	return set(root, fmt.Sprintf(top, "")+text)
}

// set is a set of one citation.
func set(root, text string) string {
	return "<PubmedArticleSet><" + root + ">" + text + "</" + root + "></PubmedArticleSet>"
}

// elementsOf lists the elements with text of a written set, by their paths below
// the citation; of a date the element that holds its parts.
func elementsOf(text string) []suite.Tagged {
	d := xml.NewDecoder(strings.NewReader(text))
	var out []suite.Tagged
	var path, attrs []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			return append(out, suite.Tagged{Kind: "not well-formed", Value: err.Error()})
		}
		switch token := token.(type) {
		case xml.StartElement:
			path, attrs = append(path, token.Name.Local), append(attrs, fmt.Sprint(token.Attr))
		case xml.EndElement:
			path, attrs = path[:len(path)-1], attrs[:len(attrs)-1]
		case xml.CharData:
			if v := strings.TrimSpace(string(token)); v != "" && len(path) > 2 {
				names := path[2:]
				if slices.Contains(datePaths, names[max(0, len(names)-2)]) { // a part of a date
					names = names[:len(names)-1]
				}
				out = append(out, suite.Tagged{Kind: strings.Join(names, "/"), Value: attrs[len(attrs)-1] + attrs[len(attrs)-2] + v})
			}
		}
	}
}

func TestTheDocumentOfPubMedXMLSaysWhereElementsGo(t *testing.T) {
	var b strings.Builder
	var all []suite.Finding
	for _, of := range []struct{ title, below string }{{"an article", citedIn}, {"an article, beside the citation", data}, {"a book", bookDoc}, {"a book, beside the document", bookData}} {
		b.WriteString("## Elements of " + of.title + "\n\nBelow `" + strings.TrimSuffix(of.below, "/") + "`.\n\n" + strings.Replace(suite.TableHead, "tag", "element", 1))
		for _, e := range elements {
			dated := slices.Contains(datePaths, lastName(e.path))
			if !strings.HasPrefix(e.path, of.below) || e.text == nil && !dated {
				continue
			}
			values := xmlSamples
			if dated {
				values = xmlDates
			}
			for _, c := range conditions(e.path) {
				found := elementFindings(t, e.path, c, values)
				all = append(all, found...)
				b.WriteString(strings.ReplaceAll(suite.Rows(found), "`"+of.below, "`"))
			}
		}
		b.WriteString("\n")
	}
	suite.Document(t, "../../docs/formats/pubmedxml.md", strings.TrimSuffix(b.String(), "\n")+suite.FieldTable(all))
}

// elementFindings tells what becomes of each value in an element.
func elementFindings(t *testing.T, path string, condition suite.Tagged, values []suite.Tagged) []suite.Finding {
	t.Helper()
	name, shown := lastName(path), path
	if condition.Kind != "" {
		shown = strings.TrimSuffix(strings.Replace(path+"/", "/"+condition.Kind+"/", "/"+condition.Kind+"[@"+condition.Value+"]/", 1), "/")
	}
	open := name
	if condition.Kind == name {
		open += " " + condition.Value
	}
	var found []suite.Finding
	for _, v := range values {
		found = append(found, suite.Measure(t, XML(), shown, v.Kind, citationWith(path, condition, ""),
			citationWith(path, condition, "<"+open+">"+v.Value+"</"+name+">"), elementsOf))
	}
	return found
}
