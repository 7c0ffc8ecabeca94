package grounding_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/grounding"
)

// pay is what may be said of a theme with three of six records.
func pay(quotes ...string) grounding.Evidence {
	ev := grounding.Evidence{
		Theme:  "Pay. What peer workers earn.",
		Claims: []grounding.Claim{{Count: 3, Of: 6, Records: 3, First: 2009, Last: 2016}, {Label: "qualitative study", Count: 2, Of: 3, Records: 2, First: 2009, Last: 2012}},
		Whole:  grounding.Tally{Records: 3, Studies: 3},
		Quotes: quotes,
		Sources: []grounding.Source{{
			Texts:   append([]string{"Wages in two teams"}, quotes...),
			Authors: []string{"Doe", "van der Berg"}, Year: 2009, Names: []string{"doe2009", "r1-abc123", "10.5555/pay.1"},
		}},
		Numbers: []int{1},
		Cited:   grounding.Tally{Records: 1, Studies: 1},
	}
	return ev
}

// reasons writes the different reasons of the faults down, "" for none.
func reasons(faults []grounding.Fault) string {
	var out []string
	for _, f := range faults {
		if !slices.Contains(out, string(f.Reason)) {
			out = append(out, string(f.Reason))
		}
	}
	return strings.Join(out, " ")
}

func TestWhatFollowsAndWhatDoesNot(t *testing.T) {
	const low = "Peer support workers reported low pay and few hours."
	const trial = "In 40 nurses over six months there was no significant difference in pay (12 %, P < .05), and training reduced errors."
	for _, c := range []struct{ quote, sentence, want string }{
		// "not" behind "no"
		{"No difference in pay was found between the two teams.", "No difference in pay was not found between the two teams.", "finding"},
		{"Neither pay nor hours were linked with leaving the team.", "Neither pay nor hours weren't linked with leaving the team.", "finding"},
		{"No team that did not pay was asked about leaving the work.", "No team that did not pay was asked about leaving.", ""},
		{"There is no doubt that pay did not change in the two teams.", "There is no doubt that pay did not change in the teams.", ""},
		{"Pay did not change in the two teams of the hospital.", "There is no doubt that pay did not change in the teams.", ""},
		// quotations
		{low, "They reported “low pay and few hours”.", ""},
		{low, `They reported "low pay" and 'few hours'.`, ""},
		{low, "They reported “low  pay\u00a0and few hours,” it says.", ""},
		{low, "They reported “fair pay”.", "not-quoted"},
		{low, "They reported «fair pay».", "not-quoted"},
		{low, "They reported ‘fair pay’.", "not-quoted"},
		{low, "They reported 'fair pay'.", "not-quoted"},
		{low, "They reported „fair pay“.", "not-quoted"},
		{low, "They reported ``fair pay''.", "not-quoted"},
		{low, "They reported `fair pay`.", "not-quoted"},
		{low, "They reported 「fair pay」.", "not-quoted"},
		{low, "They reported “Low Pay”.", "not-quoted"},
		{low, "They reported “low pay … few hours”.", "not-quoted"},
		{low, "They reported “ow pay”.", "not-quoted"},
		{low, "They reported “low pay and few hours", "not-quoted"},
		{low, "They reported low pay” and few hours.", "not-quoted"},
		{low, "They reported “” low pay.", "not-quoted"},
		{low, "The workers' pay and the nurses' hours were low.", ""},
		{"It was a nonsignificant difference.", "There was a “significant difference”.", "not-quoted finding"},
		{"It was a non-significant difference.", "There was a “significant difference”.", "not-quoted finding"},
		// names
		{low, "Doe (2009) reported low pay.", ""},
		{low, "Doe et al., 2009, reported low pay.", ""},
		{low, "Doe and van der Berg 2009 reported low pay.", ""},
		{low, "As in Doe's 2009 report, pay was low.", ""},
		{low, "Roe (2009) reported low pay.", "name"},
		{low, "Doe (2010) reported low pay.", "name"},
		{low, "Roe et al. reported low pay.", "name"},
		{low, "Roe and colleagues reported low pay.", "name"},
		{low, "Doe and Roe 2009 reported low pay.", "name"},
		{low, "Pay was low [1].", ""},
		{low, "Pay was low [2].", "name"},
		{low, "Pay was low [1–3].", "name"},
		{low, "Pay was low [@doe2009].", ""},
		{low, "Pay was low [@roe2010].", "name"},
		{low, "Pay was low (10.5555/pay.1).", ""},
		{low, "Pay was low (10.5555/pay.2).", "name"},
		{low, "Pay was low, see https://example.org/pay.", "name"},
		{low, "Pay was low (r1-abc123).", ""},
		{low, "Pay was low (r1-def456).", "number"},
		{low, "In 2009 pay was low.", ""},
		{low, "In March 2009 pay was low.", ""},
		{low, "In 2010 pay was low.", "number"},
		// numbers of records
		{low, "3 of 6 records speak of pay (2009–2016).", ""},
		{low, "Three of the six records speak of pay.", ""},
		{low, "Half of the records speak of pay.", ""},
		{low, "50 % of records speak of pay.", ""},
		{low, "Of the 6 records, 3 records speak of pay.", ""},
		{low, "At least two records speak of pay.", ""},
		{low, "Most of the records are qualitative.", ""},
		{low, "67 % of the records are qualitative.", ""},
		{low, "Two thirds of these records are qualitative.", ""},
		{low, "3 of 6 records (50 %) speak of pay.", ""},
		{low, "3 of 6 records (60 %) speak of pay.", "number"},
		{low, "Pay (50 %) was low in 3 of 6 records.", "number"},
		{low, "Two qualitative studies speak of pay.", ""},
		{low, "Three qualitative studies speak of pay.", "number"},
		{low, "Two qualitative interviews speak of pay.", "number"},
		{"It hangs on a single person.", "It hangs on one person.", ""},
		{"It hangs on a single person.", "It hangs on one team.", "number"},
		{"Someone other than the hospital pays.", "The hospital pays.", "finding"},
		{low, "6 records speak of pay.", "number"},
		{low, "Three in four records speak of pay.", "number"},
		{low, "One in two records speaks of pay.", ""},
		{low, "Fewer than three records speak of pay.", "number"},
		{low, "At most two records speak of pay.", "number"},
		{low, "Fewer than four records speak of pay.", ""},
		{low, "Few records speak of pay.", ""},
		{low, "A minority of records speak of pay.", "number"},
		{low, "Fewer than one in two records speaks of pay.", "number"},
		{low, "More than one in three records speaks of pay.", ""},
		{"They had 'low pay' and said so.", "They had “low pay”.", ""},
		{"They had both pay and hours.", "Pay was both low and late.", ""},
		{"In all 71% found pay hard.", "71% said that pay was hard.", ""},
		{"In all 71% found pay hard.", "71% of workers found pay hard.", "number"},
		{"Those paid without delay reported less pay.", "Those paid without delay reported more pay.", "finding"},
		{low, "Every other record speaks of pay.", "number"},
		{low, "Records unanimously speak of pay.", "number"},
		{low, "Low pay halved the hours.", "number"},
		{low, "4 of 6 records speak of pay.", "number"},
		{low, "3 of 7 records speak of pay.", "number"},
		{low, "Most records speak of pay.", "number"},
		{low, "All records speak of pay.", "number"},
		{low, "No record speaks of pay.", "number finding"},
		{low, "None of the records speaks of pay.", "number finding"},
		{low, "67 % of records speak of pay.", "number"},
		{low, "Two thirds of the records speak of pay.", "number"},
		{low, "More than half of the records speak of pay.", "number"},
		{low, "Dozens of records speak of pay.", "number"},
		{low, "Many records speak of pay.", "number"},
		{low, "Several records speak of pay.", ""},
		{low, "3 of 6 studies speak of pay.", "number"},
		{low, "3 nurses speak of pay.", "number"},
		{low, "Pay was low between 2009 and 2016.", ""},
		{low, "Pay was low between 2009 and 2015.", "number"},
		{low, "One record reported low pay.", ""},
		{low, "Two records reported low pay.", "number"},
		// numbers of the quote
		{trial, "Forty nurses took part.", ""},
		{trial, "40 patients took part.", "number unsupported"},
		{trial, "41 nurses took part.", "number"},
		{trial, "More than 40 nurses took part.", "number"},
		{trial, "About 40 nurses took part.", ""},
		{trial, "Nurses were followed for six months.", ""},
		{trial, "Nurses were followed for six weeks.", "number"},
		{trial, "Pay was compared after 12 months.", "number"},
		{trial, "All nurses took part.", "number"},
		{trial, "Most nurses took part.", "number"},
		{trial, "Nurses took part twice.", "number"},
		{trial, "Pay was ½.", "number"},
		{trial, "Pay was p53 there.", "number"},
		// medicines
		{"Atenolol lowered pressure.", "Atenolol lowered pressure.", ""},
		{"Atenolol lowered pressure.", "Bisoprolol lowered pressure.", "unsupported"},
		{"Atenolol lowered pressure.", "Nifedipine and atenolol lowered pressure.", "unsupported"},
		{"A statin lowered pressure.", "Statins lowered pressure.", ""},
		{"Pressure was lowered in magazines.", "Pressure was lowered in mongrels and in April.", ""},
		// more denials than there are
		{"No difference was found.", "No difference was not found.", "finding"},
		{"Pay was poor and without limit.", "Pay was not poor and without limit.", "finding"},
		{"No difference was found, and pay did not rise.", "Pay did not rise.", ""},
		{"Pay was unequal.", "Pay was not equal.", ""},
		{"Pay rose in wards only.", "Pay rose in wards, not elsewhere.", ""},
		// findings
		{trial, "There was no significant difference in pay.", ""},
		{trial, "Pay did not differ significantly.", ""},
		{trial, "Pay differed significantly.", "finding"},
		{trial, "There was a significant difference in pay.", "finding"},
		{trial, "A “significant difference in pay” was seen.", "finding"},
		{trial, "Training increased errors.", "finding"},
		{trial, "Training did not reduce errors.", "finding"},
		{trial, "Pay was similar between groups.", ""},
		{low, "Workers did not report low pay.", "finding"},
		{low, "It is not true that “low pay” was reported.", "finding"},
		{low, "Pay was significantly low.", "finding"},
		{low, "Pay was high.", "finding"},
		{"The training was effective.", "The training was ineffective.", "finding"},
		{"Training was effective for inpatients.", "Training was effective for patients.", ""},
		{"The training was ineffective.", "The training was effective.", "finding"},
		{"Recipients had larger networks.", "Recipients had smaller networks.", "finding"},
		{"Recipients did not have larger networks.", "Recipients had larger networks.", "finding"},
		{"Nurses lacked training.", "Nurses had training.", "finding"},
		{"Differences were not found.", "No differences were found.", ""},
		{low, "“9” of “9” records speak of pay.", "not-quoted number"},
		{trial, "“40” of “40” records speak of pay.", "number"},
		{low, "A single record reports low pay.", "number"},
		{low, "A handful of records report low pay.", ""},
		{low, "A single session changed pay.", "number"},
		{low, "They had 《fair pay》.", "not-quoted"},
		{low, "“Smith” (2009) reports low pay.", "not-quoted name"},
		// support
		{low, "Nurses were angry about colleagues.", "unsupported"},
		{low, "Workers were underpaid, pay being low.", ""},
		// shape
		{low, "Pay was low.\nPay was high.", "not-plain-text"},
		{low, "Pay was l\u200bow.", "not-plain-text"},
		{low, "Pay was \u202ewol.", "not-plain-text"},
		{low, "Pay wаs low.", "not-plain-text"}, // a Cyrillic letter
		{low, "Pay was low\x00.", "not-plain-text"},
		{low, "Pay was low \xff.", "not-plain-text"},
		{low, "…", "not-plain-text"},
		{low, "", "not-plain-text"},
		{low, strings.Repeat("Pay was low. ", 100), "not-plain-text"},
		{low, "Pay of IFNγ was low.", ""},
	} {
		assert.Equal(t, c.want, reasons(grounding.Check(c.sentence, pay(c.quote))), "%q of %q: %v", c.sentence, c.quote, grounding.Check(c.sentence, pay(c.quote)))
	}
}

func TestWhereStudiesAreCountedTheyAreNotRecords(t *testing.T) {
	ev := pay("Pay was low.")
	ev.Studies = true
	ev.Claims = []grounding.Claim{{Count: 2, Of: 5, Records: 3, First: 2009, Last: 2016}}
	ev.Whole = grounding.Tally{Records: 3, Studies: 2}
	for sentence, want := range map[string]string{
		"2 of 5 studies speak of pay.":           "",
		"3 records of 2 studies speak of pay.":   "",
		"3 of 5 studies speak of pay.":           "number",
		"2 of 5 records speak of pay.":           "number",
		"Two studies speak of pay.":              "",
		"The minority of studies speaks of pay.": "",
	} {
		assert.Equal(t, want, reasons(grounding.Check(sentence, ev)), "%q: %v", sentence, grounding.Check(sentence, ev))
	}
}

// Of all counts only the true ones pass.
func TestOfAllCountsOnlyTheTrueOnesPass(t *testing.T) {
	words := []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	passes := func(format string, args ...any) bool {
		return len(grounding.Check(fmt.Sprintf(format, args...), pay("Pay was low."))) == 0
	}
	for n := range 13 {
		for of := 1; of < 13; of++ {
			// One record is cited, of the theme's three and of six in all.
			want := n == 3 && of == 6 || n == 1 && (of == 3 || of == 6)
			assert.Equal(t, want, passes("%d of %d records speak of low pay.", n, of), "%d of %d", n, of)
			if of > 1 { // "one of the one" is no number of anything
				assert.Equal(t, want, passes("Low pay: %s of the %s records.", words[n], words[of]), "%d of %d in words", n, of)
			}
		}
		assert.Equal(t, n == 3 || n == 1, passes("%d records speak of low pay.", n), n)
		assert.False(t, passes("%d studies speak of low pay.", n), n)
		assert.False(t, passes("%d nurses have low pay.", n), n)
	}
	for percent := range 101 {
		want := percent == 50 || percent == 33 || percent == 17
		assert.Equal(t, want, passes("%d %% of records speak of low pay.", percent), percent)
	}
	for year := 1990; year < 2030; year++ {
		assert.Equal(t, year == 2009 || year == 2016, passes("In %d pay was low.", year), year)
	}
}

// A quotation passes if and only if its words stand in the record as they are.
func TestAQuotationPassesIfItsWordsStandThere(t *testing.T) {
	word := rapid.SampledFrom([]string{"pay", "was", "low", "Low", "in", "two", "teams", "non-low", "lows", "pay,", "’s"})
	list := func(t *rapid.T, name string, least int) string {
		return strings.Join(rapid.SliceOfN(word, least, 6).Draw(t, name), " ")
	}
	marks := [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"„", "“"}, {"‘", "’"}}
	rapid.Check(t, func(t *rapid.T) {
		text, quoted := list(t, "text", 1), list(t, "quoted", 1)
		if rapid.Bool().Draw(t, "from the text") {
			words := strings.Fields(text)
			from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
			quoted = strings.Join(words[from:rapid.IntRange(from+1, len(words)).Draw(t, "to")], "  ")
		}
		mark := marks[rapid.IntRange(0, len(marks)-1).Draw(t, "marks")]
		if mark[0] == "‘" && strings.Contains(quoted, "’s") || strings.HasPrefix(quoted, "’s") {
			t.Skip("an apostrophe that stands alone")
		}
		sentence := "They wrote " + mark[0] + quoted + mark[1]
		got, ev := true, pay(text)
		ev.Sources[0].Texts = []string{text}
		for _, f := range grounding.Check(sentence, ev) {
			got = got && f.Reason != grounding.Quotation
		}
		plain := func(s string) string { return " " + strings.Join(strings.Fields(s), " ") + " " }
		want := strings.Contains(plain(text), plain(quoted)) || strings.Contains(plain(text), strings.TrimSuffix(plain(quoted), ", ")+" ") ||
			strings.Contains(strings.ReplaceAll(plain(text), ", ", " , "), plain(quoted)) || strings.Contains(strings.ReplaceAll(plain(text), ", ", " , "), strings.TrimSuffix(plain(quoted), ", ")+" ")
		require.Equal(t, want, got, "%q in %q", quoted, text)
	})
}

// A sentence that is its quote, between marks, is never refused for what it says.
func TestAQuoteInMarksIsAlwaysGrounded(t *testing.T) {
	word := rapid.SampledFrom([]string{"pay", "no", "significant", "12", "%", "half", "of", "all", "nurses", "more", "lower", "twelve", "not", "Doe", "2010", "COVID-19", "every", "–", "workers'", "(n=4)"})
	rapid.Check(t, func(t *rapid.T) {
		quote := "Pay " + strings.Join(rapid.SliceOfN(word, 1, 12).Draw(t, "words"), " ")
		require.Empty(t, grounding.Check("“"+quote+"”", pay(quote)), quote)
	})
}

func TestFaultsLieInTheSentence(t *testing.T) {
	piece := rapid.SampledFrom([]string{"“", "”", "'", "\"", "12", " ", "not ", "Roe ", "2010", "[3]", "@x", "10.1/2", "http:", "half ", "most ", "records", "significant ", "é", "low", "higher ", ",", "al", "et "})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 14).Draw(t, "pieces"), "")
		for _, f := range grounding.Check(text, pay("Pay was low, in 12 records of Roe.")) {
			require.True(t, 0 <= f.Start && f.Start <= f.End && f.End <= len(text), "%q: %+v", text, f)
			require.NotEmpty(t, f.What)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("3 of 6 records “speak” of pay (Doe et al., 2009) [1].", "Pay was low.")
	f.Add("No «significant» 'difference' @x 10.5555/1 http://a twice ½", "no significant difference")
	f.Fuzz(func(_ *testing.T, sentence, quote string) { grounding.Check(sentence, pay(quote)) })
}
