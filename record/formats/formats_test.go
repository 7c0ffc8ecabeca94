package formats_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Count what is in some files, and what was odd.
func Example() {
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "scopus.txt")
	text := "TY  - JOUR\nTI  - Peer support after discharge\nAU  - Berg, Anna; Chen, Li\nPY  - 2019\nER  - \n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		log.Fatal(err)
	}

	lib, err := formats.Open(path, record.ReadOptions{Name: "scopus.txt"}) // the name is by default the path
	if err != nil {
		log.Fatal(err) // "scopus.txt:1: not a bibliographic file: it begins like HTML …"
	}
	fmt.Println(lib.Load.File, lib.Load.Format, len(lib.Records), "records")
	for _, p := range lib.Problems {
		fmt.Println(p)
	}
	// Output:
	// scopus.txt ris 1 records
	// scopus.txt:3 AU: several names in one tag, split "Berg, Anna; Chen, Li" (author-list)
}

const oneOfEach = `TY  - JOUR
TI  - A
ER  - 
`

// samples are one small file of each format.
var samples = map[string]string{
	"ris":       oneOfEach,
	"medline":   "PMID- 12345\nOWN - NLM\nTI  - A title.\n",
	"pubmedxml": "<?xml version=\"1.0\"?>\n<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12345</PMID><Article><ArticleTitle>A</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
	"bibtex":    "@article{a,\n  title = {A}\n}\n",
	"csljson":   `[{"id":"a","type":"article-journal","title":"A"}]` + "\n",
	"endnote":   "<xml><records><record><rec-number>1</rec-number><ref-type name=\"Book\">6</ref-type><titles><title>A</title></titles></record></records></xml>",
	"enw":       "%0 Journal Article\n%T A\n%A Berg, A\n",
	"csv":       "Title,Authors,Year\nA,\"Berg, A\",2019\n",
	"tsv":       "Title\tAuthors\tYear\nA\tBerg, A\t2019\n",
	"citation":  "Berg A, Chen L. A. J Invent. 2019;12(3):45-50.\n",
	"wos":       "FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Berg, A\nTI A\nER\n\nEF\n",
	"refworks":  "RT Journal Article\nA1 Berg,A\nT1 A\n",
	"ovid":      "<1. >\nVN  - Ovid Technologies\nAU  - Berg A\nTI  - A.\n",
	"ndjson":    `{"schema":1,"id":"r1-0000000000000000","title":"A"}` + "\n",

	"crossref":          `{"status":"ok","message-type":"work-list","message":{"items":[{"DOI":"10.5555/a","type":"journal-article","title":["A"]}]}}`,
	"openalex":          `{"meta":{"count":1},"results":[{"id":"https://openalex.org/W1","display_name":"A","publication_year":2019}]}`,
	"ictrp":             "<Trials_downloaded_from_ICTRP><Trial><TrialID>NCT09999990</TrialID><Public_title>A</Public_title></Trial></Trials_downloaded_from_ICTRP>",
	"ictrpcsv":          "TrialID,Last Refreshed on,Public title,Scientific title,Primary sponsor\nNCT09999990,,A,,\n",
	"clinicaltrials":    `{"studies":[{"protocolSection":{"identificationModule":{"nctId":"NCT09999990","briefTitle":"A"}}}],"nextPageToken":"x"}`,
	"clinicaltrialscsv": "NCT Number,Study Title,Study URL,Acronym,Study Status\nNCT09999990,A,,,\n",
}

// onlyRead are the formats that are not written: they are a service's, a platform's or a
// registry's to write, or a page's.
var onlyRead = map[string]bool{"ovid": true, "citation": true, "crossref": true, "openalex": true, "ictrp": true, "ictrpcsv": true, "clinicaltrials": true, "clinicaltrialscsv": true}

func pack(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	zw := gzip.NewWriter(&b)
	_, err := zw.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, zw.Close())
	return b.Bytes()
}

func save(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

func TestEachFormatIsRecognisedUnderAnyNameAndThroughGzip(t *testing.T) {
	for _, f := range formats.All() {
		if f.Sniff == nil { // never guessed
			continue
		}
		want := f.Name
		text, ok := samples[want]
		require.True(t, ok, "a sample of %s", want)
		for _, data := range [][]byte{[]byte(text), pack(t, text), []byte("\ufeff" + text), []byte("\r\n\n" + text)} {
			lib, err := formats.Open(save(t, "export.dat", data))
			require.NoError(t, err, want)
			assert.Equal(t, want, lib.Load.Format)
			assert.Len(t, lib.Records, 1, want)
		}
	}
}

func TestTheLoadIsOfTheFileAsItLiesOnDisk(t *testing.T) {
	data := pack(t, oneOfEach)
	path := save(t, "a.ris.gz", data)
	lib, err := formats.Open(path)
	require.NoError(t, err)
	sum := sha256.Sum256(data)
	assert.Equal(t, hex.EncodeToString(sum[:]), lib.Load.SHA256)
	assert.Equal(t, int64(len(data)), lib.Load.Bytes)
	assert.Equal(t, "gzip", lib.Load.Compressed)
	assert.Equal(t, path, lib.Load.File)
	assert.Equal(t, path, lib.Records[0].Source.File)
	assert.Equal(t, "a.ris.gz#1", lib.Records[0].Key)
}

func TestProblemsComeByLineAndNameTheFile(t *testing.T) {
	text := "junk\n\n" + oneOfEach + "\nmore junk\n\nTY  - JOUR\nTI  - B\nPY  - soon\nER  - \n\nlast junk\n"
	path := save(t, "a.ris", []byte(text))
	lib, err := formats.Open(path)
	require.NoError(t, err)
	var lines []int
	for _, p := range lib.Problems {
		lines = append(lines, p.Line)
		assert.True(t, strings.HasPrefix(p.String(), path+":"), p.String())
	}
	assert.Equal(t, []int{1, 7, 11, 14}, lines)
	assert.Equal(t, 4, lib.Load.Problems)
}

func TestAFileThatIsNoneIsRefusedInWords(t *testing.T) {
	for name, c := range map[string]struct{ text, words string }{
		"page.html":   {"<!DOCTYPE html>\n<html><body>TY  - JOUR</body></html>", "begins like HTML"},
		"pasted.html": {"<html><pre>\nTY  - JOUR\nTI  - A\nER  - \n</pre>", "begins like HTML"},
		"paper.pdf":   {"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "begins like PDF"},
		"sheet.xlsx":  {"PK\x03\x04\x14\x00\x06\x00", "ZIP"},
		"items.json":  {`{"name":"a","version":"1.0.0","dependencies":{}}`, "JSON of another kind"},
		"marc.xml":    {"<?xml version=\"1.0\"?><collection><record><leader>00000</leader></record></collection>", "XML of another kind"},
		"oai.xml":     {"<?xml version=\"1.0\"?><OAI-PMH><ListRecords><record><header/><metadata><title>A</title></metadata></record></ListRecords></OAI-PMH>", "XML of another kind"},
		"a.csv":       {"Sample,Height,Width\nA,12,19\n", `"Sample,Height,Width"`},
		"a.txt":       {"Nothing here is a record.\n", "Nothing here"},
		"a.tex":       {"% A comment\n%T is a tag\n\\documentclass{article}\n\\title{A}\n", "% A comment"},
	} {
		path := save(t, name, []byte(c.text))
		lib, err := formats.Open(path)
		require.ErrorIs(t, err, record.ErrUnknownFormat, name)
		assert.Contains(t, err.Error(), c.words)
		assert.Contains(t, err.Error(), path)
		assert.Empty(t, lib.Records)
		assert.Empty(t, lib.Load.SHA256)
	}
}

func TestWhatCannotBeOpenedSaysWhatToDo(t *testing.T) {
	folder := t.TempDir()
	_, err := formats.Open(folder)
	require.Error(t, err)
	assert.Contains(t, err.Error(), folder+": this is a folder; open the files in it one by one")

	_, err = formats.Open(filepath.Join(folder, "missing.ris"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	assert.Contains(t, err.Error(), "missing.ris: there is no such file")

	_, err = formats.Open("")
	require.ErrorIs(t, err, fs.ErrNotExist)

	_, err = formats.Open("x.ris", record.ReadOptions{}, record.ReadOptions{})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "at most one")
}

func TestAnEmptyFileIsNoErrorButIsReported(t *testing.T) {
	for _, text := range []string{"", " \r\n\n", "\ufeff"} {
		lib, err := formats.Open(save(t, "a.ris", []byte(text)))
		require.NoError(t, err)
		assert.Empty(t, lib.Records)
		require.Len(t, lib.Problems, 1, "%q", text)
		assert.Equal(t, record.CodeEmpty, lib.Problems[0].Code)
	}
}

func TestWhatStoodBeforeADamageIsReturnedWithTheError(t *testing.T) {
	// Titles that do not compress well, so that the cut falls among the records.
	var b strings.Builder
	for i := range 4000 {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8)})
		fmt.Fprintf(&b, "TY  - JOUR\nTI  - %x\nER  - \n\n", sum)
	}
	data := pack(t, b.String())
	lib, err := formats.Open(save(t, "cut.ris.gz", data[:len(data)*2/3]))
	require.ErrorIs(t, err, record.ErrSource)
	assert.Greater(t, len(lib.Records), 1000)
	assert.Less(t, len(lib.Records), 4000)
	assert.Equal(t, len(lib.Records), lib.Load.Records)
	assert.Empty(t, lib.Load.SHA256)

	lib, err = formats.Open(save(t, "head.ris.gz", data[:12]))
	require.ErrorIs(t, err, record.ErrSource)
	assert.Empty(t, lib.Records)
}

// cutReader fails after some bytes.
type cutReader struct {
	text string
	err  error
}

func (c *cutReader) Read(p []byte) (int, error) {
	if c.text == "" {
		return 0, c.err
	}
	n := copy(p, c.text)
	c.text = c.text[n:]
	return n, nil
}

func TestASourceThatFailsIsNamed(t *testing.T) {
	broken := errors.New("the cable was pulled")
	lib, err := formats.Read(&cutReader{oneOfEach + strings.Repeat(" ", 200_000), broken}, record.ReadOptions{Name: "net"})
	require.ErrorIs(t, err, broken)
	require.ErrorIs(t, err, record.ErrSource)
	assert.Len(t, lib.Records, 1)
}

func TestAFormatThatIsNamedIsNotGuessed(t *testing.T) {
	f, err := formats.ByName("RIS")
	require.NoError(t, err)
	lib, err := formats.Read(strings.NewReader("nothing"), record.ReadOptions{Name: "x", Format: f})
	require.NoError(t, err)
	assert.Equal(t, "ris", lib.Load.Format)
	require.Len(t, lib.Problems, 1)
	assert.Equal(t, record.CodeJunk, lib.Problems[0].Code)
}

func TestByNameListsTheNamesThereAre(t *testing.T) {
	_, err := formats.ByName("word")
	require.Error(t, err)
	for _, name := range formats.Names() {
		assert.Contains(t, err.Error(), name)
		f, err := formats.ByName(name)
		require.NoError(t, err)
		assert.Equal(t, name, f.Name)
		assert.NotNil(t, f.Decode)
		assert.Equal(t, onlyRead[name], f.Encode == nil, name)
		assert.NotEmpty(t, f.Title)
		assert.NotEmpty(t, f.Extensions)
	}
	names := formats.Names()
	slices.Sort(names)
	assert.Len(t, slices.Compact(names), len(formats.All()))
}

func TestEveryFormatReadsWhatEveryOtherWrites(t *testing.T) {
	r := &record.Record{Kind: record.JournalArticle, Title: "Peer support after discharge", DOI: "10.5555/12345678",
		People: []record.Contributor{{Role: record.Author, Name: record.Name{Family: "Berg", Given: "Anna M"}}},
		In:     record.Container{Title: "Journal of Invented Things", Volume: "3", Pages: "12-19"}, Date: record.Date{Year: 2019, Month: 4},
		PMID: "12345678", Abstract: record.NewAbstract("An abstract.")}
	for _, f := range formats.All() {
		if f.Encode == nil { // only read
			continue
		}
		var b bytes.Buffer
		w := record.NewWriter(&b, f)
		require.NoError(t, w.Write(r), f.Name)
		require.NoError(t, w.Close(), f.Name)
		lib, err := formats.Read(&b, record.ReadOptions{Name: "x"})
		require.NoError(t, err, f.Name)
		if f.Sniff != nil {
			assert.Equal(t, f.Name, lib.Load.Format)
		}
		require.Len(t, lib.Records, 1, f.Name)
		got := lib.Records[0]
		assert.Equal(t, r.Title, strings.TrimSuffix(got.Title, "."), f.Name)
		assert.Equal(t, r.DOI, got.DOI, f.Name)
		assert.Equal(t, r.PMID, got.PMID, f.Name)
		assert.Equal(t, r.Date, got.Date, f.Name)
		assert.Equal(t, r.Abstract.Text, got.Abstract.Text, f.Name)
		require.Len(t, got.People, 1, f.Name)
		assert.Equal(t, "Berg", got.People[0].Family, f.Name)
		first, last := got.In.PageRange()
		assert.Equal(t, []string{"12", "19"}, []string{first, last}, f.Name)
		assert.Empty(t, lib.Problems, f.Name)
	}
}
