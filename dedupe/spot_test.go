package dedupe

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/evidence-go/evidence/record"
)

// Works that begin on one page and have different titles are told apart at a glance
// only where no comparison of the other fields makes anything of them.
func TestWorksOnOnePageAreToldApartOnlyWhereNothingMakesThemOne(t *testing.T) {
	titles := []string{
		"Sleep of nurses after night shifts in small hospitals", "Outcomes of hip replacement among the oldest old",
		"A cohort of vineyards under drought", "Paediatric asthma and the weather", "Teaching statistics with dice and coins",
	}
	people := []string{
		"Okafor, Ada", "Okafor, A", "Ada Okafor", "Okafar, A", "Ruiz Moreno, Luis", "Moreno, L", "Ruiz, L Moreno", "Moreno, Luis Ruiz", "Kowalski, Jan", "Kovalsky, J",
		"Müller, Anna", "Mueller, A", "Anna, Müller", "李 伟", "李, 伟", "O, K", "K, O", "Van Dyke, Bob", "Vandyke, Robert", "Sokolova, Irina", "Irina", "Group of Ada Okafor", "Fernandes, Rui", "Fernandez, R",
	}
	var fillers []*record.Record
	for i := range 600 {
		r := &record.Record{Key: fmt.Sprint("filler", i), Title: fmt.Sprint("Filler on subject ", i)}
		r.People = []record.Contributor{{Name: record.Name{Family: fmt.Sprint("Other", i)}}}
		fillers = append(fillers, r)
	}
	both, one, apart := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var records []*record.Record
		for i := range 6 {
			r := &record.Record{Kind: record.JournalArticle, Key: fmt.Sprint(i), Title: rapid.SampledFrom(titles).Draw(t, "title")}
			for _, n := range rapid.SliceOfN(rapid.SampledFrom(people), 0, 6).Draw(t, "people") {
				r.People = append(r.People, record.Contributor{Name: record.ParseName(n)})
			}
			r.Date.Year = rapid.SampledFrom([]int{0, 2019, 2019, 2020, 2021, 2024, 70000, -3}).Draw(t, "year")
			r.In.Title = rapid.SampledFrom([]string{"", "Journal of Wards", "J Wards", "Vines"}).Draw(t, "journal")
			r.In.Volume = rapid.SampledFrom([]string{"", "7", "7", "8"}).Draw(t, "volume")
			r.In.Issue = rapid.SampledFrom([]string{"", "7", "2"}).Draw(t, "issue")
			r.In.Pages = rapid.SampledFrom([]string{"113-121", "113-121", "115-121", "113-8", "113", "S113-S121", "1-9", "1", "7"}).Draw(t, "pages")
			r.Source.Database = rapid.SampledFrom([]string{"", "Scopus", "MEDLINE"}).Draw(t, "database")
			r.DOI = record.DOI(rapid.SampledFrom([]string{"", "10.5555/a", "10.5555/b"}).Draw(t, "doi"))
			r.PMID = record.PMID(rapid.SampledFrom([]string{"", "", "11", "12"}).Draw(t, "pmid"))
			r.Abstract.Text = rapid.SampledFrom([]string{"", strings.Repeat("Nothing is known of this, as we found when we looked. ", 4), strings.Repeat("Something else is known, and was said before. ", 4)}).Draw(t, "abstract")
			records = append(records, r)
		}
		others := []*record.Record{}
		if rapid.Bool().Draw(t, "many others") { // beside whom a name is rare
			others = fillers
		}
		st := Learn(slices.Concat(records, others))
		s := &search{st: st, trust: st.trusted(), policy: Policy{}.Resolved(), records: records}
		require.NoError(t, s.fold(context.Background()))
		for a := range records {
			for b := range a {
				x, y := s.forms[a], s.forms[b]
				grade, _ := titleLevel(x, y)
				told := checkGlance(t, s, int32(a), int32(b))
				if grade != titleDifferent || withoutLetters(x.first) != withoutLetters(y.first) || x.first == "" {
					continue
				}
				both++
				if told {
					apart++
				}
				var ev evidence
				s.evidenceIn(&ev, int32(a), int32(b))
				if _, any := ev.judgeIfAny(); any {
					one++
				}
			}
		}
	})
	t.Logf("%d pairs on one page: %d told apart, %d of which something comes", both, apart, one)
	assert.Positive(t, one)
	assert.Greater(t, apart, both/4)
}

func TestNamesThatAgreeMayBeSharedAtASpot(t *testing.T) {
	words := strings.Fields("a li ruiz moreno okafor okafer kovalski kowalsky müller mueller da silva ann anna bob robert jan j k")
	agreed := 0
	rapid.Check(t, func(t *rapid.T) {
		name := func(of string) author {
			part := rapid.SliceOfN(rapid.SampledFrom(words), 0, 3)
			return newAuthor(record.Name{Family: strings.Join(part.Draw(t, of+" family"), " "), Given: strings.Join(part.Draw(t, of+" given"), " ")})
		}
		a, b := name("one"), name("other")
		if noName(a.family) || noName(b.family) {
			return
		}
		s, u := atSpot(&form{authors: []author{a}, journal: &journal{}}), atSpot(&form{authors: []author{b}, journal: &journal{}})
		assert.Equal(t, s.mayShareAuthor(&u), u.mayShareAuthor(&s))
		if a.agree(b) > 0 || b.agree(a) > 0 {
			agreed++
			require.True(t, s.mayShareAuthor(&u), "%+v and %+v", a, b)
		}
	})
	assert.Positive(t, agreed)
}

// Two cases that chance hardly draws.
func TestWhatIsAlikeInAllButTheTitleIsNotToldApart(t *testing.T) {
	at := func(key, title, pages, database string, people ...record.Name) *record.Record {
		r := &record.Record{Kind: record.JournalArticle, Key: key, Title: title, Abstract: record.Abstract{Text: strings.Repeat("Nothing is known of this. ", 8)}}
		for _, n := range people {
			r.People = append(r.People, record.Contributor{Name: n})
		}
		r.Date.Year, r.In.Title, r.In.Volume, r.In.Issue, r.In.Pages = 2019, "Journal of Wards", "7", "2", pages
		r.Source.Database, r.Source.File = database, database
		return r
	}
	four := []record.Name{{Family: "Okafor", Given: "A"}, {Family: "Lindqvist", Given: "B"}, {Family: "Tanaka", Given: "C"}, {Family: "Novak", Given: "D"}}
	for name, pair := range map[string][2]*record.Record{
		"a family name of initials that is given names in the other": {
			at("1", "Sleep of nurses after night shifts", "113-121", "", record.Name{Family: "J P", Given: "Smith"}),
			at("2", "A cohort of vineyards under drought", "113-121", "", record.Name{Family: "Jones", Given: "J P"})},
		"one of two letters that become one": {
			at("1", "Sleep of nurses after night shifts", "113-121", "", record.Name{Family: "Yi Yi", Given: "Wang"}),
			at("2", "A cohort of vineyards under drought", "113-121", "", record.Name{Family: "Zhao", Given: "Yi Yi"})},
		"only the last page": {
			at("1", "Sleep of nurses after night shifts", "113-121", "Scopus", four...), at("2", "A cohort of vineyards under drought", "115-121", "MEDLINE", four...)},
	} {
		records := []*record.Record{pair[0], pair[1]}
		for i := range 1000 {
			r := &record.Record{Key: fmt.Sprint("filler", i), Title: fmt.Sprint("Filler on subject ", i)}
			r.People = []record.Contributor{{Name: record.Name{Family: fmt.Sprint("Other", i)}}}
			records = append(records, r)
		}
		s := &search{st: Learn(records), policy: Policy{}.Resolved(), records: records[:2]}
		require.NoError(t, s.fold(context.Background()))
		require.NotEqual(t, Different, Compare(s.st, Policy{}, pair[0], pair[1]).Verdict, name)
		assert.False(t, s.hopeless(0, 1), name)
		assert.False(t, checkGlance(t, s, 0, 1), name)
	}
}

func TestNamesThatHaveNothingInCommonAreNotSharedAtASpot(t *testing.T) {
	shared := 0
	families := strings.Fields("okafor lindqvist moreau tanaka brandt silva novak castillo")
	for i, x := range families {
		for _, y := range families[:i] {
			s := atSpot(&form{authors: []author{{family: x, given: "ada", initial: 'a'}}, journal: &journal{}})
			u := atSpot(&form{authors: []author{{family: y, given: "rui", initial: 'r'}}, journal: &journal{}})
			if s.mayShareAuthor(&u) {
				shared++
			}
		}
	}
	assert.Less(t, shared, 4)
}
