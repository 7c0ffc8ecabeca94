package synth

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

func TestSentencesKeepToTheirSections(t *testing.T) {
	a := record.NewAbstract("BACKGROUND: Little is known. METHODS AND FINDINGS: We asked 40 nurses; all answered. Most agreed. CONCLUSIONS: More is known now.")
	var got []string
	for _, s := range bodySentences(a) {
		got = append(got, string(s.section)+"|"+s.Of(a.Text))
	}
	assert.Equal(t, []string{"BACKGROUND|Little is known.", "METHODS|We asked 40 nurses; all answered.", "METHODS|Most agreed.", "CONCLUSIONS|More is known now."}, got)

	var added record.Abstract
	added.AddSection("AIM", "", "To know")
	added.AddSection("", "", "Said outside of any section.")
	added.AddSection("RESULTS", "", "It is known")
	got = nil
	for _, s := range bodySentences(added) {
		got = append(got, string(s.section)+"|"+s.Of(added.Text))
	}
	assert.Contains(t, got, "OBJECTIVE|To know")
	assert.Contains(t, got, "RESULTS|It is known")
	assert.Contains(t, strings.Join(got, "\n"), "Said outside of any section.")
}

// Sections that a program made by hand may lie anywhere.
func TestSentencesLieInTheTextInOrderWhateverTheSectionsSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := record.Abstract{Text: strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"We", "RESULTS:", "asked.", "\n", " ", "nurses. ", "é", "\xff", "AIM: "})).Draw(t, "text"), " ")}
		for range rapid.IntRange(0, 4).Draw(t, "sections") {
			a.Sections = append(a.Sections, record.Section{
				Start: rapid.IntRange(-3, len(a.Text)+3).Draw(t, "start"), End: rapid.IntRange(-3, len(a.Text)+3).Draw(t, "end"), Category: record.Results})
		}
		last := 0
		for _, s := range bodySentences(a) {
			if s.Start < last || s.Start >= s.End || s.End > len(a.Text) {
				t.Fatalf("sentence %d–%d after byte %d of %d", s.Start, s.End, last, len(a.Text))
			}
			last = s.End
			if q := quoteRange(a.Text, s.Token, s.Start); q.Start < s.Start || q.End > s.End || q.Start >= q.End {
				t.Fatalf("quote %v of sentence %v", q, s.Token)
			}
		}
	})
}

func TestALongSentenceIsQuotedInWholeWordsAroundItsTerm(t *testing.T) {
	text := strings.Repeat("näher ", 300) + "training " + strings.Repeat("später ", 300)
	s := appendSentence(nil, text, 0, len(text), "")[0]
	at := strings.Index(text, "training")
	q := quoteRange(text, s.Token, at)
	assert.LessOrEqual(t, q.End-q.Start, longestQuote)
	assert.Contains(t, q.Of(text), "training")
	assert.True(t, strings.HasPrefix(q.Of(text), "näher ") && strings.HasSuffix(q.Of(text), " später"))
}
