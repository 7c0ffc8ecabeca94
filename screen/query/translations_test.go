package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// A line of the file is a search, behind the name of its dialect and >; the
// indented lines below are what is printed for the others, with what is lost.
// Where nothing is lost of an Ovid or PubMed search on the way to the other,
// "and back" says whether it comes back as it was. UPDATE_GOLDEN=1 writes them.
func TestTranslations(t *testing.T) {
	path := filepath.Join("testdata", "translations.txt")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out strings.Builder
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "    ") {
			continue
		}
		out.WriteString(line + "\n")
		if name, search, ok := strings.Cut(line, "> "); ok && !strings.HasPrefix(line, "#") {
			out.WriteString(indented(translated(t, Dialect(name), unescaped(search))))
		}
	}
	suite.Golden(t, path, []byte(out.String()))
}

func translated(t *testing.T, from Dialect, text string) (out []string) {
	q, err := Parse(from, text)
	require.NoError(t, err, text)
	for _, to := range Dialects() {
		if to == from {
			continue
		}
		printed, lost := Print(to, q)
		out = append(out, string(to)+": "+strings.ReplaceAll(printed, "\n", `\n`))
		out = append(out, shownNotes("  lost", lost)...)
		if len(lost) > 0 || from != Ovid && from != PubMed || to != Ovid && to != PubMed {
			continue
		}
		again, err := Parse(to, printed)
		require.NoError(t, err, printed)
		back, lost := Print(from, again)
		if back != text {
			out = append(out, "  and back: "+strings.ReplaceAll(back, "\n", `\n`))
			out = append(out, shownNotes("  lost", lost)...)
		}
	}
	return out
}
