package token_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/suite"
	"github.com/evidence-go/evidence/internal/token"
)

func Example() {
	text := "METHODS: Patients (n = 20) were randomised. Pain fell (P < .05)."
	for _, s := range token.Sentences(text) {
		fmt.Println(s.Of(text))
		var stems []string
		for _, w := range token.Words(s.Of(text)) {
			if word := strings.ToLower(w.Of(s.Of(text))); !token.Stop(word) {
				stems = append(stems, token.Stem(word))
			}
		}
		fmt.Println(stems)
	}
	// Output:
	// METHODS: Patients (n = 20) were randomised.
	// [method patient n 20 randomis]
	// Pain fell (P < .05).
	// [pain fell p .05]
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		" – ":                        "",
		"COVID-19 in people's homes": "COVID|19|in|people's|homes",
		"the patients’ and o’clock":  "the|patients|and|o’clock",
		"P=0.05, P<.05, 0·05":        "P|0.05|P|.05|0·05",
		"12,345 of 1,2 and 1,23":     "12,345|of|1|2|and|1|23",
		"v1.2.3. End":                "v1.2.3|End",
		"TNF-α e\u0301tude":          "TNF|α|e\u0301tude",
		"1...5 and a.5":              "1|5|and|a|5",
		"'quoted' 5' rock'n'roll":    "quoted|5|rock'n'roll",
		"bad \xff byte":              "bad|byte",
		"50% (95% CI 1.2–3.4; n=12)": "50|95|CI|1.2|3.4|n|12",
	} {
		var got []string
		for _, w := range token.Words(text) {
			got = append(got, w.Of(text))
		}
		assert.Equal(t, want, strings.Join(got, "|"), "%q", text)
	}
	assert.Nil(t, token.Words(" – "))
}

// The pairs are from the sample vocabulary published with the algorithm and
// from the examples in its definition.
func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"consign": "consign", "consigned": "consign", "consigning": "consign", "consignment": "consign",
		"consist": "consist", "consisted": "consist", "consistency": "consist", "consistent": "consist", "consistently": "consist", "consisting": "consist", "consists": "consist",
		"consolation": "consol", "consolations": "consol", "consolatory": "consolatori", "console": "consol", "consoled": "consol", "consoles": "consol",
		"consolidate": "consolid", "consolidated": "consolid", "consolidating": "consolid", "consoling": "consol", "consolingly": "consol", "consols": "consol",
		"consonant": "conson", "consort": "consort", "consorted": "consort", "consorting": "consort",
		"conspicuous": "conspicu", "conspicuously": "conspicu", "conspiracy": "conspiraci", "conspirator": "conspir", "conspire": "conspir",
		"constable": "constabl", "constancy": "constanc", "constant": "constant",
		"knack": "knack", "knackeries": "knackeri", "knacks": "knack", "knag": "knag", "knave": "knave", "knaves": "knave", "knavish": "knavish",
		"kneaded": "knead", "kneading": "knead", "knee": "knee", "kneel": "kneel", "kneeled": "kneel", "kneels": "kneel", "knees": "knee",
		"knell": "knell", "knelt": "knelt", "knew": "knew", "knick": "knick", "knif": "knif", "knife": "knife", "knight": "knight",
		"knightly": "knight", "knights": "knight", "knit": "knit", "knits": "knit", "knitted": "knit", "knitting": "knit", "knives": "knive",
		"knob": "knob", "knobs": "knob", "knock": "knock", "knocked": "knock", "knocker": "knocker", "knockers": "knocker", "knocking": "knock",
		"ties": "tie", "cries": "cri", "gas": "gas", "this": "this", "gaps": "gap", "kiwis": "kiwi",
		"luxuriated": "luxuri", "hopped": "hop", "hoped": "hope", "hoping": "hope", "by": "by", "say": "say", "cry": "cri",
		"skis": "ski", "skies": "sky", "dying": "die", "news": "news", "innings": "inning", "inning": "inning", "proceed": "proceed", "exceeds": "exceed",
		"bias": "bias", "only": "onli", "early": "earli", "ugly": "ugli",
		"generate": "generat", "generates": "generat", "general": "general", "generally": "general", "generic": "generic",
		"communism": "communism", "community": "communiti", "arsenic": "arsenic",
		"beautiful": "beauti", "beauty": "beauti", "happy": "happi", "happiness": "happi", "relational": "relat", "conditional": "condit",
		"sensibility": "sensibl", "sensibly": "sensibl", "vietnamization": "vietnam", "hopefulness": "hope", "callousness": "callous",
		"formalize": "formal", "electricity": "electr", "electrical": "electr", "goodness": "good", "adoption": "adopt",
		"replacement": "replac", "adjustment": "adjust", "dependent": "depend", "triplicate": "triplic", "rate": "rate", "cease": "ceas",
		"controll": "control", "roll": "roll", "feed": "feed", "agreed": "agre", "rolled": "roll", "fizzed": "fizz", "filing": "file",
		"randomised": "randomis", "randomized": "random", "trials": "trial", "patients": "patient", "studies": "studi", "analyses": "analys",
		"people's": "peopl", "people’s": "peopl", "'tis": "tis", "patients'": "patient", "Youth": "youth", "boyish": "boyish",
		"a": "a", "is": "is", "": "", "α": "α", "étude": "étude",
	} {
		assert.Equal(t, want, token.Stem(word), word)
	}
}

func TestStop(t *testing.T) {
	for _, w := range []string{"the", "of", "were", "don't", "not"} {
		assert.True(t, token.Stop(w), w)
	}
	for _, w := range []string{"", "trial", "patients", "no2", "The"} {
		assert.False(t, token.Stop(w), w)
	}
}

// In each text a bar stands where one sentence ends and the next begins.
func TestSentences(t *testing.T) {
	for _, c := range []struct{ fact, text string }{
		{"a text of one", "Sleep matters."},
		{"point, question, exclamation", "Does it work? | It does! | We think so."},
		{"no point at the end", "It works. | Really so"},
		{"et al. goes on", "Smith et al. Lancet 2003 found less."},
		{"et al. ends before the beginning of another", "As found by Smith et al. | The trial was small."},
		{"e.g. and i.e. go on", "Drugs (e.g. Aspirin, i.e. ASA) vs. Placebo were tried."},
		{"figures and numbers", "See Fig. 2 and No. 5 and Vol. 3. | Then stop."},
		{"no. before a word is a word", "The answer was no. | We went on."},
		{"titles and saints", "Dr. Smith of St. George's was approx. 40."},
		{"initials", "We thank J. R. Smith and E. Coli."},
		{"genus", "Growth of E. coli and S. Typhimurium was slow."},
		{"a lettered thing may end", "They took vitamin C. | Patients in group B. | All did."},
		{"decimals and P values", "It fell by 0.5 (P<.05). | The rest did not, P = .03. | Mortality was 3.2%."},
		{"a decimal torn apart", "It was less (P < 0. 05) here."},
		{"an ellipsis goes on in small letters", "It was ... so. | Or was it… | Yes."},
		{"quotes and brackets after the point", "He said “stop.” | (We did not.) | Then \"he went.\" | So it was."},
		{"references after the point", "It works.[1,2] | It does. [3–5] | Yes."},
		{"a name in small letters", "We looked. | mRNA rose. | pH fell. | α-Tocopherol did not."},
		{"a number begins", "It was done. | 45 patients came. | ≥50 stayed. | (1) First."},
		{"a small letter does not", "This is approx. right in U.S. hospitals and i.v. lines."},
		{"dotted letters before the beginning of another", "It was done in the U.S. | The trial ended."},
		{"heading in capitals within the line", "BACKGROUND AND AIMS: Sleep matters | METHODS: We slept | MAIN OUTCOME MEASURES: Sleep."},
		{"heading after a sentence", "Background: Sleep. | Methods: We slept. | RESULTS: Good."},
		{"item numbers", "1. Sleep well. | 2. Eat well."},
		{"items within a sentence", "We did: (1) sleep; (2) eat."},
		{"no blank after the point", "We compared the groups.|Methods were sound. | See www.Example.org or a@mail.Example.org now."},
		{"no blank before nor behind a heading", "We compared the groups.|ConclusionsTelephone calls were few. | See the site.McDonald was there."},
		{"versions and addresses", "We used R v3.4.1 (www.r-project.org) here."},
		{"other scripts", "睡眠很重要。|我们睡了。|好。"},
	} {
		want := strings.Split(c.text, "|")
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		text := strings.ReplaceAll(strings.ReplaceAll(c.text, "| ", ""), "|", "")
		assert.Equal(t, want, cut(text), c.fact)
	}
	assert.Nil(t, token.Sentences(" \n "))
}

func TestSentencesOverLines(t *testing.T) {
	for _, c := range []struct {
		fact, text string
		want       []string
	}{
		{"a wrapped line goes on", "Sleep is\nimportant to the\nUnited States.", []string{"Sleep is\nimportant to the\nUnited States."}},
		{"a blank line parts", "Sleep\n\nPain", []string{"Sleep", "Pain"}},
		{"so with carriage returns", "Sleep\r\n\r\nPain\rand", []string{"Sleep", "Pain\rand"}},
		{"a heading alone on its line", "Background\nSleep is good.\nMethods\nWe slept.", []string{"Background", "Sleep is good.", "Methods", "We slept."}},
		{"a heading with a colon belongs to what follows", "METHODS:\nWe slept.", []string{"METHODS:\nWe slept."}},
		{"a heading in capitals begins one", "of care\nMETHODS: We slept", []string{"of care", "METHODS: We slept"}},
		{"bullets", "We did:\n• sleep\n• eat\n- rest", []string{"We did:", "• sleep", "• eat", "- rest"}},
		{"numbers", "Aims\n1. sleep\n2. eat", []string{"Aims", "1. sleep", "2. eat"}},
	} {
		assert.Equal(t, c.want, cut(c.text), c.fact)
	}
}

func cut(text string) []string {
	var out []string
	for _, s := range token.Sentences(text) {
		out = append(out, s.Of(text))
	}
	return out
}

func checkRanges(t require.TestingT, text string) {
	end := 0
	for _, s := range token.Sentences(text) {
		require.True(t, end <= s.Start && s.Start < s.End && s.End <= len(text))
		require.Empty(t, strings.TrimSpace(text[end:s.Start]), "nothing is left out")
		require.Equal(t, strings.TrimFunc(s.Of(text), unicode.IsSpace), s.Of(text))
		end = s.End
	}
	require.Empty(t, strings.TrimSpace(text[end:]))
	end = 0
	for _, w := range token.Words(text) {
		require.True(t, end <= w.Start && w.Start < w.End && w.End <= len(text))
		end = w.End
		token.Stem(w.Of(text))
	}
}

func FuzzSentences(f *testing.F) {
	f.Add("METHODS: A. B.[1] (c. D) e.g. 0. 5 .05 … \"X.\" Y?\n\n• z\r\n1. q。w")
	f.Add("a.\xff. \u2028 ‽”")
	f.Fuzz(func(t *testing.T, text string) { checkRanges(t, text) })
}

// Were any rule to look back or ahead without end, a file of these would
// take minutes rather than milliseconds.
func TestTextMadeToBeSlowIsCutInOnePass(t *testing.T) {
	for _, unit := range []string{"a.", "a\n", "@aaa.Aaa", "1. ", ".[", "A", "A: ", ". ", ".\"", "METHODS ", "e.g. ", "\n- ", "。", "aaa.Aaa", ".   "} {
		text := strings.Repeat(unit, 1<<18/len(unit))
		checkRanges(t, text)
		checkRanges(t, strings.Repeat(" ", 1<<18)+text)
	}
}

// Abstracts whose sentences people have told apart are joined with blanks and
// cut again.
func TestSentencesOfRealAbstracts(t *testing.T) {
	const least = 0.985
	abstracts := readAbstracts(t, suite.Data(t, "synth", "roles", "pmcrct.dev.tsv"))
	right, given, gold := 0, 0, 0
	for _, sentences := range abstracts {
		text := strings.Join(sentences, " ")
		ends := map[int]bool{}
		pos := 0
		for _, s := range sentences[:len(sentences)-1] {
			pos += len(s)
			ends[pos] = true
			pos++
		}
		gold += len(ends)
		for _, s := range token.Sentences(text) {
			if s.End < len(text) {
				given++
				if ends[s.End] {
					right++
				}
			}
		}
	}
	precision, recall := float64(right)/float64(given), float64(right)/float64(gold)
	t.Logf("sentence boundaries: precision %.4f, recall %.4f, of %d", precision, recall, gold)
	assert.GreaterOrEqual(t, precision, least)
	assert.GreaterOrEqual(t, recall, least)
}

// readAbstracts reads lines of document, number, label and sentence.
func readAbstracts(t *testing.T, path string) [][]string {
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	var out [][]string
	last := ""
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		column := strings.SplitN(line, "\t", 4)
		require.Len(t, column, 4)
		if column[0] != last {
			out, last = append(out, nil), column[0]
		}
		out[len(out)-1] = append(out[len(out)-1], strings.TrimSpace(column[3]))
	}
	return out
}

var abstract = strings.Repeat("BACKGROUND: Sleep matters (Smith et al. 2003). We randomised 1,234 patients to exercise vs. usual care, P < .05. ", 20)

func BenchmarkSentences(b *testing.B) {
	b.SetBytes(int64(len(abstract)))
	b.ReportAllocs()
	for b.Loop() {
		token.Sentences(abstract)
	}
}

func BenchmarkWords(b *testing.B) {
	b.SetBytes(int64(len(abstract)))
	b.ReportAllocs()
	for b.Loop() {
		token.Words(abstract)
	}
}

func BenchmarkStem(b *testing.B) {
	words := strings.Fields("randomised controlled trials of exercise interventions improving sleep quality consistently")
	n := 0
	for _, w := range words {
		n += len(w)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			token.Stem(w)
		}
	}
}
