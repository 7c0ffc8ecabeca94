package keyphrase_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/internal/keyphrase"
	"github.com/evidence-go/evidence/internal/suite"
)

// library is invented texts of three subjects, six of each.
func library() (texts []keyphrase.Text, groups [][]int) {
	for _, subject := range [][]string{
		{"Obsessive compulsive disorder", "obsessive compulsive disorder (OCD)", "exposure therapy", "Exposure Therapy"},
		{"Crop rotation", "crop rotation", "soil erosion", "Soil erosion"},
		{"Choral singing", "choral singing", "stage fright", "Stage fright"},
	} {
		var members []int
		for i := range 6 {
			members = append(members, len(texts))
			texts = append(texts, keyphrase.Text{Title: subject[i%2] + " in a county", Body: fmt.Sprintf(
				"We studied %s in %d places, and %s too. The local authority paid for the survey. OCD was not a subject of all.", subject[1], i+3, subject[2+i%2])})
		}
		groups = append(groups, members)
	}
	for i := 6; i < len(texts); i++ {
		texts[i].Body = strings.ReplaceAll(texts[i].Body, " OCD was not a subject of all.", "")
	}
	return texts, groups
}

func collected(texts []keyphrase.Text) *keyphrase.Collection {
	c := keyphrase.NewCollection()
	for _, t := range texts {
		c.Add(t, 0)
	}
	return c
}

func textsOf(list []keyphrase.Shared) (out []string) {
	for _, s := range list {
		out = append(out, s.Text)
	}
	return out
}

func TestAGroupIsToldByWhatItsTextsShareAndOthersDoNot(t *testing.T) {
	texts, groups := library()
	told := collected(texts).Telling(groups, 5)
	require.Len(t, told, 3)
	assert.ElementsMatch(t, []string{"obsessive compulsive disorder", "exposure therapy"}, textsOf(told[0]), "and not the acronym beside the name")
	assert.ElementsMatch(t, []string{"crop rotation", "soil erosion"}, textsOf(told[1]))
	assert.ElementsMatch(t, []string{"choral singing", "stage fright"}, textsOf(told[2]))
	for _, s := range told[1] {
		assert.Equal(t, 6, s.Texts)
		assert.Equal(t, 6, s.All)
	}
}

func TestATextThatIsCollectedHasTheSamePhrases(t *testing.T) {
	texts, _ := library()
	c := keyphrase.NewCollection()
	for _, text := range texts {
		assert.Equal(t, keyphrase.Of(text, 4), c.Add(text, 4))
	}
}

func TestAPartOfACollectionKnowsNothingOfTheRest(t *testing.T) {
	texts, groups := library()
	which := slices.Concat(groups[2], groups[0])
	var some []keyphrase.Text
	for _, i := range which {
		some = append(some, texts[i])
	}
	moved := [][]int{{0, 1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11}}
	assert.Equal(t, collected(some).Telling(moved, 5), collected(texts).Only(which).Telling(moved, 5))
}

func TestWhatEveryTextSaysTellsNone(t *testing.T) {
	texts, _ := library()
	everything := make([]int, len(texts))
	for i := range everything {
		everything[i] = i
	}
	assert.Equal(t, [][]keyphrase.Shared{nil}, collected(texts).Telling([][]int{everything}, 5))
}

func TestTwoTextsMayBeOfOneStudyAndShareNothingYet(t *testing.T) {
	texts, groups := library()
	told := collected(texts).Telling([][]int{groups[0][:2], nil, groups[1]}, 5)
	assert.Empty(t, told[0])
	assert.Empty(t, told[1])
	assert.NotEmpty(t, told[2])
}

func TestNoTextsNoGroupsNoPhrases(t *testing.T) {
	assert.Empty(t, collected(nil).Telling(nil, 5))
	texts, groups := library()
	for _, n := range []int{0, -1} {
		for _, list := range collected(texts).Telling(groups, n) {
			assert.Empty(t, list)
		}
	}
	german := keyphrase.Text{Body: strings.Repeat("Wir untersuchten die Wirkung von Vitamin auf die Dichte der Knochen. ", 4)}
	assert.Empty(t, collected([]keyphrase.Text{german, german, german, {}, {}, {}, {}}).Telling([][]int{{0, 1, 2}}, 5)[0])
}

func TestALongerPhraseThatNearlyAllSayTakesTheShortersPlace(t *testing.T) {
	var texts []keyphrase.Text
	for i := range 20 {
		body := "The river was measured."
		switch {
		case i < 8:
			body = "Chronic kidney disease was measured. Kidney disease was seen."
		case i < 10:
			body = "Kidney disease was measured."
		}
		texts = append(texts, keyphrase.Text{Body: body})
	}
	group := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
	assert.Equal(t, []string{"Chronic kidney disease"}, textsOf(collected(texts).Telling([][]int{group}, 5)[0]))
	assert.Equal(t, []string{"kidney disease"}, textsOf(collected(texts[4:]).Telling([][]int{{0, 1, 2, 3, 4, 5}}, 5)[0]),
		"four of six do not nearly all say it")
}

func TestAPhraseIsWrittenWithTheFewestCapitalsThatAreNoSlip(t *testing.T) {
	var texts []keyphrase.Text
	for i := range 40 {
		text := keyphrase.Text{Body: "The river was measured."}
		if i < 15 {
			text = keyphrase.Text{Title: "Wilson's Disease", Body: "The symptoms of Wilson's disease and of HIV infection were seen."}
		}
		if i == 0 {
			text.Body = "The symptoms of wilson's disease and of hiv infection were seen."
		}
		texts = append(texts, text)
	}
	told := textsOf(collected(texts).Telling([][]int{{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}}, 5)[0])
	assert.Subset(t, told, []string{"Wilson's disease", "HIV infection"})
}

func TestTheOrderOfTextsAndGroupsDoesNotMatter(t *testing.T) {
	texts, groups := library()
	want := collected(texts).Telling(groups, 5)
	rapid.Check(t, func(t *rapid.T) {
		order := make([]int, len(texts))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		shuffled := make([]keyphrase.Text, len(texts))
		for to, from := range order {
			shuffled[to] = texts[from]
		}
		moved := make([][]int, len(groups))
		for g, members := range groups {
			for _, m := range members {
				moved[g] = append(moved[g], slices.Index(order, m))
			}
		}
		assert.Equal(t, want, collected(shuffled).Telling(moved, 5))
	})
}

// mixedReviews are the included records of 17 systematic reviews, and which are of which.
func mixedReviews(t testing.TB) (texts []keyphrase.Text, names []string, groups [][]int) {
	t.Helper()
	f, err := os.Open(suite.Data(t, "synth", "clustering", "reviews.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for i, row := range rows[1:] {
		texts = append(texts, keyphrase.Text{Title: row[1], Body: row[2]})
		at := slices.Index(names, row[3])
		if at < 0 {
			at = len(names)
			names, groups = append(names, row[3]), append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	return texts, names, groups
}

// What a reader would look for among the phrases of each review; one of two is enough.
func TestReviewsAreToldByTheirSubjects(t *testing.T) {
	texts, names, groups := mixedReviews(t)
	told := collected(texts).Telling(groups, 3)
	subject := map[string][]string{
		"ace_inhibitors": {"captopril", "angiotensin-converting enzyme"}, "adhd": {"attention deficit hyperactivity disorder", "ADHD"},
		"antihistamines": {"loratadine", "antihistamines"}, "atypical_antipsychotics": {"schizophrenia", "atypical antipsychotics"},
		"beta_blockers": {"carvedilol", "beta-blocker"}, "calcium_channel_blockers": {"calcium channel blockers", "calcium antagonists"},
		"estrogens": {"postmenopausal women", "estrogen"}, "nsaids": {"NSAIDs", "osteoarthritis"}, "nudging": {"reminders", "decision support"},
		"opioids": {"opioid analgesics", "controlled-release oxycodone"}, "oral_hypoglycemics": {"type 2 diabetes", "oral hypoglycemic agents"},
		"proton_pump_inhibitors": {"omeprazole", "proton pump inhibitor"}, "software_engineering": {"software engineering", "empirical studies"},
		"triptans": {"migraine", "sumatriptan"}, "urinary_incontinence": {"urge incontinence", "overactive bladder"},
		"virus_metagenomics": {"viruses", "metagenomic sequencing"}, "wilson_disease": {"Wilson's disease", "d-penicillamine"},
	}
	for i, name := range names {
		t.Logf("%s: %s", name, strings.Join(textsOf(told[i]), ", "))
		ok := slices.ContainsFunc(textsOf(told[i]), func(p string) bool { return slices.Contains(subject[name], p) })
		assert.True(t, ok, "%s: %v", name, textsOf(told[i]))
		for _, a := range told[i] {
			for _, b := range told[i] {
				assert.True(t, a.Key == b.Key || !strings.Contains(" "+a.Key+" ", " "+b.Key+" "), "%s holds %s", a.Text, b.Text)
			}
		}
	}
}

func BenchmarkTelling(b *testing.B) {
	texts, _, groups := mixedReviews(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		collected(texts).Telling(groups, 8)
		n += len(texts)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}
