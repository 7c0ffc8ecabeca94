package keyphrase_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/internal/keyphrase"
	"github.com/evidence-go/evidence/internal/suite"
)

// indexed is a text with the phrases that people gave it.
type indexed struct {
	ID    string   `json:"id"`
	Title string   `json:"title"`
	Body  string   `json:"text"`
	Keys  []string `json:"keys"`
}

func (d indexed) text() keyphrase.Text { return keyphrase.Text{Title: d.Title, Body: d.Body} }

func (d indexed) gold() map[string]bool {
	gold := map[string]bool{}
	for _, k := range d.Keys {
		gold[stems(k)] = true
	}
	return gold
}

func readIndexed(t testing.TB, set string) (list []indexed) {
	t.Helper()
	f, err := os.Open(suite.Data(t, "synth", "keyphrases", set+".jsonl"))
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one indexed
		require.NoError(t, json.Unmarshal(lines.Bytes(), &one))
		list = append(list, one)
	}
	require.NoError(t, lines.Err())
	return list
}

// stems is a phrase as the measure compares it: every word between spaces small and stemmed.
func stems(phrase string) string {
	words := strings.Fields(strings.ToLower(phrase))
	for i, w := range words {
		words[i] = porter(w)
	}
	return strings.Join(words, " ")
}

// most is how many phrases the measure looks at.
const most = 10

// f1 is the harmonic mean of precision and recall of the first ten phrases.
func f1(given []string, gold map[string]bool) float64 {
	got, hits := map[string]bool{}, 0
	for _, g := range given[:min(most, len(given))] {
		s := stems(g)
		if !got[s] && gold[s] {
			hits++
		}
		got[s] = true
	}
	if hits == 0 {
		return 0
	}
	precision, recall := float64(hits)/float64(len(got)), float64(hits)/float64(len(gold))
	return 2 * precision * recall / (precision + recall)
}

// Words that the lexicon lacked were looked for in the first, third, fifth text and so on of each set; the others show what
// it is worth on texts that nobody read.
func TestPhrasesAreThoseThatPeopleChose(t *testing.T) {
	for _, c := range []struct {
		set         string
		all, unread float64 // the least that the mean F1 of ten phrases may be, in percent
	}{{"semeval2017", 38.3, 38.9}, {"inspec", 34.6, 34.7}} {
		var all, unread float64
		list := readIndexed(t, c.set)
		for i, d := range list {
			var given []string
			for _, p := range keyphrase.Of(d.text(), most) {
				given = append(given, p.Text)
			}
			score := f1(given, d.gold())
			all += score
			if i%2 == 1 {
				unread += score
			}
		}
		all *= 100 / float64(len(list))
		unread *= 100 / float64(len(list)/2)
		t.Logf("%s: F1@10 %.2f, on texts that nobody read %.2f", c.set, all, unread)
		assert.GreaterOrEqual(t, all, c.all, c.set)
		assert.GreaterOrEqual(t, unread, c.unread, c.set)
	}
}

// Of the chosen phrases that stand in the text, how many are candidates, and what becomes of the others.
func TestMostChosenPhrasesThatStandInTheTextAreCandidates(t *testing.T) {
	for _, c := range []struct {
		set   string
		least float64
	}{{"semeval2017", 0.61}, {"inspec", 0.77}} {
		n := map[string]int{}
		total := 0
		marks := strings.NewReplacer(",", " , ", ".", " . ", "(", " ( ", ")", " ) ", ";", " ; ", ":", " : ")
		for _, d := range readIndexed(t, c.set) {
			texts, _ := keyphrase.Looked(d.text())
			for i, text := range texts {
				texts[i] = stems(text)
			}
			body := " " + stems(marks.Replace(d.Title+" . "+d.Body)) + " "
			for key := range d.gold() {
				total++
				n[fate(key, body, texts)]++
			}
		}
		present := total - n["absent"]
		t.Logf("%s: %d chosen phrases, %d in the text: %v", c.set, total, present, n)
		assert.GreaterOrEqual(t, float64(n["candidate"])/float64(present), c.least)
	}
}

// fate is what becomes of a phrase that people chose, all of them in stems.
func fate(key, body string, candidates []string) string {
	if !strings.Contains(body, " "+key+" ") {
		return "absent"
	}
	part := "nothing of it"
	for _, c := range candidates {
		switch {
		case c == key:
			return "candidate"
		case strings.Contains(" "+c+" ", " "+key+" "):
			part = "inside a longer one"
		case part != "inside a longer one" && strings.Contains(" "+key+" ", " "+c+" "):
			part = "a part of it"
		}
	}
	return part
}

func BenchmarkOf(b *testing.B) {
	list := append(readIndexed(b, "semeval2017"), readIndexed(b, "inspec")...)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, d := range list {
			keyphrase.Of(d.text(), most)
		}
		n += len(list)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "documents/s")
}
