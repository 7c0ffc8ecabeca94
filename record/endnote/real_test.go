package endnote_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// table reads a file of tab-separated lines.
func table(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var rows [][]string
	s := bufio.NewScanner(f)
	for s.Scan() {
		if !strings.HasPrefix(s.Text(), "#") {
			rows = append(rows, strings.Split(s.Text(), "\t"))
		}
	}
	require.NoError(t, s.Err())
	return rows
}

func counts(t *testing.T, path string) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, row := range table(t, path) {
		n, err := strconv.Atoi(row[1])
		if err == nil {
			out[row[0]] = n
		}
	}
	return out
}

func TestRealFiles(t *testing.T) {
	folder := suite.Data(t, "formats")
	counted := counts(t, filepath.Join(folder, "counts.tsv"))
	refer := counts(t, "testdata/counts.tsv")
	var passed []string
	for _, row := range table(t, filepath.Join(folder, "index.tsv")) {
		format, want := xmlFormat, counted[row[0]]
		if n, ok := refer[row[0]]; ok {
			format, want = referFormat, n
		} else if row[1] != "endnote_xml" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, row[0]))
		require.NoError(t, err)
		records, problems := readAll(t, format, bytes.NewReader(data), row[0])
		assert.Empty(t, problems, row[0])
		switch {
		case len(records) != want:
			t.Logf("%s: %d records, counted %d", row[0], len(records), want)
		case !roundTrip(t, format, row[0], records), !saysAll(t, row[0], data, records):
		default:
			passed = append(passed, row[0])
		}
		// The other form holds the same records.
		other := referFormat
		if format.Name == other.Name {
			other = xmlFormat
		}
		back, problems := readAll(t, other, bytes.NewReader(write(t, other, records)), row[0])
		assert.Empty(t, problems, row[0])
		require.Len(t, back, len(records), row[0])
		for i, r := range records {
			assert.Equal(t, titleAnd(r), titleAnd(back[i]), row[0])
		}
	}
	suite.PassList(t, "testdata/pass.txt", passed)
}

// titleAnd is what identifies a record, and what most readers ask for.
func titleAnd(r *record.Record) string {
	c := record.Record{Kind: r.Kind, Title: r.Title, OriginalTitle: r.OriginalTitle, In: r.In, Date: r.Date, DOI: r.DOI, PMID: r.PMID, PMCID: r.PMCID,
		Keywords: r.Keywords, Headings: r.Headings, URLs: r.URLs, Languages: r.Languages, Types: r.Types}
	if r.Kind != record.JournalArticle {
		c.In.Abbrev = "" // Refer has no place for it
	}
	for _, p := range r.People {
		c.People = append(c.People, record.Contributor{Role: p.Role, Name: record.Name{Family: p.Family, Given: p.Given, Literal: p.Literal}})
	}
	slices.SortStableFunc(c.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	text, _ := json.Marshal(&c)
	return string(text)
}

// saysAll tells whether every word of an XML file stands in its records, as
// encoding/xml reads it. What is turned into a form of its own is left out: dates,
// and the marks around numbers.
func saysAll(t *testing.T, name string, data []byte, records []*record.Record) bool {
	t.Helper()
	if filepath.Ext(name) != ".xml" {
		return true
	}
	var said []string
	for _, r := range records {
		text, err := json.Marshal(r)
		require.NoError(t, err)
		var v any
		require.NoError(t, json.Unmarshal(text, &v))
		said = append(said, strings.Join(wordsOf(allText(v)), ""))
	}
	all, inDate := true, 0
	d := xml.NewDecoder(bytes.NewReader(data))
	for n := -1; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "record":
				n++
			case "pub-dates", "edition":
				inDate++
			}
		case xml.EndElement:
			if token.Name.Local == "pub-dates" || token.Name.Local == "edition" {
				inDate--
			}
		case xml.CharData:
			for _, word := range wordsOf(string(token)) {
				if n >= 0 && inDate == 0 && !restated[word] && !strings.Contains(said[n], word) {
					t.Logf("%s: record %d does not say %q", name, n+1, word)
					all = false
				}
			}
		}
	}
}

// restated are words that a record says in another way: numbers of types, codes of
// languages and of headings, the marks of DOIs and ISSNs, of names left out, and of
// works in press.
var restated = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("english german deutsch french eng ger spa por englisch electronic linking print isbn issn ebook paperback kart " +
		"et al in press inf https http doi dx org online pa su im ep di ge et mo bs and 03") {
		m[w] = true
	}
	for i := range refTypeNumbers {
		m[strconv.Itoa(i)] = true
	}
	return m
}()

// refTypeNumbers is one more than the highest number of a type of reference.
const refTypeNumbers = 62

// wordsOf lists the runs of letters and digits of a text, in small letters; of a
// number with its check digit or a DOI each part.
func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

func allText(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var b strings.Builder
		for _, x := range v {
			b.WriteString(" " + allText(x))
		}
		return b.String()
	case []any:
		var b strings.Builder
		for _, x := range v {
			b.WriteString(" " + allText(x))
		}
		return b.String()
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

func TestHostile(t *testing.T) {
	suite.PassList(t, "testdata/hostile.txt", suite.Hostile(t, "endnote-xml", xmlFormat))
}
