package suite

import (
	"bufio"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/evidence-go/evidence/internal/fold"
	"github.com/evidence-go/evidence/record"
)

// hostileCase is one line of cases.jsonl; its README says what the parts mean.
type hostileCase struct {
	File      string           `json:"file"`
	Format    string           `json:"format"`
	Class     string           `json:"class"`
	Direction string           `json:"direction"`
	Records   *int             `json:"records"`
	Errors    int              `json:"errors"`
	Legal     bool             `json:"legal"`
	Must      []map[string]any `json:"must"`
	Why       string           `json:"why"`
}

// Hostile reads (and writes) the hostile cases of one format, named as in the
// data's cases.jsonl, and returns the names of those that hold. A case that does
// not hold is logged with what was got; the caller decides by PassList what is
// owed. A panic fails the test.
func Hostile(t *testing.T, name string, format record.Format) (passed []string) {
	t.Helper()
	folder := Data(t, "hostile")
	list, err := os.Open(filepath.Join(folder, "cases.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	total := 0
	lines := bufio.NewScanner(list)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c hostileCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("cases.jsonl: %v", err)
		}
		if c.Format != name {
			continue
		}
		total++
		data, err := os.ReadFile(filepath.Join(folder, "cases", c.File))
		if err != nil {
			t.Fatal(err)
		}
		if failures := c.run(data, format); len(failures) > 0 {
			t.Logf("%s (%s): %s", c.File, c.Why, strings.Join(failures, "; "))
			continue
		}
		passed = append(passed, c.File)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("hostile %s: %d of %d hold", name, len(passed), total)
	return passed
}

// run gives what does not hold of a case, none when it passes.
func (c hostileCase) run(data []byte, format record.Format) (failures []string) {
	var output []byte
	if c.Direction == "write" {
		in, err := writeCase(data)
		if err != nil {
			return []string{err.Error()}
		}
		if output, err = encode(format, in); err != nil {
			return []string{"writing: " + err.Error()}
		}
		data = output
	}
	var records []*record.Record
	problems := 0
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: c.File, Format: format})
	for r, err := range rd.All() {
		if err != nil {
			problems++
			failures = appendFatal(failures, err, c.Errors)
			break
		}
		records = append(records, r)
		problems += len(r.Problems)
	}
	problems += len(rd.Problems())
	if c.Records != nil && len(records) != *c.Records {
		failures = append(failures, fmt.Sprintf("%d records, want %d", len(records), *c.Records))
	}
	if problems < c.Errors {
		failures = append(failures, fmt.Sprintf("%d problems, want at least %d", problems, c.Errors))
	}
	if c.Legal && problems > 0 {
		failures = append(failures, fmt.Sprintf("%d problems in a legal file", problems))
	}
	for _, must := range c.Must {
		if must["or_error"] == true && problems > 0 {
			continue
		}
		if _, isOutput := must["output"]; isOutput {
			failures = append(failures, checkOutput(output, must)...)
			continue
		}
		if c.Direction == "write" && c.Records == nil {
			continue
		}
		failures = append(failures, checkRecords(records, must)...)
	}
	return failures
}

// appendFatal counts a fatal error as a failure only where the case asks for no
// error at all.
func appendFatal(failures []string, err error, wanted int) []string {
	if wanted > 0 && (errors.Is(err, record.ErrLimit) || errors.Is(err, record.ErrSource)) {
		return failures
	}
	return append(failures, "fatal: "+err.Error())
}

// writeCase makes records of a case that is to be written.
func writeCase(data []byte) ([]*record.Record, error) {
	var in struct {
		Records []struct {
			Type, Title, Abstract, Journal, Year, DOI, PMID, PMCID, URL, Volume, Issue, Key string
			Keywords                                                                        []string
			Authors                                                                         []struct{ Family, Given, Suffix, Literal string }
		}
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, err
	}
	var out []*record.Record
	for _, x := range in.Records {
		r := &record.Record{Key: x.Key, Kind: record.JournalArticle, Title: x.Title, Abstract: record.Abstract{Text: x.Abstract},
			In: record.Container{Title: x.Journal, Volume: x.Volume, Issue: x.Issue}, Keywords: x.Keywords,
			DOI: record.DOI(x.DOI), PMID: record.PMID(x.PMID), PMCID: record.PMCID(x.PMCID)}
		r.Date, _ = record.ParseDate(x.Year)
		if x.URL != "" {
			r.URLs = []string{x.URL}
		}
		for _, a := range x.Authors {
			r.People = append(r.People, record.Contributor{Role: record.Author,
				Name: record.Name{Family: a.Family, Given: a.Given, Suffix: a.Suffix, Literal: a.Literal}})
		}
		out = append(out, r)
	}
	return out, nil
}

func encode(format record.Format, in []*record.Record) ([]byte, error) {
	var b bytes.Buffer
	w := record.NewWriter(&b, format)
	for _, r := range in {
		if err := w.Write(r); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

// checkRecords holds one assertion against the record or records it names.
func checkRecords(records []*record.Record, must map[string]any) []string {
	field, _ := must["field"].(string)
	var picked []*record.Record
	switch at := must["record"].(type) {
	case float64:
		if int(at) >= len(records) {
			return []string{fmt.Sprintf("no record %d for %s", int(at), field)}
		}
		picked = records[int(at) : int(at)+1]
	default:
		picked = records
	}
	var failures []string
	for _, r := range picked {
		values, modelled := hostileField(r, field)
		if !modelled {
			return nil
		}
		if why := holds(values, must); why != "" {
			failures = append(failures, fmt.Sprintf("record %d %s: %s", r.Source.Number-1, field, why))
		} else if must["record"] == "any" {
			return nil
		}
	}
	if must["record"] == "any" && len(failures) == 0 {
		return []string{"no record for " + field}
	}
	return failures
}

// hostileField gives a field of a record under the name that the cases use.
func hostileField(r *record.Record, field string) (values []string, modelled bool) {
	var at int
	if n, _ := fmt.Sscanf(field, "authors[%d]", &at); n == 1 {
		authors := r.PeopleIn(record.Author)
		if at >= len(authors) {
			return nil, true
		}
		switch {
		case strings.HasSuffix(field, ".affiliations"):
			return authors[at].Affiliations, true
		case strings.HasSuffix(field, ".orcid"):
			return []string{string(authors[at].ORCID)}, true
		}
		return []string{authors[at].String()}, true
	}
	names := map[string]record.Field{"title": record.FieldTitle, "abstract": record.FieldAbstract, "journal": record.FieldJournal,
		"year": record.FieldYear, "doi": record.FieldDOI, "pmid": record.FieldPMID, "pmcid": record.FieldPMCID, "url": record.FieldURLs,
		"volume": record.FieldVolume, "issue": record.FieldIssue, "key": record.FieldKey, "keywords": record.FieldKeywords, "authors": record.FieldAuthors}
	f, ok := names[field]
	if !ok {
		return nil, false
	}
	if f == record.FieldJournal && r.In.Title == "" {
		f = record.FieldJournalAbbrev
	}
	return r.Values(f), true
}

// holds gives what is wrong with a value under one assertion, "" for nothing.
func holds(values []string, must map[string]any) string {
	tidy := tidier(must)
	var got []string
	for _, v := range values {
		if v = tidy(v); v != "" {
			got = append(got, v)
		}
	}
	whole := strings.Join(got, "; ")
	equal := func(want any) bool { return equalTo(got, want, tidy, must["guard"] == true) }
	for kind, want := range must {
		ok := true
		switch kind {
		case "equals":
			ok = equal(want)
		case "equals_or_absent":
			ok = len(got) == 0 || equal(want)
		case "one_of":
			ok = false
			for _, w := range want.([]any) {
				ok = ok || equal(w)
			}
		case "absent":
			ok = len(got) == 0
		case "present":
			ok = len(got) > 0
		case "contains":
			ok = strings.Contains(whole, tidy(want.(string)))
		case "not_contains":
			ok = !strings.Contains(whole, tidy(want.(string)))
		case "includes":
			ok = false
			for _, g := range got {
				ok = ok || g == tidy(want.(string))
			}
		case "count":
			ok = len(got) == int(want.(float64))
		case "length":
			ok = utf8.RuneCountInString(whole) == int(want.(float64))
		case "max_length":
			ok = utf8.RuneCountInString(whole) <= int(want.(float64))
		}
		if !ok {
			return fmt.Sprintf("%.200q, want %s %.200v", got, kind, want)
		}
	}
	return ""
}

func equalTo(got []string, want any, tidy func(string) string, guard bool) bool {
	items, isList := want.([]any)
	if !isList {
		items = []any{want}
		if len(got) > 1 {
			got = got[:1]
		}
	}
	if len(items) == 1 && tidy(fmt.Sprint(items[0])) == "" {
		return len(got) == 0
	}
	if len(got) != len(items) {
		return false
	}
	for i, w := range items {
		g := got[i]
		if guard {
			g = strings.TrimPrefix(strings.TrimPrefix(g, "'"), " ")
		}
		if g != tidy(fmt.Sprint(w)) {
			return false
		}
	}
	return true
}

var tags = regexp.MustCompile(`<[^>]*>`)

// tidier gives the comparison form that an assertion asks for.
func tidier(must map[string]any) func(string) string {
	return func(s string) string {
		if must["loose"] == true {
			s = tags.ReplaceAllString(s, "")
			s = strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) || strings.ContainsRune(`_^{}$\`, r) {
					return -1
				}
				return r
			}, s)
		}
		switch must["fold"] {
		case "controls":
			s = strings.Map(func(r rune) rune {
				if unicode.IsControl(r) || unicode.IsSpace(r) || r == utf8.RuneError {
					return -1
				}
				return r
			}, s)
		case "case":
			s = strings.ToLower(s)
		}
		return strings.Join(strings.Fields(fold.NFC(s)), " ")
	}
}

// checkOutput holds an assertion about the bytes that were written. The kinds
// that need a page or a workbook to be opened belong to those packages' tests.
func checkOutput(out []byte, must map[string]any) []string {
	switch must["output"] {
	case "raw":
		re, err := regexp.Compile(must["not_matches"].(string))
		if err != nil {
			return []string{err.Error()}
		}
		if found := re.Find(out); found != nil {
			return []string{fmt.Sprintf("written bytes match %s: %q", re, found)}
		}
	case "raw_lines":
		re, err := regexp.Compile(must["matching"].(string))
		if err != nil {
			return []string{err.Error()}
		}
		n := 0
		for _, line := range strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' || r == '\r' }) {
			if re.MatchString(line) {
				n++
			}
		}
		if want, ok := must["equals"].(float64); ok && n != int(want) {
			return []string{fmt.Sprintf("%d lines match %s, want %v", n, re, want)}
		}
		if most, ok := must["max"].(float64); ok && n > int(most) {
			return []string{fmt.Sprintf("%d lines match %s, at most %v", n, re, most)}
		}
	case "lines":
		n := 0
		for _, line := range bytes.Split(out, []byte("\n")) {
			if len(bytes.TrimSpace(line)) > 0 {
				n++
			}
		}
		if n != int(must["equals"].(float64)) {
			return []string{fmt.Sprintf("%d lines, want %v", n, must["equals"])}
		}
	case "valid":
		if err := valid(out, must["check"].(string)); err != nil {
			return []string{fmt.Sprintf("not valid %v: %v", must["check"], err)}
		}
	case "json_strings":
		if !strings.Contains(string(out), strings.Trim(mustJSON(must["includes"]), `"`)) && must["fold"] == nil {
			return []string{fmt.Sprintf("no JSON string %q", must["includes"])}
		}
	}
	return nil
}

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func valid(out []byte, check string) error {
	switch check {
	case "xml":
		d := xml.NewDecoder(bytes.NewReader(out))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				return nil
			} else if err != nil {
				return err
			}
		}
	case "json_lines":
		for _, line := range bytes.Split(bytes.TrimSpace(out), []byte("\n")) {
			if !json.Valid(line) {
				return fmt.Errorf("line %.60q", line)
			}
		}
		return nil
	}
	if !json.Valid(out) {
		return errors.New("it does not parse")
	}
	return nil
}
