package pubmed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/require"
)

// samples are the values that are tried under each tag of MEDLINE.
var samples = []tagged{
	{"a word", "Kiwi"}, {"a name", "Kiwi, Ada"}, {"a short name", "Kiwi A"}, {"a number", "17"}, {"a year", "2012"},
	{"a date", "2012 Mar 4"}, {"a date in digits", "20120304"}, {"a time", "2012/03/04 00:00"}, {"a time and its status", "2012/03/04 00:00 [received]"},
	{"a DOI", "10.5555/kite.1 [doi]"}, {"a PII", "S0000-11 [pii]"}, {"a PMID", "90000001"}, {"a PMCID", "PMC9900001"},
	{"an ISSN", "0000-0019 (Electronic)"}, {"an ISBN", "9780000000002"}, {"an ORCID iD", "ORCID: 0000-0002-1825-0097"},
	{"a register's number", "ClinicalTrials.gov/NCT00000001"}, {"a language", "eng"}, {"a heading", "*Kites/methods"},
	{"a publication type", "Retracted Publication"}, {"a grant", "K01 KT000001/KT/Kite Office/Utopia"}, {"a citation", "J Inv Things. 2013;5:1. PMID: 90000002"},
}

// beside are lines that must stand before a tag for it to say something.
var beside = map[string]string{
	"AD": "FAU - Nimbus, Vera\n", "AUID": "FAU - Nimbus, Vera\n", "IRAD": "FIR - Nimbus, Vera\n", "OABL": "OAB - Kites fall.\n", "OCI": "OAB - Kites fall.\n",
}

// tagsOf lists the tags of a written file.
func tagsOf(text string) []tagged {
	var out []tagged
	for line := range strings.Lines(text) {
		if len(line) > 6 && line[4:6] == "- " {
			out = append(out, tagged{strings.TrimSpace(line[:4]), line[6:]})
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
	var all []finding
	b.WriteString("## Tags\n\n" + tableHead)
	for _, tag := range tagNames() {
		begin := "PMID- 90000009\n" + beside[tag]
		if tag == "PMID" {
			begin = "OWN - NLM\n"
		}
		var found []finding
		for _, s := range samples {
			line := tag + "    "[:4-len(tag)] + "- " + s.value + "\n"
			with := begin + line
			if tag == "PMID" {
				with = line + begin
			}
			found = append(found, measure(t, MEDLINE(), tag, s.kind, begin, with, tagsOf))
		}
		all = append(all, found...)
		b.WriteString(rowsOf(found))
	}
	compareDocument(t, "../../docs/formats/medline.md", b.String()+fieldTable(all))
}

// xmlSamples are the values that are tried in each element with text.
var xmlSamples = []tagged{
	{"a word", "Kiwi"}, {"a name", "Kiwi, Ada"}, {"a number", "17"}, {"a year", "2012"}, {"a DOI", "10.5555/kite.1"}, {"a PMID", "90000001"}, {"a PMCID", "PMC9900001"},
	{"an ISSN", "0000-0019"}, {"an ISBN", "9780000000002"}, {"an ORCID iD", "0000-0002-1825-0097"},
	{"a trial's number", "NCT00000001"}, {"a language", "eng"}, {"a publication type", "Retracted Publication"},
}

// xmlDates are the values that are tried in each element of a date.
var xmlDates = []tagged{
	{"a year", "<Year>2012</Year>"}, {"a day", "<Year>2012</Year><Month>03</Month><Day>04</Day>"},
	{"a season", "<Year>2012</Year><Season>Spring</Season>"}, {"words", "<MedlineDate>2012 Mar-Apr</MedlineDate>"},
}

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
func conditions(path string) []tagged {
	var out []tagged
	switch name := lastName(path); {
	case strings.HasSuffix(path, "CommentsCorrections/RefSource"):
		for _, l := range relations {
			out = append(out, tagged{"CommentsCorrections", `RefType="` + l.refType + `"`})
		}
	case strings.Contains(path, "CommentsCorrections/"):
		out = append(out, tagged{"CommentsCorrections", `RefType="ErratumIn"`})
	case name == "PubMedPubDate":
		for _, s := range statuses {
			out = append(out, tagged{name, `PubStatus="` + s.status + `"`})
		}
		out = append(out, tagged{name, `PubStatus="retracted"`})
	case name == "ArticleId":
		for _, kind := range []string{"doi", "mid", "pii", "pmc", "pubmed"} {
			out = append(out, tagged{name, `IdType="` + kind + `"`})
		}
	case name == "ELocationID":
		out = append(out, tagged{name, `EIdType="doi"`}, tagged{name, `EIdType="pii"`})
	case strings.HasSuffix(path, "/Identifier"):
		out = append(out, tagged{name, `Source="ORCID"`})
	case strings.HasSuffix(path, "OtherID"):
		out = append(out, tagged{name, `Source="NLM"`}, tagged{name, `Source="NASA"`})
	case strings.HasSuffix(path, "Object/Param"):
		out = append(out, tagged{"Object", `Type="keyword"`})
	case strings.HasSuffix(path, "ItemList/Item"):
		out = append(out, tagged{"ItemList", `ListType="Synonyms"`})
	}
	if len(out) == 0 {
		out = append(out, tagged{})
	}
	return out
}

// citationWith writes a set of one citation that has an element at a path, or
// only the groups around it.
func citationWith(path string, condition tagged, element string) string {
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
		if names[i] == condition.kind {
			open += " " + condition.value
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
func elementsOf(text string) []tagged {
	d := xml.NewDecoder(strings.NewReader(text))
	var out []tagged
	var path, attrs []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			return append(out, tagged{"not well-formed", err.Error()})
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
				out = append(out, tagged{strings.Join(names, "/"), attrs[len(attrs)-1] + attrs[len(attrs)-2] + v})
			}
		}
	}
}

func TestTheDocumentOfPubMedXMLSaysWhereElementsGo(t *testing.T) {
	var b strings.Builder
	var all []finding
	for _, of := range []struct{ title, below string }{{"an article", citedIn}, {"an article, beside the citation", data}, {"a book", bookDoc}, {"a book, beside the document", bookData}} {
		b.WriteString("## Elements of " + of.title + "\n\nBelow `" + strings.TrimSuffix(of.below, "/") + "`.\n\n" + strings.Replace(tableHead, "tag", "element", 1))
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
				b.WriteString(strings.ReplaceAll(rowsOf(found), "`"+of.below, "`"))
			}
		}
		b.WriteString("\n")
	}
	compareDocument(t, "../../docs/formats/pubmedxml.md", strings.TrimSuffix(b.String(), "\n")+fieldTable(all))
}

// elementFindings tells what becomes of each value in an element.
func elementFindings(t *testing.T, path string, condition tagged, values []tagged) []finding {
	t.Helper()
	name, shown := lastName(path), path
	if condition.kind != "" {
		shown = strings.TrimSuffix(strings.Replace(path+"/", "/"+condition.kind+"/", "/"+condition.kind+"[@"+condition.value+"]/", 1), "/")
	}
	open := name
	if condition.kind == name {
		open += " " + condition.value
	}
	var found []finding
	for _, v := range values {
		found = append(found, measure(t, XML(), shown, v.kind, citationWith(path, condition, ""),
			citationWith(path, condition, "<"+open+">"+v.value+"</"+name+">"), elementsOf))
	}
	return found
}

// readOne reads a file with one record.
func readOne(t *testing.T, format record.Format, text string) *record.Record {
	t.Helper()
	var out []*record.Record
	for r, err := range record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "kites", Format: format}).All() {
		require.NoError(t, err, text)
		out = append(out, r)
	}
	require.Len(t, out, 1, text)
	return out[0]
}

// writeOne writes one record.
func writeOne(t *testing.T, format record.Format, r *record.Record) string {
	t.Helper()
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	return b.String()
}

// measure reads a file without a tag and with it, and tells the difference; it
// then writes both again.
func measure(t *testing.T, format record.Format, tag, kind, without, with string, tagsOf func(string) []tagged) finding {
	t.Helper()
	before, after := readOne(t, format, without), readOne(t, format, with)
	return finding{
		tag:      tag,
		kind:     kind,
		reached:  reaches(leaves(t, before), leaves(t, after)),
		problems: codesOf(after.Problems),
		written:  quoted(added(tagsOf(writeOne(t, format, before)), tagsOf(writeOne(t, format, after)))),
	}
}

// tagged is a kind of value or the tag of one, and the value.
type tagged struct{ kind, value string }

// finding is what became of one value: the fields of the record it reached, the
// codes of the problems that were reported, and where the record is written.
type finding struct {
	tag, kind, reached, problems, written string
}

// leaves lists what a record has, as the paths of its JSON form and their values.
// Of an element of a list the role, scheme, registry, kind or name stands in
// brackets. The line of an extra tag says where it stood, not what it says.
func leaves(t *testing.T, r *record.Record) map[string]int {
	t.Helper()
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var v map[string]any
	require.NoError(t, json.Unmarshal(data, &v))
	out := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if name == "id" || name == "problems" || name == "schema" {
			continue
		}
		addLeaves(out, name, v[name])
	}
	for _, place := range []string{"source.line", "source.number", "source.file", "source.format"} {
		for leaf := range out {
			if strings.HasPrefix(leaf, place+"=") {
				delete(out, leaf)
			}
		}
	}
	return out
}

func addLeaves(out map[string]int, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			addLeaves(out, path+"."+name, inner)
		}
	case []any:
		for _, inner := range v {
			element, ok := inner.(map[string]any)
			if !ok {
				addLeaves(out, path, inner)
				continue
			}
			place := path
			for _, name := range []string{"role", "scheme", "registry", "kind", "name", "tag"} {
				if word, ok := element[name].(string); ok && word != "" {
					if name != "tag" { // extra says it all
						place += "[" + word + "]"
					}
					out[place+"="]++ // the element itself
					break
				}
			}
			if place == "extra" {
				delete(element, "line")
			}
			addLeaves(out, place, element)
		}
	default:
		out[path+"="+fmt.Sprint(v)]++
	}
}

// reaches lists the paths in which two records differ. An element that one of
// them does not have counts as a whole.
func reaches(before, after map[string]int) string {
	var paths []string
	for _, side := range []map[string]int{before, after} {
		for leaf := range side {
			if before[leaf] != after[leaf] {
				path, _, _ := strings.Cut(leaf, "=")
				if strings.HasPrefix(path, "extra.") {
					path = "extra"
				}
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	paths = slices.Compact(paths)
	var out []string
	for _, p := range paths {
		if p == "key" && len(paths) > 1 {
			continue // where no key is given, the file and the number make one
		}
		if n := len(out); n > 0 && strings.HasPrefix(p, out[n-1]+".") {
			continue
		}
		out = append(out, p)
	}
	return quoted(out)
}

// quoted joins names as code, "–" for none.
func quoted(names []string) string {
	if len(names) == 0 {
		return "–"
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

// codesOf lists the codes of the problems of a record, each once.
func codesOf(problems []record.Problem) string {
	var out []string
	for _, p := range problems {
		out = append(out, string(p.Code))
	}
	slices.Sort(out)
	return quoted(slices.Compact(out))
}

// added lists the tags of a written file that the one before does not have, or
// not with that value; each once, in the order of the file.
func added(before, after []tagged) []string {
	had := map[tagged]int{}
	for _, s := range before {
		had[s]++
	}
	var out []string
	for _, s := range after {
		if had[s]--; had[s] < 0 && !slices.Contains(out, s.kind) {
			out = append(out, s.kind)
		}
	}
	return out
}

// rowsOf makes the rows of the table of one tag: one for each thing that becomes
// of a value. The commonest stands first.
func rowsOf(found []finding) string {
	type group struct {
		like  finding
		kinds []string
	}
	var groups []*group
	for _, f := range found {
		like := f
		like.kind = ""
		i := slices.IndexFunc(groups, func(g *group) bool { return g.like == like })
		if i < 0 {
			groups, i = append(groups, &group{like: like}), len(groups)
		}
		groups[i].kinds = append(groups[i].kinds, f.kind)
	}
	slices.SortStableFunc(groups, func(a, b *group) int { return len(b.kinds) - len(a.kinds) })
	var b strings.Builder
	for i, g := range groups {
		kinds, name := strings.Join(slices.Compact(g.kinds), ", "), ""
		if i == 0 {
			name = "`" + found[0].tag + "`"
			switch {
			case len(found) == 1:
			case len(groups) == 1:
				kinds = "anything"
			case len(g.kinds) > 3:
				kinds = "anything else"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, kinds, g.like.reached, g.like.problems, g.like.written)
	}
	return b.String()
}

// fieldTable turns the tables round: for each field the tags that reach it, and
// those it is written to, by the values that reached nothing else.
func fieldTable(found []finding) string {
	read, written := map[string][]string{}, map[string][]string{}
	for _, f := range found {
		if f.reached == "–" || f.reached == "`extra`" || strings.Contains(f.reached, ", ") {
			continue
		}
		read[f.reached] = append(read[f.reached], "`"+f.tag+"`")
		if f.written != "–" {
			written[f.reached] = append(written[f.reached], strings.Split(f.written, ", ")...)
		}
	}
	each := func(tags []string) string {
		slices.Sort(tags)
		return cmp.Or(strings.Join(slices.Compact(tags), ", "), "–")
	}
	var b strings.Builder
	b.WriteString("\n## Fields and their tags\n\nFor each part of a record the tags above with a value that reached it and nothing else, and the tags that it was then written to.\n\n" +
		"| field | read from | written to |\n|---|---|---|\n")
	for _, field := range slices.Sorted(maps.Keys(read)) {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", field, each(read[field]), each(written[field]))
	}
	return b.String()
}

// endOfHead begins the part of a document that is measured; above it a person
// writes.
const endOfHead = "<!-- Below this line"

// compareDocument compares what was measured with a document, whose head stays.
func compareDocument(t *testing.T, path, measured string) {
	t.Helper()
	path = filepath.FromSlash(path)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	at := strings.Index(string(text), endOfHead)
	require.GreaterOrEqual(t, at, 0, "%s has the mark between what is written by hand and what is measured", path)
	mark, _, _ := strings.Cut(string(text[at:]), "\n")
	suite.Golden(t, path, []byte(string(text[:at])+mark+"\n\n"+measured))
}

// tableHead begins a table.
const tableHead = "| tag | a value such as | reaches | problems | written again as |\n|---|---|---|---|---|\n"
