package synth_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/synth"
)

// spoiled are ways to make a true sentence false: a quote said without marks, with
// one thing about it changed. Each gives "" where there is nothing to change.
var spoiled = []struct {
	name  string
	spoil func(string) string
	least float64 // share that must be rejected; it may only rise
}{
	{"a negation dropped", func(s string) string { return onceReplaced(s, `\b(not|no|never|without) `, "") }, 0.92},
	{"a negation added", func(s string) string {
		return onceReplaced(s, ` (was|were|is|are|had|showed|found) ([a-mo-z])`, " ${1} not $2")
	}, 0.96},
	{"a number raised by one", func(s string) string {
		done := false
		return changed(s, regexp.MustCompile(`\b[0-9]+\b`).ReplaceAllStringFunc(s, func(d string) string {
			if done || len(d) > 6 {
				return d
			}
			done = true
			var n int
			fmt.Sscan(d, &n)
			return fmt.Sprint(n + 1)
		}))
	}, 0.96},
	{"a percentage of a count", func(s string) string {
		return onceReplaced(s, `([0-9]) (patients|women|adults|men|children|participants)`, "${1} % of $2")
	}, 1},
	{"the opposite direction", func(s string) string {
		for _, pair := range [][2]string{{"higher", "lower"}, {"increased", "reduced"}, {"greater", "smaller"}, {"more", "less"}, {"improved", "worsened"}, {"reduced", "increased"}} {
			if out := onceReplaced(s, `\b`+pair[0]+`\b`, pair[1]); out != "" {
				return out
			}
		}
		return ""
	}, 0.88},
	{"a quotation with a word changed", func(s string) string { return changed(s, "“"+onceReplaced(s, ` (of|in|the|and) `, " xx ")+"”") }, 1},
}

func onceReplaced(s, pattern, by string) string {
	re := regexp.MustCompile(pattern)
	at := re.FindStringSubmatchIndex(s)
	if at == nil {
		return ""
	}
	return s[:at[0]] + string(re.ExpandString(nil, by, s, at)) + s[at[1]:]
}

func changed(before, after string) string {
	if before == after || after == "“”" {
		return ""
	}
	return after
}

// How often quotes of real abstracts pass when they are said without marks, which
// they should, and when one thing about them is changed, which they should not.
func TestSpoiledQuotesOfRealRecordsAreRejected(t *testing.T) {
	all := clusteringRecords(t)
	sum, err := synth.Summarize(context.Background(), all, synth.Options{EvidencePerTheme: 40})
	require.NoError(t, err)
	rejected, err := synth.Phrase(context.Background(), sum, all, synth.Template{Quotes: 40})
	require.NoError(t, err)
	assert.Empty(t, rejected, "what the template says follows")
	t.Logf("%d sentences of the template, all accepted", sum.Phrasing.Accepted)
	require.NoError(t, sum.Verify(all))

	briefs, err := sum.Briefs(all)
	require.NoError(t, err)
	passes := func(b synth.Brief, i int, text string) bool {
		accepted, _ := synth.Ground(b, []synth.Sentence{say(text, quote(i+1))})
		return len(accepted) == 1
	}
	kept, total := 0, 0
	for _, b := range briefs {
		for i, q := range b.Quotes {
			total++
			if passes(b, i, strings.TrimSpace(q.Text)) {
				kept++
			} else {
				_, r := synth.Ground(b, []synth.Sentence{say(q.Text, quote(i+1))})
				t.Logf("refused though true: %s: %s", q.Text, r[0].Faults[0].What)
			}
		}
	}
	t.Logf("said without marks: %d of %d accepted", kept, total)
	assert.GreaterOrEqual(t, float64(kept), 0.995*float64(total))
	caught, tried := 0, 0
	for _, b := range briefs {
		for i, q := range b.Quotes {
			for _, j := range []int{(i + 1) % len(b.Quotes), (i + 7) % len(b.Quotes)} {
				if b.Quotes[j].Record != q.Record {
					tried++
					if !passes(b, j, strings.TrimSpace(q.Text)) {
						caught++
					}
				}
			}
		}
	}
	t.Logf("said of another quote of the theme: %d of %d rejected (%.0f %%)", caught, tried, 100*float64(caught)/float64(tried))
	assert.GreaterOrEqual(t, float64(caught), 0.80*float64(tried))
	for _, c := range spoiled {
		caught, tried := 0, 0
		for _, b := range briefs {
			for i, q := range b.Quotes {
				text := c.spoil(q.Text)
				if text == "" || !passes(b, i, strings.TrimSpace(q.Text)) {
					continue
				}
				tried++
				if !passes(b, i, text) {
					caught++
				} else {
					t.Logf("passed, %s: %s", c.name, text)
				}
			}
		}
		t.Logf("%s: %d of %d rejected (%.0f %%)", c.name, caught, tried, 100*float64(caught)/float64(max(tried, 1)))
		assert.GreaterOrEqual(t, float64(caught), c.least*float64(tried), c.name)
	}
}

// The title of a record is a paraphrase of its findings that a person wrote. It
// mostly says something that a single quote does not, such as a number or a design.
// That of another record on the same theme is one that a careless citation gives.
func TestTitlesAsParaphrases(t *testing.T) {
	all := clusteringRecords(t)
	sum := summarize(t, all, synth.Options{EvidencePerTheme: 40})
	briefs, err := sum.Briefs(all)
	require.NoError(t, err)
	var own, others [2]int // accepted, tried
	for _, b := range briefs {
		for i, q := range b.Quotes {
			other := b.Records[(i*7+3)%len(b.Records)]
			for _, r := range b.Records {
				counts := &others
				switch {
				case r.ID == q.Record:
					counts = &own
				case r.ID != other.ID:
					continue
				}
				counts[1]++
				if accepted, _ := synth.Ground(b, []synth.Sentence{say(strings.TrimSpace(r.Title), quote(i+1))}); len(accepted) == 1 {
					counts[0]++
				}
			}
		}
	}
	t.Logf("titles citing a quote of their own record: %d of %d accepted; of another record: %d of %d", own[0], own[1], others[0], others[1])
	assert.GreaterOrEqual(t, float64(own[0]), 0.66*float64(own[1]))
	assert.LessOrEqual(t, float64(others[0]), 0.24*float64(others[1]))
}
