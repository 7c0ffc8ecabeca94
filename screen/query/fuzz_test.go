package query

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzParse reads any text in every dialect, strictly and leniently: what is
// accepted is printed so that it reads back as the same, and can be printed for
// every other dialect. Nothing panics.
func FuzzParse(f *testing.F) {
	for _, d := range Dialects() {
		text, err := os.ReadFile(filepath.Join("testdata", "cases", string(d)+".txt"))
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(line, "    ") && !strings.HasPrefix(line, "## ") {
				f.Add(unescaped(strings.TrimSuffix(line, "\n")))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		Detect(text)
		for _, d := range Dialects() {
			for _, lenient := range []bool{false, true} {
				o := Options{Dialect: d, Lenient: lenient}
				q, err := ParseWith(o, text)
				if err != nil {
					continue
				}
				printed, _ := Print(d, q)
				if slices.ContainsFunc(q.Lines, func(l Line) bool { return l.Expr != nil }) {
					assert.NotEmpty(t, printed, "%s: %s", d, text)
				}
				assertIdentity(t, o, q, string(d)+": "+text)
				for _, to := range Dialects() {
					Print(to, q)
				}
			}
		}
	})
}

// What fuzzing found once reads back as the same.
func TestTextsThatFuzzingFoundReadBack(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "fuzz", "FuzzParse", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		_, quoted, ok := strings.Cut(string(data), "string(")
		require.True(t, ok, f)
		text, err := strconv.Unquote(strings.TrimSuffix(strings.TrimSpace(quoted), ")"))
		require.NoError(t, err, f)
		for _, d := range Dialects() {
			for _, lenient := range []bool{false, true} {
				o := Options{Dialect: d, Lenient: lenient}
				if q, err := ParseWith(o, text); err == nil {
					assertIdentity(t, o, q, string(d)+": "+text)
				}
			}
		}
	}
}
