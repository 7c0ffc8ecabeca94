package citation_test

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/citation"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestCases reads each case and shows the records and problems.
func TestCases(t *testing.T) {
	suite.Cases(t, "testdata/*.txtar", func(t *testing.T, c suite.Case) {
		input, ok := c.Get("input.txt")
		require.True(t, ok)
		records, problems := read(t, string(input))
		c.WantRecords(t, records, problems)
	})
}

// TestSeeds reads the five pages that the library must be able to carry.
func TestSeeds(t *testing.T) {
	folder := suite.Data(t, "seeds")
	for _, page := range []struct {
		file              string
		pmids, dois       int
		lines             []int
		noise             int
		sections, keyword int
	}{
		{"000_fe996fa011bcc37b.txt", 0, 0, nil, 20, 0, 0},
		{"001_e46d1c57a4d39998.txt", 11, 11, []int{1, 19, 21, 23, 25, 27, 30, 32, 34, 36, 38, 41, 43}, 11, 5, 5},
		{"002_07503c6bf77e7e09.txt", 0, 0, nil, 23, 0, 0},
		{"003_e0c8c06667ea2097.txt", 0, 0, nil, 12, 0, 0},
		{"004_eb184550ae9a1ff6.txt", 6, 5, []int{3, 25, 32, 39, 46, 53}, 7, 4, 0},
	} {
		text, err := os.ReadFile(filepath.Join(folder, page.file))
		require.NoError(t, err)
		records, problems := read(t, string(text))
		pmids, dois := 0, 0
		var lines []int
		for _, r := range records {
			lines = append(lines, r.Source.Line)
			if r.PMID != "" {
				pmids++
			}
			if r.DOI != "" {
				dois++
			}
			assert.NotEmpty(t, r.Title)
			assert.NotZero(t, max(r.Date.Year, len(r.Keywords)), "%s: %s", page.file, r.Title)
		}
		assert.Equal(t, page.lines, lines, page.file)
		require.Len(t, problems, 1, page.file)
		assert.Contains(t, problems[0].Text, fmt.Sprint(page.noise, " lines "), page.file)
		if len(records) == 0 {
			assert.Equal(t, record.CodeNoRecords, problems[0].Code, page.file)
			assert.Zero(t, citation.Format().Sniff(text), page.file)
			continue
		}
		assert.Equal(t, []int{page.pmids, page.dois}, []int{pmids, dois}, page.file)
		assert.Positive(t, citation.Format().Sniff(text), page.file)
		assert.Len(t, records[0].Abstract.Sections, page.sections, page.file)
		assert.Len(t, records[0].Keywords, page.keyword, page.file)
	}
}

func TestProseIsNoCitation(t *testing.T) {
	for _, text := range []string{
		"Kites were flown in 2019; 12 of 45 came down.",
		"As a trial showed (Lancet. 2019;12(3):4-5), kites fly.",
		"See the trial in Lancet 2019;12:3-4.",
		"The aims were set in 2018. Results: 2019 was better.",
		"1. To undertake a review of kites.\n2. Identify how such work may be best implemented.",
		"Originally published in J Invent (http://example.org), 09.06.2020.",
		"PMID: 90000001",
		"Nimbus V.",
		"Ropes. 2019.",
	} {
		records, problems := read(t, text)
		assert.Empty(t, records, text)
		require.Len(t, problems, 1, text)
		assert.Equal(t, record.CodeNoRecords, problems[0].Code, text)
		assert.Zero(t, citation.Format().Sniff([]byte(text)), text)
		_, ok := citation.Parse(text)
		assert.False(t, ok, text)
	}
}

func TestOtherFormatsAreNotTaken(t *testing.T) {
	const cited = "Nimbus V, Probe B. Kites. J Invent. 2019;12(3):45-50. doi: 10.5555/kite.1. PMID: 90000001."
	for name, text := range map[string]string{
		"RIS":            "TY  - JOUR\nTI  - A\nN1  - " + cited + "\nER  - \n",
		"MEDLINE":        "PMID- 90000001\nTI  - Kites.\nSO  - J Invent. 2019;12(3):45-50. doi: 10.5555/kite.1.\n",
		"Refer":          "%0 Journal Article\n%T Kites\n%Z " + cited + "\n",
		"Web of Science": "FN Clarivate\nVR 1.0\nPT J\nAU Nimbus, V\nCR " + cited + "\nER\n\nEF",
		"a table":        "Title\tCitation\tPMID\nKites\t" + cited + "\t90000001\n",
		"a page":         "<html><body><p>" + cited + "</p></body></html>",
		"JSON":           `{"citation": "` + cited + `"}`,
	} {
		assert.Zero(t, citation.Format().Sniff([]byte(text)), name)
	}
	assert.Positive(t, citation.Format().Sniff([]byte(cited)))
}

func TestWhatIsOverALimitIsLeftOutWithAProblem(t *testing.T) {
	const good = "\n\n1. Nimbus V. Kites. J Invent. 2019;12(3):45-50.\n"
	long := strings.Repeat("Ropes of paper are flown over the hills,\n", 100)
	for name, c := range map[string]struct {
		text   string
		limits record.Limits
		code   record.Code
	}{
		"a paragraph": {long + good, record.Limits{Record: 1000}, record.CodeRecordTooLong},
		"a line":      {strings.ReplaceAll(long, "\n", " ") + good, record.Limits{Field: 1000}, record.CodeFieldTooLong},
	} {
		rd := record.NewReader(strings.NewReader(c.text), record.ReadOptions{Name: "x", Format: citation.Format(), Limits: c.limits})
		n := 0
		for r, err := range rd.All() {
			require.NoError(t, err, name)
			assert.Equal(t, "Kites", r.Title, name)
			n++
		}
		assert.Equal(t, 1, n, name)
		assert.Equal(t, 1, rd.Load().ByCode[c.code], name)
	}
}

// TestAnInventedCitationIsReadAsItWasWritten writes citations of drawn parts.
func TestAnInventedCitationIsReadAsItWasWritten(t *testing.T) {
	word := rapid.StringMatching(`[A-Z][a-z]{2,9}`)
	rapid.Check(t, func(t *rapid.T) {
		var people []string
		for range rapid.IntRange(1, 8).Draw(t, "people") {
			people = append(people, rapid.SampledFrom([]string{"", "", "van der ", "de ", "O'", "Mac"}).Draw(t, "particle")+word.Filter(func(s string) bool { return len(s) > 4 }).Draw(t, "family")+" "+
				rapid.StringMatching(`[A-Z]{1,3}`).Draw(t, "initials"))
		}
		title := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"kites", "over", "ropes", "in", "2019", "(a trial)", "β-strings", "e.g.", "of", "p < 0.05", "“wind”", "COVID-19", "U.S."}), 3, 12).Draw(t, "title"), " ")
		title = "Of " + title + rapid.SampledFrom([]string{" flown", " flown?", " flown!", ". Part two"}).Draw(t, "end")
		journal := rapid.SampledFrom([]string{"J Invent", "Lancet", "BMJ Open", "Ann N Y Acad Sci", "Acta Kite (Oslo)", "Proc Natl Acad Sci U S A"}).Draw(t, "journal")
		date := rapid.SampledFrom([]string{"2019", "2019 Apr", "2019 Apr 3", "2019 Jan-Feb", "2018 Dec-2019 Jan", "2019 Spring"}).Draw(t, "date")
		volume := rapid.SampledFrom([]string{"12", "12 Suppl 2", "A12", ""}).Draw(t, "volume")
		issue := rapid.SampledFrom([]string{"", "3", "3 Suppl", "Pt 2", "1-2"}).Draw(t, "issue")
		pages := rapid.SampledFrom([]string{"45-50", "e123", "S6-12", "iii-v", "123-8; discussion 130", "CD001234", "1759-1764.e6"}).Draw(t, "pages")
		where := ";" + volume
		if issue != "" {
			where += "(" + issue + ")"
		}
		if where == ";" {
			where = ""
		}
		end := "."
		if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") {
			end = ""
		}
		text := fmt.Sprintf("7. %s. %s%s %s. %s%s:%s. doi: 10.5555/kite.1. PMID: 90000001.", strings.Join(people, ", "), title, end, journal, date, where, pages)
		r, ok := citation.Parse(text)
		if !ok {
			t.Fatalf("not read: %s", text)
		}
		got := []string{names(&r, -1), r.Title, r.In.Title, r.In.Volume, r.In.Issue, r.In.Pages, string(r.DOI), string(r.PMID)}
		want := []string{strings.Join(people, ", "), title, journal, volume, issue, pages, "10.5555/kite.1", "90000001"}
		if fmt.Sprint(got) != fmt.Sprint(want) || dateText(r.Date) != date {
			t.Fatalf("%s\n got %q %s\nwant %q %s", text, got, dateText(r.Date), want, date)
		}
	})
}

// FuzzRead looks for panics and for lines that are neither read nor counted.
func FuzzRead(f *testing.F) {
	for _, layout := range layouts {
		r := &record.Record{Title: "Kites over toy villages", PMID: "90000001", DOI: "10.5555/kite.1", Date: record.Date{Year: 2019, Month: 4},
			In: record.Container{Abbrev: "J Invent", Volume: "12", Issue: "3", Pages: "45-50"}, Abstract: record.NewAbstract("BACKGROUND: A.\nMETHODS: B."),
			People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Nimbus", Given: "V"}}, {Role: record.Author, Name: record.Name{Literal: "Kite Group"}}}}
		f.Add(layout.print([]*record.Record{r, r}))
	}
	f.Add("JMIR Kites\n. 2020 Jun 9;7(6):e1. doi: 10.5555/1.\nKites\nVera Nimbus 1\nPMID: 90000001\nAbstract\nKites.\n")
	f.Add("Kites\n\nOverview\nDate 2013 Mar 13\nPMID 90000001\nAuthors\nNimbus V\nAbstract\nA: b\nCiting Articles\n")
	f.Fuzz(func(t *testing.T, text string) {
		records, problems := read(t, text)
		for _, r := range records {
			if r.Source.Line < 1 || r.Source.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 {
				t.Fatalf("line %d", r.Source.Line)
			}
		}
		if len(records) == 0 && len(problems) == 0 {
			t.Fatal("nothing was read and nothing is said")
		}
		again, _ := read(t, text)
		if len(again) != len(records) {
			t.Fatalf("%d records, then %d", len(records), len(again))
		}
	})
}

// TestSourcesWithoutTitlesAreNoRecords has numbered sources that no paragraphs
// follow, as an export cut to its first lines has.
func TestSourcesWithoutTitlesAreNoRecords(t *testing.T) {
	records, problems := read(t, strings.Repeat("1. J Invent. 2019;12:3.\n\n", 50))
	assert.Empty(t, records)
	require.Len(t, problems, 1)
	assert.Contains(t, problems[0].Text, "50 lines")
}

// TestNoOtherRealFileIsTaken sniffs all files of the corpus of formats, and those
// of the searches of a review.
func TestNoOtherRealFileIsTaken(t *testing.T) {
	n := 0
	for _, folder := range []string{suite.Data(t, "formats"), suite.Data(t, "review"), suite.Data(t, "hostile")} {
		require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			f, err := os.Open(path)
			require.NoError(t, err)
			defer f.Close()
			head, err := io.ReadAll(io.LimitReader(f, 64<<10))
			require.NoError(t, err)
			assert.Zero(t, citation.Format().Sniff(head), path)
			n++
			return nil
		}))
	}
	t.Logf("%d files", n)
	assert.Greater(t, n, 1000)
}
