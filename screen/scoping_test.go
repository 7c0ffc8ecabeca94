package screen_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/evidence-go/evidence/record"
	"github.com/evidence-go/evidence/screen"
)

// A rapid scoping review of the size of a published one: 7,406 records from the
// databases, 663 that meet the criteria, 26 reported, the 7 existing reviews
// among them first.
const scopingProtocol = `{
  "schema": 1,
  "title": "Peer support work in mental health services: a rapid scoping review",
  "reasons": [
    {"code": "wrong-year", "text": "Published before 1990"},
    {"code": "wrong-language", "text": "Not in English"},
    {"code": "wrong-type", "text": "Letter, editorial, comment or news"},
    {"code": "wrong-concept", "text": "Not about peer support work"},
    {"code": "wrong-context", "text": "Not in mental health"}
  ],
  "stages": [{
    "name": "title-abstract",
    "undecided": "include",
    "rules": [
      {"name": "years", "if": {"years": {"to": 1989}}, "then": "exclude", "reason": "wrong-year"},
      {"name": "language", "if": {"not": {"languages": ["English"]}}, "then": "exclude", "reason": "wrong-language"},
      {"name": "type", "if": {"types": ["Letter", "Editorial", "Comment", "News"]}, "then": "exclude", "reason": "wrong-type"},
      {"name": "concept", "if": {"not": {"terms": ["peer support*", "peer work*", "peer specialist*", "consumer provider*"], "fields": ["title", "abstract"]}}, "then": "exclude", "reason": "wrong-concept"},
      {"name": "context", "if": {"not": {"terms": ["mental health", "psychiatr*", "mental illness"], "fields": ["title", "abstract"]}}, "then": "exclude", "reason": "wrong-context"}
    ]
  }],
  "report": {"prefer": [{"name": "existing reviews", "if": {"types": ["Review", "Systematic Review"]}}], "cap": 26}
}`

// splitmix64 is a small generator that is the same everywhere.
type splitmix64 uint64

func (s *splitmix64) next(n int) int {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int((z ^ z>>31) % uint64(n))
}

func pick(g *splitmix64, from []string) string { return from[g.next(len(from))] }

// scopingRecords makes total records, of which eligible meet the criteria and
// reviews of those are existing reviews. A record is title, abstract, year,
// language and type; nothing says what is to become of it.
func scopingRecords(seed uint64, total, eligible, reviews int) []*record.Record {
	g := splitmix64(seed)
	concepts := []string{"Peer support", "peer supporters", "Peer workers", "peer-work", "Peer specialists", "consumer providers"}
	near := []string{"peer review", "peer pressure", "support from peers", "peers who support", "nurse specialists", "consumer choice", "provider networks"}
	contexts := []string{"mental health services", "a psychiatric ward", "Psychiatry", "people with mental illness"}
	elsewhere := []string{"diabetes clinics", "secondary schools", "breast cancer care", "mental arithmetic", "healthy ageing"}
	types := []string{"Journal Article", "Randomized Controlled Trial", "Clinical Trial", "Evaluation Study"}
	var out []*record.Record
	for i := range total {
		r := &record.Record{Key: fmt.Sprintf("r%04d", i), Types: []string{pick(&g, types)}}
		concept, context := pick(&g, concepts), pick(&g, contexts)
		r.Date.Year, r.Languages = 1990+g.next(34), []string{"en"}
		if i < eligible {
			if i < reviews {
				r.Types = []string{pick(&g, []string{"Review", "Systematic Review"})}
			}
		} else {
			// One to five things are wrong, in any mixture.
			wrong := 1 + g.next(31)
			if wrong&1 != 0 {
				r.Date.Year = 1960 + g.next(30)
			}
			if wrong&2 != 0 {
				r.Languages = []string{pick(&g, []string{"de", "fr", "es", "ja"})}
			}
			if wrong&4 != 0 {
				r.Types = append(r.Types, pick(&g, []string{"Letter", "Editorial", "Comment", "News"}))
			}
			if wrong&8 != 0 {
				concept = pick(&g, near)
			}
			if wrong&16 != 0 {
				context = pick(&g, elsewhere)
			}
		}
		r.Title = fmt.Sprintf("%s in %s, study %d", concept, context, i)
		r.Abstract = record.NewAbstract("Background: the role is new. Methods: interviews. Results: roles were described. Conclusions: more work is needed.")
		if g.next(3) == 0 { // the words stand in the abstract only
			r.Title = fmt.Sprintf("A study of roles, number %d", i)
			r.Abstract = record.NewAbstract(fmt.Sprintf("We looked at %s in %s.", concept, context))
		}
		out = append(out, r)
	}
	for i := len(out) - 1; i > 0; i-- {
		j := g.next(i + 1)
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// plainCount is the protocol again as a plain loop, without anything of this
// package: the reason by which a record falls, "" for one that stays.
func plainCount(r *record.Record) string {
	text := " " + strings.NewReplacer("-", " ", ".", " ", ",", " ").Replace(strings.ToLower(r.Title+" / "+r.Abstract.Text)) + " "
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(text, " "+p) {
				return true
			}
		}
		return false
	}
	if r.Date.Year < 1990 {
		return "wrong-year"
	}
	if r.Languages[0] != "en" {
		return "wrong-language"
	}
	for _, t := range r.Types {
		if t == "Letter" || t == "Editorial" || t == "Comment" || t == "News" {
			return "wrong-type"
		}
	}
	if !has("peer support", "peer work", "peer specialist", "consumer provider") {
		return "wrong-concept"
	}
	if !has("mental health ", "psychiatr", "mental illness ") {
		return "wrong-context"
	}
	return ""
}

func TestAScopingReviewOf7406RecordsComesTo663And26(t *testing.T) {
	plan, err := screen.Parse([]byte(scopingProtocol), "scoping.json")
	require.NoError(t, err)
	for _, seed := range []uint64{1, 2, 3} {
		records := scopingRecords(seed, 7406, 663, 7)
		want := map[string]int{}
		for _, r := range records {
			want[plainCount(r)]++
		}
		require.Equal(t, 663, want[""], "the plain loop keeps what was made to be kept")

		out, err := plan.Run(context.Background(), records, nil)
		require.NoError(t, err)
		tally := out.Stages[0]
		require.NoError(t, tally.Check())
		assert.Equal(t, 7406, tally.Entered)
		assert.Equal(t, 663, tally.Included)
		assert.Equal(t, 6743, tally.Excluded)
		assert.Zero(t, tally.Undecided+tally.Conflicts+tally.Unreasoned)
		for _, reason := range tally.Reasons {
			assert.Positive(t, reason.Count, reason.Code)
			assert.Equal(t, want[reason.Code], reason.Count, reason.Code)
		}

		sel, err := plan.Select(context.Background(), out.Included, nil)
		require.NoError(t, err)
		assert.Len(t, sel.Reported, 26)
		assert.Equal(t, []screen.Rank{{Name: "existing reviews", Records: 7, Reported: 7}, {Name: "all others", Records: 656, Reported: 19}}, sel.Ranks)
		for i, r := range sel.Reported {
			assert.Equal(t, i < 7, r.HasType("Review") || r.HasType("Systematic Review"), "existing reviews come first")
		}
		require.Len(t, sel.Left, 663-26)
		for _, left := range sel.Left {
			assert.Contains(t, left.Why, "the protocol reports at most 26")
		}
	}
}

func TestScoresOrderWithinARankAndNeverAcrossIt(t *testing.T) {
	plan, err := screen.Parse([]byte(scopingProtocol), "scoping.json")
	require.NoError(t, err)
	records := scopingRecords(1, 40, 40, 2)
	scores := map[record.ID]float64{}
	for i, r := range records {
		scores[r.ID()] = float64(i)
	}
	sel, err := plan.Select(context.Background(), records, scores)
	require.NoError(t, err)
	require.Len(t, sel.Reported, 26)
	for i := range sel.Reported[:2] {
		assert.True(t, sel.Reported[i].HasType("Review") || sel.Reported[i].HasType("Systematic Review"))
	}
	for i := 3; i < 26; i++ {
		assert.Greater(t, scores[sel.Reported[i-1].ID()], scores[sel.Reported[i].ID()])
	}
}

func TestNumbersThatDoNotAddUpAreAnError(t *testing.T) {
	good := screen.Tally{Stage: "s", Entered: 5, Included: 2, Excluded: 2, Undecided: 1, ByRule: 4,
		Reasons: []screen.ReasonCount{{Reason: screen.Reason{Code: "a"}, Count: 2}}}
	require.NoError(t, good.Check())
	lost := good
	lost.Entered++
	assert.ErrorContains(t, lost.Check(), "6 entered, but 2 included, 2 excluded, 1 undecided and 0 in conflict make 5")
	unreasoned := good
	unreasoned.Reasons = nil
	assert.ErrorContains(t, unreasoned.Check(), "2 excluded, but the reasons make 0")
	unsettled := good
	unsettled.ByRule--
	assert.ErrorContains(t, unsettled.Check(), "4 settled, but rules, persons and the stage's default settled 3")
}

func BenchmarkRun(b *testing.B) {
	plan, err := screen.Parse([]byte(scopingProtocol), "scoping.json")
	require.NoError(b, err)
	records := scopingRecords(1, 7406, 663, 7)
	var bytes int64
	for _, r := range records {
		bytes += int64(len(r.Title) + len(r.Abstract.Text))
	}
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := plan.Run(context.Background(), records, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(records)*b.N)/b.Elapsed().Seconds(), "records/s")
}
