package citation_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/citation"
	"github.com/evidence-go/evidence/record/pubmed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// read reads a text as citations.
func read(t testing.TB, text string) ([]*record.Record, []record.Problem) {
	t.Helper()
	rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "page.txt", Format: citation.Format()})
	var out []*record.Record
	for r, err := range rd.All() {
		require.NoError(t, err)
		out = append(out, r)
	}
	return out, rd.Problems()
}

// indexed are the records of the real files of MEDLINE and PubMed XML that can
// be cited: they name a title, a journal and a year.
func indexed(t *testing.T) (out []*record.Record) {
	t.Helper()
	folder := suite.Data(t, "formats")
	index, err := os.ReadFile(filepath.Join(folder, "index.tsv"))
	require.NoError(t, err)
	for line := range strings.Lines(string(index)) {
		row := strings.Split(line, "\t")
		if row[1] != "nbib" && row[1] != "pubmed_xml" {
			continue
		}
		f, err := os.Open(filepath.Join(folder, row[0]))
		require.NoError(t, err)
		rd := record.NewReader(f, record.ReadOptions{Name: row[0], Formats: []record.Format{pubmed.MEDLINE(), pubmed.XML()}})
		for r, err := range rd.All() {
			if err == nil && r.Title != "" && journal(r) != "" && r.Date.Year != 0 {
				out = append(out, cited(r))
			}
		}
		require.NoError(t, f.Close())
	}
	return out
}

// The printer: what follows writes a record as the National Library of Medicine
// cites it (Citing Medicine, chapter 1; the display formats of PubMed's help).

// cited is the record with the date it is cited by: of a work that appeared only
// online the day it did, with the date of its issue behind "eCollection".
func cited(r *record.Record) *record.Record {
	for _, e := range r.Events {
		if e.Kind == record.Electronic && r.Status == "epublish" && e.Date.Day != 0 && e.Date != r.Date {
			c := *r
			c.Date = e.Date
			c.Notes = append([]string{"eCollection " + dateText(r.Date)}, r.Notes...)
			return &c
		}
	}
	return r
}

func journal(r *record.Record) string {
	if r.In.Abbrev != "" {
		return r.In.Abbrev
	}
	return r.In.Title
}

var monthNames = strings.Fields("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")

func dateText(d record.Date) string {
	if d.Text != "" && !strings.Contains(d.Text, "Article") {
		return d.Text
	}
	s := fmt.Sprint(d.Year)
	if d.Season != 0 {
		s += " " + d.Season.String()
	}
	if d.Month != 0 {
		s += " " + monthNames[d.Month-1]
	}
	if d.Day != 0 {
		s += fmt.Sprint(" ", d.Day)
	}
	switch {
	case d.EndYear != 0 && d.EndMonth != 0:
		s += fmt.Sprint("-", d.EndYear, " ", monthNames[d.EndMonth-1])
	case d.EndYear != 0:
		s += fmt.Sprint("-", d.EndYear)
	case d.EndMonth != 0:
		s += "-" + monthNames[d.EndMonth-1]
	}
	if d.EndDay != 0 {
		if d.EndMonth == 0 {
			s += "-"
		} else {
			s += " "
		}
		s += fmt.Sprint(d.EndDay)
	}
	return s
}

// where is date, volume, issue and pages: "2019 Apr;12(3):45-50.".
func where(r *record.Record) string {
	s := dateText(r.Date)
	if r.In.Volume != "" || r.In.Issue != "" {
		s += ";" + r.In.Volume
	}
	if r.In.Issue != "" {
		s += "(" + r.In.Issue + ")"
	}
	if p := pagesOf(r); p != "" {
		s += ":" + p
	}
	return s + "."
}

func pagesOf(r *record.Record) string {
	if r.In.Pages != "" {
		return r.In.Pages
	}
	return r.In.ArticleNumber
}

// source is what follows the title up to the identifiers of PubMed.
func source(r *record.Record) string {
	s := journal(r) + ". " + where(r)
	for _, id := range r.Identifiers {
		if id.Scheme == "pii" && pagesOf(r) == "" {
			s += " pii: " + id.Value + "."
		}
	}
	if r.DOI != "" {
		s += " doi: " + string(r.DOI) + "."
	}
	for _, e := range r.Events {
		if e.Kind == record.Electronic && r.Status == "ppublish" && !strings.Contains(s, "Epub") {
			s += " Epub " + dateText(e.Date) + "."
		}
	}
	if len(r.Notes) > 0 && strings.HasPrefix(r.Notes[0], "eCollection") {
		s += " " + r.Notes[0] + "."
	}
	if r.Status == "aheadofprint" {
		s += " Online ahead of print."
	}
	return s
}

// sentence ends a title with a point, where it ends with no other mark.
func sentence(title string) string {
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") || strings.HasSuffix(title, ".") {
		return title
	}
	return title + "."
}

// translated tells whether the title is put in brackets: the text is in another language.
func translated(r *record.Record) bool {
	return len(r.Languages) > 0 && !slices.Contains(r.Languages, "en") && !slices.Contains(r.Languages, "und")
}

func titleText(r *record.Record) string {
	if translated(r) {
		return "[" + strings.TrimSuffix(r.Title, ".") + "]."
	}
	return sentence(r.Title)
}

// names writes authors as NLM does, all or the first six.
func names(r *record.Record, most int) string {
	var b strings.Builder
	n := 0
	for _, c := range r.People {
		if c.Role != record.Author && c.Role != "" {
			continue
		}
		if n == most {
			return b.String() + ", et al"
		}
		switch group := c.Literal != ""; {
		case n > 0 && group:
			b.WriteString("; ")
		case n > 0:
			b.WriteString(", ")
		}
		b.WriteString(strings.TrimSpace(c.Literal + c.Family + " " + strings.TrimSpace(initials(c.Name)+" "+c.Suffix)))
		n++
	}
	return b.String()
}

// initials are those of a name, which a citation that was read has as they are.
func initials(n record.Name) string {
	if strings.ToUpper(n.Given) == n.Given && !strings.ContainsAny(n.Given, " .-") {
		return n.Given
	}
	return n.Initials()
}

func numbers(r *record.Record) string {
	s := " PMID: " + string(r.PMID)
	if r.PMID == "" {
		return ""
	}
	if r.PMCID != "" {
		s += "; PMCID: " + string(r.PMCID)
	}
	return s + "."
}

func tail(r *record.Record) string {
	var s string
	if r.HasType("Review") {
		s += " Review."
	}
	if translated(r) {
		s += " " + strings.ToUpper(languageName(r)[:1]) + languageName(r)[1:] + "."
	}
	return s
}

func languageName(r *record.Record) string {
	for _, name := range record.LanguageNames() {
		if record.Language(name) == r.Languages[0] && record.Language(name) != name {
			return name
		}
	}
	return "undetermined"
}

// wrap breaks a text at blanks as PubMed does.
func wrap(s string, width int) string {
	var b strings.Builder
	n := 0
	for i, word := range strings.Fields(s) {
		switch {
		case i == 0:
		case n+len(word) >= width:
			b.WriteString("\n")
			n = 0
		default:
			b.WriteString(" ")
			n++
		}
		b.WriteString(word)
		n += len(word)
	}
	return b.String()
}

// layouts are the ways in which a list of citations is printed.
var layouts = []struct {
	name    string
	authors bool // it prints them
	notes   bool // it prints the date in full, the PMID and what stands behind it
	print   func(records []*record.Record) string
}{
	{"similar articles of a page", false, true, func(records []*record.Record) string {
		var b strings.Builder
		b.WriteString("Similar articles\n")
		for _, r := range records {
			fmt.Fprintf(&b, "-\n%s%s %s. %d.%s%s\n", titleText(r), source(r), journal(r), r.Date.Year, strings.TrimSuffix(strings.Split(numbers(r), ";")[0], "."), tail(r))
		}
		return b.String() + "See all similar articles\nPublication types\n"
	}},
	{"Vancouver, numbered", true, false, func(records []*record.Record) string {
		var b strings.Builder
		for i, r := range records {
			authors := names(r, 6)
			if authors != "" {
				authors += ". "
			}
			doi := ""
			if r.DOI != "" {
				doi = " doi: " + string(r.DOI) + "."
			}
			fmt.Fprintf(&b, "%d. %s%s %s. %s%s%s\n", i+1, strings.Replace(authors, "..", ".", 1), titleText(r), journal(r), where(r), doi, numbers(r))
		}
		return b.String()
	}},
	{"Vancouver, numbered and wrapped", true, false, func(records []*record.Record) string {
		var b strings.Builder
		for i, r := range records {
			authors := names(r, 6)
			if authors != "" {
				authors += ". "
			}
			fmt.Fprintf(&b, "%s\n", wrap(fmt.Sprintf("[%d] %s%s %s. %s doi:%s.%s", i+1, authors, titleText(r), journal(r), where(r), r.DOI, numbers(r)), 96))
		}
		return strings.ReplaceAll(b.String(), " doi:.", "")
	}},
	{"summary format", true, true, func(records []*record.Record) string {
		var b strings.Builder
		for i, r := range records {
			authors := names(r, -1)
			if authors != "" {
				authors += ". "
			}
			fmt.Fprintf(&b, "%s\n\n", wrap(fmt.Sprintf("%d: %s%s %s%s%s", i+1, authors, titleText(r), source(r), numbers(r), tail(r)), 80))
		}
		return b.String()
	}},
	{"one a line", true, true, func(records []*record.Record) string {
		var b strings.Builder
		for _, r := range records {
			authors := names(r, -1)
			if authors != "" {
				authors += ". "
			}
			fmt.Fprintf(&b, "%s%s %s%s\n", authors, titleText(r), source(r), numbers(r))
		}
		return b.String()
	}},
	{"title, authors and source on lines", true, true, func(records []*record.Record) string {
		var b strings.Builder
		for _, r := range records {
			fmt.Fprintf(&b, "%s\n", titleText(r))
			if authors := names(r, -1); authors != "" {
				fmt.Fprintf(&b, "%s.\n", authors)
			}
			fmt.Fprintf(&b, "%s\n%s\n", source(r), strings.TrimSpace(strings.Split(numbers(r), ";")[0]))
			if r.PMCID != "" {
				b.WriteString("Free PMC article.\n")
			}
			b.WriteString("\n")
		}
		return b.String()
	}},
	{"aggregator", true, false, func(records []*record.Record) string {
		var b strings.Builder
		b.WriteString("Citing Articles\n\n")
		for _, r := range records {
			persons := *r
			persons.People = slices.DeleteFunc(slices.Clone(r.People), func(c record.Contributor) bool { return c.Literal != "" })
			authors := names(&persons, -1)
			if authors != "" {
				authors += " "
			}
			volume := ""
			if r.In.Volume != "" || r.In.Issue != "" {
				volume = fmt.Sprintf("%s(%s)", r.In.Volume, r.In.Issue)
			}
			if pagesOf(r) != "" {
				volume += ":" + pagesOf(r)
			}
			title := strings.TrimSuffix(titleText(r), ".")
			fmt.Fprintf(&b, "%s\n\n%s%s. %d; %s.\n\n", sentence(title), authors, journal(r), r.Date.Year, volume)
			ids := ""
			if r.PMID != "" {
				ids += "PMID: " + string(r.PMID)
			}
			if r.PMCID != "" {
				ids += " PMC: " + strings.TrimPrefix(string(r.PMCID), "PMC") + "."
			}
			if r.DOI != "" {
				ids += " DOI: " + string(r.DOI) + "."
			}
			fmt.Fprintf(&b, "%s\n\n\n", strings.TrimSpace(ids))
		}
		return b.String()
	}},
	{"abstract format", true, true, func(records []*record.Record) string {
		var b strings.Builder
		for i, r := range records {
			fmt.Fprintf(&b, "%s\n\n%s\n\n", wrap(fmt.Sprintf("%d. %s", i+1, source(r)), 80), wrap(titleText(r), 80))
			if translated(r) {
				fmt.Fprintf(&b, "[Article in %s]\n\n", languageName(r))
			}
			marked := *r
			marked.People = slices.Clone(r.People)
			for i := range marked.People {
				if i%2 == 0 && marked.People[i].Literal == "" {
					marked.People[i].Suffix = strings.TrimSpace(marked.People[i].Suffix + "(1)(2)")
				}
			}
			if authors := names(&marked, -1); authors != "" {
				fmt.Fprintf(&b, "%s.\n\nAuthor information:\n(1)Institute of Invention, Anytown.\n(2)Second Institute, Anytown.\n\n", wrap(strings.ReplaceAll(authors, " (1)", "(1)"), 80))
			}
			for para := range strings.SplitSeq(r.Abstract.Text, "\n") {
				fmt.Fprintf(&b, "%s\n", wrap(para, 80))
			}
			b.WriteString("\n")
			if r.Abstract.Copyright != "" {
				fmt.Fprintf(&b, "Copyright %s\n\n", wrap(r.Abstract.Copyright, 80))
			}
			if r.DOI != "" {
				fmt.Fprintf(&b, "DOI: %s\n", r.DOI)
			}
			if r.PMCID != "" {
				fmt.Fprintf(&b, "PMCID: %s\n", r.PMCID)
			}
			if r.PMID != "" {
				fmt.Fprintf(&b, "PMID: %s [Indexed for MEDLINE]\n", r.PMID)
			}
			b.WriteString("\n\n")
		}
		return b.String()
	}},
}

// fields are what a citation says, as it is compared.
var fields = []struct {
	name  string
	least float64 // of those that agree
	of    func(r *record.Record) string
}{
	{"PMID", 0.99, func(r *record.Record) string { return string(r.PMID) }},
	{"DOI", 0.99, func(r *record.Record) string { return string(r.DOI) }},
	{"title", 0.97, func(r *record.Record) string { return strings.TrimRight(r.Title, ".") }},
	{"journal", 0.97, journal},
	{"year", 0.97, func(r *record.Record) string { return fmt.Sprint(r.Date.Year) }},
	{"volume", 0.97, func(r *record.Record) string { return r.In.Volume }},
	{"issue", 0.97, func(r *record.Record) string { return r.In.Issue }},
	{"pages", 0.97, pagesOf},
	{"authors", 0.97, func(r *record.Record) string { return strings.TrimSuffix(names(r, 6), ", et al") }},
}

// TestEachRecordPrintedAsACitationIsReadBack prints the real records in each
// layout and compares what is read with what was printed.
func TestEachRecordPrintedAsACitationIsReadBack(t *testing.T) {
	records := indexed(t)
	require.Greater(t, len(records), 300)
	agreed, all := map[string]int{}, map[string]int{}
	for _, layout := range layouts {
		text := layout.print(records)
		got, problems := read(t, text)
		byTitle := align(records, got)
		var row []string
		for _, f := range fields {
			if f.name == "authors" && !layout.authors {
				continue
			}
			same, sum := 0, 0
			for i, r := range records {
				want := f.of(r)
				if want == "" || f.name == "authors" && layout.name == "aggregator" && strings.Contains(want, ";") {
					continue
				}
				sum++
				if byTitle[i] != nil && f.of(byTitle[i]) == want {
					same++
				} else if testing.Verbose() {
					is := "no record"
					if byTitle[i] != nil {
						is = f.of(byTitle[i])
					}
					t.Logf("%s: %s %q, read %q", layout.name, f.name, want, is)
				}
			}
			agreed[f.name] += same
			all[f.name] += sum
			row = append(row, fmt.Sprintf("%s %d/%d", f.name, same, sum))
			assert.GreaterOrEqual(t, float64(same)/float64(sum), f.least, "%s: %s", layout.name, f.name)
		}
		t.Logf("%-36s %d of %d records, %d problems: %s", layout.name, len(got), len(records), len(problems), strings.Join(row, ", "))
		assert.LessOrEqual(t, len(got), len(records), layout.name)
	}
	for _, f := range fields {
		t.Logf("%-8s %6d of %6d, %.2f %%", f.name, agreed[f.name], all[f.name], 100*float64(agreed[f.name])/float64(all[f.name]))
	}
}

// align puts the records that were read beside those printed, which stand in the
// same order: one that was lost leaves a gap, and what was read too much is passed over.
func align(printed, got []*record.Record) []*record.Record {
	out := make([]*record.Record, len(printed))
	at := 0
	for i, r := range printed {
		for k := at; k < len(got) && k < at+4; k++ {
			same := got[k].PMID == r.PMID && r.PMID != "" || got[k].DOI == r.DOI && r.DOI != "" || strings.HasPrefix(got[k].Title, r.Title[:min(len(r.Title), 30)])
			if same {
				out[i], at = got[k], k+1
				break
			}
		}
	}
	return out
}

// TestThePrinterAgreesWithPubMed compares the printed sources with those that
// PubMed itself wrote into its exports.
func TestThePrinterAgreesWithPubMed(t *testing.T) {
	same, all := 0, 0
	for _, r := range indexed(t) {
		so := r.Extra.Get("SO")
		if !strings.Contains(so, ". ") || r.In.Abbrev == "" || !strings.Contains(so, "doi") || !strings.Contains(so, " "+dateText(r.Date)) {
			continue
		}
		all++
		ours := source(r)
		if so = strings.ToLower(so); so == strings.ToLower(ours) || strings.HasPrefix(strings.ToLower(ours), so) || strings.HasPrefix(so, strings.ToLower(ours)) {
			same++
		} else if testing.Verbose() {
			t.Logf("PubMed %q, printed %q", so, ours)
		}
	}
	t.Logf("%d of %d sources", same, all)
	assert.Greater(t, all, 100)
	assert.Greater(t, float64(same)/float64(all), 0.9)
}

// TestSourcesOfPubMedAreRead reads the sources as PubMed wrote them, behind the
// names and title.
func TestSourcesOfPubMedAreRead(t *testing.T) {
	so := regexp.MustCompile(`^(.+?)\. (\d{4})[^;:.]*(?:;([^(:.]*)(?:\(([^)]*)\))?)?(?::([^ ]+))?\.`)
	n := 0
	for _, r := range indexed(t) {
		want := so.FindStringSubmatch(r.Extra.Get("SO"))
		if want == nil || !strings.HasPrefix(want[0], r.In.Abbrev+".") || r.In.Abbrev == "" {
			continue
		}
		n++
		got, ok := citation.Parse(names(r, -1) + ". " + titleText(r) + " " + r.Extra.Get("SO"))
		if !assert.True(t, ok, r.Extra.Get("SO")) {
			continue
		}
		assert.Equal(t, want[1:], []string{journal(&got), fmt.Sprint(got.Date.Year), got.In.Volume, got.In.Issue, got.In.Pages}, r.Extra.Get("SO"))
	}
	t.Logf("%d sources", n)
	assert.Greater(t, n, 150)
}
