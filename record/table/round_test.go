package table_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/formats"
	"github.com/evidence-go/evidence/record/table"
)

// held is what a table holds of a record, as lines, in the form that it has there:
// names as one text, no semicolon inside the item of a list.
func held(r *record.Record) []string {
	var out []string
	add := func(name string, values ...string) {
		for _, v := range values {
			if v = strings.Join(strings.Fields(v), " "); v != "" {
				out = append(out, name+": "+v)
			}
		}
	}
	items := func(values []string) []string {
		var out []string
		for _, v := range values {
			v = strings.TrimSpace(strings.ReplaceAll(v, ";", ","))
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	}
	for _, f := range []record.Field{record.FieldKey, record.FieldTitle, record.FieldJournal, record.FieldJournalAbbrev, record.FieldYear,
		record.FieldVolume, record.FieldIssue, record.FieldPages, record.FieldArticleNumber, record.FieldDOI, record.FieldPMID, record.FieldPMCID,
		record.FieldISSN, record.FieldISBN, record.FieldKind, record.FieldOriginalTitle, record.FieldShortTitle, record.FieldPublisher,
		record.FieldPlace, record.FieldCountry, record.FieldEdition, record.FieldSeries, record.FieldAbstract, record.FieldStatus,
		record.FieldIdentifiers, record.FieldFlags} {
		add(string(f), r.Values(f)...)
	}
	for _, f := range []record.Field{record.FieldTypes, record.FieldKeywords, record.FieldLanguages} {
		add(string(f), items(r.Values(f))...)
	}
	for _, role := range []record.Role{record.Author, record.Editor} {
		for _, n := range r.PeopleIn(role) {
			add(string(role), strings.ReplaceAll(n.String(), ";", ","))
		}
	}
	date := r.Date
	date.Text = ""
	text, _ := json.Marshal(date)
	add("date", string(text))
	headings := items(r.Values(record.FieldHeadings))
	slices.Sort(headings) // those of MeSH have a column of their own
	add("heading", headings...)
	for _, x := range r.Registrations {
		add("registration", x.Registry+" "+x.ID)
	}
	for _, n := range r.Notes {
		add("note", n)
	}
	add("database", r.Source.Database)
	add("platform", r.Source.Platform)
	if r.Source.Format == "" || r.Source.Format == "csv" || r.Source.Format == "tsv" {
		for _, x := range r.Extra {
			add("extra", x.Tag+"="+x.Value)
		}
	}
	return out
}

// roundTrip says what differs when records are written as a table and read again,
// and whether writing those again gives the same bytes.
func roundTrip(t testing.TB, records []*record.Record, format record.Format) (differences []string) {
	t.Helper()
	first := write(t, records, format)
	again, problems := readAll(t, bytes.NewReader(first), "again", format)
	if len(again) != len(records) {
		return []string{"number of records"}
	}
	for _, p := range problems {
		if p.Code != record.CodeNoRecords {
			differences = append(differences, p.String())
		}
	}
	for i := range records {
		was, is := held(records[i]), held(again[i])
		if slices.Equal(was, is) {
			continue
		}
		for k := range max(len(was), len(is)) {
			switch {
			case k >= len(was):
				differences = append(differences, records[i].Key+": more: "+is[k])
			case k >= len(is):
				differences = append(differences, records[i].Key+": less: "+was[k])
			case was[k] != is[k]:
				differences = append(differences, records[i].Key+": was "+was[k]+" is "+is[k])
			default:
				continue
			}
			break
		}
	}
	if second := write(t, again, format); !bytes.Equal(first, second) && len(differences) == 0 {
		differences = append(differences, "written again it differs:\n"+suite.Difference(string(first), string(second)))
	}
	return differences
}

// TestRealRecordsComeBackFromATable writes every real file that other formats read
// as a table, and reads it again.
func TestRealRecordsComeBackFromATable(t *testing.T) {
	folder := suite.Data(t, "formats")
	var passed []string
	files, total, differing := 0, 0, 0
	for _, f := range suite.RealFiles(t, "ris", "nbib", "pubmed_xml", "bib") {
		lib, err := formats.Open(filepath.Join(folder, f.Path), record.ReadOptions{Name: f.Path})
		if err != nil && len(lib.Records) == 0 {
			continue
		}
		files++
		total += len(lib.Records)
		for _, format := range []record.Format{table.CSV(), table.TSV()} {
			differences := roundTrip(t, lib.Records, format)
			if len(differences) == 0 {
				passed = append(passed, format.Name+" "+f.Path)
				continue
			}
			differing += len(differences)
			t.Logf("%s %s: %d of %d records differ: %.400s", format.Name, f.Path, len(differences), len(lib.Records), differences[0])
		}
	}
	t.Logf("%d files, %d records; %d of %d round trips equal, %d differences", files, total, len(passed), 2*files, differing)
	suite.PassList(t, "testdata/pass.txt", passed)
}

func tsv(t *testing.T, path string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		rows = append(rows, strings.Split(strings.TrimRight(line, "\r\n"), "\t"))
	}
	return rows
}

// TestRealTables reads the tables among the real data: their counts are those of
// their READMEs, and what they hold comes back.
func TestRealTables(t *testing.T) {
	want := map[string]int{"formats/same_dataset/_baseline.csv": 100,
		"dedupe/digital_work/records.csv": 7159, "dedupe/cytology_screening/records.csv": 1856, "dedupe/haematology/records.csv": 1415,
		"dedupe/bibdedupe_special/records.csv": 12, "dedupe/depression_hard_fn/records.csv": 126, "dedupe/cardiac_hard_fn/records.csv": 97,
		"dedupe/bibdedupe_cases/records.csv": 47, "dedupe/tafenoquine/records.csv": 179, "dedupe/cora/records.csv": 1295, "dedupe/dblp_acm/records.csv": 4910}
	for _, row := range tsv(t, suite.Data(t, "screen", "sets", "index.tsv"))[1:] {
		n := 0
		for _, c := range row[2] {
			n = 10*n + int(c-'0')
		}
		want["screen/sets/"+row[1]] = n
	}
	assert.Len(t, want, 11+15)
	for name, n := range want {
		data, err := os.ReadFile(suite.Data(t, strings.Split(name, "/")...))
		require.NoError(t, err)
		if strings.HasSuffix(name, ".gz") {
			zr, err := gzip.NewReader(bytes.NewReader(data))
			require.NoError(t, err)
			data, err = io.ReadAll(zr)
			require.NoError(t, err)
		}
		assert.Equal(t, 90, table.CSV().Sniff(data[:min(len(data), 64<<10)]), name)
		records, problems := readAll(t, bytes.NewReader(data), name, table.CSV())
		assert.Len(t, records, n, name)
		assert.Empty(t, problems, name)
		for _, r := range records {
			assert.NotEmpty(t, r.Key, name)
			for _, p := range r.Problems {
				assert.NotEqual(t, record.CodeSyntax, p.Code, p.String())
			}
		}
		if differences := roundTrip(t, records, table.CSV()); len(differences) > 0 {
			t.Errorf("%s: %d records differ: %.300s", name, len(differences), differences[0])
		}
		if strings.HasPrefix(name, "screen/") {
			labelled := 0
			for _, r := range records {
				if l := r.Extra.Get("label"); l == "0" || l == "1" {
					labelled++
				}
			}
			assert.Equal(t, n, labelled, name)
		}
	}
}

// drawRecord makes a record of what a table can hold.
func drawRecord(t *rapid.T) *record.Record {
	word := rapid.StringMatching(`[A-Z][a-zé]{2,8}`)
	text := rapid.StringMatching(`[=+@'"A-Z-]{1,3}[a-z,;|]{1,6}( [a-z0-9%ö纸:.=/\\"'+@-]{1,7}){0,6} [a-z]{2,5}"?`)
	some := func(label string, g *rapid.Generator[string]) string {
		if rapid.Bool().Draw(t, label+"?") {
			return g.Draw(t, label)
		}
		return ""
	}
	number := rapid.StringMatching(`[1-9][0-9]{0,3}`)
	r := &record.Record{
		Key:   word.Draw(t, "key"),
		Kind:  rapid.SampledFrom(append(record.Kinds(), record.KindUnknown)).Draw(t, "kind"),
		Title: text.Draw(t, "title"),
		DOI:   record.DOI(some("doi", rapid.StringMatching(`10\.5555/[a-z0-9()-]{1,10}[a-z0-9]`))),
		PMID:  record.PMID(some("pmid", rapid.StringMatching(`[1-9][0-9]{6}`))),
		PMCID: record.PMCID(some("pmcid", rapid.StringMatching(`PMC[1-9][0-9]{5}`))),
	}
	if a := some("abstract", text); a != "" {
		r.Abstract = record.NewAbstract(a + "\n" + text.Draw(t, "second line"))
	}
	for range rapid.IntRange(0, 4).Draw(t, "people") {
		n := record.Name{Family: word.Draw(t, "family"), Given: word.Draw(t, "given")}
		switch rapid.IntRange(0, 3).Draw(t, "form") {
		case 0:
			n = record.Name{Literal: text.Draw(t, "group")}
		case 1:
			n.Suffix = "Jr."
		}
		role := rapid.SampledFrom([]record.Role{record.Author, record.Editor}).Draw(t, "role")
		r.People = append(r.People, record.Contributor{Role: role, Name: n})
	}
	slices.SortStableFunc(r.People, func(a, b record.Contributor) int { return strings.Compare(string(a.Role), string(b.Role)) })
	r.In = record.Container{Title: some("journal", text), Volume: some("volume", number), Issue: some("issue", number), Pages: some("pages", rapid.StringMatching(`e?[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?`))}
	r.Date = rapid.SampledFrom([]record.Date{{}, {Year: 2019}, {Year: 2019, Month: 4, Day: 2}, {Year: 2019, Season: record.Spring},
		{InPress: true}, {Year: 1998, Month: 12, EndYear: 1999, EndMonth: 1}, {Year: 1998, Month: 2, EndMonth: 3}}).Draw(t, "date")
	for range rapid.IntRange(0, 3).Draw(t, "keywords") {
		if k := strings.ReplaceAll(text.Draw(t, "keyword"), ";", ","); !slices.Contains(r.Keywords, k) {
			r.Keywords = append(r.Keywords, k)
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "extra") {
		r.Extra = append(r.Extra, record.ExtraTag{Tag: text.Draw(t, "tag"), Value: text.Draw(t, "value") + some("line", rapid.Just("\nmore \\n"))})
	}
	return r
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := rapid.SliceOfN(rapid.Custom(drawRecord), 1, 4).Draw(rt, "records")
		for i, r := range records {
			r.Key += string(rune('a' + i))
		}
		for _, format := range []record.Format{table.CSV(), table.TSV()} {
			if d := roundTrip(t, records, format); len(d) > 0 {
				rt.Fatalf("%s: %s", format.Name, d[0])
			}
		}
	})
}

func TestTheColumnsOfToolsHoldWhatTheyName(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := rapid.SliceOfN(rapid.Custom(drawRecord), 1, 3).Draw(rt, "records")
		tool := rapid.SampledFrom(table.Dialects()).Draw(rt, "tool")
		format := table.Options{Dialect: tool}.CSV()
		again, problems := readAll(t, bytes.NewReader(write(t, records, format)), "again", format)
		if len(again) != len(records) || len(problems) > 0 {
			rt.Fatalf("%s: %d records of %d, %v", tool, len(again), len(records), problems)
		}
		for i, r := range records {
			got := again[i]
			was, is := r.PeopleIn(record.Author), got.PeopleIn(record.Author)
			if got.Title != r.Title || got.DOI != r.DOI || got.Date.Year != r.Date.Year || len(was) != len(is) {
				rt.Fatalf("%s: %q %s %d %v is read as %q %s %d %v", tool, r.Title, r.DOI, r.Date.Year, was, got.Title, got.DOI, got.Date.Year, is)
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("\"TITLE\",\"A\"\n\"AUTHOR NAMES\",\"Berg A.\",\"Chen L.\"\n\"DOI\",\"10.5555/1\"\n\n\"TITLE\",\"B\"\n"))
	f.Add([]byte("key,title,authors,notes,pubmed_id,pmc_id\nr1,A,Berg A and Chen L,\"found | RAYYAN-INCLUSION: {\"\"A\"\"=>\"\"Included\"\"}\",1,PMC1\n"))
	f.Add([]byte("PMID,Title,Authors,Citation,Journal/Book,Publication Year\n1,A,\"Berg A, Chen L.\",J. 2019 Apr;12(3):1-2.,J,2019\n"))
	f.Add([]byte(sample))
	f.Add([]byte("sep=;\ntitle;authors;year\n\"A \"b\" c\";Berg A;2019\n\"D\nE;;\n"))
	f.Add([]byte("title\tyear\r'=1+1\t2019\r\"\t\"\"\t\"\r"))
	f.Add([]byte("PT\tAU\tTI\tSO\nJ\tBerg, A; Chen, L\tKites\tJ\n"))
	f.Add([]byte("x|y|other_columns\n1|2|\"a: b\\n\nc\"\n|||4\n"))
	f.Add([]byte("\n\n# remark\ntitle,year,title\n,,\n\"a\nb\",soon,\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []record.Format{table.CSV(), table.TSV()} {
			if s := format.Sniff(data); s < 0 || s > 100 {
				t.Fatalf("sniff says %d", s)
			}
			records := decode(t, data, format)
			var b bytes.Buffer
			w := record.NewWriter(&b, format)
			for _, r := range records {
				if err := w.Write(r); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			again := decode(t, b.Bytes(), format)
			filled := 0
			for _, r := range records {
				if rest := held(r); len(rest) > 1 || len(rest) == 1 && !strings.HasPrefix(rest[0], "date: {}") {
					filled++
				}
			}
			if len(again) < filled || len(again) > len(records) {
				t.Fatalf("%d records read, %d with something in them; written and read again %d\n%q", len(records), filled, len(again), b.Bytes())
			}
		}
	})
}

func decode(t *testing.T, data []byte, format record.Format) (out []*record.Record) {
	t.Helper()
	rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "a", Format: format, Limits: record.Limits{Record: 1 << 16, Field: 1 << 15}})
	for r, err := range rd.All() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// TestNoOtherRealFileIsTakenForATable asks of every real file of another format.
func TestNoOtherRealFileIsTakenForATable(t *testing.T) {
	asked := 0
	for _, f := range suite.RealFiles(t) {
		if strings.HasSuffix(f.Path, ".csv") || strings.HasSuffix(f.Path, ".tsv") {
			continue
		}
		data := f.Read(t)
		head := data[:min(len(data), 64<<10)]
		asked++
		if s := max(table.CSV().Sniff(head), table.TSV().Sniff(head)); s > 0 {
			t.Errorf("%s (%s): %d: %.80q", f.Path, f.Format, s, head)
		}
	}
	assert.Greater(t, asked, 900)
}
