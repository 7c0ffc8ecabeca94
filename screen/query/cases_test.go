package query

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// A file of cases is named for its dialect. A line is a search, with \n and \t
// for the end of a line and a tab; the indented lines below it are what is read
// of it. ## begins a heading. UPDATE_GOLDEN=1 writes what is read.
func TestCases(t *testing.T) {
	for _, d := range Dialects() {
		t.Run(string(d), func(t *testing.T) {
			path := filepath.Join("testdata", "cases", string(d)+".txt")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			var out strings.Builder
			for line := range strings.Lines(string(text)) {
				line = strings.TrimSuffix(line, "\n")
				if strings.HasPrefix(line, "    ") {
					continue
				}
				out.WriteString(line + "\n")
				if line != "" && !strings.HasPrefix(line, "## ") {
					out.WriteString(indented(caseRead(t, d, unescaped(line))))
				}
			}
			suite.Golden(t, path, []byte(out.String()))
		})
	}
}

func unescaped(s string) string {
	return strings.NewReplacer(`\nbsp`, "\u00a0", `\n`, "\n", `\t`, "\t", `\r`, "\r", `\0`, "\x00", `\xff`, "\xff", `\bom`, "\ufeff").Replace(s)
}

func indented(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString("    " + strings.ReplaceAll(l, "\n", "\n    ") + "\n")
	}
	return b.String()
}

// caseRead says what is read of a text: its tree, what is printed where that
// differs, and its notes; or the errors, and what a lenient reading makes of it.
func caseRead(t *testing.T, d Dialect, text string) (out []string) {
	q, err := Parse(d, text)
	if err == nil {
		assertIdentity(t, Options{Dialect: d}, q, text)
		assertCommonForm(t, q, text)
		return append(shownTree(q), shownNotes("note", q.Notes)...)
	}
	var e *Error
	if !assert.True(t, errors.As(err, &e), "%s: an error of another type: %v", text, err) {
		return nil
	}
	out = shownNotes("wrong", e.Notes)
	q, err = ParseWith(Options{Dialect: d, Lenient: true}, text)
	if err != nil {
		if !errors.As(err, &e) || e.Notes[0].String() != strings.TrimSuffix(strings.SplitN(out[0], " ", 2)[1], " ["+string(e.Notes[0].Code)+"]") {
			out = append(out, "lenient: "+err.Error())
		}
		return out
	}
	assert.NotEmpty(t, q.Notes, "%s: a lenient reading says what it assumed", text)
	assertIdentity(t, Options{Dialect: d, Lenient: true}, q, text)
	assertCommonForm(t, q, text)
	return append(append(out, "lenient:"), append(shownTree(q), shownNotes("note", q.Notes)...)...)
}

func shownTree(q *Query) []string {
	out := strings.Split(dump(q), "\n")
	if printed, _ := Print(q.Dialect, q); printed != strings.TrimSpace(q.Text()) {
		out = append(out, strings.Split("= "+strings.ReplaceAll(printed, "\n", "\n= "), "\n")...)
	}
	return out
}

func shownNotes(what string, notes []Note) (out []string) {
	for _, n := range notes {
		out = append(out, fmt.Sprintf("%s %s [%s]", what, n, n.Code))
	}
	return out
}

// assertIdentity prints a query in its own dialect and reads that: the same
// query, without a note of what was lost. It gives what was read.
func assertIdentity(t interface {
	Helper()
	Errorf(format string, args ...any)
}, o Options, q *Query, name string) (again *Query) {
	t.Helper()
	printed, lost := Print(o.Dialect, q)
	assert.Empty(t, lost, "%s: printed in its own dialect nothing is lost", name)
	again, err := ParseWith(o, printed)
	if assert.NoError(t, err, "%s: what is printed is read: %s", name, printed) {
		assert.Equal(t, dump(q), dump(again), "%s: what is printed is read as the same: %s", name, printed)
	}
	return again
}

// assertCommonForm asserts that what is read is printed as it is commonly written,
// and need not keep its marks or its text as it stands to be read as the same.
func assertCommonForm(t *testing.T, q *Query, name string) {
	t.Helper()
	text, _ := printed(q.Dialect, q, false)
	assert.True(t, q.readsBack(text), "%s: %s", name, text)
}
