package keyphrase_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/keyphrase"
)

// trial is an invented record.
var trial = keyphrase.Text{
	Title: "Peer support workers in acute psychiatric wards: a cluster randomised trial",
	Body: "Background: Peer support workers (PSWs) are employed in many psychiatric wards. It is unclear whether they reduce " +
		"seclusion. Methods: We randomised 24 wards to peer support or usual care. The primary outcome was the rate of seclusion. " +
		"Results: Wards with PSWs had lower rates of seclusion and shorter involuntary stays. Job strain among nursing staff did " +
		"not change. Conclusion: A peer support worker on the ward is associated with less coercion.",
}

// all are the phrases of a text, in the order of their first places.
func all(text keyphrase.Text) (list []string) {
	texts, _ := keyphrase.Looked(text)
	return texts
}

func TestTheBestPhrasesAreWhatATextIsAbout(t *testing.T) {
	var got []string
	for _, p := range keyphrase.Of(trial, 5) {
		got = append(got, p.Text)
	}
	assert.Equal(t, []string{"Peer support workers", "Peer support", "involuntary stays", "psychiatric wards", "acute psychiatric wards"}, got)
}

func TestWhichWordsMakeAPhrase(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nouns and the adjectives before them":          {"Chronic kidney disease in the elderly population.", []string{"Chronic kidney disease", "elderly population"}},
		"function words part phrases":                   {"the quality of sleep and of memory", []string{"quality", "sleep", "memory"}},
		"marks part phrases":                            {"anxiety, sleep disorders (insomnia) and pain", []string{"anxiety", "sleep disorders", "insomnia", "pain"}},
		"a verb after its subject":                      {"We model protein folding", []string{"protein folding"}},
		"the same word as a noun":                       {"a model of protein folding", []string{"model", "protein folding"}},
		"a verb between a noun and an article":          {"Exercise increases the bone density", []string{"Exercise", "bone density"}},
		"a noun in -s":                                  {"increases in bone density", []string{"increases", "bone density"}},
		"a participle that describes":                   {"in nested cohorts", []string{"nested cohorts"}},
		"a participle that says what was done":          {"The wards reduced seclusion", []string{"wards", "seclusion"}},
		"one that says nothing of its noun":             {"the proposed algorithm", []string{"algorithm"}},
		"a name of a technique":                         {"of deep brain imaging in rats", []string{"deep brain imaging", "rats"}},
		"a verb in -ing":                                {"for improving the hand hygiene", []string{"hand hygiene"}},
		"one after a plural":                            {"of nurses caring for infants", []string{"nurses", "infants"}},
		"an adverb":                                     {"a highly sensitive assay", []string{"sensitive assay"}},
		"words that could describe anything stay out":   {"a new important data repository", []string{"data repository"}},
		"numbers stay out at both ends":                 {"of 24 wards in protocol 7", []string{"wards", "protocol"}},
		"but not in the middle":                         {"type 2 diabetes", []string{"type 2 diabetes"}},
		"measures":                                      {"at 20 mm and 5mm depth", []string{"depth"}},
		"words with hyphens stay whole":                 {"three-dimensional cell cultures", []string{"three-dimensional cell cultures"}},
		"function words with hyphens, too":              {"a degree-of-freedom controller", []string{"degree-of-freedom controller"}},
		"and a noun that ends with one":                 {"at long-term follow-up of well-being", []string{"long-term follow-up", "well-being"}},
		"but not a hyphen of nothing but vague words":   {"a well-known enzyme", []string{"enzyme"}},
		"of parts most phrases":                         {"the rate of infection", []string{"rate", "infection"}},
		"but not all":                                   {"health-related quality of life", []string{"health-related quality of life"}},
		"a verb after people":                           {"of people living with dementia", []string{"people", "dementia"}},
		"ages and times":                                {"women of 65-79 years in 10 weeks", []string{"women"}},
		"a possessive":                                  {"Wilson's disease", []string{"Wilson's disease"}},
		"acronyms":                                      {"by MRI of the PTSD ward", []string{"MRI", "PTSD ward"}},
		"single letters are no phrase":                  {"in a group B c", []string{"group"}},
		"but part of one":                               {"vitamin D deficiency", []string{"vitamin D deficiency"}},
		"names before et al.":                           {"as Miller et al. found in mice", []string{"mice"}},
		"Latin shorthand":                               {"in vivo toxicity and a priori knowledge", []string{"toxicity", "knowledge"}},
		"nouns that look like adjectives":               {"in a learning environment of the local hospital", []string{"learning environment", "local hospital"}},
		"the same word twice is two phrases":            {"pain pain pain", []string{"pain"}},
		"what two phrases have in common is one":        {"severe heart failure or chronic heart failure", []string{"severe heart failure", "heart failure", "chronic heart failure"}},
		"but not what is always part of the same":       {"severe heart failure or severe heart failure", []string{"severe heart failure"}},
		"a run of more than eight nouns is no phrase":   {strings.Repeat("ward nurse ", 5), nil},
		"inflected forms are one":                       {"cell culture, cell cultures", []string{"cell culture"}},
		"letters of other alphabets belong to a phrase": {"the β-blocker naïve patients", []string{"β-blocker naïve patients"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, all(keyphrase.Text{Body: c.text})) })
	}
}

func TestEveryPlaceIsThePhrase(t *testing.T) {
	found := keyphrase.Of(trial, 100)
	assert.Equal(t, "Peer support workers", found[0].Text)
	var at []string
	for _, p := range found[0].Places {
		at = append(at, p.Of(trial))
	}
	assert.Equal(t, []string{"Peer support workers", "Peer support workers", "peer support worker"}, at)
	assert.True(t, found[0].Places[0].Title)
	for _, p := range found {
		assert.Equal(t, p.Text, p.Places[0].Of(trial), "the first place is the phrase byte for byte")
	}
}

func TestAPhraseIsFoundInsideALongerOne(t *testing.T) {
	text := keyphrase.Text{Body: "Bone density was measured. Lumbar bone density rose."}
	for _, p := range keyphrase.Of(text, 10) {
		if p.Key == "bone densiti" {
			require.Len(t, p.Places, 2)
			assert.Equal(t, "bone density", p.Places[1].Of(text))
			return
		}
	}
	t.Error("bone density was not found")
}

func TestWhatSaysOnlyHowAStudyWasDoneComesLast(t *testing.T) {
	text := keyphrase.Text{Body: "Odds ratios and confidence intervals were computed. Odds ratios of stroke fell. Confidence intervals were wide."}
	assert.Equal(t, "stroke", keyphrase.Of(text, 1)[0].Text)
}

func TestANoticeOfCopyrightIsNoPartOfTheText(t *testing.T) {
	for _, notice := range []string{"© 2019 Example Publishing House.", "Copyright 2019, Example Publishing House", "(C) 2019 Example Publishing House",
		"(c) 2019 Example Publishing House", "(C) The Example Society 2004.", "Copyright (C) 1999 Example Publishing House.",
		"(Example Database Record (c) 2019 Example House, all rights reserved)"} {
		text := keyphrase.Text{Body: "The trial measured bone density. " + notice}
		assert.Equal(t, []string{"trial", "bone density"}, all(text), notice)
	}
	assert.Contains(t, all(keyphrase.Text{Body: "A survey of librarians. Copyright law was known to few of them, and copyright questions were asked of all the others: " +
		strings.Repeat("they said that they would see to it, and did. ", 10)}), "Copyright law")
	for _, text := range []string{"Librarians were asked. Copyright law was known to few.", "They had (a) time; (b) money. (c) Luck they had not.", "They had money (in dollars (c) 2019)"} {
		assert.Equal(t, text, keyphrase.WithoutNotice(text))
	}
}

func TestTheThirdOfSomeThingsIsNoNoticeOfCopyright(t *testing.T) {
	for _, text := range []string{
		"Groups were (a) placebo (n=40) (b) 5 mg (n=41) (c) 10 mg (n=42). Pain fell in the third group only.",
		"(a) 12 said yes. (b) 14 said no. (c) 20 did not know. Pay was low.",
		"(A) 12 said yes. (B) 14 said no. (C) 20 did not know. Pay was low.",
		"(A) Ward nurses were asked. (B) Their pay was counted. (C) Pay was low.",
		"(a) 900 said yes. (b) 1400 said no. (c) 2000 did not know. Pay was low.",
		"Nurses were asked. (c) 20000 of them answered. Pay was low.",
		"Nurses were asked. (c) 200 of them answered. Pay was low.",
	} {
		assert.Equal(t, text, keyphrase.WithoutNotice(text))
		assert.Equal(t, text+" ", keyphrase.WithoutNotice(text+" (c) 2019 Example House. All rights reserved."), "the notice behind it is one")
	}
}

func TestHeadingsInCapitalsAreNoAcronyms(t *testing.T) {
	text := keyphrase.Text{Body: "OBJECTIVES: To measure coercion with the CES. MAIN OUTCOME MEASURES: Seclusion. CONCLUSIONS: Less."}
	found := keyphrase.Of(text, 3)
	assert.Equal(t, []string{"CES", "coercion", "Seclusion"}, []string{found[0].Text, found[1].Text, found[2].Text})
}

func TestNoPhrasesAreMadeUp(t *testing.T) {
	for name, text := range map[string]keyphrase.Text{
		"no text":               {},
		"spaces":                {Title: " ", Body: "\n\t"},
		"no letters":            {Title: "2020", Body: "12.5 (3-4); 99 % …"},
		"function words":        {Body: "It is what it was, and so are we."},
		"broken UTF-8":          {Body: "\xff\xfe \xc3\x28"},
		"German":                {Title: "Die Wirkung von Vitamin D auf den Knochen", Body: "Wir untersuchten die Wirkung von Vitamin D auf die Dichte der Knochen bei älteren Frauen und fanden keinen Unterschied zwischen den Gruppen."},
		"Spanish":               {Body: "El objetivo de este estudio fue evaluar la eficacia del tratamiento en pacientes con diabetes tipo dos y con hipertensión arterial en los centros de salud."},
		"Japanese and no Latin": {Body: strings.Repeat("統合失調症の患者 ", 30)},
	} {
		t.Run(name, func(t *testing.T) { assert.Empty(t, keyphrase.Of(text, 10)) })
	}
	assert.Nil(t, keyphrase.Of(trial, 0))
	assert.Nil(t, keyphrase.Of(trial, -1))
}

func TestHugeTextsAreReadToTheEnd(t *testing.T) {
	const size = 1 << 20
	for name, word := range map[string]string{
		"sentences":        "The peer support worker reduced job strain. ",
		"one word":         "seclusion ",
		"one sort of noun": "ward nurse ",
		"no borders":       "ward-",
		"commas":           "ward, nurse, ",
		"one long word":    "x",
	} {
		text := keyphrase.Text{Body: strings.Repeat(word, size/len(word)) + ". Finally coercion."}
		for _, p := range keyphrase.Of(text, 3) {
			assert.Equal(t, p.Text, p.Places[0].Of(text), name)
		}
	}
	text := keyphrase.Text{Body: strings.Repeat("The seclusion of ", size/17)}
	found := keyphrase.Of(text, 3)
	require.Len(t, found, 1)
	assert.Len(t, found[0].Places, size/17)
}

func TestWhatIsSaidOfATextHolds(t *testing.T) {
	words := []string{"peer", "support", "worker", "workers", "the", "of", "and", "ward", "wards", "psychiatric", "new", "24", "mm", "increases",
		"using", "measured", "e.g.", "β", "MRI", "state-of-the-art", "nurse's", "\xff", ".", ",", "(", ")", "-", "/", "\n"}
	draw := rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, 60), func(w []string) string { return strings.Join(w, " ") })
	rapid.Check(t, func(t *rapid.T) {
		text := keyphrase.Text{Title: draw.Draw(t, "title"), Body: rapid.OneOf(draw, rapid.String()).Draw(t, "body")}
		n := rapid.IntRange(0, 20).Draw(t, "n")
		found := keyphrase.Of(text, n)
		assert.LessOrEqual(t, len(found), n)
		assert.Equal(t, found, keyphrase.Of(text, n), "the same text gives the same phrases")
		keys := map[string]bool{}
		for i, p := range found {
			assert.False(t, keys[p.Key], "each key once")
			keys[p.Key] = true
			assert.True(t, i == 0 || p.Score <= found[i-1].Score, "the best first")
			assert.Equal(t, p.Text, p.Places[0].Of(text))
			last := keyphrase.Place{Title: true, Start: -1}
			for _, at := range p.Places {
				assert.True(t, last.Title && !at.Title || last.Title == at.Title && last.Start < at.Start, "places in order")
				last = at
				assert.True(t, utf8.ValidString(at.Of(text)) || !utf8.ValidString(text.Body))
			}
		}
	})
}

func TestFewerPhrasesAreTheFirstOfMore(t *testing.T) {
	few, many := keyphrase.Of(trial, 3), keyphrase.Of(trial, 30)
	assert.Equal(t, few, many[:3])
}

func FuzzOf(f *testing.F) {
	f.Add(trial.Title, trial.Body)
	f.Add("", "a-b-c/d's")
	f.Add("\xff", "et al et al. 5mm")
	f.Fuzz(func(t *testing.T, title, body string) {
		text := keyphrase.Text{Title: title, Body: body}
		for _, p := range keyphrase.Of(text, 10) {
			for _, at := range p.Places {
				if at.Of(text) == "" {
					t.Error("an empty place")
				}
			}
		}
	})
}
