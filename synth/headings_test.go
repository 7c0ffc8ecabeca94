package synth

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

func TestALabelWithoutColonIsNoPartOfItsSentence(t *testing.T) {
	for _, c := range [][3]string{ // sentence, label, what is left
		{"Conclusions Peer support is feasible.", "Conclusions", "Peer support is feasible."},
		{"METHODS We asked 20 nurses.", "METHODS", "We asked 20 nurses."},
		{"PARTICIPANTS 236 carers took part.", "PARTICIPANTS", "236 carers took part."},
		{"Interpretation - The harm is small.", "Interpretation", "The harm is small."},
		{"Methods and Results— We asked nurses.", "Methods and Results", "We asked nurses."},
		{"Design, Setting, and Participants The study was a trial.", "Design, Setting, and Participants", "The study was a trial."},
		{"Methods/design Three wards took part.", "Methods/design", "Three wards took part."},
		{"CONCLUSIONS—Web-based pay is low.", "CONCLUSIONS", "Web-based pay is low."},
		{"RESEARCH DESIGN AND METHODS—We asked nurses.", "RESEARCH DESIGN AND METHODS", "We asked nurses."},
		{"MAIN RESULTS Pay was low.", "MAIN RESULTS", "Pay was low."},
		{"MEASUREMENTS AND MAIN RESULTS Pay was low.", "MEASUREMENTS AND MAIN RESULTS", "Pay was low."},
		{"RESULTS BMI fell.", "RESULTS", "BMI fell."},
		{"ConclusionsPeer support is feasible.", "Conclusions", "Peer support is feasible."},
		// no labels
		{"Results were mixed.", "", ""},
		{"Results: Pay was low.", "", ""},
		{"RESULTS AND DISCUSSION", "", ""},
		{"Peer support is feasible.", "", ""},
		{"results Pay was low.", "", ""},
		{"Study design (73%) was stated.", "", ""},
		{"Purpose of the Study Meniscectomy is frequent.", "", ""},
		{"Methods", "", ""},
		{"DataShield was used.", "", ""},
		{"McDonald was asked.", "", ""},
		{"", "", ""},
	} {
		label, body := unmarkedHeading(c[0])
		if c[2] == "" {
			assert.Zero(t, body, "%s: %q", c[0], label)
			continue
		}
		assert.Equal(t, c[1], label, c[0])
		assert.Equal(t, c[2], c[0][body:])
	}
}

func TestAnAbstractWithLabelsWithoutColonsHasItsSections(t *testing.T) {
	text := "Background Pay differs. Methods We asked nurses. All of them answered. Conclusions Pay was low."
	type part struct {
		section record.Category
		text    string
	}
	parts := func(text string) (out []part) {
		for _, s := range bodySentences(record.Abstract{Text: text}) {
			out = append(out, part{s.section, s.Of(text)})
		}
		return out
	}
	assert.Equal(t, []part{
		{record.Background, "Pay differs."}, {record.Methods, "We asked nurses."}, {record.Methods, "All of them answered."}, {record.Conclusions, "Pay was low."},
	}, parts(text))
	assert.Equal(t, []part{{record.Methods, "We asked nurses."}, {record.Results, "All of them answered."}, {record.Conclusions, "Pay was low."}},
		parts("MethodsWe asked nurses.ResultsAll of them answered.ConclusionsPay was low."))
	assert.Equal(t, []part{{"", "Pay differs."}, {record.Conclusions, "Pay was low."}}, parts("Pay differs. Conclusions Pay was low."))
	assert.Equal(t, []part{{record.Objective, "To ask nurses of pay."}, {"", "They were forty."}}, parts("Purpose To ask nurses of pay. They were forty."))
	once := "Pay differs. Patients Association members were asked. Pay was low."
	assert.Equal(t, []part{{"", "Pay differs."}, {"", "Patients Association members were asked."}, {"", "Pay was low."}}, parts(once), "one label may be a word")
	assert.Equal(t, []part{{record.Objective, "To ask nurses of pay."}, {"", "They were forty."}, {record.Objective, "To ask them again."}, {"", "They were ten."}},
		parts("Purpose To ask nurses of pay. They were forty. Purpose To ask them again. They were ten."), "a label that comes again")
	assert.Equal(t, []part{{record.Objective, "Pay differs."}, {record.Methods, "We asked nurses."}, {record.Methods, "Two wards took part."}},
		parts("Objective Pay differs. Design We asked nurses. Setting Two wards took part."), "an abstract cut short")
	assert.Equal(t, []part{{record.Methods, "All nurses of two wards."}, {record.Methods, "Their pay was counted."}},
		parts("Subjects All nurses of two wards. Main outcome measures Their pay was counted."), "a label that is more than one word")
	for _, words := range []string{
		"Objective Structured Clinical Examinations were used. Methods Matter is a book.",
		"Participants Received drugs. Design Thinking helped nurses.",
	} {
		for _, p := range parts(words) {
			assert.Empty(t, p.section, p.text)
			assert.Contains(t, []string{"O", "M", "P", "D"}, p.text[:1], "nothing is cut off")
		}
	}
}

func TestANoticeOfCopyrightIsNoSentenceOfAnAbstract(t *testing.T) {
	text := "Pay was low. (Example Database Record (c) 2019 Example Association, all rights reserved)"
	sentences := bodySentences(record.Abstract{Text: text})
	assert.Len(t, sentences, 1)
	assert.Equal(t, "Pay was low.", sentences[0].Of(text))
}

func TestCuttingLabelsKeepsToTheSentence(t *testing.T) {
	words := rapid.SampledFrom([]string{"Methods", "METHODS", "and", "Results", "Pay", "was", "low.", "20", "-", "—", "", "Ärzte", "Design,", "/", "\xff"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, w := range rapid.SliceOfN(words, 0, 12).Draw(t, "words") {
			text += w + " "
		}
		label, body := unmarkedHeading(text)
		if body > len(text) || body > 0 && len(label) >= body || body == 0 && label != "" {
			t.Fatalf("%q: label %q, body at %d", text, label, body)
		}
		last := 0
		for _, s := range bodySentences(record.Abstract{Text: text}) {
			if s.Start < last || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("%q: sentence %d–%d after %d", text, s.Start, s.End, last)
			}
			last = s.End
		}
	})
}
