package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/export/flow"
	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
	"github.com/evidence-go/evidence/synth"
)

// carryOut runs the program into a new folder.
func carryOut(t *testing.T, args ...string) (out, stdout, stderr string, status int) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "review-out")
	var a, b bytes.Buffer
	status = run(context.Background(), append([]string{"-out", out}, args...), &a, &b)
	return out, strings.ReplaceAll(a.String(), filepath.ToSlash(out), "review-out"), b.String(), status
}

func TestTheSampleReviewComesToItsFindings(t *testing.T) {
	out, stdout, stderr, status := carryOut(t)
	require.Zero(t, status, stderr)
	suite.Golden(t, "testdata/want.txt", []byte(stdout))
	var names []string
	for name := range sums(t, out) {
		names = append(names, name)
	}
	for _, want := range []string{"report.html", "flow.svg", "summary.json", "decisions.jsonl", "tables/decisions.csv", "tables/theme-by-design.csv",
		"records/reported.ris", "records/reported.nbib", "records/reported.xml", "records/reported.bib", "records/all.ndjson"} {
		assert.Contains(t, names, want)
	}
}

// The sample's file of sentences has true ones and others; of the themes it leaves
// out a template speaks.
func TestOnlySentencesThatFollowFromWhatTheyCiteReachTheReport(t *testing.T) {
	out, _, stderr, status := carryOut(t)
	require.Zero(t, status, stderr)
	var sum synth.Summary
	readJSON(t, filepath.Join(out, "summary.json"), &sum)
	report, err := os.ReadFile(filepath.Join(out, "report.html"))
	require.NoError(t, err)
	stopped, err := os.ReadFile(filepath.Join(out, "tables/stopped-sentences.csv"))
	require.NoError(t, err)
	var w wording
	readJSON(t, "sample/wording.json", &w)
	accepted := 0
	for _, th := range sum.Themes {
		assert.NotEmpty(t, th.Statements, th.Name)
		for _, s := range w.Themes[th.Name] {
			if slices.ContainsFunc(th.Statements, func(a synth.Sentence) bool { return a.Text == s.Text }) {
				accepted++
				assert.Contains(t, string(report), html.EscapeString(s.Text))
				assert.NotContains(t, string(stopped), s.Text)
				continue
			}
			assert.NotContains(t, string(report), html.EscapeString(s.Text))
			assert.Contains(t, string(stopped), s.Text)
		}
	}
	assert.Equal(t, 5, accepted)
	assert.Equal(t, 7, sum.Phrasing.Offered-sum.Phrasing.Accepted)
	assert.Contains(t, string(report), "Telling phrases: "+strings.Join(sum.Themes[0].Phrases, ", "))
	assert.Contains(t, string(report), "as careless as a language model can be; of themes it left out: template")
	var briefs []synth.Brief
	readJSON(t, filepath.Join(out, "briefs.json"), &briefs)
	assert.Len(t, briefs, len(sum.Themes)+len(sum.Found), "what a model is to be given")
}

func TestWithoutAFileOfSentencesATemplateSpeaks(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	args := []string{
		"-protocol", file("protocol.json", `{"title":"x","stages":[{"name":"s","undecided":"include"}]}`),
		"-codebook", file("codebook.json", `{"schema":1,"name":"c","themes":[{"name":"pay","title":"Pay","terms":["pay"]}]}`),
	}
	good := file("good.ris", "TY  - JOUR\nTI  - The pay of peer workers\nAU  - Doe, J.\nPY  - 2015\nER  - \n")
	said := func(more ...string) (sentences []string, stdout string) {
		out, stdout, stderr, status := carryOut(t, slices.Concat(args, more, []string{good})...)
		require.Zero(t, status, stderr)
		var sum synth.Summary
		readJSON(t, filepath.Join(out, "summary.json"), &sum)
		for _, s := range sum.Themes[0].Statements {
			sentences = append(sentences, s.Text)
		}
		return sentences, stdout
	}
	template, stdout := said()
	assert.Equal(t, []string{"1 of 1 study speaks of this theme (2015).", "Doe 2015: “The pay of peer workers”"}, template)
	assert.Contains(t, stdout, "of 2 sentences; 0 stopped; by template")
	written, stdout := said("-wording", file("w.json", `{"by":"a model","themes":{"pay":[{"text":"Doe (2015) speaks of the pay of peer workers.","cites":[{"quote":1}]},{"text":"All is well.","cites":[{"quote":7}]}],"rest":[{"text":"x","cites":[]}]}}`))
	assert.Equal(t, []string{"Doe (2015) speaks of the pay of peer workers."}, written)
	assert.Contains(t, stdout, "1  of 2 sentences; 1 stopped; by a model; of themes it left out: template")
	assert.Contains(t, stdout, "stopped: pay: “All is well.” (quote 7)\n    unknown-citation")
	assert.Contains(t, stdout, `there is no theme "rest": 1 sentence about it left out`)
}

func TestASecondRunGivesTheSameBytes(t *testing.T) {
	first, _, _, _ := carryOut(t)
	second, _, _, _ := carryOut(t)
	assert.Equal(t, sums(t, first), sums(t, second))
}

// sums are the checksums of a folder's files by name.
func sums(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		sum := sha256.Sum256(text)
		out[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
		return err
	}))
	return out
}

// What was written is read back: the numbers of the flow, the quotes of the
// summary against the records beside it.
func TestWhatIsWrittenHoldsTogether(t *testing.T) {
	out, _, stderr, status := carryOut(t)
	require.Zero(t, status, stderr)
	var fl flow.Flow
	readJSON(t, filepath.Join(out, "flow.json"), &fl)
	require.NoError(t, fl.Check())
	assert.Equal(t, 120, fl.Identified())
	assert.Equal(t, 27, fl.Duplicates)
	assert.Equal(t, 51, fl.Included())
	assert.Equal(t, 26, *fl.Reported)

	var sum synth.Summary
	readJSON(t, filepath.Join(out, "summary.json"), &sum)
	require.NoError(t, sum.Verify(ndjson(t, filepath.Join(out, "records/reported.ndjson"))))
	assert.Len(t, sum.Themes, 8, "the eight headings")
	for _, th := range sum.Themes {
		assert.NotEmpty(t, th.Evidence, th.Name)
	}
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, v))
}

func ndjson(t *testing.T, path string) []*record.Record {
	t.Helper()
	lib, err := source{progress: io.Discard}.open(context.Background(), path, "")
	require.NoError(t, err)
	return lib.Records
}

func TestBadInputIsRefusedWithItsPlaceAndNothingIsWritten(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	good := file("good.ris", "TY  - JOUR\nTI  - Peer work in mental health\nPY  - 2015\nLA  - eng\nER  - \n")
	protocol := file("protocol.json", `{"title":"x","reasons":[{"code":"a","text":"A"}],"stages":[{"name":"title-abstract","undecided":"include"}]}`)
	for name, c := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"a page instead of an export":   {[]string{"-protocol", protocol, file("page.ris", "<!DOCTYPE html><html><style>@media print {}</style></html>")}, 1, "page.ris: not a bibliographic file: it begins like HTML"},
		"a folder":                      {[]string{"-protocol", protocol, dir}, 1, "this is a folder; open the files in it one by one"},
		"a file that is not there":      {[]string{"-protocol", protocol, filepath.Join(dir, "none.ris")}, 1, "there is no such file"},
		"a file that ends too early":    {[]string{"-protocol", protocol, good, file("cut.ris", "TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two and then")}, 1, "cut.ris:5 the file ends before the record's ER: the record, and perhaps others behind it, are not whole (truncated)"},
		"XML that ends too early":       {[]string{"-protocol", protocol, file("cut.xml", "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99</PMID><Article><ArticleTitle>Peer")}, 1, "(truncated)"},
		"a misspelt key":                {[]string{"-protocol", file("p1.json", `{"title":"x","stagez":[]}`), good}, 1, `p1.json: line 1, column 21: stagez: unknown key "stagez"; did you mean "stages"?`},
		"a reason that is not defined":  {[]string{"-protocol", file("p2.json", `{"title":"x","reasons":[{"code":"wrong-population","text":"P"}],"stages":[{"name":"s","rules":[{"name":"r","if":{"terms":["x"]},"then":"exclude","reason":"wrong-popluation"}]}]}`), good}, 1, `stages[0].rules[0].reason: "wrong-popluation" is not defined; did you mean "wrong-population"?`},
		"a protocol that is not there":  {[]string{"-protocol", filepath.Join(dir, "none.json"), good}, 1, "protocol: open"},
		"a codebook with a fault":       {[]string{"-protocol", protocol, "-codebook", file("c.json", `{"schema":1,"name":"c","themez":[]}`), good}, 1, `did you mean "themes"?`},
		"a decision of no stage":        {[]string{"-protocol", protocol, "-decisions", file("d.csv", "record,stage,by,verdict\ntitle:Peer work in mental health,later,kd,include\n"), good}, 1, `d.csv:2: the protocol has no stage "later"`},
		"a stage that is not there":     {[]string{"-protocol", protocol, "-kept", "later=" + good, good}, 1, `the protocol has no stage "later"; it has title-abstract`},
		"a search with a word for n":    {[]string{"-protocol", protocol, "-searches", file("s.csv", "file,hits\ngood.ris,many\n"), good}, 1, `s.csv:2: hits: "many" is not a number`},
		"a decision on no record":       {[]string{"-protocol", protocol, "-decisions", file("d2.csv", "record,stage,by,verdict\ntitle:Peer work in mental health,title-abstract,kd,include\nkey:nobody,title-abstract,kd,exclude\n"), good}, 1, `d2.csv:3: no record is called "key:nobody"`},
		"a search of no file":           {[]string{"-protocol", protocol, "-searches", file("s2.csv", "file,database\ngood.ris,A\nother.ris,B\n"), good}, 1, `s2.csv:3: no file that was named is called "other.ris"`},
		"an unknown column":             {[]string{"-protocol", protocol, "-searches", file("s3.csv", "file,databse\n"), good}, 1, `s3.csv:1: column "databse" is not known`},
		"a file of kept records, empty": {[]string{"-protocol", protocol, "-kept", "title-abstract=" + file("nothing.ris", ""), good}, 1, "none of its 0 records is among those found: it would exclude every record"},
		"one file twice":                {[]string{"-protocol", protocol, good, file("copy.ris", "TY  - JOUR\nTI  - Peer work in mental health\nPY  - 2015\nLA  - eng\nER  - \n")}, 1, "holds the same bytes as good.ris"},
		"sentences of nobody":           {[]string{"-protocol", protocol, "-wording", file("w1.json", `{"themes":{}}`), good}, 1, `w1.json: "by" must say who wrote the sentences`},
		"a misspelt key of sentences":   {[]string{"-protocol", protocol, "-wording", file("w2.json", `{"by":"x","themez":{}}`), good}, 1, `w2.json: json: unknown field "themez"`},
		"two files of sentences in one": {[]string{"-protocol", protocol, "-wording", file("w3.json", `{"by":"x"}{}`), good}, 1, "something stands behind its end"},
		"flags behind the files":        {[]string{"-protocol", protocol, good, "-date", "today"}, 2, "flags come before the files"},
		"only an empty file":            {[]string{"-protocol", protocol, file("empty.ris", "")}, 1, "no record stands in the files named"},
		"files without a protocol":      {[]string{good}, 2, "a review needs a protocol: -protocol FILE"},
		"a protocol without files":      {[]string{"-protocol", protocol}, 2, "no files of records were named"},
		"an unknown flag":               {[]string{"-protocoll", protocol}, 2, "flag provided but not defined"},
	} {
		out, stdout, stderr, status := carryOut(t, c.args...)
		assert.Equal(t, c.status, status, name)
		assert.Contains(t, stderr, c.want, name)
		assert.Empty(t, stdout, name)
		assert.NoDirExists(t, out, name)
	}
}

func TestAnEmptyFileAmongOthersIsOneProblemAndTheRunGoesOn(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.ris")
	good := filepath.Join(dir, "good.ris")
	protocol := filepath.Join(dir, "protocol.json")
	require.NoError(t, os.WriteFile(empty, nil, 0o644))
	require.NoError(t, os.WriteFile(good, []byte("TY  - JOUR\nTI  - Peer work\nER  - \nTY  - JOUR\nTI  - cut\nTY  - JOUR\nTI  - Peer mentors\nER  - \n"), 0o644))
	require.NoError(t, os.WriteFile(protocol, []byte(`{"title":"x","stages":[{"name":"s","undecided":"include"}]}`), 0o644))
	out, stdout, stderr, status := carryOut(t, "-protocol", protocol, empty, good)
	require.Zero(t, status, stderr)
	assert.Contains(t, stdout, "empty.ris (), 1 problem")
	assert.Contains(t, stdout, "good.ris (ris), 1 problem")
	problems, err := os.ReadFile(filepath.Join(out, "tables/problems.csv"))
	require.NoError(t, err)
	assert.Contains(t, string(problems), "empty-file")
	assert.Contains(t, string(problems), "missing-end")
	report, err := os.ReadFile(filepath.Join(out, "report.html"))
	require.NoError(t, err)
	assert.Contains(t, string(report), "missing-end", "the broken record is listed in the report")
}

func TestAFolderThatHoldsSomethingElseIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "report.html")
	require.NoError(t, os.WriteFile(mine, []byte("my own"), 0o644))
	var stdout, stderr bytes.Buffer
	assert.Equal(t, 1, run(context.Background(), []string{"-out", dir}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "the folder holds files that are not of an earlier run; name another one")
	text, err := os.ReadFile(mine)
	require.NoError(t, err)
	assert.Equal(t, "my own", string(text))
	assert.Equal(t, 1, run(context.Background(), []string{"-out", mine}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "not a folder that can be written to")
}

func TestASecondReviewInTheSameFolderLeavesNothingOfTheFirst(t *testing.T) {
	out, _, _, _ := carryOut(t)
	dir := t.TempDir()
	good, protocol := filepath.Join(dir, "good.ris"), filepath.Join(dir, "protocol.json")
	require.NoError(t, os.WriteFile(good, []byte("TY  - JOUR\nTI  - Peer work\nER  - \n"), 0o644))
	require.NoError(t, os.WriteFile(protocol, []byte(`{"title":"x","stages":[{"name":"s","undecided":"include"}]}`), 0o644))
	var stdout, stderr bytes.Buffer
	require.Zero(t, run(context.Background(), []string{"-protocol", protocol, "-out", out, good}, &stdout, &stderr), stderr.String())
	assert.FileExists(t, filepath.Join(out, "tables/design-by-year.csv"))
	assert.NoFileExists(t, filepath.Join(out, "tables/theme-by-setting.csv"))
}

func TestAnInterruptedRunLeavesTheOldFolderAsItWas(t *testing.T) {
	out, _, _, _ := carryOut(t)
	before := sums(t, out)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, 1, run(ctx, []string{"-out", out, "-date", "another"}, &stdout, &stderr))
	assert.Contains(t, stderr.String(), "context canceled")
	assert.Equal(t, before, sums(t, out))
}

// A published review, its six searches as they were exported, and what its
// authors kept.
func TestAPublishedReviewIsCarriedToItsIncludedRecords(t *testing.T) {
	data := suite.Data(t, "review")
	r := &review{progress: &bytes.Buffer{}, options: options{
		protocol: "testdata/syndemic.json", out: t.TempDir(),
		kept: list{"title-abstract=" + filepath.Join(data, "included_abstracts.ris"), "full-text=" + filepath.Join(data, "included_full_text.ris")},
	}}
	files, err := filepath.Glob(filepath.Join(data, "search", "*.ris"))
	require.NoError(t, err)
	require.Len(t, files, 6)
	r.files = files
	r.searches = filepath.Join(t.TempDir(), "searches.csv")
	require.NoError(t, os.WriteFile(r.searches, []byte("file,source\nhandsearch.ris,hand searching\n"), 0o644))
	require.NoError(t, r.carry(context.Background()))

	assert.Len(t, r.records, 642)
	assert.Equal(t, []flow.Source{{Name: "hand searching", Records: 1}}, r.flow.Other)
	assert.Len(t, r.flow.Databases, 5)
	assert.Equal(t, 642, r.manifest.Records())
	require.Len(t, r.outcome.Stages, 2)
	assert.Equal(t, 154, r.outcome.Stages[0].Included)
	assert.Equal(t, 99, r.outcome.Stages[1].Included)
	assert.Equal(t, []string{
		"included_abstracts.ris: 154 of its 167 records are among those found",
		"included_full_text.ris: 99 of its 108 records are among those found",
	}, r.notes)
	absent := record.DOI("10.1007/s10508-020-01850-4") // named by the data's README as being in none of the files
	for _, rec := range r.unique {
		assert.NotEqual(t, absent, rec.DOI)
	}

	// The rules by themselves exclude none that the authors kept.
	kept := map[record.ID]bool{}
	for _, d := range r.people {
		if d.Stage == "title-abstract" && d.Verdict == screen.Include {
			kept[d.RecordID] = true
		}
	}
	assert.Len(t, kept, 154)
	settled := 0
	for _, rec := range r.unique {
		d := r.plan.Decide("title-abstract", rec)
		if d.Settled() {
			settled++
			assert.False(t, kept[rec.ID()], "%s: %s", rec.Title, d.Why)
		}
	}
	t.Logf("%d records, %d problems, %d after duplicates in %d groups, %d doubtful, %d related; the rules alone settle %d of the %d that the authors did not keep",
		len(r.records), len(r.problems), len(r.unique), len(r.found.Groups), len(r.found.Doubtful), len(r.found.Related), settled, len(r.unique)-len(kept))
}
