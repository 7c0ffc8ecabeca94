package query

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
)

// expectation is what another reader ships for a strategy: evidence of what it
// means, and no more than that. testdata/known.md lists where ours is other, and
// why.
type expectation struct {
	Kind  string          `json:"kind"`
	Value json.RawMessage `json:"value"`
}

// expectations are those of a kind, by the name of the strategy's file.
func expectations[V any](t testing.TB, kind string) map[string][]V {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(suite.Data(t, "screen", "queries"), "*.expect.json"))
	require.NoError(t, err)
	out := map[string][]V{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		var all []expectation
		require.NoError(t, json.Unmarshal(text, &all))
		for _, e := range all {
			if e.Kind == kind {
				var v V
				require.NoError(t, json.Unmarshal(e.Value, &v), f)
				name := strings.TrimSuffix(filepath.Base(f), ".expect.json")
				out[name] = append(out[name], v)
			}
		}
	}
	require.NotEmpty(t, out)
	return out
}

// disagreements reads the list of disagreements: what stands in backquotes at the start
// of each point.
func disagreements(t testing.TB, heading string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "known.md"))
	require.NoError(t, err)
	_, part, ok := strings.Cut(string(text), "\n## "+heading+"\n")
	require.True(t, ok, heading)
	part, _, _ = strings.Cut(part, "\n## ")
	out := map[string]bool{}
	for line := range strings.Lines(part) {
		if rest, ok := strings.CutPrefix(line, "- ``"); ok {
			name, _, _ := strings.Cut(rest, "``")
			out[strings.TrimSpace(name)] = true
		}
	}
	return out
}

// assertKnown asserts that what disagrees is what is listed.
func assertKnown(t *testing.T, heading string, differ []string) {
	t.Helper()
	listed := disagreements(t, heading)
	for _, d := range differ {
		assert.True(t, listed[d], "this disagrees and is not listed under %q: %s", heading, d)
		delete(listed, d)
	}
	assert.Empty(t, listed, "these are listed under %q and agree", heading)
}

// searchQueryCase is a case of the tests of search-query.
type searchQueryCase struct {
	Query    string `json:"query_str"`
	Parsed   string `json:"expected_parsed"`
	Messages []struct {
		Code     string   `json:"code"`
		Fatal    bool     `json:"is_fatal"`
		Position [][2]int `json:"position"`
	} `json:"messages"`
	Tokens []struct {
		Value string `json:"value"`
		Type  string `json:"type"`
	} `json:"expected_tokens"`
}

var doubleBrackets = regexp.MustCompile(`\[\[([^\]]*)\]\]`)

func TestTreesOfSearchQuery(t *testing.T) {
	var differ []string
	n := 0
	for _, cases := range expectations[[]searchQueryCase](t, "parametrised test")["search-query_parser"] {
		for _, c := range cases {
			n++
			q, err := Parse(PubMed, c.Query)
			require.NoError(t, err, c.Query)
			theirs := doubleBrackets.ReplaceAllStringFunc(c.Parsed, func(s string) string {
				return "[[" + tagOf(strings.Trim(s, "[]")) + "]]"
			})
			if theirs != searchQueryTree(q.Lines[0].Expr, "all") {
				differ = append(differ, c.Query)
			}
		}
	}
	t.Logf("%d of %d trees agree", n-len(differ), n)
	assertKnown(t, "Trees of search-query", differ)
}

// tagOf is the first name of a tag of PubMed.
func tagOf(name string) string {
	if name = plainName(name); isMeSHTag(name) {
		return "mh"
	}
	return codeFor(PubMed, fieldNamed(PubMed, name))
}

// searchQueryTree writes a tree as search-query does.
func searchQueryTree(e Expr, tag string) string {
	switch e := e.(type) {
	case *In:
		return searchQueryTree(e.Of, codeFor(PubMed, e.Fields[0]))
	case *Term:
		text := printWords(PubMed, e)
		if e.Quoted {
			text = `"` + text + `"`
		}
		return text + "[[" + tag + "]]"
	case *Heading:
		return `"` + e.Name + `"[[mh]]`
	case *Near:
		var words []string
		for _, a := range e.Args {
			words = append(words, printWords(PubMed, a.(*Term)))
		}
		return fmt.Sprintf(`NEAR/%d["%s"[[%s]]]`, e.Gap, strings.Join(words, " "), tag)
	case *Dates:
		to := e.To.String()
		if to == "" {
			to = "3000"
		}
		code := codeFor(PubMed, e.Field)
		return fmt.Sprintf(`RANGE["%s"[[%s]], "%s"[[%s]]]`, e.From, code, to, code)
	case *Bool:
		var args []string
		for _, a := range e.Args {
			args = append(args, searchQueryTree(a, tag))
		}
		return strings.ToUpper(string(e.Op)) + "[" + strings.Join(args, ", ") + "]"
	}
	return fmt.Sprintf("%T", e)
}

func TestTokensOfSearchQuery(t *testing.T) {
	for _, cases := range expectations[[]searchQueryCase](t, "parametrised test")["search-query_tokenization"] {
		for _, c := range cases {
			var theirs []string
			for _, k := range c.Tokens {
				theirs = append(theirs, strings.Trim(k.Value, `"`))
			}
			r := reader{d: PubMed, text: c.Query, q: &Query{}}
			var ours []string
			word := false // whether the last token goes on with a word
			for _, k := range r.scan(Extent{0, len(c.Query)}) {
				switch {
				case k.kind == tokEnd:
				case k.kind == tokWord && word:
					ours[len(ours)-1] += " " + k.text
				default:
					ours = append(ours, strings.Trim(c.Query[k.Start:k.End], `"`))
				}
				word = k.kind == tokWord
			}
			assert.Equal(t, theirs, ours, c.Query)
		}
	}
}

// What search-query calls fatal is an error of ours at the same place.
func TestMessagesOfSearchQuery(t *testing.T) {
	var differ []string
	n := 0
	for _, cases := range expectations[[]searchQueryCase](t, "parametrised test")["search-query_linter"] {
		for _, c := range cases {
			_, err := Parse(PubMed, c.Query)
			places := placesOf(err)
			for _, m := range c.Messages {
				if !m.Fatal {
					continue
				}
				n++
				if !slices.ContainsFunc(m.Position, func(p [2]int) bool { return marked(places, p) }) {
					differ = append(differ, m.Code+": "+c.Query)
				}
			}
		}
	}
	t.Logf("%d of %d fatal messages are errors at the same place", n-len(differ), n)
	assertKnown(t, "Messages of search-query", differ)
}

// marked tells whether one of the places, all in the first line, is in a range
// of characters from 0.
func marked(places []string, p [2]int) bool {
	return slices.ContainsFunc(places, func(place string) bool {
		var line, column int
		_, err := fmt.Sscanf(place, "%d:%d", &line, &column)
		return err == nil && line == 1 && column > p[0] && column <= p[1]
	})
}

// polyglotCase is a translation that the tests of polyglot ask for.
type polyglotCase struct {
	Input    string `json:"input"`
	Engine   string `json:"engine"`
	Expected string `json:"expected"`
}

// A translation agrees with one that polyglot asks for if both are read as the
// same.
func TestTranslationsOfPolyglot(t *testing.T) {
	dialects := map[string]Dialect{}
	for _, v := range verdicts(t) {
		dialects[v.text] = v.dialect
	}
	var differ []string
	n := 0
	for name, all := range expectations[[]polyglotCase](t, "translations asserted by the test") {
		if !strings.HasPrefix(name, "polyglot_cases") {
			continue // whole strategies, whose lines polyglot groups
		}
		for _, cases := range all {
			for _, c := range cases {
				to := map[string]Dialect{"PubMed abbreviation": PubMed, "Ovid MEDLINE": Ovid}[c.Engine]
				from := dialects[c.Input]
				if from == "" { // the list leaves long comments out
					from = Ovid
				}
				require.NotEmpty(t, to, c.Engine)
				n++
				q, err := ParseWith(Options{Dialect: from, Lenient: true}, c.Input)
				require.NoError(t, err, c.Input)
				printed, _ := Print(to, q)
				ours, err := Parse(to, printed)
				require.NoError(t, err, printed)
				theirs, err := Parse(to, c.Expected)
				require.NoError(t, err, c.Expected)
				if dump(ours) != dump(theirs) {
					differ = append(differ, fmt.Sprintf("%s → %s: %s", c.Input, to, printed))
				}
			}
		}
	}
	slices.Sort(differ)
	t.Logf("%d of %d translations agree", n-len(differ), n)
	assertKnown(t, "Translations of polyglot", differ)
}

// What transmute counts in its own test is what we count.
func TestCountsOfTransmute(t *testing.T) {
	for name, all := range expectations[map[string]int](t, "counts asserted by the test") {
		counts := all[0]
		text, err := os.ReadFile(suite.Data(t, "screen", "queries", name+".pubmed"))
		require.NoError(t, err)
		q, err := Parse(PubMed, string(text))
		require.NoError(t, err)
		terms, fields, headings := 0, 0, 0
		for _, l := range leavesOf(q) {
			terms++
			switch {
			case l.heading:
				headings++
				fields++
			case slices.Contains(l.fields, TitleAbstract): // two fields to transmute
				fields += 2
			default:
				fields++
			}
		}
		assert.Equal(t, counts["len(queryRep.Terms())"], terms)
		assert.Equal(t, counts["len(queryRep.Fields())"], fields)
		assert.Equal(t, counts[`queryRep.FieldCount()["mesh_headings"]`], headings)
	}
}

// leaf is a term or heading of a tree as annotators write it: words without
// wildcards.
type leaf struct {
	words             string
	truncated, within bool // a gap at the end of the last word, or elsewhere
	heading, exploded bool
	fields            []Field
}

func leavesOf(q *Query) (out []leaf) {
	var walk func(e Expr, fields []Field)
	walk = func(e Expr, fields []Field) {
		switch e := e.(type) {
		case *Term:
			out = append(out, termLeaf(e, fields))
		case *Heading:
			out = append(out, leaf{words: letters(e.Name), heading: true, exploded: e.Explode})
		case *Bool:
			for _, a := range e.Args {
				walk(a, fields)
			}
		case *Near:
			for _, a := range e.Args {
				walk(a, fields)
			}
		case *In:
			walk(e.Of, e.Fields)
		}
	}
	for _, l := range q.Lines {
		walk(l.Expr, nil)
	}
	return out
}

func termLeaf(t *Term, fields []Field) leaf {
	l := leaf{fields: fields, heading: slices.Equal(fields, []Field{HeadingExact})}
	for i, w := range t.Words {
		for j, p := range w {
			switch {
			case !p.Gap():
				l.words += p.Text
			case i == len(t.Words)-1 && j == len(w)-1:
				l.truncated = true
			default:
				l.within = true
			}
		}
	}
	l.words = letters(l.words)
	return l
}

// letters are the letters and digits of a text.
func letters(s string) string {
	return strings.Join(wordsOnly.FindAllString(strings.ToLower(s), -1), "")
}

// annotation is a tree that an annotator made of a strategy by hand.
type annotation struct {
	Query annotatedQuery `json:"query"`
}

type annotatedQuery struct {
	Queries []struct {
		Text      string   `json:"query_string"`
		Fields    []string `json:"fields"`
		Exploded  bool     `json:"exploded"`
		Truncated bool     `json:"truncated"`
	} `json:"queries"`
	Children []annotatedQuery `json:"children"`
}

// Leaves of trees that annotators made by hand are leaves of ours. Which are not
// is told by its cause; the share that agrees may only grow.
func TestLeavesOfAnnotators(t *testing.T) {
	dialects := map[string]verdict{}
	for _, v := range verdicts(t) {
		dialects[strings.TrimSuffix(v.file, filepath.Ext(v.file))] = v
	}
	causes, n := map[string]int{}, 0
	for name, all := range expectations[[]annotation](t, "manual elasticsearch-style tree") {
		v := dialects[name]
		q, err := ParseWith(Options{Dialect: v.dialect, Lenient: true}, v.text)
		require.NoError(t, err, name)
		ours := map[string][]leaf{}
		for _, l := range leavesOf(q) {
			ours[l.words] = append(ours[l.words], l)
		}
		for _, annotations := range all {
			for _, a := range annotations {
				n += compareLeaves(a.Query, ours, causes, v.dialect)
			}
		}
	}
	t.Logf("%d of %d leaves agree; the others: %v", causes["agree"], n, causes)
	assert.GreaterOrEqual(t, float64(causes["agree"]), leavesThatAgree*float64(n))
}

// leavesThatAgree is the share of the annotators' leaves that are ours too.
const leavesThatAgree = 0.916

func compareLeaves(a annotatedQuery, ours map[string][]leaf, causes map[string]int, d Dialect) (n int) {
	for _, theirs := range a.Queries {
		n++
		causes[causeOf(theirs.Text, slices.Contains(theirs.Fields, "mesh_heading") && len(theirs.Fields) == 1, theirs.Exploded, theirs.Truncated, ours, d)]++
	}
	for _, c := range a.Children {
		n += compareLeaves(c, ours, causes, d)
	}
	return n
}

// causeOf is why a leaf of theirs is not one of ours, "agree" where it is.
func causeOf(text string, heading, exploded, truncated bool, ours map[string][]leaf, d Dialect) string {
	same := ours[letters(text)]
	cause := "no such words"
	for _, l := range same {
		switch {
		case l.heading != heading:
			if cause == "no such words" {
				cause = "heading or text"
			}
		case l.heading && l.exploded == exploded, !l.heading && l.truncated == truncated:
			return "agree"
		case l.heading && d == PubMed:
			cause = "PubMed explodes by itself"
		case l.heading:
			cause = "exploded"
		default:
			cause = "truncation"
		}
	}
	return cause
}
