package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test's own binary serve as the process in which Go readers run.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "read" {
		if err := run(os.Args[1:], os.Stdout); err != nil {
			os.Stderr.WriteString(err.Error())
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func TestEveryListedFileIsCountedAndReadRightHere(t *testing.T) {
	folder := suite.Data(t, "formats")
	for _, f := range allPairs() {
		list, err := readList(f.listPath())
		require.NoError(t, err)
		require.NotEmpty(t, list, f.title)
		known, err := counted(folder, f.name)
		require.NoError(t, err)
		require.NoError(t, checkList(list, known))
		for _, l := range list {
			text, ok, err := part(folder, f.name, l.path)
			require.NoError(t, err)
			require.True(t, ok, l.path)
			n, err := readOurs(bytes.NewReader(wrap(f.name, text)), f.ours)
			require.NoError(t, err, l.path)
			assert.Equal(t, l.records, n, l.path)
		}
	}
}

// allPairs are our readers beside each of their peers.
func allPairs() (all []format) {
	for _, f := range formats() {
		all = append(all, f.pairs()...)
	}
	return all
}

func TestTheInputOfAFormatHoldsTheRecordsOfItsFiles(t *testing.T) {
	folder := suite.Data(t, "formats")
	for _, f := range allPairs() {
		list, err := readList(f.listPath())
		require.NoError(t, err)
		file := filepath.Join(t.TempDir(), "input."+f.name)
		records, size, err := makeInput(folder, f.name, list, 1, file)
		require.NoError(t, err)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Len(t, text, int(size))
		n, err := readOurs(bytes.NewReader(text), f.ours)
		require.NoError(t, err)
		assert.Equal(t, records, n, f.title)
	}
}

func TestAListThatTheDataNoLongerBearOutIsRefused(t *testing.T) {
	known := []listed{{"a.ris", 3}}
	require.NoError(t, checkList(known, known))
	require.ErrorContains(t, checkList([]listed{{"a.ris", 4}}, known), "4 records of a.ris, the data 3")
	require.ErrorContains(t, checkList([]listed{{"b.ris", 1}}, known), "make the lists anew")
}

func TestWithoutTheDataNothingIsMeasuredAndTheReportSaysSo(t *testing.T) {
	t.Setenv("EVIDENCE_DATA", t.TempDir())
	var out strings.Builder
	require.NoError(t, run([]string{"readers"}, &out))
	assert.Contains(t, out.String(), "not measured: the real files are not present")
}

func TestOneFormatCanBeAskedFor(t *testing.T) {
	wanted := func(j job) (names []string) {
		for _, f := range formats() {
			if j.wants(f) {
				names = append(names, f.name)
			}
		}
		return names
	}
	assert.Len(t, wanted(job{}), len(formats()))
	assert.Equal(t, []string{"ris"}, wanted(job{format: "ris"}))
	require.ErrorContains(t, run([]string{"readers", "-format", "word"}, &strings.Builder{}), "none of that name")
}

func TestAPeerThatIsNotFoundIsNamedAndLeftOut(t *testing.T) {
	var out strings.Builder
	j := job{out: &out}
	have, _ := j.present(format{title: "RIS", readers: []reader{goReader(us, "ris"), external("no-such-program", processed)}})
	assert.Len(t, have, 1)
	assert.Equal(t, "RIS: no-such-program was not found and is left out\n", out.String())
}

func TestStreamedRecordsAreWholeAndNoTwoAreAlike(t *testing.T) {
	for _, f := range formats() {
		if _, ok := templates[f.name]; !ok {
			continue
		}
		seen := map[record.ID]bool{}
		dois := map[record.DOI]bool{}
		rd := record.NewReader(newEndless(f.name, 1_000_000), record.ReadOptions{Format: f.ours})
		for r, err := range rd.All() {
			require.NoError(t, err)
			assert.Empty(t, r.Problems, r.Key)
			require.False(t, seen[r.ID()] || dois[r.DOI], r.Key)
			seen[r.ID()], dois[r.DOI] = true, true
			assert.NotEmpty(t, r.Abstract.Text)
		}
		assert.Empty(t, rd.Problems())
		assert.Zero(t, len(seen)%blockRecords)
		assert.Greater(t, len(seen), 200, f.title)
	}
}

func TestGoReadersCountWhatAFileHolds(t *testing.T) {
	for _, c := range []struct {
		reader, format, text string
		want                 int
	}{
		{us, "bib", "@article{a, title = {One}}\n@book{b, title = {Two}}\n", 2},
		{"nickng/bibtex", "bib", "@article{a, title = {One}}\n@book{b, title = {Two}}\n", 2},
		{us, "ris", "TY  - JOUR\nTI  - One\nER  - \n", 1},
		{us, "nbib", "PMID- 90000001\nTI  - One.\n\nPMID- 90000002\nTI  - Two.\n", 2},
		{us, "pubmed_xml", string(wrap("pubmed_xml", []byte(onlyTitle))), 1},
		{"encoding/xml", "pubmed_xml", string(wrap("pubmed_xml", []byte(onlyTitle))), 1},
	} {
		file := filepath.Join(t.TempDir(), "input."+c.format)
		require.NoError(t, os.WriteFile(file, []byte(c.text), 0o600))
		r := goReader(c.reader, c.format)
		path, ok := r.find()
		require.True(t, ok)
		cost, err := r.run(context.Background(), path, file)
		require.NoError(t, err, c.reader)
		assert.Equal(t, c.want, cost.Records, "%s by %s", c.format, c.reader)
		assert.EqualValues(t, len(c.text), cost.Bytes, "%s by %s", c.format, c.reader)
		assert.Positive(t, cost.Allocs)
	}
}

const onlyTitle = `<PubmedArticle><MedlineCitation><PMID>90000001</PMID><Article><ArticleTitle>One.</ArticleTitle></Article>` +
	`</MedlineCitation></PubmedArticle>` + "\n"

func TestAMacroThatIsNotDefinedEndsOnlyTheProcessOfItsReader(t *testing.T) {
	file := filepath.Join(t.TempDir(), "input.bib")
	require.NoError(t, os.WriteFile(file, []byte("@article{a, month = undefinedmacro}\n"), 0o600))
	r := goReader("nickng/bibtex", "bib")
	path, _ := r.find()
	_, err := r.run(context.Background(), path, file)
	require.Error(t, err)
}

func TestPeersOutputIsCounted(t *testing.T) {
	assert.Equal(t, 316, processed(nil, strings.NewReader("warning\nris2xml: Processed 316 references.\n")))
	assert.Equal(t, 0, processed(nil, strings.NewReader("")))
	assert.Equal(t, 2, entries(strings.NewReader("@STRING{a = {b}}\n\n@Article{\tx,\n  note = {a@b}\n}\n@Misc{y}\n"), nil))
}

func TestTheMedianRunIsTheMiddleOne(t *testing.T) {
	assert.Equal(t, 2, median([]cost{{Records: 3, Seconds: 9}, {Records: 1, Seconds: 1}, {Records: 2, Seconds: 4}}).Records)
}
