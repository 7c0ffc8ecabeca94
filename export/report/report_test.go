package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/dedupe"
	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/export/report"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/screen/agreement"
	"github.com/evidence-go/evidence/screen/decisionlog"
	"github.com/evidence-go/evidence/synth"
)

func work(key, title, abstract, family string, year int, file string, line int) *record.Record {
	r := &record.Record{Key: key, Kind: record.JournalArticle, Title: title, Abstract: record.NewAbstract(abstract), Date: record.Date{Year: year},
		DOI: record.DOI("10.5555/" + key), Source: record.Source{Database: "MEDLINE", File: file, Line: line},
		In: record.Container{Title: "Invented Journal of Care", Volume: "4", Pages: "1-9"}}
	if family != "" {
		r.People = []record.Contributor{{Role: record.Author, Name: record.Name{Family: family, Given: "Ada"}}}
	}
	r.FixID()
	return r
}

// review is a small invented review: six records, one a copy, one too old, one
// excluded and one in conflict between two persons, two included, one of them reported.
func review(t testing.TB) report.Input {
	t.Helper()
	trial := work("a", "Peer support after discharge: a trial", "BACKGROUND: Peers help. METHODS: Ninety people took part. RESULTS: Training of peers mattered. Fewer were readmitted. CONCLUSIONS: More is needed.", "Lindqvist", 2017, "medline.nbib", 12)
	survey := work("b", "What peers say of supervision", "Supervision was rare. Training of peers mattered to many.", "Ó Briain", 2019, "medline.nbib", 40)
	old := work("c", "The peer in the room", "", "Varga", 1987, "medline.nbib", 80)
	wrong := work("d", "Peer review of manuscripts", "Editors met.", "", 2015, "medline.nbib", 99)
	torn := work("e", "Recovery cafés", "Cafés are places.", "Fitzwilliam", 2021, "scopus.ris", 7)
	again := work("f", "PEER SUPPORT AFTER DISCHARGE: A TRIAL", "", "Lindqvist", 2017, "scopus.ris", 31)
	survey.Flags.Corrected = true
	unique := []*record.Record{trial, survey, old, wrong, torn}
	res := &dedupe.Result{Records: append(slices.Clone(unique), again), Policy: dedupe.Policy{}.Resolved(),
		Groups:   []dedupe.Group{{Records: []*record.Record{trial, again}, Links: []dedupe.Link{{A: trial, B: again, Score: 0.99, Why: "same title, same year"}}}},
		Doubtful: []dedupe.Link{{A: survey, B: torn, Score: 0.41, Why: "same authors, like titles"}},
		Related:  []dedupe.Related{{A: trial, B: old, Kind: dedupe.Reply, Why: "the title says so"}},
	}
	reported := 1
	plan, err := screen.Compile(screen.Protocol{Schema: 1, Title: "Peer support work", Question: "What is known about peer support?", Criteria: []string{"Published from 2000 on"}, Arbiters: []string{"mn"},
		Reasons: []screen.Reason{{Code: "old", Text: "Published before 2000"}, {Code: "concept", Text: "Not peer support work"}},
		Stages: []screen.Stage{
			{Name: "title-abstract", Title: "Titles and abstracts", Undecided: screen.Include, Rules: []screen.Rule{
				{Name: "year", If: screen.Condition{Years: &screen.Years{To: 1999}}, Then: screen.Exclude, Reason: "old"},
				{Name: "reviewing", If: screen.Condition{Terms: []string{"nobody writes this"}}, Then: screen.Exclude, Reason: "concept"},
			}}, {Name: "full-text", Title: "Full texts"}},
		Report: &screen.Priority{Cap: &reported},
	})
	require.NoError(t, err)
	lg := decisionlog.New(plan)
	both := func(r *record.Record, kd, ab screen.Verdict) {
		for _, d := range []screen.Decision{screen.Human("kd", "full-text", r, kd, ""), screen.Human("ab", "full-text", r, ab, "")} {
			if d.Verdict == screen.Exclude {
				d.Reason, d.Note = "concept", "manuscripts"
			}
			require.NoError(t, lg.Add(d))
		}
	}
	both(trial, screen.Include, screen.Include)
	both(survey, screen.Include, screen.Include)
	both(wrong, screen.Exclude, screen.Exclude)
	both(torn, screen.Include, screen.Exclude)
	require.NoError(t, lg.Add(screen.Human("kd", "full-text", old, screen.Include, "")))
	out, err := lg.Screen(context.Background(), unique)
	require.NoError(t, err)
	sel, err := plan.Select(context.Background(), out.Included, nil)
	require.NoError(t, err)
	hits := 5
	manifest := record.Manifest{
		{File: "medline.nbib", Format: "medline", Database: "MEDLINE", Platform: "PubMed", DateSearched: "2025-06-02", Records: 4, Reported: &hits, Strategy: "\"peer support\"[tiab]\nAND care", SHA256: "00ff", Problems: 1},
		{File: "scopus.ris", Format: "ris", Database: "Scopus", Records: 2},
	}
	fl, err := flow.OfOutcome(manifest, res, out)
	require.NoError(t, err)
	fl, err = fl.WithSelection(sel)
	require.NoError(t, err)
	return report.Input{Generated: "2 June 2025", Manifest: manifest, Result: res, Plan: plan, Outcome: out, Decisions: lg.Decisions(), Selection: sel, Flow: fl,
		Problems: []record.Problem{
			{File: "scopus.ris", Line: 40, Column: 7, Tag: "AU", Code: record.CodeAuthorList, Text: "two authors in one tag, split at ';'", Value: "A; B", Record: "e"},
			{File: "scopus.ris", Line: 51, Code: record.CodeTruncated, Text: "the file ends in the middle of a record"},
		},
		Records: []*record.Record{trial, survey}, Summary: summary(trial, survey), Tables: []synth.Table{table()}}
}

func quote(r *record.Record, text string, terms ...string) synth.Quote {
	start := strings.Index(r.Abstract.Text, text)
	return synth.Quote{Record: r.ID(), Span: record.Span{Field: record.FieldAbstract, Start: start, End: start + len(text), Text: text}, Section: record.Results, Terms: terms}
}

func summary(trial, survey *record.Record) *synth.Summary {
	ids := []record.ID{trial.ID(), survey.ID()}
	years := []synth.YearCount{{Year: 2017, Count: 1}, {Year: 2018}, {Year: 2019, Count: 1}}
	trained := quote(trial, "Training of peers mattered.", "training")
	return &synth.Summary{
		Counts: synth.Counts{Records: 2, Studies: 2, FirstYear: 2017, LastYear: 2019, Years: years},
		Records: []synth.CodedRecord{{ID: ids[0], Study: string(ids[0]), Title: trial.Title, Themes: []string{"training"}, Design: "trial",
			Phrases: []record.Span{quote(trial, "Training of peers").Span, {Field: record.FieldTitle, End: 4, Text: "Gone"}}}, {ID: ids[1], Study: "S7", Themes: []string{"training", "supervision"}}},
		Themes: []synth.ThemeSummary{
			{Name: "training", Title: "Training", Definition: "What peers are taught", Records: ids, Studies: []string{"x", "y"}, Years: years,
				Claims:  []synth.Claim{{Text: "Training: 2 of 2 records (2017–2019)"}, {Text: "Training, trial: 1 of 2 records"}},
				Tallies: []synth.Tally{{Axis: "design", Counts: []synth.Count{{Name: "trial", Title: "Trial", Count: 1}, {Name: "cohort"}}, NotStated: 1}},
				Statements: []synth.Sentence{{Text: "Both records speak of training.", Cites: []synth.Cite{{Claim: 1}}},
					{Text: "One found that “Training of peers mattered”.", Cites: []synth.Cite{{Quote: 1}, {Record: ids[1]}, {Quote: 99}}}},
				Evidence: []synth.Quote{trained, quote(survey, "Training of peers mattered to many.", "training")}},
			{Name: "supervision", Parent: "training", Depth: 1, Records: ids[1:], Studies: []string{"y"}, Evidence: []synth.Quote{quote(survey, "Supervision was rare.")}},
			{Name: "pay", Title: "Pay"},
		},
		Phrasing: &synth.Phrasing{By: "a model, version 1", Offered: 3, Accepted: 2, Rejected: []synth.ReasonCount{{Reason: synth.WrongNumber, Count: 1}}},
		Coders: &synth.Coders{
			Coders: []synth.CoderCount{{Coder: "ab", Records: 2, Codes: 1, Passages: 1}, {Coder: "kd", Records: 2, Codes: 2}, {Coder: "mr", Codes: 1, Adjudicated: 1}},
			ByRecord: &synth.Agreement{Unit: "record", All: synth.ThemeAgreement{Pairs: []synth.PairAgreement{{A: "ab", B: "kd",
				Kappa: agreement.CohenKappa([]agreement.Pair{{A: "yes", B: "yes"}, {A: "no", B: "yes"}, {A: "no", B: "no"}})}}}},
			Disagreements: []synth.Disagreement{{Record: ids[0], Theme: "training", Yes: []string{"kd"}, No: []string{"ab"}, Found: true, By: "mr"},
				{Record: ids[1], Theme: "pay", Yes: []string{"ab"}, No: []string{"kd"}}},
		},
		Designs: []synth.ThemeSummary{{Name: "trial", Title: "Randomised trial", Records: ids[:1], Studies: []string{"x"}}},
		Axes:    []synth.AxisSummary{{Name: "setting", Themes: []synth.ThemeSummary{{Name: "ward"}}}},
		Found: []synth.FoundTheme{{Label: "readmission", Phrases: []string{"fewer readmitted"}, Terms: []string{"discharge"}, Records: ids[:1], Studies: []string{"x"}, Cohesion: 0.4, Apart: 0.1,
			Claims: []synth.Claim{{Text: "readmission: 1 of 2 records"}}, Evidence: []synth.Quote{trained, quote(trial, "Fewer were readmitted.")}}},
		Uncoded: []record.ID{"r1-elsewhere"},
		Notes:   []string{"terms that stand in no record: “pay”"},
	}
}

func table() synth.Table {
	cell := func(n int) synth.Cell { return synth.Cell{Count: n} }
	return synth.Table{RowAxis: synth.ByTheme, ColAxis: synth.ByDesign, Rows: []synth.Heading{{Name: "training", Title: "Training"}, {Name: "pay"}},
		Cols:  []synth.Heading{{Name: "trial", Title: "Trial"}, {Name: "not-stated", NotStated: true}},
		Cells: [][]synth.Cell{{cell(1), cell(1)}, {cell(0), cell(0)}}, RowTotals: []synth.Cell{cell(2), cell(0)}, ColTotals: []synth.Cell{cell(1), cell(1)}, Total: cell(2)}
}

func write(t testing.TB, in report.Input) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.Write(&b, in))
	return b.String()
}

func TestTheReportOfASmallReview(t *testing.T) {
	in := review(t)
	page := write(t, in)
	assert.Equal(t, page, write(t, in), "the same input gives the same bytes")
	// What other packages say of their methods is theirs to word.
	for _, theirs := range []string{in.Result.Methods(), in.Summary.Methods()} {
		require.Contains(t, page, html.EscapeString(theirs))
		page = strings.Replace(page, html.EscapeString(theirs), "[methods]", 1)
	}
	suite.Golden(t, "testdata/report.html", []byte(page))
}

// element is one element of a page with its attributes.
type element struct {
	name  string
	attrs map[string]string
}

// parsed takes a page apart: its elements and its text.
func parsed(t testing.TB, page string) (elements []element, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var b strings.Builder
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return elements, b.String()
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			e := element{token.Name.Local, map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[strings.ToLower(a.Name.Local)] = a.Value
			}
			elements = append(elements, e)
		case xml.CharData:
			b.Write(token)
		}
	}
}

func TestEveryLinkLeadsToAPlaceInThePageOrToADOI(t *testing.T) {
	elements, _ := parsed(t, write(t, review(t)))
	ids := map[string]bool{}
	for _, e := range elements {
		if id := e.attrs["id"]; id != "" {
			assert.False(t, ids[id], "the anchor %s is there twice", id)
			ids[id] = true
		}
	}
	links := 0
	for _, e := range elements {
		href, ok := e.attrs["href"]
		if !ok {
			continue
		}
		links++
		if place, ok := strings.CutPrefix(href, "#"); ok {
			assert.True(t, ids[place], "no place %s", place)
			continue
		}
		assert.True(t, strings.HasPrefix(href, "https://doi.org/10.5555/"), href)
	}
	assert.Greater(t, links, 20)
}

func TestEachQuoteLeadsToItsSentenceMarkedInTheAbstract(t *testing.T) {
	page := write(t, review(t))
	for _, text := range []string{"Training of peers mattered.", "Training of peers mattered to many.", "Supervision was rare.", "Fewer were readmitted."} {
		quoted := regexp.MustCompile(`<blockquote><p>` + regexp.QuoteMeta(text) + `</p><footer><a href="#(quote-\d+)">`).FindStringSubmatch(page)
		require.NotNil(t, quoted, text)
		assert.Contains(t, page, `<mark id="`+quoted[1]+`">`+text+`</mark>`)
	}
}

func TestQuotesThatOverlapShareAMark(t *testing.T) {
	in := review(t)
	r := in.Records[0]
	whole := r.Abstract.Text[strings.Index(r.Abstract.Text, "Ninety"):strings.Index(r.Abstract.Text, " CONCLUSIONS")]
	in.Summary.Themes[0].Evidence = append(in.Summary.Themes[0].Evidence, quote(r, whole))
	page := write(t, in)
	assert.Contains(t, page, `">`+whole+`</mark>`)
	_, text := parsed(t, page)
	assert.Contains(t, text, r.Abstract.Text, "a mark takes nothing from the text")
}

func TestAQuoteThatIsNotAtItsPlaceIsSaidToBe(t *testing.T) {
	in := review(t)
	in.Records[0].Abstract.Text = "Another text."
	page := write(t, in)
	assert.Contains(t, page, "2 quotes do not stand in the records as they are now")
	assert.Contains(t, page, "Training of peers mattered.", "it is shown all the same")
}

func TestNothingIsHidden(t *testing.T) {
	_, text := parsed(t, write(t, review(t)))
	for what, want := range map[string]string{
		"a conflict":                         "kd: include, ab: exclude",
		"a file that lost something":         "the file ends in the middle of a record",
		"a doubtful pair":                    "same authors, like titles",
		"a related pair":                     "the title says so",
		"what the cap left out":              "and the protocol reports at most 1",
		"a record without a theme":           "r1-elsewhere",
		"a theme without a record":           "Pay",
		"a rule that decided nothing":        "reviewing",
		"missing records of a database":      "MEDLINE PubMed",
		"a flag":                             "corrected",
		"a gap":                              "pay: Trial",
		"the note of a person":               "kd, ab: manuscripts",
		"the agreement":                      "ab and kd: kappa",
		"a sentence about a theme":           "One found that “Training of peers mattered”.",
		"who wrote it":                       "Sentences in lists were written by a model, version 1",
		"a disagreement that is open":        "Pay: yes ab; no kd; not counted",
		"a disagreement that was settled":    "Training: yes kd; no ab; settled by mr: yes",
		"the agreement of coders":            "all themes together, ab and kd: 67 % agreement, kappa 0.40",
		"a decision that counts for nothing": "1 decision(s) of persons concern records that did not come to this stage",
	} {
		assert.Contains(t, text, want, what)
	}
}

func TestWhatIsNoRecordIsPassedOver(t *testing.T) {
	in := review(t)
	want := write(t, in)
	in.Records = append([]*record.Record{nil}, append(in.Records, nil)...)
	in.Result.Records = append(in.Result.Records[:len(in.Result.Records):len(in.Result.Records)], nil)
	in.Result = &dedupe.Result{Records: in.Result.Records, Groups: in.Result.Groups, Policy: in.Result.Policy, Run: in.Result.Run}
	got := write(t, in)
	assert.Equal(t, strings.Count(want, `<article class="card"`), strings.Count(got, `<article class="card"`))
	assert.Len(t, in.Records, 4, "the caller's list is not changed")
}

func TestARuleWithManyRecordsSaysWhereTheOthersAre(t *testing.T) {
	out := &screen.Outcome{Stages: []screen.Tally{{Stage: "s", Entered: 1014, Excluded: 1014, ByRule: 1014}}}
	for i := range 1014 {
		out.Settled = append(out.Settled, screen.Decision{Stage: "s", RecordID: record.ID(fmt.Sprint("r1-", i)), Verdict: screen.Exclude, Rule: "year", By: screen.ByRule})
	}
	assert.Contains(t, write(t, report.Input{Outcome: out}), "and 1,011 more, see decisions.csv")
	out.Settled = out.Settled[:3]
	assert.NotContains(t, write(t, report.Input{Outcome: out}), "decisions.csv")
}

func TestRecordsUnderAThemeStandNewestFirst(t *testing.T) {
	all := []*record.Record{work("a", "A", "", "Berg", 2003, "x", 1), work("b", "B", "", "Öst", 2019, "x", 2), work("c", "C", "", "Zhao", 2019, "x", 3),
		work("d", "D", "", "Ahl", 2019, "x", 4), work("e", "E", "", "Holm", 0, "x", 5)}
	var ids []record.ID
	for _, r := range all {
		ids = append(ids, r.ID())
	}
	page := write(t, report.Input{Records: all, Summary: &synth.Summary{Themes: []synth.ThemeSummary{{Name: "t", Records: ids}}}})
	_, list, _ := strings.Cut(page, "<summary>Records (5)</summary>")
	list, _, _ = strings.Cut(list, "</details>")
	last := -1
	for _, who := range []string{"Ahl 2019", "Öst 2019", "Zhao 2019", "Berg 2003", "Holm, no year"} {
		at := strings.Index(list, who)
		assert.Greater(t, at, last, "%s in %s", who, list)
		last = at
	}
}

func TestReportedHereIsExplained(t *testing.T) {
	limit := 1
	left := []screen.Left{{RecordID: "r1-x", Place: 2}}
	assert.Contains(t, write(t, report.Input{Selection: &screen.Selection{Left: left, Cap: &limit}}), "of which the protocol allows at most 1. The others, 1, are listed under")
	assert.Contains(t, write(t, report.Input{Selection: &screen.Selection{}}), "which are all of them")
}

func TestAnEmptyReportIsAPage(t *testing.T) {
	page := write(t, report.Input{})
	assert.Contains(t, page, "<h1>Review</h1>")
	assert.NotContains(t, page, "<nav")
	assert.NotContains(t, page, "<h2>")
}

func TestWithoutTablesTheUsualOnesAreMade(t *testing.T) {
	records := []*record.Record{work("a", "Training of peers", "A randomised controlled trial.", "Lee", 2017, "a.ris", 1), work("b", "Training again", "A cohort study.", "Roe", 2018, "a.ris", 9)}
	cb := &synth.Codebook{Schema: synth.CodebookSchema, Name: "themes", Themes: []synth.Theme{{Name: "training", Terms: []string{"training"}}}}
	sum, err := synth.Summarize(context.Background(), records, synth.Options{Codebook: cb})
	require.NoError(t, err)
	page := write(t, report.Input{Records: records, Summary: sum})
	assert.Contains(t, page, "<caption>Theme by design</caption>")
}

func TestALongSpanOfYearsDrawsOnlyThoseWithWorks(t *testing.T) {
	sum := &synth.Summary{}
	for y := 1600; y <= 2020; y++ {
		sum.Counts.Years = append(sum.Counts.Years, synth.YearCount{Year: y, Count: y % 2 * (y / 2019)})
	}
	page := write(t, report.Input{Summary: sum})
	assert.Equal(t, 1, strings.Count(page, "<rect"))
	assert.Contains(t, page, "2019: 1")
}

// safe holds a page against what html_safe means in the hostile cases, and more:
// nothing is fetched, run or sent.
func safe(t testing.TB, name, page string) {
	t.Helper()
	elements, _ := parsed(t, page)
	policy := false
	for _, e := range elements {
		assert.NotContains(t, []string{"script", "img", "image", "iframe", "object", "embed", "link", "form", "base", "use"}, strings.ToLower(e.name), name)
		policy = policy || e.attrs["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
		for a, v := range e.attrs {
			assert.False(t, strings.HasPrefix(a, "on") || a == "src" || a == "srcset" || a == "style", "%s: %s=%q", name, a, v)
			if a == "href" {
				assert.Regexp(t, `^(#|https://doi\.org/)`, v, name)
			}
		}
	}
	assert.True(t, policy, name)
}

func TestTextMadeToBreakThePageStaysText(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(suite.Data(t, "hostile"), "cases", "write-*-html-*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	musts := expected(t)
	for _, file := range files {
		name := filepath.Base(file)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		page := write(t, hostileInput(t, data))
		safe(t, name, page)
		_, text := parsed(t, page)
		for _, must := range musts[name] {
			switch must["output"] {
			case "text":
				form := squeezed
				if must["fold"] == "controls" {
					form = withoutControls
				}
				want := must["contains"].(string)
				assert.True(t, strings.Contains(form(text), form(want)), "%s: no text %q", name, want)
			case "raw":
				assert.False(t, regexp.MustCompile(must["not_matches"].(string)).MatchString(page), name)
			}
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// withoutControls drops control characters, what stands for them, and white space.
func withoutControls(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) || r == '\ufffd' {
			return -1
		}
		return r
	}, s)
}

func expected(t testing.TB) map[string][]map[string]any {
	t.Helper()
	data, err := os.ReadFile(suite.Data(t, "hostile", "cases.jsonl"))
	require.NoError(t, err)
	out := map[string][]map[string]any{}
	for _, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
		var c struct {
			File string
			Must []map[string]any
		}
		require.NoError(t, json.Unmarshal(line, &c))
		out[c.File] = c.Must
	}
	return out
}

// hostileInput puts the values of a case wherever a report shows text.
func hostileInput(t testing.TB, data []byte) report.Input {
	t.Helper()
	var in struct {
		Records []struct {
			Title, Abstract, Journal, Doi, Pmid, Key, Url, Volume, Issue string
			Keywords                                                     []string
			Authors                                                      []record.Name
		}
	}
	require.NoError(t, json.Unmarshal(data, &in))
	out := report.Input{Summary: &synth.Summary{}, Result: &dedupe.Result{}}
	for _, h := range in.Records {
		r := &record.Record{Key: h.Key, Title: h.Title, Abstract: record.Abstract{Text: h.Abstract}, DOI: record.DOI(h.Doi), PMID: record.PMID(h.Pmid), Keywords: h.Keywords,
			URLs: []string{h.Url}, In: record.Container{Title: h.Journal, Volume: h.Volume, Issue: h.Issue}, Source: record.Source{File: h.Title, Database: h.Title}}
		for _, n := range h.Authors {
			r.People = append(r.People, record.Contributor{Role: record.Author, Name: n})
		}
		out.Records = append(out.Records, r)
		out.Title, out.Question, out.Generated = h.Title, h.Title, h.Title
		out.Problems = append(out.Problems, record.Problem{File: h.Title, Tag: h.Title, Code: record.Code(h.Title), Text: h.Title, Value: h.Title})
		out.Manifest = append(out.Manifest, record.Load{File: h.Title, Database: h.Title, Strategy: h.Title, SHA256: h.Title})
		span := record.Span{Field: record.FieldTitle, End: len(h.Title), Text: h.Title}
		out.Summary.Themes = append(out.Summary.Themes, synth.ThemeSummary{Name: h.Title, Definition: h.Title, Claims: []synth.Claim{{Text: h.Title}},
			Statements: []synth.Sentence{{Text: h.Title, Cites: []synth.Cite{{Quote: 1}, {Record: r.ID()}}}},
			Records:    []record.ID{r.ID()}, Evidence: []synth.Quote{{Record: r.ID(), Span: span, Terms: []string{h.Title}}}})
		out.Result.Related = append(out.Result.Related, dedupe.Related{A: r, B: r, Kind: dedupe.RelatedKind(h.Title), Why: h.Title})
		out.Flow = &flow.Flow{Databases: []flow.Source{{Name: h.Title}}, Stages: []flow.Stage{{Name: h.Title, Title: h.Title, Reports: true, Reasons: []flow.Reason{{Text: h.Title}}}}}
	}
	return out
}

func TestAFullDiskIsAnError(t *testing.T) {
	assert.ErrorContains(t, report.Write(full{}, report.Input{}), "report: the disk is full")
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func BenchmarkWrite(b *testing.B) {
	in := review(b)
	var n int64
	for b.Loop() {
		var out bytes.Buffer
		if err := report.Write(&out, in); err != nil {
			b.Fatal(err)
		}
		n = int64(out.Len())
	}
	b.SetBytes(n)
}

func Example() {
	records := []*record.Record{{
		Key: "lindqvist2017", Title: "Peer support after discharge", DOI: "10.5555/lindqvist", Date: record.Date{Year: 2017},
		People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Lindqvist", Given: "Ada"}}},
	}}
	var page strings.Builder
	if err := report.Write(&page, report.Input{Title: "Peer support", Records: records}); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(page.String()) {
		if strings.Contains(line, "<h1>") || strings.Contains(line, "<h3>") {
			fmt.Print(line)
		}
	}
	// Output:
	// <h1>Peer support</h1>
	// <h3>Peer support after discharge</h3>
}
