package tagged_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/record/tagged"
	"github.com/stretchr/testify/require"
)

// fuzz checks that a text of any kind is read to its end, and that what was read
// can be written and as many records read again. The inputs of the cases are seeds.
func fuzz(f *testing.F, format record.Format) {
	for _, text := range inputs(f, format.Name) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var records []*record.Record
		limits := record.Limits{Record: 1 << 12, Field: 1 << 10}
		rd := record.NewReader(bytes.NewReader(data), record.ReadOptions{Name: "fuzz", Charset: "utf-8", Format: format, Limits: limits})
		for r, err := range rd.All() {
			if err != nil {
				return
			}
			records = append(records, r)
		}
		if format.Encode == nil {
			return
		}
		text := write(t, format, records)
		again, _ := readAll(t, format, bytes.NewReader(text), "again")
		require.Len(t, again, len(records), "%s", text)
	})
}

// inputs are the inputs of the cases of a format.
func inputs(t testing.TB, name string) (out [][]byte) {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		_, files := suite.Parse(text)
		for _, file := range files {
			if file.Name == "input."+name {
				out = append(out, file.Data)
			}
		}
	}
	require.NotEmpty(t, out, name)
	return out
}

func FuzzReadWebOfScience(f *testing.F) { fuzz(f, tagged.WebOfScience()) }

func FuzzReadRefWorks(f *testing.F) { fuzz(f, tagged.RefWorks()) }

func FuzzReadOvid(f *testing.F) { fuzz(f, tagged.Ovid()) }

// TestBadInput reads each format cut anywhere, another format under its name, and
// text that is none: nothing is fatal, and what is odd is said.
func TestBadInput(t *testing.T) {
	for _, format := range all {
		for _, input := range inputs(t, format.Name) {
			for n := 0; n < len(input); n += 7 {
				whole, _ := readAll(t, format, bytes.NewReader(input[:n]), "cut")
				for _, r := range whole {
					require.NotZero(t, r.Source.Line)
				}
			}
		}
		for _, other := range []string{"TY  - JOUR\nT3  - Kites\nER  - \n", "@article{a,\n  title = {Kites}\n}\n", "<?xml version=\"1.0\"?><PubmedArticleSet/>", `{"error": "try again"}`, "<html><body>Error 503</body></html>", "\x00\x01\x02"} {
			records, problems := readAll(t, format, strings.NewReader(other), "other")
			require.Empty(t, records, "%s as %s", other, format.Name)
			require.NotEmpty(t, problems, "%s as %s", other, format.Name)
		}
	}
}

// TestLimits leaves out a field and a record over their limits, and says so; the
// records around them survive.
func TestLimits(t *testing.T) {
	long := strings.Repeat("kite ", 1000)
	for name, text := range map[string]string{
		"wos":      "FN x\nVR 1\nPT J\nTI A\nAB " + long + "\nER\n\nPT J\nTI B\nDE " + strings.Repeat("kite\n   ", 1000) + "\nER\n\nPT J\nTI C\n" + strings.Repeat("NT kite kite kite\n", 1000) + "ER\n\nPT J\nTI D\nER\nEF\n",
		"refworks": "RT Book\nT1 A\nAB " + long + "\n\nRT Book\nT1 B\nAB kite\n" + strings.Repeat("kite\n", 1000) + "\nRT Book\nT1 C\n" + strings.Repeat("NO kite kite kite\n", 1000) + "\nRT Book\nT1 D\n",
		"ovid":     "<1. >\nTI  - A\nAB  - " + long + "\n\n<2. >\nTI  - B\nAB  - kite\n" + strings.Repeat("      kite\n", 1000) + "\n<3. >\nTI  - C\n" + strings.Repeat("NT  - kite kite kite\n", 1000) + "\n<4. >\nTI  - D\n",
	} {
		for _, format := range all {
			if format.Name != name {
				continue
			}
			rd := record.NewReader(strings.NewReader(text), record.ReadOptions{Name: "long", Format: format, Limits: record.Limits{Field: 1 << 10, Record: 8 << 10}})
			var titles []string
			var codes []record.Code
			for r, err := range rd.All() {
				require.NoError(t, err)
				titles = append(titles, r.Title)
				for _, p := range r.Problems {
					codes = append(codes, p.Code)
				}
			}
			for _, p := range rd.Problems() {
				codes = append(codes, p.Code)
			}
			require.Equal(t, []string{"A", "B", "D"}, titles, name)
			require.Equal(t, []record.Code{record.CodeFieldTooLong, record.CodeFieldTooLong, record.CodeRecordTooLong}, codes, name)
		}
	}
}
