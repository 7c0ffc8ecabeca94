package query

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// verdict is a line of testdata/verdicts.tsv.
type verdict struct {
	file    string
	line    int // of a list of cases, 0 for a whole strategy
	dialect Dialect
	wrong   bool
	places  []string
	text    string
}

func (v verdict) name() string {
	if v.line > 0 {
		return v.file + ":" + strconv.Itoa(v.line)
	}
	return v.file
}

// verdicts reads the list with the texts it speaks of, and asserts that it
// speaks of all there are.
func verdicts(t testing.TB) (out []verdict) {
	t.Helper()
	folder := suite.Data(t, "screen", "queries")
	list, err := os.ReadFile(filepath.Join("testdata", "verdicts.tsv"))
	require.NoError(t, err)
	texts, left := map[string][]string{}, map[string]int{}
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".ovid", ".pubmed", ".txt":
			text, err := os.ReadFile(filepath.Join(folder, e.Name()))
			require.NoError(t, err)
			texts[e.Name()] = append([]string{string(text)}, strings.Split(strings.TrimRight(string(text), "\n"), "\n")...)
			left[e.Name()] = len(texts[e.Name()]) - 1
		}
	}
	for row := range strings.Lines(string(list)) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		cells := append(strings.Split(strings.TrimSuffix(row, "\n"), "\t"), "", "")
		line, err := strconv.Atoi(cells[1])
		require.NoError(t, err)
		require.Greater(t, len(texts[cells[0]]), line, "the list speaks of a text that is not there: %s", row)
		v := verdict{file: cells[0], line: line, dialect: Dialect(cells[2]), wrong: cells[3] == "wrong", places: strings.Fields(cells[4]), text: texts[cells[0]][line]}
		if v.line > 0 {
			v.text = strings.ReplaceAll(v.text, `\n`, "\n")
		}
		require.Equal(t, v.wrong, len(v.places) > 0 && cells[5] != "", "a wrong one has its places and who says so: %s", row)
		if left[v.file]--; line == 0 {
			left[v.file] = 0
		}
		out = append(out, v)
	}
	for file, n := range left {
		assert.Zero(t, n, "every text has its verdict: %s", file)
	}
	return out
}

func TestPublishedStrategies(t *testing.T) {
	all := verdicts(t)
	var valid, accepted, same, wrong, placed, lenient int
	var slowest time.Duration
	var slow string
	for _, v := range all {
		start := time.Now()
		q, err := Parse(v.dialect, v.text)
		if took := time.Since(start); took > slowest {
			slowest, slow = took, v.name()
		}
		places := placesOf(err)
		switch {
		case v.wrong:
			wrong++
			if slices.Equal(places, v.places) {
				placed++
			} else {
				t.Logf("%s: wrong at %v, reported at %v: %v", v.name(), v.places, places, err)
			}
			if q, err := ParseWith(Options{Dialect: v.dialect, Lenient: true}, v.text); err == nil {
				lenient++
				assert.NotEmpty(t, q.Notes, "%s: a lenient reading says what it assumed", v.name())
				assertIdentity(t, Options{Dialect: v.dialect, Lenient: true}, q, v.name())
				assertCommonForm(t, q, v.name())
			} else {
				t.Logf("%s: not read leniently: %v", v.name(), err)
			}
		case err != nil:
			valid++
			t.Logf("%s: valid, and not accepted: %v", v.name(), err)
		default:
			valid++
			accepted++
			assertIdentity(t, Options{Dialect: v.dialect}, q, v.name())
			assertCommonForm(t, q, v.name())
			if missing, added := lostWords(v, q); missing == "" && added == "" {
				same++
			} else {
				t.Errorf("%s: words that are not printed: %s; printed and not read: %s", v.name(), missing, added)
			}
		}
	}
	t.Logf("%d valid: %d accepted with every word; %d wrong: %d reported at the right place, %d readable leniently; slowest %s, %v", valid, same, wrong, placed, lenient, slow, slowest)
	assert.GreaterOrEqual(t, float64(same), 0.99*float64(valid), "valid strategies are accepted, and no word of theirs is lost")
	assert.GreaterOrEqual(t, float64(placed), 0.9*float64(wrong), "wrong strategies are reported at the right place")
	assert.GreaterOrEqual(t, float64(lenient), 0.9*float64(wrong), "wrong strategies can be read leniently")
	assert.Equal(t, valid, accepted)
}

// placesOf are the places of an error as line:column.
func placesOf(err error) (out []string) {
	var e *Error
	if errors.As(err, &e) {
		for _, n := range e.Notes {
			out = append(out, fmt.Sprintf("%d:%d", n.Line, n.Column))
		}
	}
	return out
}

var (
	comments  = regexp.MustCompile(`\[[^\]]*\]`)
	hits      = regexp.MustCompile(`(?m)[ \t]\([\d,]+\)[ \t]*$`)
	frames    = regexp.MustCompile(`(?m)^(#\d+\s+|\s*)Search:? `)
	oneLetter = regexp.MustCompile(`[*$]1\b`)
	firstDay  = regexp.MustCompile(`\[[^\]]*\](\s*:)`)
	wordsOnly = regexp.MustCompile(`[\pL\pN]+`)
)

// lostWords compares the words of a text with the words that are printed of
// what was read of it, whatever their order: without what a dialect takes for
// comments, hits and frames, without operators, with each field by its first
// name, the field of a range of days once, and a letter at most as ?.
func lostWords(v verdict, q *Query) (missing, added string) {
	printed, _ := Print(v.dialect, q)
	count := map[string]int{}
	for _, w := range significant(v.dialect, v.text) {
		count[w]++
	}
	for _, w := range significant(v.dialect, printed) {
		count[w]--
	}
	for w, n := range count {
		switch {
		case n > 0:
			missing += " " + w
		case n < 0:
			added += " " + w
		}
	}
	return missing, added
}

func significant(d Dialect, text string) (out []string) {
	text = strings.ToLower(frames.ReplaceAllString(text, "$1"))
	switch d {
	case Ovid:
		text = hits.ReplaceAllString(comments.ReplaceAllString(text, " "), "")
		text = oneLetter.ReplaceAllString(text, "?")
	case PubMed:
		text = firstDay.ReplaceAllString(text, "$1")
		text = comments.ReplaceAllStringFunc(text, func(tag string) string {
			name, suffix, _ := strings.Cut(strings.Trim(tag, "[]"), ":")
			name = plainName(name)
			if isMeSHTag(name) {
				name = map[bool]string{true: "majr", false: "mh"}[strings.Contains(name, "maj")]
			} else {
				name = codeFor(PubMed, fieldNamed(PubMed, name))
			}
			return " [" + name + " " + suffix + "] "
		})
	}
	for _, w := range wordsOnly.FindAllString(text, -1) {
		if w = strings.TrimLeft(w, "0"); w != "and" && w != "or" && w != "not" && w != "" {
			out = append(out, w)
		}
	}
	return out
}
